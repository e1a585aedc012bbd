"""Size, style, case and place of every component, held against the table of looks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generators.model import Finding
from lint.components import annex_parts
from lint.looks import FLUSH, LOOKS, LOWER, UPPER, Look
from lint.paper import Paragraph
from lint.rules.outline import ARTICLE, CLAUSE, NAMED, POINT, SECTION, headings, is_titled
from lint.rules.pages import page_numbers
from lint.sheet import Sheet, told

_MOSTLY = 0.9
_NEAR = 0.01
_FLUSH = 3.0  # mm: what is no further in stands at the edge
_LETTERS = re.compile(r"[^\W\d_]")
_OFFICES = ("TM", "KT", "TL", "TUQ", "Q.", "CHỦ TỊCH", "PHÓ", "TRƯỞNG", "GIÁM ĐỐC", "CHÁNH", "QUYỀN",
            "ỦY VIÊN", "CHỦ NHIỆM", "BÍ THƯ", "HIỆU TRƯỞNG", "ỦY BAN", "HỘI ĐỒNG", "THƯ KÝ",
            "BỘ TRƯỞNG", "THỨ TRƯỞNG", "THỦ TƯỚNG", "CHI CỤC TRƯỞNG", "CỤC TRƯỞNG", "VỤ TRƯỞNG",
            "VIỆN TRƯỞNG", "ĐỘI TRƯỞNG", "TRẠM TRƯỞNG", "HẠT TRƯỞNG", "TỔ TRƯỞNG")  # fmt: skip
_SHORT = 4  # letters of which nothing can be said: "BC", "VT"


def check_looks(sheet: Sheet) -> Iterator[Finding]:
    """Every component that the form has."""
    for name, paragraphs in _official(sheet) if sheet.is_official else _common(sheet):
        for one in paragraphs:
            yield from _judged(name, one)


def _common(sheet: Sheet) -> Iterator[tuple[str, Sequence[Paragraph]]]:
    yield "page_number", tuple(page_numbers(sheet))


def _official(sheet: Sheet) -> Iterator[tuple[str, Sequence[Paragraph]]]:
    form = sheet.form
    for name in ("national", "motto", "superior", "agency", "number", "date", "title", "subject",
                 "about", "basis", "recipients", "recipient_list", "drafter"):  # fmt: skip
        yield name, getattr(form, name)
    yield "address", (*form.address, *form.addressees)
    yield from _common(sheet)
    authority, signer = signing_parts(form.signing)
    yield "authority", authority
    yield "signer", signer
    yield from _outlined(sheet)
    for name in ("urgency", "circulation", "contact"):
        yield name, getattr(form.marks, name)
    for annex in form.annexes:
        for name, part in zip(
            ("annex", "annex_title", "attached"), annex_parts(annex), strict=True
        ):
            yield name, part


def _outlined(sheet: Sheet) -> Iterator[tuple[str, Sequence[Paragraph]]]:
    found = {SECTION: "section", POINT: "point"}
    for heading in headings(sheet.form.body):
        if heading.level in NAMED and heading.alone:
            yield "part", (heading.paragraph,)
            yield "part_title", heading.title
        elif heading.level == ARTICLE and is_titled(heading.paragraph):
            yield "article", (heading.paragraph,)
        elif heading.level in found:
            yield found[heading.level], (heading.paragraph,)
        elif heading.level == CLAUSE and is_titled(heading.paragraph):
            yield "clause", (heading.paragraph,)


def signing_parts(
    signing: Sequence[Paragraph],
) -> tuple[Sequence[Paragraph], Sequence[Paragraph]]:
    """Return the lines of authority and office, and the signer's name, "" where it is to come."""
    if len(signing) > 1 and not signing[-1].words.upper().startswith(_OFFICES):
        return signing[:-1], signing[-1:]
    return signing, ()


# ---------------------------------------------------------------- one paragraph


def _judged(name: str, one: Paragraph) -> Iterator[Finding]:
    look = LOOKS[name]
    odd = [
        run.size for run in one.inked if not look.least - _NEAR <= run.size <= look.most + _NEAR
    ]
    if odd:
        yield told(f"{name}.size", one, f"{odd[0]:g}".replace(".", ","))
    if said := _style_fault(name, one):
        yield told(f"{name}.style", one, said)
    if said := _case_fault(look.case, one.words):
        yield told(f"{name}.case", one, said)
    if said := _align_fault(look, one):
        yield told(f"{name}.align", one, said)


def _align_fault(look: Look, one: Paragraph) -> str:
    flush = look.align == FLUSH
    if look.align and one.align != look.align and not (flush and one.align == "both"):
        return _ALIGNED.get(one.align, one.align)
    aside = one.left + min(one.first, 0.0) if one.left else one.first
    if flush and aside > _FLUSH:
        return f"lùi vào {aside / 10:.1f} cm".replace(".", ",")
    return ""


_ALIGNED = {
    "left": "canh trái",
    "right": "canh phải",
    "center": "canh giữa",
    "both": "canh đều",
}


def _style_fault(name: str, one: Paragraph) -> str:
    look, bold, italic = LOOKS[name], one.share("bold"), one.share("italic")
    if not one.inked:
        return ""
    if look.bold and bold < _MOSTLY:
        return "không đậm"
    if not look.bold and bold > 1 - _MOSTLY:
        return "đậm"
    if look.italic and italic < _MOSTLY:
        return "chữ đứng"
    return "chữ nghiêng" if not look.italic and italic > 1 - _MOSTLY else ""


def _case_fault(case: str, text: str) -> str:
    letters = _LETTERS.findall(text)
    upper = sum(letter.isupper() for letter in letters)
    if case == UPPER and upper < len(letters):
        return "có chữ in thường"
    if case == LOWER and len(letters) > _SHORT and upper > len(letters) * _MOSTLY:
        return "in hoa cả dòng"
    return ""


CHECKS = (check_looks,)
