"""Stated shares, and the wholes that shares imply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, islice

from generators.checks.report import Report
from generators.checks.telling import digits, digits_of, places, rounded, say
from generators.folding import fold
from generators.model import (
    ERROR,
    NOTE,
    WARNING,
    Figure,
    Figures,
    Finding,
    Quantity,
)
from generators.spans import (
    Span,
    hedged_span,
    overlap,
    ratio_span,
    says,
    span_of,
    written_span,
)

_HUNDRED = Decimal(100)
_RATE = re.compile(r"ty le (?P<of>.+?) (?:so voi|so|tren) (?P<whole>.+)\Z")


def check_shares(report: Report) -> Iterator[Finding]:
    """A stated share is the computed one, within the precision it is written to.

    A share of an annual plan may be that of lũy kế. Blank: a share that only is stated is not
    judged. One cut off instead of rounded is a note.
    """
    for stated in report.figures.values():
        computed = report.figures.get(stated.id.removesuffix("_stated"))
        if not stated.id.endswith("_share_stated") or computed is None:
            continue
        if not is_share(stated.quantity, computed, report.figures):
            yield _wrong_share(stated, computed, report.figures)
        elif _is_cut_off(stated.quantity, computed.quantity):
            yield _cut_off(stated, computed)


def is_share(stated: Quantity, computed: Figure, figures: Figures) -> bool:
    """Tell whether the share is that of its two numbers; a plan is never a rounded one."""
    ours, theirs = (figures[part] for part in computed.made_from)
    whole = span_of(theirs, figures, hedged_span)
    exact = ratio_span(span_of(ours, figures, hedged_span), whole)
    planned = ".plan" in theirs.id
    spans = span_of(ours, figures), whole if planned else span_of(theirs, figures)
    return says(stated, exact, ratio_span(*spans))


def _wrong_share(stated: Figure, computed: Figure, figures: Figures) -> Finding:
    right = rounded(computed.quantity.value)
    return Finding(
        "share.stated", ERROR, stated.where,
        f"{stated.label}: ghi {digits_of(stated.quantity)}%, trong khi tính ra "
        f"{digits(right)}% ({computed.rule}){_of_cumulative(stated, figures)}.",
        "Hãy sửa tỷ lệ, hoặc kiểm tra lại kết quả và kế hoạch, tổng số; cũng có thể để "
        "trống tỷ lệ để phần mềm tự tính.",
        stated.id, (stated.where, *places(computed, figures)),
        stated.quantity.value, right, "%",
    )  # fmt: skip


def _of_cumulative(stated: Figure, figures: Figures) -> str:
    """What the share of lũy kế would be, where a plan may be held against it."""
    line, _, name = stated.id.partition(".")
    gathered = figures.get(f"{line}.cumulative")
    plan = figures.get(stated.id.removesuffix("_share_stated"))
    if not (gathered and plan and name.startswith("plan") and plan.unit == gathered.unit):
        return ""
    share = rounded(gathered.quantity.value / plan.quantity.value * _HUNDRED)
    return f"; so lũy kế với kế hoạch là {digits(share)}%"


def _is_cut_off(stated: Quantity, computed: Quantity) -> bool:
    """Whether the last digit written is one less than rounding half up would give."""
    if stated.hedge or computed.hedge or stated.value >= computed.value:
        return False
    return stated.place / 2 <= computed.value - stated.value < stated.place


def _cut_off(stated: Figure, computed: Figure) -> Finding:
    right = rounded(computed.quantity.value)
    return Finding(
        "share.cut_off", NOTE, stated.where,
        f"{stated.label}: ghi {digits_of(stated.quantity)}%, là {digits(right)}% "
        f"({computed.rule}) bỏ bớt chữ số sau chứ không làm tròn.",
        "Không bắt buộc sửa; báo cáo in tỷ lệ do phần mềm tính và làm tròn.",
        stated.id, (stated.where,), stated.quantity.value, right, "%",
    )  # fmt: skip


# ---------------------------------------------------------------- wholes that shares imply


def check_denominators(report: Report) -> Iterator[Finding]:
    """Shares of one and the same whole imply one whole: 134.951 is 28,3%, 125.729 is 24,7%.

    Blank: this is the check for wholes left blank; the share must be there, and what it is of.
    """
    implied: dict[tuple[str, str], list[_Implied]] = {}
    for found in (*_shares_of_wholes(report), *_rates_of_wholes(report)):
        implied.setdefault((fold(found.whole), found.value.unit), []).append(found)
    for group in implied.values():
        pairs = combinations(group, 2)
        apart = ((one, other) for one, other in pairs if not overlap(one.span, other.span))
        for one, other in islice(apart, 1):
            yield _two_wholes(one, other)


@dataclass(frozen=True)
class _Implied:
    """A number and its share of something, and what that something must then be."""

    value: Figure
    share: Quantity | None
    whole: str
    where: str
    span: Span
    size: Decimal


def _shares_of_wholes(report: Report) -> Iterator[_Implied]:
    """The shares stated beside a line's own number."""
    for line in report.every_line:
        value = report.figure(line, "value")
        for measure in line.whole if value else ():
            if value is None or not _is_definite(measure.label):
                continue
            if measure.value:
                yield _Implied(value, None, measure.label, measure.where, measure.value.span,
                               measure.value.value)  # fmt: skip
            elif measure.share:
                yield from _implied(report, value, measure.share, measure.label, measure.where)


