"""Archives on either database; PostgreSQL is started once for a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from archive.keeping import Archive
from tests.archive.keeping import fresh, in_memory, opened
from tests.archive.postgres import own_schema, served


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder in memory where there is one: what is asked of the disk is traced, not waited for."""
    with in_memory() as folder:
        yield folder


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive on SQLite."""
    made = fresh(tmp_path)
    yield made
    made.database.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a running PostgreSQL."""
    with served("fsync=off") as url:
        yield url


@pytest.fixture
def new_postgres(postgres_server: str) -> Iterator[Callable[[], str]]:
    """What gives the URL of an empty database of PostgreSQL, another one each time."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(own_schema(postgres_server))


@pytest.fixture
def postgres_url(new_postgres: Callable[[], str]) -> str:
    """The URL of an empty database of the test's own."""
    return new_postgres()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_of(request: pytest.FixtureRequest) -> Callable[[Path], str]:
    """What gives the URL of an empty database for a folder, of SQLite and of PostgreSQL."""
    if request.param == "sqlite":
        return lambda folder: f"sqlite:///{folder / 'archive.db'}"
    made = str(request.getfixturevalue("postgres_url"))
    return lambda _: made


@pytest.fixture
def url(database_of: Callable[[Path], str], tmp_path: Path) -> str:
    """The URL of an empty database, of SQLite and of PostgreSQL."""
    return database_of(tmp_path)


@pytest.fixture
def either(url: str, tmp_path: Path) -> Iterator[Archive]:
    """An empty archive on SQLite, and one on PostgreSQL."""
    made = opened(url, tmp_path)
    yield made
    made.database.close()
