"""Figures between the pipeline and the archive: as rows, as what was issued, and frozen with a report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from archive.records import FigureRow
from archive.telling import figures_told
from generators.checks import Past
from generators.model import Figure, Figures, OrgUnit, Period, Quantity
from generators.sameperiod import place_in_archive
from generators.wire import to_json

_RULE = "số liệu đã ban hành"


def rows_of(figures: Figures) -> tuple[FigureRow, ...]:
    """Return the rows that tell these figures."""
    return tuple(
        FigureRow(one.id, one.label, one.quantity.value, one.quantity.hedge, one.unit)
        for one in figures.values()
    )


def as_issued(report_id: str, rows: Iterable[FigureRow]) -> Figures:
    """Return the figures of a report in the archive, each with its place there."""
    return {
        row.id: Figure(row.id, row.label, Quantity(row.value, row.hedge, where), row.unit, _RULE,
                       where=where)
        for row in rows
        for where in [place_in_archive(report_id, row.id)]
    }  # fmt: skip


def figures_in(told: bytes) -> Figures:
    """Return the figures of a report's kept ``figures.json``, in its order, with rule and place.

    Those of an imported table have a number and a label only.
    """
    rows = json.loads(told, parse_float=Decimal)["figures"]
    return {row["code"]: _figure_in(row) for row in rows}


def _figure_in(row: dict[str, Any]) -> Figure:
    where = row.get("where", "")
    number = Quantity(Decimal(row["value"]), row.get("hedge", ""), where)
    return Figure(row["code"], row["label"], number, row["unit"], row.get("rule", _RULE),
                  tuple(row.get("made_from", ())), where)  # fmt: skip


# ---------------------------------------------------------------- earlier reports, frozen


def freeze(past: Sequence[Past]) -> bytes:
    """Return the earlier reports that a report was held against, as JSON."""
    return to_json([_frozen(one) for one in past]).encode()


def thaw(data: bytes) -> tuple[Past, ...]:
    """Return the earlier reports that :func:`freeze` wrote."""
    return tuple(map(_thawed, json.loads(data, parse_float=Decimal, parse_int=Decimal)))


def _frozen(past: Past) -> dict[str, Any]:
    period, unit = past.period, past.unit
    return {
        "report_id": past.report_id,
        "period": {"id": period.id, "from": f"{period.start}", "to": f"{period.end}"},
        "issued_on": past.issued_on and f"{past.issued_on}",
        "revised": past.revised,
        "unit": unit and {"name": unit.name, "within": list(unit.within)},
        "merged": past.merged,
        "figures": figures_told(rows_of(past.figures)),
    }


def _thawed(told: dict[str, Any]) -> Past:
    period, unit, day = told["period"], told["unit"], told["issued_on"]
    rows = (FigureRow(row["code"], row["label"], Decimal(row["value"]), row.get("hedge", ""),
                      row["unit"]) for row in told["figures"])  # fmt: skip
    return Past(
        Period(period["id"], date.fromisoformat(period["from"]), date.fromisoformat(period["to"])),
        as_issued(told["report_id"], rows), told["report_id"],
        date.fromisoformat(day) if day else None, told["revised"],
        OrgUnit(unit["name"], tuple(unit["within"])) if unit else None, told["merged"],
    )  # fmt: skip
