"""Stated rises and falls, numbers far from what they were: whole messages, near misses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from generators.checks import Past, Report, run_checks
from generators.figures import calculate
from generators.model import NOTE, WARNING, Finding, Period
from tests.building import KIND, Json, checked, error, free, period_data, told

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


def test_a_number_many_times_what_it_was() -> None:
    assert told(checked(free(value=1120, previous=224 - 1))) == (
        Finding("value.outlier", WARNING, "/lines/0/value",
                "Dòng: 1.120 người ở /lines/0/value, gấp 5 lần so với cùng kỳ (223 người).",
                "Hãy kiểm tra lại hai số; nếu đúng, xác nhận và ghi lý do."),
    )  # fmt: skip


def test_a_number_that_lost_three_digits() -> None:
    (found,) = checked(free(value=224, previous=200_000))
    assert found.message == (
        "Dòng: 224 người ở /lines/0/value, chỉ bằng 0,11% so với cùng kỳ (200.000 người)."
        " Có thể một trong hai số thừa hoặc thiếu ba chữ số."
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"value": 1115, "previous": 223}, {"value": 49, "previous": 2}, {"value": 0, "previous": 900},
        {"value": 900, "previous": 0}, {"value": 90, "unit": "%", "previous": 1},
        {"value": 3, "amount": 49_000_000, "previous": {"value": 3, "amount": 1_000_000}},
        {"value": "trên 1.000", "previous": "khoảng 300"},
    ],
)  # fmt: skip
def test_what_is_not_far_or_too_small_to_tell(fields: Json) -> None:
    assert checked(free(**fields)) == ()


def test_money_many_times_what_it_was() -> None:
    previous = {"value": 3, "amount": 10_000_000}
    (found,) = checked(free(value=3, amount=51_000_000, previous=previous))
    assert (found.code, found.about, found.stated, found.computed) == (
        "value.outlier", "giam_ngheo/dong.amount", Decimal(51_000_000), Decimal(10_000_000))  # fmt: skip


def past_of(value: int, year: int, half: str = "S1") -> Past:
    then = period_data(free(value=value))
    period = Period(f"{year}{half}", date(year, 1, 1), date(year, 6, 30))
    return Past(period, calculate(then, KIND))


def test_a_number_far_from_the_middle_of_earlier_reports() -> None:
    data = period_data(free(value=1200))
    report = Report(data, calculate(data, KIND), KIND)
    years = (past_of(210, 2019), past_of(200, 2018), past_of(1000, 2017))
    (found,) = run_checks(replace(report, past=years))
    assert found.message == (
        "Dòng: 1.200 người ở /lines/0/value, gấp 5,7 lần so với các kỳ trước, số ở giữa (210 người)."
    )
    other_half = tuple(past_of(200, year, "S2") for year in (2017, 2018, 2019))
    assert run_checks(replace(report, past=other_half)) == ()
