"""Keeping a report: whole, once, in versions; and all that is told of it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.keeping import Archive
from archive.records import (
    DOCUMENT,
    IMPORTED,
    KEPT,
    Altered,
    Conflict,
    Deposit,
    FigureChange,
    FigureRow,
    FileRef,
    Missing,
    Paper,
    Record,
)
from archive.retention import day_of, retention_of
from archive.series import changes_between
from tests.archive.keeping import BY, PAPER, correction, deposit, fresh, kept

ANOTHER = "Bản được nêu để thay thế không phải bản mới nhất của báo cáo này."


def refused(archive: Archive, one: Deposit) -> str:
    with pytest.raises(Conflict) as fault:
        archive.keep(one)
    return str(fault.value)


def is_whole(archive: Archive, record: Record, one: Deposit) -> bool:
    """Whether every file of a record is the deposit's, hashed anew, and every figure."""
    read = [(ref.role, ref.name, ref.media_type, archive.read(ref)) for ref in record.files]
    told = {figure.id: figure for figure in one.figures}
    return (
        read == [(f.role, f.name, f.media_type, f.data) for f in one.files]
        and archive.figures(record.id) == told
    )


# ---------------------------------------------------------------- one report


def test_a_report_is_kept_whole(either: Archive) -> None:
    one = deposit(1)
    before = datetime.now(UTC)
    record, is_new = either.keep(one)
    assert is_new
    assert before <= record.at <= datetime.now(UTC)
    refs = tuple(FileRef(f.role, f.name, f.media_type, ref.sha256, len(f.data))
                 for f, ref in zip(one.files, record.files, strict=True))  # fmt: skip
    assert record == Record(
        id=record.id, version=1, replaces="", kind="thu", period="2020S1",
        start=date(2020, 1, 1), end=date(2020, 6, 30), unit="phường Thử 1",
        within=("quận Long Biên", "thành phố Hà Nội"), state=KEPT, paper=one.paper, by=BY,
        at=record.at, program="0.2.0", digest=one.digest,
        retention=retention_of("2020S1", day_of(record.at)), files=refs,
    )  # fmt: skip
    assert is_whole(either, record, one)
    assert either.record(record.id) == record
    assert either.versions(record.id) == [record]


def test_what_was_kept_is_there_when_the_archive_is_opened_again(tmp_path: Path) -> None:
    first = fresh(tmp_path)
    record, _ = first.keep(deposit(1))
    first.database.close()
    again = fresh(tmp_path)
    assert again.record(record.id) == record
    assert is_whole(again, record, deposit(1))
    again.database.close()


def test_the_same_report_again_is_the_one_that_is_kept(either: Archive) -> None:
    record, _ = either.keep(deposit(1))
    assert either.keep(deposit(1, by="Người khác")) == (record, False)
    assert either.versions(record.id) == [record]


def test_another_report_of_the_unit_and_period_must_name_the_one_it_replaces(
    either: Archive,
) -> None:
    record, _ = either.keep(deposit(1))
    assert refused(either, deposit(1, 250)) == (
        f"Đơn vị đã có báo cáo kỳ này (bản 1, mã {record.id}). Nếu lập bản thay thế, hãy nêu mã của "
        "bản được thay."
    )
    assert either.versions(record.id) == [record]


def test_files_of_a_report_that_was_refused_are_not_left_behind(archive: Archive) -> None:
    archive.keep(deposit(1))
    before = list(archive.files.names())
    refused(archive, deposit(1, 250))
    assert list(archive.files.names()) == before


def test_reports_of_other_units_periods_and_kinds_stand_beside_it(either: Archive) -> None:
    others = [deposit(1), deposit(2), deposit(1, period="2020S2"), deposit(1, kind="khac"),
              deposit(1, within=("thành phố Hải Phòng",))]  # fmt: skip
    assert [record.version for record in kept(either, others)] == [1] * 5


