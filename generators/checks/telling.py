"""How checks speak: numbers as the reader wrote them, spans that agree, places to look at."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from generators.model import Figure, Figures, Quantity

Span = tuple[Decimal, Decimal]
_SWAP = str.maketrans(",.", ".,")


def say(figure: Figure) -> str:
    """Return a figure's number as it is told: "trên 3.100 người"."""
    return say_quantity(figure.quantity, figure.unit)


def say_quantity(quantity: Quantity, unit: str) -> str:
    """Return a number with its hedge and unit: "trên 3.100 người", "33,3%"."""
    joined = unit if unit == "%" else f" {unit}"
    return f"{quantity.hedge} {digits(quantity.value)}{joined}".strip()


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


# ---------------------------------------------------------------- what a number may be


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two numbers can be the same."""
    return one[0] <= other[1] and other[0] <= one[1]


def span_of(figure: Figure, figures: Figures) -> Span:
    """Return what the figure may be; a sum may be whatever its parts may."""
    if not figure.rule.startswith("tổng"):
        return rounding_span(figure.quantity)
    spans = [span_of(figures[part], figures) for part in figure.made_from]
    return sum((s[0] for s in spans), Decimal(0)), sum((s[1] for s in spans), Decimal(0))


def rounding_span(quantity: Quantity) -> Span:
    """Return what a number given may stand for: one written with decimals was rounded to them."""
    exponent = int(quantity.value.as_tuple().exponent)
    if quantity.hedge or exponent >= 0:
        return quantity.span
    half = Decimal(1).scaleb(exponent) / 2
    return quantity.value - half, quantity.value + half


def written_span(quantity: Quantity) -> Span:
    """Return what a stated share may stand for: rounded or cut off at its last digit."""
    if quantity.value < 0:
        low, high = written_span(replace(quantity, value=-quantity.value))
        return -high, -low
    if quantity.hedge:
        return quantity.span
    unit = last_digit(quantity)
    return quantity.value - unit / 2, quantity.value + unit


def last_digit(quantity: Quantity) -> Decimal:
    """Return the place of the last digit written: 1 for 66, 0.1 for 66.1."""
    return Decimal(1).scaleb(min(0, int(quantity.value.as_tuple().exponent)))
