"""Lines under texts at their right length: an empty paragraph's border, between indents.

Word and LibreOffice draw a paragraph's border from its left to its right indent; these are
set here, when the text above the line is known. Nothing floats, so nothing is displaced.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from generators.document.form import Form, Look
from generators.document.tidy import text_of
from generators.document.widths import widest_line

_STYLE = re.compile(r'<w:pStyle w:val="([^"]+)"/>')
_CELL_WIDTH = re.compile(r'<w:tcW\b[^>]*\bw:w="(\d+)"')
_CELL_MARGIN = re.compile(r'<w:tblCellMar>.*?<w:left\b[^>]*\bw:w="(\d+)"', re.DOTALL)
_PAGE = re.compile(r'<w:pgSz\b[^>]*\bw:w="(\d+)"')
_MARGIN = re.compile(r'w:(left|right)="(\d+)"')
_INDENT = re.compile(r"<w:ind\b[^>]*/>")
_AFTER_INDENT = re.compile(
    r"<w:(?:contextualSpacing|mirrorIndents|suppressOverlap|jc|textDirection|textAlignment|"
    r"textboxTightWrap|outlineLvl|divId|cnfStyle|rPr|sectPr|pPrChange)\b|</w:pPr>"
)
_TWIPS = 20  # in a point
_USUAL_MARGIN = 108  # of a cell, twips


def draw_lines(xml: str, form: Form) -> str:
    """Return a rendered part with the indents of its lines set."""
    if not any(f'<w:pStyle w:val="{style}"/>' in xml for style in form.lines):
        return xml
    pieces, at = [], 0
    for found in _STYLE.finditer(xml):
        if found[1] in form.lines:
            end = xml.index("</w:pPr>", found.end()) + len("</w:pPr>")
            pieces += [xml[at : found.end()], _indented(xml, found, end, form)]
            at = end
    return "".join((*pieces, xml[at:]))


def _indented(xml: str, style: re.Match[str], end: int, form: Form) -> str:
    """The rest of a line's properties, with the indents that its length needs."""
    start = _opening(xml, style.start())
    room = _room(xml, start)
    text, look = _text_before(xml, start, form)
    longest = widest_line(text, look.size, room / _TWIPS, bold=look.bold) * _TWIPS
    aside = max(0, round((room - min(longest, room) * form.lines[style[1]]) / 2))
    rest = _INDENT.sub("", xml[style.end() : end])
    at = _AFTER_INDENT.search(rest)
    where = at.start() if at else 0
    indent = f'<w:ind w:left="{aside}" w:right="{aside}" w:firstLine="0"/>'
    return rest[:where] + indent + rest[where:]


def _opening(xml: str, at: int) -> int:
    """Where the paragraph begins whose properties stand at `at`."""
    return max(xml.rfind("<w:p>", 0, at), xml.rfind("<w:p ", 0, at))


def _text_before(xml: str, start: int, form: Form) -> tuple[str, Look]:
    """The text of the paragraph before the one at `start`, and how it looks."""
    before = _opening(xml, start)
    paragraph = xml[before:start] if before >= 0 else ""
    style = _STYLE.search(paragraph)
    look = form.looks.get(style[1], Look()) if style else Look()
    return Markup(text_of(paragraph)).unescape(), look


def _room(xml: str, at: int) -> int:
    """How wide a paragraph at `at` may be, in twips: its cell's inside, or the page's."""
    cell = xml.rfind("<w:tc>", 0, at)
    if cell > xml.rfind("</w:tc>", 0, at):
        table = xml.rfind("<w:tbl>", 0, cell)
        margin = _CELL_MARGIN.search(xml, table, cell)
        width = _CELL_WIDTH.search(xml, cell)
        return (int(width[1]) if width else 0) - 2 * (
            int(margin[1]) if margin else _USUAL_MARGIN
        )
    page, tag = _PAGE.search(xml, at), xml.find("<w:pgMar", at)
    if not page or tag < 0:
        return 0
    margins = dict(_MARGIN.findall(xml, tag, xml.index(">", tag)))
    return int(page[1]) - int(margins["left"]) - int(margins["right"])
