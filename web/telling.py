"""Figures and findings as staff read them: by sheet, in Vietnamese numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generators.gate import SEVERITIES
from generators.model import Acknowledgement, Figure, Finding
from generators.pipeline import Examined

WHOLE_FILE, PAYLOAD = "Cả tệp", "Dữ liệu JSON"
_PARTS = {"texts": "Lời văn", "stories": "Câu chuyện"}  # known by place through either door
_ORDER = list(SEVERITIES)
_ROW = re.compile(r"Ô [A-Z]+([0-9]+)")


@dataclass(frozen=True)
class Placed:
    """A finding, the place of it within its group, and whether somebody acknowledged it."""

    finding: Finding
    place: str
    settled: bool = False

    @property
    def weight(self) -> str:
        """How much it matters: "Phải sửa", "Nên xem lại, đã xác nhận"."""
        weight = SEVERITIES[self.finding.severity].capitalize()
        return f"{weight}, đã xác nhận" if self.settled else weight


@dataclass(frozen=True)
class Group:
    """The findings of one sheet."""

    title: str
    findings: tuple[Placed, ...]


def group_findings(
    findings: Iterable[Finding], acknowledged: Iterable[Acknowledgement] = ()
) -> list[Group]:
    """Return the findings by sheet, in each errors first, then down the rows."""
    groups: dict[str, list[Placed]] = {}
    settled = {row.finding for row in acknowledged}
    for finding in findings:
        title, place = _split(finding.where)
        groups.setdefault(title, []).append(Placed(finding, place, finding.id in settled))
    return [
        Group(title, tuple(sorted(placed, key=_weight))) for title, placed in groups.items()
    ]


def say_gate(examined: Examined) -> str:
    """Return what keeps a report that can be made from being issued; "" where nothing does."""
    if examined.stopped or not examined.open:
        return ""
    count = len(examined.open)
    return f"Chưa đủ điều kiện ban hành: còn {count} điều nên xem lại chưa được xác nhận."


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
        return _PARTS.get(where.split("/")[1], PAYLOAD), where
    sheet, _, cell = where.rpartition("!")
    return (f"Trang «{sheet}»", f"Ô {cell}") if sheet else (WHOLE_FILE, where)
