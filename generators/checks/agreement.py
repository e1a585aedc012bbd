"""What several lines tell of one thing: people of several givers, relations between results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generators.checks.report import Report
from generators.checks.telling import places, said_places, say, span_of
from generators.folding import fold
from generators.givers import giver_of
from generators.kinds import Relation
from generators.model import WARNING, Figure, Finding, Line


def check_overlapping_people(report: Report) -> Iterator[Finding]:
    """What several givers gave adds up to "lượt người": the same person may be in each.

    The giver of a part, or of a row under a total, is named in its own column or in its label
    ("Quà của thành phố"). People told apart by their groups are not added up of givers.
    Blank: nothing to tell.
    """
    for line in report.every_line:
        if line.unit == "người":
            yield from _overlapping(line, line.parts)
    for line in report.data.lines:
        if line.unit == "người" and line.value and fold(line.label).startswith("tong"):
            yield from _overlapping(line, _summed_in(report, line))


def _summed_in(report: Report, total: Line) -> list[Line]:
    """The people's lines of the section of a total, where they are what it comes to."""
    rows = [line for line in report.data.lines
            if line is not total and line.section == total.section and line.unit == total.unit]  # fmt: skip
    known = [figure for row in rows if (figure := report.figure(row, "value"))]
    value = report.figure(total, "value")
    summed = sum((figure.quantity.value for figure in known), Decimal(0))
    return rows if value and value.quantity.value == summed else []


def _overlapping(line: Line, rows: Sequence[Line]) -> Iterator[Finding]:
    givers = {giver for row in rows if (giver := giver_of(row))}
    groups = [fold(row.group) for row in rows if row.group]
    if len(givers) < _SEVERAL or len(set(groups)) == len(rows):
        return
    yield Finding(
        "unit.overlapping", WARNING, line.where,
        f"{line.label}: cộng người nhận của {len(givers)} nguồn thành «người», trong khi "
        "một người có thể nhận của nhiều nguồn.",
        "Hãy ghi đơn vị tính là «lượt người», hoặc xác nhận rằng không ai nhận hai lần.",
        line.key, (line.where, *(row.where for row in rows)), unit=line.unit,
    )  # fmt: skip


_SEVERAL = 2


def check_relations(report: Report) -> Iterator[Finding]:
    """What the kind says must hold between its lines holds.

    Blank: a relation with a blank on either side is not compared.
    """
    for relation in report.kind.relations:
        left = [report.figures.get(name) for name in relation.left]
        right = [report.figures.get(name) for name in relation.right]
        ours, theirs = [f for f in left if f], [f for f in right if f]
        if len(ours) == len(left) and len(theirs) == len(right):
            yield from _related(report, relation, ours, theirs)


def _related(
    report: Report, relation: Relation, left: list[Figure], right: list[Figure]
) -> Iterator[Finding]:
    spans = [[span_of(figure, report.figures) for figure in side] for side in (left, right)]
    (low, high), (least, most) = (
        (sum((s[0] for s in side), Decimal(0)), sum((s[1] for s in side), Decimal(0)))
        for side in spans
    )
    if low <= most and (relation.sign == "<=" or least <= high):
        return
    ours, theirs = (sum((f.quantity.value for f in side), Decimal(0)) for side in (left, right))
    where = tuple(place for f in (*left, *right) for place in places(f, report.figures))
    told = " và ".join(
        f"{f.label}: {say(f)} ({said_places(f, report.figures)})" for f in (*left, *right)
    )
    yield Finding(
        "figure.relation", WARNING, where[0],
        f"Lẽ ra {_inside_a_sentence(relation.says)}, nhưng đang ghi {told}.",
        "Hãy kiểm tra lại các số; nếu đúng, xác nhận và ghi lý do.",
        left[0].id, where, ours, theirs, left[0].unit,
    )  # fmt: skip


def _inside_a_sentence(says: str) -> str:
    """The sentence without its capital, unless it begins with a name in capitals."""
    return says if says[1:2].isupper() else says[:1].lower() + says[1:]
