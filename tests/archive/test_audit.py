"""The log: sealed, append-only, its time never running back, and every break of it found."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from archive import audit
from archive.audit import NOTHING_BEFORE, Entry
from archive.keeping import Archive
from archive.tables import AUDIT
from tests.archive.keeping import BY


def written(archive: Archive, count: int = 5) -> None:
    for number in range(1, count + 1):
        with archive.database.writing() as connection:
            audit.append(connection, BY, "attach", f"r{number}", {"n": number})


def log(archive: Archive) -> list[Entry]:
    with archive.database.reading() as connection:
        return list(audit.entries(connection))


def breaks(archive: Archive) -> list[str]:
    with archive.database.reading() as connection:
        return list(audit.breaks(connection))


def tampering(archive: Archive, *statements: str) -> None:
    """Do to the log what its triggers forbid."""
    with archive.database.engine.begin() as connection:
        if archive.database.is_sqlite:
            query = (
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
            )
            for (name,) in connection.execute(text(query)).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        for statement in statements:
            connection.execute(text(statement))


def test_each_entry_is_sealed_with_the_one_before(either: Archive) -> None:
    written(either, 2)
    first, second = log(either)
    assert (first.seq, first.previous, first.hash) == (1, NOTHING_BEFORE, first.sealed())
    assert (second.seq, second.previous, second.hash) == (2, first.hash, second.sealed())
    assert (second.by, second.action, second.report_id, second.details) == (
        BY, "attach", "r2", '{"n": 2}')  # fmt: skip


def test_what_is_said_of_one_report_can_be_asked_for(archive: Archive) -> None:
    written(archive)
    with archive.database.reading() as connection:
        assert [entry.seq for entry in audit.entries(connection, "r3")] == [3]
        assert audit.length(connection) == 5


def test_a_log_that_nobody_touched_is_unbroken(either: Archive) -> None:
    assert breaks(either) == []
    written(either)
    assert breaks(either) == []


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET details = '{}' WHERE seq = 2", "UPDATE audit SET seq = 9 WHERE seq = 2",
     "DELETE FROM audit WHERE seq = 5", "DELETE FROM audit"],
)  # fmt: skip
def test_the_database_refuses_to_change_or_delete_an_entry(
    either: Archive, statement: str
) -> None:
    written(either)
    before = log(either)
    with (
        pytest.raises(DBAPIError, match="the log is append-only"),
        either.database.writing() as c,
    ):
        c.execute(text(statement))
    assert log(either) == before


def test_sqlite_refuses_to_replace_an_entry_by_inserting(archive: Archive) -> None:
    written(archive)
    before = log(archive)
    with (
        pytest.raises(DBAPIError, match="the log is append-only"),
        archive.database.writing() as c,
    ):
        c.execute(text('INSERT OR REPLACE INTO audit SELECT seq, "at", \'ai khác\', action, report_id, '
                       "details, previous, hash FROM audit WHERE seq = 2"))  # fmt: skip
    assert log(archive) == before


def test_postgresql_refuses_to_empty_the_log(postgres_url: str, tmp_path: Any) -> None:
    from tests.archive.keeping import opened

    archive = opened(postgres_url, tmp_path)
    written(archive)
    with (
        pytest.raises(DBAPIError, match="the log is append-only"),
        archive.database.writing() as c,
    ):
        c.execute(text("TRUNCATE audit"))
    assert len(log(archive)) == 5
    archive.database.close()


# ---------------------------------------------------------------- what is found broken


@pytest.mark.parametrize("column", ["at", "by", "action", "report_id", "details"])
def test_an_entry_that_was_altered_is_found(either: Archive, column: str) -> None:
    written(either)
    tampering(either, f"UPDATE audit SET \"{column}\" = '2999' WHERE seq = 3")
    altered = "Bút toán 3 của nhật ký đã bị sửa đổi."
    earlier = "Bút toán 4 của nhật ký ghi sớm hơn bút toán trước nó."
    assert breaks(either) == ([altered, earlier] if column == "at" else [altered])


def test_an_entry_that_was_altered_and_sealed_anew_is_found_by_the_next(
    either: Archive,
) -> None:
    written(either)
    third = log(either)[2]
    forged = Entry(
        3, third.at, "ai khác", third.action, third.report_id, third.details, third.previous
    )
    tampering(
        either, f"UPDATE audit SET \"by\" = 'ai khác', hash = '{forged.sealed()}' WHERE seq = 3"
    )
    assert breaks(either) == ["Bút toán 4 của nhật ký không nối với bút toán trước nó."]


def test_an_entry_that_was_taken_out_of_the_middle_is_found(either: Archive) -> None:
    written(either)
    tampering(either, "DELETE FROM audit WHERE seq = 3")
    assert breaks(either) == ["Nhật ký thiếu bút toán 3 (gặp 4)."]


def test_an_entry_that_was_taken_out_and_the_rest_renumbered_is_found(archive: Archive) -> None:
    written(archive)
    tampering(archive, "DELETE FROM audit WHERE seq = 3", "UPDATE audit SET seq = 3 WHERE seq = 4",
              "UPDATE audit SET seq = 4 WHERE seq = 5")  # fmt: skip
    assert breaks(archive) == [
        "Bút toán 3 của nhật ký không nối với bút toán trước nó.",
        "Bút toán 3 của nhật ký đã bị sửa đổi.",
        "Bút toán 4 của nhật ký đã bị sửa đổi.",
    ]


def test_an_entry_that_was_put_between_others_is_found(archive: Archive) -> None:
    written(archive, 3)
    second, third = log(archive)[1:]
    forged = Entry(3, second.at, BY, "attach", "r9", "{}", second.hash)
    tampering(
        archive, "UPDATE audit SET seq = 4 WHERE seq = 3",
        'INSERT INTO audit (seq, "at", "by", action, report_id, details, previous, hash) VALUES '
        f"(3, '{forged.at}', '{BY}', 'attach', 'r9', '{{}}', '{forged.previous}', '{forged.sealed()}')",
    )  # fmt: skip
    assert third.previous == second.hash
    assert breaks(archive) == [
        "Bút toán 4 của nhật ký không nối với bút toán trước nó.",
        "Bút toán 4 của nhật ký đã bị sửa đổi.",
    ]


def test_the_first_entry_cannot_be_left_out(archive: Archive) -> None:
    written(archive, 2)
    tampering(archive, "DELETE FROM audit WHERE seq = 1")
    assert breaks(archive) == ["Nhật ký thiếu bút toán 1 (gặp 2)."]


# ---------------------------------------------------------------- time


class TurnedBack(datetime):
    """A clock that is set back an hour each time it is read."""

    turns = 0

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        cls.turns += 1
        return datetime(2026, 1, 1, 12, tzinfo=UTC) - timedelta(hours=cls.turns)


def test_a_clock_that_is_set_back_does_not_turn_the_log_back(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "datetime", TurnedBack)
    written(archive)
    with archive.database.reading() as connection:
        times = list(connection.execute(select(AUDIT.c.at).order_by(AUDIT.c.seq)).scalars())
    assert times == ["2026-01-01T11:00:00.000000+00:00"] * 5
    assert breaks(archive) == []
