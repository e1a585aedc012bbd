"""Paper, margins, fonts, colours, page numbers (Phụ lục I, Phần I, mục I)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from generators.model import Finding
from lint.paper import Paragraph, Section
from lint.sheet import Sheet, told

_A4 = (210.0, 297.0)
_LEAST_MOST = {
    "top": (20.0, 25.0),
    "bottom": (20.0, 25.0),
    "left": (30.0, 35.0),
    "right": (15.0, 20.0),
}
_NEAR = 0.6  # mm: programs round
_FONT = "Times New Roman"
_LEGACY = (".vn", "vni-", "vntime")
_A_PAGE = 2500  # characters: what is shorter may well be one page
_CODES: Mapping[str, str] = {
    "top": "page.margin_top", "bottom": "page.margin_bottom",
    "left": "page.margin_left", "right": "page.margin_right",
}  # fmt: skip


def check_size(sheet: Sheet) -> Iterator[Finding]:
    """A4, whichever way it lies."""
    for number, section in enumerate(sheet.paper.sections, 1):
        sides = sorted((section.width, section.height))
        if any(abs(side - right) > 1 for side, right in zip(sides, _A4, strict=True)):
            yield told(
                "page.size", _named(number), f"{section.width:.0f} x {section.height:.0f} mm"
            )


def check_orientation(sheet: Sheet) -> Iterator[Finding]:
    """Upright, unless the section holds a table."""
    for number, section in enumerate(sheet.paper.sections, 1):
        tables = any(one.cell and one.section == number - 1 and one.cell.columns > 2
                     for one in sheet.paper.paragraphs)  # fmt: skip
        if section.width > section.height and not tables:
            yield told(
                "page.orientation", _named(number), "trình bày theo chiều rộng, không có bảng"
            )


def check_margins(sheet: Sheet) -> Iterator[Finding]:
    """Each margin of each section; a page lying on its side has them turned with it."""
    for number, section in enumerate(sheet.paper.sections, 1):
        upright = section.width <= section.height
        for side, (least, most) in _LEAST_MOST.items() if upright else ():
            value = getattr(section, side)
            if not least - _NEAR <= value <= most + _NEAR:
                yield told(_CODES[side], _named(number), f"{value:.0f} mm")


def check_fonts(sheet: Sheet) -> Iterator[Finding]:
    """Times New Roman everywhere; fonts of old encodings are told as such."""
    for one in _printed(sheet):
        others = [font for run in one.inked for font in run.fonts if font != _FONT]
        if others and others[0].lower().startswith(_LEGACY):
            yield told("font.unicode", one, f"phông {others[0]} của bảng mã cũ")
        elif others:
            yield told("font.name", one, others[0])


def check_colors(sheet: Sheet) -> Iterator[Finding]:
    """Black."""
    for one in _printed(sheet):
        if odd := next((run.color for run in one.inked if run.color != "000000"), ""):
            yield told("font.color", one, f"màu #{odd}")


def check_encoding(sheet: Sheet) -> Iterator[Finding]:
    """Letters with their marks in one sign."""
    for one in _printed(sheet):
        if not unicodedata.is_normalized("NFC", one.text):
            yield told("font.unicode", one, "chữ có dấu ghép rời (tổ hợp)")


def check_page_numbers(sheet: Sheet) -> Iterator[Finding]:
    """A number in the top margin from page 2 on."""
    long = sum(len(one.words) for one in sheet.paper.said) > _A_PAGE
    for number, section in enumerate(sheet.paper.sections[:1], 1):
        above, below = _numbered(section.headers), _numbered(section.footers)
        if below and not above:
            yield told("page_number.place", _named(number), "đặt ở chân trang")
        elif not above and long:
            yield told("page_number.missing", _named(number), "không có số trang")
        shown = above if section.own_first is False else "first" in _kinds(section.headers)
        if shown:
            yield told("page_number.first", _named(number), "hiện ở trang 1")


def _printed(sheet: Sheet) -> Iterator[Paragraph]:
    yield from sheet.paper.said
    yield from page_numbers(sheet)


def page_numbers(sheet: Sheet) -> Iterator[Paragraph]:
    """Yield the paragraphs of headers that number pages, each once."""
    seen: set[int] = set()
    for section in sheet.paper.sections:
        for paragraphs in section.headers.values():
            for one in paragraphs:
                if one.page_field and id(one) not in seen:
                    seen.add(id(one))
                    yield one


def _numbered(parts: Mapping[str, tuple[Paragraph, ...]]) -> bool:
    return "default" in _kinds(parts)


def _kinds(parts: Mapping[str, tuple[Paragraph, ...]]) -> set[str]:
    return {kind for kind, found in parts.items() if any(one.page_field for one in found)}


def _named(number: int) -> str:
    return "Cả văn bản" if number == 1 else f"Phần trang (section) {number}"


def starts_anew(section: Section) -> bool:
    """Whether a section numbers its pages from 1."""
    return section.starts == 1


CHECKS = (check_size, check_orientation, check_margins, check_fonts, check_colors, check_encoding,
          check_page_numbers)  # fmt: skip
