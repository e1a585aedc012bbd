"""Backup and restore: all rows of one moment and all files they name, in one folder.

backup.json    what it is of: counts, the last entry of the log, the tables' number
SHA256SUMS     the hash of every other file; ``sha256sum -c SHA256SUMS`` verifies it alone
rows/          one file a table, a line of JSON a row (dumps)
files/         as the archive has them
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import file_digest, sha256
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Connection, select

from archive import audit
from archive.audit import NOTHING_BEFORE
from archive.database import Database, one_moment
from archive.dumps import NAMES, dump, load, names_in
from archive.files import Files
from archive.keeping import Archive
from archive.opening import newest_revision, open_archive
from archive.records import Altered, ArchiveFault, Missing
from archive.tables import AUDIT, FILES, REPORTS
from archive.unavailable import said_plainly
from generators import VERSION

FORMAT = 1
_FACTS, _SUMS = "backup.json", "SHA256SUMS"
_SUM = re.compile(
    r"([0-9a-f]{64})  (backup\.json|rows/[a-z]+\.jsonl|files/[0-9a-f]{2}/[0-9a-f]{64})"
)
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a backup is of; ``taken`` in UTC, ``revision`` the number of its tables.

    ``entries`` and ``last_hash`` are the length of the log and its last seal.
    """

    format: int
    program: str
    revision: str
    taken: str
    rows: Mapping[str, int]
    files: int
    entries: int
    last_hash: str


class _Overtaken(Exception):
    """A report was removed between the reading of its row and the copying of its files."""


# ---------------------------------------------------------------- taking one


def backup(archive: Archive, target: Path, revision: str = "") -> BackupFacts:
    """Write a backup of a live archive to the new folder `target`, whole or not at all.

    `revision` is the number of its tables where they are older than this program's: the backup is
    then for the program that made them. Nobody waits for it: rows are those of one moment, and
    files are never changed. ArchiveFault where `target` exists or cannot be written, Altered or
    Missing where a file is not intact.
    """
    if target.exists():
        raise ArchiveFault(f"Đã có {target}. Hãy sao lưu vào thư mục mới.")
    with said_plainly("đọc được"), _said_refusals(target), _written_whole(target) as part:
        return _take(archive, part, revision or newest_revision())


