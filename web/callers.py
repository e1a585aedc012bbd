"""Who calls, as limits, kept answers and the log know them: an id, never a person's name."""

from __future__ import annotations

from flask import g

ON_BEHALF = "bao_cao.on_behalf_of"  # in the environment of a request that a job makes


def caller_id() -> str:
    """Return the id of the key or account that calls; "" where nobody is known."""
    return str(g.get("caller_id", ""))


def known_as(id_: str) -> None:
    """Say who calls: ``key:<id>`` or ``user:<id>``."""
    g.caller_id = id_
