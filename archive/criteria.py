"""One criterion of a search as SQL, for SQLite (FTS5) and PostgreSQL (tsvector) alike.

What a person typed becomes bound values and words in quotes, never syntax.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    Select,
    and_,
    cast,
    column,
    exists,
    func,
    literal_column,
    not_,
    select,
    table,
)

from archive.rows import exact
from archive.tables import FIGURES, REPORTS, SERIES
from archive.words import marked
from generators.folding import fold

_SIMPLE: ColumnElement[Any] = literal_column("'simple'")
_WORDS = table("words", column("row"), column("report_id"), column("exact"), column("bare"))
_WORDS_INDEX = table("words_index", column("rowid"), column("words_index"))
_UNITS_INDEX = table("units_index", column("rowid"), column("units_index"))
_SIGNERS_INDEX = table("signers_index", column("rowid"), column("signers_index"))
_SIGNERS = table("signers", column("id"), column("name"))


@dataclass(frozen=True)
class Criterion:
    """What is asked of a report: the ids of all that meet it, and the same asked of one row.

    ``among`` asks it of the reports of some ids; it may cost less than ``holds``.
    """

    ids: Select[Any]
    holds: ColumnElement[bool]
    among: Callable[[Sequence[str]], ColumnElement[bool]]


def _plain(ids: Select[Any], holds: ColumnElement[bool]) -> Criterion:
    return Criterion(ids, holds, lambda _: holds)


def _between(rows: Select[Any], rowid: ColumnElement[Any], known: Select[Any]) -> Select[Any]:
    """Those of an index's `rows` from the first to the last of `known`: FTS5 skips the others."""
    (number,) = known.subquery().c
    least, most = (select(of(number)).scalar_subquery() for of in (func.min, func.max))
    return rows.where(rowid >= least, rowid <= most)


# ---------------------------------------------------------------- words


def by_words(dialect: str, words: str) -> tuple[Criterion | None, Criterion | None]:
    """Return what finds all `words` as typed, and what finds them in other marks only.

    None for words in which there is no letter or digit.
    """
    typed, bare = marked(words).split(), fold(words).split()
    if not (typed and bare):
        return None, None
    if dialect == "sqlite":
        as_typed, alike = _fts("exact", typed), _fts("bare", bare)
        return _match(as_typed), _match(f"({alike}) NOT ({as_typed})")
    is_typed = _has(_WORDS.c.exact, func.plainto_tsquery(_SIMPLE, " ".join(typed)))
    is_alike = _has(_WORDS.c.bare, func.plainto_tsquery(_SIMPLE, " ".join(bare)))
    return _of_words(is_typed), _of_words(and_(is_alike, not_(is_typed)))


def _fts(name: str, words: list[str]) -> str:
    """A query of FTS5: every word, in quotes, in one column."""
    return " AND ".join(f'{name} : "{word}"' for word in words)


def _match(query: str) -> Criterion:
    is_one = _WORDS_INDEX.c.words_index.op("MATCH")(query)
    found = _WORDS_INDEX.join(_WORDS, _WORDS.c.row == _WORDS_INDEX.c.rowid)
    rows = select(_WORDS_INDEX.c.rowid).where(is_one)

    def among(ids: Sequence[str]) -> ColumnElement[bool]:
        known = select(_WORDS.c.row).where(_WORDS.c.report_id.in_(ids))
        return _words_hold(_WORDS.c.row.in_(_between(rows, _WORDS_INDEX.c.rowid, known)))

    return Criterion(
        select(_WORDS.c.report_id).select_from(found).where(is_one),
        _words_hold(_WORDS.c.row.in_(rows)), among,
    )  # fmt: skip


def _of_words(holds: ColumnElement[bool]) -> Criterion:
    """Words in PostgreSQL; among a few reports it looks at theirs alone, not at all that hold."""

    def among(ids: Sequence[str]) -> ColumnElement[bool]:
        return _words_hold(and_(_WORDS.c.report_id.in_(ids), holds))

    return Criterion(select(_WORDS.c.report_id).where(holds), _words_hold(holds), among)


