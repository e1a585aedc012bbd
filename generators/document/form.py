"""What a template's styles make of a rendered document: headings numbered, lines drawn.

The styles are known by their names, as Word shows them:

    Mục I, Khoản 1, Điểm a    a heading that begins with a number gets the next one
    Kẻ dài, Kẻ ngắn           an empty paragraph whose upper border is the line under the text
                              before it: as long as the text, or two fifths of it

So sections may vanish without a gap in the numbers, and a line is right under any name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

LEVELS = ("Mục I", "Khoản 1", "Điểm a")
LONG_LINE, SHORT_LINE = "Kẻ dài", "Kẻ ngắn"
SHARES: Mapping[str, float] = {LONG_LINE: 1.0, SHORT_LINE: 0.4}  # 1/3 to 1/2 of the text
_STYLE = re.compile(rb"<w:style\b[^>]*w:styleId=\"([^\"]+)\"[^>]*>(.*?)</w:style>", re.DOTALL)
_NAME = re.compile(rb"<w:name w:val=\"([^\"]+)\"")
_SIZE = re.compile(rb"<w:sz w:val=\"(\d+)\"")
_BOLD = re.compile(rb"<w:b(?: w:val=\"(?:1|true|on)\")?/>")
_DEFAULT_SIZE = 14.0


@dataclass(frozen=True, slots=True)
class Look:
    """The size of a style's letters in points, and whether they are bold."""

    size: float = _DEFAULT_SIZE
    bold: bool = False


@dataclass(frozen=True)
class Form:
    """The styles of one template that mean something, by their ids.

    ``levels`` are those of numbered headings, 0 the highest; ``lines`` those of lines, each
    with its share of the text; ``looks`` how every style looks.
    """

    levels: Mapping[str, int] = field(default_factory=dict)
    lines: Mapping[str, float] = field(default_factory=dict)
    looks: Mapping[str, Look] = field(default_factory=dict)


def form_of(styles: bytes) -> Form:
    """Return what the part ``word/styles.xml`` says of the form."""
    levels: dict[str, int] = {}
    lines: dict[str, float] = {}
    looks: dict[str, Look] = {}
    for found in _STYLE.finditer(styles):
        id_, body = found[1].decode(), found[2]
        named, size = _NAME.search(body), _SIZE.search(body)
        name = named[1].decode() if named else ""
        if name in LEVELS:
            levels[id_] = LEVELS.index(name)
        if name in SHARES:
            lines[id_] = SHARES[name]
        looks[id_] = Look(
            int(size[1]) / 2 if size else _DEFAULT_SIZE, _BOLD.search(body) is not None
        )
    return Form(levels, lines, looks)
