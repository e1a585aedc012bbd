"""How long a number may be, and the arithmetic that keeps every digit of it."""

from __future__ import annotations

from decimal import Context, Decimal, Inexact

LIMIT = Decimal(10**18)
CELL_DIGITS = 15  # what Excel and most JSON readers keep of a number
TEXT_DIGITS = 18
FRACTION_DIGITS = 30
LONGEST = 200  # characters; beyond it the grammar would cost too much time
# Wide enough for any text that passes the limits; a rounding would raise, never pass unseen.
EXACT = Context(prec=90, traps=[Inexact])


def is_whole(value: Decimal) -> bool:
    """Tell whether `value` has no fraction."""
    return value == value.to_integral_value()
