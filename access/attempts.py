"""Wrong passwords are counted, and from the fifth on each makes the next wait longer.

They are counted by what was typed as login, whether there is such an account or not, so that
waiting tells nobody which accounts there are. An attempt is counted before its password is
checked: a thousand at once are a thousand, and all but the first few never reach the hash.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select, update

from access.faults import SignInRefused, moment
from archive.tables_access import ATTEMPTS

FREE = 5  # wrong passwords in a row, before one has to wait
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
_FORGOTTEN_AFTER = timedelta(days=1)


def ask_whether_waiting(connection: Connection, login: str, now: datetime) -> None:
    """Raise SignInRefused while this login has to wait; it tells for how long."""
    query = select(ATTEMPTS.c.until).where(ATTEMPTS.c.login == _named(login))
    until = connection.execute(query).scalar()
    if until and until > moment(now):
        seconds = (datetime.fromisoformat(until) - now).total_seconds()
        minutes = max(1, -int(-seconds // 60))
        raise SignInRefused(
            f"Đã nhập sai nhiều lần. Hãy thử lại sau {minutes} phút, hoặc nhờ người quản trị đặt lại "
            "mật khẩu."
        )


def count_attempt(connection: Connection, login: str, now: datetime) -> None:
    """Count one more attempt as failed; SignInRefused, uncounted, while one has to wait."""
    ask_whether_waiting(connection, login, now)
    connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.last < moment(now - _FORGOTTEN_AFTER)))
    name = _named(login)
    known = connection.execute(select(ATTEMPTS).where(ATTEMPTS.c.login == name)).first()
    failures = (known.failures if known else 0) + 1
    row = {"failures": failures, "last": moment(now), "until": _until(failures, now)}
    if known:
        connection.execute(update(ATTEMPTS).where(ATTEMPTS.c.login == name).values(**row))
    else:
        connection.execute(insert(ATTEMPTS).values(login=name, **row))


def forget_attempts(connection: Connection, login: str) -> None:
    """Forget what failed: the right password was given, or an administrator says so."""
    connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.login == _named(login)))


def _until(failures: int, now: datetime) -> str:
    if failures < FREE:
        return ""
    doubled = min(failures - FREE, 20)
    return moment(now + min(FIRST_WAIT * 2**doubled, LONGEST_WAIT))


def _named(login: str) -> str:
    """What an attempt is counted by: a digest, for people type passwords there too."""
    return sha256(login.strip().casefold().encode("utf-8", "replace")).hexdigest()
