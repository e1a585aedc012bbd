"""Money that cannot be meant for what it was paid for: a lost "triệu", three digits too many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from generators.checks.paying import lineages, unit_of
from generators.checks.report import Report
from generators.checks.telling import Span, digits, places, say, span_of
from generators.model import WARNING, Figure, Finding, Line
from generators.norms import Usual

_DONG = "dong"
_LOST = ((Decimal(1_000), "«nghìn»"), (Decimal(1_000_000), "«triệu»"))
_SPARE = ((Decimal(1_000), "ba chữ số"), (Decimal(1_000_000), "sáu chữ số"))
_ONE, _NEAR = Decimal(1), Decimal(10)


def check_plausible(report: Report) -> Iterator[Finding]:
    """Money for one unit lies within what is usual for such a unit, and a sum is a sum of money.

    Blank: without the number of units the sum alone is looked at, as money; without the sum,
    the stated rates. What no entry of the norms' file knows is not judged.
    """
    for lineage in lineages(report.data.lines):
        for money in _sums(report, lineage):
            finding = _judge(report, money)
            if finding:
                yield finding
                break


@dataclass(frozen=True)
class _Money:
    """A sum as it was stated, what it was for, and what is usual for one ``unit`` of that."""

    stated: Figure
    count: Figure | None
    unit: str
    usual: Usual


def _sums(report: Report, lineage: tuple[Line, ...]) -> Iterator[_Money]:
    line = lineage[-1]
    if unit_of(line) == _DONG:
        yield from _alone(report, lineage, report.figure(line, "value"))
        return
    amount, value = report.figure(line, "amount"), report.figure(line, "value")
    if not (amount or line.rate):
        return
    usual = report.norms.usual_of(lineage, unit_of(line))
    if amount is None:
        yield from _rates(report, line, usual)
    elif amount.where and value and usual and span_of(value, report.figures)[0] > 0:
        yield _Money(amount, value, line.unit, usual)
    yield from _alone(report, lineage, amount)


def _alone(
    report: Report, lineage: tuple[Line, ...], amount: Figure | None
) -> Iterator[_Money]:
    """The sum by itself, as money."""
    usual = report.norms.usual_of(lineage, _DONG)
    if amount and amount.where and usual:
        yield _Money(amount, None, "", usual)


def _rates(report: Report, line: Line, usual: Usual | None) -> Iterator[_Money]:
    """The rates of a line that has no sum."""
    for index in range(len(line.rate) if usual else 0):
        stem = "rate" + (f"_{index + 1}" if index else "")
        for name in (stem, f"{stem}_upto"):
            figure = report.figure(line, name)
            if figure and usual:
                yield _Money(figure, None, line.unit, usual)


def _judge(report: Report, money: _Money) -> Finding | None:
    low, high = _for_one(report, money)
    usual = money.usual
    if high <= 0:
        return None
    if high < usual.least:
        return _finding(report, money, usual.least, "ít hơn")
    if usual.most is not None and low > usual.most:
        return _finding(report, money, usual.most, "nhiều hơn")
    return None


def _for_one(report: Report, money: _Money) -> Span:
    low, high = span_of(money.stated, report.figures)
    least, most = span_of(money.count, report.figures) if money.count else (_ONE, _ONE)
    return low / most, high / least


def _finding(report: Report, money: _Money, bound: Decimal, how: str) -> Finding:
    stated, count = money.stated, money.count
    where = [stated.where, *(places(count, report.figures) if count else ())]
    units = count.quantity.value if count else _ONE
    return Finding(
        "amount.implausible", WARNING, stated.where,
        f"{stated.label}: {say(stated)} ở {stated.where}{_said_one(money, units)}, {how} mức thường "
        f"gặp của {money.usual.label} ({_said_usual(money)}).{_hint(money, units, how)}",
        "Hãy kiểm tra lại số tiền, số lượng và đơn vị tính; nếu đúng, xác nhận và ghi lý do.",
        stated.id, tuple(dict.fromkeys(where)), stated.quantity.value, bound * units, "đồng",
    )  # fmt: skip


def _said_one(money: _Money, units: Decimal) -> str:
    if money.count is None:
        return ""
    one = (money.stated.quantity.value / units).quantize(_ONE, ROUND_HALF_UP)
    return f" cho {say(money.count)}, tức khoảng {digits(one)} đồng một {money.unit}"


def _said_usual(money: _Money) -> str:
    usual, one = money.usual, f" một {money.unit}" if money.unit else ""
    if usual.most is None:
        return f"từ {digits(usual.least)} đồng{one} trở lên"
    return f"từ {digits(usual.least)} đến {digits(usual.most)} đồng{one}"


def _hint(money: _Money, units: Decimal, how: str) -> str:
    """What slip of the pen would make the sum usual; for one that is near, what else it may be."""
    one, usual = money.stated.quantity.value / units, money.usual
    if how == "ít hơn" and one * _NEAR >= usual.least:
        return f" {usual.reason}" if usual.reason else ""
    if how == "ít hơn":
        words = [word for times, word in _LOST if _is_usual(one * times, usual)]
        return f" Có thể thiếu chữ {' hoặc '.join(words)}." if words else ""
    spare = [said for times, said in _SPARE if _is_usual(one / times, usual)]
    return f" Có thể thừa {' hoặc '.join(spare)}." if spare else ""


def _is_usual(one: Decimal, usual: Usual) -> bool:
    return usual.least <= one and (usual.most is None or one <= usual.most)
