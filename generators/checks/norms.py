"""Money against the norms of law that held on the line's days; it warns, it never corrects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from generators.checks.norm_words import finding, law, norms_of, said_norm
from generators.checks.paying import (
    HEADS,
    HOUSEHOLDS,
    Paid,
    mix,
    months_touched,
    nearest,
    paid_lines,
    say_readings,
    say_slip,
    step_of,
    unit_of,
)
from generators.checks.report import Report
from generators.checks.telling import digits, overlap, say
from generators.model import NOTE, Finding
from generators.norms import AT_LEAST, BASE, EXACT, Norm

_LOCAL_STEP = Decimal(50_000)
_MOST_HEADS = 12  # in a household, on the average
_GENEROUS = {AT_LEAST: 3, BASE: 12}  # times the law: localities add, and a base is only one


def check_norms(report: Report) -> Iterator[Finding]:
    """Money that a law fixes is what it fixes: units times rate times months.

    Where a rate changed within the line's days both are allowed; localities may have added.
    Blank: without a known norm, the amount or the number of units nothing is judged; without
    months all that the norm allows are. Of heads in households whose number is blank it is
    said how many the amount stands for. A line that states its rate is judged by that rate;
    of a line and a part of it that both are accused, the part is.
    """
    found: dict[str, tuple[Finding, ...]] = {}
    for paid in paid_lines(report):
        norms = norms_of(report, paid.lineage)
        if norms and not paid.line.rate and not _is_judged_by_parts(paid):
            found[paid.line.key] = tuple(_judged(paid, norms))
    accused = [key for key, findings in found.items() if findings]
    for key in accused:
        if not any(other.startswith(f"{key}/") for other in accused):
            yield from found[key]


def _judged(paid: Paid, norms: Sequence[Norm]) -> Iterator[Finding]:
    per, unit = norms[0].unit, unit_of(paid.line)
    if per in HEADS and unit in HOUSEHOLDS and not paid.line.rate_count:
        yield from _of_households(paid, norms)
    elif paid.units[0] > 0 and _counts(paid, per, unit):
        judge = _of_units if norms[0].how == EXACT else _at_least
        yield from judge(paid, norms)


def _counts(paid: Paid, per: str, unit: str) -> bool:
    """Whether the line counts what the norm is paid for."""
    if per in HEADS:
        return unit in HEADS or paid.line.rate_count is not None
    return unit == per or {unit, per} <= HOUSEHOLDS


def _is_judged_by_parts(paid: Paid) -> bool:
    """Whether the amount is only the sum of parts that each say how many had it."""
    parts = [part for part in paid.line.parts if part.amount]
    return not paid.amount.where and all(part.value for part in parts)


# ---------------------------------------------------------------- a rate for each unit


def _of_units(paid: Paid, norms: Sequence[Norm]) -> Iterator[Finding]:
    if not paid.whole:
        yield from _hedged(paid, norms)
        return
    amount, count = paid.amount.quantity.value, paid.units[0]
    if any(_is_one_rate(amount, count, norm) for norm in norms):
        return
    if readings := _readings(amount, count, norms, paid.line.unit):
        yield _mixed(paid, norms, readings)
    elif any(norm.local for norm in norms) and not amount % (count * _LOCAL_STEP):
        return
    elif fewer := _fewer_months(amount, count, norms):
        yield _said_fewer(paid, fewer)
    else:
        yield _wrong(paid, norms)


def _is_one_rate(amount: Decimal, count: Decimal, norm: Norm) -> bool:
    """Whether all had one rate, be it for different months."""
    return any(mix(amount, count, [rate * months for months in sorted(set(norm.months))])
               is not None for rate in norm.amounts)  # fmt: skip


def _readings(amount: Decimal, count: Decimal, norms: Sequence[Norm], unit: str) -> str:
    for norm in norms:
        for months in norm.months:
            rates = sorted({rate * months for rate in norm.amounts})
            said = say_readings(amount, count, rates, unit) if len(rates) > 1 else ""
            if said:
                return said
    return ""


def _fewer_months(amount: Decimal, count: Decimal, norms: Sequence[Norm]) -> Norm | None:
    """The norm of which the amount is whole months, but fewer than it pays."""
    for norm in norms:
        for rate in norm.amounts:
            full = count * rate * max(norm.months)
            if max(norm.months) > 1 and not amount % rate and count * rate <= amount < full:
                return norm
    return None


def _hedged(paid: Paid, norms: Sequence[Norm]) -> Iterator[Finding]:
    """What words like "trên 44 tỷ" allow, against the least and the most that may be paid."""
    low, high = paid.units[0] * _least(norms), paid.units[1] * _most(norms)
    if any(norm.local for norm in norms) or overlap((low, high), paid.money):
        return
    month = paid.units[0] * min(rate for norm in norms for rate in norm.amounts)
    yield _said_fewer(paid, norms[0]) if month <= paid.money[1] < low else _wrong(paid, norms)


def _least(norms: Sequence[Norm]) -> Decimal:
    return min(norm.pays[0] for norm in norms)


def _most(norms: Sequence[Norm]) -> Decimal:
    return max(norm.pays[-1] for norm in norms)


# ---------------------------------------------------------------- a least that is paid


def _at_least(paid: Paid, norms: Sequence[Norm]) -> Iterator[Finding]:
    """The amount against the least that the norm, or the base it is, lets one unit have."""
    known = [(_floor(norm), norm) for norm in norms if _floor(norm)]
    months = paid.line.months.span[0] if paid.line.months and norms[0].monthly else Decimal(1)
    least, norm = min(known, key=lambda pair: pair[0], default=(Decimal(0), norms[0]))
    expected = paid.units[0] * least * months
    if paid.money[1] < expected:
        times = f" × {digits(months)} tháng" if paid.line.months and norm.monthly else ""
        floor = "mức thấp nhất" if norm.how == BASE else "mức tối thiểu"
        yield finding(
            "norm.below", paid, norms,
            f"thấp hơn {floor}: {paid.said_count()} × {digits(least)} đồng{times} = "
            f"{digits(expected)} đồng.{_slip_below(paid, expected)}", expected,
        )  # fmt: skip
    yield from _far_above(paid, norms)


def _far_above(paid: Paid, norms: Sequence[Norm]) -> Iterator[Finding]:
    """The amount against what not even a generous locality pays in the line's days."""
    norm, how = norms[0], norms[0].how
    months = Decimal(months_touched(paid.report, paid.lineage)) if norm.monthly else Decimal(1)
    rate = max(rate for norm in norms for rate in norm.amounts)
    most = paid.units[1] * rate * months * _GENEROUS[how]
    if paid.money[0] > most:
        times = f" × {digits(months)} tháng" if norm.monthly else ""
        usual = paid.units[1] * rate * months
        yield finding(
            "norm.above", paid, norms,
            f"gấp hơn {_GENEROUS[how]} lần mức theo quy định: {paid.said_count()} × {digits(rate)} "
            f"đồng{times} = {digits(usual)} đồng.", usual,
        )  # fmt: skip


