"""A plain table of figures, .xlsx, .xls, .ods or .csv: its head found, its rows as raw values with places.

Either as `flask table` writes it (a figure's id, its number under "<unit>, <period>", digits as
programs write them) or as people do (a code or label, unit, result, money, digits as typed).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generators.folding import fold
from generators.intake.cells import SheetFacts, oversized, read_cell_facts
from generators.intake.preflight import inspect_workbook
from generators.intake.sheet import HEAD_WITHIN, Sheet
from generators.model import ERROR, Finding, Raw

CODE, LABEL, UNIT, VALUE, AMOUNT = "code", "label", "unit", "value", "amount"
_HEADS: Mapping[str, tuple[str, ...]] = {
    CODE: ("ma", "ma so", "ma chi tieu", "code"),
    LABEL: ("chi tieu", "ten chi tieu", "noi dung", "label"),
    UNIT: ("don vi tinh", "dvt", "unit"),
    VALUE: ("ket qua", "thuc hien", "so luong", "gia tri", "value"),
    AMOUNT: ("kinh phi", "kinh phi dong", "so tien", "so tien dong", "amount"),
}  # fmt: skip
_WHOLE_FILES = (b"PK", b"\xd0\xcf\x11\xe0")  # ZIP, OLE
_GUARD = "'"  # before text that a spreadsheet would run as a formula

Cell = Raw | Finding | None


@dataclass(frozen=True)
class TableRow:
    """One row: its place, what it says it is, and its numbers as they stand."""

    place: str
    code: str
    label: str
    unit: str
    value: Cell
    amount: Cell


@dataclass(frozen=True)
class Table:
    """The rows of a table; ``by_program`` tells that digits are as a program writes them.

    ``passed_over`` are the heads of columns that hold something and were not read.
    """

    rows: tuple[TableRow, ...]
    by_program: bool = False
    passed_over: tuple[str, ...] = ()


def read_table(data: bytes, name: str, column: str) -> Table | Finding:
    """Return the table in `data`; `column` is the head of the numbers wanted of `flask table`'s."""
    sheets = _sheets(data, name)
    if isinstance(sheets, Finding):
        return sheets
    for sheet in sheets:
        for row in range(1, min(sheet.rows, HEAD_WITHIN) + 1):
            found = _columns(sheet, row, column)
            if (CODE in found or LABEL in found) and (VALUE in found or AMOUNT in found):
                return _table(sheet, row, found, column)
    return Finding(
        "table.no_head", ERROR, name,
        "Không thấy hàng tiêu đề có cột Mã hoặc Chỉ tiêu và cột Kết quả, Kinh phí hay "
        f"«{column}».",
        "Hãy đặt tên cột như vậy trong một hàng phía trên các số.",
    )  # fmt: skip


def _columns(sheet: Sheet, row: int, column: str) -> dict[str, int]:
    """The columns by what they hold; the first where two have one head."""
    found: dict[str, int] = {}
    for number in range(1, sheet.columns + 1):
        head = fold(str(sheet.plain(row, number)))
        name = VALUE if head == fold(column) else ""
        known = name or next((key for key, heads in _HEADS.items() if head in heads), "")
        if known and (known not in found or name):
            found[known] = number
    return found


def _table(sheet: Sheet, head: int, columns: Mapping[str, int], column: str) -> Table:
    by_program = fold(str(sheet.plain(head, columns.get(VALUE, 0)))) == fold(column)
    rows = [_row(sheet, number, columns) for number in range(head + 1, sheet.rows + 1)
            if any(sheet.holds(number, one) for one in columns.values())]  # fmt: skip
    others = (n for n in range(1, sheet.columns + 1) if n not in columns.values())
    held = (
        n for n in others if any(sheet.holds(r, n) for r in range(head + 1, sheet.rows + 1))
    )
    passed = tuple(str(sheet.plain(head, n)).strip() or sheet.place(head, n) for n in held)
    return Table(tuple(rows), by_program, passed)


def _row(sheet: Sheet, number: int, columns: Mapping[str, int]) -> TableRow:
    def text(name: str) -> str:
        cell = str(sheet.plain(number, columns[name])) if name in columns else ""
        return " ".join(cell.removeprefix(_GUARD).split())

    def cell(name: str) -> Cell:
        return sheet.value(number, columns[name]) if name in columns else None

    first = min(columns.values())
    return TableRow(sheet.place(number, columns.get(VALUE, first)), text(CODE), text(LABEL),
                    text(UNIT), cell(VALUE), cell(AMOUNT))  # fmt: skip


# ---------------------------------------------------------------- the file


def _sheets(data: bytes, name: str) -> list[Sheet] | Finding:
    if not data.startswith(_WHOLE_FILES):
        return _text_sheets(data, name)
    form = inspect_workbook(data)
    if isinstance(form, Finding):
        return form
    facts = read_cell_facts(data, form)
    return oversized(facts) or _book_sheets(data, facts, name)


def _text_sheets(data: bytes, name: str) -> list[Sheet] | Finding:
    try:
        text = data.decode("utf-8-sig")
        grid = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except (UnicodeDecodeError, csv.Error):
        return Finding(
            "table.unreadable", ERROR, name, f"Tệp {name} không phải bảng tính, cũng không phải "
            "CSV bằng UTF-8.", "Hãy lưu lại thành .xlsx, hoặc «CSV UTF-8».",
        )  # fmt: skip
    return [Sheet(name, grid, SheetFacts())]


def _delimiter(text: str) -> str:
    head = text[: text.find("\n")] if "\n" in text else text
    return max(",;\t", key=head.count)


def _book_sheets(
    data: bytes, facts: Mapping[str, SheetFacts], name: str
) -> list[Sheet] | Finding:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return list(_of_book(book, facts))
    except (CalamineError, ValueError, OSError):
        return Finding(
            "table.unreadable", ERROR, name, f"Tệp {name} bị hỏng: không đọc được các trang của "
            "bảng tính.", "Hãy mở tệp bằng Excel, lưu lại dưới tên mới.",
        )  # fmt: skip


def _of_book(book: object, facts: Mapping[str, SheetFacts]) -> Iterator[Sheet]:
    from python_calamine import CalamineWorkbook

    assert isinstance(book, CalamineWorkbook)
    for title in facts:
        grid = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
        yield Sheet(title, grid, facts[title])
