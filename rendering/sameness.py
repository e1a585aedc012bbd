"""The same document gives the same PDF: its times are the document's, its ids are made of it."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

import pikepdf

_CREATED = re.compile(rb"<dcterms:created[^>]*>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)Z<")
_NOWHEN = datetime(2000, 1, 1, tzinfo=UTC)
_XMP_DATE = re.compile(rb"(<xmp:(?:Create|Modify|Metadata)Date>)[^<]*(<)")
_PROFILE_DATE = slice(24, 36)  # ICC.1: six big-endian 16-bit numbers, year to second


def with_time_of(pdf: bytes, docx: bytes) -> bytes:
    """Return `pdf` as if made when `docx` says that itself was."""
    when, target = _created(docx), io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _set_info(document, when)
        _set_metadata(document.Root.Metadata, when)
        for intent in document.Root.get("/OutputIntents", []):
            _set_profile(intent.DestOutputProfile, when)
        for name in (
            "/ID",
            "/DocChecksum",
        ):  # made of the clock; a new id is made of the content
            if name in document.trailer:
                del document.trailer[name]
        document.save(
            target,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return target.getvalue()


def _created(docx: bytes) -> datetime:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        named = "docProps/core.xml" in package.namelist()
        found = _CREATED.search(package.read("docProps/core.xml")) if named else None
    return datetime.fromisoformat(f"{found[1].decode()}+00:00") if found else _NOWHEN


def _set_info(document: pikepdf.Pdf, when: datetime) -> None:
    for name in ("/CreationDate", "/ModDate"):
        if name in document.docinfo:
            document.docinfo[name] = f"{when:D:%Y%m%d%H%M%SZ}"


def _set_metadata(stream: Any, when: datetime) -> None:
    stamp = f"{when:%Y-%m-%dT%H:%M:%SZ}".encode()
    stream.write(_XMP_DATE.sub(rb"\g<1>" + stamp + rb"\g<2>", stream.read_bytes()))


def _set_profile(stream: Any, when: datetime) -> None:
    profile = bytearray(stream.read_bytes())
    parts = (when.year, when.month, when.day, when.hour, when.minute, when.second)
    profile[_PROFILE_DATE] = b"".join(part.to_bytes(2, "big") for part in parts)
    stream.write(bytes(profile))
