"""An issued report is corrected: a draft that holds its data, for a version in its place."""

from __future__ import annotations

from sqlalchemy import Connection

from access.units import key_of, unit_of
from archive.keeping import Archive
from archive.received import source_kept
from archive.records import ISSUED, Conflict, Missing, Record
from desk.drafts import Draft, has_received, open_draft, reopen, take_over, will_replace
from generators.model import OrgUnit
from generators.pipeline import Source


class HalfMade(Conflict):
    """Something else is being made of the period; ``version`` is that of its draft."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(
            f"Kỳ này đang có bản soạn dở, {draft.by} sửa lần cuối, không phải số liệu của báo cáo này. "
            "Lập bản sửa thì những gì đang soạn dở bị bỏ. Nếu cần giữ, hãy tải về trước."
        )
        self.version = draft.version


def begin_correction(archive: Archive, report_id: str, by: str, over: int = 0) -> Draft:
    """Return the draft in which an issued report is corrected, open.

    It holds what the report was made of; where it is corrected already, what was typed since.
    Conflict where the report is not issued, or a later version stands; HalfMade where the draft
    is open with other data and is not at the version `over`, which may be thrown away.
    """
    record = archive.record(report_id)
    if record.state != ISSUED:
        raise Conflict("Chỉ lập bản sửa cho báo cáo đã ban hành.")
    if archive.versions(report_id)[-1].id != report_id:
        raise Conflict("Báo cáo này đã có bản sau. Hãy mở bản mới nhất để sửa.")
    source = source_kept(archive, record)
    with archive.database.writing() as connection:
        return _opened(connection, record, source, by, over)


def _opened(
    connection: Connection, record: Record, source: Source, by: str, over: int
) -> Draft:
    told = OrgUnit(record.unit, record.within)
    unit = unit_of(connection, key_of(told.name, told.within))
    if unit is None:
        raise Missing("Đơn vị của báo cáo không còn trong danh sách đơn vị.")
    draft = open_draft(connection, unit, record.kind, record.period, by)
    if draft.report_id == record.id:
        return reopen(connection, draft, by)
    if draft.is_open and has_received(connection, draft) and draft.version != over:
        raise HalfMade(draft)
    return take_over(connection, will_replace(connection, draft, record.id, by), source, by)
