"""Stated rises and falls, in % or in the line's unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generators.checks.report import Report
from generators.checks.telling import digits, places, rounded, say_move
from generators.model import (
    ERROR,
    NOTE,
    Figure,
    Figures,
    Finding,
    Line,
    Measure,
    Quantity,
)
from generators.spans import (
    Span,
    change_share_span,
    change_span,
    cut_span,
    hedged_span,
    overlap,
    rounding_span,
    says,
    span_of,
    written_span,
)

_HUNDRED = Decimal(100)


def check_changes(report: Report) -> Iterator[Finding]:
    """A stated rise or fall is the computed one, in % or in the line's unit.

    Blank: a change that only is stated is not judged.
    """
    relative = {f"{stem}_change_stated" for _, stem, measure in _in_percent(report)
                if measure.change and _is_relative(report, stem, measure.change)}  # fmt: skip
    for stated in report.figures.values():
        if not stated.id.endswith(STATED) or stated.id in relative:
            continue
        computed = computed_change(stated, report.figures)
        if computed is None:
            continue
        if not is_change(stated, computed, report.figures):
            yield _wrong_change(stated, computed, report.figures)


STATED = ("_change_stated", "_change_percent_stated")


def computed_change(stated: Figure, figures: Figures) -> Figure | None:
    """Return the figure that a stated change must be: the change itself, or its share in %."""
    stem = stated.id.removesuffix("_stated").removesuffix("_percent")
    return figures.get(stem + ("_share" if stated.unit == "%" else ""))


def is_change(told: Figure, computed: Figure, figures: Figures) -> bool:
    """Tell whether the change is that of its two numbers; one that is counted is exact."""
    stated = told.quantity
    made_of = [figures[part] for part in computed.made_from]
    moved = change_share_span if computed.unit == "%" else change_span
    exact, rounded_ = (moved(*(span_of(figure, figures, of) for figure in made_of))
                       for of in (hedged_span, rounding_span))  # fmt: skip
    if told.unit in _PERCENT:
        return says(stated, exact, rounded_)
    return overlap(cut_span(stated), exact) or overlap(rounding_span(stated), rounded_)


_PERCENT = ("%", "điểm %")


def _wrong_change(stated: Figure, computed: Figure, figures: Figures) -> Finding:
    said, right = stated.quantity.value, rounded(computed.quantity.value)
    code, why = "change.stated", ""
    if stated.unit == "%" and overlap(written_span(stated.quantity), _as_ratio(computed)):
        code = "change.ratio"
        truly = f"đúng ra là {say_move(right, '%')}" if right else "hai số bằng nhau"
        why = (f" {digits(said)}% là tỷ lệ so với số đem so sánh, không phải mức tăng; "
               f"{truly}.")  # fmt: skip
    elif said * right < 0:
        code, why = "change.sign", " Chữ tăng, giảm ngược với hai số."
    return Finding(
        code, ERROR, stated.where,
        f"{stated.label}: ghi {say_move(said, stated.unit)}, trong khi tính ra "
        f"{say_move(right, computed.unit)} ({computed.rule}).{why}",
        "Hãy sửa mức tăng, giảm, hoặc kiểm tra lại kết quả và số cùng kỳ; cũng có thể để "
        "trống mức tăng, giảm để phần mềm tự tính.",
        stated.id, (stated.where, *places(computed, figures)), said, right, stated.unit,
    )  # fmt: skip


def _as_ratio(computed: Figure) -> Span:
    ratio = computed.quantity.value + _HUNDRED
    return ratio, ratio


def check_points(report: Report) -> Iterator[Finding]:
    """A rate is said to rise by points; where it is said in %, what was understood is told.

    Blank: nothing to tell.
    """
    for line, stem, measure in _in_percent(report):
        if measure.change is None:
            continue
        said = _said_points(report, stem, measure.change)
        yield Finding(
            "change.points", NOTE, measure.change.where,
            f"{line.label}: mức tăng, giảm của một tỷ lệ ghi bằng «%» ở "
            f"{measure.change.where} {said}.",
            "Nếu đúng ý đó thì không cần sửa; báo cáo in «điểm phần trăm».",
            f"{stem}_change_stated", (measure.change.where,), measure.change.value, unit="điểm %",
        )  # fmt: skip


def _in_percent(report: Report) -> Iterator[tuple[Line, str, Measure]]:
    """The changes of rates that are written in %, each with the stem of its figures."""
    for line in report.every_line:
        for name in ("previous", "bases"):
            for index, measure in enumerate(getattr(line, name)):
                if measure.percent_for_points:
                    yield (
                        line,
                        f"{line.key}.{name}" + (f"_{index + 1}" if index else ""),
                        measure,
                    )


def _said_points(report: Report, stem: str, change: Quantity) -> str:
    points = report.figures.get(f"{stem}_change")
    if points and _is_relative(report, stem, change):
        truly = say_move(points.quantity.value, "điểm phần trăm")
        return f"({say_move(change.value, '%')}) là tính trên số cũ; báo cáo in {truly}"
    return f"được hiểu là điểm phần trăm: {say_move(change.value, 'điểm phần trăm')}"


def _is_relative(report: Report, stem: str, change: Quantity) -> bool:
    """Whether a change of a rate in % is right of the old rate, though not in points."""
    points, then = report.figures.get(f"{stem}_change"), report.figures.get(stem)
    if points is None or then is None or then.quantity.value <= 0:
        return False
    share = points.quantity.value / then.quantity.value * _HUNDRED
    return overlap(written_span(change), (share, share))
