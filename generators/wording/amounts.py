"""Numbers as official Vietnamese text says them: counts, money, shares.

Separators after Luật Kế toán 88/2015, Điều 11: "." for thousands, "," for decimals. A number
is rounded here and nowhere else, half up, and only where the reader is told. What is said of a
marked quantity stands between its marks (generators.marks).
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

from generators.marks import wrap
from generators.model import ABOVE, BELOW, HEDGES, UNDER, Quantity
from generators.wording.reading import DEFAULT, Style, read_money

_SWAP = str.maketrans(",.", ".,")
_BILLION, _MILLION = Decimal(10**9), Decimal(10**6)
_HUNDRED = Decimal(100)
_FINEST = 20  # decimals
_ROUNDING = {ABOVE: ROUND_DOWN, BELOW: ROUND_UP, UNDER: ROUND_UP}
_MEASURES = frozenset(
    ("tháng", "kg", "g", "tạ", "tấn", "yến", "ha", "sào", "mẫu", "m", "m2", "m²", "m3", "m³", "km",
     "km2", "lít", "giờ", "phút", "điểm phần trăm")
)  # fmt: skip


def say_number(value: Decimal | int) -> str:
    """Return digits as written here: 1.254 and 33,3; exact, no needless zero."""
    value = Decimal(value)
    if value == value.to_integral_value():
        return f"{int(value):,}".translate(_SWAP)
    return f"{value.normalize():,f}".translate(_SWAP)


def say_as_written(quantity: Quantity) -> str:
    """Return digits with the zeros that were written after the comma: "91,0"."""
    if quantity.written is None or quantity.written >= 1:
        return say_number(quantity.value)
    return f"{quantity.value.quantize(quantity.written):,f}".translate(_SWAP)


def say_count(quantity: Quantity, unit: str) -> str:
    """Return a count before its noun: "249 người", "04 hộ", "trên 3.100 người", "1,35%".

    What is measured or paid is not padded: "6 tháng", "5 triệu đồng".
    """
    if unit == "%":
        return _said(quantity, f"{say_as_written(quantity)}%")
    number = say_number(quantity.value)
    counted = number if unit in _MEASURES or unit.endswith("đồng") else pad(number)
    return _said(quantity, f"{counted} {unit}".rstrip())


def say_bare(quantity: Quantity) -> str:
    """Return the number alone, without its hedge: "41" of "41/62"."""
    return wrap(quantity.mark, say_number(quantity.value))


def say_cell(quantity: Quantity) -> str:
    """Return the number as it stands in a table, beside its unit: "trên 3.100", "4".

    What was given short stays so: "45,7 tỷ".
    """
    short = _shortened(quantity.value) if _is_given_short(quantity) else ""
    return _said(quantity, short or say_number(quantity.value))


def pad(number: str) -> str:
    """Return 1 to 9 with the zero that official text puts before a counted noun."""
    return f"0{number}" if len(number) == 1 and number != "0" else number


def say_money(quantity: Quantity) -> str:
    """Return money as a bulletin says it, exact: "51,2 triệu đồng", "10,117 tỷ đồng".

    Where triệu or tỷ would need more than three decimals the sum stands in đồng, as it does
    where it is to be told in full; one hedged or given short stays as short as it was meant.
    """
    if quantity.in_full and not (quantity.hedge or _is_given_short(quantity)):
        return say_dong(quantity)
    short = _shortened(quantity.value)
    return _said(quantity, f"{short} đồng") if short else say_dong(quantity)


def _shortened(value: Decimal) -> str:
    """Return "51,2 triệu" or "10,117 tỷ", "" for what needs more than three decimals."""
    for place, word in ((_BILLION, "tỷ"), (_MILLION, "triệu")):
        if abs(value) >= place and value * 1000 % place == 0:
            return f"{say_number(value / place)} {word}"
    return ""


def _is_given_short(quantity: Quantity) -> bool:
    """Whether it is tỷ written as such, "45,7 tỷ", so that nobody told its last digits.

    Smaller sums are round more often than rounded: "70 triệu" is 70.000.000 đồng.
    """
    tellable = quantity.written is not None and quantity.written >= _MILLION
    return tellable and abs(quantity.value) >= _BILLION


def say_dong(quantity: Quantity) -> str:
    """Return money in full: "262.500.000 đồng"."""
    return _said(quantity, f"{say_number(quantity.value)} đồng")


def say_rounded(quantity: Quantity) -> str:
    """Return money to one decimal of triệu or tỷ, with the trên or gần that is true of it."""
    place, word = (_BILLION, "tỷ") if quantity.value >= _BILLION else (_MILLION, "triệu")
    if quantity.hedge or quantity.value < _MILLION:
        return say_money(quantity)
    scaled = quantity.value / place
    down = scaled.quantize(Decimal("0.1"), ROUND_DOWN)
    near = scaled.quantize(Decimal("0.1"), ROUND_HALF_UP)
    hedge = "" if near == scaled else "trên " if near == down else "gần "
    return wrap(quantity.mark, f"{hedge}{say_number(near)} {word} đồng")


def say_words(quantity: Quantity, style: Style = DEFAULT) -> str:
    """Return money in words, first letter capital; "" for a hedged sum, which has none."""
    if quantity.hedge:
        return ""
    words = read_money(int(quantity.value), style)
    return wrap(quantity.mark, words[0].upper() + words[1:])


def say_share(quantity: Quantity) -> str:
    """Return a share to one decimal, half up: "33,3%", "107%"; "91,0%" where it was written so."""
    written = quantity.written is not None
    said = say_as_written(quantity) if written else say_number(round_share(quantity))
    return _said(quantity, f"{said}%")


def round_share(quantity: Quantity) -> Decimal:
    """Return a share as it is said, to one decimal, half up.

    What is not quite 100 % or 0 % is given the decimals that show it; after trên and gần the
    rounding goes the way that keeps the word true.
    """
    value, places = quantity.value, 1
    rounding = _ROUNDING.get(HEDGES.get(quantity.hedge, ""), ROUND_HALF_UP)
    said = value.quantize(Decimal("0.1"), rounding)
    while said != value and said in (_HUNDRED, 0) and places < _FINEST:
        places += 1
        said = value.quantize(Decimal(1).scaleb(-places), rounding)
    return said


def _said(quantity: Quantity, text: str) -> str:
    hedged = f"{quantity.hedge} {text}" if quantity.hedge else text
    return wrap(quantity.mark, hedged)
