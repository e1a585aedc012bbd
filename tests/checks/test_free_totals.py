"""Totals of the clerk's own: in units, in money, over several codes, and names that are no total."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generators.model import WARNING, Finding
from tests.building import Json, checked, free, told

REMEDY = "Hãy sửa tổng, bổ sung dòng còn thiếu, hoặc dùng dòng tổng cộng có sẵn của biểu."


def gift(giver: str, **fields: Json) -> Json:
    return {"code": "qua", "giver": giver, "value": 283, "amount": 233_500_000, **fields}


def total(label: str, value: Json = None, unit: str = "lượt người", **fields: Json) -> Json:
    number = {} if value is None else {"value": value}
    return free(section="qua_tang", label=label, unit=unit, **number, **fields)


ROWS = [gift("quận"), gift("phường", value=478, amount=170_600_000)]


def test_a_grand_total_of_the_clerks_own_that_is_not_its_rows() -> None:
    (found,) = told(checked(*ROWS, total("Tổng cộng quà Tết các cấp", 1611)))
    assert found == Finding(
        "sum.free_total", WARNING, "/lines/2/value",
        "Tổng cộng quà Tết các cấp: ghi 1.611 lượt người ở /lines/2/value, trong khi các dòng cùng "
        "loại trong mục (/lines/0/value, /lines/1/value) cộng lại là 761 lượt người.", REMEDY,
    )  # fmt: skip


def test_the_money_of_a_total_beside_its_number() -> None:
    (found,) = checked(*ROWS, total("Tổng cộng", 761, amount=404_000_000))
    assert (found.about, found.message, found.stated, found.computed) == (
        "qua_tang/tong-cong.amount",
        "Tổng cộng: kinh phí: ghi 404.000.000 đồng ở /lines/2/amount, trong khi các dòng cùng loại "
        "trong mục (/lines/0/amount, /lines/1/amount) cộng lại là 404.100.000 đồng.",
        Decimal(404_000_000), Decimal(404_100_000),
    )  # fmt: skip


@pytest.mark.parametrize(
    "label",
    ["Tổng kinh phí", "Tổng số tiền", "Tổng cộng kinh phí", "Tổng kinh phí thực hiện", "TỔNG CỘNG:",
     "Tổng kinh phí quà Tết", "Tổng số"],
)  # fmt: skip
def test_a_total_of_money(label: str) -> None:
    assert checked(*ROWS, total(label, 404_100_000, "đồng")) == ()
    (found,) = checked(*ROWS, total(label, 404_200_000, "đồng"))
    assert (found.code, found.where, found.computed) == (
        "sum.free_total", "/lines/2/value", Decimal(404_100_000))  # fmt: skip


def test_money_rounded_where_it_is_told_adds_up() -> None:
    rows = [gift("quận", amount="233,5 triệu"), gift("phường", value=478, amount="170,6 triệu")]
    assert checked(*rows, total("Tổng kinh phí", "404 triệu", "đồng")) == ()
    (found,) = checked(*rows, total("Tổng kinh phí", "405 triệu", "đồng"))
    assert found.code == "sum.free_total"


def test_a_total_over_several_lines_that_it_names() -> None:
    kinds = [
        total("Quà Tết nguyên đán", 10),
        total("Quà ngày 27-7", 20),
        total("Phần thưởng", 7),
    ]
    assert checked(*kinds, total("Tổng cộng quà Tết và quà ngày 27-7", 30)) == ()
    (found,) = checked(*kinds, total("Tổng cộng quà Tết và quà ngày 27-7", 37))
    assert (found.code, found.computed) == ("sum.free_total", Decimal(30))


@pytest.mark.parametrize(
    "line",
    [total("Tổng cộng quà Tết", 761), total("Tổng cộng", 761), total("Tổng cộng phần thưởng", 5),
     total("Tổng số quà Tết", 761), total("Tổng số quà tặng hộ nghèo", 5), total("Tổng đài tư vấn", 5),
     total("Cộng tác viên", 5), total("Tổng hợp", 5), total("Tổng cộng quà Tết", 5, "hộ")],
)  # fmt: skip
def test_a_total_that_fits_or_adds_up_something_else(line: Json) -> None:
    assert checked(*ROWS, line) == ()


def test_tong_so_of_a_thing_is_an_indicator_and_no_total() -> None:
    rows = [total("Hộ nghèo được tặng quà", 30, "hộ"), total("Hộ nghèo được thăm hỏi", 5, "hộ")]
    assert checked(*rows, total("Tổng số hộ nghèo", 120, "hộ")) == ()


def test_a_total_inside_a_total_is_not_added() -> None:
    assert checked(*ROWS, total("Tổng cộng quà Tết", 761), total("Tổng cộng", 761)) == ()


def test_a_section_with_a_blank_row_is_not_added_up() -> None:
    rows = [gift("quận"), {"code": "qua", "giver": "phường", "amount": 1}]
    assert checked(*rows, total("Tổng cộng", 5)) == ()


def test_money_of_which_some_is_blank_is_told_only_where_it_exceeds_its_total() -> None:
    rows = [*ROWS, total("Buổi tuyên truyền", 3, "buổi")]
    assert checked(*rows, total("Tổng kinh phí", 500_000_000, "đồng")) == ()
    (found,) = checked(*rows, total("Tổng kinh phí", 400_000_000, "đồng"))
    assert (found.code, found.computed) == ("sum.free_total", Decimal(404_100_000))


def test_households_and_people_added_in_a_total() -> None:
    rows = [total("Hộ nghèo được thăm", 30, "hộ"), total("Người già được thăm", 40, "người")]
    (found,) = told(checked(*rows, total("Tổng cộng", 70, "người")))
    assert found.message == (
        "Tổng cộng: 70 người là số cộng của 30 hộ + 40 người; hộ và người không cộng với nhau được."
    )
    assert checked(*rows, total("Tổng cộng", 40, "người")) == ()


def test_money_raised_and_money_spent_are_not_one_sum() -> None:
    fund = {"code": "quy", "value": 50_000_000}
    row = free(label="Hộ được giúp", unit="hộ", value=3, amount=9_000_000)
    other = free(label="Tổng kinh phí", unit="đồng", value=9_000_000)
    assert checked(fund, {"code": "khau", "value": 2, "amount": 1_000_000}, row, other) == ()
