"""Work that is put off: taken by one worker at a time, taken over from one that died, kept a while."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from archive.replays import Answered
from archive.tables_requests import JOBS

QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"
LEASE = timedelta(seconds=30)
KEPT = timedelta(days=2)
MOST_TRIES = 2
MOST_WAITING = 20  # of one caller


@dataclass(frozen=True, slots=True)
class Work:
    """A request to be done later, on behalf of whom."""

    caller: str
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Job:
    """How far some work is; times in UTC, ``answer`` only once it is done."""

    id: str
    state: str
    work: Work
    asked: str
    ended: str | None
    answer: Answered | None


class TooMany(Exception):
    """The caller has as much work waiting as anybody may have."""


def put_off(connection: Connection, work: Work) -> str:
    """Queue some work and return its id; drops what was done long ago. TooMany where much waits."""
    now = datetime.now(UTC)
    connection.execute(delete(JOBS).where(JOBS.c.ended < _said(now - KEPT)))
    waiting = select(JOBS.c.id).where(JOBS.c.caller == work.caller, JOBS.c.ended.is_(None))
    if len(connection.execute(waiting).all()) >= MOST_WAITING:
        raise TooMany
    id_ = uuid4().hex
    connection.execute(insert(JOBS).values(
        id=id_, caller=work.caller, state=QUEUED, method=work.method, path=work.path,
        query=work.query, headers=json.dumps(dict(work.headers)), body=work.body, asked=_said(now),
        lease=_said(now), tries=0))  # fmt: skip
    return id_


def take(connection: Connection) -> Job | None:
    """Return work to be done now, its lease begun: the oldest that waits or whose worker died.

    What killed its worker MOST_TRIES times is failed and not tried again.
    """
    now = _said(datetime.now(UTC))
    lost = (JOBS.c.state == RUNNING) & (JOBS.c.lease < now)
    connection.execute(update(JOBS).where(lost, JOBS.c.tries >= MOST_TRIES)
                       .values(state=FAILED, ended=now, body=b""))  # fmt: skip
    query = select(JOBS).where((JOBS.c.state == QUEUED) | lost).order_by(JOBS.c.asked).limit(1)
    row = connection.execute(query).first()
    if row is None:
        return None
    connection.execute(update(JOBS).where(JOBS.c.id == row.id).values(
        state=RUNNING, tries=row.tries + 1, lease=_lease()))  # fmt: skip
    return _job(row)


def go_on(connection: Connection, id_: str) -> None:
    """Say that work is still being done."""
    connection.execute(update(JOBS).where(JOBS.c.id == id_).values(lease=_lease()))


def end(connection: Connection, id_: str, answer: Answered) -> None:
    """Keep the answer that work came to; what was sent is no longer needed."""
    connection.execute(update(JOBS).where(JOBS.c.id == id_).values(
        state=DONE if answer.status < 500 else FAILED, ended=_said(datetime.now(UTC)), body=b"",
        status=answer.status, answer_headers=json.dumps(dict(answer.headers)),
        answer=answer.body))  # fmt: skip


def job_at(connection: Connection, id_: str, caller: str) -> Job | None:
    """Return a job of this caller; None where there is none, or it is another's."""
    query = select(JOBS).where(JOBS.c.id == id_, JOBS.c.caller == caller)
    row = connection.execute(query).first()
    return _job(row) if row else None


def _job(row: Any) -> Job:
    answer = None
    if row.status is not None:
        answer = Answered(row.status, json.loads(row.answer_headers), row.answer)
    work = Work(row.caller, row.method, row.path, row.query, json.loads(row.headers), row.body)
    return Job(row.id, row.state, work, row.asked, row.ended, answer)


def _lease() -> str:
    return _said(datetime.now(UTC) + LEASE)


def _said(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
