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
_TURNED: tuple[Mapping[str, str], ...] = (  # which margin of the upright page each one is
    {"top": "left", "right": "top", "bottom": "right", "left": "bottom"},
    {"top": "right", "right": "bottom", "bottom": "left", "left": "top"},
)
_NEAR = 0.6  # mm: programs round
_FONT = "Times New Roman"
_LEGACY = (".vn", "vni-", "vntime")
_ARABIC = ("decimal", "decimalZero", "numberInDash")
_DIGITS: Mapping[str, str] = {
    "upperRoman": "chữ số La Mã", "lowerRoman": "chữ số La Mã", "upperLetter": "chữ cái",
    "lowerLetter": "chữ cái",
}  # fmt: skip
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
    """Each margin of each section; a page lying on its side may have them turned with it."""
    for number, section in enumerate(sheet.paper.sections, 1):
        turned = section.width > section.height and any(_fits(section, way) for way in _TURNED)
        for side, bounds in _LEAST_MOST.items() if not turned else ():
            value = getattr(section, side)
            if not _within(value, bounds):
                yield told(_CODES[side], _named(number), f"{value:.0f} mm")


def _fits(section: Section, sides: Mapping[str, str]) -> bool:
    """Whether the margins are those of an upright page that was turned so."""
    return all(_within(getattr(section, side), _LEAST_MOST[was]) for side, was in sides.items())


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] - _NEAR <= value <= bounds[1] + _NEAR


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
        if one in sheet.form.marks.stamps:
            continue
        if odd := next((run.color for run in one.inked if run.color != "000000"), ""):
            yield told("font.color", one, f"màu #{odd}")


def check_encoding(sheet: Sheet) -> Iterator[Finding]:
    """Letters with their marks in one sign."""
    for one in _printed(sheet):
        if not unicodedata.is_normalized("NFC", one.text):
            yield told("font.unicode", one, "chữ có dấu ghép rời (tổ hợp)")


def check_page_numbers(sheet: Sheet) -> Iterator[Finding]:
    """A number in the top margin of every section, from its second page on; none on page 1."""
    sections = sheet.paper.sections
    annexed = {id(one) for annex in sheet.form.annexes for one in annex}
    text = [one for one in sheet.paper.said if id(one) not in annexed]
    for number, section in enumerate(sections, 1):
        above, below = _numbered(section.headers), _numbered(section.footers)
        own = (
            text
            if number == 1
            else [one for one in sheet.paper.said if one.section == number - 1]
        )
        if below and not above:
            yield told("page_number.place", _named(number), "đặt ở chân trang")
        elif not above and sum(len(one.words) for one in own) > _A_PAGE:
            yield told("page_number.missing", _named(number), "không có số trang")
        if section.digits not in _ARABIC:
            yield told(
                "page_number.digits",
                _named(number),
                _DIGITS.get(section.digits, section.digits),
            )
    for section in sections[:1]:
        shown = _kinds(section.headers)
        if "first" in shown if section.own_first else "default" in shown:
            yield told("page_number.first", _named(1), "hiện ở trang 1")
        if section.starts not in (None, 1):
            yield told("page_number.start", _named(1), f"đánh từ số {section.starts}")


def _printed(sheet: Sheet) -> Iterator[Paragraph]:
    """What is printed: text, text boxes, headers and footers, each once."""
    yield from sheet.paper.said
    yield from (one for one in sheet.paper.floating if one.words)
    seen: set[int] = set()
    for section in sheet.paper.sections:
        for part in (*section.headers.values(), *section.footers.values()):
            yield from (
                one for one in part if (one.words or one.page_field) and id(one) not in seen
            )
            seen.update(map(id, part))


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
