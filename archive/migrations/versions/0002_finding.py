"""What reports are found by: words, units and signers as indexes of text, and the order of pages."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Connection

revision = "0002"
down_revision = "0001"
program = "0.2.0"

_BOTH = (
    'CREATE INDEX reports_in_order ON reports ("end", "at", id)',
    'CREATE INDEX reports_of_period ON reports (period, "end", "at", id)',
    'CREATE INDEX reports_by_kind ON reports (kind, "end", "at", id)',
    'CREATE INDEX reports_by_state ON reports (state, "end", "at", id)',
    "CREATE INDEX reports_by_signer ON reports (signer_name)",
    "CREATE INDEX figures_by_name ON figures (figure, value)",
)

_WORDS_TO_INDEX = (
    "INSERT INTO words_index (rowid, exact, bare) VALUES (new.row, new.exact, new.bare);"
)
_WORDS_OUT_OF_INDEX = (
    "INSERT INTO words_index (words_index, rowid, exact, bare) "
    "VALUES ('delete', old.row, old.exact, old.bare);"
)
_NEW_SIGNER = (
    "WHEN new.signer_name != '' AND NOT EXISTS "
    "(SELECT 1 FROM signers WHERE name = new.signer_name) "
    "BEGIN INSERT INTO signers (name, bare) VALUES "
    "(new.signer_name, replace(replace(new.signer_name, 'Đ', 'D'), 'đ', 'd')); END"
)
_FTS = "tokenize = 'unicode61 remove_diacritics"
_SQLITE = (
    # words stand in a table with a key of its own, so that one report's are found at once
    "CREATE TABLE words_kept (row INTEGER PRIMARY KEY, report_id VARCHAR(32) NOT NULL UNIQUE, "
    "exact TEXT NOT NULL, bare TEXT NOT NULL)",
    "INSERT INTO words_kept (report_id, exact, bare) "
    "SELECT report_id, exact, bare FROM words ORDER BY rowid",
    "DROP TABLE words",
    "ALTER TABLE words_kept RENAME TO words",
    "CREATE VIRTUAL TABLE words_index USING fts5("
    f"exact, bare, content = 'words', content_rowid = 'row', {_FTS} 0')",
    "INSERT INTO words_index (words_index) VALUES ('rebuild')",
    f"CREATE TRIGGER words_in AFTER INSERT ON words BEGIN {_WORDS_TO_INDEX} END",
    f"CREATE TRIGGER words_out AFTER DELETE ON words BEGIN {_WORDS_OUT_OF_INDEX} END",
    "CREATE TRIGGER words_anew AFTER UPDATE ON words "
    f"BEGIN {_WORDS_OUT_OF_INDEX} {_WORDS_TO_INDEX} END",
    "CREATE VIRTUAL TABLE units_index USING fts5("
    f"unit_key, content = 'series', content_rowid = 'id', {_FTS} 0')",
    "INSERT INTO units_index (units_index) VALUES ('rebuild')",
    "CREATE TRIGGER units_in AFTER INSERT ON series BEGIN "
    "INSERT INTO units_index (rowid, unit_key) VALUES (new.id, new.unit_key); END",
    "CREATE TRIGGER units_out AFTER DELETE ON series BEGIN "
    "INSERT INTO units_index (units_index, rowid, unit_key) "
    "VALUES ('delete', old.id, old.unit_key); END",
    "CREATE TABLE signers (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, bare TEXT NOT NULL)",
    "INSERT INTO signers (name, bare) SELECT DISTINCT signer_name, "
    "replace(replace(signer_name, 'Đ', 'D'), 'đ', 'd') FROM reports WHERE signer_name != ''",
    "CREATE VIRTUAL TABLE signers_index USING fts5("
    f"bare, content = 'signers', content_rowid = 'id', {_FTS} 2')",
    "INSERT INTO signers_index (signers_index) VALUES ('rebuild')",
    "CREATE TRIGGER signers_in AFTER INSERT ON signers BEGIN "
    "INSERT INTO signers_index (rowid, bare) VALUES (new.id, new.bare); END",
    f"CREATE TRIGGER signer_kept AFTER INSERT ON reports {_NEW_SIGNER}",
    f"CREATE TRIGGER signer_issued AFTER UPDATE OF signer_name ON reports {_NEW_SIGNER}",
    "CREATE INDEX figures_by_size ON figures (CAST(value AS DOUBLE))",
    "CREATE INDEX figures_by_name_and_size ON figures (figure, CAST(value AS DOUBLE))",
)
_POSTGRESQL = (
    # without marks and case, by what PostgreSQL has of its own
    "CREATE FUNCTION bare_of(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS "
    "$$ SELECT lower(regexp_replace(translate(normalize(said, NFD), 'Đđ', 'dd'), "
    "'[\\u0300-\\u036f]', '', 'g')) $$",
    "CREATE INDEX reports_by_bare_signer ON reports "
    "USING gin (to_tsvector('simple', bare_of(signer_name)))",
    "CREATE INDEX series_by_unit ON series USING gin (to_tsvector('simple', unit_key))",
    "CREATE INDEX figures_by_size ON figures (CAST(value AS DOUBLE PRECISION))",
    "CREATE INDEX figures_by_name_and_size ON figures (figure, CAST(value AS DOUBLE PRECISION))",
)


def upgrade() -> None:
    """Make the indexes, and fill them with what is kept already."""
    connection: Connection = op.get_bind()
    own = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    for statement in (*_BOTH, *own):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """Refuse: an archive is never taken down by a migration."""
    raise NotImplementedError("an archive is not taken down; restore a backup instead")
