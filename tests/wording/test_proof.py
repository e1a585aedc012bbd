"""The strict reader: what it takes and refuses; a changed reading never passes."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generators.wording.proof import dong_of, number_of
from generators.wording.reading import read_number

VOCABULARY = [
    *("âm", "phẩy", "không", "một", "mốt", "hai", "ba", "bốn", "tư", "năm", "lăm", "sáu"),
    *("bảy", "tám", "chín", "mười", "mươi", "trăm", "linh", "nghìn", "triệu", "tỷ"),
]

numbers = st.integers(-(10**20), 10**20) | st.decimals(
    min_value=-(10**10), max_value=10**10, allow_nan=False, allow_infinity=False, places=6
)
ready = settings(deadline=None)


def whole(message: str) -> str:
    """Match the whole of a message."""
    return rf"\A{re.escape(message)}\Z"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("không", "0"),
        ("một", "1"),
        ("mười", "10"),
        ("mười bốn", "14"),
        ("mười lăm", "15"),
        ("hai mươi mốt", "21"),
        ("hai mươi tư", "24"),
        ("hai mươi bốn", "24"),
        ("một trăm linh năm", "105"),
        ("một trăm lẻ năm", "105"),
        ("một nghìn không trăm linh năm", "1005"),
        ("một ngàn không trăm lẻ năm", "1005"),
        ("bốn trăm triệu không trăm ba mươi sáu nghìn một trăm linh năm", "400036105"),
        ("một tỷ", "1000000000"),
        ("một tỉ", "1000000000"),
        ("một triệu tỷ", "1000000000000000"),
        ("một tỷ tỷ", "1000000000000000000"),
        ("một tỷ không trăm linh năm tỷ", "1000000005000000000"),
        ("âm năm", "-5"),
        ("âm không phẩy năm", "-0.5"),
        ("không phẩy không không năm", "0.005"),
        ("mười hai phẩy bảy mươi lăm", "12.75"),
    ],
)
def test_words_are_read_back(words: str, number: str) -> None:
    assert number_of(words) == Decimal(number)


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "năm mươi  mốt",
        " năm",
        "năm ",
        "năm\n",
        "Năm",
        "12",
        "xin chào",
        "mươi hai",
        "một mươi",
        "không mươi",
        "linh năm",
        "trăm",
        "trăm linh năm",
        "mốt",
        "tư",
        "lăm",
        "mười mốt",
        "mười tư",
        "mười năm",
        "mười không",
        "hai mươi một",
        "hai mươi năm",
        "hai mươi không",
        "hai mươi bốn tư",
        "hai ba",
        "một trăm năm",
        "một trăm lăm",
        "một trăm linh lăm",
        "một trăm linh mốt",
        "một trăm linh tư",
        "một trăm linh không",
        "một trăm linh mười",
        "một trăm lẽ năm",
        "một trăm linh",
        "mười trăm",
        "không trăm linh năm",
        "không nghìn",
        "không năm",
        "một nghìn linh năm",
        "một nghìn năm",
        "một nghìn năm mươi",
        "một nghìn không trăm",
        "một nghìn không",
        "một nghìn nghìn",
        "một nghìn một trăm triệu",
        "một triệu năm nghìn",
        "một triệu không trăm nghìn",
        "một triệu triệu",
        "nghìn",
        "triệu",
        "tỷ",
        "tỷ một",
        "một tỷ năm",
        "một tỷ không trăm",
        "một tỷ tỷ tỷ tỷ",
        "âm",
        "âm không",
        "âm âm năm",
        "năm âm",
        "phẩy năm",
        "năm phẩy",
        "năm phẩy ",
        "năm phẩy không",
        "năm phẩy không không",
        "năm phẩy năm mươi",
        "năm phẩy âm năm",
        "một phẩy hai phẩy ba",
        "năm đồng",
        unicodedata.normalize("NFD", "một trăm linh năm"),
    ],
)
def test_what_is_not_the_right_reading_is_refused(words: str) -> None:
    with pytest.raises(
        ValueError, match=whole(f"“{words}” is not a well-formed reading of a number.")
    ):
        number_of(words)


def test_billions_said_twice_are_another_number() -> None:
    assert number_of("một nghìn hai trăm ba mươi tư tỷ") == 1_234 * 10**9
    assert number_of("một nghìn tỷ hai trăm ba mươi tư tỷ") == 10**21 + 234 * 10**9


def test_an_endless_number_is_refused() -> None:
    with pytest.raises(ValueError, match=r"is not a well-formed reading of a number\.$"):
        number_of("một" + " tỷ" * 100_000)


# ---------------------------------------------------------------- a changed reading


def passes_for(words: str, number: int | Decimal) -> bool:
    try:
        return number_of(words) == number
    except ValueError:
        return False


@ready
@given(numbers, st.data())
def test_a_reading_with_a_word_left_out_does_not_pass(
    number: int | Decimal, data: st.DataObject
) -> None:
    words = read_number(number).split()
    del words[data.draw(st.integers(0, len(words) - 1))]
    assert not passes_for(" ".join(words), number)


@ready
@given(numbers, st.data())
def test_a_reading_with_a_word_put_in_does_not_pass(
    number: int | Decimal, data: st.DataObject
) -> None:
    words = read_number(number).split()
    place = data.draw(st.integers(0, len(words)))
    words.insert(place, data.draw(st.sampled_from(VOCABULARY)))
    assert not passes_for(" ".join(words), number)


@pytest.mark.parametrize("number", [1_005, 1_005_000, 5_000_000_005, 10**18 + 24])
def test_a_writer_that_drops_the_empty_hundreds_is_found_out(number: int) -> None:
    words = read_number(number)
    assert number_of(words) == number
    with pytest.raises(ValueError, match=r"is not a well-formed reading of a number\.$"):
        number_of(words.replace("không trăm ", ""))


@ready
@given(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=8))
def test_whatever_is_taken_is_how_the_number_is_written(words: list[str]) -> None:
    said = " ".join(words)
    try:
        number = number_of(said)
    except ValueError:
        return
    assume(abs(number) < 10**27)
    assert read_number(number) == said.replace("mươi bốn", "mươi tư")


# ---------------------------------------------------------------- amounts


@pytest.mark.parametrize(
    ("words", "dong"),
    [
        ("không đồng", 0),
        ("hai trăm sáu mươi hai triệu năm trăm nghìn đồng", 262_500_000),
        ("Hai trăm sáu mươi hai triệu năm trăm nghìn đồng", 262_500_000),
        ("Năm nghìn đồng chẵn", 5_000),
        ("Âm năm nghìn đồng", -5_000),
    ],
)
def test_an_amount_is_read_back(words: str, dong: int) -> None:
    assert dong_of(words) == dong


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "“” is not an amount: it does not end in “đồng”."),
        ("năm nghìn", "“năm nghìn” is not an amount: it does not end in “đồng”."),
        ("đồng", "“đồng” is not an amount: it does not end in “đồng”."),
        (
            "năm nghìn chẵn đồng",
            "“năm nghìn chẵn” is not a well-formed reading of a number.",
        ),
        ("năm Nghìn đồng", "“năm Nghìn” is not a well-formed reading of a number."),
        (
            "năm phẩy năm đồng",
            "“năm phẩy năm đồng” is not an amount: it has a fraction of a đồng.",
        ),
    ],
)
def test_what_is_not_an_amount_is_refused(words: str, message: str) -> None:
    with pytest.raises(ValueError, match=whole(message)):
        dong_of(words)
