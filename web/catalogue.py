"""Which kinds of report a request may name."""

from __future__ import annotations

from generators.kinds import ReportKind, list_kinds, load_kind
from generators.model import ERROR, Finding
from generators.pipeline import KINDS
from web.problems import refuse


def offered_kinds() -> list[ReportKind]:
    """Return every kind there is, by id."""
    return [load_kind(KINDS / kind_id) for kind_id in list_kinds(KINDS)]


def kind_named(kind_id: str) -> ReportKind:
    """Return the kind, or refuse the request with 404."""
    known = list_kinds(KINDS)
    if kind_id not in known:
        message = f"Không có loại báo cáo «{kind_id[:80]}»."
        remedy = f"Hãy dùng một trong: {', '.join(known)}."
        raise refuse(404, Finding("kind.unknown", ERROR, "kind", message, remedy))
    return load_kind(KINDS / kind_id)
