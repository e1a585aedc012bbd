"""The HTTP API, version 1: kinds, their forms and schemas, checks, explanations, documents."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request, url_for

from generators.explaining import (
    explain,
    explanations_record,
    find_figures,
    near_figures,
    say_explanation,
)
from generators.kinds import ReportKind
from generators.model import ERROR, Finding
from generators.pipeline import (
    Examined,
    generate,
    generate_draft,
    make_form,
    schema_of,
)
from generators.wire import check_record, sendable
from web import pdf, shapes
from web.access import SIGNED_IN, needs
from web.answers import json_answer
from web.catalogue import kind_named, offered_kinds
from web.described import DOCX, JSON, SAME, TEXT, Given, described, file, files, told
from web.downloads import PDF, XLSX, attachment, document_attachment, document_name, draft_name
from web.examining import examine_here
from web.later import LATER, may_be_later
from web.problems import RefusedRequest, findings_problem, refuse
from web.uploads import read_upload

routes = Blueprint("api", __name__)
_SCHEMA = "application/schema+json; charset=utf-8"
_OF_DATA = (400, 404, 413, 415, 422)
_EXPLANATIONS = ("application/json", "text/plain")


@routes.get("/api/v1/kinds")
@needs(SIGNED_IN)
@described(gives={200: told(shapes.KindsTold, "All kinds.", "ETag"), 304: SAME})
def list_offered() -> Response:
    """List the kinds of report, each with where its form and its schema are."""
    return json_answer({"kinds": [_kind_record(kind) for kind in offered_kinds()]})


@routes.get("/api/v1/kinds/<kind_id>/form.xlsx")
@needs(SIGNED_IN)
@described(gives={200: file(XLSX, "The workbook.")}, fails=(404,))
def send_form(kind_id: str) -> Response:
    """Send the blank workbook of a kind."""
    kind = kind_named(kind_id)
    return attachment(make_form(kind), XLSX, f"bieu-{kind.id}.xlsx")


@routes.get("/api/v1/kinds/<kind_id>/schema")
@needs(SIGNED_IN)
@described(
    gives={
        200: Given("JSON Schema 2020-12.", {"application/schema+json": dict}, ("ETag",)),
        304: SAME,
    },
    fails=(404,),
)
def send_schema(kind_id: str) -> Response:
    """Send the JSON Schema of a kind's payload."""
    return json_answer(schema_of(kind_named(kind_id)), content_type=_SCHEMA)


@routes.post("/api/v1/checks")
@needs(SIGNED_IN)
@described(
    gives={200: told(shapes.CheckTold, "What was found."), 202: LATER},
    fails=_OF_DATA, asks=("kind", "by"), takes="data",
)  # fmt: skip
@may_be_later
def check_upload() -> Response:
    """Answer with all figures and findings; errors among them are no error of the request."""
    examined = examine_here(read_upload())
    if examined.unreadable:
        raise RefusedRequest(findings_problem(examined))
    return json_answer(check_record(examined))


@routes.post("/api/v1/explanations")
@needs(SIGNED_IN)
@described(
    gives={200: Given("How it was made.", {JSON: shapes.ExplanationsTold, TEXT: str}), 202: LATER},
    fails=_OF_DATA, asks=("kind", "by", "figure"), takes="data",
)  # fmt: skip
@may_be_later
def explain_upload() -> Response:
    """Answer how one figure, by its id, label or printed words, or each of them, was made."""
    examined = examine_here(read_upload())
    if examined.data is None:
        raise RefusedRequest(findings_problem(examined))
    asked = request.args.get("figure", "")
    figures = find_figures(asked, examined.figures) if asked else examined.figures.values()
    if asked and not figures:
        raise _no_figure(asked, examined)
    made = [explain(figure.id, examined.figures, examined.origin) for figure in figures]
    if request.accept_mimetypes.best_match(_EXPLANATIONS) == "text/plain":
        text = "\n".join(say_explanation(one) for one in made)
        return Response(sendable(text), content_type="text/plain; charset=utf-8")
    return json_answer(explanations_record(made, examined.origin))


@routes.post("/api/v1/documents")
@needs(SIGNED_IN)
@described(
    gives={200: files((DOCX, PDF), "The document.", "X-Findings", "X-Unacknowledged"), 202: LATER},
    fails=(*_OF_DATA, 501, 504), asks=("kind", "by", "draft", "format"), takes="data",
)  # fmt: skip
@may_be_later
def make_document() -> Response:
    """Answer with the .docx or its PDF, or with ?draft=true its draft; nothing is kept."""
    form = pdf.form_asked()
    examined = examine_here(read_upload())
    if request.args.get("draft") == "true" and examined.data is not None:
        return _document(generate_draft(examined), draft_name(examined), form, examined)
    if examined.stopped:
        raise RefusedRequest(findings_problem(examined))
    return _document(generate(examined), document_name(examined), form, examined)


def _document(document: bytes, name: str, form: str, examined: Examined) -> Response:
    if form == pdf.PDF_FORMAT:
        document, name = pdf.the_converter().convert(document), pdf.pdf_name(name)
    return document_attachment(document, name, examined)


def _no_figure(asked: str, examined: Examined) -> RefusedRequest:
    near = ", ".join(figure.id for figure in near_figures(asked, examined.figures))
    remedy = f"Có phải: {near}?" if near else "Hãy gửi tới /api/v1/checks để xem mọi mã."
    message = f"Không có số nào mang mã «{asked[:80]}»."
    return refuse(404, Finding("figure.unknown", ERROR, "figure", message, remedy))


def _kind_record(kind: ReportKind) -> dict[str, Any]:
    return {
        "id": kind.id,
        "title": kind.title,
        "periods": list(kind.periods),
        "links": {
            "form": url_for("api.send_form", kind_id=kind.id),
            "schema": url_for("api.send_schema", kind_id=kind.id),
        },
    }
