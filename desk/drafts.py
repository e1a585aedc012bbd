"""Drafts: what was last received for a unit's report of a period, and what was typed over it.

A draft has a version, which grows with every change. Whoever changes it tells the version that
was seen; where somebody else was faster nothing is changed, and Conflict says who and when.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, delete, func, insert, select, update

from access.faults import moment
from access.units import Unit, unit_at, units_below
from archive import audit
from archive.admission import file_name, required
from archive.approving import steps_of
from archive.records import INPUT, PICTURE, RETURNED, Conflict, Missing
from archive.tables import REPORTS
from archive.tables_access import DRAFTFILES, DRAFTS
from generators.model import Acknowledgement
from generators.origins import Correction
from generators.pipeline import Source

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """A report being made; ``by`` and ``at`` (UTC) tell who changed it last.

    ``state`` is draft, or that of its report: kept (submitted), approved, returned, issued.
    ``is_open`` tells that it may be changed; ``returned`` why it came back, "" where it did not.
    ``corrections`` are texts by place (``Số liệu!D12``), ``typists`` who typed them by place,
    ``accepted`` reasons by a finding's id.
    ``report_id`` is what was submitted last, "" for nothing.
    """

    id: str
    unit: Unit
    kind: str
    period: str
    version: int
    state: str
    is_open: bool
    by: str
    at: datetime
    report_id: str = ""
    returned: str = ""
    corrections: Mapping[str, str] = field(default_factory=dict)
    accepted: Mapping[str, str] = field(default_factory=dict)
    typists: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it came in: its name and its bytes."""

    name: str
    data: bytes


# ---------------------------------------------------------------- reading


def draft_at(connection: Connection, draft_id: str) -> Draft:
    """Return a draft; Missing where there is none."""
    row = connection.execute(select(DRAFTS).where(DRAFTS.c.id == draft_id)).first()
    unit = unit_at(connection, row.unit_id) if row else None
    if row is None or unit is None:
        raise Missing(f"Không có bản đang soạn «{draft_id[:40]}».")
    return _draft(connection, row, unit)


def drafts_below(connection: Connection, paths: Iterable[str], period: str = "") -> list[Draft]:
    """Return the drafts of the units at these paths and below them, changed last first."""
    units = {unit.id: unit for unit in units_below(connection, paths)}
    query = select(DRAFTS).order_by(DRAFTS.c.at.desc())
    if period:
        query = query.where(DRAFTS.c.period == period)
    rows = [row for row in connection.execute(query).all() if row.unit_id in units]
    return [_draft(connection, row, units[row.unit_id]) for row in rows]


def source_of(connection: Connection, draft: Draft, by: str) -> Source | None:
    """Return what a draft is examined as, in the name of `by`; None where nothing was received."""
    query = select(DRAFTFILES).where(DRAFTFILES.c.draft_id == draft.id)
    rows = connection.execute(query.order_by(DRAFTFILES.c.position)).all()
    files = [(row.role, row.name, b64decode(row.data)) for row in rows]
    inputs = [(name, data) for role, name, data in files if role == INPUT]
    if not inputs:
        return None
    name, data = inputs[0]
    pictures = {name: data for role, name, data in files if role == PICTURE}
    accepted = tuple(Acknowledgement(*one, where="màn hình") for one in draft.accepted.items())
    return Source(data, pictures, draft.kind, name, by, accepted, typed_in(draft))


def typed_in(draft: Draft) -> tuple[Correction, ...]:
    """Return what was typed on screen over what a draft received, each with who typed it."""
    return tuple(
        Correction(place, text, draft.typists.get(place, ""))
        for place, text in draft.corrections.items()
    )


# ---------------------------------------------------------------- changing


