"""Money for one unit as it is typed: one sum, or a range from the lower to the upper."""

from __future__ import annotations

import re

from generators.intake.number_grammar import PART
from generators.intake.number_refusals import Entry, known_text
from generators.intake.numbers import Typed, read_number, read_text
from generators.intake.places import said_place
from generators.intake.typed_text import shown, tidy
from generators.intake.units import DONG
from generators.model import ERROR, Finding, Quantity, Raw

FROM = re.compile(r"^từ +")
RANGE = re.compile(r"(?<=[^ ]) *[-–—~] *| +(?:đến|tới)(?: +|$)")
PER_UNIT = re.compile(r"(?: */ *[^\W\d_][^/0-9]*)+$")


def read_rate(raw: Raw) -> tuple[Quantity, Quantity | None] | Finding:
    """Read money for one unit: one sum, or the lower and the upper end of a range."""
    if not isinstance(raw.value, str):
        return _one_sum(read_number(raw, DONG))
    entry = Entry(raw, DONG, shown(raw.value))
    text = tidy(raw.value)
    known = known_text(entry, text)
    if known is not None:
        return known
    body = FROM.sub("", text)
    ends = [PER_UNIT.sub("", end) for end in RANGE.split(body)]
    if len(ends) == 1 and body == text:
        return _one_sum(read_text(entry, ends[0]))
    return _read_range(entry, ends)


def _one_sum(typed: Typed | Finding) -> tuple[Quantity, None] | Finding:
    if isinstance(typed, Finding):
        return typed
    if typed.whole is None:
        return typed.quantity, None
    where, number = typed.quantity.where, f"{typed.quantity.value}/{typed.whole.value}"
    return Finding(
        "number.ratio",
        ERROR,
        where,
        f"{said_place(where)} ghi «{number}», không phải một mức tiền.",
        "Hãy gõ một số tiền, ví dụ 500.000, hoặc một khoảng, ví dụ 500.000 - 1.500.000.",
    )


def _read_range(entry: Entry, ends: list[str]) -> tuple[Quantity, Quantity | None] | Finding:
    read = [_one_sum(read_text(entry, end)) for end in ends if end]
    for each in read:
        if isinstance(each, Finding):
            return each
    sums = [each[0] for each in read if not isinstance(each, Finding)]
    if len(sums) != 2 or len(ends) != 2 or not _is_range(sums, ends):
        return entry.refuse(
            "range",
            f"ghi «{entry.shown}», không rõ mức thấp và mức cao",
            "Hãy gõ đủ hai số, mức thấp trước, mỗi số ghi rõ nghìn hay triệu, không kèm chữ "
            "«trên», «khoảng»: ví dụ 500.000 - 1.500.000 hoặc 1 triệu - 1,5 triệu.",
        )
    return sums[0], sums[1]


def _is_range(sums: list[Quantity], ends: list[str]) -> bool:
    """Tell whether two ends make a range; in "1 - 1,5 triệu" the first has lost its word."""
    low, high = sums
    spoken = [any(word for _, word in PART.findall(end)) for end in ends]
    half_said = spoken == [False, True] and low.value < 1000
    return not (low.hedge or high.hedge or half_said) and low.value < high.value
