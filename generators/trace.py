"""What a document says of its own numbers: the printed ones, and all they were made from.

The trace of a document stands within it (document.evidence). It answers, years later and
without the program that wrote it: which file, which rule, which cells made this number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generators.model import (
    Acknowledgement,
    Figure,
    Figures,
    Finding,
    OrgUnit,
    Period,
    PeriodData,
)
from generators.origins import Origin

_NO_FILE, _NO_UNIT = Origin("", ""), OrgUnit("")


@dataclass(frozen=True, slots=True)
class Place:
    """A printed number: its bookmark in the document, its figure's id, its words as printed."""

    bookmark: str
    figure: str
    text: str


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """What was left to be looked at when the document was made; `id` and places as told then."""

    id: str
    code: str
    severity: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Trace:
    """The trace of one document.

    ``template`` is the SHA-256 of the template's bytes; ``figures`` are those printed and all
    they are made from, exact (đồng, %, the line's unit), each with its rule and its place in
    the file of ``origin``; ``places`` stand in the order of the text.
    """

    origin: Origin = _NO_FILE
    template: str = ""
    kind: str = ""
    period: Period | None = None
    org_unit: OrgUnit = _NO_UNIT
    figures: tuple[Figure, ...] = ()
    places: tuple[Place, ...] = ()
    findings: tuple[OpenFinding, ...] = ()
    acknowledgements: tuple[Acknowledgement, ...] = ()

    def printed(self, spots: Iterable[tuple[str, int, str]]) -> Trace:
        """Return the trace of a document that prints `spots`, with only their figures.

        A spot is its bookmark, the number of its figure among ``figures``, and its words.
        """
        places = tuple(
            Place(bookmark, self.figures[number].id, text) for bookmark, number, text in spots
        )
        needed = _with_origins({place.figure for place in places}, self.figures)
        kept = tuple(figure for figure in self.figures if figure.id in needed)
        return replace(self, figures=kept, places=places)


def trace_of(
    data: PeriodData,
    figures: Figures,
    origin: Origin,
    findings: Iterable[Finding],
    acknowledgements: Iterable[Acknowledgement],
) -> Trace:
    """Return the trace of a report of `data` before it is printed: with all its figures.

    `findings` are those that are open; the document adds its template and its places.
    """
    return Trace(
        origin=origin, kind=data.kind, period=data.period, org_unit=data.org_unit,
        figures=tuple(figures.values()),
        findings=tuple(OpenFinding(found.id, found.code, found.severity, found.where,
                                   found.message) for found in findings),
        acknowledgements=tuple(acknowledgements),
    )  # fmt: skip


def _with_origins(ids: set[str], figures: Iterable[Figure]) -> set[str]:
    """`ids` and the ids of all they are made from, near and far."""
    book = {figure.id: figure for figure in figures}
    needed, waiting = set(ids), list(ids)
    while waiting:
        made_from = book[waiting.pop()].made_from
        new = [one for one in made_from if one in book and one not in needed]
        needed.update(new)
        waiting += new
    return needed
