"""The log: one line of JSON a request or fault, without data, names of people or queries."""

from __future__ import annotations

import logging
import traceback
from time import perf_counter

from flask import Flask, Response, g, request
from pythonjsonlogger.json import JsonFormatter

from web.callers import caller_id
from web.request_ids import request_id

LOG = logging.getLogger("bao_cao")


def attach(app: Flask) -> None:
    """Log each request of `app` when it is answered."""
    # no handler of ours: where lines go is for whoever runs the server to say
    LOG.setLevel(logging.INFO)
    app.before_request(_start)
    app.after_request(_tell)


def log_fault(error: Exception) -> None:
    """Log a fault of ours: its type and where it arose; its own words may quote the data."""
    frames = traceback.extract_tb(error.__traceback__)
    path = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
    told = {"id": request_id(), "error": type(error).__qualname__, "path": path}
    LOG.error("fault", extra=told)


def _start() -> None:
    g.started = perf_counter()


def _tell(response: Response) -> Response:
    # the route's pattern, not the path: what a caller writes there may be anything
    told = {
        "id": request_id(), "method": request.method, "status": response.status_code,
        "route": request.url_rule.rule if request.url_rule else "",
        "ms": round((perf_counter() - g.started) * 1000), "bytes": response.content_length,
        "caller": caller_id(),
    }  # fmt: skip
    LOG.info("request", extra=told)
    return response


class Lines(JsonFormatter):
    """A record as one line of JSON; of an exception that others log, only its type."""

    def __init__(self) -> None:
        super().__init__(
            "%(message)s", timestamp="at", json_ensure_ascii=False,
            rename_fields={"message": "event"},
        )  # fmt: skip

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's name
        """Return the exception's type, for its words may quote the data."""
        kind = ei[0] if isinstance(ei, tuple) else None
        return getattr(kind, "__qualname__", "")
