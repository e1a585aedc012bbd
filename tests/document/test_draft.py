"""The draft: made in spite of errors, marked on every page, with all that is left at its end."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_SECTION
from lxml import etree

from generators.document.draft import DRAFT_WORDS, HEADING, MARK, draft_context, draft_template
from generators.document.fill import fill
from generators.document.scaffold import build_template
from generators.document.template import compile_template
from generators.gate import unsettled
from generators.model import WARNING, Acknowledgement, Finding
from generators.pipeline import Examined, Source, examine, generate, generate_draft
from tests.document.making import (
    ACCEPTED,
    CAN_CHECK,
    ROOT,
    VOCABULARY,
    context,
    examined_fixture,
    opened,
    schema_faults,
    text_of,
)

PHUC_LOI = ROOT / "fixtures/accepted/phuc-loi-2020"
FINDINGS = sorted(
    path
    for path in (ROOT / "fixtures/findings").glob("*/raises.*")
    if not path.name.endswith(".http.json")
)
PERSON = {"name": "Nguyễn Thị Hoa", "role": "hộ cận nghèo"}


def faulty(**more: Any) -> Examined:
    """A report with errors of several kinds, in which some lines cannot be read."""
    body = json.loads((PHUC_LOI / "input.json").read_text(encoding="utf-8"))
    viec_lam = {"code": "viec_lam", "value": 225, "parts": [
        {"label": "vay vốn", "value": 118}, {"label": "tự tạo việc làm", "value": 106}]}  # fmt: skip
    lines = [line for line in body["lines"] if line["code"] not in ("viec_lam", "ho_ngheo")]
    told = {**body, "lines": [*lines, viec_lam, {"code": "ho_ngheo", "value": "262.500.00"}]}
    return examine(Source(json.dumps({**told, **more}).encode()))


def last_table(document: bytes) -> list[list[str]]:
    """The rows of the last table, each cell's paragraphs joined by a bar."""
    table = opened(document).tables[-1]
    return [["|".join(p.text for p in cell.paragraphs) for cell in row.cells]
            for row in table.rows]  # fmt: skip


def told(findings: tuple[Finding, ...]) -> list[list[str]]:
    weights = {"error": "Phải sửa", "warning": "Nên xem lại", "note": "Lưu ý"}
    return [["TT", "Nơi ghi", "Điều còn phải xử lý"]] + [
        [str(n), f"{f.where or 'Cả tệp'}|{weights[f.severity]}",
         f"{f.message}|Cách xử lý: {f.remedy}|Mã: {f.id}"]
        for n, f in enumerate(findings, 1)
    ]  # fmt: skip


def pages(document: bytes, soffice: str, folder: Path) -> list[str]:
    """The text of each page as LibreOffice prints it."""
    path = folder / "draft.docx"
    path.write_bytes(document)
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    shown = subprocess.run(["pdftotext", "-layout", str(folder / "draft.pdf"), "-"],
                           check=True, capture_output=True, text=True)  # fmt: skip
    return shown.stdout.split("\f")[:-1]


# ---------------------------------------------------------------- what it says


def test_a_draft_is_made_in_spite_of_errors() -> None:
    examined = faulty()
    assert [f.code for f in examined.findings if f.severity == "error"] == [
        "number.grouping", "sum.parts",
    ]  # fmt: skip
    text = text_of(generate_draft(examined))
    assert "1.254 lượt người" in text
    assert "vay vốn 118 người" in text


def test_its_last_page_lists_every_open_finding_and_nothing_else() -> None:
    examined = faulty()
    assert last_table(generate_draft(examined)) == told(examined.findings)
    assert [p.text for p in opened(generate_draft(examined)).paragraphs][-2:] == [
        HEADING, "Còn 2 điều phải sửa, 1 điều lưu ý.",
    ]  # fmt: skip


def test_what_was_acknowledged_is_not_left_to_do() -> None:
    high = Finding("norm.amount", WARNING, "Số liệu!F12", "Mức cao.", "Hãy xem lại.")
    rose = Finding("change.large", WARNING, "", "Tăng gấp mười.", "Hãy xem lại.")
    left = unsettled((high, rose), [Acknowledgement(high.id, "đúng", "Hoa")])
    assert [row["ma"] for row in draft_context(left)["dieu_con_lai"]] == [rose.id]


def test_a_draft_of_a_report_without_findings_says_so() -> None:
    document = opened(generate_draft(examined_fixture(PHUC_LOI.parent / "hau-giang-2024")))
    assert document.tables == []
    assert [p.text for p in document.paragraphs][-2:] == [
        HEADING, "Không còn điều nào phải xử lý.",
    ]  # fmt: skip


def test_signs_that_word_cannot_hold_are_left_out_of_the_list() -> None:
    found = Finding("text.control", "error", "", "Có «a\x00b\ud800\ue000c».", "Hãy\ngõ lại.")
    (row,) = draft_context([found])["dieu_con_lai"]
    assert (row["noi"], row["noi_dung"], row["cach_xu_ly"]) == (
        "Cả tệp", "Có «abc».", "Hãy gõ lại.",
    )  # fmt: skip


def test_the_text_of_a_draft_is_that_of_the_report() -> None:
    examined = examined_fixture(PHUC_LOI)
    assert text_of(generate_draft(examined)).startswith(text_of(generate(examined)))


def test_a_story_that_names_nobody_known_does_not_stop_a_draft() -> None:
    story = {"text": "Bà {1} và ông {3} đã góp công.", "people": [PERSON]}
    examined = faulty(stories=[story])
    assert "story.no_such_person" in {finding.code for finding in examined.findings}
    assert "Bà N.T.H (hộ cận nghèo) và ông … đã góp công." in text_of(generate_draft(examined))


