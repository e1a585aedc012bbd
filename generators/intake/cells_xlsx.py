"""The cell facts of .xlsx and .xlsm, heard from their XML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from generators.intake.facts import Area, Cell, Gathered, Purse, SheetFacts
from generators.intake.package import (
    MAX_MEMBERS,
    Package,
    Relationship,
    local_name,
    main_part,
    parse_xml,
    relationships,
)
from generators.intake.refusals import damaged
from generators.intake.shared_xlsx import percent_styles, string_lengths

_LONGEST_KEPT = 32


def read_xlsx(package: Package) -> dict[str, SheetFacts]:
    """Return the facts by sheet name; a `RefusedError` unless all sheets can be read."""
    workbook = _Workbook(main_part(package))
    parse_xml(package.chunks(workbook.part), workbook.part, workbook.start)
    arrows = relationships(package, workbook.part)
    targets = {arrow.id: arrow.target for arrow in arrows if _is_plain(arrow)}
    percent = percent_styles(package, _targets(arrows, "/styles"))
    lengths = string_lengths(package, _targets(arrows, "/sharedStrings"))
    purse = Purse()
    found: dict[str, SheetFacts] = {}
    for name, id_ in workbook.sheets.items():
        gathered = Gathered(purse)
        sheet = _Sheet(percent, lengths, gathered, zero_is_result=not workbook.recalculates)
        part = targets.get(id_, "")
        parse_xml(package.chunks(part), part, sheet.start, sheet.end, sheet.text)
        found[name] = gathered.facts()
    return found


def _targets(arrows: Iterable[Relationship], kind: str) -> list[str]:
    return [arrow.target for arrow in arrows if arrow.type.endswith(kind)]


def _is_plain(arrow: Relationship) -> bool:
    # Readers disagree on where a target "xl/..." without a leading slash leads.
    return not arrow.external and not arrow.target.startswith("xl/xl/")


class _Workbook:
    """Listens to the workbook part: the sheets' names, and whether results can be trusted."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.sheets: dict[str, str] = {}
        self.recalculates = False

    def start(self, element: str, attributes: dict[str, str]) -> None:
        """Hear an element begin."""
        kind = local_name(element)
        if kind == "sheet":
            ids = [value for key, value in attributes.items() if local_name(key) == "id"]
            name = attributes.get("name", "")
            if len(ids) != 1 or name in self.sheets or len(self.sheets) == MAX_MEMBERS:
                raise damaged("danh sách trang tính không rõ ràng", self.part)
            self.sheets[name] = ids[0]
        elif kind == "calcPr":
            self.recalculates = attributes.get("fullCalcOnLoad") in ("1", "true")


# ---------------------------------------------------------------- sheets


class _Sheet:
    """Listens to one worksheet; positions left out are counted on as the reader counts."""

    def __init__(
        self,
        percent: frozenset[str],
        lengths: dict[str, int],
        gathered: Gathered,
        *,
        zero_is_result: bool,
    ) -> None:
        self._gathered = gathered
        self._percent = percent
        self._lengths = lengths
        self._zero_is_result = zero_is_result
        self._row = self._column = 1
        self._position: Cell = (1, 1)
        self._cell: dict[str, str] | None = None
        self._formula: dict[str, str] | None = None
        self._value: str | None = None
        self._inline = self._in_value = False

    def start(self, element: str, attributes: dict[str, str]) -> None:
        """Hear an element begin."""
        kind = local_name(element)
        if kind == "row":
            self._row = _ordinal(attributes["r"]) if "r" in attributes else self._row
        elif kind == "c":
            self._start_cell(attributes)
        elif kind == "mergeCell":
            area = _area(attributes.get("ref", ""))
            if area:
                self._gathered.add_merged(area)
        elif self._cell is not None:
            self._start_inside(kind, attributes)

    def end(self, element: str) -> None:
        """Hear an element end."""
        kind = local_name(element)
        if kind == "v":
            self._in_value = False
        elif kind == "c":
            self._end_cell()
            self._column += 1
        elif kind == "row":
            self._row, self._column = self._row + 1, 1

    def text(self, text: str) -> None:
        """Hear text."""
        # Of a long value only that it is there matters.
        if self._in_value and self._value is not None and len(self._value) < _LONGEST_KEPT:
            self._value += text.strip()[:_LONGEST_KEPT]

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            self._position = _position(attributes["r"])
            self._column = self._position[1]
        else:
            self._position = self._row, self._column
        self._cell, self._formula, self._value = attributes, None, None
        self._inline = self._in_value = False

    def _start_inside(self, kind: str, attributes: dict[str, str]) -> None:
        if kind == "f":
            self._formula = attributes
        elif kind == "v":
            self._value, self._in_value = "", True
        elif kind == "is":
            self._inline = True

    def _end_cell(self) -> None:
        cell, formula = self._cell, self._formula
        self._cell = None
        if cell is None:
            return
        if formula is not None:
            self._end_formula(cell, _filled(formula, self._position))
        if formula is not None or self._inline or self._has_value(cell):
            self._end_filled(cell)

    def _end_formula(self, cell: dict[str, str], area: Area) -> None:
        self._gathered.add_formulas(area)
        if not self._is_calculated(cell):
            self._gathered.add_uncalculated(area)

    def _end_filled(self, cell: dict[str, str]) -> None:
        self._gathered.fill(*self._position)
        if cell.get("s", "0") in self._percent:
            self._gathered.add_percent(self._position * 2)
        kind, value = cell.get("t"), self._value or ""
        if kind == "e" and value:
            self._gathered.add_errors(self._position * 2, value)
        elif kind == "s":
            self._gathered.write(self._lengths.get(value.lstrip("0") or "0", 0))

    def _has_value(self, cell: dict[str, str]) -> bool:
        # Empty text is a value to the reader, an empty number is none.
        return bool(self._value) or (self._value == "" and cell.get("t", "n") not in "nsbe")

    def _is_calculated(self, cell: dict[str, str]) -> bool:
        if self._value == "":
            # A formula may well give empty text: then the type says text.
            return cell.get("t") == "str"
        # Programs that cannot calculate store 0 and ask for calculation on opening.
        return self._value is not None and (self._zero_is_result or self._value != "0")


def _filled(formula: dict[str, str], cell: Cell) -> Area:
    """Return the cells a formula fills: the area of an array, else its own cell."""
    area = _area(formula.get("ref", ""))
    return area if area and formula.get("t") in ("array", "dataTable") else cell * 2


# ---------------------------------------------------------------- references

_CELL = re.compile(r"([A-Za-z]{1,7})0*([1-9][0-9]{0,9})")
_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")


def _position(reference: str) -> Cell:
    match = _CELL.fullmatch(reference)
    if not match:
        raise damaged("có ô mang địa chỉ không đọc được")
    return int(match[2]), _column(match[1])


def _area(reference: str) -> Area | None:
    """Read "B2" or "B2:C4"; None for anything else."""
    match = _AREA.fullmatch(reference)
    if not match:
        return None
    left, top, right, bottom = match.groups()
    first = int(top), _column(left)
    last = (int(bottom), _column(right)) if right else first
    rows, columns = sorted((first[0], last[0])), sorted((first[1], last[1]))
    return rows[0], columns[0], rows[1], columns[1]


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _ordinal(text: str) -> int:
    match = re.fullmatch(r"0*([1-9][0-9]{0,9})", text)
    if not match:
        raise damaged("có hàng mang số thứ tự không đọc được")
    return int(match[1])
