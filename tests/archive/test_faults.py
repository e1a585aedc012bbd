"""What a machine does to an archive: it is killed, full, read-only, raced, and nothing is lost."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from archive import audit
from archive.keeping import Archive
from archive.records import Conflict, Missing, Record, Unavailable
from archive.tables import REPORTS
from tests.archive.keeping import correction, deposit, fresh, opened

ROOT = Path(__file__).resolve().parents[2]
SUBMISSIONS = 200


def submitting(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "tests.archive.submitting", *map(str, arguments)]


def started(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(submitting(*arguments), cwd=ROOT, text=True, stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE)  # fmt: skip


def all_records(archive: Archive) -> list[Record]:
    with archive.database.reading() as connection:
        ids = list(connection.execute(select(REPORTS.c.id)).scalars())
    return [archive.record(one) for one in ids]


def log_of(archive: Archive) -> tuple[list[str], list[str]]:
    """The breaks of the log, and the reports it says were kept."""
    with archive.database.reading() as connection:
        kept = [one.report_id for one in audit.entries(connection) if one.action == "keep"]
        return list(audit.breaks(connection)), kept


def is_whole(archive: Archive, record: Record) -> bool:
    """Whether a record is that of its ward's report, every file and figure of it."""
    number = int(record.unit.rpartition(" ")[2])
    one = deposit(number)
    read = [archive.read(ref) for ref in record.files]
    return (read, list(archive.figures(record.id).values()), record.digest) == (
        [file.data for file in one.files], list(one.figures), one.digest)  # fmt: skip


# ---------------------------------------------------------------- killed


def killed(random_: random.Random, *arguments: object) -> list[str]:
    """What a process acknowledged before it was killed at a random moment."""
    process = started("loop", *arguments)
    assert process.stdout
    first = process.stdout.readline()
    time.sleep(random_.uniform(0.1, 0.6))
    process.kill()
    rest, _ = process.communicate()
    return [first.strip(), *(line for line in rest.split("\n")[:-1])]


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(
    database_of: Callable[[Path], str], tmp_path: Path
) -> None:
    """Guards: files before the row; all rows of a report in one transaction; kept, then said."""
    url = database_of(tmp_path)
    opened(url, tmp_path).database.close()
    random_, told, kills = random.Random(7), list[str](), 0
    while len(told) < SUBMISSIONS or kills < 5:
        kills += 1
        told += killed(random_, url, tmp_path, kills * 10_000)
    archive = opened(url, tmp_path)
    records = {record.id: record for record in all_records(archive)}
    assert [line for line in told if not _stands(line, records)] == []
    assert [record.unit for record in records.values() if not is_whole(archive, record)] == []
    breaks, kept = log_of(archive)
    assert (breaks, sorted(kept)) == ([], sorted(records))
    used = {ref.sha256 for record in records.values() for ref in record.files}
    left = set(archive.files.names()) - used
    assert archive.sweep("người giữ kho") == len(left)
    assert set(archive.files.names()) == used
    archive.database.close()


def _stands(line: str, records: dict[str, Record]) -> bool:
    number, report_id = line.split()
    return report_id in records and records[report_id].unit == f"phường Thử {number}"


# ---------------------------------------------------------------- the order of the disk's work


CALL = re.compile(r"(?:\[pid +\d+\] |\d+ +)?(\w+)\((.*)\) += (-?\d+)")


