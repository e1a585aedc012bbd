"""How checks speak: numbers as the reader wrote them, and the places to look at."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from generators.model import Figure, Figures, Quantity
from generators.spans import Span as Span
from generators.spans import overlap as overlap
from generators.spans import rounding_span as rounding_span
from generators.spans import span_of as span_of

_SWAP = str.maketrans(",.", ".,")


def say(figure: Figure) -> str:
    """Return a figure's number as it is told: "trên 3.100 người"."""
    return say_quantity(figure.quantity, figure.unit)


def say_quantity(quantity: Quantity, unit: str) -> str:
    """Return a number with its hedge and unit: "trên 3.100 người", "33,3%"."""
    joined = unit if unit == "%" else f" {unit}"
    return f"{quantity.hedge} {digits_of(quantity)}{joined}".strip()


def digits_of(quantity: Quantity) -> str:
    """Return a number's digits with the zeros that were written after the comma: 91,0."""
    if quantity.written is None or quantity.written >= 1:
        return digits(quantity.value)
    return f"{quantity.value.quantize(quantity.written):,f}".translate(_SWAP)


def digits(value: Decimal) -> str:
    """Return digits as they are written here: 1.611 and 33,3."""
    return f"{value.normalize():,f}".translate(_SWAP) if value else "0"


def rounded(value: Decimal) -> Decimal:
    """Return `value` to two decimals, half up."""
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def say_move(value: Decimal, unit: str) -> str:
    """Return a change with its verb: "tăng 12 người", "giảm 5,5%", "không đổi"."""
    value = rounded(value)
    verb = "tăng" if value > 0 else "giảm"
    joined = unit if unit == "%" else f" {unit}"
    return f"{verb} {digits(abs(value))}{joined}" if value else "không đổi"


def places(figure: Figure, figures: Figures) -> list[str]:
    """Return the places a figure was read from, or those of what it was made of."""
    if figure.where:
        return [figure.where]
    return [place for part in figure.made_from for place in places(figures[part], figures)]


def said_places(figure: Figure, figures: Figures) -> str:
    """Return the places of a figure in one line; the first few where there are many."""
    found = list(dict.fromkeys(places(figure, figures)))
    more = f" và {len(found) - _MOST_PLACES} chỗ khác" if len(found) > _MOST_PLACES else ""
    return ", ".join(found[:_MOST_PLACES]) + more


_MOST_PLACES = 8
