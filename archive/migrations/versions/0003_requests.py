"""Requests that are answered once, and work that is put off."""

from __future__ import annotations

from alembic import op

from archive.tables_requests import JOBS, REPLAYS

revision = "0003"
down_revision = "0002"
program = "0.3.0"


def upgrade() -> None:
    """Make the tables."""
    for table in (REPLAYS, JOBS):
        table.create(op.get_bind())


def downgrade() -> None:
    """Refuse: an archive is never taken down by a migration."""
    raise NotImplementedError("an archive is not taken down; restore a backup instead")
