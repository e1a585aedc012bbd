"""The end of a report: after its time, never before, and nothing another report has goes with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from archive import audit, keeping
from archive.dossier import enter_file
from archive.entering import enter_report
from archive.keeping import Archive
from archive.records import SIGNED, Conflict, KeptFile, Missing
from archive.tables import CHANGES, FIGURES
from tests.archive.keeping import BY, PAPER, correction, deposit, issue

DUE = date(2041, 1, 1)
LONG_AFTER = date(2099, 1, 1)
BASIS = "Thông tư 09/2011/TT-BNV: báo cáo 6 tháng của cơ quan, 20 năm"


def refused(archive: Archive, report_id: str, today: date | None) -> str:
    with pytest.raises(Conflict) as fault:
        archive.remove(report_id, BY, today)
    return str(fault.value)


def rows_of(archive: Archive, report_id: str) -> int:
    with archive.database.reading() as connection:
        told = [len(connection.execute(table.select().where(table.c.report_id == report_id)).all())
                for table in (FIGURES, CHANGES)]  # fmt: skip
        words = connection.execute(
            text("SELECT report_id FROM words WHERE report_id = :id"), {"id": report_id}
        )
        return sum(told) + len(words.all())


def test_a_report_is_removed_on_the_day_its_time_has_passed_and_not_before(
    either: Archive,
) -> None:
    record, _ = either.keep(deposit(1))
    record = issue(either, record.id, PAPER, BY)
    for today in (date(2040, 12, 31), None):
        assert refused(either, record.id, today) == (
            f"Báo cáo phải giữ đến 01/01/2041 ({BASIS}), chưa được hủy."
        )
    assert either.record(record.id) == record
    either.remove(record.id, BY, DUE)
    removed = either.record(record.id)
    assert removed == replace(record, removed=removed.removed)
    assert removed.removed
    assert list(either.files.names()) == []
    assert either.figures(record.id) == {}
    assert rows_of(either, record.id) == 0
    with pytest.raises(Missing):
        either.read(record.files[0])


def test_a_removal_is_in_the_log(archive: Archive) -> None:
    record, _ = archive.keep(deposit(1))
    archive.remove(record.id, "Trần Văn Hòa", LONG_AFTER)
    with archive.database.reading() as connection:
        last = list(audit.entries(connection))[-1]
    assert (last.action, last.by, last.details) == ("remove", "Trần Văn Hòa", '{"files": 7}')
    removed = archive.record(record.id).removed
    assert removed
    assert removed.isoformat(timespec="microseconds") == last.at


def test_a_report_that_is_kept_for_ever_is_never_removed(archive: Archive) -> None:
    record, _ = archive.keep(deposit(1, period="2020"))
    assert refused(archive, record.id, date.max) == (
        "Báo cáo phải giữ vĩnh viễn (Thông tư 09/2011/TT-BNV: báo cáo năm của cơ quan, vĩnh viễn), "
        "chưa được hủy."
    )


def test_a_report_that_is_held_is_not_removed_until_the_hold_is_lifted(either: Archive) -> None:
    record, _ = either.keep(deposit(1))
    either.hold(record.id, "thanh tra", BY)
    assert refused(either, record.id, LONG_AFTER) == (
        "Báo cáo đang được giữ lại (thanh tra), chưa được hủy."
    )
    either.hold(record.id, "", BY)
    either.remove(record.id, BY, LONG_AFTER)
    assert either.record(record.id).removed


def test_files_that_another_report_has_stay(either: Archive) -> None:
    first, _ = either.keep(deposit(1))
    second, _ = either.keep(deposit(2))
    signed = KeptFile(SIGNED, "ca-hai.pdf", "application/pdf", b"both")
    for one in (first, second):
        either.attach(one.id, signed, BY)
    either.remove(first.id, BY, LONG_AFTER)
    standing = either.record(second.id)
    assert len([either.read(ref) for ref in standing.files]) == 8
    assert list(either.files.names()) == sorted({ref.sha256 for ref in standing.files})
    either.remove(second.id, BY, LONG_AFTER)
    assert list(either.files.names()) == []


def test_an_older_version_goes_and_the_newer_one_stays_whole(either: Archive) -> None:
    first, _ = either.keep(deposit(1, 249))
    second, _ = either.keep(correction(1, first, 250))
    either.remove(first.id, BY, LONG_AFTER)
    assert either.record(second.id) == second
    assert len([either.read(ref) for ref in second.files]) == 7
    assert [one.removed is None for one in either.versions(second.id)] == [False, True]


@pytest.mark.parametrize("names_it", [True, False])
def test_a_report_may_be_kept_again_after_its_removal(either: Archive, names_it: bool) -> None:
    first, _ = either.keep(deposit(1))
    either.remove(first.id, BY, LONG_AFTER)
    again, is_new = either.keep(deposit(1, replaces=first.id if names_it else ""))
    assert (is_new, again.version, again.replaces, again.changes) == (True, 2, first.id, ())
    assert len([either.read(ref) for ref in again.files]) == 7


# ---------------------------------------------------------------- between a row and its files


def test_a_crash_between_the_row_and_the_files_leaves_what_a_sweep_destroys(
    either: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, _ = either.keep(deposit(1))
    other, _ = either.keep(deposit(2))
    with monkeypatch.context() as patched:
        patched.setattr("archive.keeping.drop_loose", lambda *_: None)
        either.remove(record.id, BY, LONG_AFTER)
    assert len(list(either.files.names())) == 11
    assert either.sweep(BY) == 4
    assert list(either.files.names()) == sorted({ref.sha256 for ref in other.files})
    assert either.sweep(BY) == 0
    with either.database.reading() as connection:
        told = [(one.action, one.details) for one in audit.entries(connection)]
    assert told[2:] == [("remove", '{"files": 4}'), ("sweep", '{"files": 4}')]


def test_files_that_a_sweep_takes_before_their_row_are_put_again(
    either: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter = enter_report

    def swept_first(*args: object) -> str:
        for name in list(either.files.names()):
            either.files.drop(name)
        return enter(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(keeping, "enter_report", swept_first)
    record, _ = either.keep(deposit(1))
    assert len([either.read(ref) for ref in record.files]) == 7


def test_an_attached_file_that_is_swept_before_its_row_is_put_again(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    record, _ = archive.keep(deposit(1))
    enter = enter_file

    def swept_first(connection: object, report_id: str, ref: object, by: str) -> None:
        archive.files.drop(ref.sha256)  # type: ignore[attr-defined]
        enter(connection, report_id, ref, by)  # type: ignore[arg-type]

    monkeypatch.setattr(keeping, "enter_file", swept_first)
    whole = archive.attach(
        record.id, KeptFile(SIGNED, "34.pdf", "application/pdf", b"%PDF"), BY
    )
    assert archive.read(whole.file(SIGNED)) == b"%PDF"
