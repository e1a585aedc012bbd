"""What lies inside another number, and cannot exceed it: "trong đó", a value and its whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generators.checks.report import Report
from generators.checks.telling import digits, places, said_places, say
from generators.model import ERROR, NOTE, Figure, Figures, Finding
from generators.spans import cut_span, span_of


def check_of_which(report: Report) -> Iterator[Finding]:
    """None of what a line has "trong đó" exceeds the line.

    Blank: not compared, on either side.
    """
    for line in report.every_line:
        for inner in line.of_which:
            if inner.unit == line.unit:
                yield from _exceeding(report, f"{inner.key}.value", f"{line.key}.value")
            yield from _exceeding(report, f"{inner.key}.amount", f"{line.key}.amount")


def check_overlaps(report: Report) -> Iterator[Finding]:
    """Where all that a line has "trong đó" comes to more than the line, it is told: they overlap.

    Blank: what is known is added, as the least that they come to.
    """
    for line in report.every_line:
        for name in ("value", "amount"):
            whole = report.figure(line, name)
            some = [figure for inner in line.of_which if name == "amount" or inner.unit == line.unit
                    if (figure := report.figure(inner, name))]  # fmt: skip
            if whole and len(some) > 1:
                yield from _overlapping(report, whole, some)


def _overlapping(report: Report, whole: Figure, some: list[Figure]) -> Iterator[Finding]:
    spans = [span_of(figure, report.figures) for figure in some]
    most = span_of(whole, report.figures, cut_span)[1]
    if sum(low for low, _ in spans) <= most or any(low > most for low, _ in spans):
        return
    total = sum((figure.quantity.value for figure in some), Decimal(0))
    where = tuple(place for figure in some for place in places(figure, report.figures))
    yield Finding(
        "sum.of_which", NOTE, places(whole, report.figures)[0],
        f"{whole.label}: các dòng «trong đó» ({', '.join(where)}) cộng lại là {digits(total)} "
        f"{whole.unit}, lớn hơn {say(whole)}: một số được tính ở nhiều dòng, hoặc có số ghi sai.",
        "Nếu các nhóm trùng nhau thì không cần sửa; nếu không, hãy kiểm tra lại và ghi các dòng đó "
        "là «Chia ra» để được cộng và đối chiếu.",
        whole.id, (*places(whole, report.figures), *where),
        whole.quantity.value, total, whole.unit,
    )  # fmt: skip


def check_whole(report: Report) -> Iterator[Finding]:
    """A value does not exceed the whole it is a share of.

    Blank: not compared, on either side.
    """
    for line in report.every_line:
        for index in range(len(line.whole)):
            name = "whole" + (f"_{index + 1}" if index else "")
            yield from _exceeding(report, f"{line.key}.value", f"{line.key}.{name}")
            yield from _exceeding(report, f"{line.key}.amount", f"{line.key}.{name}_amount")


def _fits_in(part: Figure, whole: Figure, figures: Figures) -> bool:
    return span_of(part, figures)[0] <= span_of(whole, figures, cut_span)[1]


def _exceeding(report: Report, inner: str, outer: str) -> Iterator[Finding]:
    figures = report.figures
    part, whole = figures.get(inner), figures.get(outer)
    if part is None or whole is None or _fits_in(part, whole, figures):
        return
    inside, around = said_places(part, figures), said_places(whole, figures)
    yield Finding(
        "sum.part_exceeds_whole", ERROR, places(part, figures)[0],
        f"{part.label}: {say(part)} ở {inside} lớn hơn số bao gồm nó, {say(whole)} "
        f"({whole.label}, {around}).",
        "Hãy kiểm tra lại hai số: phần không thể lớn hơn toàn bộ.",
        part.id, (*places(part, figures), *places(whole, figures)),
        part.quantity.value, whole.quantity.value, part.unit,
    )  # fmt: skip
