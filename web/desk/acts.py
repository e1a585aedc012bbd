"""What a form that was set aside is to do, and to which report: in the words of its own page."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from access.rights import READ, SUBMIT
from access.units import Unit, unit_at, unit_of_report
from archive.records import ArchiveFault
from desk.drafts import draft_at, source_of
from generators.pipeline import table_parts
from web.access import actor, who
from web.catalogue import kind_named
from web.desk.page import say_period
from web.problems import RefusedRequest
from web.set_aside import Form
from web.shelf import the_archive

_ACTS = {
    "desk_mine.begin": "Bắt đầu báo cáo", "desk_drafting.take_file": "Gửi biểu",
    "desk_drafting.take_paste": "Gửi bảng đã dán", "desk_drafting.take_mending": "Ghi và kiểm tra lại",
    "desk_drafting.take_submission": "Nộp báo cáo", "desk_typing.begin_table": "Mở bảng trên màn hình",
    "desk_kept.enter_paper": "Ghi là đã ban hành", "desk_kept.add_file": "Thêm vào hồ sơ",
    "desk_kept.correct_report": "Lập bản sửa", "desk_past.take_past": "Nhập vào kho",
    "pages.take_workbook": "Lập báo cáo",
}  # fmt: skip
_APPROVAL, _PART, _OTHER = "desk_kept.take_approval", "desk_typing.take_part", "điều vừa gửi"


@dataclass(frozen=True, slots=True)
class Act:
    """What is done ("Duyệt báo cáo") and to what; ``report`` is "" where it may not be seen."""

    title: str
    report: str = ""


def act_of(form: Form) -> Act:
    """Return what sending a form on does."""
    try:
        matched = current_app.create_url_adapter(request)
        endpoint, named = matched.match(form.path, method="POST") if matched else ("", {})
    except HTTPException:
        return Act(_OTHER)
    fields = dict(form.fields)
    title = _ACTS.get(endpoint, _OTHER)
    if endpoint == _APPROVAL:
        title = "Trả lại để sửa" if fields.get("action") == "return" else "Duyệt báo cáo"
    if endpoint == _PART:
        title = "Ghi một phần của bảng"
    with suppress(ArchiveFault, RefusedRequest):
        report = _report(named, fields)
        if report and endpoint == _PART:
            title = f"Ghi phần «{_part(named['draft_id'], named['part_id'])}»"
        return Act(title, report)
    return Act(title)


def _report(named: Mapping[str, Any], fields: Mapping[str, str]) -> str:
    """The kind, period and unit of the report, "" where there is none that the actor may see."""
    archive, right = the_archive(), READ
    unit: Unit | None
    with archive.database.reading() as connection:
        if "draft_id" in named:
            draft = draft_at(connection, named["draft_id"])
            unit, kind, period = draft.unit, draft.kind, draft.period
        elif "report_id" in named:
            record = archive.record(named["report_id"])
            unit = unit_of_report(connection, record.id)
            kind, period = record.kind, record.period
        else:
            unit, right = unit_at(connection, fields.get("unit", "")), SUBMIT
            kind, period = fields.get("kind", ""), fields.get("period", "")
    if unit is None or not actor().may(right, unit.path):
        return ""
    return f"{kind_named(kind).title}, {say_period(period)}, {unit.full_name}"


def _part(draft_id: str, part_id: str) -> str:
    """The title of a table's part; a line of one by its number."""
    with the_archive().database.reading() as connection:
        draft = draft_at(connection, draft_id)
        source = source_of(connection, draft, who())
    parts = table_parts(source, kind_named(draft.kind)) if source else ()
    line = part_id.replace("dong-", "dòng ")
    return next((one.title for one in parts if one.id == part_id), line)
