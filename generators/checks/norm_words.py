"""How a norm of law is told: its rates, its basis and how sure we are of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from generators.checks.paying import Paid
from generators.checks.report import Report
from generators.checks.telling import digits, say
from generators.model import NOTE, WARNING, Finding, Line
from generators.norms import AT_LEAST, BASE, CONFIDENCE, EXACT, FIRM, Norm

_MEND = (
    "Hãy kiểm tra lại số lượng, số tháng và kinh phí; nếu địa phương chi mức khác hoặc cộng thêm, "
    "xác nhận và ghi lý do."
)


def norms_of(report: Report, lineage: tuple[Line, ...]) -> tuple[Norm, ...]:
    """Return the versions that hold of the one norm for a line; none where several norms do.

    Of versions that differ in kind the most lenient remain.
    """
    norms = report.norms.holding(lineage, report.data.period)
    if len({norm.id for norm in norms}) != 1:
        return ()
    kinds = (
        tuple(norm for norm in norms if norm.how == how) for how in (BASE, AT_LEAST, EXACT)
    )
    return next(kind for kind in kinds if kind)


def finding(
    code: str, paid: Paid, norms: Sequence[Norm], what: str, computed: Decimal
) -> Finding:
    """Return what is told of an amount that a norm does not allow; `what` follows its place."""
    return Finding(
        code, severity(norms), paid.where,
        f"{paid.amount.label} {say(paid.amount)} ở {paid.where} {what} {law(norms)}",
        _MEND, paid.amount.id, paid.places, paid.amount.quantity.value, computed, "đồng",
    )  # fmt: skip


def severity(norms: Sequence[Norm]) -> str:
    """Return a warning where we are sure of all `norms`, else a note."""
    return WARNING if all(norm.confidence in FIRM for norm in norms) else NOTE


def law(norms: Sequence[Norm]) -> str:
    """Return the norms as a sentence, with their basis, and that localities may add."""
    told = "; ".join(dict.fromkeys(f"{said_norm(norm)} ({said_basis(norm)})" for norm in norms))
    return f"Quy định: {norms[0].label}, {told}. Địa phương có thể chi mức khác hoặc cộng thêm."


def said_basis(norm: Norm) -> str:
    """Return the legal basis, and where we know it from."""
    return f"{norm.basis}; {CONFIDENCE[norm.confidence]}"


def said_norm(norm: Norm) -> str:
    """Return "500.000 đồng/người/tháng trong 3 tháng", "200.000 hoặc 400.000 đồng/người"."""
    rates = " hoặc ".join(map(digits, norm.amounts))
    least = "ít nhất " if norm.how == AT_LEAST else ""
    most = max(norm.months)
    months = "" if most == 1 else f" trong {most} tháng"
    if len(norm.months) > 1:
        months = f", nhiều nhất {most} tháng"
    return f"{least}{rates} đồng/{norm.per}{months}"
