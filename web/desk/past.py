"""Past years come in from a page: an earlier form, JSON or a plain table, kept as imported."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from access.rights import ISSUE
from access.units import Unit, unit_at, units_below
from archive.importing import Imported, Refused, TableOf, import_report, import_table, is_table
from archive.records import ArchiveFault
from generators.model import OrgUnit
from generators.pipeline import Source
from web.access import actor, needs, unit_in_reach, who
from web.catalogue import kind_named, offered_kinds
from web.desk.page import page
from web.desk.reach import uploaded
from web.problems import RefusedRequest
from web.shelf import the_archive
from web.telling import group_findings

routes = Blueprint("desk_past", __name__, url_prefix="/past")
_MOST = 200  # units to choose from


@routes.get("")
@needs(ISSUE)
def show_past() -> Response:
    """Show what may be brought in, and where to choose it."""
    return _shown()


@routes.post("")
@needs(ISSUE)
def take_past() -> Response:
    """Keep a report of a past period as what was issued then; tell what of it was not taken."""
    chosen = uploaded("file")
    if not chosen:
        return _shown(422, fault="Hãy chọn tệp của báo cáo cũ.", faulty="file")
    source = Source(
        chosen[0].data, kind=request.form.get("kind", ""), name=chosen[0].name, by=who()
    )
    try:
        imported = _imported(source, request.form.get("period", "").strip())
    except Refused as refused:
        return _shown(422, fault=str(refused), faulty="file",
                      groups=group_findings(refused.findings), left_out=refused.left_out)  # fmt: skip
    except (ArchiveFault, ValueError) as fault:
        return _shown(422, fault=str(fault), faulty="file")
    except RefusedRequest as refused_:
        return _shown(refused_.problem.status, fault=refused_.problem.detail, faulty="file")
    return _shown(imported=imported, groups=group_findings(imported.findings),
                  left_out=imported.left_out)  # fmt: skip


def _imported(source: Source, period: str) -> Imported:
    if is_table(source.data):
        return import_table(the_archive(), source, _table_of(source, period), who())
    return import_report(
        the_archive(), source, who(), period, ask=lambda unit: unit_in_reach(ISSUE, unit)
    )


def _table_of(source: Source, period: str) -> TableOf:
    """What a plain table is of, as the page says; ValueError, said, where it does not."""
    with the_archive().database.reading() as connection:
        unit = unit_at(connection, request.form.get("unit", ""))
    if unit is None or not (source.kind and period):
        raise ValueError("Tệp này là bảng số liệu, không tự nói là của ai. Hãy chọn loại báo cáo, "
                         "đơn vị và ghi kỳ.")  # fmt: skip
    told = OrgUnit(unit.name, unit.within)
    unit_in_reach(ISSUE, told)
    return TableOf(kind_named(source.kind), period, told)


def _units() -> list[Unit]:
    with the_archive().database.reading() as connection:
        return units_below(connection, actor().paths(ISSUE))[:_MOST]


def _shown(status: int = 200, **told: Any) -> Response:
    told = {"imported": None, "groups": [], "left_out": (), **told}
    return page(
        "past.html", status, kinds=offered_kinds(), units=_units(), typed=request.form, **told
    )
