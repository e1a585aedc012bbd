"""A line with all that is said of it: its name, its details, and what it is made of."""

from __future__ import annotations

from collections.abc import Sequence

from generators.marks import CLOSE
from generators.model import Figures, Line
from generators.wording.comparisons import say_change, say_measures, say_plan
from generators.wording.joining import join_clauses, join_list
from generators.wording.phrases import (
    say_amount,
    say_cumulative,
    say_months,
    say_movement,
    say_of_whole,
    say_rates,
    say_source,
    say_value,
    say_when,
)

_NONE = "không có"
_MOVES = ("opening", "increase", "decrease", "closing", "cumulative")


def say_name(line: Line) -> str:
    """Return the line's label, with what tells it from others of the same label."""
    about = say_about(line)
    return line.label + (f" ({about})" if about else "")


def say_about(line: Line) -> str:
    """Return what tells the line from others and its label does not: "đợt 1, tỉnh"."""
    about = (line.giver, line.group, line.occasion, line.round)
    new = [word for word in about if word and word.casefold() not in line.label.casefold()]
    return ", ".join(new)


def say_aside(line: Line, figures: Figures, same_period: str) -> str:
    """Return a line without a result by its name, with its plans and earlier numbers."""
    about = say_measures(line, figures, same_period)
    return say_name(line) + (f" ({about})" if about else "")


def say_details(
    line: Line, figures: Figures, same_period: str, rate_per: str, head: str
) -> str:
    """Return what is said of a line after its result, `head`, in one order everywhere."""
    amount = say_amount(line, figures)
    return join_clauses([
        f"kinh phí {amount}" if amount and head else amount,
        say_rates(line, figures, rate_per), say_months(line, figures), say_source(line),
        say_plan(line, figures), say_movement(line, figures),
        say_change(line, figures, same_period), say_cumulative(line, figures), say_when(line),
    ])  # fmt: skip


def say_inner(line: Line, figures: Figures, same_period: str = "cùng kỳ") -> str:
    """Return what a line is made of: "gồm: …; trong đó: …"."""
    groups: dict[str, list[Line]] = {}
    for part in line.parts:
        groups.setdefault(f"chia theo {part.by}: " if part.by else "gồm: ", []).append(part)
    if line.of_which:
        groups["trong đó: "] = list(line.of_which)
    said = []
    for lead, parts in groups.items():
        silent = all(is_silent(part, figures) for part in parts)
        said.append(("" if silent else lead) + say_parts(parts, figures, same_period))
    return "; ".join(said)


def say_parts(parts: Sequence[Line], figures: Figures, same_period: str = "cùng kỳ") -> str:
    """Return "vay vốn … 118 người và tự tạo việc làm 106 người"; nothing is left out."""
    told = [part for part in parts if not is_silent(part, figures)]
    groups = [join_list(_say_part(part, figures, same_period) for part in told)]
    zero = [say_name(part) for part in parts if is_zero(part, figures)]
    if zero:
        groups.append("không phát sinh: " + join_list(zero))
    for status in ("chưa có số liệu", "xét cuối năm"):
        names = [say_name(part) for part in parts if part.status == status]
        groups.append(f"{status}: {join_list(names)}" if names else "")
    return "; ".join(group for group in groups if group)


def _say_part(part: Line, figures: Figures, same_period: str) -> str:
    head = _say_head(part, figures)
    about = say_details(part, figures, same_period, "", head)
    deeper = say_inner(part, figures, same_period)
    extra = "; ".join(text for text in (about, deeper) if text)
    name = say_name(part)
    bare = not head and not say_amount(part, figures)
    colon = ":" if name[-1:].isdigit() or (extra and bare) or head == _NONE else ""
    said = _with_aside(head, extra)
    return f"{name}{colon} {said}" if said else name


def _say_head(part: Line, figures: Figures) -> str:
    value = figures.get(f"{part.key}.value")
    if value and not value.quantity.value and part.unit != "%":
        return _NONE
    return say_of_whole(part, figures) if part.whole else say_value(part, figures)


def _with_aside(head: str, extra: str) -> str:
    if not (head and extra):
        return head or extra
    bare = head.removesuffix(CLOSE)  # the unit of a marked number may end in a bracket
    if not bare.endswith(")"):
        return f"{head} ({extra})"
    return f"{bare[:-1]}{head[len(bare) :]}; {extra})"


def is_zero(line: Line, figures: Figures) -> bool:
    """Whether nothing of the kind happened: a zero, or "không phát sinh".

    A rate of 0% is a result, and so is a stock that fell to zero.
    """
    if line.status == "không phát sinh":
        return True
    moved = any(_is_more(line, name, figures) for name in ("amount", *_MOVES))
    value = figures.get(f"{line.key}.value")
    return value is not None and not value.quantity.value and not moved and line.unit != "%"


def is_silent(line: Line, figures: Figures) -> bool:
    """Whether the line has no number to say."""
    if line.status or is_zero(line, figures):
        return True
    known = any(f"{line.key}.{name}" in figures for name in ("value", "amount", *_MOVES))
    return not (known or line.parts or line.of_which)


def _is_more(line: Line, name: str, figures: Figures) -> bool:
    figure = figures.get(f"{line.key}.{name}")
    return figure is not None and figure.quantity.value > 0
