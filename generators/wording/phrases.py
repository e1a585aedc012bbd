"""One line's own numbers said aloud, each a clause of a sentence.

Each function returns "" where there is nothing to say, and no clause begins or ends with
punctuation: joining what is not empty can leave nothing dangling.
"""

from __future__ import annotations

from generators.model import Figures, Line, Quantity
from generators.wording.amounts import say_bare, say_count, say_dong, say_money, say_share
from generators.wording.dates import say_date, say_span
from generators.wording.joining import join_clauses, join_list

_OWN_LEADS = ("từ ", "do ", "trích ")
_EMPTY = {"opening": "không có", "closing": "không còn"}


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
    share = figures.get(f"{line.key}.{name}_share")
    if line.unit in ("đồng", "%") or (share and f"{line.key}.cumulative" in share.made_from):
        return ""
    return f"{say_bare(value.quantity)}/{say_bare(whole.quantity)} {noun or line.unit}"


def say_of_whole(line: Line, figures: Figures, noun: str = "") -> str:
    """Return "41/62 trường hợp (66,1%)", the result with what it is a share of."""
    over, whole = say_over(line, "whole", figures, noun), figures.get(f"{line.key}.whole")
    said = over or say_value(line, figures, noun)
    if whole and not over:
        of = f"tổng số {say_size(whole.quantity, line.unit)}"
        said = f"{said} trên {of}" if said else of
    stem = f"{line.key}.whole_share"
    share = figures.get(stem) or figures.get(f"{stem}_stated")
    return f"{said} ({say_share(share.quantity)})" if share and said else said


def say_size(size: Quantity, unit: str) -> str:
    """Return a number with its unit: money for đồng, points for a change of a rate."""
    if unit == "đồng":
        return say_money(size)
    if unit == "điểm %":
        return say_count(size, "điểm phần trăm")
    return say_count(size, unit)


def padded(value: Quantity) -> str:
    """Return the bare number as it stands before a noun: "04", "1.254"."""
    return say_count(value, "")


def say_movement(line: Line, figures: Figures) -> str:
    """Return "đầu kỳ 34 hộ, giảm 04 hộ, cuối kỳ 30 hộ" for a stock that moved."""
    words = (
        ("opening", "đầu kỳ"),
        ("increase", "tăng"),
        ("decrease", "giảm"),
        ("closing", "cuối kỳ"),
    )
    said = []
    value = figures.get(f"{line.key}.value")
    for name, word in words:
        figure = figures.get(f"{line.key}.{name}")
        if (
            name == "closing"
            and figure
            and value
            and figure.quantity.value == value.quantity.value
        ):
            continue  # said already: it is the line's own number
        if figure and figure.quantity.value:
            said.append(f"{word} {say_size(figure.quantity, line.unit)}")
        elif figure and name in _EMPTY:
            said.append(f"{word} {_EMPTY[name]}")
    return join_clauses(said)


def say_rates(line: Line, figures: Figures, rate_per: str) -> str:
    """Return "mức từ 500.000 đồng đến 1.500.000 đồng/hộ/tháng", and the heads it was paid for."""
    per = rate_per or ("" if line.unit in ("đồng", "%") else line.unit)
    stems = (f"{line.key}.rate" + nth(index) for index in range(len(line.rate)))
    said = [_say_rate(stem, figures, line.unit, f"/{per}" if per else "") for stem in stems]
    heads = figures.get(f"{line.key}.rate_count")
    paid = per.split("/")[0] or "người"
    counted = f"tính cho {say_count(heads.quantity, paid)}" if heads else ""
    return join_clauses([join_list(said), counted])


def nth(index: int) -> str:
    """Return what tells the second and later figures of one name apart: "", "_2", "_3"."""
    return f"_{index + 1}" if index else ""


def _say_rate(stem: str, figures: Figures, unit: str, per: str) -> str:
    rate, upto, count = (figures.get(stem + name) for name in ("", "_upto", "_units"))
    if rate is None:
        return ""
    text = say_dong(rate.quantity)
    if upto:
        text = f"từ {text} đến {say_dong(upto.quantity)}"
    counted = f"{say_count(count.quantity, unit)} " if count else ""
    return f"{counted}mức {text}{per}"


def say_months(line: Line, figures: Figures) -> str:
    """Return "trong 6 tháng": months are never padded."""
    figure = figures.get(f"{line.key}.months")
    if figure is None or not figure.quantity.value:
        return ""
    return f"trong {say_count(figure.quantity, 'tháng')}"


def say_cumulative(line: Line, figures: Figures) -> str:
    """Return "lũy kế 1.254 người"."""
    figure = figures.get(f"{line.key}.cumulative")
    if figure is None or not figure.quantity.value:
        return ""
    return f"lũy kế {say_size(figure.quantity, line.unit)}"


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
