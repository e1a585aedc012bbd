"""A document as pages in the browser: pictures where LibreOffice is there, else its text.

On the pictures each number leads to how it was made, and what is found stands at its number. The
text stands in for pages as HTML that is made of the document, without its styles: nothing of the
document runs in the browser, and no script has to lay pages out.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, url_for

from access.rights import READ
from archive.issued_figures import figures_in
from archive.records import DOCUMENT, FIGURES, IMPORTED
from generators.model import ERROR, Figure, Finding
from generators.pipeline import Examined, as_portal_text, generate, generate_draft, read_trace
from generators.trace import Trace
from rendering.faults import RenderingFault
from rendering.pages import pages_as_png
from web import pdf
from web.access import needs
from web.desk.page import page
from web.desk.reach import draft_to_read, examined_of
from web.desk.running_text import linked_text
from web.desk.sheets import Sheet, anchor_of, sheets_of, unplaced, unprinted
from web.downloads import attachment
from web.problems import Problem, RefusedRequest
from web.shelf import the_archive

if TYPE_CHECKING:
    from rendering.spots import Layout

routes = Blueprint("desk_preview", __name__)
_DPI, _KEPT = 110, 16  # documents whose pages are remembered


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document's pages as pictures, and where its words and numbers stand on them."""

    pictures: tuple[bytes, ...]
    layout: Layout


_drawn: OrderedDict[str, Drawn] = OrderedDict()
_turn = Lock()


@routes.get("/archive/<report_id>/pages")
@needs(READ)
def show_pages(report_id: str) -> Response:
    """Show a kept document page by page."""
    archive, document = the_archive(), _kept(report_id)
    figures = figures_in(archive.read(archive.record(report_id).file(FIGURES)))
    doors = _Doors("desk_kept", "desk_preview.send_page", {"report_id": report_id})
    return _shown(document, figures, (), doors)


@routes.get("/archive/<report_id>/pages/<int:number>.png")
@needs(READ)
def send_page(report_id: str, number: int) -> Response:
    """Send the picture of one page of a kept document, counted from 1."""
    return _sent(_kept(report_id), number)


@routes.get("/desk/<draft_id>/pages")
@needs(READ)
def show_draft_pages(draft_id: str) -> Response:
    """Show what a draft would print, page by page, and what is found in it at its numbers."""
    examined = _examined(draft_id)
    errors = (one for one in examined.findings if one.severity == ERROR)
    doors = _Doors("desk_drafting", "desk_preview.send_draft_page", {"draft_id": draft_id})
    return _shown(_made(examined), examined.figures, (*errors, *examined.open), doors)


@routes.get("/desk/<draft_id>/pages/<int:number>.png")
@needs(READ)
def send_draft_page(draft_id: str, number: int) -> Response:
    """Send the picture of one page of a draft's document, counted from 1."""
    return _sent(_made(_examined(draft_id)), number)


# ---------------------------------------------------------------- which document


def _kept(report_id: str) -> bytes:
    archive = the_archive()
    record = archive.record(report_id)
    if record.state == IMPORTED:
        raise RefusedRequest(Problem(404, "Báo cáo nhập từ bản cũ không có văn bản."))
    return archive.read(record.file(DOCUMENT))


def _examined(draft_id: str) -> Examined:
    known = examined_of(draft_to_read(draft_id))
    if known is None or known[1].data is None:
        raise RefusedRequest(Problem(404, "Chưa có số liệu đọc được để lập văn bản."))
    return known[1]


def _made(examined: Examined) -> bytes:
    return generate_draft(examined) if examined.stopped else generate(examined)


# ---------------------------------------------------------------- its pages


@dataclass(frozen=True, slots=True)
class _Doors:
    """Where a page leads: back to the draft or report, to a number, to a picture."""

    of: str
    pictures: str
    names: Mapping[str, Any]

    @property
    def back(self) -> str:
        return url_for(
            f"{self.of}.show_{'draft' if self.of == 'desk_drafting' else 'report'}",
            **self.names,
        )

    def how(self, figure: str) -> str:
        return url_for(f"{self.of}.show_explanation", figure_id=figure, **self.names)

    def picture(self, number: int) -> str:
        return url_for(self.pictures, number=number, **self.names)


def _shown(
    document: bytes, figures: Mapping[str, Figure], findings: Sequence[Finding], doors: _Doors
) -> Response:
    trace = read_trace(document) or Trace()
    told: dict[str, Any] = {"doors": doors, "anchor_of": anchor_of, "why": "", "text": None}
    sheets: list[Sheet] = []
    marked = unplaced(findings)
    try:
        sheets, marked = sheets_of(_pages(document).layout, trace, findings)
    except RenderingFault as fault:
        told["why"] = str(fault)
        told["text"], marked = linked_text(
            as_portal_text(document).marked, trace, findings, doors.how
        )
    return page(
        "pages.html", sheets=sheets, marked=marked, unprinted=unprinted(figures, sheets), **told
    )


def _sent(document: bytes, number: int) -> Response:
    drawn = _pages(document).pictures
    if not 0 < number <= len(drawn):
        raise RefusedRequest(Problem(404, f"Văn bản có {len(drawn)} trang."))
    response = attachment(drawn[number - 1], "image/png", f"trang-{number}.png")
    response.headers["Content-Disposition"] = "inline"
    return response


def _pages(document: bytes) -> Drawn:
    """A document's pages, those of the last few documents remembered."""
    key = sha256(document).hexdigest()
    with _turn:
        if key in _drawn:
            _drawn.move_to_end(key)
            return _drawn[key]
    drawn = _draw(document)
    with _turn:
        _drawn[key] = drawn
        while len(_drawn) > _KEPT:
            _drawn.popitem(last=False)
    return drawn


def _draw(document: bytes) -> Drawn:
    from rendering.spots import layout_of

    made = pdf.the_converter().convert(document)
    return Drawn(pages_as_png(made, _DPI), layout_of(made))
