"""The archive over HTTP: reports are kept, found, read, issued, added to; never overwritten."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Blueprint, Response, request, url_for

from access.rights import ISSUE, READ, SUBMIT
from access.units import keys_below
from archive.records import DOCUMENT, INPUT, FileRef, KeptFile, Paper, Record
from archive.searching import MOST, Query, search
from archive.telling import figures_told, file_told, record_told
from desk.steps import issue, submit
from generators.explaining import explain, explanations_record, say_explanation
from generators.model import ERROR, Finding
from generators.pipeline import read_trace
from generators.wire import sendable
from web import pdf, shapes
from web.access import needs, paths_to_read, unit_in_reach, who
from web.answers import ask_whether_unchanged, json_answer
from web.described import ANY, DOCX, JSON, SAME, TEXT, Given, described, file, files, told
from web.downloads import PDF, attachment
from web.examining import examine_here
from web.later import LATER, may_be_later
from web.once import once
from web.problems import Problem, RefusedRequest, gate_problem, refuse
from web.shelf import the_archive
from web.uploads import read_upload

routes = Blueprint("reports", __name__, url_prefix="/api/v1/reports")
_EXPLANATIONS = ("application/json", "text/plain")
_PAGE = 20
_ASKED = ("words", "unit", "period", "kind", "number", "signer", "state", "figure")


@routes.post("")
@needs(SUBMIT)
@described(
    gives={201: told(shapes.ReportTold, "It is kept.", "Location"), 202: LATER,
           200: told(shapes.ReportTold, "The same is kept already.", "Location")},
    fails=(400, 404, 409, 413, 415, 422, 501, 504), asks=("kind", "by", "replaces", "pdf"), takes="data",
)  # fmt: skip
@once
@may_be_later
def keep_report() -> Response:
    """Keep a report that may be issued: 201 and its record, 200 where it is kept already.

    With ?pdf=true its PDF is kept with it.
    """
    source = read_upload()
    examined = examine_here(source)
    if examined.data:
        unit_in_reach(SUBMIT, examined.data.org_unit)
    if not examined.may_be_issued:
        raise RefusedRequest(gate_problem(examined))
    archive = the_archive()
    replaces = request.args.get("replaces", "")
    record, is_new = submit(archive, source, examined, who(), replaces)
    if request.args.get("pdf") == "true":
        record = pdf.keep_pdf(archive, record, who(), pdf.the_converter())
    response = json_answer(report_told(record), 201 if is_new else 200)
    response.headers["Location"] = url_for("reports.tell_report", report_id=record.id)
    return response


@routes.get("")
@needs(READ)
@described(
    gives={200: told(shapes.FoundPage, "A page.", "ETag"), 304: SAME},
    fails=(400, 422), asks=(*_ASKED, "least", "most", "limit", "after"),
)  # fmt: skip
def find_reports() -> Response:
    """Find reports by unit, period, kind, number, signer, words, or a figure's value."""
    asked = {name: request.args.get(name, "") for name in _ASKED}
    query = Query(**asked, least=_number("least"), most=_number("most"))
    limit = _page_size()
    own = keys_below(paths_to_read())
    found = search(the_archive(), query, limit, request.args.get("after", ""), own)
    body = {"reports": [{
        "id": one.id, "version": one.version, "state": one.state, "kind": one.kind,
        "period": one.period, "org_unit": {"name": one.unit, "within": list(one.within)},
        "number": one.paper.number, "exact": one.exact, "figures": figures_told(one.figures),
        "links": {"self": url_for("reports.tell_report", report_id=one.id)},
    } for one in found], "next": found[-1].cursor if len(found) == limit else None}  # fmt: skip
    return json_answer(body)


@routes.get("/<report_id>")
@needs(READ)
@described(gives={200: told(shapes.ReportTold, "The record.", "ETag"), 304: SAME}, fails=(404,))
def tell_report(report_id: str) -> Response:
    """Tell a report's record; its ETag changes with what is added to it."""
    return json_answer(report_told(the_archive().record(report_id)))


