"""A draft's pages: take the form, give it back filled, see what is wrong and mend it, submit."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from access.rights import APPROVE, READ, SUBMIT
from archive.beginning import next_form
from archive.records import ArchiveFault, Conflict
from desk.drafts import Draft, Received, correct, receive, reopen
from desk.steps import submit_draft
from generators.explaining import explain
from generators.model import OrgUnit
from generators.pipeline import Examined, generate, generate_draft, make_workbook_of
from web.access import actor, needs, who
from web.catalogue import kind_named
from web.desk.mending import asked_of, typed_in
from web.desk.page import page
from web.desk.reach import draft_to_change, draft_to_read, examined_of, too_many, uploaded
from web.desk.rows import rows_of
from web.desk.sheets import on_paper
from web.downloads import XLSX, attachment, document_attachment, document_name, draft_name
from web.problems import Problem, RefusedRequest
from web.shelf import the_archive
from web.telling import group_findings

routes = Blueprint("desk_drafting", __name__, url_prefix="/desk/<draft_id>")


@routes.get("")
@needs(READ)
def show_draft(draft_id: str) -> Response:
    """Show a draft: what to do next, what is found in it, its figures."""
    return _shown(draft_to_read(draft_id))


def _shown(draft: Draft, status: int = 200, **told: Any) -> Response:
    kind = kind_named(draft.kind)
    known = examined_of(draft)
    told |= {"draft": draft, "kind": kind, "received": "", "asked": [], "rows": [], "examined": None,
             "may_approve": actor().may(APPROVE, draft.unit.path),
             "may_change": draft.is_open and actor().may(SUBMIT, draft.unit.path),
             "paper": "", "how": lambda figure: url_for("desk_drafting.show_explanation",
                                                        draft_id=draft.id, figure_id=figure)}  # fmt: skip
    if known:
        source, examined = known
        told |= _paper(draft, examined)
        told |= {"received": source.name, "examined": examined, "asked": asked_of(source, examined),
                 "rows": rows_of(examined.figures.values())}  # fmt: skip
    return page("draft.html", status, **told)


def _paper(draft: Draft, examined: Examined) -> dict[str, Any]:
    """Where the pages of a draft are, and where on them a finding stands."""
    if examined.data is None:
        return {"paper": ""}
    paper = url_for("desk_preview.show_draft_pages", draft_id=draft.id)
    return {
        "paper": paper,
        "on_paper": lambda finding: on_paper(paper, finding, examined.figures),
    }


@routes.get("/form.xlsx")
@needs(READ)
def send_form(draft_id: str) -> Response:
    """Send the form of the period, filled with names, plans and last year's figures."""
    draft = draft_to_read(draft_id)
    form = next_form(the_archive(), kind_named(draft.kind), draft.period, _unit_of(draft))
    return attachment(form, XLSX, f"bieu-{draft.kind}-{draft.period}.xlsx")


def _unit_of(draft: Draft) -> OrgUnit:
    return OrgUnit(draft.unit.name, draft.unit.within)


# ---------------------------------------------------------------- what comes in


@routes.post("/file")
@needs(SUBMIT)
def take_file(draft_id: str) -> AnyResponse:
    """Take the filled form, and the pictures that go with it."""
    file = request.files.get("file")
    draft = draft_to_change(draft_id)
    if file is None or not file.filename:
        return _shown(
            draft_to_read(draft_id), 422, fault="Hãy chọn biểu Excel đã điền.", faulty="file"
        )
    if fault := too_many("pictures"):
        return _shown(draft_to_read(draft_id), 422, fault=fault, faulty="file")
    return _received(draft, Received(file.filename, file.read()), uploaded("pictures"))


@routes.post("/paste")
@needs(SUBMIT)
def take_paste(draft_id: str) -> AnyResponse:
    """Take rows pasted from a spreadsheet, the table's head with them."""
    draft, text = draft_to_change(draft_id), request.form.get("rows", "")
    try:
        if not text.strip():
            raise ValueError("Hãy dán bảng số liệu, cả dòng tiêu đề, vào khung.")
        book = make_workbook_of(draft.kind, draft.period, _unit_of(draft), text)
    except ValueError as fault_:
        return _shown(draft_to_read(draft_id), 422, fault=str(fault_), faulty="rows")
    return _received(draft, Received("dan-tu-bang-tinh.xlsx", book), [])


def _received(draft: Draft, given: Received, pictures: list[Received]) -> AnyResponse:
    try:
        with the_archive().database.writing() as connection:
            receive(connection, reopen(connection, draft, who()), given, pictures, who())
    except Conflict as conflict:
        return _shown(draft_to_read(draft.id), 409, fault=str(conflict))
    return redirect(
        url_for("desk_drafting.show_draft", draft_id=draft.id, _anchor="ket-qua"), 303
    )


@routes.post("/mend")
@needs(SUBMIT)
def take_mending(draft_id: str) -> AnyResponse:
    """Take what was typed over cells, and the reasons why warnings may stand."""
    draft = draft_to_change(draft_id)
    known = examined_of(draft)
    if known is None:
        return redirect(url_for("desk_drafting.show_draft", draft_id=draft_id), 303)
    typed, reasons = typed_in(request.form, asked_of(*known))
    try:
        with the_archive().database.writing() as connection:
            correct(connection, draft, who(), typed, reasons)
    except Conflict as conflict:
        return _shown(draft_to_read(draft_id), 409, fault=str(conflict))
    return redirect(
        url_for("desk_drafting.show_draft", draft_id=draft_id, _anchor="ket-qua"), 303
    )


# ---------------------------------------------------------------- what goes out


@routes.post("/submit")
@needs(SUBMIT)
def take_submission(draft_id: str) -> AnyResponse:
    """Submit the draft for approval: what is kept then never changes."""
    draft = draft_to_change(draft_id)
    known = examined_of(draft)
    if known is None or not known[1].may_be_issued:
        fault = "Chưa nộp được: còn điều phải sửa hoặc chưa xác nhận."
        return _shown(draft_to_read(draft_id), 422, fault=fault, faulty="ket-qua")
    try:
        _, record = submit_draft(the_archive(), draft, *known, who())
    except ArchiveFault as fault_:
        return _shown(draft_to_read(draft_id), 422, fault=str(fault_))
    return redirect(url_for("desk_kept.show_report", report_id=record.id), 303)


@routes.get("/document")
@needs(READ)
def send_document(draft_id: str) -> Response:
    """Send the document, or its draft while something is to be mended."""
    known = examined_of(draft_to_read(draft_id))
    if known is None or known[1].data is None:
        raise RefusedRequest(Problem(404, "Chưa có số liệu đọc được để lập văn bản."))
    examined = known[1]
    if examined.stopped:
        return document_attachment(generate_draft(examined), draft_name(examined), examined)
    return document_attachment(generate(examined), document_name(examined), examined)


@routes.get("/how/<path:figure_id>")
@needs(READ)
def show_explanation(draft_id: str, figure_id: str) -> Response:
    """Show how a figure of the draft was made."""
    draft = draft_to_read(draft_id)
    known = examined_of(draft)
    if known is None or figure_id not in known[1].figures:
        raise RefusedRequest(Problem(404, "Bản đang soạn không có số này."))
    examined = known[1]
    found = [one for one in examined.findings if one.about == figure_id]
    told = explain(figure_id, examined.figures, examined.origin)
    back = url_for("desk_drafting.show_draft", draft_id=draft_id)
    paper = _paper(draft, examined)["paper"]
    return page("how.html", told=told, back=back, paper=paper, found=group_findings(found))
