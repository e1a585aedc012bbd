"""The table of an annex as Word's XML: its head on every page, no row over two of them.

Written straight as text, so that a row costs what its bytes cost. A row that no page could
hold may be parted after all, for Word would cut it off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generators.annex import CENTRE, HEADING, LEFT, RIGHT, TOTAL, Column, Row, Table
from generators.document.annex_layout import column_widths, is_long
from generators.document.annex_styles import (
    CELL,
    CELL_CENTRE,
    CELL_HEAD,
    CELL_HEADING,
    CELL_RIGHT,
    TABLE,
)
from generators.document.bookmarks import Bookmarks

_STYLES = {LEFT: CELL, CENTRE: CELL_CENTRE, RIGHT: CELL_RIGHT}
_TABLE = ('<w:tbl><w:tblPr><w:tblStyle w:val="%s"/><w:tblW w:w="%d" w:type="dxa"/>'
          '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>%s</w:tblGrid>%s'
          "</w:tbl>")  # fmt: skip
_GRID = '<w:gridCol w:w="%d"/>'
_HEAD = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>%s</w:tr>"
_WHOLE, _PARTED = "<w:tr><w:trPr><w:cantSplit/></w:trPr>%s</w:tr>", "<w:tr>%s</w:tr>"
_CELL = '<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr>'
_MIDDLE, _SPAN = '<w:vAlign w:val="center"/>', '<w:gridSpan w:val="%d"/>'
_END_CELL = "</w:tc>"
_PARAGRAPH = '<w:p><w:pPr><w:pStyle w:val="%s"/>%s</w:pPr>'
_END_PARAGRAPH = "</w:p>"
_END = _END_PARAGRAPH + _END_CELL
_BOLD = "<w:rPr><w:b/></w:rPr>"
_KEPT = "<w:keepNext/>"
_INDENT = '<w:ind w:left="%d"/>'
_CENTRED = '<w:jc w:val="center"/>'
_A_LEVEL = 200  # twips
_LAST_ROWS = 2  # that go over to the next page with what stands under the table


def table_xml(table: Table, width: int, bookmarks: Bookmarks) -> str:
    """Return `table` as wide as `width`, twips; its marked numbers become `bookmarks`."""
    widths = column_widths(table, width)
    rows = _Rows(table, widths, bookmarks)
    last = len(table.rows) - _LAST_ROWS
    body = (rows.row(row, kept=n >= last) for n, row in enumerate(table.rows))
    grid = "".join(_GRID % one for one in widths)
    return _TABLE % (TABLE, width, grid, "".join((rows.head(), *body)))


@dataclass(frozen=True, slots=True)
class _Frame:
    """What surrounds the paragraphs of a cell: its start, that of each, both, and an empty one."""

    start: str
    paragraph: str
    opening: str
    empty: str


def _frame(column: Column, width: int, kept: str) -> _Frame:
    start, paragraph = _CELL % (width, ""), _PARAGRAPH % (_STYLES[column.align], kept)
    opening = start + paragraph
    return _Frame(start, paragraph, opening, opening + _END)


class _Rows:
    """The rows of one table, whose cells are framed alike."""

    def __init__(self, table: Table, widths: Sequence[int], bookmarks: Bookmarks) -> None:
        self._table, self._widths, self._bookmarks = table, widths, bookmarks
        columns = list(zip(table.columns, widths, strict=True))
        self._frames = [_frame(column, width, "") for column, width in columns]
        self._kept_frames = [_frame(column, width, _KEPT) for column, width in columns]

    def head(self) -> str:
        """Return the row of the columns' titles."""
        cells = (self._titled(width, _MIDDLE, _PARAGRAPH % (CELL_HEAD, ""), column.title)
                 for column, width in zip(self._table.columns, self._widths, strict=True))  # fmt: skip
        return _HEAD % "".join(cells)

    def row(self, row: Row, *, kept: bool) -> str:
        """Return `row`; a `kept` one stays on the page of what follows it."""
        if row.look == HEADING:
            return self._heading(row)
        frames = self._kept_frames if kept else self._frames
        form = _PARTED if is_long(row, self._widths) else _WHOLE
        return form % "".join(self._cells(row, frames, _KEPT if kept else ""))

    def _cells(self, row: Row, frames: Sequence[_Frame], kept: str) -> Iterator[str]:
        bold = _BOLD if row.look == TOTAL else ""
        indented = self._table.indented if row.indent else -1
        runs = self._bookmarks.runs
        for place, (told, frame) in enumerate(zip(row.cells, frames, strict=True)):
            if not told:
                yield frame.empty
            elif len(told) == 1 and place != indented:
                yield f"{frame.opening}{runs(told[0], bold)}{_END}"
            else:
                start = frame.paragraph
                if place == indented:
                    start = _PARAGRAPH % (CELL, kept + _INDENT % (row.indent * _A_LEVEL))
                paragraphs = (f"{start}{runs(text, bold)}{_END_PARAGRAPH}" for text in told)
                yield f"{frame.start}{''.join(paragraphs)}{_END_CELL}"

    def _heading(self, row: Row) -> str:
        (number,), (words,) = row.cells
        first, rest = self._widths[0], self._widths[1:]
        centred = _PARAGRAPH % (CELL_HEADING, _CENTRED)
        return _WHOLE % (
            self._titled(first, "", centred, number)
            + self._titled(sum(rest), _SPAN % len(rest), _PARAGRAPH % (CELL_HEADING, ""), words)
        )

    def _titled(self, width: int, more: str, paragraph: str, words: str) -> str:
        runs = self._bookmarks.runs(words)
        return f"{_CELL % (width, more)}{paragraph}{runs}{_END_PARAGRAPH}{_END_CELL}"
