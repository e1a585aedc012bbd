"""What was paid: to how many units, for how many months, and which rates make up a sum."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import gcd

from generators.checks.report import Report
from generators.checks.telling import Span, digits, places, say, span_of
from generators.folding import fold
from generators.model import Figure, Line
from generators.norms import days_of

HOUSEHOLDS = frozenset({"ho", "gia dinh", "ho gia dinh"})
HEADS = frozenset({
    "nguoi", "khau", "nhan khau", "doi tuong", "truong hop", "suat", "phan", "suat qua", "phan qua",
    "tre em", "tre", "em", "chau", "cu", "luot", "lao dong", "nguoi lao dong",
})  # fmt: skip
_TRIES, _MOST_RATES = 100, 4
_SLIPS = (10, 100, 1000)


@dataclass(frozen=True)
class Paid:
    """A line with its money: the two figures, and how many units a rate was paid for.

    ``count`` is None where nobody says how many; ``lineage`` is the line after its parents.
    """

    report: Report
    lineage: tuple[Line, ...]
    amount: Figure
    count: Figure | None

    @property
    def line(self) -> Line:
        """The line itself."""
        return self.lineage[-1]

    @property
    def name(self) -> str:
        """How the line is called; a part after its line."""
        return self.amount.label.removesuffix(": kinh phí")

    @property
    def money(self) -> Span:
        """What the amount may be, đồng."""
        return span_of(self.amount, self.report.figures)

    @property
    def units(self) -> Span:
        """How many units there may be; (0, 0) where nobody says."""
        return span_of(self.count, self.report.figures) if self.count else (Decimal(0),) * 2

    @property
    def whole(self) -> bool:
        """Whether both numbers are exact, so that every đồng of the product is known."""
        exact = all(low == high and low == low.to_integral() for low, high in
                    (self.money, self.units))  # fmt: skip
        return exact and self.units[0] > 0

    @property
    def where(self) -> str:
        """The place of the amount, or the first of those it was summed from."""
        return next(iter(places(self.amount, self.report.figures)), "")

    @property
    def places(self) -> tuple[str, ...]:
        """The places of the amount, the count and the rates."""
        found = places(self.amount, self.report.figures)
        found += places(self.count, self.report.figures) if self.count else []
        found += [rate.value.where for rate in self.line.rate]
        found += [self.line.months.where] if self.line.months else []
        return tuple(dict.fromkeys(filter(None, found)))

    def said_count(self) -> str:
        """Return how many units, in words: "40 người"; of heads in households "63 khẩu"."""
        if self.count is None or not self.line.rate_count:
            return say(self.count) if self.count else ""
        spec = self.report.spec(self.line)
        heads = spec.rate_per.split("/")[0] if spec and spec.rate_per else "người"
        return f"{say(self.count)} {heads}"


def paid_lines(report: Report) -> Iterator[Paid]:
    """Every line and part with money, at every depth."""
    for lineage in lineages(report.data.lines):
        amount = report.figure(lineage[-1], "amount")
        if amount:
            yield Paid(report, lineage, amount, counted(report, lineage[-1]))


def lineages(lines: Sequence[Line], above: tuple[Line, ...] = ()) -> Iterator[tuple[Line, ...]]:
    """Yield each line after the lines it is inside of, at every depth."""
    for line in lines:
        yield (*above, line)
        yield from lineages((*line.parts, *line.of_which), (*above, line))


def counted(report: Report, line: Line) -> Figure | None:
    """Return how many units a rate is paid for: the heads where they are given."""
    return report.figure(line, "rate_count") or report.figure(line, "value")


def unit_of(line: Line) -> str:
    """Return what the line counts, folded and without "lượt": "nguoi", "ho"."""
    return unit_name(line.unit)


def unit_name(unit: str) -> str:
    """Return a unit folded, without "lượt" and what follows a slash."""
    return fold(unit.split("/")[0]).removeprefix("luot ")


def months_touched(report: Report, lineage: Sequence[Line]) -> int:
    """Return in how many calendar months the line's days lie."""
    first, last = days_of(lineage, report.data.period)
    return max(1, (last.year - first.year) * 12 + last.month - first.month + 1)


# ---------------------------------------------------------------- rates that make up a sum


def mix(total: Decimal, count: Decimal, rates: Sequence[Decimal]) -> tuple[int, ...] | None:
    """Return how many units had each of `rates` so that all are `count` and have `total`, đồng.

    `rates` ascend and differ; None where there is no such way, or none was found.
    """
    if len(rates) > _MOST_RATES or any(n != n.to_integral() for n in (total, count, *rates)):
        return None
    return _mix(int(total), int(count), [int(rate) for rate in rates])


def _mix(total: int, count: int, rates: list[int]) -> tuple[int, ...] | None:
    least, *more = rates
    rest, steps = total - count * least, [rate - least for rate in more]
    if rest < 0 or count < 0:
        return None
    if not more:
        return None if rest else (count,)
    if rest > count * steps[-1] or rest % gcd(*steps):
        return None
    most = rest // steps[-1]
    for last in range(most, max(-1, most - _TRIES), -1):
        others = _mix(total - last * rates[-1], count - last, rates[:-1])
        if others:
            return (*others, last)
    return None


def say_readings(total: Decimal, count: Decimal, rates: Sequence[Decimal], unit: str) -> str:
    """Return how `rates` make up `total`, in both ways where there are two; "" where in none.

    The other way is that one `unit` who had the highest rate is not among the `count`.
    """
    within = mix(total, count, rates)
    ways = [_terms(within, rates)] if within else []
    if rates[0] < rates[-1] and total == count * rates[0] + rates[-1]:
        outside = (int(count), *[0] * (len(rates) - 2), 1)
        ways.append(f"{_terms(outside, rates)}, nếu 1 {unit} nằm ngoài số {digits(count)}")
    return f"{digits(total)} đồng = {'; hoặc '.join(ways)}" if ways else ""


def _terms(counts: Sequence[int], rates: Sequence[Decimal]) -> str:
    return " + ".join(f"{digits(Decimal(count))} × {digits(rate)}"
                      for count, rate in zip(counts, rates, strict=True) if count)  # fmt: skip


def nearest(total: Decimal, low: Decimal, high: Decimal, step: Decimal) -> Decimal:
    """Return the sum nearest to `total` among low, low + step, … high."""
    if total <= low or not step:
        return low
    whole = ((total - low) / step).quantize(Decimal(1), ROUND_HALF_UP)
    return min(high, low + whole * step)


def step_of(rates: Sequence[Decimal]) -> Decimal:
    """Return the smallest step in which sums of these rates differ: 200.000 for 200 and 400."""
    least = min(rates)
    return Decimal(gcd(*(int(rate - least) for rate in rates)))


def say_slip(stated: Decimal, fits: Callable[[Decimal], bool]) -> str:
    """Say so where ten, a hundred or a thousand times more or less would fit."""
    for times in _SLIPS:
        if fits(stated * times):
            return (f" Số ghi chỉ bằng 1/{digits(Decimal(times))} số khớp: "
                    f"có thể thiếu {_zeros(times)}.")  # fmt: skip
        if fits(stated / times):
            return f" Số ghi gấp {digits(Decimal(times))} lần số khớp: có thể thừa {_zeros(times)}."
    return ""


def _zeros(times: int) -> str:
    return {10: "một chữ số", 100: "hai chữ số", 1000: "ba chữ số"}[times]
