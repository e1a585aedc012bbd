"""Parts in other units, and parts that are some of the others."""

from __future__ import annotations

import pytest

from generators.model import NOTE, WARNING, Finding
from tests.building import Json, checked, free, part, told


def test_households_and_people_that_were_added() -> None:
    parts = [part("hộ nghèo", 30, unit="hộ"), part("người già", 40)]
    assert told(checked(free(value=70, parts=parts))) == (
        Finding("sum.mixed_units", WARNING, "/lines/0/value",
                "Dòng: 70 người là số cộng của 30 hộ + 40 người; hộ và người không cộng với nhau được.",
                "Hãy tách thành hai dòng, một dòng tính theo hộ, một dòng tính theo người; hoặc quy "
                "tất cả về một đơn vị tính."),
    )  # fmt: skip


def test_parts_in_another_unit_that_are_left_out() -> None:
    parts = [part("hộ nghèo", 30, unit="hộ"), part("người già", 40)]
    note = Finding(
        "sum.parts_apart", NOTE, "/lines/0/parts/0",
        "Dòng: tính bằng người, nhưng có phần tính bằng đơn vị khác («hộ nghèo» 30 hộ), nên các phần "
        "không được cộng lại để đối chiếu.",
        "Nếu các phần đó không cộng vào dòng này thì không cần sửa (có thể ghi là «Trong đó»); nếu "
        "có, hãy ghi cùng một đơn vị tính.",
    )  # fmt: skip
    assert told(checked(free(value=71, parts=parts))) == (note,)
    assert told(checked(free(parts=parts))) == (note,)


def test_children_are_people_and_may_be_added_to_them() -> None:
    parts = [part("trẻ em", 30, unit="trẻ em"), part("người già", 40)]
    assert checked(free(value=70, parts=parts)) == ()
    (found,) = checked(free(value=71, parts=parts))
    assert found.code == "sum.parts_apart"


def test_a_part_in_another_unit_without_a_number_is_not_told() -> None:
    parts = [part("hộ nghèo", None, unit="hộ", status="chưa có số liệu"), part("người già", 40)]
    assert checked(free(value=71, parts=parts)) == ()


def test_money_adds_up_whatever_it_was_paid_for() -> None:
    parts = [part("hộ", 30, unit="hộ", amount=3_000_000), part("người", 40, amount=4_000_000)]
    found = checked(free(value=41, amount=7_500_000, parts=parts))
    assert [(f.code, f.about) for f in found] == [
        ("sum.parts", "giam_ngheo/dong.amount"), ("sum.parts_apart", "giam_ngheo/dong")]  # fmt: skip


INNER = [part("khuyết tật", 94), part("trong đó đặc biệt nặng", 20), part("mồ côi", 3)]


def test_a_part_that_says_it_is_some_of_another() -> None:
    assert told(checked(free(value=117, parts=INNER))) == (
        Finding("sum.of_which_added", WARNING, "/lines/0/parts/1",
                "Dòng: phần «trong đó đặc biệt nặng» (20 người) tự ghi là «trong đó», nhưng đang được "
                "cộng cùng các phần khác.",
                "Nếu phần này đã nằm trong một phần khác, hãy ghi nó là «Trong đó» để không cộng hai "
                "lần; nếu là phần riêng, hãy bỏ chữ «trong đó» ở tên."),
    )  # fmt: skip
    assert [f.code for f in checked(free(parts=INNER))] == ["sum.of_which_added"]


def test_parts_that_add_up_without_it_say_so_in_one_finding() -> None:
    (found,) = checked(free(value=97, parts=INNER))
    assert found.code == "sum.parts"
    assert found.message.endswith(
        " Không tính phần ghi là «trong đó» thì các phần cộng lại đúng bằng tổng."
    )
    (found,) = checked(free(value=98, parts=INNER))
    assert found.message.endswith("số ghi nhỏ hơn 19 người.")


@pytest.mark.parametrize(
    "parts",
    [
        [part("trong đó nam", 60), part("trong đó nữ", 57)],
        [part("trong đó: vay vốn", 60), part("tự tạo", 57)],
        [part("nam", 117), part("trong đó trẻ", None, status="chưa có số liệu")],
    ],
)
def test_a_list_that_begins_with_trong_do_is_a_list(parts: list[Json]) -> None:
    assert checked(free(value=117, parts=parts)) == ()
