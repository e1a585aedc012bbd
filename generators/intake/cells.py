"""What the workbook's XML knows of its cells and the reader cannot say.

Which formulas were never calculated, which numbers are shown as percent, which cells are
merged. Meant for files that :mod:`generators.intake.preflight` has let through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from generators.intake.preflight import (
    MAX_MEMBERS,
    Package,
    RefusedError,
    WorkbookFormat,
    damaged,
    local_name,
    main_part,
    parse_xml,
    relationships,
)

Cell = tuple[int, int]
Area = tuple[int, int, int, int]

MAX_FACTS = 500_000


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Facts of one sheet; cells are (row, column), areas (first row, column, last row, column).

    ``uncalculated`` are formulas whose result was never stored, with all cells an array
    formula fills; ``percent`` are cells with content whose number is shown as percent.
    """

    uncalculated: frozenset[Cell] = frozenset()
    percent: frozenset[Cell] = frozenset()
    merged: frozenset[Area] = frozenset()


def read_cell_facts(data: bytes, form: WorkbookFormat) -> Mapping[str, SheetFacts]:
    """Return the facts by sheet name; never raises.

    A sheet of which nothing can be known (broken XML, more than `MAX_FACTS` facts in the
    workbook, the old .xls format) is absent, which is not the same as a sheet without facts.
    """
    if form == "xls":
        return {}
    try:
        package = Package(data)
        return _read_ods(package) if form == "ods" else _read_xlsx(package)
    except RefusedError:
        return {}


# ---------------------------------------------------------------- gathering within bounds


@dataclass(slots=True)
class _Purse:
    """How many facts may still be kept: repeats make millions of cells from a few bytes."""

    left: int = MAX_FACTS

    def spend(self, facts: int) -> None:
        if facts > self.left:
            raise damaged("có quá nhiều ô")
        self.left -= facts


@dataclass(slots=True)
class _Gathered:
    """The facts of one sheet while it is being read."""

    purse: _Purse
    uncalculated: set[Cell] = field(default_factory=set)
    percent: set[Cell] = field(default_factory=set)
    merged: set[Area] = field(default_factory=set)

    def add_cells(self, kept: set[Cell], area: Area) -> None:
        top, left, bottom, right = area
        self.purse.spend(max(0, bottom - top + 1) * max(0, right - left + 1))
        kept.update((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))

    def add_merged(self, area: Area) -> None:
        self.purse.spend(1)
        self.merged.add(area)

    def facts(self) -> SheetFacts:
        return SheetFacts(
            frozenset(self.uncalculated), frozenset(self.percent), frozenset(self.merged)
        )


# ---------------------------------------------------------------- xlsx, xlsm


def _read_xlsx(package: Package) -> dict[str, SheetFacts]:
    workbook = _Workbook(main_part(package))
    parse_xml(package.chunks(workbook.part), workbook.part, workbook.start)
    arrows = {arrow.id: arrow for arrow in relationships(package, workbook.part)}
    styles = [a.target for a in arrows.values() if a.type.endswith("/styles")]
    percent = _percent_styles(package, styles)
    purse = _Purse()
    found: dict[str, SheetFacts] = {}
    for name, id_ in workbook.sheets.items():
        sheet = _Sheet(percent, _Gathered(purse), zero_is_result=not workbook.recalculates)
        try:
            part = arrows[id_].target if id_ in arrows else ""
            parse_xml(package.chunks(part), part, sheet.start, sheet.end, sheet.text)
        except RefusedError:
            continue
        found[name] = sheet.gathered.facts()
    return found


