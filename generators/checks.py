"""What must be true of a report's figures: a flat list of small checks with one signature.

Each check says what it does when a side is blank: unless noted it is silent then, for blank
is never zero. Numbers agree when what their words allow ("trên 6 tỷ") overlaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from generators.kinds import ReportKind
from generators.model import ERROR, NOTE, Figure, Figures, Finding, Line, PeriodData, Quantity

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
            stated = figures.get(f"{spec.code}.{name}")
            total = figures.get(f"{spec.code}.sum_{name}")
            if stated and total:
                yield from _unequal("sum.total", stated, total, figures)


def _unequal(code: str, stated: Figure, total: Figure, figures: Figures) -> Iterator[Finding]:
    if _overlap(_span(stated, figures), _span(total, figures)):
        return
    if not stated.where:
        yield _two_sums(code, stated, total, figures)
        return
    gap = stated.quantity.value - total.quantity.value
    more = "lớn hơn" if gap > 0 else "nhỏ hơn"
    parts = ", ".join(_places(total, figures))
    yield Finding(
        code, ERROR, stated.where,
        f"{stated.label}: tổng ghi ở {stated.where} là {_say(stated)}, trong khi các phần "
        f"({parts}) cộng lại là {_say(total)}; số ghi {more} {_digits(abs(gap))} {total.unit}.",
        "Hãy sửa tổng nếu tổng ghi sai, hoặc bổ sung dòng còn thiếu, sửa dòng ghi sai nếu tổng "
        "đúng; cũng có thể để trống tổng để phần mềm tự cộng.",
    )  # fmt: skip


def _two_sums(code: str, one: Figure, other: Figure, figures: Figures) -> Finding:
    """Two breakdowns of one line, neither of them stated, that disagree."""
    first, second = (_places(figure, figures) for figure in (one, other))
    return Finding(
        code, ERROR, (second or first)[0],
        f"{one.label}: các phần ({', '.join(first)}) cộng lại là {_say(one)}, trong khi cách "
        f"chia khác ({', '.join(second)}) cộng lại là {_say(other)}.",
        "Hãy bổ sung dòng còn thiếu hoặc sửa dòng ghi sai, để hai cách chia cho cùng một tổng.",
    )  # fmt: skip


def _places(figure: Figure, figures: Figures) -> list[str]:
    """The places a figure was read from, or those of what it was made of."""
    if figure.where:
        return [figure.where]
    return [place for part in figure.made_from for place in _places(figures[part], figures)]


def _span(figure: Figure, figures: Figures) -> Span:
    """What the figure may be; a sum may be whatever its parts may."""
    if not figure.rule.startswith("tổng"):
        return figure.quantity.span
    spans = [_span(figures[part], figures) for part in figure.made_from]
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
    if part is None or whole is None or _span(part, figures)[0] <= _span(whole, figures)[1]:
        return
    inside, around = (", ".join(_places(figure, figures)) for figure in (part, whole))
    yield Finding(
        "sum.part_exceeds_whole", ERROR, _places(part, figures)[0],
        f"{part.label}: {_say(part)} ở {inside} lớn hơn số bao gồm nó, {_say(whole)} "
        f"({whole.label}, {around}).",
        "Hãy kiểm tra lại hai số: phần không thể lớn hơn toàn bộ.",
    )  # fmt: skip


def check_shares(data: PeriodData, figures: Figures, kind: ReportKind) -> Iterator[Finding]:
    """A stated share is the computed one, within the precision it is written to."""
    for figure in figures.values():
        if not figure.id.endswith("_share_stated"):
            continue
        computed = figures.get(figure.id.removesuffix("_stated"))
        if computed and not _overlap(_written_span(figure.quantity), computed.quantity.span):
            yield Finding(
                "share.stated", ERROR, figure.where,
                f"{figure.label}: ghi {_digits(figure.quantity.value)}%, trong khi tính ra "
                f"{_digits(_rounded(computed.quantity.value))}% ({computed.rule}).",
                "Hãy sửa tỷ lệ, hoặc kiểm tra lại kết quả và kế hoạch, tổng số; cũng có thể để "
                "trống tỷ lệ để phần mềm tự tính.",
            )  # fmt: skip


def check_changes(data: PeriodData, figures: Figures, kind: ReportKind) -> Iterator[Finding]:
    """A stated rise or fall is the computed one, in % or in the line's unit."""
    for figure in figures.values():
        if not figure.id.endswith("_change_stated"):
            continue
        suffix = "_share" if figure.unit == "%" else ""
        computed = figures.get(figure.id.removesuffix("_stated") + suffix)
        if computed and not _overlap(_written_span(figure.quantity), computed.quantity.span):
            yield Finding(
                "change.stated", ERROR, figure.where,
                f"{figure.label}: ghi {_moved(figure)}, trong khi tính ra "
                f"{_moved(computed)} ({computed.rule}).",
                "Hãy sửa mức tăng, giảm, hoặc kiểm tra lại kết quả và số cùng kỳ; cũng có thể để "
                "trống mức tăng, giảm để phần mềm tự tính.",
            )  # fmt: skip


