"""Parts that do not add up as they stand: in another unit, or inside one of the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from generators.checks.paying import HEADS, HOUSEHOLDS, unit_of
from generators.checks.report import Report
from generators.checks.telling import places, say
from generators.folding import fold
from generators.model import NOTE, WARNING, Figure, Finding, Line
from generators.spans import adds_up

Counted = tuple[Line, Figure]


def check_units_of_parts(report: Report) -> Iterator[Finding]:
    """Parts in another unit than their line's are told; households and people never add up.

    Blank: a part without a number is not told, and parts of which one is blank have no sum.
    """
    for line in report.every_line:
        for parts in groups_of(line):
            counted = [
                (part, figure) for part in parts if (figure := report.figure(part, "value"))
            ]
            if any(part.unit != line.unit for part, _ in counted):
                whole = report.figure(line, "value")
                known = whole if len(counted) == len(parts) else None
                yield from _in_other_units(report, line, known, counted)


def groups_of(line: Line) -> list[list[Line]]:
    """Return the line's parts, one list for each way of dividing it."""
    groups: dict[str, list[Line]] = defaultdict(list)
    for part in line.parts:
        groups[part.by].append(part)
    return list(groups.values())


def _in_other_units(
    report: Report, line: Line, whole: Figure | None, counted: Sequence[Counted]
) -> Iterator[Finding]:
    figures = [figure for _, figure in counted]
    agree = whole is not None and adds_up(whole, figures, report.figures)
    if whole and agree and are_mixed([line, *(part for part, _ in counted)]):
        yield mixed_units(report, whole, figures)
    elif not agree:
        yield _apart(line, [each for each in counted if each[0].unit != line.unit])


def are_mixed(lines: Sequence[Line]) -> bool:
    """Tell whether some of `lines` count households and others people."""
    units = {unit_of(line) for line in lines}
    return bool(units & HOUSEHOLDS) and bool(units & HEADS)


def mixed_units(report: Report, whole: Figure, figures: Sequence[Figure]) -> Finding:
    """Return the finding that households and people were added in `whole`."""
    added = " + ".join(map(say, figures))
    where = tuple(place for figure in figures for place in places(figure, report.figures))
    total = sum((figure.quantity.value for figure in figures), Decimal(0))
    return Finding(
        "sum.mixed_units", WARNING, places(whole, report.figures)[0],
        f"{whole.label}: {say(whole)} là số cộng của {added}; hộ và người không cộng với nhau được.",
        "Hãy tách thành hai dòng, một dòng tính theo hộ, một dòng tính theo người; hoặc quy tất cả "
        "về một đơn vị tính.",
        whole.id, (*places(whole, report.figures), *where), whole.quantity.value, total, whole.unit,
    )  # fmt: skip


def _apart(line: Line, odd: Sequence[Counted]) -> Finding:
    told = "; ".join(f"«{part.label}» {say(figure)}" for part, figure in odd)
    return Finding(
        "sum.parts_apart", NOTE, odd[0][0].where,
        f"{line.label}: tính bằng {line.unit}, nhưng có phần tính bằng đơn vị khác ({told}), nên các "
        "phần không được cộng lại để đối chiếu.",
        "Nếu các phần đó không cộng vào dòng này thì không cần sửa (có thể ghi là «Trong đó»); nếu "
        "có, hãy ghi cùng một đơn vị tính.",
        line.key, (line.where, *(part.where for part, _ in odd)), unit=line.unit,
    )  # fmt: skip


# ---------------------------------------------------------------- inside one of the others


def check_inner_parts(report: Report) -> Iterator[Finding]:
    """A part that is called "trong đó …" after others is some of them, and is not added.

    Parts that all, or of which the first, are called so are a list; parts that do not add up
    with it have an error of their own. Blank: not told.
    """
    for line in report.every_line:
        for parts in groups_of(line):
            for part in inner_parts(parts):
                for name in ("value", "amount"):
                    if _is_added(report, line, parts, part, name):
                        yield _added(line, part, report.figures[f"{part.key}.{name}"])


def _is_added(report: Report, line: Line, parts: Sequence[Line], part: Line, name: str) -> bool:
    """Whether the line's number is the sum in which the part was added too."""
    whole, found = report.figure(line, name), [report.figure(each, name) for each in parts]
    known = [figure for figure in found if figure]
    complete = len(known) == len(parts) and report.figure(part, name) is not None
    return complete and whole is not None and adds_up(whole, known, report.figures)


def inner_parts(parts: Sequence[Line]) -> list[Line]:
    """Return the parts that say of themselves that they are some of the others."""
    named = [part for part in parts if fold(part.label).startswith("trong do")]
    return [] if named == list(parts) or named[:1] == list(parts[:1]) else named


def _added(line: Line, part: Line, number: Figure) -> Finding:
    return Finding(
        "sum.of_which_added", WARNING, part.where,
        f"{line.label}: phần «{part.label}» ({say(number)}) tự ghi là «trong đó», nhưng đang được "
        "cộng cùng các phần khác.",
        "Nếu phần này đã nằm trong một phần khác, hãy ghi nó là «Trong đó» để không cộng hai lần; nếu "
        "là phần riêng, hãy bỏ chữ «trong đó» ở tên.",
        number.id, (part.where,), number.quantity.value, None, number.unit,
    )  # fmt: skip
