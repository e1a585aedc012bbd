"""A compiled template and a context become the bytes of a .docx, the same each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from generators.annex import Annex
from generators.document.annexes import add_annexes
from generators.document.bookmarks import Bookmarks, Spot, set_bookmarks
from generators.document.chart import Charts
from generators.document.evidence import write_trace
from generators.document.numbering import number_headings
from generators.document.package import QUICK, pack_member, write_zip
from generators.document.pictures import GALLERY, Gallery
from generators.document.template import DOCUMENT, RELATIONS, TYPES, CompiledTemplate
from generators.document.underlines import draw_lines
from generators.marks import ROOM, without_marks
from generators.trace import Trace

_UNTOLD = Trace()


def fill(
    template: CompiledTemplate,
    context: Mapping[str, Any],
    trace: Trace = _UNTOLD,
    annexes: Sequence[Annex] = (),
) -> bytes:
    """Return the document; its members in one fixed order, the content types first.

    Marked numbers of `context` and `annexes` become bookmarks, which the document's own copy
    of `trace` lists; a mark is a figure's number among those of `trace`. Numbers in charts
    are listed too, without a bookmark.
    """
    gallery = Gallery(template.last_id)
    names = {**context, GALLERY: gallery}
    parts = {name: part.render(names) for name, part in sorted(template.parts.items())}
    charts = Charts(template.last_id + len(gallery.pictures))
    body, spots = set_bookmarks(parts.pop(DOCUMENT, ""), template.last_bookmark)
    body = draw_lines(number_headings(body, template.form.levels), template.form)
    bookmarks = Bookmarks(template.last_bookmark + len(spots), list(spots))
    body = add_annexes(body, annexes, bookmarks, charts).replace(ROOM, " ")
    drawn = (Spot("", number, words) for number, words in charts.told())
    told = replace(trace, template=template.sha256).printed((*bookmarks.spots, *drawn))
    relations = charts.relations(gallery.relations(template.relations))
    members = [
        *template.fixed,
        pack_member(TYPES, charts.types(template.types)),
        *(pack_member(name, without_marks(part).encode()) for name, part in parts.items()),
        *([pack_member(DOCUMENT, body.encode())] if body else []),
        pack_member(RELATIONS, relations),
        *(pack_member(name, data) for name, data in (*gallery.files(), *charts.files())),
        pack_member(template.trace, write_trace(told), QUICK),
    ]
    return write_zip(
        sorted(members, key=lambda member: (member.name != TYPES.encode(), member.name))
    )
