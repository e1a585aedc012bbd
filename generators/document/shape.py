"""Whether a template's if and for open and close where Word's elements do.

A block that begins in one element and ends in another would tear the document's XML, and
some elements (a cell, a header, a table) may not be left empty: both are refused here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

Fault = tuple[int, str]
_TOKEN = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z_][\w:.-]*)(?:\s[^>]*?)?(?P<alone>/?)>"
    r"|\{%\s*(?P<word>\w+)[^%]*%\}|\{\{.*?\}\}",
    re.DOTALL,
)
_NEEDS = {
    "w:tbl": "w:tr", "w:tc": "w:p", "w:txbxContent": "w:p", "w:hdr": "w:p", "w:ftr": "w:p",
    "w:footnote": "w:p", "w:endnote": "w:p",
}  # fmt: skip
_OPENING, _MIDDLE, _ENDING = ("if", "for"), ("elif", "else"), ("endif", "endfor")


@dataclass
class _Holder:
    """An element that may not be empty, and whether something in it always stands."""

    name: str
    depth: int
    filled: bool = False


@dataclass
class _Walk:
    """Where a walk over the source is: in which elements, in which blocks, at which tag."""

    elements: list[str] = field(default_factory=list)
    blocks: list[tuple[str, ...]] = field(default_factory=list)
    holders: list[_Holder] = field(default_factory=list)

    def open(self, name: str) -> None:
        """Enter an element."""
        holder = self.holders[-1] if self.holders else None
        if holder and _NEEDS[holder.name] == name and len(self.blocks) == holder.depth:
            holder.filled = True
        self.elements.append(name)
        if name in _NEEDS:
            self.holders.append(_Holder(name, len(self.blocks)))

    def close(self, name: str) -> str:
        """Leave an element; say what is wrong with leaving it here."""
        if not self.elements or self.elements.pop() != name:
            return _TORN
        if name in _NEEDS and not self.holders.pop().filled:
            return _EMPTIED[_NEEDS[name]]
        return ""

    def block(self, word: str) -> str:
        """Pass the tag of a block; say what is wrong with it here."""
        here = tuple(self.elements)
        if word in _OPENING:
            self.blocks.append(here)
        elif word in _MIDDLE + _ENDING:
            opened = self.blocks.pop() if self.blocks else None
            if opened != here:
                return _TORN
            if word in _MIDDLE:
                self.blocks.append(here)
        return ""


_TORN = "if, for hoặc [[ … ]] mở và đóng ở hai chỗ khác nhau của văn bản (ô, liên kết, hộp)"
_EMPTIED = {
    "w:p": "ô bảng, đầu trang hay chú thích phải có một đoạn đứng ngoài {%p … %}",
    "w:tr": "bảng phải có một hàng đứng ngoài {%tr … %}, chẳng hạn hàng tiêu đề",
}


def check_shape(source: str) -> Iterator[Fault]:
    """Yield the line, as in ``Source.numbered``, and a sentence for what does not fit."""
    walk, line = _Walk(), 1
    for token in _TOKEN.finditer(source):
        name, fault = token["name"], ""
        line += name is None
        if name is None:
            fault = walk.block(token["word"] or "")
        elif token["close"]:
            fault = walk.close(name)
        elif not token["alone"]:
            walk.open(name)
        if fault:
            yield line, fault
        if fault == _TORN:
            return
