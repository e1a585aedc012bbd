"""What moves and gathers: openings, rises, falls, closings, cumulative numbers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generators.checks.report import Report
from generators.checks.telling import (
    Span,
    digits,
    overlap,
    said_places,
    say,
    say_quantity,
    span_of,
)
from generators.model import ERROR, Figure, Finding, Line
from generators.sums import closing


def check_movement(report: Report) -> Iterator[Finding]:
    """Opening + increase − decrease is the closing number, and never below zero.

    Blank: not compared unless opening, increase and decrease are all given.
    """
    for line in report.every_line:
        if not (line.opening and line.increase and line.decrease):
            continue
        opening, increase, decrease = line.opening.span, line.increase.span, line.decrease.span
        span = opening[0] + increase[0] - decrease[1], opening[1] + increase[1] - decrease[0]
        end = line.opening.value + line.increase.value - line.decrease.value
        if fault := _fault_of_end(line, span):
            stated = line.closing.value if line.closing else Decimal(0)
            moves = (line.opening, line.increase, line.decrease, line.closing)
            yield Finding(
                "sum.movement", ERROR, (line.closing or line.decrease).where,
                f"{line.label}: đầu kỳ + tăng − giảm = {digits(end)} {line.unit}, {fault}.",
                "Hãy kiểm tra lại số đầu kỳ, tăng, giảm và cuối kỳ.",
                f"{line.key}.closing", tuple(move.where for move in moves if move),
                stated, end, line.unit,
            )  # fmt: skip


def _fault_of_end(line: Line, span: Span) -> str:
    if line.closing and not overlap(span, line.closing.span):
        return (f"khác số cuối kỳ {digits(line.closing.value)} {line.unit} "
                f"ở {line.closing.where}")  # fmt: skip
    return "nhỏ hơn 0" if span[1] < 0 else ""


def check_closing(report: Report) -> Iterator[Finding]:
    """The result of a stock is its number at the period's end.

    Blank: not compared, on either side.
    """
    for line in report.data.lines:
        spec, end = report.spec(line), closing(line)
        if not (spec and spec.nature == "stock" and line.value and end):
            continue
        if not overlap(line.value.span, end[0].span):
            where = tuple(report.figures[part].where for part in end[2])
            yield Finding(
                "sum.closing", ERROR, line.value.where,
                f"{line.label}: kết quả {say_quantity(line.value, line.unit)} ở "
                f"{line.value.where}, khác {end[1]} là {say_quantity(end[0], line.unit)} "
                f"ở {', '.join(where)}.",
                "Hãy giữ một trong hai số, hoặc sửa cho bằng nhau.",
                f"{line.key}.value", (line.value.where, *where),
                line.value.value, end[0].value, line.unit,
            )  # fmt: skip


def check_cumulative(report: Report) -> Iterator[Finding]:
    """What has gathered up to now is at least this period's part of it, and what it was before.

    Blank: not compared, on either side.
    """
    for line in report.every_line:
        value, gathered = report.figure(line, "value"), report.figure(line, "cumulative")
        spec = report.spec(line)
        if not gathered or (spec and spec.nature != "flow"):
            continue
        for earlier, said in _earlier(report, line, value):
            if span_of(gathered, report.figures)[1] < earlier.quantity.span[0]:
                yield _shrunk(gathered, earlier, said)


def _earlier(report: Report, line: Line, value: Figure | None) -> Iterator[tuple[Figure, str]]:
    if value:
        yield value, f"kết quả trong kỳ ở {said_places(value, report.figures)}"
    year = report.data.period.start.year
    for past in report.past:
        then = past.figures.get(f"{line.key}.cumulative")
        if then and past.period.end < report.data.period.end and past.period.end.year == year:
            yield then, f"lũy kế của kỳ {past.period.id}"


def _shrunk(gathered: Figure, earlier: Figure, said: str) -> Finding:
    return Finding(
        "sum.cumulative", ERROR, gathered.where,
        f"{gathered.label}: {say(gathered)} ở {gathered.where}, nhỏ hơn {said}, {say(earlier)}.",
        "Hãy kiểm tra lại hai số: lũy kế gồm cả kỳ này và các kỳ trước.",
        gathered.id, tuple(filter(None, (gathered.where, earlier.where))),
        gathered.quantity.value, earlier.quantity.value, gathered.unit,
    )  # fmt: skip
