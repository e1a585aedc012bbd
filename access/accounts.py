"""Accounts of staff: a login, a full name, a password, and roles at units."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, delete, func, insert, select, update

from access.attempts import forget_attempts
from access.faults import AccessFault, moment
from access.passwords import ask_for_strength, given_password, hash_of, is_password
from access.rights import ROLES, Actor, reaches
from access.sessions import close_sessions
from access.units import Unit
from archive import audit
from archive.admission import required
from archive.tables_access import ACCOUNTS, GRANTS, UNITS

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,58}[a-z0-9]\Z")
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in; ``must_change`` while the password is one that was given."""

    id: str
    login: str
    name: str
    must_change: bool
    locked: bool


@dataclass(frozen=True, slots=True)
class Duty:
    """A role that an account has at a unit."""

    role: str
    unit: str


# ---------------------------------------------------------------- making and changing


def add_account(connection: Connection, login: str, name: str, by: str) -> tuple[Account, str]:
    """Add an account; return it and the password it is given, which is told once, then changed."""
    password = given_password()
    return _add(connection, login, name, hash_of(password), by, must_change=True), password


def add_own_account(connection: Connection, login: str, name: str, password: str) -> Account:
    """Add an account whose owner chose the password."""
    told = login_of(login)
    ask_for_strength(password, told)
    return _add(connection, told, name, hash_of(password), name, must_change=False)


def reset_password(connection: Connection, account: Account, by: str) -> str:
    """Give an account a new password, sign it out everywhere, and return what is told once."""
    password = given_password()
    _set_password(connection, account, hash_of(password), must_change=True)
    forget_attempts(connection, account.login)
    _log(connection, by, "account.reset", account)
    return password


def set_own_password(connection: Connection, account: Account, new: str) -> None:
    """Enter the password an account's owner chose; every session of it ends."""
    ask_for_strength(new, account.login)
    if is_password(new, password_of(connection, account)):
        raise AccessFault("Mật khẩu mới phải khác mật khẩu hiện tại.")
    _set_password(connection, account, hash_of(new), must_change=False)
    _log(connection, account.name, "account.password", account)


def password_of(connection: Connection, account: Account) -> str:
    """Return what an account's password is kept as."""
    return str(connection.execute(_of(account.id)).one().password)


def lock_account(connection: Connection, account: Account, by: str) -> None:
    """Forbid an account to sign in, and end its sessions."""
    _set(connection, account, locked=1)
    close_sessions(connection, account.id)
    _log(connection, by, "account.lock", account)


def unlock_account(connection: Connection, account: Account, by: str) -> None:
    """Let an account sign in again, also where it was made to wait after wrong passwords."""
    _set(connection, account, locked=0)
    forget_attempts(connection, account.login)
    _log(connection, by, "account.unlock", account)


def give_role(connection: Connection, account: Account, role: str, unit: Unit, by: str) -> None:
    """Give an account a role at a unit and all below it; nothing where it has it."""
    if role not in ROLES:
        raise AccessFault(f"Không có vai trò «{role}». Hãy dùng một trong: {', '.join(ROLES)}.")
    if Duty(role, unit.id) in {
        Duty(one.role, one.unit) for one in _duties(connection, account)
    }:
        return
    connection.execute(insert(GRANTS).values(account_id=account.id, unit_id=unit.id, role=role))
    _log(connection, by, "account.give", account, role=role, unit=unit.full_name)


def take_role(connection: Connection, account: Account, role: str, unit: Unit, by: str) -> None:
    """Take a role at a unit from an account."""
    done = connection.execute(delete(GRANTS).where(
        GRANTS.c.account_id == account.id, GRANTS.c.unit_id == unit.id, GRANTS.c.role == role))  # fmt: skip
    if not done.rowcount:
        raise AccessFault(f"«{account.login}» không có vai trò {role} tại {unit.full_name}.")
    _log(connection, by, "account.take", account, role=role, unit=unit.full_name)


