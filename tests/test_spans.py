"""What a number may stand for: hedged, rounded, cut off; sums, shares and changes of such."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generators.intake.numbers import Typed, read_number
from generators.model import Quantity, Raw
from generators.spans import (
    Span,
    change_share_span,
    change_span,
    cut_span,
    down_span,
    meet,
    overlap,
    ratio_span,
    rounding_span,
    says,
    written_span,
)


def number(text: str, unit: str = "đồng") -> Quantity:
    read = read_number(Raw(text, "A1"), unit)
    assert isinstance(read, Typed)
    return read.quantity


def ends(low: str | int, high: str | int) -> Span:
    return Decimal(low), Decimal(high)


@pytest.mark.parametrize(
    ("text", "unit", "place"),
    [("45,7 tỷ", "đồng", "1E8"), ("45,70 tỷ", "đồng", "1E7"), ("51 triệu", "đồng", "1E6"),
     ("1 tỷ 262 triệu", "đồng", "1E6"), ("45,7 tỷ", "triệu đồng", "100"), ("1.500", "người", "1"),
     ("91,0%", "%", "0.1"), ("91,25", "%", "0.01"), ("91", "%", "1"), ("94,66", "triệu người", "0.01")],
)  # fmt: skip
def test_the_place_of_the_last_digit_written(text: str, unit: str, place: str) -> None:
    assert number(text, unit).place == Decimal(place)


def test_what_digits_may_have_been() -> None:
    rounded, exact = number("45,7 triệu"), number("45.700.000")
    assert rounding_span(rounded) == ends(45_650_000, 45_750_000)
    assert down_span(rounded) == ends(45_700_000, 45_800_000)
    assert cut_span(rounded) == ends(45_650_000, 45_800_000)
    for of in (rounding_span, down_span, cut_span):
        assert of(exact) == ends(45_700_000, 45_700_000)
        assert of(number("trên 45 triệu")) == ends(45_000_000, 46_000_000)


def test_a_hedge_allows_what_it_says() -> None:
    assert number("dưới 30", "người").span == ends(0, 30)
    fall = Quantity(Decimal(-6), "trên")
    assert fall.span == written_span(fall) == ends(-7, -6)
    assert Quantity(Decimal(-1), "dưới").span == ends(-1, 0)


def test_a_stated_share_may_be_rounded_or_cut_off() -> None:
    assert written_span(number("91,0%", "%")) == ends("90.95", "91.1")
    assert written_span(Quantity(Decimal("-5.5"))) == ends("-5.6", "-5.45")


def test_numbers_that_can_be_the_same() -> None:
    assert overlap(ends(1, 2), ends(2, 3))
    assert not meet(ends(1, 2), ends(2, 3))
    assert not meet(ends(2, 3), ends(1, 2))
    assert meet(ends(1, 3), ends(2, 4))
    assert meet(ends(2, 2), ends(1, 2))
    assert not overlap(ends(1, 2), ends(3, 4))


def test_shares_and_changes_of_numbers_that_are_not_exact() -> None:
    assert ratio_span(ends(40, 50), ends(100, 200)) == ends(20, 50)
    assert ratio_span(ends(40, 50), ends(0, 200)) == ends(20, "Infinity")
    assert change_span(ends(40, 50), ends(10, 20)) == ends(20, 40)
    assert change_share_span(ends(40, 50), ends(100, 200)) == ends(-80, -50)


@pytest.mark.parametrize(
    ("stated", "rounded", "fits"),
    [("50", ends(50, 50), True), ("50", ends(51, 52), False), ("50", ends("50.4", 53), True),
     ("50", ends("50.5", 53), False), ("50", ends(40, "49.5"), False), ("trên 50", ends(55, 56), True),
     ("trên 50", ends(61, 62), False)],
)  # fmt: skip
def test_a_share_of_rounded_numbers(stated: str, rounded: Span, fits: bool) -> None:
    assert says(number(stated, "%"), ends(90, 90), rounded) is fits


def test_a_share_cut_off_from_exact_numbers() -> None:
    assert says(number("50", "%"), (Decimal("50.9"),) * 2, (Decimal("50.9"),) * 2)
    assert not says(number("50", "%"), (Decimal("51.1"),) * 2, (Decimal("51.1"),) * 2)
