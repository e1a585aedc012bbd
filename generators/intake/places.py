"""Where a value stands, as a message names it."""

from __future__ import annotations


def said_place(place: str) -> str:
    """Name a place at the start of a sentence: a cell, or an entry of the JSON."""
    if "!" in place and not place.startswith("/"):
        return f"Ô {place}"
    return f"Mục {place}".rstrip()
