"""A document as pages in the browser: pictures where LibreOffice is there, else its text.

The text stands in for pages as HTML that is made of the document, without its styles: nothing
of the document runs in the browser, and no script has to lay pages out.
"""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256
from threading import Lock
from typing import Any

from flask import Blueprint, Response, url_for

from access.rights import READ
from archive.records import DOCUMENT
from generators.pipeline import as_portal_text, generate, generate_draft
from rendering.faults import RenderingFault
from rendering.pages import pages_as_png
from web import pdf
from web.access import needs
from web.desk.page import page
from web.desk.reach import draft_to_read, examined_of
from web.downloads import attachment
from web.problems import Problem, RefusedRequest
from web.shelf import the_archive

routes = Blueprint("desk_preview", __name__)
_DPI, _KEPT = 80, 16  # documents whose pages are remembered
_drawn: OrderedDict[str, tuple[bytes, ...]] = OrderedDict()
_turn = Lock()


@routes.get("/archive/<report_id>/pages")
@needs(READ)
def show_pages(report_id: str) -> Response:
    """Show a kept document page by page."""
    back = url_for("desk_kept.show_report", report_id=report_id)
    return _shown(_kept(report_id), back, "desk_preview.send_page", report_id=report_id)


@routes.get("/archive/<report_id>/pages/<int:number>.png")
@needs(READ)
def send_page(report_id: str, number: int) -> Response:
    """Send the picture of one page of a kept document, counted from 1."""
    return _sent(_kept(report_id), number)


@routes.get("/desk/<draft_id>/pages")
@needs(READ)
def show_draft_pages(draft_id: str) -> Response:
    """Show what a draft would print, page by page."""
    back = url_for("desk_drafting.show_draft", draft_id=draft_id)
    return _shown(_of_draft(draft_id), back, "desk_preview.send_draft_page", draft_id=draft_id)


@routes.get("/desk/<draft_id>/pages/<int:number>.png")
@needs(READ)
def send_draft_page(draft_id: str, number: int) -> Response:
    """Send the picture of one page of a draft's document, counted from 1."""
    return _sent(_of_draft(draft_id), number)


# ---------------------------------------------------------------- which document


def _kept(report_id: str) -> bytes:
    archive = the_archive()
    return archive.read(archive.record(report_id).file(DOCUMENT))


def _of_draft(draft_id: str) -> bytes:
    known = examined_of(draft_to_read(draft_id))
    if known is None or known[1].data is None:
        raise RefusedRequest(Problem(404, "Chưa có số liệu đọc được để lập văn bản."))
    return generate_draft(known[1]) if known[1].stopped else generate(known[1])


# ---------------------------------------------------------------- its pages


def _shown(document: bytes, back: str, endpoint: str, **names: Any) -> Response:
    try:
        count = len(_pages(document))
    except RenderingFault as fault:
        text = as_portal_text(document)
        return page("pages.html", back=back, pictures=[], text=text, why=str(fault))
    pictures = [url_for(endpoint, number=number, **names) for number in range(1, count + 1)]
    return page("pages.html", back=back, pictures=pictures, text=None, why="")


def _sent(document: bytes, number: int) -> Response:
    drawn = _pages(document)
    if not 0 < number <= len(drawn):
        raise RefusedRequest(Problem(404, f"Văn bản có {len(drawn)} trang."))
    response = attachment(drawn[number - 1], "image/png", f"trang-{number}.png")
    response.headers["Content-Disposition"] = "inline"
    return response


def _pages(document: bytes) -> tuple[bytes, ...]:
    """The pictures of a document's pages, those of the last few documents remembered."""
    key = sha256(document).hexdigest()
    with _turn:
        if key in _drawn:
            _drawn.move_to_end(key)
            return _drawn[key]
    drawn = pages_as_png(pdf.the_converter().convert(document), _DPI)
    with _turn:
        _drawn[key] = drawn
        while len(_drawn) > _KEPT:
            _drawn.popitem(last=False)
    return drawn
