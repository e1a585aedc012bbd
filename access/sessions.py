"""Sessions of signed-in staff, kept by us: each can be ended, and ends by itself.

The browser has a random token, the table its SHA-256. A new one is made at every sign-in and at
every change of password; what a browser brought along before is never taken over.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select, update

from access.faults import moment
from archive.tables_access import SESSIONS

IDLE, LONGEST = timedelta(hours=2), timedelta(hours=12)
_FORGOTTEN = timedelta(days=7)  # until then what its person sent too late is known as theirs
_SEEN_EVERY = timedelta(minutes=5)  # so that reading a page seldom writes


def open_session(connection: Connection, account_id: str, now: datetime) -> str:
    """Begin a session of an account, and return the token its browser is to keep."""
    connection.execute(delete(SESSIONS).where(SESSIONS.c.began < moment(now - _FORGOTTEN)))
    token = secrets.token_urlsafe(32)
    at = moment(now)
    connection.execute(
        insert(SESSIONS).values(token=_kept(token), account_id=account_id, began=at, seen=at)
    )
    return token


def session_account(connection: Connection, token: str, now: datetime) -> str:
    """Return the id of the account whose live session this is, "" for none."""
    row = connection.execute(select(SESSIONS).where(SESSIONS.c.token == _kept(token))).first()
    if row is None:
        return ""
    is_over = row.began <= moment(now - LONGEST) or row.seen <= moment(now - IDLE)
    return "" if is_over else str(row.account_id)


def ended_account(connection: Connection, token: str, now: datetime) -> str:
    """Return the id of the account whose session this was, ended by itself; "" for none."""
    row = connection.execute(select(SESSIONS).where(SESSIONS.c.token == _kept(token))).first()
    return str(row.account_id) if row and not session_account(connection, token, now) else ""


def is_long_unseen(connection: Connection, token: str, now: datetime) -> bool:
    """Whether it is time to note that a session is still in use."""
    query = select(SESSIONS.c.seen).where(SESSIONS.c.token == _kept(token))
    seen = connection.execute(query).scalar()
    return bool(seen) and str(seen) <= moment(now - _SEEN_EVERY)


def note_seen(connection: Connection, token: str, now: datetime) -> None:
    """Note that a session is in use."""
    connection.execute(
        update(SESSIONS).where(SESSIONS.c.token == _kept(token)).values(seen=moment(now))
    )


def close_session(connection: Connection, token: str) -> None:
    """End one session."""
    connection.execute(delete(SESSIONS).where(SESSIONS.c.token == _kept(token)))


def close_sessions(connection: Connection, account_id: str) -> None:
    """End every session of an account."""
    connection.execute(delete(SESSIONS).where(SESSIONS.c.account_id == account_id))


def _kept(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()
