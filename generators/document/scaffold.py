"""A new template from plain text, and the text of a template: what a reviewer reads.

Each line of the text is a paragraph; its first mark is its style:

    #  tít      ~  sa-pô     ##  mục     ###  tiểu mục
    ^  ảnh      >  chú thích ảnh         @    tác giả
    a line that begins with {%p is a tag; any other line is body text

Page after Nghị định 30/2020, Phụ lục I mục I: A4, margins 20/20/30/20 mm, Times New Roman,
page number centred in the top margin, none on the first page.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Times New Roman"
_STYLES = {
    "### ": "Heading 2", "## ": "Heading 1", "# ": "Title", "~ ": "Sa-pô", "^ ": "Ảnh",
    "> ": "Caption", "@ ": "Tác giả",
}  # fmt: skip
_MARKS = {style: mark for mark, style in _STYLES.items()}
_CENTRE, _RIGHT, _LEFT, _JUSTIFY = (
    WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)  # fmt: skip
# name: (size pt, bold, italic, alignment, first line mm, before pt, after pt, keep with next)
_LOOKS: dict[str, tuple[int, bool, bool, Any, float, int, int, bool]] = {
    "Normal": (14, False, False, _JUSTIFY, 12.7, 0, 6, False),
    "Title": (16, True, False, _CENTRE, 0, 6, 12, True),
    "Heading 1": (14, True, False, _JUSTIFY, 12.7, 6, 6, True),
    "Heading 2": (14, True, True, _JUSTIFY, 12.7, 6, 6, True),
    "Sa-pô": (14, True, False, _JUSTIFY, 12.7, 0, 6, False),
    "Ảnh": (14, False, False, _CENTRE, 0, 6, 6, True),
    "Caption": (13, False, True, _CENTRE, 0, 0, 6, False),
    "Tác giả": (14, True, False, _RIGHT, 0, 12, 0, False),
    "Header": (14, False, False, _CENTRE, 0, 0, 0, False),
}
_OWN = {"Sa-pô": "SaPo", "Ảnh": "Anh", "Tác giả": "TacGia"}


def build_template(text: str, title: str) -> bytes:
    """Return a template .docx made of `text`; `title` is the tag for its title property."""
    document = Document()
    _set_page(document)
    for name, look in _LOOKS.items():
        _set_style(_style(document, name), look)
    _set_language(document)
    _number_pages(document.sections[0])
    for line in text.splitlines():
        if line.strip():
            _add_line(document, line)
    _set_properties(document, title)
    _mend_defaults(document)
    return _saved(document)


def read_text(template: bytes) -> str:
    """Return the text of a template, a line a paragraph, each with the mark of its style."""
    paragraphs = Document(io.BytesIO(template)).paragraphs
    return "".join(f"{line}\n" for line in _marked(paragraphs))


def _marked(paragraphs: list[Any]) -> Iterator[str]:
    for paragraph in paragraphs:
        style = paragraph.style.name if paragraph.style is not None else ""
        if paragraph.text.strip():
            yield _MARKS.get(style, "") + paragraph.text


def _add_line(document: Any, line: str) -> None:
    for mark, style in _STYLES.items():
        if line.startswith(mark):
            document.add_paragraph(line[len(mark) :], style=style)
            return
    document.add_paragraph(line)


# ---------------------------------------------------------------- page, styles, language


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    section.header_distance = section.footer_distance = Mm(10)


def _style(document: Any, name: str) -> Any:
    if name not in _OWN:
        return document.styles[name]
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), _OWN[name])
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    return style


def _set_style(style: Any, look: tuple[int, bool, bool, Any, float, int, int, bool]) -> None:
    size, bold, italic, alignment, indent, before, after, keep = look
    _clear(style, "w:pBdr", "w:spacing", "w:contextualSpacing")
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, italic
    font.color.rgb = RGBColor(0, 0, 0)
    _set_fonts(style.element.get_or_add_rPr())
    layout = style.paragraph_format
    layout.alignment, layout.first_line_indent = alignment, Mm(indent)
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.keep_with_next, layout.line_spacing = keep, 1.0


def _clear(style: Any, *tags: str) -> None:
    """Drop what the base template decorates its styles with."""
    for properties in (style.element.pPr, style.element.rPr):
        for tag in tags if properties is not None else ():
            for found in properties.findall(qn(tag)):
                properties.remove(found)


def _set_fonts(properties: Any) -> None:
    fonts = properties.find(qn("w:rFonts"))
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _set_language(document: Any) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    _set_fonts(properties)
    language = properties.find(qn("w:lang"))
    for script in ("val", "eastAsia", "bidi"):
        language.set(qn(f"w:{script}"), "vi-VN" if script != "bidi" else "ar-SA")


def _number_pages(section: Any) -> None:
    section.different_first_page_header_footer = True
    # The first page's header is there and empty: Word then numbers from page two.
    section.first_page_header.is_linked_to_previous = False
    section.header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.style = "Header"
    for kind, text in (
        ("begin", ""),
        ("", " PAGE "),
        ("separate", ""),
        ("text", "2"),
        ("end", ""),
    ):
        _add_field_piece(paragraph.add_run(), kind, text)


def _add_field_piece(run: Any, kind: str, text: str) -> None:
    if kind == "text":
        run.text = text
        return
    tag = "w:fldChar" if kind else "w:instrText"
    piece = OxmlElement(tag)
    if kind:
        piece.set(qn("w:fldCharType"), kind)
    else:
        piece.text = text
        piece.set(qn("xml:space"), "preserve")
    run._r.append(piece)


# ---------------------------------------------------------------- properties


def _set_properties(document: Any, title: str) -> None:
    """Fill the properties with tags: each report then carries its own."""
    core = document.core_properties
    core.title, core.author = title, "{{ don_vi.ten }}"
    core.subject, core.language = "{{ ky.ten }}", "vi-VN"
    core.keywords, core.comments, core.last_modified_by = "", "", ""
    core.created = core.modified = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    core.revision = 1


def _mend_defaults(document: Any) -> None:
    """Mend python-docx's base: a w:zoom the schema refuses, a thumbnail, a bibliography."""
    for zoom in document.settings.element.findall(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")
    for holder in (document.part, document.part.package):
        for key, relation in list(holder.rels.items()):
            if relation.reltype.endswith(("/customXml", "/thumbnail")):
                holder.rels.pop(key)


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
