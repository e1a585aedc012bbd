"""Rows of a plain table become figures of a kind: by a figure's id, a line's code, or its label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from archive.plain_tables import Cell, Table, TableRow
from archive.records import FigureRow
from generators.folding import fold, slug
from generators.intake.numbers import Typed, read_number
from generators.kinds import LineSpec, ReportKind, Row, TotalSpec
from generators.model import HEDGES, Finding, Quantity

_ID = re.compile(r"(?P<stem>[a-z][^.\s]*)\.(?P<name>[a-z][a-z0-9_]*)\Z")
_PLAIN = re.compile(
    rf"(?:(?P<hedge>{'|'.join(HEDGES)}) )?(?P<number>-?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]{{1,2}})?)\Z"
)
_PERCENT = ("_share", "share", "_share_stated", "_change_share")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row or column that was not taken: its place, what it says it is, and why."""

    place: str
    named: str
    reason: str


@dataclass(frozen=True)
class _Stem:
    """What a row was found to be: the key of a line, what it is called, its unit, its entry."""

    key: str
    label: str
    unit: str
    spec: LineSpec | TotalSpec | None = None


def match_rows(
    table: Table, kind: ReportKind
) -> tuple[tuple[FigureRow, ...], tuple[LeftOut, ...]]:
    """Return the figures of `table`, and all of it that is none, in the order of its rows."""
    figures: dict[str, FigureRow] = {}
    left_out = [LeftOut("", head, "cột này không được đọc") for head in table.passed_over]
    for row in table.rows:
        for found in _of_row(row, table, kind):
            if isinstance(found, LeftOut):
                left_out.append(found)
            elif found.id in figures:
                left_out.append(_left(row, "số liệu này đã có ở một hàng trên"))
            else:
                figures[found.id] = found
    return tuple(figures.values()), tuple(left_out)


def _left(row: TableRow, reason: str) -> LeftOut:
    return LeftOut(row.place, row.label or row.code, reason)


def _of_row(row: TableRow, table: Table, kind: ReportKind) -> Iterator[FigureRow | LeftOut]:
    if row.value is None and row.amount is None:
        yield _left(row, "không có số")
        return
    named = _ID.match(row.code)
    if named and _is_known(named["stem"], kind):
        yield _by_id(row, table, kind, named["stem"], named["name"])
        return
    stem = _stem_of(row, kind)
    if stem is None:
        yield _left(row, "không có trong danh mục của loại báo cáo")
    elif row.unit and fold(row.unit) != fold(stem.unit):
        yield _left(row, f"đơn vị tính là «{row.unit}», của danh mục là «{stem.unit}»")
    else:
        yield from _by_line(row, table, stem)


# ---------------------------------------------------------------- by a figure's id


def _is_known(stem: str, kind: ReportKind) -> bool:
    """Whether a stem is of the kind: a line's or total's, or a free line's in a section."""
    return _code_of(stem) in kind.line or _code_of(stem) in kind.total or (
        "/" in stem and _code_of(stem) in kind.section
    )  # fmt: skip


def _code_of(stem: str) -> str:
    return re.split("[@/~]", stem)[0]


def _by_id(
    row: TableRow, table: Table, kind: ReportKind, stem: str, name: str
) -> FigureRow | LeftOut:
    code = _code_of(stem)
    spec = kind.line.get(code) or kind.total.get(code)
    unit = row.unit or _unit_of(name, spec)
    if row.amount is not None:
        return _left(row, "mã là của một số liệu, trong khi hàng có cả cột kinh phí")
    if not unit:
        return _left(row, "chưa rõ đơn vị tính")
    number = _number(row.value, unit, table)
    if isinstance(number, str):
        return _left(row, number)
    return FigureRow(row.code, row.label or row.code, number.quantity.value,
                     number.quantity.hedge, unit)  # fmt: skip


def _unit_of(name: str, spec: LineSpec | TotalSpec | None) -> str:
    if name.endswith("amount"):
        return "đồng"
    if name.endswith(_PERCENT):
        return "%"
    return spec.unit if spec and name == "value" else ""


# ---------------------------------------------------------------- by a line's code or label


def _by_line(row: TableRow, table: Table, stem: _Stem) -> Iterator[FigureRow | LeftOut]:
    label = row.label or stem.label
    for name, cell, unit, said in (
        ("value", row.value, stem.unit, label),
        ("amount", row.amount, "đồng", f"{label}: kinh phí"),
    ):
        if cell is None:
            continue
        number = _number(cell, unit, table)
        if isinstance(number, str):
            yield _left(row, number)
        elif number.quantity.value < 0:
            yield _left(row, "số âm")
        else:
            told = number.quantity
            yield FigureRow(f"{stem.key}.{name}", said, told.value, told.hedge, unit)
            yield from _whole(stem, said, unit, number)


def _whole(stem: _Stem, label: str, unit: str, number: Typed) -> Iterator[FigureRow]:
    """The 5 of a typed "2/5": the plan or the whole, as the catalogue says."""
    if number.whole and isinstance(stem.spec, LineSpec):
        word = "kế hoạch" if stem.spec.ratio == "plan" else "tổng số"
        yield FigureRow(f"{stem.key}.{stem.spec.ratio}", f"{label}: {word}", number.whole.value,
                        number.whole.hedge, unit)  # fmt: skip


def _stem_of(row: TableRow, kind: ReportKind) -> _Stem | None:
    """The line a row is of: by its code, or by a label that only one line or ready-made row has."""
    if row.code:
        code = _code_of(row.code)
        spec = kind.line.get(code) or kind.total.get(code)
        return _stem(row.code, spec.label, spec) if spec else None
    found = [stem for stem in _stems(kind) if fold(stem.label) == fold(row.label)]
    return found[0] if len(found) == 1 else None


def _stems(kind: ReportKind) -> Iterator[_Stem]:
    for total in kind.totals:
        yield _stem(total.code, total.label, total)
    for spec in kind.lines:
        yield _stem(spec.code, spec.label, spec)
        for one in spec.rows:
            if fold(one.label) != fold(spec.label):
                yield _stem(_key_of(spec, one), one.label, spec)


def _stem(key: str, label: str, spec: LineSpec | TotalSpec) -> _Stem:
    return _Stem(key, label, spec.unit or "đồng", spec)


def _key_of(spec: LineSpec, row: Row) -> str:
    about = (row.giver, row.group, row.occasion, row.round)
    return "@".join([spec.code, *(slug(word, "_") for word in about if word)])


# ---------------------------------------------------------------- numbers


def _number(cell: Cell, unit: str, table: Table) -> Typed | str:
    """The number of a cell, or why it is none."""
    if cell is None:
        return "không có số"
    if isinstance(cell, Finding):
        return cell.message.rstrip(".")
    if table.by_program:
        return _plain_number(str(cell.value), cell.place)
    typed = read_number(cell, unit)
    return typed.message.rstrip(".") if isinstance(typed, Finding) else typed


def _plain_number(text: str, place: str) -> Typed | str:
    """A number as `flask table` writes it: 1254, 33.25, "trên 200"."""
    read = _PLAIN.match(text)
    if read is None:
        return f"«{text[:40]}» không phải số"
    return Typed(Quantity(Decimal(read["number"]), read["hedge"] or "", place), None)
