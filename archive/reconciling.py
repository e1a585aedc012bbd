"""What the log tells of each report, held against its rows: frame, state, steps, paper, files, figures.

An entry of an earlier program tells less; what it does not tell is not asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from archive import audit
from archive.approving import AFTER, steps_of
from archive.audit import Entry
from archive.files import Files
from archive.records import APPROVED, IMPORTED, ISSUED, KEPT, ArchiveFault, FileRef
from archive.records import FIGURES as FIGURES_FILE
from archive.rows import change_rows, exact, figures_of, report_at
from archive.series import changes_between
from archive.tables import CHANGES, FIGURES, FILES, REPORTS

_FRAME = {
    "version": "số bản", "replaces": "bản được thay", "unit": "đơn vị", "within": "đơn vị cấp trên",
    "kind": "loại", "period": "kỳ", "start": "ngày đầu kỳ", "end": "ngày cuối kỳ",
    "program": "phiên bản phần mềm", "digest": "mã của văn bản",
}  # fmt: skip
_PAPER = {
    "number": "số", "notation": "ký hiệu", "issued_on": "ngày ban hành", "signer_name": "người ký",
    "signer_title": "chức vụ", "subject": "trích yếu",
}  # fmt: skip
_KEEPING = {"keep_until": "giữ đến ngày", "keep_basis": "căn cứ của thời hạn"}

Said = Iterator[tuple[str, object, object]]


@dataclass(frozen=True, slots=True)
class _Fact:
    """One entry of a report's log, its details read."""

    entry: Entry
    details: Mapping[str, Any]

    @property
    def action(self) -> str:
        """What was done."""
        return self.entry.action


def kept_told(row: Mapping[str, Any], refs: Iterable[FileRef]) -> Mapping[str, Any]:
    """Return what the log tells of a report that is kept as `row`, with these files."""
    told = {
        name: _text(row[name]) for name in (*_FRAME, *_PAPER, *_KEEPING) if name != "version"
    }
    parts = [(ref.role, ref.name, ref.sha256) for ref in refs]
    return {**told, "version": row["version"], "state": row["state"], "parts": parts,
            "files": [sha256 for _, _, sha256 in parts]}  # fmt: skip


def unmatched(connection: Connection, files: Files) -> Iterator[str]:
    """Say which reports and entries of the log do not match, one sentence each."""
    told: dict[str, list[_Fact]] = {}
    for entry in audit.entries(connection):
        told.setdefault(entry.report_id, []).append(_Fact(entry, _details(entry)))
    rows = connection.execute(select(REPORTS).order_by(REPORTS.c.at, REPORTS.c.id)).all()
    for row in rows:
        yield from _of_report(connection, files, row, told.pop(row.id, []))
    for report_id, facts in told.items():
        for fact in facts:
            if fact.action == "keep":
                yield (
                    f"Nhật ký có bút toán {fact.entry.seq} lưu báo cáo {report_id} nhưng không còn "
                    "hồ sơ ấy."
                )


def _of_report(
    connection: Connection, files: Files, row: Any, facts: Sequence[_Fact]
) -> Iterator[str]:
    kept = [fact for fact in facts if fact.action == "keep"]
    if len(kept) != 1:
        yield f"Báo cáo {row.id} có {len(kept)} bút toán lưu trong nhật ký, phải có đúng một."
        return
    for what, stands, was in (*_frame(row, kept[0]), *_later(row, facts), *_paper(row, facts)):
        if stands != was:
            yield f"Báo cáo {row.id}: {what} trong hồ sơ là «{stands}», trong nhật ký là «{was}»."
    if [(one.step, one.by, one.at, one.reason) for one in steps_of(connection, row.id)] != [
        _as_step(fact) for fact in facts if fact.action in AFTER
    ]:
        yield f"Báo cáo {row.id}: các bước duyệt, trả lại không khớp nhật ký."
    yield from _of_files(connection, files, row, facts)