@contextmanager
def _said_refusals(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ArchiveFault(f"Không ghi được bản sao lưu {target}: {error.strerror}.") from error


@contextmanager
def _written_whole(target: Path) -> Iterator[Path]:
    """Yield a folder beside `target` that becomes it at the end, or is gone."""
    target = target.resolve()
    part = target.with_name(f".{token_hex(4)}.part")
    try:
        part.mkdir(parents=True, mode=0o700)
        yield part
        for folder in (part, *(path for path in part.rglob("*") if path.is_dir())):
            _sync(folder)
        part.rename(target)
        _sync(target.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _take(archive: Archive, part: Path, revision: str) -> BackupFacts:
    for _ in range(_ATTEMPTS):
        try:
            return _take_once(archive, part, revision)
        except _Overtaken:
            for path in (part / "rows", part / "files"):
                shutil.rmtree(path, ignore_errors=True)
    raise ArchiveFault("Chưa sao lưu được vì báo cáo đang bị hủy liên tục. Hãy thử lại sau.")


def _program_of(revision: str) -> str:
    """The program that can restore tables of this number: this one, or the older one they are of."""
    return VERSION if revision == newest_revision() else Database.program_of(revision)


def _take_once(archive: Archive, part: Path, revision: str) -> BackupFacts:
    sums: dict[str, str] = {}
    rows: dict[str, int] = {}
    with one_moment(archive.database) as connection:
        for name in names_in(connection):
            path = f"rows/{name}.jsonl"
            rows[name], sums[path] = _write_lines(part / path, dump(connection, name))
        seal = _last_seal(connection)
        named = list(connection.execute(_STANDING_FILES).scalars())
    for name in named:
        _write(part / _path_of(name), _copied(archive, name))
    facts = BackupFacts(FORMAT, _program_of(revision), revision, datetime.now(UTC).isoformat(), rows,
                        len(named), rows["audit"], seal)  # fmt: skip
    told = json.dumps(asdict(facts), indent=2).encode() + b"\n"
    _write(part / _FACTS, told)
    sums |= {_FACTS: sha256(told).hexdigest(), **{_path_of(name): name for name in named}}
    _write(part / _SUMS, "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode())
    return facts


_STANDING_FILES = (
    select(FILES.c.sha256).join(REPORTS, REPORTS.c.id == FILES.c.report_id)
    .where(REPORTS.c.removed.is_(None)).distinct().order_by(FILES.c.sha256)
)  # fmt: skip


def _last_seal(connection: Connection) -> str:
    query = select(AUDIT.c.hash).order_by(AUDIT.c.seq.desc()).limit(1)
    return connection.execute(query).scalar() or NOTHING_BEFORE


def _copied(archive: Archive, name: str) -> bytes:
    """A file's bytes, hashed anew; _Overtaken where its report was removed meanwhile."""
    try:
        with said_plainly("đọc được"):
            return archive.files.get(name)
    except Missing:
        with archive.database.reading() as connection:
            if name not in set(connection.execute(_STANDING_FILES).scalars()):
                raise _Overtaken from None
        raise


def _path_of(name: str) -> str:
    return f"files/{name[:2]}/{name}"


def _write_lines(path: Path, lines: Iterable[bytes]) -> tuple[int, str]:
    """Write a file of lines; return how many there are, and its hash."""
    path.parent.mkdir(exist_ok=True)
    count, digest = 0, sha256()
    with path.open("xb") as file:
        for line in lines:
            file.write(line)
            digest.update(line)
            count += 1
        file.flush()
        os.fsync(file.fileno())
    return count, digest.hexdigest()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_lines(path, [data])


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# ---------------------------------------------------------------- bringing one back


def restore(source: Path, data_dir: Path, database_url: str = "") -> BackupFacts:
    """Bring the backup `source` back into an archive that is empty, or stood earlier in time.

    The backup is verified whole before anything is written; files that are altered or gone are
    mended from it. ArchiveFault where it is not whole or of other tables than this program's,
    and where the archive has entries in its log that the backup has not.
    """
    facts, names = verify(source)
    archive = open_archive(data_dir, database_url)
    try:
        with archive.database.reading() as connection:
            _ask_whether_earlier(connection, source)
        for name in names:
            _put_back(archive.files, name, source)
        with archive.database.writing() as connection:
            _ask_whether_earlier(connection, source)
            load(connection, partial(_lines, source))
            _ask_for_an_unbroken_log(connection, facts)
    except OSError as error:
        raise ArchiveFault(f"Không phục hồi được vào {data_dir}: {error.strerror}.") from error
    finally:
        archive.database.close()
    return facts


def verify(source: Path) -> tuple[BackupFacts, Sequence[str]]:
    """Return what a backup is of and the names of its files; ArchiveFault unless it is whole."""
    try:
        sums = _read_sums(source)
        for path, expected in sums.items():
            if _hash_of(source / path) != expected:
                raise ArchiveFault(f"Bản sao lưu không còn nguyên vẹn: {path} đã bị sửa đổi.")
        facts = BackupFacts(**json.loads((source / _FACTS).read_bytes()))
    except FileNotFoundError as error:
        missing = Path(str(error.filename)).name
        raise ArchiveFault(f"Bản sao lưu {source} không đủ: thiếu {missing}.") from None
    except OSError as error:
        raise ArchiveFault(f"Không đọc được bản sao lưu {source}: {error.strerror}.") from error
    except (ValueError, TypeError):
        raise ArchiveFault(f"Bản sao lưu {source} không đúng dạng.") from None
    _ask_for_own_tables(facts)
    names = [path.rpartition("/")[2] for path in sums if path.startswith("files/")]
    rows = {f"rows/{name}.jsonl" for name in NAMES}
    if len(names) != facts.files or not {_FACTS, *rows} <= set(sums):
        raise ArchiveFault(f"Bản sao lưu {source} không đủ: {_SUMS} thiếu dòng.")
    return facts, names


def _read_sums(source: Path) -> Mapping[str, str]:
    lines = (source / _SUMS).read_text(encoding="ascii").splitlines()
    found = [_SUM.fullmatch(line) for line in lines]
    if not all(found):
        raise ValueError("not a list of hashes")
    return {one[2]: one[1] for one in found if one}


def _ask_for_own_tables(facts: BackupFacts) -> None:
    if (facts.format, facts.revision) != (FORMAT, newest_revision()):
        raise ArchiveFault(
            f"Bản sao lưu do phiên bản {facts.program} của phần mềm lập (bảng {facts.revision}), phần "
            f"mềm này dùng bảng {newest_revision()}. Hãy phục hồi bằng phiên bản đó, rồi nâng cấp."
        )


def _ask_whether_earlier(connection: Connection, source: Path) -> None:
    """The archive's log must be the beginning of the backup's, so that nothing is lost."""
    saved = (json.loads(line)["hash"] for line in _lines(source, AUDIT.name))
    for entry in audit.entries(connection):
        if next(saved, None) != entry.hash:
            raise ArchiveFault(
                f"Kho lưu trữ có việc ghi sau bản sao lưu này hoặc khác nó (từ bút toán {entry.seq} "
                f"của nhật ký), phục hồi sẽ làm mất. Hãy phục hồi vào một kho trống."
            )


def _ask_for_an_unbroken_log(connection: Connection, facts: BackupFacts) -> None:
    broken = next(audit.breaks(connection), "")
    if broken or _last_seal(connection) != facts.last_hash:
        raise ArchiveFault(f"Nhật ký trong bản sao lưu không liền mạch. {broken}".strip())


def _put_back(files: Files, name: str, source: Path) -> None:
    """Keep a file of the backup, in place of one that is no longer what it was."""
    try:
        files.check(name)
    except (Missing, Altered):
        files.put((source / _path_of(name)).read_bytes())


def _lines(source: Path, name: str) -> Iterator[bytes]:
    with (source / f"rows/{name}.jsonl").open("rb") as file:
        yield from file


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
