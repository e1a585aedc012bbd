"""Signing in: a thousand wrong passwords, accounts nobody has, locks, forced changes, sessions that end."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

import access.passwords
from access.accounts import (
    Account,
    account_called,
    actor_of,
    add_account,
    add_own_account,
    give_role,
    lock_account,
    reset_password,
    roles_of,
    take_role,
    unlock_account,
)
from access.faults import AccessFault, SignInRefused
from access.passwords import given_password, hash_of, is_outdated, is_password
from access.rights import ADMIN, APPROVE, APPROVER, CLERK, ISSUE, READ, SUBMIT
from access.sessions import (
    IDLE,
    LONGEST,
    close_session,
    is_long_unseen,
    note_seen,
    open_session,
    session_account,
)
from access.signing_in import change_password, sign_in
from access.units import add_unit
from archive import audit
from archive.keeping import Archive
from archive.tables_access import ACCOUNTS, ATTEMPTS, SESSIONS

OWN, NOW = "mot cau that rieng", datetime(2026, 11, 26, 8, tzinfo=UTC)
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."


class Counted:
    """argon2, as cheap as it may be, that counts how often it is asked."""

    def __init__(self) -> None:
        self.inner = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        self.asked: list[str] = []

    def hash(self, password: str) -> str:
        return self.inner.hash(password)

    def verify(self, kept: str, password: str) -> bool:
        self.asked.append(kept)
        return self.inner.verify(kept, password)

    def check_needs_rehash(self, kept: str) -> bool:
        return self.inner.check_needs_rehash(kept)


@pytest.fixture
def hasher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counted]:
    made = Counted()
    monkeypatch.setattr(access.passwords, "_HASHER", made)
    access.passwords._nobodys.cache_clear()
    yield made
    access.passwords._nobodys.cache_clear()


@pytest.fixture
def lan(either: Archive, hasher: Counted) -> Account:
    with either.database.writing() as connection:
        return add_own_account(connection, "lan", "Nguyễn Thị Lan", OWN)


def refused(archive: Archive, login: str, password: str, now: datetime = NOW) -> str:
    with pytest.raises(SignInRefused) as caught:
        sign_in(archive.database, login, password, now)
    return str(caught.value)


def test_a_thousand_wrong_passwords_cost_five_hashes(
    either: Archive, lan: Account, hasher: Counted
) -> None:
    told = [refused(either, "lan", f"sai {n}") for n in range(1000)]
    assert len(hasher.asked) == 5
    assert told[:5] == [WRONG] * 5
    assert set(told[5:]) == {
        "Đã nhập sai nhiều lần. Hãy thử lại sau 1 phút, hoặc nhờ người quản trị đặt lại mật khẩu."
    }
    assert "Đã nhập sai nhiều lần" in refused(either, "lan", OWN)


def test_a_thousand_at_once_are_a_thousand(
    either: Archive, lan: Account, hasher: Counted
) -> None:
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda n: refused(either, "LAN ", f"sai {n}"), range(200)))
    assert (len(hasher.asked), told.count(WRONG)) == (5, 5)


def test_each_further_wrong_password_doubles_the_wait_up_to_a_quarter_of_an_hour(
    either: Archive, lan: Account
) -> None:
    now, waits = NOW, []
    for _ in range(5):
        refused(either, "lan", "sai", now)
    for _ in range(8):
        begun = now
        while "Đã nhập sai" in refused(either, "lan", "sai", now):
            now += timedelta(seconds=30)
        waits.append((now - begun).total_seconds())
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]
    assert sign_in(either.database, "lan", OWN, now + timedelta(minutes=15))[0] == lan


def test_the_right_password_forgets_the_wrong_ones(either: Archive, lan: Account) -> None:
    for _ in range(3):
        for _ in range(4):
            refused(either, "lan", "sai")
        assert sign_in(either.database, "lan", OWN, NOW)[0] == lan


def test_an_account_that_nobody_has_costs_and_says_the_same(
    either: Archive, lan: Account, hasher: Counted
) -> None:
    told = {
        login: [refused(either, login, "sai") for _ in range(7)] for login in ("lan", "ai.do")
    }
    assert told["lan"] == told["ai.do"]
    known, unknown = hasher.asked[:5], hasher.asked[5:]
    assert (len(known), len(unknown)) == (5, 5)
    parameters = {kept.rpartition("$")[0].rpartition("$")[0] for kept in hasher.asked}
    assert len(parameters) == 1


def test_what_is_typed_as_login_is_not_kept(either: Archive, lan: Account) -> None:
    refused(either, "mật khẩu gõ nhầm chỗ", "sai")
    with either.database.reading() as connection:
        (row,) = connection.execute(ATTEMPTS.select()).all()
    assert len(row.login) == 64


def test_an_unlock_or_a_new_password_ends_the_wait(either: Archive, lan: Account) -> None:
    for _ in range(6):
        refused(either, "lan", "sai")
    with either.database.writing() as connection:
        unlock_account(connection, lan, "Quân")
    assert sign_in(either.database, "lan", OWN, NOW)[0] == lan
    for _ in range(6):
        refused(either, "lan", "sai")
    with either.database.writing() as connection:
        given = reset_password(connection, lan, "Quân")
    assert sign_in(either.database, "lan", given, NOW)[0].must_change


def test_a_locked_account_has_no_session_and_gets_none(either: Archive, lan: Account) -> None:
    _, token = sign_in(either.database, "lan", OWN, NOW)
    with either.database.writing() as connection:
        lock_account(connection, lan, "Quân")
        assert session_account(connection, token, NOW) == ""
    assert refused(either, "lan", OWN) == "Tài khoản này đang bị khóa. Hãy hỏi người quản trị."
    assert refused(either, "lan", "sai") == WRONG


# ---------------------------------------------------------------- passwords


def test_a_given_password_is_random_told_once_and_changed(
    either: Archive, hasher: Counted
) -> None:
    with either.database.writing() as connection:
        account, given = add_account(connection, "Lan.Nguyen", "Nguyễn Thị Lan", "Quân")
        kept = connection.execute(ACCOUNTS.select()).one().password
        log = "".join(entry.details for entry in audit.entries(connection))
    assert (account.login, account.must_change) == ("lan.nguyen", True)
    assert given not in log
    assert kept.startswith("$argon2id$")
    account, first = sign_in(either.database, "lan.nguyen", given, NOW)
    with pytest.raises(AccessFault, match="khác mật khẩu hiện tại"):
        change_password(either.database, account, "", given, NOW)
    second = change_password(either.database, account, "", OWN, NOW)
    with either.database.reading() as connection:
        assert session_account(connection, first, NOW) == ""
        assert session_account(connection, second, NOW) == account.id
        assert not account_called(connection, "lan.nguyen").must_change
    assert refused(either, "lan.nguyen", given) == WRONG


def test_whoever_has_a_session_does_not_guess_the_password(
    either: Archive, lan: Account, hasher: Counted
) -> None:
    for n in range(5):
        with pytest.raises(AccessFault, match="Mật khẩu hiện tại không đúng"):
            change_password(either.database, lan, f"sai {n}", "mot cau khac hoan toan", NOW)
    with pytest.raises(SignInRefused, match="Đã nhập sai nhiều lần"):
        change_password(either.database, lan, OWN, "mot cau khac hoan toan", NOW)


@pytest.mark.parametrize(
    ("password", "why"),
    [("ngan", "ít nhất 10"), ("a" * 129, "dài nhất 128"), ("aaaaaaaaaaaa", "quá dễ đoán"),
     ("xin chao LAN 2026", "quá dễ đoán"), ("", "ít nhất 10")],
)  # fmt: skip
def test_a_password_that_is_soon_guessed_is_refused(
    either: Archive, password: str, why: str
) -> None:
    with either.database.writing() as connection, pytest.raises(AccessFault, match=why):
        add_own_account(connection, "lan", "Lan", password)


def test_given_passwords_are_all_different_and_readable() -> None:
    made = {given_password() for _ in range(500)}
    assert len(made) == 500
    assert not set("".join(made)) & set("0o1lI")


def test_the_hash_is_argon2id_as_recommended_and_salted() -> None:
    one, two = hash_of(OWN), hash_of(OWN)
    assert one != two
    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert (is_password(OWN, one), is_password("sai", one), is_password(OWN, None)) == (
        True, False, False,
    )  # fmt: skip
    assert not is_outdated(one)


def test_a_hash_of_yesterdays_cost_is_made_anew_at_the_sign_in(
    either: Archive, lan: Account, hasher: Counted
) -> None:
    hasher.inner = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    sign_in(either.database, "lan", OWN, NOW)
    with either.database.reading() as connection:
        assert ",t=2," in connection.execute(ACCOUNTS.select()).one().password


# ---------------------------------------------------------------- sessions


def test_a_session_ends_when_idle_when_old_and_when_told(either: Archive, lan: Account) -> None:
    second = timedelta(seconds=1)
    with either.database.writing() as connection:
        token = open_session(connection, lan.id, NOW)
        assert session_account(connection, token, NOW + IDLE - second) == lan.id
        assert session_account(connection, token, NOW + IDLE) == ""
        assert is_long_unseen(connection, token, NOW + IDLE - second)
        for hours in range(1, 12):
            note_seen(connection, token, NOW + timedelta(hours=hours))
        assert session_account(connection, token, NOW + LONGEST - second) == lan.id
        assert session_account(connection, token, NOW + LONGEST) == ""
        close_session(connection, token)
        assert session_account(connection, token, NOW) == ""


def test_the_table_has_no_token_that_a_thief_could_use(either: Archive, lan: Account) -> None:
    with either.database.writing() as connection:
        tokens = {open_session(connection, lan.id, NOW) for _ in range(3)}
        kept = {row.token for row in connection.execute(SESSIONS.select())}
        assert (len(tokens), tokens & kept) == (3, set())
        assert not any(session_account(connection, one, NOW) for one in kept)


# ---------------------------------------------------------------- roles


def test_roles_hold_for_a_subtree_and_add_up(either: Archive, lan: Account) -> None:
    with either.database.writing() as connection:
        district = add_unit(connection, "quận Long Biên", "thử")
        ward = add_unit(connection, "phường Phúc Lợi", "thử", district)
        other = add_unit(connection, "phường Việt Hưng", "thử", district)
        give_role(connection, lan, CLERK, ward, "Quân")
        give_role(connection, lan, CLERK, ward, "Quân")
        give_role(connection, lan, APPROVER, district, "Quân")
        actor = actor_of(connection, lan)
        rights = {right: (actor.may(right, ward.path), actor.may(right, other.path))
                  for right in (READ, SUBMIT, APPROVE, ISSUE, ADMIN)}  # fmt: skip
        assert rights == {READ: (True, True), SUBMIT: (True, False), APPROVE: (True, True),
                          ISSUE: (True, True), ADMIN: (False, False)}  # fmt: skip
        assert actor.paths(READ) == (district.path,)
        take_role(connection, lan, APPROVER, district, "Quân")
        assert roles_of(connection, lan) == [(CLERK, "phường Phúc Lợi")]
        assert not actor_of(connection, lan).may(READ, other.path)
        with pytest.raises(AccessFault, match="không có vai trò"):
            take_role(connection, lan, APPROVER, district, "Quân")
        with pytest.raises(AccessFault, match="Không có vai trò «vua»"):
            give_role(connection, lan, "vua", ward, "Quân")
        acts = [entry.action for entry in audit.entries(connection)]
    assert acts.count("account.give") == 2
    assert acts[-1] == "account.take"


@pytest.mark.parametrize("login", ["", "ab", "lan nguyen", "Lân", "-lan", "lan-", "a" * 61])
def test_a_login_that_is_none_is_refused(either: Archive, login: str) -> None:
    with (
        either.database.writing() as connection,
        pytest.raises(AccessFault, match="Tên đăng nhập gồm"),
    ):
        add_account(connection, login, "Lan", "Quân")


def test_a_login_is_of_one_account(either: Archive, lan: Account) -> None:
    with (
        either.database.writing() as connection,
        pytest.raises(AccessFault, match="Đã có tài khoản"),
    ):
        add_account(connection, "LAN", "Lan khác", "Quân")
