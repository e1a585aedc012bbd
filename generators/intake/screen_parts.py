"""The values a table on screen is made of: its parts, their rows, the cells to type in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

AREA, LINE = "area", "line"


@dataclass(frozen=True, slots=True)
class Field:
    """A cell to type in: its address, its column's head, what stands there.

    ``shape`` is line or area; ``choices`` are words it usually holds; ``is_used`` is False where
    the line does not usually carry it.
    """

    place: str
    head: str
    text: str
    shape: str = LINE
    choices: tuple[str, ...] = ()
    help: str = ""
    is_used: bool = True

    @property
    def cell(self) -> str:
        """The address within its sheet: E12."""
        return self.place.rpartition("!")[2]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line of the table: ``names`` are its label and unit where they are to be typed.

    ``cells`` stand under the heads, None where the file has no such column; ``more`` are the
    rarer ones that the line uses.
    """

    number: int
    stt: str
    label: str
    unit: str
    depth: int
    names: Mapping[str, Field]
    cells: tuple[Field | None, ...]
    more: tuple[Field, ...]
    help: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """All its cells to type in."""
        return (*self.names.values(), *(cell for cell in self.cells if cell), *self.more)


@dataclass(frozen=True, slots=True)
class Part:
    """One page of the table: rows under heads, or else groups of cells that are asked for.

    ``heads`` are the heads with the letters of their columns.
    """

    id: str
    title: str
    sheet: str
    heads: tuple[tuple[str, str], ...] = ()
    rows: tuple[TableRow, ...] = ()
    groups: tuple[tuple[str, tuple[Field, ...]], ...] = ()

    @property
    def fields(self) -> Iterator[Field]:
        """All cells to type in, in their order."""
        for row in self.rows:
            yield from row.fields
        for _, fields in self.groups:
            yield from fields
