"""Backup and restore: who may do what, and what is being made, come back; sessions do not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from access.accounts import account_called, add_own_account, give_role, roles_of
from access.deadlines import deadline_of, set_deadline
from access.keys import add_key, key_actor
from access.rights import CLERK
from access.sessions import open_session, session_account
from access.signing_in import sign_in
from access.units import add_unit, unit_called
from archive.backup import backup, restore
from archive.keeping import Archive
from archive.opening import open_archive
from desk.drafts import Received, drafts_below, open_draft, receive, source_of

NOW, OWN, KIND = datetime.now(UTC), "mot cau that rieng", "ban-tin-6-thang"


def test_all_of_it_comes_back_but_nobody_stays_signed_in(
    either: Archive, tmp_path: Path
) -> None:
    with either.database.writing() as connection:
        city = add_unit(connection, "thành phố Hà Nội", "thử")
        ward = add_unit(connection, "phường Một", "thử", city)
        account = add_own_account(connection, "lan", "Nguyễn Thị Lan", OWN)
        give_role(connection, account, CLERK, ward, "thử")
        key = add_key(connection, ward, "A", ["read"], NOW + timedelta(days=9), "thử").secret
        set_deadline(connection, city, KIND, "2026S1", date(2026, 7, 5), "thử")
        draft = open_draft(connection, ward, KIND, "2026S1", "Lan")
        draft = receive(connection, draft, Received("a.xlsx", b"PK\0\xff"), [], "Lan")
        token = open_session(connection, account.id, NOW)
    backup(either, tmp_path / "sao")
    restore(tmp_path / "sao", tmp_path / "moi")
    restored = open_archive(tmp_path / "moi")
    with restored.database.reading() as connection:
        assert unit_called(connection, "phường Một") == ward
        assert roles_of(connection, account_called(connection, "lan")) == [
            (CLERK, "phường Một")
        ]
        assert key_actor(connection, key, NOW)
        assert deadline_of(connection, ward, KIND, "2026S1")
        assert drafts_below(connection, [city.path]) == [draft]
        source = source_of(connection, draft, "Lan")
        assert session_account(connection, token, NOW) == ""
    assert source
    assert source.data == b"PK\0\xff"
    assert sign_in(restored.database, "lan", OWN, NOW)[0] == account
    restored.database.close()
