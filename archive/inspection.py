"""Inspection: every file hashed anew, every record held against its entries in the log."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from archive import audit
from archive.audit import Entry
from archive.database import one_moment
from archive.files import Files
from archive.keeping import Archive
from archive.records import FIGURES as FIGURES_FILE
from archive.records import Altered, ArchiveFault, Missing
from archive.rows import exact
from archive.tables import FIGURES, FILES, REPORTS
from archive.unavailable import said_plainly

INTACT, ALTERED, MISSING, UNKNOWN = "intact", "altered", "missing", "unknown"
ALL_WELL, WRONG, NOT_KNOWN = 0, 1, 2
_SAID = {ALTERED: "đã bị sửa đổi", MISSING: "không còn", UNKNOWN: "không đọc được"}
_OF_PAPER = (("số", "number"), ("ký hiệu", "notation"), ("ngày ban hành", "issued_on"),
             ("người ký", "signer_name"), ("chức vụ", "signer_title"), ("trích yếu", "subject"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """A file that is not intact: altered, missing, or unknown; ``reports`` are whose it is."""

    sha256: str
    state: str
    reports: tuple[str, ...]
    reason: str = ""

    @property
    def said(self) -> str:
        """What is told of it, one sentence."""
        why = f" ({self.reason})" if self.reason else ""
        whose = ", ".join(self.reports)
        return f"Tệp {self.sha256} {_SAID[self.state]}{why}; thuộc báo cáo {whose}."


@dataclass(frozen=True)
class Inspection:
    """What an inspection came to.

    ``orphans`` are files that no standing report has: what an interrupted submission left,
    harmless; ``unlisted`` says why they could not be listed. ``records`` says which rows disagree
    with the log, ``breaks`` where the log does with itself; one sentence each.
    """

    reports: int
    files: int
    size: int
    amiss: tuple[FileAnswer, ...]
    orphans: tuple[str, ...]
    records: tuple[str, ...]
    breaks: tuple[str, ...]
    unlisted: str = ""

    def count(self, state: str) -> int:
        """Return how many files are in this state."""
        others = sum(answer.state == state for answer in self.amiss)
        return self.files - len(self.amiss) if state == INTACT else others

    @cached_property
    def exit_code(self) -> int:
        """0 where all is intact, 1 where something is wrong, 2 where it could not be told."""
        if self.records or self.breaks or self.count(ALTERED) or self.count(MISSING):
            return WRONG
        return NOT_KNOWN if self.amiss or self.unlisted else ALL_WELL

    @property
    def summary(self) -> str:
        """The counts in one paragraph."""
        return (
            f"Đã kiểm tra {self.reports} báo cáo, {self.files} tệp ({self.size} byte): "
            f"{self.count(INTACT)} tệp nguyên vẹn, {self.count(ALTERED)} bị sửa đổi, "
            f"{self.count(MISSING)} không còn, {self.count(UNKNOWN)} không đọc được; "
            f"{len(self.orphans)} tệp thừa; {len(self.records)} chỗ hồ sơ không khớp nhật ký; "
            f"{len(self.breaks)} chỗ đứt của nhật ký."
        )


def inspect(archive: Archive) -> Inspection:
    """Return what is wrong with the archive; nothing is written, nobody waits.

    No file is in memory whole but those of figures. What is kept or removed meanwhile is no fault.
    """
    before, unlisted = _listed(archive.files)
    with said_plainly("đọc được"), one_moment(archive.database) as connection:
        wanted = _wanted(connection)
        reports = len(connection.execute(select(REPORTS.c.id)).all())
        records = tuple(_unmatched(connection, archive.files))
        breaks = tuple(audit.breaks(connection))
    sizes = {name: size for name, (size, _) in wanted.items()}
    answers = [_answer(archive.files, name, wanted[name][1]) for name in sorted(wanted)]
    gone = {one.sha256 for one in answers if one.state == MISSING}
    still = _still_wanted(archive, gone)
    amiss = tuple(one for one in answers if one.state != INTACT
                  and (one.state != MISSING or one.sha256 in still))  # fmt: skip
    return Inspection(reports, len(wanted), sum(sizes.values()), amiss,
                      tuple(sorted(before - set(wanted))), records, breaks, unlisted)  # fmt: skip


# ---------------------------------------------------------------- files


def _wanted(connection: Connection) -> Mapping[str, tuple[int, tuple[str, ...]]]:
    """The files of the reports that stand: their size, and whose they are."""
    query = (select(FILES.c.sha256, FILES.c.size, FILES.c.report_id)
             .join(REPORTS, REPORTS.c.id == FILES.c.report_id).where(REPORTS.c.removed.is_(None))
             .order_by(FILES.c.sha256, FILES.c.report_id).distinct())  # fmt: skip
    rows = groupby(connection.execute(query), key=lambda row: row.sha256)
    found = ((name, list(group)) for name, group in rows)
    return {name: (own[0].size, tuple(row.report_id for row in own)) for name, own in found}


def _listed(files: Files) -> tuple[set[str], str]:
    try:
        return set(files.names()), ""
    except OSError as error:
        return set(), error.strerror or type(error).__name__


def _answer(files: Files, name: str, reports: tuple[str, ...]) -> FileAnswer:
    try:
        files.check(name)
    except Missing:
        return FileAnswer(name, MISSING, reports)
    except Altered:
        return FileAnswer(name, ALTERED, reports)
    except OSError as error:
        return FileAnswer(name, UNKNOWN, reports, error.strerror or type(error).__name__)
    return FileAnswer(name, INTACT, reports)


def _still_wanted(archive: Archive, names: Collection[str]) -> set[str]:
    """Those of `names` that a standing report has now: the others were removed meanwhile."""
    if not names:
        return set()
    with one_moment(archive.database) as connection:
        return set(names) & set(_wanted(connection))


# ---------------------------------------------------------------- records against the log


def _unmatched(connection: Connection, files: Files) -> Iterator[str]:
    """Say which reports and entries of the log do not match, one sentence each."""
    told: dict[str, list[Entry]] = {}
    for entry in audit.entries(connection):
        told.setdefault(entry.report_id, []).append(entry)
    rows = connection.execute(select(REPORTS).order_by(REPORTS.c.at, REPORTS.c.id)).all()
    for row in rows:
        yield from _of_report(connection, files, row, told.pop(row.id, []))
    for report_id, entries in told.items():
        for entry in entries:
            if entry.action == "keep":
                yield f"Nhật ký có bút toán {entry.seq} lưu báo cáo {report_id} nhưng không còn hồ sơ ấy."


def _of_report(
    connection: Connection, files: Files, row: Any, entries: list[Entry]
) -> Iterator[str]:
    facts = [(entry.action, entry.at, _details(entry)) for entry in entries]
    kept = [details for action, _, details in facts if action == "keep"]
    if len(kept) != 1:
        yield f"Báo cáo {row.id} có {len(kept)} bút toán lưu trong nhật ký, phải có đúng một."
        return
    for what, stands, was in (*_frame(row, kept[0]), *_later(row, facts)):
        if stands != was:
            yield f"Báo cáo {row.id}: {what} trong hồ sơ là «{stands}», trong nhật ký là «{was}»."
    own = connection.execute(
        select(FILES).where(FILES.c.report_id == row.id).order_by(FILES.c.position)
    ).all()
    attached = [details.get("sha256") for action, _, details in facts if action == "attach"]
    if [file.sha256 for file in own] != [*kept[0].get("files", ()), *attached]:
        yield f"Báo cáo {row.id}: danh sách tệp không khớp nhật ký."
    if not row.removed:
        yield from _of_figures(connection, files, row, own)


def _frame(row: Any, kept: Mapping[str, Any]) -> Iterator[tuple[str, object, object]]:
    for what, name in (("số bản", "version"), ("đơn vị", "unit"), ("kỳ", "period"),
                       ("mã của văn bản", "digest")):  # fmt: skip
        yield what, getattr(row, name), kept.get(name)


def _later(
    row: Any, facts: list[tuple[str, str, Mapping[str, Any]]]
) -> Iterator[tuple[str, object, object]]:
    """What acts after the keeping must have left in the row: paper, hold, removal."""
    holds = [
        details.get("reason") for action, _, details in facts if action in ("hold", "release")
    ]
    yield "lý do giữ lại", row.hold, holds[-1] if holds else ""
    removals = [at for action, at, _ in facts if action == "remove"]
    yield "ngày hủy", row.removed or "", removals[-1] if removals else ""
    issues = [details for action, _, details in facts if action == "issue"]
    if issues:
        for what, name in _OF_PAPER:
            yield what, str(getattr(row, name) or ""), issues[-1].get(name, "")


def _details(entry: Entry) -> Mapping[str, Any]:
    try:
        told = json.loads(entry.details)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


# ---------------------------------------------------------------- figures against their file


def _of_figures(
    connection: Connection, files: Files, row: Any, own: Iterable[Any]
) -> Iterator[str]:
    """Hold the rows of figures against the file of figures that was kept with them."""
    names = [file.sha256 for file in own if file.role == FIGURES_FILE]
    told = _told_figures(files, names[0]) if names else None
    if told is None:
        return
    query = select(FIGURES).where(FIGURES.c.report_id == row.id)
    stands = {
        one.figure: (one.label, one.value, one.hedge, one.unit)
        for one in connection.execute(query)
    }
    for figure in dict.fromkeys((*told, *stands)):
        if told.get(figure) != stands.get(figure):
            yield f"Báo cáo {row.id}: số «{figure}» trong bảng tra khác với tệp số liệu đã lưu."


def _told_figures(files: Files, name: str) -> Mapping[str, tuple[str, str, str, str]] | None:
    """The figures as the file tells them; None where it tells none, or is itself at fault."""
    try:
        record = json.loads(files.get(name), parse_float=Decimal, parse_int=Decimal)
        figures = record["figures"]
        return {
            one["code"]: (one["label"], exact(Decimal(one["value"])), one.get("hedge", ""), one["unit"])
            for one in figures
        }  # fmt: skip
    except (ArchiveFault, OSError, ValueError, KeyError, TypeError, ArithmeticError):
        return None
