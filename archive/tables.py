"""The archive's tables, for SQLite and PostgreSQL alike; migrations make and change them."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

SERIES = Table(
    "series", METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("unit_key", String(300), nullable=False),
    Column("kind", String(100), nullable=False),
    Column("period", String(8), nullable=False),
    UniqueConstraint("unit_key", "kind", "period"),
)  # fmt: skip
"""One report that a unit makes for a period; its versions are rows of REPORTS."""

REPORTS = Table(
    "reports", METADATA,
    Column("id", String(32), primary_key=True),
    Column("series_id", Integer, ForeignKey("series.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("replaces", String(32), ForeignKey("reports.id")),
    Column("kind", String(100), nullable=False),
    Column("period", String(8), nullable=False),
    Column("start", Date, nullable=False),
    Column("end", Date, nullable=False),
    Column("unit", String(300), nullable=False),
    Column("within", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("subject", String(500), nullable=False),
    Column("number", String(11), nullable=False),
    Column("notation", String(30), nullable=False),
    Column("issued_on", Date),
    Column("signer_title", String(100), nullable=False),
    Column("signer_name", String(50), nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", String(32), nullable=False),
    Column("program", String(50), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("keep_until", Date),
    Column("keep_basis", Text, nullable=False),
    Column("hold", Text, nullable=False),
    Column("removed", String(32)),
    UniqueConstraint("series_id", "version"),
    CheckConstraint("version >= 1"),
    Index("reports_by_period", "period", "kind"),
    Index("reports_by_number", "number"),
)  # fmt: skip

FILES = Table(
    "files", METADATA,
    Column("report_id", String(32), ForeignKey("reports.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("role", String(20), nullable=False),
    Column("name", String(300), nullable=False),
    Column("media_type", String(150), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Index("files_by_content", "sha256"),
)  # fmt: skip

FIGURES = Table(
    "figures", METADATA,
    Column("report_id", String(32), ForeignKey("reports.id"), primary_key=True),
    Column("figure", String(600), primary_key=True),
    Column("label", Text, nullable=False),
    Column("value", String(60), nullable=False),
    Column("hedge", String(20), nullable=False),
    Column("unit", String(100), nullable=False),
    Index("figures_by_value", "value"),
)  # fmt: skip

CHANGES = Table(
    "changes", METADATA,
    Column("report_id", String(32), ForeignKey("reports.id"), primary_key=True),
    Column("figure", String(600), primary_key=True),
    Column("label", Text, nullable=False),
    Column("before", String(60)),
    Column("after", String(60)),
    Column("unit", String(100), nullable=False),
)  # fmt: skip

AUDIT = Table(
    "audit", METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("by", String(200), nullable=False),
    Column("action", String(30), nullable=False),
    Column("report_id", String(32), nullable=False),
    Column("details", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)  # fmt: skip
