"""The totals that an annex may print: those the catalogue declares, where there are any."""

from __future__ import annotations

from generators.kinds import TotalSpec
from generators.model import Figures, Line, PeriodData


def total_line(spec: TotalSpec, data: PeriodData, figures: Figures) -> Line | None:
    """Return the total as a line of the table, None where the report has none to print.

    It has one where it is stated, or known and the sum of more than one row.
    """
    stated = next((line for line in data.lines if line.code == spec.code), None)
    rows = sum(line.code in spec.of for line in data.lines)
    known = any(f"{spec.code}.{name}" in figures for name in ("value", "amount"))
    if stated or (rows > 1 and known):
        return stated or Line(spec.code, spec.code, spec.section, spec.label, spec.unit, "")
    return None