@pytest.mark.parametrize(
    ("unit", "is_same"),
    [
        ("Phường  Mỹ Hòa", True),
        ("phường Mỹ Hoà", True),
        ("PHƯỜNG MỸ HÒA", True),
        ("phu\u031bo\u031b\u0300ng My\u0303 Ho\u0300a", True),
        ("phường Mỹ-Hòa", True),
        ("phường Mỹ Hóa", False),
        ("phường My Hoa", False),
        ("xã Mỹ Hòa", False),
        ("phường Mỹ Hòa 2", False),
    ],
)
def test_a_unit_is_known_by_its_name_and_marks_however_it_is_typed(
    archive: Archive, unit: str, is_same: bool
) -> None:
    archive.keep(deposit(1, unit="phường Mỹ Hòa"))
    other = deposit(1, 250, unit=unit)
    if is_same:
        refused(archive, other)
    else:
        assert archive.keep(other)[1]


def test_units_whose_long_names_begin_alike_are_two(archive: Archive) -> None:
    within = tuple(f"cấp {n} " + "x" * 150 for n in range(3))
    assert (
        len(
            kept(
                archive, [deposit(1, within=(*within, "A")), deposit(1, within=(*within, "B"))]
            )
        )
        == 2
    )


def test_a_report_that_is_not_there_is_missing(either: Archive) -> None:
    for report_id in ("0" * 32, "", "../..", "x\0", "\ud800", "a" * 400):
        for ask in (either.record, either.versions, either.figures):
            with pytest.raises(Missing) as fault:
                ask(report_id)
            assert str(fault.value) == f"Không có báo cáo «{report_id[:40]}» trong kho."


# ---------------------------------------------------------------- a correction


def test_a_correction_is_a_new_version_that_names_what_changed(either: Archive) -> None:
    first, _ = either.keep(deposit(1, 249))
    second, is_new = either.keep(correction(1, first, 250))
    assert is_new
    assert (second.version, second.replaces) == (2, first.id)
    assert second.changes == (
        FigureChange("qua_tet.value", "Quà Tết", Decimal(249), Decimal(250), "người"),
    )
    assert either.versions(first.id) == either.versions(second.id) == [first, second]
    assert is_whole(either, first, deposit(1, 249))
    assert is_whole(either, second, deposit(1, 250))


def test_a_correction_sent_again_is_the_one_that_is_kept(either: Archive) -> None:
    first, _ = either.keep(deposit(1, 249))
    second, _ = either.keep(correction(1, first, 250))
    assert either.keep(correction(1, first, 250)) == (second, False)


def test_a_correction_back_to_the_first_numbers_is_a_version_of_its_own(
    archive: Archive,
) -> None:
    first, _ = archive.keep(deposit(1, 249))
    second, _ = archive.keep(correction(1, first, 250))
    third, is_new = archive.keep(correction(1, second, 249))
    assert (is_new, third.version, third.replaces) == (True, 3, second.id)


def test_a_correction_of_anything_but_the_latest_version_is_refused(either: Archive) -> None:
    first, _ = either.keep(deposit(1, 249))
    other, _ = either.keep(deposit(2))
    second, _ = either.keep(correction(1, first, 250))
    for named in (first, other, replace(first, id="0" * 32)):
        assert refused(either, correction(1, named, 251)) == ANOTHER
    assert refused(either, correction(3, first, 249)) == ANOTHER
    assert either.versions(first.id) == [first, second]


def figure(name: str, value: str, hedge: str = "", unit: str = "người") -> FigureRow:
    return FigureRow(name, name.upper(), Decimal(value), hedge, unit)


def test_changes_are_what_is_told_otherwise_is_new_or_is_gone() -> None:
    before = {f.id: f for f in (figure("same", "40"), figure("value", "1"), figure("hedge", "2"),
                                figure("unit", "3"), figure("gone", "4"))}  # fmt: skip
    after = {f.id: f for f in (figure("same", "4E+1"), figure("value", "1.5"),
                               figure("hedge", "2", "trên"), figure("unit", "3", unit="hộ"),
                               figure("new", "5"))}  # fmt: skip
    assert list(changes_between(before, after)) == [
        FigureChange("value", "VALUE", Decimal(1), Decimal("1.5"), "người"),
        FigureChange("hedge", "HEDGE", Decimal(2), Decimal(2), "người"),
        FigureChange("unit", "UNIT", Decimal(3), Decimal(3), "hộ"),
        FigureChange("gone", "GONE", Decimal(4), None, "người"),
        FigureChange("new", "NEW", None, Decimal(5), "người"),
    ]


