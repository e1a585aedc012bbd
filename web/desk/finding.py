"""The archive's first page: reports are looked for by words, unit, period, number and signer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, request

from access.rights import READ
from access.units import keys_below
from archive.records import ArchiveFault
from archive.searching import Found, Query, search
from generators.intake.numbers import read_number
from generators.model import Finding, Raw
from web.access import needs, paths_to_read
from web.desk.page import page
from web.shelf import the_archive

routes = Blueprint("desk_finding", __name__)
_ASKED = ("words", "unit", "period", "kind", "number", "signer", "state")
_PAGE = 20


@routes.get("/archive")
@needs(READ)
def show_archive() -> Response:
    """Show what is looked for, the latest reports where nothing is asked."""
    asked = {name: request.args.get(name, "").strip()[:200] for name in _ASKED}
    typed = request.args.get("value", "").strip()[:60]
    told: dict[str, Any] = {"asked": {**asked, "value": typed}, "found": [], "more": ""}
    try:
        least = _number(typed)
        query = Query(**asked, least=least, most=least)
        own = keys_below(paths_to_read())
        found = search(the_archive(), query, _PAGE, request.args.get("after", "")[:300], own)
    except (ArchiveFault, ValueError) as fault:
        return page("archive.html", 422, fault=str(fault), **told)
    return page("archive.html", **{**told, "found": found, "more": _more(found)})


def _more(found: list[Found]) -> str:
    """The address of the next page, "" where this was the last one."""
    return found[-1].cursor if len(found) == _PAGE else ""


def _number(typed: str) -> Decimal | None:
    """A number as a clerk types it: "633,2 triệu" or 254; ValueError where it is none."""
    if not typed:
        return None
    for unit in ("đồng", "%"):
        read = read_number(Raw(typed, ""), unit)
        if not isinstance(read, Finding):
            return read.quantity.value
    raise ValueError(f"Không đọc được «{typed}» thành số.")
