"""Past years over HTTP: an earlier report comes in by its form, JSON or a plain table."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, request, url_for
from typing_extensions import TypedDict

from access.rights import ISSUE
from archive.importing import Imported, Refused, TableOf, import_report, import_table, is_table
from archive.matching import LeftOut
from generators.model import OrgUnit
from generators.pipeline import Source
from generators.wire import finding_record
from web import shapes
from web.access import needs, unit_in_reach, who
from web.answers import json_answer
from web.catalogue import kind_named
from web.described import described, told
from web.once import once
from web.problems import Problem, RefusedRequest
from web.reports import report_told
from web.shelf import the_archive
from web.uploads import read_upload

_TOLD = 10  # rows left out that a refusal names


class LeftOutTold(TypedDict):
    """A row or column of a table that was not taken: its place, what it says it is, and why."""

    place: str
    named: str
    reason: str


class ImportedTold(TypedDict):
    """A report that was imported, how many figures were taken, and what was not."""

    report: shapes.ReportTold
    figures: int
    left_out: list[LeftOutTold]
    findings: list[shapes.FindingTold]


routes = Blueprint("imports", __name__, url_prefix="/api/v1/imports")


@routes.post("")
@needs(ISSUE)
@described(
    gives={201: told(ImportedTold, "It is kept.", "Location"),
           200: told(ImportedTold, "The same is kept already.", "Location")},
    fails=(400, 404, 409, 413, 415, 422), takes="data",
    asks=("kind", "by", "replaces", "period", "unit", "within"),
)  # fmt: skip
@once
def import_past() -> Response:
    """Keep a report of a past period as what was issued then, marked as imported.

    A plain table (a spreadsheet, or a .csv as the part "file") says by kind, unit, within and
    period what it is of. It becomes the same period of the next year's report.
    """
    imported = _imported(read_upload())
    response = json_answer(_imported_told(imported), 201 if imported.is_new else 200)
    response.headers["Location"] = url_for("reports.tell_report", report_id=imported.record.id)
    return response


def _imported(source: Source) -> Imported:
    period, replaces = (request.args.get(name, "") for name in ("period", "replaces"))
    try:
        if is_table(source.data):
            return import_table(
                the_archive(), source, _table_of(source, period), who(), replaces
            )
        return import_report(the_archive(), source, who(), period, replaces, _in_reach)
    except Refused as refused:
        detail = " ".join((str(refused), *map(_said, refused.left_out[:_TOLD])))
        raise RefusedRequest(Problem(422, detail, refused.findings)) from None


def _table_of(source: Source, period: str) -> TableOf:
    """What a plain table is of, as the request says; it must be in reach."""
    unit = request.args.get("unit", "").strip()
    if not (source.kind and unit and period):
        raise RefusedRequest(Problem(
            400, "Bảng số liệu không tự nói là của ai. Hãy thêm kind, period, unit (và within)."
        ))  # fmt: skip
    of = OrgUnit(unit, tuple(request.args.getlist("within")))
    _in_reach(of)
    return TableOf(kind_named(source.kind), period, of)


def _in_reach(unit: OrgUnit) -> None:
    unit_in_reach(ISSUE, unit)


def _said(row: LeftOut) -> str:
    place = f"{row.place}: " if row.place else ""
    return f"Không lấy {place}«{row.named}», vì {row.reason}."


def _imported_told(imported: Imported) -> dict[str, Any]:
    return {
        "report": report_told(imported.record), "figures": imported.figures,
        "left_out": [asdict(row) for row in imported.left_out],
        "findings": [finding_record(one) for one in imported.findings],
    }  # fmt: skip
