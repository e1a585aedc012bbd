"""Stated rises and falls: whole messages, near misses."""

from __future__ import annotations

import pytest

from generators.model import NOTE, Finding
from tests.building import Json, checked, error, free, told

CHANGE_REMEDY = (
    "Hãy sửa mức tăng, giảm, hoặc kiểm tra lại kết quả và số cùng kỳ; cũng có thể để trống mức "
    "tăng, giảm để phần mềm tự tính."
)


def test_a_stated_change_that_is_not_the_computed() -> None:
    assert told(checked(free(value=5, previous={"value": 4, "change": "tăng 20%"}))) == (
        error("change.stated", "/lines/0/previous/change",
              "Dòng: cùng kỳ, mức tăng giảm ghi sẵn: ghi tăng 20%, trong khi tính ra tăng 25% "
              "((5 − 4) / 4 × 100).", CHANGE_REMEDY),
    )  # fmt: skip


def test_a_stated_change_where_there_is_none() -> None:
    (found,) = checked(free(value=4, previous={"value": 4, "change": 2}))
    assert found.message == (
        "Dòng: cùng kỳ, mức tăng giảm ghi sẵn: ghi tăng 2 người, trong khi tính ra không đổi "
        "(4 − 4)."
    )


@pytest.mark.parametrize("change", ["giảm 7", -7, "giảm 41,2%", "giảm 41,1%", "giảm trên 6"])
def test_a_stated_change_that_is(change: Json) -> None:
    assert checked(free(value=10, previous={"value": 17, "change": change})) == ()


def test_a_rate_changes_in_points() -> None:
    stated = {"value": "1,5", "change": "giảm 0,15"}
    assert checked(free(unit="%", value="1,35", previous=stated)) == ()
    (found,) = checked(free(unit="%", value="1,35", previous={**stated, "change": "giảm 0,3"}))
    assert found.message == (
        "Dòng: cùng kỳ, mức tăng giảm ghi sẵn: ghi giảm 0,3 điểm %, trong khi tính ra giảm "
        "0,15 điểm % (1,35 − 1,5)."
    )


def test_a_rate_said_to_change_by_its_own_share_is_told_in_points() -> None:
    stated = {"value": "1,5", "change": "giảm 10%"}
    assert told(checked(free(unit="%", value="1,35", previous=stated))) == (
        Finding("change.points", NOTE, "/lines/0/previous/change",
                "Dòng: mức tăng, giảm của một tỷ lệ ghi bằng «%» ở /lines/0/previous/change "
                "(giảm 10%) là tính trên số cũ; báo cáo in giảm 0,15 điểm phần trăm.",
                "Nếu đúng ý đó thì không cần sửa; báo cáo in «điểm phần trăm»."),
    )  # fmt: skip
    found = checked(free(unit="%", value="1,35", previous={**stated, "change": "giảm 12%"}))
    assert [f.code for f in found] == ["change.stated", "change.points"]


def test_what_is_only_stated_is_not_judged() -> None:
    assert checked(free(value=5, plan={"share": 50}, previous={"change": "tăng 5,5%"})) == ()


def test_a_verb_against_its_numbers() -> None:
    stated = {"value": 80, "change": "giảm 25%"}
    assert told(checked(free(value=100, previous=stated))) == (
        error("change.sign", "/lines/0/previous/change",
              "Dòng: cùng kỳ, mức tăng giảm ghi sẵn: ghi giảm 25%, trong khi tính ra tăng 25% "
              "((100 − 80) / 80 × 100). Chữ tăng, giảm ngược với hai số.", CHANGE_REMEDY),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "change", "said", "truly"),
    [(224, "tăng 100%", "không đổi", "hai số bằng nhau"),
     (226, "tăng 100,89%", "tăng 0,89%", "đúng ra là tăng 0,89%"),
     (112, "tăng 50%", "giảm 50%", "đúng ra là giảm 50%")],
)  # fmt: skip
def test_a_ratio_that_is_told_as_a_rise(value: int, change: str, said: str, truly: str) -> None:
    (found,) = checked(free(value=value, previous={"value": 224, "change": change}))
    ratio = change.removeprefix("tăng ")
    assert (found.code, found.message) == (
        "change.ratio",
        f"Dòng: cùng kỳ, mức tăng giảm ghi sẵn: ghi {change}, trong khi tính ra {said} "
        f"(({value} − 224) / 224 × 100). {ratio} là tỷ lệ so với số đem so sánh, không phải mức "
        f"tăng; {truly}.",
    )


