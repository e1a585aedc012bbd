"""The workbook that staff fill: blank, or with what a payload already says.

XlsxWriter writes it; equal input gives equal bytes. Protection would forbid inserting rows
into it in some programs, so what must not change is hidden or matched again on reading.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from generators.intake.dates import read_date
from generators.intake.layout import (
    COLUMNS,
    DAYS,
    HEADER_ROW,
    HEADING,
    INFO,
    INFO_SHEET,
    LEVELS,
    LINES_SHEET,
    REASON_COLUMNS,
    REASONS_SHEET,
    STORIES_SHEET,
    STORY_COLUMNS,
    TEXTS_SHEET,
    TOP,
    Column,
)
from generators.intake.numbers import is_divisible
from generators.intake.rows import FormRow, form_rows
from generators.kinds import ReportKind
from generators.model import Finding, Raw, RawInput, RawRecord, RawTree

FONT = "Times New Roman"
_AT = {column.key: index for index, column in enumerate(COLUMNS)}
_LETTER = {key: xl_col_to_name(index) for key, index in _AT.items()}
_UNITS = ["người", "lượt người", "hộ", "trường hợp", "suất", "hồ sơ", "trẻ em", "nhà", "đơn vị",
          "đồng", "%"]  # fmt: skip
_STORY_ROWS, _TEXT_WIDTH = 8, 100
_GUIDE = (
    "Chỉ điền các ô nền trắng. Ô tiền ghi bằng đồng (262500000 hoặc 262.500.000), hoặc 51,2 triệu; 02 tỷ. "
    "Ô Thực hiện nhận cả 2/5; trên 6 tỷ; không phát sinh; chưa có số liệu; xét cuối năm. "
    "Chỉ tiêu không có trong danh mục: ghi vào dòng trống cuối mục, hoặc chèn thêm dòng. "
    "«Chia ra» phải cộng bằng dòng trên; «Trong đó» thì không cần. "
    "Bấm dấu + phía trên bảng để mở các cột ít dùng."
)


def write_form(kind: ReportKind, raw: RawInput | None = None) -> bytes:
    """Return the .xlsx form of `kind`, filled with the payload `raw` where one is given."""
    root = raw.root if raw else RawRecord("", {})
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False,
                                        "strings_to_urls": False, "strings_to_numbers": False})  # fmt: skip
    made = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # equal input, equal bytes
    book.set_properties({"title": kind.title, "created": made})
    looks = _Looks(book)
    _write_info(book.add_worksheet(INFO_SHEET), looks, kind, root)
    _LinesSheet(book.add_worksheet(LINES_SHEET), looks).write(kind, root)
    _write_texts(book.add_worksheet(TEXTS_SHEET), looks, kind, root)
    _write_table(
        book.add_worksheet(STORIES_SHEET), looks, STORY_COLUMNS, _items(root, "stories")
    )
    _write_table(book.add_worksheet(REASONS_SHEET), looks, REASON_COLUMNS,
                 _items(root, "acknowledgements"))  # fmt: skip
    book.close()
    return buffer.getvalue()


class _Looks:
    """The formats of the workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book, self._made = book, dict[tuple[Any, ...], Any]()

    def __call__(self, **look: Any) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            base = {"font_name": FONT, "font_size": 12, "valign": "vcenter"}
            self._made[key] = self._book.add_format({**base, **look})
        return self._made[key]


# ---------------------------------------------------------------- Thông tin


def _write_info(sheet: Any, looks: _Looks, kind: ReportKind, root: RawRecord) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 52)
    sheet.set_column(2, 2, 54)
    sheet.set_column(3, 3, None, None, {"hidden": True})
    sheet.write_string(0, 0, kind.title.upper(), looks(bold=True, font_size=14))
    sheet.write_string(1, 0, "Điền cột B, rồi sang trang Số liệu. Lưu tệp và tải lên để lập báo cáo.",
                       looks(italic=True))  # fmt: skip
    answer = looks(border=1, text_wrap=True, bg_color="#FFFFFF")
    for index, (key, label, help_) in enumerate(_info_rows(root)):
        row = index + 3
        value: object = kind.id if key == "kind" else _raw_at(root, tuple(_steps(key)))
        sheet.write_string(row, 0, label, looks(border=1, bold=True, bg_color="#EAF1F8"))
        _write_value(sheet, (row, 1), value, answer, looks(border=1, num_format="dd/mm/yyyy", align="left"),
                     day=key in DAYS)  # fmt: skip
        sheet.write_string(row, 2, help_, looks(italic=True, font_color="#555555"))
        sheet.write_string(row, 3, key)
    _page(sheet, landscape=False)


