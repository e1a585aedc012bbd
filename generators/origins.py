"""Where a report's data came from: the file's bare name, and the digest that proves it."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from generators.model import Correction, Origin

_LONGEST = 200  # characters
_PATH = re.compile(r"[/\\]")


def origin_of(data: bytes, name: str, corrections: tuple[Correction, ...] = ()) -> Origin:
    """Return the origin of `data` that came as the file `name` and was corrected on screen."""
    return Origin(bare_name(name), sha256(data).hexdigest(), corrections)


def bare_name(name: str) -> str:
    """Return a file's name without folders or signs that do not print, NFC, 200 at most."""
    composed = unicodedata.normalize("NFC", _PATH.split(name)[-1])
    return printable(composed).strip()[:_LONGEST]


def printable(text: str) -> str:
    """Return `text` on one line, without what is no character on paper (Unicode category C)."""
    spaced = "".join(" " if sign.isspace() else sign for sign in text)
    return "".join(sign for sign in spaced if unicodedata.category(sign)[0] != "C")
