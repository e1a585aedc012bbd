"""One parser for typed numbers, for both doors: a cell's value or a clerk's text to Decimal.

A text outside the grammar is refused with the place, the text as received and what to type
instead. Where two readings are possible both are offered and none is chosen. Negative
numbers parse: whether a line may be negative is a matter for validation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from generators.intake.number_grammar import PERCENT_LIKE, RATIO, RATIO_LIKE
from generators.intake.number_limits import (
    CELL_DIGITS,
    FRACTION_DIGITS,
    LIMIT,
    TEXT_DIGITS,
    is_whole,
)
from generators.intake.number_refusals import (
    Entry,
    known_text,
    refuse_cell_fraction,
    refuse_date,
    refuse_fraction,
    refuse_percent,
)
from generators.intake.spoken import Spoken, read_words
from generators.intake.typed_text import bare, shown, tidy
from generators.intake.units import is_divisible, unit_key, without_unit
from generators.model import HEDGES, Finding, Quantity, Raw

# What tells that a number is the result: "giảm xuống còn 6,06%", "đạt 91,2%".
_LEAD = re.compile(r"\A(?:(?:tăng|giảm)(?: lên| xuống)? )?(?:chỉ )?(?:còn|đạt|là|có) +")
_HEDGES = sorted(HEDGES, key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class Typed:
    """A number as typed; ``whole`` is the 5 of "2/5", else None."""

    quantity: Quantity
    whole: Quantity | None


def read_number(raw: Raw, unit: str) -> Typed | Finding:
    """Read one number that stands in `unit`; a negative one too, for validation to judge."""
    if isinstance(raw.value, str):
        entry = Entry(raw, unit_key(unit), shown(raw.value))
        return read_text(entry, tidy(raw.value))
    return _read_cell(raw, unit_key(unit))


# ---------------------------------------------------------------- text


def read_text(entry: Entry, text: str) -> Typed | Finding:
    """Read the tidied `text` of `entry`."""
    known = known_text(entry, text)
    if known is not None:
        return known
    hedge, rest = _split_hedge(_LEAD.sub("", text, count=1))
    rest = without_unit(rest, entry.unit)
    if PERCENT_LIKE.fullmatch(rest):
        return refuse_percent(entry, rest)
    if RATIO_LIKE.fullmatch(rest):
        return _read_ratio(entry, hedge, rest)
    spoken = read_words(entry, rest)
    return spoken if isinstance(spoken, Finding) else _accept(entry, spoken, hedge)


def _split_hedge(text: str) -> tuple[str, str]:
    for hedge in _HEDGES:
        if text.startswith(hedge):
            return hedge, text.removeprefix(hedge).lstrip(" ")
    return "", text


def _read_ratio(entry: Entry, hedge: str, text: str) -> Typed | Finding:
    """Read "2/5", two of five; of a measure it might be two fifths, so there it is refused."""
    if is_divisible(entry.unit):
        why = f"ghi «{entry.shown}», nhưng đơn vị «{entry.unit}» không ghi theo dạng này"
        return entry.refuse("ratio", why, "Hãy gõ một số, ví dụ 40 hoặc 2,5.")
    match = RATIO.fullmatch(text)
    if match is None or hedge:
        return entry.refuse(
            "ratio",
            f"ghi «{entry.shown}», không rõ là bao nhiêu trên bao nhiêu",
            "Hãy gõ hai số nguyên, không kèm chữ khác, ví dụ 2/5; hoặc chỉ gõ một số.",
        )
    value, whole = (Decimal(bare(group)) for group in match.groups())
    if max(value, whole) >= LIMIT:
        return entry.too_long()
    return Typed(entry.quantity(value), entry.quantity(whole))


def _accept(entry: Entry, spoken: Spoken, hedge: str) -> Typed | Finding:
    if abs(spoken.value) >= LIMIT:
        return entry.too_long()
    if is_whole(spoken.value) or is_divisible(entry.unit):
        return Typed(entry.quantity(spoken.value, hedge, spoken.written), None)
    return refuse_fraction(entry, spoken.value)


# ---------------------------------------------------------------- cells that are not text


def _read_cell(raw: Raw, unit: str) -> Typed | Finding:
    """Read a value that already has a type: only numbers are numbers."""
    value = raw.value
    if isinstance(value, bool):
        return read_text(Entry(raw, unit, str(value).upper()), str(value).lower())
    if isinstance(value, date | time | timedelta):
        return refuse_date(Entry(raw, unit, ""), value)
    if isinstance(value, float):
        value = Decimal(repr(value))
    if not isinstance(value, int | Decimal):
        return Entry(raw, unit, "giá trị không phải số hay chữ").unreadable()
    number = Decimal(value)
    entry = Entry(raw, unit, shown(str(number).replace(".", ",")))
    if not number.is_finite():
        return entry.unreadable()
    return _read_numeric(entry, number, TEXT_DIGITS if isinstance(value, int) else CELL_DIGITS)


def _read_numeric(entry: Entry, value: Decimal, digits: int) -> Typed | Finding:
    """Take a number of at most `digits`: of a decimal, more have been lost on the way here."""
    if not value:
        return Typed(entry.quantity(Decimal(0)), None)
    if value.adjusted() >= digits or int(value.as_tuple().exponent) < -FRACTION_DIGITS:
        return entry.refuse(
            "too_long",
            f"có số {entry.shown}, quá dài để giữ đúng từng chữ số",
            "Hãy kiểm tra lại; nếu đúng là số có hơn 15 chữ số, hãy gõ dưới dạng chữ (trong "
            "Excel: gõ dấu nháy đơn ở trước).",
        )
    if is_whole(value) or is_divisible(entry.unit):
        return Typed(entry.quantity(value), None)
    return refuse_cell_fraction(entry, value)
