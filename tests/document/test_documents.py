"""Every document of every fixture: valid, formal, the same each time, and its whole text."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx.shared import Mm
from lxml import etree

from generators.document.fill import fill
from generators.document.scaffold import build_template, read_text
from generators.marks import mark_figures
from generators.templates import template_of
from generators.trace import trace_of
from generators.wording.context import build_context
from tests.building import real_kind
from tests.document.making import (
    ACCEPTED,
    CAN_CHECK,
    ROOT,
    W,
    examined_fixture,
    fixture_document,
    member,
    opened,
    paragraphs,
    schema_faults,
    text_of,
)

GOLDEN = Path(__file__).parent / "golden"
FONT = "Times New Roman"


@pytest.fixture(scope="module", params=ACCEPTED, ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(scope="module")
def document(folder: Path) -> bytes:
    return fixture_document(folder)


def test_the_whole_text(
    folder: Path, document: bytes, golden: Callable[[Path, str], None]
) -> None:
    golden(GOLDEN / f"{folder.name}.txt", text_of(document))


@pytest.mark.skipif(
    not CAN_CHECK, reason="check_docx.py is kept beside this tree, and is not here"
)
def test_word_opens_it_without_repair(document: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(document)
    assert schema_faults(path) == []


# ---------------------------------------------------------------- Nghị định 30


def test_the_page_is_a4_with_the_margins_of_the_decree(document: bytes) -> None:
    (section,) = opened(document).sections
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    margins = (
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 20]
    assert section.header_distance < Mm(20)


def test_the_number_of_the_page_stands_centred_on_top_but_not_on_the_first(
    document: bytes,
) -> None:
    (section,) = opened(document).sections
    assert section.different_first_page_header_footer
    (paragraph,) = section.header.paragraphs
    assert "PAGE" in paragraph._p.xml
    assert paragraph.style.paragraph_format.alignment == 1
    assert [p.text for p in section.first_page_header.paragraphs] == [""]
    assert "PAGE" not in section.first_page_header.paragraphs[0]._p.xml


def test_every_style_in_use_is_times_new_roman_and_black(document: bytes) -> None:
    doc = opened(document)
    used = {
        p.style.name: p.style for p in [*doc.paragraphs, *doc.sections[0].header.paragraphs]
    }
    for style in used.values():
        fonts = style.element.rPr.find(f"{W}rFonts")
        assert {
            fonts.get(f"{W}{script}") for script in ("ascii", "hAnsi", "cs", "eastAsia")
        } == {FONT}
        assert not [name for name in fonts.attrib if "Theme" in name]
        assert str(style.font.color.rgb) == "000000"
        assert 13 <= style.font.size.pt <= 16
    assert not [
        run for p in doc.paragraphs for run in p.runs if run.font.name not in (None, FONT)
    ]


def test_the_language_is_vietnamese(document: bytes) -> None:
    styles = etree.fromstring(member(document, "word/styles.xml"))
    assert {lang.get(f"{W}val") for lang in styles.iter(f"{W}lang")} == {"vi-VN"}
    assert b"w:lang" not in member(document, "word/document.xml")


def test_headings_are_styles_and_the_title_stands_once(document: bytes) -> None:
    styles = [style for style, _ in paragraphs(document)]
    assert styles[0] == "Title"
    assert styles.count("Title") == 1
    assert "Heading 1" in styles
    assert set(styles) <= {
        "Title",
        "Sa-pô",
        "Heading 1",
        "Heading 2",
        "Normal",
        "Ảnh",
        "Caption",
        "Tác giả",
    }


def test_the_properties_say_what_it_is(folder: Path, document: bytes) -> None:
    data = examined_fixture(folder).data
    assert data
    core = opened(document).core_properties
    assert core.title == paragraphs(document)[0][1]
    assert core.author == data.org_unit.name
    assert core.subject.startswith("6 tháng")
    assert core.language == "vi-VN"
    assert core.last_modified_by == ""
    day = data.document.date or data.period.end
    assert {core.created.date(), core.modified.date()} == {day}


def test_every_picture_has_an_alternative_text(document: bytes) -> None:
    root = etree.fromstring(member(document, "word/document.xml"))
    alts = [node.get("descr") for node in root.iter("{*}docPr")]
    assert all(alts)


# ---------------------------------------------------------------- the same each time


def test_two_renders_of_one_template_are_the_same_bytes(folder: Path, document: bytes) -> None:
    examined = examined_fixture(folder)
    assert examined.data
    assert examined.kind
    template, figures = template_of(examined.kind), mark_figures(examined.figures)
    context = build_context(examined.data, figures, examined.kind, template.named)
    trace = trace_of(examined.data, figures, examined.origin, examined.findings, ())
    assert fill(template, context, trace) == fill(template, context, trace) == document


def test_reports_in_turn_leave_nothing_of_each_other_behind() -> None:
    first = [hashlib.sha256(fixture_document(folder)).hexdigest() for folder in ACCEPTED]
    again = [
        hashlib.sha256(fixture_document(folder)).hexdigest() for folder in reversed(ACCEPTED)
    ]
    assert first == again[::-1]


def test_the_bytes_do_not_depend_on_the_process() -> None:
    code = (
        "import hashlib, json\n"
        "from tests.document.making import ACCEPTED, fixture_document\n"
        "print(json.dumps([hashlib.sha256(fixture_document(f)).hexdigest() for f in ACCEPTED]))"
    )
    found = []
    for seed in ("0", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": f"UTC{seed[0]}"}
        ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment,
                             capture_output=True, text=True, check=True)  # fmt: skip
        found.append(json.loads(ran.stdout))
    here = [hashlib.sha256(fixture_document(folder)).hexdigest() for folder in ACCEPTED]
    assert found == [here, here]


def test_the_zip_has_one_date_and_one_order(document: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        infos = archive.infolist()
        assert archive.testzip() is None
    names = [info.filename for info in infos]
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.compress_type for info in infos} == {zipfile.ZIP_DEFLATED}


# ---------------------------------------------------------------- the template and its text


def test_a_template_built_of_its_text_reads_back_as_that_text() -> None:
    text = (real_kind().folder / "template.txt").read_text(encoding="utf-8")
    assert read_text(build_template(text, "{{ ky.ten }}")) == text


def test_all_that_is_said_of_a_line_ends_its_sentence() -> None:
    """``day_du`` may run on for several clauses: words after it would hang in the air."""
    text = (real_kind().folder / "template.txt").read_text(encoding="utf-8")
    ends = {text.split(tag, 1)[1][:1] for tag in _full_tags(text)}
    assert ends == {"."}


def _full_tags(text: str) -> list[str]:
    return [
        piece.split("}}")[0] + "}}" for piece in text.split("{{ ")[1:] if ".day_du }}" in piece
    ]
