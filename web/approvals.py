"""Approval over HTTP: a submitted report is approved or returned; what was done with it is told."""

from __future__ import annotations

from typing import Literal

from flask import Blueprint, Response, request
from typing_extensions import TypedDict

from access.rights import APPROVE, READ
from archive.records import Record
from desk.steps import approve, return_, steps
from web import shapes
from web.access import needs, who
from web.answers import ask_whether_unchanged, json_answer
from web.described import SAME, described, told
from web.once import once
from web.problems import Problem, RefusedRequest
from web.reports import report_told
from web.shelf import the_archive


class StepTold(TypedDict):
    """One step of a report after it was submitted; the reason of a return."""

    step: Literal["submit", "approve", "return"]
    by: str
    at: str
    reason: str | None


class StepsTold(TypedDict):
    """All steps of a report, the first one first."""

    steps: list[StepTold]


routes = Blueprint("approvals", __name__, url_prefix="/api/v1/reports")


@routes.post("/<report_id>/approve")
@needs(APPROVE)
@described(
    gives={200: told(shapes.ReportTold, "The record, approved.")}, fails=(404, 409, 412), asks=("by",),
)  # fmt: skip
@once
def approve_report(report_id: str) -> Response:
    """Approve a submitted report: its data are locked, and its number may be entered."""
    _unchanged(report_id)
    return json_answer(report_told(approve(the_archive(), report_id, who())))


@routes.post("/<report_id>/return")
@needs(APPROVE)
@described(
    gives={200: told(shapes.ReportTold, "The record, returned.")},
    fails=(400, 404, 409, 412, 422), asks=("by",), takes="reason",
)  # fmt: skip
@once
def return_report(report_id: str) -> Response:
    """Return a submitted or approved report for mending, for a stated reason."""
    body = request.get_json(silent=True)
    reason = body.get("reason") if isinstance(body, dict) else None
    if not isinstance(reason, str):
        raise RefusedRequest(
            Problem(400, "Yêu cầu chưa rõ. Hãy gửi JSON: reason, lý do trả lại.")
        )
    _unchanged(report_id)
    return json_answer(report_told(return_(the_archive(), report_id, reason, who())))


@routes.get("/<report_id>/steps")
@needs(READ)
@described(
    gives={200: told(StepsTold, "All steps.", "ETag"), 304: SAME}, fails=(404,)
)  # fmt: skip
def tell_steps(report_id: str) -> Response:
    """Tell what was done with a report after it was submitted: approved, returned, submitted again."""
    the_archive().record(report_id)
    return json_answer({"steps": [
        {"step": one.step, "by": one.by, "at": one.at.isoformat(), "reason": one.reason or None}
        for one in steps(the_archive(), report_id)]})  # fmt: skip


def _unchanged(report_id: str) -> Record:
    record = the_archive().record(report_id)
    ask_whether_unchanged(report_told(record))
    return record
