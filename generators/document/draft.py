"""A template becomes that of a draft: marked on every page, with a last page of what is left.

The mark stands in a frame in the corner of every header, so that it moves no line of the
page; headers that a template lacks are made, those it has keep what they say.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from generators.document.annexes import PLACE
from generators.gate import SEVERITIES, say_counts
from generators.model import Finding
from generators.origins import printable

MARK = "DỰ THẢO"
HEADING = "Những điều còn phải xử lý"
FINDINGS, SUMMARY = "dieu_con_lai", "tom_tat_du_thao"
DRAFT_WORDS: Mapping[str, Any] = {
    SUMMARY: True,
    FINDINGS: {"*": {"so": True, "muc_do": True, "noi": True, "noi_dung": True,
                     "cach_xu_ly": True, "ma": True}},
}  # fmt: skip
_WHOLE_FILE = "Cả tệp"
_FONT = "Times New Roman"
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="12" w:space="2" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right")
)
_FRAME = f"""<w:p {nsdecls("w")}><w:pPr>
  <w:framePr w:w="1650" w:hSpace="113" w:wrap="around" w:vAnchor="page" w:hAnchor="margin"
    w:xAlign="right" w:y="454"/>
  <w:pBdr>{_BORDERS}</w:pBdr>
  <w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>
  <w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr>
  <w:r><w:rPr><w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}"
    w:cs="{_FONT}"/><w:b/><w:color w:val="000000"/><w:sz w:val="26"/></w:rPr>
    <w:t>{MARK}</w:t></w:r></w:p>"""
_COLUMNS = (("TT", 11), ("Nơi ghi", 37), ("Điều còn phải xử lý", 112))  # mm, 160 in all


def draft_template(template: bytes) -> bytes:
    """Return `template` as that of a draft; it may name ``DRAFT_WORDS`` besides its own."""
    document = Document(io.BytesIO(template))
    for header in _headers(document):
        header._element.insert(0, parse_xml(_FRAME))
    _add_last_page(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def draft_context(findings: Iterable[Finding]) -> Mapping[str, Any]:
    """Return what the last page of a draft says of `findings`."""
    left = list(findings)
    counts = say_counts(left)
    return {
        SUMMARY: f"Còn {counts}." if left else "Không còn điều nào phải xử lý.",
        FINDINGS: tuple(_row(number, finding) for number, finding in enumerate(left, 1)),
    }


def _row(number: int, finding: Finding) -> Mapping[str, str]:
    return {
        "so": str(number),
        "muc_do": SEVERITIES[finding.severity].capitalize(),
        "noi": printable(finding.where) or _WHOLE_FILE,
        "noi_dung": printable(finding.message),
        "cach_xu_ly": printable(finding.remedy),
        "ma": printable(finding.id),
    }


# ---------------------------------------------------------------- the mark


def _headers(document: Any) -> Iterator[Any]:
    """Every header there is, each once; the first section has all three from now on.

    A later section without its own header shows the one before it.
    """
    seen: set[str] = set()
    for index, section in enumerate(document.sections):
        for header in (section.header, section.first_page_header, section.even_page_header):
            if index == 0 and header.is_linked_to_previous:
                header.is_linked_to_previous = False
            if not header.is_linked_to_previous and header.part.partname not in seen:
                seen.add(header.part.partname)
                yield header


# ---------------------------------------------------------------- the last page


def _add_last_page(document: Any) -> None:
    heading = _paragraph(document, HEADING, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    heading.paragraph_format.page_break_before = True
    heading.paragraph_format.space_after = Pt(6)
    _mark_page(document, heading)
    summary = _paragraph(document, f"{{{{ {SUMMARY} }}}}", align=WD_ALIGN_PARAGRAPH.CENTER)
    summary.paragraph_format.space_after = Pt(12)
    _paragraph(document, f"{{%p if {FINDINGS} %}}")
    _add_table(document)
    _paragraph(document, "{%p endif %}")


def _mark_page(document: Any, heading: Any) -> None:
    """Put a bookmark where the page begins: annexes stand before it."""
    ids = [int(node.get(qn("w:id"))) for node in document.element.iter(qn("w:bookmarkStart"))]
    id_ = max(ids, default=0) + 1
    for name in (f'Start {nsdecls("w")} w:name="{PLACE}"', f"End {nsdecls('w')}"):
        heading._p.append(parse_xml(f'<w:bookmark{name} w:id="{id_}"/>'))


def _add_table(document: Any) -> None:
    table = document.add_table(rows=4, cols=len(_COLUMNS))
    _set_grid(table)
    cells = [row.cells for row in table.rows]
    for cell, (title, _) in zip(cells[0], _COLUMNS, strict=True):
        _fill(cell, (title, True, False), align=WD_ALIGN_PARAGRAPH.CENTER)
    _fill(cells[1][0], (f"{{%tr for dieu in {FINDINGS} %}}", False, False))
    _fill(cells[2][0], ("{{ dieu.so }}", False, False), align=WD_ALIGN_PARAGRAPH.CENTER)
    _fill(cells[2][1], ("{{ dieu.noi }}", False, False), ("{{ dieu.muc_do }}", True, False))
    _fill(cells[2][2], ("{{ dieu.noi_dung }}", False, False),
          ("Cách xử lý: {{ dieu.cach_xu_ly }}", False, False),
          ("Mã: {{ dieu.ma }}", False, True))  # fmt: skip
    _fill(cells[3][0], ("{%tr endfor %}", False, False))


def _set_grid(table: Any) -> None:
    """Rule the table, repeat its head on each page, and keep each row on one page."""
    sides = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
                    for side in ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")
    table.autofit = False
    layout = table._tbl.tblPr.find(f"{{{table._tbl.nsmap['w']}}}tblLayout")
    layout.addprevious(borders)
    for column, (_, width) in zip(table.columns, _COLUMNS, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    for row, name in zip(table.rows, ("tblHeader", "cantSplit", "cantSplit", "cantSplit"),
                         strict=True):  # fmt: skip
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:{name} {nsdecls('w')}/>"))


def _fill(
    cell: Any, *lines: tuple[str, bool, bool], align: Any = WD_ALIGN_PARAGRAPH.LEFT
) -> None:
    """Write `lines`, each its text, bold and italic, as the paragraphs of a cell."""
    for index, (text, bold, italic) in enumerate(lines):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        _set(paragraph, text, 13, bold=bold, italic=italic)
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(2)


def _paragraph(document: Any, text: str, *, bold: bool = False, align: Any = None) -> Any:
    paragraph = document.add_paragraph()
    _set(paragraph, text, 14, bold=bold, italic=False)
    paragraph.alignment = align
    return paragraph


def _set(paragraph: Any, text: str, size: int, *, bold: bool, italic: bool) -> None:
    """Write `text` with all of its look on it: a template's styles are its own."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.font.bold, run.font.italic = _FONT, Pt(size), bold, italic
    layout = paragraph.paragraph_format
    layout.first_line_indent = layout.left_indent = layout.right_indent = Mm(0)
    layout.space_before, layout.line_spacing = Pt(0), 1.0
