"""Files as answers: their type, their name, their header."""

from __future__ import annotations

import re
from urllib.parse import quote

from flask import Response

from generators.folding import slug
from generators.pipeline import Examined

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
OCTETS = "application/octet-stream"
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+\Z")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")
_LONGEST_UNIT = 60


def attachment(data: bytes, mimetype: str, name: str) -> Response:
    """Return `data` as a file to be kept under `name`, never to be shown in the browser."""
    response = Response(data, mimetype=mimetype if _MEDIA_TYPE.match(mimetype) else OCTETS)
    stem, dot, suffix = name.rpartition(".")
    bare = slug(stem or suffix) + (dot + slug(suffix) if stem else "")
    plain = name if _PLAIN.match(name) else bare
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Disposition"] = disposition
    return response


def document_attachment(document: bytes, name: str, examined: Examined) -> Response:
    """Return the report as a file; X-Findings and X-Unacknowledged count what was found, is open."""
    response = attachment(document, PDF if name.endswith(".pdf") else DOCX, name)
    counts = {"X-Findings": len(examined.findings), "X-Unacknowledged": len(examined.open)}
    response.headers.update({name: str(count) for name, count in counts.items() if count})
    return response


def draft_name(examined: Examined) -> str:
    """Return the draft's file name: ban-tin-…-2020S1-du-thao.docx."""
    return document_name(examined).removesuffix(".docx") + "-du-thao.docx"


def document_name(examined: Examined) -> str:
    """Return the report's file name: ban-tin-an-sinh-xa-hoi-phuong-phuc-loi-2020S1.docx."""
    if examined.kind is None or examined.data is None:
        raise ValueError("only a report that was read has a name")
    unit = slug(examined.data.org_unit.name)[:_LONGEST_UNIT].strip("-")
    parts = (examined.kind.file_name, unit, examined.data.period.id)
    return "-".join(part for part in parts if part) + ".docx"
