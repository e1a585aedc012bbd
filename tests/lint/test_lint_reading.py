"""Styles are resolved as Word does: defaults, chains, tables, characters, themes, numbering, direct."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from lint.opening import open_document
from lint.paper import Paper, Paragraph
from lint.reading import read_paper


def paper_of(document: Any) -> Paper:
    buffer = io.BytesIO()
    document.save(buffer)
    return read_paper(open_document(buffer.getvalue()))


def said(paper: Paper, words: str) -> Paragraph:
    return next(one for one in paper.paragraphs if one.words.startswith(words))


def test_a_chain_of_styles_and_what_is_told_directly() -> None:
    document = Document()
    base = document.styles.add_style("Gốc", WD_STYLE_TYPE.PARAGRAPH)
    base.font.size, base.font.bold, base.font.name = Pt(13), True, "Times New Roman"
    base.paragraph_format.space_after = Pt(6)
    own = document.styles.add_style("Con", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style, own.font.italic = base, True
    own.paragraph_format.first_line_indent = Mm(10)
    paragraph = document.add_paragraph("Một", style="Con")
    paragraph.runs[0].font.size = Pt(11)
    paragraph.add_run(" hai").font.bold = False
    found = said(paper_of(document), "Một")
    assert [(run.text, run.size, run.bold, run.italic) for run in found.runs] == [
        ("Một", 11, True, True), (" hai", 13, False, True),
    ]  # fmt: skip
    assert (found.after, round(found.first, 1), found.style) == (6, 10.0, "Con")


def test_bold_of_a_paragraph_and_of_its_letters_undo_each_other() -> None:
    document = Document()
    of_paragraph = document.styles.add_style("Đoạn đậm", WD_STYLE_TYPE.PARAGRAPH)
    of_letters = document.styles.add_style("Chữ đậm", WD_STYLE_TYPE.CHARACTER)
    of_paragraph.font.bold = of_letters.font.bold = True
    document.add_paragraph("Đậm ", style="Đoạn đậm").add_run("thường", style="Chữ đậm")
    assert [run.bold for run in said(paper_of(document), "Đậm").runs] == [True, False]


def test_fonts_come_from_the_theme_where_the_style_says_so() -> None:
    document = Document()
    fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    fonts.set(qn("w:asciiTheme"), "minorHAnsi")
    fonts.set(qn("w:hAnsi"), "Arial")
    document.add_paragraph("plain đ")
    assert said(paper_of(document), "plain").runs[0].fonts == ("Cambria", "Arial")


def test_a_table_style_speaks_before_the_paragraphs() -> None:
    document = Document()
    style = document.styles.add_style("Bảng", WD_STYLE_TYPE.TABLE)
    style.element.append(parse_xml(f"<w:rPr {nsdecls('w')}><w:i/></w:rPr>"))
    table = document.add_table(rows=1, cols=2)
    table.style = style
    table.rows[0].cells[1].paragraphs[0].add_run("ô")
    found = said(paper_of(document), "ô")
    assert found.runs[0].italic
    assert (found.cell and (found.cell.table, found.cell.row, found.cell.column)) == (1, 1, 2)
    assert found.place == "Bảng 1, hàng 1, cột 2 «ô»"


def test_word_numbers_what_stands_in_no_text() -> None:
    document = Document()
    for words in ("một", "hai"):
        document.add_paragraph(words, style="List Number")
    paper = paper_of(document)
    assert [one.words for one in paper.said] == ["1. một", "2. hai"]


def test_capitals_by_format_are_capitals_on_paper() -> None:
    document = Document()
    document.add_paragraph().add_run("báo cáo").font.all_caps = True
    assert paper_of(document).said[0].words == "BÁO CÁO"


def test_what_was_deleted_with_changes_tracked_is_not_read_what_was_inserted_is() -> None:
    document = Document()
    paragraph = document.add_paragraph("còn ")
    for tag, text in (("ins", "<w:t>thêm</w:t>"), ("del", "<w:delText>bỏ</w:delText>")):
        paragraph._p.append(parse_xml(
            f'<w:{tag} {nsdecls("w")} w:id="1" w:author="a"><w:r>{text}</w:r></w:{tag}>'))  # fmt: skip
    assert paper_of(document).said[0].words == "còn thêm"


def test_sections_tell_their_paper_in_millimetres() -> None:
    document = Document()
    section = document.sections[0]
    section.page_width, section.left_margin = Mm(210), Mm(30)
    section.different_first_page_header_footer = True
    found = paper_of(document).sections[0]
    assert (round(found.width), round(found.left), found.own_first) == (210, 30, True)
