"""Days and periods in words, after Nghị định 30/2020."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from generators.wording.dates import lunar_year, say_date, say_period, say_span


def test_every_day_of_a_year_is_padded_by_the_decree() -> None:
    day = date(2020, 1, 1)
    while day.year == 2020:
        found = re.fullmatch(r"ngày ([0-9]{2}) tháng ([0-9]+) năm 2020", say_date(day))
        assert found
        assert found[1] == str(day.day).zfill(2)
        assert found[2] == {1: "01", 2: "02"}.get(day.month, str(day.month))
        day += timedelta(days=1)


def test_the_decrees_own_examples() -> None:
    assert say_date(date(2020, 1, 5)) == "ngày 05 tháng 01 năm 2020"
    assert say_date(date(2019, 6, 29)) == "ngày 29 tháng 6 năm 2019"


@pytest.mark.parametrize(
    ("period_id", "said"),
    [
        ("2020S1", "6 tháng đầu năm 2020"), ("2020S2", "6 tháng cuối năm 2020"),
        ("2020N9", "9 tháng đầu năm 2020"), ("2020", "năm 2020"), ("2020Q1", "quý I năm 2020"),
        ("2020Q2", "quý II năm 2020"), ("2020Q3", "quý III năm 2020"),
        ("2020Q4", "quý IV năm 2020"),
    ],
)  # fmt: skip
def test_periods_have_names(period_id: str, said: str) -> None:
    assert say_period(period_id) == said


@pytest.mark.parametrize(
    ("year", "name"),
    [(2020, "Canh Tý"), (2023, "Quý Mão"), (2026, "Bính Ngọ"), (2024, "Giáp Thìn"), (1984, "Giáp Tý"),
     (2025, "Ất Tỵ")],
)  # fmt: skip
def test_lunar_years(year: int, name: str) -> None:
    assert lunar_year(year) == name


def test_lunar_years_come_round_after_sixty() -> None:
    assert len({lunar_year(year) for year in range(1984, 2044)}) == 60
    assert lunar_year(2044) == lunar_year(1984)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ((2020, 1, 1), (2020, 3, 31), "quý I năm 2020"),
        ((2020, 10, 1), (2020, 12, 31), "quý IV năm 2020"),
        ((2020, 2, 1), (2020, 4, 30), "từ tháng 02 đến tháng 4 năm 2020"),
        ((2020, 1, 1), (2020, 6, 30), "từ tháng 01 đến tháng 6 năm 2020"),
        ((2020, 1, 1), (2020, 12, 31), "năm 2020"),
        ((2020, 2, 1), (2020, 2, 29), "tháng 02 năm 2020"),
        ((2021, 2, 1), (2021, 2, 28), "tháng 02 năm 2021"),
        ((2020, 2, 1), (2020, 2, 28),
         "từ ngày 01 tháng 02 năm 2020 đến ngày 28 tháng 02 năm 2020"),
        ((2019, 12, 1), (2020, 5, 31), "từ tháng 12 năm 2019 đến tháng 5 năm 2020"),
        ((2019, 12, 15), (2020, 6, 14),
         "từ ngày 15 tháng 12 năm 2019 đến ngày 14 tháng 6 năm 2020"),
        ((2020, 3, 5), (2020, 3, 5), "ngày 05 tháng 3 năm 2020"),
        ((2020, 3, 5), None, "từ ngày 05 tháng 3 năm 2020"),
        (None, (2020, 3, 5), "đến ngày 05 tháng 3 năm 2020"),
        (None, None, ""),
    ],
)  # fmt: skip
def test_a_stretch_of_time(
    start: tuple[int, int, int] | None, end: tuple[int, int, int] | None, said: str
) -> None:
    first, last = (date(*day) if day else None for day in (start, end))
    assert say_span(first, last) == said
