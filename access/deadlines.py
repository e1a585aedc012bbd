"""Deadlines: of a kind of report and a period, set at a unit, held by all below it until one has its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from access.units import Unit
from archive import audit
from archive.admission import required
from archive.tables_access import DEADLINES, UNITS


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which a report is in time, and the unit that set it."""

    kind: str
    period: str
    due: date
    unit: str


def set_deadline(
    connection: Connection, unit: Unit, kind: str, period: str, due: date | None, by: str
) -> None:  # fmt: skip
    """Set the deadline of a unit and all below it, in place of an earlier one; None takes it away."""
    own = {
        "unit_id": unit.id,
        "kind": required("kind", kind),
        "period": required("period", period),
    }
    connection.execute(delete(DEADLINES).where(*(DEADLINES.c[n] == v for n, v in own.items())))
    if due:
        connection.execute(insert(DEADLINES).values(due=due, by=by, **own))
    told = {"unit": unit.full_name, "kind": kind, "period": period, "due": str(due or "")}
    audit.append(connection, by, "deadline.set", "", told)


def deadline_of(connection: Connection, unit: Unit, kind: str, period: str) -> Deadline | None:
    """Return the deadline that holds for a unit: its own, or that of the nearest above it."""
    above = [part for part in unit.path.split(".") if part]
    rows = connection.execute(
        _shown().where(DEADLINES.c.kind == kind, DEADLINES.c.period == period,
                       DEADLINES.c.unit_id.in_(above))
    ).all()  # fmt: skip
    nearest = max(rows, key=lambda row: len(row.path), default=None)
    return _deadline(nearest) if nearest else None


def deadlines(connection: Connection) -> list[Deadline]:
    """Return every deadline that was set, the latest period first."""
    rows = connection.execute(_shown().order_by(DEADLINES.c.period.desc(), UNITS.c.path))
    return [_deadline(row) for row in rows]


def _shown() -> Any:
    return select(DEADLINES, UNITS.c.name, UNITS.c.path).join(
        UNITS, UNITS.c.id == DEADLINES.c.unit_id
    )


def _deadline(row: Any) -> Deadline:
    return Deadline(row.kind, row.period, row.due, row.name)
