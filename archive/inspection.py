"""Inspection: every file hashed anew, every record held against its entries in the log."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from sqlalchemy import Connection, select

from archive import audit
from archive.database import one_moment
from archive.files import Files
from archive.keeping import Archive
from archive.reconciling import unmatched
from archive.records import Altered, Missing
from archive.tables import FILES, REPORTS
from archive.unavailable import said_plainly

INTACT, ALTERED, MISSING, UNKNOWN = "intact", "altered", "missing", "unknown"
ALL_WELL, WRONG, NOT_KNOWN = 0, 1, 2
_SAID = {ALTERED: "đã bị sửa đổi", MISSING: "không còn", UNKNOWN: "không đọc được"}


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
        records = tuple(unmatched(connection, archive.files))
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
