"""Widths of texts in Times New Roman, and lines as long as they must be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generators.document.form import Form, Look
from generators.document.underlines import draw_lines
from generators.document.widths import _WIDTHS, widest_line, width_of

FONTS = Path("/usr/share/fonts/truetype/liberation2")
FORM = Form(lines={"L": 1.0, "S": 0.4}, looks={"T": Look(12, bold=True)})
SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1" w:right="1134" w:left="1701"/></w:sectPr>'
)


@pytest.mark.parametrize(("bold", "name"), [(True, "Bold"), (False, "Regular")])
def test_the_table_is_what_the_font_says(bold: bool, name: str) -> None:
    path = FONTS / f"LiberationSerif-{name}.ttf"
    if not path.exists():
        pytest.skip("Liberation Serif is not installed")
    from fontTools.ttLib import TTFont

    font = TTFont(path)
    letters, metrics = font.getBestCmap(), font["hmtx"]
    known = {
        char: metrics[letters[ord(char)]][0] for char in _WIDTHS[bold] if ord(char) in letters
    }
    assert known.items() <= _WIDTHS[bold].items()
    assert set("ĂÂĐÊÔƠƯăâđêôơư") <= set(known)


def test_a_text_is_as_wide_as_its_letters() -> None:
    assert width_of("AB", 12, bold=True) == pytest.approx((1479 + 1366) * 12 / 2048)
    assert width_of("", 12, bold=True) == 0


def test_a_text_that_breaks_is_as_wide_as_its_widest_line() -> None:
    wide = width_of("AAAA", 12, bold=True)
    assert widest_line("AAAA BB CC", 12, wide + 1, bold=True) == wide
    assert widest_line("BB AAAA", 12, 1000, bold=True) == width_of("BB AAAA", 12, bold=True)


def line_after(
    text: str, style: str, *, properties: str = "", around: str = "{}"
) -> tuple[int, int]:
    """The indents of a line of `style` under `text`, in twips."""
    xml = (f'<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
           f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr></w:p>')  # fmt: skip
    drawn = draw_lines(around.format(xml) + SECTION, FORM)
    (found,) = re.findall(r'<w:ind w:left="(\d+)" w:right="(\d+)" w:firstLine="0"/>', drawn)
    return int(found[0]), int(found[1])


def test_a_line_on_the_page_stands_in_its_middle() -> None:
    room, wide = 11906 - 1134 - 1701, width_of("PHÚC LỢI", 12, bold=True) * 20
    for style, share in (("L", 1.0), ("S", 0.4)):
        left, right = line_after("PHÚC LỢI", style)
        assert left == right == round((room - wide * share) / 2)


def test_a_line_in_a_cell_goes_by_the_cell() -> None:
    margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/></w:tblCellMar>'
    cell = (f'<w:tbl><w:tblPr>{margins}</w:tblPr>'
            '<w:tr><w:tc><w:tcPr><w:tcW w:type="dxa" w:w="3742"/></w:tcPr>{}'
            '</w:tc></w:tr></w:tbl>')  # fmt: skip
    left, _ = line_after("A", "L", around=cell)
    assert left == round((3742 - width_of("A", 12, bold=True) * 20) / 2)
    usual = cell.replace(margins, "")
    assert line_after("A", "L", around=usual)[0] == left - 108


def test_a_line_has_its_indent_where_the_schema_wants_it_and_only_one() -> None:
    given = '<w:spacing w:after="0"/><w:ind w:left="9"/><w:jc w:val="center"/>'
    xml = draw_lines(
        '<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>A</w:t></w:r></w:p>'
        f'<w:p><w:pPr><w:pStyle w:val="S"/>{given}</w:pPr></w:p>{SECTION}', FORM)  # fmt: skip
    indent = r'<w:ind w:left="\d+" w:right="\d+" w:firstLine="0"/>'
    assert re.search(rf'<w:spacing w:after="0"/>{indent}<w:jc', xml)
    assert xml.count("<w:ind") == 1


def test_a_part_without_lines_is_left_as_it_is() -> None:
    xml = '<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr></w:p>'
    assert draw_lines(xml, FORM) == xml
