"""The Excel door: what LibreOffice, and imitations of other programs, give back; fuzzed cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generators.intake.form import write_form
from generators.intake.workbook import read_workbook
from generators.kinds import ReportKind
from generators.model import ERROR, NOTE, WARNING, RawInput
from generators.pipeline import Source, examine, generate
from tests.document.making import all_but_trace
from tests.intake.conftest import RESAVED
from tests.intake.returning import (
    FIXTURES,
    NAMES,
    REAL,
    Book,
    changed,
    data_of,
    find_kind,
    form_of,
    payload_of,
    pictures_of,
    rewritten,
    taken,
)

NAME = "phuc-loi-2020"
MAY = datetime(2026, 5, 2)  # noqa: DTZ001 - cells know no zones


def told(workbook: bytes) -> list[tuple[str, str, str]]:
    return [(each.code, each.severity, each.where) for each in taken(workbook)[1]]


# ---------------------------------------------------------------- both doors


@pytest.mark.parametrize("name", NAMES)
def test_both_doors_give_the_same_document(name: str) -> None:
    json = Source((FIXTURES / name / "input.json").read_bytes(), pictures_of(name))
    excel = Source(form_of(name), pictures_of(name))
    by_excel, by_json = generate(examine(excel)), generate(examine(json))
    assert all_but_trace(by_excel) == all_but_trace(by_json)


@pytest.mark.parametrize("form", RESAVED)
@pytest.mark.parametrize("name", NAMES)
def test_what_libreoffice_saves_again_is_the_same(
    name: str, form: str, resaved: Mapping[tuple[str, str], bytes]
) -> None:
    data, found = taken(resaved[name, form], name)
    assert found == ()
    assert data == data_of(name)


def test_a_form_read_and_written_again_is_the_same_form() -> None:
    again = write_form(REAL, read_workbook(form_of(NAME), find_kind))
    assert again == write_form(REAL, read_workbook(again, find_kind))
    data, found = taken(again)
    assert found == ()
    assert data == data_of(NAME)


# ---------------------------------------------------------------- other programs, imitated


def inline_strings(data: bytes) -> bytes:
    """Shared strings as strings in the cells, no table of them."""
    shared: list[str] = []

    def gather(name: str, text: str) -> str:
        if name == "xl/sharedStrings.xml":
            shared.extend(re.findall(r"<si>(.*?)</si>", text, re.DOTALL))
        return text

    def change(name: str, text: str) -> str | None:
        if name == "xl/sharedStrings.xml":
            return None
        if name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            return re.sub(r"<(?:Override|Relationship)[^>]*sharedStrings[^>]*/>", "", text)
        return re.sub(
            r'<c r="([A-Z]+\d+)"([^>]*) t="s"><v>(\d+)</v></c>',
            lambda m: f'<c r="{m[1]}"{m[2]} t="inlineStr"><is>{shared[int(m[3])]}</is></c>', text,
        )  # fmt: skip

    rewritten(data, gather)
    return rewritten(data, change)


def without_references(data: bytes) -> bytes:
    """Cells without their addresses: each follows the one before."""

    def change(name: str, text: str) -> str:
        if not name.startswith("xl/worksheets/sheet"):
            return text
        return re.sub(r"<row [^>]*?r=\"(\d+)\"[^>]*?>.*?</row>", _filled, text, flags=re.DOTALL)

    return rewritten(data, change)


def _filled(row: re.Match[str]) -> str:
    """The row with all cells up to the last in place, their addresses gone."""
    cells = {_index(ref): whole for whole, ref in re.findall(r'(<c r="([A-Z]+)\d+"[^>]*?(?:/>|>.*?</c>))',
                                                             row[0], re.DOTALL)}  # fmt: skip
    body = "".join(re.sub(r' r="[A-Z]+\d+"', "", cells.get(at, "<c/>"), count=1)
                   for at in range(1, max(cells, default=0) + 1))  # fmt: skip
    return f'<row r="{row[1]}">{body}</row>'


def _index(letters: str) -> int:
    total = 0
    for letter in letters:
        total = total * 26 + ord(letter) - 64
    return total


def rich_and_phonetic(data: bytes) -> bytes:
    """Shared strings in runs of different looks, with a reading beside them."""

    def change(name: str, text: str) -> str:
        if name != "xl/sharedStrings.xml":
            return text
        return re.sub(
            r"<si><t>([^<]{4,}?)([^<]{2})</t></si>",
            r'<si><r><rPr><b/></rPr><t xml:space="preserve">\1</t></r><r><t xml:space="preserve">'
            r'\2</t></r><rPh sb="0" eb="1"><t>ザ</t></rPh><phoneticPr fontId="1"/></si>',
            text,
        )

    return rewritten(data, change)


def without_names(data: bytes) -> bytes:
    """No defined names, no data validation, no comments' drawing, no conditional looks."""

    def change(_name: str, text: str) -> str:
        for element in (
            "definedNames",
            "dataValidations",
            "conditionalFormatting",
            "ignoredErrors",
        ):
            text = re.sub(rf"<{element}.*?</{element}>", "", text, flags=re.DOTALL)
        return text

    return rewritten(data, change)


