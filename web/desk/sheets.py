"""What can be clicked on the pictures of a document's pages: each printed number, each thing found there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from generators.gate import SEVERITIES
from generators.model import ERROR, Figure, Finding
from generators.trace import Trace

if TYPE_CHECKING:
    from rendering.spots import Box, Layout


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a page: its boxes there, and the number or the findings that it leads to.

    ``anchor`` is its id on the page, "" where an earlier place of the same figure has it;
    ``figure`` is "" for words that something was found in.
    """

    anchor: str
    figure: str
    text: str
    label: str
    boxes: tuple[Box, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def severity(self) -> str:
        """That of the gravest thing found here, "" for nothing."""
        found = {finding.severity for finding in self.findings}
        return ERROR if ERROR in found else next(iter(found), "")

    @property
    def said(self) -> str:
        """What a reader who does not see the page is told."""
        told = [f"{SEVERITIES[one.severity]}: {one.message}" for one in self.findings]
        number = [f"{self.text} – {self.label}"] if self.figure else []
        return ". ".join(number + told)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page, its size in points, and what can be clicked on it."""

    number: int
    width: float
    height: float
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A finding, and where on the pages it stands: the id of the place and its page, 0 for none."""

    finding: Finding
    anchor: str
    page: int

    @property
    def weight(self) -> str:
        """How much it matters: "Phải sửa"."""
        return SEVERITIES[self.finding.severity].capitalize()


def sheets_of(
    layout: Layout, trace: Trace, findings: Sequence[Finding]
) -> tuple[list[Sheet], list[Marked]]:
    """Return the pages with their numbers, and the findings with their places on them."""
    spots = [*_numbers(layout, trace, findings), *_words(layout, trace, findings)]
    sheets = [Sheet(number, *size, tuple(_on_page(spots, number)))
              for number, size in enumerate(layout.sizes, 1)]  # fmt: skip
    return sheets, [_marked(finding, spots) for finding in findings]


def unplaced(findings: Iterable[Finding]) -> list[Marked]:
    """Return findings as they are told where there are no pages."""
    return [Marked(finding, _own_anchor(finding), 0) for finding in findings]


def unprinted(figures: Mapping[str, Figure], sheets: Iterable[Sheet]) -> list[Figure]:
    """Return the figures that stand nowhere in the text of these pages."""
    printed = {spot.figure for sheet in sheets for spot in sheet.spots}
    return [figure for id_, figure in figures.items() if id_ not in printed]


def anchor_of(figure_id: str) -> str:
    """Return the id that a figure has on the page of sheets."""
    return f"so-{figure_id}"


def on_paper(pages: str, finding: Finding, figures: Mapping[str, Figure]) -> str:
    """Return where on the page of sheets at `pages` a finding stands, "" where at no number or words."""
    if finding.about in figures:
        return f"{pages}#{quote(anchor_of(finding.about))}"
    return f"{pages}#{quote(_own_anchor(finding))}" if finding.quote else ""


def _own_anchor(finding: Finding) -> str:
    return f"loi-{finding.id}"


def _numbers(layout: Layout, trace: Trace, findings: Iterable[Finding]) -> list[Spot]:
    labels = {figure.id: figure.label for figure in trace.figures}
    about: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        about[finding.about].append(finding)
    spots, known = [], set()
    for place in trace.places:
        boxes = layout.boxes_at(place.bookmark, place.text)
        if boxes:
            anchor = "" if place.figure in known else anchor_of(place.figure)
            known.add(place.figure)
            spots.append(Spot(anchor, place.figure, place.text, labels[place.figure], boxes,
                              tuple(about[place.figure])))  # fmt: skip
    return spots


def _words(layout: Layout, trace: Trace, findings: Iterable[Finding]) -> list[Spot]:
    """The words that findings quote, where these are about no number that is printed."""
    printed = {place.figure for place in trace.places if place.bookmark}
    quoting = [one for one in findings if one.quote and one.about not in printed]
    found = [(one, layout.boxes_of(one.quote)) for one in quoting]
    return [Spot(_own_anchor(one), "", one.quote, "", boxes, (one,))
            for one, boxes in found if boxes]  # fmt: skip


def _on_page(spots: Iterable[Spot], number: int) -> Iterable[Spot]:
    return (spot for spot in spots if spot.boxes[0].page == number)


def _marked(finding: Finding, spots: Iterable[Spot]) -> Marked:
    for spot in spots:
        if spot.anchor and finding in spot.findings:
            return Marked(finding, spot.anchor, spot.boxes[0].page)
    return Marked(finding, _own_anchor(finding), 0)