def _words_hold(holds: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(select(1).where(_WORDS.c.report_id == REPORTS.c.id, holds))


def _has(text: ColumnElement[Any], query: ColumnElement[Any]) -> ColumnElement[bool]:
    return text.op("@@", is_comparison=True)(query)


# ---------------------------------------------------------------- units and signers


def by_unit(dialect: str, unit: str) -> Criterion | None:
    """Return what finds a unit by words that stand together in its name or where it lies."""
    words = fold(unit)
    if not words:
        return None
    if dialect == "sqlite":
        return _match_unit(words)
    key = func.to_tsvector(_SIMPLE, SERIES.c.unit_key)
    known = select(SERIES.c.id).where(_has(key, func.phraseto_tsquery(_SIMPLE, words)))
    return _of_reports(REPORTS.c.series_id.in_(known))


def _match_unit(words: str) -> Criterion:
    is_one = _UNITS_INDEX.c.units_index.op("MATCH")(f'"{words}"')
    rows = select(_UNITS_INDEX.c.rowid).where(is_one)
    found = _UNITS_INDEX.join(REPORTS, REPORTS.c.series_id == _UNITS_INDEX.c.rowid)
    series, own = _unled("series_id"), REPORTS.alias()

    def among(ids: Sequence[str]) -> ColumnElement[bool]:
        known = select(own.c.series_id).where(own.c.id.in_(ids))
        return series.in_(_between(rows, _UNITS_INDEX.c.rowid, known))

    ids = select(REPORTS.c.id).select_from(found).where(is_one)
    return Criterion(ids, series.in_(rows), among)


def by_unit_keys(keys: Select[Any]) -> Criterion:
    """Return what finds the reports of the units whose keys a query gives."""
    known = select(SERIES.c.id).where(SERIES.c.unit_key.in_(keys))
    ids = select(REPORTS.c.id).where(REPORTS.c.series_id.in_(known))
    return _plain(ids, _unled("series_id").in_(known))


def by_signer(dialect: str, signer: str) -> Criterion | None:
    """Return what finds a signer by words that stand together in the name."""
    words = fold(signer)
    if not words:
        return None
    if dialect == "sqlite":
        is_one = _SIGNERS_INDEX.c.signers_index.op("MATCH")(f'"{words}"')
        known = _SIGNERS_INDEX.join(_SIGNERS, _SIGNERS.c.id == _SIGNERS_INDEX.c.rowid)
        names = select(_SIGNERS.c.name).select_from(known).where(is_one)
        ids = select(REPORTS.c.id).where(REPORTS.c.signer_name.in_(names))
        return _plain(ids, _unled("signer_name").in_(names))
    name = func.to_tsvector(_SIMPLE, func.bare_of(REPORTS.c.signer_name))
    return _of_reports(_has(name, func.phraseto_tsquery(_SIMPLE, words)))


def _of_reports(holds: ColumnElement[bool]) -> Criterion:
    return _plain(select(REPORTS.c.id).where(holds), holds)


def _unled(name: str) -> ColumnElement[Any]:
    """A column of REPORTS that does not lead SQLite away from walking in the order of pages."""
    return literal_column(f"+reports.{name}")


# ---------------------------------------------------------------- figures


def by_figure(figure: str, least: Decimal | None, most: Decimal | None) -> Criterion:
    """Return what finds a figure by its id, its value, or both."""
    is_one = list(figure_is(figure, least, most))
    holds = exists(select(1).where(FIGURES.c.report_id == REPORTS.c.id, *is_one))
    return _plain(select(FIGURES.c.report_id).where(*is_one), holds)


def figure_is(
    figure: str, least: Decimal | None, most: Decimal | None
) -> Iterator[ColumnElement[bool]]:
    """Yield what is asked of a row of figures."""
    if figure:
        yield FIGURES.c.figure == figure
    if least is not None and least == most:
        yield FIGURES.c.value == exact(least)
        return
    size = cast(FIGURES.c.value, Double)
    if least is not None:
        yield size >= float(least)
    if most is not None:
        yield size <= float(most)
