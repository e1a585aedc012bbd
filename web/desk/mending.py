"""What is asked about a draft: each finding with its cells in their rows, and what was typed there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from generators.model import ERROR, NOTE, WARNING, Finding
from generators.pipeline import Examined, Source, rows_around
from web.telling import Group, Placed, group_findings

if TYPE_CHECKING:
    from generators.intake.showing import ShownCell

_MOST_PLACES = 8  # of one finding
_TO, _WHY = "to:", "why:"


@dataclass(frozen=True, slots=True)
class Asked:
    """One finding as it is asked about: its rows, and what was said of it.

    ``rows`` are those with a cell that may be typed over here, each cell once on the page.
    ``reason`` is why it may stand, where somebody said so.
    """

    placed: Placed
    rows: tuple[tuple[ShownCell, ...], ...]
    reason: str = ""

    @property
    def finding(self) -> Finding:
        """The finding itself."""
        return self.placed.finding

    @property
    def tables(self) -> list[list[tuple[ShownCell, ...]]]:
        """Its rows, those under the same heads as one table."""
        return [
            list(rows)
            for _, rows in groupby(self.rows, lambda row: [cell.head for cell in row])
        ]

    @property
    def may_be_accepted(self) -> bool:
        """Whether a reason settles it."""
        return self.finding.severity == WARNING and not self.finding.code.startswith(
            "acknowledgement."
        )


@dataclass(frozen=True, slots=True)
class AskedGroup:
    """The findings of one sheet."""

    title: str
    asked: tuple[Asked, ...]

    @property
    def to_mend(self) -> tuple[Asked, ...]:
        """What has to be mended, or looked at."""
        return tuple(one for one in self.asked if one.finding.severity != NOTE)

    @property
    def to_note(self) -> tuple[Asked, ...]:
        """What is only to be known."""
        return tuple(one for one in self.asked if one.finding.severity == NOTE)


def asked_of(source: Source, examined: Examined) -> list[AskedGroup]:
    """Return all that is found in a draft, by sheet, errors first."""
    groups = group_findings(examined.findings, examined.acknowledged)
    places = [
        place
        for group in groups
        for placed in group.findings
        for place in _places(placed.finding)
    ]
    rows = rows_around(source, places)
    reasons = {row.finding: row.reason for row in source.accepted}
    taken: set[str] = set()
    return [_group(group, rows, reasons, taken) for group in groups]


def _group(
    group: Group,
    rows: Mapping[str, tuple[ShownCell, ...]],
    reasons: Mapping[str, str],
    taken: set[str],
) -> AskedGroup:
    asked = []
    for placed in group.findings:
        new = [
            place for place in _places(placed.finding) if place in rows and place not in taken
        ]
        if placed.finding.severity in (ERROR, WARNING):
            taken.update(new)
        asked.append(Asked(placed, _each_once([rows[place] for place in new]),
                           reasons.get(placed.finding.id, "")))  # fmt: skip
    return AskedGroup(group.title, tuple(asked))


def _each_once(rows: list[tuple[ShownCell, ...]]) -> tuple[tuple[ShownCell, ...], ...]:
    """The rows, one for each row of the sheet: two cells of one row are asked about in it."""
    found: dict[tuple[str, ...], tuple[ShownCell, ...]] = {}
    for row in rows:
        key = tuple(cell.place for cell in row)
        known = found.get(key, row)
        found[key] = tuple(
            replace(cell, is_it=cell.is_it or other.is_it)
            for cell, other in zip(row, known, strict=True)
        )
    return tuple(found.values())


def _places(finding: Finding) -> tuple[str, ...]:
    return tuple(dict.fromkeys((finding.where, *finding.places)))[:_MOST_PLACES]


def typed_in(
    form: Mapping[str, str], groups: list[AskedGroup]
) -> tuple[dict[str, str | None], dict[str, str | None]]:
    """Return what a form types over the cells it was shown, and its reasons; not what is as it was."""
    shown = {cell.place: cell.text for group in groups for one in group.asked
             if one.finding.severity != NOTE for row in one.rows for cell in row if cell.is_it}  # fmt: skip
    typed: dict[str, str | None] = {
        place: form[_TO + place].strip()
        for place, text in shown.items()
        if _TO + place in form and form[_TO + place].strip() != text
    }
    known = {one.finding.id: one.reason for group in groups for one in group.asked}
    reasons: dict[str, str | None] = {
        id_: form[_WHY + id_].strip() or None
        for id_, before in known.items()
        if _WHY + id_ in form and form[_WHY + id_].strip() != before
    }
    return typed, reasons