def _info_rows(root: RawRecord) -> list[tuple[str, str, str]]:
    """The rows of the sheet, with more of those that come in lists where a payload has more."""
    rows = list(INFO)
    for stem, label, ready in (
        ("org_unit.within", "Thuộc", 2),
        ("document.recipients", "Nơi nhận", 3),
    ):
        given = _raw_at(root, tuple(_steps(stem)), whole=True)
        count = len(given) if isinstance(given, tuple) else 0
        rows += [(f"{stem}.{n}", f"{label} {n + 1}", "") for n in range(ready, count)]
    return rows


def _steps(key: str) -> list[str | int]:
    return [int(step) if step.isdigit() else step for step in key.split(".")]


# ---------------------------------------------------------------- Số liệu


@dataclass
class _LinesSheet:
    """Writes the sheet Số liệu."""

    sheet: Any
    looks: _Looks

    def write(self, kind: ReportKind, root: RawRecord) -> None:
        """Write head, rows and page set-up."""
        self._head(kind)
        records = [item for item in _items(root, "lines") if isinstance(item, RawRecord)]
        row = HEADER_ROW
        for form_row in form_rows(kind, records):
            if form_row.level == HEADING:
                self._heading(row, form_row)
            else:
                self._line(row, form_row)
            row += 1
        self._validate(HEADER_ROW, row + 200)
        self.sheet.freeze_panes(HEADER_ROW, 2)
        self.sheet.repeat_rows(HEADER_ROW - 1)
        self.sheet.print_area(0, 0, row - 1, _AT["said"])
        _page(self.sheet, landscape=True)

    def _head(self, kind: ReportKind) -> None:
        last = _AT["said"]
        self.sheet.merge_range(0, 0, 0, last, f"BIỂU SỐ LIỆU: {kind.title.upper()}",
                               self.looks(bold=True, font_size=14, align="center"))  # fmt: skip
        self.sheet.merge_range(1, 0, 1, last, _GUIDE, self.looks(italic=True, text_wrap=True))
        self.sheet.set_row(1, 66)
        self.sheet.set_row(HEADER_ROW - 1, 34)
        self.sheet.outline_settings(True, True, True, False)
        head = self.looks(
            bold=True, border=1, align="center", text_wrap=True, bg_color="#D9E5F1"
        )
        for index, column in enumerate(COLUMNS):
            options = {"level": 1, "hidden": True} if column.rare else {}
            if column.key == "code":
                options = {"hidden": True, "collapsed": True}
            self.sheet.set_column(index, index, column.width, None, options)
            self.sheet.write_string(HEADER_ROW - 1, index, column.header, head)

    def _heading(self, row: int, form_row: FormRow) -> None:
        look = self.looks(bold=True, bg_color="#EDEDED", border=1)
        for index in range(_AT["said"] + 1):
            self.sheet.write_blank(row, index, None, look)
        self.sheet.write_string(row, _AT["stt"], form_row.stt, look)
        self.sheet.write_string(row, _AT["label"], form_row.label, look)
        self.sheet.write_string(row, _AT["level"], HEADING, look)
        self.sheet.write_string(row, _AT["code"], form_row.code)

    def _line(self, row: int, form_row: FormRow) -> None:
        text = self._text_look(form_row)
        indent = {"indent": 2} if form_row.level != TOP else {}
        self.sheet.write_string(row, _AT["label"], form_row.label, self.looks(**text, **indent))
        for key in ("stt", "unit", "level"):
            self.sheet.write_string(row, _AT[key], getattr(form_row, key),
                                    self.looks(**text, align="center"))  # fmt: skip
        self.sheet.write_string(row, _AT["code"], form_row.code)
        self.sheet.set_row(row, 34 if len(form_row.label) > 52 else 18)
        for column in COLUMNS:
            if column.path and column.key not in ("label", "unit"):
                self._cell(row, column, form_row)
        self._said(row, form_row)
        if form_row.help:
            self.sheet.write_comment(
                row, _AT["label"], form_row.help, {"font_name": FONT, "x_scale": 2}
            )

    def _text_look(self, form_row: FormRow) -> dict[str, Any]:
        deeper = form_row.level != TOP
        look: dict[str, Any] = {"border": 1, "text_wrap": True}
        if form_row.total:
            look |= {"bold": True, "bg_color": "#F5F5F5"}
        return look | ({"italic": True} if deeper else {})

    def _cell(self, row: int, column: Column, form_row: FormRow) -> None:
        value = _cell_value(form_row, column)
        look = self.looks(**_cell_look(column, form_row))
        day = self.looks(border=1, num_format="dd/mm/yyyy")
        _write_value(
            self.sheet, (row, _AT[column.key]), value, look, day, day=column.kind == "day"
        )

    def _said(self, row: int, form_row: FormRow) -> None:
        """Read the numbers back: an English Excel takes 1.611 for a fraction, 4.000 for 4."""
        cells = {key: f"{_LETTER[key]}{row + 1}" for key in ("value", "unit", "amount")}
        self.sheet.write_formula(
            row, _AT["said"], _SAID.format(**cells),
            self.looks(border=1, italic=True, font_color="#1F4E79", text_wrap=True),
            _said_now(form_row),
        )  # fmt: skip

    def _validate(self, first: int, last: int) -> None:
        """Lists to choose from and words of help; nothing typed is ever refused here."""
        ask = {"error_type": "information", "ignore_blank": True}
        for key, words in (("level", LEVELS), ("unit", _UNITS), ("estimate", ["Có", "Không"])):
            self.sheet.data_validation(first, _AT[key], last, _AT[key],
                                       {**ask, "validate": "list", "source": words,
                                        "show_error": False})  # fmt: skip
        for key, title, message in _PROMPTS:
            self.sheet.data_validation(first, _AT[key], last, _AT[key],
                                       {**ask, "validate": "decimal", "criteria": ">=", "value": 0,
                                        "input_title": title, "input_message": message,
                                        "error_title": "Xem lại số vừa gõ",
                                        "error_message": _NOT_A_NUMBER})  # fmt: skip


