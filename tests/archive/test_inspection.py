"""Inspection: what was altered, lost, left over, or no longer agrees with the log."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from archive.files import Folder
from archive.inspection import Inspection, inspect
from archive.keeping import Archive
from archive.records import FIGURES, IMPORTED, INPUT, FileRef, KeptFile, Record
from tests.archive.keeping import BY, JSON, PAPER, as_json, correction, deposit, issue, kept

LONG_AFTER = date(2060, 1, 1)


def path_of(folder: Path, ref: FileRef) -> Path:
    return folder / "files" / ref.sha256[:2] / ref.sha256


def overwrite(path: Path, data: bytes) -> None:
    path.chmod(0o640)
    path.write_bytes(data)


def altering(archive: Archive, statement: str, **values: Any) -> None:
    """Do to the rows what no program of ours does."""
    with archive.database.engine.begin() as connection:
        if not archive.database.is_sqlite:
            connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text(statement), values)


def with_figures(n: int, value: int) -> Any:
    """A deposit whose file of figures tells them as the service does."""
    told = {
        "figures": [
            {"code": "qua_tet.value", "label": "Quà Tết", "value": value, "unit": "người"}
        ]
    }
    plain = deposit(n, value)
    files = tuple(KeptFile(f.role, f.name, JSON, as_json(told)) if f.role == FIGURES else f
                  for f in plain.files)  # fmt: skip
    return deposit(n, value, files=files)


@pytest.fixture
def two(archive: Archive) -> list[Record]:
    return kept(archive, (with_figures(1, 249), with_figures(2, 40)))


def well(reports: int, archive: Archive) -> Inspection:
    """What an inspection tells where nothing is wrong."""
    found = inspect(archive)
    return Inspection(reports, found.files, found.size, (), (), (), ())


# ---------------------------------------------------------------- all is well


def test_a_used_archive_is_found_intact(either: Archive) -> None:
    first, second, third = kept(either, (with_figures(1, 249), deposit(2), deposit(3)))
    either.keep(correction(1, first, 250))
    issue(either, second.id, PAPER, BY)
    either.attach(second.id, KeptFile("signed", "34.pdf", "application/pdf", b"%PDF-1.7"), BY)
    either.hold(second.id, "thanh tra", BY)
    either.hold(second.id, "", BY)
    either.hold(second.id, "kiểm toán", BY)
    either.remove(third.id, BY, LONG_AFTER)
    found = inspect(either)
    assert found == well(4, either)
    assert found.exit_code == 0


def test_an_inspection_says_what_it_counted(archive: Archive, two: list[Record]) -> None:
    found = inspect(archive)
    size = sum({ref.sha256: ref.size for one in two for ref in one.files}.values())
    assert found.summary == (
        f"Đã kiểm tra 2 báo cáo, 11 tệp ({size} byte): 11 tệp nguyên vẹn, 0 bị sửa đổi, 0 không còn, "
        "0 không đọc được; 0 tệp thừa; 0 chỗ hồ sơ không khớp nhật ký; 0 chỗ đứt của nhật ký."
    )


def test_an_empty_archive_is_intact(either: Archive) -> None:
    assert inspect(either) == Inspection(0, 0, 0, (), (), (), ())


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("flip", [0, -1], ids=["the first byte", "the last byte"])
def test_one_byte_changed_is_told(
    archive: Archive, two: list[Record], tmp_path: Path, flip: int
) -> None:
    ref = two[0].file(INPUT)
    changed = bytearray(archive.read(ref))
    changed[flip] ^= 1
    overwrite(path_of(tmp_path, ref), bytes(changed))
    found = inspect(archive)
    assert [one.said for one in found.amiss] == [
        f"Tệp {ref.sha256} đã bị sửa đổi; thuộc báo cáo {two[0].id}."
    ]
    assert (found.exit_code, found.count("altered"), found.count("intact")) == (1, 1, 10)


def test_two_files_swapped_are_both_altered(
    archive: Archive, two: list[Record], tmp_path: Path
) -> None:
    one, other = (path_of(tmp_path, record.file(INPUT)) for record in two)
    first, second = one.read_bytes(), other.read_bytes()
    overwrite(one, second)
    overwrite(other, first)
    found = inspect(archive)
    assert {(a.sha256, a.state, a.reports) for a in found.amiss} == {
        (record.file(INPUT).sha256, "altered", (record.id,)) for record in two
    }


def test_a_lost_file_is_told_with_all_reports_it_belongs_to(
    archive: Archive, two: list[Record], tmp_path: Path
) -> None:
    shared = two[0].file("template")
    path_of(tmp_path, shared).unlink()
    found = inspect(archive)
    assert [(a.sha256, a.state, set(a.reports)) for a in found.amiss] == [
        (shared.sha256, "missing", {record.id for record in two})
    ]
    assert found.exit_code == 1


def test_what_cannot_be_read_is_neither_intact_nor_altered(
    archive: Archive, two: list[Record], tmp_path: Path
) -> None:
    ref = two[0].file(INPUT)
    path_of(tmp_path, ref).unlink()
    path_of(tmp_path, ref).mkdir()
    found = inspect(archive)
    assert [one.said for one in found.amiss] == [
        f"Tệp {ref.sha256} không đọc được (Is a directory); thuộc báo cáo {two[0].id}."
    ]
    assert found.exit_code == 2


def test_no_permission_is_not_known_and_beside_a_loss_the_loss_decides(
    archive: Archive, two: list[Record], tmp_path: Path
) -> None:
    class Forbidden(Folder):
        def check(self, name: str) -> None:
            if name == two[0].file(INPUT).sha256:
                raise PermissionError(13, "Permission denied")
            super().check(name)

    guarded = Archive(archive.database, Forbidden(tmp_path))
    assert [(a.state, a.reason) for a in inspect(guarded).amiss] == [
        ("unknown", "Permission denied")
    ]
    assert inspect(guarded).exit_code == 2
    path_of(tmp_path, two[1].file(INPUT)).unlink()
    assert inspect(guarded).exit_code == 1


def test_a_folder_that_cannot_be_listed_is_not_known(
    archive: Archive, two: list[Record], tmp_path: Path
) -> None:
    class Unlisted(Folder):
        def names(self) -> Any:
            raise PermissionError(13, "Permission denied")

    found = inspect(Archive(archive.database, Unlisted(tmp_path)))
    assert (found.unlisted, found.amiss, found.exit_code) == ("Permission denied", (), 2)


def test_a_file_nobody_has_is_an_orphan_and_no_fault(
    archive: Archive, two: list[Record]
) -> None:
    name = archive.files.put(b"left by a submission that was cut off")
    found = inspect(archive)
    assert (found.orphans, found.exit_code) == ((name,), 0)


def test_a_report_removed_meanwhile_is_no_loss(
    archive: Archive, two: list[Record], tmp_path: Path
) -> None:
    class Removing(Folder):
        def check(self, name: str) -> None:
            if not archive.record(two[0].id).removed:
                archive.remove(two[0].id, BY, LONG_AFTER)
            super().check(name)

    slow = Archive(archive.database, Removing(tmp_path))
    assert inspect(slow).amiss == ()


def test_no_file_is_in_memory_whole(archive: Archive) -> None:
    size = 4 * 2**20
    big = [KeptFile(INPUT, f"{n}.bin", "application/octet-stream", bytes([n]) * size)
           for n in range(3)]  # fmt: skip
    archive.keep(deposit(1, files=tuple(big)))
    tracemalloc.start()
    try:
        inspect(archive)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < size / 4


# ---------------------------------------------------------------- records and the log

Tamper = Callable[[Record], tuple[str, str]]


def report(column: str, value: str, said: Callable[[Record], str]) -> Tamper:
    return lambda record: (
        f"UPDATE reports SET {column} = {value} WHERE id = '{record.id}'",
        said(record),
    )


def of(record: Record, told: str) -> str:
    return f"Báo cáo {record.id}: {told}"


@pytest.mark.parametrize(
    "tamper",
    [
        report("unit", "'xã Khác'", lambda r: of(r, "đơn vị trong hồ sơ là «xã Khác», trong nhật ký "
                                                    "là «phường Thử 1».")),
        report("period", "'2021S1'", lambda r: of(r, "kỳ trong hồ sơ là «2021S1», trong nhật ký là "
                                                     "«2020S1».")),
        report("digest", "'0'", lambda r: of(r, "mã của văn bản trong hồ sơ là «0», trong nhật ký là "
                                                f"«{r.digest}».")),
        report("hold", "'thanh tra'", lambda r: of(r, "lý do giữ lại trong hồ sơ là «thanh tra», trong "
                                                      "nhật ký là «».")),
        report("number", "'35'", lambda r: of(r, "số trong hồ sơ là «35», trong nhật ký là «34».")),
        report("signer_name", "'Ai Đó'", lambda r: of(r, "người ký trong hồ sơ là «Ai Đó», trong nhật "
                                                         "ký là «Trần Văn Hòa».")),
        report("subject", "'Khác'", lambda r: of(r, "trích yếu trong hồ sơ là «Khác», trong nhật ký là «Kết "
                                                    "quả công tác 6 tháng đầu năm 2020».")),
        report("state", "'returned'", lambda r: of(r, "trạng thái trong hồ sơ là «returned», trong nhật ký "
                                                      "là «issued».")),
        report("keep_until", "'2021-01-01'", lambda r: of(r, "giữ đến ngày trong hồ sơ là «2021-01-01», "
                                                             "trong nhật ký là «2041-01-01».")),
        report("kind", "'khac'", lambda r: of(r, "loại trong hồ sơ là «khac», trong nhật ký là «thu».")),
        report("by", "'Ai Đó'", lambda r: of(r, "người lưu trong hồ sơ là «Ai Đó», trong nhật ký là "
                                                f"«{BY}».")),
        lambda r: (f"UPDATE steps SET by = 'Ai Đó' WHERE report_id = '{r.id}'",
                   of(r, "các bước duyệt, trả lại không khớp nhật ký.")),
        lambda r: (f"DELETE FROM steps WHERE report_id = '{r.id}'",
                   of(r, "các bước duyệt, trả lại không khớp nhật ký.")),
        lambda r: (f"UPDATE files SET role = 'other' WHERE report_id = '{r.id}' AND position = 0",
                   of(r, "danh sách tệp không khớp nhật ký.")),
        lambda r: (f"UPDATE files SET sha256 = '{r.files[1].sha256}' WHERE report_id = '{r.id}' "
                   "AND position = 0", of(r, "danh sách tệp không khớp nhật ký.")),
        lambda r: (f"DELETE FROM files WHERE report_id = '{r.id}' AND position = 6",
                   of(r, "danh sách tệp không khớp nhật ký.")),
        lambda r: (f"UPDATE figures SET value = '250' WHERE report_id = '{r.id}'",
                   of(r, "số «qua_tet.value» trong bảng tra khác với tệp số liệu đã lưu.")),
        lambda r: (f"DELETE FROM figures WHERE report_id = '{r.id}'",
                   of(r, "số «qua_tet.value» trong bảng tra khác với tệp số liệu đã lưu.")),
    ],
)  # fmt: skip
def test_a_row_that_was_altered_is_told(either: Archive, tamper: Tamper) -> None:
    record, _ = either.keep(with_figures(1, 249))
    issue(either, record.id, PAPER, BY)
    statement, said = tamper(record)
    altering(either, statement)
    found = inspect(either)
    assert (found.records, found.breaks, found.exit_code) == ((said,), (), 1)


@pytest.mark.parametrize("state", ["approved", "returned", "issued", "imported"])
def test_a_state_that_no_step_led_to_is_told(
    archive: Archive, two: list[Record], state: str
) -> None:
    altering(
        archive, "UPDATE reports SET state = :state WHERE id = :id", state=state, id=two[0].id
    )
    assert inspect(archive).records == (
        of(two[0], f"trạng thái trong hồ sơ là «{state}», trong nhật ký là «kept»."),
    )


def test_a_change_that_was_hidden_is_told(archive: Archive, two: list[Record]) -> None:
    later, _ = archive.keep(correction(1, two[0], 250))
    assert inspect(archive).records == ()
    altering(archive, "UPDATE changes SET before = '250' WHERE report_id = :id", id=later.id)
    assert inspect(archive).records == (
        of(later, "danh sách số khác bản trước không khớp số liệu của hai bản."),
    )


def test_what_an_earlier_program_noted_is_enough(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def less(row: Any, refs: Iterable[FileRef]) -> dict[str, Any]:
        told = {name: row[name] for name in ("version", "unit", "period", "digest")}
        return {**told, "files": [ref.sha256 for ref in refs]}

    monkeypatch.setattr("archive.entering.kept_told", less)
    record, _ = archive.keep(with_figures(1, 249))
    archive.keep(deposit(2, state=IMPORTED))
    issue(archive, record.id, PAPER, BY)
    assert inspect(archive) == well(2, archive)


def test_a_removal_that_no_one_noted_is_told(archive: Archive, two: list[Record]) -> None:
    altering(archive, "UPDATE reports SET removed = '2026-01-01' WHERE id = :id", id=two[0].id)
    assert inspect(archive).records == (
        of(two[0], "ngày hủy trong hồ sơ là «2026-01-01», trong nhật ký là «»."),
    )


def test_a_report_that_vanished_is_told_by_its_entry(
    archive: Archive, two: list[Record]
) -> None:
    for table in ("figures", "files"):
        altering(archive, f"DELETE FROM {table} WHERE report_id = :id", id=two[1].id)
    altering(archive, "DELETE FROM reports WHERE id = :id", id=two[1].id)
    assert inspect(archive).records == (
        f"Nhật ký có bút toán 2 lưu báo cáo {two[1].id} nhưng không còn hồ sơ ấy.",
    )


def test_a_report_without_an_entry_and_a_log_cut_off_are_told(
    either: Archive,
) -> None:
    first, _ = kept(either, (deposit(1), deposit(2)))
    if either.database.is_sqlite:
        altering(either, "DROP TRIGGER audit_no_DELETE")
    altering(either, "DELETE FROM audit WHERE seq = 1")
    found = inspect(either)
    assert found.records == (
        f"Báo cáo {first.id} có 0 bút toán lưu trong nhật ký, phải có đúng một.",
    )
    assert found.breaks == ("Nhật ký thiếu bút toán 1 (gặp 2).",)
    assert found.exit_code == 1
