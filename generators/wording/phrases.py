"""One line said aloud: the clauses of a sentence, made from the line and its figures.

Each function returns "" where there is nothing to say, and no clause begins or ends with
punctuation: joining what is not empty can leave nothing dangling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import repeat

from generators.model import Figure, Figures, Line, Measure, Quantity, Rate
from generators.wording.amounts import say_count, say_dong, say_money, say_number, say_share
from generators.wording.dates import say_date, say_span

_NONE = "không có"
_PLANS = ("kế hoạch", "chỉ tiêu", "dự toán")
_OWN_LEADS = ("từ ", "do ", "trích ")
_DAY = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}\Z")
_MOVES = ("opening", "increase", "decrease", "closing", "cumulative")
_EMPTY = {"opening": "không có", "closing": "không còn"}


def join_list(items: Iterable[str]) -> str:
    """Return "a, b và c"; ";" parts items that have commas of their own."""
    found = [item for item in items if item]
    if len(found) < 2:
        return "".join(found)
    if any(", " in item or ";" in item or " và " in item for item in found):
        return "; ".join(found)
    return ", ".join(found[:-1]) + " và " + found[-1]


def join_clauses(clauses: Iterable[str]) -> str:
    """Return the clauses that are not empty, parted by commas."""
    return ", ".join(clause for clause in clauses if clause)


def say_value(line: Line, figures: Figures, noun: str = "") -> str:
    """Return the result with its noun: "30 hộ cận nghèo"; money for a line in đồng."""
    figure = figures.get(f"{line.key}.value")
    if figure is None:
        return ""
    quantity = figure.quantity
    if line.unit == "đồng":
        return say_money(quantity)
    return say_count(quantity, noun or line.unit)


def say_amount(line: Line, figures: Figures) -> str:
    """Return the money that went with the line, "" where none is known."""
    figure = figures.get(f"{line.key}.amount")
    if figure is None or not figure.quantity.value:
        return ""
    quantity = figure.quantity
    return say_money(quantity)


def say_over(line: Line, name: str, figures: Figures, noun: str = "") -> str:
    """Return "41/62 trường hợp" for a value over its whole or plan."""
    value, whole = figures.get(f"{line.key}.value"), figures.get(f"{line.key}.{name}")
    if not (value and whole) or value.quantity.hedge or whole.quantity.hedge:
        return ""
    if line.unit in ("đồng", "%"):
        return ""
    return f"{_bare(value)}/{_bare(whole)} {noun or line.unit}"


def say_of_whole(line: Line, figures: Figures, noun: str = "") -> str:
    """Return "41/62 trường hợp (66,1%)", the result with what it is a share of."""
    over, whole = say_over(line, "whole", figures, noun), figures.get(f"{line.key}.whole")
    said = over or say_value(line, figures, noun)
    if whole and not over:
        of = f"tổng số {_say_size(whole.quantity, line.unit)}"
        said = f"{said} trên {of}" if said else of
    stem = f"{line.key}.whole_share"
    share = figures.get(stem) or figures.get(f"{stem}_stated")
    return f"{said} ({say_share(share.quantity)})" if share and said else said


def _bare(figure: Figure) -> str:
    return say_number(figure.quantity.value)


def say_plan(line: Line, figures: Figures) -> str:
    """Return "đạt 107% kế hoạch năm 2020 do quận giao", one clause for each plan."""
    stems = (f"{line.key}.plan" + _nth(index) for index in range(len(line.plan)))
    return join_clauses(map(_say_plan, stems, repeat(line), line.plan, repeat(figures)))


def _nth(index: int) -> str:
    return f"_{index + 1}" if index else ""


def _say_plan(stem: str, line: Line, measure: Measure, figures: Figures) -> str:
    name = plan_name(measure.label)
    share = figures.get(f"{stem}_share") or figures.get(f"{stem}_share_stated")
    money = figures.get(f"{stem}_amount_share")
    paid = f"kinh phí đạt {say_share(money.quantity)}" if money else ""
    if share:
        return f"đạt {say_share(share.quantity)} {name}" + (f" ({paid})" if paid else "")
    target, sum_ = figures.get(stem), figures.get(f"{stem}_amount")
    sizes = [_say_size(target.quantity, line.unit) if target else "",
             f"kinh phí {say_money(sum_.quantity)}" if sum_ and not paid else ""]  # fmt: skip
    planned = join_clauses(sizes)
    return join_clauses(
        [f"{paid} {name}" if paid else "", f"{name} là {planned}" if planned else ""]
    )


def plan_name(label: str) -> str:
    """Return what a plan is called within a sentence: "kế hoạch do quận giao"."""
    if not label.lower().startswith(_PLANS):
        return f"kế hoạch {label}".rstrip()
    return label[0].lower() + label[1:]


def say_change(line: Line, figures: Figures, same_period: str) -> str:
    """Return "tăng 12 người (5,6%) so với cùng kỳ năm 2019", from one delta.

    `same_period` is said where a measure has no label of its own.
    """
    clauses = []
    for name, measures in (("previous", line.previous), ("bases", line.bases)):
        for index, measure in enumerate(measures):
            stem = f"{line.key}.{name}{_nth(index)}"
            against = _base_name(measure.label) or same_period
            clauses.append(_say_against(stem, line, measure, figures, against))
    return join_clauses(clauses)


def _base_name(label: str) -> str:
    if _DAY.match(label):
        return f"thời điểm {label}"
    return label[0].lower() + label[1:] if label.lower().startswith("cùng kỳ") else label


def _say_against(
    stem: str, line: Line, measure: Measure, figures: Figures, against: str
) -> str:
    said = (
        _say_delta(stem, figures, against)
        or _say_stated_change(measure, against)
        or _say_ratio(measure, against)
        or _say_then(figures.get(stem), against, line.unit)
    )
    then = _say_then(figures.get(f"{stem}_amount"), against, "đồng")
    money = _say_delta(f"{stem}_amount", figures, against) or then
    return join_clauses([said, f"kinh phí {money}" if money else ""])


def _say_delta(stem: str, figures: Figures, against: str) -> str:
    delta = figures.get(f"{stem}_change")
    if delta is None:
        return ""
    if delta.quantity.value == 0 or _may_be_equal(delta, figures):
        return f"{'tương đương' if delta.quantity.hedge else 'bằng'} {against}"
    size = _absolute(delta.quantity)
    share = figures.get(f"{stem}_change_share")
    percent = f" ({say_share(_absolute(share.quantity))})" if share else ""
    return f"{_verb(delta.quantity)} {_say_size(size, delta.unit)}{percent} so với {against}"


def _may_be_equal(delta: Figure, figures: Figures) -> bool:
    """Whether the words of the two numbers leave open which is greater."""
    ours, theirs = (figures[part].quantity.span for part in delta.made_from)
    return ours[0] <= theirs[1] and theirs[0] <= ours[1]


def _say_stated_change(measure: Measure, against: str) -> str:
    if measure.change is None:
        return ""
    if measure.change.value == 0:
        return f"bằng {against}"
    size = _say_size(_absolute(measure.change), measure.change_unit)
    return f"{_verb(measure.change)} {size} so với {against}"


def _say_ratio(measure: Measure, against: str) -> str:
    return f"bằng {say_share(measure.share)} so với {against}" if measure.share else ""


def _say_then(figure: Figure | None, against: str, unit: str) -> str:
    if figure is None:
        return ""
    size = _say_size(figure.quantity, unit)
    return f"{against} là {size}" if figure.quantity.value else f"{against} không có"


def _say_size(size: Quantity, unit: str) -> str:
    if unit == "đồng":
        return say_money(size)
    if unit == "điểm %":
        return say_count(size, "điểm phần trăm")
    return say_count(size, unit)


def _absolute(quantity: Quantity) -> Quantity:
    return replace(quantity, value=abs(quantity.value))


def _verb(delta: Quantity) -> str:
    return "tăng" if delta.value > 0 else "giảm"


def say_movement(line: Line, figures: Figures) -> str:
    """Return "đầu kỳ 34 hộ, giảm 04 hộ, cuối kỳ 30 hộ" for a stock that moved."""
    words = (
        ("opening", "đầu kỳ"),
        ("increase", "tăng"),
        ("decrease", "giảm"),
        ("closing", "cuối kỳ"),
    )
    said = []
    for name, word in words:
        figure = figures.get(f"{line.key}.{name}")
        if figure and figure.quantity.value:
            said.append(f"{word} {_say_size(figure.quantity, line.unit)}")
        elif figure and name in _EMPTY:
            said.append(f"{word} {_EMPTY[name]}")
    return join_clauses(said)


def say_rates(line: Line, rate_per: str) -> str:
    """Return "mức từ 500.000 đồng đến 1.500.000 đồng/hộ/tháng", and the heads it was paid for."""
    per = rate_per or ("" if line.unit in ("đồng", "%") else line.unit)
    said = [_say_rate(rate, line.unit, f"/{per}" if per else "") for rate in line.rate]
    heads = line.rate_count
    counted = f"tính cho {say_count(heads, per.split('/')[0] or 'người')}" if heads else ""
    return join_clauses([join_list(said), counted])


def _say_rate(rate: Rate, unit: str, per: str) -> str:
    text = say_dong(rate.value)
    if rate.upto:
        text = f"từ {text} đến {say_dong(rate.upto)}"
    count = f"{say_count(rate.count, unit)} " if rate.count else ""
    return f"{count}mức {text}{per}"


def say_when(line: Line) -> str:
    """Return the line's own dates: "trong quý I năm 2023", "tính đến ngày …"."""
    span = say_span(line.start, line.end)
    as_of = f"tính đến {say_date(line.as_of)}" if line.as_of else ""
    if span and not span.startswith(("từ", "đến")):
        span = f"trong {span}"
    return join_clauses([span, as_of])


