"""How often a caller may ask, and how often an address may guess; counted in this process."""

from __future__ import annotations

import time
from math import ceil
from typing import Any

from flask import Flask, Response, current_app, request

from web.callers import caller_id
from web.problems import Problem, RefusedRequest

GUESSES = "30/minute"
_KEY = "bao_cao_limits"


def attach_before(app: Flask) -> None:
    """Stop an address that guesses, before anybody is looked up."""
    app.extensions[_KEY] = Limits(app.config["RATE_LIMIT"])
    app.before_request(_stop_guessing)
    app.after_request(_count_guess)


def attach_after(app: Flask) -> None:
    """Count the requests of a caller who is known by now."""
    app.before_request(_count)


class Limits:
    """Counts by name over a moving window; a limit of "" counts nothing."""

    def __init__(self, rate: str) -> None:
        self._rates = {"caller": rate, "guess": GUESSES}
        self._window: Any = None

    def take(self, kind: str, who: str) -> int:
        """Count one and return 0, or the seconds to wait where there were enough."""
        item = self._item(kind)
        return 0 if item is None or self._window.hit(item, who) else self._wait(item, who)

    def left(self, kind: str, who: str) -> int:
        """Return 0 where one more may come, else the seconds to wait; nothing is counted."""
        item = self._item(kind)
        return 0 if item is None or self._window.test(item, who) else self._wait(item, who)

    def _item(self, kind: str) -> Any:
        from limits import parse
        from limits.storage import MemoryStorage
        from limits.strategies import MovingWindowRateLimiter

        if self._window is None:
            self._window = MovingWindowRateLimiter(MemoryStorage())
        return parse(self._rates[kind]) if self._rates[kind] else None

    def _wait(self, item: Any, who: str) -> int:
        reset: float = self._window.get_window_stats(item, who).reset_time
        return max(1, ceil(reset - time.time()))


def _limits() -> Limits:
    limits: Limits = current_app.extensions[_KEY]
    return limits


def _stop_guessing() -> None:
    if "Authorization" in request.headers:
        _refuse(_limits().left("guess", request.remote_addr or ""))


def _count_guess(response: Response) -> Response:
    if response.status_code == 401 and "Authorization" in request.headers:
        _limits().take("guess", request.remote_addr or "")
    return response


def _count() -> None:
    if caller_id():
        _refuse(_limits().take("caller", caller_id()))


def _refuse(seconds: int) -> None:
    if seconds:
        detail = f"Gửi quá nhiều yêu cầu. Hãy chờ {seconds} giây rồi gửi tiếp."
        raise RefusedRequest(Problem(429, detail, headers={"Retry-After": str(seconds)}))
