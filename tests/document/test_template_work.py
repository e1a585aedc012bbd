"""What a template may do: optional words, loops, tables, headers; edited in Word and LibreOffice."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from generators.document.fill import fill
from generators.document.template import CompiledTemplate
from generators.templates import template_of
from generators.wording.context import build_context, vocabulary
from tests.building import real_kind
from tests.document.making import (
    ACCEPTED,
    VOCABULARY,
    compiled,
    context,
    examined_fixture,
    opened,
    paragraphs,
    said,
    schema_faults,
    text_of,
    write_template,
)

Edit = Callable[[Any], None]


@pytest.fixture
def document(tmp_path: Path) -> Callable[..., bytes]:
    """A template filled; what comes out is valid."""

    def made(text: str, edit: Edit | None = None, **more: Any) -> bytes:
        template = compiled(write_template(tmp_path, text, edit), VOCABULARY)
        found = fill(template, context(**more))
        path = tmp_path / "filled.docx"
        path.write_bytes(found)
        assert schema_faults(path) == []
        return found

    return made


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("[[Có {{ viec_lam.day_du }}.]]", "Có 224 người.\n"),
        ("[[Có {{ viec_lam.tien }}.]]", ""),
        ("Đầu. [[Có {{ viec_lam.tien }}.]] [[Cuối {{ viec_lam.co }}.]]", "Đầu. Cuối có 224 người.\n"),
        ("[[Có {{ viec_lam.so_luong }}[[, kinh phí {{ viec_lam.tien }}]].]]", "Có 224 người.\n"),
        ("[[Có {{ qua_tet.so_luong }}[[, kinh phí {{ qua_tet.tien }}]].]]",
         "Có 253 người, kinh phí 51,2 triệu đồng.\n"),
        ("[[{{ viec_lam.so_luong }}[[ a [[ b {{ viec_lam.tien }}]] {{ viec_lam.co }}]].]]",
         "224 người a có 224 người.\n"),
        ("{% if viec_lam.tien %}Có tiền.{% else %}Không tiền.{% endif %}", "Không tiền.\n"),
        ("{{ ky.ten | in_hoa }}", "6 THÁNG ĐẦU NĂM 2020\n"),
        ("[[{{ viec_lam.co | hoa_dau }}.]]", "Có 224 người.\n"),
        ("{%p for q in qua_tet.cac_dong %}\n"
         "- {{ q.cau }}{% if loop.last %}.{% else %};{% endif %}\n{%p endfor %}",
         "- Quà A: 249 người, kinh phí 51,2 triệu đồng;\n- Quà B: 04 người.\n"),
        ("{%p for d in loi_van.mo_dau %}\n{{ loop.index }}. {{ d }}\n{%p endfor %}",
         "1. Đoạn một.\n2. Đoạn hai.\n"),
        ("{%p if van_ban.tit %}\nCó tít.\n{%p else %}\nKhông tít.\n{%p endif %}", "Không tít.\n"),
        ("{{ ky.ten }}  –  {{ ky.ten }} ", "6 tháng đầu năm 2020 – 6 tháng đầu năm 2020\n"),
        ("“{{ ky.ten }}” – giữ nguyên", "“6 tháng đầu năm 2020” – giữ nguyên\n"),
        ("{{\u00a0ky.ten\u00a0}}", "6 tháng đầu năm 2020\n"),
        ("{%p\u00a0if ky.ten %}\nCó.\n{%p endif %}", "Có.\n"),
    ],
)  # fmt: skip
def test_what_the_documentation_promises(document: Any, text: str, printed: str) -> None:
    assert text_of(document(text)) == printed


def _split(*pieces: str, bold: int = -1) -> Edit:
    """A paragraph whose text Word split over runs, one of them bold."""

    def edit(document: Any) -> None:
        paragraph = document.add_paragraph()
        for index, piece in enumerate(pieces):
            paragraph.add_run(piece).bold = index == bold or None
            paragraph._p.append(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellStart"/>'))

    return edit


@pytest.mark.parametrize("bold", [-1, 1, 2])
@pytest.mark.parametrize(
    "pieces",
    [
        ("[[Có {", "{ viec_", "lam.day", "_du }", "}.]]"),
        ("[", "[Có {{ viec_lam", ".day_du }}.", "]", "]"),
        ("{% if viec_", "lam.tien %}Sai.{", "% else %}Có 224 người.{% end", "if %}"),
    ],
)
def test_tags_that_word_split_over_runs_are_whole_again(
    document: Any, pieces: tuple[str, ...], bold: int
) -> None:
    assert text_of(document("Đầu.", _split(*pieces, bold=bold))) == "Đầu.\nCó 224 người.\n"


def test_a_bold_number_in_an_optional_sentence_stays_bold(document: Any) -> None:
    found = document(
        "", _split("[[Có ", "{{ viec_lam.so_luong }}", "[[, {{ viec_lam.tien }}]].]]", bold=1)
    )
    (paragraph,) = opened(found).paragraphs
    assert [(run.text, bool(run.bold)) for run in paragraph.runs if run.text] == [
        ("Có ", False), ("224 người", True), (".", False),
    ]  # fmt: skip


# ---------------------------------------------------------------- tables, headers, boxes


def test_rows_of_a_table_are_repeated_and_empty_cells_keep_their_paragraph(
    document: Any,
) -> None:
    def edit(doc: Any) -> None:
        rows = (("Tên", "Kinh phí"), ("{%tr for q in qua_tet.cac_dong %}", ""),
                ("{{ q.ten }}", "[[{{ q.tien }}]]"), ("{%tr endfor %}", ""))  # fmt: skip
        table = doc.add_table(len(rows), 2)
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.paragraphs[0].text = text

    (table,) = opened(document("Bảng:", edit)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Tên", "Kinh phí"], ["Quà A", "51,2 triệu đồng"], ["Quà B", ""],
    ]  # fmt: skip


@pytest.mark.parametrize("tit", ["", "Tít & tựa"])
def test_headers_and_footers_take_tags_and_are_never_left_empty(
    document: Any, tit: str
) -> None:
    def edit(doc: Any) -> None:
        doc.sections[0].footer.paragraphs[0].text = "[[{{ van_ban.tit }}]]"
        doc.sections[0].header.paragraphs[0].text = "{{ ky.ten }}"

    made = opened(document("Một.", edit, van_ban={"ngay_iso": "2020-08-03", "tit": tit}))
    assert [p.text for p in made.sections[0].footer.paragraphs] == [tit]
    assert [p.text for p in made.sections[0].header.paragraphs] == ["6 tháng đầu năm 2020"]


@pytest.mark.parametrize(
    ("tag", "text"), [("{{ ky.ten }}", "6 tháng đầu năm 2020"), ("[[{{ van_ban.tit }}]]", "")]
)
def test_a_text_box_takes_tags_and_keeps_a_paragraph(
    document: Any, tag: str, text: str
) -> None:
    def edit(doc: Any) -> None:
        box = (f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox>'
               f"<w:txbxContent><w:p><w:r><w:t>{tag}</w:t></w:r></w:p></w:txbxContent>"
               "</v:textbox></v:shape></w:pict></w:r>")  # fmt: skip
        doc.add_paragraph()._p.append(parse_xml(box))

    made = opened(document("Một.", edit))
    (box,) = made.element.iter("{*}txbxContent")
    assert ["".join(t.text or "" for t in p.iter("{*}t")) for p in box.iter("{*}p")] == [text]


def test_a_whole_section_may_stand_in_an_if_of_its_own(document: Any) -> None:
    text = "{%p if muc.lao_dong %}\n[[Có {{ viec_lam.day_du }}.]]\n{%p endif %}"
    assert text_of(document(text)) == "Có 224 người.\n"


# ---------------------------------------------------------------- one template, many reports


def test_reports_of_one_template_do_not_mix(tmp_path: Path) -> None:
    text = (
        "[[Có {{ viec_lam.day_du }}.]]\n{%p for d in loi_van.mo_dau %}\n{{ d }}\n{%p endfor %}"
    )
    template = compiled(write_template(tmp_path, text), VOCABULARY)
    one, two = context(), context(viec_lam=said("", "", ""), loi_van={"mo_dau": ("Khác.",)})
    first, second = fill(template, one), fill(template, two)
    assert text_of(first) == "Có 224 người.\nĐoạn một.\nĐoạn hai.\n"
    assert text_of(second) == "Khác.\n"
    assert (fill(template, one), fill(template, two)) == (first, second)


def test_the_properties_are_those_of_the_report_not_of_the_templates_editor(
    document: Any,
) -> None:
    def edit(doc: Any) -> None:
        doc.core_properties.last_modified_by = "Người sửa mẫu"
        doc.core_properties.title = "[[{{ van_ban.tit }}: ]]{{ ky.ten }} & <hết>"

    core = opened(document("Một.", edit)).core_properties
    assert core.title == "6 tháng đầu năm 2020 & <hết>"
    assert core.author == "phường Phúc Lợi"
    assert core.last_modified_by == ""
    assert core.created.isoformat()[:10] == core.modified.isoformat()[:10] == "2020-08-03"


# ---------------------------------------------------------------- edited and saved by LibreOffice


@pytest.fixture(scope="module")
def resaved(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> CompiledTemplate:
    folder = tmp_path_factory.mktemp("resaved")
    source = real_kind().folder / "template.docx"
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation=file://{folder}/profile",
         "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source)],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    return compiled(folder / "template.docx", vocabulary(real_kind()))


@pytest.mark.parametrize("folder", ACCEPTED, ids=lambda folder: folder.name)
def test_a_template_saved_by_libreoffice_says_the_same(
    resaved: CompiledTemplate, folder: Path, tmp_path: Path
) -> None:
    examined = examined_fixture(folder)
    assert examined.data
    assert examined.kind
    ours = template_of(examined.kind)
    assert resaved.named == ours.named
    said_ = build_context(examined.data, examined.figures, examined.kind, ours.named)
    found = fill(resaved, said_)
    assert text_of(found) == text_of(fill(ours, said_))
    assert [style for style, _ in paragraphs(found)].count("Title") == 1
    core = opened(found).core_properties
    assert core.title == paragraphs(found)[0][1]
    assert core.author == examined.data.org_unit.name
