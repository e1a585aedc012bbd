"""What is added to a report's dossier later, and the hold that forbids its removal."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select, update

from archive import audit
from archive.admission import admitted_file, said
from archive.files import Files
from archive.records import ATTACHED, ArchiveFault, FileRef, KeptFile
from archive.rows import file_rows
from archive.tables import FILES, REPORTS


def dossier_file(file: KeptFile) -> KeptFile:
    """Return a file that may be added to a dossier; ArchiveFault for a part only a report has."""
    if file.role not in ATTACHED:
        raise ArchiveFault(f"Tệp kèm phải là một trong: {', '.join(ATTACHED)}.")
    return admitted_file(file)


def ref_of(file: KeptFile, files: Files) -> FileRef:
    """Keep a file's bytes, and return what is noted of it."""
    name = files.put(file.data)
    return FileRef(file.role, file.name, file.media_type, name, len(file.data))


def enter_file(connection: Connection, report_id: str, ref: FileRef, by: str) -> None:
    """Note a file of a report's dossier; nothing where it is noted already."""
    own = connection.execute(select(FILES).where(FILES.c.report_id == report_id)).all()
    if any((one.role, one.name, one.sha256) == (ref.role, ref.name, ref.sha256) for one in own):
        return
    connection.execute(insert(FILES), file_rows(report_id, [ref], len(own)))
    told = {"role": ref.role, "name": ref.name, "sha256": ref.sha256}
    audit.append(connection, by, "attach", report_id, told)


def enter_hold(connection: Connection, row: Any, reason: str, by: str) -> None:
    """Note why a report may not be removed; "" lifts the hold."""
    told = said("reason", reason)
    if told == row.hold:
        return
    connection.execute(update(REPORTS).where(REPORTS.c.id == row.id).values(hold=told))
    audit.append(connection, by, "hold" if told else "release", row.id, {"reason": told})
