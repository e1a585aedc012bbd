"""Phần, mục, khoản, điểm: which heading is which, and whether their numbers follow one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generators.model import Finding
from lint.numbering import roman
from lint.paper import Paragraph
from lint.sheet import Sheet, told

PART, SECTION, CLAUSE, SUBCLAUSE, POINT = range(5)
LETTERS = "abcdđeghiklmnopqrstuvxy"
_PATTERNS = (
    (PART, re.compile(r"phần\s+(?:thứ\s+)?([IVXLC]+)\b[.:]?", re.I)),
    (SECTION, re.compile(r"([IVXLC]+)([.)/:-])(?=\s|\Z)")),
    (SUBCLAUSE, re.compile(r"(\d{1,2}(?:\.\d{1,2})+)([.)/:-]?)(?=\s)")),
    (CLAUSE, re.compile(r"(\d{1,2})([.)/:-])(?=\s)")),
    (POINT, re.compile(r"([a-zđ])([.)/:])(?=\s)")),
)
_TITLE = 140  # characters: what is longer is no title
_ENDS = (".", ";", ":", "./.", ",")


@dataclass(frozen=True)
class Heading:
    """A numbered paragraph: its level, its number as written, the sign after it; a part's title."""

    level: int
    number: str
    mark: str
    paragraph: Paragraph
    title: tuple[Paragraph, ...] = ()


def headings(body: Sequence[Paragraph]) -> Iterator[Heading]:
    """Yield the headings of a body."""
    for at, one in enumerate(body):
        for level, pattern in _PATTERNS:
            if found := pattern.match(one.words):
                title = body[at + 1 : at + 2] if level == PART and found[0] == one.words else ()
                mark = found[2] if level != PART else "."
                yield Heading(level, found[1], mark, one, tuple(title))
                break


def is_titled(clause: Paragraph) -> bool:
    """Whether a khoản is a title on a line of its own, not a sentence."""
    return len(clause.words) <= _TITLE and not clause.words.endswith(_ENDS)


def check_order(sheet: Sheet) -> Iterator[Finding]:
    """Each number follows the one before it at its level, and begins anew under another."""
    if not sheet.is_official:
        return
    counts = [0] * (POINT + 1)
    for heading in headings(sheet.form.body):
        if heading.level == SUBCLAUSE:
            continue
        counts[heading.level] += 1
        counts[heading.level + 1 :] = [0] * (POINT - heading.level)
        wanted = _numbered(heading.level, counts[heading.level])
        if heading.number != wanted:
            found = f"«{heading.number}» ở chỗ của «{wanted}»"
            yield told("heading.order", heading.paragraph, found)
            counts[heading.level] = _value(heading) or counts[heading.level]


def check_marks(sheet: Sheet) -> Iterator[Finding]:
    """A full stop after a number, a bracket after a letter."""
    for heading in headings(sheet.form.body) if sheet.is_official else ():
        right = ")" if heading.level == POINT else "."
        if heading.level != SUBCLAUSE and heading.mark != right:
            yield told("heading.mark", heading.paragraph, f"«{heading.number}{heading.mark}»")


def _numbered(level: int, value: int) -> str:
    if level in (PART, SECTION):
        return roman(value)
    if level == POINT:
        return LETTERS[value - 1] if value <= len(LETTERS) else ""
    return str(value)


def _value(heading: Heading) -> int:
    """Which number a heading says it is, 0 where it says none."""
    if heading.level == POINT:
        return LETTERS.find(heading.number) + 1
    if heading.level in (PART, SECTION):
        return next((n for n in range(1, 100) if roman(n) == heading.number), 0)
    return int(heading.number)


CHECKS = (check_order, check_marks)
