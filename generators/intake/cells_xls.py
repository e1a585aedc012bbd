"""The cell facts of the old .xls: what xlrd reads, held against what the records claim."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.book import Book
from xlrd.sheet import Cell as XlrdCell
from xlrd.sheet import Sheet

from generators.intake.compound import CompoundFile
from generators.intake.facts import (
    MAX_CELLS,
    MAX_COLUMNS,
    Gathered,
    Purse,
    SheetFacts,
    shows_percent,
)
from generators.intake.refusals import RefusedError, damaged


def read_xls(data: bytes) -> dict[str, SheetFacts]:
    """Return the facts by sheet name; a `RefusedError` unless all sheets can be read."""
    outsized = _is_outsized(_book_stream(data))
    try:
        found = _read_sheets(data)
    except Exception:
        # On broken files xlrd fails in any way: struct, index, assertion, decoding errors.
        raise _unreadable() from None
    if outsized and found:
        # The reader also lays out what xlrd passes over, as the data behind a chart sheet.
        widest = max(found, key=lambda name: found[name].rows * found[name].columns)
        found[widest] = replace(found[widest], crowded=True)
    return found


def _unreadable() -> RefusedError:
    return damaged("các trang tính bên trong không đọc được", "Workbook")


# ---------------------------------------------------------------- what xlrd reads

_EMPTY = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)


def _read_sheets(data: bytes) -> dict[str, SheetFacts]:
    with Path(os.devnull).open("w") as nowhere:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=nowhere
        )
    percent = {
        number
        for number, style in enumerate(book.xf_list)
        if shows_percent(book.format_map[style.format_key].format_str or "")
    }
    purse = Purse()
    return {sheet.name: _sheet_facts(sheet, percent, purse) for sheet in _sheets(book)}


def _sheets(book: Book) -> list[Sheet]:
    sheets = book.sheets()
    if len({sheet.name for sheet in sheets}) < len(sheets):
        raise _unreadable()
    return sheets


def _sheet_facts(sheet: Sheet, percent: set[int], purse: Purse) -> SheetFacts:
    gathered = Gathered(purse)
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype not in _EMPTY:
                _add_cell(gathered, cell, row + 1, column + 1, cell.xf_index in percent)
    for top, below, left, after in sheet.merged_cells:
        gathered.add_merged((top + 1, left + 1, below, after))
    return replace(gathered.facts(), formulas=None)  # xlrd tells their results alone


def _add_cell(
    gathered: Gathered, cell: XlrdCell, row: int, column: int, is_percent: bool
) -> None:
    gathered.fill(row, column)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        error = error_text_from_code.get(int(cell.value), "#VALUE!")
        gathered.add_errors((row, column, row, column), error)
    elif cell.ctype == xlrd.XL_CELL_TEXT:
        gathered.write(len(str(cell.value)))
    if is_percent:
        gathered.add_percent((row, column, row, column))


# ---------------------------------------------------------------- what the records claim

_BOUND_SHEET, _END, _DIMENSIONS, _SHARED_TEXT, _MANY_NUMBERS = 0x85, 0x0A, 0x200, 0xFD, 0xBD
# Formula, number, label, truth or error, rich text, small number.
_CELLS = (0x06, 0x203, 0x204, 0x205, 0xD6, 0x27E, _SHARED_TEXT, _MANY_NUMBERS)
_MAX_RECORDS = 4_000_000
_LAST_ROW, _LAST_COLUMN = 65_536, 256

_Record = tuple[int, bytes]


def _book_stream(data: bytes) -> bytes:
    file = CompoundFile(data)
    # Readers take the first of this name wherever it lies; it must be the one at the top.
    for name in ("Workbook", "Book"):
        first = next((entry for entry in file.listed if entry.name == name), None)
        if first:
            if first != file.entries.get(name.lower()):
                raise _unreadable()
            return file.stream(first)
    raise _unreadable()


def _is_outsized(stream: bytes) -> bool:
    """Say whether the sheets' records claim more cells than may be laid out."""
    left, total = _MAX_RECORDS, 0
    for start, is_worksheet in _sheet_starts(stream):
        rows = columns = 0
        for kind, body in _records(stream, start):
            left -= 1
            if left < 0 or (kind == _SHARED_TEXT and not is_worksheet):
                return True
            row, column = _last_cell(kind, body)
            rows, columns = max(rows, row), max(columns, column)
        total += rows * columns
        if columns > MAX_COLUMNS or total > MAX_CELLS:
            return True
    return False


def _records(stream: bytes, start: int) -> Iterator[_Record]:
    offset = start
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        if kind == _END:
            return
        yield kind, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length


def _sheet_starts(stream: bytes) -> Iterator[tuple[int, bool]]:
    for kind, body in _records(stream, 0):
        if kind == _BOUND_SHEET:
            if len(body) < 6:
                raise _unreadable()
            yield int.from_bytes(body[:4], "little"), body[5] == 0


def _last_cell(kind: int, body: bytes) -> tuple[int, int]:
    """Return the last row and column of a record, counted from 1; zeros if it has none."""
    if kind == _DIMENSIONS:
        _check_dimensions(body)
    if kind not in _CELLS or len(body) < 6:
        return 0, 0
    row, column = struct.unpack_from("<HH", body)
    if kind == _MANY_NUMBERS:
        column = max(column, int.from_bytes(body[-2:], "little"))
    return row + 1, column + 1


def _check_dimensions(body: bytes) -> None:
    # The reader reserves what a sheet says it spans before it has seen a cell.
    form = {10: "<4H", 14: "<2I2H"}.get(len(body))
    if not form:
        raise _unreadable()
    top, bottom, left, right = struct.unpack_from(form, body)
    if not (top <= bottom <= _LAST_ROW and left <= right <= _LAST_COLUMN):
        raise _unreadable()