def say_source(line: Line) -> str:
    """Return where the money came from: "từ Quỹ Đền ơn đáp nghĩa"."""
    source = line.source
    if source.lower().startswith(_OWN_LEADS):
        return source[0].lower() + source[1:]
    if source.lower().startswith("nguồn "):
        source = source[0].lower() + source[1:]
    return f"từ {source}" if source else ""


def say_details(
    line: Line, figures: Figures, same_period: str, rate_per: str, head: str
) -> str:
    """Return what is said of a line after its result, `head`, in one order everywhere."""
    amount = say_amount(line, figures)
    return join_clauses([
        f"kinh phí {amount}" if amount and head else amount, say_rates(line, rate_per),
        say_months(line), say_source(line), say_plan(line, figures),
        say_movement(line, figures), say_change(line, figures, same_period),
        say_cumulative(line, figures), say_when(line),
    ])  # fmt: skip


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
    return f"{head[:-1]}; {extra})" if head.endswith(")") else f"{head} ({extra})"


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


def say_name(line: Line) -> str:
    """Return the line's label, with what tells it from others of the same label."""
    about = (line.giver, line.group, line.occasion, line.round)
    new = [word for word in about if word and word.casefold() not in line.label.casefold()]
    return line.label + (f" ({', '.join(new)})" if new else "")


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


def say_aside(line: Line, figures: Figures, same_period: str) -> str:
    """Return a line without a result by its name, with its plans and earlier numbers."""
    said = []
    for name, measures in (
        ("plan", line.plan),
        ("previous", line.previous),
        ("bases", line.bases),
    ):
        for index, measure in enumerate(measures):
            figure = figures.get(f"{line.key}.{name}{_nth(index)}")
            base = _base_name(measure.label) or same_period
            word = plan_name(measure.label) if name == "plan" else base
            said.append(_say_then(figure, word, line.unit))
    about = join_clauses(said)
    return say_name(line) + (f" ({about})" if about else "")


def say_months(line: Line) -> str:
    """Return "trong 6 tháng": months are never padded."""
    return (
        f"trong {say_count(line.months, 'tháng')}" if line.months and line.months.value else ""
    )


def say_cumulative(line: Line, figures: Figures) -> str:
    """Return "lũy kế 1.254 người"."""
    figure = figures.get(f"{line.key}.cumulative")
    if figure is None or not figure.quantity.value:
        return ""
    return f"lũy kế {_say_size(figure.quantity, line.unit)}"


def padded(value: Quantity) -> str:
    """Return the bare number as it stands before a noun: "04", "1.254"."""
    return say_count(value, "")
