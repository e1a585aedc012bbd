"""The table of all figures: sections, their lines with what they are made of, their totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generators.annex import CENTRE, HEADING, LINE, RIGHT, TOTAL, Column, Row, Table
from generators.kinds import ReportKind
from generators.model import Figures, Line, PeriodData
from generators.roman import roman
from generators.wording.annex_cells import Cell, Spec, line_cells
from generators.wording.annex_totals import total_line
from generators.wording.parts import say_name

_COLUMNS = (
    Column("STT", 10, CENTRE), Column("Chỉ tiêu", 60), Column("Đơn vị tính", 16, CENTRE),
    Column("Kết quả", 20, RIGHT), Column("Kế hoạch", 20, RIGHT), Column("% kế hoạch", 16, RIGHT),
    Column("Cùng kỳ", 20, RIGHT), Column("So cùng kỳ", 22, RIGHT),
    Column("Kinh phí (đồng)", 25, RIGHT), Column("Ghi chú", 40),
)  # fmt: skip
_NO_CELLS: tuple[Cell, ...] = ((),) * (len(_COLUMNS) - 2)
_DEEPEST = 3  # levels of indent that a column has room for


def figures_table(
    data: PeriodData, figures: Figures, kind: ReportKind, last: Sequence[str]
) -> Table | None:
    """Return the table, the totals `last` at its end; None for a report without lines."""
    rows = tuple(_Rows(data, figures, kind, frozenset(last)).all(last))
    return Table(_COLUMNS, rows) if rows else None


@dataclass(frozen=True)
class _Rows:
    data: PeriodData
    figures: Figures
    kind: ReportKind
    kept: frozenset[str]

    def all(self, last: Sequence[str]) -> Iterator[Row]:
        number = 0
        for section in self.kind.sections:
            rows = [*self._lines(section.id), *self._totals_of(section.id)]
            if rows:
                number += 1
                yield Row(((roman(number),), (section.title,)), HEADING)
                yield from rows
        yield from self._totals_of("")
        for code in last:
            yield from self._total(code)

    def _lines(self, section: str) -> Iterator[Row]:
        """The catalogue's lines in its order, then those it does not know in the data's."""
        order = {spec.code: place for place, spec in enumerate(self.kind.lines)}
        lines = [line for line in self.data.lines
                 if line.section == section and line.code not in self.kind.total]  # fmt: skip
        lines.sort(key=lambda line: order.get(line.code, len(order)))
        for number, line in enumerate(lines, 1):
            yield from self._with_parts(line, (str(number),), 0)

    def _with_parts(self, line: Line, number: Cell, depth: int) -> Iterator[Row]:
        spec = self.kind.line.get(line.code) if not depth else None
        yield self._row(line, spec, (number, (say_name(line),)), depth)
        for lead, parts in _groups(line):
            if lead:
                yield Row(((), (lead,), *_NO_CELLS), LINE, min(depth + 1, _DEEPEST))
            for part in parts:
                yield from self._with_parts(part, ("-",), depth + 1)

    def _row(self, line: Line, spec: Spec, head: tuple[Cell, Cell], depth: int) -> Row:
        look = LINE if spec is None or spec.code in self.kind.line else TOTAL
        cells = (*head, *line_cells(line, spec, self.figures))
        return Row(cells, look, min(depth, _DEEPEST))

    def _totals_of(self, section: str) -> Iterator[Row]:
        for spec in self.kind.totals:
            if spec.section == section and spec.code not in self.kept:
                yield from self._total(spec.code)

    def _total(self, code: str) -> Iterator[Row]:
        spec = self.kind.total[code]
        if line := total_line(spec, self.data, self.figures):
            yield self._row(line, spec, ((), (line.label,)), 0)


def _groups(line: Line) -> Iterator[tuple[str, list[Line]]]:
    """The parts as they belong together, each group with the words that stand over it."""
    by: dict[str, list[Line]] = {}
    for part in line.parts:
        by.setdefault(part.by, []).append(part)
    for name, parts in by.items():
        yield f"Chia theo {name}:" if name else "Chia ra:" if len(by) > 1 else "", parts
    if line.of_which:
        yield "Trong đó:", list(line.of_which)
