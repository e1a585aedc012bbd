"""A document carries its own trace: each printed number, all it was made from, the file it stood in."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from hypothesis import given
from hypothesis import strategies as st

from generators.document.evidence import LARGEST, read_trace, write_trace
from generators.document.fill import fill
from generators.model import (
    HEDGES,
    NOTE,
    WARNING,
    Acknowledgement,
    Figure,
    Finding,
    OrgUnit,
    Period,
    Quantity,
)
from generators.origins import Origin
from generators.pipeline import Source, examine, generate
from generators.templates import template_of
from generators.trace import OpenFinding, Place, Trace
from generators.wording.context import build_context
from tests.building import real_kind
from tests.document.everything import STORIES, every_line, every_text
from tests.document.making import (
    ACCEPTED,
    VOCABULARY,
    all_but_trace,
    bookmarks,
    compiled,
    context,
    document_of,
    examined_fixture,
    fixture_document,
    marked_signs,
    member,
    opened,
    paragraphs,
    schema_faults,
    text_of,
    write_template,
)

PHUC_LOI = next(folder for folder in ACCEPTED if folder.name == "phuc-loi-2020")
KIND = real_kind()


@pytest.fixture(params=ACCEPTED, ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    return Path(str(request.param))


def trace_in(document: bytes) -> Trace:
    found = read_trace(document)
    assert found
    return found


# ---------------------------------------------------------------- the document


def test_the_text_is_what_it_was_without_marks(folder: Path) -> None:
    examined = examined_fixture(folder)
    assert examined.data
    template = template_of(KIND)
    bare = build_context(examined.data, examined.figures, KIND, template.named)
    assert paragraphs(fill(template, bare)) == paragraphs(fixture_document(folder))


def test_no_sign_of_a_mark_is_left_anywhere(folder: Path) -> None:
    assert marked_signs(fixture_document(folder)) == []


def test_each_bookmark_holds_the_words_that_the_trace_says(folder: Path) -> None:
    document = fixture_document(folder)
    trace = trace_in(document)
    assert bookmarks(document) == {place.bookmark: place.text for place in trace.places}
    assert [place.bookmark for place in trace.places] == [
        f"_so_{n}" for n in range(1, len(trace.places) + 1)
    ]


def test_the_trace_has_the_printed_figures_and_all_they_are_made_from(folder: Path) -> None:
    examined, trace = examined_fixture(folder), trace_in(fixture_document(folder))
    needed = {place.figure for place in trace.places}
    while more := {one for id_ in needed for one in examined.figures[id_].made_from} - needed:
        needed |= more
    assert trace.figures == tuple(
        replace(figure, quantity=replace(figure.quantity, where=figure.where))
        for id_, figure in examined.figures.items() if id_ in needed
    )  # fmt: skip


def test_the_trace_of_phuc_loi_tells_where_it_came_from() -> None:
    data = (PHUC_LOI / "input.json").read_bytes()
    trace = trace_in(generate(examine(Source(data, name="C:\\báo cáo\\Phúc Lợi.json"))))
    assert trace.origin == Origin("Phúc Lợi.json", sha256(data).hexdigest())
    assert trace.template == sha256((KIND.folder / "template.docx").read_bytes()).hexdigest()
    assert (trace.kind, trace.org_unit) == (
        KIND.id, OrgUnit("phường Phúc Lợi", ("quận Long Biên", "thành phố Hà Nội")),
    )  # fmt: skip
    assert trace.period == Period("2020S1", date(2020, 1, 1), date(2020, 6, 30))


def test_the_gifts_of_phuc_loi_lead_from_the_page_to_their_rows() -> None:
    trace = trace_in(fixture_document(PHUC_LOI))
    gifts = [(place.figure, place.text) for place in trace.places if "qua_tet" in place.figure]
    assert gifts == [
        ("qua_tet@chu_tich_nuoc.value", "249 người"),
        ("qua_tet@chu_tich_nuoc.amount", "51,2 triệu đồng"),
        ("qua_tet@thanh_pho.value", "283 người"),
        ("qua_tet@thanh_pho.amount", "233,5 triệu đồng"),
        ("qua_tet@quan.value", "146 người"),
        ("qua_tet@quan.amount", "158,3 triệu đồng"),
        ("qua_tet@phuong.value", "478 người"),
        ("qua_tet@phuong.amount", "170,6 triệu đồng"),
        ("qua_tet@xa_hoi_hoa.value", "98 người"),
        ("qua_tet@xa_hoi_hoa.amount", "19,6 triệu đồng"),
        ("tong_qua_tet.value", "1.254 lượt người"),
        ("tong_qua_tet.amount", "633.200.000 đồng"),
        ("tong_qua_tet.amount", "Sáu trăm ba mươi ba triệu hai trăm nghìn đồng"),
    ]
    (total,) = [figure for figure in trace.figures if figure.id == "tong_qua_tet.amount"]
    assert total == Figure(
        "tong_qua_tet.amount", "Tổng cộng quà tết Nguyên đán: kinh phí", Quantity(Decimal(633200000)), "đồng",
        "tổng của các dòng: 51.200.000 + 233.500.000 + 158.300.000 + 170.600.000 + 19.600.000",
        ("qua_tet@chu_tich_nuoc.amount", "qua_tet@thanh_pho.amount", "qua_tet@quan.amount",
         "qua_tet@phuong.amount", "qua_tet@xa_hoi_hoa.amount"),
    )  # fmt: skip


def test_what_is_open_and_what_was_acknowledged_stand_in_the_trace() -> None:
    settled = Finding("a.b", WARNING, "/lines/1", "Số A & B lệch.", "Xem lại.", about="a")
    waiting = Finding("c.d", WARNING, "/lines/2", "Số C lệch.", "Xem lại.", about="c")
    note = Finding("e.f", NOTE, "/lines/3", "Số E lớn.", "Không cần sửa.", about="e")
    row = Acknowledgement(
        settled.id, "Đã soát, đúng & đủ", "Nguyễn Thị Hoa", "/acknowledgements/0"
    )
    examined = replace(
        examined_fixture(PHUC_LOI), findings=(settled, waiting, note), acknowledged=(row,)
    )
    trace = trace_in(generate(examined))
    assert trace.acknowledgements == (row,)
    assert trace.findings == (
        OpenFinding(waiting.id, "c.d", "warning", "/lines/2", "Số C lệch."),
        OpenFinding(note.id, "e.f", "note", "/lines/3", "Số E lớn."),
    )


# ---------------------------------------------------------------- every number


def strings(value: Any) -> Iterator[str]:
    """What people wrote, not numbers of lines: labels, names, texts and stories."""
    if isinstance(value, Mapping):
        yield from (one for inner in value.values() for one in strings(inner))
    elif isinstance(value, list | tuple):
        yield from (one for inner in value for one in strings(inner))
    elif isinstance(value, str) and not re.fullmatch(r"[0-9.,]*", value):
        yield value


def test_every_number_that_is_printed_of_the_data_has_a_bookmark() -> None:
    body = {
        "kind": KIND.id, "period": {"id": "2020S1"}, "org_unit": {"name": "phường Phúc Lợi"},
        "lines": every_line(KIND), "texts": every_text(KIND),
    }  # fmt: skip
    document = document_of(body)
    outside = re.sub(
        "<w:bookmarkStart.*?<w:bookmarkEnd[^>]*>",
        "",
        member(document, "word/document.xml").decode(),
        flags=re.DOTALL,
    )
    text = "\n".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", outside))
    known = [*strings(body), "6 tháng đầu năm 2020", "6 tháng cuối năm 2020", "năm 2019", "năm 2020",
             "27-7", "Covid-19", *(line.label for line in KIND.lines)]  # fmt: skip
    for words in sorted(known, key=len, reverse=True):
        text = text.replace(words, "")
    assert [line for line in text.splitlines() if re.search("[0-9]", line)] == []
    assert len(trace_in(document).places) > 200


def test_stories_and_texts_are_their_authors_and_have_no_bookmark() -> None:
    body = {
        "kind": KIND.id, "period": {"id": "2020S1"}, "org_unit": {"name": "phường Phúc Lợi"},
        "lines": [{"code": "viec_lam", "value": 224}], "texts": every_text(KIND),
        "stories": [story for story in STORIES if "picture" not in story],
    }  # fmt: skip
    assert list(bookmarks(document_of(body)).values()) == ["224 người"]


# ---------------------------------------------------------------- its place in the package


def test_the_trace_is_a_part_of_the_document_with_properties_of_its_own() -> None:
    document = fixture_document(PHUC_LOI)
    package = opened(document).part
    (relation,) = [
        r for r in package.rels.values() if r.reltype == RELATIONSHIP_TYPE.CUSTOM_XML
    ]
    item = relation.target_part
    assert (item.partname, item.content_type) == ("/customXml/item1.xml", "application/xml")
    (properties,) = item.rels.values()
    assert properties.target_part.partname == "/customXml/itemProps1.xml"
    assert b'ds:uri="urn:bao-cao-an-sinh:trace:1"' in properties.target_part.blob
    assert set(all_but_trace(document)) >= {"customXml/_rels/item1.xml.rels"}


def test_a_custom_part_of_the_template_keeps_its_place(tmp_path: Path) -> None:
    def edit(doc: Any) -> None:
        uri = PackURI("/customXml/item1.xml")
        part = Part(uri, "application/xml", b"<own/>", doc.part.package)
        doc.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)

    template = compiled(write_template(tmp_path, "{{ ky.ten }}", edit), VOCABULARY)
    document = fill(template, context())
    (tmp_path / "filled.docx").write_bytes(document)
    assert schema_faults(tmp_path / "filled.docx") == []
    assert member(document, "customXml/item1.xml") == b"<own/>"
    assert trace_in(document) == Trace(template=template.sha256)
    assert template.trace == "customXml/item2.xml"


@pytest.fixture(scope="module")
def resaved(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("resaved")
    (folder / "report.docx").write_bytes(fixture_document(PHUC_LOI))
    (folder / "out").mkdir()
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to",
         "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(folder / "report.docx")],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    return (folder / "out" / "report.docx").read_bytes()


def test_a_document_saved_by_libreoffice_keeps_bookmarks_and_trace(resaved: bytes) -> None:
    document = fixture_document(PHUC_LOI)
    assert trace_in(resaved) == trace_in(document)
    assert bookmarks(resaved) == bookmarks(document)
    assert text_of(resaved) == text_of(document)


# ---------------------------------------------------------------- written and read back

_SIGNS = st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn"))
TEXT = st.text(_SIGNS | st.sampled_from("\n\t\r<&>\"'"))
ID = st.text(st.sampled_from("abc_@./~-0123"), min_size=1)
_WHOLE = st.integers(-(10**15), 10**15)
NUMBERS = _WHOLE.map(Decimal) | st.builds(
    lambda a, b: Decimal(a) / b, _WHOLE, st.integers(1, 10**15)
)
QUANTITIES = st.builds(Quantity, NUMBERS, st.sampled_from(["", *HEDGES]))
FIGURES = st.builds(Figure, ID, TEXT, QUANTITIES, TEXT, TEXT, st.lists(ID).map(tuple), TEXT)
TRACES = st.builds(
    Trace, st.builds(Origin, TEXT, TEXT), TEXT, TEXT,
    st.builds(Period, TEXT, st.dates(), st.dates()),
    st.builds(OrgUnit, TEXT, st.lists(TEXT).map(tuple)), st.lists(FIGURES).map(tuple),
    st.lists(st.builds(Place, TEXT, ID, TEXT)).map(tuple),
    st.lists(st.builds(OpenFinding, TEXT, TEXT, TEXT, TEXT, TEXT)).map(tuple),
    st.lists(st.builds(Acknowledgement, TEXT, TEXT, TEXT, TEXT)).map(tuple),
)  # fmt: skip


def in_a_file(part: bytes, name: str = "customXml/item7.xml") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return buffer.getvalue()


def without_places(trace: Trace) -> Trace:
    """A trace as it is told: the place of a figure stands with the figure alone."""
    return replace(trace, figures=tuple(
        replace(figure, quantity=replace(figure.quantity, where=figure.where))
        for figure in trace.figures))  # fmt: skip


@given(TRACES)
def test_a_trace_is_read_back_as_it_was_written(trace: Trace) -> None:
    assert read_trace(in_a_file(write_trace(trace))) == without_places(trace)


def test_the_xml_of_a_small_trace_whole() -> None:
    trace = Trace(
        Origin("a & b.xlsx", "1f"), "2e", "thu", Period("2020S1", date(2020, 1, 1), date(2020, 6, 30)),
        OrgUnit("phường Phúc Lợi", ("quận Long Biên",)),
        (Figure("a.value", "A", Quantity(Decimal("3.50"), "trên"), "%", "b / c × 100", ("b", "c"),
                "Số liệu!D12"),),
        (Place("_so_1", "a.value", "trên 3,5%"),),
        (OpenFinding("x-1", "x", "note", "Số liệu!D12", "Lưu\ný."),),
        (Acknowledgement("y-1", 'Ghi "đủ"', "Hoa", "Ghi nhận!A2"),),
    )  # fmt: skip
    assert write_trace(trace).decode() == (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<trace xmlns="urn:bao-cao-an-sinh:trace:1">\n'
        '<source name="a &amp; b.xlsx" sha256="1f"/>\n'
        '<template sha256="2e"/>\n'
        '<report kind="thu" period="2020S1" from="2020-01-01" to="2020-06-30"/>\n'
        '<unit name="phường Phúc Lợi"/>\n'
        '<within name="quận Long Biên"/>\n'
        '<figure id="a.value" label="A" value="3.50" hedge="trên" unit="%" rule="b / c × 100" '
        'where="Số liệu!D12" from="b c"/>\n'
        '<place bookmark="_so_1" figure="a.value" text="trên 3,5%"/>\n'
        '<finding id="x-1" code="x" severity="note" where="Số liệu!D12" message="Lưu&#10;ý."/>\n'
        '<acknowledgement finding="y-1" reason="Ghi &#34;đủ&#34;" by="Hoa" where="Ghi nhận!A2"/>\n'
        "</trace>"
    )


SOUND = write_trace(Trace(figures=(Figure("a", "A", Quantity(Decimal(3)), "%", ""),)))
HEAD = b'standalone="yes"?>\n'
DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "a document type": lambda xml: xml.replace(HEAD, HEAD + b"<!DOCTYPE trace [<!ENTITY a 'b'>]>"),
    "a broken end": lambda xml: xml[:-4],
    "a number that is none": lambda xml: xml.replace(b'value="3"', b'value="1E+999999999"'),
    "an unknown hedge": lambda xml: xml.replace(b'hedge=""', 'hedge="chừng"'.encode()),
    "no source": lambda xml: xml.replace(b'<source name="" sha256=""/>', b""),
    "another root": lambda xml: xml.replace(b"<trace ", b"<other ").replace(b"</trace>", b"</other>"),
    "bytes that are no text": lambda xml: xml.replace(b"</trace>", b"\xff</trace>"),
    "a day that is none": lambda xml: xml.replace(b"<unit", b'<report from="2020-02-30" to=""/><unit'),
    "more than a trace can be": lambda xml: xml + b" " * LARGEST,
}  # fmt: skip


def test_a_sound_part_is_read() -> None:
    assert read_trace(in_a_file(SOUND))
    assert read_trace(in_a_file(b"\xef\xbb\xbf" + SOUND, "customXml/other-name.xml"))


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_trace_is_no_trace(damage: str) -> None:
    changed = DAMAGED[damage](SOUND)
    assert changed != SOUND
    assert read_trace(in_a_file(changed)) is None


@pytest.mark.parametrize(
    "document",
    [b"", b"PK", in_a_file(b"<own/>"), in_a_file(SOUND, "word/item1.xml"),
     in_a_file(SOUND).replace(b"customXml/item7", b"customXml/item8", 1),
     in_a_file(SOUND)[:60] + b"\xff" * 20 + in_a_file(SOUND)[80:]],
    ids=["nothing", "no file", "no trace", "elsewhere", "two names", "damaged"],
)  # fmt: skip
def test_a_file_without_a_trace_has_none(document: bytes) -> None:
    assert read_trace(document) is None
