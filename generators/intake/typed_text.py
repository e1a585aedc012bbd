"""Typed text made even: for the number grammar to read, and for a message to quote."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_SAME_SIGN = _INVISIBLE | _FULL_WIDTH | _SPACES | {0x2212: "-"}


def tidy(text: str) -> str:
    """Make equal what looks equal; only true spaces become " ", a line break stays itself."""
    return unicodedata.normalize("NFC", text.translate(_SAME_SIGN)).strip().lower()


def shown(text: str) -> str:
    """Return `text` as a message can quote it: one line, nothing unprintable, not too long."""
    line = " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())
    safe = "".join(char if char.isprintable() else "�" for char in line)
    return safe if len(safe) <= 60 else f"{safe[:59]}…"


def bare(text: str) -> str:
    """Return `text` without what parts its digits."""
    return re.sub("[., ]", "", text)
