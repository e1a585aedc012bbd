"""What stands behind a report, said already: an annex with its table or its charts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

LEFT, CENTRE, RIGHT = "left", "centre", "right"
HEADING, LINE, TOTAL = "heading", "line", "total"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its share of the table's width, and how its words stand."""

    title: str
    width: int
    align: str = LEFT


@dataclass(frozen=True, slots=True)
class Row:
    """A row; each cell is its paragraphs, none where it is empty.

    A heading has two cells, and the second goes on to the table's edge. ``indent`` is how
    deep a part lies below its line.
    """

    cells: tuple[tuple[str, ...], ...]
    look: str = LINE
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``indented`` is the place of the column that shows what is part of what."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    indented: int = 1


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its name, its share in % as it is printed, and the same in words with its mark."""

    label: str
    share: Decimal
    said: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart of shares of plan; ``description`` tells all of it to who cannot see it."""

    series: str
    bars: tuple[Bar, ...]
    description: str


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex: "Phụ lục I", its title, what it belongs to, and what it shows.

    ``closing`` are the paragraphs under the content; the last ends in "./." on paper.
    """

    id: str
    name: str
    title: str
    attached: str
    content: Table | tuple[Chart, ...]
    closing: tuple[str, ...] = ()
    landscape: bool = False
