"""One line as the cells of the figures' table: every number it has, each said once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generators.kinds import LineSpec, TotalSpec
from generators.model import Figure, Figures, Line, Measure
from generators.wording.amounts import say_cell, say_dong, say_share
from generators.wording.comparisons import absolute, say_bases, verb
from generators.wording.joining import join_clauses
from generators.wording.phrases import (
    nth,
    say_cumulative,
    say_months,
    say_movement,
    say_rates,
    say_size,
    say_source,
    say_when,
)

Cell = tuple[str, ...]
Spec = LineSpec | TotalSpec | None


def line_cells(line: Line, spec: Spec, figures: Figures) -> tuple[Cell, ...]:
    """Return unit, result, plan, % of plan, same period, change, money and note of `line`."""
    return (
        (line.unit,) if line.unit else (),
        _result(line, figures),
        _measures(line, "plan", figures),
        _plan_shares(line, figures),
        _measures(line, "previous", figures),
        tuple(_changes(line, figures)),
        _said(figures.get(f"{line.key}.amount")),
        _note(line, spec, figures),
    )


def _said(figure: Figure | None) -> Cell:
    return (say_cell(figure.quantity),) if figure else ()


def _result(line: Line, figures: Figures) -> Cell:
    return _said(figures.get(f"{line.key}.value")) or ((line.status,) if line.status else ())


def _measures(line: Line, name: str, figures: Figures) -> Cell:
    """The numbers the line is held against, each with its label, and its money."""
    measures: tuple[Measure, ...] = getattr(line, name)
    return tuple(
        said
        for index, measure in enumerate(measures)
        for said in _measure(f"{line.key}.{name}{nth(index)}", measure, figures)
    )


def _measure(stem: str, measure: Measure, figures: Figures) -> Iterator[str]:
    label = f" ({measure.label})" if measure.label else ""
    if figure := figures.get(stem):
        yield say_cell(figure.quantity) + label
    if money := figures.get(f"{stem}_amount"):
        yield f"kinh phí {say_dong(money.quantity)}{label}"


def plan_share(line: Line, index: int, figures: Figures) -> Figure | None:
    """Return the share of the line's plan that is reached; a rate's only where it is stated."""
    stem = f"{line.key}.plan{nth(index)}"
    stated = figures.get(f"{stem}_share_stated")
    return stated if line.unit == "%" else figures.get(f"{stem}_share") or stated


def _plan_shares(line: Line, figures: Figures) -> Cell:
    said = []
    for index in range(len(line.plan)):
        if share := plan_share(line, index, figures):
            said.append(say_share(share.quantity))
        if money := figures.get(f"{line.key}.plan{nth(index)}_amount_share"):
            said.append(f"kinh phí {say_share(money.quantity)}")
    return tuple(said)


def _changes(line: Line, figures: Figures) -> Iterator[str]:
    for index in range(len(line.previous)):
        stem = f"{line.key}.previous{nth(index)}"
        if change := _change(stem, figures):
            yield change
        if money := _change(f"{stem}_amount", figures):
            yield f"kinh phí {money}"


def _change(stem: str, figures: Figures) -> str:
    """Say "tăng 12 (5,6%)" or "bằng"; "" where only estimates could be compared."""
    delta = figures.get(f"{stem}_change")
    if delta is None:
        return _stated_change(stem, figures)
    if delta.quantity.hedge:
        return ""
    if not delta.quantity.value:
        return "bằng"
    share = figures.get(f"{stem}_change_share")
    percent = f" ({say_share(absolute(share.quantity))})" if share else ""
    points = " điểm %" if delta.unit == "điểm %" else ""
    return f"{verb(delta.quantity)} {say_cell(absolute(delta.quantity))}{points}{percent}"


def _stated_change(stem: str, figures: Figures) -> str:
    if change := figures.get(f"{stem}_change_stated"):
        size = say_size(absolute(change.quantity), change.unit)
        return f"{verb(change.quantity)} {size}" if change.quantity.value else "bằng"
    share = figures.get(f"{stem}_share_stated")
    return f"bằng {say_share(share.quantity)}" if share else ""


def _note(line: Line, spec: Spec, figures: Figures) -> Cell:
    """All that has no column of its own, and the line's own note."""
    said = join_clauses([
        _whole(line, figures),
        say_movement(line, figures),
        say_rates(line, figures, spec.rate_per if isinstance(spec, LineSpec) else ""),
        say_months(line, figures), say_cumulative(line, figures),
        say_bases(line, figures), say_source(line), say_when(line),
    ])  # fmt: skip
    told = (said[:1].upper() + said[1:], line.note.strip())
    return tuple(paragraph for paragraph in told if paragraph)


def _whole(line: Line, figures: Figures) -> str:
    """Say "bằng 66,1% tổng số 62 trường hợp" for each whole that the line is a share of."""
    return join_clauses(
        _of_whole(f"{line.key}.whole{nth(index)}", measure, line.unit, figures)
        for index, measure in enumerate(line.whole)
    )


def _of_whole(stem: str, measure: Measure, unit: str, figures: Mapping[str, Figure]) -> str:
    share = figures.get(f"{stem}_share") or figures.get(f"{stem}_share_stated")
    whole = figures.get(stem)
    size = f" {say_size(whole.quantity, unit)}" if whole else ""
    of = f"{measure.label or 'tổng số'}{size}"
    if share:
        return f"bằng {say_share(share.quantity)} {of}"
    return f"trên {of}" if whole else ""
