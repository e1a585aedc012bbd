"""A PostgreSQL of the tests' own: started from Debian's programs, on a socket, for one run."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

NOBODY = 65534


def programs() -> Path:
    """The folder of initdb and pg_ctl, the newest; where there is none CI fails, others skip."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if found:
        return found[-1]
    reason = "PostgreSQL (package postgresql) is not installed"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def served(*settings: str) -> Iterator[str]:
    """Yield the URL of a server's own database while it runs; skip where there is none.

    `settings` are as in postgresql.conf: ``fsync=off``.
    """
    bin_ = programs()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    data, log = folder / "data", folder / "log"
    try:
        if not os.getuid():
            os.chown(folder, NOBODY, NOBODY)
        _run(bin_ / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N",
             "--locale=C.UTF-8")  # fmt: skip
        own = (
            "listen_addresses=''",
            f"unix_socket_directories='{folder}'",
            "max_connections=200",
        )
        options = " ".join(f"-c {one}" for one in (*own, *settings))
        _run(bin_ / "pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            _run(bin_ / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


@contextmanager
def own_schema(url: str) -> Iterator[str]:
    """Yield the URL of an empty schema of the database at `url`; its tables are gone at the end.

    A schema costs no files of its own; a database is seven megabytes of them.
    """
    name = f"t{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}".encode())
        yield f"{url}&options=-csearch_path%3D{name}"
        connection.execute("SET client_min_messages = error")
        connection.execute(f"DROP SCHEMA {name} CASCADE".encode())


def _run(*command: str | Path) -> None:
    """Run one of PostgreSQL's programs, which refuse to be root."""
    user = NOBODY if not os.getuid() else None
    done = subprocess.run(
        command, user=user, group=user, extra_groups=[] if user else None, cwd="/", text=True,
        check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    if done.returncode:
        pytest.fail(f"{command[0]}: {done.stderr}")