_SAID = (
    '=IF(AND({value}="",{amount}=""),"",'
    'IF({value}="","",IF(ISNUMBER({value}),'
    'IF(AND({value}<>INT({value}),{unit}<>"%"),"SỐ LẺ? "&{value},FIXED({value},'
    'IF({value}=INT({value}),0,2)))&" "&{unit},{value}))'
    '&IF({amount}="","",IF({value}="","","; ")&IF(ISNUMBER({amount}),FIXED({amount},0)&" đồng",{amount})))'
)
_PROMPTS = (
    (
        "value",
        "Thực hiện",
        "Gõ số: 249; 1254. Cũng nhận 2/5; trên 6 tỷ; không phát sinh; chưa có số liệu.",
    ),
    (
        "amount",
        "Kinh phí (đồng)",
        "Gõ số đồng: 51200000; hoặc 51,2 triệu; 02 tỷ; trên 51 triệu.",
    ),
    (
        "plan1",
        "Kế hoạch",
        "Gõ số được giao, cùng đơn vị với Thực hiện. Không giao thì để trống.",
    ),
    ("previous1", "Cùng kỳ", "Gõ số của cùng kỳ năm trước; phần mềm tự tính tăng, giảm."),
)
_NOT_A_NUMBER = (
    "Ô này không phải là số. Vẫn dùng được nếu là dạng 2/5, 51,2 triệu, không phát sinh."
)


def _said_now(form_row: FormRow) -> str:
    """The text the formula will show, so that the form reads right before it is opened."""
    said = []
    for name, unit in (("value", form_row.unit), ("amount", "đồng")):
        raw = form_row.record.fields.get(name) if form_row.record else None
        if isinstance(raw, Raw):
            number = isinstance(raw.value, int | Decimal) and not isinstance(raw.value, bool)
            said.append(f"{_grouped(raw.value)} {unit}" if number else str(raw.value))
    return "; ".join(said)


def _grouped(value: object) -> str:
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def _cell_look(column: Column, form_row: FormRow) -> dict[str, Any]:
    look: dict[str, Any] = {"border": 1}
    spec = form_row.spec
    if column.kind in ("value", "money", "number", "share"):
        look |= {"align": "right", "num_format": "#,##0"}
    if column.kind == "value" and is_divisible(form_row.unit):
        look["num_format"] = "#,##0.##"
    if column.key == "value" and spec and (spec.ratio == "plan" or "whole" in spec.fields):
        look["num_format"] = "@"  # so that a typed 2/5 stays 2/5
    if column.field and spec and column.field not in spec.fields:
        look["bg_color"] = "#E4E4E4"
    elif form_row.total:
        look |= {"bold": True, "bg_color": "#F5F5F5"}
    return look


