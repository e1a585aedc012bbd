"""Periods by id: their days, their successors, and ids that are none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from generators.periods import PERIOD_ID, calendar_span, next_period

SPANS = [
    ("2026S1", date(2026, 1, 1), date(2026, 6, 30)),
    ("2026S2", date(2026, 7, 1), date(2026, 12, 31)),
    ("2026N9", date(2026, 1, 1), date(2026, 9, 30)),
    ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ("2026Q1", date(2026, 1, 1), date(2026, 3, 31)),
    ("2026Q2", date(2026, 4, 1), date(2026, 6, 30)),
    ("2026Q3", date(2026, 7, 1), date(2026, 9, 30)),
    ("2026Q4", date(2026, 10, 1), date(2026, 12, 31)),
]


@pytest.mark.parametrize(("period_id", "first", "last"), SPANS)
def test_a_period_spans_its_calendar_days(period_id: str, first: date, last: date) -> None:
    assert PERIOD_ID.match(period_id)
    assert calendar_span(period_id) == (first, last)


@pytest.mark.parametrize("period_id", [span[0] for span in SPANS])
def test_the_next_period_begins_on_the_next_day(period_id: str) -> None:
    _, last = calendar_span(period_id)
    assert calendar_span(next_period(period_id))[0] == last + timedelta(days=1)


@pytest.mark.parametrize(
    "text",
    ["", "20", "2020s1", "2020S3", "2020Q5", "2020N6", "0000S1", "9999S2", "12020S1", "2020S1 ",
     "\uff12020S1", "2020S1\n"],
)  # fmt: skip
def test_what_is_no_period_id(text: str) -> None:
    assert not PERIOD_ID.match(text)
