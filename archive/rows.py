"""Records to rows and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from archive.records import (
    Deposit,
    FigureChange,
    FigureRow,
    FileRef,
    Paper,
    Record,
    Retention,
)
from archive.tables import CHANGES, FIGURES, FILES, REPORTS


def report_row(deposit: Deposit) -> dict[str, Any]:
    """Return the columns that a deposit fills."""
    paper = deposit.paper
    return {
        "kind": deposit.kind, "period": deposit.period, "start": deposit.start,
        "end": deposit.end, "unit": deposit.unit, "state": deposit.state,
        "within": json.dumps(deposit.within, ensure_ascii=False), "by": deposit.by,
        "program": deposit.program, "digest": deposit.digest, **paper_row(paper),
    }  # fmt: skip


def paper_row(paper: Paper) -> dict[str, Any]:
    """Return the columns of what the issued paper says of itself."""
    names = ("subject", "number", "notation", "issued_on", "signer_title", "signer_name")
    return {name: getattr(paper, name) for name in names}


def file_rows(report_id: str, refs: Iterable[FileRef], first: int = 0) -> list[dict[str, Any]]:
    """Return a row for each file, numbered from `first`."""
    return [
        {"report_id": report_id, "position": position, "role": ref.role, "name": ref.name,
         "media_type": ref.media_type, "sha256": ref.sha256, "size": ref.size}
        for position, ref in enumerate(refs, first)
    ]  # fmt: skip


def figure_rows(report_id: str, figures: Iterable[FigureRow]) -> list[dict[str, Any]]:
    """Return a row for each figure, its value as exact text."""
    return [
        {"report_id": report_id, "figure": figure.id, "label": figure.label,
         "value": exact(figure.value), "hedge": figure.hedge, "unit": figure.unit}
        for figure in figures
    ]  # fmt: skip


def change_rows(report_id: str, changes: Iterable[FigureChange]) -> list[dict[str, Any]]:
    """Return a row for each figure that changed."""
    return [
        {"report_id": report_id, "figure": change.id, "label": change.label,
         "before": _maybe(change.before), "after": _maybe(change.after), "unit": change.unit}
        for change in changes
    ]  # fmt: skip


def exact(value: Decimal) -> str:
    """Return a number as exact text, the same for equal numbers: 40, not 40.0 or 4E+1."""
    digits = f"{value:f}"  # normalize() would round to the context's precision
    if not value:
        return "0"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _maybe(value: Decimal | None) -> str | None:
    return None if value is None else exact(value)


# ---------------------------------------------------------------- back


def record_of(connection: Connection, row: Any) -> Record:
    """Return the record of a row of ``reports``, with its files and changes."""
    files = connection.execute(
        select(FILES).where(FILES.c.report_id == row.id).order_by(FILES.c.position)
    )
    changes = connection.execute(
        select(CHANGES).where(CHANGES.c.report_id == row.id).order_by(CHANGES.c.figure)
    )
    return Record(
        id=row.id, version=row.version, replaces=row.replaces or "", kind=row.kind,
        period=row.period, start=row.start, end=row.end, unit=row.unit,
        within=tuple(json.loads(row.within)), state=row.state,
        paper=paper_of(row),
        by=row.by, at=datetime.fromisoformat(row.at), program=row.program, digest=row.digest,
        retention=retention_in(row),
        files=tuple(FileRef(f.role, f.name, f.media_type, f.sha256, f.size) for f in files),
        removed=datetime.fromisoformat(row.removed) if row.removed else None,
        changes=tuple(FigureChange(c.figure, c.label, _number(c.before), _number(c.after), c.unit)
                      for c in changes),
    )  # fmt: skip


def paper_of(row: Any) -> Paper:
    """Return what the paper of a row of ``reports`` says of itself."""
    return Paper(row.subject, row.number, row.notation, row.issued_on, row.signer_title,
                 row.signer_name)  # fmt: skip


def retention_in(row: Any) -> Retention:
    """Return how long the report of a row of ``reports`` is kept."""
    return Retention(row.keep_until, row.keep_basis, row.hold)


def figures_of(connection: Connection, report_id: str) -> dict[str, FigureRow]:
    """Return a report's figures by id."""
    rows = connection.execute(select(FIGURES).where(FIGURES.c.report_id == report_id))
    return {row.figure: FigureRow(row.figure, row.label, Decimal(row.value), row.hedge, row.unit)
            for row in rows}  # fmt: skip


def report_at(connection: Connection, report_id: str) -> Any:
    """Return the row of a report, None where there is none."""
    return connection.execute(select(REPORTS).where(REPORTS.c.id == report_id)).first()


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
