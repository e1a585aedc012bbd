"""The form of a new period, filled with what earlier reports already know.

Names, plans of the same year and the numbers of the same period a year before are written in;
results are not, nor anything else that belongs to another period.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from generators.intake.form_cells import text_of_value
from generators.kinds import ReportKind
from generators.model import (
    Figures,
    Line,
    Measure,
    OrgUnit,
    PeriodData,
    Quantity,
    Raw,
    RawInput,
    RawRecord,
    RawTree,
)

_NAMES = ("code", "label", "unit", "giver", "group", "occasion", "round", "source", "by")


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a unit's earlier reports know: the latest one, and that of a year before.

    ``figures`` are those of a year before as they were issued; None and empty where there is
    no such report, or where of it only a table of figures is known.
    """

    latest: PeriodData | None = None
    year_before: PeriodData | None = None
    figures: Figures = field(default_factory=dict)


def next_input(kind: ReportKind, period_id: str, unit: OrgUnit, earlier: Earlier) -> RawInput:
    """Return what is known of a report before anybody fills it in.

    Lines are those of the same period a year before, then those that only the latest report
    has; what is printed at a report's head and foot is the latest one's.
    """
    fields: dict[str, RawTree] = {
        "kind": _raw(kind.id), "period": _record(id=_raw(period_id)),
        "org_unit": _record(name=_raw(unit.name), within=tuple(map(_raw, unit.within))),
        "lines": tuple(_lines(kind, period_id, earlier)),
    }  # fmt: skip
    if earlier.latest:
        fields["document"] = _head_and_foot(earlier.latest)
    return RawInput(RawRecord("", fields))


def _head_and_foot(data: PeriodData) -> RawRecord:
    """What stays the same from report to report: not the number, nor the day, nor the headline."""
    told = data.document
    signer = _record(title=_raw(told.signer_title), name=_raw(told.signer_name))
    return _record(place=_raw(told.place), author=_raw(told.author), signer=signer,
                   recipients=tuple(map(_raw, told.recipients)))  # fmt: skip


# ---------------------------------------------------------------- lines


def _lines(kind: ReportKind, period_id: str, earlier: Earlier) -> Iterator[RawRecord]:
    latest, year_before = earlier.latest, earlier.year_before
    known = {line.key: line for one in (year_before, latest) if one for line in one.lines}
    same_year = latest is not None and latest.period.id[:4] == period_id[:4]
    planned = {line.key: line.plan for line in latest.lines} if latest and same_year else {}
    for key, line in known.items():
        yield _line(replace(line, plan=planned.get(key, ())), earlier.figures)
    for spec in kind.lines:
        if spec.code not in known:
            bare = Line(spec.code, spec.code, spec.section, spec.label, spec.unit, "")
            if _then(bare, earlier.figures):
                yield _line(bare, earlier.figures)


def _line(line: Line, before: Figures) -> RawRecord:
    names = {name: _raw(text) for name in _NAMES if (text := getattr(line, name))}
    if line.code:
        names = {name: raw for name, raw in names.items() if name not in ("label", "unit")}
    else:
        names["section"] = _raw(line.section)
    numbers: dict[str, RawTree] = {}
    if line.plan:
        numbers["plan"] = tuple(map(_measure, line.plan))
    if then := _then(line, before):
        numbers["previous"] = then
    parts = {name: tuple(_line(part, before) for part in inner)
             for name in ("parts", "of_which") if (inner := getattr(line, name))}  # fmt: skip
    return RawRecord("", {**names, **numbers, **parts})


def _measure(measure: Measure) -> RawRecord:
    told = {"value": measure.value, "amount": measure.amount}
    numbers = {name: _number(quantity) for name, quantity in told.items() if quantity}
    return RawRecord(
        "", {**numbers, **({"label": _raw(measure.label)} if measure.label else {})}
    )


def _then(line: Line, before: Figures) -> RawRecord | None:
    """What the line told a year before, in its own unit and in đồng."""
    value, amount = (before.get(f"{line.key}.{name}") for name in ("value", "amount"))
    numbers: Mapping[str, RawTree] = {
        name: _number(figure.quantity)
        for name, figure, unit in (("value", value, line.unit), ("amount", amount, "đồng"))
        if figure and figure.unit == unit
    }
    return RawRecord("", numbers) if numbers else None


def _number(quantity: Quantity) -> Raw:
    if not quantity.hedge:
        return _raw(quantity.value)
    return _raw(f"{quantity.hedge} {text_of_value(quantity.value)}")


def _raw(value: object) -> Raw:
    return Raw(value, "")


def _record(**fields: RawTree) -> RawRecord:
    return RawRecord("", fields)
