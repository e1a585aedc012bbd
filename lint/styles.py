"""Styles as Word resolves them: defaults, the table's, the paragraph's chain, the character's, direct."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
Look = dict[str, Any]
_TOGGLES = ("b", "i", "caps")
_FONTS = ("ascii", "hAnsi")
_DEEPEST = 20  # styles based on one another


def attribute(node: etree._Element | None, name: str, otherwise: str = "") -> str:
    """Return a w: attribute of a node that may be absent."""
    return otherwise if node is None else node.get(f"{W}{name}", otherwise)


def number(node: etree._Element | None, name: str) -> float | None:
    """Return a w: attribute as a number, None where it is none or no finite one."""
    try:
        value = float(attribute(node, name))
    except ValueError:
        return None
    return value if isfinite(value) else None


def is_on(node: etree._Element) -> bool:
    """Whether a switch such as w:b is on."""
    return attribute(node, "val", "1").lower() not in ("0", "false", "off", "none")


class Styles:
    """The styles of one document."""

    def __init__(self, styles: etree._Element | None, theme: etree._Element | None) -> None:
        self._fonts = _theme_fonts(theme)
        found = () if styles is None else styles.iterfind(f"{W}style")
        self._styles = {attribute(style, "styleId"): style for style in found}
        self._default = {attribute(style, "type"): attribute(style, "styleId") for style in
                         self._styles.values() if attribute(style, "default") in ("1", "true")}  # fmt: skip
        defaults = None if styles is None else styles.find(f"{W}docDefaults")
        self._runs = self.run_look(_find(defaults, "rPrDefault", "rPr"))
        self._paragraphs = paragraph_look(_find(defaults, "pPrDefault", "pPr"))

    def name(self, style_id: str) -> str:
        """Return a style's name as Word shows it."""
        style = self._styles.get(style_id)
        return attribute(None if style is None else style.find(f"{W}name"), "val", style_id)

    def table(self, style_id: str) -> list[etree._Element | None]:
        """Return the w:tblPr of a table's style and of those it is based on, general ones first."""
        return [style.find(f"{W}tblPr") for style in self._chain(style_id)]

    def paragraph(self, style_id: str, table: str, level: Look, direct: Look) -> Look:
        """Return how a paragraph is laid out; `level` is what its numbering says."""
        own = self._default.get("paragraph", "")
        parts = [
            paragraph_look(style.find(f"{W}pPr")) for style in self._chain(style_id or own)
        ]
        of_table = [paragraph_look(style.find(f"{W}pPr")) for style in self._chain(table)]
        return _merged(self._paragraphs, *of_table, *parts, level, direct)

    def run(self, styles: tuple[str, str, str], direct: Look) -> Look:
        """Return how a run looks; `styles` are those of its table, paragraph and letters."""
        table, paragraph, letters = styles
        chains = [
            _merged(*(self.run_look(style.find(f"{W}rPr")) for style in self._chain(style_id)))
            for style_id in (table, paragraph or self._default.get("paragraph", ""), letters)
        ]
        look = _merged(self._runs, *chains)
        for name in _TOGGLES:
            if any(name in chain for chain in chains):
                look[name] = sum(bool(chain.get(name)) for chain in chains) % 2 == 1
        return _merged(look, direct)

    def _chain(self, style_id: str) -> Iterator[etree._Element]:
        """A style and those it is based on, the most general first."""
        found: list[etree._Element] = []
        while (style := self._styles.get(style_id)) is not None and len(found) < _DEEPEST:
            found.append(style)
            style_id = attribute(style.find(f"{W}basedOn"), "val")
        return reversed(found)

    def run_look(self, properties: etree._Element | None) -> Look:
        """Return what w:rPr says."""
        look: Look = {}
        for node in () if properties is None else properties:
            name = etree.QName(node).localname
            if name in _TOGGLES or name == "vanish":
                look[name] = is_on(node)
            elif name == "rFonts":
                look |= self._faces(node)
            elif name == "sz":
                look["sz"] = (number(node, "val") or 20) / 2
            elif name in ("u", "color"):
                look[name] = attribute(node, "val", "single")
            elif name == "rStyle":
                look["rStyle"] = attribute(node, "val")
        return look

    def _faces(self, node: etree._Element) -> Look:
        found: Look = {}
        for script in _FONTS:
            themed = self._fonts.get(attribute(node, f"{script}Theme"))
            if face := themed or attribute(node, script):
                found[script] = face
        return found


def paragraph_look(properties: etree._Element | None) -> Look:
    """Return what w:pPr says: indents and spaces in twips, borders by side."""
    look: Look = {}
    for node in () if properties is None else properties:
        name = etree.QName(node).localname
        if name == "jc":
            look["jc"] = attribute(node, "val")
        elif name == "ind":
            look |= _indents(node)
        elif name == "spacing":
            look |= _spaces(node)
        elif name == "pBdr":
            look["borders"] = {etree.QName(side).localname: side for side in node}
        elif name == "contextualSpacing":
            look[name] = is_on(node)
        elif name in ("pStyle", "numPr", "sectPr"):
            look[name] = node
    return look


def _indents(node: etree._Element) -> Look:
    found: Look = {}
    for side, names in (("left", ("left", "start")), ("right", ("right", "end"))):
        for name in names:
            if (value := number(node, name)) is not None:
                found[side] = value
    if (value := number(node, "firstLine")) is not None:
        found["first"] = value
    if (value := number(node, "hanging")) is not None:
        found["first"] = -value
    return found


def _spaces(node: etree._Element) -> Look:
    found: Look = {}
    for name in ("before", "after", "line"):
        if (value := number(node, name)) is not None:
            found[name] = value
    if attribute(node, "line"):
        found["rule"] = attribute(node, "lineRule", "auto")
    for name in ("before", "after"):
        if attribute(node, f"{name}Autospacing") in ("1", "true", "on"):
            found[name] = 280.0  # 14 points, as Word spaces what comes from the web
    return found


def _merged(*looks: Mapping[str, Any]) -> Look:
    merged: Look = {}
    for look in looks:
        merged |= look
    return merged


def _find(node: etree._Element | None, *names: str) -> etree._Element | None:
    for name in names:
        node = None if node is None else node.find(f"{W}{name}")
    return node


def _theme_fonts(theme: etree._Element | None) -> Mapping[str, str]:
    """The fonts that the theme gives its names: minorHAnsi, majorAscii and the like."""
    found: dict[str, str] = {}
    for kind in ("major", "minor") if theme is not None else ():
        latin = theme.find(f".//{A}{kind}Font/{A}latin") if theme is not None else None
        if latin is not None and latin.get("typeface"):
            found |= {
                f"{kind}{script}": str(latin.get("typeface")) for script in ("Ascii", "HAnsi")
            }
    return found