def _cell_value(form_row: FormRow, column: Column) -> RawTree | None:
    record = form_row.record
    if record is None:
        return Raw(form_row.giver, "") if column.key == "giver" and form_row.giver else None
    if column.key == "rate":
        return _rate_text(record.fields.get("rate"))
    found = _raw_at(record, column.path)
    if column.key == "value" and found is None:
        return record.fields.get("status")
    return found


def _rate_text(raw: RawTree | None) -> RawTree | None:
    """A list of rates as one cell: "200000 × 112; 400000 × 2"."""
    if not isinstance(raw, tuple):
        return raw
    parts = []
    for item in raw:
        rate, count = _raw_at(item, ("rate",)), _raw_at(item, ("count",))
        text = str(rate.value) if isinstance(rate, Raw) else ""
        parts.append(f"{text} × {count.value}" if isinstance(count, Raw) else text)
    return Raw("; ".join(parts), "")


# ---------------------------------------------------------------- Lời văn, Câu chuyện


def _write_texts(sheet: Any, looks: _Looks, kind: ReportKind, root: RawRecord) -> None:
    texts = root.fields.get("texts")
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, 1, _TEXT_WIDTH)
    sheet.set_column(2, 2, None, None, {"hidden": True})
    head = looks(bold=True, border=1, align="center", bg_color="#D9E5F1")
    sheet.write_string(0, 0, "Chỗ trong bài", head)
    sheet.write_string(
        0, 1, "Nội dung (mỗi đoạn một dòng trong ô: Alt+Enter để xuống dòng)", head
    )
    for index, spec in enumerate(kind.texts, 1):
        given = texts.fields.get(spec.id, ()) if isinstance(texts, RawRecord) else ()
        items = given if isinstance(given, tuple) else (given,)
        content = "\n".join(str(item.value) for item in items if isinstance(item, Raw))
        sheet.write_string(index, 0, spec.label, looks(border=1, bold=True, text_wrap=True))
        sheet.write_string(index, 1, content, looks(border=1, text_wrap=True, valign="top"))
        sheet.write_string(index, 2, spec.id)
    sheet.freeze_panes(1, 0)
    _page(sheet, landscape=True)


def _write_table(
    sheet: Any,
    looks: _Looks,
    columns: Sequence[tuple[tuple[str | int, ...], str, int]],
    items: Sequence[RawTree],
) -> None:
    head = looks(bold=True, border=1, align="center", text_wrap=True, bg_color="#D9E5F1")
    cell, day = looks(border=1, text_wrap=True, valign="top"), looks(border=1)
    for index, (path, header, width) in enumerate(columns):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, header, head)
        for row in range(max(_STORY_ROWS, len(items))):
            value = _raw_at(items[row], path) if row < len(items) else None
            _write_value(sheet, (row + 1, index), value, cell, day, day=False)
    sheet.freeze_panes(1, 0)
    _page(sheet, landscape=True)


# ---------------------------------------------------------------- cells


def _write_value(
    sheet: Any, at: tuple[int, int], value: object, look: Any, day_look: Any, *, day: bool
) -> None:
    """Write what a payload holds; text stays text, whatever it looks like."""
    raw = value.value if isinstance(value, Raw) else value
    if raw is None or isinstance(raw, tuple | RawRecord):
        sheet.write_blank(*at, None, look)
    elif isinstance(raw, bool):
        sheet.write_string(*at, "Có" if raw else "Không", look)
    elif isinstance(raw, int | Decimal) and len(str(raw)) < 15:
        sheet.write_number(*at, float(raw), look)
    else:
        found = read_date(Raw(raw, "")) if day else None
        if found is None or isinstance(found, Finding):
            sheet.write_string(*at, str(raw), look)
        else:
            sheet.write_datetime(*at, found, day_look)


def _raw_at(
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


def _items(root: RawRecord, name: str) -> tuple[RawTree, ...]:
    found = root.fields.get(name, ())
    return found if isinstance(found, tuple) else ()


def _page(sheet: Any, *, landscape: bool) -> None:
    sheet.set_paper(9)  # A4
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.6, 0.6, 0.7, 0.7)
    sheet.set_footer("&C&P/&N")
