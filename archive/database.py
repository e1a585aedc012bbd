"""One database, SQLite or PostgreSQL: how it is opened, read, written and brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import OperationalError
from threading import Lock
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url

from archive.records import ArchiveFault
from archive.unavailable import said_plainly, unavailable

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
BUSY_SECONDS = 30
_ONE_WRITER = 7_202_011  # any number: the advisory lock that lets one writer in at a time
_ONE_MOMENT = {
    "sqlite": "BEGIN",
    "postgresql": "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
}
_A_MOMENT = 0.01  # seconds
_READING = {"isolation_level": "AUTOCOMMIT"}


class Database:
    """Rows, safe from a loss of power once a write has returned.

    Writers are let in one at a time, on either database, so that versions and the audit log
    have one order. Readers never wait for them: of a process's threads only the one that writes
    holds a connection. Who waits longer than BUSY_SECONDS is told so (Unavailable).
    """

    def __init__(self, url: str) -> None:
        self.engine = _open(url)
        self._patience, self._own_turn = BUSY_SECONDS, Lock()

    @property
    def is_sqlite(self) -> bool:
        """Whether rows lie in a file of SQLite."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that only reads, each statement what stands when it runs."""
        with self.engine.connect().execution_options(**_READING) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield the one writer's connection; all it did stands, or nothing.

        Unavailable where the database, or a file written meanwhile, is refused by the machine.
        """
        if not self._own_turn.acquire(timeout=self._patience):
            raise unavailable("ghi được vào")
        try:
            with said_plainly(), self.engine.begin() as connection:
                if not self.is_sqlite:
                    self._wait_for_others(connection)
                yield connection
        finally:
            self._own_turn.release()

    def _wait_for_others(self, connection: Connection) -> None:
        """Wait until no other process writes (SQLite does that when a transaction begins)."""
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{self._patience}s'")
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _ONE_WRITER})

    def upgrade(self) -> None:
        """Bring the tables to what this program needs; nothing where they are.

        ArchiveFault where they are of a newer program.
        """
        from alembic import command
        from alembic.util import CommandError

        config = self._alembic()
        with self.writing() as connection:
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as error:
                raise ArchiveFault(
                    "Kho lưu trữ do phiên bản khác của phần mềm lập. Hãy dùng phiên bản mới nhất."
                ) from error

    @staticmethod
    def _alembic() -> Any:
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        return config

    @classmethod
    def program_of(cls, revision: str) -> str:
        """Return the release of this software whose tables have the number `revision`."""
        from alembic.script import ScriptDirectory

        script = ScriptDirectory.from_config(cls._alembic()).get_revision(revision)
        return str(script.module.program)

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


@contextmanager
def one_moment(database: Database) -> Iterator[Connection]:
    """Yield a connection that sees the rows as they stood at one moment; no writer waits for it."""
    with database.reading() as connection:
        connection.exec_driver_sql(_ONE_MOMENT[connection.dialect.name])
        try:
            yield connection
        finally:
            connection.exec_driver_sql("ROLLBACK")


def _open(url: str) -> Engine:
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True)
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    """Make SQLite durable and strict, and leave transactions to us."""
    connection.isolation_level = None
    _write_ahead(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: Any) -> None:
    """Keep a log ahead of the file; while others turn a new file over, SQLite refuses at once."""
    patience = monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except OperationalError:
            if monotonic() > patience:
                raise
            sleep(_A_MOMENT)


def _begin(connection: Connection) -> None:
    """Ask for the right to write at once, so that no transaction fails halfway for it."""
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