@routes.get("/<report_id>/versions")
@needs(READ)
@described(
    gives={200: told(shapes.VersionsTold, "All versions.", "ETag"), 304: SAME}, fails=(404,)
)
def tell_versions(report_id: str) -> Response:
    """Tell all versions of a report, the first one first."""
    return json_answer(
        {"versions": [report_told(one) for one in the_archive().versions(report_id)]}
    )


@routes.get("/<report_id>/document")
@needs(READ)
@described(
    gives={200: files((DOCX, PDF), "The document.", "ETag"), 304: SAME},
    fails=(400, 404),
    asks=("format",),
)
def send_document(report_id: str) -> Response:
    """Send the .docx as it was kept, or with ?format=pdf its PDF."""
    if pdf.form_asked() == pdf.DOCX_FORMAT:
        return _file(report_id, DOCUMENT)
    record = the_archive().record(report_id)
    data = pdf.pdf_of_kept(the_archive(), record, pdf.the_converter())
    return attachment(data, PDF, pdf.pdf_name(record.file(DOCUMENT).name))


@routes.get("/<report_id>/input")
@needs(READ)
@described(gives={200: file(ANY, "The input.", "ETag"), 304: SAME}, fails=(404,))
def send_input(report_id: str) -> Response:
    """Send the input as it was received."""
    return _file(report_id, INPUT)


@routes.get("/<report_id>/figures")
@needs(READ)
@described(
    gives={200: told(shapes.KeptFigures, "All figures.", "ETag"), 304: SAME}, fails=(404,)
)
def tell_figures(report_id: str) -> Response:
    """Tell the figures as they were kept."""
    archive = the_archive()
    archive.record(report_id)
    return json_answer({"figures": figures_told(archive.figures(report_id).values())})


@routes.get("/<report_id>/figures/<path:figure_id>")
@needs(READ)
@described(
    gives={200: Given("How it was made.", {JSON: shapes.ExplanationsTold, TEXT: str}, ("ETag",)),
           304: SAME},
    fails=(404,),
)  # fmt: skip
def explain_figure(report_id: str, figure_id: str) -> Response:
    """Explain one figure out of the trace that the kept document carries."""
    archive = the_archive()
    record = archive.record(report_id)
    trace = read_trace(archive.read(record.file(DOCUMENT)))
    known = {figure.id: figure for figure in trace.figures} if trace else {}
    if trace is None or figure_id not in known:
        message = f"Báo cáo không in số nào mang mã «{figure_id[:80]}»."
        remedy = f"Hãy xem các mã tại {url_for('reports.tell_figures', report_id=report_id)}."
        raise refuse(404, Finding("figure.unknown", ERROR, "figure", message, remedy))
    made = explain(figure_id, known, trace.origin)
    if request.accept_mimetypes.best_match(_EXPLANATIONS) == "text/plain":
        return Response(
            sendable(say_explanation(made)), content_type="text/plain; charset=utf-8"
        )
    return json_answer(explanations_record([made], trace.origin))


@routes.post("/<report_id>/issue")
@needs(ISSUE)
@described(
    gives={200: told(shapes.ReportTold, "The record, issued.")},
    fails=(404, 409, 412, 422), asks=("by",), takes="paper",
)  # fmt: skip
@once
def issue_report(report_id: str) -> Response:
    """Enter the number, day and signer that the report was issued with."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise _unclear("Hãy gửi JSON: number, notation, date, signer, subject.")
    record = the_archive().record(report_id)
    ask_whether_unchanged(report_told(record))
    return json_answer(
        report_told(issue(the_archive(), report_id, _paper(body, record), who()))
    )


@routes.get("/<report_id>/attachments")
@needs(READ)
@described(
    gives={200: told(shapes.AttachmentsTold, "All files.", "ETag"), 304: SAME}, fails=(404,)
)
def list_attachments(report_id: str) -> Response:
    """List every file of the report's dossier."""
    return json_answer({"attachments": [_file_told(report_id, n, ref) for n, ref
                                  in enumerate(the_archive().record(report_id).files)]})  # fmt: skip


