"""A kept report's pages: what it says, how a number was made, its paper and dossier, the portal's text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from access.rights import APPROVE, ISSUE, READ, SUBMIT
from archive.issued_figures import figures_in
from archive.records import (
    ATTACHED,
    DOCUMENT,
    FIGURES,
    IMPORTED,
    INPUT,
    ArchiveFault,
    Conflict,
    KeptFile,
    Paper,
    Record,
)
from archive.telling import say_change
from desk.correcting import HalfMade, begin_correction
from desk.steps import approve, issue, return_, steps
from generators.explaining import explain, say_figure
from generators.model import Figure, OrgUnit
from generators.origins import Origin
from generators.pipeline import as_portal_text, read_trace
from web.access import has_in_reach, needs, who
from web.desk.page import page, read_day, say_size
from web.desk.rows import rows_of
from web.downloads import attachment
from web.problems import Problem, RefusedRequest
from web.shelf import the_archive

routes = Blueprint("desk_kept", __name__, url_prefix="/archive/<report_id>")
ROLES = {
    "signed": "Bản đã ký", "returned": "Bản Word gửi trả", "original": "Bản gốc của nơi cung cấp số liệu",
    "request": "Văn bản yêu cầu báo cáo", "pdf": "PDF", "other": "Tài liệu khác",
}  # fmt: skip
PARTS = {
    **ROLES, "input": "Tệp số liệu", "document": "Văn bản Word", "picture": "Ảnh", "data": "Dữ liệu đã đọc",
    "figures": "Số liệu", "findings": "Điều đã xác nhận", "template": "Mẫu văn bản", "kind": "Loại báo cáo",
    "rules": "Định mức, từ ngữ, cơ quan", "past": "Số cùng kỳ đã dùng",
}  # fmt: skip
_PICTURES = {"png": "image/png", "jpg": "image/jpeg"}


@routes.get("")
@needs(READ)
def show_report(report_id: str) -> Response:
    """Show a report: where it stands, its files, its figures, its versions."""
    return _shown(report_id)


def _shown(report_id: str, status: int = 200, **told: Any) -> Response:
    archive = the_archive()
    record = archive.record(report_id)
    figures = figures_in(archive.read(record.file(FIGURES)))
    files = list(enumerate(record.files))
    return page("kept.html", status, record=record, rows=rows_of(figures.values()), files=files,
                versions=archive.versions(report_id), roles=ROLES, names=PARTS, typed=request.form,
                has_document=_has_document(record), paper=_paper(record), how=_how(record), say_size=say_size,
                steps=steps(archive, report_id), say_change=say_change, may=_may(record), **told)  # fmt: skip


def _paper(record: Record) -> str:
    """The address of its pages, "" where it has no document."""
    if not _has_document(record):
        return ""
    return url_for("desk_preview.show_pages", report_id=record.id)


def _how(record: Record) -> Callable[[str], str] | None:
    """The address at which a figure is explained; None where only its number was imported."""
    if record.state == IMPORTED:
        return None
    return lambda figure: url_for(
        "desk_kept.show_explanation", report_id=record.id, figure_id=figure
    )


def _may(record: Record) -> dict[str, bool]:
    """What the actor may do with this report at its unit."""
    told = OrgUnit(record.unit, record.within)
    return {right: has_in_reach((right,), told) for right in (APPROVE, ISSUE, SUBMIT)}


def _origin(record: Record) -> Origin:
    """The file that a report's data came in, with what was corrected on screen."""
    trace = read_trace(_document(record)) if _has_document(record) else None
    ref = record.file(INPUT)
    return trace.origin if trace else Origin(ref.name, ref.sha256)


def _has_document(record: Record) -> bool:
    return record.state != IMPORTED and any(ref.role == DOCUMENT for ref in record.files)


@routes.get("/how/<path:figure_id>")
@needs(READ)
def show_explanation(report_id: str, figure_id: str) -> Response:
    """Show how a number was made: its rule, what it was made of, down to the file that it came in."""
    archive = the_archive()
    record = archive.record(report_id)
    known = figures_in(archive.read(record.file(FIGURES)))
    if figure_id not in known:
        raise RefusedRequest(Problem(404, "Báo cáo không có số này."))
    told = explain(figure_id, known, _origin(record))
    back = url_for("desk_kept.show_report", report_id=report_id)
    return page("how.html", told=told, back=back, paper=_paper(record), found=[])


