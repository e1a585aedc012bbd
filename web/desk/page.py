"""How a page of the desk is answered: one frame, Vietnamese dates, and nothing a browser would run."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from flask import Response, render_template, request, url_for

from archive.records import ArchiveFault
from archive.retention import day_of
from generators.periods import PERIOD_ID
from generators.wire import sendable
from web.access import load_visitor
from web.problems import Problem

STATES = {
    "none": "chưa bắt đầu", "draft": "đang soạn", "kept": "chờ duyệt", "returned": "được trả lại",
    "approved": "đã duyệt, chờ số", "issued": "đã ban hành", "imported": "nhập từ bản cũ",
}  # fmt: skip
_PERIODS = {
    "": "năm {}", "S1": "6 tháng đầu năm {}", "S2": "6 tháng cuối năm {}",
    "N9": "9 tháng đầu năm {}", "Q1": "quý I năm {}", "Q2": "quý II năm {}",
    "Q3": "quý III năm {}", "Q4": "quý IV năm {}",
}  # fmt: skip
_MEGABYTE = 1_000_000
_FORBIDDEN, _MISSING = 403, 404
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d\d)-(\d\d)", re.ASCII)


def page(template: str, status: int = 200, **told: Any) -> Response:
    """Return a page of the desk."""
    told |= {"say_day": say_day, "say_moment": say_moment, "say_period": say_period,
             "states": STATES}  # fmt: skip
    html = sendable(render_template(f"desk/{template}", **told))
    return Response(html, status, content_type="text/html; charset=utf-8")


def show_problem(problem: Problem) -> Response:
    """Return the page that says why a request was not done, and where to go on."""
    if request.endpoint is None:  # no guard has found out who asks
        with suppress(ArchiveFault):
            load_visitor()
    response = page("problem.html", problem.status, problem=problem, back=_back(problem))
    response.headers.update(problem.headers)
    return response


def _back(problem: Problem) -> str:
    """The draft or report that was worked at, "" where it may not be seen or is not known."""
    named = request.view_args or {}
    if problem.status in (_FORBIDDEN, _MISSING):
        return ""
    if "draft_id" in named:
        return url_for("desk_drafting.show_draft", draft_id=named["draft_id"])
    if "report_id" in named:
        return url_for("desk_kept.show_report", report_id=named["report_id"])
    return ""


def say_period(period_id: str) -> str:
    """Return a period as people say it: "6 tháng đầu năm 2026"."""
    if not PERIOD_ID.match(period_id):
        return period_id
    return _PERIODS[period_id[4:]].format(period_id[:4])


def say_day(day: date | None) -> str:
    """Return a day as 03/08/2020, "" for none."""
    return f"{day:%d/%m/%Y}" if day else ""


def say_moment(at: datetime) -> str:
    """Return a moment by its day in Viet Nam."""
    return say_day(day_of(at))


def say_size(size: int) -> str:
    """Return a file's size as people say it: "35 kB", "1,2 MB"."""
    if size < _MEGABYTE:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / _MEGABYTE:.1f} MB".replace(".", ",")


def read_day(typed: str) -> date | None:
    """Return the day somebody typed, 3/8/2020 or 2020-08-03; ValueError where it is none."""
    if not typed.strip():
        return None
    found = _DAY.fullmatch(typed.strip())
    if not found:
        raise ValueError("Hãy ghi ngày như 03/08/2026.")
    day, month, year = (
        (found[3], found[2], found[1]) if found[3] else (found[4], found[5], found[6])
    )
    try:
        return date(int(day), int(month), int(year))
    except ValueError:
        raise ValueError(f"Không có ngày {typed.strip()}.") from None
