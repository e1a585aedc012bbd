"""One database, two engines: durable, one writer, readers who never wait, tables by migration."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Executable, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from archive import database as module
from archive.database import Database
from archive.opening import newest_revision, revision_of
from archive.records import ArchiveFault, Unavailable
from archive.tables import METADATA, SERIES

BUSY = (
    "Chưa ghi được vào kho lưu trữ: kho đang bận, một lượt ghi khác chưa xong. Hãy thử lại sau; "
    "điều đã lưu không bị lưu hai lần."
)
ROW = {"unit_key": "phuong thu", "kind": "thu", "period": "2020S1"}


@pytest.fixture
def ready(url: str) -> Iterator[Database]:
    made = Database(url)
    made.upgrade()
    yield made
    made.close()


def count(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(SERIES)).scalar_one())


# ---------------------------------------------------------------- tables


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_migrations_make_the_tables_that_the_program_knows(ready: Database) -> None:
    with ready.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, METADATA)
    own = [
        one for one in found if not (isinstance(one, tuple) and one[0].startswith("remove_"))
    ]
    assert own == []


def test_a_database_is_ready_after_its_upgrade_and_not_before(url: str) -> None:
    made = Database(url)
    assert revision_of(made) == ""
    made.upgrade()
    assert revision_of(made) == newest_revision()
    made.upgrade()
    assert revision_of(made) == newest_revision()
    made.close()


def test_two_that_open_an_empty_database_at_once_make_one(url: str) -> None:
    databases = [Database(url) for _ in range(4)]
    together = Barrier(len(databases))

    def upgraded(one: Database) -> bool:
        together.wait()
        one.upgrade()
        return revision_of(one) == newest_revision()

    with ThreadPoolExecutor(len(databases)) as pool:
        assert list(pool.map(upgraded, databases)) == [True] * len(databases)
    for one in databases:
        one.close()


def test_tables_of_a_newer_program_are_left_alone(ready: Database) -> None:
    with ready.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ArchiveFault) as fault:
        ready.upgrade()
    assert str(fault.value) == (
        "Kho lưu trữ do phiên bản khác của phần mềm lập. Hãy dùng phiên bản mới nhất."
    )
    assert revision_of(ready) == "9999"


# ---------------------------------------------------------------- writing and reading


def test_sqlite_is_durable_and_strict(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path / 'archive.db'}")
    with made.writing() as connection:
        told = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys")]  # fmt: skip
    assert told == ["wal", 2, 1]
    made.close()


def test_all_of_a_writing_stands_or_nothing(ready: Database) -> None:
    with pytest.raises(KeyError):
        _fail_after(ready, insert(SERIES).values(**ROW))
    assert count(ready) == 0
    with ready.writing() as connection:
        connection.execute(insert(SERIES).values(**ROW))
    assert count(ready) == 1


def _fail_after(database: Database, statement: Executable) -> None:
    with database.writing() as connection:
        connection.execute(statement)
        raise KeyError


def test_making_tables_is_undone_like_everything_else(url: str) -> None:
    made = Database(url)
    with pytest.raises(KeyError):
        _fail_after(made, text("CREATE TABLE half (id INTEGER)"))
    with made.writing() as connection:
        connection.execute(text("CREATE TABLE half (id INTEGER)"))
    made.close()


def test_a_reader_sees_what_stood_before_a_writing_that_goes_on(ready: Database) -> None:
    with ready.writing() as connection:
        connection.execute(insert(SERIES).values(**ROW))
        assert count(ready) == 0
    assert count(ready) == 1


def test_readers_never_wait_however_many_writers_do(ready: Database) -> None:
    let_go, started = Event(), Event()

    def hold() -> None:
        with ready.writing():
            started.set()
            let_go.wait(20)

    def wait_for_a_turn() -> None:
        with ready.writing():
            pass

    with ThreadPoolExecutor(41) as pool:
        first = pool.submit(hold)
        started.wait(5)
        others = [pool.submit(wait_for_a_turn) for _ in range(40)]
        assert [count(ready) for _ in range(10)] == [0] * 10
        assert not any(one.done() for one in (first, *others))
        let_go.set()
        assert [one.result(20) for one in others] == [None] * 40


@pytest.mark.parametrize("is_own_thread", [True, False])
def test_who_waits_too_long_to_write_is_told_so(
    url: str, is_own_thread: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards: the patience of a process's own writers; the database's for other processes."""
    monkeypatch.setattr(module, "BUSY_SECONDS", 1)
    first, other = Database(url), Database(url)
    first.upgrade()
    with ThreadPoolExecutor(1) as pool, first.writing():
        waiting = pool.submit(_write, first if is_own_thread else other)
        with pytest.raises(Unavailable) as fault:
            waiting.result(20)
    assert str(fault.value) == BUSY
    _write(other)
    assert count(first) == 1
    for one in (first, other):
        one.close()


