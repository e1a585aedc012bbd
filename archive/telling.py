"""What a report in the archive looks like as JSON, for the API, the command line and bags."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from archive.records import (
    APPROVED,
    IMPORTED,
    ISSUED,
    KEPT,
    RETURNED,
    FigureChange,
    FigureRow,
    FileRef,
    Record,
)
from generators.explaining import say_figure
from generators.model import Figure, Quantity

Told = dict[str, Any]
STATES = {
    KEPT: "đã lưu", APPROVED: "đã duyệt", RETURNED: "trả lại để sửa", ISSUED: "đã ban hành",
    IMPORTED: "nhập từ bản cũ",
}  # fmt: skip


def record_told(record: Record) -> Told:
    """Return all the archive knows of a report but its figures; days and times as ISO 8601."""
    paper, kept = record.paper, record.retention
    return {
        "id": record.id, "version": record.version, "replaces": record.replaces or None,
        "state": record.state, "kind": record.kind,
        "period": {"id": record.period, "from": _iso(record.start), "to": _iso(record.end)},
        "org_unit": {"name": record.unit, "within": list(record.within)},
        "paper": {
            "subject": paper.subject, "number": paper.number, "notation": paper.notation,
            "date": _iso(paper.issued_on),
            "signer": {"title": paper.signer_title, "name": paper.signer_name},
        },
        "kept": {"by": record.by, "at": _iso(record.at), "program": record.program},
        "digest": record.digest,
        "retention": {"until": _iso(kept.until), "basis": kept.basis, "hold": kept.hold},
        "removed": _iso(record.removed),
        "files": [file_told(ref) for ref in record.files],
        "changes": [change_told(change) for change in record.changes],
    }  # fmt: skip


def say_change(change: FigureChange) -> str:
    """Return a change as a sentence: "Hộ nghèo: 12 hộ → 11 hộ"."""
    told = (say_figure(Figure(change.id, change.label, Quantity(value), change.unit, ""))
            if value is not None else "không có" for value in (change.before, change.after))  # fmt: skip
    return f"{change.label}: {' → '.join(told)}"


def file_told(ref: FileRef) -> Told:
    """Return a kept file: its part, name, type, SHA-256, and size in bytes."""
    return {"role": ref.role, "name": ref.name, "media_type": ref.media_type,
            "sha256": ref.sha256, "size": ref.size}  # fmt: skip


def figures_told(figures: Iterable[FigureRow]) -> list[Told]:
    """Return figures as they were issued."""
    told = [{"code": f.id, "label": f.label, "value": f.value, "unit": f.unit, "hedge": f.hedge}
            for f in figures]  # fmt: skip
    return [
        one if one["hedge"] else {k: v for k, v in one.items() if k != "hedge"} for one in told
    ]


def change_told(change: FigureChange) -> Told:
    """Return what a new version tells otherwise; null where it was or is not told."""
    return {"code": change.id, "label": change.label, "before": change.before,
            "after": change.after, "unit": change.unit}  # fmt: skip


def _iso(day: date | datetime | None) -> str | None:
    return day.isoformat() if day else None
