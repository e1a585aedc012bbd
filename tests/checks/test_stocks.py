"""What moves and gathers: whole messages, and near misses that pass."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generators.checks import Past, Report, run_checks
from generators.figures import calculate
from tests.building import KIND, Json, checked, error, free, period_data, told

MOVE_REMEDY = "Hãy kiểm tra lại số đầu kỳ, tăng, giảm và cuối kỳ."


def test_a_movement_that_does_not_end_where_it_says() -> None:
    assert told(checked(free(opening=34, increase=0, decrease=4, closing=31))) == (
        error("sum.movement", "/lines/0/closing",
              "Dòng: đầu kỳ + tăng − giảm = 30 người, khác số cuối kỳ 31 người ở "
              "/lines/0/closing.", MOVE_REMEDY),
    )  # fmt: skip


def test_a_movement_below_zero() -> None:
    assert told(checked(free(opening=3, increase=0, decrease=4))) == (
        error("sum.movement", "/lines/0/decrease",
              "Dòng: đầu kỳ + tăng − giảm = -1 người, nhỏ hơn 0.", MOVE_REMEDY),
    )  # fmt: skip


def test_a_stock_that_is_not_its_closing_number() -> None:
    assert told(checked({"code": "ho_ngheo", "value": 30, "closing": 31})) == (
        error("sum.closing", "/lines/0/value",
              "Hộ nghèo: kết quả 30 hộ ở /lines/0/value, khác số cuối kỳ là 31 hộ ở "
              "/lines/0/closing.", "Hãy giữ một trong hai số, hoặc sửa cho bằng nhau."),
    )  # fmt: skip


@pytest.mark.parametrize(
    "json_line",
    [
        free(opening=34, increase=0, decrease=4, closing=30),
        free(opening=34, increase=0, decrease="khoảng 4", closing=31),
        free(opening=34, decrease=4, closing=31),
        {"code": "ho_ngheo", "value": 30, "closing": 30},
        {"code": "ho_ngheo", "value": "khoảng 30", "closing": 31},
    ],
)
def test_movements_that_are_right_or_not_all_given(json_line: Json) -> None:
    assert checked(json_line) == ()


def test_what_has_gathered_is_no_less_than_the_period() -> None:
    assert told(checked(free(value=40, cumulative=39))) == (
        error("sum.cumulative", "/lines/0/cumulative",
              "Dòng: lũy kế: 39 người ở /lines/0/cumulative, nhỏ hơn kết quả trong kỳ ở "
              "/lines/0/value, 40 người.",
              "Hãy kiểm tra lại hai số: lũy kế gồm cả kỳ này và các kỳ trước."),
    )  # fmt: skip
    assert checked(free(value=40, cumulative=40)) == ()
    assert checked({"code": "ho_ngheo", "value": 40, "cumulative": 39}) == ()


def test_what_has_gathered_is_no_less_than_in_the_period_before() -> None:
    second = period_data(free(value=40, cumulative=90), period={"id": "2020S2"})
    first = period_data(free(value=95, cumulative=95))
    past = (Past(first.period, calculate(first, KIND)),)
    report = Report(second, calculate(second, KIND), KIND, past=past)
    (found,) = run_checks(report)
    assert found.message == (
        "Dòng: lũy kế: 90 người ở /lines/0/cumulative, nhỏ hơn lũy kế của kỳ 2020S1, 95 người."
    )
    next_year = period_data(free(value=40, cumulative=90), period={"id": "2021S1"})
    assert run_checks(replace(report, data=next_year)) == ()


def test_a_stock_that_is_not_what_its_movement_comes_to() -> None:
    moved = {"code": "ho_ngheo", "value": 31, "opening": 34, "increase": 0, "decrease": 4}
    assert told(checked(moved)) == (
        error("sum.closing", "/lines/0/value",
              "Hộ nghèo: kết quả 31 hộ ở /lines/0/value, khác đầu kỳ + tăng − giảm là 30 hộ ở "
              "/lines/0/opening, /lines/0/increase, /lines/0/decrease.",
              "Hãy giữ một trong hai số, hoặc sửa cho bằng nhau."),
    )  # fmt: skip
    assert checked({**moved, "value": 30}) == ()
