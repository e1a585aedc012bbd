"""A head that is set with tabs or spaces instead of a table is read as the two columns it is meant as."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generators.document.widths import width_of
from generators.folding import fold
from lint.drawn import told_rule
from lint.paper import Cell, Paper, Paragraph, Rule, Run

_NATION = re.compile(r"cộng\s+h(?:òa|oà)\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam", re.I)
_RIGHT = (_NATION, re.compile(r"độc\s+lập\s*\S?\s*tự\s+do\s*\S?\s*hạnh\s+phúc", re.I),
          re.compile(r"[^\t,]*[^\t, ],?\s*ngày\b[^\t]*\btháng\b[^\t]*\bnăm\b", re.I))  # fmt: skip
_GAP = re.compile(r"\t+|[ \u00a0]{3,}")
_LINES, _HEAD = 8, 12  # of such a head; where it is looked for
_ROOM = 1000.0  # points: a line set with tabs is one line
_MOTTO_SHARE = 0.6  # of Tiêu ngữ: a line that is longer is its own


def in_columns(paper: Paper) -> Paper:
    """Return the paper with the columns of such a head told apart; others as they are."""
    paragraphs = paper.paragraphs
    start = next((at for at, one in enumerate(paragraphs[:_HEAD]) if _begins(one)), None)
    if start is None:
        return paper
    lines: list[tuple[Paragraph, Paragraph]] = []
    end = start
    for one in paragraphs[start : start + _LINES]:
        parts = _parts(one)
        if one.words and not parts:
            break
        end += 1
        if parts:
            row = len(lines) + 1
            lines.append((_piece(one, parts[0], row, 1), _piece(one, parts[1], row, 2)))
    shapes = [shape for one in paragraphs[start : end + 1] for shape in one.shapes]
    pieces = _with_lines([one for line in lines for one in line if one.words], shapes)
    return replace(paper, paragraphs=(*paragraphs[:start], *pieces, *paragraphs[end:]))


def _begins(one: Paragraph) -> bool:
    """Whether Quốc hiệu stands right of a gap."""
    parts = _parts(one) if _NATION.search(one.text) else ()
    return bool(parts) and bool(_NATION.search(one.text[slice(*parts[1])]))


def _parts(one: Paragraph) -> tuple[tuple[int, int], ...]:
    """Where the left and the right part of a line stand, () where it is no such line."""
    text = one.text
    if one.cell or not text.strip():
        return ()
    right = next((found.start() for pattern in _RIGHT if (found := _last(pattern, text))), None)
    gaps = [gap for gap in _GAP.finditer(text) if gap.end() < len(text.rstrip())]
    if right is None:
        strokes = not any(char.isalnum() for char in text)
        tabs = [gap for gap in gaps if strokes or "\t" in gap[0]]
        return ((0, tabs[-1].start()), (tabs[-1].end(), len(text))) if tabs else ()
    before = [gap for gap in gaps if gap.end() <= right + 1]
    return ((0, before[-1].start()), (before[-1].end(), len(text))) if before else ()


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The match that begins last: a date's place begins behind the gap before it."""
    found = None
    for gap in (0, *(gap.end() for gap in _GAP.finditer(text))):
        found = pattern.match(text, gap) or found
    return found


def _piece(one: Paragraph, part: tuple[int, int], row: int, column: int) -> Paragraph:
    """A part of a line as a paragraph of its own; where it stands within its column nobody can tell."""
    made = replace(one, runs=tuple(_cut(one.runs, *part)), align="center", room=_ROOM, label="",
                   first=0.0, left=0.0, right=0.0, rule=None, shapes=(),
                   cell=Cell(0, row, column, 2))  # fmt: skip
    rule = told_rule(made)
    return replace(made, rule=replace(rule, aside=None) if rule else None)


def _cut(runs: Sequence[Run], start: int, end: int) -> Iterator[Run]:
    at = 0
    for run in runs:
        text = run.text[max(start - at, 0) : max(end - at, 0)]
        at += len(run.text)
        if text:
            yield replace(run, text=text)


def _with_lines(pieces: Sequence[Paragraph], shapes: Sequence[Rule]) -> Iterator[Paragraph]:
    """Give drawings to the words they stand under: the long one to Tiêu ngữ, the other to the agency."""
    motto = next((one for one in pieces if fold(one.words).startswith("doc lap")), None)
    left = [one for one in pieces if one.cell and one.cell.column == 1 and _is_name(one)]
    sizes = sorted((replace(shape, aside=None) for shape in shapes), key=lambda one: one.length)
    longest = sizes[-1] if sizes else None
    given: dict[int, Rule] = {}
    if longest and motto and longest.length >= _MOTTO_SHARE * _width(motto):
        given[id(motto)] = sizes.pop()
    if sizes and left:
        given[id(left[-1])] = sizes[0]
    for one in pieces:
        yield replace(one, rule=given.get(id(one), one.rule))


def _is_name(one: Paragraph) -> bool:
    return "/" not in one.words and any(char.isalpha() for char in one.words)


def _width(one: Paragraph) -> float:
    size = max((run.size for run in one.inked), default=14.0)
    return width_of(one.words, size, bold=one.share("bold") > 0.5)
