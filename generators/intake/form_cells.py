"""Cells of the form that staff fill: their looks, and what a payload writes in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from generators.intake.dates import read_date
from generators.intake.sheet import plain_number
from generators.model import Raw, RawRecord, RawTree

FONT = "Times New Roman"
HEAD_FILL, LABEL_FILL, SECTION_FILL, TOTAL_FILL = "#D9E5F1", "#EAF1F8", "#E7EEF6", "#F7F7F2"
NOT_USED_FILL = "#D9D9D9"
_LONGEST_CELL = 32_767  # characters, in every spreadsheet program
_CELL_DIGITS = 15
_FIRST_DAY = date(1901, 1, 1)  # programs disagree on earlier ones
_TOO_LONG = "(nội dung quá dài, không ghi được vào một ô: hãy chép lại từ tệp gốc)"


class Looks:
    """The formats of the workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book, self._made = book, dict[tuple[Any, ...], Any]()

    def __call__(self, **look: Any) -> Any:
        """Return the format with these properties."""
        key = tuple(sorted(look.items()))
        if key not in self._made:
            base = {"font_name": FONT, "font_size": 12, "valign": "vcenter"}
            self._made[key] = self._book.add_format({**base, **look})
        return self._made[key]

    def head(self) -> Any:
        """Return the format of a table's head."""
        return self(bold=True, border=1, align="center", text_wrap=True, bg_color=HEAD_FILL)


def write_value(
    sheet: Any, at: tuple[int, int], value: object, look: Any, day: Any = None
) -> None:
    """Write what a payload holds; text stays text, whatever it looks like.

    `day` is the format of a date, in cells that take one.
    """
    raw = value.value if isinstance(value, Raw) else value
    if raw is None or raw == "" or isinstance(raw, tuple | RawRecord):
        sheet.write_blank(*at, None, look)
    elif isinstance(raw, int | Decimal) and not isinstance(raw, bool) and _fits(raw):
        sheet.write_number(*at, float(raw), look)
    elif day is not None and isinstance(found := read_date(Raw(raw, "")), date) \
            and found >= _FIRST_DAY:  # fmt: skip
        sheet.write_datetime(*at, found, day)
    else:
        text = text_of_value(raw)
        sheet.write_string(*at, text if len(text) <= _LONGEST_CELL else _TOO_LONG, look)


def _fits(number: int | Decimal) -> bool:
    """Whether a cell keeps all digits of `number`."""
    digits = Decimal(number).as_tuple()
    return len(digits.digits) <= _CELL_DIGITS and -_CELL_DIGITS <= int(digits.exponent) <= 0


def text_of_value(value: object) -> str:
    """Write a value as a clerk would type it."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    return plain_number(Decimal(value)) if isinstance(value, int | Decimal) else str(value)


def raw_at(
    tree: RawTree | None, path: Sequence[str | int], *, whole: bool = False
) -> RawTree | None:
    """Return what lies at `path`; a lone value stands for a list of one, and for its value."""
    for step in path:
        if isinstance(step, int):
            items = tree if isinstance(tree, tuple) else (tree,) if tree is not None else ()
            tree = items[step] if step < len(items) else None
        elif isinstance(tree, RawRecord):
            tree = tree.fields.get(step)
        elif not (isinstance(tree, Raw) and step == "value"):
            return None
    return tree if isinstance(tree, Raw) or whole else None


def items_of(root: RawRecord, name: str) -> tuple[RawTree, ...]:
    """Return a list of the payload, empty where it is none."""
    found = root.fields.get(name, ())
    return found if isinstance(found, tuple) else (found,)


def set_page(sheet: Any, title: str, *, landscape: bool) -> None:
    """Set the sheet up for A4: all columns on one page, pages numbered."""
    sheet.set_paper(9)  # A4
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.5, 0.4, 0.6, 0.6)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    sheet.set_footer(f'&L&"{FONT},Italic"&9{title}&R&"{FONT},Regular"&9Trang &P/&N')
