"""Finding reports: by unit, period, kind, number, signer, words, a figure and its value, in pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select, tuple_

from archive.criteria import (
    Criterion,
    by_figure,
    by_signer,
    by_unit,
    by_unit_keys,
    by_words,
    figure_is,
)
from archive.database import one_moment
from archive.keeping import Archive
from archive.records import ArchiveFault, FigureRow, Paper
from archive.tables import FIGURES, REPORTS
from archive.unavailable import said_plainly

MOST = 200
_FEW, _NEAR = 1_000, 300  # reports
_ORDER = (REPORTS.c.end, REPORTS.c.at, REPORTS.c.id)
_UNTAKEN = re.compile("[\0\ud800-\udfff]")
_PLACE = re.compile(r"([01])~(\d{4}-\d\d-\d\d)~([0-9T:.+-]{1,32})~([0-9a-f]{1,32})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; all that is given must hold, "" and None ask nothing.

    ``words``, ``unit`` and ``signer`` are matched word by word, without case or marks;
    ``unit`` also by what it lies in. ``number`` is "34" or "34/BC-UBND". ``figure`` is a
    figure's id; ``least`` and ``most`` bound its value, both included, in the figure's own
    unit (đồng, %, người): equal ones mean exactly that number, others compare 15 digits.
    """

    words: str = ""
    unit: str = ""
    period: str = ""
    kind: str = ""
    number: str = ""
    signer: str = ""
    state: str = ""
    figure: str = ""
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A report that was found.

    ``exact`` tells that all words stand in it with the marks they were typed with;
    ``figures`` are those that have the value asked for; ``cursor`` continues behind it.
    """

    id: str
    version: int
    kind: str
    period: str
    end: date
    unit: str
    within: tuple[str, ...]
    state: str
    paper: Paper
    at: datetime
    exact: bool
    cursor: str
    figures: tuple[FigureRow, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page ended: in the pass of exact words (0) or bare ones (1), behind which report."""

    rank: int
    end: date
    at: str
    id: str


def search(
    archive: Archive,
    query: Query,
    limit: int = 20,
    after: str = "",
    among: Select[Any] | None = None,
) -> list[Found]:
    """Return the next `limit` reports (200 at most) that `query` finds, behind the cursor `after`.

    `among` gives the keys of the units whose reports may be found; None is all of them.

    Words as typed, with their marks, come first, then those that differ in marks; in each the
    latest period first, then what was kept last. Reports that were removed are not found.
    ArchiveFault where `after` is no cursor of a search.
    """
    place, query = _place_of(after), _askable(query)
    wanted = max(1, min(limit, MOST))
    found: list[Found] = []
    with said_plainly("đọc được"), one_moment(archive.database) as connection:
        for rank, criteria in _passes(connection, query, among):
            behind = place if place and place.rank == rank else None
            if len(found) < wanted and not (place and rank < place.rank):
                rows = _page(connection, query, criteria, behind, wanted - len(found))
                found += _told(connection, query, rows, rank)
    return found


def search_all(
    archive: Archive, query: Query, among: Select[Any] | None = None
) -> Iterator[Found]:
    """Yield every report that `query` finds, in the order of :func:`search`."""
    after = ""
    while page := search(archive, query, MOST, after, among):
        yield from page
        after = page[-1].cursor


def _askable(query: Query) -> Query:
    """The query without what no database takes: what stands there matches nothing."""
    names = ("words", "unit", "period", "kind", "number", "signer", "state", "figure")
    texts: dict[str, Any] = {
        name: _UNTAKEN.sub("\ufffd", getattr(query, name)) for name in names
    }
    return replace(query, **texts)


def _passes(
    connection: Connection, query: Query, among: Select[Any] | None
) -> Iterator[tuple[int, Sequence[Criterion | None]]]:
    """The criteria of each pass, with its rank; None is one that nothing can meet."""
    dialect = connection.dialect.name
    others: list[Criterion | None] = [] if among is None else [by_unit_keys(among)]
    if query.unit.strip():
        others.append(by_unit(dialect, query.unit))
    if query.signer.strip():
        others.append(by_signer(dialect, query.signer))
    if query.figure or query.least is not None or query.most is not None:
        others.append(by_figure(query.figure, query.least, query.most))
    if not query.words.strip():
        yield 0, others
        return
    for rank, criterion in enumerate(by_words(dialect, query.words)):
        yield rank, (*others, criterion)


