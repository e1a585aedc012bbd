"""What is missing: lines that a kind requires, money that a total waits for."""

from __future__ import annotations

from dataclasses import replace

from generators.checks import Report, run_checks
from generators.figures import calculate
from tests.building import KIND, checked, error, free, period_data, told


def test_a_required_line_is_missing() -> None:
    kind = replace(
        KIND, lines=tuple(replace(s, required=s.code == "ho_ngheo") for s in KIND.lines)
    )
    data = period_data(free(value=1))
    assert told(run_checks(Report(data, calculate(data, kind), kind))) == (
        error("line.required", "", "Thiếu chỉ tiêu bắt buộc «Hộ nghèo».",
              "Hãy ghi số liệu, hoặc ghi trạng thái như «không phát sinh»."),
    )  # fmt: skip
    there = period_data({"code": "ho_ngheo", "status": "không phát sinh"})
    assert run_checks(Report(there, calculate(there, kind), kind)) == ()


def test_a_total_that_lacks_the_money_of_a_row_is_told() -> None:
    rows = [
        {"code": "qua", "giver": "quận", "value": 3, "amount": 10},
        {"code": "qua", "giver": "phường", "value": 4},
    ]
    (found,) = checked(*rows)
    assert (found.code, found.severity, found.where) == ("total.incomplete", "note", "/lines/1")
    assert found.message == (
        "«Tổng cộng quà»: chưa tính được kinh phí vì có dòng chưa ghi kinh phí: "
        "Quà của phường (/lines/1)."
    )


def test_a_row_of_nobody_needs_no_money_for_the_total() -> None:
    rows = [
        {"code": "qua", "giver": "quận", "value": 3, "amount": 10},
        {"code": "qua", "giver": "phường", "value": 0},
    ]
    assert checked(*rows) == ()
