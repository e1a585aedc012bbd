"""A template with its sections in the order of an outline, under the outline's headings.

A section's block is its heading, a paragraph "Khoản 1" that names ``muc.….ten``, and all up
to the next heading of its level or above. The blocks keep their prose; they are moved to where
the first of them stood.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from docx import Document
from docx.text.paragraph import Paragraph

from generators.document.form import LEVELS
from generators.document.sandbox import TemplateFault
from generators.outlines import Heading, Outline

_SECTION = re.compile(r"\bmuc\.([a-z0-9_]+)\.ten\b")
Block = list[Any]


def outlined_template(template: bytes, outline: Outline | None) -> bytes:
    """Return `template` arranged by `outline`; as it is where there is none."""
    if outline is None:
        return template
    document = Document(io.BytesIO(template))
    blocks, anchor = _blocks(document), _first_heading(document)
    missing = [id_ for heading in outline.headings for id_ in heading.sections
               if id_ not in blocks]  # fmt: skip
    if missing or anchor is None:
        raise TemplateFault(
            f"template.docx: không có đoạn kiểu «{LEVELS[1]}» in tên mục {', '.join(missing)}"
        )
    mark: Any = deepcopy(anchor._p)
    anchor._p.addprevious(mark)
    for heading in outline.headings:
        for element in _arranged(document, heading, blocks):
            mark.addprevious(element)
    mark.getparent().remove(mark)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _blocks(document: Any) -> Mapping[str, Block]:
    """The elements of each section's block, its heading first."""
    blocks: dict[str, Block] = {}
    current: Block | None = None
    for content in document.iter_inner_content():
        if not isinstance(content, Paragraph):
            current = None
            continue
        if _style(content) in LEVELS[:2]:
            found = _SECTION.search(content.text) if _style(content) == LEVELS[1] else None
            current = blocks.setdefault(found[1], []) if found else None
        if current is not None:
            current.append(content._p)
    return blocks


def _first_heading(document: Any) -> Paragraph | None:
    return next((p for p in document.paragraphs
                 if _style(p) == LEVELS[1] and _SECTION.search(p.text)), None)  # fmt: skip


def _style(paragraph: Paragraph) -> str:
    return str(paragraph.style.name) if paragraph.style is not None else ""


def _arranged(document: Any, heading: Heading, blocks: Mapping[str, Block]) -> Iterator[Any]:
    """The elements under one heading, in order."""
    if len(heading.sections) == 1:
        first, *rest = blocks[heading.sections[0]]
        _say(document, first, f"1. {heading.title}", heading.sections)
        yield from (first, *rest)
        return
    above = deepcopy(blocks[heading.sections[0]][0])
    _say(document, above, f"1. {heading.title}", heading.sections)
    yield above
    for id_, title in zip(heading.sections, heading.points, strict=True):
        first, *rest = blocks[id_]
        _say(document, first, f"a) {title}", (id_,))
        Paragraph(first, document._body).style = document.styles[LEVELS[2]]
        yield from (first, *rest)


def _say(document: Any, element: Any, words: str, sections: tuple[str, ...]) -> None:
    """Make a heading say `words` where one of `sections` has something to say."""
    paragraph = Paragraph(element, document._body)
    names = " or ".join(f"muc.{id_}" for id_ in sections)
    first, *rest = paragraph.runs
    first.text = f"{{% if {names} %}}{words}{{% endif %}}"
    for run in rest:
        element.remove(run._r)
