"""Lines that are drawn across: borders, shapes, underlined text, rows of underscores."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from generators.document.widths import width_of
from lint.paper import Paragraph, Rule
from lint.styles import A, W, attribute

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
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
    return (
        next(_shapes(node), None)
        or _border(borders, made)
        or _strokes(made)
        or _underline(made)
    )


def _border(borders: Mapping[str, etree._Element], made: Paragraph) -> Rule | None:
    sides = {name: side for name, side in borders.items()
             if attribute(side, "val", "none") not in ("none", "nil")}  # fmt: skip
    drawn = [sides[name] for name in ("top", "bottom") if name in sides]
    if not drawn or {"left", "right"} <= sides.keys():
        return None
    length = made.room - (made.left + made.right) * _MM
    return Rule(max(length, 0.0), attribute(drawn[0], "val") in ("single", "thick"))


def _strokes(made: Paragraph) -> Rule | None:
    if not _STROKES.match(made.words):
        return None
    size = max((run.size for run in made.runs), default=14.0)
    return Rule(width_of(made.words, size, bold=made.share("bold") > 0.5))


def _underline(made: Paragraph) -> Rule | None:
    if made.share("underlined") < 0.9:
        return None
    return Rule(min(made.room, sum(width_of(run.text.strip(), run.size, bold=run.bold)
                                   for run in made.inked)))  # fmt: skip


def _shapes(node: etree._Element) -> Iterator[Rule]:
    for drawing in node.iter(f"{W}drawing"):
        if not any(True for _ in drawing.iterancestors(f"{_MC}Fallback")):
            yield from _drawn(drawing)
    for shape in node.iter(f"{_V}line", f"{_V}rect", f"{_V}shape"):
        if not any(True for _ in shape.iterancestors(f"{_MC}Fallback")):
            yield from _vector(shape)


def _drawn(drawing: etree._Element) -> Iterator[Rule]:
    extent = next(drawing.iter(f"{_WP}extent"), None)
    shape = next(drawing.iter(f"{A}prstGeom"), None)
    if extent is None or shape is None:
        return
    wide, high = (_whole(extent.get(name, "")) / _EMU for name in ("cx", "cy"))
    dash = next(drawing.iter(f"{A}prstDash"), None)
    if high <= _FLAT and wide > high and not any(True for _ in drawing.iter(f"{A}blip")):
        yield Rule(wide, dash is None or dash.get("val") == "solid")


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _vector(shape: etree._Element) -> Iterator[Rule]:
    sizes = {name: float(value) * _POINTS[unit or ""]
             for name, value, unit in _SIZE.findall(shape.get("style", ""))}  # fmt: skip
    ends = [_POINT.match(shape.get(name, "")) for name in ("from", "to")]
    if all(ends):
        start, end = (float(one[1]) * _POINTS[one[2] or ""] for one in ends if one)
        yield Rule(abs(end - start))
    elif 0 <= sizes.get("height", 99.0) <= _FLAT and sizes.get("width", 0.0) > _FLAT:
        yield Rule(sizes["width"])
