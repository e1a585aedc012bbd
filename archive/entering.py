"""The rows of a new version of a report, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, insert

from archive import audit
from archive.issuing import ask_for_number
from archive.reconciling import kept_told
from archive.records import Deposit, FileRef
from archive.retention import day_of, retention_of
from archive.rows import change_rows, figure_rows, figures_of, file_rows, report_row
from archive.series import changes_between
from archive.tables import CHANGES, FIGURES, FILES, REPORTS
from archive.words import enter_words


def enter_report(
    connection: Connection, deposit: Deposit, refs: Sequence[FileRef], latest: Any, own: dict[str, Any]
) -> str:  # fmt: skip
    """Enter a deposit after the version in the row `latest` (None for the first); return its id.

    `own` are its columns that tell which report it is: ``series_id``, ``fingerprint``.
    """
    if deposit.paper.number:
        ask_for_number(connection, deposit.paper, own["series_id"])
    made_on = deposit.paper.issued_on or day_of(audit.moment(connection))
    kept = retention_of(deposit.period, made_on)
    row = {"id": uuid4().hex, "version": latest.version + 1 if latest else 1,
           "replaces": latest.id if latest else None, "keep_until": kept.until,
           "keep_basis": kept.basis, **report_row(deposit)}  # fmt: skip
    report_id = str(row["id"])
    at = audit.append(connection, deposit.by, "keep", report_id, kept_told(row, refs))
    row |= {"at": at.isoformat(timespec="microseconds"), "hold": "", **own}
    connection.execute(insert(REPORTS).values(**row))
    connection.execute(insert(FILES), file_rows(report_id, refs))
    if deposit.figures:
        connection.execute(insert(FIGURES), figure_rows(report_id, deposit.figures))
    if latest and not latest.removed:
        _enter_changes(connection, deposit, report_id, latest.id)
    enter_words(connection, report_id, deposit.text)
    return report_id


def _enter_changes(
    connection: Connection, deposit: Deposit, report_id: str, replaced: str
) -> None:
    after = {figure.id: figure for figure in deposit.figures}
    changes = list(changes_between(figures_of(connection, replaced), after))
    if changes:
        connection.execute(insert(CHANGES), change_rows(report_id, changes))
