"""Figures and findings as staff read them: by sheet, in Vietnamese numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from generators.model import ERROR, NOTE, WARNING, Figure, Finding
from generators.wording.amounts import say_number, say_share

SEVERITIES = {ERROR: "phải sửa", WARNING: "nên xem lại", NOTE: "lưu ý"}
WHOLE_FILE, PAYLOAD = "Cả tệp", "Dữ liệu JSON"
_ORDER = list(SEVERITIES)
_ROW = re.compile(r"Ô [A-Z]+([0-9]+)")


@dataclass(frozen=True)
class Placed:
    """A finding, and the place of it within its group."""

    finding: Finding
    place: str

    @property
    def weight(self) -> str:
        """How much it matters: "Phải sửa"."""
        return SEVERITIES[self.finding.severity].capitalize()


@dataclass(frozen=True)
class Group:
    """The findings of one sheet."""

    title: str
    findings: tuple[Placed, ...]


def group_findings(findings: Iterable[Finding]) -> list[Group]:
    """Return the findings by sheet, in each errors first, then down the rows."""
    groups: dict[str, list[Placed]] = {}
    for finding in findings:
        title, place = _split(finding.where)
        groups.setdefault(title, []).append(Placed(finding, place))
    return [
        Group(title, tuple(sorted(placed, key=_weight))) for title, placed in groups.items()
    ]


def say_counts(findings: Iterable[Finding]) -> str:
    """Return how many there are of each weight: "2 điều phải sửa, 1 điều nên xem lại"."""
    severities = [finding.severity for finding in findings]
    counts = [(severities.count(severity), said) for severity, said in SEVERITIES.items()]
    return ", ".join(f"{count} điều {said}" for count, said in counts if count)


def say_figure(figure: Figure) -> str:
    """Return a figure's number with its unit; "≈" where decimals are left out."""
    quantity = figure.quantity
    if figure.unit == "%":
        return say_share(quantity)
    shown = quantity.value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    about = "" if shown == quantity.value else "≈"
    return " ".join(filter(None, (quantity.hedge, about, say_number(shown), figure.unit)))


def say_source(figure: Figure) -> str:
    """Return how a figure came about, and the place it was read from."""
    if not figure.where:
        return figure.rule
    place = f"mục {figure.where}" if figure.where.startswith("/") else f"ô {figure.where}"
    return f"{figure.rule}, {place}"


def _weight(placed: Placed) -> tuple[int, int]:
    row = _ROW.fullmatch(placed.place)
    return _ORDER.index(placed.finding.severity), int(row[1]) if row else 0


def _split(where: str) -> tuple[str, str]:
    if where.startswith("/"):
        return PAYLOAD, where
    sheet, _, cell = where.rpartition("!")
    return (f"Trang «{sheet}»", f"Ô {cell}") if sheet else (WHOLE_FILE, where)
