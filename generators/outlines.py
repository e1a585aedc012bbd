"""The outline of a report's results: which sections stand under which headings, by date.

A kind declares it in ``[[outlines]]`` where its sections are grouped otherwise from one day
on, as ministries are. The prose of each section stays where it is, once, in the template.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Heading:
    """One numbered heading, and the sections under it; ``points`` are their own titles.

    A heading over one section is that section's title.
    """

    title: str
    sections: tuple[str, ...]
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outline:
    """The headings in printing order, and what the report is about, for its trích yếu.

    It holds for papers dated up to ``until``; None is today's.
    """

    subject: str
    headings: tuple[Heading, ...]
    until: date | None = None


def read_outlines(raw: Iterable[Mapping[str, Any]]) -> tuple[Outline, ...]:
    """Return the outlines as ``kind.toml`` has them; KeyError or TypeError where it is amiss."""
    return tuple(
        Outline(
            entry["subject"],
            tuple(Heading(one["title"], tuple(one["sections"]), tuple(one.get("points", ())))
                  for one in entry["headings"]),
            entry.get("until"),
        )
        for entry in raw
    )  # fmt: skip


def outline_on(outlines: Iterable[Outline], day: date | None) -> Outline | None:
    """Return the outline for a paper of `day`, today's for None; None where there is none."""
    fitting = [one for one in outlines if day is None or one.until is None or day <= one.until]
    last = date.max
    if day is None:
        return max(fitting, key=lambda one: one.until or last, default=None)
    return min(fitting, key=lambda one: one.until or last, default=None)


def outline_faults(outlines: Iterable[Outline], sections: Iterable[str]) -> Iterator[str]:
    """Yield what is wrong: a section unknown, twice or in no heading, points that do not fit."""
    known = set(sections)
    for number, outline in enumerate(outlines, 1):
        named = [id_ for heading in outline.headings for id_ in heading.sections]
        said = f"outlines thứ {number}"
        yield from (f"{said}: không có mục {id_}" for id_ in named if id_ not in known)
        yield from (
            f"{said}: mục {id_} có hai lần"
            for id_ in sorted({id_ for id_ in named if named.count(id_) > 1})
        )
        for heading in outline.headings:
            if len(heading.sections) > 1 and len(heading.points) != len(heading.sections):
                yield f"{said}, «{heading.title}»: points phải có một tên cho mỗi mục"
