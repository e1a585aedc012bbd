"""Who calls, as limits, kept answers and the log know them: an id, never a person's name."""

from __future__ import annotations

from flask import g


def caller_id() -> str:
    """Return the id of the key or account that calls; "" where nobody is known."""
    return str(g.get("caller_id", ""))


def known_as(id_: str) -> None:
    """Say who calls: ``key:<name of the key>`` or ``user:<hash>``."""
    g.caller_id = id_
