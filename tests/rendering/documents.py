"""Documents to convert: small and plain, long, and some that reach out of themselves."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml

from generators.pipeline import Source, examine, generate
from tests.building import ROOT

_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    }.items()
)
_LINKED = """<w:p {spaces}><w:r><w:drawing><wp:inline><wp:extent cx="1800000" cy="1800000"/>
  <wp:docPr id="{number}" name="x"/><a:graphic>
  <a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>
  <pic:nvPicPr><pic:cNvPr id="1" name="x"/><pic:cNvPicPr/></pic:nvPicPr>
  <pic:blipFill><a:blip r:link="{link}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
  <pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="1800000"/></a:xfrm>
  <a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>
  </wp:inline></w:drawing></w:r></w:p>"""
_FIELD = """<w:p {spaces}><w:r><w:fldChar w:fldCharType="begin"/></w:r>
  <w:r><w:instrText xml:space="preserve"> INCLU</w:instrText></w:r>
  <w:r><w:instrText xml:space="preserve">DETEXT "{path}" </w:instrText></w:r>
  <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>chữ cũ</w:t></w:r>
  <w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"""
_SIMPLE = """<w:p {spaces}><w:fldSimple w:instr=" INCLUDEPICTURE &quot;{path}&quot; \\d ">
  <w:r><w:t>ảnh cũ</w:t></w:r></w:fldSimple></w:p>"""


@cache
def bulletin(name: str = "phuc-loi-2020") -> bytes:
    """A document as the service fills it."""
    data = (ROOT / "fixtures/accepted" / name / "input.json").read_bytes()
    return generate(examine(Source(data)))


def reaching_out(picture: Path, text: Path, url: str) -> bytes:
    """The bulletin with a picture from this machine, one from `url`, and fields that include."""
    document = Document(io.BytesIO(bulletin()))
    body = document.element.body
    for number, target in enumerate((picture.as_uri(), url), 900):
        link = document.part.relate_to(target, _IMAGE, is_external=True)
        body.insert(0, parse_xml(_LINKED.format(spaces=_SPACES, link=link, number=number)))
    body.insert(0, parse_xml(_FIELD.format(spaces=_SPACES, path=text)))
    body.insert(0, parse_xml(_SIMPLE.format(spaces=_SPACES, path=picture)))
    return _saved(document)


def _saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()