def traced(tmp_path: Path) -> list[tuple[str, str]]:
    """What a submission asks of the disk, in order: (call, arguments)."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed; test_files records the same steps inside Python")
    fresh(tmp_path).database.close()
    log, calls = (
        tmp_path / "strace.log",
        "openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2",
    )
    ran = subprocess.run(
        [strace, "-f", "-y", "-s", "120", "-e", f"trace={calls}", "-o", str(log),
         *submitting("once", f"sqlite:///{tmp_path / 'archive.db'}", tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "ptrace" in ran.stderr:
        pytest.skip("this machine does not let a process be traced")
    assert ran.returncode == 0, ran.stderr
    found = (CALL.match(line) for line in log.read_text(encoding="utf-8").splitlines())
    return [(one[1], one[2]) for one in found if one and int(one[3]) >= 0]


def test_each_file_is_written_synced_renamed_and_its_folder_synced_before_the_row_is(
    tmp_path: Path,
) -> None:
    """Guards: fsync of the file, rename after it, fsync of the folder, synchronous=FULL, the order."""
    calls = traced(tmp_path)
    renames = [at for at, (call, told) in enumerate(calls)
               if call.startswith("rename") and ".part" in told]  # fmt: skip
    assert len(renames) == 7
    for at in renames:
        part, target = re.findall(r'"([^"]+)"', calls[at][1])
        opened_at = _find(calls, "openat", f'"{part}", O_WRONLY|O_CREAT|O_EXCL', 0)
        written = _find(calls, "write", f"<{part}>", opened_at)
        synced = _find(calls, "fsync", f"<{part}>", written)
        folder = _find(calls, "fsync", f"<{Path(target).parent}>", at)
        assert opened_at < written < synced < at < folder
    acknowledged = _find(calls, "write", "1<", renames[-1])
    commit = _find(calls, "fdatasync", "archive.db-wal>", folder)
    assert folder < commit < acknowledged
    assert not [
        one for one in calls[:folder] if "pwrite64" in one[0] and "archive.db-wal" in one[1]
    ]


def _find(calls: Sequence[tuple[str, str]], call: str, told: str, after: int) -> int:
    """Where a call is made first from `after` on; the test fails where it is not."""
    found = [
        at for at in range(after, len(calls)) if calls[at][0] == call and told in calls[at][1]
    ]
    assert found, f"{call}({told}) is not called"
    return found[0]


# ---------------------------------------------------------------- a crash at each step of keeping


class Crash(BaseException):
    """The end of the process, as far as the program can tell."""


STEPS = (
    "archive.keeping.ref_of",
    "archive.keeping.series_of",
    "archive.entering.retention_of",
    "archive.entering.file_rows",
    "archive.entering.figure_rows",
    "archive.entering.enter_words",
    "archive.keeping.record_of",
    "archive.audit.append",
)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("fault", [Crash(), OSError(28, "No space left on device")])
def test_a_fault_at_any_step_leaves_nothing_that_can_be_seen(
    either: Archive, monkeypatch: pytest.MonkeyPatch, step: str, fault: BaseException
) -> None:
    first, _ = either.keep(deposit(1))
    before = log_of(either)

    def fail(*_: Any, **__: Any) -> Any:
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(step, fail)
        with pytest.raises((Crash, Unavailable)):
            either.keep(deposit(2))
    assert all_records(either) == [first]
    assert log_of(either) == before
    second, is_new = either.keep(deposit(2))
    assert is_new
    assert is_whole(either, second)


# ---------------------------------------------------------------- full and read-only disks


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "archive-test", str(place)]
    if os.getuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount; test_files injects the same fault")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def refused(archive: Archive, number: int) -> str:
    with pytest.raises(Unavailable) as fault:
        archive.keep(deposit(number))
    return str(fault.value)


def test_a_full_disk_is_said_and_nothing_half_done_is_seen(disk: Path, tmp_path: Path) -> None:
    archive = opened(f"sqlite:///{tmp_path / 'archive.db'}", disk)
    first, _ = archive.keep(deposit(1))
    filler = disk / "filler"
    with pytest.raises(OSError, match="No space left"):
        filler.write_bytes(bytes(2**21))
    assert refused(archive, 2) == (
        "Chưa ghi được vào kho lưu trữ: đĩa đã đầy. Hãy thử lại sau; điều đã lưu không bị lưu hai lần."
    )
    assert all_records(archive) == [first]
    assert list((disk / "coming").iterdir()) == []
    filler.unlink()
    assert archive.keep(deposit(2))[1]
    archive.database.close()


def test_rows_and_files_on_one_full_disk_are_whole_or_not_there(disk: Path) -> None:
    archive = opened(f"sqlite:///{disk / 'archive.db'}", disk)
    kept: list[Record] = []
    with pytest.raises(Unavailable):
        kept.extend(archive.keep(deposit(number))[0] for number in count())
    assert kept
    assert sorted(all_records(archive), key=lambda one: one.at) == kept
    assert [one for one in kept if not is_whole(archive, one)] == []
    assert log_of(archive) == ([], [one.id for one in kept])
    archive.database.close()


def test_a_disk_that_may_only_be_read_is_said_and_still_read(
    disk: Path, tmp_path: Path
) -> None:
    archive = opened(f"sqlite:///{tmp_path / 'archive.db'}", disk)
    first, _ = archive.keep(deposit(1))
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert refused(archive, 2) == (
        "Chưa ghi được vào kho lưu trữ: nơi lưu chỉ cho đọc. Hãy thử lại sau; điều đã lưu không bị lưu "
        "hai lần."
    )
    archive.database.close()
    again = opened(f"sqlite:///{tmp_path / 'archive.db'}", disk)
    assert all_records(again) == [first]
    assert is_whole(again, first)
    again.database.close()


def test_a_file_that_cannot_be_read_now_is_not_said_to_be_lost(
    archive: Archive, tmp_path: Path
) -> None:
    record, _ = archive.keep(deposit(1))
    path = tmp_path / "files" / record.files[0].sha256[:2] / record.files[0].sha256
    path.unlink()
    path.mkdir()
    with pytest.raises(Unavailable) as fault:
        archive.read(record.files[0])
    assert str(fault.value) == (
        "Chưa đọc được kho lưu trữ: máy báo lỗi đọc, ghi tệp. Hãy thử lại sau; điều đã lưu không bị "
        "lưu hai lần."
    )
    path.rmdir()
    with pytest.raises(Missing):
        archive.read(record.files[0])


# ---------------------------------------------------------------- at once


def test_one_report_submitted_fifty_times_at_once_by_two_processes_is_one(
    url: str, tmp_path: Path
) -> None:
    """Guard: the one writer, who asks for the latest version in its own turn."""
    opened(url, tmp_path).database.close()
    with ExitStack() as stack:
        both = [stack.enter_context(started("same", url, tmp_path, 25)) for _ in range(2)]
        for one in both:
            assert one.stdout
            assert one.stdout.readline() == "ready\n"
        for one in both:
            assert one.stdin
            one.stdin.write("\n")
            one.stdin.flush()
        told = [
            line.split() for one in both for line in one.communicate(timeout=60)[0].splitlines()
        ]
    archive = opened(url, tmp_path)
    (record,) = all_records(archive)
    assert sorted(told) == sorted([[record.id, "True"], *[[record.id, "False"]] * 49])
    assert is_whole(archive, record)
    assert log_of(archive) == ([], [record.id])
    archive.database.close()


def test_of_two_corrections_of_one_version_at_once_one_wins(url: str, tmp_path: Path) -> None:
    archives = [opened(url, tmp_path) for _ in range(2)]
    first, _ = archives[0].keep(deposit(1))
    for round_ in range(10):
        latest = archives[0].versions(first.id)[-1]
        won, lost = _both(archives, latest, 1000 + round_ * 2)
        assert (won.version, won.replaces) == (latest.version + 1, latest.id)
        assert str(lost) == "Bản được nêu để thay thế không phải bản mới nhất của báo cáo này."
    assert [one.version for one in archives[0].versions(first.id)] == list(range(1, 12))
    for one in archives:
        one.database.close()


def _both(archives: Sequence[Archive], latest: Record, value: int) -> tuple[Record, Conflict]:
    """Correct one version twice at once; the one that won and the conflict of the other."""
    together = Barrier(len(archives))

    def correct(archive: Archive, value: int) -> Record | Conflict:
        together.wait()
        try:
            return archive.keep(correction(1, latest, value))[0]
        except Conflict as conflict:
            return conflict

    with ThreadPoolExecutor(len(archives)) as pool:
        told = list(pool.map(correct, archives, range(value, value + len(archives))))
    (won,) = [one for one in told if isinstance(one, Record)]
    (lost,) = [one for one in told if isinstance(one, Conflict)]
    return won, lost


def test_two_processes_keep_different_reports_in_one_archive(url: str, tmp_path: Path) -> None:
    archives = [opened(url, tmp_path) for _ in range(2)]
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda n: archives[n % 2].keep(deposit(n))[0], range(40)))
    assert len({record.id for record in kept}) == 40
    assert [record.unit for record in kept if not is_whole(archives[0], record)] == []
    breaks, logged = log_of(archives[1])
    assert (breaks, sorted(logged)) == ([], sorted(record.id for record in kept))
    for one in archives:
        one.database.close()