@given(st.dictionaries(st.sampled_from("abcdef"), st.decimals(-9, 9, places=2)),
       st.dictionaries(st.sampled_from("abcdef"), st.decimals(-9, 9, places=2)))  # fmt: skip
def test_changes_applied_to_the_old_figures_give_the_new(
    old: dict[str, Decimal], new: dict[str, Decimal]
) -> None:
    before, after = ({k: figure(k, str(v)) for k, v in one.items()} for one in (old, new))
    told = {change.id: change.after for change in changes_between(before, after)}
    applied = {name: value for name, value in {**old, **told}.items() if value is not None}
    assert applied == new
    assert not any(old.get(name) == new.get(name) for name in told)


@pytest.mark.parametrize(
    "value",
    ["0", "-1", "0.1", "40.00", "1E+20", "66.1290322580645161290322580645161290322580645",
     "12345678901234567890123456789012345678901.5"],
)  # fmt: skip
def test_a_number_comes_back_exactly(either: Archive, value: str) -> None:
    record, _ = either.keep(deposit(1, figures=(figure("a.value", value),)))
    assert either.figures(record.id)["a.value"].value == Decimal(value)


# ---------------------------------------------------------------- imported, and read back


def test_an_old_report_comes_in_with_its_number_and_the_time_of_its_year(
    archive: Archive,
) -> None:
    record, _ = archive.keep(deposit(1, state=IMPORTED, paper=PAPER))
    assert (record.state, record.paper) == (IMPORTED, PAPER)
    assert record.retention.until == date(2041, 1, 1)


def test_an_old_report_with_a_number_that_is_taken_is_refused(archive: Archive) -> None:
    first, _ = archive.keep(deposit(1, state=IMPORTED, paper=PAPER))
    second = deposit(1, period="2020S2", state=IMPORTED, paper=replace(PAPER, number="034"))
    assert (
        refused(archive, second) == f"Số 034/BC-UBND năm 2020 đã dùng cho báo cáo {first.id}."
    )


def test_the_latest_file_of_a_part_is_the_one_that_is_asked_for(archive: Archive) -> None:
    record, _ = archive.keep(deposit(1))
    assert record.file(DOCUMENT) == record.files[-1]
    with pytest.raises(Missing) as fault:
        record.file("signed")
    assert str(fault.value) == f"Báo cáo {record.id} không có tệp «signed»."


def test_a_file_that_was_swapped_with_another_reports_is_altered(
    archive: Archive, tmp_path: Path
) -> None:
    refs = [record.file(DOCUMENT) for record in kept(archive, [deposit(1), deposit(2)])]
    paths = [tmp_path / "files" / ref.sha256[:2] / ref.sha256 for ref in refs]
    first, second = (path.read_bytes() for path in paths)
    for path, data in zip(paths, (second, first), strict=True):
        path.unlink()
        path.write_bytes(data)
    for ref in refs:
        with pytest.raises(Altered):
            archive.read(ref)


def test_times_of_versions_never_run_back_though_the_clock_does(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Back(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2026, 1, 1, tzinfo=UTC) - timedelta(hours=len(versions))

    versions: list[Record] = []
    monkeypatch.setattr("archive.audit.datetime", Back)
    versions.append(archive.keep(deposit(1, 0))[0])
    for value in range(1, 4):
        versions.append(archive.keep(correction(1, versions[-1], value))[0])
    assert archive.versions(versions[0].id) == versions
    assert [one.at for one in versions] == [datetime(2026, 1, 1, tzinfo=UTC)] * 4


def test_nothing_said_on_the_paper_is_asked_of_a_report_that_is_kept(archive: Archive) -> None:
    record, _ = archive.keep(deposit(1, paper=Paper()))
    assert record.paper == Paper()
