"""Phần, chương, mục, điều, khoản, điểm: which heading is which, and whether their numbers follow on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generators.model import Finding
from lint.numbering import roman
from lint.paper import Paragraph
from lint.sheet import Sheet, told

PART, CHAPTER, DIVISION, SUBDIVISION, SECTION, ARTICLE, CLAUSE, SUBCLAUSE, POINT = range(9)
NAMED = (PART, CHAPTER, DIVISION, SUBDIVISION)  # with a word, on a line of their own
LETTERS = "abcdđeghiklmnopqrstuvxy"
_PATTERNS = (
    (PART, re.compile(r"phần\s+(?:thứ\s+)?([IVXLC]+)\b[.:]?", re.I)),
    (CHAPTER, re.compile(r"chương\s+([IVXLC]+)\b[.:]?", re.I)),
    (DIVISION, re.compile(r"mục\s+(\d{1,2})\b[.:]?\Z", re.I)),
    (SUBDIVISION, re.compile(r"tiểu\s+mục\s+(\d{1,2})\b[.:]?\Z", re.I)),
    (SECTION, re.compile(r"([IVXLC]+)([.)/:-])(?=\s|\Z)")),
    (ARTICLE, re.compile(r"điều\s+(\d{1,3})([.:])(?=\s|\Z)", re.I)),
    (SUBCLAUSE, re.compile(r"(\d{1,2}(?:\.\d{1,2})+)([.)/:-]?)(?=\s)")),
    (CLAUSE, re.compile(r"(\d{1,2})([.)/:-])(?=\s)")),
    (POINT, re.compile(r"([a-zđ])([.)/:])(?=\s)")),
)
_OTHER_NUMERAL = re.compile(
    r"(?:phần|chương)\s+(?:thứ\s+)?(?:\d+|nhất|hai|ba|tư|năm)\s*[.:]?\Z", re.I
)
_TITLE = 140  # characters: what is longer is no title
_ENDS = (".", ";", ":", "./.", ",")
_NEAR = 0.01  # points


@dataclass(frozen=True)
class Heading:
    """A numbered paragraph: its level, its number as written, the sign after it; a part's title."""

    level: int
    number: str
    mark: str
    paragraph: Paragraph
    title: tuple[Paragraph, ...] = ()
    alone: bool = True


def headings(body: Sequence[Paragraph]) -> Iterator[Heading]:
    """Yield the headings of a body."""
    for at, one in enumerate(body):
        for level, pattern in _PATTERNS:
            found = pattern.match(one.words)
            if found and (level not in (PART, CHAPTER) or is_titled(one)):
                alone = found[0] == one.words
                title = body[at + 1 : at + 2] if level in NAMED and alone else ()
                mark = "." if level in NAMED else found[2]
                yield Heading(level, found[1], mark, one, tuple(title), alone)
                break


def is_titled(clause: Paragraph) -> bool:
    """Whether a khoản is a title on a line of its own, not a sentence."""
    return len(clause.words) <= _TITLE and not clause.words.endswith(_ENDS)


def is_sentence(heading: Heading) -> bool:
    """Whether a numbered paragraph is text: a khoản without a title."""
    return heading.level in (CLAUSE, SUBCLAUSE) and not is_titled(heading.paragraph)


def check_order(sheet: Sheet) -> Iterator[Finding]:
    """Each number follows the one before it at its level, and begins anew under another."""
    if not sheet.is_official:
        return
    counts = [0] * (POINT + 1)
    for heading in headings(sheet.form.body):
        if heading.level == SUBCLAUSE:
            continue
        counts[heading.level] += 1
        for level in range(heading.level + 1, POINT + 1):
            if level not in (CHAPTER, ARTICLE):  # these go on through the whole document
                counts[level] = 0
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


def check_parts(sheet: Sheet) -> Iterator[Finding]:
    """The word of a part and its number stand alone, in Roman digits."""
    for one in sheet.form.body:
        if _OTHER_NUMERAL.match(one.words):
            yield told("part.numeral", one, f"«{one.words}»")
    for heading in headings(sheet.form.body):
        if heading.level in (PART, CHAPTER) and not heading.alone:
            yield told("part.own_line", heading.paragraph, "tiêu đề ghi liền sau số thứ tự")


def check_sizes(sheet: Sheet) -> Iterator[Finding]:
    """Điều, khoản and điểm are set in the size of the text."""
    found = [one for one in headings(sheet.form.body) if one.level in (ARTICLE, CLAUSE, POINT)]
    numbered = {id(one.paragraph) for one in found}
    letters: Counter[float] = Counter()
    for one in sheet.form.body:
        for run in one.inked if id(one) not in numbered else ():
            letters[run.size] += len(run.text)
    usual = max(letters, key=lambda size: letters[size], default=0.0)
    for heading in found if 13 <= usual <= 14 else ():  # another size is told as such
        sizes = {run.size for run in heading.paragraph.inked}
        odd = [size for size in sizes if abs(size - usual) > _NEAR and 13 <= size <= 14]
        if odd:
            yield told("heading.size", heading.paragraph,
                       f"{odd[0]:g}, lời văn {usual:g}".replace(".", ","))  # fmt: skip


def _numbered(level: int, value: int) -> str:
    if level in (PART, CHAPTER, SECTION):
        return roman(value)
    if level == POINT:
        return LETTERS[value - 1] if value <= len(LETTERS) else ""
    return str(value)


def _value(heading: Heading) -> int:
    """Which number a heading says it is, 0 where it says none."""
    if heading.level == POINT:
        return LETTERS.find(heading.number) + 1
    if heading.level in (PART, CHAPTER, SECTION):
        return next((n for n in range(1, 100) if roman(n) == heading.number), 0)
    return int(heading.number)


CHECKS = (check_order, check_marks, check_parts, check_sizes)
