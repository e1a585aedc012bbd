"""The official report from every fixture: its whole text, its form, the lines under its texts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from generators.document.draft import MARK
from generators.document.scaffold import build_template, read_text, title_of
from generators.document.widths import width_of
from generators.kinds import ReportKind, load_kind
from generators.pipeline import (
    KINDS,
    Examined,
    Source,
    examine,
    generate,
    generate_draft,
    make_form,
    read_input,
    read_trace,
)
from tests.document.making import (
    ACCEPTED,
    CAN_CHECK,
    ROOT,
    W,
    all_but_trace,
    annexes_text,
    bookmarks,
    marked_signs,
    member,
    opened,
    schema_faults,
)

KIND_ID = "bao-cao-6-thang"
GOLDEN = Path(__file__).parent / "golden" / "bao-cao"
PHUC_LOI = ROOT / "fixtures/accepted/phuc-loi-2020"
TEXT_WIDTH = 160 / 25.4 * 72  # points


def the_kind() -> ReportKind:
    return load_kind(KINDS / KIND_ID)


def examined(folder: Path, name: str = "input.json", kind: str = KIND_ID) -> Examined:
    pictures = {path.name: path.read_bytes() for path in folder.glob("*.png")}
    return examine(Source((folder / name).read_bytes(), pictures, kind))


def changed(folder: Path = PHUC_LOI, **more: Any) -> Examined:
    body = json.loads((folder / "input.json").read_text(encoding="utf-8"))
    return examine(Source(json.dumps({**body, **more}).encode(), kind=KIND_ID))


def text(**document: Any) -> str:
    return read_text(generate(changed(document=document)))


@pytest.fixture(scope="module", params=ACCEPTED, ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(scope="module")
def document(folder: Path) -> bytes:
    return generate(examined(folder))


def test_the_whole_text(
    folder: Path, document: bytes, golden: Callable[[Path, str], None]
) -> None:
    body = "".join(f"{line}\n" for line in body_of(document))
    golden(GOLDEN / f"{folder.name}.txt", body + annexes_text(document))


def body_of(document: bytes) -> list[str]:
    """The lines of the report without its annexes."""
    lines = read_text(document).splitlines()
    return lines[
        : next((n for n, line in enumerate(lines) if line.startswith("Phụ lục")), None)
    ]


@pytest.mark.skipif(
    not CAN_CHECK, reason="check_docx.py is kept beside this tree, and is not here"
)
def test_word_opens_it_and_its_draft_without_repair(
    folder: Path, document: bytes, tmp_path: Path
) -> None:
    for name, data in (("report", document), ("draft", generate_draft(examined(folder)))):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(data)
        assert schema_faults(path) == []


def test_it_is_the_same_bytes_each_time_and_from_either_door(
    folder: Path, document: bytes
) -> None:
    assert generate(examined(folder)) == document
    by_excel = generate(examined(folder, "input.xlsx"))
    assert all_but_trace(by_excel) == all_but_trace(document)


def test_its_numbers_can_be_found_again_as_those_of_the_bulletin_can(
    folder: Path, document: bytes
) -> None:
    trace, other = read_trace(document), read_trace(generate(examined(folder, kind="")))
    assert trace is not None
    assert other is not None
    assert {figure.id for figure in trace.figures} >= {figure.id for figure in other.figures}
    assert len(bookmarks(document)) > 0
    assert marked_signs(document) == []


def test_the_draft_is_marked(folder: Path) -> None:
    draft = generate_draft(examined(folder))
    assert MARK.encode() in member(draft, "word/header1.xml")
    assert "Những điều còn phải xử lý" in read_text(draft)


def test_no_blank_is_left_where_words_should_be(document: bytes) -> None:
    lines = read_text(document).splitlines()
    bare = [line for line in lines if re.fullmatch(r":[^:]+:", line)]
    assert set(bare) <= {":Kẻ ngắn:", ":Kẻ dài:", ":Chữ ký:"}
    assert not [line for line in lines if re.search(r"  |None| [.;,]", line)
                and not line.startswith((":Số ký hiệu:", ":Địa danh, ngày:", "(Kèm theo"))]  # fmt: skip
    assert body_of(document)[-1] == "+++ end"
    assert lines[-1] in ("+++ end", "./.")
    assert next(line for line in lines if line.startswith(":Lời kết:")).endswith("./.")


# ---------------------------------------------------------------- the form of Nghị định 30


def test_the_page_is_the_one_of_the_decree(document: bytes) -> None:
    section, *_ = opened(document).sections
    sides = (section.page_width, section.page_height, section.top_margin, section.bottom_margin,
             section.left_margin, section.right_margin)  # fmt: skip
    assert [round(side.mm) for side in sides] == [210, 297, 20, 20, 30, 20]
    assert section.different_first_page_header_footer
    assert [p.text for p in section.first_page_header.paragraphs] == [""]
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    assert section.header.paragraphs[0].style.font.size.pt == 14


STYLES = {  # size, bold, italic after Phụ lục I mục V
    "Quốc hiệu": (12, True, False), "Tiêu ngữ": (13, True, False),
    "Cơ quan ban hành": (12, True, False), "Cơ quan chủ quản": (12, False, False),
    "Số ký hiệu": (13, False, False), "Địa danh, ngày": (13, False, True),
    "Tên loại": (14, True, False), "Trích yếu": (14, True, False),
    "Kính gửi": (14, False, False), "Normal": (14, False, False),
    "Mục I": (14, True, False), "Khoản 1": (14, True, False), "Điểm a": (14, False, False),
    "Quyền hạn, chức vụ": (14, True, False), "Họ tên người ký": (14, True, False),
    "Nơi nhận": (12, True, True), "Danh sách nơi nhận": (11, False, False),
}  # fmt: skip


@pytest.mark.parametrize("name", STYLES)
def test_each_component_has_the_letters_the_decree_gives_it(name: str) -> None:
    font = opened(generate(examined(PHUC_LOI))).styles[name].font
    assert (font.size.pt, font.bold, font.italic) == STYLES[name]
    assert font.name == "Times New Roman"
    assert str(font.color.rgb) == "000000"


def test_body_text_is_justified_indented_and_spaced() -> None:
    style = opened(generate(examined(PHUC_LOI))).styles["Normal"].paragraph_format
    assert (style.alignment, round(style.first_line_indent.mm, 1)) == (3, 12.7)
    assert (style.space_after.pt, style.line_spacing) == (6, 1.0)


def drawn_lines(document: bytes) -> Iterator[tuple[str, float, float, float]]:
    """Text above, its width, and a line's indents as drawn: left, right; in points."""
    root = etree.fromstring(member(document, "word/document.xml"))
    for node in root.iter(f"{W}p"):
        style = node.find(f"{W}pPr/{W}pStyle")
        if style is None or not style.get(f"{W}val", "").startswith("Ke"):
            continue
        above = node.getprevious()
        indent = node.find(f"{W}pPr/{W}ind")
        assert above is not None
        assert indent is not None
        words = "".join(t.text or "" for t in above.iter(f"{W}t"))
        left, right = (int(indent.get(f"{W}{side}", "0")) / 20 for side in ("left", "right"))
        yield words, _room(node), left, right


