"""What a check looks at: one report's data and figures, its kind, the norms, earlier reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from generators.kinds import LineSpec, ReportKind
from generators.model import Figure, Figures, Finding, Line, OrgUnit, Period, PeriodData
from generators.norms import Norms
from generators.terms import Terms


@dataclass(frozen=True)
class Past:
    """An earlier report of the same unit: its period, and its figures as they were issued.

    ``report_id`` names it in the archive; ``revised`` tells that it replaced one that had been
    issued. ``unit`` is the unit it was of, where that had another name; ``merged`` that it was
    only part of today's unit, so that its figures are no measure of today's.
    """

    period: Period
    figures: Figures
    report_id: str = ""
    issued_on: date | None = None
    revised: bool = False
    unit: OrgUnit | None = None
    merged: bool = False


@dataclass(frozen=True)
class Report:
    """One report under examination; ``past`` are earlier ones, the latest first."""

    data: PeriodData
    figures: Figures
    kind: ReportKind
    norms: Norms = field(default_factory=Norms)
    terms: Terms = field(default_factory=Terms)
    past: tuple[Past, ...] = ()

    @property
    def every_line(self) -> Iterator[Line]:
        """All lines, each followed by what it is made of, at every depth."""
        return every_line(self.data.lines)

    def figure(self, line: Line, name: str) -> Figure | None:
        """Return one of the line's figures, by name: "value", "amount", "plan_share"."""
        return self.figures.get(f"{line.key}.{name}")

    def spec(self, line: Line) -> LineSpec | None:
        """Return what the catalogue says of the line, None for a line it does not know."""
        return self.kind.line.get(line.code)


Check = Callable[[Report], Iterator[Finding]]


def every_line(lines: tuple[Line, ...]) -> Iterator[Line]:
    """Yield `lines`, each followed by what it is made of, at every depth."""
    for line in lines:
        yield line
        yield from every_line((*line.parts, *line.of_which))
