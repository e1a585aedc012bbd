"""A kept document as pages in the browser: pictures where LibreOffice is there, else its text.

The text stands in for pages as HTML that is made of the document, without its styles: nothing
of the document runs in the browser, and no script has to lay pages out.
"""

from __future__ import annotations

from flask import Blueprint, Response

from access.rights import READ
from archive.records import DOCUMENT
from generators.pipeline import as_portal_text
from rendering.faults import RenderingFault
from rendering.pages import pages_as_png
from web import pdf
from web.access import needs
from web.desk.page import page
from web.downloads import attachment
from web.problems import Problem, RefusedRequest
from web.shelf import the_archive

routes = Blueprint("desk_preview", __name__, url_prefix="/archive/<report_id>/pages")
DPI = 80


@routes.get("")
@needs(READ)
def show_pages(report_id: str) -> Response:
    """Show a kept document page by page."""
    record = the_archive().record(report_id)
    try:
        count = len(_pages(report_id))
    except RenderingFault as fault:
        text = as_portal_text(the_archive().read(record.file(DOCUMENT)))
        return page("pages.html", record=record, count=0, text=text, why=str(fault))
    return page("pages.html", record=record, count=count, text=None, why="")


@routes.get("/<int:number>.png")
@needs(READ)
def send_page(report_id: str, number: int) -> Response:
    """Send the picture of one page, counted from 1."""
    drawn = _pages(report_id)
    if not 0 < number <= len(drawn):
        raise RefusedRequest(Problem(404, f"Văn bản có {len(drawn)} trang."))
    response = attachment(drawn[number - 1], "image/png", f"trang-{number}.png")
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def _pages(report_id: str) -> tuple[bytes, ...]:
    archive = the_archive()
    made = pdf.pdf_of_kept(archive, archive.record(report_id), pdf.the_converter())
    return pages_as_png(made, DPI)
