"""How Alembic reaches the archive's database: over the connection it is handed."""

from __future__ import annotations

from alembic import context

from archive.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA)
context.run_migrations()