# What is counted in every line anew: 41 of 62 hồ sơ here, 30 of 40 there.
_OWN = frozenset({
    "", "truong hop", "doi tuong", "nguoi", "luot nguoi", "suat", "phan", "nha", "can", "cho", "viec",
    "the", "don", "vu", "chi tieu", "ke hoach", "giao", "duoc giao", "chung",
})  # fmt: skip
_TOTAL = re.compile(r"(?:tong(?: cong| so)?|so|toan bo)(?: |\Z)")


def _is_definite(label: str) -> bool:
    """Whether a whole is one and the same wherever it is named: "lực lượng lao động"."""
    named = fold(label)
    while found := _TOTAL.match(named):
        named = named[found.end() :]
    return named not in _OWN and not named.startswith("ho so")


def _rates_of_wholes(report: Report) -> Iterator[_Implied]:
    """The rates that stand in lines of their own: "Tỷ lệ tham gia … so với lực lượng lao động"."""
    counts = [line for line in report.data.lines if line.unit != "%"]
    for line in report.data.lines:
        rate, named = line.value, _RATE.match(fold(line.label))
        if line.unit != "%" or not rate or not named:
            continue
        same = [count for count in counts if fold(count.label).endswith(named["of"])]
        value = report.figure(same[0], "value") if len(same) == 1 else None
        if value:
            yield from _implied(report, value, rate, named["whole"], rate.where)


def _implied(
    report: Report, value: Figure, share: Quantity, whole: str, where: str
) -> Iterator[_Implied]:
    low, high = written_span(share)
    ours = span_of(value, report.figures)
    if low > 0:
        span = ours[0] / high * _HUNDRED, ours[1] / low * _HUNDRED
        size = (value.quantity.value / share.value * _HUNDRED).quantize(
            Decimal(1), ROUND_HALF_UP
        )
        yield _Implied(value, share, whole, where, span, size)


def _two_wholes(one: _Implied, other: _Implied) -> Finding:
    return Finding(
        "share.denominators", WARNING, other.where,
        f"Cùng là tỷ lệ so với «{one.whole}» nhưng hai dòng ứng với hai tổng số khác nhau: "
        f"{_said_whole(one)}; {_said_whole(other)}.",
        "Một trong hai tỷ lệ, hoặc một trong hai kết quả, có thể sai: hãy kiểm tra lại và ghi "
        "rõ tổng số dùng để tính.",
        f"{other.value.id}/{fold(one.whole)}",
        tuple(filter(None, (one.value.where, one.where, other.value.where, other.where))),
        other.size, one.size, one.value.unit,
    )  # fmt: skip


def _said_whole(implied: _Implied) -> str:
    size = f"{digits(implied.size)} {implied.value.unit}"
    if implied.share is None:
        return f"{implied.value.label} ghi tổng số {size}"
    share = digits_of(implied.share)
    return f"{implied.value.label} ({say(implied.value)} là {share}%) ứng với khoảng {size}"
