"""Pictures in a document: the drawing where one stands, the files and relations it needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jinja2 import pass_context
from markupsafe import Markup, escape

from generators.model import Picture

GALLERY = "_gallery"
_EMU_A_MM = 36_000
_WIDEST, _HIGHEST = 160 * _EMU_A_MM, 110 * _EMU_A_MM
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_DRAWING = """</w:t><w:drawing>\
<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" \
distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>\
<wp:docPr id="{id}" name="Ảnh {number}" descr="{alt}"/><wp:cNvGraphicFramePr/>\
<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">\
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">\
<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">\
<pic:nvPicPr><pic:cNvPr id="{id}" name="{file}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr>\
<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" \
r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>\
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>\
</a:graphicData></a:graphic></wp:inline></w:drawing><w:t xml:space="preserve">"""


@dataclass
class Gallery:
    """The pictures one document has placed so far; their ids follow `last_id`."""

    last_id: int = 0
    pictures: list[Picture] = field(default_factory=list)

    def place(self, picture: Picture, alt: str) -> Markup:
        """Return the drawing of `picture`, as large as the page lets it be."""
        self.pictures.append(picture)
        number = len(self.pictures)
        scale = min(_WIDEST / picture.width, _HIGHEST / picture.height)
        return Markup(_DRAWING).format(
            width=round(picture.width * scale), height=round(picture.height * scale),
            id=self.last_id + number, number=number, alt=escape(alt),
            file=_file(number, picture), relation=f"rIdAnh{number}",
        )  # fmt: skip

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the members that hold the pictures."""
        for number, picture in enumerate(self.pictures, 1):
            yield f"word/media/{_file(number, picture)}", picture.data

    def relations(self, fixed: bytes) -> bytes:
        """Return the document's relations, `fixed`, with those of the pictures."""
        added = "".join(
            f'<Relationship Id="rIdAnh{number}" Type="{_RELATION}" '
            f'Target="media/{_file(number, picture)}"/>'
            for number, picture in enumerate(self.pictures, 1)
        )
        return fixed.replace(b"</Relationships>", added.encode() + b"</Relationships>")


def _file(number: int, picture: Picture) -> str:
    return f"anh{number}.{picture.extension}"


@pass_context
def place_picture(context: Any, picture: Picture | None, alt: str = "") -> Markup | str:
    """Return the drawing of `picture` where the template says ``{{ … | anh(…) }}``."""
    if picture is None:
        return ""
    gallery: Gallery = context[GALLERY]
    return gallery.place(picture, alt)
