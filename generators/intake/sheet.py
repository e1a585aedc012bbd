"""A sheet of a workbook: its cells as raw values, each with its address."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from functools import cached_property
from math import isfinite
from typing import Any

from generators.folding import fold
from generators.intake.cells import SheetFacts
from generators.intake.number_limits import CELL_DIGITS
from generators.model import ERROR, Finding, Raw, RawRecord, RawTree

Tree = dict[Any, Any]
HEAD_WITHIN = 30


@dataclass(eq=False)
class Sheet:
    """A sheet as a grid from A1 on; rows and columns are counted from 1."""

    name: str
    grid: Sequence[Sequence[Any]]
    facts: SheetFacts

    @property
    def rows(self) -> int:
        """The number of rows in use."""
        return len(self.grid)

    @cached_property
    def columns(self) -> int:
        """The number of columns in use."""
        return max((len(row) for row in self.grid), default=0)

    def place(self, row: int, column: int) -> str:
        """Return the cell's address: ``Số liệu!D12``."""
        return f"{self.name}!{column_name(column)}{row}"

    def plain(self, row: int, column: int) -> Any:
        """Return what the cell holds as the reader gives it, "" outside the grid."""
        cells = self.grid[row - 1] if row <= len(self.grid) else ()
        return cells[column - 1] if 0 < column <= len(cells) else ""

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell holds anything to be read, or to be asked about."""
        cell = row, column
        return bool(str(self.plain(row, column)).strip()) or cell in self.facts.uncalculated \
            or cell in self.facts.errors  # fmt: skip

    def value(self, row: int, column: int) -> Raw | Finding | None:
        """Return the cell's value, None where it is blank, a finding where it has none."""
        place = self.place(row, column)
        if error := self.facts.errors.get((row, column)):
            return Raw(error, place)
        if (row, column) in self.facts.uncalculated:
            return Finding(
                "cell.uncalculated", ERROR, place,
                f"Ô {place} là công thức chưa được tính.",
                "Hãy mở tệp bằng Excel rồi lưu lại, hoặc gõ thẳng con số vào ô.",
            )  # fmt: skip
        if (row, column) in self.facts.outdated:
            return _outdated(place)
        value = self.plain(row, column)
        if value == "" or (isinstance(value, str) and not value.strip()):
            return None
        return Raw(_exact(value, percent=(row, column) in self.facts.percent), place)

    @property
    def has_content(self) -> bool:
        """Whether anything at all stands in the sheet."""
        return any(str(cell).strip() for row in self.grid for cell in row)

    @property
    def has_numbers(self) -> bool:
        """Whether any cell is a number."""
        return any(isinstance(cell, int | float) for row in self.grid for cell in row)

    def find_row(self, *heads: str) -> int:
        """Return the first row that has all of `heads` as whole cells, 0 for none."""
        wanted = {fold(head) for head in heads}
        for row, cells in enumerate(self.grid[:HEAD_WITHIN], 1):
            if wanted <= {fold(cell) for cell in cells if isinstance(cell, str)}:
                return row
        return 0

    def find_cell(self, text: str) -> bool:
        """Whether one of the upper cells says `text`."""
        wanted = fold(text)
        return any(fold(cell) == wanted for row in self.grid[:HEAD_WITHIN]
                   for cell in row if isinstance(cell, str))  # fmt: skip


def _outdated(place: str) -> Finding:
    return Finding(
        "cell.outdated", ERROR, place,
        f"Ô {place} là công thức, có thể tính từ ô vừa sửa trên màn hình nên kết quả cũ không dùng được.",
        "Hãy gõ thẳng con số vào ô này, hoặc sửa trong Excel, lưu lại rồi tải lên.",
    )  # fmt: skip


def _exact(value: Any, *, percent: bool) -> object:
    """Return a cell's value without the noise of binary fractions; 40% is "40%", not 0.4."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        if not isfinite(value):
            return str(value)
        number = Decimal(format(value, ".15g"))
        if percent:
            return f"{plain_number(number * 100)}%"
        # A cell keeps 15 digits: what is longer stays a Decimal, and the number parser asks.
        exact = number == number.to_integral_value() and number.adjusted() < CELL_DIGITS
        return int(number) if exact else number
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date()
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def plain_number(number: Decimal) -> str:
    """Write a number as Vietnamese text that has one reading: never three digits after the comma."""
    whole, _, tail = f"{number:f}".partition(".")
    kept = tail.rstrip("0")
    return f"{whole},{kept}{'0' * (len(kept) == 3)}" if kept else whole


def column_name(column: int) -> str:
    """Return the letters of a column: 1 is A, 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def put(tree: Tree, path: Sequence[str | int], raw: Raw) -> None:
    """Put `raw` at `path` of a tree still growing; numbers in the path are places in lists."""
    for step in path[:-1]:
        tree = tree.setdefault(step, {})
    tree[path[-1]] = raw


def grown(tree: Tree, place: str) -> RawRecord:
    """Return the tree as a record, what is numbered in it as lists."""
    return RawRecord(place, {key: _grown(value, place) for key, value in tree.items()})


def _grown(value: Any, place: str) -> RawTree:
    if not isinstance(value, dict):
        return value  # type: ignore[no-any-return]
    if all(isinstance(key, int) for key in value):
        return tuple(_grown(value[key], place) for key in sorted(value))
    return grown(value, place)
