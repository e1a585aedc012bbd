"""Reporting periods by id, as DHIS2 writes them (2026S1, 2026Q1, 2026), and 2026N9 for nine months."""

from __future__ import annotations

import re
from datetime import date

PERIOD_ID = re.compile(r"(?:19|20)[0-9]{2}(S[12]|Q[1-4]|N9)?\Z")
_SPANS = {
    "": ((1, 1), (12, 31)), "S1": ((1, 1), (6, 30)), "S2": ((7, 1), (12, 31)),
    "N9": ((1, 1), (9, 30)), "Q1": ((1, 1), (3, 31)), "Q2": ((4, 1), (6, 30)),
    "Q3": ((7, 1), (9, 30)), "Q4": ((10, 1), (12, 31)),
}  # fmt: skip
_NEXT = {"S1": ("S2", 0), "S2": ("S1", 1), "N9": ("Q4", 0), "": ("", 1),
         "Q1": ("Q2", 0), "Q2": ("Q3", 0), "Q3": ("Q4", 0), "Q4": ("Q1", 1)}  # fmt: skip


def calendar_span(period_id: str) -> tuple[date, date]:
    """Return the first and last day of the period by the calendar."""
    year, (first, last) = int(period_id[:4]), _SPANS[period_id[4:]]
    return date(year, *first), date(year, *last)


def next_period(period_id: str) -> str:
    """Return the id of the period that follows: 2020S2 after 2020S1."""
    part, years = _NEXT[period_id[4:]]
    return f"{int(period_id[:4]) + years}{part}"
