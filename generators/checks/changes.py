"""Stated rises and falls, and numbers far from what they were."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generators.checks.report import Report
from generators.checks.telling import (
    Span,
    digits,
    overlap,
    places,
    rounded,
    said_places,
    say,
    say_move,
    span_of,
    written_span,
)
from generators.model import (
    ERROR,
    NOTE,
    WARNING,
    Figure,
    Figures,
    Finding,
    Line,
    Measure,
    Quantity,
)

_HUNDRED = Decimal(100)
_FAR, _ENOUGH, _ENOUGH_MONEY = Decimal(5), Decimal(50), Decimal(50_000_000)
_THOUSAND = Decimal(1000)


def check_changes(report: Report) -> Iterator[Finding]:
    """A stated rise or fall is the computed one, in % or in the line's unit.

    Blank: a change that only is stated is not judged.
    """
    relative = {f"{stem}_change_stated" for _, stem, measure in _in_percent(report)
                if measure.change and _is_relative(report, stem, measure.change)}  # fmt: skip
    for stated in report.figures.values():
        if not stated.id.endswith("_change_stated") or stated.id in relative:
            continue
        suffix = "_share" if stated.unit == "%" else ""
        computed = report.figures.get(stated.id.removesuffix("_stated") + suffix)
        if computed is None:
            continue
        if not overlap(written_span(stated.quantity), _change_span(computed, report.figures)):
            yield _wrong_change(stated, computed, report.figures)


def _change_span(computed: Figure, figures: Figures) -> Span:
    """What a change may be, as its two numbers may be."""
    ours, theirs = (span_of(figures[part], figures) for part in computed.made_from)
    low, high = ours[0] - theirs[1], ours[1] - theirs[0]
    if computed.unit != "%" or theirs[0] <= 0:
        return low, high
    return low / theirs[0 if low < 0 else 1] * _HUNDRED, high / theirs[
        1 if high < 0 else 0
    ] * _HUNDRED


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


# ---------------------------------------------------------------- far from what it was


def check_outliers(report: Report) -> Iterator[Finding]:
    """A number is not many times what it was, nor a small part of it, without somebody looking.

    Blank: not compared, on either side; a number that was or is zero is not compared.
    """
    for line in report.every_line:
        if line.unit == "%":
            continue
        for name, suffix, enough in (
            ("value", "", _enough(line.unit)),
            ("amount", "_amount", _ENOUGH_MONEY),
        ):
            now = report.figure(line, name)
            then = report.figure(line, f"previous{suffix}")
            said = "cùng kỳ"
            if now and then is None:
                then, said = _in_the_past(report, now)
            if now and then and _is_far(now, then, enough, report.figures):
                yield _outlier(now, then, said, report.figures)


def _enough(unit: str) -> Decimal:
    return _ENOUGH_MONEY if unit == "đồng" else _ENOUGH


def _in_the_past(report: Report, now: Figure) -> tuple[Figure | None, str]:
    """The middle one of the same figure in earlier reports of the same half of a year."""
    part = report.data.period.id[4:]
    found = sorted((figure for past in report.past if past.period.id[4:] == part
                    if (figure := past.figures.get(now.id))), key=lambda f: f.quantity.value)  # fmt: skip
    middle = found[len(found) // 2] if found else None
    return middle, "các kỳ trước, số ở giữa"


def _is_far(now: Figure, then: Figure, enough: Decimal, figures: Figures) -> bool:
    ours, theirs = span_of(now, figures), then.quantity.span
    if ours[0] <= 0 or theirs[0] <= 0 or max(ours[1], theirs[1]) < enough:
        return False
    return ours[0] > theirs[1] * _FAR or theirs[0] > ours[1] * _FAR


def _outlier(now: Figure, then: Figure, said: str, figures: Figures) -> Finding:
    ratio = now.quantity.value / then.quantity.value
    times = ratio if ratio > 1 else 1 / ratio
    how = (f"gấp {digits(ratio.quantize(Decimal('0.1')))} lần" if ratio > 1
           else f"chỉ bằng {digits((ratio * 100).quantize(Decimal('0.01')))}%")  # fmt: skip
    lost = (" Có thể một trong hai số thừa hoặc thiếu ba chữ số."
            if _THOUSAND / 3 < times < _THOUSAND * 3 else "")  # fmt: skip
    where = said_places(now, figures)
    return Finding(
        "value.outlier", WARNING, places(now, figures)[0],
        f"{now.label}: {say(now)} ở {where}, {how} so với {said} ({say(then)}).{lost}",
        "Hãy kiểm tra lại hai số; nếu đúng, xác nhận và ghi lý do.",
        now.id, (*places(now, figures), *filter(None, (then.where,))),
        now.quantity.value, then.quantity.value, now.unit,
    )  # fmt: skip
