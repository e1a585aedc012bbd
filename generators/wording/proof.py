"""Vietnamese words back to the number they say: the proof of what was written.

The grammar stands here by itself and shares nothing with the writer, so that agreement of
the two means something. It is strict: a number has one reading, but for the regional words
(linh or lẻ, nghìn or ngàn, tư or bốn, tỷ or tỉ), and anything else is refused::

    number = ["âm"] whole ["phẩy" {"không"} whole]
    whole  = "không" | block {"tỷ" [block]}
    block  = [group "triệu"] [group "nghìn"] [group]
    group  = digit | pair | hundreds "trăm" ["linh" digit | pair]
    pair   = "mười" [digit] | digit "mươi" [digit]

The first group said begins with its first digit that is not zero; every later one says its
hundreds, "không trăm" where there are none. A group of zeros is not said.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

# 10³⁶ lies beyond any amount; without an end, a page of "tỷ" would take minutes
_MOST_BLOCKS = 4

_TWO_TO_NINE = {
    "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_ONE_TO_NINE = {"một": 1} | _TWO_TO_NINE
_HUNDREDS = {"không": 0} | _ONE_TO_NINE
_AFTER_TEN = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_AFTER_TENS = {
    "mốt": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9,
}  # fmt: skip

_BILLION = re.compile(r" (?:tỷ|tỉ)(?= |$)")
_GROUP = r"((?: (?!triệu|nghìn|ngàn)\w++)++)"
_BLOCK = re.compile(rf"(?:{_GROUP} triệu)?(?:{_GROUP} (?:nghìn|ngàn))?{_GROUP}?")
_DECIMALS = re.compile(r"((?:không )*)(.+)")
_MONEY = re.compile(r"(.+) đồng(?: chẵn)?")


def number_of(words: str) -> Decimal:
    """Return the number that a reading says: "hai mươi tư" is 24.

    Raises:
        ValueError: The words are not the one right reading of any number.
    """
    try:
        return Decimal(_digits_of(words))
    except LookupError:
        raise ValueError(f"“{words}” is not a well-formed reading of a number.") from None


def dong_of(words: str) -> int:
    """Return the đồng that an amount in words says, "chẵn" and a capital letter allowed.

    Raises:
        ValueError: The words are not the right reading of a whole number of đồng.
    """
    money = _MONEY.fullmatch(words[:1].lower() + words[1:])
    if money is None:
        raise ValueError(f"“{words}” is not an amount: it does not end in “đồng”.")
    amount = number_of(money[1])
    if amount != int(amount):
        raise ValueError(f"“{words}” is not an amount: it has a fraction of a đồng.")
    return int(amount)


def _digits_of(words: str) -> str:
    size = words.removeprefix("âm ")
    whole, comma, decimals = size.partition(" phẩy ")
    digits = str(_whole(whole)) + (_decimals(decimals) if comma else "")
    if size == words:
        return digits
    if digits == "0":
        raise LookupError
    return f"-{digits}"


def _decimals(words: str) -> str:
    said = _DECIMALS.fullmatch(words)
    if said is None or (end := _whole(said[2])) % 10 == 0:
        raise LookupError
    return "." + "0" * said[1].count("không") + str(end)


def _whole(words: str) -> int:
    if words == "không":
        return 0
    blocks = _BILLION.split(f" {words}")
    if not blocks[0] or len(blocks) > _MOST_BLOCKS:
        raise LookupError
    total = 0
    for group in (group for block in blocks for group in _groups(block)):
        total *= 1_000
        if group:
            total += _later_group(group) if total else _first_group(group)
    return total


def _groups(block: str) -> tuple[str, ...]:
    groups = _BLOCK.fullmatch(block)
    if groups is None:
        raise LookupError
    return groups.groups(default="")


@lru_cache(maxsize=8_192)
def _first_group(group: str) -> int:
    match group.split():
        case ["không", *_]:
            raise LookupError
        case [_, "trăm", *_]:
            return _later_group(group)
        case [digit] if digit in _ONE_TO_NINE:
            return _ONE_TO_NINE[digit]
        case pair:
            return _pair(pair)


@lru_cache(maxsize=8_192)
def _later_group(group: str) -> int:
    match group.split():
        case ["không", "trăm"]:
            raise LookupError
        case [hundreds, "trăm"]:
            return 100 * _HUNDREDS[hundreds]
        case [hundreds, "trăm", "linh" | "lẻ", unit]:
            return 100 * _HUNDREDS[hundreds] + _ONE_TO_NINE[unit]
        case [hundreds, "trăm", *pair]:
            return 100 * _HUNDREDS[hundreds] + _pair(pair)
    raise LookupError


def _pair(words: list[str]) -> int:
    match words:
        case ["mười"]:
            return 10
        case ["mười", unit]:
            return 10 + _AFTER_TEN[unit]
        case [tens, "mươi"]:
            return 10 * _TWO_TO_NINE[tens]
        case [tens, "mươi", unit]:
            return 10 * _TWO_TO_NINE[tens] + _AFTER_TENS[unit]
    raise LookupError
