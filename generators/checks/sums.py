"""What adds up: parts to their line, rows to their total, totals to a greater one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generators.checks.parts import groups_of, inner_parts
from generators.checks.report import Report
from generators.checks.telling import digits, places, said_places, say
from generators.kinds import TotalSpec
from generators.model import ERROR, NOTE, Figure, Figures, Finding, Line
from generators.spans import adds_up, cut_span, overlap, span_of

_MEND_TOTAL = (
    "Hãy sửa tổng nếu tổng ghi sai, hoặc bổ sung dòng còn thiếu, sửa dòng ghi sai nếu tổng "
    "đúng; cũng có thể để trống tổng để phần mềm tự cộng."
)


def check_parts(report: Report) -> Iterator[Finding]:
    """A line is the sum of its parts, in value and in money, at every level.

    Blank: a line that states no number is given its parts' sum; parts of which one is blank
    have no sum and are not compared.
    """
    for line in report.every_line:
        for name in ("value", "amount"):
            for total in _sums_of_parts(report, line, name):
                stated = report.figures[f"{line.key}.{name}"]
                yield from _unequal("sum.parts", stated, total, report.figures,
                                    _with_inner(report, line, stated, total))  # fmt: skip


def _sums_of_parts(report: Report, line: Line, name: str) -> Iterator[Figure]:
    for index in range(len(line.parts)):
        nth = f"_{index + 1}" if index else ""
        if figure := report.figure(line, f"parts_{name}{nth}"):
            yield figure


def _with_inner(report: Report, line: Line, stated: Figure, total: Figure) -> str:
    """Say so where the parts add up without one that is called "trong đó …"."""
    for parts in groups_of(line):
        inner = [f"{part.key}.{stated.id.rpartition('.')[2]}" for part in inner_parts(parts)]
        others = [report.figures[part] for part in total.made_from if part not in inner]
        named = set(inner) & set(total.made_from)
        if named and others and adds_up(stated, others, report.figures):
            return " Không tính phần ghi là «trong đó» thì các phần cộng lại đúng bằng tổng."
    return ""


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
    if least <= span_of(whole, figures, cut_span)[1]:
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
    near = adds_up(stated, [total], figures)
    if near and stated.where:
        yield from _rounded_total(stated, total, figures)
    if near:
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


def _rounded_total(stated: Figure, total: Figure, figures: Figures) -> Iterator[Finding]:
    """A total that is its parts only as it was rounded: told where digits were cut off, or many."""
    gap = abs(stated.quantity.value - total.quantity.value)
    hedged = stated.quantity.hedge or total.quantity.hedge
    small = overlap(span_of(stated, figures), span_of(total, figures)) and (
        gap * _A_HUNDREDTH <= stated.quantity.value)  # fmt: skip
    if hedged or not gap or small:
        return
    yield Finding(
        "sum.rounded", NOTE, stated.where,
        f"{stated.label}: tổng ghi ở {stated.where} là {say(stated)}, các phần "
        f"({said_places(total, figures)}) cộng lại là {say(total)}, chênh {digits(gap)} "
        f"{total.unit}: khớp khi coi số ghi là số đã làm tròn hoặc bỏ bớt chữ số sau.",
        "Nếu đúng là số làm tròn thì không cần sửa; muốn in số đúng, hãy ghi đủ chữ số hoặc để trống "
        "tổng để phần mềm tự cộng.",
        stated.id, (stated.where, *places(total, figures)),
        stated.quantity.value, total.quantity.value, stated.unit,
    )  # fmt: skip


_A_HUNDREDTH = 100


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
    if least <= span_of(whole, report.figures, cut_span)[1] or not whole.where:
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
