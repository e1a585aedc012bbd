"""The lint over HTTP: a Word file comes in, what it does against the decree goes out; nothing is kept."""

from __future__ import annotations

from typing import Literal

from flask import Blueprint, Response, request
from typing_extensions import TypedDict  # pydantic reads no other before Python 3.12

from generators.model import ERROR, Finding
from lint.sheet import FORMS, OFFICIAL
from web.access import SIGNED_IN, needs
from web.answers import json_answer
from web.described import described, told
from web.problems import Problem, RefusedRequest, refuse
from web.shapes import FindingTold
from web.uploads import read_body

routes = Blueprint("linting", __name__)
_STATUSES = {"file.not_document": 415, "file.too_large": 413}


class LintFindingTold(FindingTold):
    """What a document does against the decree, and the place in it that says so."""

    basis: str


class LintTold(TypedDict):
    """What a document does against a form."""

    form: Literal["nd30", "ban-tin"]
    clean: bool
    findings: list[LintFindingTold]


@routes.post("/api/v1/lint")
@needs(SIGNED_IN)
@described(
    gives={200: told(LintTold, "What was found, nothing where it is clean.")},
    fails=(400, 413, 415), asks=("form",), takes="word",
)  # fmt: skip
def lint_upload() -> Response:
    """Answer with what a .docx does against the form; findings are no error of the request."""
    from lint.checking import is_unreadable, lint
    from lint.record import lint_record

    form = request.args.get("form", OFFICIAL)
    if form not in FORMS:
        offered = ", ".join(FORMS)
        detail = f"Không có thể thức «{form[:20]}». Hãy dùng một trong: {offered}."
        raise RefusedRequest(Problem(400, detail))
    findings = lint(_document(), form)
    if is_unreadable(findings):
        raise refuse(_STATUSES.get(findings[0].code, 400), findings[0])
    return json_answer(lint_record(form, findings))


def _document() -> bytes:
    """The body as it is, or the part "file" of a form."""
    if request.mimetype != "multipart/form-data":
        return read_body()
    file = request.files.get("file")
    if file is None or not file.filename:
        raise refuse(400, Finding(
            "file.missing", ERROR, "file", "Chưa có tệp nào được chọn.",
            "Hãy chọn văn bản Word (.docx) rồi gửi lại."))  # fmt: skip
    data: bytes = file.read()
    return data
