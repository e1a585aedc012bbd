"""The marks round the numbers of a rendered part become bookmarks of Word.

A marked number gets a run of its own, formatted as the run it stood in, between
``w:bookmarkStart`` and ``w:bookmarkEnd``. Where no bookmark may stand (an attribute, a field,
a text box, which Word keeps twice) the mark is only taken away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from markupsafe import Markup, escape

from generators.marks import CLOSE, FROM, OPEN, number_of

NAME = "_so_"
_TEXT = '<w:t xml:space="preserve">'
_SPECIAL = re.compile("[&<>]").search
_BOOKMARK = '<w:bookmarkStart w:id="%d" w:name="%s"/>%s<w:bookmarkEnd w:id="%d"/>'
_END_TEXT, _END_RUN = "</w:t>", "</w:r>"
_TWICE = ("w:txbxContent", "mc:AlternateContent")


class Spot(NamedTuple):
    """A printed number: its bookmark, the number of its figure, and its words as printed."""

    bookmark: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class _Run:
    """The run a mark stands in: its tag with its formatting, and the tag of its text."""

    opening: str
    text: str


class _Written:
    """The XML written so far; a run that a bookmark split is opened again when it is needed."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._again = ""

    def write(self, xml: str) -> None:
        """Write what follows a bookmark, within the run that it split or beyond it."""
        if not (self._again and xml):
            self.pieces.append(xml)
            return
        if not xml.startswith(_END_TEXT):
            self.pieces += (self._again, _TEXT, xml)
        elif xml.startswith(_END_RUN, len(_END_TEXT)):
            self.pieces.append(xml[len(_END_TEXT) + len(_END_RUN) :])
        else:
            self.pieces += (self._again, xml[len(_END_TEXT) :])
        self._again = ""

    def write_bookmark(self, spot: Spot, id_: int, words: str, run: _Run) -> None:
        """Write a bookmark round a run of its own; the run it stands in is to go on after it."""
        self.pieces.append(
            f'<w:bookmarkStart w:id="{id_}" w:name="{spot.bookmark}"/>{run.opening}{_TEXT}'
            f'{words}</w:t></w:r><w:bookmarkEnd w:id="{id_}"/>'
        )
        self._again = run.opening


@dataclass
class Bookmarks:
    """Bookmarks for runs that are written after the body: they follow `last_id` and `spots`."""

    last_id: int
    spots: list[Spot] = field(default_factory=list)

    def runs(self, text: str, look: str = "") -> str:
        """Return `text` as runs formatted by `look`, a bookmark round each marked number."""
        opening = f"<w:r>{look}{_TEXT}"
        if _SPECIAL(text):
            text = str(escape(text))
        if OPEN not in text:
            return f"{opening}{text}{_END_TEXT}{_END_RUN}"
        before, *marked = text.split(OPEN)
        runs = [f"{opening}{before}{_END_TEXT}{_END_RUN}"] if before else []
        for piece in marked:
            told, _, after = piece.partition(CLOSE)
            digits, _, words = told.partition(FROM)
            runs.append(self._bookmark(f"{opening}{words}{_END_TEXT}{_END_RUN}", digits, words))
            if after:
                runs.append(f"{opening}{after}{_END_TEXT}{_END_RUN}")
        return "".join(runs)

    def _bookmark(self, run: str, digits: str, words: str) -> str:
        self.last_id += 1
        spot = Spot(f"{NAME}{len(self.spots) + 1}", number_of(digits), _plain(words))
        self.spots.append(spot)
        return _BOOKMARK % (self.last_id, spot.bookmark, run, self.last_id)


def set_bookmarks(xml: str, last_id: int) -> tuple[str, tuple[Spot, ...]]:
    """Return `xml` with bookmarks for its marks, and what they hold, in the text's order.

    The bookmarks' ids follow `last_id`, the greatest that a bookmark of the part has.
    """
    between, *marked = xml.split(OPEN)
    written, spots = _Written(), list[Spot]()
    before, at, depth = 0, len(between), 0
    kept_twice = any(f"<{name}" in xml for name in _TWICE)
    for piece in marked:
        depth += _entered(xml, before, at) if kept_twice else 0
        run = None if depth else _run_at(xml, at)
        told, _, rest = piece.partition(CLOSE)
        digits, _, words = told.partition(FROM)
        if run is None:
            between += words + rest
        else:
            spot = Spot(f"{NAME}{len(spots) + 1}", number_of(digits), _plain(words))
            spots.append(spot)
            written.write(_ended(between, run))
            written.write_bookmark(spot, last_id + len(spots), words, run)
            between = rest
        before, at = at, at + len(OPEN) + len(piece)
    written.write(between)
    return "".join(written.pieces), tuple(spots)


def _plain(words: str) -> str:
    return Markup(words).unescape() if "&" in words else words


def _entered(xml: str, start: int, end: int) -> int:
    """How many elements that take no bookmark are open at `end` and were not at `start`."""
    return sum(
        xml.count(f"<{name}", start, end) - xml.count(f"</{name}>", start, end)
        for name in _TWICE
    )


def _ended(xml: str, run: _Run) -> str:
    """`xml`, which ends within the text of `run`, with that run ended; no empty one is left."""
    if not xml:
        return ""
    if not xml.endswith(run.text):
        at = xml.rfind(run.text) if run.text != _TEXT else -1
        kept = xml if at < 0 else xml[:at] + _TEXT + xml[at + len(run.text) :]
        return kept + _END_TEXT + _END_RUN
    started = xml[: -len(run.text)]
    if started.endswith(run.opening):
        return started[: -len(run.opening)]
    return started + _END_RUN


def _run_at(xml: str, at: int) -> _Run | None:
    """The run in whose text the place `at` is; None where it is in no run's text."""
    text = xml.rfind("<", 0, at)
    inside = xml.find(">", text, at) + 1
    if not inside or not xml.startswith(("<w:t>", "<w:t "), text):
        return None
    run = xml.rfind("<w:r", 0, text)
    while run >= 0 and xml[run + 4] not in "> ":
        run = xml.rfind("<w:r", 0, run)
    if run < 0 or xml.find(_END_RUN, run, text) >= 0:
        return None
    return _Run(xml[run : _end_of_format(xml, xml.index(">", run) + 1)], xml[text:inside])


def _end_of_format(xml: str, start: int) -> int:
    """Where the formatting ends of a run whose content begins at `start`."""
    if xml.startswith("<w:rPr/>", start):
        return start + len("<w:rPr/>")
    if not xml.startswith("<w:rPr>", start):
        return start
    end = xml.index("</w:rPr>", start)
    former = xml.find("<w:rPrChange", start, end)  # holds a w:rPr of its own
    if former >= 0:
        end = xml.index("</w:rPr>", xml.index("</w:rPrChange>", former))
    return end + len("</w:rPr>")
