"""Numbers in words: known traps, every number below a million, the rest at random."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from decimal import Decimal, localcontext
from itertools import product
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from generators.wording import reading
from generators.wording.proof import dong_of, number_of
from generators.wording.reading import Style, read_money, read_number, read_ordinal

STYLES = [
    Style(zero_tens=zero_tens, thousand=thousand, four=four, billion=billion)
    for zero_tens, thousand, four, billion in product(
        get_args(reading.ZeroTens),
        get_args(reading.Thousand),
        get_args(reading.Four),
        get_args(reading.Billion),
    )
]

whole_numbers = st.integers(-(10**18), 10**18) | st.integers(-(10**27) + 1, 10**27 - 1)
decimals = st.decimals(
    min_value=-(10**18), max_value=10**18, allow_nan=False, allow_infinity=False, places=12
)
ready = settings(deadline=None)


def whole(message: str) -> str:
    """Match the whole of a message."""
    return rf"\A{re.escape(message)}\Z"


WHOLE = [
    (0, "không"),
    (1, "một"),
    (4, "bốn"),
    (5, "năm"),
    (10, "mười"),
    (11, "mười một"),
    (14, "mười bốn"),
    (15, "mười lăm"),
    (20, "hai mươi"),
    (21, "hai mươi mốt"),
    (24, "hai mươi tư"),
    (25, "hai mươi lăm"),
    (40, "bốn mươi"),
    (44, "bốn mươi tư"),
    (55, "năm mươi lăm"),
    (71, "bảy mươi mốt"),
    (100, "một trăm"),
    (101, "một trăm linh một"),
    (104, "một trăm linh bốn"),
    (105, "một trăm linh năm"),
    (110, "một trăm mười"),
    (111, "một trăm mười một"),
    (121, "một trăm hai mươi mốt"),
    (555, "năm trăm năm mươi lăm"),
    (1_000, "một nghìn"),
    (1_005, "một nghìn không trăm linh năm"),
    (1_010, "một nghìn không trăm mười"),
    (1_024, "một nghìn không trăm hai mươi tư"),
    (1_100, "một nghìn một trăm"),
    (1_611, "một nghìn sáu trăm mười một"),
    (10_000, "mười nghìn"),
    (100_000, "một trăm nghìn"),
    (105_005, "một trăm linh năm nghìn không trăm linh năm"),
    (1_000_000, "một triệu"),
    (1_000_001, "một triệu không trăm linh một"),
    (1_005_000, "một triệu không trăm linh năm nghìn"),
    (21_000_000, "hai mươi mốt triệu"),
    (400_036_105, "bốn trăm triệu không trăm ba mươi sáu nghìn một trăm linh năm"),
    (10**9, "một tỷ"),
    (10**9 + 1, "một tỷ không trăm linh một"),
    (10**9 + 5_000_000, "một tỷ không trăm linh năm triệu"),
    (
        1_234_567_890_123,
        "một nghìn hai trăm ba mươi tư tỷ năm trăm sáu mươi bảy triệu"
        " tám trăm chín mươi nghìn một trăm hai mươi ba",
    ),
    (10**12, "một nghìn tỷ"),
    (10**15, "một triệu tỷ"),
    (10**15 + 1, "một triệu tỷ không trăm linh một"),
    (10**18, "một tỷ tỷ"),
    (10**18 + 5, "một tỷ tỷ không trăm linh năm"),
    (10**18 + 5 * 10**9, "một tỷ không trăm linh năm tỷ"),
    (10**26, "một trăm triệu tỷ tỷ"),
]

NEGATIVE = [
    (-5, "âm năm"),
    (-12, "âm mười hai"),
    (-1_234, "âm một nghìn hai trăm ba mươi tư"),
]

DECIMAL = [
    ("4.5", "bốn phẩy năm"),
    ("1.05", "một phẩy không năm"),
    ("0.005", "không phẩy không không năm"),
    ("12.75", "mười hai phẩy bảy mươi lăm"),
    ("2.50", "hai phẩy năm"),
    ("98.104", "chín mươi tám phẩy một trăm linh bốn"),
    ("1000.05", "một nghìn phẩy không năm"),
    ("-0.5", "âm không phẩy năm"),
    ("0", "không"),
    ("-0", "không"),
    ("-0.00", "không"),
    ("0E+999999999", "không"),
    ("0E-999999999", "không"),
    ("5.000", "năm"),
    ("1E+3", "một nghìn"),
    ("5E-3", "không phẩy không không năm"),
]


@pytest.mark.parametrize(("number", "words"), WHOLE + NEGATIVE)
def test_a_whole_number_is_said_as_schoolbooks_say_it(number: int, words: str) -> None:
    assert read_number(number) == words
    assert read_number(Decimal(number)) == words
    assert num2words(number, lang="vi") == words


@pytest.mark.parametrize(("number", "words"), DECIMAL)
def test_a_decimal_is_said_zero_by_zero_and_then_as_a_number(number: str, words: str) -> None:
    assert read_number(Decimal(number)) == words
    assert num2words(number, lang="vi") == words
    assert num2words(Decimal(number), lang="vi") == words


# ---------------------------------------------------------------- proved by the reader


def test_every_number_below_a_million_reads_back() -> None:
    wrong = [n for n in range(1_000_000) if number_of(read_number(n)) != n]
    assert wrong == []


@pytest.mark.parametrize("style", STYLES, ids=str)
def test_every_group_reads_back_in_every_style_and_place(style: Style) -> None:
    numbers = [
        lead * 1_000 ** (place + 1) + group * 1_000**place
        for group in range(1_000)
        for place in range(6)
        for lead in (0, 1)
    ]
    assert [n for n in numbers if number_of(read_number(n, style)) != n] == []


@ready
@given(whole_numbers, st.sampled_from(STYLES))
def test_any_whole_number_reads_back(number: int, style: Style) -> None:
    assert number_of(read_number(number, style)) == number


@ready
@given(decimals, st.sampled_from(STYLES))
def test_any_decimal_reads_back(number: Decimal, style: Style) -> None:
    assert number_of(read_number(number, style)) == number


@ready
@given(st.integers(-(10**18), 10**18), st.sampled_from(STYLES))
def test_any_amount_reads_back(dong: int, style: Style) -> None:
    assert dong_of(read_money(dong, style)) == dong


@ready
@given(whole_numbers | decimals, st.sampled_from(STYLES))
def test_a_reading_is_clean_text(number: int | Decimal, style: Style) -> None:
    words = read_number(number, style)
    assert words == unicodedata.normalize("NFC", words)
    assert words == " ".join(words.split())


def test_the_context_of_decimal_does_not_round_a_reading() -> None:
    with localcontext() as context:
        context.prec = 2
        assert read_number(Decimal("-1234.567")) == (
            "âm một nghìn hai trăm ba mươi tư phẩy năm trăm sáu mươi bảy"
        )


# ---------------------------------------------------------------- styles


@pytest.mark.parametrize(
    ("style", "words"),
    [
        (Style(), "hai mươi tư tỷ một trăm linh bốn triệu không trăm mười bốn nghìn"),
        (
            Style(zero_tens="lẻ"),
            "hai mươi tư tỷ một trăm lẻ bốn triệu không trăm mười bốn nghìn",
        ),
        (
            Style(thousand="ngàn"),
            "hai mươi tư tỷ một trăm linh bốn triệu không trăm mười bốn ngàn",
        ),
        (
            Style(four="bốn"),
            "hai mươi bốn tỷ một trăm linh bốn triệu không trăm mười bốn nghìn",
        ),
        (
            Style(billion="tỉ"),
            "hai mươi tư tỉ một trăm linh bốn triệu không trăm mười bốn nghìn",
        ),
    ],
    ids=["default", "zero_tens", "thousand", "four", "billion"],
)
def test_a_style_changes_its_own_word_only(style: Style, words: str) -> None:
    assert read_number(24_104_014_000, style) == words


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("zero_tens", "A style's zero_tens is “linh” or “lẻ”, not 'lẽ'."),
        ("thousand", "A style's thousand is “nghìn” or “ngàn”, not 'lẽ'."),
        ("four", "A style's four is “tư” or “bốn”, not 'lẽ'."),
        ("billion", "A style's billion is “tỷ” or “tỉ”, not 'lẽ'."),
    ],
)
def test_a_style_of_another_word_is_refused(field: str, message: str) -> None:
    changes: dict[str, Any] = {field: "lẽ"}
    with pytest.raises(ValueError, match=whole(message)):
        replace(reading.DEFAULT, **changes)


# ---------------------------------------------------------------- money and ordinals


@pytest.mark.parametrize(
    ("dong", "words"),
    [
        (0, "không đồng"),
        (262_500_000, "hai trăm sáu mươi hai triệu năm trăm nghìn đồng"),
        (Decimal("51200000.00"), "năm mươi mốt triệu hai trăm nghìn đồng"),
        (1_234_500_000, "một tỷ hai trăm ba mươi tư triệu năm trăm nghìn đồng"),
        (-5_000, "âm năm nghìn đồng"),
    ],
)
def test_money_is_said_in_whole_dong(dong: int | Decimal, words: str) -> None:
    assert read_money(dong) == words
    assert num2words(dong, lang="vi", to="currency") == words


def test_money_in_the_south_is_said_in_its_words() -> None:
    assert read_money(1_105_000, Style("lẻ", "ngàn")) == ("một triệu một trăm lẻ năm ngàn đồng")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (1, "thứ nhất"),
        (2, "thứ hai"),
        (3, "thứ ba"),
        (4, "thứ tư"),
        (5, "thứ năm"),
        (10, "thứ mười"),
        (11, "thứ mười một"),
        (14, "thứ mười bốn"),
        (21, "thứ hai mươi mốt"),
        (24, "thứ hai mươi tư"),
        (101, "thứ một trăm linh một"),
    ],
)
def test_a_place_has_its_own_first_and_fourth(place: int, words: str) -> None:
    assert read_ordinal(place) == words
    assert read_ordinal(Decimal(place)) == words
    assert num2words(place, lang="vi", to="ordinal") == words


# ---------------------------------------------------------------- refusals


TOO_LARGE = "A number of more than 27 digits cannot be read in words."
TOO_FINE = "A number of more than 30 decimals cannot be read in words."


@pytest.mark.parametrize(
    ("number", "error", "message"),
    [
        (10**27, OverflowError, TOO_LARGE),
        (-(10**27), OverflowError, TOO_LARGE),
        (10**5_000, OverflowError, TOO_LARGE),
        (Decimal(10**27), OverflowError, TOO_LARGE),
        (Decimal("1E+999999999"), OverflowError, TOO_LARGE),
        (Decimal("1E-31"), OverflowError, TOO_FINE),
        (Decimal("1E-999999999"), OverflowError, TOO_FINE),
        (Decimal("1." + "1" * 31), OverflowError, TOO_FINE),
        (
            Decimal("NaN"),
            ValueError,
            "Only a finite number can be read in words, not NaN.",
        ),
        (
            Decimal("-Infinity"),
            ValueError,
            "Only a finite number can be read in words, not -Infinity.",
        ),
        (True, TypeError, "Only an int or a Decimal can be read in words, not a bool."),
        (4.5, TypeError, "Only an int or a Decimal can be read in words, not a float."),
        ("5", TypeError, "Only an int or a Decimal can be read in words, not a str."),
        (None, TypeError, "Only an int or a Decimal can be read in words, not a NoneType."),
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("read", [read_number, read_money, read_ordinal])
def test_what_cannot_be_said_is_refused(
    read: Any, number: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=whole(message)):
        read(number)


def test_the_largest_and_the_finest_are_said() -> None:
    largest, finest = 10**27 - 1, Decimal("0." + "9" * 30)
    assert number_of(read_number(largest)) == largest
    assert number_of(read_number(finest)) == finest
    assert number_of(read_number(Decimal("1E-30"))) == Decimal("1E-30")


def test_zeros_at_the_end_do_not_count_as_decimals() -> None:
    assert read_number(Decimal("0.5" + "0" * 5_000)) == "không phẩy năm"


def test_a_part_of_a_dong_is_refused() -> None:
    with pytest.raises(
        ValueError, match=whole("Money is read in whole đồng, and 0.5 is not whole.")
    ):
        read_money(Decimal("0.5"))


@pytest.mark.parametrize("place", [0, -1, Decimal("1.5")])
def test_what_is_no_place_in_a_row_is_refused(place: int | Decimal) -> None:
    message = f"An ordinal is a whole number from 1 up, and {place} is not."
    with pytest.raises(ValueError, match=whole(message)):
        read_ordinal(place)


# ---------------------------------------------------------------- num2words


@pytest.mark.parametrize(
    ("number", "to", "words"),
    [
        ("1234", "cardinal", "một nghìn hai trăm ba mươi tư"),
        ("-5", "cardinal", "âm năm"),
        ("4.5", "cardinal", "bốn phẩy năm"),
        (4.5, "cardinal", "bốn phẩy năm"),
        (1.05, "cardinal", "một phẩy không năm"),
        (0.005, "cardinal", "không phẩy không không năm"),
        (0.1, "cardinal", "không phẩy một"),
        (-0.0, "cardinal", "không"),
        (1e16, "cardinal", "mười triệu tỷ"),
        (4, "ordinal", "thứ tư"),
        ("24", "ordinal", "thứ hai mươi tư"),
        (5, "ordinal_num", "thứ 5"),
        ("5", "ordinal_num", "thứ 5"),
        (2026, "year", "hai nghìn không trăm hai mươi sáu"),
        (1945, "year", "một nghìn chín trăm bốn mươi lăm"),
        ("2020", "year", "hai nghìn không trăm hai mươi"),
        (81_000_000, "currency", "tám mươi mốt triệu đồng"),
        ("5000", "currency", "năm nghìn đồng"),
        (5000.0, "currency", "năm nghìn đồng"),
    ],
)
def test_num2words_speaks_through_us(number: str | float, to: str, words: str) -> None:
    assert num2words(number, lang="vi", to=to) == words


def test_num2words_takes_a_region_and_its_older_way_of_asking() -> None:
    assert num2words(24, lang="vi_VN") == "hai mươi tư"
    assert num2words(4, ordinal=True, lang="vi") == "thứ tư"
    assert num2words(5, lang="vi", to="currency", currency="VND") == "năm đồng"


def test_a_float_of_another_library_is_said_by_its_value() -> None:
    class Wrapped(float):
        def __repr__(self) -> str:
            return f"Wrapped({float(self)})"

    assert num2words(Wrapped(4.5), lang="vi") == "bốn phẩy năm"


@pytest.mark.parametrize(
    ("number", "asked", "error", "message"),
    [
        (
            5,
            {"to": "currency", "currency": "EUR"},
            NotImplementedError,
            "Only VND can be read in words, not EUR.",
        ),
        (
            0.5,
            {"to": "currency"},
            ValueError,
            "Money is read in whole đồng, and 0.5 is not whole.",
        ),
        (
            0,
            {"to": "ordinal_num"},
            ValueError,
            "An ordinal is a whole number from 1 up, and 0 is not.",
        ),
        ("năm", {}, ValueError, "“năm” is not a number."),
        (
            float("nan"),
            {},
            ValueError,
            "Only a finite number can be read in words, not NaN.",
        ),
        (
            True,
            {},
            TypeError,
            "Only an int or a Decimal can be read in words, not a bool.",
        ),
    ],
)
def test_num2words_hands_on_our_refusals(
    number: Any, asked: dict[str, str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=whole(message)):
        num2words(number, lang="vi", **asked)