def _room(node: Any) -> float:
    cell = next(node.iterancestors(f"{W}tc"), None)
    return TEXT_WIDTH if cell is None else int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) / 20


def test_the_lines_are_under_their_texts_as_long_as_they_must_be(document: bytes) -> None:
    agency, motto, subject = drawn_lines(document)
    for (words, room, left, right), size, least, most in (
        (agency, 12, 1 / 3, 1 / 2), (motto, 13, 0.99, 1.01)):  # fmt: skip
        drawn, wide = room - left - right, width_of(words, size, bold=True)
        assert left == right
        assert least <= drawn / wide <= most
    assert motto[0] == "Độc lập - Tự do - Hạnh phúc"
    assert subject[2] == subject[3]
    assert TEXT_WIDTH / 3 * 0.8 < subject[1] - subject[2] - subject[3] < TEXT_WIDTH / 2


# ---------------------------------------------------------------- what is left open, what is said


def test_number_day_and_signer_may_come_later() -> None:
    said = text(place="Phúc Lợi")
    assert ":Số ký hiệu: Số:      /BC-UBND\n" in said
    assert ":Địa danh, ngày: Phúc Lợi, ngày      tháng 6 năm 2020\n" in said
    assert ":Quyền hạn, chức vụ: TM. ỦY BAN NHÂN DÂN\n:Quyền hạn, chức vụ: CHỦ TỊCH\n" in said
    assert ":Họ tên người ký:" not in said