class _Workbook:
    """Listens to the workbook part: the sheets' names, and whether results can be trusted."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.sheets: dict[str, str] = {}
        self.recalculates = False

    def start(self, element: str, attributes: dict[str, str]) -> None:
        kind = local_name(element)
        if kind == "sheet" and len(self.sheets) < MAX_MEMBERS:
            by_name = {local_name(key): value for key, value in attributes.items()}
            self.sheets[by_name.get("name", "")] = by_name.get("id", "")
        elif kind == "calcPr":
            self.recalculates = attributes.get("fullCalcOnLoad") in ("1", "true")


_BUILT_IN_PERCENT = ("9", "10")
_NOT_SHOWN_AS_TYPED = re.compile(r'"[^"]*"?|[\\_*].?|\[[^\]]*\]', re.S)


def _percent_styles(package: Package, parts: Iterable[str]) -> frozenset[str]:
    """Return the style numbers, as cells write them, that show a number as percent."""
    styles = _Styles()
    for part in parts:
        parse_xml(package.chunks(part), part, styles.start)
    return frozenset(str(n) for n, id_ in enumerate(styles.formats) if styles.is_percent(id_))


class _Styles:
    """Listens to the styles part: each cell style's number format."""

    _sections = frozenset(("numFmts", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"))

    def __init__(self) -> None:
        self.formats: list[str] = []
        self._custom: dict[str, bool] = {}
        self._section = ""

    def start(self, element: str, attributes: dict[str, str]) -> None:
        kind = local_name(element)
        if kind in self._sections:
            self._section = kind
        elif kind == "xf" and self._section == "cellXfs":
            self.formats.append(attributes.get("numFmtId", "0"))
        elif kind == "numFmt" and self._section == "numFmts":
            code = attributes.get("formatCode", "")
            self._custom[attributes.get("numFmtId", "")] = shows_percent(code)

    def is_percent(self, id_: str) -> bool:
        return self._custom.get(id_, id_ in _BUILT_IN_PERCENT)


def shows_percent(code: str) -> bool:
    """Say whether a number format multiplies by a hundred: a "%" not quoted or escaped."""
    return "%" in _NOT_SHOWN_AS_TYPED.sub("", code)


class _Sheet:
    """Listens to one worksheet; positions left out are the next ones, as the standard says."""

    def __init__(
        self, percent: frozenset[str], gathered: _Gathered, *, zero_is_result: bool
    ) -> None:
        self.gathered = gathered
        self._percent = percent
        self._zero_is_result = zero_is_result
        self._row = self._after = 0
        self._anchor = ""
        self._cell: dict[str, str] | None = None
        self._formula: dict[str, str] | None = None
        self._value: str | None = None
        self._inline = self._in_value = False

    def start(self, element: str, attributes: dict[str, str]) -> None:
        kind = local_name(element)
        if kind == "row":
            self._row = _ordinal(attributes.get("r", ""), self._position()[0] + 1)
            self._anchor, self._after = "", 0
        elif kind == "c":
            self._start_cell(attributes)
        elif kind == "mergeCell":
            area = _area(attributes.get("ref", ""))
            if area:
                self.gathered.add_merged(area)
        elif self._cell is not None:
            self._start_inside(kind, attributes)

    def end(self, element: str) -> None:
        kind = local_name(element)
        if kind == "v":
            self._in_value = False
        elif kind == "c":
            self._end_cell()

    def text(self, text: str) -> None:
        # Only emptiness and "0" are asked of a value, however long it is.
        if self._in_value and self._value is not None and len(self._value) < 8:
            self._value += text.strip()[:8]

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            self._anchor, self._after = attributes["r"], 0
        else:
            self._after += 1
        self._cell, self._formula, self._value = attributes, None, None
        self._inline = self._in_value = False

    def _position(self) -> Cell:
        # Read only when asked for: most cells of a sheet are no fact.
        area = _area(self._anchor)
        row, column = area[:2] if area else (self._row, 0)
        return row, column + self._after

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
        if formula is not None and not self._is_calculated(cell):
            area = _filled(formula, self._position())
            self.gathered.add_cells(self.gathered.uncalculated, area)
        filled = formula is not None or bool(self._value) or self._inline
        if filled and cell.get("s", "0") in self._percent:
            self.gathered.add_cells(self.gathered.percent, self._position() * 2)

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


_REFERENCE = re.compile(
    r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?"
)


def _area(reference: str) -> Area | None:
    """Read "B2" or "B2:C4"; None for anything else."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    left, top, right, bottom = match.groups()
    first = int(top), _column(left)
    last = (int(bottom), _column(right)) if right else first
    rows, columns = sorted((first[0], last[0])), sorted((first[1], last[1]))
    return rows[0], columns[0], rows[1], columns[1]


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _ordinal(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"0*[1-9][0-9]{0,6}", text) else otherwise


# ---------------------------------------------------------------- ods

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_ODS_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def _read_ods(package: Package) -> dict[str, SheetFacts]:
    content = _Tables()
    # Sheets read to their end are known even when a later one breaks off.
    with suppress(RefusedError):
        parse_xml(package.chunks("content.xml"), "content.xml", content.start, content.end)
    if not content.calculates:
        return content.found
    # LibreOffice stores empty text as no value at all, so where one formula has a result,
    # those without have been calculated too.
    return {
        name: replace(facts, uncalculated=frozenset()) for name, facts in content.found.items()
    }


class _Tables:
    """Listens to an OpenDocument's content; a repeated cell or row is written once."""

    def __init__(self) -> None:
        self.found: dict[str, SheetFacts] = {}
        self.calculates = False
        self._purse = _Purse()
        self._gathered = _Gathered(self._purse)
        self._name = ""
        self._depth = 0
        self._row = self._rows = self._column = 0

    def start(self, element: str, attributes: dict[str, str]) -> None:
        if element == f"{_TABLE}table":
            self._depth += 1
            if self._depth == 1:
                self._start_table(attributes)
        elif self._depth != 1:
            return
        elif element == f"{_TABLE}table-row":
            self._row += self._rows
            self._rows = _ordinal(attributes.get(f"{_TABLE}number-rows-repeated", ""), 1)
            self._column = 1
        elif element in _ODS_CELLS:
            self._read_cell(attributes)

    def end(self, element: str) -> None:
        if element == f"{_TABLE}table":
            self._depth -= 1
            if self._depth == 0:
                self.found[self._name] = self._gathered.facts()

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._name = attributes.get(f"{_TABLE}name", "")
        self._gathered = _Gathered(self._purse)
        self._row, self._rows, self._column = 1, 0, 1

    def _read_cell(self, attributes: dict[str, str]) -> None:
        repeated = _ordinal(attributes.get(f"{_TABLE}number-columns-repeated", ""), 1)
        right = self._column + repeated - 1
        area = (self._row, self._column, self._row + self._rows - 1, right)
        kind = attributes.get(f"{_OFFICE}value-type")
        if kind == "percentage":
            self._gathered.add_cells(self._gathered.percent, area)
        if f"{_TABLE}formula" in attributes:
            self.calculates = self.calculates or kind is not None
            if kind is None:
                self._gathered.add_cells(self._gathered.uncalculated, area)
        self._read_span(attributes)
        self._column = right + 1

    def _read_span(self, attributes: dict[str, str]) -> None:
        columns = _ordinal(attributes.get(f"{_TABLE}number-columns-spanned", ""), 1)
        rows = _ordinal(attributes.get(f"{_TABLE}number-rows-spanned", ""), 1)
        if columns * rows > 1:
            last = (self._row + rows - 1, self._column + columns - 1)
            self._gathered.add_merged((self._row, self._column, *last))
