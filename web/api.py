"""The HTTP API, version 1: kinds, their forms and schemas, checks, documents."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, url_for

from generators.kinds import ReportKind
from generators.pipeline import examine, generate, make_form, schema_of
from generators.wire import check_record, to_json
from web.catalogue import kind_named, offered_kinds
from web.downloads import XLSX, attachment, document_attachment
from web.problems import RefusedRequest, findings_problem
from web.uploads import read_upload

routes = Blueprint("api", __name__)


@routes.get("/healthz")
def say_health() -> Response:
    """Say that the service answers."""
    return _json({"status": "ok"})


@routes.get("/api/v1/kinds")
def list_offered() -> Response:
    """List the kinds of report, each with where its form and its schema are."""
    return _json({"kinds": [_kind_record(kind) for kind in offered_kinds()]})


@routes.get("/api/v1/kinds/<kind_id>/form.xlsx")
def send_form(kind_id: str) -> Response:
    """Send the blank workbook of a kind."""
    kind = kind_named(kind_id)
    return attachment(make_form(kind), XLSX, f"bieu-{kind.id}.xlsx")


@routes.get("/api/v1/kinds/<kind_id>/schema")
def send_schema(kind_id: str) -> Response:
    """Send the JSON Schema of a kind's payload."""
    return _json(schema_of(kind_named(kind_id)), "application/schema+json; charset=utf-8")


@routes.post("/api/v1/checks")
def check_upload() -> Response:
    """Answer with all figures and findings; errors among them are no error of the request."""
    examined = examine(read_upload())
    if examined.unreadable:
        raise RefusedRequest(findings_problem(examined))
    return _json(check_record(examined.figures, examined.findings))


@routes.post("/api/v1/documents")
def make_document() -> Response:
    """Answer with the .docx; nothing is kept."""
    examined = examine(read_upload())
    if examined.stopped:
        raise RefusedRequest(findings_problem(examined))
    return document_attachment(generate(examined), examined)


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


def _json(body: object, content_type: str = "application/json; charset=utf-8") -> Response:
    return Response(to_json(body), content_type=content_type)
