"""Headings get the next number of their level: I., 1., a), with đ in its place after d.

The order of letters is that of the Vietnamese alphabet (Phụ lục I mục II.6.đ). A lone a) says
nothing and goes. A heading that begins with no number is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generators.document.tidy import TEXT
from generators.roman import roman

LETTERS = "abcdđeghiklmnopqrstuvxy"
_TYPED = (
    re.compile(r"[IVXL]+\.\s+"), re.compile(r"\d{1,2}\.\s+"), re.compile(rf"[{LETTERS}]{{1,2}}\)\s+"),
)  # fmt: skip
_POINT = 2
_PARAGRAPH_STYLE = re.compile(r'<w:pStyle w:val="([^"]+)"/>')


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading with a number: its level, and where the number stands in the XML."""

    level: int
    start: int
    end: int


def number_headings(xml: str, levels: Mapping[str, int]) -> str:
    """Return a rendered part with its headings numbered; `levels` by id of style."""
    headings = list(_headings(xml, levels)) if levels else []
    pieces, at = [], 0
    for heading, number in zip(headings, _numbers(headings), strict=True):
        pieces += [xml[at : heading.start], number]
        at = heading.end
    return "".join((*pieces, xml[at:]))


def _headings(xml: str, levels: Mapping[str, int]) -> Iterator[_Heading]:
    for style in _PARAGRAPH_STYLE.finditer(xml):
        level = levels.get(style[1])
        if level is None:
            continue
        text = TEXT.search(xml, style.end(), xml.index("</w:p>", style.end()))
        number = _TYPED[level].match(text[2]) if text else None
        if text and number:
            yield _Heading(level, text.start(2), text.start(2) + number.end())


def _numbers(headings: list[_Heading]) -> Iterator[str]:
    counts = [0] * len(_TYPED)
    for index, heading in enumerate(headings):
        counts[heading.level] += 1
        counts[heading.level + 1 :] = [0] * (len(counts) - heading.level - 1)
        if heading.level == _POINT and counts[_POINT] == 1 and _is_alone(headings, index):
            yield ""
        else:
            yield _written(heading.level, counts[heading.level])


def _is_alone(headings: list[_Heading], index: int) -> bool:
    following = headings[index + 1 : index + 2]
    return not (following and following[0].level == _POINT)


def _written(level: int, number: int) -> str:
    if level == _POINT:
        return f"{_letters(number)}) "
    return f"{roman(number) if level == 0 else number}. "


def _letters(number: int) -> str:
    times, index = divmod(number - 1, len(LETTERS))
    return LETTERS[index] * (times + 1)
