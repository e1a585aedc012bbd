"""Where a report's data came from: the file's bare name, and the digest that proves it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

_LONGEST = 200  # characters
_PATH = re.compile(r"[/\\]")


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody typed on screen in the place of what stands in the file, "" for nothing.

    ``place`` is a cell (``Số liệu!D12``) or a JSON pointer (``/lines/3/amount``); ``by`` names
    who typed it, "" where that is not known.
    """

    place: str
    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that the data came in: its bare name, "" where it had none, and its SHA-256.

    ``corrections`` are what was typed on screen over it: these numbers are not in the file.
    """

    name: str
    sha256: str
    corrections: tuple[Correction, ...] = ()

    def is_corrected(self, place: str) -> bool:
        """Whether what stands at `place` was typed on screen."""
        return self.correction_at(place) is not None

    def correction_at(self, place: str) -> Correction | None:
        """Return what was typed on screen at `place`, None where the file itself speaks."""
        return next((one for one in self.corrections if one.place == place), None)


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
