"""The cell facts of .ods, heard from its XML."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from generators.intake.facts import Area, Gathered, Purse, SheetFacts
from generators.intake.package import MAX_MEMBERS, Package, local_name, parse_xml
from generators.intake.refusals import RefusedError, damaged

_CELLS = ("table-cell", "covered-table-cell")
_VALUE_TYPE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 value-type"
_CONTENT = frozenset((
    "value-type", "value", "string-value", "date-value", "time-value", "boolean-value",
    "formula",
))  # fmt: skip
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
_LIBREOFFICE_ERROR = re.compile(r"Err:\d+")
_LONGEST_KEPT = 32


def read_ods(package: Package) -> dict[str, SheetFacts]:
    """Return the facts by sheet name; a `RefusedError` unless all sheets can be read."""
    tables = _Tables()
    parse_xml(
        package.chunks("content.xml"), "content.xml", tables.start, tables.end, tables.text
    )
    if not tables.calculates:
        return tables.found
    # LibreOffice stores empty text as no value at all, so where one formula has a result,
    # those without have been calculated too.
    return {
        name: replace(facts, uncalculated=frozenset()) for name, facts in tables.found.items()
    }


@dataclass(slots=True)
class _OpenCell:
    """A cell while its content is heard; `area` is where it stands with its repeats."""

    area: Area
    repeats: int
    kind: str
    is_formula: bool
    has_error: bool
    weight: int
    shown: str = ""
    remarks: int = 0

    @property
    def error(self) -> str:
        """The error that the cell shows, "" for none."""
        told = self.shown.strip()
        is_one = told in _ERRORS or _LIBREOFFICE_ERROR.fullmatch(told)
        if self.has_error or (self.is_formula and is_one):
            return told or "#VALUE!"
        return ""


class _Tables:
    """Listens to an OpenDocument's content; a repeated cell or row is written once.

    Names count without their namespace, repeats at their largest: readers look at prefixes,
    which may be bound to anything.
    """

    def __init__(self) -> None:
        self.found: dict[str, SheetFacts] = {}
        self.calculates = False
        self._purse = Purse()
        self._gathered: Gathered | None = None
        self._cell: _OpenCell | None = None
        self._name = ""
        self._row = self._rows = self._column = self._passed = 0

    def start(self, element: str, attributes: dict[str, str]) -> None:
        """Hear an element begin."""
        kind = local_name(element)
        if kind == "table":
            self._start_table(attributes)
        elif self._gathered is None:
            return
        elif kind == "table-row":
            self._row += self._rows
            self._rows = _repeats(attributes, "number-rows-repeated")
            self._column, self._passed = 1, 0
        elif kind in _CELLS:
            self._start_cell(attributes, self._gathered)
        elif self._cell:
            self._cell.remarks += kind == "annotation"
            if kind == "s":
                self._cell.weight += _repeats(attributes, "c")

    def text(self, text: str) -> None:
        """Hear text."""
        if self._cell:
            self._cell.weight += len(text)
            if not self._cell.remarks and len(self._cell.shown) < _LONGEST_KEPT:
                self._cell.shown += text[:_LONGEST_KEPT]

    def end(self, element: str) -> None:
        """Hear an element end."""
        kind = local_name(element)
        if kind == "table" and self._gathered:
            self.found[self._name] = self._gathered.facts()
            self._gathered = None
        elif kind in _CELLS and self._cell and self._gathered:
            self._end_cell(self._cell, self._gathered)
            self._cell = None
        elif kind == "annotation" and self._cell:
            self._cell.remarks -= 1

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._name = _attribute(attributes, "name")
        if self._gathered or self._name in self.found or len(self.found) == MAX_MEMBERS:
            raise _unclear()
        self._gathered = Gathered(self._purse)
        self._row, self._rows, self._column, self._passed = 1, 0, 1, 0

    def _start_cell(self, attributes: dict[str, str], gathered: Gathered) -> None:
        if self._cell:
            raise _unclear()
        repeats = _repeats(attributes, "number-columns-repeated")
        right = self._column + repeats - 1
        area = (self._row, self._column, self._row + self._rows - 1, right)
        gathered.lay(self._passed)
        self._passed = repeats
        self._add_span(attributes, gathered)
        self._column = right + 1
        if any(local_name(name) in _CONTENT for name in attributes):
            self._passed = 0
            gathered.lay(repeats)
            gathered.fill(*area[2:])
            self._cell = _opened(attributes, area, repeats)

    def _end_cell(self, cell: _OpenCell, gathered: Gathered) -> None:
        gathered.write(cell.weight * cell.repeats * self._rows)
        if cell.kind == "percentage":
            gathered.add_percent(cell.area)
        if cell.error:
            gathered.add_errors(cell.area, cell.error)
        if cell.is_formula:
            gathered.add_formulas(cell.area)
            self.calculates = self.calculates or bool(cell.kind)
            if not cell.kind:
                gathered.add_uncalculated(cell.area)

    def _add_span(self, attributes: dict[str, str], gathered: Gathered) -> None:
        columns = _repeats(attributes, "number-columns-spanned")
        rows = _repeats(attributes, "number-rows-spanned")
        if columns * rows > 1:
            last = (self._row + rows - 1, self._column + columns - 1)
            gathered.add_merged((self._row, self._column, *last))


def _opened(attributes: dict[str, str], area: Area, repeats: int) -> _OpenCell:
    return _OpenCell(
        area,
        repeats,
        kind=attributes.get(_VALUE_TYPE, ""),
        is_formula=bool(_attribute(attributes, "formula")),
        has_error=any(
            local_name(name) == "value-type" and value == "error"
            for name, value in attributes.items()
        ),
        weight=len(_attribute(attributes, "formula") + _attribute(attributes, "string-value")),
    )


def _unclear() -> RefusedError:
    return damaged("cấu trúc các trang tính không rõ ràng", "content.xml")


def _attribute(attributes: dict[str, str], name: str) -> str:
    return next((value for key, value in attributes.items() if local_name(key) == name), "")


def _repeats(attributes: dict[str, str], name: str) -> int:
    told = [value for key, value in attributes.items() if local_name(key) == name]
    return max(map(_number, told), default=1)


def _number(text: str) -> int:
    digits = text.strip().removeprefix("+").lstrip("0")[:12]
    return int(digits) if re.fullmatch("[0-9]+", digits) else 1
