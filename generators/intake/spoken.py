"""A run of digits with its magnitudes: "262.500.000", "4,5 triệu", "1 tỷ 262 triệu"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from generators.intake.number_grammar import NUMBER, PART, SPOKEN, TAILED, TWO_READINGS
from generators.intake.number_limits import EXACT, FRACTION_DIGITS, LIMIT, TEXT_DIGITS, is_whole
from generators.intake.number_refusals import Entry
from generators.intake.number_slips import refuse_token
from generators.intake.typed_text import bare
from generators.intake.units import MAGNITUDES, is_divisible, unit_scale
from generators.model import Finding


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number, and the place of its last digit where words or a kept zero say which.

    "45,7 tỷ" was written to a hundred million, "91,0" to a tenth; None of 1.500 and of 91,2,
    whose own digits say it.
    """

    value: Decimal
    written: Decimal | None = None


def read_words(entry: Entry, text: str) -> Spoken | Finding:
    """Read "262.500.000", "4,5 triệu" or "1 tỷ 262 triệu 500 nghìn"."""
    if TAILED.fullmatch(text):
        return entry.refuse(
            "tail",
            f"ghi «{entry.shown}», số cuối không rõ là triệu, nghìn hay đơn vị",
            "Hãy ghi rõ sau mỗi số, ví dụ 1 tỷ 500 triệu, hoặc gõ cả số, ví dụ 1.500.000.000.",
        )
    if not SPOKEN.fullmatch(text):
        return entry.unreadable()
    parts: list[tuple[Decimal, str]] = []
    for token, word in PART.findall(text):
        number = _read_token(entry, text, token, word)
        if isinstance(number, Finding):
            return number
        parts.append((number, word))
    total = _add_up(entry, parts)
    if isinstance(total, Finding):
        return total
    return Spoken(-total if text.startswith("-") else total, _written(entry, *parts[-1]))


def _written(entry: Entry, number: Decimal, word: str) -> Decimal | None:
    """The place of the last digit, in the entry's unit."""
    exponent = int(number.as_tuple().exponent)
    place = Decimal(1).scaleb(exponent)
    if word:
        return EXACT.divide(EXACT.multiply(place, MAGNITUDES[word]), unit_scale(entry.unit))
    keeps_zero = exponent < 0 and number == number.quantize(Decimal(1).scaleb(exponent + 1))
    return place if keeps_zero else None


def _read_token(entry: Entry, text: str, token: str, word: str) -> Decimal | Finding:
    """Read one run of digits; before nghìn, triệu, tỷ a comma is always decimal."""
    if (
        len(bare(token).lstrip("0")) > TEXT_DIGITS
        or len(token.rpartition(",")[2]) > FRACTION_DIGITS
    ):
        return entry.too_long()
    if NUMBER.fullmatch(token) and (word or not TWO_READINGS.fullmatch(token)):
        return Decimal(re.sub("[. ]", "", token).replace(",", "."))
    return refuse_token(entry, text, token, fractions=bool(word) or is_divisible(entry.unit))


def _add_up(entry: Entry, parts: list[tuple[Decimal, str]]) -> Decimal | Finding:
    """Add parts that fall: each smaller than one of the magnitude before it."""
    total, room = Decimal(0), LIMIT * LIMIT
    for number, word in parts:
        scale = MAGNITUDES.get(word, Decimal(1))
        amount = EXACT.multiply(number, scale)
        if max(amount, scale) >= room:
            return entry.refuse(
                "magnitude",
                f"ghi «{entry.shown}», các phần tỷ, triệu, nghìn không nối nhau từ lớn đến nhỏ",
                "Hãy gõ theo thứ tự, ví dụ 1 tỷ 262 triệu 500 nghìn, hoặc gõ cả số, ví dụ "
                "1.262.500.000.",
            )
        total = EXACT.add(total, amount)
        room = scale if is_whole(number) else Decimal(0)
    return EXACT.divide(total, unit_scale(entry.unit)) if parts[0][1] else total
