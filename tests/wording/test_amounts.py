"""Numbers as prose says them: exact, padded where a noun is counted, rounded only truthfully."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generators.intake.numbers import Typed, read_number
from generators.model import HEDGES, Quantity, Raw
from generators.wording.amounts import (
    pad,
    say_cell,
    say_count,
    say_dong,
    say_money,
    say_number,
    say_rounded,
    say_share,
    say_words,
)
from tests.building import qty

MONEY = st.integers(0, 10**17) | st.integers(0, 10**8).map(lambda n: n * 10**5)
HEDGE = st.sampled_from(["", *HEDGES])


def read_back(text: str) -> Quantity:
    typed = read_number(Raw(text, ""), "đồng")
    assert isinstance(typed, Typed), text
    return typed.quantity


@pytest.mark.parametrize(
    ("value", "said"),
    [("1254", "1.254"), ("33.3", "33,3"), ("1250.50", "1.250,5"), ("0", "0"), ("1E+3", "1.000"),
     ("-0.15", "-0,15"), ("999999999999999", "999.999.999.999.999")],
)  # fmt: skip
def test_digits(value: str, said: str) -> None:
    assert say_number(Decimal(value)) == said


@pytest.mark.parametrize(
    ("quantity", "unit", "said"),
    [
        (qty(249), "người", "249 người"),
        (qty(4), "hộ", "04 hộ"),
        (qty(0), "hộ", "0 hộ"),
        (qty(10), "hộ", "10 hộ"),
        (qty(3100, "trên"), "người", "trên 3.100 người"),
        (qty(5), "%", "5%"),
        (qty("1.35"), "%", "1,35%"),
        (qty("4.5"), "tấn", "4,5 tấn"),
        (qty(6), "tháng", "6 tháng"),
        (qty(5), "triệu đồng", "5 triệu đồng"),
        (qty(5), "kg", "5 kg"),
        (qty(4), "", "04"),
    ],
)
def test_a_count_before_its_noun(quantity: Quantity, unit: str, said: str) -> None:
    assert say_count(quantity, unit) == said


def test_one_to_nine_are_padded_and_nothing_else() -> None:
    assert [pad(str(n)) for n in (0, 1, 9, 10)] == ["0", "01", "09", "10"]
    assert pad("4,5") == "4,5"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (51200000, "51,2 triệu đồng"), (262500000, "262,5 triệu đồng"),
        (10117000000, "10,117 tỷ đồng"), (2000000000, "2 tỷ đồng"), (70000000, "70 triệu đồng"),
        (1262500000, "1.262,5 triệu đồng"), (1262512345, "1.262.512.345 đồng"),
        (1234, "1.234 đồng"), (999999, "999.999 đồng"), (1000000, "1 triệu đồng"),
        (10**15, "1.000.000 tỷ đồng"), (10**15 - 1, "999.999.999.999.999 đồng"), (0, "0 đồng"),
    ],
)  # fmt: skip
def test_money_is_short_where_that_is_exact(value: int, said: str) -> None:
    assert say_money(qty(value)) == said


def test_hedged_money_keeps_its_word() -> None:
    assert say_money(qty(6 * 10**9, "trên")) == "trên 6 tỷ đồng"
    assert say_dong(qty(262500000, "gần")) == "gần 262.500.000 đồng"


@given(MONEY, HEDGE)
def test_money_reads_back_as_it_was(value: int, hedge: str) -> None:
    quantity = qty(value, hedge)
    assert read_back(say_money(quantity)) == quantity
    assert read_back(say_dong(quantity)) == quantity


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (51200000, "51,2 triệu đồng"), (51234567, "trên 51,2 triệu đồng"),
        (51250000, "gần 51,3 triệu đồng"), (51249999, "trên 51,2 triệu đồng"),
        (999990000, "gần 1.000 triệu đồng"), (1000000001, "trên 1 tỷ đồng"),
        (999999, "999.999 đồng"), (6150000000, "gần 6,2 tỷ đồng"),
    ],
)  # fmt: skip
def test_money_rounded_to_one_decimal(value: int, said: str) -> None:
    assert say_rounded(qty(value)) == said


def test_what_is_hedged_already_is_not_rounded_again() -> None:
    assert say_rounded(qty(51234567, "gần")) == "gần 51.234.567 đồng"


@given(MONEY)
def test_rounded_money_is_true(value: int) -> None:
    said = read_back(say_rounded(qty(value)))
    if said.hedge == "":
        assert said.value == value
    else:
        assert said.hedge in ("trên", "gần")
        assert (said.value < value) == (said.hedge == "trên")
        assert abs(said.value - value) <= (50000 if value < 10**9 else 50000000)


def test_money_in_words() -> None:
    assert say_words(qty(262500000)) == "Hai trăm sáu mươi hai triệu năm trăm nghìn đồng"
    assert say_words(qty(6 * 10**9, "trên")) == ""


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Decimal(100) / 3, "33,3%"), ("107", "107%"), (Decimal(41) / 62 * 100, "66,1%"),
        ("33.35", "33,4%"), ("33.25", "33,3%"), ("33.34999", "33,3%"), ("0", "0%"), ("100", "100%"),
        ("99.96", "99,96%"), ("99.996", "99,996%"), ("99.94", "99,9%"), ("100.04", "100,04%"),
        ("99.99999999", "99,99999999%"), ("0.04", "0,04%"), ("0.00001", "0,00001%"),
        ("100.5", "100,5%"), ("66.666", "66,7%"),
    ],
)  # fmt: skip
def test_a_share_is_said_once_half_up(value: str | Decimal, said: str) -> None:
    assert say_share(qty(value)) == said


@pytest.mark.parametrize(
    ("hedge", "value", "said"),
    [("trên", "66.67", "trên 66,6%"), ("hơn", "66.67", "hơn 66,6%"), ("gần", "33.33", "gần 33,4%"),
     ("khoảng", "66.67", "khoảng 66,7%"), ("trên", "75", "trên 75%")],
)  # fmt: skip
def test_a_hedged_share_is_rounded_the_way_its_word_leans(
    hedge: str, value: str, said: str
) -> None:
    assert say_share(qty(value, hedge)) == said


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_only_all_is_said_as_all(ours: int, theirs: int) -> None:
    said = say_share(qty(Decimal(ours) / theirs * 100))
    assert re.fullmatch(r"[0-9.]+(,[0-9]*[1-9])?%", said)
    assume(ours != theirs)
    assert said != "100%"
    assert (said == "0%") == (ours == 0)


@pytest.mark.parametrize(
    ("value", "written", "told", "in_table"),
    [("45700000000", "1e8", "45,7 tỷ đồng", "45,7 tỷ"),
     ("10117000000", "1e6", "10,117 tỷ đồng", "10,117 tỷ"),
     ("1000000000", "1e6", "1 tỷ đồng", "1 tỷ"),
     ("1000000000", "1e5", "1.000.000.000 đồng", "1.000.000.000"),
     ("70000000", "1e6", "70.000.000 đồng", "70.000.000"),
     ("45700000000", None, "45.700.000.000 đồng", "45.700.000.000")],
)  # fmt: skip
def test_what_is_told_in_full_stays_short_where_its_last_digits_were_never_told(
    value: str, written: str | None, told: str, in_table: str
) -> None:
    place = None if written is None else Decimal(written)
    quantity = Quantity(Decimal(value), in_full=True, written=place)
    assert (say_money(quantity), say_cell(quantity)) == (told, in_table)
