"""Who may do what: units, accounts, keys, deadlines; drafts and the steps to an issued report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
program = "0.3.0"


def upgrade() -> None:
    """Make the tables; reports that are kept already stay as they are."""
    _make_units()
    _make_accounts()
    _make_keys()
    _make_drafts()
    _make_passing()


def _make_units() -> None:
    op.create_table(
        "units", _id(), _text("parent", 32), _text("path", 700), _text("name", 200), _text("within"),
        sa.UniqueConstraint("path"), sa.Index("units_by_name", "name"),
    )  # fmt: skip
    op.create_table(
        "unitnames", sa.Column("key", sa.String(300), primary_key=True), _of("unit"),
        sa.Index("unitnames_by_unit", "unit_id"),
    )  # fmt: skip
    op.create_table(
        "deadlines", _of("unit", key=True), _key("kind", 100), _key("period", 8),
        sa.Column("due", sa.Date, nullable=False), _text("by", 200),
    )  # fmt: skip


def _make_accounts() -> None:
    op.create_table(
        "accounts", _id(), _text("login", 60), _text("name", 100), _text("password", 200),
        _number("must_change"), _number("locked"), _text("at", 32), sa.UniqueConstraint("login"),
    )  # fmt: skip
    op.create_table("grants", _of("account", key=True), _of("unit", key=True), _key("role", 20))


def _make_keys() -> None:
    op.create_table(
        "keys", _id(), _text("prefix", 12), _text("secret", 64), _text("name", 100), _of("unit"),
        _text("rights", 100), _text("until", 32), sa.Column("revoked", sa.String(32)),
        _text("by", 200), _text("at", 32), sa.UniqueConstraint("prefix"),
    )  # fmt: skip


def _make_drafts() -> None:
    op.create_table(
        "drafts", _id(), _of("unit"), _text("kind", 100), _text("period", 8), _number("version"),
        _text("corrections"), _number("is_open"),
        sa.Column("report_id", sa.String(32), sa.ForeignKey("reports.id")),
        _text("by", 200), _text("at", 32), sa.UniqueConstraint("unit_id", "kind", "period"),
    )  # fmt: skip
    op.create_table(
        "draftfiles", _of("draft", key=True), sa.Column("position", sa.Integer, primary_key=True),
        _text("role", 20), _text("name", 300), _text("data"),
    )  # fmt: skip
    op.create_table(
        "steps", _of("report", key=True), sa.Column("position", sa.Integer, primary_key=True),
        _text("step", 20), _text("by", 200), _text("at", 32), _text("reason"),
    )  # fmt: skip


def _make_passing() -> None:
    """What is forgotten by itself: sessions, one-time links, failed sign-ins."""
    op.create_table(
        "sessions", _key("token", 64), _text("account_id", 32), _text("began", 32), _text("seen", 32),
        sa.Index("sessions_by_account", "account_id"),
    )  # fmt: skip
    op.create_table("links", _key("token", 64), _text("until", 32))
    op.create_table(
        "attempts",
        _key("login", 64),
        _number("failures"),
        _text("last", 32),
        _text("until", 32),
    )


def _id() -> sa.Column[str]:
    return _key("id", 32)


def _key(name: str, longest: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(longest), primary_key=True)


def _of(what: str, *, key: bool = False) -> sa.Column[str]:
    target = sa.ForeignKey(f"{what}s.id")
    return sa.Column(f"{what}_id", sa.String(32), target, primary_key=key, nullable=False)


def _text(name: str, longest: int = 0) -> sa.Column[str]:
    return sa.Column(name, sa.String(longest) if longest else sa.Text, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def downgrade() -> None:
    """Refuse: an archive is never taken down by a migration."""
    raise NotImplementedError("an archive is not taken down; restore a backup instead")
