"""What every answer carries."""

from __future__ import annotations

from flask import Flask, Response

from web.request_ids import HEADER, request_id

POLICY = (
    "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # no-referrer would make browsers send "Origin: null" with our own form
    "Referrer-Policy": "same-origin",
}


def attach(app: Flask) -> None:
    """Put the headers on every answer of `app`."""
    app.after_request(_finish)


def _finish(response: Response) -> Response:
    response.headers.update(_HEADERS)
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers[HEADER] = request_id()
    return response
