"""A line held against its plans and its earlier numbers: "đạt 107% kế hoạch", "tăng 12 người"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import repeat

from generators.model import Figure, Figures, Line, Measure, Quantity
from generators.wording.amounts import say_money, say_share
from generators.wording.joining import join_clauses
from generators.wording.phrases import nth, say_size

_BASE = "mốc so sánh"
_PLANS = ("kế hoạch", "chỉ tiêu", "dự toán")
_DAY = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}\Z")


def say_plan(line: Line, figures: Figures) -> str:
    """Return "đạt 107% kế hoạch năm 2020 do quận giao", one clause for each plan."""
    stems = (f"{line.key}.plan" + nth(index) for index in range(len(line.plan)))
    return join_clauses(map(_say_plan, stems, repeat(line), line.plan, repeat(figures)))


def _say_plan(stem: str, line: Line, measure: Measure, figures: Figures) -> str:
    name = plan_name(measure.label)
    share = figures.get(f"{stem}_share_stated")
    if line.unit != "%":  # of a rate, 83% of the plan may be better or worse: the plan is said
        share = figures.get(f"{stem}_share") or share
    money = figures.get(f"{stem}_amount_share")
    paid = f"kinh phí đạt {say_share(money.quantity)}" if money else ""
    if share:
        reached = "lũy kế đạt" if is_of_cumulative(share) else "đạt"
        return f"{reached} {say_share(share.quantity)} {name}" + (f" ({paid})" if paid else "")
    target, sum_ = figures.get(stem), figures.get(f"{stem}_amount")
    sizes = [say_size(target.quantity, line.unit) if target else "",
             f"kinh phí {say_money(sum_.quantity)}" if sum_ and not paid else ""]  # fmt: skip
    planned = join_clauses(sizes)
    return join_clauses(
        [f"{paid} {name}" if paid else "", f"{name} là {planned}" if planned else ""]
    )


def is_of_cumulative(share: Figure) -> bool:
    """Whether a share of the plan is that of lũy kế, not of the period's result."""
    return any(part.endswith(".cumulative") for part in share.made_from)


def plan_name(label: str) -> str:
    """Return what a plan is called within a sentence: "kế hoạch do quận giao"."""
    if not label.lower().startswith(_PLANS):
        return f"kế hoạch {label}".rstrip()
    return label[0].lower() + label[1:]


def say_change(line: Line, figures: Figures, same_period: str) -> str:
    """Return "tăng 12 người (5,6%) so với cùng kỳ năm 2019", from one delta.

    `same_period` is said where a measure has no label of its own.
    """
    told = (*_changes(line, "previous", line.previous, figures, same_period),
            *_changes(line, "bases", line.bases, figures, same_period))  # fmt: skip
    return join_clauses(told)


def say_bases(line: Line, figures: Figures) -> str:
    """Return the change against the line's other bases alone."""
    return join_clauses(_changes(line, "bases", line.bases, figures, _BASE))


def _changes(
    line: Line, name: str, measures: tuple[Measure, ...], figures: Figures, otherwise: str
) -> Iterator[str]:
    for index, measure in enumerate(measures):
        against = _base_name(measure.label) or otherwise
        yield _say_against(f"{line.key}.{name}{nth(index)}", line, figures, against)


def _base_name(label: str) -> str:
    if _DAY.match(label):
        return f"thời điểm {label}"
    return label[0].lower() + label[1:] if label.lower().startswith("cùng kỳ") else label


def _say_against(stem: str, line: Line, figures: Figures, against: str) -> str:
    said = (
        _say_delta(stem, figures, against)
        or _say_stated_change(stem, figures, against)
        or _say_ratio(figures.get(f"{stem}_share_stated"), against)
        or _say_then(figures.get(stem), against, line.unit)
    )
    then = _say_then(figures.get(f"{stem}_amount"), against, "đồng")
    money = _say_delta(f"{stem}_amount", figures, against) or then
    return join_clauses([said, f"kinh phí {money}" if money else ""])


def _say_delta(stem: str, figures: Figures, against: str) -> str:
    delta = figures.get(f"{stem}_change")
    if delta is None:
        return ""
    if delta.quantity.hedge:
        return f"{against} là {say_size(figures[stem].quantity, figures[stem].unit)}"
    if delta.quantity.value == 0:
        return f"bằng {against}"
    size = absolute(delta.quantity)
    share = figures.get(f"{stem}_change_share")
    percent = f" ({say_share(absolute(share.quantity))})" if share else ""
    return f"{verb(delta.quantity)} {say_size(size, delta.unit)}{percent} so với {against}"


def _say_stated_change(stem: str, figures: Figures, against: str) -> str:
    change = figures.get(f"{stem}_change_stated")
    if change is None:
        return ""
    if change.quantity.value == 0:
        return f"bằng {against}"
    size = say_size(absolute(change.quantity), change.unit)
    share = figures.get(f"{stem}_change_percent_stated")
    percent = f" ({say_share(absolute(share.quantity))})" if share else ""
    return f"{verb(change.quantity)} {size}{percent} so với {against}"


def _say_ratio(share: Figure | None, against: str) -> str:
    return f"bằng {say_share(share.quantity)} so với {against}" if share else ""


def _say_then(figure: Figure | None, against: str, unit: str) -> str:
    if figure is None:
        return ""
    size = say_size(figure.quantity, unit)
    return f"{against} là {size}" if figure.quantity.value else f"{against} không có"


def absolute(quantity: Quantity) -> Quantity:
    """Return the size of a change."""
    return replace(quantity, value=abs(quantity.value))


def verb(delta: Quantity) -> str:
    """Return the word for which way a change went."""
    return "tăng" if delta.value > 0 else "giảm"


def say_measures(line: Line, figures: Figures, same_period: str) -> str:
    """Return the line's plans and earlier numbers, for a line that has no result."""
    said = []
    for name, measures in (
        ("plan", line.plan),
        ("previous", line.previous),
        ("bases", line.bases),
    ):
        for index, measure in enumerate(measures):
            figure = figures.get(f"{line.key}.{name}{nth(index)}")
            base = _base_name(measure.label) or same_period
            word = plan_name(measure.label) if name == "plan" else base
            said.append(_say_then(figure, word, line.unit))
    return join_clauses(said)
