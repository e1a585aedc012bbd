"""The styles of a new template, and its page: sizes and places after Nghị định 30/2020.

Page after Phụ lục I mục I: A4, margins 20/20/30/20 mm, Times New Roman, page number centred
in the top margin, none on the first page. Styles of the formal parts after mục V.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from generators.document.form import LEVELS, LONG_LINE, SHORT_LINE
from generators.folding import fold

FONT = "Times New Roman"
SIGNATURE = "Chữ ký"
BLANK = frozenset({LONG_LINE, SHORT_LINE, SIGNATURE})  # styles of paragraphs without words
_CENTRE, _RIGHT, _LEFT, _JUSTIFY = (
    WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)  # fmt: skip
_FIRST_LINE = 12.7  # mm
_HANGING = 3.2  # mm, the width of "- "


@dataclass(frozen=True)
class StyleLook:
    """How a style looks: sizes in points, indents in mm, space before and after in points."""

    size: int
    bold: bool = False
    italic: bool = False
    align: Any = _CENTRE
    first: float = 0
    before: int = 0
    after: int = 0
    keep: bool = False
    left: float = 0


_ALWAYS = {
    "Normal": StyleLook(14, align=_JUSTIFY, first=_FIRST_LINE, after=6),
    "Title": StyleLook(16, bold=True, before=6, after=12, keep=True),
    "Heading 1": StyleLook(14, bold=True, align=_JUSTIFY, first=_FIRST_LINE, before=6, after=6, keep=True),
    "Heading 2": StyleLook(14, bold=True, italic=True, align=_JUSTIFY, first=_FIRST_LINE, before=6,
                           after=6, keep=True),
    "Sa-pô": StyleLook(14, bold=True, align=_JUSTIFY, first=_FIRST_LINE, after=6),
    "Ảnh": StyleLook(14, before=6, after=6, keep=True),
    "Caption": StyleLook(13, italic=True, after=6),
    "Tác giả": StyleLook(14, bold=True, align=_RIGHT, before=12),
    "Header": StyleLook(14),
}  # fmt: skip
_FORMAL = {
    "Quốc hiệu": StyleLook(12, bold=True),
    "Tiêu ngữ": StyleLook(13, bold=True),
    "Cơ quan chủ quản": StyleLook(12),
    "Cơ quan ban hành": StyleLook(12, bold=True),
    LONG_LINE: StyleLook(2, before=2, after=6),
    SHORT_LINE: StyleLook(2, before=2, after=6),
    "Số ký hiệu": StyleLook(13),
    "Địa danh, ngày": StyleLook(13, italic=True),
    "Tên loại": StyleLook(14, bold=True, before=18, keep=True),
    "Trích yếu": StyleLook(14, bold=True, keep=True),
    "Kính gửi": StyleLook(14, before=12, after=12),
    "Kính gửi nhiều nơi": StyleLook(14, align=_LEFT, left=25, before=12, keep=True),
    "Nơi kính gửi": StyleLook(14, align=_LEFT, left=46.8, first=-_HANGING, keep=True),
    "Nơi kính gửi cuối": StyleLook(14, align=_LEFT, left=46.8, first=-_HANGING, after=12),
    LEVELS[0]: StyleLook(14, bold=True, align=_JUSTIFY, first=_FIRST_LINE, before=6, after=6, keep=True),
    LEVELS[1]: StyleLook(14, bold=True, align=_JUSTIFY, first=_FIRST_LINE, before=6, after=6, keep=True),
    LEVELS[2]: StyleLook(14, align=_JUSTIFY, first=_FIRST_LINE, after=6, keep=True),
    "Lời kết": StyleLook(14, align=_JUSTIFY, first=_FIRST_LINE, before=6, after=12, keep=True),
    "Nơi nhận": StyleLook(12, bold=True, italic=True, align=_LEFT),
    "Danh sách nơi nhận": StyleLook(11, align=_LEFT),
    "Quyền hạn, chức vụ": StyleLook(14, bold=True),
    SIGNATURE: StyleLook(14, before=64),
    "Họ tên người ký": StyleLook(14, bold=True),
}  # fmt: skip
NAMES = frozenset({*_ALWAYS, *_FORMAL})
_SPECIAL = {"Sa-pô": "SaPo"}
_BUILT_IN = frozenset({"Normal", "Title", "Heading 1", "Heading 2", "Caption", "Header"})


def set_looks(document: Any, used: Iterable[str]) -> None:
    """Give `document` its page and the styles that every template has, and those `used`."""
    _set_page(document)
    wanted = set(used)
    wanted |= set(LEVELS) if wanted & set(LEVELS) else set()
    for name, look in {
        **_ALWAYS,
        **{name: _FORMAL[name] for name in _FORMAL if name in wanted},
    }.items():
        style = _style(document, name)
        _set_style(style, look)
        if name in BLANK - {SIGNATURE}:
            _draw_line(style)
        if name in LEVELS:
            _set_outline(style, LEVELS.index(name))
    _set_language(document)
    _number_pages(document.sections[0])


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    section.header_distance = section.footer_distance = Mm(10)


def _style(document: Any, name: str) -> Any:
    if name in _BUILT_IN:
        return document.styles[name]
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    id_ = _SPECIAL.get(name) or "".join(word.capitalize() for word in fold(name).split())
    style.element.set(qn("w:styleId"), id_)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    return style


def _set_style(style: Any, look: StyleLook) -> None:
    _clear(style, "w:pBdr", "w:spacing", "w:contextualSpacing")
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(look.size), look.bold, look.italic
    font.color.rgb = RGBColor(0, 0, 0)
    set_fonts(style.element.get_or_add_rPr())
    layout = style.paragraph_format
    layout.alignment, layout.first_line_indent = look.align, Mm(look.first)
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.keep_with_next, layout.line_spacing = look.keep, 1.0
    if look.left:
        layout.left_indent = Mm(look.left)


def _clear(style: Any, *tags: str) -> None:
    """Drop what the base template decorates its styles with."""
    for properties in (style.element.pPr, style.element.rPr):
        for tag in tags if properties is not None else ():
            for found in properties.findall(qn(tag)):
                properties.remove(found)


def _draw_line(style: Any) -> None:
    """An upper border as the line, on a paragraph as low as it can be."""
    properties = style.element.get_or_add_pPr()
    border = parse_xml(
        f"<w:pBdr {nsdecls('w')}>"
        '<w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
    )
    properties.find(qn("w:spacing")).addprevious(border)
    spacing = properties.find(qn("w:spacing"))
    spacing.set(qn("w:line"), "40")
    spacing.set(qn("w:lineRule"), "exact")


def _set_outline(style: Any, level: int) -> None:
    """Make the style a heading for the program's own navigation."""
    properties = style.element.get_or_add_pPr()
    mark = OxmlElement("w:outlineLvl")
    mark.set(qn("w:val"), str(level))
    properties.append(mark)


def set_fonts(properties: Any) -> None:
    """Name one font for every script in the ``w:rFonts`` of `properties`."""
    fonts = properties.find(qn("w:rFonts"))
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _set_language(document: Any) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    set_fonts(properties)
    language = properties.find(qn("w:lang"))
    for script in ("val", "eastAsia", "bidi"):
        language.set(qn(f"w:{script}"), "vi-VN" if script != "bidi" else "ar-SA")


# ---------------------------------------------------------------- page numbers


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
