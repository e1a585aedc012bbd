"""Money against the rates stated for it: one rate, several, or several with their counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generators.checks.paying import (
    HEADS,
    HOUSEHOLDS,
    Paid,
    lineages,
    mix,
    months_touched,
    nearest,
    paid_lines,
    say_readings,
    say_slip,
    step_of,
    unit_name,
    unit_of,
)
from generators.checks.report import Report
from generators.checks.telling import Span, digits, overlap, places, say, span_of
from generators.model import ERROR, NOTE, WARNING, Finding, Line, Rate

_MEND_RATE = (
    "Hãy kiểm tra lại số lượng, mức, số tháng và kinh phí; nếu có người hưởng mức khác, ghi rõ từng "
    "mức kèm số hưởng mức đó."
)
_MEND_COUNTS = "Hãy kiểm tra lại từng mức, số hưởng mỗi mức và số đã ghi của dòng."
_ONE = Decimal(1)


def check_rates(report: Report) -> Iterator[Finding]:
    """What was paid is the number of units times their rate, and times the months.

    A range bounds it; several rates must make it up; rates with counts must add up to it.
    Blank: nothing is judged without the amount or the number of units, except that heads of
    households, of whom nobody says how many, must make the amount a multiple of their rate.
    Months left blank may be any that the line's days touch where the rate is for a month, or
    those that a norm with this rate allows; else the rate is for once.
    """
    for lineage in lineages(report.data.lines):
        line = lineage[-1]
        if line.rate and all(rate.count for rate in line.rate):
            yield from _counted_units(report, line)
    for paid in paid_lines(report):
        if paid.line.rate:
            yield from _judged(paid)


def _judged(paid: Paid) -> Iterator[Finding]:
    rates, terms = paid.line.rate, _terms_of(paid)
    if all(rate.count for rate in rates):
        yield from _counted_money(paid, terms)
    elif any(rate.count for rate in rates):
        return
    elif _counts_households_for_heads(paid):
        yield from _of_heads(paid, terms)
    elif paid.units[1] > 0:
        yield from _of_units(paid, terms)


@dataclass(frozen=True)
class _Terms:
    """The rates from the least to the most, đồng, and the months from the fewest to the most."""

    rates: tuple[Decimal, ...]
    exact: bool
    months: Span

    @property
    def fixed(self) -> bool:
        """Whether everybody had the same known number of months."""
        return self.months[0] == self.months[1]

    def span(self, units: Span) -> Span:
        """What so many units may have had."""
        return (units[0] * self.rates[0] * self.months[0],
                units[1] * self.rates[-1] * self.months[1])  # fmt: skip


def _terms_of(paid: Paid) -> _Terms:
    ends = [end for rate in paid.line.rate for end in _ends(rate)]
    exact = not any(rate.upto or rate.value.hedge for rate in paid.line.rate)
    return _Terms(tuple(sorted(set(ends))), exact, _months(paid, set(ends)))


def _ends(rate: Rate) -> Span:
    return rate.value.span[0], (rate.upto or rate.value).span[1]


def _months(paid: Paid, rates: set[Decimal]) -> Span:
    if paid.line.months:
        return paid.line.months.span
    spec = paid.report.spec(paid.lineage[0])
    if spec and spec.rate_per.endswith("/tháng"):
        return _ONE, Decimal(months_touched(paid.report, paid.lineage))
    norms = paid.report.norms.holding(paid.lineage, paid.report.data.period)
    counts = [count for norm in norms if norm.monthly and rates <= set(norm.amounts)
              for count in norm.months]  # fmt: skip
    return (Decimal(min(counts)), Decimal(max(counts))) if counts else (_ONE, _ONE)


def _counts_households_for_heads(paid: Paid) -> bool:
    spec = paid.report.spec(paid.lineage[0])
    heads = spec is not None and unit_name(spec.rate_per) in HEADS
    return heads and unit_of(paid.line) in HOUSEHOLDS and not paid.line.rate_count


# ---------------------------------------------------------------- one rate, or several


def _of_units(paid: Paid, terms: _Terms) -> Iterator[Finding]:
    """The amount against the units that are known."""
    if not (paid.whole and terms.exact):
        if not overlap(terms.span(paid.units), paid.money):
            yield _wrong_amount(paid, terms)
    elif not _fits(paid, terms, paid.amount.quantity.value):
        readings = _readings(paid, terms)
        yield _mixed(paid, readings) if readings else _wrong_amount(paid, terms)
    elif len(terms.rates) > 1 and (readings := _readings(paid, terms)):
        yield _mixed(paid, readings)


def _fits(paid: Paid, terms: _Terms, amount: Decimal) -> bool:
    """Whether an exact amount can be made of the rates, each of the units having one."""
    low, high = terms.span(paid.units)
    if not low <= amount <= high:
        return False
    if not terms.fixed:
        return len(terms.rates) > 1 or not (amount - low) % (terms.rates[0] or _ONE)
    rates = [rate * terms.months[0] for rate in terms.rates]
    return len(rates) > _JUDGED_RATES or mix(amount, paid.units[0], rates) is not None


_JUDGED_RATES = 4


def _readings(paid: Paid, terms: _Terms) -> str:
    if len(terms.rates) == 1 or not terms.fixed:
        return ""
    rates = [rate * terms.months[0] for rate in terms.rates]
    return say_readings(paid.amount.quantity.value, paid.units[0], rates, paid.line.unit)


def _mixed(paid: Paid, readings: str) -> Finding:
    return Finding(
        "rate.mixed", NOTE, paid.where,
        f"{paid.amount.label} khớp với các mức đã ghi khi {readings}.",
        "Nếu đúng như vậy thì không cần sửa; muốn chắc chắn, ghi số hưởng bên cạnh mỗi mức.",
        paid.amount.id, paid.places, paid.amount.quantity.value, paid.amount.quantity.value, "đồng",
    )  # fmt: skip


def _wrong_amount(paid: Paid, terms: _Terms) -> Finding:
    stated, right = paid.amount.quantity.value, _nearest(paid, terms)
    more = "lớn hơn" if stated > right else "nhỏ hơn"
    apart = paid.whole and stated != right
    gap = f"; số ghi {more} {digits(abs(stated - right))} đồng" if apart else ""
    hint = say_slip(stated, lambda amount: _fits(paid, terms, amount)) if paid.whole else ""
    return Finding(
        "rate.amount", WARNING, paid.where,
        f"{paid.amount.label} ghi ở {paid.where} là {say(paid.amount)}, trong khi "
        f"{_product(paid, terms)}{gap}.{hint or _fewer(paid, terms)}",
        _MEND_RATE, paid.amount.id, paid.places, stated, right, "đồng",
    )  # fmt: skip


def _nearest(paid: Paid, terms: _Terms) -> Decimal:
    """The sum nearest to the amount that the rates could make."""
    low, high = terms.span(paid.units)
    step = terms.rates[0]
    if not (paid.whole and terms.exact):
        step = _ONE
    elif len(terms.rates) > 1:
        step = step_of([rate * terms.months[0] for rate in terms.rates])
    return nearest(paid.amount.quantity.value, low, high, step)


def _product(paid: Paid, terms: _Terms) -> str:
    """The product in words, with what it comes to: "40 người × 500.000 đồng = 20.000.000 đồng"."""
    low, high = terms.span(paid.units)
    rate = digits(terms.rates[0])
    if len(terms.rates) > 1:
        joined = " đến " if any(rate.upto for rate in paid.line.rate) else " hoặc "
        rate = joined.join(map(digits, terms.rates))
    total = f"= {digits(low)}" if low == high else f"là từ {digits(low)} đến {digits(high)}"
    return f"{paid.said_count()} × {rate} đồng{_said_months(terms)} {total} đồng"


def _said_months(terms: _Terms) -> str:
    low, high = terms.months
    if low != high:
        return f" × {digits(low)} đến {digits(high)} tháng"
    return f" × {digits(low)} tháng" if low != 1 else ""


def _fewer(paid: Paid, terms: _Terms) -> str:
    """Why a sum that is too small, but whole rates, may be right all the same."""
    stated, rate = paid.amount.quantity.value, terms.rates[0]
    if not (paid.whole and terms.exact and rate and len(terms.rates) == 1):
        return ""
    if stated % rate or stated >= terms.span(paid.units)[0] or not stated:
        return ""
    if terms.months[1] > 1:
        return " Số ghi vẫn chẵn mức: có thể một số trường hợp hưởng ít tháng hơn."
    return f" Số ghi vẫn chẵn mức, ứng với {digits(stated / rate)} {paid.line.unit}."


def _of_heads(paid: Paid, terms: _Terms) -> Iterator[Finding]:
    """The amount against a rate for heads, while only households are counted."""
    stated, rate = paid.amount.quantity.value, terms.rates[0]
    exact = terms.exact and len(terms.rates) == 1 and paid.money[0] == paid.money[1]
    if not exact or not rate or not stated % rate:
        return
    yield Finding(
        "rate.amount", WARNING, paid.where,
        f"{paid.amount.label} ghi ở {paid.where} là {say(paid.amount)}, không chia hết "
        f"cho mức {digits(rate)} đồng một khẩu; còn dư {digits(stated % rate)} đồng.",
        "Hãy kiểm tra lại mức và kinh phí, và ghi số khẩu hưởng nếu biết.",
        paid.amount.id, paid.places, stated, stated - stated % rate, "đồng",
    )  # fmt: skip


# ---------------------------------------------------------------- rates with counts


def _counted_money(paid: Paid, terms: _Terms) -> Iterator[Finding]:
    """The money that the rates, each with its count, come to."""
    low, high = _sum_of(paid.line, terms.months)
    if overlap((low, high), paid.money):
        return
    stated = paid.amount.quantity.value
    right = nearest(stated, low, high, _ONE)
    said = " + ".join(f"{digits(rate.count.value)} × {_said_rate(rate)}"
                      for rate in paid.line.rate if rate.count)  # fmt: skip
    total = digits(low) if low == high else f"từ {digits(low)} đến {digits(high)}"
    yield Finding(
        "rate.counts", ERROR, paid.where,
        f"{paid.amount.label} ghi ở {paid.where} là {say(paid.amount)}, trong khi các "
        f"mức nhân với số hưởng ({said}{_said_months(terms)}) cộng lại là {total} đồng.",
        _MEND_COUNTS, paid.amount.id, paid.places, stated, right, "đồng",
    )  # fmt: skip


def _sum_of(line: Line, months: Span) -> Span:
    pairs = [(rate.count.span, _ends(rate)) for rate in line.rate if rate.count]
    low = sum((count[0] * ends[0] for count, ends in pairs), Decimal(0))
    return low * months[0], sum((c[1] * e[1] for c, e in pairs), Decimal(0)) * months[1]


def _said_rate(rate: Rate) -> str:
    upto = f" đến {digits(rate.upto.value)}" if rate.upto else ""
    return digits(rate.value.value) + upto


def _counted_units(report: Report, line: Line) -> Iterator[Finding]:
    """The units of all rates against the units of the line, or its heads."""
    known = [
        figure for name in ("value", "rate_count") if (figure := report.figure(line, name))
    ]
    counts = [rate.count for rate in line.rate if rate.count]
    low, high = (sum((count.span[end] for count in counts), Decimal(0)) for end in (0, 1))
    if not known or any(overlap((low, high), span_of(f, report.figures)) for f in known):
        return
    stated, total = known[0], sum((count.value for count in counts), Decimal(0))
    where = (*places(stated, report.figures), *(count.where for count in counts))
    yield Finding(
        "rate.units", ERROR, where[0],
        f"{stated.label}: ghi {say(stated)} ở {where[0]}, trong khi số hưởng của các mức "
        f"({' + '.join(digits(count.value) for count in counts)}) cộng lại là {digits(total)}.",
        _MEND_COUNTS, stated.id, tuple(dict.fromkeys(where)), stated.quantity.value, total,
        line.unit,
    )  # fmt: skip
