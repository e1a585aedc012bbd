"""What is told more than once, or of one thing in several lines, must agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from generators.checks.report import Report
from generators.checks.telling import digits, overlap, places, said_places, say, span_of
from generators.folding import fold
from generators.kinds import Relation
from generators.model import ERROR, WARNING, Figure, Finding, Line

_TELLING_LABEL = 3  # words; "Tổng số" names nothing, and may stand in every section
_ROUND = 2  # digits; 100 gifts of 500.000 đồng may well be given twice


def check_told_twice(report: Report) -> Iterator[Finding]:
    """A result told in two lines of the same name, in two sections, is the same in both.

    Blank: not compared, on either side.
    """
    for lines in _grouped(report.data.lines, _named):
        if len(fold(lines[0].label).split()) >= _TELLING_LABEL:
            for other in lines[1:]:
                for name in ("value", "amount"):
                    yield from _told_twice(report, lines[0], other, name)


def _grouped(lines: Iterable[Line], key: Callable[[Line], object]) -> list[list[Line]]:
    """The lines that share a key, one list for each; in the order they are given."""
    groups: dict[object, list[Line]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    return list(groups.values())


def _named(line: Line) -> tuple[str, ...]:
    about = (line.label, line.unit, line.giver, line.group, line.occasion, line.round)
    return tuple(map(fold, about))


def _told_twice(report: Report, one: Line, other: Line, name: str) -> Iterator[Finding]:
    first, second = report.figure(one, name), report.figure(other, name)
    figures = report.figures
    if not (first and second) or overlap(span_of(first, figures), span_of(second, figures)):
        return
    yield Finding(
        "figure.told_twice", ERROR, places(second, figures)[0],
        f"{second.label}: ghi {say(second)} ở {said_places(second, figures)}, trong khi ở "
        f"{said_places(first, figures)} ghi {say(first)}.",
        "Hãy giữ một trong hai số; nếu là hai kết quả khác nhau, đặt tên khác nhau cho hai dòng.",
        second.id, (*places(first, figures), *places(second, figures)),
        second.quantity.value, first.quantity.value, second.unit,
    )  # fmt: skip


def check_two_sources(report: Report) -> Iterator[Finding]:
    """The same people and the same sum, to the đồng, are not told under two givers or sources.

    Blank: not compared, on either side.
    """

    def paid(line: Line) -> object:
        value, money = report.figure(line, "value"), report.figure(line, "amount")
        if not (value and money) or _is_round(money.quantity.value):
            return line.key
        numbers = (value.quantity.value, value.quantity.hedge, money.quantity.value)
        return line.section, line.unit, fold(line.group), fold(line.round), numbers

    for lines in _grouped(report.data.lines, paid):
        one = lines[0]
        for other in lines[1:]:
            if fold(one.giver or one.source) != fold(other.giver or other.source):
                yield _one_sum(report, one, other)


def _is_round(money: Decimal) -> bool:
    """Whether a sum has so few digits that it may well be given twice."""
    return len(f"{money.normalize():E}".split("E")[0].replace(".", "")) <= _ROUND


def _one_sum(report: Report, one: Line, other: Line) -> Finding:
    value, money = report.figures[f"{other.key}.value"], report.figures[f"{other.key}.amount"]
    return Finding(
        "figure.two_sources", WARNING, other.where,
        f"«{one.label}» ({one.where}) và «{other.label}» ({other.where}) cùng là {say(value)}, "
        f"{say(money)}: có thể một khoản được kể hai lần dưới hai nguồn.",
        "Nếu là một khoản, hãy giữ một dòng; nếu là hai khoản, xác nhận và ghi lý do.",
        money.id, (one.where, other.where),
        money.quantity.value, money.quantity.value, "đồng",
    )  # fmt: skip


def check_overlapping_people(report: Report) -> Iterator[Finding]:
    """What several givers gave adds up to "lượt người": the same person may be in each.

    Blank: nothing to tell.
    """
    for line in report.every_line:
        givers = {fold(part.giver) for part in line.parts if part.giver}
        if line.unit == "người" and len(givers) > 1:
            where = tuple(part.where for part in line.parts)
            yield Finding(
                "unit.overlapping", WARNING, line.where,
                f"{line.label}: cộng người nhận của {len(givers)} nguồn thành «người», trong khi "
                "một người có thể nhận của nhiều nguồn.",
                "Hãy ghi đơn vị tính là «lượt người», hoặc xác nhận rằng không ai nhận hai lần.",
                line.key, (line.where, *where), unit=line.unit,
            )  # fmt: skip


def check_free_totals(report: Report) -> Iterator[Finding]:
    """A line of the clerk's own that is called a grand total is the sum of its section's lines.

    Blank: a section in which a line of the same unit is blank is not added up.
    """
    for line in report.data.lines:
        value, rows = report.figure(line, "value"), _rows_of_total(report, line)
        found = [report.figure(row, "value") for row in rows]
        known = [figure for figure in found if figure]
        if not value or not value.where or len(rows) < _A_SUM or len(known) < len(rows):
            continue
        spans = [span_of(figure, report.figures) for figure in known]
        span = sum((s[0] for s in spans), Decimal(0)), sum((s[1] for s in spans), Decimal(0))
        if not overlap(span_of(value, report.figures), span):
            yield _free_total(report, value, known)


_A_SUM = 2


def _rows_of_total(report: Report, line: Line) -> list[Line]:
    """The lines of its section that a free line called "Tổng cộng …" adds up."""
    if line.code or line.parts or not fold(line.label).startswith("tong cong"):
        return []
    about = fold(line.label).removeprefix("tong cong").strip()
    rows = []
    for row in report.data.lines:
        spec = report.spec(row)
        units = {row.unit, spec.adds_as if spec else ""}
        if (
            row is not line
            and row.section == line.section
            and line.unit in units
            and not row.status
        ):
            rows.append((fold(spec.label if spec else row.label), row))
    named = [row for label, row in rows if about and (about in label or label in about)]
    return named or ([row for _, row in rows] if not about else [])


def _free_total(report: Report, value: Figure, rows: list[Figure]) -> Finding:
    total = sum((row.quantity.value for row in rows), Decimal(0))
    where = tuple(place for row in rows for place in places(row, report.figures))
    return Finding(
        "sum.free_total", WARNING, value.where,
        f"{value.label}: ghi {say(value)} ở {value.where}, trong khi các dòng cùng loại trong mục "
        f"({', '.join(where)}) cộng lại là {digits(total)} {value.unit}.",
        "Hãy sửa tổng, bổ sung dòng còn thiếu, hoặc dùng dòng tổng cộng có sẵn của biểu.",
        value.id, (value.where, *where), value.quantity.value, total, value.unit,
    )  # fmt: skip


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
