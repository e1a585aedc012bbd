"""Days and periods as people write them, and what is neither."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

import pytest

from generators.intake.dates import read_date, read_period_id
from generators.model import Raw
from tests.building import error

PLACE = "Chung!C4"


@pytest.mark.parametrize(
    "value",
    ["2020-06-30", "2020-6-30", "30/6/2020", "30/06/2020", "30-6-2020", "30.6.2020", " 30/6/2020 ",
     date(2020, 6, 30), datetime(2020, 6, 30, 12, 0)],  # noqa: DTZ001
)  # fmt: skip
def test_a_day(value: object) -> None:
    found = read_date(Raw(value, PLACE))
    assert type(found) is date
    assert found == date(2020, 6, 30)


@pytest.mark.parametrize(
    "value",
    [
        "31/6/2020",
        "6/30/2020",
        "30/6/20",
        "2020",
        "",
        "hôm nay",
        "2019-02-29",
        43831,
        "0/0/0000",
    ],
)
def test_what_is_no_day(value: object) -> None:
    assert read_date(Raw(value, PLACE)) == error(
        "date.unreadable", PLACE, f"Ô {PLACE} là «{value}», không đọc được thành ngày.",
        "Hãy gõ ngày/tháng/năm, ví dụ 30/6/2020.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "period_id"),
    [
        ("2020S1", "2020S1"), ("2020", "2020"), (2020, "2020"), ("6 tháng đầu năm 2020", "2020S1"),
        ("6 THÁNG CUỐI NĂM 2020", "2020S2"), ("9 tháng đầu năm 2026", "2026N9"),
        ("Năm 2020", "2020"), ("quý I năm 2020", "2020Q1"), ("Quý II năm 2020", "2020Q2"),
        ("quý III năm 2020", "2020Q3"), ("quý IV năm 2020", "2020Q4"),
        (unicodedata.normalize("NFD", "6 tháng đầu năm 2020"), "2020S1"),
    ],
)  # fmt: skip
def test_a_period(text: object, period_id: str) -> None:
    assert read_period_id(Raw(text, PLACE)) == period_id


@pytest.mark.parametrize(
    "text", ["2020s3", "0000S1", "9999S2", "đầu năm", "", "6 tháng đầu năm 20"]
)
def test_what_is_no_period(text: str) -> None:
    assert read_period_id(Raw(text, PLACE)) == error(
        "period.unreadable", PLACE, f"Ô {PLACE} là «{text}», không phải tên một kỳ báo cáo.",
        "Hãy ghi, ví dụ, «6 tháng đầu năm 2020» hoặc mã 2020S1.",
    )  # fmt: skip
