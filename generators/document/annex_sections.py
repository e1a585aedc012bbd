"""The sections of a document with annexes: each annex has its own paper and its own numbers.

They are made of the template's own section: its headers, margins and first page, so that an
annex numbers its pages as the body does, from 1 (Nghị định 30/2020, Phụ lục I mục III.1.đ).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_A4 = '<w:pgSz w:w="11906" w:h="16838"/>'
_MARGINS = ('<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" '
            'w:header="567" w:footer="567" w:gutter="0"/>')  # fmt: skip
_BARE = f"<w:sectPr>{_A4}{_MARGINS}</w:sectPr>"
_SIZE = re.compile(r"<w:pgSz\b[^>]*/>")
_MARGIN = re.compile(r"<w:pgMar\b[^>]*/>")
_NUMBERS = re.compile(r"<w:pgNumType\b[^>]*/>")
_TYPE = re.compile(r"<w:type\b[^>]*/>")
_AFTER_NUMBERS = re.compile(
    r"<w:(?:cols|formProt|vAlign|noEndnote|titlePg|textDirection|bidi|rtlGutter|docGrid|"
    r"printerSettings|sectPrChange)\b|</w:sectPr>"
)
_ATTRIBUTE = re.compile(r'\bw:(\w+)="(\d+)"')


@dataclass(frozen=True, slots=True)
class Section:
    """A section's ``w:sectPr``, and the room for text on its pages in twips."""

    xml: str
    width: int
    height: int


def main_section(xml: str) -> tuple[int, str]:
    """Return where the last section of the document `xml` is told, and how.

    A document that tells none gets an A4 page with the margins of the decree.
    """
    start = xml.rfind("<w:sectPr")
    if start < 0:
        return xml.rindex("</w:body>"), _BARE
    end = xml.find("</w:sectPr>", start)
    return (start, xml[start : end + len("</w:sectPr>")]) if end >= 0 else (start, _BARE)


@lru_cache(maxsize=32)
def annex_section(main: str, *, landscape: bool) -> Section:
    """Return the section of an annex to a document whose own section is `main`."""
    size = dict(_ATTRIBUTE.findall(_found(_SIZE, main, _A4)))
    margin = dict(_ATTRIBUTE.findall(_found(_MARGIN, main, _MARGINS)))
    short, long = sorted((int(size["w"]), int(size["h"])))
    wide, high = (long, short) if landscape else (short, long)
    turned = ' w:orient="landscape"' if landscape else ""
    xml = _NUMBERS.sub("", _TYPE.sub("", main))
    xml = _SIZE.sub(
        f'<w:type w:val="nextPage"/><w:pgSz w:w="{wide}" w:h="{high}"{turned}/>', xml
    )
    at = _AFTER_NUMBERS.search(xml, xml.index("<w:pgSz"))
    place = at.start() if at else len(xml)
    numbered = f'{xml[:place]}<w:pgNumType w:start="1"/>{xml[place:]}'
    left, right, top, bottom = (int(margin[s]) for s in ("left", "right", "top", "bottom"))
    return Section(numbered, wide - left - right, high - top - bottom)


def _found(pattern: re.Pattern[str], xml: str, otherwise: str) -> str:
    found = pattern.search(xml)
    return found[0] if found else otherwise
