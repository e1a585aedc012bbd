"""Whether the service is alive, and whether each thing it stands on is ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from flask import Blueprint, Response, current_app

from archive.condition import ask_database, ask_disk, ask_folder
from archive.records import ArchiveFault
from generators.pipeline import template_of
from rendering.faults import NotInstalled
from rendering.installed import find_office
from web.access import open_to_all
from web.answers import json_answer
from web.catalogue import offered_kinds
from web.journal import LOG, log_fault
from web.shelf import the_archive

routes = Blueprint("health", __name__)
OK, FAILED, ABSENT = "ok", "failed", "absent"


@routes.get("/healthz")
@open_to_all
def say_health() -> Response:
    """Say that the service answers; nothing else is asked."""
    return json_answer({"status": OK})


@routes.get("/readyz")
@open_to_all
def say_readiness() -> Response:
    """Say of each component whether it can work: 200 where all can, 503 where one cannot."""
    states = {name: _state(name, ask) for name, ask in _COMPONENTS.items()}
    ready = FAILED not in states.values()
    told = {name: {"status": state} for name, state in states.items()}
    body = {"status": "ready" if ready else "not_ready", "components": told}
    return json_answer(body, 200 if ready else 503)


def _state(name: str, ask: Callable[[], str | None]) -> str:
    """The state of one component; why it failed is for the log, strangers ask here too."""
    try:
        return ask() or OK
    except ArchiveFault as fault:
        LOG.error("not ready", extra={"component": name, "reason": str(fault)})
    except Exception as error:
        log_fault(error)
    return FAILED


def _folder() -> Path:
    the_archive()
    return Path(current_app.config["DATA_DIR"])


def _templates() -> None:
    for kind in offered_kinds():
        template_of(kind)


def _office() -> str:
    try:
        find_office()
    except NotInstalled:
        return ABSENT
    return OK


_COMPONENTS: Mapping[str, Callable[[], str | None]] = {
    "database": lambda: ask_database(the_archive()),
    "files": lambda: ask_folder(_folder()),
    "disk": lambda: ask_disk(_folder()),
    "templates": _templates,
    "libreoffice": _office,
}