def open_draft(connection: Connection, unit: Unit, kind: str, period: str, by: str) -> Draft:
    """Return the draft of a unit, kind and period, a new one where there is none."""
    own = {
        "unit_id": unit.id,
        "kind": required("kind", kind),
        "period": required("period", period),
    }
    query = select(DRAFTS.c.id).where(*(DRAFTS.c[name] == value for name, value in own.items()))
    known = connection.execute(query).scalar()
    if known is None:
        known = uuid4().hex
        connection.execute(insert(DRAFTS).values(
            id=known, version=1, corrections=_noted({}, {}), is_open=1, report_id=None, by=by,
            at=moment(), **own))  # fmt: skip
        told = {"unit": unit.full_name, "kind": kind, "period": period}
        audit.append(connection, by, "draft.open", known, told)
    return draft_at(connection, known)


def receive(
    connection: Connection, draft: Draft, given: Received, pictures: Sequence[Received], by: str
) -> Draft:  # fmt: skip
    """Put a file in the place of what was received; what was typed over the old one is dropped.

    What was acknowledged stays: it holds by what it was of, and no longer where that changed.
    """
    files = [(INPUT, given), *((PICTURE, picture) for picture in pictures)]
    changed = _changed(connection, draft, by, corrections=_noted({}, draft.accepted))
    connection.execute(delete(DRAFTFILES).where(DRAFTFILES.c.draft_id == draft.id))
    connection.execute(insert(DRAFTFILES), [
        {"draft_id": draft.id, "position": number, "role": role,
         "name": file_name(file.name) if role == INPUT else file.name,
         "data": b64encode(file.data).decode()}
        for number, (role, file) in enumerate(files)])  # fmt: skip
    return changed


def add_pictures(
    connection: Connection, draft: Draft, pictures: Sequence[Received], by: str
) -> Draft:
    """Put pictures beside what was received; one of the same name takes the other's place."""
    changed = _changed(connection, draft, by)
    own = DRAFTFILES.c.draft_id == draft.id
    names = {picture.name: picture for picture in pictures}
    taken = DRAFTFILES.c.role == PICTURE, DRAFTFILES.c.name.in_(names)
    connection.execute(delete(DRAFTFILES).where(own, *taken))
    last = connection.execute(select(func.max(DRAFTFILES.c.position)).where(own)).scalar() or 0
    connection.execute(insert(DRAFTFILES), [
        {"draft_id": draft.id, "position": number, "role": PICTURE, "name": picture.name,
         "data": b64encode(picture.data).decode()}
        for number, picture in enumerate(names.values(), last + 1)])  # fmt: skip
    return changed


def correct(
    connection: Connection,
    draft: Draft,
    by: str,
    typed: Mapping[str, str | None],
    accepted: Mapping[str, str | None] | None = None,
) -> Draft:
    """Type texts over places, and acknowledge findings; None takes either back.

    An empty text is a blank typed over what stands there.
    """
    corrections = _merged(draft.corrections, typed)
    reasons = _merged(draft.accepted, accepted or {})
    typists = {place: who for place, who in draft.typists.items() if place in corrections}
    typists |= {place: by for place in typed if place in corrections}
    return _changed(connection, draft, by, corrections=_noted(corrections, reasons, typists))


def reopen(connection: Connection, draft: Draft, by: str) -> Draft:
    """Open the draft of an issued report again, for a version in its place."""
    if draft.is_open:
        return draft
    if draft.state != "issued":
        raise Conflict(
            "Báo cáo đang chờ duyệt hoặc đã duyệt. Muốn sửa thì phải được trả lại trước."
        )
    return _changed(connection, draft, by, must_be_open=False, is_open=1)


def will_replace(connection: Connection, draft: Draft, report_id: str, by: str) -> Draft:
    """Open a draft for a version in the place of a report that was made elsewhere."""
    values = {"report_id": report_id, "is_open": 1}
    return _changed(connection, draft, by, must_be_open=False, **values)


def has_received(connection: Connection, draft: Draft) -> bool:
    """Whether a draft holds anything."""
    own = select(DRAFTFILES.c.position).where(DRAFTFILES.c.draft_id == draft.id)
    return connection.execute(own.limit(1)).first() is not None