def _floor(norm: Norm) -> Decimal:
    return norm.floor or Decimal(0) if norm.how == BASE else min(norm.amounts)


def _slip_below(paid: Paid, expected: Decimal) -> str:
    stated = paid.amount.quantity.value
    return say_slip(stated, lambda amount: amount == expected) if paid.whole else ""


# ---------------------------------------------------------------- heads in households


def _of_households(paid: Paid, norms: Sequence[Norm]) -> Iterator[Finding]:
    """How many heads the amount stands for, at least one in each of the households."""
    low, high = paid.money
    if norms[0].how != EXACT or paid.units[0] <= 0:
        return
    heads = _heads(paid, norms) if low == high else ""
    if heads:
        yield _per_head(paid, norms, heads)
    elif low == high or high < paid.units[0] * min(r for norm in norms for r in norm.amounts):
        yield finding(
            "norm.amount", paid, norms,
            f"không ứng với một số {norms[0].per.split('/')[0]} hợp lý nào của {paid.said_count()}.",
            _whole_rates(paid, norms),
        )  # fmt: skip


def _heads(paid: Paid, norms: Sequence[Norm]) -> str:
    amount, per = paid.amount.quantity.value, norms[0].per.split("/")[0]
    for norm in norms:
        ways = [(pay, per, 1) for pay in norm.pays[::-1]]
        ways += [(rate, f"{per}-tháng", max(norm.months)) for rate in norm.amounts]
        for rate, word, months in ways:
            most = paid.units[0] * _MOST_HEADS * months
            if not amount % rate and paid.units[0] <= amount / rate <= most:
                return f"{digits(amount / rate)} {word}, mỗi {word} {digits(rate)} đồng"
    return ""


