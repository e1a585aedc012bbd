"""Paragraphs as they are printed: no space to spare, and none that says nothing."""

from __future__ import annotations

import re

from markupsafe import Markup

TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)</w:t>")
_SPACES = re.compile(r" {2,}")
_CONTENT = ("<w:drawing", "<w:sectPr", "<w:br", "<w:fldChar", "<w:pict")


def text_of(xml: str) -> str:
    """Return the text of a piece of Word XML."""
    return "".join(found[1] for found in TEXT.findall(xml))


def tidy_paragraph(xml: Markup) -> Markup:
    """Return the paragraph without spaces to spare; nothing where it has nothing to say."""
    pieces = TEXT.split(xml)
    if any(text and not text.isspace() for text in pieces[2::3]):
        return Markup(_tidied(pieces))
    return xml if any(mark in xml for mark in _CONTENT) else Markup("")


def tidy_kept_paragraph(xml: Markup) -> Markup:
    """Return the paragraph tidied, also when empty: a cell or a header must hold one."""
    return Markup(_tidied(TEXT.split(xml)))


def _tidied(pieces: list[str]) -> str:
    """Collapse double spaces and trim the paragraph, also where runs meet."""
    texts = [_SPACES.sub(" ", text) for text in pieces[2::3]]
    after_space = True
    for index, text in enumerate(texts):
        texts[index] = text.lstrip(" ") if after_space else text
        after_space = texts[index].endswith(" ") or (after_space and not texts[index])
    for index in range(len(texts) - 1, -1, -1):
        texts[index] = texts[index].rstrip(" ")
        if texts[index]:
            break
    pieces[2::3] = [f"{text}</w:t>" for text in texts]
    return "".join(pieces)
