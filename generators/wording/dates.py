"""Days and periods in words: padding after Nghị định 30/2020, Phụ lục I mục II.4.b."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from generators.lunar import lunar_year as lunar_year

_QUARTERS = ("I", "II", "III", "IV")
_PERIODS = {
    "S1": "6 tháng đầu năm", "S2": "6 tháng cuối năm", "N9": "9 tháng đầu năm", "": "năm",
    "Q1": "quý I năm", "Q2": "quý II năm", "Q3": "quý III năm", "Q4": "quý IV năm",
}  # fmt: skip


def say_date(day: date) -> str:
    """Return "ngày 05 tháng 01 năm 2020": days under 10 and months 1, 2 padded, 3 to 9 not."""
    return f"ngày {day.day:02d} tháng {say_month(day.month)} năm {day.year}"


def say_month(month: int) -> str:
    """Return the month's number: 1 and 2 padded, 3 to 9 not."""
    return f"{month:02d}" if month < 3 else str(month)


def say_period(period_id: str) -> str:
    """Return the period's name: "6 tháng đầu năm 2020"."""
    return f"{_PERIODS[period_id[4:]]} {period_id[:4]}"


def say_span(start: date | None, end: date | None) -> str:
    """Return a stretch of time as people say it: a quarter, months, or days; "" for none."""
    if start and start == end:
        return say_date(start)
    if start and end:
        if _whole_months(start, end):
            return _say_months(start, end)
        return f"từ {say_date(start)} đến {say_date(end)}"
    if end:
        return f"đến {say_date(end)}"
    return f"từ {say_date(start)}" if start else ""


def _whole_months(start: date, end: date) -> bool:
    return start.day == 1 and end.day == monthrange(end.year, end.month)[1] and start < end


def _say_months(start: date, end: date) -> str:
    same_year = start.year == end.year
    if same_year and (start.month, end.month) == (1, 12):
        return f"năm {start.year}"
    if same_year and start.month == end.month:
        return f"tháng {say_month(start.month)} năm {start.year}"
    if same_year and end.month - start.month == 2 and start.month % 3 == 1:
        return f"quý {_QUARTERS[start.month // 3]} năm {start.year}"
    first = (
        say_month(start.month) if same_year else f"{say_month(start.month)} năm {start.year}"
    )
    return f"từ tháng {first} đến tháng {say_month(end.month)} năm {end.year}"
