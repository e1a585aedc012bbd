"""Text made equal for matching: without case, marks and punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


@lru_cache(maxsize=2048)
def fold(text: str) -> str:
    """Return `text` for matching: lower case, no marks, punctuation as single spaces."""
    letters = unicodedata.normalize("NFKD", text.translate(_INVISIBLE)).lower()
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    plain = bare.replace("đ", "d").replace("ð", "d")
    return " ".join(re.split(r"[\W_]+", plain)).strip()


def slug(text: str, joiner: str = "-") -> str:
    """Return `text` as an ASCII name: "Vay vốn" is "vay-von"."""
    return joiner.join(re.findall(r"[a-z0-9]+", fold(text)))
