"""A request under a key is done once; the same again is answered as the first time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from archive.tables_requests import REPLAYS

LEASE = timedelta(seconds=60)
KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it was given."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class OtherRequest(Exception):
    """The key stands for another request."""


class UnderWay(Exception):
    """The request under this key is being worked on."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request under a key: whose, which, and a hash of all that was asked."""

    caller: str
    key: str
    fingerprint: str


def claim(connection: Connection, asked: Asked) -> Answered | None:
    """Return how the request was answered, None where the caller is now the one to do it.

    OtherRequest where the key stands for another, UnderWay where somebody is at it.
    """
    now = datetime.now(UTC)
    connection.execute(delete(REPLAYS).where(REPLAYS.c.at < _said(now - KEPT)))
    row = connection.execute(select(REPLAYS).where(_is(asked))).first()
    if row is None:
        connection.execute(insert(REPLAYS).values(
            caller=asked.caller, key=asked.key, fingerprint=asked.fingerprint,
            at=_said(now), lease=_said(now + LEASE)))  # fmt: skip
        return None
    if row.fingerprint != asked.fingerprint:
        raise OtherRequest
    if row.status is not None:
        return Answered(row.status, json.loads(row.headers), row.body)
    if row.lease > _said(now):
        raise UnderWay
    # whoever was at it is gone; doing it again is safe, for what is done once stays once
    connection.execute(update(REPLAYS).where(_is(asked)).values(lease=_said(now + LEASE)))
    return None


def settle(connection: Connection, asked: Asked, answer: Answered) -> None:
    """Keep the answer to a request that was claimed."""
    connection.execute(update(REPLAYS).where(_is(asked)).values(
        status=answer.status, headers=json.dumps(dict(answer.headers)), body=answer.body))  # fmt: skip


def release(connection: Connection, asked: Asked) -> None:
    """Give up a claim: nothing was done, and the key may be used again."""
    connection.execute(delete(REPLAYS).where(_is(asked), REPLAYS.c.status.is_(None)))


def _is(asked: Asked) -> ColumnElement[bool]:
    return and_(REPLAYS.c.caller == asked.caller, REPLAYS.c.key == asked.key)


def _said(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
