"""What was corrected on screen, put where it belongs before a door reads on.

A corrected cell holds the typed text, read as any text of a cell is. What was calculated
before the correction is no longer trusted; a correction that fits nowhere is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generators.intake.facts import Cell, SheetFacts
from generators.intake.places import said_place
from generators.model import ERROR, Finding
from generators.origins import Correction

Grid = Sequence[Sequence[Any]]
_CELL = re.compile(r"(.+)!([A-Z]{1,3})([1-9][0-9]{0,6})", re.DOTALL)
_POINTER_STEP = re.compile(r"0|[1-9][0-9]{0,5}")
_BELOW, _BESIDE = 50, 10  # rows and columns past the last one in use that may be typed into


class Corrections:
    """The corrections of one file; ``unused`` tells of those that fitted nowhere."""

    def __init__(self, given: Iterable[Correction]) -> None:
        self._left = {one.place: one.text for one in given}
        self._any = bool(self._left)

    def of_grid(self, name: str, grid: Grid, facts: SheetFacts) -> tuple[Grid, SheetFacts]:
        """Return a sheet's cells and facts as corrected; those of an .xls stay as they are."""
        if not self._any or facts.formulas is None:
            return grid, facts
        cells = {cell: self._left.pop(place) for place in list(self._left)
                 if (cell := cell_of(place, name)) and _within(cell, grid)}  # fmt: skip
        return _typed_into(grid, cells) if cells else grid, _facts_of(facts, frozenset(cells))

    def of_payload(self, payload: Mapping[str, Any]) -> None:
        """Put the corrections into a parsed payload, which is changed."""
        for place in [place for place in self._left if place.startswith("/")]:
            if _put(payload, place, self._left[place]):
                del self._left[place]

    def unused(self) -> list[Finding]:
        """Return a finding for each correction that fitted nowhere."""
        return [
            Finding(
                "correction.nowhere", ERROR, place,
                f"{said_place(place)}: không sửa được trên màn hình ở chỗ này.",
                "Hãy sửa trong tệp rồi tải lên lại; tệp .xls cũ cần lưu lại thành .xlsx trước.",
            )
            for place in self._left
        ]  # fmt: skip


def cell_of(place: str, name: str) -> Cell | None:
    """Return the row and column of a cell's address on the sheet `name`, None for another place."""
    match = _CELL.fullmatch(place)
    if not match or match[1] != name:
        return None
    column = 0
    for letter in match[2]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[3]), column


def _within(cell: Cell, grid: Grid) -> bool:
    columns = max((len(row) for row in grid), default=0)
    return cell[0] <= len(grid) + _BELOW and cell[1] <= columns + _BESIDE


def _typed_into(grid: Grid, cells: Mapping[Cell, str]) -> Grid:
    rows = [list(row) for row in grid]
    for (row, column), text in cells.items():
        rows += [[] for _ in range(row - len(rows))]
        own = rows[row - 1]
        own += [""] * (column - len(own))
        own[column - 1] = text
    return rows


def _facts_of(facts: SheetFacts, cells: frozenset[Cell]) -> SheetFacts:
    """The facts without what is no longer so of the corrected cells."""
    formulas = facts.formulas or frozenset()
    return replace(
        facts,
        uncalculated=facts.uncalculated - cells,
        percent=facts.percent - cells,
        errors={cell: error for cell, error in facts.errors.items() if cell not in cells},
        outdated=formulas - cells - facts.uncalculated,
    )


def _put(payload: Any, pointer: str, text: str) -> bool:
    """Put `text` at `pointer` (RFC 6901) where what it stands in is there; tell whether it was."""
    *way, last = (step.replace("~1", "/").replace("~0", "~") for step in pointer[1:].split("/"))
    holder = payload
    for step in way:
        holder = _inside(holder, step)
    if isinstance(holder, dict):
        holder[last] = text or None
        return True
    at = int(last) if _POINTER_STEP.fullmatch(last) else -1
    if isinstance(holder, list) and 0 <= at < len(holder):
        holder[at] = text or None
        return True
    return False


def _inside(holder: Any, step: str) -> Any:
    if isinstance(holder, dict):
        return holder.get(step)
    at = int(step) if _POINTER_STEP.fullmatch(step) else -1
    return holder[at] if isinstance(holder, list) and 0 <= at < len(holder) else None
