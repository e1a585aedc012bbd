"""The sheet Số liệu of the form: one table, its rows ready, each number read back beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generators.intake.form_cells import (
    FONT,
    NOT_USED_FILL,
    SECTION_FILL,
    TOTAL_FILL,
    Looks,
    items_of,
    raw_at,
    set_page,
    text_of_value,
    write_value,
)
from generators.intake.layout import (
    HEADER_ROW,
    HEADING,
    LEVELS,
    MEASURE_WORDS,
    TOP,
    Column,
    columns_for,
)
from generators.intake.readback import (
    NOT_WHOLE,
    PROMPTS,
    WORDS,
    said_now,
    spoken,
    who,
    whole_or_text,
)
from generators.intake.rows import FormRow, form_rows
from generators.intake.sheet import column_name
from generators.intake.units import is_divisible
from generators.kinds import ReportKind
from generators.model import Raw, RawRecord, RawTree

_UNITS = ["người", "lượt người", "hộ", "trường hợp", "suất", "hồ sơ", "trẻ em", "nhà", "đơn vị",
          "thẻ", "đồng", "%"]  # fmt: skip
_GUIDE = (
    "Gõ số vào ô trắng; ô xám thường không dùng. Tiền ghi bằng đồng, hoặc 51,2 triệu; 02 tỷ. "
    "Ô Thực hiện nhận cả 2/5; trên 6 tỷ; không phát sinh; chưa có số liệu; xét cuối năm.\n"
    "Dòng có dấu - (Chia ra) phải cộng bằng dòng trên; dấu + (Trong đó) thì không cần. "
    "Bấm dấu + phía trên bảng để mở các cột ít dùng."
)
_SPARE_BELOW = 200  # rows below the table that lists and prompts still serve
_WIDE, _LINE = 60, 16  # characters in a line of Chỉ tiêu; height of a line, points


def write_lines(sheet: Any, looks: Looks, kind: ReportKind, root: RawRecord) -> None:
    """Write the sheet, filled with the lines of the payload `root`."""
    records = [item for item in items_of(root, "lines") if isinstance(item, RawRecord)]
    rows = list(form_rows(kind, records))
    table = _Table(sheet, looks, columns_for(_most_measures(rows)))
    table.write(kind, rows)


def _most_measures(rows: Sequence[FormRow]) -> dict[str, int]:
    """How many plans, wholes and bases the fullest row has."""
    most = dict.fromkeys(MEASURE_WORDS, 0)
    for record in (row.record for row in rows if row.record):
        for name in most:
            given = record.fields.get(name, ())
            most[name] = max(most[name], len(given) if isinstance(given, tuple) else 1)
    return most


@dataclass
class _Table:
    """Writes the rows; ``columns`` are those of this form."""

    sheet: Any
    looks: Looks
    columns: Sequence[Column]

    def write(self, kind: ReportKind, rows: Sequence[FormRow]) -> None:
        """Write head, rows and page set-up."""
        self.at = {column.key: index for index, column in enumerate(self.columns)}
        self._head(kind)
        for row, form_row in enumerate(rows, HEADER_ROW):
            if form_row.level == HEADING:
                self._heading(row, form_row)
            else:
                self._line(row, form_row)
        last = HEADER_ROW + len(rows) - 1
        self._validate(HEADER_ROW, last + _SPARE_BELOW)
        self._alarm(HEADER_ROW, last + _SPARE_BELOW)
        self.sheet.freeze_panes(HEADER_ROW, 2)
        self.sheet.repeat_rows(HEADER_ROW - 1)
        self.sheet.print_area(0, 0, last, self.at["note"])
        self.sheet.set_selection(
            HEADER_ROW + 1, self.at["value"], HEADER_ROW + 1, self.at["value"]
        )
        set_page(self.sheet, f"Biểu số liệu: {kind.title}", landscape=True)

    # ------------------------------------------------------------ head

    def _head(self, kind: ReportKind) -> None:
        last = self.at["note"]
        self.sheet.merge_range(0, 0, 0, last, f"BIỂU SỐ LIỆU: {kind.title.upper()}",
                               self.looks(bold=True, font_size=14, align="center"))  # fmt: skip
        guide = self.looks(italic=True, text_wrap=True, font_size=11, valign="top")
        self.sheet.merge_range(1, 0, 1, last, _GUIDE, guide)
        self.sheet.merge_range(2, 0, 2, last, "", self.looks(bold=True))
        self.sheet.write_formula(2, 0, who(), self.looks(bold=True), "")
        for row, height in ((0, 24), (1, 48), (2, 20), (HEADER_ROW - 1, 36)):
            self.sheet.set_row(row, height)
        self.sheet.outline_settings(True, True, True, False)
        for index, column in enumerate(self.columns):
            options = {"level": 1, "hidden": True} if column.rare else {}
            if column.key == "code":
                options = {"hidden": True, "collapsed": True}
            self.sheet.set_column(index, index, column.width, None, options)
            self.sheet.write_string(HEADER_ROW - 1, index, column.header, self.looks.head())

    def _heading(self, row: int, form_row: FormRow) -> None:
        look = self.looks(bold=True, bg_color=SECTION_FILL, border=1)
        for index in range(self.at["said"] + 1):
            self.sheet.write_blank(row, index, None, look)
        centred = self.looks(bold=True, bg_color=SECTION_FILL, border=1, align="center")
        self.sheet.write_string(row, self.at["stt"], form_row.stt, centred)
        self.sheet.write_string(row, self.at["label"], form_row.label, look)
        self.sheet.write_string(row, self.at["level"], HEADING, centred)
        self.sheet.write_string(row, self.at["code"], form_row.code)
        self.sheet.set_row(row, _height(form_row.label, bold=True))

    # ------------------------------------------------------------ a line

    def _line(self, row: int, form_row: FormRow) -> None:
        text = _text_look(form_row)
        depth = 0 if form_row.level == TOP else int(form_row.level[-1:]) \
            if form_row.level[-1:].isdigit() else 1  # fmt: skip
        indent = {"indent": 2 * depth} if depth else {}
        self.sheet.write_string(
            row, self.at["label"], form_row.label, self.looks(**text, **indent)
        )
        for key in ("stt", "unit", "level"):
            self.sheet.write_string(row, self.at[key], getattr(form_row, key),
                                    self.looks(**text, align="center"))  # fmt: skip
        self.sheet.write_string(row, self.at["code"], form_row.code)
        for column in self.columns:
            if column.path and column.key not in ("label", "unit"):
                self._cell(row, column, form_row)
        self._said(row, form_row)
        self.sheet.set_row(row, _height(form_row.label, bold=form_row.total))
        if form_row.help:
            self.sheet.write_comment(row, self.at["label"], form_row.help,
                                     {"font_name": FONT, "font_size": 10, "x_scale": 2})  # fmt: skip

    def _cell(self, row: int, column: Column, form_row: FormRow) -> None:
        look = self.looks(**_cell_look(column, form_row))
        day = self.looks(border=1, num_format="dd/mm/yyyy") if column.kind == "day" else None
        write_value(
            self.sheet, (row, self.at[column.key]), _cell_value(form_row, column), look, day
        )

    def _said(self, row: int, form_row: FormRow) -> None:
        """Read the numbers back: an English Excel takes 1.611 for a fraction, 4.000 for 4."""
        unit = f"{column_name(self.at['unit'] + 1)}{row + 1}"
        pieces = []
        for key in WORDS:
            cell = f"{column_name(self.at[key] + 1)}{row + 1}"
            pieces.append(spoken(cell, WORDS[key], '"đồng"' if key == "amount" else unit))
        look = self.looks(
            border=1, italic=True, font_color="#1F4E79", text_wrap=True, font_size=11
        )
        formula = f"=MID({'&'.join(pieces)},3,999)"
        self.sheet.write_formula(row, self.at["said"], formula, look, said_now(form_row))

    # ------------------------------------------------------------ help while typing

    def _validate(self, first: int, last: int) -> None:
        """Lists to choose from and words of help; nothing typed is ever refused here."""
        ask = {"error_type": "information", "ignore_blank": True}
        for key, words in (("level", LEVELS), ("unit", _UNITS), ("estimate", ["Có", "Không"])):
            self._rule(
                key, first, last, {"validate": "list", "source": words, "show_error": False}
            )
        unit = f"${column_name(self.at['unit'] + 1)}{first + 1}"
        for key, title, message in PROMPTS:
            cell = f"{column_name(self.at[key] + 1)}{first + 1}"
            self._rule(key, first, last, {
                **ask, "validate": "custom", "value": whole_or_text(cell, unit),
                "input_title": title, "input_message": message,
                "error_title": "Xem lại số vừa gõ", "error_message": NOT_WHOLE,
            })  # fmt: skip

    def _rule(self, key: str, first: int, last: int, rule: dict[str, Any]) -> None:
        self.sheet.data_validation(first, self.at[key], last, self.at[key], rule)

    def _alarm(self, first: int, last: int) -> None:
        """Red where a number was read as something else; dots in thousands where it was not."""
        said = f"${column_name(self.at['said'] + 1)}{first + 1}"
        red = self.looks(bold=True, font_color="#C00000", bg_color="#FDE3E3")
        self.sheet.conditional_format(first, self.at["said"], last, self.at["said"], {
            "type": "formula", "criteria": f'=ISNUMBER(SEARCH("⚠",{said}))', "format": red})  # fmt: skip
        for key in ("value", "plan1", "previous1"):
            cell = f"{column_name(self.at[key] + 1)}{first + 1}"
            self.sheet.conditional_format(first, self.at[key], last, self.at[key], {
                "type": "formula",
                "criteria": f"=AND(ISNUMBER({cell}),{cell}>=1000,{cell}=INT({cell}))",
                "format": self.looks(num_format="#,##0"),
            })  # fmt: skip
        self.sheet.ignore_errors({"number_stored_as_text": f"A{first + 1}:ZZ{last + 1}"})


def _height(label: str, *, bold: bool) -> int:
    """Room for all lines of the label."""
    lines = -(-len(label) * (11 if bold else 10) // (_WIDE * 10)) or 1
    return max(19, _LINE * lines + 3)


# ---------------------------------------------------------------- looks and values


def _text_look(form_row: FormRow) -> dict[str, Any]:
    look: dict[str, Any] = {"border": 1, "text_wrap": True}
    if form_row.total:
        look |= {"bold": True, "bg_color": TOTAL_FILL}
    return look | ({"italic": True} if form_row.level != TOP else {})


def _cell_look(column: Column, form_row: FormRow) -> dict[str, Any]:
    look: dict[str, Any] = {"border": 1}
    if column.kind in ("value", "money", "number", "share"):
        look |= {"align": "right", "num_format": _number_format(column, form_row)}
    elif column.kind == "text":
        look["text_wrap"] = True
    if column.field and form_row.fields is not None and column.field not in form_row.fields:
        look["bg_color"] = NOT_USED_FILL
    elif form_row.total:
        look |= {"bold": True, "bg_color": TOTAL_FILL}
    return look


def _number_format(column: Column, form_row: FormRow) -> str:
    """Counts have no format of their own, so that a typed 2/5 becomes a date that shows as one."""
    spec = form_row.spec
    if column.key == "value" and spec and (spec.ratio == "plan" or "whole" in spec.fields):
        return "@"  # so that a typed 2/5 stays 2/5
    money = column.kind == "money" or (column.kind == "value" and form_row.unit == "đồng")
    if column.kind == "share" or (column.kind == "value" and is_divisible(form_row.unit)):
        return "General"
    return "#,##0" if money else "General"


def _cell_value(form_row: FormRow, column: Column) -> RawTree | None:
    record = form_row.record
    if record is None:
        return Raw(getattr(form_row.row, column.key, "") or None, "") if form_row.row else None
    if column.key == "rate":
        return _rate_text(record.fields.get("rate"))
    found = raw_at(record, column.path)
    if column.key == "value" and (not isinstance(found, Raw) or found.value is None):
        return record.fields.get("status")
    return found


def _rate_text(raw: RawTree | None) -> RawTree | None:
    """A list of rates as one cell: "200000 × 112; 400000 × 2"."""
    if raw is None or isinstance(raw, Raw):
        return raw
    parts = []
    for item in raw if isinstance(raw, tuple) else (raw,):
        rate = item if isinstance(item, Raw) else raw_at(item, ("rate",))
        count = raw_at(item, ("count",))
        text = text_of_value(rate.value) if isinstance(rate, Raw) else ""
        told = isinstance(count, Raw) and count.value is not None
        parts.append(f"{text} × {text_of_value(count.value)}" if told else text)  # type: ignore[union-attr]
    return Raw("; ".join(parts), "")
