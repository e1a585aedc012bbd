"""Answers as JSON, each that is read with an ETag: what has not changed is not sent again."""

from __future__ import annotations

from flask import Response, request

from generators.wire import to_json

JSON = "application/json; charset=utf-8"


def json_answer(body: object, status: int = 200, content_type: str = JSON) -> Response:
    """Return `body` as JSON; to a GET with its ETag, or 304 where the caller has it."""
    response = Response(to_json(body), status, content_type=content_type)
    if request.method in ("GET", "HEAD") and status == 200:
        response.add_etag()
        response.make_conditional(request)
    return response
