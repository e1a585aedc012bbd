"""The words that reports are found by: as they were written, and without their marks.

SQLite keeps them in an FTS5 table, PostgreSQL in tsvector columns; both are given text that is
folded here, so that "duong" finds "đường" on either and no extension is needed.
"""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import Connection, text

from generators.folding import fold

_WORD = re.compile(r"[^\W_]+")

_ADD = {
    "sqlite": "INSERT INTO words (report_id, exact, bare) VALUES (:id, :exact, :bare)",
    "postgresql": "INSERT INTO words (report_id, exact, bare) VALUES "
    "(:id, to_tsvector('simple', :exact), to_tsvector('simple', :bare))",
}
_EXTEND = {
    "sqlite": "UPDATE words SET exact = exact || ' ' || :exact, bare = bare || ' ' || :bare "
    "WHERE report_id = :id",
    "postgresql": "UPDATE words SET exact = exact || to_tsvector('simple', :exact), "
    "bare = bare || to_tsvector('simple', :bare) WHERE report_id = :id",
}


_LONGEST = 200_000  # characters: PostgreSQL holds a megabyte of words for a report


def enter_words(connection: Connection, report_id: str, words: str) -> None:
    """Note the words that a report is found by."""
    _run(connection, _ADD, report_id, words)


def add_words(connection: Connection, report_id: str, words: str) -> None:
    """Note further words of a report: its number, its signer."""
    _run(connection, _EXTEND, report_id, words)


def forget_words(connection: Connection, report_id: str) -> None:
    """Forget the words of a report that was removed."""
    connection.execute(text("DELETE FROM words WHERE report_id = :id"), {"id": report_id})


def marked(words: str) -> str:
    """Return `words` as they are matched with their marks: letters and digits alone.

    What stands between them would be part of a word for one database and none for the other.
    """
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", words).casefold()))


def _run(
    connection: Connection, by_dialect: dict[str, str], report_id: str, words: str
) -> None:
    told = words[:_LONGEST].replace("\0", " ")
    values = {"id": report_id, "exact": marked(told), "bare": fold(told)}
    connection.execute(text(by_dialect[connection.dialect.name]), values)
