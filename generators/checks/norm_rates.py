"""Stated rates against the norms of law that held on the line's days."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from generators.checks.norm_words import law, norms_of, severity
from generators.checks.paying import lineages
from generators.checks.report import Report
from generators.checks.telling import Span, say
from generators.model import Figure, Finding, Line
from generators.norms import AT_LEAST, BASE, Norm


def check_norm_rates(report: Report) -> Iterator[Finding]:
    """A stated rate is one that the law allows, for a month or for all months together.

    Norms that localities set for themselves, and bases of other rates, judge no rate.
    Blank: a line without a rate is not judged; nor is one whose norm is not known.
    """
    for lineage in lineages(report.data.lines):
        norms = norms_of(report, lineage) if lineage[-1].rate else ()
        if norms and norms[0].how != BASE and not any(norm.local for norm in norms):
            yield from islice(_wrong_rates(report, lineage[-1], norms), 1)


def _wrong_rates(report: Report, line: Line, norms: tuple[Norm, ...]) -> Iterator[Finding]:
    for index, rate in enumerate(line.rate):
        span = rate.value.span[0], (rate.upto or rate.value).span[1]
        stated = report.figure(line, "rate" + (f"_{index + 1}" if index else ""))
        if stated and not any(_allows(norm, span) for norm in norms):
            yield _wrong_rate(stated, norms)


def _allows(norm: Norm, span: Span) -> bool:
    if norm.how == AT_LEAST:
        return span[1] >= min(norm.amounts)
    return any(span[0] <= pay <= span[1] for pay in _allowed(norm))


def _allowed(norm: Norm) -> tuple[Decimal, ...]:
    return (*norm.amounts, *norm.pays)


def _wrong_rate(stated: Figure, norms: tuple[Norm, ...]) -> Finding:
    low, rate = norms[0].how == AT_LEAST, stated.quantity.value
    near = min(
        (pay for norm in norms for pay in _allowed(norm)), key=lambda pay: abs(pay - rate)
    )
    return Finding(
        "norm.below" if low else "norm.rate", severity(norms), stated.where,
        f"{stated.label}: {say(stated)} ở {stated.where} "
        f"{'thấp hơn mức tối thiểu' if low else 'không phải mức theo quy định'}. {law(norms)}",
        "Hãy kiểm tra lại mức đã ghi; nếu địa phương chi mức khác hoặc cộng thêm, xác nhận và ghi "
        "lý do.",
        stated.id, (stated.where,), rate, near, "đồng",
    )  # fmt: skip
