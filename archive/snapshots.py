"""Reading all rows as they stood at one moment, while others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from archive.database import Database

_BEGIN = {
    "sqlite": "BEGIN",
    "postgresql": "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


@contextmanager
def one_moment(database: Database) -> Iterator[Connection]:
    """Yield a connection that sees the rows of one moment; no writer waits for it."""
    with database.reading() as connection:
        connection.exec_driver_sql(_BEGIN[connection.dialect.name])
        try:
            yield connection
        finally:
            connection.exec_driver_sql("ROLLBACK")