def _frame(row: Any, kept: _Fact) -> Said:
    yield "người lưu", row.by, kept.entry.by
    yield "lúc lưu", row.at, kept.entry.at
    for name, what in _FRAME.items():
        if name in kept.details:
            yield what, _text(getattr(row, name)), _text(kept.details[name])


def _later(row: Any, facts: Sequence[_Fact]) -> Said:
    """What acts after the keeping must have left in the row: state, hold, removal."""
    yield "trạng thái", row.state, _state(row, facts)
    holds = [f.details.get("reason") for f in facts if f.action in ("hold", "release")]
    yield "lý do giữ lại", row.hold, holds[-1] if holds else ""
    removals = [f.entry.at for f in facts if f.action == "remove"]
    yield "ngày hủy", row.removed or "", removals[-1] if removals else ""


def _state(row: Any, facts: Sequence[_Fact]) -> str:
    """The state that the acts led to."""
    before = IMPORTED if row.state == IMPORTED else KEPT
    state = str(next((f.details["state"] for f in facts if "state" in f.details), before))
    for fact in facts:
        state = AFTER.get(fact.action, state)
        if fact.action == "issue" and state in (KEPT, APPROVED):
            state = ISSUED
    return state


def _paper(row: Any, facts: Sequence[_Fact]) -> Said:
    """What the paper says of itself and how long it is kept, as was told last."""
    issues = [f.details for f in facts if f.action == "issue"]
    last = issues[-1] if issues else next(f.details for f in facts if f.action == "keep")
    for name, what in _PAPER.items():
        if issues or name in last:
            yield what, _text(getattr(row, name)), last.get(name, "")
    for name, what in _KEEPING.items():
        if name in last:
            yield what, _text(getattr(row, name)), last[name]


def _as_step(fact: _Fact) -> tuple[str, str, object, str]:
    entry = fact.entry
    at = datetime.fromisoformat(entry.at)
    return entry.action, entry.by, at, fact.details.get("reason", "")


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _details(entry: Entry) -> Mapping[str, Any]:
    try:
        told = json.loads(entry.details)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


# ---------------------------------------------------------------- files and figures


def _of_files(
    connection: Connection, files: Files, row: Any, facts: Sequence[_Fact]
) -> Iterator[str]:
    """Hold the rows of files, figures and changes against the log and the kept files."""
    query = select(FILES).where(FILES.c.report_id == row.id).order_by(FILES.c.position)
    own = connection.execute(query).all()
    kept = next(f.details for f in facts if f.action == "keep")
    attached = [f.details for f in facts if f.action == "attach"]
    told = [*kept.get("files", ()), *(one.get("sha256") for one in attached)]
    parts = [*(kept.get("parts") or _unnamed(own, kept)),
             *([one.get(name) for name in ("role", "name", "sha256")] for one in attached)]  # fmt: skip
    named = [[one.role, one.name, one.sha256] for one in own]
    if [one.sha256 for one in own] != told or named != parts:
        yield f"Báo cáo {row.id}: danh sách tệp không khớp nhật ký."
    if not row.removed:
        yield from _of_figures(connection, files, row, own)
        yield from _of_changes(connection, row)


def _unnamed(own: Sequence[Any], kept: Mapping[str, Any]) -> list[list[str]]:
    """The parts as they stand, where an earlier program told hashes alone."""
    return [[one.role, one.name, one.sha256] for one in own[: len(kept.get("files", ()))]]


def _of_changes(connection: Connection, row: Any) -> Iterator[str]:
    """Hold what a version says it changed against the figures of both, while both are there."""
    before = report_at(connection, row.replaces) if row.replaces else None
    if before is None or before.removed:
        return
    books = [figures_of(connection, one.id) for one in (before, row)]
    expected = change_rows(row.id, changes_between(*books))
    query = select(CHANGES).where(CHANGES.c.report_id == row.id)
    stands = [dict(one._mapping) for one in connection.execute(query)]
    if sorted(stands, key=_figure) != sorted(expected, key=_figure):
        yield f"Báo cáo {row.id}: danh sách số khác bản trước không khớp số liệu của hai bản."


def _figure(one: Mapping[str, Any]) -> str:
    return str(one["figure"])


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
