"""A line under a text is found however it was drawn, with its length."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from fixtures import lint_base as base
from lint.checking import lint

_SHAPE = """<w:r {spaces} xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
  xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:drawing><wp:inline>
  <wp:extent cx="{width}" cy="0"/><wp:docPr id="7" name="x"/><a:graphic><a:graphicData uri="x">
  <a:prstGeom prst="line"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"""
_VECTOR = """<w:r {spaces} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>
  <v:line from="0,0" to="{width}pt,0"/></w:pict></w:r>"""
WIDTH = 180.0  # points: Tiêu ngữ at 13, bold


def without_border(document: Any) -> Any:
    """The document with the line under Tiêu ngữ taken away; its empty paragraph stays."""
    base.draw_lines(document)
    line = document.tables[0].rows[0].cells[1].paragraphs[2]
    line._p.pPr.remove(line._p.pPr.find(qn("w:pBdr")))
    return line


def codes(document: Any) -> list[str]:
    return [one.code for one in lint(base.saved(document))]


WAYS = {
    "a shape": lambda width: _SHAPE.format(spaces=nsdecls("w"), width=round(width * 12700)),
    "a line of VML": lambda width: _VECTOR.format(spaces=nsdecls("w"), width=width),
    "underscores": lambda width: (
        f"<w:r {nsdecls('w')}><w:rPr><w:sz w:val='26'/></w:rPr><w:t>{'_' * round(width / 6.5)}</w:t></w:r>"
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_line_is_seen_and_measured(way: str) -> None:
    document = base.clean_document()
    line = without_border(document)
    line._p.append(parse_xml(WAYS[way](WIDTH)))
    assert codes(document) == []
    line._p.remove(line._p[-1])
    line._p.append(parse_xml(WAYS[way](WIDTH / 2)))
    assert codes(document) == ["motto.line_length"]


def test_underlined_text_is_a_line_as_long_as_itself() -> None:
    document = base.clean_document()
    without_border(document)
    right = document.tables[0].rows[0].cells[1]
    right.paragraphs[1].runs[0].font.underline = True
    assert codes(document) == []


def test_no_line_is_told() -> None:
    document = base.clean_document()
    without_border(document)
    assert codes(document) == ["motto.line"]
