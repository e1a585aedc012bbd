"""Stamps, drafter's mark and address: found wherever Word keeps them, once, with their boxes."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from fixtures import lint_base as base
from fixtures.lint_marks import add_all, add_contact, add_drafter, add_urgency
from fixtures.lint_samples import of_kind
from lint.checking import lint
from lint.components import recognise
from lint.opening import open_document
from lint.reading import read_paper

_VECTOR = """<w:pict {spaces} xmlns:v="urn:schemas-microsoft-com:vml">
  <v:shape style="width:56.7pt;height:22.7pt" stroked="{stroked}"><v:textbox><w:txbxContent><w:p><w:pPr>
  <w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/><w:color w:val="FF0000"/><w:sz w:val="26"/></w:rPr>
  <w:t>KHẨN</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"""
_BOTH = """<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
  <mc:Choice Requires="wps"/><mc:Fallback/></mc:AlternateContent>"""


def vector(document: Any, stroked: str = "t") -> None:
    """The stamp as Word 2007 keeps it."""
    run = base.put(document.tables[0].rows[1].cells[0], "", 13).add_run()
    run._r.append(parse_xml(_VECTOR.format(spaces=nsdecls("w"), stroked=stroked)))


def twice_kept(document: Any) -> None:
    """The stamp as Word keeps it today: anew, and as before for programs that know no better."""
    add_urgency(document)
    drawing = next(document.tables[0]._tbl.iter(qn("w:drawing")))
    run = drawing.getparent()
    both = parse_xml(_BOTH)
    run.replace(drawing, both)
    both[0].append(drawing)
    both[1].append(parse_xml(_VECTOR.format(spaces=nsdecls("w"), stroked="t")))


@pytest.mark.parametrize("add", [add_urgency, vector, twice_kept])
def test_a_stamp_in_a_text_box_is_found_once_and_is_right(add: Any) -> None:
    document = of_kind(add)
    (stamp,) = recognise(read_paper(open_document(document))).marks.urgency
    assert (stamp.place, stamp.runs[0].size) == ("Hộp văn bản «KHẨN»", 13)
    assert stamp.frame is not None
    assert (round(stamp.frame.width), round(stamp.frame.height), stamp.frame.single) == (
        20,
        8,
        True,
    )
    assert lint(document) == ()


def test_a_text_box_of_old_without_a_line_is_no_frame() -> None:
    (found,) = lint(of_kind(lambda document: vector(document, "f")))
    assert (found.code, found.where) == ("urgency.frame", "Hộp văn bản «KHẨN»")


def test_the_mark_of_who_drafted_is_no_recipient() -> None:
    form = recognise(read_paper(open_document(of_kind(add_drafter))))
    assert [one.words for one in form.drafter] == ["PL.(300)"]
    assert [one.words for one in form.recipient_list] == list(base.LISTED)


def test_the_address_is_told_to_stand_at_the_foot() -> None:
    (found,) = lint(of_kind(lambda document: add_contact(document, ruled=False)))
    assert (found.code, found.where) == (
        "contact.line", "Chân trang «Số 12 phố Phúc Lợi, phường Phúc Lợi, thành phố Hà Nội»",
    )  # fmt: skip


def test_all_of_them_together_are_found() -> None:
    marks = recognise(read_paper(open_document(of_kind(add_all)))).marks
    assert [one.words for one in marks.stamps] == ["KHẨN", "LƯU HÀNH NỘI BỘ"]
    assert len(marks.contact) == 2
