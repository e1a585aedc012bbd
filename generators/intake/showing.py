"""A place shown in its row: the cells beside it with their heads, as the reader took them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generators.intake.corrections import Corrections, cell_of
from generators.intake.form_cells import text_of_value
from generators.intake.heads import BY_KEY, find_head, read_columns
from generators.intake.json_text import parse_json
from generators.intake.sheet import Sheet, column_name
from generators.intake.workbook import sheets_of
from generators.model import Finding
from generators.origins import Correction

_ALWAYS = ("label", "unit", "plan1", "value", "amount", "previous1")
_LONGEST = 80  # characters of a cell's text
_HEADS = {
    "code": "Mã", "label": "Chỉ tiêu", "section": "Mục", "unit": "ĐVT", "giver": "Nguồn tặng",
    "group": "Nhóm đối tượng", "value": "Thực hiện", "amount": "Kinh phí", "plan": "Kế hoạch",
    "previous": "Cùng kỳ", "note": "Ghi chú", "share": "Tỷ lệ", "change": "Tăng giảm",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell beside a place, or the place itself (``is_it``): its address, its head, its text."""

    place: str
    head: str
    text: str
    is_it: bool = False


Rows = Mapping[str, tuple[ShownCell, ...]]


def rows_around(
    data: bytes, places: Iterable[str], corrections: Iterable[Correction] = ()
) -> Rows:
    """Return for each of `places` its row: of a workbook, or of a payload; none that is unknown."""
    wanted = dict.fromkeys(places)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _of_payload(
            data, [place for place in wanted if place.startswith("/")], corrections
        )
    sheets = sheets_of(data, Corrections(corrections))
    if isinstance(sheets, Finding):
        return {}
    by_name = {sheet.name: _Shown(sheet) for sheet in sheets}
    return {place: row for place in wanted
             if (shown := by_name.get(place.rpartition("!")[0])) and (row := shown.row(place))}  # fmt: skip


class _Shown:
    """A sheet whose rows are shown: its table's columns, where it has a table."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        head = find_head(sheet)
        self._head = head
        self._columns = dict(read_columns(sheet, head)[0]) if head else {}

    def row(self, place: str) -> tuple[ShownCell, ...]:
        cell = cell_of(place, self._sheet.name)
        if cell is None:
            return ()
        row, column = cell
        own = {at: BY_KEY[key].header for key, at in self._columns.items() if key in _ALWAYS}
        if not own or row <= self._head:
            own = dict.fromkeys(range(1, min(self._sheet.columns, 4) + 1), "")
        own.setdefault(column, self._header(column))
        return tuple(
            ShownCell(self._sheet.place(row, at), head or f"Cột {column_name(at)}",
                      _text(self._sheet.plain(row, at)), at == column)
            for at, head in sorted(own.items())
        )  # fmt: skip

    def _header(self, column: int) -> str:
        keys = {at: key for key, at in self._columns.items()}
        return BY_KEY[keys[column]].header if column in keys else ""


def _of_payload(data: bytes, places: list[str], corrections: Iterable[Correction]) -> Rows:
    payload = parse_json(data)
    if not isinstance(payload, dict):
        return {}
    Corrections(corrections).of_payload(payload)
    return {place: row for place in places if (row := _line_at(payload, place))}


def _line_at(payload: Any, place: str) -> tuple[ShownCell, ...]:
    """The fields of the line that a pointer leads into."""
    steps = place[1:].split("/")
    if len(steps) < 2 or steps[0] != "lines" or not steps[1].isdigit():
        return ()
    lines = payload.get("lines")
    if not isinstance(lines, list) or int(steps[1]) >= len(lines):
        return ()
    line = lines[int(steps[1])]
    stem = f"/lines/{steps[1]}"
    return tuple(
        ShownCell(
            f"{stem}/{key}",
            _HEADS.get(str(key), str(key)),
            _text(value),
            f"{stem}/{key}" == place,
        )
        for key, value in (line.items() if isinstance(line, dict) else ())
        if not isinstance(value, dict | list)
    )


def _text(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = text_of_value(
            Decimal(format(value, ".15g")) if isinstance(value, float) else value
        )
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
