"""Marked numbers become bookmarks, whatever the template does round them; the text stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from generators.document.bookmarks import Spot, set_bookmarks
from generators.document.evidence import read_trace
from generators.document.fill import fill
from generators.document.sandbox import TemplateFault, capital_first
from generators.marks import mark_of, number_of, wrap
from generators.model import Figure, Quantity
from generators.origins import Origin
from generators.trace import Place, Trace
from tests.document.making import (
    VOCABULARY,
    W,
    bookmarks,
    compiled,
    context,
    marked_signs,
    member,
    opened,
    said,
    schema_faults,
    text_of,
    write_template,
)

PEOPLE, MONEY = wrap(mark_of(0), "249 người"), wrap(mark_of(1), "51,2 triệu đồng")
FIGURES = tuple(
    Figure(id_, id_, Quantity(Decimal(value)), unit, "số liệu nhập")
    for id_, value, unit in (("nguoi", "249", "người"), ("tien", "51200000", "đồng"))
)
TRACE = Trace(Origin("a.xlsx", "0"), figures=FIGURES)
Edit = Callable[[Any], None]


def start(number: int, name: str = "_so_") -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}{number}"/>'


def end(number: int) -> str:
    return f'<w:bookmarkEnd w:id="{number}"/>'


def run(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


BOLD = "<w:rPr><w:b/></w:rPr>"
FORMER = '<w:rPr><w:b/><w:rPrChange w:id="1"><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (run(f"Có {PEOPLE}."), run("Có ") + start(1) + run("249 người") + end(1) + run(".")),
        (run(PEOPLE), start(1) + run("249 người") + end(1)),
        (run(f"{PEOPLE}{MONEY}"),
         start(1) + run("249 người") + end(1) + start(2) + run("51,2 triệu đồng") + end(2)),
        (run(f"{PEOPLE}/{MONEY}"), start(1) + run("249 người") + end(1) + run("/") + start(2)
         + run("51,2 triệu đồng") + end(2)),
        (run(f"a {PEOPLE} b", BOLD),
         run("a ", BOLD) + start(1) + run("249 người", BOLD) + end(1) + run(" b", BOLD)),
        (run(f"a {PEOPLE}", FORMER), run("a ", FORMER) + start(1) + run("249 người", FORMER) + end(1)),
        (run(f"a {PEOPLE}", "<w:rPr/>"),
         run("a ", "<w:rPr/>") + start(1) + run("249 người", "<w:rPr/>") + end(1)),
        (run(f"a {PEOPLE}") + run(f"{MONEY} b"),
         run("a ") + start(1) + run("249 người") + end(1) + start(2) + run("51,2 triệu đồng") + end(2)
         + run(" b")),
        (f'<w:r w:rsidR="00A1"><w:tab/><w:t>{PEOPLE}</w:t><w:br/><w:t>{MONEY}</w:t></w:r>',
         '<w:r w:rsidR="00A1"><w:tab/></w:r>' + start(1)
         + '<w:r w:rsidR="00A1"><w:t xml:space="preserve">249 người</w:t></w:r>' + end(1)
         + '<w:r w:rsidR="00A1"><w:br/></w:r>' + start(2)
         + '<w:r w:rsidR="00A1"><w:t xml:space="preserve">51,2 triệu đồng</w:t></w:r>' + end(2)),
        (f"<w:r><w:t>Có {PEOPLE}</w:t></w:r>", run("Có ") + start(1) + run("249 người") + end(1)),
    ],
)  # fmt: skip
def test_a_marked_number_gets_a_run_of_its_own_and_no_empty_run_is_left(
    before: str, after: str
) -> None:
    xml, _ = set_bookmarks(f"<w:p><w:pPr/>{before}</w:p>", 0)
    assert xml == f"<w:p><w:pPr/>{after}</w:p>"


@pytest.mark.parametrize(
    "xml",
    [
        '<w:r><wp:docPr descr="Ảnh {}"/></w:r>',
        "<w:r><w:instrText>{}</w:instrText></w:r>",
        "<w:r><a:t>{}</a:t></w:r>",
        "<w:r><w:t>a</w:t></w:r><m:r><w:t>{}</w:t></m:r>",
        "<m:r><w:t>{}</w:t></m:r>",
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
        "<mc:AlternateContent><mc:Choice><mc:AlternateContent></mc:AlternateContent>"
        "<w:r><w:t>{}</w:t></w:r></mc:Choice></mc:AlternateContent>",
    ],
)  # fmt: skip
def test_where_no_bookmark_may_stand_the_mark_is_only_taken_away(xml: str) -> None:
    after = run("Sau ") + start(1) + run("51,2 triệu đồng") + end(1)
    found = set_bookmarks(xml.format(PEOPLE) + run(f"Sau {MONEY}"), 0)
    assert found == (xml.format("249 người") + after, (Spot("_so_1", 1, "51,2 triệu đồng"),))


def test_a_part_without_marks_is_as_it_was() -> None:
    assert set_bookmarks(run("Có 249 người."), 7) == (run("Có 249 người."), ())


def test_bookmarks_are_counted_on_from_those_there_are() -> None:
    xml, spots = set_bookmarks(run(f"{PEOPLE} {wrap(mark_of(4000), 'A &amp; B')}"), 7)
    assert xml == (
        '<w:bookmarkStart w:id="8" w:name="_so_1"/>' + run("249 người")
        + '<w:bookmarkEnd w:id="8"/>' + run(" ") + '<w:bookmarkStart w:id="9" w:name="_so_2"/>'
        + run("A &amp; B") + '<w:bookmarkEnd w:id="9"/>'
    )  # fmt: skip
    assert spots == (Spot("_so_1", 0, "249 người"), Spot("_so_2", 4000, "A & B"))


@given(st.integers(0, 10**9))
def test_a_mark_tells_its_number(number: int) -> None:
    assert number_of(mark_of(number)[1:-1]) == number


def test_the_first_letter_after_a_mark_becomes_capital() -> None:
    assert capital_first(wrap(mark_of(3), "trên 30 hộ")) == wrap(mark_of(3), "Trên 30 hộ")
    assert capital_first(f"có {PEOPLE}") == f"Có {PEOPLE}"
    assert capital_first("") == ""


# ---------------------------------------------------------------- in whole documents


def marked(**more: Any) -> dict[str, Any]:
    """The context of small templates, its numbers marked."""
    return context(viec_lam=said("Việc làm", PEOPLE, MONEY), **more)


def made(folder: Path, text: str, edit: Edit | None = None, **more: Any) -> bytes:
    template = compiled(write_template(folder, text, edit), VOCABULARY)
    found = fill(template, marked(**more), TRACE)
    path = folder / "filled.docx"
    path.write_bytes(found)
    assert schema_faults(path) == []
    assert marked_signs(found) == []
    return found


def test_the_whole_bookmark_map_of_a_small_document(tmp_path: Path) -> None:
    text = "[[Có {{ viec_lam.day_du }}.]]\n[[{{ viec_lam.tien | in_hoa }}.]]\nKỳ {{ ky.ten }}."
    found = made(tmp_path, text)
    assert text_of(found) == (
        "Có 249 người, kinh phí 51,2 triệu đồng.\n51,2 TRIỆU ĐỒNG.\nKỳ 6 tháng đầu năm 2020.\n"
    )
    assert bookmarks(found) == {
        "_so_1": "249 người", "_so_2": "51,2 triệu đồng", "_so_3": "51,2 TRIỆU ĐỒNG",
    }  # fmt: skip
    trace = read_trace(found)
    assert trace
    assert trace.figures == FIGURES
    assert trace.places == (
        Place("_so_1", "nguoi", "249 người"), Place("_so_2", "tien", "51,2 triệu đồng"),
        Place("_so_3", "tien", "51,2 TRIỆU ĐỒNG"),
    )  # fmt: skip


def test_only_printed_figures_are_listed(tmp_path: Path) -> None:
    trace = read_trace(made(tmp_path, "[[Có {{ viec_lam.so_luong }}.]]"))
    assert trace
    assert trace.figures == FIGURES[:1]


def test_headers_properties_and_text_boxes_carry_words_without_marks(tmp_path: Path) -> None:
    def edit(doc: Any) -> None:
        doc.core_properties.title = "[[{{ viec_lam.so_luong }}]]"
        doc.sections[0].footer.paragraphs[0].text = "[[{{ viec_lam.tien }}]]"
        box = (f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox>'
               "<w:txbxContent><w:p><w:r><w:t>[[{{ viec_lam.tien }}]]</w:t></w:r></w:p></w:txbxContent>"
               "</v:textbox></v:shape></w:pict></w:r>")  # fmt: skip
        doc.add_paragraph()._p.append(parse_xml(box))

    found = made(tmp_path, "[[Có {{ viec_lam.so_luong }}.]]", edit)
    document = opened(found)
    assert document.core_properties.title == "249 người"
    assert document.sections[0].footer.paragraphs[0].text == "51,2 triệu đồng"
    (box,) = document.element.iter("{*}txbxContent")
    assert "".join(t.text for t in box.iter(f"{W}t")) == "51,2 triệu đồng"
    assert bookmarks(found) == {"_so_1": "249 người"}


def test_bookmarks_of_the_template_keep_their_ids_and_names(tmp_path: Path) -> None:
    def edit(doc: Any) -> None:
        for tag, more in (("Start", ' w:name="muc_luc"'), ("End", "")):
            doc.paragraphs[0]._p.append(
                parse_xml(f'<w:bookmark{tag} {nsdecls("w")} w:id="41"{more}/>')
            )

    found = made(tmp_path, "[[Có {{ viec_lam.so_luong }}.]]", edit)
    root = etree.fromstring(member(found, "word/document.xml"))
    ids = {n.get(f"{W}name"): n.get(f"{W}id") for n in root.iter(f"{W}bookmarkStart")}
    assert ids == {"muc_luc": "41", "_so_1": "42"}


def test_a_report_that_was_made_into_a_template_loses_its_old_evidence(tmp_path: Path) -> None:
    old = made(tmp_path, "[[Có {{ viec_lam.day_du }}.]]")

    def edit(doc: Any) -> None:
        doc.paragraphs[-1].runs[-1].text += " [[{{ viec_lam.tien }}.]]"

    path = tmp_path / "template.docx"
    document = opened(old)
    edit(document)
    document.save(path)
    again = fill(compiled(path, VOCABULARY), marked(), TRACE)
    (tmp_path / "again.docx").write_bytes(again)
    assert schema_faults(tmp_path / "again.docx") == []
    assert bookmarks(again) == {"_so_1": "51,2 triệu đồng"}
    trace = read_trace(again)
    assert trace
    assert trace.figures == FIGURES[1:]


# ---------------------------------------------------------------- any formatting

SENTENCE = "[[Có {{ viec_lam.so_luong }}, phí {{ viec_lam.tien }}{{ viec_lam.day_du }}.]]"
LOOKS: tuple[Edit, ...] = (
    lambda run: None,
    lambda run: setattr(run, "bold", True),
    lambda run: setattr(run.font, "highlight_color", 7),
    lambda run: run.add_tab(),
    lambda run: run.add_break(),
    lambda run: run._r.insert(0, parse_xml(f"<w:tab {nsdecls('w')}/>")),
    lambda run: run._r.addnext(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellStart"/>')),
)


@st.composite
def layouts(draw: st.DrawFn) -> tuple[bool, list[tuple[str, int]]]:
    """Whether in a cell of a table; the sentence cut into runs, each with a look."""
    cuts = sorted(draw(st.sets(st.integers(1, len(SENTENCE) - 1), max_size=12)))
    texts = [SENTENCE[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]
    looks = st.integers(0, len(LOOKS) - 1)
    return draw(st.booleans()), [(piece, draw(looks)) for piece in texts]


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(layouts())
def test_bookmarks_survive_any_formatting_of_the_template(
    tmp_path: Path, layout: tuple[bool, list[tuple[str, int]]]
) -> None:
    in_cell, runs = layout

    def edit(doc: Any) -> None:
        paragraph = (
            doc.add_table(1, 1).cell(0, 0).paragraphs[0] if in_cell else doc.add_paragraph()
        )
        for text, look in runs:
            LOOKS[look](paragraph.add_run(text))

    template = compiled(write_template(tmp_path, "Đầu.", edit), VOCABULARY)
    found, bare = fill(template, marked(), TRACE), fill(template, unmarked(), TRACE)
    assert list(bookmarks(found).values()) == [
        "249 người", "51,2 triệu đồng", "249 người", "51,2 triệu đồng",
    ]  # fmt: skip
    assert shown(found) == shown(bare)


def unmarked() -> dict[str, Any]:
    return context(viec_lam=said("Việc làm", "249 người", "51,2 triệu đồng"))


def shown(document: bytes) -> list[tuple[str, str]]:
    """Each sign of the text, tabs and breaks with it, and the formatting it is shown in."""
    root = etree.fromstring(member(document, "word/document.xml"))
    return [
        (sign, looks_of(run))
        for run in root.iter(f"{W}r")
        for node in run.iter(f"{W}t", f"{W}tab", f"{W}br")
        for sign in node.text or node.tag
    ]


def looks_of(run: etree._Element) -> str:
    look = run.find(f"{W}rPr")
    return "" if look is None else re.sub(r"\s", "", etree.tostring(look).decode())


def test_a_private_sign_in_a_template_is_told(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match="ký tự riêng của một phông chữ"):
        compiled(write_template(tmp_path, "\ue000 {{ ky.ten }}"), VOCABULARY)
    assert compiled(write_template(tmp_path, "\uf0b7 {{ ky.ten }}"), VOCABULARY)
