"""Documents as PDF for who asks for it: one LibreOffice for the application, its faults as problems."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app, request

from archive.keeping import Archive
from archive.records import DOCUMENT, PDF, KeptFile, Record
from rendering.budget import Budget
from web import downloads
from web.problems import Problem, RefusedRequest

if TYPE_CHECKING:
    from rendering.converter import Converter

DOCX_FORMAT, PDF_FORMAT = FORMATS = ("docx", "pdf")
_KEY = "bao_cao_pdf"
_SETTINGS = ("PDF_SECONDS", "PDF_WAIT_SECONDS", "PDF_WAITING")


def attach(app: Flask) -> None:
    """Give `app` a place for its converter; nothing is started."""
    app.extensions[_KEY] = (Lock(), budget_of(app.config), [])


def budget_of(config: Mapping[str, Any]) -> Budget:
    """Return what a conversion is given by the settings."""
    return Budget(*(config[name] for name in _SETTINGS))


def the_converter() -> Converter:
    """Return the application's converter; LibreOffice is started by its first document."""
    lock, budget, made = current_app.extensions[_KEY]
    with lock:
        if not made:
            from rendering.converter import Converter

            made.append(Converter(budget))
        converter: Converter = made[0]
        return converter


def form_asked() -> str:
    """Return which of ``FORMATS`` the request asks for; it is refused where it asks for another."""
    asked = request.args.get("format", DOCX_FORMAT)
    if asked not in FORMATS:
        offered = ", ".join(FORMATS)
        detail = f"Không có định dạng «{asked[:20]}». Hãy dùng một trong: {offered}."
        raise RefusedRequest(Problem(400, detail))
    return asked


def pdf_name(name: str) -> str:
    """Return the name of the PDF of a .docx of that name."""
    return f"{name.removesuffix('.docx')}.pdf"


def pdf_of_kept(archive: Archive, record: Record, converter: Converter) -> bytes:
    """Return the PDF that was kept with a report, else one made now of its document."""
    kept = [ref for ref in record.files if ref.role == PDF]
    if kept:
        return archive.read(kept[-1])
    return converter.convert(archive.read(record.file(DOCUMENT)))


def keep_pdf(archive: Archive, record: Record, by: str, converter: Converter) -> Record:
    """Add to the report's dossier the PDF of its document, unless one is there."""
    if any(ref.role == PDF for ref in record.files):
        return record
    name = pdf_name(record.file(DOCUMENT).name)
    file = KeptFile(PDF, name, downloads.PDF, pdf_of_kept(archive, record, converter))
    return archive.attach(record.id, file, by)
