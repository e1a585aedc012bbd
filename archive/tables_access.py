"""The tables of who may do what, of drafts and of their steps; beside the reports, backed up with them.

Times are UTC as ISO 8601, ids 32 hexadecimal digits; secrets are never stored, only their hashes.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from archive.tables import METADATA

UNITS = Table(
    "units", METADATA,
    Column("id", String(32), primary_key=True),
    Column("parent", String(32), nullable=False),
    Column("path", String(700), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("within", Text, nullable=False),
    Index("units_by_name", "name"),
)  # fmt: skip
"""``path`` is the ids from the root down, each with a "." behind: a subtree begins alike."""

UNITNAMES = Table(
    "unitnames", METADATA,
    Column("key", String(300), primary_key=True),
    Column("unit_id", String(32), ForeignKey("units.id"), nullable=False),
    Index("unitnames_by_unit", "unit_id"),
)  # fmt: skip
"""Every name a unit has or had, with what it lay in, as ``SERIES.unit_key`` has it."""

ACCOUNTS = Table(
    "accounts", METADATA,
    Column("id", String(32), primary_key=True),
    Column("login", String(60), nullable=False, unique=True),
    Column("name", String(100), nullable=False),
    Column("password", String(200), nullable=False),
    Column("must_change", Integer, nullable=False),
    Column("locked", Integer, nullable=False),
    Column("at", String(32), nullable=False),
)  # fmt: skip

GRANTS = Table(
    "grants", METADATA,
    Column("account_id", String(32), ForeignKey("accounts.id"), primary_key=True),
    Column("unit_id", String(32), ForeignKey("units.id"), primary_key=True),
    Column("role", String(20), primary_key=True),
)  # fmt: skip

KEYS = Table(
    "keys", METADATA,
    Column("id", String(32), primary_key=True),
    Column("prefix", String(12), nullable=False, unique=True),
    Column("secret", String(64), nullable=False),
    Column("name", String(100), nullable=False),
    Column("unit_id", String(32), ForeignKey("units.id"), nullable=False),
    Column("rights", String(100), nullable=False),
    Column("until", String(32), nullable=False),
    Column("revoked", String(32)),
    Column("by", String(200), nullable=False),
    Column("at", String(32), nullable=False),
)  # fmt: skip

DEADLINES = Table(
    "deadlines", METADATA,
    Column("unit_id", String(32), ForeignKey("units.id"), primary_key=True),
    Column("kind", String(100), primary_key=True),
    Column("period", String(8), primary_key=True),
    Column("due", Date, nullable=False),
    Column("by", String(200), nullable=False),
)  # fmt: skip

DRAFTS = Table(
    "drafts", METADATA,
    Column("id", String(32), primary_key=True),
    Column("unit_id", String(32), ForeignKey("units.id"), nullable=False),
    Column("kind", String(100), nullable=False),
    Column("period", String(8), nullable=False),
    Column("version", Integer, nullable=False),
    Column("corrections", Text, nullable=False),
    Column("is_open", Integer, nullable=False),
    Column("report_id", String(32), ForeignKey("reports.id")),
    Column("by", String(200), nullable=False),
    Column("at", String(32), nullable=False),
    UniqueConstraint("unit_id", "kind", "period"),
)  # fmt: skip

DRAFTFILES = Table(
    "draftfiles", METADATA,
    Column("draft_id", String(32), ForeignKey("drafts.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("role", String(20), nullable=False),
    Column("name", String(300), nullable=False),
    Column("data", Text, nullable=False),
)  # fmt: skip
"""What was last received for a draft; ``data`` is base64."""

STEPS = Table(
    "steps", METADATA,
    Column("report_id", String(32), ForeignKey("reports.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("step", String(20), nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", String(32), nullable=False),
    Column("reason", Text, nullable=False),
)  # fmt: skip

# ---------------------------------------------------------------- what no backup keeps

SESSIONS = Table(
    "sessions", METADATA,
    Column("token", String(64), primary_key=True),
    Column("account_id", String(32), nullable=False),
    Column("began", String(32), nullable=False),
    Column("seen", String(32), nullable=False),
    Index("sessions_by_account", "account_id"),
)  # fmt: skip

LINKS = Table(
    "links", METADATA,
    Column("token", String(64), primary_key=True),
    Column("until", String(32), nullable=False),
)  # fmt: skip

ATTEMPTS = Table(
    "attempts", METADATA,
    Column("login", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last", String(32), nullable=False),
    Column("until", String(32), nullable=False),
)  # fmt: skip
"""Failed sign-ins by the SHA-256 of what was typed as login, whether there is such an account or not."""
