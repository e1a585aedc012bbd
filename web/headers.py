"""What every answer carries, and the one line that is logged of it."""

from __future__ import annotations

from time import perf_counter

from flask import Flask, Response, g, request

from web.problems import LOG

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; "
        "object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # no-referrer would make browsers send "Origin: null" with our own form
    "Referrer-Policy": "same-origin",
}


def attach(app: Flask) -> None:
    """Put the headers and the log line on every answer of `app`."""
    app.before_request(_start)
    app.after_request(_finish)


def _start() -> None:
    g.started = perf_counter()


def _finish(response: Response) -> Response:
    response.headers.update(_HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")
    # the query is left out: it is the caller's, and may hold anything
    LOG.info(
        "%s %r %d %s bytes %.0f ms", request.method, request.path, response.status_code,
        response.content_length, (perf_counter() - g.started) * 1000,
    )  # fmt: skip
    return response