def take_over(connection: Connection, draft: Draft, source: Source, by: str) -> Draft:
    """Receive what a kept report was made of, with what was typed over it and by whom."""
    pictures = [Received(*one) for one in source.pictures.items()]
    held = receive(connection, draft, Received(source.name, source.data), pictures, by)
    typed = {one.place: one.text for one in source.corrections}
    typists = {one.place: one.by for one in source.corrections if one.by}
    return _changed(connection, held, by, corrections=_noted(typed, {}, typists))


def submitted(connection: Connection, draft: Draft, report_id: str, by: str) -> Draft:
    """Note the report that a draft became, and close it; what changed meanwhile stays open."""
    own = DRAFTS.c.id == draft.id
    connection.execute(update(DRAFTS).where(own).values(report_id=report_id))
    connection.execute(
        update(DRAFTS).where(own, DRAFTS.c.version == draft.version)
        .values(is_open=0, version=draft.version + 1, by=by, at=moment())
    )  # fmt: skip
    return draft_at(connection, draft.id)


def open_again(connection: Connection, report_id: str) -> None:
    """Open the draft of a report that was returned; nothing for a report that came without one."""
    own = DRAFTS.c.report_id == report_id
    connection.execute(
        update(DRAFTS).where(own).values(is_open=1, version=DRAFTS.c.version + 1)
    )


def ask_whether_unchanged(connection: Connection, draft: Draft) -> None:
    """Raise Conflict where somebody changed a draft since this was read, or closed it."""
    row = connection.execute(select(DRAFTS).where(DRAFTS.c.id == draft.id)).one()
    if row.version != draft.version:
        at = datetime.fromisoformat(row.at).astimezone()
        raise Conflict(
            f"{row.by} đã sửa bản này lúc {at:%H:%M} ngày {at:%d/%m/%Y}. Hãy tải lại trang để xem, rồi "
            "sửa tiếp; điều vừa gửi chưa được ghi."
        )


# ---------------------------------------------------------------- rows


def _changed(
    connection: Connection, draft: Draft, by: str, *, must_be_open: bool = True, **values: Any
) -> Draft:
    ask_whether_unchanged(connection, draft)
    if must_be_open and not draft.is_open:
        raise Conflict(
            "Báo cáo đã nộp nên số liệu đã khóa. Muốn sửa thì phải được trả lại trước."
        )
    connection.execute(update(DRAFTS).where(DRAFTS.c.id == draft.id).values(
        version=draft.version + 1, by=by, at=moment(), **values))  # fmt: skip
    return draft_at(connection, draft.id)


def _merged(known: Mapping[str, str], given: Mapping[str, str | None]) -> dict[str, str]:
    both = {**known, **given}
    return {key: text for key, text in both.items() if text is not None}


def _noted(
    corrections: Mapping[str, str],
    accepted: Mapping[str, str],
    typists: Mapping[str, str] | None = None,
) -> str:
    told = {"typed": dict(corrections), "accepted": dict(accepted), "by": dict(typists or {})}
    return json.dumps(told, ensure_ascii=False)


def _draft(connection: Connection, row: Any, unit: Unit) -> Draft:
    noted = json.loads(row.corrections)
    report = row.report_id and connection.execute(
        select(REPORTS.c.state).where(REPORTS.c.id == row.report_id)
    ).scalar()  # fmt: skip
    reasons = [step.reason for step in steps_of(connection, row.report_id or "")]
    is_returned = report == RETURNED
    return Draft(
        row.id, unit, row.kind, row.period, row.version,
        report if report and (is_returned or not row.is_open) else DRAFT, bool(row.is_open),
        row.by, datetime.fromisoformat(row.at), row.report_id or "",
        reasons[-1] if is_returned and reasons else "", noted["typed"], noted["accepted"],
        noted.get("by", {}),
    )  # fmt: skip
