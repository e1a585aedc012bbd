"""One thing told twice: a result in two lines, or one sum under two givers, sources or groups."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from generators.checks.report import Report
from generators.checks.telling import overlap, places, said_places, say, span_of
from generators.folding import fold
from generators.model import ERROR, WARNING, Figure, Finding, Line
from generators.terms import plain_lower

_TELLING_LABEL = 3  # words; "Tổng số" names nothing, and may stand in every section
_ROUND = 2  # digits; 100 gifts of 500.000 đồng may well be given twice
_USUAL_RATE, _FEW = Decimal(50_000), Decimal(100)  # few people at a usual rate are no sign
_FILLERS = frozenset(
    plain_lower("số tổng cộng lượt lượng đã được cho các những của tại là và trong kỳ").split()
)
_SAY_LITTLE = _FILLERS | frozenset(
    plain_lower(
        "có kết quả thực hiện kinh phí tiền chi trả hỗ trợ tặng trao nhận cấp giải ngân nguồn vốn"
        " người hộ trường hợp đối tượng suất phần"
    ).split()
)
_ALIKE = {"trao": "tặng", "nhận": "tặng", "biếu": "tặng"}


def check_told_twice(report: Report) -> Iterator[Finding]:
    """A result told in two lines of the same name, in two sections, is the same in both.

    Names that say no subject ("Kinh phí thực hiện") may stand in every section; where two say
    the same in other words ("Số hộ nghèo nhận quà"), it is only a doubt. Blank: not compared,
    on either side.
    """
    for lines in _grouped(report.data.lines, _named):
        if len(fold(lines[0].label).split()) >= _TELLING_LABEL and _names_a_subject(
            lines[0].label
        ):
            for other in lines[1:]:
                yield from _told_twice(report, lines[0], other, ERROR)
    for lines in _grouped(report.data.lines, _named_alike):
        one = lines[0]
        if len(_telling(one.label)) >= _TELLING_LABEL and _names_a_subject(one.label):
            for other in lines[1:]:
                if fold(other.label) != fold(one.label):
                    yield from _told_twice(report, one, other, WARNING)


def _grouped(lines: Iterable[Line], key: Callable[[Line], object]) -> list[list[Line]]:
    """The lines that share a key, one list for each; in the order they are given."""
    groups: dict[object, list[Line]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    return list(groups.values())


def _named(line: Line) -> tuple[str, ...]:
    return (fold(line.label), *_apart(line))


def _named_alike(line: Line) -> object:
    return (frozenset(_telling(line.label)), *_apart(line))


def _apart(line: Line) -> tuple[str, ...]:
    return tuple(map(fold, (line.unit, line.giver, line.group, line.occasion, line.round)))


def _names_a_subject(label: str) -> bool:
    """Whether it says of whom it is: "Hộ nghèo được tặng quà", not "Kinh phí thực hiện"."""
    return any(word not in _SAY_LITTLE for word in _words(label))


def _telling(label: str) -> list[str]:
    """The words that two labels of one thing share, of "trao", "nhận" and "tặng" one."""
    return [_ALIKE.get(word, word) for word in _words(label) if word not in _FILLERS]


def _words(label: str) -> list[str]:
    return re.findall(r"\w+", plain_lower(label))


def _told_twice(report: Report, one: Line, other: Line, severity: str) -> Iterator[Finding]:
    for name in ("value", "amount"):
        first, second = report.figure(one, name), report.figure(other, name)
        if first and second:
            yield from _differ(report, first, second, severity)


def _differ(report: Report, first: Figure, second: Figure, severity: str) -> Iterator[Finding]:
    figures = report.figures
    if overlap(span_of(first, figures), span_of(second, figures)):
        return
    alike = "" if severity == ERROR else f" («{first.label}», có thể cùng một kết quả)"
    yield Finding(
        "figure.told_twice", severity, places(second, figures)[0],
        f"{second.label}: ghi {say(second)} ở {said_places(second, figures)}, trong khi ở "
        f"{said_places(first, figures)}{alike} ghi {say(first)}.",
        "Hãy giữ một trong hai số; nếu là hai kết quả khác nhau, đặt tên khác nhau cho hai dòng."
        if severity == ERROR else
        "Nếu là một kết quả, hãy giữ một số; nếu là hai kết quả khác nhau, xác nhận và ghi lý do.",
        second.id, (*places(first, figures), *places(second, figures)),
        second.quantity.value, first.quantity.value, second.unit,
    )  # fmt: skip


# ---------------------------------------------------------------- one sum


def check_two_sources(report: Report) -> Iterator[Finding]:
    """The same people and the same sum are not told under two givers, sources or groups.

    Few people at a usual rate, or a round sum, may well be so twice. Blank: not compared, on
    either side.
    """

    def paid(line: Line) -> object:
        value, money = report.figure(line, "value"), report.figure(line, "amount")
        if not (value and money) or _may_be_twice(value, money):
            return line.key
        numbers = (value.quantity.value, value.quantity.hedge, money.quantity.value)
        return line.section, line.unit, fold(line.round), numbers

    for lines in _grouped(report.data.lines, paid):
        one = lines[0]
        for other in lines[1:]:
            if _from(one) != _from(other) or fold(one.group) != fold(other.group):
                yield _one_sum(report, one, other)


def _from(line: Line) -> str:
    return fold(line.giver or line.source)


def _may_be_twice(value: Figure, money: Figure) -> bool:
    """Whether a sum has few digits, or pays few people a rate that many are paid."""
    digits = f"{money.quantity.value.normalize():E}".split("E")[0].replace(".", "")
    count = value.quantity.value
    usual = 0 < count < _FEW and not money.quantity.value % (count * _USUAL_RATE)
    return len(digits) <= _ROUND or usual


def _one_sum(report: Report, one: Line, other: Line) -> Finding:
    value, money = report.figures[f"{other.key}.value"], report.figures[f"{other.key}.amount"]
    under = "nguồn" if _from(one) != _from(other) else "nhóm đối tượng"
    return Finding(
        "figure.two_sources", WARNING, other.where,
        f"«{one.label}» ({one.where}) và «{other.label}» ({other.where}) cùng là {say(value)}, "
        f"{say(money)}: có thể một khoản được kể hai lần dưới hai {under}.",
        "Nếu là một khoản, hãy giữ một dòng; nếu là hai khoản, xác nhận và ghi lý do.",
        money.id, (one.where, other.where),
        money.quantity.value, money.quantity.value, "đồng",
    )  # fmt: skip
