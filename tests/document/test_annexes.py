"""Annexes in the file: their form, sections and numbers, their charts, and what Word makes of them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from docx.table import Table
from lxml import etree

from generators.kinds import load_kind
from generators.pipeline import (
    Source,
    examine,
    generate,
    generate_draft,
    make_form,
    read_input,
    read_trace,
)
from tests.annexing import ID, PAYLOAD, annexed_kinds, many_lines, report_of
from tests.document.making import W, bookmarks, marked_signs, member, opened, schema_faults

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
LINES = [
    {"code": "qua_tet", "giver": "Chủ tịch nước", "value": 249, "amount": 74_700_000},
    {"code": "qua_tet", "giver": "xã <Đông> & Lộc", "value": 4, "amount": 2_000_000},
    {"code": "viec_lam", "value": 224, "plan": 342},
    {"code": "hoc_nghe", "value": "trên 30", "plan": 30},
]


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return annexed_kinds(tmp_path_factory.mktemp("kinds"))


@pytest.fixture(scope="module")
def document(kinds: Path) -> bytes:
    return generate(report_of(kinds, *LINES))


def test_word_opens_it_without_repair(document: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(document)
    assert schema_faults(path) == []
    assert marked_signs(document) == []


def test_the_same_data_is_the_same_file(kinds: Path, document: bytes) -> None:
    assert generate(report_of(kinds, *LINES)) == document


def after_body(document: bytes) -> list[tuple[str, str]]:
    """Style and words of every paragraph from the first annex on; a table is one entry."""
    blocks = list(opened(document).iter_inner_content())
    said = [("", f"bảng {len(block.columns)} × {len(block.rows)}") if isinstance(block, Table)
            else (block.style.name, block.text) for block in blocks]  # fmt: skip
    first = next(n for n, (style, _) in enumerate(said) if style == "Phụ lục: số")
    return said[first:]


ATTACHED = re.compile(r"\(Kèm theo Báo cáo số +/BC-\S+ ngày +tháng 6 năm 2026 của .+\)")


def test_an_annex_has_the_parts_of_mau_2_1_in_their_order(document: bytes) -> None:
    said = [(style, "kèm theo" if ATTACHED.fullmatch(words) else words)
            for style, words in after_body(document)]  # fmt: skip
    head, rule, end = "Phụ lục: số", ("Phụ lục: đường kẻ", ""), ("Phụ lục: dấu hết", "./.")
    title, attached = "Phụ lục: tên", ("Phụ lục: kèm theo", "kèm theo")
    assert said == [
        (head, "Phụ lục I"), (title, "BIỂU SỐ LIỆU"), attached, rule, ("", "bảng 10 × 9"),
        ("Phụ lục: lời kết", "(Bằng chữ: Bảy mươi sáu triệu bảy trăm nghìn đồng)"), end,
        (head, "Phụ lục II"), (title, "QUÀ TẶNG THEO NGUỒN TẶNG VÀ NHÓM ĐỐI TƯỢNG"), attached,
        rule, ("", "bảng 6 × 6"), end,
        (head, "Phụ lục III"), (title, "BIỂU ĐỒ TỶ LỆ THỰC HIỆN KẾ HOẠCH"), attached, rule,
        ("Phụ lục: biểu đồ", ""), end,
    ]  # fmt: skip


def test_their_words_look_as_the_decree_has_them(document: bytes) -> None:
    styles = {style.name: style for style in opened(document).styles}
    looks = {
        name: (style.font.name, style.font.size.pt, bool(style.font.bold),
               bool(style.font.italic), style.paragraph_format.alignment)
        for name, style in styles.items() if name.startswith("Phụ lục: ") and style.type == 1
    }  # fmt: skip
    assert looks["Phụ lục: số"] == ("Times New Roman", 14, True, False, 1)
    assert looks["Phụ lục: tên"] == ("Times New Roman", 14, True, False, 1)
    assert looks["Phụ lục: kèm theo"] == ("Times New Roman", 14, False, True, 1)
    assert {look[0] for look in looks.values()} == {"Times New Roman"}


def test_each_annex_is_a_section_that_numbers_its_own_pages(document: bytes) -> None:
    body, *annexes = opened(document).sections
    assert [section.orientation for section in (body, *annexes)] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT, WD_ORIENT.PORTRAIT,
    ]  # fmt: skip
    assert [(round(s.page_width.mm), round(s.page_height.mm)) for s in annexes] == [
        (297, 210), (210, 297), (210, 297),
    ]  # fmt: skip
    for section in annexes:
        margins = (
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
        assert [round(margin.mm) for margin in margins] == [20, 20, 30, 20]
        assert section._sectPr.find(f"{W}pgNumType").get(f"{W}start") == "1"
        assert "PAGE" in section.header.paragraphs[0]._p.xml
        assert section.different_first_page_header_footer
    assert body._sectPr.find(f"{W}pgNumType") is None


def test_the_head_of_a_table_is_repeated_and_no_row_is_parted(document: bytes) -> None:
    for table in opened(document).tables:
        properties = [row._tr.trPr for row in table.rows]
        assert [row.find(f"{W}tblHeader") is not None for row in properties] == [
            True, *[False] * (len(properties) - 1),
        ]  # fmt: skip
        assert all(row.find(f"{W}cantSplit") is not None for row in properties)


def test_a_row_higher_than_a_page_may_be_parted(kinds: Path) -> None:
    note = "Ghi chú rất dài của người điền biểu. " * 90
    document = generate(report_of(kinds, {**LINES[2], "note": note}))
    (table, *_) = opened(document).tables
    (row,) = [row for row in table.rows if note.strip() in row.cells[-1].text]
    assert row._tr.trPr is None


def test_a_columns_width_holds_its_longest_number(kinds: Path) -> None:
    document = generate(report_of(kinds, {**LINES[0], "amount": 123_456_789_012_345}))
    (table, *_) = opened(document).tables
    widths = [int(column.get(f"{W}w")) for column in table._tbl.tblGrid]
    assert sum(widths) == 16838 - 1701 - 1134
    assert widths[8] >= 15 * 110 + 4 * 55 + 114  # digits and points of Times at 11 points


def test_every_number_of_an_annex_has_a_bookmark_and_stands_in_the_trace(
    document: bytes,
) -> None:
    trace = read_trace(document)
    assert trace
    marked = bookmarks(document)
    assert {p.bookmark: p.text for p in trace.places if p.bookmark} == marked
    assert [(p.figure, p.text) for p in trace.places if not p.bookmark] == [
        ("viec_lam.plan_share", "65,5%"), ("hoc_nghe.plan_share", "trên 100%"),
    ]  # fmt: skip
    (table, *_) = opened(document).tables
    numbers = [cell.text for row in table.rows[1:] for cell in row.cells[3:9] if cell.text]
    in_table = [
        re.sub(r"<[^>]*>", "", inner)
        for row in table._tbl.tr_lst
        for inner in re.findall(r"<w:bookmarkStart.*?<w:bookmarkEnd", row.xml, re.DOTALL)
    ]
    assert len(in_table) == len([n for n in numbers if n[0].isdigit() or n.startswith("trên")])


# ---------------------------------------------------------------- the chart


def chart_of(document: bytes) -> Any:
    return etree.fromstring(member(document, "word/charts/chart1.xml"))


def test_the_chart_shows_the_shares_as_they_are_said(document: bytes) -> None:
    chart = chart_of(document)
    told = {
        name: [v.text for v in chart.find(f".//{C}{name}").iter(f"{C}v")]
        for name in ("cat", "val")
    }
    assert told == {
        "cat": ["Lao động được giải quyết việc làm", "Người đăng ký học nghề miễn phí"],
        "val": ["65.5", "100"],
    }
    said = [
        t.text for t in chart.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t")
    ]
    assert said == ["65,5%", "trên 100%"]


def test_the_chart_says_to_who_cannot_see_it_what_it_shows(document: bytes) -> None:
    xml = member(document, "word/document.xml").decode()
    (told,) = re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', xml)
    assert told == (
        "Biểu đồ cột ngang, tỷ lệ thực hiện so với kế hoạch: Lao động được giải quyết việc làm "
        "65,5%; Người đăng ký học nghề miễn phí trên 100%."
    )


def test_the_chart_opens_its_own_workbook_for_editing(document: bytes) -> None:
    relations = member(document, "word/charts/_rels/chart1.xml.rels").decode()
    assert 'Target="../embeddings/bieu-do1.xlsx"' in relations
    data = member(document, "word/embeddings/bieu-do1.xlsx")
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True).active
    assert [list(row) for row in values.iter_rows(values_only=True)] == [
        ["Chỉ tiêu", "Tỷ lệ thực hiện so với kế hoạch (%)", "Chữ bên cột"],
        ["Lao động được giải quyết việc làm", 65.5, "65,5%"],
        ["Người đăng ký học nghề miễn phí", 100, "trên 100%"],
    ]
    formulas = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [formulas[f"C{n}"].value for n in (2, 3)] == [
        '=SUBSTITUTE(B2&"%",".",",")', '="trên "&SUBSTITUTE(B3&"%",".",",")',
    ]  # fmt: skip
    sheet = formulas.title
    assert [f.text for f in chart_of(document).iter(f"{C}f")] == [
        f"'{sheet}'!$B$1", f"'{sheet}'!$A$2:$A$3", f"'{sheet}'!$B$2:$B$3",
    ]  # fmt: skip


def test_without_shares_of_plan_there_is_no_chart_in_the_file(kinds: Path) -> None:
    document = generate(report_of(kinds, LINES[0]))
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert not [name for name in archive.namelist() if "chart" in name or "embed" in name]


def test_many_shares_stand_in_several_charts(kinds: Path, tmp_path: Path) -> None:
    document = generate(report_of(kinds, *many_lines(60)))
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        charts = [name for name in archive.namelist() if name.startswith("word/charts/chart")]
    assert len(charts) == 2  # of 20 lines with a plan
    (tmp_path / "report.docx").write_bytes(document)
    assert schema_faults(tmp_path / "report.docx") == []


# ---------------------------------------------------------------- a draft


def test_a_draft_has_its_annexes_before_its_last_page_and_its_mark_on_each(
    kinds: Path, tmp_path: Path
) -> None:
    document = generate_draft(report_of(kinds, *LINES))
    styles = [words for _, words in after_body(document)]
    assert styles.index("Phụ lục III") < styles.index("Những điều còn phải xử lý")
    *_, last = opened(document).sections
    assert last.orientation == WD_ORIENT.PORTRAIT
    for section in opened(document).sections:
        assert "DỰ THẢO" in section.header._element.xml
        assert "DỰ THẢO" in section.first_page_header._element.xml
    (tmp_path / "draft.docx").write_bytes(document)
    assert schema_faults(tmp_path / "draft.docx") == []


def test_the_form_says_too_which_annex_is_left_out(kinds: Path) -> None:
    body = {**PAYLOAD, "lines": LINES, "document": {"without_annexes": ["biểu đồ"]}}
    raw = read_input(json.dumps(body).encode(), kinds)
    kind = load_kind(kinds / ID)
    by_form = examine(Source(make_form(kind, raw)), kinds)
    assert by_form.data
    assert by_form.data.document.without_annexes == ("bieu_do",)
    with zipfile.ZipFile(io.BytesIO(generate(by_form))) as archive:
        assert not [name for name in archive.namelist() if "chart" in name]
