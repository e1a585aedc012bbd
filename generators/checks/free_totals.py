"""Totals of the clerk's own: a free line called "Tổng cộng …", "Tổng số", "Tổng kinh phí …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generators.checks.parts import are_mixed, mixed_units
from generators.checks.report import Report
from generators.checks.telling import digits, places, say
from generators.folding import fold
from generators.model import WARNING, Figure, Finding, Line
from generators.spans import add_spans, adds_up, cut_span, span_of

_DONG = "đồng"
_CALLED = re.compile(
    r"(?P<lead>tổng cộng|tổng số|tổng|cộng)(?P<money> (?:số )?(?:kinh phí|tiền|giá trị))?"
    r"(?!\w)(?P<about>.*)\Z"
)
_AND = re.compile(r",|;| và ")
_ALL = frozenset({
    "", "chung", "thuc hien", "da thuc hien", "trong ky", "da chi", "cac khoan", "cac loai",
    "toan phuong", "toan xa", "ca phuong", "ca xa",
})  # fmt: skip
_A_SUM = 2


@dataclass(frozen=True)
class _Called:
    """What a total's name says: what it adds up ("" for all), and whether that is money.

    ``strict`` is of "tổng số …", which may as well name a number of its own (tổng số hộ nghèo).
    """

    about: str
    money: bool
    strict: bool


def check_free_totals(report: Report) -> Iterator[Finding]:
    """A line of the clerk's own that is called a total is the sum of its section's lines.

    It adds up the lines it names, all of the section where it names none; of their numbers in
    its unit, and of their money. Blank: lines of which one is blank are not added up; money that
    comes to more already is told.
    """
    for line in report.data.lines:
        called = None if line.code or line.parts else _called(line)
        if not called:
            continue
        money = line.unit == _DONG
        for name in ("value", "amount"):
            total = report.figure(line, name)
            if total and total.where:
                yield from _judged(report, line, called, total, money or name == "amount")


def _called(line: Line) -> _Called | None:
    """What the line's name says of a total; None where it is not one."""
    found = _CALLED.match(" ".join(line.label.lower().split()))
    if not found or (found["lead"] in ("tổng", "cộng") and not found["money"]
                     and fold(found["about"])):  # fmt: skip
        return None
    about = found["about"].strip(" :.")
    return _Called("" if fold(about) in _ALL else about, bool(found["money"]),
                   found["lead"] == "tổng số" and not found["money"])  # fmt: skip


def _judged(
    report: Report, line: Line, called: _Called, total: Figure, money: bool
) -> Iterator[Finding]:
    rows = _rows(report, line, called)
    counted = [
        row for row in rows if (row.unit != "%" if money else _in_unit(report, row, line.unit))
    ]
    figures = [_number(report, row, money) for row in counted]
    known = [figure for figure in figures if figure]
    if adds_up(total, known, report.figures):
        return
    if not money and (added := _added_anyway(report, rows, total)):
        yield mixed_units(report, total, added)
        return
    complete = len(known) == len(counted) or (money and _exceeded(report, total, known))
    if complete and len(known) >= _A_SUM:
        yield _wrong(report, total, known)


def _rows(report: Report, line: Line, called: _Called) -> list[Line]:
    """The lines of its section that a total adds up."""
    rows = [row for row in report.data.lines
            if row.section == line.section and not row.status and row is not line
            and row.code not in report.kind.total and not (not row.code and _called(row))]  # fmt: skip
    if not called.about:
        ways = {spec.money for row in rows if (spec := report.spec(row))}
        return [] if called.money and len(ways) > 1 else rows
    named: list[Line] = []
    for piece in filter(None, map(fold, _AND.split(called.about))):
        found = [row for row in rows if _names(piece, fold(_label(report, row)))]
        if not found:
            return []
        named += [row for row in found if row not in named]
    adding = all((spec := report.spec(row)) and spec.adds_as for row in named)
    return named if adding or not called.strict else []


def _label(report: Report, row: Line) -> str:
    spec = report.spec(row)
    return spec.label if spec else row.label


def _names(piece: str, label: str) -> bool:
    return f" {piece} " in f" {label} " or f" {label} " in f" {piece} "


def _in_unit(report: Report, row: Line, unit: str) -> bool:
    spec = report.spec(row)
    return unit in {row.unit, spec.adds_as if spec else ""}


def _number(report: Report, row: Line, money: bool) -> Figure | None:
    """The row's number: its money where money is added, which may be its result."""
    return report.figure(row, "amount" if money and row.unit != _DONG else "value")


def _exceeded(report: Report, total: Figure, known: Sequence[Figure]) -> bool:
    """Whether the rows that are known come to more than the total already."""
    least, _ = add_spans(span_of(figure, report.figures, cut_span) for figure in known)
    return least > span_of(total, report.figures, cut_span)[1]


def _added_anyway(report: Report, rows: Sequence[Line], total: Figure) -> list[Figure]:
    """The numbers of all rows where households and people were added; else nothing."""
    figures = [figure for row in rows if (figure := report.figure(row, "value"))]
    agree = (
        are_mixed(rows)
        and len(figures) == len(rows)
        and adds_up(total, figures, report.figures)
    )
    return figures if agree else []


def _wrong(report: Report, total: Figure, rows: Sequence[Figure]) -> Finding:
    added = sum((row.quantity.value for row in rows), Decimal(0))
    where = tuple(place for row in rows for place in places(row, report.figures))
    return Finding(
        "sum.free_total", WARNING, total.where,
        f"{total.label}: ghi {say(total)} ở {total.where}, trong khi các dòng cùng loại trong mục "
        f"({', '.join(where)}) cộng lại là {digits(added)} {total.unit}.",
        "Hãy sửa tổng, bổ sung dòng còn thiếu, hoặc dùng dòng tổng cộng có sẵn của biểu.",
        total.id, (total.where, *where), total.quantity.value, added, total.unit,
    )  # fmt: skip
