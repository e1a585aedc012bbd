"""All rows as lines of JSON, the same from SQLite and PostgreSQL, and back into either."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Date, Table, delete, insert, inspect, select, text

from archive.tables import AUDIT, CHANGES, FIGURES, FILES, REPORTS, SERIES
from archive.tables_access import (
    ACCOUNTS,
    ATTEMPTS,
    DEADLINES,
    DRAFTFILES,
    DRAFTS,
    GRANTS,
    KEYS,
    LINKS,
    SESSIONS,
    STEPS,
    UNITNAMES,
    UNITS,
)
from archive.tables_requests import JOBS, REPLAYS

WORDS = "words"
# what is pointed at comes before what points
_OF_ACCESS = (UNITS, UNITNAMES, ACCOUNTS, GRANTS, KEYS, DEADLINES, DRAFTS, DRAFTFILES, STEPS)
_TABLES = (SERIES, REPORTS, FILES, FIGURES, CHANGES, AUDIT, *_OF_ACCESS)
# not dumped: nobody stays signed in over a restore, no answer speaks of what was before it
_PASSING = (SESSIONS, LINKS, ATTEMPTS, REPLAYS, JOBS)
_ADDED_TO = (SERIES, AUDIT)
# what is replaced comes before what replaces it
_ORDER = {REPORTS.name: (REPORTS.c.series_id, REPORTS.c.version)}
NAMES = (*(table.name for table in _TABLES), WORDS)
_AT_ONCE = 500  # rows

_ORDERED = (
    "(SELECT string_agg(lexeme, ' ' ORDER BY place) FROM unnest({column}) AS one, "
    "unnest(one.positions) AS place)"
)
_READ_WORDS = {
    "sqlite": "SELECT report_id, exact, bare FROM words ORDER BY report_id",
    "postgresql": "SELECT report_id, "
    f"{_ORDERED.format(column='exact')} AS exact, {_ORDERED.format(column='bare')} AS bare, "
    "exact::text AS exact_vector, bare::text AS bare_vector FROM words ORDER BY report_id",
}
_WRITE_TEXT = {
    "sqlite": "INSERT INTO words (report_id, exact, bare) VALUES (:report_id, :exact, :bare)",
    "postgresql": "INSERT INTO words (report_id, exact, bare) VALUES "
    "(:report_id, to_tsvector('simple', :exact), to_tsvector('simple', :bare))",
}
_WRITE_VECTOR = (
    "INSERT INTO words (report_id, exact, bare) VALUES "
    "(:report_id, CAST(:exact_vector AS tsvector), CAST(:bare_vector AS tsvector))"
)

Row = Mapping[str, Any]  # by column


def names_in(connection: Connection) -> list[str]:
    """Return the names of the tables that are dumped, without those an older archive has not."""
    there = set(inspect(connection).get_table_names())
    return [name for name in NAMES if name in there]


def dump(connection: Connection, name: str) -> Iterator[bytes]:
    """Yield the rows of the table `name`, a line of JSON each, always in the same order."""
    for row in _read(connection, name):
        told = {key: value.isoformat() if isinstance(value, date) else value
                for key, value in row.items()}  # fmt: skip
        yield json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def load(connection: Connection, lines_of: Callable[[str], Iterable[bytes]]) -> None:
    """Put the dumped rows of every table in place of those that are there.

    `lines_of` gives a table's lines. Series and the log are only ever added to: what is there
    must be the beginning of what is dumped.
    """
    connection.execute(text("DELETE FROM words"))
    for table in _PASSING:
        connection.execute(delete(table))
    for table in reversed(_TABLES):
        if table not in _ADDED_TO:
            connection.execute(delete(table))
    for table in _TABLES:
        _load_table(connection, table, lines_of(table.name))
    for row in map(json.loads, lines_of(WORDS)):
        _load_words(connection, row)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT setval(pg_get_serial_sequence('series', 'id'), "
                                "(SELECT coalesce(max(id), 0) + 1 FROM series), false)"))  # fmt: skip


def _read(connection: Connection, name: str) -> Iterator[Row]:
    if name == WORDS:
        query: Any = text(_READ_WORDS[connection.dialect.name])
    else:
        (table,) = (one for one in _TABLES if one.name == name)
        there = {column["name"] for column in inspect(connection).get_columns(name)}
        # an older program's table may lack columns
        own = (column for column in table.columns if column.name in there)
        query = select(*own).order_by(*(_ORDER.get(name) or table.primary_key.columns))
    for row in connection.execute(query.execution_options(yield_per=_AT_ONCE)):
        yield dict(row._mapping)


def _load_table(connection: Connection, table: Table, lines: Iterable[bytes]) -> None:
    (key, *_) = table.primary_key.columns
    known = set(connection.execute(select(key)).scalars()) if table in _ADDED_TO else set()
    days = [column.name for column in table.columns if isinstance(column.type, Date)]
    rows = (row for row in (_row(line, days) for line in lines) if row[key.name] not in known)
    while some := list(islice(rows, _AT_ONCE)):
        connection.execute(insert(table), some)


def _row(line: bytes, days: Iterable[str]) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(line)
    return row | {day: date.fromisoformat(row[day]) for day in days if row[day]}


def _load_words(connection: Connection, row: Row) -> None:
    """Words as their text; between two PostgreSQL as its own vectors, which are exact."""
    dialect = connection.dialect.name
    has_vectors = dialect == "postgresql" and "exact_vector" in row
    statement = _WRITE_VECTOR if has_vectors else _WRITE_TEXT[dialect]
    connection.execute(
        text(statement), {**row, "exact": row["exact"] or "", "bare": row["bare"] or ""}
    )
