"""Rows pasted from a spreadsheet become a workbook, to be read like any other.

What a spreadsheet puts on the clipboard is text: a line a row, cells parted by tabs, a cell
with breaks or tabs in it in quotes (RFC 4180).
"""

from __future__ import annotations

import csv
import io
import unicodedata

import xlsxwriter

from generators.intake.form import MADE
from generators.intake.layout import INFO, INFO_SHEET, LINES_SHEET
from generators.model import OrgUnit

MOST_ROWS, MOST_COLUMNS, MOST_SIGNS = 2_000, 200, 1_000_000


class TooMuchPasted(ValueError):
    """More than a report ever has."""

    def __init__(self) -> None:
        super().__init__("Bảng dán vào quá lớn. Hãy chỉ dán bảng số liệu của báo cáo.")


def pasted_rows(text: str) -> list[list[str]]:
    """Return the cells of what was pasted; TooMuchPasted where they are too many."""
    if len(text) > MOST_SIGNS:
        raise TooMuchPasted
    composed = unicodedata.normalize("NFC", text)
    try:
        rows = list(csv.reader(io.StringIO(composed, newline=""), delimiter="\t"))
    except csv.Error:  # one cell longer than csv.field_size_limit()
        raise TooMuchPasted from None
    if len(rows) > MOST_ROWS or max(map(len, rows), default=0) > MOST_COLUMNS:
        raise TooMuchPasted
    return rows


def pasted_workbook(kind_id: str, period_id: str, unit: OrgUnit, text: str) -> bytes:
    """Return the workbook (.xlsx) of what was pasted; every cell stays the text that it was.

    TooMuchPasted where that is more than a report has.
    """
    sheets = {INFO_SHEET: _answers(kind_id, period_id, unit), LINES_SHEET: pasted_rows(text)}
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": MADE})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, content in enumerate(cells):
                if content:
                    sheet.write_string(row, column, content)
    book.close()
    return buffer.getvalue()


def _answers(kind_id: str, period_id: str, unit: OrgUnit) -> list[list[str]]:
    """The sheet Thông tin of what is known without asking."""
    within = {f"org_unit.within.{number}": name for number, name in enumerate(unit.within)}
    known = {"kind": kind_id, "period.id": period_id, "org_unit.name": unit.name, **within}
    labels = {key: label for key, label, _ in INFO}
    return [[labels.get(key, f"Thuộc {key[-1]}"), text, "", key] for key, text in known.items()]
