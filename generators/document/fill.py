"""A compiled template and a context become the bytes of a .docx, the same each time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generators.document.package import pack_member, write_zip
from generators.document.pictures import GALLERY, Gallery
from generators.document.template import RELATIONS, TYPES, CompiledTemplate


def fill(template: CompiledTemplate, context: Mapping[str, Any]) -> bytes:
    """Return the document; its members in one fixed order, the content types first."""
    gallery = Gallery(template.last_id)
    names = {**context, GALLERY: gallery}
    rendered = [
        pack_member(name, part.render(names).encode())
        for name, part in sorted(template.parts.items())
    ]
    relations = pack_member(RELATIONS, gallery.relations(template.relations))
    pictures = [pack_member(name, data) for name, data in gallery.files()]
    members = [*template.fixed, *rendered, relations, *pictures]
    return write_zip(
        sorted(members, key=lambda member: (member.name != TYPES.encode(), member.name))
    )
