"""The way of a kept report to its number: submitted, approved, or returned for mending; then issued.

What is approved is locked: no other version takes its place until it is returned, with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from archive import audit
from archive.admission import said
from archive.records import APPROVED, ISSUED, KEPT, RETURNED, ArchiveFault, Conflict
from archive.tables import REPORTS
from archive.tables_access import STEPS

SUBMIT, APPROVE, RETURN = "submit", "approve", "return"
_FROM: Mapping[str, tuple[tuple[str, ...], str]] = {
    SUBMIT: ((RETURNED,), KEPT),
    APPROVE: ((KEPT,), APPROVED),
    RETURN: ((KEPT, APPROVED), RETURNED),
}  # fmt: skip
"""From which states a step leads, and to which."""
AFTER: Mapping[str, str] = {step: after for step, (_, after) in _FROM.items()}
"""Where each step leads."""
_SAID: Mapping[str, str] = {
    KEPT: "đang chờ duyệt", APPROVED: "đã được duyệt", RETURNED: "đã được trả lại để sửa",
    ISSUED: "đã ban hành",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a report: which, who took it, when (UTC), and for a return the reason."""

    step: str
    by: str
    at: datetime
    reason: str = ""


def enter_step(connection: Connection, row: Any, step: str, by: str, reason: str = "") -> None:
    """Take a step with the report in `row`; Conflict where it is not where the step leads from."""
    before, after = _FROM[step]
    why = said("reason", reason)
    if step == RETURN and not why:
        raise ArchiveFault("Hãy ghi lý do trả lại.")
    if row.state not in before:
        state = _SAID.get(row.state, "nhập từ bản cũ")
        raise Conflict(f"Báo cáo này {state} nên không làm được bước đó.")
    newest = select(func.max(REPORTS.c.version)).where(REPORTS.c.series_id == row.series_id)
    if connection.execute(newest).scalar() != row.version:
        raise Conflict("Đã có bản thay thế báo cáo này. Hãy xem bản mới nhất.")
    connection.execute(update(REPORTS).where(REPORTS.c.id == row.id).values(state=after))
    _note(connection, row.id, step, by, why)


def _note(connection: Connection, report_id: str, step: str, by: str, reason: str) -> None:
    """Note a step of a report, and in the log."""
    told = {"reason": reason} if reason else {}
    at = audit.append(connection, by, step, report_id, told)
    count = select(func.count()).select_from(STEPS).where(STEPS.c.report_id == report_id)
    connection.execute(insert(STEPS).values(
        report_id=report_id, position=connection.execute(count).scalar_one(), step=step, by=by,
        at=at.isoformat(timespec="microseconds"), reason=reason))  # fmt: skip


def steps_of(connection: Connection, report_id: str) -> list[Step]:
    """Return the steps of a report after it was kept, the first one first."""
    query = select(STEPS).where(STEPS.c.report_id == report_id).order_by(STEPS.c.position)
    return [
        Step(row.step, row.by, datetime.fromisoformat(row.at), row.reason)
        for row in connection.execute(query)
    ]
