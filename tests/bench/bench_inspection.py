"""How fast an archive is inspected on either database: many small files, and few large ones.

`make bench`. The rates stand in each benchmark's extra_info: files and MB a second.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from archive.inspection import inspect
from archive.keeping import Archive
from archive.records import INPUT, KeptFile
from tests.archive.keeping import deposit, fresh
from tests.bench.bench_archive import archive

__all__ = ["archive"]

MB = 2**20


def measure(benchmark: Any, archive: Archive) -> None:
    found = benchmark.pedantic(inspect, (archive,), rounds=3)
    seconds = benchmark.stats.stats.median
    benchmark.extra_info["files/s"] = round(found.files / seconds)
    benchmark.extra_info["MB/s"] = round(found.size / MB / seconds)
    print(f"\n{found.files} files, {found.size / MB:.1f} MB:", benchmark.extra_info)  # noqa: T201
    assert found.exit_code == 0


def test_many_small_files(benchmark: Any, archive: Archive) -> None:
    for n in range(400):
        archive.keep(deposit(n))
    measure(benchmark, archive)


@pytest.mark.parametrize("size", [1, 16])
def test_large_files(benchmark: Any, tmp_path: Path, size: int) -> None:
    own = fresh(tmp_path)
    files = tuple(KeptFile(INPUT, f"{n}.bin", "application/octet-stream", os.urandom(size * MB))
                  for n in range(256 // size))  # fmt: skip
    own.keep(deposit(1, files=files))
    measure(benchmark, own)
    own.database.close()