def test_a_rate_said_to_rise_by_per_cent_is_told_to_be_points() -> None:
    assert told(checked(free(unit="%", value="28,3", previous={"change": "tăng 2%"}))) == (
        Finding("change.points", NOTE, "/lines/0/previous/change",
                "Dòng: mức tăng, giảm của một tỷ lệ ghi bằng «%» ở /lines/0/previous/change được "
                "hiểu là điểm phần trăm: tăng 2 điểm phần trăm.",
                "Nếu đúng ý đó thì không cần sửa; báo cáo in «điểm phần trăm»."),
    )  # fmt: skip
    assert checked(free(unit="%", value=28, previous={"change": "tăng 2 điểm phần trăm"})) == ()
    assert checked(free(unit="%", value=28, previous={"change": 2})) == ()


@pytest.mark.parametrize("change", ["tăng 29", "tăng 27", "không đổi", "giảm 28"])
def test_a_change_that_is_counted_is_exact(change: str) -> None:
    (found,) = checked(free(value=228, previous={"value": 200, "change": change}))
    assert found.code in ("change.stated", "change.sign")


@pytest.mark.parametrize(
    ("value", "change"),
    [(228, "tăng 28 người (14%)"), (200, "không đổi"), (200, "bằng cùng kỳ"), (640, "gấp 3,2 lần"),
     (400, "gấp đôi"), (98, "giảm một nửa"), (201, "tăng dưới 1%"), (199, "giảm dưới 1%")],
)  # fmt: skip
def test_a_change_in_words_that_is(value: int, change: str) -> None:
    assert checked(free(value=value, previous={"value": 200, "change": change})) == ()


@pytest.mark.parametrize(
    ("value", "change", "code"),
    [(228, "tăng 28 người (15%)", "change.stated"), (228, "tăng 27 người (14%)", "change.stated"),
     (201, "không đổi", "change.stated"), (680, "gấp 3,2 lần", "change.stated"),
     (130, "giảm một nửa", "change.stated"), (204, "tăng dưới 1%", "change.stated"),
     (199, "tăng dưới 1%", "change.sign")],
)  # fmt: skip
def test_a_change_in_words_that_is_not(value: int, change: str, code: str) -> None:
    assert [
        f.code for f in checked(free(value=value, previous={"value": 200, "change": change}))
    ] == [code]


def test_a_change_told_twice_is_judged_twice() -> None:
    (found,) = checked(
        free(value=228, previous={"value": 200, "change": "tăng 28 người (15%)"})
    )
    assert found.message == (
        "Dòng: cùng kỳ, % tăng giảm ghi sẵn: ghi tăng 15%, trong khi tính ra tăng 14% "
        "((228 − 200) / 200 × 100)."
    )


def test_money_rounded_where_it_is_told_changes_by_what_it_may() -> None:
    stated = {"amount": "42,5 tỷ"}
    line = free(amount="45,7 tỷ", previous=stated)
    assert checked(line) == ()
    fund = {"code": "quy", "value": "45,7 tỷ"}
    assert checked({**fund, "previous": {"value": "42,5 tỷ", "change": "tăng 3,3 tỷ"}}) == ()
    assert checked({**fund, "previous": {"value": "42,5 tỷ", "change": "tăng 7,5%"}}) == ()
    (found,) = checked({**fund, "previous": {"value": "42,5 tỷ", "change": "tăng 3,5 tỷ"}})
    assert found.code == "change.stated"
