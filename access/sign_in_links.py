"""The first start: a link that works once, for a while, and while there is no account at all.

It leads whoever reads the console to an account of their own; there is no password to begin with.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select

from access.accounts import Account, add_own_account, count_accounts, give_role
from access.faults import AccessFault, moment
from access.rights import ROLES
from access.units import add_unit, key_of, unit_of
from archive.tables_access import LINKS

LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class First:
    """Who begins: a unit (with what it lies in), a full name, a login and a password of one's own."""

    unit: str
    within: Sequence[str]
    name: str
    login: str
    password: str


def make_link(connection: Connection, now: datetime) -> str:
    """Return the token of a new link, in place of earlier ones; "" where there is an account."""
    if count_accounts(connection):
        return ""
    token = secrets.token_urlsafe(32)
    connection.execute(delete(LINKS))
    until = moment(now + LASTS)
    connection.execute(insert(LINKS).values(token=_kept(token), until=until))
    return token


def is_open(connection: Connection, token: str, now: datetime) -> bool:
    """Whether a link may be used now."""
    query = select(LINKS.c.until).where(LINKS.c.token == _kept(token))
    until = connection.execute(query).scalar()
    return bool(until) and str(until) > moment(now) and not count_accounts(connection)


def begin(connection: Connection, token: str, first: First, now: datetime) -> Account:
    """Use a link up: make its reader's unit and account, with every role there.

    AccessFault where the link is not open, and where what was typed cannot be taken; the link
    is then still there.
    """
    if not is_open(connection, token, now):
        raise AccessFault(
            "Liên kết này đã dùng hoặc đã hết hạn. Hãy khởi động lại dịch vụ để có liên kết mới."
        )
    unit = unit_of(connection, key_of(first.unit, first.within)) or add_unit(
        connection, first.unit, first.name, within=first.within
    )
    account = add_own_account(connection, first.login, first.name, first.password)
    for role in ROLES:
        give_role(connection, account, role, unit, account.name)
    connection.execute(delete(LINKS))
    return account


def _kept(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()
