"""Which sides of a table's cell are drawn: its own borders, the table's, those of the table's style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from lint.styles import W, attribute

_SIDES = ("top", "bottom", "left", "right")
_INSIDE = {"top": "insideH", "bottom": "insideH", "left": "insideV", "right": "insideV"}
_OTHER = {"left": "start", "right": "end"}
Borders = Mapping[str, bool]


def borders_of(*holders: etree._Element | None) -> Borders:
    """Return which borders are drawn, as the w:tblPr of `holders` say, a later one over an earlier."""
    found: dict[str, bool] = {}
    for holder in holders:
        for side in () if holder is None else holder.iterfind(f"{W}tblBorders/*"):
            found[etree.QName(side).localname] = _is_drawn(side)
    return found


def cell_edges(cell: etree._Element, borders: Borders, outer: frozenset[str]) -> frozenset[str]:
    """Return the drawn sides of a cell; `outer` are those that are the table's own."""
    return frozenset(_drawn(cell.find(f"{W}tcPr/{W}tcBorders"), borders, outer))


def _drawn(
    own: etree._Element | None, borders: Borders, outer: frozenset[str]
) -> Iterator[str]:
    for name in _SIDES:
        told = None if own is None else _side(own, name)
        of_table = name if name in outer else _INSIDE[name]
        if _is_drawn(told) if told is not None else borders.get(of_table, False):
            yield name


def _side(own: etree._Element, name: str) -> etree._Element | None:
    found = own.find(f"{W}{name}")
    return own.find(f"{W}{_OTHER[name]}") if found is None and name in _OTHER else found


def _is_drawn(side: etree._Element) -> bool:
    return attribute(side, "val", "none") not in ("none", "nil")