@routes.post("/<report_id>/attachments")
@needs(SUBMIT)
@described(
    gives={201: told(shapes.AttachmentTold, "It is kept.", "Location")},
    fails=(404, 412, 422), asks=("by",), takes="attachment",
)  # fmt: skip
@once
def add_attachment(report_id: str) -> Response:
    """Add a file to the dossier: the signed paper, one that came back, an original."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise _unclear("Hãy gửi tệp trong phần «file», và vai trò trong phần «role».")
    if request.if_match:
        ask_whether_unchanged(report_told(the_archive().record(report_id)))
    role = request.form.get("role") or request.args.get("role", "")
    kept = KeptFile(
        role, file.filename, file.mimetype or "application/octet-stream", file.read()
    )
    record = the_archive().attach(report_id, kept, who())
    number = len(record.files) - 1
    response = json_answer(_file_told(report_id, number, record.files[-1]), 201)
    response.headers["Location"] = url_for(
        "reports.send_attachment", report_id=report_id, number=number
    )
    return response


@routes.get("/<report_id>/attachments/<int:number>")
@needs(READ)
@described(gives={200: file(ANY, "The file.", "ETag"), 304: SAME}, fails=(404,))
def send_attachment(report_id: str, number: int) -> Response:
    """Send one file of the dossier by its place."""
    files = the_archive().record(report_id).files
    if number >= len(files):
        raise RefusedRequest(Problem(404, f"Hồ sơ có {len(files)} tệp, đánh số từ 0."))
    return _sent(files[number])


# ---------------------------------------------------------------- what is asked


def _page_size() -> int:
    typed = request.args.get("limit", "").strip() or str(_PAGE)
    if not re.fullmatch("[0-9]{1,3}", typed) or not 1 <= int(typed) <= MOST:
        raise _unclear(f"limit là một số từ 1 đến {MOST}.")
    return int(typed)


def _number(name: str) -> Decimal | None:
    typed = request.args.get(name, "").strip()
    try:
        number = Decimal(typed) if typed else None
    except InvalidOperation:
        number = Decimal("NaN")
    if number is not None and not number.is_finite():
        raise _unclear("Hãy ghi một số, ví dụ 633200000.")
    return number


def _paper(body: dict[str, Any], record: Record) -> Paper:
    signer = body.get("signer") if isinstance(body.get("signer"), dict) else {}
    known = record.paper
    texts = {"number": body.get("number", ""), "notation": body.get("notation", ""),
             "subject": body.get("subject", known.subject),
             "signer_title": (signer or {}).get("title", known.signer_title),
             "signer_name": (signer or {}).get("name", known.signer_name)}  # fmt: skip
    if not all(isinstance(text, str) for text in texts.values()):
        raise _unclear("number, notation, subject, signer.title, signer.name là chữ.")
    return Paper(**texts, issued_on=_day(body.get("date")))


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        raise _unclear("Hãy ghi ngày dạng 2020-08-03.") from None


def _unclear(remedy: str) -> RefusedRequest:
    return RefusedRequest(Problem(400, f"Yêu cầu chưa rõ. {remedy}"))


# ---------------------------------------------------------------- what is answered


def report_told(record: Record) -> dict[str, Any]:
    """Return a report's record and where the rest of it is."""
    names = ("document", "figures", "input", "versions", "attachments", "steps")
    own = url_for("reports.tell_report", report_id=record.id)
    return {
        **record_told(record),
        "links": {"self": own} | {n: f"{own}/{n}" for n in names},
    }


def _file_told(report_id: str, number: int, ref: FileRef) -> dict[str, Any]:
    link = url_for("reports.send_attachment", report_id=report_id, number=number)
    return {**file_told(ref), "links": {"self": link}}


def _file(report_id: str, role: str) -> Response:
    return _sent(the_archive().record(report_id).file(role))


def _sent(ref: FileRef) -> Response:
    """A kept file, hashed anew before it leaves; never shown by a browser in our name."""
    response = attachment(the_archive().read(ref), ref.media_type, ref.name)
    response.set_etag(ref.sha256)
    response.make_conditional(request)
    return response
