"""What Word numbers paragraphs with: the labels that stand in no text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lxml import etree

from lint.styles import Look, W, attribute, number, paragraph_look

_PLACE = re.compile(r"%(\d)")
_ROMANS = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
           (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_LAST_LEVEL = 8


def roman(value: int) -> str:
    """Return a number in Roman digits: 14 is XIV."""
    told = ""
    for worth, digits in _ROMANS:
        while value >= worth:
            told, value = told + digits, value - worth
    return told


def _letter(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str, "decimalZero": lambda value: f"{value:02d}", "upperRoman": roman,
    "lowerRoman": lambda value: roman(value).lower(), "lowerLetter": _letter,
    "upperLetter": lambda value: _letter(value).upper(),
}  # fmt: skip


class Numbering:
    """The lists of one document; labels are asked for in the order of the paragraphs."""

    def __init__(self, root: etree._Element | None) -> None:
        abstract, self._lists = {}, {}
        for node in () if root is None else root.iterfind(f"{W}abstractNum"):
            abstract[attribute(node, "abstractNumId")] = node
        for node in () if root is None else root.iterfind(f"{W}num"):
            named = attribute(node.find(f"{W}abstractNumId"), "val")
            if named in abstract:
                self._lists[attribute(node, "numId")] = (named, abstract[named])
        self._counts: dict[str, list[int]] = {}

    def level(self, properties: etree._Element | None) -> Look:
        """Return how the level that w:numPr names lays its paragraphs out."""
        node = self._level(properties)
        return paragraph_look(None if node is None else node.find(f"{W}pPr"))

    def label(self, properties: etree._Element | None) -> str:
        """Return the label of the next paragraph of the list that w:numPr names."""
        node = self._level(properties)
        if properties is None or node is None:
            return ""
        named, whole = self._lists[attribute(properties.find(f"{W}numId"), "val")]
        depth = min(max(int(number(node, "ilvl") or 0), 0), _LAST_LEVEL)
        counts = self._counts.setdefault(named, [0] * (_LAST_LEVEL + 1))
        counts[depth] = counts[depth] + 1 if counts[depth] else _start(node)
        counts[depth + 1 :] = [0] * (_LAST_LEVEL - depth)
        if _format(node) == "bullet":
            return "-"
        levels = {attribute(one, "ilvl"): one for one in whole.iterfind(f"{W}lvl")}

        def said(place: re.Match[str]) -> str:
            other = levels.get(str(int(place[1]) - 1), node)
            value = counts[int(place[1]) - 1] or _start(other)
            return _FORMATS.get(_format(other), str)(value)

        return _PLACE.sub(said, attribute(node.find(f"{W}lvlText"), "val"))

    def _level(self, properties: etree._Element | None) -> etree._Element | None:
        if properties is None:
            return None
        found = self._lists.get(attribute(properties.find(f"{W}numId"), "val"))
        depth = attribute(properties.find(f"{W}ilvl"), "val", "0")
        levels = () if found is None else found[1].iterfind(f"{W}lvl")
        return next((one for one in levels if attribute(one, "ilvl") == depth), None)


def _start(level: etree._Element) -> int:
    value = number(level.find(f"{W}start"), "val")
    return 1 if value is None else int(value)


def _format(level: etree._Element) -> str:
    return attribute(level.find(f"{W}numFmt"), "val", "decimal")