# ---------------------------------------------------------------- reading


def login_of(typed: str) -> str:
    """Return a login as it is kept; AccessFault where it cannot be one."""
    login = typed.strip().casefold()
    if not _LOGIN.match(login):
        raise AccessFault(
            "Tên đăng nhập gồm 3 đến 60 chữ cái không dấu, chữ số hoặc dấu . _ - @, ví dụ lan.nguyen."
        )
    return login


def account_called(connection: Connection, login: str) -> Account:
    """Return the account with this login; AccessFault where there is none."""
    query = select(ACCOUNTS).where(ACCOUNTS.c.login == login.strip().casefold())
    row = connection.execute(query).first()
    if row is None:
        raise AccessFault(f"Không có tài khoản «{login}». Xem: flask --app service user list")
    return _account(row)


def account_at(connection: Connection, account_id: str) -> Account | None:
    """Return the account with this id."""
    row = connection.execute(_of(account_id)).first()
    return _account(row) if row else None


def accounts(connection: Connection) -> list[Account]:
    """Return every account, by login."""
    query = select(ACCOUNTS).order_by(ACCOUNTS.c.login)
    return [_account(row) for row in connection.execute(query)]


def count_accounts(connection: Connection) -> int:
    """Return how many accounts there are."""
    return connection.execute(select(func.count()).select_from(ACCOUNTS)).scalar_one()


def roles_of(connection: Connection, account: Account) -> list[tuple[str, str]]:
    """Return an account's roles, each with the name of the unit where it has it."""
    return [(row.role, row.name) for row in _duties(connection, account)]


def actor_of(connection: Connection, account: Account) -> Actor:
    """Return who acts when this account does: with every right of its roles, at their units."""
    own = (reaches(ROLES.get(row.role, frozenset()), row.path)
           for row in _duties(connection, account))  # fmt: skip
    return Actor(account.id, account.name, False, frozenset().union(*own), account.must_change)


# ---------------------------------------------------------------- rows


def _add(
    connection: Connection, login: str, name: str, kept: str, by: str, *, must_change: bool
) -> Account:
    account = Account(uuid4().hex, login_of(login), required("by", name)[:_LONGEST_NAME],
                      must_change, False)  # fmt: skip
    query = select(ACCOUNTS.c.id).where(ACCOUNTS.c.login == account.login)
    if connection.execute(query).first():
        raise AccessFault(f"Đã có tài khoản «{account.login}».")
    connection.execute(insert(ACCOUNTS).values(
        id=account.id, login=account.login, name=account.name, password=kept,
        must_change=int(must_change), locked=0, at=moment()))  # fmt: skip
    _log(connection, by, "account.add", account)
    return account


def _set_password(
    connection: Connection, account: Account, kept: str, *, must_change: bool
) -> None:
    _set(connection, account, password=kept, must_change=int(must_change))
    close_sessions(connection, account.id)


def _set(connection: Connection, account: Account, **values: object) -> None:
    connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account.id).values(**values))


def _duties(connection: Connection, account: Account) -> Iterable[Any]:
    """Rows with a role, and the id, name and path of the unit it is held at."""
    return connection.execute(
        select(GRANTS.c.role, UNITS.c.id.label("unit"), UNITS.c.name, UNITS.c.path)
        .join(UNITS, UNITS.c.id == GRANTS.c.unit_id).where(GRANTS.c.account_id == account.id)
        .order_by(UNITS.c.path, GRANTS.c.role)
    ).all()  # fmt: skip


def _of(account_id: str) -> Any:
    return select(ACCOUNTS).where(ACCOUNTS.c.id == account_id)


def _log(
    connection: Connection, by: str, action: str, account: Account, **told: object
) -> None:
    audit.append(connection, by, action, "", {"account": account.login, **told})


def _account(row: Any) -> Account:
    return Account(row.id, row.login, row.name, bool(row.must_change), bool(row.locked))
