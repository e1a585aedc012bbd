"""Signing in with a password: counted first, checked outside of any transaction, then concluded."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select, update

from access.accounts import Account, account_at, password_of, set_own_password
from access.attempts import ask_whether_waiting, count_attempt, forget_attempts
from access.faults import AccessFault, SignInRefused
from access.passwords import hash_of, is_outdated, is_password
from access.sessions import open_session
from archive.database import Database
from archive.tables_access import ACCOUNTS

_WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."


def sign_in(
    database: Database, login: str, password: str, now: datetime | None = None
) -> tuple[Account, str]:
    """Return the account and the token of its new session; SignInRefused where there is none.

    An unknown login takes as long as a wrong password, and is told the same.
    """
    at = now or datetime.now(UTC)
    with database.reading() as connection:
        ask_whether_waiting(connection, login, at)
    with database.writing() as connection:
        count_attempt(connection, login, at)
        query = select(ACCOUNTS).where(ACCOUNTS.c.login == login.strip().casefold())
        row = connection.execute(query).first()
    if not is_password(password, row.password if row else None) or row is None:
        raise SignInRefused(_WRONG)
    renewed = {"password": hash_of(password)} if is_outdated(row.password) else {}
    with database.writing() as connection:
        forget_attempts(connection, login)
        account = account_at(connection, row.id)
        if account is None or account.locked:
            raise SignInRefused("Tài khoản này đang bị khóa. Hãy hỏi người quản trị.")
        if renewed:
            own = ACCOUNTS.c.id == account.id, ACCOUNTS.c.password == row.password
            connection.execute(update(ACCOUNTS).where(*own).values(**renewed))
        return account, open_session(connection, account.id, at)


def change_password(
    database: Database, account: Account, old: str, new: str, now: datetime | None = None
) -> str:
    """Let an account's owner choose a password, and return the token of the one session left.

    Whoever was just made to change a given password is not asked for it again. SignInRefused
    where the old one is wrong, counted as at a sign-in; AccessFault where the new one will not do.
    """
    at = now or datetime.now(UTC)
    if not account.must_change:
        with database.writing() as connection:
            count_attempt(connection, account.login, at)
            kept = password_of(connection, account)
        if not is_password(old, kept):
            raise AccessFault("Mật khẩu hiện tại không đúng.")
    with database.writing() as connection:
        forget_attempts(connection, account.login)
        set_own_password(connection, account, new)
        return open_session(connection, account.id, at)
