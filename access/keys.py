"""Keys of other systems: named, for a unit and what lies below it, expiring, revocable.

A key is ``bcas_PREFIX_SECRET``. The prefix finds its row, the secret has 256 random bits; of it the
table keeps the SHA-256, for what is random needs no slow hash. A key is looked up at every request
anew: once it is revoked, the next request with it is refused, wherever it comes from.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update

from access.faults import AccessFault, moment
from access.rights import KEY_RIGHTS, Actor, reaches
from access.units import Unit
from archive import audit
from archive.admission import required
from archive.tables_access import KEYS, UNITS

_MARK = "bcas"
_NOBODYS = "0" * 64
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it may be shown: without its secret; times in UTC, ``revoked`` None while it is not."""

    id: str
    prefix: str
    name: str
    unit: str
    rights: tuple[str, ...]
    until: datetime
    revoked: datetime | None


@dataclass(frozen=True, slots=True)
class Made:
    """A key that was just made, and the whole of it, which is told once."""

    key: Key
    secret: str


def add_key(
    connection: Connection, unit: Unit, name: str, rights: Iterable[str], until: datetime, by: str
) -> Made:  # fmt: skip
    """Make a key for a unit and what lies below it; `until` must be a time to come, in UTC."""
    wanted = tuple(dict.fromkeys(rights))
    unknown = [right for right in wanted if right not in KEY_RIGHTS]
    if unknown or not wanted:
        raise AccessFault(f"Quyền của khóa là một hay nhiều trong: {', '.join(KEY_RIGHTS)}.")
    row = {"name": required("by", name)[:_LONGEST_NAME], "unit_id": unit.id,
           "rights": " ".join(wanted), "until": moment(until)}  # fmt: skip
    made = _enter(connection, row, by)
    _log(connection, by, "key.add", made.key, unit=unit.full_name, rights=row["rights"],
         until=row["until"])  # fmt: skip
    return made


def rotate_key(
    connection: Connection, key: Key, overlap: timedelta, until: datetime, by: str
) -> Made:
    """Make a key that takes the place of another, which goes on working for `overlap` only."""
    if key.revoked:
        raise AccessFault(f"Khóa {key.prefix} đã bị thu hồi. Hãy tạo khóa mới.")
    old = connection.execute(select(KEYS).where(KEYS.c.id == key.id)).one()
    row = {
        "name": old.name,
        "unit_id": old.unit_id,
        "rights": old.rights,
        "until": moment(until),
    }
    made = _enter(connection, row, by)
    last = min(old.until, moment(datetime.fromisoformat(moment()) + overlap))
    connection.execute(update(KEYS).where(KEYS.c.id == key.id).values(until=last))
    _log(connection, by, "key.rotate", key, by_key=made.key.prefix, until=last)
    return made


def revoke_key(connection: Connection, key: Key, by: str) -> None:
    """End a key at once; nothing where it is ended."""
    if key.revoked is None:
        connection.execute(update(KEYS).where(KEYS.c.id == key.id).values(revoked=moment()))
        _log(connection, by, "key.revoke", key)


def key_called(connection: Connection, prefix: str) -> Key:
    """Return the key with this prefix (or the whole of one); AccessFault where there is none."""
    told = prefix.strip().removeprefix(f"{_MARK}_").partition("_")[0]
    row = connection.execute(_shown().where(KEYS.c.prefix == told)).first()
    if row is None:
        raise AccessFault(f"Không có khóa «{told[:12]}». Xem: flask --app service key list")
    return _key(row)


def keys(connection: Connection) -> list[Key]:
    """Return every key, by unit and name."""
    rows = connection.execute(_shown().order_by(UNITS.c.name, KEYS.c.name, KEYS.c.at))
    return [_key(row) for row in rows]


def key_actor(connection: Connection, told: str, now: datetime) -> Actor | None:
    """Return who acts with a key; None for one that is unknown, wrong, expired or revoked."""
    mark, _, rest = told.partition("_")
    prefix, _, secret = rest.partition("_")
    row = connection.execute(_shown().where(KEYS.c.prefix == prefix)).first()
    is_right = hmac.compare_digest(row.secret if row else _NOBODYS, _kept(secret))
    if row is None or mark != _MARK or not is_right:
        return None
    return _actor(row, now)


def key_actor_at(connection: Connection, key_id: str, now: datetime) -> Actor | None:
    """Return who acts with the key of this id, for work it put off; None once it is no longer valid."""
    row = connection.execute(_shown().where(KEYS.c.id == key_id)).first()
    return _actor(row, now) if row else None


def _actor(row: Any, now: datetime) -> Actor | None:
    if row.revoked or row.until <= moment(now):
        return None
    own = (
        reaches(KEY_RIGHTS.get(right, frozenset()), row.path) for right in row.rights.split()
    )
    return Actor(row.id, row.name, True, frozenset().union(*own))


# ---------------------------------------------------------------- rows


def _enter(connection: Connection, row: dict[str, Any], by: str) -> Made:
    if row["until"] <= moment():
        raise AccessFault("Ngày hết hạn của khóa phải ở phía trước.")
    prefix, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    connection.execute(insert(KEYS).values(
        id=uuid4().hex, prefix=prefix, secret=_kept(secret), by=by, at=moment(), **row))  # fmt: skip
    return Made(key_called(connection, prefix), f"{_MARK}_{prefix}_{secret}")


def _shown() -> Any:
    return select(KEYS, UNITS.c.path, UNITS.c.name.label("unit")).join(
        UNITS, UNITS.c.id == KEYS.c.unit_id
    )


def _kept(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def _log(connection: Connection, by: str, action: str, key: Key, **told: object) -> None:
    audit.append(connection, by, action, "", {"key": key.prefix, "name": key.name, **told})


def _key(row: Any) -> Key:
    revoked = datetime.fromisoformat(row.revoked) if row.revoked else None
    return Key(row.id, row.prefix, row.name, row.unit, tuple(row.rights.split()),
               datetime.fromisoformat(row.until), revoked)  # fmt: skip
