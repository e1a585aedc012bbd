"""Whole numbers, negatives and decimals in Vietnamese words.

A number is cut into groups of three digits. The first group is said as it stands ("năm"),
each later one in full ("không trăm linh năm"), and a group of zeros is not said at all.
Above a billion the count of billions is itself a number: ``n = q × 10⁹ + r`` is "q tỷ r".

Importing this module makes it the ``vi`` converter of num2words.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Literal, get_args

from num2words import CONVERTER_CLASSES

MOST_DIGITS = 27
MOST_DECIMALS = 30

ZeroTens = Literal["linh", "lẻ"]
Thousand = Literal["nghìn", "ngàn"]
Four = Literal["tư", "bốn"]
Billion = Literal["tỷ", "tỉ"]

_CHOICES = {"zero_tens": ZeroTens, "thousand": Thousand, "four": Four, "billion": Billion}
_LIMIT = 10**MOST_DIGITS
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_OWN_ORDINALS = {1: "nhất", 4: "tư"}
_TOO_LARGE = f"A number of more than {MOST_DIGITS} digits cannot be read in words."
_TOO_FINE = f"A number of more than {MOST_DECIMALS} decimals cannot be read in words."


@dataclass(frozen=True)
class Style:
    """The words in which North and South, or two schoolbooks, differ.

    ``four`` is the last digit after "mươi" only: 14 and 104 end in "bốn" everywhere.
    """

    zero_tens: ZeroTens = "linh"
    thousand: Thousand = "nghìn"
    four: Four = "tư"
    billion: Billion = "tỷ"

    def __post_init__(self) -> None:
        for field in fields(self):
            word, allowed = getattr(self, field.name), get_args(_CHOICES[field.name])
            if word not in allowed:
                choice = " or ".join(f"“{one}”" for one in allowed)
                raise ValueError(f"A style's {field.name} is {choice}, not {word!r}.")


DEFAULT = Style()


def read_number(number: int | Decimal, style: Style = DEFAULT) -> str:
    """Say a number: -1234 is "âm một nghìn hai trăm ba mươi tư".

    Raises:
        TypeError: It is neither an int nor a Decimal.
        ValueError: It is not finite.
        OverflowError: It has more than 27 digits, or more than 30 decimals.
    """
    if isinstance(number, Decimal):
        return _read_decimal(number, style)
    said = _groups_of(style).join(abs(_check_int(number)))
    return f"âm {said}" if number < 0 else said


def read_money(dong: int | Decimal, style: Style = DEFAULT) -> str:
    """Say an amount: 262500000 is "hai trăm sáu mươi hai triệu năm trăm nghìn đồng".

    Raises:
        ValueError: It is not a whole number of đồng; otherwise as :func:`read_number`.
    """
    whole = _whole_of(dong)
    if whole is None:
        raise ValueError(f"Money is read in whole đồng, and {dong} is not whole.")
    return f"{read_number(whole, style)} đồng"


def read_ordinal(number: int | Decimal, style: Style = DEFAULT) -> str:
    """Say a place in a row: "thứ nhất", "thứ hai", "thứ ba", "thứ tư", "thứ năm".

    Raises:
        ValueError: It is not a whole number from 1 up; otherwise as :func:`read_number`.
    """
    place = _place_of(number)
    return f"thứ {_OWN_ORDINALS.get(place) or read_number(place, style)}"


def _place_of(number: int | Decimal) -> int:
    whole = _whole_of(number)
    if whole is None or whole < 1:
        raise ValueError(f"An ordinal is a whole number from 1 up, and {number} is not.")
    return whole


def _whole_of(number: int | Decimal) -> int | None:
    if not isinstance(number, Decimal):
        return _check_int(number)
    _, decimals = _cut_decimal(number)
    return None if decimals else int(number)


def _check_int(number: int) -> int:
    # bool is an int to Python, and True would be said "một"
    if isinstance(number, bool) or not isinstance(number, int):
        kind = type(number).__name__
        raise TypeError(f"Only an int or a Decimal can be read in words, not a {kind}.")
    if not -_LIMIT < number < _LIMIT:
        raise OverflowError(_TOO_LARGE)
    return number


# ---------------------------------------------------------------- whole numbers


@dataclass(frozen=True, slots=True)
class _Groups:
    """The thousand groups of three digits, ready-made for each place they can stand in.

    ``first…`` open a number; the others follow something, so they begin with a space, and
    their entry for zero is empty.
    """

    first: tuple[str, ...]
    first_thousands: tuple[str, ...]
    first_millions: tuple[str, ...]
    units: tuple[str, ...]
    thousands: tuple[str, ...]
    millions: tuple[str, ...]
    billion: str

    def join(self, whole: int) -> str:
        """Say a whole number that is not negative."""
        if whole < 1_000:
            return self.first[whole]
        if whole < 1_000_000:
            thousands, units = divmod(whole, 1_000)
            return self.first_thousands[thousands] + self.units[units]
        if whole < 1_000_000_000:
            thousands, units = divmod(whole, 1_000)
            millions, thousands = divmod(thousands, 1_000)
            return self.first_millions[millions] + self.thousands[thousands] + self.units[units]
        return self._join_billions(whole)

    def _join_billions(self, whole: int) -> str:
        billions, rest = divmod(whole, 1_000_000_000)
        thousands, units = divmod(rest, 1_000)
        millions, thousands = divmod(thousands, 1_000)
        below = self.millions[millions] + self.thousands[thousands] + self.units[units]
        return f"{self.join(billions)} {self.billion}{below}"


@cache
def _groups_of(style: Style) -> _Groups:
    first = tuple(_say_short(number, style) for number in range(1_000))
    full = ("", *(f" {_say_full(number, style)}" for number in range(1, 1_000)))
    return _Groups(
        first=first,
        first_thousands=tuple(f"{group} {style.thousand}" for group in first),
        first_millions=tuple(f"{group} triệu" for group in first),
        units=full,
        thousands=tuple(group and f"{group} {style.thousand}" for group in full),
        millions=tuple(group and f"{group} triệu" for group in full),
        billion=style.billion,
    )


def _say_short(number: int, style: Style) -> str:
    return _say_full(number, style) if number >= 100 else _say_pair(number, style)


def _say_full(number: int, style: Style) -> str:
    hundreds, pair = divmod(number, 100)
    said = f"{_DIGITS[hundreds]} trăm"
    if pair == 0:
        return said
    if pair < 10:
        return f"{said} {style.zero_tens} {_DIGITS[pair]}"
    return f"{said} {_say_pair(pair, style)}"


def _say_pair(number: int, style: Style) -> str:
    tens, unit = divmod(number, 10)
    if tens == 0:
        return _DIGITS[unit]
    said = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if unit == 0:
        return said
    changed = {5: "lăm"} if tens == 1 else {1: "mốt", 4: style.four, 5: "lăm"}
    return f"{said} {changed.get(unit, _DIGITS[unit])}"


# ---------------------------------------------------------------- decimals


def _read_decimal(number: Decimal, style: Style) -> str:
    whole, decimals = _cut_decimal(number)
    groups = _groups_of(style)
    said = groups.join(int(whole))
    if decimals:
        rest = decimals.lstrip("0")
        zeros = "không " * (len(decimals) - len(rest))
        said = f"{said} phẩy {zeros}{groups.join(int(rest))}"
    return f"âm {said}" if number < 0 else said


def _cut_decimal(number: Decimal) -> tuple[str, str]:
    """Cut a Decimal's size into the digits before the comma and those that count after it."""
    if not number.is_finite():
        raise ValueError(f"Only a finite number can be read in words, not {number}.")
    if not number:
        return "0", ""
    # before it is written out: an exponent of a billion would fill the memory
    if number.adjusted() >= MOST_DIGITS:
        raise OverflowError(_TOO_LARGE)
    if number.adjusted() < -MOST_DECIMALS:
        raise OverflowError(_TOO_FINE)
    # abs() would round to the context's precision
    whole, _, decimals = f"{number.copy_abs():f}".partition(".")
    decimals = decimals.rstrip("0")
    if len(decimals) > MOST_DECIMALS:
        raise OverflowError(_TOO_FINE)
    return whole, decimals