def _page(
    connection: Connection,
    query: Query,
    criteria: Sequence[Criterion | None],
    behind: _Place | None,
    limit: int,
) -> Sequence[Any]:
    """The rows of a page; where few reports meet a criterion, only those are looked at."""
    given = [criterion for criterion in criteria if criterion]
    if len(given) < len(criteria):
        return ()
    wanted = _in_order(query, behind)
    few = next((ids for one in given if len(ids := _ids(connection, one)) <= _FEW), None)
    if few is not None:
        return connection.execute(_among(wanted, few, given).limit(limit)).all()
    if given and len(rows := _nearest(connection, wanted, given, limit)) == limit:
        return rows
    wanted = wanted.where(*(one.holds for one in given))
    return connection.execute(wanted.limit(limit)).all()


def _nearest(
    connection: Connection, wanted: Select[Any], criteria: Sequence[Criterion], limit: int
) -> Sequence[Any]:
    """The rows among the first few in order: a whole page, where most reports meet the criteria."""
    near = connection.execute(wanted.with_only_columns(REPORTS.c.id).limit(_NEAR)).scalars()
    return connection.execute(_among(wanted, list(near), criteria).limit(limit)).all()


def _in_order(query: Query, behind: _Place | None) -> Select[Any]:
    """All reports in the order of pages, as far as their own columns tell."""
    wanted = select(REPORTS).where(REPORTS.c.removed.is_(None), *_plain(query))
    if behind:
        wanted = wanted.where(tuple_(*_ORDER) < (behind.end, behind.at, behind.id))
    return wanted.order_by(*(column.desc() for column in _ORDER))


def _among(
    wanted: Select[Any], ids: Sequence[str], criteria: Iterable[Criterion]
) -> Select[Any]:
    """Those of these reports that meet all criteria."""
    return wanted.where(REPORTS.c.id.in_(ids), *(one.among(ids) for one in criteria))


def _ids(connection: Connection, criterion: Criterion) -> list[str]:
    """The reports that meet a criterion, one more than few where there are many."""
    found = connection.execute(criterion.ids.limit(_FEW + 1)).scalars().all()
    return list(found) if len(found) > _FEW else list(dict.fromkeys(found))


def _plain(query: Query) -> Iterator[ColumnElement[bool]]:
    """What is asked of a report's own columns."""
    for name in ("period", "kind", "state"):
        if word := getattr(query, name).strip():
            yield REPORTS.c[name] == word
    if typed := query.number.strip():
        number, _, notation = typed.partition("/")
        bare = number.strip().lstrip("0")
        yield REPORTS.c.number.in_({number.strip(), bare, bare.zfill(2)})
        if notation.strip():
            yield REPORTS.c.notation == notation.strip().upper()


# ---------------------------------------------------------------- telling and continuing


def _told(
    connection: Connection, query: Query, rows: Sequence[Any], rank: int
) -> Iterator[Found]:
    figures = _figures(connection, query, [row.id for row in rows])
    for row in rows:
        yield Found(
            id=row.id, version=row.version, kind=row.kind, period=row.period, end=row.end,
            unit=row.unit, within=tuple(json.loads(row.within)), state=row.state,
            paper=Paper(row.subject, row.number, row.notation, row.issued_on,
                        row.signer_title, row.signer_name),
            at=datetime.fromisoformat(row.at), exact=bool(query.words.strip()) and rank == 0,
            cursor=f"{rank}~{row.end.isoformat()}~{row.at}~{row.id}",
            figures=tuple(figures.get(row.id, ())),
        )  # fmt: skip


def _figures(
    connection: Connection, query: Query, report_ids: Sequence[str]
) -> dict[str, list[FigureRow]]:
    """The figures that were asked for, of each of these reports."""
    if query.least is None and query.most is None and not query.figure:
        return {}
    asked = select(FIGURES).where(
        FIGURES.c.report_id.in_(report_ids),
        *figure_is(query.figure, query.least, query.most),
    )
    found: dict[str, list[FigureRow]] = {}
    for row in connection.execute(asked.order_by(FIGURES.c.report_id, FIGURES.c.figure)):
        told = FigureRow(row.figure, row.label, Decimal(row.value), row.hedge, row.unit)
        found.setdefault(row.report_id, []).append(told)
    return found


def _place_of(cursor: str) -> _Place | None:
    if not cursor:
        return None
    read = _PLACE.match(cursor)
    try:
        if read:
            return _Place(int(read[1]), date.fromisoformat(read[2]), read[3], read[4])
    except ValueError:
        pass
    raise ArchiveFault("Chỗ xem tiếp không đúng. Hãy tìm lại từ đầu.")
