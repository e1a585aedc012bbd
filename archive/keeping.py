"""The archive's door: files first, one row last; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from archive.admission import admitted, required
from archive.approving import APPROVE, enter_step
from archive.database import Database, one_moment
from archive.dossier import dossier_file, enter_file, enter_hold, ref_of
from archive.entering import enter_report
from archive.files import Files
from archive.issuing import enter_paper
from archive.records import (
    ArchiveFault,
    Deposit,
    FigureRow,
    FileRef,
    KeptFile,
    Missing,
    Paper,
    Record,
    Unavailable,
)
from archive.removal import ask_whether_due, drop_loose, enter_removal, sweep
from archive.retention import day_of
from archive.rows import figures_of, record_of, report_at
from archive.series import ask_what_it_replaces, fingerprint, latest_of, series_of
from archive.tables import REPORTS
from archive.unavailable import said_plainly


class Archive:
    """All reports that were kept; ``own_units`` is the file of former units of who runs it.

    Whatever is asked of it may raise Unavailable, and may then be asked again: the disk is full
    or read-only, the database busy or out of reach.
    """

    def __init__(self, database: Database, files: Files, own_units: Path | None = None) -> None:
        self.database, self.files = database, files
        self.own_units = own_units

    def keep(self, deposit: Deposit) -> tuple[Record, bool]:
        """Keep a report and return its record, and whether it is new.

        The same report again is the one that is kept. Conflict where another report of the unit
        and period stands that it does not name as replaced; ArchiveFault where it may not enter.
        """
        told = admitted(deposit)
        with said_plainly():
            refs = [ref_of(file, self.files) for file in told.files]
        with self._none_left(refs):
            record, is_new = self._enter(told, refs)
        if unused := {ref.sha256 for ref in refs} - {ref.sha256 for ref in record.files}:
            drop_loose(self.database, self.files, unused)
        return record, is_new

    def _enter(self, deposit: Deposit, refs: Sequence[FileRef]) -> tuple[Record, bool]:
        print_ = fingerprint(deposit, refs)
        with self.database.writing() as connection:
            series = series_of(connection, deposit)
            latest = latest_of(connection, series)
            if latest and latest.fingerprint == print_ and not latest.removed:
                return record_of(connection, latest), False
            ask_what_it_replaces(deposit, latest)
            own = {"series_id": series, "fingerprint": print_}
            report_id = enter_report(connection, deposit, refs, latest, own)
            self._put_again(zip(deposit.files, refs, strict=True))
            return record_of(connection, report_at(connection, report_id)), True

    @contextmanager
    def _none_left(self, refs: Sequence[FileRef]) -> Iterator[None]:
        """Leave no file behind where what it came with is refused."""
        try:
            yield
        except Unavailable:
            raise
        except ArchiveFault:
            drop_loose(self.database, self.files, {ref.sha256 for ref in refs})
            raise

    def _put_again(self, kept: Iterator[tuple[KeptFile, FileRef]]) -> None:
        """Keep the files that a removal took between their being kept and their row."""
        for file, ref in kept:
            if not self.files.has(ref.sha256):
                self.files.put(file.data)

    # ------------------------------------------------------------ reading

    def record(self, report_id: str) -> Record:
        """Return a report's record; Missing where there is none."""
        with self._row(report_id) as (connection, row):
            return record_of(connection, row)

    def versions(self, report_id: str) -> list[Record]:
        """Return all versions of a report, the first one first; Missing where there is none."""
        with self._row(report_id) as (connection, row):
            query = select(REPORTS).where(REPORTS.c.series_id == row.series_id)
            rows = connection.execute(query.order_by(REPORTS.c.version)).all()
            return [record_of(connection, one) for one in rows]

    def figures(self, report_id: str) -> Mapping[str, FigureRow]:
        """Return a report's figures by id, none of one that was removed; Missing for no report."""
        with self._row(report_id) as (connection, row):
            return figures_of(connection, row.id)

    def read(self, ref: FileRef) -> bytes:
        """Return a file's bytes, hashed anew; Altered or Missing where they are not what was kept."""
        with said_plainly("đọc được"):
            return self.files.get(ref.sha256)

    @contextmanager
    def _row(self, report_id: str) -> Iterator[tuple[Connection, Any]]:
        """Yield a report's row, with all rows as they stand at that moment."""
        with said_plainly("đọc được"), one_moment(self.database) as connection:
            yield connection, _found(connection, report_id)

    # ------------------------------------------------------------ what comes after

    def approve(self, report_id: str, by: str) -> Record:
        """Approve a submitted report: its data are locked, and it may be issued."""
        who = required("by", by)
        with self.database.writing() as connection:
            enter_step(connection, _standing(connection, report_id), APPROVE, who)
            return record_of(connection, report_at(connection, report_id))

    def issue(self, report_id: str, paper: Paper, by: str) -> Record:
        """Enter the number, day and signer that an approved report was issued with."""
        who = required("by", by)
        with self.database.writing() as connection:
            enter_paper(connection, _standing(connection, report_id), paper, who)
            return record_of(connection, report_at(connection, report_id))

    def attach(self, report_id: str, file: KeptFile, by: str) -> Record:
        """Add a file to a report's dossier: the signed paper, a supplier's original, the request."""
        who, told = required("by", by), dossier_file(file)
        with said_plainly():
            ref = ref_of(told, self.files)
        with self._none_left([ref]), self.database.writing() as connection:
            _standing(connection, report_id)
            enter_file(connection, report_id, ref, who)
            self._put_again(iter([(told, ref)]))
            return record_of(connection, report_at(connection, report_id))

    def hold(self, report_id: str, reason: str, by: str) -> None:
        """Forbid a report's removal, for a stated reason; "" lifts the hold."""
        who = required("by", by)
        with self.database.writing() as connection:
            enter_hold(connection, _standing(connection, report_id), reason, who)

    def remove(self, report_id: str, by: str, today: date | None = None) -> None:
        """Destroy a report's files and figures after its time; the row stays and says so."""
        who = required("by", by)
        with self.database.writing() as connection:
            row = _standing(connection, report_id)
            ask_whether_due(row, today or day_of(datetime.now(UTC)))
            loose = enter_removal(connection, report_id, who)
        drop_loose(self.database, self.files, loose)

    def sweep(self, by: str) -> int:
        """Destroy the files that no standing report has, left by a crash; return how many."""
        return sweep(self.database, self.files, required("by", by))


def _found(connection: Connection, report_id: str) -> Any:
    """The row of a report; Missing where there is none."""
    row = report_at(connection, report_id) if report_id.isalnum() else None
    if row is None:
        raise Missing(f"Không có báo cáo «{report_id[:40]}» trong kho.")
    return row


def _standing(connection: Connection, report_id: str) -> Any:
    """The row of a report that was not removed; Missing where it was."""
    row = _found(connection, report_id)
    if row.removed:
        raise Missing(f"Báo cáo «{report_id}» đã được hủy ngày {_day(row.removed)}.")
    return row


def _day(at: str) -> str:
    return f"{day_of(datetime.fromisoformat(at)):%d/%m/%Y}"
