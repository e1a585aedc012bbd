"""Figures as the rows of a table: a line each, its share of plan and its change as small bars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from generators.explaining import own_label, say_figure
from generators.model import Figure

_FULL = Decimal(100)
_SHOWN = ("value", "amount", "plan", "plan_share", "previous", "previous_change_share")
_OTHER = {"closing": "value"}
_MONEY, _DEEPEST = ": kinh phí", 3


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as a reader sees it; ``figure`` is its id, ``bar`` how far it fills a bar, 0 to 100."""

    figure: str
    text: str
    bar: int = 0
    falls: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line; ``cells`` by the names of ``_SHOWN``; ``depth`` 1 for a part of the line above.

    ``figure`` is the id of its result.
    """

    figure: str
    label: str
    depth: int
    cells: dict[str, Cell]


def rows_of(figures: Iterable[Figure]) -> list[Row]:
    """Return the lines that have a result, in the order of the figures, each before its parts."""
    lines: dict[str, dict[str, Figure]] = {}
    for figure in figures:
        stem, _, name = figure.id.rpartition(".")
        lines.setdefault(stem, {})[_OTHER.get(name, name)] = figure
    at = {stem: number for number, stem in enumerate(lines)}
    ways = {stem: [at[one] for one in (*_above(stem, at), stem)] for stem in lines}
    return [row for stem in sorted(lines, key=ways.__getitem__)
            for row in _row(lines[stem], len(ways[stem]) - 1)]  # fmt: skip


def _above(stem: str, known: Mapping[str, int]) -> Iterator[str]:
    """The lines that a line is a part of, the outermost first."""
    steps = stem.split("/")
    heads = ("/".join(steps[:count]) for count in range(1, len(steps)))
    return (head for head in heads if head in known)


def _row(own: dict[str, Figure], depth: int) -> Iterator[Row]:
    first = own.get("value") or own.get("amount") or own.get("sum_amount")
    if first is None:
        return
    label = (own_label(first) if depth else first.label).removesuffix(_MONEY)
    cells = {name: _cell(own[name], name) for name in _SHOWN if name in own}
    yield Row(first.id, label[:1].upper() + label[1:], min(depth, _DEEPEST), cells)


def _cell(figure: Figure, name: str) -> Cell:
    value = figure.quantity.value
    if name == "plan_share":
        return Cell(figure.id, say_figure(figure), _filled(value))
    if name == "previous_change_share":
        return Cell(figure.id, _said_change(figure), _filled(abs(value)), value < 0)
    return Cell(figure.id, say_figure(figure))


def _said_change(figure: Figure) -> str:
    value = figure.quantity.value
    if not value:
        return "bằng"
    said = say_figure(replace(figure, quantity=replace(figure.quantity, value=abs(value))))
    return f"{'giảm' if value < 0 else 'tăng'} {said}"


def _filled(share: Decimal) -> int:
    return int(min(max(share, Decimal(0)), _FULL))
