"""Lines that are drawn across: borders, shapes, underlined text, rows of underscores; and boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from generators.document.widths import width_of
from lint.paper import Cell, Frame, Paragraph, Rule
from lint.styles import A, W, attribute

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_W_SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_SIDES = frozenset({"top", "bottom", "left", "right"})
_SOLID = ("single", "thick")
_EMU = 12700  # in a point
_FLAT = 4.0  # points: what is no higher is a line
_STROKES = re.compile(r"[_\-–—─]{3,}\Z")
_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)\s*(pt|in|mm|cm|px)?")
_POINT = re.compile(r"([\d.-]+)\s*(pt|in|mm|cm|px)?\s*,")
_POINTS = {"pt": 1.0, "in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "px": 0.75, "": 0.75}
_MM = 72 / 25.4


def drawn_rule(
    node: etree._Element, borders: Mapping[str, etree._Element], made: Paragraph
) -> Rule | None:
    """Return the line that a paragraph draws, None where it draws none."""
    return next(iter(made.shapes), None) or _border(borders, made) or told_rule(made)


def told_rule(made: Paragraph) -> Rule | None:
    """Return the line that a paragraph's own signs are: underscores, underlined words."""
    return _strokes(made) or _underline(made)


def drawn_shapes(node: etree._Element, made: Paragraph) -> tuple[Rule, ...]:
    """Return the lines that are drawings of a paragraph."""
    return tuple(_shapes(node, made))


def drawn_frame(
    node: etree._Element, borders: Mapping[str, etree._Element], cell: Cell | None
) -> Frame | None:
    """Return the box around a paragraph: that of its text box, its own, or that of its cell."""
    box = next(node.iterancestors(f"{_W_SHAPE}wsp", f"{_V}shape", f"{_V}rect"), None)
    if box is not None:
        return _vector_frame(box) if box.tag.startswith(_V) else _shape_frame(box)
    drawn = [side for name, side in borders.items() if name in _SIDES and _is_drawn(side)]
    if len(drawn) == len(_SIDES):
        return Frame(single=all(attribute(side, "val") in _SOLID for side in drawn))
    return Frame() if cell is not None and cell.edges >= _SIDES else None


def _shape_frame(box: etree._Element) -> Frame | None:
    line = box.find(f"{_W_SHAPE}spPr/{A}ln")
    styled = box.find(f"{_W_SHAPE}style/{A}lnRef")
    if line is None and (styled is None or styled.get("idx") in (None, "0")):
        return None
    if line is not None and line.find(f"{A}noFill") is not None:
        return None
    extent = box.find(f"{_W_SHAPE}spPr/{A}xfrm/{A}ext")
    wide, high = (
        0 if extent is None else _whole(extent.get(name, "")) for name in ("cx", "cy")
    )
    kind = "sng" if line is None else line.get("cmpd", "sng")
    return Frame(wide / _EMU / _MM, high / _EMU / _MM, kind == "sng")


def _vector_frame(box: etree._Element) -> Frame | None:
    if box.get("stroked", "t") in ("f", "false", "0"):
        return None
    sizes = _sizes(box)
    stroke = box.find(f"{_V}stroke")
    kind = "single" if stroke is None else stroke.get("linestyle", "single")
    return Frame(
        sizes.get("width", 0.0) / _MM, sizes.get("height", 0.0) / _MM, kind == "single"
    )


def _is_drawn(side: etree._Element) -> bool:
    return attribute(side, "val", "none") not in ("none", "nil")


def _border(borders: Mapping[str, etree._Element], made: Paragraph) -> Rule | None:
    sides = {name: side for name, side in borders.items() if _is_drawn(side)}
    drawn = [sides[name] for name in ("top", "bottom") if name in sides]
    if not drawn or {"left", "right"} <= sides.keys():
        return None
    length = made.room - (made.left + made.right) * _MM
    aside = (made.left - made.right) / 2 * _MM
    return Rule(max(length, 0.0), attribute(drawn[0], "val") in _SOLID, aside)


def _strokes(made: Paragraph) -> Rule | None:
    if not _STROKES.match(made.words):
        return None
    size = max((run.size for run in made.runs), default=14.0)
    length = width_of(made.words, size, bold=made.share("bold") > 0.5)
    return Rule(length, aside=_aside(made, length))


def _underline(made: Paragraph) -> Rule | None:
    if made.share("underlined") < 0.9:
        return None
    length = min(made.room, sum(width_of(run.text.strip(), run.size, bold=run.bold)
                                for run in made.inked))  # fmt: skip
    return Rule(length, aside=_aside(made, length))


def _aside(made: Paragraph, length: float) -> float:
    """How far right of the middle of its room a line of `length` stands that is set like text."""
    left, right = made.left * _MM, made.right * _MM
    if made.align == "center":
        return (left - right) / 2
    edge = (made.room - length) / 2
    return edge - right if made.align == "right" else left - edge


def _shapes(node: etree._Element, made: Paragraph) -> Iterator[Rule]:
    for drawing in node.iter(f"{W}drawing"):
        if not any(True for _ in drawing.iterancestors(f"{_MC}Fallback")):
            yield from _drawn(drawing, made)
    for shape in node.iter(f"{_V}line", f"{_V}rect", f"{_V}shape"):
        if not any(True for _ in shape.iterancestors(f"{_MC}Fallback")):
            yield from _vector(shape)


def _drawn(drawing: etree._Element, made: Paragraph) -> Iterator[Rule]:
    extent = next(drawing.iter(f"{_WP}extent"), None)
    shape = next(drawing.iter(f"{A}prstGeom"), None)
    if extent is None or shape is None:
        return
    wide, high = (_whole(extent.get(name, "")) / _EMU for name in ("cx", "cy"))
    dash = next(drawing.iter(f"{A}prstDash"), None)
    if high <= _FLAT and wide > high and not any(True for _ in drawing.iter(f"{A}blip")):
        solid = dash is None or dash.get("val") == "solid"
        yield Rule(wide, solid, _standing(drawing, wide, made))


def _standing(drawing: etree._Element, wide: float, made: Paragraph) -> float | None:
    """How far right of the middle a drawing stands; None where Word alone could tell."""
    if drawing.find(f"{_WP}inline") is not None:
        return None if made.words else _aside(made, wide)
    place = drawing.find(f"{_WP}anchor/{_WP}positionH")
    if place is None or place.get("relativeFrom") != "column":
        return None
    offset, align = place.find(f"{_WP}posOffset"), place.find(f"{_WP}align")
    if align is not None:
        return 0.0 if align.text == "center" else None
    try:
        start = float("" if offset is None else offset.text or "") / _EMU
    except ValueError:
        return None
    return start + wide / 2 - made.room / 2


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _vector(shape: etree._Element) -> Iterator[Rule]:
    sizes = _sizes(shape)
    ends = [_POINT.match(shape.get(name, "")) for name in ("from", "to")]
    if all(ends):
        start, end = (float(one[1]) * _POINTS[one[2] or ""] for one in ends if one)
        yield Rule(abs(end - start))
    elif 0 <= sizes.get("height", 99.0) <= _FLAT and sizes.get("width", 0.0) > _FLAT:
        yield Rule(sizes["width"])


def _sizes(shape: etree._Element) -> Mapping[str, float]:
    """The width and height that a shape's style tells, in points."""
    return {name: float(value) * _POINTS[unit or ""]
            for name, value, unit in _SIZE.findall(shape.get("style", ""))}  # fmt: skip