def _moved(figure: Figure) -> str:
    value = _rounded(figure.quantity.value)
    verb = "tăng" if value > 0 else "giảm"
    unit = figure.unit if figure.unit == "%" else f" {figure.unit}"
    return f"{verb} {_digits(abs(value))}{unit}" if value else "không đổi"


def _written_span(quantity: Quantity) -> Span:
    """What a written number may stand for: rounded or cut off at its last digit."""
    if quantity.value < 0:
        low, high = _written_span(replace(quantity, value=-quantity.value))
        return -high, -low
    if quantity.hedge:
        return quantity.span
    exponent = quantity.value.as_tuple().exponent
    unit = Decimal(1).scaleb(min(0, int(exponent)))
    return quantity.value - unit / 2, quantity.value + unit


def check_movement(data: PeriodData, figures: Figures, kind: ReportKind) -> Iterator[Finding]:
    """Opening + increase − decrease is the closing number, or the value where there is none.

    Silent unless opening, increase and decrease are all given.
    """
    for line in _every_line(data.lines):
        if not (line.opening and line.increase and line.decrease):
            continue
        opening, increase, decrease = line.opening.span, line.increase.span, line.decrease.span
        span = opening[0] + increase[0] - decrease[1], opening[1] + increase[1] - decrease[0]
        end = line.opening.value + line.increase.value - line.decrease.value
        fault = _fault_of_end(line, span)
        if fault:
            yield Finding(
                "sum.movement", ERROR, (line.closing or line.decrease).where,
                f"{line.label}: đầu kỳ + tăng − giảm = {_digits(end)} {line.unit}, {fault}.",
                "Hãy kiểm tra lại số đầu kỳ, tăng, giảm và cuối kỳ.",
            )  # fmt: skip


def _fault_of_end(line: Line, span: Span) -> str:
    if line.closing and not _overlap(span, line.closing.span):
        return (f"khác số cuối kỳ {_digits(line.closing.value)} {line.unit} "
                f"ở {line.closing.where}")  # fmt: skip
    return "nhỏ hơn 0" if span[1] < 0 else ""


def check_closing(data: PeriodData, figures: Figures, kind: ReportKind) -> Iterator[Finding]:
    """The result of a stock is its number at the period's end."""
    for line in data.lines:
        spec = kind.line.get(line.code)
        if not (spec and spec.nature == "stock" and line.value and line.closing):
            continue
        if not _overlap(line.value.span, line.closing.span):
            yield Finding(
                "sum.closing", ERROR, line.value.where,
                f"{line.label}: kết quả {_digits(line.value.value)} {line.unit} ở "
                f"{line.value.where}, khác số cuối kỳ {_digits(line.closing.value)} {line.unit} "
                f"ở {line.closing.where}.",
                "Hãy giữ một trong hai số, hoặc sửa cho bằng nhau.",
            )  # fmt: skip


def check_totals_complete(
    data: PeriodData, figures: Figures, kind: ReportKind
) -> Iterator[Finding]:
    """A total of money is told to be missing where only some of its rows have money."""
    told: set[str] = set()
    for spec in kind.totals:
        rows = [line for line in data.lines if line.code in spec.of and not line.status]
        bare = [line for line in rows if f"{line.key}.amount" not in figures
                and _counts(figures.get(f"{line.key}.value"))]  # fmt: skip
        lacking = bare and len(bare) < len(rows) and f"{spec.code}.amount" not in figures
        if lacking and not told.issuperset(line.key for line in bare):
            told.update(line.key for line in bare)
            names = "; ".join(f"{line.label} ({line.where})" for line in bare)
            yield Finding(
                "total.incomplete", NOTE, bare[0].where,
                f"«{spec.label}»: chưa tính được kinh phí vì có dòng chưa ghi kinh phí: {names}.",
                "Hãy ghi kinh phí của các dòng đó nếu cần tổng; nếu không, cứ để nguyên.",
            )  # fmt: skip


def _counts(figure: Figure | None) -> bool:
    return figure is None or figure.quantity.value > 0


def check_required(data: PeriodData, figures: Figures, kind: ReportKind) -> Iterator[Finding]:
    """Every line the kind requires is there, with a number or a status."""
    given = {line.code for line in data.lines}
    for spec in kind.lines:
        if spec.required and spec.code not in given:
            yield Finding("line.required", ERROR, "", f"Thiếu chỉ tiêu bắt buộc «{spec.label}».",
                          "Hãy ghi số liệu, hoặc ghi trạng thái như «không phát sinh».")  # fmt: skip


CHECKS: tuple[Check, ...] = (
    check_parts, check_totals, check_of_which, check_whole, check_shares, check_changes,
    check_movement, check_closing, check_required, check_totals_complete,
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


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _digits(value: Decimal) -> str:
    return f"{value.normalize():,f}".translate(_SWAP) if value else "0"
