"""Days that cannot be, each beside the day next to it that can."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.checks.dates import (
    check_document_date,
    check_line_dates,
    check_lines_after_document,
    check_period_span,
)
from generators.checks.report import Report
from generators.kinds import LineSpec
from generators.model import WARNING, Finding, Period
from generators.periods import calendar_span
from tests.building import KIND, Json, free, part, period_data


def report(*lines: Json, **document: Json) -> Report:
    data = period_data(*(lines or (free(value=1),)), document=document)
    return Report(data, {}, KIND)


def spanning(period: str, first: date, last: date) -> Report:
    made = report()
    return replace(made, data=replace(made.data, period=Period(period, first, last)))


def test_a_paper_dated_before_its_period() -> None:
    assert list(check_document_date(report(date="2019-12-31"))) == [
        Finding("date.document_early", WARNING, "/document/date",
                "Báo cáo ghi ngày 31/12/2019, trước khi kỳ báo cáo bắt đầu (01/01/2020).",
                "Hãy sửa ngày của báo cáo, hoặc sửa kỳ báo cáo.",
                "document/date", ("/document/date",), quote="31/12/2019"),
    ]  # fmt: skip


def test_a_paper_dated_long_after_its_period() -> None:
    assert list(check_document_date(report(date="2021-07-02"))) == [
        Finding("date.document_late", WARNING, "/document/date",
                "Báo cáo ghi ngày 02/07/2021, quá một năm sau khi kỳ báo cáo kết thúc "
                "(30/06/2020).",
                "Hãy sửa ngày của báo cáo, hoặc sửa kỳ báo cáo.",
                "document/date", ("/document/date",), quote="02/07/2021"),
    ]  # fmt: skip


@pytest.mark.parametrize("day", ["2020-04-29", "2020-06-10", "2020-08-03", "2021-06-30", None])
def test_days_on_which_a_report_is_made(day: str | None) -> None:
    assert list(check_document_date(report(date=day))) == []


# ---------------------------------------------------------------- lines


def test_a_line_of_another_time() -> None:
    line = free(value=1, **{"from": "2019-10-01", "to": "2019-12-31"})
    assert list(check_line_dates(report(line))) == [
        Finding("date.line_outside", WARNING, "/lines/0",
                "Dòng «Dòng» tính từ ngày 01/10/2019 đến ngày 31/12/2019, ngoài kỳ báo cáo "
                "(01/01/2020 đến 30/06/2020).",
                "Hãy sửa ngày của dòng, hoặc chuyển dòng sang báo cáo của kỳ có ngày đó.",
                "giam_ngheo/dong", ("/lines/0",),
                quote="tính từ ngày 01/10/2019 đến ngày 31/12/2019"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "quote"),
    [
        ({"as_of": "2019-12-30"}, "tính đến ngày 30/12/2019"),
        ({"as_of": "2020-07-01"}, "tính đến ngày 01/07/2020"),
        ({"to": "2019-12-31"}, "tính đến ngày 31/12/2019"),
        ({"from": "2020-07-01"}, "tính từ ngày 01/07/2020"),
    ],
)
def test_days_of_a_line_outside_the_period(fields: dict[str, str], quote: str) -> None:
    assert [f.quote for f in check_line_dates(report(free(value=1, **fields)))] == [quote]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"as_of": "2019-12-31"},
        {"as_of": "2020-01-01"},
        {"as_of": "2020-06-30"},
        {"from": "2019-01-01", "to": "2020-01-01"},
        {"from": "2020-06-30", "to": "2020-12-31"},
        {"from": "2020-06-30"},
        {"to": "2020-01-01"},
    ],
)
def test_days_of_a_line_that_meet_the_period(fields: dict[str, str]) -> None:
    assert list(check_line_dates(report(free(value=1, **fields)))) == []


def test_the_days_of_a_part_are_looked_at_too() -> None:
    line = free(value=1, parts=[part("đợt 1", 1, as_of="2021-01-01")])
    assert [f.where for f in check_line_dates(report(line))] == ["/lines/0/parts/0"]


def test_a_target_is_of_the_time_to_come() -> None:
    kind = replace(
        KIND, lines=(LineSpec("qua", "qua_tang", "Chỉ tiêu", "người", nature="target"),)
    )
    line = {"code": "qua", "value": 3, "from": "2020-07-01", "to": "2020-12-31"}
    told = replace(report(line, date="2020-07-05"), kind=kind)
    assert list(check_line_dates(told)) == []
    assert list(check_lines_after_document(told)) == []
    told = replace(told, kind=KIND)
    assert [f.code for f in check_lines_after_document(told)] == ["date.line_after_document"]


def test_a_line_that_ends_after_the_paper() -> None:
    line = free(value=1, **{"from": "2020-04-21", "to": "2020-05-25"})
    told = report(line, date="2020-05-19")
    assert list(check_lines_after_document(told)) == [
        Finding("date.line_after_document", WARNING, "/lines/0",
                "Dòng «Dòng» tính đến ngày 25/05/2020, trong khi báo cáo ghi ngày 19/05/2020.",
                "Hãy sửa ngày của dòng hoặc ngày của báo cáo; nếu là số ước thực hiện, hãy đánh "
                "dấu ước thực hiện.",
                "giam_ngheo/dong", ("/lines/0", "/document/date"), quote="25/05/2020"),
    ]  # fmt: skip
    assert list(check_line_dates(told)) == []


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"to": "2020-05-25"}, "2020-05-25"),
        ({"as_of": "2020-05-25"}, None),
        ({}, "2020-05-19"),
        ({"to": "2020-06-30", "estimate": True}, "2020-06-10"),
    ],
)
def test_lines_that_a_paper_can_tell_of(fields: Json, day: str | None) -> None:
    assert list(check_lines_after_document(report(free(value=1, **fields), date=day))) == []


def test_an_estimate_reaches_to_the_end_of_the_period_only() -> None:
    line = free(value=1, estimate=True, to="2020-07-01")
    told = report(line, date="2020-06-10")
    assert [f.quote for f in check_lines_after_document(told)] == ["01/07/2020"]


def test_a_day_after_period_and_paper_is_told_once() -> None:
    line = free(value=1, as_of="2020-09-01", to="2020-09-02")
    told = report(line, date="2020-08-03")
    assert [f.quote for f in check_lines_after_document(told)] == ["02/09/2020"]
    assert list(check_line_dates(told)) == []


# ---------------------------------------------------------------- the period


def test_a_half_year_of_two_months() -> None:
    told = spanning("2020S1", date(2020, 1, 1), date(2020, 2, 29))
    assert list(check_period_span(told)) == [
        Finding("date.period_span", WARNING, "/period",
                "Kỳ 2020S1 tính từ 01/01/2020 đến 29/02/2020, ngắn hơn 122 ngày so với kỳ theo "
                "lịch (01/01/2020 đến 30/06/2020).",
                "Hãy sửa ngày đầu, ngày cuối của kỳ, hoặc chọn đúng kỳ báo cáo.",
                "period", ("/period",), quote="01/01/2020 đến 29/02/2020"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("period", "first", "last", "how"),
    [
        ("2023S1", date(2022, 1, 1), date(2023, 2, 28), "dài hơn 243 ngày so với"),
        ("2020S1", date(2020, 2, 15), date(2020, 8, 14), "lệch quá một tháng so với"),
        ("2020S1", date(2020, 1, 1), date(2020, 6, 26), "ngắn hơn 4 ngày so với"),
    ],
)
def test_spans_that_are_no_such_period(period: str, first: date, last: date, how: str) -> None:
    (found,) = check_period_span(spanning(period, first, last))
    assert how in found.message


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2020S1", date(2019, 12, 15), date(2020, 6, 14)),
        ("2020S2", date(2020, 6, 15), date(2020, 12, 14)),
        ("2020S1", date(2019, 12, 1), date(2020, 5, 31)),
        ("2020N9", date(2019, 12, 15), date(2020, 9, 14)),
        ("2020", date(2019, 12, 15), date(2020, 12, 14)),
    ],
)
def test_spans_in_use(period: str, first: date, last: date) -> None:
    assert list(check_period_span(spanning(period, first, last))) == []


@given(st.integers(1950, 2098), st.sampled_from(["", "S1", "S2", "N9", "Q1", "Q2", "Q3", "Q4"]),
       st.integers(-31, 31))  # fmt: skip
def test_a_period_moved_by_a_month_at_most_is_the_period(
    year: int, part_: str, days: int
) -> None:
    first, last = (day + timedelta(days=days) for day in calendar_span(f"{year}{part_}"))
    assert list(check_period_span(spanning(f"{year}{part_}", first, last))) == []
