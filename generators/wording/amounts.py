"""Numbers as official Vietnamese text says them: counts, money, shares.

Separators after Luật Kế toán 88/2015, Điều 11: "." for thousands, "," for decimals. A number
is rounded here and nowhere else, half up, and only where the reader is told.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from generators.model import Quantity
from generators.wording.reading import DEFAULT, Style, read_money

_SWAP = str.maketrans(",.", ".,")
_BILLION, _MILLION = Decimal(10**9), Decimal(10**6)
_HUNDRED = Decimal(100)


def say_number(value: Decimal | int) -> str:
    """Return digits as written here: 1.254 and 33,3; exact, no needless zero."""
    value = Decimal(value)
    if value == value.to_integral_value():
        return f"{int(value):,}".translate(_SWAP)
    return f"{value.normalize():,f}".translate(_SWAP)


def say_count(quantity: Quantity, unit: str) -> str:
    """Return a count before its noun: "249 người", "04 hộ", "trên 3.100 người", "1,35%"."""
    number = say_number(quantity.value)
    if unit == "%":
        return _hedged(quantity, f"{number}%")
    return _hedged(quantity, f"{pad(number)} {unit}".rstrip())


def pad(number: str) -> str:
    """Return 1 to 9 with the zero that official text puts before a counted noun."""
    return f"0{number}" if len(number) == 1 and number != "0" else number


def say_money(quantity: Quantity) -> str:
    """Return money as a bulletin says it, exact: "51,2 triệu đồng", "10,117 tỷ đồng".

    Where triệu or tỷ would need more than three decimals the sum stands in đồng.
    """
    value = quantity.value
    for place, word in ((_BILLION, "tỷ"), (_MILLION, "triệu")):
        if abs(value) >= place and value * 1000 % place == 0:
            return _hedged(quantity, f"{say_number(value / place)} {word} đồng")
    return say_dong(quantity)


def say_dong(quantity: Quantity) -> str:
    """Return money in full: "262.500.000 đồng"."""
    return _hedged(quantity, f"{say_number(quantity.value)} đồng")


def say_rounded(quantity: Quantity) -> str:
    """Return money to one decimal of triệu or tỷ, with the trên or gần that is true of it."""
    place, word = (_BILLION, "tỷ") if quantity.value >= _BILLION else (_MILLION, "triệu")
    if quantity.hedge or quantity.value < _MILLION:
        return say_money(quantity)
    scaled = quantity.value / place
    down = scaled.quantize(Decimal("0.1"), ROUND_DOWN)
    near = scaled.quantize(Decimal("0.1"), ROUND_HALF_UP)
    hedge = "" if near == scaled else "trên " if near == down else "gần "
    return f"{hedge}{say_number(near)} {word} đồng"


def say_words(quantity: Quantity, style: Style = DEFAULT) -> str:
    """Return money in words, first letter capital; "" for a hedged sum, which has none."""
    if quantity.hedge:
        return ""
    words = read_money(int(quantity.value), style)
    return words[0].upper() + words[1:]


def say_share(quantity: Quantity) -> str:
    """Return a share to one decimal, half up: "33,3%", "107%".

    What is not quite 100 % or 0 % is given the decimals that show it.
    """
    value = quantity.value
    for places in ("0.1", "0.01", "0.001", "0.0001"):
        said = value.quantize(Decimal(places), ROUND_HALF_UP)
        if said == value or said not in (_HUNDRED, 0):
            break
    return _hedged(quantity, f"{say_number(said)}%")


def _hedged(quantity: Quantity, text: str) -> str:
    return f"{quantity.hedge} {text}" if quantity.hedge else text
