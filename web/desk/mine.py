"""The first page of the desk: the reports of a period, how each stands, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from access.deadlines import Deadline, deadline_of
from access.rights import READ, SUBMIT
from access.units import Unit, key_of, keys_below, unit_at, units_below, units_by_key
from archive.records import Missing
from archive.retention import day_of
from archive.searching import Found, Query, search_all
from desk.drafts import Draft, drafts_below, open_draft
from generators.kinds import ReportKind
from generators.periods import PERIOD_ID
from web.access import actor, needs, who
from web.catalogue import kind_named, offered_kinds
from web.desk.page import page
from web.shelf import the_archive

routes = Blueprint("desk_mine", __name__)
_PAGE = 60  # reports
_FIRST_HALF = range(2, 8)  # months in which the first half's report is made


@dataclass(frozen=True, slots=True)
class Standing:
    """One report of a unit: its draft and its record where there are any; ``late`` past its day."""

    unit: Unit
    kind: ReportKind
    draft: Draft | None
    found: Found | None
    deadline: Deadline | None
    late: bool

    @property
    def state(self) -> str:
        """Where it stands: "none", or the state of its draft or its record."""
        if self.draft and (self.draft.is_open or not self.found):
            return "returned" if self.draft.state == "returned" else self.draft.state
        return self.found.state if self.found else "none"


@routes.get("/")
@needs(READ)
def show_mine() -> Response:
    """Show the reports of this period, or of the one that is asked for."""
    today = day_of(datetime.now(UTC))
    asked = request.args.get("period", "")
    period = asked if PERIOD_ID.match(asked) else period_of(today)
    rows, start = _standings(period, today), max(0, request.args.get("start", 0, type=int))
    return page("mine.html", period=period, rows=rows[start : start + _PAGE], periods=_near(period),
                more=start + _PAGE if len(rows) > start + _PAGE else 0, count=len(rows),
                may_begin=actor().may(SUBMIT))  # fmt: skip


@routes.post("/desk")
@needs(SUBMIT)
def begin() -> AnyResponse:
    """Open the draft of a unit, kind and period, and go to it."""
    kind, period = kind_named(request.form.get("kind", "")), request.form.get("period", "")
    with the_archive().database.writing() as connection:
        unit = unit_at(connection, request.form.get("unit", ""))
        known = PERIOD_ID.match(period) and period[4:] in kind.periods
        if unit is None or not known or not actor().may(SUBMIT, unit.path):
            raise Missing("Không có đơn vị hoặc kỳ báo cáo này trong phạm vi được giao.")
        draft = open_draft(connection, unit, kind.id, period, who())
    return redirect(url_for("desk_drafting.show_draft", draft_id=draft.id), 303)


def period_of(today: date) -> str:
    """Return the half of a year whose report is made on this day: the first from February to July."""
    if today.month in _FIRST_HALF:
        return f"{today.year}S1"
    return f"{today.year}S2" if today.month > 1 else f"{today.year - 1}S2"


def _near(period: str) -> list[str]:
    """The halves around a period, the latest first."""
    year = int(period[:4])
    return [f"{y}S{half}" for y in (year + 1, year, year - 1) for half in (2, 1)][1:-1]


def _standings(period: str, today: date) -> list[Standing]:
    paths = tuple({*actor().paths(READ), *actor().paths(SUBMIT)})
    kinds = [kind for kind in offered_kinds() if period[4:] in kind.periods]
    with the_archive().database.reading() as connection:
        units = [u for u in units_below(connection, paths) if actor().may(SUBMIT, u.path)
                 or actor().may(READ, u.path)]  # fmt: skip
        drafts = {(d.unit.id, d.kind): d for d in drafts_below(connection, paths, period)}
        due = {
            (u.id, k.id): deadline_of(connection, u, k.id, period) for u in units for k in kinds
        }
    records = _records(period, paths)
    found = [_standing(u, k, drafts.get((u.id, k.id)), records.get((u.id, k.id)), due[u.id, k.id], today)
             for u in units for k in kinds]  # fmt: skip
    own = len(units) == 1
    return [
        one
        for one in found
        if own or one.draft or one.found or actor().may(SUBMIT, one.unit.path)
    ]


def _records(period: str, paths: tuple[str, ...]) -> Mapping[tuple[str, str], Found]:
    """The latest report of each unit and kind, by the unit's id; wards of one name are many."""
    with the_archive().database.reading() as connection:
        unit = units_by_key(connection, paths)
    found = list(search_all(the_archive(), Query(period=period), keys_below(paths)))
    return {(unit[key_of(one.unit, one.within)], one.kind): one for one in reversed(found)}


def _standing(
    unit: Unit, kind: ReportKind, draft: Draft | None, found: Found | None,
    deadline: Deadline | None, today: date,
) -> Standing:  # fmt: skip
    done = found is not None and found.state in ("approved", "issued", "imported")
    late = bool(deadline and deadline.due < today and not done)
    return Standing(unit, kind, draft, found, deadline, late)
