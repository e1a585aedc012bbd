"""Keys: never kept, compared in constant time, bounded by unit, right and time, revoked at once."""

from __future__ import annotations

import hmac
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import access.keys
from access.faults import AccessFault
from access.keys import (
    add_key,
    key_actor,
    key_actor_at,
    key_called,
    keys,
    revoke_key,
    rotate_key,
)
from access.rights import ADMIN, APPROVE, ISSUE, READ, SUBMIT
from access.units import Unit, add_unit
from archive import audit
from archive.keeping import Archive
from archive.tables_access import KEYS
from tests.signing_in import app_in, new_key
from web.shelf import the_archive

NOW, YEAR = datetime.now(UTC), timedelta(days=365)


@pytest.fixture
def ward(either: Archive) -> Unit:
    with either.database.writing() as connection:
        return add_unit(connection, "phường Phúc Lợi", "thử")


def test_a_key_acts_for_its_unit_with_its_rights(either: Archive, ward: Unit) -> None:
    with either.database.writing() as connection:
        made = add_key(
            connection, ward, " Phần  mềm A ", ["submit", "read", "read"], NOW + YEAR, "Quân"
        )
        actor = key_actor(connection, made.secret, NOW)
    assert actor
    assert (actor.name, actor.is_key, made.key.rights) == (
        "Phần mềm A",
        True,
        ("submit", "read"),
    )
    held = {
        right: actor.may(right, ward.path) for right in (READ, SUBMIT, ISSUE, APPROVE, ADMIN)
    }
    assert held == {READ: True, SUBMIT: True, ISSUE: True, APPROVE: False, ADMIN: False}
    assert not actor.may(READ, "khac.")
    assert actor.signs_as(" Hoa ") == "Hoa (qua «Phần mềm A»)"
    assert actor.signs_as() == "«Phần mềm A»"
    assert len(actor.signs_as("x" * 500)) == 200


def test_the_secret_is_nowhere_but_with_its_owner(either: Archive, ward: Unit) -> None:
    with either.database.writing() as connection:
        made = add_key(connection, ward, "A", ["read"], NOW + YEAR, "Quân")
        secret = made.secret.rpartition(made.key.prefix + "_")[2]
        row = str(connection.execute(KEYS.select()).one())
        log = "".join(entry.details for entry in audit.entries(connection))
    assert len(secret) == 43
    assert secret not in row + log + repr(made.key)


def test_every_comparison_is_in_constant_time_and_unknown_keys_are_compared_too(
    either: Archive, ward: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[int, int]] = []

    def noting(a: str, b: str) -> bool:
        compared.append((len(a), len(b)))
        return hmac.compare_digest(a, b)

    class Noting:
        compare_digest = staticmethod(noting)

    monkeypatch.setattr(access.keys, "hmac", Noting)
    with either.database.writing() as connection:
        made = add_key(connection, ward, "A", ["read"], NOW + YEAR, "Quân")
        wrong = made.secret[:-1] + ("a" if made.secret[-1] != "a" else "b")
        told = [key_actor(connection, one, NOW) is not None
                for one in (made.secret, wrong, "bcas_00000000_x", "", "x", "_" * 9)]  # fmt: skip
    assert told == [True, False, False, False, False, False]
    assert compared == [(64, 64)] * 6


@pytest.mark.parametrize("change", ["mark", "prefix", "secret", "case", "space"])
def test_what_is_nearly_a_key_is_none(either: Archive, ward: Unit, change: str) -> None:
    with either.database.writing() as connection:
        whole = add_key(connection, ward, "A", ["read"], NOW + YEAR, "Quân").secret
        other = {"mark": "x" + whole[1:], "prefix": whole.replace("_", "_0", 1), "case": whole.upper(),
                 "secret": whole[:-1], "space": whole + " "}[change]  # fmt: skip
        assert key_actor(connection, other, NOW) is None


def test_a_key_ends_on_its_day(either: Archive, ward: Unit) -> None:
    with either.database.writing() as connection:
        made = add_key(connection, ward, "A", ["read"], NOW + YEAR, "Quân")
        assert key_actor(connection, made.secret, NOW + YEAR - timedelta(seconds=1))
        assert key_actor(connection, made.secret, NOW + YEAR) is None
        assert key_actor_at(connection, made.key.id, NOW + YEAR) is None
        with pytest.raises(AccessFault, match="phải ở phía trước"):
            add_key(connection, ward, "A", ["read"], NOW - YEAR, "Quân")


def test_two_keys_overlap_while_one_takes_the_others_place(either: Archive, ward: Unit) -> None:
    week = timedelta(days=7)
    with either.database.writing() as connection:
        old = add_key(connection, ward, "A", ["read", "submit"], NOW + YEAR, "Quân")
        new = rotate_key(connection, old.key, week, NOW + 2 * YEAR, "Quân")
        assert (new.key.name, new.key.unit, new.key.rights) == (
            "A",
            ward.name,
            ("read", "submit"),
        )
        assert new.key.prefix != old.key.prefix
        later = NOW + week - timedelta(hours=1)
        assert key_actor(connection, old.secret, later)
        assert key_actor(connection, new.secret, later)
        assert key_actor(connection, old.secret, NOW + week + timedelta(hours=1)) is None
        assert key_actor(connection, new.secret, NOW + YEAR + week)
        revoke_key(connection, old.key, "Quân")
        with pytest.raises(AccessFault, match="đã bị thu hồi"):
            rotate_key(connection, key_called(connection, old.secret), week, NOW + YEAR, "Quân")
        assert [one.revoked is None for one in keys(connection)] == [False, True]


def test_rights_that_are_none_make_no_key(either: Archive, ward: Unit) -> None:
    with either.database.writing() as connection:
        for rights in ([], ["read", "vua"]):
            with pytest.raises(AccessFault, match="Quyền của khóa là"):
                add_key(connection, ward, "A", rights, NOW + YEAR, "Quân")


def test_a_key_that_is_revoked_while_two_places_use_it_is_refused_in_both(
    tmp_path: Path,
) -> None:
    """Whatever is asked after the revoking has returned is refused, in every thread."""
    app = app_in(tmp_path)
    key = new_key(app)
    revoked, together = threading.Event(), threading.Barrier(3)
    before: list[int] = []
    after: list[int] = []

    def use() -> None:
        client = app.test_client()
        together.wait()
        while True:
            is_after = revoked.is_set()
            status = client.get(
                "/api/v1/kinds", headers={"Authorization": f"Bearer {key}"}
            ).status_code
            (after if is_after else before).append(status)
            if len(after) >= 10:
                return

    users = [threading.Thread(target=use) for _ in range(2)]
    for one in users:
        one.start()
    together.wait()
    while len(before) < 10:
        pass
    with app.app_context(), the_archive().database.writing() as connection:
        revoke_key(connection, key_called(connection, key), "Quân")
    revoked.set()
    for one in users:
        one.join()
    assert set(after) == {401}
    assert 200 in before
