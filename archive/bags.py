"""Handing reports over: a BagIt folder that any program can verify, with all that is known of each.

BagIt is RFC 8493. The names within are ASCII; what they were is told in ``metadata.json``, and
what the decree asks for (decree_fields) also in ``metadata.xml``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from decimal import Decimal
from json import loads
from pathlib import Path, PurePosixPath
from secrets import token_hex
from typing import Any

from archive import audit
from archive.decree_fields import as_xml, dossier, outgoing
from archive.keeping import Archive
from archive.records import DATA, ArchiveFault, FileRef, Record
from archive.rows import exact
from generators.folding import slug
from generators.wire import to_json

_LONGEST_STEM, _LONGEST_SUFFIX = 60, 10  # characters of a name within the bag


def export_bag(archive: Archive, ids: Sequence[str], target: Path) -> Path:
    """Write the bag `target` of these reports, whole or not at all, and return it.

    A report that was removed after its time goes as what is known of it, without files. Missing
    or Altered where a report or a file is not what was kept. The process stands in another
    folder for a moment (bagit changes it): for the command line, not for threads.
    """
    records = [archive.record(one) for one in dict.fromkeys(ids)]
    if target.exists():
        raise ArchiveFault(f"Đã có {target}. Hãy chọn thư mục mới.")
    part = target.resolve().with_name(f".{token_hex(4)}.part")
    try:
        for record in records:
            _write_report(archive, record, part / record.id)
        _make_bag(part, records)
        part.rename(target)
    except OSError as error:
        raise ArchiveFault(f"Không ghi được {target}: {error.strerror}.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return target


def _write_report(archive: Archive, record: Record, folder: Path) -> None:
    folder.mkdir(parents=True)
    names = {} if record.removed else {n: _ascii(n, ref) for n, ref in enumerate(record.files)}
    for number, name in names.items():
        (folder / name).write_bytes(archive.read(record.files[number]))
    recipients = _recipients(archive, record)
    told = to_json(metadata(archive, record, names, recipients), indent=2)
    (folder / "metadata.json").write_text(told, encoding="utf-8")
    (folder / "metadata.xml").write_bytes(as_xml(record, recipients))


def _make_bag(folder: Path, records: Iterable[Record]) -> None:
    import bagit

    units = sorted({", ".join((record.unit, *record.within)) for record in records})
    about = {
        "Source-Organization": [_one_line(unit) for unit in units],
        "Bagging-Date": datetime.now(UTC).date().isoformat(),
        "External-Identifier": [record.id for record in records],
    }
    try:
        bagit.make_bag(os.fspath(folder), about, checksums=["sha256"])
    except bagit.BagError as error:
        raise ArchiveFault(f"Không đóng được gói: {error}") from error


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _ascii(number: int, ref: FileRef) -> str:
    """A file's name within the bag: its place, its part, its own name in plain letters."""
    path = PurePosixPath(ref.name)
    stem, suffix = slug(path.stem)[:_LONGEST_STEM], slug(path.suffix)[:_LONGEST_SUFFIX]
    tail = f".{suffix}" if suffix else ""
    return "-".join(filter(None, (f"{number + 1:02}", ref.role, stem))) + tail


# ---------------------------------------------------------------- what is known of a report


def metadata(
    archive: Archive, record: Record, names: Mapping[int, str], recipients: Sequence[str]
) -> Mapping[str, Any]:
    """Return all that the archive knows of a report; `names` are its files' names in the bag."""
    known = {name: _plainly(value) for name, value in asdict(record).items()
             if name not in ("paper", "retention", "files", "changes")}  # fmt: skip
    with archive.database.reading() as connection:
        log = [asdict(entry) for entry in audit.entries(connection, record.id)]
    return {
        "record": known,
        "paper": outgoing(record, recipients),
        "dossier": dossier(record),
        "retention": _plainly(asdict(record.retention)),
        "files": [{"path": names.get(n), **asdict(ref)} for n, ref in enumerate(record.files)],
        "figures": [_plainly(asdict(one)) for one in archive.figures(record.id).values()],
        "changes": [_plainly(asdict(change)) for change in record.changes],
        "audit": log,
    }


def _recipients(archive: Archive, record: Record) -> Sequence[str]:
    """Whom the report names as its recipients, as its data tells."""
    found = [ref for ref in record.files if ref.role == DATA]
    if record.removed or not found:
        return ()
    told = loads(archive.read(found[0]))
    named = told.get("document", {}).get("recipients", ()) if isinstance(told, dict) else ()
    return [name for name in named if isinstance(name, str)]


def _plainly(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plainly(inner) for key, inner in value.items()}
    if isinstance(value, Decimal):
        return exact(value)
    return value.isoformat() if isinstance(value, date) else value
