"""Backup and restore: of a live archive, on either database, across them, and what is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from archive import audit
from archive.backup import backup, restore, verify
from archive.dumps import NAMES
from archive.files import Folder
from archive.inspection import inspect
from archive.keeping import Archive
from archive.opening import open_archive
from archive.records import INPUT, Altered, ArchiveFault, KeptFile, Missing, Record
from archive.searching import Query, search
from tests.archive.keeping import BY, PAPER, correction, deposit, fresh, issue, kept

LONG_AFTER = date(2060, 1, 1)


def used(archive: Archive) -> list[Record]:
    """Do one of everything, and return the records as they stand."""
    first, second, third = kept(archive, (deposit(n) for n in (1, 2, 3)))
    fourth, _ = archive.keep(correction(1, first, 251))
    issue(archive, second.id, PAPER, BY)
    archive.attach(second.id, KeptFile("signed", "34.pdf", "application/pdf", b"%PDF-1.7"), BY)
    archive.hold(second.id, "thanh tra", BY)
    archive.remove(third.id, BY, LONG_AFTER)
    return [archive.record(one.id) for one in (first, second, third, fourth)]


def log_of(archive: Archive) -> list[audit.Entry]:
    with archive.database.reading() as connection:
        return list(audit.entries(connection))


def found_by(archive: Archive, words: str = "", unit: str = "") -> list[str]:
    return sorted(found.id for found in search(archive, Query(words=words, unit=unit)))


def ids(*records: Record) -> list[str]:
    return sorted(record.id for record in records)


@contextmanager
def restored(source: Path, folder: Path, url: str = "") -> Iterator[Archive]:
    restore(source, folder, url)
    archive = open_archive(folder, url)
    try:
        yield archive
    finally:
        archive.database.close()


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


# ---------------------------------------------------------------- there and back


def test_what_is_restored_is_what_was_backed_up(either: Archive, tmp_path: Path) -> None:
    records = used(either)
    facts = backup(either, tmp_path / "saved")
    with restored(tmp_path / "saved", tmp_path / "new") as again:
        assert [again.record(one.id) for one in records] == records
        assert [again.figures(one.id) for one in records] == [
            either.figures(one.id) for one in records
        ]
        assert log_of(again) == log_of(either)
        assert inspect(again) == inspect(either)
        assert inspect(again).exit_code == 0
        assert found_by(again, "tặng quà tết") == ids(records[0], records[1], records[3])
        assert found_by(again, "Hòa") == ids(records[1])
    assert (facts.entries, facts.rows["reports"], facts.last_hash) == (
        9,
        4,
        log_of(either)[-1].hash,
    )


@pytest.mark.parametrize("source", ["sqlite", "postgresql"])
def test_either_database_is_restored_into_postgresql(
    source: str, archive: Archive, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if source == "postgresql":
        archive = open_archive(tmp_path / "other", request.getfixturevalue("new_postgres")())
    records = used(archive)
    backup(archive, tmp_path / "saved")
    url = request.getfixturevalue("postgres_url")
    with restored(tmp_path / "saved", tmp_path / "new", url) as again:
        assert not again.database.is_sqlite
        assert [again.record(one.id) for one in records] == records
        assert inspect(again).exit_code == 0
        assert found_by(again, "tặng quà tết") == ids(records[0], records[1], records[3])
        new, is_new = again.keep(deposit(9))
        assert (is_new, new.version) == (True, 1)
        backup(again, tmp_path / "again")
    archive.database.close()
    for name in NAMES:
        if name != "words":
            before, after = (
                (tmp_path / f"{one}/rows/{name}.jsonl").read_bytes().splitlines()
                for one in ("saved", "again")
            )
            assert [line for line in after if line in before] == before


def test_words_of_one_postgresql_are_exactly_those_of_the_next(
    new_postgres: Callable[[], str], tmp_path: Path
) -> None:
    first = open_archive(tmp_path / "one", new_postgres())
    first.keep(deposit(1, text="phường Phúc Lợi - tổ 1/2, 1.254 suất; quà quà Tết"))
    backup(first, tmp_path / "saved")
    query = text("SELECT exact::text, bare::text FROM words")
    with restored(tmp_path / "saved", tmp_path / "two", new_postgres()) as second:
        told = []
        for one in (first, second):
            with one.database.reading() as connection:
                told.append(connection.execute(query).all())
    first.database.close()
    assert told[0] == told[1]


def test_a_backup_taken_while_reports_are_kept_is_whole(
    either: Archive, tmp_path: Path
) -> None:
    kept(either, (deposit(n) for n in range(5)))
    stop, faults, count = threading.Event(), list[BaseException](), 5

    def submit() -> None:
        nonlocal count
        try:
            while not stop.is_set():
                either.keep(deposit(count))
                count += 1
        except BaseException as fault:
            faults.append(fault)

    writer = threading.Thread(target=submit)
    writer.start()
    try:
        taken = [backup(either, tmp_path / f"saved{n}") for n in range(4)]
    finally:
        stop.set()
        writer.join()
    assert faults == []
    assert taken[-1].entries > 5
    assert [facts.entries for facts in taken] == sorted(facts.entries for facts in taken)
    for n, facts in enumerate(taken):
        with restored(tmp_path / f"saved{n}", tmp_path / f"new{n}") as again:
            found = inspect(again)
            assert (found.reports, found.exit_code) == (facts.entries, 0)
            assert log_of(again) == log_of(either)[: facts.entries]


def test_a_report_removed_while_its_files_are_copied_is_left_out(
    archive: Archive, tmp_path: Path
) -> None:
    first, second = kept(archive, (deposit(1), deposit(2)))

    class Removing(Folder):
        def get(self, name: str) -> bytes:
            if not archive.record(first.id).removed:
                archive.remove(first.id, BY, LONG_AFTER)
            return super().get(name)

    backup(Archive(archive.database, Removing(tmp_path)), tmp_path / "saved")
    with restored(tmp_path / "saved", tmp_path / "new") as again:
        assert again.record(first.id).removed
        assert again.read(again.record(second.id).file(INPUT))
        assert inspect(again).exit_code == 0


def test_an_empty_archive_goes_there_and_back(either: Archive, tmp_path: Path) -> None:
    assert backup(either, tmp_path / "saved").entries == 0
    with restored(tmp_path / "saved", tmp_path / "new") as again:
        assert inspect(again).reports == 0


def test_the_sums_are_those_that_coreutils_verifies(archive: Archive, tmp_path: Path) -> None:
    used(archive)
    backup(archive, tmp_path / "saved")
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(command, cwd=tmp_path / "saved", check=False).returncode == 0
    listed = (tmp_path / "saved/SHA256SUMS").read_text().splitlines()
    assert {line.split("  ")[1] for line in listed} == set(tree(tmp_path / "saved")) - {
        "SHA256SUMS"
    }


def test_a_backup_is_for_its_owners_eyes(archive: Archive, tmp_path: Path) -> None:
    backup(archive, tmp_path / "saved")
    assert (tmp_path / "saved").stat().st_mode & 0o777 == 0o700


# ---------------------------------------------------------------- whole or not at all


def test_a_backup_is_never_written_over_another(archive: Archive, tmp_path: Path) -> None:
    backup(archive, tmp_path / "saved")
    before = tree(tmp_path / "saved")
    with pytest.raises(ArchiveFault, match=r"^Đã có .*saved\. Hãy sao lưu vào thư mục mới\.$"):
        backup(archive, tmp_path / "saved")
    assert tree(tmp_path / "saved") == before


@pytest.mark.parametrize("fault", [Altered, Missing])
def test_a_damaged_archive_has_no_backup_and_leaves_nothing(
    archive: Archive, tmp_path: Path, fault: type[ArchiveFault]
) -> None:
    record, _ = archive.keep(deposit(1))
    path = tmp_path / "files" / record.file(INPUT).sha256[:2] / record.file(INPUT).sha256
    path.unlink()
    if fault is Altered:
        path.write_bytes(b"other")
    (tmp_path / "to").mkdir()
    with pytest.raises(fault):
        backup(archive, tmp_path / "to" / "saved")
    assert list((tmp_path / "to").iterdir()) == []


def test_a_full_disk_leaves_nothing(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used(archive)
    (tmp_path / "to").mkdir()
    real, left = os.fsync, [9]

    def fsync(handle: int) -> None:
        left[0] -= 1
        if not left[0]:
            raise OSError(28, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(
        ArchiveFault, match=r"^Không ghi được bản sao lưu .*: No space left on device\.$"
    ):
        backup(archive, tmp_path / "to" / "saved")
    assert list((tmp_path / "to").iterdir()) == []


# ---------------------------------------------------------------- what is refused


@pytest.fixture
def saved(archive: Archive, tmp_path: Path) -> Path:
    used(archive)
    backup(archive, tmp_path / "saved")
    return tmp_path / "saved"


def test_a_newer_archive_is_not_restored_over(
    archive: Archive, saved: Path, tmp_path: Path
) -> None:
    newer, _ = archive.keep(deposit(7))
    before = log_of(archive)
    with pytest.raises(ArchiveFault) as refused:
        restore(saved, tmp_path)
    assert str(refused.value) == (
        "Kho lưu trữ có việc ghi sau bản sao lưu này hoặc khác nó (từ bút toán 10 của nhật ký), phục "
        "hồi sẽ làm mất. Hãy phục hồi vào một kho trống."
    )
    assert log_of(archive) == before
    assert archive.record(newer.id) == newer


def test_another_archive_is_not_restored_over(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = fresh(tmp_path / "other")
    other.keep(deposit(1))
    with pytest.raises(ArchiveFault, match="từ bút toán 1 của nhật ký"):
        restore(saved, tmp_path / "other")
    assert inspect(other).reports == 1
    other.database.close()


def test_an_earlier_archive_is_brought_forward(
    either: Archive, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    archive, url = either, ""
    if not archive.database.is_sqlite:
        url = request.getfixturevalue("new_postgres")()
    used(archive)
    backup(archive, tmp_path / "saved")
    archive.keep(deposit(7))
    backup(archive, tmp_path / "later")
    with restored(tmp_path / "saved", tmp_path / "new", url) as again:
        assert len(log_of(again)) == 9
    with restored(tmp_path / "later", tmp_path / "new", url) as again:
        assert log_of(again) == log_of(archive)
        assert inspect(again) == inspect(archive)
        assert found_by(again, unit="phường thử 7") == found_by(archive, unit="phường thử 7")
        assert found_by(again, "tặng quà tết") == found_by(archive, "tặng quà tết")
        assert len(found_by(again, unit="phường thử 7")) == 1


def test_files_altered_or_lost_are_mended(
    archive: Archive, saved: Path, tmp_path: Path
) -> None:
    names = sorted(archive.files.names())
    paths = [tmp_path / "files" / name[:2] / name for name in names]
    paths[0].chmod(0o640)
    paths[0].write_bytes(b"other")
    paths[1].unlink()
    assert inspect(archive).exit_code == 1
    restore(saved, tmp_path)
    assert inspect(archive).exit_code == 0


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o640)
    path.write_bytes(data)


def first_file(saved: Path) -> Path:
    return sorted(path for path in (saved / "files").rglob("*") if path.is_file())[0]


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda saved: flip(first_file(saved)), r": files/../[0-9a-f]{64} đã bị sửa đổi\.$"),
        (lambda saved: flip(saved / "rows/reports.jsonl"), r": rows/reports\.jsonl đã bị sửa đổi\.$"),
        (lambda saved: flip(saved / "backup.json"), r": backup\.json đã bị sửa đổi\.$"),
        (lambda saved: first_file(saved).unlink(), r" không đủ: thiếu [0-9a-f]{64}\.$"),
        (lambda saved: (saved / "SHA256SUMS").unlink(), r" không đủ: thiếu SHA256SUMS\.$"),
        (lambda saved: drop_line(saved, "files/"), r" không đủ: SHA256SUMS thiếu dòng\.$"),
        (lambda saved: drop_line(saved, "rows/audit"), r" không đủ: SHA256SUMS thiếu dòng\.$"),
        (lambda saved: (saved / "SHA256SUMS").write_text("0" * 64 + "  ../../etc/passwd\n"),
         r" không đúng dạng\.$"),
        (shutil.rmtree, r" không đủ: thiếu SHA256SUMS\.$"),
    ],
)  # fmt: skip
def test_a_backup_that_is_not_whole_restores_nothing(
    saved: Path, tmp_path: Path, harm: Any, told: str
) -> None:
    harm(saved)
    with pytest.raises(ArchiveFault, match=told):
        restore(saved, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def drop_line(saved: Path, path: str) -> None:
    lines = (saved / "SHA256SUMS").read_text().splitlines(keepends=True)
    (place, *_) = (n for n, line in enumerate(lines) if f"  {path}" in line)
    (saved / "SHA256SUMS").write_text("".join(lines[:place] + lines[place + 1 :]))


def rewritten(saved: Path, name: str, old: str, new: str) -> None:
    """Alter a file of the backup and its hash too."""
    from hashlib import sha256

    before = (saved / name).read_bytes()
    after = before.replace(old.encode(), new.encode())
    assert after != before
    (saved / name).write_bytes(after)
    sums = (saved / "SHA256SUMS").read_text()
    told = sums.replace(sha256(before).hexdigest(), sha256(after).hexdigest())
    (saved / "SHA256SUMS").write_text(told)


def test_a_log_that_was_rewritten_in_a_backup_is_not_restored(
    saved: Path, tmp_path: Path
) -> None:
    rewritten(saved, "rows/audit.jsonl", BY, "Ai Đó")
    with pytest.raises(ArchiveFault) as refused:
        restore(saved, tmp_path / "new")
    assert str(refused.value) == (
        "Nhật ký trong bản sao lưu không liền mạch. Bút toán 1 của nhật ký đã bị sửa đổi."
    )
    left = open_archive(tmp_path / "new")
    assert inspect(left).reports == 0
    left.database.close()


def test_a_backup_of_other_tables_is_not_restored(saved: Path, tmp_path: Path) -> None:
    facts, _ = verify(saved)
    rewritten(saved, "backup.json", f'"revision": "{facts.revision}"', '"revision": "9999"')
    with pytest.raises(
        ArchiveFault, match=r"\(bảng 9999\).*Hãy phục hồi bằng phiên bản đó, rồi nâng cấp\.$"
    ):
        restore(saved, tmp_path / "new")
