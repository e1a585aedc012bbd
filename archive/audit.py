"""The log of every act: append-only, each entry sealed with the one before it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, func, insert, select

from archive.tables import AUDIT

NOTHING_BEFORE = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One act: when (UTC), who, what, on which report; ``hash`` seals it and all before it."""

    seq: int
    at: str
    by: str
    action: str
    report_id: str
    details: str
    previous: str
    hash: str = ""

    def sealed(self) -> str:
        """Return the hash this entry must have."""
        fields = {name: value for name, value in asdict(self).items() if name != "hash"}
        text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(text.encode()).hexdigest()


def append(
    connection: Connection, by: str, action: str, report_id: str, details: Mapping[str, Any]
) -> datetime:
    """Write one act at the end of the log, and return its time.

    Time never runs back in the log: a clock set back is held at the last entry's time.
    """
    last = _last(connection)
    at = _now(last)
    told = json.dumps(details, ensure_ascii=False, sort_keys=True)
    entry = Entry(last.seq + 1 if last else 1, at, by, action, report_id, told,
                  last.hash if last else NOTHING_BEFORE)  # fmt: skip
    connection.execute(insert(AUDIT).values(**{**asdict(entry), "hash": entry.sealed()}))
    return datetime.fromisoformat(at)


def moment(connection: Connection) -> datetime:
    """Return the time an act would have now."""
    return datetime.fromisoformat(_now(_last(connection)))


def _last(connection: Connection) -> Any:
    return connection.execute(select(AUDIT).order_by(AUDIT.c.seq.desc()).limit(1)).first()


def _now(last: Any) -> str:
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    return max(now, last.at) if last else now


def entries(connection: Connection, report_id: str = "") -> Iterator[Entry]:
    """Yield the log in order, or what it says of one report."""
    query = select(AUDIT).order_by(AUDIT.c.seq)
    if report_id:
        query = query.where(AUDIT.c.report_id == report_id)
    for row in connection.execute(query):
        yield Entry(**row._mapping)


def breaks(connection: Connection) -> Iterator[str]:
    """Yield what is wrong with the log: an entry altered, missing, or out of its order.

    That the last entries are gone no log can tell of itself; the records they were of can.
    """
    previous, expected, at = NOTHING_BEFORE, 1, ""
    for entry in entries(connection):
        if entry.seq != expected:
            yield f"Nhật ký thiếu bút toán {expected} (gặp {entry.seq})."
        elif entry.previous != previous:
            yield f"Bút toán {entry.seq} của nhật ký không nối với bút toán trước nó."
        if entry.sealed() != entry.hash:
            yield f"Bút toán {entry.seq} của nhật ký đã bị sửa đổi."
        if entry.at < at:
            yield f"Bút toán {entry.seq} của nhật ký ghi sớm hơn bút toán trước nó."
        previous, expected, at = entry.hash, entry.seq + 1, entry.at


def length(connection: Connection) -> int:
    """Return how many entries there are."""
    return connection.execute(select(func.count()).select_from(AUDIT)).scalar_one()