@routes.post("/paper")
@needs(ISSUE)
def enter_paper(report_id: str) -> AnyResponse:
    """Enter the number, day and signer that văn thư has given; show again what was refused."""
    typed = {name: request.form.get(name, "").strip() for name in
             ("number", "notation", "signer_title", "signer_name")}  # fmt: skip
    try:
        paper = Paper(**typed, issued_on=read_day(request.form.get("date", "")))
        issue(the_archive(), report_id, paper, who())
    except (ArchiveFault, ValueError) as fault:
        return _shown(report_id, 422, fault=str(fault), faulty="paper")
    return redirect(url_for("desk_kept.show_report", report_id=report_id), 303)


@routes.post("/dossier")
@needs(SUBMIT)
def add_file(report_id: str) -> AnyResponse:
    """Add a file to the dossier: the signed paper, a supplier's original, the request."""
    file, role = request.files.get("file"), request.form.get("role", "")
    if file is None or not file.filename or role not in ATTACHED:
        fault = "Hãy chọn tệp và nói rõ đó là tệp gì."
        return _shown(report_id, 422, fault=fault, faulty="dossier")
    kept = KeptFile(
        role, file.filename, file.mimetype or "application/octet-stream", file.read()
    )
    try:
        the_archive().attach(report_id, kept, who())
    except ArchiveFault as fault_:
        return _shown(report_id, 422, fault=str(fault_), faulty="dossier")
    return redirect(url_for("desk_kept.show_report", report_id=report_id, _anchor="ho-so"), 303)


@routes.post("/correction")
@needs(SUBMIT)
def correct_report(report_id: str) -> AnyResponse:
    """Open the draft in which an issued report is corrected, and go to it."""
    try:
        over = request.form.get("over", 0, type=int)
        draft = begin_correction(the_archive(), report_id, who(), over)
    except HalfMade as other:
        return _shown(report_id, 409, fault=str(other), faulty="sua", over=other.version)
    except Conflict as conflict:
        return _shown(report_id, 409, fault=str(conflict), faulty="cac-ban")
    return redirect(url_for("desk_drafting.show_draft", draft_id=draft.id), 303)


@routes.post("/approval")
@needs(APPROVE)
def take_approval(report_id: str) -> AnyResponse:
    """Approve a submitted report, or return it for mending with a reason."""
    reason = request.form.get("reason", "").strip()
    try:
        if request.form.get("action") == "return":
            return_(the_archive(), report_id, reason, who())
        else:
            approve(the_archive(), report_id, who())
    except ArchiveFault as fault:
        return _shown(report_id, 422, fault=str(fault), faulty="duyet")
    return redirect(url_for("desk_kept.show_report", report_id=report_id), 303)


# ---------------------------------------------------------------- for the portal


@routes.get("/portal")
@needs(READ)
def show_portal_text(report_id: str) -> Response:
    """Show the report as HTML to paste into the ward's portal, with its pictures to take along."""
    record = the_archive().record(report_id)
    return page("portal.html", record=record, text=as_portal_text(_document(record)))


@routes.get("/portal/<name>")
@needs(READ)
def send_portal_picture(report_id: str, name: str) -> Response:
    """Send one picture of the portal's text."""
    pictures = as_portal_text(_document(the_archive().record(report_id))).pictures
    ending = name.rpartition(".")[2]
    if name not in pictures or ending not in _PICTURES:
        raise RefusedRequest(Problem(404, "Văn bản không có ảnh này."))
    return attachment(pictures[name], _PICTURES[ending], name)


# ---------------------------------------------------------------- two versions


@routes.get("/compare/<other_id>")
@needs(READ)
def compare(report_id: str, other_id: str) -> Response:
    """Show the figures of two versions of one report side by side."""
    archive = the_archive()
    known = {one.id: one for one in archive.versions(report_id)}
    if other_id not in known:
        raise RefusedRequest(
            Problem(404, "Hai báo cáo không phải hai bản của cùng một báo cáo.")
        )
    first, second = sorted((known[report_id], known[other_id]), key=lambda one: one.version)
    before, after = (figures_in(archive.read(one.file(FIGURES))) for one in (first, second))
    pairs = [_pair(before.get(id_), after.get(id_)) for id_ in {**before, **after}]
    return page("compare.html", first=first, second=second, pairs=pairs)


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure as two versions tell it, "" where one does not."""

    label: str
    before: str
    after: str
    same: bool


def _pair(one: Figure | None, other: Figure | None) -> Pair:
    told = one or other
    before, after = (say_figure(each) if each else "" for each in (one, other))
    same = bool(one and other) and before == after
    return Pair(told.label if told else "", before, after, same)


def _document(record: Record) -> bytes:
    if not _has_document(record):
        raise RefusedRequest(Problem(404, "Báo cáo nhập từ bản cũ không có văn bản."))
    return the_archive().read(record.file(DOCUMENT))
