"""Signs put round the numbers of a text, so that each can be found again in the document.

A marked number stands as OPEN, the figure's number, FROM, its words, CLOSE. All of these are
private characters of Unicode: intake refuses them in what people write, none is printed, and
a mark that is left anywhere can be recognised.
"""

from __future__ import annotations

import re
from dataclasses import replace

from generators.model import Figure, Figures

OPEN, FROM, CLOSE = "\ue000", "\ue001", "\ue002"
ROOM = "\u2007"  # a blank left for the registry to write in; printed as a plain space
_ZERO, _BASE = 0xE100, 2048  # U+E100 to U+E8FF; symbol fonts have their bullets from U+F000
_SIGNS = re.compile(f"{OPEN}[^{FROM}]*{FROM}|{CLOSE}")


def mark_figures(figures: Figures) -> Figures:
    """Return `figures`, each with the mark of its own number in their order, from 0."""
    return {id_: _marked(figure, mark_of(n))
            for n, (id_, figure) in enumerate(figures.items())}  # fmt: skip


def _marked(figure: Figure, mark: str) -> Figure:
    told = figure.quantity
    return Figure(figure.id, figure.label, replace(told, where=figure.where, mark=mark),
                  figure.unit, figure.rule, figure.made_from, figure.where)  # fmt: skip


def mark_of(number: int) -> str:
    """Return the sign that opens the words of figure `number`."""
    digits = ""
    while not digits or number:
        number, digit = divmod(number, _BASE)
        digits = chr(_ZERO + digit) + digits
    return OPEN + digits + FROM


def number_of(digits: str) -> int:
    """Return the number that stands between OPEN and FROM."""
    number = 0
    for digit in digits:
        number = number * _BASE + ord(digit) - _ZERO
    return number


def wrap(mark: str, words: str) -> str:
    """Return `words` between `mark` and CLOSE; as they are without a mark."""
    return f"{mark}{words}{CLOSE}" if mark and words else words


def without_marks(text: str) -> str:
    """Return `text` as it is printed."""
    return _SIGNS.sub("", text) if OPEN in text else text


def told_of(text: str) -> tuple[int, str] | None:
    """Return the number of the first mark in `text` and its words; None without a mark."""
    _, opened, rest = text.partition(OPEN)
    digits, _, words = rest.partition(FROM)
    return (number_of(digits), words.partition(CLOSE)[0]) if opened else None
