"""One line said aloud: the clauses of a sentence, made from the line and its figures.

Each function returns "" where there is nothing to say, and no clause begins or ends with
punctuation: joining what is not empty can leave nothing dangling.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from generators.model import Figure, Figures, Line, Measure, Quantity
from generators.wording.amounts import pad, say_count, say_money, say_number, say_share
from generators.wording.dates import say_date, say_span


def join_list(items: Iterable[str]) -> str:
    """Return "a, b và c"; ";" parts items that have commas of their own."""
    found = [item for item in items if item]
    if len(found) < 2:
        return "".join(found)
    if any("," in item or ";" in item or " và " in item for item in found):
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
    if line.estimate and not quantity.hedge:
        quantity = replace(quantity, hedge="ước")
    if line.unit == "đồng":
        return say_money(quantity)
    return say_count(quantity, noun or line.unit)


def say_amount(line: Line, figures: Figures) -> str:
    """Return the money that went with the line, "" where none is known."""
    figure = figures.get(f"{line.key}.amount")
    return say_money(figure.quantity) if figure else ""


def say_over(line: Line, name: str, figures: Figures, noun: str = "") -> str:
    """Return "41/62 trường hợp" for a value over its whole or plan."""
    value, whole = figures.get(f"{line.key}.value"), figures.get(f"{line.key}.{name}")
    if not (value and whole) or value.quantity.hedge or whole.quantity.hedge:
        return ""
    if line.unit in ("đồng", "%"):
        return ""
    return f"{_bare(value)}/{_bare(whole)} {noun or line.unit}"


def _bare(figure: Figure) -> str:
    return say_number(figure.quantity.value)


def say_plan(line: Line, figures: Figures) -> str:
    """Return "đạt 107% kế hoạch năm 2020 do quận giao", one clause for each plan."""
    clauses = (_say_plan(line, index, measure, figures) for index, measure in enumerate(line.plan))
    return join_clauses(clauses)


def _say_plan(line: Line, index: int, measure: Measure, figures: Figures) -> str:
    stem = f"{line.key}.plan" + (f"_{index + 1}" if index else "")
    label = measure.label or "kế hoạch"
    share = figures.get(f"{stem}_share") or figures.get(f"{stem}_share_stated")
    if share is None:
        money = figures.get(f"{stem}_amount_share")
        return f"kinh phí đạt {say_share(money.quantity)} {label}" if money else ""
    return f"đạt {say_share(share.quantity)} {label}"


def say_change(line: Line, figures: Figures, same_period: str) -> str:
    """Return "tăng 12 người (5,6%) so với cùng kỳ năm 2019", from one delta.

    `same_period` is said where a measure has no label of its own.
    """
    clauses = []
    for name, measures in (("previous", line.previous), ("bases", line.bases)):
        for index, measure in enumerate(measures):
            stem = f"{line.key}.{name}" + (f"_{index + 1}" if index else "")
            against = measure.label or same_period
            clauses.append(_say_delta(stem, line, measure, figures, against))
    return join_clauses(clauses)


def _say_delta(stem: str, line: Line, measure: Measure, figures: Figures, against: str) -> str:
    delta = figures.get(f"{stem}_change")
    if delta is None:
        return _say_stated_change(line, measure, against)
    if delta.quantity.value == 0:
        return f"{'tương đương' if delta.quantity.hedge else 'bằng'} {against}"
    size = _absolute(delta.quantity)
    share = figures.get(f"{stem}_change_share")
    percent = f" ({say_share(_absolute(share.quantity))})" if share else ""
    return f"{_verb(delta.quantity)} {_say_size(size, delta.unit)}{percent} so với {against}"


def _say_stated_change(line: Line, measure: Measure, against: str) -> str:
    if measure.change is None:
        return ""
    if measure.change.value == 0:
        return f"bằng {against}"
    size = _say_size(_absolute(measure.change), measure.change_unit)
    return f"{_verb(measure.change)} {size} so với {against}"


def _say_size(size: Quantity, unit: str) -> str:
    if unit == "đồng":
        return say_money(size)
    if unit == "điểm %":
        return f"{say_number(size.value)} điểm phần trăm"
    return say_count(size, unit)


def _absolute(quantity: Quantity) -> Quantity:
    return replace(quantity, value=abs(quantity.value))


def _verb(delta: Quantity) -> str:
    return "tăng" if delta.value > 0 else "giảm"


def say_movement(line: Line, figures: Figures) -> str:
    """Return "đầu kỳ 34 hộ, giảm 04 hộ, cuối kỳ 30 hộ" for a stock that moved."""
    words = (("opening", "đầu kỳ"), ("increase", "tăng"), ("decrease", "giảm"), ("closing", "cuối kỳ"))
    said = []
    for name, word in words:
        figure = figures.get(f"{line.key}.{name}")
        if figure and (figure.quantity.value or name in ("opening", "closing")):
            said.append(f"{word} {say_count(figure.quantity, line.unit)}")
    return join_clauses(said)


def say_rates(line: Line, rate_per: str) -> str:
    """Return "mức 500.000 đồng đến 1.500.000 đồng/hộ/tháng"."""
    per = f"/{rate_per or line.unit}"
    said = []
    for rate in line.rate:
        text = f"{say_number(rate.value.value)} đồng"
        if rate.upto:
            text = f"từ {text} đến {say_number(rate.upto.value)} đồng"
        count = f"{say_count(rate.count, line.unit)} " if rate.count else ""
        said.append(f"{count}mức {text}{per}")
    return join_list(said)


def say_when(line: Line) -> str:
    """Return the line's own dates: "trong quý I năm 2023", "tính đến ngày …"."""
    span = say_span(line.start, line.end)
    as_of = f"tính đến {say_date(line.as_of)}" if line.as_of else ""
    if span and not span.startswith(("từ", "đến")):
        span = f"trong {span}"
    return join_clauses([span, as_of])


