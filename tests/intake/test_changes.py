"""Stated rises and falls as clerks write them: what is read, and what is asked about."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generators.intake.changes import Change, read_change
from generators.model import Finding, Quantity, Raw

PLACE = "Số liệu!N12"


def size(value: str | int, hedge: str = "") -> Quantity:
    return Quantity(Decimal(value), hedge, PLACE)


READ = [
    ("không đổi", "người", Change(size(0), "người")),
    ("Bằng cùng kỳ", "người", Change(size(0), "người")),
    ("giữ nguyên", "hộ", Change(size(0), "hộ")),
    ("không tăng, không giảm", "hộ", Change(size(0), "hộ")),
    ("ngang bằng cùng kỳ năm trước", "%", Change(size(0), "điểm %")),
    ("tăng gấp 3,2 lần", "người", Change(size(220), "%")),
    ("gấp 2 lần so với cùng kỳ", "người", Change(size(100), "%")),
    ("bằng 0,5 lần", "người", Change(size(-50), "%")),
    ("gấp đôi", "người", Change(size(100), "%")),
    ("tăng gấp rưỡi", "người", Change(size(50), "%")),
    ("giảm một nửa", "hộ", Change(size(-50), "%")),
    ("chỉ bằng một nửa", "hộ", Change(size(-50), "%")),
    ("tăng 10 người (3,3%)", "người", Change(size(10), "người", size("3.3"))),
    ("giảm 28 (-5,5%)", "người", Change(size(-28), "người", size("-5.5"))),
    ("tăng 3,3% (tương ứng 10 người)", "người", Change(size(10), "người", size("3.3"))),
    ("tăng 5,5% so với cùng kỳ năm trước", "người", Change(size("5.5"), "%")),
    ("tăng dưới 1%", "người", Change(size(1, "dưới"), "%")),
    ("giảm hơn 10%", "người", Change(size(-10, "hơn"), "%")),
    ("tăng thêm 5 hộ", "hộ", Change(size(5), "hộ")),
    ("+5", "người", Change(size(5), "người")),
    ("-3", "người", Change(size(-3), "người")),
    (-3, "người", Change(size(-3), "người")),
    (Decimal("-0.5"), "%", Change(size("-0.5"), "điểm %")),
    ("tăng 3,2 tỷ đồng", "đồng", Change(size(3_200_000_000), "đồng")),
]


@pytest.mark.parametrize(("typed", "unit", "expected"), READ)
def test_a_change_is_read(typed: object, unit: str, expected: Change) -> None:
    assert read_change(Raw(typed, PLACE), unit) == expected


@pytest.mark.parametrize(
    ("typed", "place"),
    [("gấp 3,2 lần", 10), ("gấp đôi", 100), ("giảm một nửa", 10), ("tăng 5,50%", "0.01"),
     ("tăng 3,2 tỷ đồng", 10**8)],
)  # fmt: skip
def test_a_change_keeps_the_place_it_was_written_to(typed: str, place: str | int) -> None:
    read = read_change(Raw(typed, PLACE), "đồng")
    assert isinstance(read, Change)
    assert read.size.place == Decimal(place)


def unclear(typed: str, remedy: str) -> Finding:
    return Finding("measure.unclear_change", "error", PLACE,
                   f"Ô {PLACE} là «{typed}», không rõ tăng hay giảm bao nhiêu.", remedy)  # fmt: skip


A_NUMBER = "Hãy ghi một số sau chữ tăng hoặc giảm, ví dụ giảm 28 hoặc tăng 5,5%."
LEFT = (
    "Nếu là kết quả của kỳ này thì ghi ở ô kết quả thực hiện, nếu là tỷ lệ so với kỳ trước thì ghi "
    "ở ô tỷ lệ; ở đây ghi tăng, giảm bao nhiêu, ví dụ giảm 28."
)
POINTS = "Mức tăng, giảm của một tỷ lệ hãy ghi bằng điểm %, ví dụ giảm 0,5 điểm %."
ASKED = [
    ("tăng 3,2 lần", "người", "Nếu là gấp lên 3,2 lần thì ghi gấp 3,2 lần, nếu không thì ghi bằng %."),
    ("giảm còn 6,06%", "%", LEFT), ("còn 30 hộ", "hộ", LEFT), ("bằng 98%", "người", LEFT),
    ("đạt 105%", "người", LEFT), ("gấp 2 lần", "%", POINTS), ("giảm -5", "người", A_NUMBER),
    ("tăng 2/5", "người", A_NUMBER), ("tăng 10 người (giảm 3%)", "người", A_NUMBER),
    ("tăng 10 người (12 người)", "người", A_NUMBER), ("giảm 0,5 (10%)", "%", A_NUMBER),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "unit", "remedy"), ASKED)
def test_what_can_be_read_in_two_ways_is_asked_about(
    typed: str, unit: str, remedy: str
) -> None:
    assert read_change(Raw(typed, PLACE), unit) == unclear(typed, remedy)


def test_what_cannot_be_read_is_refused_as_a_change() -> None:
    assert read_change(Raw("tăng nhiều", PLACE), "người") == Finding(
        "number.unreadable", "error", PLACE,
        f"Ô {PLACE} ghi «tăng nhiều», không đọc được thành mức tăng, giảm.",
        "Hãy ghi mức tăng, giảm, ví dụ tăng 5,5%, giảm 28, tăng 10 (3,3%), gấp 2 lần hoặc không đổi; "
        "số của kỳ trước thì ghi ở ô của kỳ trước để phần mềm tự tính.",
    )  # fmt: skip


def test_a_slip_in_the_number_of_a_change_is_told_as_such() -> None:
    found = read_change(Raw("tăng 1,500", PLACE), "người")
    assert isinstance(found, Finding)
    assert found.code == "number.ambiguous_comma"