def _write(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(insert(SERIES).values(**ROW))


def test_what_breaks_a_rule_of_the_tables_is_no_fault_of_the_machine(ready: Database) -> None:
    with pytest.raises(IntegrityError), ready.writing() as connection:
        connection.execute(insert(SERIES), [ROW, ROW])


def test_a_writer_that_failed_leaves_its_turn_to_the_next(ready: Database) -> None:
    for _ in range(20):
        with pytest.raises(KeyError), ready.writing():
            raise KeyError
    _write(ready)
    assert count(ready) == 1


# ---------------------------------------------------------------- out of reach


def refused(database: Database) -> str:
    with pytest.raises(Unavailable) as fault:
        _write(database)
    database.close()
    return str(fault.value)


def said(reason: str) -> str:
    return f"Chưa ghi được vào kho lưu trữ: {reason}. Hãy thử lại sau; điều đã lưu không bị lưu hai lần."


def test_a_folder_that_is_not_there_is_out_of_reach(tmp_path: Path) -> None:
    told = refused(Database(f"sqlite:///{tmp_path / 'none' / 'archive.db'}"))
    assert told == said("không tới được cơ sở dữ liệu")


def test_a_server_that_does_not_answer_is_out_of_reach(tmp_path: Path) -> None:
    told = refused(Database(f"postgresql://postgres@/none?host={tmp_path}"))
    assert told == said("không tới được cơ sở dữ liệu")


def test_a_full_database_is_said_to_be_full(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path / 'archive.db'}")
    made.upgrade()
    with made.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    many: list[dict[str, Any]] = [{**ROW, "unit_key": f"{n:0300}"} for n in range(100)]
    with pytest.raises(Unavailable) as fault, made.writing() as connection:
        connection.execute(insert(SERIES), many)
    assert str(fault.value) == said("đĩa đã đầy")
    assert count(made) == 0
    made.close()


def test_a_database_that_may_only_be_read_is_said_to_be_so(url: str, tmp_path: Path) -> None:
    made = Database(url)
    made.upgrade()
    made.close()
    if made.is_sqlite:
        path = f"file:{tmp_path / 'archive.db'}?mode=ro&uri=true"
        again = Database(f"sqlite:///{path}")
    else:
        again = Database(f"{url}%20-cdefault_transaction_read_only%3Don")
    assert refused(again) == said("nơi lưu chỉ cho đọc")


def test_two_processes_may_open_one_file(tmp_path: Path) -> None:
    """Near miss of a locked database: another connection that holds nothing is in nobody's way."""
    made = Database(f"sqlite:///{tmp_path / 'archive.db'}")
    made.upgrade()
    with ExitStack() as stack:
        other = sqlite3.connect(tmp_path / "archive.db")
        stack.callback(other.close)
        assert other.execute("SELECT count(*) FROM series").fetchone() == (0,)
        _write(made)
        assert other.execute("SELECT count(*) FROM series").fetchone() == (1,)
    made.close()
