"""Jobs over HTTP: how far work that was put off is, and what it came to."""

from __future__ import annotations

from flask import Blueprint, Response

from archive.jobs import Job, job_at
from web.access import SIGNED_IN, needs
from web.answers import json_answer
from web.callers import caller_id
from web.described import described
from web.described import told as given
from web.later import told
from web.once import replayed
from web.problems import Problem, RefusedRequest
from web.shapes import JobTold
from web.shelf import the_archive

routes = Blueprint("jobs", __name__, url_prefix="/api/v1/jobs")


@routes.get("/<job_id>")
@needs(SIGNED_IN)
@described(gives={200: given(JobTold, "How far it is.", "Retry-After")}, fails=(404,))
def tell_job(job_id: str) -> Response:
    """Tell how far a job is; its result is linked once it is there."""
    job = _own(job_id)
    response = json_answer(told(job))
    if job.ended is None:
        response.headers["Retry-After"] = "1"
    return response


@routes.get("/<job_id>/result")
@needs(SIGNED_IN)
@described(
    gives={200: given(dict, "What the request itself would have answered.")}, fails=(404, 409)
)
def send_result(job_id: str) -> Response:
    """Send what the request was answered, with the status it had."""
    job = _own(job_id)
    if job.answer is None:
        said = (
            "chưa xong" if job.ended is None else "bị dừng giữa chừng hai lần nên không làm lại"
        )
        raise RefusedRequest(Problem(409, f"Việc này {said}."))
    return replayed(job.answer, {})


def _own(job_id: str) -> Job:
    """The caller's own job; another's is not there."""
    with the_archive().database.reading() as connection:
        job = job_at(connection, job_id, caller_id())
    if job is None:
        raise RefusedRequest(Problem(404, "Không có việc nào mang mã này."))
    return job
