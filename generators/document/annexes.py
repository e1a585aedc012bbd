"""Annexes put behind the body of a rendered document: head, content, "./.", a section each.

Form after Nghị định 30/2020, Phụ lục I mục III.1 and Phụ lục III, Mẫu 2.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generators.annex import Annex, Table
from generators.document.annex_sections import Section, annex_section, main_section
from generators.document.annex_styles import ATTACHED, CLOSING, END, HEAD, RULE, TITLE
from generators.document.annex_table import table_xml
from generators.document.bookmarks import Bookmarks
from generators.document.chart import Charts

PLACE = "_phu_luc"  # the bookmark of a draft's last page, before which annexes stand
_PARAGRAPH = '<w:p><w:pPr><w:pStyle w:val="%s"/>%s</w:pPr>%s</w:p>'
_RULE = ('<w:p><w:pPr><w:pStyle w:val="%s"/><w:pBdr><w:bottom w:val="single" w:sz="6" '
         'w:space="1" w:color="000000"/></w:pBdr><w:ind w:left="%d" w:right="%d"/></w:pPr>'
         "</w:p>")  # fmt: skip
_BREAK = ('<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
          '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>%s</w:pPr></w:p>')  # fmt: skip
_KEPT, _END_MARK = "<w:keepNext/>", "./."
_RULE_LENGTH = 2268  # twips, 40 mm


def add_annexes(
    xml: str, annexes: Sequence[Annex], bookmarks: Bookmarks, charts: Charts
) -> str:
    """Return the document `xml` with `annexes` behind its body, which has its bookmarks.

    `bookmarks` and `charts` take up what the annexes hold of them. The body's section ends
    before the annexes; the last of them takes the place of the document's last section,
    unless the page that PLACE names stands there.
    """
    if not annexes:
        return xml
    end, main = main_section(xml)
    page = _last_page(xml)
    at = end if page is None else page
    sections = [annex_section(main, landscape=annex.landscape) for annex in annexes]
    endings = [section.xml for section in sections]
    rest = xml[at:]
    if page is None:
        rest = endings[-1] + rest.removeprefix(main)
        endings[-1] = ""
    pieces = [xml[:at], _BREAK % main]
    for annex, section, ending in zip(annexes, sections, endings, strict=True):
        pieces.append(_Writer(section, bookmarks, charts).annex(annex, ending))
    return "".join((*pieces, rest))


def _last_page(xml: str) -> int | None:
    """Where the paragraph begins that has the bookmark PLACE; None where none has."""
    found = xml.find(f'w:name="{PLACE}"')
    return (
        None if found < 0 else max(xml.rfind("<w:p>", 0, found), xml.rfind("<w:p ", 0, found))
    )


@dataclass(frozen=True)
class _Writer:
    """What an annex is written with."""

    section: Section
    bookmarks: Bookmarks
    charts: Charts

    def annex(self, annex: Annex, ending: str) -> str:
        """Return `annex`; its last paragraph carries `ending`, the end of its section."""
        indent = (self.section.width - _RULE_LENGTH) // 2
        return "".join((
            self._paragraph(HEAD, annex.name),
            self._paragraph(TITLE, annex.title),
            self._paragraph(ATTACHED, annex.attached),
            _RULE % (RULE, indent, indent),
            self._content(annex),
            *(self._paragraph(CLOSING, text, _KEPT) for text in annex.closing),
            self._paragraph(END, _END_MARK, ending),
        ))  # fmt: skip

    def _paragraph(self, style: str, text: str, more: str = "") -> str:
        return _PARAGRAPH % (style, more, self.bookmarks.runs(text))

    def _content(self, annex: Annex) -> str:
        section, content = self.section, annex.content
        if isinstance(content, Table):
            return table_xml(content, section.width, self.bookmarks)
        placed = (self.charts.place(chart, section.width, section.height) for chart in content)
        return "".join(placed)
