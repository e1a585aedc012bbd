"""A workbook as tables on screen: its parts, rows and cells, each with its address and its text.

The parts are those of the form: Thông tin, each section of Số liệu, Lời văn, Câu chuyện. What
was typed on screen stands over what is in the file, as the reader takes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from generators.folding import fold
from generators.intake.corrections import Corrections
from generators.intake.form_cells import text_of_value
from generators.intake.heads import BY_KEY, find_head, read_columns
from generators.intake.layout import (
    DEPTHS,
    HEADING,
    INFO,
    INFO_LISTS,
    INFO_SHEET,
    LEVELS,
    LINES_SHEET,
    STORIES_SHEET,
    TEXT_HEADS,
    TEXTS_SHEET,
    Column,
    story_columns,
)
from generators.intake.paper import AUTHORITIES
from generators.intake.rows import BLANK
from generators.intake.screen_parts import AREA, LINE, Field, Part, TableRow
from generators.intake.sheet import Sheet, column_name
from generators.intake.workbook import sheets_of
from generators.kinds import ReportKind
from generators.model import Finding

MAIN = ("plan1", "value", "amount", "previous1", "note")
_NAMES = ("label", "unit")
_SPARE_STORIES = 2
_INFO_HELP = {key: (label, help_) for key, label, help_ in INFO}
_LISTS = {stem: label for stem, label, _ in INFO_LISTS}
_ONE = {"plan1": "plan", "previous1": "previous"}


def parts_of(
    data: bytes, kind: ReportKind, typed: Mapping[str, str] | None = None
) -> tuple[Part, ...]:
    """Return the parts of the workbook `data` as corrected; none where it is not the form's table."""
    return tuple(part for _, part in _read(data, kind, typed or {}))


def line_of(
    data: bytes, kind: ReportKind, typed: Mapping[str, str], number: int
) -> Part | None:
    """Return all cells of the row `number` of the table as a part of its own; None for no line."""
    for table, part in _read(data, kind, typed):
        for row in part.rows if table else ():
            if table and row.number == number:
                title = row.label or f"Dòng {number}"
                return Part(
                    f"dong-{number}", title, part.sheet, groups=(("", table.all_of(number)),)
                )
    return None


def _read(
    data: bytes, kind: ReportKind, typed: Mapping[str, str]
) -> Iterator[tuple[_Table | None, Part]]:
    found = sheets_of(data, Corrections(()))
    sheets = {} if isinstance(found, Finding) else {fold(one.name): one for one in found}
    lines = sheets.get(fold(LINES_SHEET))
    head = find_head(lines) if lines else 0
    if lines is None or not head or lines.facts.formulas is None:
        return
    over = _Over(typed)
    table = _Table(lines, head, over, kind)
    if info := sheets.get(fold(INFO_SHEET)):
        yield None, _info(info, over)
    for part in table.parts():
        yield table, part
    for name, beside in ((TEXTS_SHEET, _texts), (STORIES_SHEET, _stories)):
        if sheet := sheets.get(fold(name)):
            yield None, beside(sheet, over)


@dataclass(frozen=True, slots=True)
class _Over:
    """What was typed on screen, by place: it stands over what the file holds."""

    typed: Mapping[str, str]

    def text(self, sheet: Sheet, row: int, column: int) -> str:
        place = sheet.place(row, column)
        return self.typed[place] if place in self.typed else said(sheet.plain(row, column))

    def field(self, sheet: Sheet, at: tuple[int, int], head: str, **more: Any) -> Field:
        return Field(sheet.place(*at), head, self.text(sheet, *at), **more)


def said(value: object) -> str:
    """Return a cell's value as people here write it: 51.200.000, 62,5, 03/08/2020."""
    if isinstance(value, float):
        value = Decimal(format(value, ".15g"))
        value = int(value) if value == value.to_integral_value() else value
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}".replace(",", ".")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else text_of_value(value)


# ---------------------------------------------------------------- the sheet Số liệu


