"""The paper a report was issued as: number, day and signer, entered after approval."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select, update

from archive import audit
from archive.admission import admitted_paper
from archive.records import APPROVED, ISSUED, KEPT, RETURNED, ArchiveFault, Conflict, Paper
from archive.retention import longer_of, retention_of
from archive.rows import paper_of, paper_row, retention_in
from archive.tables import REPORTS, SERIES
from archive.words import add_words


def enter_paper(connection: Connection, row: Any, paper: Paper, by: str) -> None:
    """Enter what the issued paper of the approved report in `row` says; what it leaves blank stays.

    Nothing where all of it is entered already. Conflict where the report is not approved or has
    another number, or another report of the unit has this one. An imported one came issued.
    """
    known = paper_of(row)
    whole = _completed(admitted_paper(paper), known)
    if row.number and whole == known:
        return
    if row.number:
        raise Conflict("Báo cáo này đã ban hành; sửa số liệu thì lập bản thay thế.")
    if row.state == RETURNED:
        raise Conflict("Báo cáo này đã được trả lại để sửa, chưa ban hành được.")
    if row.state == KEPT:
        raise Conflict("Báo cáo chưa được duyệt nên chưa ghi số được.")
    day = ask_for_number(connection, whole, row.series_id, row.id)
    if day < row.start:
        raise ArchiveFault(f"Ngày ban hành {day:%d/%m/%Y} trước ngày đầu kỳ báo cáo "
                           f"({row.start:%d/%m/%Y}).")  # fmt: skip
    kept = longer_of(retention_in(row), retention_of(row.period, day))
    connection.execute(update(REPORTS).where(REPORTS.c.id == row.id).values(
        state=ISSUED if row.state == APPROVED else row.state,
        keep_until=kept.until, keep_basis=kept.basis, **paper_row(whole)))  # fmt: skip
    told = {name: str(value) for name, value in asdict(whole).items() if value}
    until = {"keep_until": str(kept.until or ""), "keep_basis": kept.basis}
    audit.append(connection, by, "issue", row.id, {**told, **until})
    add_words(connection, row.id, " ".join(told.values()))


def ask_for_number(connection: Connection, paper: Paper, series: int, but: str = "") -> date:
    """Return a paper's day; raise unless it and a number are told, and the number is its own.

    Number, notation and unit stand once (Nghị định 30/2020/NĐ-CP, Phụ lục VI, phần I, mục III.1.h),
    numbers being given anew each year (Điều 15).
    """
    day = paper.issued_on
    if not (paper.number and day):
        raise ArchiveFault("Hãy ghi số và ngày ban hành.")
    for one in _numbered(connection, series):
        if one.id != but and one.issued_on.year == day.year and _same_number(one, paper):
            raise Conflict(
                f"Số {paper.number}/{paper.notation} năm {day.year} đã dùng cho báo cáo {one.id}."
            )
    return day


def _completed(paper: Paper, known: Paper) -> Paper:
    blank = {name: value for name, value in asdict(known).items() if not getattr(paper, name)}
    return replace(paper, **blank)


def _numbered(connection: Connection, series: int) -> Any:
    """The papers of a unit that have a number, of all its kinds and periods."""
    unit = select(SERIES.c.unit_key).where(SERIES.c.id == series).scalar_subquery()
    return connection.execute(
        select(REPORTS.c.id, REPORTS.c.number, REPORTS.c.notation, REPORTS.c.issued_on)
        .join(SERIES, SERIES.c.id == REPORTS.c.series_id)
        .where(SERIES.c.unit_key == unit, REPORTS.c.number != "", REPORTS.c.issued_on.is_not(None))
        .order_by(REPORTS.c.at)
    )  # fmt: skip


def _same_number(row: Any, paper: Paper) -> bool:
    """Whether two numbers are one: 04 is 4, and case tells nothing apart."""
    told = ((one.number.lstrip("0"), one.notation) for one in (row, paper))
    first, second = ((number.casefold(), notation.casefold()) for number, notation in told)
    return first == second
