"""The runs of a paragraph: text with its look, through links, fields and tracked insertions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from lint.paper import Run
from lint.styles import Look, Styles, W, attribute

_WRAPPERS = frozenset({
    "hyperlink", "fldSimple", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "bdo", "dir",
})  # fmt: skip
_PAGE = re.compile(r"(?:^|\s)PAGE(?:\s|$)", re.I)
_BLACK = frozenset({"auto", "000000"})


@dataclass
class Seen:
    """What a paragraph holds beside text."""

    picture: bool = False
    page_field: bool = False


@dataclass(frozen=True)
class Letters:
    """What a paragraph's letters look like unless their run says otherwise."""

    styles: Styles
    table: str
    paragraph: str

    def look(self, run: etree._Element) -> Look:
        """Return how a run looks."""
        direct = self.styles.run_look(run.find(f"{W}rPr"))
        own = (self.table, self.paragraph, direct.get("rStyle", ""))
        return self.styles.run(own, direct)


def read_runs(paragraph: etree._Element, letters: Letters) -> tuple[tuple[Run, ...], Seen]:
    """Return the runs that are printed, neighbours of one look joined, and what else was seen."""
    seen = Seen()
    runs: list[Run] = []
    for node in _runs(paragraph, seen):
        text = "".join(_pieces(node, seen))
        look = letters.look(node)
        if text and not look.get("vanish"):
            made = _run(text, look)
            if runs and _alike(runs[-1], made):
                made = _joined(runs.pop(), made)
            runs.append(made)
    return tuple(runs), seen


def _runs(parent: etree._Element, seen: Seen) -> Iterator[etree._Element]:
    for node in parent:
        name = etree.QName(node).localname
        if name == "r":
            yield node
        elif name in _WRAPPERS:
            seen.page_field |= bool(_PAGE.search(attribute(node, "instr")))
            yield from _runs(node, seen)


def _pieces(run: etree._Element, seen: Seen) -> Iterator[str]:
    for node in run:
        name = etree.QName(node).localname
        if name == "t":
            yield node.text or ""
        elif name in ("tab", "ptab"):
            yield "\t"
        elif name in ("br", "cr"):
            yield "" if attribute(node, "type") in ("page", "column") else "\n"
        elif name == "noBreakHyphen":
            yield "-"
        elif name == "instrText":
            seen.page_field |= bool(_PAGE.search(node.text or ""))
        elif name in ("drawing", "pict", "object"):
            seen.picture |= _is_picture(node)


def _is_picture(node: etree._Element) -> bool:
    names = {etree.QName(one).localname for one in node.iter(etree.Element)}
    return bool(names & {"pic", "imagedata", "chart"})


def _run(text: str, look: Look) -> Run:
    shown = text.upper() if look.get("caps") else text
    color = str(look.get("color", "auto"))
    return Run(
        text=shown, fonts=tuple(_fonts(text, look)), size=float(look.get("sz", 10.0)),
        bold=bool(look.get("b")), italic=bool(look.get("i")),
        underlined=look.get("u", "none") not in ("none", ""),
        color="000000" if color in _BLACK else color.upper(),
    )  # fmt: skip


def _fonts(text: str, look: Look) -> Iterator[str]:
    """The fonts of a run: Word sets letters beyond ASCII in another than those of it."""
    plain = any(char.isascii() and not char.isspace() for char in text)
    beyond = any(not char.isascii() and char.isalpha() for char in text)
    found: dict[str, Any] = {}
    if plain:
        found[look.get("ascii", "Times New Roman")] = None
    if beyond:
        found[look.get("hAnsi", "Times New Roman")] = None
    yield from found


def _alike(one: Run, other: Run) -> bool:
    return (one.size, one.bold, one.italic, one.underlined, one.color) == (
        other.size, other.bold, other.italic, other.underlined, other.color,
    )  # fmt: skip


def _joined(one: Run, other: Run) -> Run:
    fonts = tuple(dict.fromkeys((*one.fonts, *other.fonts)))
    return Run(
        one.text + other.text, fonts, one.size, one.bold, one.italic, one.underlined, one.color
    )
