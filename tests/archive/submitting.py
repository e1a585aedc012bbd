"""A process that submits reports and prints what was acknowledged: killed, raced and traced by tests.

python -m tests.archive.submitting loop URL FOLDER FIRST    new reports, until it is killed
python -m tests.archive.submitting same URL FOLDER COUNT    one report, COUNT times at once
python -m tests.archive.submitting once URL FOLDER          one report
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Barrier

from archive.database import Database
from archive.files import Folder
from archive.keeping import Archive
from tests.archive.keeping import deposit

AT_ONCE = 2


def loop(archive: Archive, first: str) -> None:
    """Submit from several threads, a report of its own each; print its number and id when kept."""
    numbers = count(int(first))

    def submit() -> None:
        while True:
            number = next(numbers)
            record, _ = archive.keep(deposit(number))
            _say(f"{number} {record.id}")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for one in [pool.submit(submit) for _ in range(AT_ONCE)]:
            one.result()


def same(archive: Archive, times: str) -> None:
    """Submit one report many times at once, when told to; print each id and whether it is new."""
    together = Barrier(int(times))
    _say("ready")
    sys.stdin.readline()

    def submit(_: int) -> str:
        together.wait()
        record, is_new = archive.keep(deposit(1))
        return f"{record.id} {is_new}"

    with ThreadPoolExecutor(int(times)) as pool:
        for told in pool.map(submit, range(int(times))):
            _say(told)


def once(archive: Archive) -> None:
    """Submit one report."""
    _say(archive.keep(deposit(1))[0].id)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    name, url, folder, *rest = sys.argv[1:]
    act = {"loop": loop, "same": same, "once": once}[name]
    act(Archive(Database(url), Folder(Path(folder))), *rest)  # type: ignore[operator]
