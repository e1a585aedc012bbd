"""How long a report is kept: the rule in force on the day it was made, counted in whole years."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Retention
from archive.retention import day_of, longer_of, retention_of

TEN = "Thông tư 10/2022/TT-BNV: báo cáo 6 tháng, 9 tháng của cơ quan, 10 năm"
TWENTY = "Thông tư 09/2011/TT-BNV: báo cáo 6 tháng của cơ quan, 20 năm"
QUARTER = (
    "chưa rõ quy định cho báo cáo quý; giữ như báo cáo 6 tháng theo Thông tư 09/2011/TT-BNV"
)
YEAR = "Thông tư 09/2011/TT-BNV: báo cáo năm của cơ quan, vĩnh viễn"
NONE = "chưa có quy định được ghi nhận; giữ vĩnh viễn"


@pytest.mark.parametrize(
    ("period", "made_on", "until", "basis"),
    [
        ("2026S1", date(2026, 7, 3), date(2037, 1, 1), TEN),
        ("2026S2", date(2026, 12, 31), date(2037, 1, 1), TEN),
        ("2026S2", date(2027, 1, 1), date(2038, 1, 1), TEN),
        ("2026N9", date(2026, 10, 1), date(2037, 1, 1), TEN),
        ("2022S2", date(2023, 2, 14), date(2044, 1, 1), TWENTY),
        ("2022S2", date(2023, 2, 15), date(2034, 1, 1), TEN),
        ("2020S1", date(2020, 8, 3), date(2041, 1, 1), TWENTY),
        ("2026Q1", date(2026, 4, 2), date(2047, 1, 1), QUARTER),
        ("2026", date(2026, 12, 20), None, YEAR),
        ("2011S1", date(2011, 7, 17), None, NONE),
        ("2011S1", date(2011, 7, 18), date(2032, 1, 1), TWENTY),
        ("2022N9", date(2022, 10, 1), None, NONE),
    ],
)
def test_the_rule_in_force_when_it_was_made_tells_how_long(
    period: str, made_on: date, until: date | None, basis: str
) -> None:
    assert retention_of(period, made_on) == Retention(until, basis)


@given(
    st.sampled_from(["2020S1", "2026N9", "2026Q3", "2026"]),
    st.dates(date(2011, 7, 18), date(2100, 1, 1)),
)
def test_a_time_always_ends_with_a_year_after_the_day_it_was_made(
    period: str, made_on: date
) -> None:
    until = retention_of(period, made_on).until
    assert until is None or (
        (until.month, until.day) == (1, 1) and until.year > made_on.year + 5
    )


def test_the_day_is_that_of_vietnam() -> None:
    assert day_of(datetime(2026, 12, 31, 16, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert day_of(datetime(2026, 12, 31, 17, 0, tzinfo=UTC)) == date(2027, 1, 1)


def test_the_longer_of_two_times_is_kept_with_the_hold_there_is() -> None:
    short, long = (
        Retention(date(2037, 1, 1), "a", "thanh tra"),
        Retention(date(2041, 1, 1), "b"),
    )
    ever = Retention(None, "c")
    assert longer_of(short, long) == Retention(date(2041, 1, 1), "b", "thanh tra")
    assert longer_of(long, short) == long
    assert longer_of(short, ever) == Retention(None, "c", "thanh tra")
    assert longer_of(ever, short) == ever
