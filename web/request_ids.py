"""The id of a request, the caller's own or one made here: in the answer, in problems, in the log."""

from __future__ import annotations

import re
from secrets import token_hex

from flask import g, request

HEADER = "X-Request-Id"
_SENSIBLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)


def request_id() -> str:
    """Return the id of the current request; one that could be anything else is not taken over."""
    if "request_id" not in g:
        given = request.headers.get(HEADER, "")
        g.request_id = given if _SENSIBLE.fullmatch(given) else token_hex(8)
    return str(g.request_id)