# ---------------------------------------------------------------- num2words


class VietnameseConverter:
    """What num2words calls for ``lang="vi"``; always in the default style."""

    def str_to_number(self, text: str) -> Decimal:
        """Take a number written as Python writes it, with a point before the decimals."""
        try:
            return Decimal(text)
        except InvalidOperation:
            raise ValueError(f"“{text}” is not a number.") from None

    def to_cardinal(self, number: float | Decimal) -> str:
        """Say 24 as "hai mươi tư"."""
        return read_number(_exact(number))

    def to_ordinal(self, number: float | Decimal) -> str:
        """Say 4 as "thứ tư"."""
        return read_ordinal(_exact(number))

    def to_ordinal_num(self, number: float | Decimal) -> str:
        """Write 5 as "thứ 5"."""
        return f"thứ {_place_of(_exact(number))}"

    def to_year(self, number: float | Decimal) -> str:
        """Say 2026 as "hai nghìn không trăm hai mươi sáu"."""
        return read_number(_exact(number))

    def to_currency(self, number: float | Decimal, currency: str = "VND") -> str:
        """Say 5000 as "năm nghìn đồng"."""
        if currency != "VND":
            raise NotImplementedError(f"Only VND can be read in words, not {currency}.")
        return read_money(_exact(number))


def _exact(number: float | Decimal) -> int | Decimal:
    if not isinstance(number, float):
        return number
    # repr has the digits a person sees, Decimal(0.1) fifty-five; numpy's repr adds its name
    return Decimal(repr(float(number)))


CONVERTER_CLASSES["vi"] = VietnameseConverter()
