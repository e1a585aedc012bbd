"""The form that staff fill: what stands in it, and that a payload comes back out of it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from generators.intake.form import write_form
from generators.intake.payload import read_payload
from generators.intake.validation import validate
from generators.intake.workbook import read_workbook
from generators.model import PeriodData
from tests.building import as_json
from tests.intake.returning import (
    REAL,
    Book,
    converted,
    find_kind,
    form_of,
    of_json,
    plain,
    taken,
)

BLANK = write_form(REAL)


def xml(part: str, data: bytes = BLANK) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(part).decode()


TABLE = xml("xl/worksheets/sheet2.xml")


# ---------------------------------------------------------------- the blank form


def test_equal_input_gives_equal_bytes() -> None:
    assert write_form(REAL) == BLANK


def test_every_line_of_the_catalogue_stands_in_the_form() -> None:
    book = Book(BLANK)
    labels = {row[1].value for row in book.lines.iter_rows(min_row=5)}
    wanted = {row.label for spec in REAL.lines for row in spec.rows}
    wanted |= {spec.label for spec in REAL.lines if not spec.rows}
    wanted |= {total.label for total in REAL.totals} | {each.title for each in REAL.sections}
    assert wanted <= labels


def test_a_blank_form_says_nothing_and_nothing_is_amiss_with_it() -> None:
    raw = read_workbook(BLANK, find_kind)
    assert raw.findings == ()
    assert raw.root.fields["lines"] == ()
    assert list(raw.root.fields["texts"].fields) == []  # type: ignore[union-attr]


def test_the_table_prints_on_a4_with_its_head_on_every_page() -> None:
    book = xml("xl/workbook.xml")
    assert re.search(r"Print_Titles\"[^>]*>'Số liệu'!\$4:\$4<", book)
    assert re.search(r"Print_Area\"[^>]*>'Số liệu'!\$A\$1:\$H\$", book)
    assert re.search(
        r'<pageSetup paperSize="9"[^>]* fitToHeight="0" orientation="landscape"', TABLE
    )


def test_the_head_stays_in_sight_and_rarer_columns_are_folded_away() -> None:
    assert '<pane xSplit="2" ySplit="4" topLeftCell="C5"' in TABLE
    book = Book(BLANK)
    shown = [cell.value for cell in book.lines[4]
             if not book.lines.column_dimensions[cell.column_letter].hidden][:10]  # fmt: skip
    assert shown == ["STT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "Kinh phí (đồng)", "Cùng kỳ",
                     "Ghi chú", "Cấp", "Đọc là"]  # fmt: skip
    assert 'outlineLevel="1"' in TABLE
    assert book.lines.column_dimensions["BA"].hidden


def test_nothing_typed_is_ever_blocked() -> None:
    rules = re.findall(r"<dataValidation .*?>", TABLE)
    blocking = [rule for rule in rules if 'showErrorMessage="1"' in rule
                and 'errorStyle="information"' not in rule]  # fmt: skip
    assert rules
    assert blocking == []
    assert "<sheetProtection" not in TABLE


def test_cells_that_do_not_apply_are_grey_for_parts_too() -> None:
    book = Book(BLANK)
    row = book.row("Hồ sơ người có công tiếp nhận")
    greys = [book.lines.cell(at, 6).fill.start_color.rgb for at in (row, row + 1)]
    assert greys == ["FFD9D9D9", "FFD9D9D9"]
    assert book.lines.cell(row + 1, 5).fill.start_color.rgb != "FFD9D9D9"


def test_long_labels_have_room() -> None:
    book = Book(BLANK)
    for row in range(5, book.lines.max_row + 1):
        label = str(book.lines.cell(row, 2).value or "")
        assert (book.lines.row_dimensions[row].height or 15) >= (35 if len(label) > 60 else 18)


def test_a_cell_where_2_of_5_is_usual_keeps_it_as_text() -> None:
    book = Book(BLANK)
    assert book.lines.cell(book.row("Lập hồ sơ cai nghiện tự nguyện"), 5).number_format == "@"
    assert book.lines.cell(book.row("Quà Tết của quận"), 5).number_format == "General"
    assert book.lines.cell(book.row("Quà Tết của quận"), 6).number_format == "#,##0"


# ---------------------------------------------------------------- Đọc là, as LibreOffice says it

SAID = [
    (249, 51200000, "249 người; 51.200.000 đồng"),
    (1.611, None, "⚠ SỐ LẺ: 1 phẩy 611 người"),
    (4.000, None, "4 người"),
    (None, 1.5, "⚠ SỐ LẺ: 1 phẩy 500 đồng"),
    ("không phát sinh", None, "không phát sinh"),
    ("2/5", "51,2 triệu", "2/5; 51,2 triệu"),
    (1234567, None, "1.234.567 người"),
    ("=1/0", None, "⚠ CÔNG THỨC LỖI"),
]
LOCALE = """<?xml version="1.0"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{}</value></prop></item></oor:items>"""
CSV = "csv:Text - txt - csv (StarCalc):124,34,76,1,,0,false,true,false,false,false,2"


@pytest.mark.parametrize("language", ["en-US", "vi-VN"])
def test_what_was_typed_is_read_back_alike_in_every_language(
    language: str, tmp_path: Path
) -> None:
    book = Book(BLANK)
    first = book.row("Quà Tết của Chủ tịch nước")
    for row, (value, amount, _) in enumerate(SAID, first):
        book.put(row, unit="người", value=value, amount=amount)
    (tmp_path / "form.xlsx").write_bytes(book.bytes())
    settings_ = tmp_path / "profile" / "user"
    settings_.mkdir(parents=True)
    (settings_ / "registrymodifications.xcu").write_text(
        LOCALE.format(language), encoding="utf-8"
    )
    folder = converted(tmp_path, CSV, tmp_path / "form.xlsx")
    (path,) = folder.glob("*.csv")
    text = path.read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text), delimiter="|"))
    said = {row[1]: row[9] for row in rows if len(row) > 9}
    labels = [str(book.lines.cell(row, 2).value) for row in range(first, first + len(SAID))]
    assert [said[label] for label in labels] == [words for _, _, words in SAID]


def test_the_form_shows_its_readings_before_it_is_ever_calculated() -> None:
    shown = xml("xl/worksheets/sheet2.xml", form_of("phuc-loi-2020"))
    assert "<v>249 người; 51.200.000 đồng</v>" in shown


# ---------------------------------------------------------------- what a payload says comes back


def back(*lines: Any, **more: Any) -> PeriodData:
    data, found = taken(of_json(*lines, **more))
    assert [each for each in found if each.severity == "error"] == []
    assert data is not None
    return data


def test_more_plans_bases_and_people_than_the_form_shows_are_written_too() -> None:
    numbers = [{"value": n + 1, "label": f"mốc {n}"} for n in range(5)]
    line = {"code": "thoat_ngheo", "value": 4, "plan": numbers, "bases": numbers, "previous": numbers,
            "whole": numbers}  # fmt: skip
    people = [{"name": f"Nguyễn Văn {n}", "role": "tổ 1", "consent": True} for n in range(7)]
    data = back(line, stories=[{"title": "Gương", "text": "Của {7}", "people": people}])
    assert [
        len(getattr(data.lines[0], name)) for name in ("plan", "bases", "previous", "whole")
    ] == [5] * 4
    assert len(data.stories[0].people) == 7


def test_a_label_of_its_own_is_kept() -> None:
    assert (
        back({"code": "thoat_ngheo", "value": 4, "label": "Hộ vươn lên"}).lines[0].label
        == "Hộ vươn lên"
    )


def test_parts_keep_the_order_they_were_given_in() -> None:
    given_ = ["tự tạo việc làm", "khác", "vay vốn Ngân hàng Chính sách xã hội"]
    parts = [{"label": label, "value": 1} for label in given_]
    line = back({"code": "viec_lam", "value": 3, "parts": parts}).lines[0]
    assert [part.label for part in line.parts] == given_


def test_lines_the_kind_does_not_know_are_written_and_asked_about() -> None:
    odd = {"section": "muc_la", "label": "Việc lạ", "unit": "hộ", "value": 6}
    found = taken(of_json({"code": "la_hoac", "value": 5}, odd))[1]
    assert "row.unknown_code" in [each.code for each in found]


def test_long_prose_is_spread_over_cells() -> None:
    prose = ["Câu dài. " * 2000, "Câu nữa. " * 2000, "Hết."]
    data = back({"code": "thoat_ngheo", "value": 4}, texts={"mo_dau": prose})
    assert data.texts["mo_dau"] == tuple(text.strip() for text in prose)


def test_numbers_no_cell_can_hold_are_written_as_text() -> None:
    line = {
        "section": "giam_ngheo",
        "label": "Thóc",
        "unit": "tấn",
        "value": "1234567890123,4567",
    }
    assert str(back(line).lines[0].value.value) == "1234567890123.4567"  # type: ignore[union-attr]


WORDS = st.text("abcđêơưuàếộ xyz", min_size=1, max_size=12).map(lambda w: f"Từ {w}".strip())
COUNT = st.integers(0, 99_999)
TYPED = st.one_of(COUNT, st.sampled_from(["1.611", "trên 6 nghìn", "02 nghìn", "khoảng 300"]))
MONEY = st.one_of(st.integers(0, 10**12), st.sampled_from(["51,2 triệu", "02 tỷ", "trên 6 tỷ"]))
MEASURE = st.fixed_dictionaries(
    {"value": st.integers(1, 9999)},
    optional={"amount": MONEY, "label": WORDS, "share": st.integers(0, 300),
              "change": st.sampled_from(["tăng 5", "giảm 2,5%", 3])})  # fmt: skip
AGAINST = st.one_of(st.integers(1, 999), MEASURE, st.lists(MEASURE, min_size=1, max_size=3))
DAY = st.dates(date(1990, 1, 1), date(2030, 1, 1)).map(date.isoformat)
MORE = {
    "amount": MONEY, "plan": AGAINST, "whole": AGAINST, "previous": AGAINST, "bases": AGAINST,
    "opening": COUNT, "increase": COUNT, "decrease": COUNT, "closing": COUNT, "cumulative": COUNT,
    "months": st.integers(1, 12), "rate_count": COUNT, "group": WORDS, "occasion": WORDS, "round": WORDS,
    "source": WORDS, "supplied_by": WORDS, "note": WORDS, "by": WORDS, "estimate": st.booleans(),
    "as_of": DAY, "rate": st.one_of(st.integers(1, 10**7), st.lists(st.fixed_dictionaries(
        {"rate": st.integers(1, 10**7)}, optional={"count": COUNT}), min_size=1, max_size=3)),
}  # fmt: skip


def with_parts(depth: int) -> st.SearchStrategy[Any]:
    inner = {} if depth == 3 else {
        name: st.lists(with_parts(depth + 1), max_size=2, unique_by=lambda part: part["label"].lower())
        for name in ("parts", "of_which")
    }  # fmt: skip
    some = {name: MORE[name] for name in ("amount", "previous", "note", "by")}
    return st.fixed_dictionaries({"label": WORDS, "value": COUNT}, optional={**some, **inner})


PARTS = {name: st.lists(with_parts(1), max_size=3, unique_by=lambda part: part["label"].lower())
         for name in ("parts", "of_which")}  # fmt: skip
COUNTED = [spec for spec in REAL.lines if spec.unit not in ("đồng", "%")]
CODED = st.sampled_from(COUNTED).flatmap(lambda spec: st.fixed_dictionaries(
    {"code": st.just(spec.code), "value": TYPED}, optional={"giver": WORDS, **MORE, **PARTS}))  # fmt: skip
FREE = st.fixed_dictionaries(
    {"section": st.sampled_from(sorted(REAL.section)), "label": WORDS, "unit": st.just("người"),
     "value": TYPED},
    optional={"giver": WORDS, **MORE, **PARTS})  # fmt: skip


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(CODED, FREE), min_size=1, max_size=6))
def test_any_payload_comes_back_as_it_was(lines: list[Any]) -> None:
    frame = {
        "kind": REAL.id,
        "period": {"id": "2020S1"},
        "org_unit": {"name": "phường Phúc Lợi"},
    }
    raw = read_payload(as_json({**frame, "lines": lines}))
    before, found = validate(raw, REAL, {})
    assume(found == () and before is not None)
    assert before is not None
    after, doubts = taken(write_form(REAL, raw))
    assert [each for each in doubts if each.severity == "error"] == []
    assert after is not None
    assert sorted(after.lines, key=lambda line: line.key) == sorted(
        plain(before).lines, key=lambda line: line.key
    )
