"""A compiled template and a context become the bytes of a .docx, the same each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generators.document.bookmarks import set_bookmarks
from generators.document.evidence import write_trace
from generators.document.package import QUICK, pack_member, write_zip
from generators.document.pictures import GALLERY, Gallery
from generators.document.template import DOCUMENT, RELATIONS, TYPES, CompiledTemplate
from generators.marks import without_marks
from generators.trace import Trace

_UNTOLD = Trace()


def fill(
    template: CompiledTemplate, context: Mapping[str, Any], trace: Trace = _UNTOLD
) -> bytes:
    """Return the document; its members in one fixed order, the content types first.

    Marked numbers of `context` become bookmarks, which the document's own copy of `trace`
    lists; a mark is a figure's number among those of `trace`.
    """
    gallery = Gallery(template.last_id)
    names = {**context, GALLERY: gallery}
    parts = {name: part.render(names) for name, part in sorted(template.parts.items())}
    body, spots = set_bookmarks(parts.pop(DOCUMENT, ""), template.last_bookmark)
    told = replace(trace, template=template.sha256).printed(spots)
    members = [
        *template.fixed,
        *(pack_member(name, without_marks(part).encode()) for name, part in parts.items()),
        *([pack_member(DOCUMENT, body.encode())] if body else []),
        pack_member(RELATIONS, gallery.relations(template.relations)),
        *(pack_member(name, data) for name, data in gallery.files()),
        pack_member(template.trace, write_trace(told), QUICK),
    ]
    return write_zip(
        sorted(members, key=lambda member: (member.name != TYPES.encode(), member.name))
    )
