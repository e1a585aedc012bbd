"""The names of the head: Quốc hiệu letter by letter, agencies in full, ký hiệu by kind, place names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generators.folding import fold
from generators.model import Finding
from lint.rules.head import NUMBER, place_of
from lint.sheet import Sheet, told
from lint.types import abbreviated

_NATION = re.compile(r"cộng h(?:òa|oà) xã hội chủ nghĩa việt nam", re.I)
_NAMELESS = re.compile(
    r"(?:ubnd|hdnd|uy ban nhan dan|hoi dong nhan dan)"
    r"(?: (?:tinh|thanh pho|quan|huyen|thi xa|phuong|xa|thi tran|dac khu))?\Z"
)
_SHORT = re.compile(r"(?:UBND|HĐND)\b")
_BARE = re.compile(r"\d+\Z|(?:TP|TX|TT|P|Q|H|X|T)\s*\.\s*\S", re.I)


def check_national_text(sheet: Sheet) -> Iterator[Finding]:
    """Quốc hiệu with all its marks."""
    for one in sheet.form.national:
        if not _NATION.fullmatch(one.words):
            yield told("national.text", one, f"«{one.words}»")


def check_superior(sheet: Sheet) -> Iterator[Finding]:
    """A local superior is told with the name of its place."""
    words = " ".join(one.words for one in sheet.form.superior)
    if sheet.form.superior and _NAMELESS.match(fold(words)):
        yield told("superior.place_name", sheet.form.superior[0], f"«{words}»")


def check_agency(sheet: Sheet) -> Iterator[Finding]:
    """Only the superior's name may be abbreviated."""
    for one in sheet.form.agency[:1]:
        if _SHORT.match(one.words.upper()):
            yield told("agency.full_name", one, f"«{one.words}»")


def check_kind(sheet: Sheet) -> Iterator[Finding]:
    """Ký hiệu begins with the abbreviation of the document's kind."""
    wanted = abbreviated(sheet.form.title[0].words) if sheet.form.title else ""
    for one in sheet.form.number if wanted else ():
        found = NUMBER.match(one.words.split(", ngày")[0])
        kind = found[2].partition("-")[0] if found else wanted
        if kind.casefold() != wanted.casefold():
            yield told("number.type", one, f"«{kind}»", f"«{wanted}»")


def check_place_name(sheet: Sheet) -> Iterator[Finding]:
    """Địa danh is written in full."""
    for one in sheet.form.date:
        place = place_of(one)
        if _BARE.match(place):
            yield told("date.full_name", one, f"«{place}»")


CHECKS = (check_national_text, check_superior, check_agency, check_kind, check_place_name)
