"""Inspection over HTTP: every file hashed anew, every record held against the log; one at a time."""

from __future__ import annotations

from threading import Lock
from typing import Any

from flask import Blueprint, Response

from access.rights import ADMIN
from archive.inspection import ALTERED, INTACT, MISSING, UNKNOWN, Inspection, inspect
from archive.records import Conflict
from web.access import ask_for_everywhere, needs
from web.answers import json_answer
from web.described import SAME, described, told
from web.later import LATER, may_be_later
from web.shapes import InspectionTold
from web.shelf import the_archive

routes = Blueprint("inspecting", __name__)
_VERDICTS = {0: "intact", 1: "wrong", 2: "unknown"}
_own_turn = Lock()


@routes.get("/api/v1/inspection")
@needs(ADMIN)
@described(
    gives={200: told(InspectionTold, "What is wrong.", "ETag"), 202: LATER, 304: SAME},
    fails=(409,),
)
@may_be_later
def tell_inspection() -> Response:
    """Inspect the whole archive, and tell what is wrong with it; 200 whatever is found.

    It tells of every unit's reports, and so is for those who have the right at every root.
    """
    ask_for_everywhere(ADMIN)
    if not _own_turn.acquire(blocking=False):
        raise Conflict("Kho đang được kiểm tra. Hãy hỏi lại khi lần kiểm tra ấy xong.")
    try:
        return json_answer(_told(inspect(the_archive())))
    finally:
        _own_turn.release()


def _told(found: Inspection) -> dict[str, Any]:
    return {
        "verdict": _VERDICTS[found.exit_code],
        "summary": found.summary,
        "reports": found.reports,
        "files": {state: found.count(state) for state in (INTACT, ALTERED, MISSING, UNKNOWN)},
        "bytes": found.size,
        "amiss": [{"sha256": one.sha256, "state": one.state, "reports": list(one.reports),
                   "message": one.said} for one in found.amiss],
        "orphans": list(found.orphans),
        "unlisted": found.unlisted or None,
        "records": list(found.records),
        "log": list(found.breaks),
    }  # fmt: skip