def _whole_rates(paid: Paid, norms: Sequence[Norm]) -> Decimal:
    rate = min(norms[0].amounts)
    return nearest(paid.amount.quantity.value, paid.units[0] * rate, paid.money[1] + rate, rate)


def _per_head(paid: Paid, norms: Sequence[Norm], heads: str) -> Finding:
    norm, amount = norms[0], paid.amount.quantity.value
    return Finding(
        "norm.per_head", NOTE, paid.where,
        f"{paid.name}: mức {norm.label} tính theo {norm.per.split('/')[0]} "
        f"({said_norm(norm)}), còn dòng này đếm theo {paid.line.unit}: {say(paid.amount)} của "
        f"{paid.said_count()} ứng với {heads}.",
        "Nếu biết số khẩu hưởng, hãy ghi vào cột Số khẩu hưởng để được kiểm tra; nếu không, cứ để "
        "nguyên.",
        paid.amount.id, paid.places, amount, amount, "đồng",
    )  # fmt: skip


# ---------------------------------------------------------------- how it is said


def _wrong(paid: Paid, norms: Sequence[Norm]) -> Finding:
    stated, right = paid.amount.quantity.value, _nearest(paid, norms)
    more = "lớn hơn" if stated > right else "nhỏ hơn"
    gap = f"; số ghi {more} {digits(abs(stated - right))} đồng" if paid.whole else ""
    slip = say_slip(stated, lambda amount: _fits(paid, amount, norms)) if paid.whole else ""
    return finding(
        "norm.amount", paid, norms,
        f"không khớp mức theo quy định: {_said_product(paid, norms, right)}{gap}.{slip}", right,
    )  # fmt: skip


def _said_product(paid: Paid, norms: Sequence[Norm], right: Decimal) -> str:
    """The product that law makes where it makes only one, else the nearest that it may."""
    norm = norms[0]
    if not paid.whole or len(norms) > 1 or len(norm.pays) > 1:
        return f"số gần nhất cho {paid.said_count()} là {digits(right)} đồng"
    months = f" × {norm.months[0]} tháng" if norm.months[0] > 1 else ""
    rate = digits(norm.amounts[0])
    return f"{paid.said_count()} × {rate} đồng{months} = {digits(right)} đồng"


def _fits(paid: Paid, amount: Decimal, norms: Sequence[Norm]) -> bool:
    count = paid.units[0]
    return any(_is_one_rate(amount, count, norm) for norm in norms) or bool(
        _readings(amount, count, norms, "")
    )


def _nearest(paid: Paid, norms: Sequence[Norm]) -> Decimal:
    stated, count = paid.amount.quantity.value, paid.units[0]
    sums = [nearest(stated, count * norm.pays[0], count * norm.pays[-1], step_of(norm.pays))
            for norm in norms]  # fmt: skip
    return min(sums, key=lambda total: abs(total - stated))


def _said_fewer(paid: Paid, norm: Norm) -> Finding:
    stated, months = paid.amount.quantity.value, max(norm.months)
    rate = max(rate for rate in norm.amounts)
    full = paid.units[0] * rate * months
    counts = (f", ứng với {digits(stated / rate)} tháng hưởng thay vì "
              f"{digits(paid.units[0] * months)}" if paid.whole and not stated % rate else "")  # fmt: skip
    told = finding(
        "norm.fewer_months", paid, (norm,),
        f"ít hơn {paid.said_count()} × {digits(rate)} đồng × {months} tháng = {digits(full)} đồng"
        f"{counts}. Có thể một số trường hợp hưởng ít tháng hơn.", full,
    )  # fmt: skip
    return replace(told, severity=NOTE) if _says_why(paid) else told


_WHY = re.compile(
    r"tháng|từ trần|chết|mất|tăng mới|phát sinh|chuyển|dừng|thôi hưởng|cắt|bổ sung"
)


def _says_why(paid: Paid) -> bool:
    """Whether a note of the line or of what it is in says that some had fewer months."""
    return any(_WHY.search(line.note.lower()) for line in paid.lineage)


def _mixed(paid: Paid, norms: Sequence[Norm], readings: str) -> Finding:
    amount = paid.amount.quantity.value
    return Finding(
        "norm.mixed", NOTE, paid.where,
        f"{paid.amount.label} khớp với các mức theo quy định khi {readings}. {law(norms)}",
        "Nếu đúng như vậy thì không cần sửa; muốn chắc chắn, ghi số hưởng của từng mức.",
        paid.amount.id, paid.places, amount, amount, "đồng",
    )  # fmt: skip