def test_number_and_day_are_padded_as_the_decree_pads() -> None:
    said = text(number="5", date="2020-07-02")
    assert ":Số ký hiệu: Số: 05/BC-UBND\n" in said
    assert ":Địa danh, ngày: Phúc Lợi, ngày 02 tháng 7 năm 2020\n" in said
    assert "ngày 02 tháng 02 năm 2021" in text(date="2021-02-02")


def test_one_addressee_stands_on_the_line_several_stand_in_a_list() -> None:
    assert ":Kính gửi: Kính gửi: Sở Nội vụ\n" in text(recipients=["Sở Nội vụ"])
    several = text(recipients=["Sở Nội vụ", "Sở Y tế"])
    assert (
        ":Kính gửi nhiều nơi: Kính gửi:\n:Nơi kính gửi: - Sở Nội vụ;\n"
        ":Nơi kính gửi cuối: - Sở Y tế.\n"
    ) in several


@pytest.mark.parametrize("nobody", [[], ["không"]])
def test_a_report_to_the_peoples_council_is_addressed_to_nobody(nobody: list[str]) -> None:
    said = text(
        recipients=nobody, copies=["Thường trực HĐND phường", "Các đại biểu HĐND phường"]
    )
    assert "Kính gửi" not in said
    assert "Như trên" not in said
    assert (
        ":Nơi nhận: Nơi nhận:\n"
        ":Danh sách nơi nhận: - Thường trực HĐND phường;\n"
        ":Danh sách nơi nhận: - Các đại biểu HĐND phường;\n"
        ":Danh sách nơi nhận: - Lưu: VT.\n"
    ) in said


def test_money_is_told_in_dong_and_a_hedged_sum_as_it_was_meant() -> None:
    lines = [{"code": "qua_tet", "giver": "quận", "value": 2, "amount": 1_500_000},
             {"code": "sinh_ke", "value": 3, "amount": "trên 6 tỷ"}]  # fmt: skip
    said = read_text(generate(changed(lines=lines)))
    assert "02 người, kinh phí 1.500.000 đồng" in said
    assert "kinh phí trên 6 tỷ đồng" in said
    assert "triệu đồng" not in said


def test_people_are_named_in_a_report_and_not_in_the_bulletin() -> None:
    story = {"title": "Giúp nhau", "text": "Ông {1} được giúp.",
             "people": [{"name": "Trần Văn Ba", "consent": False}]}  # fmt: skip
    report = changed(stories=[story])
    bulletin = examine(Source((PHUC_LOI / "input.json").read_bytes().replace(
        b'"lines"', f'"stories": [{json.dumps(story)}], "lines"'.encode(), 1)))  # fmt: skip
    assert "Ông Trần Văn Ba được giúp." in read_text(generate(report))
    assert "Ông T.V.B được giúp." in read_text(generate(bulletin))


# ---------------------------------------------------------------- one input, two kinds


def test_a_clerk_chooses_the_kind_in_the_workbook_in_json_or_when_asking() -> None:
    source = (PHUC_LOI / "input.json").read_bytes()
    asked = examine(Source(source, kind=KIND_ID))
    in_json = examine(Source(source.replace(b"ban-tin-6-thang", KIND_ID.encode())))
    workbook = make_form(the_kind(), read_input(source))
    in_workbook = examine(Source(workbook))
    back = examine(Source(workbook, kind="ban-tin-6-thang"))
    assert [found.kind.id for found in (asked, in_json, in_workbook) if found.kind] == [
        KIND_ID
    ] * 3
    assert generate(asked) == generate(examined(PHUC_LOI))
    assert read_text(generate(in_workbook)) == read_text(generate(asked))
    assert back.kind is not None
    assert back.kind.id == "ban-tin-6-thang"
    assert read_text(generate(back)) == read_text(generate(examined(PHUC_LOI, kind="")))


def test_the_template_built_of_its_text_reads_back_as_that_text() -> None:
    words = (the_kind().folder / "template.txt").read_text(encoding="utf-8")
    built = build_template(words, title_of(words))
    assert read_text(built) == words
    assert opened(built).core_properties.title == "[[{{ van_ban.trich_yeu }}]]"
