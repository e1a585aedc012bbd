"""Medians of keeping a report for good, on either database, with every fsync; and of reading it back.

`make bench` runs it with the others; alone: pytest tests/bench/bench_archive.py --benchmark-enable.
The disk's own fsync is measured beside them: it is most of the time, and machines differ.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from archive.keeping import Archive
from tests.archive.keeping import deposit, opened
from tests.archive.postgres import served

ROUNDS, AT_ONCE = 100, 10


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        made = opened(f"sqlite:///{folder / 'archive.db'}", folder)
        yield made
        made.database.close()
        return
    with served("fsync=on") as url:
        made = opened(url, folder)
        yield made
        made.database.close()


NUMBERS = count(1)


def test_one_submission(benchmark: Any, archive: Archive) -> None:
    def fresh_one() -> tuple[tuple[Any], dict[str, Any]]:
        return (deposit(next(NUMBERS)),), {}

    record, is_new = benchmark.pedantic(archive.keep, setup=fresh_one, rounds=ROUNDS)
    assert is_new
    assert len(record.files) == 7


def test_ten_submissions_at_once(benchmark: Any, archive: Archive) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:

        def submit() -> list[bool]:
            deposits = [deposit(next(NUMBERS)) for _ in range(AT_ONCE)]
            return [is_new for _, is_new in pool.map(archive.keep, deposits)]

        assert benchmark.pedantic(submit, rounds=ROUNDS // AT_ONCE) == [True] * AT_ONCE


def test_the_same_again(benchmark: Any, archive: Archive) -> None:
    record, _ = archive.keep(deposit(0))
    assert benchmark(archive.keep, deposit(0)) == (record, False)


def test_a_record_and_all_its_files_hashed_anew(benchmark: Any, archive: Archive) -> None:
    record, _ = archive.keep(deposit(0))

    def read() -> int:
        return sum(len(archive.read(ref)) for ref in archive.record(record.id).files)

    assert benchmark(read) == sum(ref.size for ref in record.files)


def test_the_disks_own_write_and_fsync(benchmark: Any, tmp_path: Path) -> None:
    def write() -> None:
        with (tmp_path / "one").open("ab") as file:
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())

    benchmark.pedantic(write, rounds=ROUNDS)
    assert (tmp_path / "one").stat().st_size == 4096 * ROUNDS
