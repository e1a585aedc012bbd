"""The workbook embedded in a chart: what Word opens when somebody edits the chart's data.

XlsxWriter writes it once, empty; each chart puts its own cells into it.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from functools import cache

import xlsxwriter
from markupsafe import escape

from generators.annex import Bar, Chart
from generators.document.package import Member, pack_member, write_zip
from generators.marks import without_marks

_SHEET = "Số liệu"
SERIES, CATEGORIES = f"'{_SHEET}'!$B$1", f"'{_SHEET}'!$A$2:$A$%d"
VALUES, LABELS = f"'{_SHEET}'!$B$2:$B$%d", f"'{_SHEET}'!$C$2:$C$%d"
_PART, _EMPTY = "xl/worksheets/sheet1.xml", "<sheetData/>"
_NAMES, _WORDS = "Chỉ tiêu", "Chữ bên cột"
_TEXT = '<c r="%s%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>'
_ROW = '<row r="%d">%s<c r="B%d"><v>%s</v></c><c r="C%d" t="str"><f>%s</f><v>%s</v></c></row>'
_LONG_AGO = datetime(1980, 1, 1)  # noqa: DTZ001 - the day that every file of a report has


def write_book(chart: Chart) -> bytes:
    """Return the .xlsx with the bars of `chart`: names, shares, and the words beside them."""
    others, sheet = _skeleton()
    rows = "".join((_head(chart), *(_row(n, bar) for n, bar in enumerate(chart.bars, 2))))
    filled = sheet.replace(_EMPTY, f"<sheetData>{rows}</sheetData>")
    return write_zip((*others, pack_member(_PART, filled.encode())))


def _head(chart: Chart) -> str:
    titles = (_NAMES, chart.series, _WORDS)
    cells = (_TEXT % (column, 1, escape(t)) for column, t in zip("ABC", titles, strict=True))
    return f'<row r="1">{"".join(cells)}</row>'


def _row(number: int, bar: Bar) -> str:
    said, share = without_marks(bar.said), f"{bar.share:f}"
    hedge = said[: len(said) - len(said.split()[-1])]
    formula = f'"{hedge}"&' if hedge else ""
    formula += f'SUBSTITUTE(B{number}&"%",".",",")'
    label = _TEXT % ("A", number, escape(bar.label))
    return _ROW % (number, label, number, share, number, escape(formula), escape(said))


@cache
def _skeleton() -> tuple[tuple[Member, ...], str]:
    """The workbook without cells: its other members, and the XML of its sheet."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _LONG_AGO})
    sheet = book.add_worksheet(_SHEET)
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 2, 18)
    book.close()
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    own = parts.pop(_PART).decode()
    return tuple(pack_member(name, data) for name, data in parts.items()), own
