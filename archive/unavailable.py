"""What the machine refuses, said in plain words: busy, full, read-only, out of reach."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InternalError, OperationalError, TimeoutError

from archive.records import Unavailable

_BUSY = "kho đang bận, một lượt ghi khác chưa xong"
_FULL = "đĩa đã đầy"
_READ_ONLY = "nơi lưu chỉ cho đọc"
_OUT_OF_REACH = "không tới được cơ sở dữ liệu"
_OF_FILES = {
    errno.ENOSPC: _FULL, errno.EDQUOT: _FULL,
    errno.EROFS: _READ_ONLY, errno.EACCES: _READ_ONLY, errno.EPERM: _READ_ONLY,
}  # fmt: skip
_OF_ROWS = (
    ("SQLITE_BUSY", _BUSY), ("SQLITE_LOCKED", _BUSY), ("55P03", _BUSY),
    ("SQLITE_FULL", _FULL), ("53100", _FULL),
    ("SQLITE_READONLY", _READ_ONLY), ("25006", _READ_ONLY),
)  # fmt: skip
"""SQLite's names of errors, and PostgreSQL's SQLSTATE (its manual, appendix A)."""


@contextmanager
def said_plainly(doing: str = "ghi được vào") -> Iterator[None]:
    """Turn what disks and databases refuse into Unavailable."""
    try:
        yield
    except (OperationalError, InternalError) as error:
        raise unavailable(doing, _reason_of_rows(error)) from error
    except TimeoutError as error:
        raise unavailable(doing) from error
    except OSError as error:
        reason = _OF_FILES.get(error.errno or 0, "máy báo lỗi đọc, ghi tệp")
        raise unavailable(doing, reason) from error


def unavailable(doing: str, reason: str = _BUSY) -> Unavailable:
    """Return the fault; what was done already is never done twice, so it may be tried again."""
    return Unavailable(
        f"Chưa {doing} kho lưu trữ: {reason}. Hãy thử lại sau; điều đã lưu không bị lưu hai lần."
    )


def _reason_of_rows(error: DBAPIError) -> str:
    names = (getattr(error.orig, name, "") for name in ("sqlite_errorname", "sqlstate"))
    told = next(filter(None, names), "")
    return next((reason for start, reason in _OF_ROWS if told.startswith(start)), _OUT_OF_REACH)
