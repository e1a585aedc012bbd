"""Archives on SQLite and PostgreSQL, as the archive's own tests have them."""

from tests.archive.conftest import (
    database_of,
    either,
    new_postgres,
    postgres_server,
    postgres_url,
    tmp_path,
    url,
)

__all__ = [
    "database_of", "either", "new_postgres", "postgres_server", "postgres_url", "tmp_path", "url",
]  # fmt: skip
