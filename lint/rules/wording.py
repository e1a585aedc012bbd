"""Capitals that a program can know (Phụ lục II)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generators.model import Finding
from lint.sheet import Sheet, told


@dataclass(frozen=True, slots=True)
class _Word:
    code: str
    wrong: re.Pattern[str]
    right: str


_MID = r"(?<=[\w,] )"
_WORDS = (
    _Word("words.agency", re.compile(r"[ỦU][ỷỶy]? ?[Bb]an [Nn]hân [Dd]ân|[ỦU][ỷy] ban [Nn]hân [Dd]ân|"
                                     r"ủy ban [Nn]hân dân|uỷ ban [Nn]hân dân"), "Ủy ban nhân dân"),
    _Word("words.agency", re.compile(r"Hội Đồng [Nn]hân [Dd]ân|Hội đồng Nhân [Dd]ân|Hội đồng nhân Dân|"
                                     r"hội đồng nhân dân"), "Hội đồng nhân dân"),
    _Word("words.holiday", re.compile(r"[Tt]ết nguyên đán|Tết Nguyên Đán"), "tết Nguyên đán"),
    _Word("words.holiday", re.compile(_MID + r"Ngày Quốc khánh|ngày quốc khánh"), "ngày Quốc khánh"),
    _Word("words.holiday", re.compile(r"ngày thương binh,? liệt sĩ|Ngày Thương Binh"),
          "ngày Thương binh, Liệt sĩ"),
    _Word("words.unit", re.compile(_MID + r"(phường|quận) \d+\b"), ""),
    _Word("words.cited", re.compile(_MID + r"điều \d+\b(?= (?:của )?(?:Luật|Nghị|Thông|Quyết))"), "Điều …"),
    _Word("words.cited", re.compile(_MID + r"(?:Khoản|Điểm) \w+ (?=(?:[Kk]hoản|Điều|điều) )"),
          "khoản …, điểm …"),
)  # fmt: skip
_ACCEPTED = frozenset({"Ủy ban nhân dân", "Uỷ ban nhân dân", "Ủy ban Nhân dân"}) - {
    "Ủy ban Nhân dân"
}


def check_words(sheet: Sheet) -> Iterator[Finding]:
    """Every passage of text, headings in capitals left out."""
    for one in (
        *sheet.form.address,
        *sheet.form.addressees,
        *sheet.form.basis,
        *sheet.form.body,
    ):
        for word in _WORDS:
            found = word.wrong.search(one.words)
            if found and found[0] not in _ACCEPTED:
                right = word.right or found[0].capitalize()
                yield told(word.code, one, f"«{found[0]}»", f"«{right}»")


CHECKS = (check_words,)
