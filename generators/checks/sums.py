"""What adds up: parts to their line, rows to their total, movements to their end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generators.checks.report import Report
from generators.checks.telling import (
    Span,
    digits,
    overlap,
    places,
    said_places,
    say,
    say_quantity,
    span_of,
)
from generators.kinds import TotalSpec
from generators.model import ERROR, NOTE, Figure, Figures, Finding, Line
from generators.sums import closing

_MEND_TOTAL = (
    "Hãy sửa tổng nếu tổng ghi sai, hoặc bổ sung dòng còn thiếu, sửa dòng ghi sai nếu tổng "
    "đúng; cũng có thể để trống tổng để phần mềm tự cộng."
)


def check_parts(report: Report) -> Iterator[Finding]:
    """A line is the sum of its parts, in value and in money, at every level.

    Blank: a line that states no number is given its parts' sum; parts of which one is blank
    have no sum and are not compared.
    """
    for figure in report.figures.values():
        stem, _, name = figure.id.rpartition(".")
        if name.startswith(("parts_value", "parts_amount")):
            stated = report.figures[f"{stem}.{name.split('_')[1]}"]
            yield from _unequal("sum.parts", stated, figure, report.figures)


def check_known_parts(report: Report) -> Iterator[Finding]:
    """Parts of which some are blank do not exceed their line already.

    Blank: what is known of the parts is compared, as the least that they come to.
    """
    for line in report.every_line:
        for name in ("value", "amount"):
            whole = report.figure(line, name)
            known = [figure for part in line.parts if part.unit == line.unit or name == "amount"
                     if (figure := report.figure(part, name))]  # fmt: skip
            lacking = 0 < len(known) < len(line.parts) and len({p.by for p in line.parts}) == 1
            if whole and lacking and f"{line.key}.parts_{name}" not in report.figures:
                yield from _more_than(whole, known, report.figures)


def _more_than(whole: Figure, known: list[Figure], figures: Figures) -> Iterator[Finding]:
    least = sum((span_of(figure, figures)[0] for figure in known), Decimal(0))
    if least <= span_of(whole, figures)[1]:
        return
    total = sum((figure.quantity.value for figure in known), Decimal(0))
    where = tuple(place for figure in known for place in places(figure, figures))
    yield Finding(
        "sum.parts_exceed", ERROR, (whole.where or where[0]),
        f"{whole.label}: tổng ghi là {say(whole)}, trong khi riêng các phần đã có số "
        f"({', '.join(where)}) cộng lại là {digits(total)} {whole.unit}.",
        _MEND_TOTAL,
        whole.id, (*places(whole, figures), *where), whole.quantity.value, total, whole.unit,
    )  # fmt: skip


def check_totals(report: Report) -> Iterator[Finding]:
    """A stated total is the sum of the rows given for it.

    Blank: a total left blank is summed; rows of which one has no money have no sum.
    """
    for spec in report.kind.totals:
        for name in ("value", "amount"):
            stated = report.figures.get(f"{spec.code}.{name}")
            total = report.figures.get(f"{spec.code}.sum_{name}")
            if stated and total:
                yield from _unequal("sum.total", stated, total, report.figures,
                                    _doubled(report, spec, name, stated))  # fmt: skip


def _doubled(report: Report, spec: TotalSpec, name: str, stated: Figure) -> str:
    """Say so where the total is that of its rows and of what they are made of, together."""
    rows = [line for line in report.data.lines if line.code in spec.of]
    found = [report.figure(line, name) for row in rows
             for line in (row, *row.parts, *row.of_which)]  # fmt: skip
    everything = sum((figure.quantity.value for figure in found if figure), Decimal(0))
    inner = any(row.parts or row.of_which for row in rows)
    return (" Số ghi đúng bằng tổng khi cộng cả dòng cha lẫn các dòng con của nó."
            if inner and everything == stated.quantity.value else "")  # fmt: skip


def _unequal(
    code: str, stated: Figure, total: Figure, figures: Figures, hint: str = ""
) -> Iterator[Finding]:
    if overlap(span_of(stated, figures), span_of(total, figures)):
        return
    if not stated.where:
        yield _two_sums(code, stated, total, figures)
        return
    gap = stated.quantity.value - total.quantity.value
    more = "lớn hơn" if gap > 0 else "nhỏ hơn"
    yield Finding(
        code, ERROR, stated.where,
        f"{stated.label}: tổng ghi ở {stated.where} là {say(stated)}, trong khi các phần "
        f"({said_places(total, figures)}) cộng lại là {say(total)}; số ghi {more} "
        f"{digits(abs(gap))} {total.unit}.{hint}{_turned(stated, total)}",
        _MEND_TOTAL,
        stated.id, (stated.where, *places(total, figures)),
        stated.quantity.value, total.quantity.value, stated.unit,
    )  # fmt: skip


def _turned(stated: Figure, total: Figure) -> str:
    """Say so where two digits side by side changed places: 33,91 for 33,19."""
    one, other = digits(stated.quantity.value), digits(total.quantity.value)
    wrong = [index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(wrong) != _A_PAIR:
        return ""
    first, second = wrong
    near = not any(char.isdigit() for char in one[first + 1 : second])
    swapped = near and one[first] == other[second] and one[second] == other[first]
    return " Có thể hai chữ số đã bị gõ đảo chỗ." if swapped else ""


_A_PAIR = 2


def _two_sums(code: str, one: Figure, other: Figure, figures: Figures) -> Finding:
    """Two breakdowns of one line, neither of them stated, that disagree."""
    first, second = (said_places(figure, figures) for figure in (one, other))
    where = (*places(one, figures), *places(other, figures))
    return Finding(
        code, ERROR, (places(other, figures) or places(one, figures))[0],
        f"{one.label}: các phần ({first}) cộng lại là {say(one)}, trong khi cách "
        f"chia khác ({second}) cộng lại là {say(other)}.",
        "Hãy bổ sung dòng còn thiếu hoặc sửa dòng ghi sai, để hai cách chia cho cùng một tổng.",
        other.id, where, one.quantity.value, other.quantity.value, one.unit,
    )  # fmt: skip


def check_of_which(report: Report) -> Iterator[Finding]:
    """None of what a line has "trong đó" exceeds the line.

    Blank: not compared, on either side.
    """
    for line in report.every_line:
        for inner in line.of_which:
            if inner.unit == line.unit:
                yield from _exceeding(report, f"{inner.key}.value", f"{line.key}.value")
            yield from _exceeding(report, f"{inner.key}.amount", f"{line.key}.amount")


def check_whole(report: Report) -> Iterator[Finding]:
    """A value does not exceed the whole it is a share of.

    Blank: not compared, on either side.
    """
    for line in report.every_line:
        for index in range(len(line.whole)):
            name = "whole" + (f"_{index + 1}" if index else "")
            yield from _exceeding(report, f"{line.key}.value", f"{line.key}.{name}")
            yield from _exceeding(report, f"{line.key}.amount", f"{line.key}.{name}_amount")


def _exceeding(report: Report, inner: str, outer: str) -> Iterator[Finding]:
    figures = report.figures
    part, whole = figures.get(inner), figures.get(outer)
    if part is None or whole is None or span_of(part, figures)[0] <= span_of(whole, figures)[1]:
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


def check_subtotals(report: Report) -> Iterator[Finding]:
    """A total is at least each total inside it, and their sum where they make it up.

    Blank: a total that is neither stated nor summed is not compared.
    """
    for outer in report.kind.totals:
        inside = [spec for spec in report.kind.totals
                  if spec is not outer and set(spec.of) < set(outer.of)]  # fmt: skip
        for name in ("value", "amount") if outer.unit else ("amount",):
            whole = report.figures.get(f"{outer.code}.{name}")
            parts = [figure for spec in inside if (name == "amount" or spec.unit == outer.unit)
                     if (figure := report.figures.get(f"{spec.code}.{name}"))]  # fmt: skip
            if whole and parts:
                yield from _below(report, whole, parts, _rows_outside(report, outer, inside))


def _rows_outside(report: Report, outer: TotalSpec, inside: Sequence[TotalSpec]) -> list[Line]:
    """The rows of a total that no total inside it counts."""
    counted = {code for spec in inside for code in spec.of}
    return [line for line in report.data.lines if line.code in set(outer.of) - counted]


def _below(
    report: Report, whole: Figure, parts: list[Figure], outside: list[Line]
) -> Iterator[Finding]:
    """A total that is less than what totals inside it and the rows beside them come to."""
    name = whole.id.rpartition(".")[2]
    beside = [figure for line in outside if (figure := report.figure(line, name))]
    counted = [*parts, *beside]
    least = sum((span_of(figure, report.figures)[0] for figure in counted), Decimal(0))
    if least <= span_of(whole, report.figures)[1] or not whole.where:
        return
    total = sum((figure.quantity.value for figure in counted), Decimal(0))
    named = "; ".join(f"{figure.label}: {say(figure)}" for figure in counted)
    where = tuple(dict.fromkeys(p for f in counted for p in places(f, report.figures)))
    yield Finding(
        "sum.subtotals", ERROR, whole.where,
        f"{whole.label}: tổng ghi ở {whole.where} là {say(whole)}, nhỏ hơn các tổng và dòng "
        f"nằm trong nó cộng lại, {digits(total)} {whole.unit} ({named}).",
        _MEND_TOTAL,
        whole.id, (whole.where, *where), whole.quantity.value, total, whole.unit,
    )  # fmt: skip


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


def check_totals_complete(report: Report) -> Iterator[Finding]:
    """A total of money is told to be missing where only some of its rows have money.

    Blank: this is the check that tells of it.
    """
    told: set[str] = set()
    for spec in report.kind.totals:
        rows = [line for line in report.data.lines if line.code in spec.of and not line.status]
        bare = [line for line in rows if not report.figure(line, "amount")
                and _counts(report.figure(line, "value"))]  # fmt: skip
        lacking = bare and len(bare) < len(rows) and f"{spec.code}.amount" not in report.figures
        if lacking and not told.issuperset(line.key for line in bare):
            told.update(line.key for line in bare)
            names = "; ".join(f"{line.label} ({line.where})" for line in bare)
            yield Finding(
                "total.incomplete", NOTE, bare[0].where,
                f"«{spec.label}»: chưa tính được kinh phí vì có dòng chưa ghi kinh phí: {names}.",
                "Hãy ghi kinh phí của các dòng đó nếu cần tổng; nếu không, cứ để nguyên.",
                f"{spec.code}.amount", tuple(line.where for line in bare),
            )  # fmt: skip


def _counts(figure: Figure | None) -> bool:
    return figure is None or figure.quantity.value > 0


def check_required(report: Report) -> Iterator[Finding]:
    """Every line the kind requires is there, with a number or a status.

    Blank: a required line that is missing is an error.
    """
    given = {line.code for line in report.data.lines}
    for spec in report.kind.lines:
        if spec.required and spec.code not in given:
            yield Finding("line.required", ERROR, "", f"Thiếu chỉ tiêu bắt buộc «{spec.label}».",
                          "Hãy ghi số liệu, hoặc ghi trạng thái như «không phát sinh».",
                          spec.code)  # fmt: skip
