"""What comes after approval: number, day and signer, the dossier, a hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from archive import audit
from archive.keeping import Archive
from archive.records import (
    IMPORTED,
    ISSUED,
    ORIGINAL,
    SIGNED,
    ArchiveFault,
    Conflict,
    FileRef,
    KeptFile,
    Missing,
    Paper,
    Record,
    Retention,
)
from tests.archive.keeping import BY, PAPER, correction, deposit, issue

LONG_AFTER = date(2099, 1, 1)
PDF = KeptFile(SIGNED, "34.pdf", "application/pdf", b"%PDF-1.7 signed")
TWENTY = Retention(
    date(2041, 1, 1), "Thông tư 09/2011/TT-BNV: báo cáo 6 tháng của cơ quan, 20 năm"
)


@pytest.fixture
def record(either: Archive) -> Record:
    return either.keep(deposit(1))[0]


def refused(archive: Archive, report_id: str, paper: Paper) -> str:
    with pytest.raises(ArchiveFault) as fault:
        issue(archive, report_id, paper, BY)
    return str(fault.value)


def acts(archive: Archive, report_id: str) -> list[tuple[str, str]]:
    with archive.database.reading() as connection:
        return [(one.action, one.details) for one in audit.entries(connection, report_id)][1:]


# ---------------------------------------------------------------- number, day and signer


def test_the_paper_is_entered_and_its_day_tells_how_long_it_is_kept(
    either: Archive, record: Record
) -> None:
    issued = issue(either, record.id, PAPER, BY)
    assert issued == replace(record, state=ISSUED, paper=PAPER, retention=TWENTY)
    assert either.record(record.id) == issued
    assert acts(either, record.id) == [
        ("approve", "{}"),
        ("issue", '{"issued_on": "2020-08-03", "keep_basis": "Thông tư 09/2011/TT-BNV: báo cáo 6 tháng của '
                  'cơ quan, 20 năm", "keep_until": "2041-01-01", "notation": "BC-UBND", "number": "34", '
                  '"signer_name": "Trần Văn Hòa", "signer_title": "CHỦ TỊCH", "subject": '
                  '"Kết quả công tác 6 tháng đầu năm 2020"}'),
    ]  # fmt: skip


def test_what_is_left_blank_stays_as_it_was(either: Archive, record: Record) -> None:
    told = Paper(number="34", notation="BC-UBND", issued_on=date(2020, 8, 3))
    assert issue(either, record.id, told, BY).paper == replace(PAPER, signer_title="")


def test_a_paper_entered_twice_is_entered_once(either: Archive, record: Record) -> None:
    issued = issue(either, record.id, PAPER, BY)
    assert either.issue(record.id, PAPER, BY) == issued
    assert [act for act, _ in acts(either, record.id)] == ["approve", "issue"]


def test_what_nobody_approved_gets_no_number(either: Archive, record: Record) -> None:
    with pytest.raises(Conflict, match=r"^Báo cáo chưa được duyệt nên chưa ghi số được\.$"):
        either.issue(record.id, PAPER, BY)
    assert (either.record(record.id), acts(either, record.id)) == (record, [])


def test_a_paper_that_was_entered_is_not_changed(either: Archive, record: Record) -> None:
    issue(either, record.id, PAPER, BY)
    assert refused(either, record.id, replace(PAPER, number="35")) == (
        "Báo cáo này đã ban hành; sửa số liệu thì lập bản thay thế."
    )
    assert either.record(record.id).paper == PAPER


@pytest.mark.parametrize("blank", [{"number": ""}, {"issued_on": None}, {"number": " \u200b "}])
def test_number_and_day_are_asked_for(
    either: Archive, record: Record, blank: dict[str, str]
) -> None:
    assert refused(either, record.id, replace(PAPER, **blank)) == "Hãy ghi số và ngày ban hành."  # type: ignore[arg-type]


def test_a_day_before_the_period_is_refused_and_its_first_day_is_not(
    either: Archive, record: Record
) -> None:
    assert refused(either, record.id, replace(PAPER, issued_on=date(2019, 12, 31))) == (
        "Ngày ban hành 31/12/2019 trước ngày đầu kỳ báo cáo (01/01/2020)."
    )
    assert (
        issue(either, record.id, replace(PAPER, issued_on=date(2020, 1, 1)), BY).state == ISSUED
    )


@pytest.mark.parametrize(
    ("other", "is_taken"),
    [
        (PAPER, True),
        (replace(PAPER, number="034"), True),
        (replace(PAPER, notation="bc-ubnd"), True),
        (replace(PAPER, issued_on=date(2020, 12, 31)), True),
        (replace(PAPER, issued_on=date(2021, 1, 1)), False),
        (replace(PAPER, notation="BC-VHXH"), False),
        (replace(PAPER, number="340"), False),
    ],
)
def test_a_number_stands_once_for_a_unit_and_year(
    either: Archive, record: Record, other: Paper, is_taken: bool
) -> None:
    issue(either, record.id, PAPER, BY)
    second, _ = either.keep(deposit(1, period="2020N9", unit="Phường THỬ 1"))
    if is_taken:
        assert refused(either, second.id, other) == (
            f"Số {other.number}/{other.notation} năm 2020 đã dùng cho báo cáo {record.id}."
        )
    else:
        assert issue(either, second.id, other, BY).paper == other


def test_another_unit_has_numbers_of_its_own(either: Archive, record: Record) -> None:
    issue(either, record.id, PAPER, BY)
    other, _ = either.keep(deposit(2))
    assert issue(either, other.id, PAPER, BY).paper == PAPER


def test_a_number_stays_taken_when_its_report_is_removed(
    either: Archive, record: Record
) -> None:
    issue(either, record.id, PAPER, BY)
    either.remove(record.id, BY, LONG_AFTER)
    again, _ = either.keep(deposit(1, 250))
    assert refused(either, again.id, PAPER) == (
        f"Số 34/BC-UBND năm 2020 đã dùng cho báo cáo {record.id}."
    )


def test_a_correction_is_issued_under_a_number_of_its_own(
    either: Archive, record: Record
) -> None:
    first = issue(either, record.id, PAPER, BY)
    second, _ = either.keep(correction(1, first, 250))
    assert second.paper.number == ""
    issued = issue(either, second.id, replace(PAPER, number="40"), BY)
    assert [one.paper.number for one in either.versions(first.id)] == ["34", "40"]
    assert either.record(first.id) == first
    assert issued.replaces == first.id


def test_a_late_day_never_shortens_how_long_a_report_is_kept(archive: Archive) -> None:
    annual, _ = archive.keep(deposit(1, period="2020"))
    assert issue(archive, annual.id, PAPER, BY).retention == annual.retention
    assert annual.retention.until is None


def test_an_imported_report_that_had_no_number_gets_it_and_stays_imported(
    archive: Archive,
) -> None:
    old, _ = archive.keep(deposit(1, state=IMPORTED))
    assert issue(archive, old.id, PAPER, BY).state == IMPORTED


# ---------------------------------------------------------------- the dossier


def test_a_file_is_added_to_the_dossier(either: Archive, record: Record) -> None:
    whole = either.attach(record.id, PDF, BY)
    ref = FileRef(SIGNED, "34.pdf", "application/pdf", whole.files[-1].sha256, len(PDF.data))
    assert whole == replace(record, files=(*record.files, ref))
    assert either.read(whole.file(SIGNED)) == PDF.data
    assert acts(either, record.id) == [
        ("attach", f'{{"name": "34.pdf", "role": "signed", "sha256": "{ref.sha256}"}}')
    ]


def test_a_file_added_twice_is_there_once(either: Archive, record: Record) -> None:
    whole = either.attach(record.id, PDF, BY)
    assert either.attach(record.id, PDF, BY) == whole
    assert len(acts(either, record.id)) == 1
    assert len(either.attach(record.id, replace(PDF, role=ORIGINAL), BY).files) == 9


def test_a_part_of_the_report_itself_is_not_attached(archive: Archive) -> None:
    record, _ = archive.keep(deposit(1))
    with pytest.raises(ArchiveFault) as fault:
        archive.attach(record.id, replace(PDF, role="document"), BY)
    assert str(fault.value) == (
        "Tệp kèm phải là một trong: signed, returned, original, request, pdf, other."
    )
    assert archive.record(record.id) == record


def test_nothing_is_added_to_a_report_that_is_not_there(archive: Archive) -> None:
    with pytest.raises(Missing):
        archive.attach("0" * 32, PDF, BY)
    assert list(archive.files.names()) == []


# ---------------------------------------------------------------- a hold


def test_a_hold_is_noted_once_and_lifted_once(either: Archive, record: Record) -> None:
    for reason in ("thanh tra", "thanh tra", "", ""):
        either.hold(record.id, reason, BY)
        assert either.record(record.id).retention.hold == reason
    assert acts(either, record.id) == [
        ("hold", '{"reason": "thanh tra"}'), ("release", '{"reason": ""}'),
    ]  # fmt: skip


def test_who_does_it_must_be_told(archive: Archive) -> None:
    record, _ = archive.keep(deposit(1))
    acting = (
        lambda: issue(archive, record.id, PAPER, " "),
        lambda: archive.attach(record.id, PDF, ""),
        lambda: archive.hold(record.id, "thanh tra", "\u200b"),
        lambda: archive.remove(record.id, "", LONG_AFTER),
        lambda: archive.keep(deposit(2, by="")),
        lambda: archive.sweep(""),
    )
    for act in acting:
        with pytest.raises(ArchiveFault) as fault:
            act()
        assert str(fault.value) == "Tên người thực hiện còn trống."
    assert archive.record(record.id) == record


def test_a_removed_report_takes_nothing_more(either: Archive, record: Record) -> None:
    either.remove(record.id, BY, LONG_AFTER)
    removed = either.record(record.id)
    assert removed.removed
    for act in (lambda: issue(either, record.id, PAPER, BY), lambda: either.attach(record.id, PDF, BY),
                lambda: either.hold(record.id, "thanh tra", BY),
                lambda: either.remove(record.id, BY, LONG_AFTER)):  # fmt: skip
        with pytest.raises(Missing) as fault:
            act()
        assert str(fault.value).startswith(f"Báo cáo «{record.id}» đã được hủy ngày ")
    assert either.record(record.id) == removed
    assert list(either.files.names()) == []


def test_a_conflict_is_a_fault_of_the_archive() -> None:
    assert issubclass(Conflict, ArchiveFault)