def numbers_as_text(data: bytes) -> bytes:
    def change(name: str, text: str) -> str:
        if name != "xl/worksheets/sheet2.xml":
            return text
        return re.sub(r'<c r="([D-G]\d+)"( s="\d+")?><v>(\d+)</v></c>',
                      r'<c r="\1"\2 t="inlineStr"><is><t>\3</t></is></c>', text)  # fmt: skip

    return rewritten(data, change)


def sheets_in_another_order(data: bytes) -> bytes:
    return changed(lambda book: book.book.move_sheet("Số liệu", 3), data)


def all_at_once(data: bytes) -> bytes:
    return without_references(numbers_as_text(inline_strings(without_names(data))))


@pytest.mark.parametrize("write", [
    inline_strings, without_references, rich_and_phonetic, without_names, numbers_as_text,
    sheets_in_another_order, all_at_once,
], ids=lambda write: write.__name__)  # fmt: skip
def test_a_file_as_other_programs_write_it_is_the_same(write: Callable[[bytes], bytes]) -> None:
    """Imitated: neither Google Sheets nor WPS was at hand; these are habits they are known for."""
    data, found = taken(write(form_of(NAME)))
    assert found == ()
    assert data == data_of(NAME)


# ---------------------------------------------------------------- sheets


def test_renamed_sheets_are_known_by_what_stands_in_them() -> None:
    def change(book: Book) -> None:
        for number, name in enumerate(list(book.book.sheetnames)):
            book[name].title = f"Trang{number}"

    data, found = taken(changed(change))
    assert found == ()
    assert data == data_of(NAME)


def test_a_missing_table_is_one_finding() -> None:
    assert told(changed(lambda book: book.book.remove(book.lines))) == [
        ("workbook.sheet_missing", ERROR, "Số liệu")
    ]


def test_a_missing_first_sheet_is_told() -> None:
    found = told(changed(lambda book: book.book.remove(book["Thông tin"])))
    assert ("workbook.sheet_missing", ERROR, "Thông tin") in found


def test_two_sheets_that_look_alike_are_asked_about() -> None:
    def change(book: Book) -> None:
        book.book.copy_worksheet(book.lines)
        book.lines.title = "Bản 1"

    assert ("workbook.sheet_missing", ERROR, "Số liệu") in told(changed(change))


def test_a_copy_beside_the_table_is_told() -> None:
    assert told(changed(lambda book: book.book.copy_worksheet(book.lines))) == [
        ("sheet.not_taken", WARNING, "Số liệu Copy")
    ]


def test_sheets_of_ones_own_are_told() -> None:
    def change(book: Book) -> None:
        book.book.create_sheet("Nháp")["B2"] = 1500
        book.book.create_sheet("Ghi chú")["B2"] = "gọi lại chị Hoa"
        book.book.create_sheet("Trống")
        book["Nháp"].sheet_state = "hidden"

    assert told(changed(change)) == [
        ("sheet.not_taken", WARNING, "Nháp"), ("sheet.not_taken", NOTE, "Ghi chú")]  # fmt: skip


def test_a_hidden_table_is_read() -> None:
    data, found = taken(changed(lambda book: setattr(book.lines, "sheet_state", "hidden")))
    assert found == ()
    assert data == data_of(NAME)


def test_a_sheet_with_a_chart_only_is_no_matter() -> None:
    def change(book: Book) -> None:
        book.book.create_chartsheet("Biểu đồ")

    assert taken(changed(change)) == (data_of(NAME), ())


# ---------------------------------------------------------------- Thông tin, Lời văn, Câu chuyện


def test_thong_tin_without_its_keys_is_known_by_its_labels() -> None:
    def change(book: Book) -> None:
        book["Thông tin"].delete_cols(4)

    assert taken(changed(change)) == (data_of(NAME), ())


def test_thong_tin_with_columns_and_rows_moved_is_the_same() -> None:
    def change(book: Book) -> None:
        sheet = book["Thông tin"]
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.insert_cols(1)
        sheet.insert_rows(6)

    assert taken(changed(change)) == (data_of(NAME), ())


def test_what_thong_tin_has_no_place_for_is_told() -> None:
    def change(book: Book) -> None:
        sheet = book["Thông tin"]
        sheet["A80"], sheet["B80"] = "Điện thoại", "0912345678"
        sheet["F5"] = 12
        sheet["A4"], sheet["D4"] = "Kỳ BC", None

    assert told(changed(change))[:3] == [
        ("cell.not_taken", WARNING, "Thông tin!B4"),
        ("cell.not_taken", WARNING, "Thông tin!F5"),
        ("cell.not_taken", WARNING, "Thông tin!B80"),
    ]


