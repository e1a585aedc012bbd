"""Numbers far from what they were, or were planned: whole messages, near misses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from generators.checks import Past, Report, run_checks
from generators.figures import calculate
from generators.model import WARNING, Finding, Period
from tests.building import KIND, Json, checked, free, period_data, told


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


@pytest.mark.parametrize(
    "previous",
    [{"value": 200, "change": "gấp 6 lần"}, {"value": 200, "change": "tăng 500%"},
     {"value": 200, "change": "tăng 1.000 người (500%)"}, {"value": 200, "share": "600%"}],
)  # fmt: skip
def test_a_number_whose_rise_somebody_wrote_has_been_looked_at(previous: Json) -> None:
    assert checked(free(value=1200, previous=previous)) == ()


def test_a_rise_that_is_wrong_does_not_show_that_somebody_looked() -> None:
    found = checked(free(value=1200, previous={"value": 200, "change": "tăng 50%"}))
    assert [f.code for f in found] == ["change.stated", "value.outlier"]


# ---------------------------------------------------------------- of the plan


def test_a_thousandth_of_the_plan() -> None:
    assert told(checked({"code": "quy", "value": 80_500_000, "plan": 80_000_000_000})) == (
        Finding("value.plan_scale", WARNING, "/lines/0/value",
                "Vận động quỹ: 80.500.000 đồng ở /lines/0/value, chỉ bằng 0,1% so với kế "
                "hoạch (80.000.000.000 đồng). Có thể một trong hai số thừa hoặc thiếu ba chữ số.",
                "Hãy kiểm tra lại hai số; nếu đúng, xác nhận và ghi lý do."),
    )  # fmt: skip


def test_a_thousand_times_the_plan() -> None:
    (found,) = checked(free(value=41_000, plan=40))
    assert found.message == (
        "Dòng: 41.000 người ở /lines/0/value, gấp 1.025 lần so với kế hoạch (40 người). Có thể một "
        "trong hai số thừa hoặc thiếu ba chữ số."
    )


@pytest.mark.parametrize(
    "line",
    [free(value=9, plan=9000), free(value=40, plan=12_000), free(value=400, plan=1_300_000),
     free(value=40, plan={"value": 40_000, "share": "0,1%"}), free(unit="%", value="0,1", plan=90),
     {"code": "quy", "value": 10_000_000, "plan": 100_000_000}],
)  # fmt: skip
def test_a_result_that_may_be_of_its_plan(line: Json) -> None:
    assert checked(line) == ()
