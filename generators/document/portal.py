"""A bulletin as the text of a web page: clean HTML to paste into a portal, pictures beside it.

Headings, paragraphs, figures with their captions and tables; no style, no script, no bookmark.
The HTML is made of the document itself, so that both say the same.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import mammoth

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Sa-pô'] => p:fresh > strong
p[style-name='heading 1'] => h2:fresh
p[style-name='heading 2'] => h3:fresh
p[style-name='Ảnh'] => figure:fresh
p[style-name='caption'] => figure > figcaption:fresh
p[style-name='Tác giả'] => p:fresh > em
"""
_BOOKMARK = re.compile(r'<a id="[^"]*"></a>')
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True, slots=True)
class PortalText:
    """The text as HTML, and its pictures by the name they have in it (``anh-1.png``).

    ``marked`` is the same HTML with an empty ``<a id="…">`` where each bookmark begins.
    """

    html: str
    pictures: Mapping[str, bytes]
    marked: str


def portal_text(document: bytes) -> PortalText:
    """Return a .docx of this service as HTML that needs nothing but its pictures."""
    pictures: dict[str, bytes] = {}

    def kept(image: Any) -> dict[str, str]:
        name = f"anh-{len(pictures) + 1}.{_ENDINGS.get(image.content_type, 'bin')}"
        with image.open() as file:
            pictures[name] = file.read()
        return {"src": name}

    told = mammoth.convert_to_html(
        io.BytesIO(document), style_map=_STYLES, convert_image=mammoth.images.img_element(kept)
    )
    return PortalText(_BOOKMARK.sub("", told.value), pictures, told.value)
