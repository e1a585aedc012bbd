"""Who gave: from a line's own column, else from the words of its label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generators.folding import fold
from generators.model import Line
from generators.terms import plain_lower

_GIVER = re.compile(
    r"(?:(?:^|\s)(?:quà|suất|tiền|kinh phí|hỗ trợ|trợ giúp)(?: \w+){0,2} (?:của|do|từ nguồn|từ)"
    r"|^(?:do|từ nguồn|nguồn)) (?P<giver>.+?)(?: tặng| trao| hỗ trợ| vận động)?\s*$"
)


def giver_of(line: Line) -> str:
    """Return who gave, folded: from the line's own column, or the end of its label."""
    if line.giver:
        return fold(line.giver)
    found = _GIVER.search(plain_lower(line.label))
    return fold(found["giver"]) if found else ""


def gave_alone(giver: str, lineage: Sequence[Line]) -> bool:
    """Whether who gave the last line of `lineage` is `giver`, folded, and no other with it.

    Who gave stands in the line's own column or its parents', else in their labels; "" is anybody.
    """
    own = next((line.giver for line in reversed(lineage) if line.giver), "")
    told = own or " ".join(line.label for line in lineage)
    pieces = [fold(piece) for piece in _AND.split(told)]
    others = {piece for piece in pieces if f" {giver} " not in f" {piece} "}
    if not giver or not len(others) < len(set(pieces)):
        return not giver
    beside = any(piece.endswith(giver) for piece in pieces[:-1]) or any(
        piece.startswith(giver) for piece in pieces[1:]
    )
    with_state = bool(others & _ONE_WITH_STATE)
    return not others - _ONE_WITH_STATE if own else with_state or not beside


_AND = re.compile(r"[,;+&/]|\s(?:và|cùng|với)\s", re.IGNORECASE)
_ONE_WITH_STATE = frozenset({"dang", "nha nuoc", "chinh phu", "qua cua dang"})
