"""The table of gifts: under each giver what was given, to which group, how many, how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generators.annex import CENTRE, HEADING, LINE, RIGHT, TOTAL, Column, Row, Table
from generators.kind_annexes import AnnexSpec
from generators.kinds import ReportKind
from generators.model import Figure, Figures, Line, PeriodData
from generators.roman import roman
from generators.wording.amounts import say_cell
from generators.wording.annex_cells import Cell
from generators.wording.annex_totals import total_line
from generators.wording.parts import say_name

_COLUMNS = (
    Column("STT", 11, CENTRE), Column("Nguồn tặng, nội dung", 54), Column("Nhóm đối tượng", 33),
    Column("Đơn vị tính", 18, CENTRE), Column("Số lượng", 18, RIGHT),
    Column("Kinh phí (đồng)", 30, RIGHT),
)  # fmt: skip
_NO_GIVER = "Không ghi nguồn tặng"
_DEEPEST = 3


def gifts_table(
    data: PeriodData, figures: Figures, kind: ReportKind, spec: AnnexSpec
) -> Table | None:
    """Return the table of the annex `spec`; None where the report has none of its lines."""
    lines = [line for line in data.lines if line.code in spec.lines]
    if not lines:
        return None
    rows = (*_givers(lines, figures), *_totals(data, figures, kind, spec))
    return Table(_COLUMNS, rows)


def _givers(lines: list[Line], figures: Figures) -> Iterator[Row]:
    """Every giver with its gifts, in the order of the data; without a giver last."""
    by: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda line: not line.giver):
        by.setdefault(line.giver, []).append(line)
    for number, (giver, given) in enumerate(by.items(), 1):
        name = giver[:1].upper() + giver[1:] if giver else _NO_GIVER
        yield Row(((roman(number),), (name,)), HEADING)
        for place, line in enumerate(given, 1):
            yield from _with_parts(line, (str(place),), 0, figures)


def _with_parts(line: Line, number: Cell, depth: int, figures: Figures) -> Iterator[Row]:
    name = say_name(replace(line, giver="", group=""))
    group = (line.group,) if line.group else ()
    cells = (number, (name,), group, *_counts(line, figures))
    yield Row(cells, LINE, min(depth, _DEEPEST))
    for part in line.parts:
        yield from _with_parts(part, ("-",), depth + 1, figures)
    for index, part in enumerate(line.of_which):
        lead = "" if index else "trong đó: "
        named = replace(part, label=lead + part.label)
        yield from _with_parts(named, ("-",), depth + 1, figures)


def _counts(line: Line, figures: Figures) -> tuple[Cell, Cell, Cell]:
    value = _said(figures.get(f"{line.key}.value")) or ((line.status,) if line.status else ())
    return (line.unit,) if line.unit else (), value, _said(figures.get(f"{line.key}.amount"))


def _said(figure: Figure | None) -> Cell:
    return (say_cell(figure.quantity),) if figure else ()


def _totals(
    data: PeriodData, figures: Figures, kind: ReportKind, spec: AnnexSpec
) -> Iterator[Row]:
    for code in spec.totals:
        if line := total_line(kind.total[code], data, figures):
            yield Row(((), (line.label,), (), *_counts(line, figures)), TOTAL)
