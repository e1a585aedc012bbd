"""What is known of a sheet's cells, gathered within bounds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from generators.intake.refusals import MEBIBYTE

Cell = tuple[int, int]
Area = tuple[int, int, int, int]

MAX_FACTS = 500_000
MAX_CELLS = 2_000_000
MAX_COLUMNS = 2_000
MAX_TEXT = 32 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Facts of one sheet; cells are (row, column), areas (first row, column, last row, column).

    ``formulas`` are all formulas, None where the file does not tell them; ``uncalculated``
    those whose result was never stored, ``outdated`` those whose result may be of before a
    correction, with all cells an array formula fills; ``percent`` are cells with content whose
    number is shown as percent; ``errors`` are cells whose value is an error, as it is written (``#REF!``).
    ``rows`` and ``columns`` are the last that hold a cell with content or formula, counted
    from 1; ``stray`` is the cell that carried them too far. ``crowded`` is a sheet with more
    cells, text or facts than may be held: only its extent is known.
    """

    uncalculated: frozenset[Cell] = frozenset()
    percent: frozenset[Cell] = frozenset()
    merged: frozenset[Area] = frozenset()
    errors: Mapping[Cell, str] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0
    stray: Cell | None = None
    crowded: bool = False
    formulas: frozenset[Cell] | None = field(default=frozenset(), compare=False)
    outdated: frozenset[Cell] = frozenset()


@dataclass(slots=True)
class Purse:
    """What a workbook may still cost: repeats make millions of cells from a few bytes."""

    facts: int = MAX_FACTS
    cells: int = MAX_CELLS
    text: int = MAX_TEXT


@dataclass(slots=True)
class Gathered:
    """The facts of one sheet while it is being read."""

    purse: Purse
    uncalculated: set[Cell] = field(default_factory=set)
    percent: set[Cell] = field(default_factory=set)
    merged: set[Area] = field(default_factory=set)
    errors: dict[Cell, str] = field(default_factory=dict)
    lowest: Cell = (0, 0)
    rightmost: Cell = (0, 0)
    crowded: bool = False
    formulas: set[Cell] = field(default_factory=set)

    def fill(self, row: int, column: int) -> None:
        """Note a cell with content or formula."""
        if row > self.lowest[0]:
            self.lowest = row, column
        if column > self.rightmost[1]:
            self.rightmost = row, column

    def add_uncalculated(self, area: Area) -> None:
        """Note formulas without result."""
        if self._affords(area):
            self.uncalculated.update(_cells(area))

    def add_formulas(self, area: Area) -> None:
        """Note formulas, calculated or not."""
        if self._affords(area):
            self.formulas.update(_cells(area))

    def add_percent(self, area: Area) -> None:
        """Note cells with content, shown as percent."""
        if self._affords(area):
            self.percent.update(_cells(area))

    def add_errors(self, area: Area, text: str) -> None:
        """Note cells whose value is the error `text`."""
        if self._affords(area):
            self.errors.update(dict.fromkeys(_cells(area), text))

    def add_merged(self, area: Area) -> None:
        """Note merged cells."""
        if self._affords((1, 1, 1, 1)):
            self.merged.add(area)

    def lay(self, cells: int) -> None:
        """Count cells that the reader lays out in passing, though they may hold nothing."""
        self.crowded = self.crowded or cells > self.purse.cells
        self.purse.cells -= 0 if self.crowded else cells

    def write(self, characters: int) -> None:
        """Count the text that the reader copies into its cells."""
        self.crowded = self.crowded or characters > self.purse.text
        self.purse.text -= 0 if self.crowded else characters

    def facts(self) -> SheetFacts:
        """Return what was gathered."""
        rows, columns = self.lowest[0], self.rightmost[1]
        if self.crowded:
            return SheetFacts(rows=rows, columns=columns, stray=self._stray(), crowded=True)
        return SheetFacts(
            frozenset(self.uncalculated), frozenset(self.percent), frozenset(self.merged),
            self.errors, rows, columns, self._stray(), formulas=frozenset(self.formulas),
        )  # fmt: skip

    def _affords(self, area: Area) -> bool:
        top, left, bottom, right = area
        price = max(0, bottom - top + 1) * max(0, right - left + 1)
        self.crowded = self.crowded or price > self.purse.facts
        self.purse.facts -= 0 if self.crowded else price
        return not self.crowded

    def _stray(self) -> Cell | None:
        if self.rightmost[1] > MAX_COLUMNS:
            return self.rightmost
        return self.lowest if self.lowest[0] * self.rightmost[1] > MAX_CELLS else None


def _cells(area: Area) -> list[Cell]:
    top, left, bottom, right = area
    return [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]


_NOT_SHOWN_AS_TYPED = re.compile(r'"[^"]*"?|[\\_*].?|\[[^\]]*\]', re.S)


def shows_percent(code: str) -> bool:
    """Say whether a number format multiplies by a hundred: a "%" not quoted or escaped."""
    return "%" in _NOT_SHOWN_AS_TYPED.sub("", code)
