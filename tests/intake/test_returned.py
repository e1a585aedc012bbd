"""Rows as people return them: the same data as before, or told exactly what is in doubt."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from generators.folding import fold
from generators.intake.cells import SheetFacts
from generators.intake.heads import find_head
from generators.intake.returned import read_rows
from generators.intake.sheet import Sheet
from generators.model import ERROR, NOTE, WARNING, Finding, Raw, RawRecord
from tests.intake.returning import LINES, REAL, Book, changed, data_of, form_of, of_json, taken

NAME = "phuc-loi-2020"
Change = Callable[[Book], object]


def told(found: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(each.code, each.severity, each.where) for each in found]


def assert_same(change: Change) -> None:
    data, found = taken(changed(change))
    assert told(found) == []
    assert data == data_of(NAME)


# ---------------------------------------------------------------- changes that mean nothing


def move_columns(book: Book) -> None:
    for row in book.lines.iter_rows(min_row=4):
        values = [(cell.value, cell.number_format) for cell in row if cell.column != 10]
        for cell, (value, shape) in zip(
            row, [*reversed(values), (None, "General")], strict=True
        ):
            cell.value, cell.number_format = value, shape


def insert_blank_lines(book: Book) -> None:
    for row in (150, 100, 50, 20, 6):
        book.lines.insert_rows(row)


def lose_codes(book: Book) -> None:
    book.drop_codes()


def lose_codes_and_levels_of_lines(book: Book) -> None:
    book.drop_codes()
    for row in range(5, book.lines.max_row + 1):
        if book.lines.cell(row, book.column("Cấp")).value == "Chỉ tiêu":
            book.lines.cell(row, book.column("Cấp")).value = None


def decompose_labels(book: Book) -> None:
    for row in book.lines.iter_rows(min_row=4):
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = unicodedata.normalize("NFD", cell.value)


def type_numbers_as_text(book: Book) -> None:
    for row in book.lines.iter_rows(min_row=5, min_col=4, max_col=7):
        for cell in row:
            if isinstance(cell.value, int):
                text = f"{cell.value:,}".replace(",", ".")
                wide = text.translate({48 + n: 0xFF10 + n for n in range(10)})
                cell.value = [f"\u00a0{text}\u2009", wide, text.replace(".", "\u202f")][
                    cell.row % 3
                ]


def delete_unused_rows(book: Book) -> None:
    for row in range(book.lines.max_row, 4, -1):
        cells = [cell.value for cell in book.lines[row]]
        if not any(isinstance(cell, int) for cell in cells[3:7]) and cells[8] != "Mục" \
                and not any(isinstance(cell, str) for cell in cells[3:7]):  # fmt: skip
            book.lines.delete_rows(row)


def reorder_sections(book: Book) -> None:
    rows = [[cell.value for cell in row] for row in book.lines.iter_rows(min_row=5)]
    starts = [at for at, row in enumerate(rows) if row[8] == "Mục"]
    blocks = [rows[a:b] for a, b in zip(starts, [*starts[1:], len(rows)], strict=True)]
    tail = [blocks[-1].pop()]
    for at, row in enumerate([row for block in reversed(blocks) for row in block] + tail, 5):
        for column, value in enumerate(row, 1):
            book.lines.cell(at, column).value = value if column != 10 else None


def number_the_columns(book: Book) -> None:
    book.lines.insert_rows(5)
    for column, word in enumerate(["A", "B", "C", 1, 2, "3=2/1", 4, 5], 1):
        book.lines.cell(5, column).value = word


def repeat_the_head(book: Book) -> None:
    book.lines.insert_rows(60)
    for cell in book.lines[4]:
        book.lines.cell(60, cell.column).value = cell.value


def hide_rows(book: Book) -> None:
    for row in range(5, 80):
        book.lines.row_dimensions[row].hidden = True


def calculate(book: Book) -> None:
    """A number may be a fraction of the binary kind: 0.1 + 0.2."""
    book.put(book.row("Quà Tết của quận"), amount=158300000.0000000001)


def clear_form_words(book: Book) -> None:
    for row in (1, 2, 3):
        book.lines.unmerge_cells(start_row=row, start_column=1, end_row=row, end_column=8)
        book.lines.cell(row, 1).value = None


@pytest.mark.parametrize("change", [
    move_columns, insert_blank_lines, lose_codes, lose_codes_and_levels_of_lines, decompose_labels,
    type_numbers_as_text, delete_unused_rows, number_the_columns, repeat_the_head, hide_rows,
    calculate, clear_form_words,
], ids=lambda change: change.__name__)  # fmt: skip
def test_a_change_that_means_nothing_changes_nothing(change: Change) -> None:
    assert_same(change)


def test_sections_in_another_order_give_the_same_lines() -> None:
    data, found = taken(changed(reorder_sections))
    before = data_of(NAME)
    assert told(found) == []
    assert data is not None
    assert sorted(data.lines, key=str) == sorted(before.lines, key=str)


def test_hidden_rows_are_read() -> None:
    def change(book: Book) -> None:
        row = book.put(book.row("Hộ thoát nghèo"), value=7)
        book.lines.row_dimensions[row].hidden = True

    data, found = taken(changed(change))
    assert told(found) == []
    assert data is not None
    assert [
        str(line.value.value)
        for line in data.lines
        if line.code == "thoat_ngheo" and line.value
    ] == ["7"]


# ---------------------------------------------------------------- changes that are asked about

HEAD = "Số liệu!{}4"


@lru_cache(maxsize=1)
def untouched() -> Book:
    return Book(form_of(NAME))


@lru_cache(maxsize=64)
def row_of(label: str) -> int:
    return untouched().row(label)


def cell(column: str, label: str, more: int = 0) -> str:
    return f"Số liệu!{column}{row_of(label) + more}"


POOR, WORK, TET = "Hộ thoát nghèo", "Lao động được giải quyết việc làm", "Quà Tết của quận"


def at(label: str, /, **words: Any) -> Change:
    return lambda book: book.put(book.row(label), **words)


def insert(label: str, /, **words: Any) -> Change:
    """Insert a row below the one labelled so."""

    def change(book: Book) -> None:
        row = book.row(label) + 1
        book.lines.insert_rows(row)
        book.put(row, **words)

    return change


ASKED: dict[str, tuple[Change, list[tuple[str, str, str]]]] = {
    "a broken formula": (at(POOR, value="#REF!"), [("number.formula_error", ERROR, cell("E", POOR))]),
    "a formula never calculated": (
        at(POOR, value="=1+1"), [("cell.uncalculated", ERROR, cell("E", POOR))]),
    "TRUE": (at(POOR, value=True), [("number.boolean", ERROR, cell("E", POOR))]),
    "2/5 made a date": (
        at(POOR, value=datetime(2026, 5, 2)), [("number.date", ERROR, cell("E", POOR))]),  # noqa: DTZ001
    "an English fraction": (at(POOR, value=1.611), [("number.fraction", ERROR, cell("E", POOR))]),
    "a label typed over": (
        at(POOR, label="Hộ khá giả", value=4), [("row.label_changed", WARNING, cell("B", POOR))]),
    "another line's label": (
        at(POOR, label="Số hộ nghèo", value=4),
        [("row.label_changed", ERROR, cell("B", POOR))]),
    "a giver's label typed over": (
        at(TET, label="Quà Tết của Hội Chữ thập đỏ"), [("row.label_changed", ERROR, cell("B", TET))]),
    "khẩu for hộ": (
        at(POOR, unit="khẩu", value=4), [("row.unit_changed", ERROR, cell("C", POOR))]),
    "Tr. đồng for đồng": (
        at("Vận động Quỹ “Đền ơn đáp nghĩa”", unit="Tr. đồng"),
        [("row.unit_changed", ERROR, cell("C", "Vận động Quỹ “Đền ơn đáp nghĩa”"))]),
    "a line said to be a part": (
        at(POOR, level="Chia ra", value=4), [("row.level_changed", ERROR, cell("B", POOR))]),
    "a level nobody knows": (
        insert(POOR, label="Khác", unit="hộ", value=4, level="Loại", code="/"),
        [("row.level_unknown", ERROR, cell("B", POOR, 1))]),
    "a part below a free row without label": (
        insert(POOR, unit="hộ", value=4, level="Chỉ tiêu"),
        [("row.no_label", ERROR, cell("B", POOR, 1))]),
    "a number in the row of a section": (
        at("Giảm nghèo bền vững", value=40),
        [("row.figures_in_heading", ERROR, cell("E", "Giảm nghèo bền vững"))]),
    "a remark in the row of a section": (
        at("Giảm nghèo bền vững", note="xem biểu 2"),
        [("row.text_in_heading", NOTE, cell("H", "Giảm nghèo bền vững"))]),
    "a number above the table": (
        lambda book: book.lines.__setitem__("K2", 77),
        [("cell.number_misplaced", WARNING, "Số liệu!K2")]),
    "a number in the column Cấp": (
        at(POOR, level=5), [("cell.number_misplaced", WARNING, cell("I", POOR))]),
    "a number over Đọc là": (
        at(POOR, said=5), [("cell.number_misplaced", WARNING, cell("J", POOR))]),
    "an amount in the column STT": (
        at(POOR, stt=51200000), [("cell.number_misplaced", WARNING, cell("A", POOR))]),
    "a code of another form": (
        insert(POOR, label="Khác hẳn", unit="hộ", value=4, level="Chỉ tiêu", code="ma_cu"),
        [("row.unknown_code", ERROR, cell("B", POOR, 1))]),
    "the name of a section typed over": (
        at("Giảm nghèo bền vững", label="Giảm nghèo"),
        [("row.heading_changed", WARNING, cell("B", "Giảm nghèo bền vững"))]),
    "the same line twice": (
        insert("Số hộ cận nghèo", label="Số hộ cận nghèo", unit="hộ", value=30, level="Chỉ tiêu",
               code="ho_can_ngheo"),
        [("line.duplicate", ERROR, cell("B", "Số hộ cận nghèo", 1))]),
    "somebody's own total": (
        insert(POOR, label="Tổng cộng", unit="hộ", value=34, level="Chỉ tiêu"),
        [("row.own_total", ERROR, cell("B", POOR, 1))]),
    "a free row like one of the catalogue": (
        insert(POOR, label="Hộ thoát nghèo.", unit="hộ", value=34, level="Chỉ tiêu",
               code="+giam_ngheo"),
        [("row.like_catalogue", WARNING, cell("B", POOR, 1))]),
    "words without a number": (
        at(POOR, note="xét cuối năm"), [("row.no_figures", NOTE, cell("B", POOR))]),
    "a free row without a number": (
        insert(POOR, label="Hộ khó khăn", unit="hộ", level="Chỉ tiêu"),
        [("row.no_figures", NOTE, cell("B", POOR, 1))]),
    "a section that the kind does not have": (
        insert(POOR, label="Việc khác", level="Mục"),
        [("row.unknown_heading", WARNING, cell("B", POOR, 1))]),
    "a head with another unit": (
        lambda book: book.lines.__setitem__("F4", "Kinh phí (nghìn đồng)"),
        [("column.renamed", ERROR, "Số liệu!F4")]),
    "a head with more words": (
        lambda book: book.lines.__setitem__("E4", "Thực hiện 6 tháng đầu năm 2020"),
        [("column.renamed", ERROR, "Số liệu!E4"), ("column.missing", ERROR, "Số liệu!A4")]),
    "numbers right of the table": (
        lambda book: book.lines.cell(20, book.lines.max_column + 2, 12),
        [("column.not_taken", WARNING, "Số liệu!BC4")]),
    "a column of one's own": (
        lambda book: (book.lines.insert_cols(8), book.lines.__setitem__("H4", "Tỷ lệ %"),
                      book.lines.__setitem__("H20", 33)),
        [("column.not_taken", WARNING, "Số liệu!H4")]),
    "a column twice": (
        lambda book: (book.lines.__setitem__("K4", "Thực hiện"), book.lines.__setitem__("K9", 3)),
        [("column.twice", ERROR, "Số liệu!K4")]),
    "no head": (
        lambda book: book.lines.delete_rows(4),
        [("workbook.head_missing", ERROR, "Số liệu")]),
    "a spare giver row without a giver": (
        at("Quà Tết của …", value=5), [("row.no_label", ERROR, cell("B", "Quà Tết của …"))]),
}  # fmt: skip


FOLLOWS = {
    "a head with another unit": ("line.empty",),
    "a head with more words": ("line.empty", "line.no_result", "row.no_figures"),
    "a column twice": ("line.empty",),
}


@pytest.mark.parametrize("case", ASKED)
def test_what_is_in_doubt_is_asked_about_and_nothing_else(case: str) -> None:
    change, expected = ASKED[case]
    found = taken(changed(change))[1]
    known = [each for each in found if each.code not in FOLLOWS.get(case, ())]
    assert told(tuple(known)) == expected
    for each in found:
        assert each.message.endswith(".")
        assert each.remedy.endswith(".")


# ---------------------------------------------------------------- merged cells


def merge(first: str, last: str) -> Change:
    return lambda book: book.lines.merge_cells(f"{first}:{last}")


def test_a_number_merged_over_two_rows_is_asked_about() -> None:
    row = row_of("Quà Tết của quận")

    def change(book: Book) -> None:
        book.put(row + 1, value=None)
        book.lines.merge_cells(f"E{row}:E{row + 1}")

    assert told(taken(changed(change))[1]) == [("cell.merged", ERROR, f"Số liệu!E{row}")]


def test_merged_labels_and_headings_are_harmless() -> None:
    row = row_of("Giảm nghèo bền vững")
    assert_same(merge(f"B{row}", f"C{row}"))


# ---------------------------------------------------------------- percent, status words


def test_a_cell_shown_as_percent_is_its_percent() -> None:
    def change(book: Book) -> None:
        row = book.put(book.row("Tỷ lệ hộ nghèo"), value=0.4)
        book.lines.cell(row, 5).number_format = "0%"

    data, found = taken(changed(change))
    assert told(found) == []
    assert data is not None
    assert [
        str(line.value.value)
        for line in data.lines
        if line.code == "ho_ngheo_ty_le" and line.value
    ] == ["40"]


def test_a_percent_with_three_decimals_is_read() -> None:
    def change(book: Book) -> None:
        row = book.put(book.row("Tỷ lệ hộ nghèo"), value=0.12345)
        book.lines.cell(row, 5).number_format = "0.000%"

    data, found = taken(changed(change))
    assert told(found) == []
    assert data is not None
    assert "12.345" in [str(line.value.value) for line in data.lines if line.value]


def test_a_percent_of_people_is_refused() -> None:
    def change(book: Book) -> None:
        row = book.put(book.row(POOR), value=0.4)
        book.lines.cell(row, 5).number_format = "0%"

    assert told(taken(changed(change))[1]) == [("number.percent", ERROR, cell("E", POOR))]


@pytest.mark.parametrize("word", ["Không phát sinh", "chưa có số liệu", "XÉT CUỐI NĂM"])
def test_status_words_in_a_figures_cell_are_a_status(word: str) -> None:
    data, found = taken(changed(at(POOR, value=word)))
    assert told(found) == []
    assert data is not None
    assert [line.status for line in data.lines if line.code == "thoat_ngheo"] == [word.lower()]


# ---------------------------------------------------------------- givers


def test_a_spare_row_takes_its_giver_from_the_label() -> None:
    for label in ("Quà Tết của Hội Chữ thập đỏ", "Hội Chữ thập đỏ"):
        data, found = taken(changed(at("Quà Tết của …", label=label, value=5)))
        assert told(found) == []
        assert data is not None
        (line,) = [line for line in data.lines if line.giver == "Hội Chữ thập đỏ"]
        assert (line.code, line.label) == ("qua_tet", "Quà Tết của Hội Chữ thập đỏ")


def test_a_row_pasted_without_code_and_giver_is_known_by_its_label() -> None:
    assert_same(at(TET, code=None, giver=None))


def test_a_line_named_after_the_whole_line_has_no_giver() -> None:
    data, _ = taken(changed(at("Quà Tết của …", label="Quà tết Nguyên đán", value=5)))
    assert data is not None
    assert [line.giver for line in data.lines if line.value and line.value.value == 5] == [""]


# ---------------------------------------------------------------- free rows and parts


def test_a_free_row_has_parts_three_levels_deep() -> None:
    def change(book: Book) -> None:
        row = book.free_row("giam_ngheo")
        book.lines.insert_rows(row + 1, 3)
        book.put(row, label="Hộ được vay vốn", unit="hộ", value=10)
        book.put(row + 1, label="vay lần đầu", level="Chia ra", value=6)
        book.put(row + 2, label="phụ nữ", level="Trong đó cấp 2", value=4)
        book.put(row + 3, label="dưới 30 tuổi", level="Chia ra cấp 3", value=4)

    data, found = taken(changed(change))
    assert told(found) == []
    assert data is not None
    (line,) = [line for line in data.lines if line.label == "Hộ được vay vốn"]
    assert line.parts[0].of_which[0].parts[0].label == "dưới 30 tuổi"
    assert line.parts[0].of_which[0].parts[0].unit == "hộ"


def test_a_free_row_may_have_its_numbers_in_its_parts_only() -> None:
    data, found = taken(of_json({"section": "giam_ngheo", "label": "Hộ vay vốn", "unit": "hộ",
                                 "parts": [{"label": "lần đầu", "value": 6}]}))  # fmt: skip
    assert told(found) == []
    assert data is not None
    assert data.lines[0].parts[0].label == "lần đầu"


def test_parts_below_a_row_not_taken_do_not_go_to_the_line_above() -> None:
    def change(book: Book) -> None:
        row = book.row(POOR) + 1
        book.lines.insert_rows(row, 2)
        book.put(row, unit="hộ", value=4, level="Chỉ tiêu")
        book.put(row + 1, label="lần đầu", value=4, level="Chia ra")

    assert told(taken(changed(change))[1]) == [
        ("row.no_label", ERROR, cell("B", POOR, 1)),
        ("row.part_without_line", ERROR, cell("B", POOR, 2)),
    ]


def test_a_ready_part_moved_under_another_line_is_asked_about() -> None:
    def change(book: Book) -> None:
        old = book.row("tự tạo việc làm")
        values = [each.value for each in book.lines[old]]
        book.lines.delete_rows(old)
        new = book.row("xây mới", after=book.row("Nhà tạm, nhà dột nát được xóa"))
        book.put(new - 1, value=9)
        book.lines.insert_rows(new)
        for column, value in enumerate(values, 1):
            book.lines.cell(new, column).value = value if column != 10 else None

    found = told(taken(changed(change))[1])
    assert [each[:2] for each in found] == [("row.part_moved", ERROR)]


def test_a_free_row_moved_to_another_section_is_asked_about() -> None:
    def change(book: Book) -> None:
        row = book.free_row("bao_tro")
        book.put(row, label="Bữa cơm nghĩa tình", unit="suất", value=3, code="+giam_ngheo")

    data, found = taken(changed(change))
    assert [each[:2] for each in told(found)] == [("row.section_doubt", WARNING)]
    assert data is not None
    assert [line.section for line in data.lines if line.label == "Bữa cơm nghĩa tình"] == [
        "bao_tro"
    ]


def test_words_of_the_people_who_sign_are_noted() -> None:
    def change(book: Book) -> None:
        row = book.lines.max_row + 2
        book.put(row, label="Người lập biểu", amount="CHỦ TỊCH")
        book.put(row + 1, amount="Phúc Lợi, ngày 3 tháng 8 năm 2020")

    found = taken(changed(change))[1]
    assert {each[:2] for each in told(found)} == {("row.remark", NOTE)}
    assert len(found) == 3


# ---------------------------------------------------------------- rates


def test_rates_with_their_counts_come_back() -> None:
    rate = [
        {"rate": 200000, "count": 112},
        {"rate": "300.000 - 400.000", "count": 2},
        {"rate": 5000},
    ]
    data, found = taken(of_json({"code": "ncc_tho_cung", "value": 115, "rate": rate}))
    assert told(found) == []
    assert data is not None
    assert [(str(r.value.value), r.count and int(r.count.value)) for r in data.lines[0].rate] == [
        ("200000", 112), ("300000", 2), ("5000", None)]  # fmt: skip


@pytest.mark.parametrize("typed", ["× 112", "200.000 ×", "200.000 x 112; × 3"])
def test_a_rate_half_said_is_refused(typed: str) -> None:
    def change(book: Book) -> None:
        book.lines.cell(book.row(POOR), book.column("Mức (đồng)")).value = typed
        book.put(book.row(POOR), value=3)

    found = told(taken(changed(change))[1])
    assert found
    assert {each[1] for each in found} == {ERROR}


# ---------------------------------------------------------------- no number is ever lost


@lru_cache(maxsize=1)
def grid() -> tuple[tuple[Any, ...], ...]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(form_of(NAME)))
    rows = book.get_sheet_by_name(LINES).to_python(skip_empty_area=False)
    width = max(map(len, rows))
    return tuple((*row, *[""] * (width - len(row))) for row in rows)


CODE = len(grid()[3]) - 1
ROW, COLUMN = st.integers(0, len(grid()) - 1), st.integers(0, CODE + 2)
WORDS = ["", "Chỉ tiêu", "Chia ra", "Trong đó cấp 2", "Mục", "Thực hiện", "Hộ thoát nghèo", "Tổng cộng",
         "#te_nan", "+te_nan", "/viec_lam", "/", "Quà Tết của Hội", "…", "người", "1"]  # fmt: skip
SLIPS = st.one_of(
    st.tuples(st.just("swap"), ROW, ROW),
    st.tuples(st.just("insert"), ROW, ROW),
    st.tuples(st.just("copy"), ROW, ROW),
    st.tuples(st.just("blank"), ROW, COLUMN),
    st.tuples(st.just("number"), ROW, COLUMN),
    st.tuples(st.just("swap columns"), COLUMN, COLUMN),
    st.tuples(st.sampled_from(WORDS), ROW, COLUMN),
)


def slipped(slips: list[tuple[str, int, int]]) -> list[list[Any]]:
    rows = [[*row, "", ""] for row in grid()]
    for number, (slip, one, other) in enumerate(slips):
        if slip == "swap":
            rows[one], rows[other] = rows[other], rows[one]
        elif slip == "insert":
            rows.insert(one, [""] * len(rows[0]))
        elif slip == "copy":
            rows.insert(one, list(rows[other]))
        elif slip == "number":
            rows[one][other] = 5000.0 + number
        elif slip == "swap columns":
            for row in rows:
                row[one], row[other] = row[other], row[one]
        else:
            rows[one][other] = "" if slip == "blank" else slip
    return rows


def places(tree: object) -> set[str]:
    if isinstance(tree, Raw):
        return {tree.place}
    inner = tree.fields.values() if isinstance(tree, RawRecord) else tree
    return set().union(*map(places, inner)) if isinstance(inner, Iterable) else set()


@settings(max_examples=60, deadline=None)
@given(st.lists(SLIPS, max_size=60))
def test_no_number_is_lost_however_rows_and_columns_are_moved(
    slips: list[tuple[str, int, int]],
) -> None:
    sheet = Sheet(LINES, slipped(slips), SheetFacts())
    head = find_head(sheet)
    records, found = read_rows(sheet, REAL)
    known = places(records) | {each.where for each in found}
    if LINES in known:  # no head: the whole sheet is reported
        return
    labels = next(at for at in range(1, sheet.columns + 1)
                  if fold(str(sheet.plain(head, at))) in ("chi tieu",))  # fmt: skip
    for row in range(1, sheet.rows + 1):
        for column in range(1, sheet.columns + 1):
            value = sheet.plain(row, column)
            numbered = fold(str(sheet.plain(head, column))) == "stt"
            if isinstance(value, float) and not (numbered and value < 1000) and value != 1.0:
                spots = {
                    sheet.place(row, column),
                    sheet.place(row, labels),
                    sheet.place(head, column),
                }
                assert spots & known, (sheet.place(row, column), value)
