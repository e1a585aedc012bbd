"""The steps of a report: submitted, approved or returned, issued; each once, each in the log.

They are the same for a report that was made at the desk and for one that another system sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from access.units import key_of, unit_of
from archive import approving
from archive.admission import required
from archive.approving import Step, enter_step, steps_of
from archive.deposits import deposit_of
from archive.keeping import Archive
from archive.records import (
    RETURNED,
    ArchiveFault,
    Conflict,
    Missing,
    Paper,
    Record,
)
from archive.rows import record_of, report_at
from desk.drafts import Draft, ask_whether_unchanged, draft_at, open_again, submitted
from generators.pipeline import Examined, Source


def submit(
    archive: Archive, source: Source, examined: Examined, by: str, replaces: str = ""
) -> tuple[Record, bool]:
    """Keep a report that may be issued, to be approved; return its record and whether it is new.

    One that was returned and is sent again unchanged waits for approval again. ArchiveFault where
    it may not be kept, Conflict where another stands or what stands is approved.
    """
    record, is_new = archive.keep(deposit_of(source, examined, by, replaces))
    if record.state != RETURNED:
        return record, is_new
    with archive.database.writing() as connection:
        row = _standing(connection, record.id)
        enter_step(connection, row, approving.SUBMIT, required("by", by))
        return record_of(connection, report_at(connection, record.id)), False


def submit_draft(
    archive: Archive, draft: Draft, source: Source, examined: Examined, by: str
) -> tuple[Draft, Record]:
    """Submit what a draft holds, and lock the draft; its report replaces what it was before.

    `source` and `examined` are of the draft as it was read; Conflict where it changed since.
    """
    with archive.database.reading() as connection:
        ask_whether_unchanged(connection, draft)
        _ask_whether_its_own(connection, draft, examined)
    if not draft.is_open:
        raise Conflict("Báo cáo này đã nộp.")
    record, _ = submit(archive, source, examined, by, draft.report_id)
    with archive.database.writing() as connection:
        return submitted(connection, draft, record.id, by), record


def approve(archive: Archive, report_id: str, by: str) -> Record:
    """Approve a submitted report: its data are locked, and it may be issued."""
    return archive.approve(report_id, by)


def return_(archive: Archive, report_id: str, reason: str, by: str) -> Record:
    """Return a submitted or approved report for mending; its draft, where it has one, opens again."""
    with archive.database.writing() as connection:
        row = _standing(connection, report_id)
        enter_step(connection, row, approving.RETURN, required("by", by), reason)
        open_again(connection, report_id)
        return record_of(connection, report_at(connection, report_id))


def issue(archive: Archive, report_id: str, paper: Paper, by: str) -> Record:
    """Enter the number, day and signer of an approved report; the same again changes nothing."""
    return archive.issue(report_id, paper, by)


def steps(archive: Archive, report_id: str) -> Sequence[Step]:
    """Return what was done with a report after it was submitted, the first step first."""
    with archive.database.reading() as connection:
        return steps_of(connection, report_id)


def draft_now(archive: Archive, draft_id: str) -> Draft:
    """Return a draft as it stands; Missing where there is none."""
    with archive.database.reading() as connection:
        return draft_at(connection, draft_id)


def _ask_whether_its_own(connection: Connection, draft: Draft, examined: Examined) -> None:
    """Raise ArchiveFault where the data are of another unit, kind or period than the draft."""
    data = examined.data
    if data is None:
        raise ArchiveFault("Tệp đã nhận chưa đọc được nên chưa nộp được.")
    unit = unit_of(connection, key_of(data.org_unit.name, data.org_unit.within))
    told = (unit.id if unit else "", data.kind, data.period.id)
    if told != (draft.unit.id, draft.kind, draft.period):
        raise ArchiveFault(
            f"Tệp ghi của {', '.join((data.org_unit.name, *data.org_unit.within))}, kỳ {data.period.id}, "
            f"loại {data.kind}; bản đang soạn là của {draft.unit.full_name}, kỳ {draft.period}, loại "
            f"{draft.kind}."
        )


def _standing(connection: Connection, report_id: str) -> Any:
    row = report_at(connection, report_id) if report_id.isalnum() else None
    if row is None or row.removed:
        raise Missing(f"Không có báo cáo «{report_id[:40]}» trong kho.")
    return row
