"""What must be true of a report's figures: a flat list of small checks with one signature.

Each check says what it does when a side is blank: unless noted it is silent then, for blank
is never zero. Numbers agree when what their words allow ("trên 6 tỷ") overlaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from generators.kinds import ReportKind
from generators.model import ERROR, Figure, Figures, Finding, Line, PeriodData, Quantity

Check = Callable[[PeriodData, Figures, ReportKind], Iterator[Finding]]
Span = tuple[Decimal, Decimal]

_SWAP = str.maketrans(",.", ".,")


def run_checks(data: PeriodData, figures: Figures, kind: ReportKind) -> tuple[Finding, ...]:
    """Return the findings of every check, in the order of ``CHECKS``."""
    return tuple(finding for check in CHECKS for finding in check(data, figures, kind))


def check_parts(data: PeriodData, figures: Figures, kind: ReportKind) -> Iterator[Finding]:
    """A line is the sum of its parts, in value and in money, at every level."""
    for figure in figures.values():
        stem, _, name = figure.id.rpartition(".")
        if name.startswith(("parts_value", "parts_amount")):
            stated = figures[f"{stem}.{name.split('_')[1]}"]
            yield from _unequal("sum.parts", stated, figure, figures)


def check_totals(data: PeriodData, figures: Figures, kind: ReportKind) -> Iterator[Finding]:
    """A stated total is the sum of the rows given for it."""
    for spec in kind.totals:
        for name in ("value", "amount"):
            stated, total = figures.get(f"{spec.code}.{name}"), figures.get(f"{spec.code}.sum_{name}")
            if stated and total:
                yield from _unequal("sum.total", stated, total, figures)


def _unequal(code: str, stated: Figure, total: Figure, figures: Figures) -> Iterator[Finding]:
    span = _sum_of_spans(total, figures)
    if _overlap(stated.quantity.span, span):
        return
    gap = stated.quantity.value - total.quantity.value
    more = "lớn hơn" if gap > 0 else "nhỏ hơn"
    parts = ", ".join(where for p in total.made_from if (where := figures[p].where))
    yield Finding(
        code, ERROR, stated.where,
        f"{stated.label}: tổng ghi ở {stated.where} là {_say(stated)}, trong khi các phần "
        f"({parts}) cộng lại là {_say(total)}; số ghi {more} {_digits(abs(gap))} {total.unit}.",
        "Hãy sửa tổng nếu tổng ghi sai, hoặc bổ sung dòng còn thiếu, sửa dòng ghi sai nếu tổng "
        "đúng; cũng có thể để trống tổng để phần mềm tự cộng.",
    )  # fmt: skip


def _sum_of_spans(total: Figure, figures: Figures) -> Span:
    spans = [figures[part].quantity.span for part in total.made_from]
    return sum((s[0] for s in spans), Decimal(0)), sum((s[1] for s in spans), Decimal(0))


def check_of_which(data: PeriodData, figures: Figures, kind: ReportKind) -> Iterator[Finding]:
    """None of what a line has "trong đó" exceeds the line."""
    for line in _every_line(data.lines):
        for inner in line.of_which:
            if inner.unit == line.unit:
                yield from _exceeding(figures, f"{inner.key}.value", f"{line.key}.value")
            yield from _exceeding(figures, f"{inner.key}.amount", f"{line.key}.amount")


def check_whole(data: PeriodData, figures: Figures, kind: ReportKind) -> Iterator[Finding]:
    """A value does not exceed the whole it is a share of."""
    for line in _every_line(data.lines):
        for index in range(len(line.whole)):
            name = "whole" + (f"_{index + 1}" if index else "")
            yield from _exceeding(figures, f"{line.key}.value", f"{line.key}.{name}")


def _exceeding(figures: Figures, inner: str, outer: str) -> Iterator[Finding]:
    part, whole = figures.get(inner), figures.get(outer)
    if part is None or whole is None or part.quantity.span[0] <= whole.quantity.span[1]:
        return
    yield Finding(
        "sum.part_exceeds_whole", ERROR, part.where,
        f"{part.label}: {_say(part)} ở {part.where} lớn hơn số bao gồm nó, {_say(whole)} "
        f"({whole.label}, {whole.where}).",
        "Hãy kiểm tra lại hai số: phần không thể lớn hơn toàn bộ.",
    )  # fmt: skip


def check_shares(data: PeriodData, figures: Figures, kind: ReportKind) -> Iterator[Finding]:
    """A stated share is the computed one, within the precision it is written to."""
    for figure in figures.values():
        if not figure.id.endswith("_share_stated"):
            continue
        computed = figures.get(figure.id.removesuffix("_stated"))
        if computed and not _overlap(_written_span(figure.quantity), _loose(computed.quantity)):
            yield Finding(
                "share.stated", ERROR, figure.where,
                f"{figure.label}: ghi {_digits(figure.quantity.value)}%, trong khi tính ra "
                f"{_digits(round(computed.quantity.value, 2))}% ({computed.rule}).",
                "Hãy sửa tỷ lệ, hoặc kiểm tra lại kết quả và kế hoạch, tổng số; cũng có thể để "
                "trống tỷ lệ để phần mềm tự tính.",
            )  # fmt: skip


def _written_span(quantity: Quantity) -> Span:
    """What a written number may stand for: rounded or cut off at its last digit."""
    if quantity.hedge:
        return quantity.span
    exponent = quantity.value.as_tuple().exponent
    unit = Decimal(1).scaleb(min(0, int(exponent)))
    return quantity.value - unit / 2, quantity.value + unit


def _loose(quantity: Quantity) -> Span:
    return quantity.span if quantity.hedge else (quantity.value, quantity.value)


def check_movement(data: PeriodData, figures: Figures, kind: ReportKind) -> Iterator[Finding]:
    """Opening + increase − decrease is the closing number; silent unless all four are given."""
    for line in _every_line(data.lines):
        moved = (line.opening, line.increase, line.decrease)
        if line.closing is None or any(quantity is None for quantity in moved):
            continue
        opening, increase, decrease = (q.span for q in moved if q is not None)
        span = opening[0] + increase[0] - decrease[1], opening[1] + increase[1] - decrease[0]
        if not _overlap(span, line.closing.span):
            yield Finding(
                "sum.movement", ERROR, line.closing.where,
                f"{line.label}: đầu kỳ + tăng − giảm = {_digits(span[0])} {line.unit}, khác số "
                f"cuối kỳ {_digits(line.closing.value)} {line.unit} ở {line.closing.where}.",
                "Hãy kiểm tra lại số đầu kỳ, tăng, giảm và cuối kỳ.",
            )  # fmt: skip


def check_required(data: PeriodData, figures: Figures, kind: ReportKind) -> Iterator[Finding]:
    """Every line the kind requires is there, with a number or a status."""
    given = {line.code for line in data.lines}
    for spec in kind.lines:
        if spec.required and spec.code not in given:
            yield Finding("line.required", ERROR, "", f"Thiếu chỉ tiêu bắt buộc «{spec.label}».",
                          "Hãy ghi số liệu, hoặc ghi trạng thái như «không phát sinh».")  # fmt: skip


CHECKS: tuple[Check, ...] = (
    check_parts, check_totals, check_of_which, check_whole, check_shares, check_movement,
    check_required,
)  # fmt: skip


# ---------------------------------------------------------------- what checks share


def _every_line(lines: tuple[Line, ...]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from _every_line((*line.parts, *line.of_which))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _say(figure: Figure) -> str:
    hedge = f"{figure.quantity.hedge} " if figure.quantity.hedge else ""
    return f"{hedge}{_digits(figure.quantity.value)} {figure.unit}"


def _digits(value: Decimal) -> str:
    return f"{value.normalize():,f}".translate(_SWAP) if value else "0"
