"""Checks: each finding by the smallest input, its whole message, and a near miss that passes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generators.checks import Report, run_checks
from generators.figures import calculate
from tests.building import KIND, Json, checked, error, free, part, period_data, told

SUM_REMEDY = (
    "Hãy sửa tổng nếu tổng ghi sai, hoặc bổ sung dòng còn thiếu, sửa dòng ghi sai nếu tổng đúng; "
    "cũng có thể để trống tổng để phần mềm tự cộng."
)


def test_a_line_that_is_not_its_parts() -> None:
    assert told(checked(free(value=9, parts=[part("a", 3), part("b", 4)]))) == (
        error("sum.parts", "/lines/0/value",
              "Dòng: tổng ghi ở /lines/0/value là 9 người, trong khi các phần "
              "(/lines/0/parts/0/value, /lines/0/parts/1/value) cộng lại là 7 người; "
              "số ghi lớn hơn 2 người.", SUM_REMEDY),
    )  # fmt: skip


def test_money_that_is_not_its_parts() -> None:
    (found,) = checked(free(value=2, amount=999, parts=[part("a", 2, amount=1000)]))
    assert found.message == (
        "Dòng: kinh phí: tổng ghi ở /lines/0/amount là 999 đồng, trong khi các phần "
        "(/lines/0/parts/0/amount) cộng lại là 1.000 đồng; số ghi nhỏ hơn 1 đồng."
    )


def test_two_breakdowns_that_disagree_about_a_line_nobody_stated() -> None:
    parts = [part("nam", 6, by="giới tính"), part("nữ", 4, by="giới tính"),
             part("trẻ", 3, by="tuổi"), part("già", 6, by="tuổi")]  # fmt: skip
    assert told(checked(free(parts=parts))) == (
        error("sum.parts", "/lines/0/parts/2/value",
              "Dòng: các phần (/lines/0/parts/0/value, /lines/0/parts/1/value) cộng lại là "
              "10 người, trong khi cách chia khác (/lines/0/parts/2/value, "
              "/lines/0/parts/3/value) cộng lại là 9 người.",
              "Hãy bổ sung dòng còn thiếu hoặc sửa dòng ghi sai, để hai cách chia cho cùng một "
              "tổng."),
    )  # fmt: skip


def test_a_total_that_is_not_its_rows() -> None:
    rows: list[Json] = [
        {"code": "qua", "giver": "quận", "value": 3},
        {"code": "tong_qua", "value": 4},
    ]
    assert told(checked(*rows)) == (
        error("sum.total", "/lines/1/value",
              "Tổng cộng quà: tổng ghi ở /lines/1/value là 4 lượt người, trong khi các phần "
              "(/lines/0/value) cộng lại là 3 lượt người; số ghi lớn hơn 1 lượt người.",
              SUM_REMEDY),
    )  # fmt: skip


PARTS_THAT_AGREE: list[Json] = [
    free(value=7, parts=[part("a", 3), part("b", 4)]),
    free(value=3, parts=[part("a", 3), part("b", status="không phát sinh")]),
    free(value=9, parts=[part("a", 3), part("b", status="chưa có số liệu")]),
    free(value=9, parts=[part("a", 3), part("b", 4, unit="hộ")]),
    free(value=9, of_which=[part("a", 3), part("b", 4)]),
    free(value=10, parts=[part("nữ", 4), part("nam", 6)], of_which=[part("nữ", 3)]),
    free(value=7, opening=3, increase=4, decrease=0, parts=[part("a", 7)]),
]


@pytest.mark.parametrize("json_line", PARTS_THAT_AGREE)
def test_parts_that_agree_or_cannot_be_known(json_line: Json) -> None:
    assert checked(json_line) == ()


# ---------------------------------------------------------------- hedges loosen equality

HEDGED = [
    ("trên 7.000", ["trên 3.000", "4.000"], True),
    ("trên 6 tỷ", ["trên 3 tỷ", "gần 4 tỷ"], True),
    ("gần 40", [35], True),
    ("gần 40", [41], False),
    ("trên 40", [50], True),
    ("trên 40", [51], False),
    ("trên 40", [39], False),
    ("khoảng 40", [30], True),
    ("khoảng 40", [29], False),
    ("3.500", ["trên 3.000", 4], True),
    ("4.500", ["trên 3.000", 4], False),
    ("4.004", ["trên 3.000", 4], True),
    ("4.005", ["trên 3.000", 4], False),
]


@pytest.mark.parametrize(("total", "values", "agrees"), HEDGED)
def test_hedged_parts_against_a_total(total: str, values: list[Json], agrees: bool) -> None:
    parts = [part(f"p{index}", value) for index, value in enumerate(values)]
    json_line = free(unit="đồng", value=total, parts=parts)
    assert [f.code for f in checked(json_line)] == ([] if agrees else ["sum.parts"])


def test_a_sum_of_sums_is_as_loose_as_its_hedged_parts() -> None:
    inner = part("a", parts=[part("x", "trên 3.000"), part("y", 4)])
    assert checked(free(value=3900, parts=[inner, part("b", 10)])) == ()
    (found,) = checked(free(value=4015, parts=[inner, part("b", 10)]))
    assert found.message == (
        "Dòng: tổng ghi ở /lines/0/value là 4.015 người, trong khi các phần "
        "(/lines/0/parts/0/parts/0/value, /lines/0/parts/0/parts/1/value, "
        "/lines/0/parts/1/value) cộng lại là trên 3.014 người; số ghi lớn hơn 1.001 người."
    )


# ---------------------------------------------------------------- some of it, whole

PART_REMEDY = "Hãy kiểm tra lại hai số: phần không thể lớn hơn toàn bộ."


def test_some_of_a_line_exceeds_it() -> None:
    assert told(checked(free(value=100, of_which=[part("nữ", 140)]))) == (
        error("sum.part_exceeds_whole", "/lines/0/of_which/0/value",
              "nữ: 140 người ở /lines/0/of_which/0/value lớn hơn số bao gồm nó, 100 người "
              "(Dòng, /lines/0/value).", PART_REMEDY),
    )  # fmt: skip


def test_some_of_a_line_exceeds_what_its_parts_come_to() -> None:
    (found,) = checked(free(parts=[part("a", 2), part("b", 3)], of_which=[part("nữ", 6)]))
    assert found.message == (
        "nữ: 6 người ở /lines/0/of_which/0/value lớn hơn số bao gồm nó, 5 người "
        "(Dòng, /lines/0/parts/0/value, /lines/0/parts/1/value)."
    )


def test_money_of_some_exceeds_the_money() -> None:
    (found,) = checked(free(value=5, amount=10, of_which=[part("nữ", 2, amount=11)]))
    assert found.message == (
        "nữ: kinh phí: 11 đồng ở /lines/0/of_which/0/amount lớn hơn số bao gồm nó, 10 đồng "
        "(Dòng: kinh phí, /lines/0/amount)."
    )


def test_a_value_exceeds_its_whole() -> None:
    assert told(checked(free(value=63, whole=62))) == (
        error("sum.part_exceeds_whole", "/lines/0/value",
              "Dòng: 63 người ở /lines/0/value lớn hơn số bao gồm nó, 62 người "
              "(Dòng: tổng số, /lines/0/whole).", PART_REMEDY),
    )  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        {"value": 62, "whole": 62}, {"value": 63, "plan": 62}, {"value": 63, "whole": "trên 60"},
        {"value": 5, "of_which": [part("a", 5), part("b", 5)]},
        {"value": 5, "of_which": [part("khẩu", 50, unit="khẩu")]},
    ],
)  # fmt: skip
def test_what_fits_in_its_whole(fields: Json) -> None:
    assert checked(free(**fields)) == ()


# ---------------------------------------------------------------- stated shares and changes


def test_a_stated_share_that_is_not_the_computed() -> None:
    assert told(checked(free(value=30, plan={"value": 40, "share": "33,91"}))) == (
        error("share.stated", "/lines/0/plan/share",
              "Dòng: kế hoạch, tỷ lệ ghi sẵn: ghi 33,91%, trong khi tính ra 75% (30 / 40 × 100).",
              "Hãy sửa tỷ lệ, hoặc kiểm tra lại kết quả và kế hoạch, tổng số; cũng có thể để trống "
              "tỷ lệ để phần mềm tự tính."),
    )  # fmt: skip


@pytest.mark.parametrize("share", ["66,1", "66,13", "66"])
def test_a_share_rounded_is_right(share: str) -> None:
    assert checked(free(value=41, whole={"value": 62, "share": share})) == ()


@pytest.mark.parametrize("share", ["66,2", "66,11", "67", "65"])
def test_a_share_past_its_last_digit_is_not(share: str) -> None:
    (found,) = checked(free(value=41, whole={"value": 62, "share": share}))
    assert found.code == "share.stated"
    assert found.message.endswith("trong khi tính ra 66,13% (41 / 62 × 100).")


def test_a_stated_share_of_last_year() -> None:
    (found,) = checked(free(value=30, previous={"value": 25, "share": 102}))
    assert found.message == (
        "Dòng: cùng kỳ, tỷ lệ ghi sẵn: ghi 102%, trong khi tính ra 120% (30 / 25 × 100)."
    )


CHANGE_REMEDY = (
    "Hãy sửa mức tăng, giảm, hoặc kiểm tra lại kết quả và số cùng kỳ; cũng có thể để trống mức "
    "tăng, giảm để phần mềm tự tính."
)


def test_a_stated_change_that_is_not_the_computed() -> None:
    assert told(checked(free(value=5, previous={"value": 4, "change": "giảm 20%"}))) == (
        error("change.stated", "/lines/0/previous/change",
              "Dòng: cùng kỳ, mức tăng giảm ghi sẵn: ghi giảm 20%, trong khi tính ra tăng 25% "
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
    (found,) = checked(free(unit="%", value="1,35", previous={**stated, "change": "giảm 10%"}))
    assert found.message == (
        "Dòng: cùng kỳ, mức tăng giảm ghi sẵn: ghi giảm 10 điểm %, trong khi tính ra giảm "
        "0,15 điểm % (1,35 − 1,5)."
    )


def test_what_is_only_stated_is_not_judged() -> None:
    assert checked(free(value=5, plan={"share": 50}, previous={"change": "tăng 5,5%"})) == ()


# ---------------------------------------------------------------- stocks

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
              "Hộ nghèo: kết quả 30 hộ ở /lines/0/value, khác số cuối kỳ 31 hộ ở "
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


# ---------------------------------------------------------------- required lines


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
