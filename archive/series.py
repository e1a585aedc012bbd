"""Which report of a unit, kind and period a deposit is, and which version of it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, select

from archive.records import (
    APPROVED,
    IMPORTED,
    PAST,
    RULES,
    Conflict,
    Deposit,
    FigureChange,
    FigureRow,
    FileRef,
)
from archive.rows import exact
from archive.tables import REPORTS, SERIES
from generators.folding import fold
from generators.terms import plain_lower

_BESIDE = (PAST, RULES)
_LONGEST = 280  # characters of a key, beside its digest
_WORDS = re.compile(r"[^\W_]+")


def unit_key(name: str) -> str:
    """Return what units are compared by: the name without marks, and a digest of it with them.

    The first part is searched; the second keeps "xã Mỹ Thành" from being "xã Mỹ Thạnh". Case,
    punctuation and where a tone is placed (hòa, hoà) tell no units apart.
    """
    words = _WORDS.findall(plain_lower(unicodedata.normalize("NFC", name)))
    return f"{fold(name)[:_LONGEST]} {sha256(' '.join(words).encode()).hexdigest()[:16]}"


def fingerprint(deposit: Deposit, refs: Iterable[FileRef]) -> str:
    """Return what makes a deposit the same again: its files, without who sent it and when.

    Nor does it count which earlier reports are in the archive by now, or what rules hold: where
    they made a figure, a finding or the document other, those files tell.
    """
    frame = (deposit.kind, deposit.period, deposit.unit, deposit.program, deposit.state)
    told = json.dumps(
        [
            frame,
            sorted((ref.role, ref.name, ref.sha256) for ref in refs if ref.role not in _BESIDE),
        ]
    )
    return sha256(told.encode()).hexdigest()


def series_of(connection: Connection, deposit: Deposit) -> int:
    """Return the number of the report that a unit makes for a period, a new one where it is new."""
    frame = {"unit_key": unit_key(" ".join((deposit.unit, *deposit.within))),
             "kind": deposit.kind, "period": deposit.period}  # fmt: skip
    query = select(SERIES.c.id).filter_by(**frame)
    found = connection.execute(query).scalar()
    if found is None:
        connection.execute(insert(SERIES).values(**frame))
        found = connection.execute(query).scalar_one()
    return int(found)


def latest_of(connection: Connection, series: int) -> Any:
    """Return the row of the latest version, None where there is none."""
    query = select(REPORTS).where(REPORTS.c.series_id == series)
    return connection.execute(query.order_by(REPORTS.c.version.desc()).limit(1)).first()


def ask_what_it_replaces(deposit: Deposit, latest: Any) -> None:
    """Raise Conflict unless a deposit names the latest version, or there is none that stands.

    What was imported gives way to whatever comes after it, and itself takes the place of nothing
    that was made here, for nobody approves it.
    """
    replaces, stands = deposit.replaces, latest is not None and not latest.removed
    if stands and latest.state == IMPORTED and not replaces:
        return
    if stands and deposit.state == IMPORTED != latest.state:
        raise Conflict(
            f"Kỳ này đã có báo cáo lập bằng phần mềm (bản {latest.version}, mã {latest.id}). Bản cũ nhập "
            "vào không thay được báo cáo ấy; muốn sửa số liệu, hãy lập bản sửa."
        )
    if stands and latest.state == APPROVED:
        raise Conflict(
            "Báo cáo kỳ này đã được duyệt nên số liệu đã khóa. Muốn sửa thì phải được trả lại trước."
        )
    if replaces == (latest.id if latest else "") or not (stands or replaces):
        return
    if not replaces:
        raise Conflict(f"Đơn vị đã có báo cáo kỳ này (bản {latest.version}, mã {latest.id}). Nếu lập "
                       "bản thay thế, hãy nêu mã của bản được thay.")  # fmt: skip
    raise Conflict("Bản được nêu để thay thế không phải bản mới nhất của báo cáo này.")


def changes_between(
    before: Mapping[str, FigureRow], after: Mapping[str, FigureRow]
) -> Iterator[FigureChange]:
    """Yield the figures that two versions do not tell alike."""
    for figure_id in dict.fromkeys((*before, *after)):
        told = [book[figure_id] for book in (before, after) if figure_id in book]
        values = (_value(before, figure_id), _value(after, figure_id))
        if len(set(map(_as_told, told))) > 1 or None in values:
            yield FigureChange(figure_id, told[-1].label, *values, told[-1].unit)


def _as_told(figure: FigureRow) -> tuple[str, str, str]:
    return exact(figure.value), figure.hedge, figure.unit


def _value(book: Mapping[str, FigureRow], figure_id: str) -> Decimal | None:
    return book[figure_id].value if figure_id in book else None
