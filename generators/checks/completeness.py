"""What is missing: lines that the kind requires, money that a total waits for."""

from __future__ import annotations

from collections.abc import Iterator

from generators.checks.report import Report
from generators.model import ERROR, NOTE, Figure, Finding


def check_totals_complete(report: Report) -> Iterator[Finding]:
    """A total of money is told to be missing where only some of its rows have money.

    Blank: this is the check that tells of it.
    """
    told: set[str] = set()
    for spec in report.kind.totals:
        rows = [line for line in report.data.lines if line.code in spec.of and not line.status]
        bare = [line for line in rows if not report.figure(line, "amount")
                and _counts(report.figure(line, "value"))]  # fmt: skip
        lacking = bare and len(bare) < len(rows) and f"{spec.code}.amount" not in report.figures
        if lacking and not told.issuperset(line.key for line in bare):
            told.update(line.key for line in bare)
            names = "; ".join(f"{line.label} ({line.where})" for line in bare)
            yield Finding(
                "total.incomplete", NOTE, bare[0].where,
                f"«{spec.label}»: chưa tính được kinh phí vì có dòng chưa ghi kinh phí: {names}.",
                "Hãy ghi kinh phí của các dòng đó nếu cần tổng; nếu không, cứ để nguyên.",
                f"{spec.code}.amount", tuple(line.where for line in bare),
            )  # fmt: skip


def _counts(figure: Figure | None) -> bool:
    return figure is None or figure.quantity.value > 0


def check_required(report: Report) -> Iterator[Finding]:
    """Every line the kind requires is there, with a number or a status.

    Blank: a required line that is missing is an error.
    """
    given = {line.code for line in report.data.lines}
    for spec in report.kind.lines:
        if spec.required and spec.code not in given:
            yield Finding("line.required", ERROR, "", f"Thiếu chỉ tiêu bắt buộc «{spec.label}».",
                          "Hãy ghi số liệu, hoặc ghi trạng thái như «không phát sinh».",
                          spec.code)  # fmt: skip
