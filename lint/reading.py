"""A Word document is read into a Paper: everything a reader sees of its form, resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from lxml import etree

from lint.drawn import drawn_frame, drawn_rule, drawn_shapes
from lint.edges import borders_of, cell_edges
from lint.letters import Letters, read_runs
from lint.numbering import Numbering
from lint.opening import Document
from lint.paper import Cell, Paper, Paragraph, Section
from lint.styles import Look, Styles, W, attribute, number, paragraph_look

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MM, _POINTS = 25.4 / 1440, 1 / 20  # of a twip
_A4, _USUAL_MARGIN = (11906.0, 16838.0), 1440.0
_CELL_MARGIN = 108.0
_SINGLE, _POINTS_OF_SINGLE = (
    240,
    1.15,
)  # twelfths of a line; a single line is 1.15 of its letters
_SIDES = {"header": "Đầu trang", "footer": "Chân trang"}
_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})


def read_paper(document: Document) -> Paper:
    """Return the document as it looks on paper."""
    return _Reader(document).paper()


class _Reader:
    """One reading: what it counts on the way stands here."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._root = document.part(document.main)
        self._styles = Styles(document.led_to("styles"), document.led_to("theme"))
        self._numbering = Numbering(document.led_to("numbering"))
        self._sections = [_section(node) for node in self._root.iter(f"{W}sectPr")]
        self._sections = self._sections or [_section(None)]
        self._section = self._index = self._number = self._tables = 0
        self._floating: list[Paragraph] = []

    def paper(self) -> Paper:
        body = self._root.find(f"{W}body")
        paragraphs = tuple(self._blocks(body, None, "")) if body is not None else ()
        nodes = list(self._root.iter(f"{W}sectPr"))
        told, before = [], Section(0, 0, 0, 0, 0, 0)
        for section, node in zip(self._sections, [*nodes, None], strict=False):
            before = self._with_headers(section, node, before)
            told.append(before)
        return Paper(tuple(told), paragraphs, tuple(self._floating))

    # ------------------------------------------------------------ blocks

    def _blocks(
        self, parent: etree._Element, cell: Cell | None, table: str, room: float | None = None
    ) -> Iterator[Paragraph]:
        for node in parent:
            name = etree.QName(node).localname
            if name == "p":
                yield self._paragraph(node, cell, table, room)
            elif name == "tbl":
                yield from self._table(node)
            elif name in _WRAPPERS:
                yield from self._blocks(node, cell, table, room)

    def _table(self, table: etree._Element) -> Iterator[Paragraph]:
        self._tables += 1
        number_, properties = self._tables, table.find(f"{W}tblPr")
        style = attribute(
            None if properties is None else properties.find(f"{W}tblStyle"), "val"
        )
        margins = _cell_margins(properties)
        grid = [number(one, "w") or 0.0 for one in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        borders = borders_of(*self._styles.table(style), properties)
        lines = list(_children(table, "tr"))
        for row, line in enumerate(lines, 1):
            cells = list(_children(line, "tc"))
            at = 0
            for column, node in enumerate(cells, 1):
                span = int(number(node.find(f"{W}tcPr/{W}gridSpan"), "val") or 1)
                width = number(node.find(f"{W}tcPr/{W}tcW"), "w") or sum(grid[at : at + span])
                at += span
                outer = _outer(row == 1, row == len(lines), column == 1, column == len(cells))
                edges = cell_edges(node, borders, outer)
                place = Cell(number_, row, column, len(cells), edges)
                yield from self._blocks(node, place, style, width - margins)

    def _paragraph(
        self, node: etree._Element, cell: Cell | None, table: str, room: float | None = None
    ) -> Paragraph:
        properties = node.find(f"{W}pPr")
        direct = paragraph_look(properties)
        style = attribute(direct.get("pStyle"), "val")
        named = direct.get("numPr")
        if named is None:
            named = self._styles.paragraph(style, table, {}, {}).get("numPr")
        look = self._styles.paragraph(style, table, self._numbering.level(named), direct)
        runs, seen = read_runs(node, Letters(self._styles, table, style))
        section = self._sections[min(self._section, len(self._sections) - 1)]
        space = _column(section) if room is None else room * _POINTS
        label = self._numbering.label(named) if any(run.text.strip() for run in runs) else ""
        self._index += 1
        self._number += cell is None
        made = Paragraph(
            index=self._index, number=self._number, runs=runs, label=label,
            style=self._styles.name(style), room=space, cell=cell,
            section=self._section, picture=seen.picture, page_field=seen.page_field,
            **_layout(look, max((run.size for run in runs), default=14.0)),
        )  # fmt: skip
        if direct.get("sectPr") is not None:
            self._section += 1
        borders = look.get("borders", {})
        made = replace(made, shapes=drawn_shapes(node, made))
        self._float(node)
        return replace(
            made, rule=drawn_rule(node, borders, made), frame=drawn_frame(node, borders, cell)
        )

    def _float(self, node: etree._Element) -> None:
        """Read the text boxes that hang on a paragraph; they count for no place in the text."""
        counted = self._index, self._number
        for box in node.iter(f"{W}txbxContent"):
            if not any(True for _ in box.iterancestors(f"{_MC}Fallback")):
                self._floating += self._beside("Hộp văn bản", box)
        self._index, self._number = counted

    # ------------------------------------------------------------ headers and footers

    def _with_headers(
        self, section: Section, node: etree._Element | None, before: Section
    ) -> Section:
        """The section with its headers; those it lacks are those of the section before."""
        headers, footers = dict(before.headers), dict(before.footers)
        for kind, found in (("header", headers), ("footer", footers)):
            references = () if node is None else node.iterfind(f"{W}{kind}Reference")
            for reference in references:
                arrow = self._document.arrows.get(reference.get(f"{_R}id", ""))
                if arrow is not None and arrow.target in self._document.package:
                    root = self._document.part(arrow.target)
                    found[attribute(reference, "type", "default")] = tuple(
                        self._beside(_SIDES[kind], root)
                    )
        return replace(section, headers=headers, footers=footers)

    def _beside(self, name: str, holder: etree._Element) -> list[Paragraph]:
        """The paragraphs of what stands beside the text."""
        found = holder.iter(f"{W}p")
        return [replace(self._paragraph(one, None, ""), beside=name) for one in found]


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of a name, through what only wraps them."""
    for node in parent:
        here = etree.QName(node).localname
        if here == name:
            yield node
        elif here in _WRAPPERS:
            yield from _children(node, name)


def _outer(top: bool, bottom: bool, left: bool, right: bool) -> frozenset[str]:
    """The sides of a cell that are the table's own."""
    sides = {"top": top, "bottom": bottom, "left": left, "right": right}
    return frozenset(name for name, is_outer in sides.items() if is_outer)


def _cell_margins(properties: etree._Element | None) -> float:
    """What the margins of a table's cells take of their width, in twips."""
    own = None if properties is None else properties.find(f"{W}tblCellMar")
    total = 0.0
    for names in (("left", "start"), ("right", "end")):
        sides = [own.find(f"{W}{name}") for name in names] if own is not None else []
        told = [value for side in sides if (value := number(side, "w")) is not None]
        total += told[0] if told else _CELL_MARGIN
    return total


def _section(node: etree._Element | None) -> Section:
    size = None if node is None else node.find(f"{W}pgSz")
    margin = None if node is None else node.find(f"{W}pgMar")

    def edge(name: str) -> float:
        told = number(margin, name)
        return abs(_USUAL_MARGIN if told is None else told) * _MM

    title = None if node is None else node.find(f"{W}titlePg")
    numbers = None if node is None else node.find(f"{W}pgNumType")
    starts = number(numbers, "start")
    return Section(
        width=(number(size, "w") or _A4[0]) * _MM, height=(number(size, "h") or _A4[1]) * _MM,
        top=edge("top"), bottom=edge("bottom"), left=edge("left"), right=edge("right"),
        own_first=title is not None and attribute(title, "val", "1") not in ("0", "false", "off"),
        starts=None if starts is None else int(starts),
        digits=attribute(numbers, "fmt", "decimal"),
    )  # fmt: skip


def _column(section: Section) -> float:
    """The width of a section's text, in points."""
    return (section.width - section.left - section.right) / 25.4 * 72


def _layout(look: Look, size: float) -> Mapping[str, Any]:
    align = {"start": "left", "end": "right", "distribute": "both"}.get(look.get("jc", ""), "")
    return {
        "align": align or look.get("jc", "left"),
        "first": look.get("first", 0.0) * _MM, "left": look.get("left", 0.0) * _MM,
        "right": look.get("right", 0.0) * _MM,
        "before": look.get("before", 0.0) * _POINTS, "after": look.get("after", 0.0) * _POINTS,
        "line": _line(look, size),
    }  # fmt: skip


def _line(look: Look, size: float) -> float:
    """The spacing of lines as a multiple of single."""
    told = look.get("line", float(_SINGLE))
    if look.get("rule", "auto") == "auto":
        return float(told) / _SINGLE
    multiple = told * _POINTS / (size * _POINTS_OF_SINGLE)
    return float(max(multiple, 1.0) if look["rule"] == "atLeast" else multiple)
