"""What a unit reported before: the earlier reports of one kind, each as it was last issued."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from archive.database import one_moment
from archive.issued_figures import as_issued
from archive.keeping import Archive
from archive.records import IMPORTED, ISSUED
from archive.rows import figures_of
from archive.tables import REPORTS, SERIES
from archive.unavailable import said_plainly
from archive.units import RENAMED, UNITS, key_of, predecessors
from generators.catalogues import kin
from generators.checks import Past
from generators.model import OrgUnit, Period, PeriodData


@dataclass(frozen=True, slots=True)
class _Self:
    """A name that a unit had: up to when, and whether it was only part of today's unit."""

    unit: OrgUnit
    until: date
    merged: bool
    is_today: bool


def past_of(
    archive: Archive, data: PeriodData, units: Path = UNITS, kinds: Sequence[str] = ()
) -> tuple[Past, ...]:
    """Return the earlier reports of the unit and kind of `data`, the latest period first.

    `kinds` are further ones with the same figures; of a period that its own kind tells, theirs
    are left out. Of each report the latest version that was issued or imported; what only was
    kept, or was removed after its time, is left out. A unit that was renamed keeps its reports;
    those of units it was merged from are marked so (`units` is the file of former units, beside
    which the archive may have its own).
    UnitFault where that file is wrong, Unavailable where the archive cannot be read.
    """
    names = list(_names(data.org_unit, data.period.end, units, archive.own_units))
    found: list[Past] = []
    with said_plainly("đọc được"), one_moment(archive.database) as connection:
        for kind in dict.fromkeys((data.kind, *kinds)):
            told = {(past.period.id, past.unit) for past in found}
            more = (
                past for one in names for past in _reports(connection, data, kind, one, names)
            )
            found += [past for past in more if (past.period.id, past.unit) not in told]
    return tuple(sorted(found, key=lambda past: past.period.end, reverse=True))


def past_in(archive: Archive | None, kinds: Path) -> Callable[[PeriodData], tuple[Past, ...]]:
    """Return what asks an archive for earlier reports; where there is none yet there are none.

    `kinds` is the folder of kinds: those with one catalogue tell the same figures.
    """
    return lambda data: past_of(archive, data, kinds=kin(data.kind, kinds)) if archive else ()


def _names(unit: OrgUnit, day: date, units: Path, own: Path | None) -> Iterator[_Self]:
    """Today's name, then every name that the unit and those it was made of had before `day`."""
    yield _Self(unit, day, merged=False, is_today=True)
    waiting, seen = [(unit, day, False)], {key_of(unit)}
    while waiting:
        today, before, merged = waiting.pop(0)
        for former in predecessors(today.name, today.within, units, own):
            key, was_part = key_of(former.unit), merged or former.how != RENAMED
            if former.until < before and key not in seen:
                seen.add(key)
                waiting.append((former.unit, former.until, was_part))
                yield _Self(former.unit, former.until, was_part, is_today=False)


def _reports(
    connection: Connection, data: PeriodData, kind: str, name: _Self, names: list[_Self]
) -> Iterator[Past]:
    """The reports under one name, each as it was last issued."""
    grown_on = max((one.until for one in names if one.merged), default=date.min)
    query = (
        select(REPORTS).join(SERIES, SERIES.c.id == REPORTS.c.series_id)
        .where(SERIES.c.unit_key == key_of(name.unit), SERIES.c.kind == kind,
               REPORTS.c.end < data.period.end, REPORTS.c.end <= name.until,
               REPORTS.c.state.in_((ISSUED, IMPORTED)), REPORTS.c.removed.is_(None))
        .order_by(REPORTS.c.series_id, REPORTS.c.version.desc())
    )  # fmt: skip
    rows = connection.execute(query).all()
    for _, versions in groupby(rows, key=lambda row: row.series_id):
        row, *earlier = versions
        merged = name.merged or row.end <= grown_on
        yield _past(connection, row, name, revised=bool(earlier), merged=merged)


def _past(
    connection: Connection, row: Any, name: _Self, *, revised: bool, merged: bool
) -> Past:
    figures = as_issued(row.id, figures_of(connection, row.id).values())
    return Past(
        Period(row.period, row.start, row.end), figures, row.id, row.issued_on, revised,
        name.unit if merged or not name.is_today else None, merged,
    )  # fmt: skip
