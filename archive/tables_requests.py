"""The tables of requests that are answered once and of work that is put off; never backed up.

Times are UTC as ISO 8601. A lease tells until when the process that works on a row is believed
to live; once it has run out, another may take the work over.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text

from archive.tables import METADATA

REPLAYS = Table(
    "replays", METADATA,
    Column("caller", String(200), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("at", String(32), nullable=False),
    Column("lease", String(32), nullable=False),
    Column("status", Integer),
    Column("headers", Text),
    Column("body", LargeBinary),
    Index("replays_by_time", "at"),
)  # fmt: skip

JOBS = Table(
    "jobs", METADATA,
    Column("id", String(32), primary_key=True),
    Column("caller", String(200), nullable=False),
    Column("state", String(10), nullable=False),
    Column("method", String(10), nullable=False),
    Column("path", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("headers", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("asked", String(32), nullable=False),
    Column("lease", String(32), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("ended", String(32)),
    Column("status", Integer),
    Column("answer_headers", Text),
    Column("answer", LargeBinary),
    Index("jobs_by_state", "state", "asked"),
)  # fmt: skip
