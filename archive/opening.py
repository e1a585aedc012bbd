"""How an archive is opened: where it lies, and whether its tables are this program's."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, inspect, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from archive.database import MIGRATIONS, Database
from archive.files import FILES, Folder
from archive.keeping import Archive
from archive.records import Unavailable
from archive.tables import METADATA

OWN_UNITS = "units.toml"
"""Former units that who runs the service added; no upgrade touches the folder of data."""
_ROWS = "archive.db"
_NO_TABLES = ""


def open_archive(data_dir: Path, database_url: str = "") -> Archive:
    """Return the archive whose files lie in `data_dir`, and its rows there or at `database_url`.

    An empty database gets its tables. Unavailable where the folder or the database cannot be
    used, and where the tables are of another program: newer, or older and to be upgraded.
    """
    archive = _reach(data_dir, database_url)
    if not _has_own_tables(archive.database):
        archive.database.upgrade()
    return archive


def find_archive(data_dir: Path, database_url: str = "") -> Archive | None:
    """Return the archive that is there, to read from; None where there is none yet.

    Nothing is made. Unavailable as of :func:`open_archive` where one is there.
    """
    if not (data_dir / FILES).is_dir() or not (database_url or (data_dir / _ROWS).is_file()):
        return None
    archive = _reach(data_dir, database_url)
    if _has_own_tables(archive.database):
        return archive
    archive.database.close()
    return None


def upgrade_archive(data_dir: Path, database_url: str = "") -> bool:
    """Bring the tables to what this program needs; return whether there was anything to do."""
    archive = _reach(data_dir, database_url)
    revision = revision_of(archive.database)
    try:
        if revision > newest_revision():
            raise Unavailable(_said_of(revision))
        archive.database.upgrade()
    finally:
        archive.database.close()
    return revision != newest_revision()


def reach_older(data_dir: Path, database_url: str = "") -> tuple[Archive, str] | None:
    """Return an archive whose tables are older than this program, and their number; else None.

    It may only be backed up and upgraded. Unavailable where its tables are newer.
    """
    archive = _reach(data_dir, database_url)
    revision = revision_of(archive.database)
    if _NO_TABLES < revision < newest_revision():
        return archive, revision
    archive.database.close()
    if revision > newest_revision():
        raise Unavailable(_said_of(revision))
    return None


def newest_revision() -> str:
    """Return the number of the newest tables that this program knows."""
    return max(path.name.partition("_")[0] for path in MIGRATIONS.glob("versions/[0-9]*.py"))


# ---------------------------------------------------------------- reaching it


def _has_own_tables(database: Database) -> bool:
    """Whether there are tables, this program's; Unavailable where they are another's."""
    revision = revision_of(database)
    if revision in (_NO_TABLES, newest_revision()):
        return revision != _NO_TABLES
    database.close()
    raise Unavailable(_said_of(revision))


def _reach(data_dir: Path, database_url: str) -> Archive:
    try:
        if not data_dir.exists():
            data_dir.mkdir(parents=True)
            data_dir.chmod(0o700)
        files = Folder(data_dir)
    except OSError as error:
        raise Unavailable(
            f"Không dùng được thư mục {data_dir} làm kho lưu trữ: {_said_reason(error)}."
        ) from None
    try:
        database = Database(_address(data_dir, database_url))
        return Archive(database, files, data_dir / OWN_UNITS)
    except (ArgumentError, NoSuchModuleError):
        raise Unavailable(
            "Địa chỉ cơ sở dữ liệu (DATABASE_URL) không đúng dạng "
            "postgresql://người-dùng:mật-khẩu@máy/tên."
        ) from None


def _address(data_dir: Path, database_url: str) -> str:
    """The database's address; the short name that some hosts give PostgreSQL is understood."""
    if database_url.startswith("postgres://"):
        return database_url.replace("postgres://", "postgresql://", 1)
    own = URL.create("sqlite", database=str(data_dir.resolve() / _ROWS))
    return database_url or own.render_as_string()


def revision_of(database: Database) -> str:
    """Return the number of the tables that are there, "" for none; Unavailable for another's."""
    try:
        with database.reading() as connection:
            tables = set(inspect(connection).get_table_names())
            if "alembic_version" in tables:
                query = text("SELECT version_num FROM alembic_version")
                return str(connection.execute(query).scalar_one())
    except DBAPIError as error:
        database.close()
        reason = " ".join(str(error.orig).split())[:200]
        raise Unavailable(f"Không mở được cơ sở dữ liệu của kho lưu trữ: {reason}.") from None
    if tables & set(METADATA.tables):
        database.close()
        raise Unavailable(
            "Cơ sở dữ liệu có bảng trùng tên nhưng không phải của kho lưu trữ này."
        )
    return _NO_TABLES


def _said_of(revision: str) -> str:
    if revision > newest_revision():
        return (
            f"Kho lưu trữ do phiên bản mới hơn của phần mềm lập (bảng {revision}, phần mềm này biết "
            f"đến {newest_revision()}). Hãy dùng phiên bản mới."
        )
    return (
        f"Kho lưu trữ còn ở dạng cũ (bảng {revision}, cần {newest_revision()}). Hãy chạy: "
        "flask --app service upgrade"
    )


def _said_reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "không có quyền ghi"
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "đây không phải thư mục"
    return "máy báo lỗi đọc, ghi"
