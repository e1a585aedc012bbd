"""The rows of a new version of a report, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, insert

from archive import audit
from archive.issuing import ask_for_number
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
    report_id, version = uuid4().hex, latest.version + 1 if latest else 1
    at = _log(connection, deposit, refs, report_id, version)
    kept = retention_of(deposit.period, deposit.paper.issued_on or day_of(at))
    connection.execute(insert(REPORTS).values(
        id=report_id, version=version, replaces=latest.id if latest else None,
        at=at.isoformat(timespec="microseconds"), keep_until=kept.until, keep_basis=kept.basis,
        hold="", **own, **report_row(deposit)))  # fmt: skip
    connection.execute(insert(FILES), file_rows(report_id, refs))
    if deposit.figures:
        connection.execute(insert(FIGURES), figure_rows(report_id, deposit.figures))
    if latest and not latest.removed:
        _enter_changes(connection, deposit, report_id, latest.id)
    enter_words(connection, report_id, deposit.text)
    return report_id


def _log(
    connection: Connection, deposit: Deposit, refs: Sequence[FileRef], report_id: str, version: int
) -> datetime:  # fmt: skip
    told = {"version": version, "unit": deposit.unit, "period": deposit.period,
            "digest": deposit.digest, "files": [ref.sha256 for ref in refs]}  # fmt: skip
    return audit.append(connection, deposit.by, "keep", report_id, told)


def _enter_changes(
    connection: Connection, deposit: Deposit, report_id: str, replaced: str
) -> None:
    after = {figure.id: figure for figure in deposit.figures}
    changes = list(changes_between(figures_of(connection, replaced), after))
    if changes:
        connection.execute(insert(CHANGES), change_rows(report_id, changes))
