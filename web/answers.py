"""Answers as JSON, each that is read with an ETag: what has not changed is not sent again."""

from __future__ import annotations

from flask import Response, request
from werkzeug.http import generate_etag

from generators.wire import to_json
from web.problems import Problem, RefusedRequest

JSON = "application/json; charset=utf-8"


def json_answer(body: object, status: int = 200, content_type: str = JSON) -> Response:
    """Return `body` as JSON; to a GET with its ETag, or 304 where the caller has it."""
    response = Response(to_json(body), status, content_type=content_type)
    if request.method in ("GET", "HEAD") and status == 200:
        response.add_etag()
        response.make_conditional(request)
    return response


def ask_whether_unchanged(body: object) -> None:
    """Refuse a change where the caller's If-Match is not the ETag of what `body` tells now."""
    current = generate_etag(to_json(body).encode())
    if request.if_match and not request.if_match.contains(current):
        detail = "Hồ sơ đã có thay đổi từ lúc bạn đọc. Hãy đọc lại rồi gửi."
        raise RefusedRequest(Problem(412, detail, headers={"ETag": f'"{current}"'}))