def test_a_name_without_consent_is_withheld_from_a_draft_too() -> None:
    examined = faulty(stories=[{"text": "Bà Nguyễn Thị Hoa vui mừng.", "people": [PERSON]}])
    text = text_of(generate_draft(examined))
    assert "story.name_without_consent" in {finding.code for finding in examined.findings}
    assert "Bà N.T.H vui mừng." in text
    assert "Nguyễn Thị Hoa" not in text


def test_what_could_not_be_read_has_no_draft() -> None:
    with pytest.raises(ValueError, match="what could not be read has no draft"):
        generate_draft(faulty(period={}))


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.parent.name)
def test_whatever_is_wrong_the_draft_is_well_formed_and_lists_it(path: Path) -> None:
    examined = examine(Source(path.read_bytes()))
    if examined.data is None:
        assert not examined.may_be_issued
        return
    document = generate_draft(examined)
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
    left = unsettled(examined.findings, examined.acknowledged)
    assert [row[2].rpartition("Mã: ")[2] for row in last_table(document)[1:]] == [
        finding.id for finding in left
    ] if left else opened(document).tables == []  # fmt: skip


# ---------------------------------------------------------------- the mark


def headers(document: Any) -> dict[str, list[str]]:
    """What stands in each header part of a document, by its name."""
    parts = {
        header.part.partname: [p.text for p in header.paragraphs]
        for section in document.sections
        for header in (section.header, section.first_page_header, section.even_page_header)
        if not header.is_linked_to_previous
    }
    return {str(name): lines for name, lines in sorted(parts.items())}


def drafted(document: Any) -> Any:
    buffer = io.BytesIO()
    document.save(buffer)
    return docx.Document(io.BytesIO(draft_template(buffer.getvalue())))


def test_a_template_without_headers_is_given_all_three() -> None:
    assert list(headers(drafted(docx.Document())).values()) == [[MARK, ""]] * 3


def test_a_header_keeps_what_it_says() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "UBND phường"
    assert sorted(headers(drafted(document)).values()) == [
        [MARK, ""], [MARK, ""], [MARK, "UBND phường"],
    ]  # fmt: skip


def test_a_later_section_is_marked_by_its_own_header_or_shows_the_one_before() -> None:
    document = docx.Document()
    document.add_section(WD_SECTION.NEW_PAGE)
    own = document.add_section(WD_SECTION.NEW_PAGE)
    own.header.is_linked_to_previous = False
    own.header.paragraphs[0].text = "Phụ lục"
    made = drafted(document)
    assert [section.header.is_linked_to_previous for section in made.sections] == [
        False, True, False,
    ]  # fmt: skip
    assert sorted(headers(made).values()) == [[MARK, ""]] * 3 + [[MARK, "Phụ lục"]]


def test_two_sections_with_one_header_are_marked_once() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "UBND"
    document.add_section(WD_SECTION.NEW_PAGE)
    first, second = (section._sectPr for section in document.sections)
    second.insert(0, etree.fromstring(etree.tostring(first.findall(
        "{*}headerReference")[0])))  # fmt: skip
    assert sorted(headers(drafted(document)).values())[-1] == [MARK, "UBND"]


def test_a_normal_report_holds_the_words_nowhere() -> None:
    for folder in ACCEPTED:
        with zipfile.ZipFile(io.BytesIO(generate(examined_fixture(folder)))) as archive:
            whole = b"".join(archive.read(name) for name in archive.namelist())
        assert MARK.encode() not in whole
        assert HEADING.encode() not in whole


def test_a_small_template_of_one_sentence_makes_a_draft_too() -> None:
    data = draft_template(
        build_template("# {{ ky.ten }}\n[[Có {{ viec_lam.so_luong }}.]]", "x")
    )
    template = compile_template("template.docx", data, {**VOCABULARY, **DRAFT_WORDS})
    document = fill(template, {**context(), **draft_context([])})
    assert text_of(document).splitlines() == [
        "6 tháng đầu năm 2020", "Có 224 người.", HEADING, "Không còn điều nào phải xử lý.",
    ]  # fmt: skip


# ---------------------------------------------------------------- as it is printed


@pytest.mark.parametrize("case", ["phuc-loi-2020", "with errors"])
def test_the_mark_stands_on_every_page(case: str, soffice: str, tmp_path: Path) -> None:
    examined = examined_fixture(PHUC_LOI) if case == "phuc-loi-2020" else faulty()
    printed = pages(generate_draft(examined), soffice, tmp_path)
    assert [page.count(MARK) for page in printed] == [1] * len(printed)
    assert len(printed) == 3
    assert [HEADING in page for page in printed] == [False, False, True]
    for finding in examined.findings:
        assert finding.id in printed[-1]


@pytest.mark.skipif(
    not CAN_CHECK, reason="check_docx.py is kept beside this tree, and is not here"
)
@pytest.mark.parametrize("folder", ACCEPTED, ids=lambda folder: folder.name)
def test_word_opens_a_draft_without_repair(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(generate_draft(examined_fixture(folder)))
    assert schema_faults(path) == []
    path.write_bytes(generate_draft(faulty()))
    assert schema_faults(path) == []


def test_another_process_writes_the_same_bytes() -> None:
    code = (
        "import sys; from generators.pipeline import *; from pathlib import Path; "
        f"data = Path({str(PHUC_LOI / 'input.json')!r}).read_bytes(); "
        "sys.stdout.buffer.write(generate_draft(examine(Source(data))))"
    )
    other = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True
    ).stdout
    assert other == generate_draft(examined_fixture(PHUC_LOI))
