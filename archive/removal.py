"""The end of a report after its time: its files and figures are destroyed, its row stays.

The row goes first and the files after it: a crash between leaves files that no report has, and
:func:`sweep` destroys those.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, select, update

from archive import audit
from archive.database import Database
from archive.files import Files
from archive.records import Conflict
from archive.tables import CHANGES, FIGURES, FILES, REPORTS
from archive.words import forget_words


def ask_whether_due(row: Any, today: date) -> None:
    """Raise Conflict where a report is held, or its time has not come."""
    if row.hold:
        raise Conflict(f"Báo cáo đang được giữ lại ({row.hold}), chưa được hủy.")
    if row.keep_until is None or today < row.keep_until:
        until = f"đến {row.keep_until:%d/%m/%Y}" if row.keep_until else "vĩnh viễn"
        raise Conflict(f"Báo cáo phải giữ {until} ({row.keep_basis}), chưa được hủy.")


def enter_removal(connection: Connection, report_id: str, by: str) -> list[str]:
    """Note that a report is destroyed, and return the names of the files only it had."""
    loose = _loose_files(connection, report_id)
    at = audit.append(connection, by, "remove", report_id, {"files": len(loose)})
    told = at.isoformat(timespec="microseconds")
    connection.execute(update(REPORTS).where(REPORTS.c.id == report_id).values(removed=told))
    for table in (FIGURES, CHANGES):
        connection.execute(delete(table).where(table.c.report_id == report_id))
    forget_words(connection, report_id)
    return loose


def drop_loose(database: Database, files: Files, names: Iterable[str]) -> int:
    """Destroy those files that no standing report has, and return how many they were.

    None comes to have one meanwhile: this is the one writer, and a report that is being kept
    puts its files again when its own turn comes.
    """
    with database.writing() as connection:
        loose = [name for name in names if not _is_used(connection, name)]
        for name in loose:
            files.drop(name)
    return len(loose)


def sweep(database: Database, files: Files, by: str) -> int:
    """Destroy every file that no standing report has, left by a crash; return how many."""
    count = drop_loose(database, files, list(files.names()))
    if count:
        with database.writing() as connection:
            audit.append(connection, by, "sweep", "", {"files": count})
    return count


def _loose_files(connection: Connection, report_id: str) -> list[str]:
    """The files of a report that no other report has."""
    query = select(FILES.c.sha256).where(FILES.c.report_id == report_id)
    own = set(connection.execute(query).scalars())
    return [name for name in sorted(own) if not _is_used(connection, name, report_id)]


def _is_used(connection: Connection, name: str, but: str = "") -> bool:
    """Whether a report that stands has this file."""
    standing = select(FILES.c.report_id).join(REPORTS, REPORTS.c.id == FILES.c.report_id)
    query = standing.where(
        FILES.c.sha256 == name, REPORTS.c.removed.is_(None), FILES.c.report_id != but
    )
    return connection.execute(query.limit(1)).first() is not None
