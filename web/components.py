"""What the OpenAPI document's routes share: parameters, bodies, headers, schemas, examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive.telling import STATES
from generators.pipeline import schema_of
from web.catalogue import offered_kinds
from web.described import DOCX, JSON, XLSX
from web.shapes import PaperAsked

Schema = Mapping[str, Any]
SCHEMAS = "#/components/schemas/{model}"
_TEXT: Schema = {"type": "string"}
_BYTES: Schema = {"type": "string", "format": "binary"}
_WORKBOOKS = (
    XLSX, "application/vnd.ms-excel", "application/vnd.oasis.opendocument.spreadsheet",
    "application/octet-stream",
)  # fmt: skip

SAMPLE: Mapping[str, Any] = {
    "kind": "ban-tin-6-thang",
    "period": {"id": "2020S1"},
    "org_unit": {"name": "phường Phúc Lợi", "within": ["quận Long Biên", "thành phố Hà Nội"]},
    "lines": [{"code": "qua_tet", "giver": "Chủ tịch nước", "value": 249, "amount": 51200000}],
}

_QUERY: Mapping[str, tuple[str, Schema]] = {
    "kind": ("The kind of report that is expected.", _TEXT),
    "by": ("The person who acts, or acknowledges warnings, where a key calls for one.", _TEXT),
    "draft": ("The draft, in spite of errors.", {"type": "string", "enum": ["true", "false"]}),
    "format": ("Which form of the document.", {"type": "string", "enum": ["docx", "pdf"], "default": "docx"}),
    "form": ("nd30: an administrative document; ban-tin: a bulletin, without number and signer.",
             {"type": "string", "enum": ["nd30", "ban-tin"], "default": "nd30"}),
    "pdf": ("Keep its PDF with it.", {"type": "string", "enum": ["true", "false"]}),
    "figure": ("The id of one figure.", _TEXT),
    "replaces": ("The id of the version that this one corrects.", _TEXT),
    "role": ("What the file is in the dossier.", _TEXT),
    "words": ("Words of the report, with or without diacritics.", _TEXT),
    "unit": ("The unit's name.", _TEXT),
    "period": ("The period's id.", _TEXT),
    "within": ("What the unit lies in, the nearest first; may be repeated.",
               {"type": "array", "items": {"type": "string"}}),
    "number": ("The paper's number.", _TEXT),
    "signer": ("Who signed.", _TEXT),
    "state": ("The report's state.", {"type": "string", "enum": list(STATES)}),
    "least": ("The least value of the figure.", {"type": "number"}),
    "most": ("The greatest value of the figure.", {"type": "number"}),
    "limit": ("How many at most.", {"type": "integer", "minimum": 1, "maximum": 200, "default": 20}),
    "after": ("The cursor that the page before gave as next.", _TEXT),
}  # fmt: skip
_IN_HEADER: Mapping[str, tuple[str, Schema]] = {
    "X-Request-Id": ("The request's id in your system; every answer and the log repeat it.",
                     {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"}),
    "If-None-Match": ("The ETag you have; 304 where nothing changed.", _TEXT),
    "If-Match": ("The ETag you read; 412 where something changed since.", _TEXT),
    "Idempotency-Key": ("The same key and body again are answered as the first time; nothing is done twice.",
                        {"type": "string", "minLength": 1, "maxLength": 255}),
    "Prefer": ("respond-async: 202 and a job instead of waiting.",
               {"type": "string", "enum": ["respond-async"]}),
}  # fmt: skip
_OF_ANSWERS: Mapping[str, tuple[str, Schema]] = {
    "X-Request-Id": ("The request's id.", _TEXT),
    "ETag": ("Changes when what is told changes.", _TEXT),
    "Location": ("Where it is.", _TEXT),
    "Content-Disposition": ("The file's name.", _TEXT),
    "X-Findings": ("How many findings there are.", {"type": "integer"}),
    "X-Unacknowledged": ("How many warnings are open.", {"type": "integer"}),
    "Retry-After": ("Seconds to wait.", {"type": "integer"}),
    "WWW-Authenticate": ("How to say who calls.", _TEXT),
    "Idempotency-Replayed": ("true where this answer was given before.", _TEXT),
}  # fmt: skip


def parameters() -> Mapping[str, Schema]:
    """Return every parameter by its name in the components."""
    found = {}
    for place, named in (("query", _QUERY), ("header", _IN_HEADER)):
        for name, (meaning, schema) in named.items():
            found[name] = {"name": name, "in": place, "description": meaning, "schema": schema}
    return found


def headers() -> Mapping[str, Schema]:
    """Return every header of answers."""
    return {name: {"description": meaning, "schema": schema}
            for name, (meaning, schema) in _OF_ANSWERS.items()}  # fmt: skip


def bodies() -> Mapping[str, Schema]:
    """Return every request body by the name that routes take it by."""
    data = {JSON: {"schema": {"$ref": SCHEMAS.format(model="Payload")}, "example": SAMPLE},
            **{media: {"schema": _BYTES} for media in _WORKBOOKS},
            "multipart/form-data": {"schema": _parts(
                {"file": _BYTES, "pictures": {"type": "array", "items": _BYTES}, "kind": _TEXT,
                 "by": _TEXT}, "file")}}  # fmt: skip
    file = {"multipart/form-data": {"schema": _parts(
        {"file": _BYTES, "role": _TEXT, "by": _TEXT}, "file", "role")}}  # fmt: skip
    paper = {JSON: {"schema": {"$ref": SCHEMAS.format(model=PaperAsked.__name__)},
                    "example": {"number": "34", "notation": "BC-UBND", "date": "2020-08-03"}}}  # fmt: skip
    reason = {JSON: {"schema": {"type": "object", "properties": {"reason": _TEXT}, "required": ["reason"]},
                     "example": {"reason": "Thiếu số liệu quà Tết của phường."}}}  # fmt: skip
    return {
        "reason": {"required": True, "content": reason},
        "data": {"required": True, "content": data,
                 "description": "A period's data: JSON of version 1, or the workbook."},
        "attachment": {"required": True, "content": file},
        "word": {"required": True, "description": "A Word document (.docx).", "content": {
            DOCX: {"schema": _BYTES}, "application/octet-stream": {"schema": _BYTES},
            "multipart/form-data": {"schema": _parts({"file": _BYTES}, "file")}}},
        "paper": {"required": True, "content": paper},
    }  # fmt: skip


def schemas(shapes: set[Any]) -> Mapping[str, Schema]:
    """Return the JSON Schemas of `shapes`, of all they hold, and of the payload."""
    from pydantic import TypeAdapter

    adapters = [(shape, "serialization", TypeAdapter(shape)) for shape in {*shapes, PaperAsked}]
    _, told = TypeAdapter.json_schemas(adapters, ref_template=SCHEMAS)  # type: ignore[arg-type]
    return {**told["$defs"], **_payload()}


def _payload() -> Mapping[str, Schema]:
    kinds = offered_kinds()
    whole = _moved(dict(schema_of(kinds[0])))
    own = whole.pop("$defs")
    whole["properties"]["kind"] = {"enum": [kind.id for kind in kinds], "type": "string"}
    return {**own, "Payload": whole}


def _moved(schema: Any) -> Any:
    """Return a schema whose references lead into the components."""
    if isinstance(schema, dict):
        moved = {key: _moved(value) for key, value in schema.items() if key != "$schema"}
        if "$ref" in moved:
            moved["$ref"] = SCHEMAS.format(model=moved["$ref"].rpartition("/")[2])
        return moved
    return [_moved(one) for one in schema] if isinstance(schema, list) else schema


def _parts(properties: Mapping[str, Schema], *required: str) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required)}
