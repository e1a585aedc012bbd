"""Roman figures: of headings, annexes and their sections (Nghị định 30, Phụ lục I mục II.6, III.1)."""

from __future__ import annotations

_SIGNS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"),
          (4, "IV"), (1, "I"))  # fmt: skip


def roman(number: int) -> str:
    """Return `number` in Roman figures: 4 is IV."""
    said = ""
    for value, sign in _SIGNS:
        times, number = divmod(number, value)
        said += sign * times
    return said