def say_source(line: Line) -> str:
    """Return where the money came from: "từ Quỹ Đền ơn đáp nghĩa"."""
    if not line.source or line.source.lower().startswith(("từ ", "do ", "trích ")):
        return line.source
    return f"từ {line.source}"


def say_parts(parts: Sequence[Line], figures: Figures) -> str:
    """Return "vay vốn … 118 người và tự tạo việc làm 106 người"; nothing is left out."""
    said = [_say_part(part, figures) for part in parts if not is_silent(part, figures)]
    groups = [join_list(said)]
    zero = [part.label for part in parts if is_zero(part, figures)]
    if zero:
        groups.append("không phát sinh: " + join_list(zero))
    for status in ("chưa có số liệu", "xét cuối năm"):
        labels = [part.label for part in parts if part.status == status]
        groups.append(f"{status}: {join_list(labels)}" if labels else "")
    return "; ".join(group for group in groups if group)


def _say_part(part: Line, figures: Figures) -> str:
    value, amount = say_value(part, figures), say_amount(part, figures)
    colon = ":" if part.label[-1:].isdigit() else ""
    about = [
        f"kinh phí {amount}" if amount and value else amount,
        say_source(part), say_plan(part, figures),
    ]  # fmt: skip
    deeper = say_inner(part, figures)
    extra = "; ".join(text for text in (join_clauses(about), deeper) if text)
    if not value:
        return f"{part.label}{colon} {extra}"
    return f"{part.label}{colon} {value}" + (f" ({extra})" if extra else "")


def say_inner(line: Line, figures: Figures) -> str:
    """Return what a line is made of: "gồm: …; trong đó: …"."""
    groups: dict[str, list[Line]] = {}
    for part in line.parts:
        groups.setdefault(part.by, []).append(part)
    said = []
    for by, parts in groups.items():
        lead = f"chia theo {by}: " if by else "gồm: "
        said.append(lead + say_parts(parts, figures))
    if line.of_which:
        said.append("trong đó: " + say_parts(line.of_which, figures))
    return "; ".join(said)


def is_zero(line: Line, figures: Figures) -> bool:
    """Whether nothing of the kind happened: a zero, or "không phát sinh"."""
    value = figures.get(f"{line.key}.value")
    amount = figures.get(f"{line.key}.amount")
    none = amount is None or amount.quantity.value == 0
    zero = value is not None and value.quantity.value == 0
    return line.status == "không phát sinh" or (zero and none)


def is_silent(line: Line, figures: Figures) -> bool:
    """Whether the line has no number to say."""
    known = f"{line.key}.value" in figures or f"{line.key}.amount" in figures
    return bool(line.status) or not (known or line.parts or line.of_which) or is_zero(line, figures)


def say_aside(line: Line, figures: Figures, same_period: str) -> str:
    """Return a line without a result by its name, with its plan and last year's number."""
    said = []
    for name, word in (("plan", "kế hoạch"), ("previous", same_period)):
        figure = figures.get(f"{line.key}.{name}")
        if figure:
            size = _say_size(figure.quantity, line.unit)
            said.append(f"{word} {size}")
    return line.label + (f" ({', '.join(said)})" if said else "")


def say_months(line: Line) -> str:
    """Return "trong 6 tháng": months are never padded."""
    return f"trong {say_number(line.months.value)} tháng" if line.months else ""


def say_cumulative(line: Line, figures: Figures) -> str:
    """Return "lũy kế 1.254 người"."""
    figure = figures.get(f"{line.key}.cumulative")
    return f"lũy kế {_say_size(figure.quantity, line.unit)}" if figure else ""


def padded(value: Quantity) -> str:
    """Return the bare number as it stands before a noun: "04", "1.254"."""
    return pad(say_number(value.value))
