"""The commands for accounts and keys: who may use the service, as whoever has the machine says.

What is told once (a given password, a new key) goes to standard output and nowhere else.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from getpass import getuser

import click

from access.accounts import (
    account_called,
    accounts,
    add_account,
    give_role,
    lock_account,
    reset_password,
    roles_of,
    take_role,
    unlock_account,
)
from access.keys import Key, Made, add_key, key_called, keys, revoke_key, rotate_key
from access.rights import KEY_RIGHTS, ROLE_NAMES, ROLES
from access.units import unit_called
from commands.shelf import opened_archive
from commands.speaking import SpokenCommand

_login_argument = click.argument("login", metavar="LOGIN")
_prefix_argument = click.argument("prefix", metavar="KEY")
_unit_option = click.option(
    "--unit",
    required=True,
    metavar="UNIT",
    help="Đơn vị; quyền có ở đó và mọi đơn vị bên dưới.",
)
_role_option = click.option(
    "--role", "roles", multiple=True, required=True, type=click.Choice(list(ROLES)),
    help="Vai trò: " + ", ".join(f"{role} ({name})" for role, name in ROLE_NAMES.items()) + ".",
)  # fmt: skip
_days_option = click.option(
    "--days", default=365, type=click.IntRange(1, 1100), help="Số ngày khóa còn hiệu lực."
)


def at_the_machine() -> str:
    """Return who acts on the command line: whoever is signed in to the machine."""
    try:
        return f"dòng lệnh ({getuser()})"
    except (KeyError, OSError):  # a user without a name
        return "dòng lệnh"


# ---------------------------------------------------------------- accounts


@click.group(
    "user", help="Tài khoản của người dùng: thêm, cấp lại mật khẩu, khóa, mở, vai trò."
)
def tend_users() -> None:
    """Gather what one does with accounts."""


@tend_users.command("add", cls=SpokenCommand, help="Thêm tài khoản LOGIN của người tên NAME.")
@_login_argument
@click.argument("name", metavar="NAME")
@_unit_option
@_role_option
def add(login: str, name: str, unit: str, roles: tuple[str, ...]) -> None:
    """Add an account with a given password, told once."""
    by = at_the_machine()
    with opened_archive() as archive, archive.database.writing() as connection:
        where = unit_called(connection, unit)
        account, password = add_account(connection, login, name, by)
        for role in roles:
            give_role(connection, account, role, where, by)
    click.echo(f"Đã thêm tài khoản {account.login} ({account.name}) tại {where.full_name}.")
    _tell_password(password)


@tend_users.command("reset", cls=SpokenCommand, help="Cấp mật khẩu mới cho tài khoản LOGIN.")
@_login_argument
def reset(login: str) -> None:
    """Give an account a new password, told once; it is signed out everywhere."""
    with opened_archive() as archive, archive.database.writing() as connection:
        password = reset_password(
            connection, account_called(connection, login), at_the_machine()
        )
    _tell_password(password)


def _tell_password(password: str) -> None:
    click.echo(f"Mật khẩu: {password}\n"
               "Chỉ hiện một lần; phải đổi ở lần đăng nhập đầu tiên.")  # fmt: skip


@tend_users.command("lock", cls=SpokenCommand, help="Khóa tài khoản LOGIN, kết thúc mọi phiên.")
@_login_argument
def lock(login: str) -> None:
    """Lock an account."""
    with opened_archive() as archive, archive.database.writing() as connection:
        lock_account(connection, account_called(connection, login), at_the_machine())
    click.echo(f"Đã khóa tài khoản {login}.")


@tend_users.command(
    "unlock", cls=SpokenCommand, help="Mở tài khoản LOGIN, cả khi nhập sai mật khẩu nhiều lần."
)
@_login_argument
def unlock(login: str) -> None:
    """Unlock an account."""
    with opened_archive() as archive, archive.database.writing() as connection:
        unlock_account(connection, account_called(connection, login), at_the_machine())
    click.echo(f"Đã mở tài khoản {login}.")


@tend_users.command(
    "give", cls=SpokenCommand, help="Giao vai trò tại đơn vị cho tài khoản LOGIN."
)
@_login_argument
@_unit_option
@_role_option
def give(login: str, unit: str, roles: tuple[str, ...]) -> None:
    """Give an account roles."""
    with opened_archive() as archive, archive.database.writing() as connection:
        account, where = account_called(connection, login), unit_called(connection, unit)
        for role in roles:
            give_role(connection, account, role, where, at_the_machine())
    click.echo(f"Đã giao {', '.join(roles)} tại {where.full_name} cho {login}.")


@tend_users.command(
    "take", cls=SpokenCommand, help="Thôi vai trò tại đơn vị của tài khoản LOGIN."
)
@_login_argument
@_unit_option
@_role_option
def take(login: str, unit: str, roles: tuple[str, ...]) -> None:
    """Take roles from an account."""
    with opened_archive() as archive, archive.database.writing() as connection:
        account, where = account_called(connection, login), unit_called(connection, unit)
        for role in roles:
            take_role(connection, account, role, where, at_the_machine())
    click.echo(f"{login} thôi {', '.join(roles)} tại {where.full_name}.")


@tend_users.command("list", cls=SpokenCommand, help="Kể các tài khoản, vai trò, tình trạng.")
def list_users() -> None:
    """Tell every account, a line each."""
    with opened_archive() as archive, archive.database.reading() as connection:
        told = [(one, roles_of(connection, one)) for one in accounts(connection)]
    for account, roles in told:
        states = {"đã khóa": account.locked, "chưa đổi mật khẩu": account.must_change}
        held = "; ".join(f"{role} tại {unit}" for role, unit in roles) or "chưa có vai trò"
        state = ", ".join(said for said, is_so in states.items() if is_so) or "-"
        line = (account.login, account.name, held, state)
        click.echo("\t".join(line))


# ---------------------------------------------------------------- keys


@click.group("key", help="Khóa API của hệ thống khác: tạo, thay, thu hồi.")
def tend_keys() -> None:
    """Gather what one does with keys."""


@tend_keys.command("add", cls=SpokenCommand, help="Tạo khóa tên NAME cho một hệ thống.")
@click.argument("name", metavar="NAME")
@_unit_option
@click.option(
    "--right", "rights", multiple=True, type=click.Choice(list(KEY_RIGHTS)),
    default=("submit", "read"), show_default=True, help="Quyền của khóa; dùng được nhiều lần.",
)  # fmt: skip
@_days_option
def add_one(name: str, unit: str, rights: tuple[str, ...], days: int) -> None:
    """Make a key, told once."""
    until = datetime.now(UTC) + timedelta(days=days)
    with opened_archive() as archive, archive.database.writing() as connection:
        where = unit_called(connection, unit)
        made = add_key(connection, where, name, rights, until, at_the_machine())
    _tell_key(made)


@tend_keys.command(
    "rotate",
    cls=SpokenCommand,
    help="Thay khóa KEY bằng khóa mới; khóa cũ còn dùng thêm ít ngày.",
)
@_prefix_argument
@click.option("--overlap", default=7, type=click.IntRange(0, 90), show_default=True,
              help="Số ngày khóa cũ còn hiệu lực.")  # fmt: skip
@_days_option
def rotate(prefix: str, overlap: int, days: int) -> None:
    """Make a key in place of another."""
    until = datetime.now(UTC) + timedelta(days=days)
    with opened_archive() as archive, archive.database.writing() as connection:
        old = key_called(connection, prefix)
        made = rotate_key(connection, old, timedelta(days=overlap), until, at_the_machine())
        left = key_called(connection, old.prefix)
    click.echo(f"Khóa cũ {left.prefix} còn hiệu lực đến {_time(left.until)}.", err=True)
    _tell_key(made)


def _tell_key(made: Made) -> None:
    click.echo(f"Khóa «{made.key.name}» tại {made.key.unit}: {', '.join(made.key.rights)}; "
               f"đến {_time(made.key.until)}. Chỉ hiện một lần:", err=True)  # fmt: skip
    click.echo(made.secret)


@tend_keys.command("revoke", cls=SpokenCommand, help="Thu hồi khóa KEY ngay lập tức.")
@_prefix_argument
def revoke(prefix: str) -> None:
    """End a key at once."""
    with opened_archive() as archive, archive.database.writing() as connection:
        key = key_called(connection, prefix)
        revoke_key(connection, key, at_the_machine())
    click.echo(f"Đã thu hồi khóa {key.prefix} («{key.name}»).")


@tend_keys.command("list", cls=SpokenCommand, help="Kể các khóa, không kể phần bí mật.")
def list_keys() -> None:
    """Tell every key, a line each."""
    now = datetime.now(UTC)
    with opened_archive() as archive, archive.database.reading() as connection:
        found = keys(connection)
    for key in found:
        click.echo(
            "\t".join((key.prefix, key.name, key.unit, ", ".join(key.rights), _state(key, now)))
        )


def _state(key: Key, now: datetime) -> str:
    if key.revoked:
        return f"đã thu hồi {_time(key.revoked)}"
    return f"{'hết hạn' if key.until <= now else 'đến'} {_time(key.until)}"


def _time(at: datetime) -> str:
    return f"{at.astimezone():%d/%m/%Y %H:%M}"


COMMANDS = (tend_users, tend_keys)
