"""How a unit's next report begins: the form of the new period, filled from what was issued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive.keeping import Archive
from archive.received import source_kept
from archive.same_period import past_in
from generators.checks import Past
from generators.intake.prefill import Earlier
from generators.kinds import ReportKind
from generators.model import Document, OrgUnit, Period, PeriodData
from generators.periods import calendar_span
from generators.pipeline import KINDS, examine, make_next_form


def next_form(archive: Archive, kind: ReportKind, period_id: str, unit: OrgUnit) -> bytes:
    """Return the form (.xlsx) of `period_id`, filled from the unit's issued reports of the kind.

    Reports of units that were merged into this one fill nothing: their numbers are not its own.
    """
    span = calendar_span(period_id)
    asked = PeriodData(kind.id, Period(period_id, *span), unit, Document(), ())
    own = [past for past in past_in(archive, KINDS)(asked) if not past.merged]
    return make_next_form(kind, period_id, unit, _earlier(archive, own, period_id))


def _earlier(archive: Archive, own: Sequence[Past], period_id: str) -> Earlier:
    wanted = f"{int(period_id[:4]) - 1}{period_id[4:]}"
    then = next((past for past in own if past.period.id == wanted), None)
    return Earlier(
        _data_of(archive, own[0]) if own else None,
        _data_of(archive, then) if then else None,
        then.figures if then else {},
    )


def _data_of(archive: Archive, past: Past) -> PeriodData | None:
    """The data of a kept report, read anew as it was typed; None where that is a plain table."""
    source = source_kept(archive, archive.record(past.report_id))
    return examine(replace(source, kind="")).data
