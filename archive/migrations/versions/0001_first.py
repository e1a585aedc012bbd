"""The first tables: reports, their files and figures, the log, the words they are found by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
program = "0.2.0"

_SQLITE = (
    "CREATE VIRTUAL TABLE words USING fts5(report_id UNINDEXED, exact, bare, "
    "tokenize = 'unicode61 remove_diacritics 0')",
    *(
        f"CREATE TRIGGER audit_no_{act} BEFORE {act} ON audit "
        "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        for act in ("UPDATE", "DELETE")
    ),
    # INSERT OR REPLACE deletes without a trigger of DELETE
    "CREATE TRIGGER audit_at_the_end BEFORE INSERT ON audit "
    "WHEN new.seq != (SELECT coalesce(max(seq), 0) + 1 FROM audit) "
    "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
)
_POSTGRESQL = (
    "CREATE TABLE words (report_id VARCHAR(32) PRIMARY KEY, exact tsvector, bare tsvector)",
    "CREATE INDEX words_exact ON words USING gin (exact)",
    "CREATE INDEX words_bare ON words USING gin (bare)",
    "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$",
    "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
    "EXECUTE FUNCTION audit_is_append_only()",
)


def upgrade() -> None:
    """Make all tables."""
    _make_reports()
    _make_parts()
    _make_log()
    connection = op.get_bind()
    own = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    for statement in own:
        connection.exec_driver_sql(statement)


def _make_reports() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _text("unit_key", 300), _text("kind", 100), _text("period", 8),
        sa.UniqueConstraint("unit_key", "kind", "period"),
    )  # fmt: skip
    op.create_table(
        "reports",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("series_id", sa.Integer, sa.ForeignKey("series.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("replaces", sa.String(32), sa.ForeignKey("reports.id")),
        _text("kind", 100), _text("period", 8), _day("start"), _day("end"),
        _text("unit", 300), _text("within"), _text("state", 10),
        _text("subject", 500), _text("number", 11), _text("notation", 30),
        sa.Column("issued_on", sa.Date), _text("signer_title", 100), _text("signer_name", 50),
        _text("by", 200), _text("at", 32), _text("program", 50),
        _text("fingerprint", 64), _text("digest", 64),
        sa.Column("keep_until", sa.Date), _text("keep_basis"), _text("hold"),
        sa.Column("removed", sa.String(32)),
        sa.UniqueConstraint("series_id", "version"),
        sa.CheckConstraint("version >= 1"),
        sa.Index("reports_by_period", "period", "kind"),
        sa.Index("reports_by_number", "number"),
    )  # fmt: skip


def _make_parts() -> None:
    op.create_table(
        "files", _of_report(), sa.Column("position", sa.Integer, primary_key=True),
        _text("role", 20), _text("name", 300), _text("media_type", 150), _text("sha256", 64),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Index("files_by_content", "sha256"),
    )  # fmt: skip
    op.create_table(
        "figures", _of_report(), sa.Column("figure", sa.String(600), primary_key=True),
        _text("label"), _text("value", 60), _text("hedge", 20), _text("unit", 100),
        sa.Index("figures_by_value", "value"),
    )  # fmt: skip
    op.create_table(
        "changes", _of_report(), sa.Column("figure", sa.String(600), primary_key=True),
        _text("label"), sa.Column("before", sa.String(60)), sa.Column("after", sa.String(60)),
        _text("unit", 100),
    )  # fmt: skip


def _make_log() -> None:
    op.create_table(
        "audit", sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        _text("at", 32), _text("by", 200), _text("action", 30), _text("report_id", 32),
        _text("details"), _text("previous", 64), _text("hash", 64),
    )  # fmt: skip


def _text(name: str, longest: int = 0) -> sa.Column[str]:
    return sa.Column(name, sa.String(longest) if longest else sa.Text, nullable=False)


def _day(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Date, nullable=False)


def _of_report() -> sa.Column[str]:
    return sa.Column("report_id", sa.String(32), sa.ForeignKey("reports.id"), primary_key=True)


def downgrade() -> None:
    """Refuse: an archive is never taken down by a migration."""
    raise NotImplementedError("an archive is not taken down; restore a backup instead")
