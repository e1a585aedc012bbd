"""What a workbook file knows of its cells and the reader cannot say, and how far they reach.

Which formulas were never calculated, which cells hold errors, which numbers are shown as
percent, which cells are merged. Meant for files that :mod:`generators.intake.preflight` has
let through.
"""

from __future__ import annotations

from collections.abc import Mapping

from generators.intake.cells_ods import read_ods
from generators.intake.cells_xlsx import read_xlsx
from generators.intake.facts import MAX_CELLS, MAX_COLUMNS, Cell, SheetFacts
from generators.intake.package import Package
from generators.intake.preflight import WorkbookFormat
from generators.intake.refusals import RefusedError, damaged, shown
from generators.model import ERROR, Finding

__all__ = ["SheetFacts", "oversized", "read_cell_facts"]

_DELETE_STRAY = (
    "Hãy mở tệp bằng Excel, vào trang này và nhấn Ctrl+End để thấy ô cuối cùng; chọn hết các "
    "hàng và cột thừa nằm ngoài vùng số liệu, nhấn Delete để xóa các ô lẻ ở đó, lưu lại rồi "
    "tải lên."
)


def read_cell_facts(data: bytes, form: WorkbookFormat) -> Mapping[str, SheetFacts]:
    """Return the facts of every sheet by its name; never raises.

    Empty when not all sheets can be known (their XML or their records are broken or say two
    things at once): then nothing is known of what the reader would do with the file.
    """
    try:
        if form == "xls":
            # Its library takes as long to import as all the rest; few files need it.
            from generators.intake.cells_xls import read_xls

            return read_xls(data)
        package = Package(data)
        return read_ods(package) if form == "ods" else read_xlsx(package)
    except RefusedError:
        return {}


def oversized(facts: Mapping[str, SheetFacts]) -> Finding | None:
    """Say why the reader must not load a workbook of these facts; None when it may.

    The reader lays each sheet out from its first cell to its last; where memory does not
    suffice it ends the whole process.
    """
    if not facts:
        return damaged("các trang tính bên trong không đọc được").finding
    for name, sheet in facts.items():
        if sheet.columns > MAX_COLUMNS or _size(sheet) > MAX_CELLS:
            return _reaches_too_far(name, sheet)
    for name, sheet in facts.items():
        if sheet.crowded:
            said = f"Trang tính “{shown(name)}” chứa nhiều ô và chữ hơn mức đọc được ở đây."
            return _too_large(name, said)
    total = sum(map(_size, facts.values()))
    if total > MAX_CELLS:
        name = max(facts, key=lambda name: _size(facts[name]))
        return _too_large(
            name,
            f"Các trang tính cộng lại trải trên {_grouped(total)} ô, nhiều hơn mức đọc được "
            f"ở đây; rộng nhất là trang “{shown(name)}”.",
        )
    return None


def _size(sheet: SheetFacts) -> int:
    return sheet.rows * sheet.columns


def _reaches_too_far(name: str, sheet: SheetFacts) -> Finding:
    message = (
        f"Trang tính “{shown(name)}” trải tới {_grouped(sheet.rows)} hàng, "
        f"{_grouped(sheet.columns)} cột, rộng hơn mức đọc được ở đây; thường là do có ô lẻ "
        "ở rất xa vùng số liệu."
    )
    place = f"{name}!{_address(sheet.stray)}" if sheet.stray else name
    return _too_large(place, message)


def _too_large(where: str, message: str) -> Finding:
    return Finding("sheet.too_large", ERROR, shown(where), message, _DELETE_STRAY)


def _address(cell: Cell) -> str:
    row, column = cell
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