def test_an_answer_given_twice_or_unclear_is_asked_about() -> None:
    def change(book: Book) -> None:
        sheet = book["Thông tin"]
        sheet["A80"], sheet["B80"] = "Địa danh", "Hà Nội"
        sheet["A4"] = "Địa danh"

    assert told(changed(change))[:2] == [
        ("info.unclear", ERROR, "Thông tin!A4"), ("info.twice", ERROR, "Thông tin!B80")]  # fmt: skip


def test_prose_without_its_keys_or_without_a_place() -> None:
    def change(book: Book) -> None:
        sheet = book["Lời văn"]
        sheet.delete_cols(3)
        sheet["A30"], sheet["B30"], sheet["D2"] = "Chỗ lạ", "Lời lạ", "xem lại"

    data, found = taken(changed(change))
    assert [(each.code, each.where) for each in found] == [
        ("cell.not_taken", "Lời văn!D2"), ("row.not_taken", "Lời văn!B30")]  # fmt: skip
    assert data is not None
    assert data.texts == data_of(NAME).texts


def test_a_column_of_ones_own_beside_the_stories_is_told() -> None:
    name = "thanh-khe-2023"

    def change(book: Book) -> None:
        sheet = book["Câu chuyện"]
        sheet.insert_cols(1)
        sheet["A1"], sheet["A2"] = "Người gửi", "Tổ 31"

    data, found = taken(changed(change, form_of(name)), name)
    assert [(each.code, each.where) for each in found] == [
        ("column.not_taken", "Câu chuyện!A1")
    ]
    assert data == data_of(name)


# ---------------------------------------------------------------- nothing raises


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(-1e300, 1e300),
    st.sampled_from([
        "", " ", "#REF!", "=1+1", "=A1", "…", "Chỉ tiêu", "Thực hiện", "Mục", "Chia ra", "Trong đó cấp 4",
        "#giam_ngheo", "+giam_ngheo", "/viec_lam", "/", "+", "#", "qua_tet", "2/5", "trên 6 tỷ", "× 3; ;",
        "không phát sinh", "1.611", "org_unit.within.99", "document.recipients.0.x", "kind", "A", "1",
        "Quà Tết của", "Đơn vị báo cáo", MAY, "40%", "\u200b", "12\u00a0000", "{1}",
    ]),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12),
)  # fmt: skip
SPOTS = st.tuples(st.integers(0, 4), st.integers(1, 70), st.integers(1, 12))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(SPOTS, ODD), min_size=1, max_size=40))
def test_no_cell_makes_the_reader_raise(
    slips: list[tuple[tuple[int, int, int], object]],
) -> None:
    def change(book: Book) -> None:
        for (sheet, row, column), value in slips:
            at = book.book.worksheets[sheet].cell(row, column)
            if type(at).__name__ == "Cell":
                at.value = value

    assert isinstance(read_workbook(changed(change), find_kind), RawInput)


RAW_VALUES = [
    "1e999",
    "-1e999",
    "NaN",
    "inf",
    "1e-400",
    "0x1F",
    "",
    " 5 ",
    "१२",
    "1,5",
    "99999999999999999999",
]


@pytest.mark.parametrize("raw", RAW_VALUES)
def test_no_number_in_the_file_makes_the_reader_raise(raw: str) -> None:
    def change(name: str, text: str) -> str:
        return (
            text.replace("<v>249</v>", f"<v>{raw}</v>") if name.endswith("sheet2.xml") else text
        )

    found = read_workbook(rewritten(form_of(NAME), change), find_kind)
    assert isinstance(found, RawInput)


def test_a_kind_nobody_knows_leaves_the_table_unread() -> None:
    def nothing(_kind: str) -> ReportKind | None:
        return None

    assert "lines" not in read_workbook(form_of(NAME), nothing).root.fields
    assert "lines" in read_workbook(form_of(NAME), find_kind).root.fields
    assert payload_of(NAME).findings == ()


# ---------------------------------------------------------------- the reader itself fails


class PanicException(BaseException):
    """What a panic of a reader written in Rust arrives as: no Exception."""


@pytest.mark.parametrize(
    "fault", [PanicException("index out of bounds"), ValueError("no sheet")]
)
def test_a_reader_that_fails_is_a_damaged_file(
    fault: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> object:
        raise fault

    monkeypatch.setattr("generators.intake.workbook._sheets", fail)
    (found,) = read_workbook(form_of(NAME), find_kind).findings
    assert (found.code, found.severity) == ("file.damaged", ERROR)
    assert found.message == "Tệp bị hỏng: không đọc được các trang của bảng tính."


def test_what_is_no_fault_of_the_reader_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*args: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("generators.intake.workbook._sheets", stop)
    with pytest.raises(KeyboardInterrupt):
        read_workbook(form_of(NAME), find_kind)
