"""The workbook that staff fill: blank, or with what a payload already says.

XlsxWriter writes it; equal input gives equal bytes. Protection would forbid inserting rows
into it in some programs, so what must not change is hidden or matched again on reading.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from generators.intake.form_cells import (
    LABEL_FILL,
    Looks,
    items_of,
    raw_at,
    set_page,
    write_value,
)
from generators.intake.form_table import write_lines
from generators.intake.layout import (
    CHOSEN,
    DAYS,
    INFO,
    INFO_FIRST_ROW,
    INFO_GUIDE,
    INFO_LISTS,
    INFO_SAID,
    INFO_SHEET,
    LINES_SHEET,
    PEOPLE_SHOWN,
    REASON_COLUMNS,
    REASONS_SHEET,
    STORIES_SHEET,
    STORY_COLUMNS_SHOWN,
    TEXT_HEADS,
    TEXTS_SHEET,
    TableColumn,
    story_columns,
)
from generators.intake.paper import AUTHORITIES, NOBODY
from generators.kinds import ReportKind
from generators.model import Raw, RawInput, RawRecord, RawTree

_STORY_ROWS, _REASON_ROWS, _TEXT_WIDTH = 8, 8, 96
_CELL_TEXT = 30_000  # characters of prose in one cell; more goes to the next row


MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # equal input, equal bytes


def write_form(kind: ReportKind, raw: RawInput | None = None) -> bytes:
    """Return the .xlsx form of `kind`, filled with the payload `raw` where one is given."""
    root = raw.root if raw else RawRecord("", {})
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False,
                                        "strings_to_urls": False, "strings_to_numbers": False})  # fmt: skip
    book.set_properties({"title": kind.title, "created": MADE})
    looks = Looks(book)
    _write_info(book.add_worksheet(INFO_SHEET), looks, kind, root)
    write_lines(book.add_worksheet(LINES_SHEET), looks, kind, root)
    _write_texts(book.add_worksheet(TEXTS_SHEET), looks, kind, root)
    _write_stories(book.add_worksheet(STORIES_SHEET), looks, items_of(root, "stories"))
    reasons = book.add_worksheet(REASONS_SHEET)
    _write_table(
        reasons, looks, REASON_COLUMNS, items_of(root, "acknowledgements"), _REASON_ROWS
    )
    book.close()
    return buffer.getvalue()


# ---------------------------------------------------------------- Thông tin


def _write_info(sheet: Any, looks: Looks, kind: ReportKind, root: RawRecord) -> None:
    for column, width in enumerate((30, 50, 46)):
        sheet.set_column(column, column, width)
    sheet.set_column(3, 3, None, None, {"hidden": True})
    sheet.merge_range(0, 0, 0, 2, kind.title.upper(),
                      looks(bold=True, font_size=14, align="center"))  # fmt: skip
    sheet.set_row(0, 30)
    rows = _info_rows(root)
    for row, (key, label, help_) in enumerate(rows, INFO_FIRST_ROW - 1):
        _write_answer(sheet, looks, row, (key, label, help_), _answer(kind, root, key))
        if choices := _choices(kind, key):
            sheet.data_validation(row, 1, row, 1, {
                "validate": "list", "source": choices, "show_error": False,
                "input_title": label[:32], "input_message": help_})  # fmt: skip
    _write_guide(sheet, looks, INFO_FIRST_ROW + len(rows))
    sheet.set_selection(INFO_FIRST_ROW, 1, INFO_FIRST_ROW, 1)
    set_page(sheet, kind.title, landscape=False)


def _answer(kind: ReportKind, root: RawRecord, key: str) -> object:
    """What a payload answers; that it goes to nobody above is a word in a form."""
    if key == "kind":
        return kind.id
    steps = _steps(key)
    given = raw_at(root, steps)
    if key == "document.recipients.0" and raw_at(root, steps[:-1], whole=True) == ():
        return NOBODY
    return given


def _choices(kind: ReportKind, key: str) -> list[str]:
    """What may be chosen in a cell, nothing where anything may be typed."""
    if key == "kind":
        return [kind.id, *kind.reads]
    return list(AUTHORITIES) if key == "document.signer.authority" else []


def _write_answer(
    sheet: Any, looks: Looks, row: int, said: tuple[str, str, str], value: object
) -> None:
    key, label, help_ = said
    answer = looks(border=1, text_wrap=True)
    day = looks(border=1, num_format="dd/mm/yyyy", align="left") if key in DAYS else None
    sheet.set_row(row, 24)
    sheet.write_string(row, 0, label, looks(border=1, bold=True, bg_color=LABEL_FILL))
    write_value(sheet, (row, 1), value, day or answer, day)
    look = looks(italic=True, font_color="#555555", text_wrap=True, font_size=11, indent=1)
    sheet.write_string(row, 2, help_, look)
    sheet.write_string(row, 3, key)
    if help_ and key not in CHOSEN:
        sheet.data_validation(row, 1, row, 1, {"validate": "any", "input_title": label[:32],
                                               "input_message": help_})  # fmt: skip


def _write_guide(sheet: Any, looks: Looks, row: int) -> None:
    sheet.write_string(row, 0, INFO_SAID[0], looks(bold=True))
    for offset, text in enumerate(INFO_GUIDE, 1):
        sheet.merge_range(row + offset, 0, row + offset, 2, text, looks(text_wrap=True))
        sheet.set_row(row + offset, 20)


def _info_rows(root: RawRecord) -> list[tuple[str, str, str]]:
    """The rows of the sheet, with more of those that come in lists where a payload has more."""
    rows = list(INFO)
    for stem, label, ready in INFO_LISTS:
        given = raw_at(root, _steps(stem), whole=True)
        count = len(given) if isinstance(given, tuple) else 0
        rows += [(f"{stem}.{n}", f"{label} {n + 1}", "") for n in range(ready, count)]
    return rows


def _steps(key: str) -> list[str | int]:
    return [int(step) if step.isdigit() else step for step in key.split(".")]


# ---------------------------------------------------------------- Lời văn


def _write_texts(sheet: Any, looks: Looks, kind: ReportKind, root: RawRecord) -> None:
    texts = root.fields.get("texts")
    given = texts.fields if isinstance(texts, RawRecord) else {}
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, 1, _TEXT_WIDTH)
    sheet.set_column(2, 2, None, None, {"hidden": True})
    for column, head in enumerate(TEXT_HEADS):
        sheet.write_string(0, column, head, looks.head())
    labels = {spec.id: spec.label for spec in kind.texts}
    cells = [(key, cell) for key in [*labels, *(key for key in given if key not in labels)]
             for cell in _in_cells(given.get(key, ()))]  # fmt: skip
    for row, (key, content) in enumerate(cells, 1):
        lines = sum(1 + len(text) // _TEXT_WIDTH for text in content.split("\n"))
        sheet.set_row(row, min(max(34, 17 * lines), 400))
        sheet.write_string(
            row, 0, labels.get(key, key), looks(border=1, bold=True, text_wrap=True)
        )
        sheet.write_string(row, 1, content, looks(border=1, text_wrap=True, valign="top"))
        sheet.write_string(row, 2, key)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    set_page(sheet, f"Lời văn: {kind.title}", landscape=True)


def _in_cells(given: RawTree) -> list[str]:
    """Paragraphs as the texts of as few cells as hold them, one blank cell for none."""
    cells = [""]
    for item in given if isinstance(given, tuple) else (given,):
        text = str(item.value) if isinstance(item, Raw) and item.value is not None else ""
        if cells[-1] and len(cells[-1]) + len(text) > _CELL_TEXT:
            cells.append(text)
        else:
            cells[-1] = f"{cells[-1]}\n{text}" if cells[-1] else text
    return cells


# ---------------------------------------------------------------- Câu chuyện, Xác nhận


def _write_stories(sheet: Any, looks: Looks, stories: Sequence[RawTree]) -> None:
    people = max((_count_people(story) for story in stories), default=0)
    columns = story_columns(people)
    _write_table(sheet, looks, columns, stories, _STORY_ROWS)
    for index in range(STORY_COLUMNS_SHOWN, len(columns)):
        hidden = index >= STORY_COLUMNS_SHOWN + 3 * (max(people, PEOPLE_SHOWN) - PEOPLE_SHOWN)
        sheet.set_column(index, index, columns[index][2], None, {"level": 1, "hidden": hidden})
    for index, (path, _, _) in enumerate(columns):
        if path[-1] == "consent":
            sheet.data_validation(1, index, 200, index, {
                "validate": "list", "source": ["Có", "Không"], "show_error": False})  # fmt: skip
    sheet.outline_settings(True, True, True, False)


def _count_people(story: RawTree) -> int:
    people = raw_at(story, ("people",), whole=True)
    return len(people) if isinstance(people, tuple) else 0


def _row_height(columns: Sequence[TableColumn], item: RawTree) -> int:
    """Room for the longest cell of a row; a program lays out no taller row than 400 points."""
    lines = 1
    for path, _, width in columns:
        raw = raw_at(item, path)
        text = str(raw.value) if isinstance(raw, Raw) else ""
        lines = max(lines, sum(1 + len(piece) // width for piece in text.split("\n")))
    return min(max(36, 17 * lines), 400)


def _write_table(
    sheet: Any,
    looks: Looks,
    columns: Sequence[TableColumn],
    items: Sequence[RawTree],
    spare: int,
) -> None:
    cell = looks(border=1, text_wrap=True, valign="top")
    for index, (path, header, width) in enumerate(columns):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, header, looks.head())
        for row in range(max(spare, len(items) + 1)):
            value = raw_at(items[row], path) if row < len(items) else None
            write_value(sheet, (row + 1, index), value, cell)
    sheet.set_row(0, 36)
    for row in range(max(spare, len(items) + 1)):
        sheet.set_row(row + 1, _row_height(columns, items[row]) if row < len(items) else 36)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    set_page(sheet, sheet.get_name(), landscape=True)