class _Table:
    """The sheet Số liệu: its sections as parts, their lines as rows."""

    def __init__(self, sheet: Sheet, head: int, over: _Over, kind: ReportKind) -> None:
        self._sheet, self._head, self._over, self._kind = sheet, head, over, kind
        self._at = dict(read_columns(sheet, head)[0])
        self._heads = tuple(
            (BY_KEY[key].header, column_name(self._at[key])) for key in MAIN if key in self._at
        )

    def parts(self) -> Iterator[Part]:
        title, rows, count = "Số liệu", list[TableRow](), 0
        for number in range(self._head + 1, self._sheet.rows + 1):
            if self._plain(number, "level") == HEADING:
                if rows:
                    yield self._part(count, title, rows)
                title, rows, count = self._plain(number, "label"), [], count + 1
            elif row := self._row(number):
                rows.append(row)
        if rows:
            yield self._part(count, title, rows)

    def _part(self, count: int, title: str, rows: Sequence[TableRow]) -> Part:
        return Part(f"muc-{count}", title, self._sheet.name, self._heads, tuple(rows))

    def _row(self, number: int) -> TableRow | None:
        code, label = self._plain(number, "code"), self._plain(number, "label")
        if not (
            code or label or any(self._sheet.holds(number, at) for at in self._at.values())
        ):
            return None
        used = self._used(code)
        open_names = {
            "label": not label or BLANK in label,
            "unit": not self._plain(number, "unit") and "unit" in self._at,
        }
        names = {key: self._field(number, key, None) for key in _NAMES if open_names[key]}
        cells = tuple(self._field(number, key, used) for key in MAIN if key in self._at)
        return TableRow(
            number, self._text(number, "stt"), self._text(number, "label"),
            self._text(number, "unit"), self._depth(number), names, cells,
            tuple(self._more(number, used)), self._help(code),
        )  # fmt: skip

    def all_of(self, number: int) -> tuple[Field, ...]:
        """Every cell of a line, in the order of the columns."""
        used = self._used(self._plain(number, "code"))
        keys = [key for key in self._at if key not in ("stt", "said", "code")]
        return tuple(self._field(number, key, used) for key in keys)

    def _more(self, number: int, used: frozenset[str] | None) -> Iterator[Field]:
        """The rarer cells that hold something, or that the line usually carries."""
        for key in self._at:
            column = BY_KEY[key]
            if column.rare and (
                self._text(number, key) or (used and key == column.field and key in used)
            ):
                yield self._field(number, key, used)

    def _field(self, number: int, key: str, used: frozenset[str] | None) -> Field:
        column = BY_KEY[key]
        is_used = used is None or not column.field or column.field in used
        at = number, self._at[key]
        return self._over.field(
            self._sheet, at, column.header, choices=_choices(column), is_used=is_used
        )

    def _used(self, code: str) -> frozenset[str] | None:
        """The numbers that a line of the catalogue may carry; None where nothing is said of it."""
        spec = self._kind.line.get(code.removeprefix("/"))
        return frozenset(spec.fields) if spec else None

    def _help(self, code: str) -> str:
        if code in self._kind.total:
            return "Để trống thì phần mềm tự cộng; ghi thì được đối chiếu."
        spec = self._kind.line.get(code)
        return spec.help if spec else ""

    def _depth(self, number: int) -> int:
        return DEPTHS.get(self._plain(number, "level"), (0, ""))[0]

    def _plain(self, number: int, key: str) -> str:
        """What the file itself says in a column that has words."""
        at = self._at.get(key)
        return str(self._sheet.plain(number, at)).strip() if at else ""

    def _text(self, number: int, key: str) -> str:
        at = self._at.get(key)
        return self._over.text(self._sheet, number, at) if at else ""


def _choices(column: Column) -> tuple[str, ...]:
    if column.key == "level":
        return tuple(LEVELS)
    return ("Có", "Không") if column.kind == "yes_no" else ()


# ---------------------------------------------------------------- the sheets beside it


def _info(sheet: Sheet, over: _Over) -> Part:
    """The answers of Thông tin, by the hidden keys of the form."""
    fields = []
    for row in range(1, sheet.rows + 1):
        key = str(sheet.plain(row, 4)).strip()
        label, help_ = _INFO_HELP.get(key, ("", ""))
        if label or key.rpartition(".")[0] in _LISTS:
            choices = tuple(AUTHORITIES) if key == "document.signer.authority" else ()
            head = label or str(sheet.plain(row, 1))
            fields.append(over.field(sheet, (row, 2), head, choices=choices, help=help_))
    return Part("thong-tin", INFO_SHEET, sheet.name, groups=(("", tuple(fields)),))


def _texts(sheet: Sheet, over: _Over) -> Part:
    head = sheet.find_row(TEXT_HEADS[0]) or 1
    fields = tuple(
        over.field(sheet, (row, 2), str(sheet.plain(row, 1)), shape=AREA)
        for row in range(head + 1, sheet.rows + 1)
        if str(sheet.plain(row, 1)).strip()
    )
    return Part("loi-van", TEXTS_SHEET, sheet.name, groups=(("", fields),))


def _stories(sheet: Sheet, over: _Over) -> Part:
    """The stories that are told, and room for two more."""
    columns = story_columns()
    at = {
        fold(str(sheet.plain(1, column))): column
        for column in range(1, sheet.columns + 1)
        if str(sheet.plain(1, column)).strip()
    }
    shown = [(at[fold(head)], head, path) for path, head, _ in columns if fold(head) in at]
    told = [row for row in range(2, sheet.rows + 1)
            if any(over.text(sheet, row, column) for column, _, _ in shown)]  # fmt: skip
    last = max(told, default=1)
    groups = tuple(
        (f"Câu chuyện {number}", tuple(_story_field(sheet, over, row, one) for one in shown))
        for number, row in enumerate(range(2, last + _SPARE_STORIES + 1), 1)
    )
    return Part("cau-chuyen", STORIES_SHEET, sheet.name, groups=groups)


def _story_field(
    sheet: Sheet, over: _Over, row: int, one: tuple[int, str, tuple[str | int, ...]]
) -> Field:
    column, head, path = one
    shape = AREA if path == ("text",) else LINE
    choices = ("Có", "Không") if path[-1] == "consent" else ()
    return over.field(sheet, (row, column), head, shape=shape, choices=choices)
