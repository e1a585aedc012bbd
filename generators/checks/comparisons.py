"""What a line is held against: stated shares and changes, the wholes they imply, earlier numbers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from generators.checks.report import Report
from generators.checks.telling import (
    Span,
    digits,
    last_digit,
    overlap,
    places,
    rounded,
    said_places,
    say,
    say_move,
    span_of,
    written_span,
)
from generators.folding import fold
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


# ---------------------------------------------------------------- shares


def check_shares(report: Report) -> Iterator[Finding]:
    """A stated share is the computed one, within the precision it is written to.

    Blank: a share that only is stated is not judged. One cut off instead of rounded is a note.
    """
    for stated in report.figures.values():
        computed = report.figures.get(stated.id.removesuffix("_stated"))
        if not stated.id.endswith("_share_stated") or computed is None:
            continue
        if not overlap(written_span(stated.quantity), _ratio_span(computed, report.figures)):
            yield _wrong_share(stated, computed, report.figures)
        elif _is_cut_off(stated.quantity, computed.quantity):
            yield _cut_off(stated, computed)


def _ratio_span(computed: Figure, figures: Figures) -> Span:
    """What a share may be, as its two numbers may be."""
    ours, theirs = (span_of(figures[part], figures) for part in computed.made_from)
    if theirs[0] <= 0:
        return computed.quantity.span
    return ours[0] / theirs[1] * _HUNDRED, ours[1] / theirs[0] * _HUNDRED


def _wrong_share(stated: Figure, computed: Figure, figures: Figures) -> Finding:
    right = rounded(computed.quantity.value)
    return Finding(
        "share.stated", ERROR, stated.where,
        f"{stated.label}: ghi {digits(stated.quantity.value)}%, trong khi tính ra "
        f"{digits(right)}% ({computed.rule}).",
        "Hãy sửa tỷ lệ, hoặc kiểm tra lại kết quả và kế hoạch, tổng số; cũng có thể để "
        "trống tỷ lệ để phần mềm tự tính.",
        stated.id, (stated.where, *places(computed, figures)),
        stated.quantity.value, right, "%",
    )  # fmt: skip


def _is_cut_off(stated: Quantity, computed: Quantity) -> bool:
    """Whether the last digit written is one less than rounding half up would give."""
    if stated.hedge or computed.hedge or stated.value >= computed.value:
        return False
    return computed.value - stated.value >= last_digit(stated) / 2


def _cut_off(stated: Figure, computed: Figure) -> Finding:
    right = rounded(computed.quantity.value)
    return Finding(
        "share.cut_off", NOTE, stated.where,
        f"{stated.label}: ghi {digits(stated.quantity.value)}%, là {digits(right)}% "
        f"({computed.rule}) bỏ bớt chữ số sau chứ không làm tròn.",
        "Không bắt buộc sửa; báo cáo in tỷ lệ do phần mềm tính và làm tròn.",
        stated.id, (stated.where,), stated.quantity.value, right, "%",
    )  # fmt: skip


# ---------------------------------------------------------------- changes


def check_changes(report: Report) -> Iterator[Finding]:
    """A stated rise or fall is the computed one, in % or in the line's unit.

    Blank: a change that only is stated is not judged.
    """
    for stated in report.figures.values():
        if not stated.id.endswith("_change_stated"):
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
        why = (f" {digits(said)}% là tỷ lệ so với số đem so sánh, không phải mức tăng: "
               f"{'bằng' if not right else say_move(right, '%')}.")  # fmt: skip
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
    """A rate is said to rise by points; "tăng 2%" is taken for two of them, and told.

    Blank: nothing to tell.
    """
    for line in report.every_line:
        for measure in (*line.previous, *line.bases) if line.unit == "%" else ():
            if measure.change and measure.percent_for_points:
                yield Finding(
                    "change.points", NOTE, measure.change.where,
                    f"{line.label}: mức tăng, giảm của một tỷ lệ ghi bằng «%» ở "
                    f"{measure.change.where} được hiểu là điểm phần trăm: "
                    f"{say_move(measure.change.value, 'điểm phần trăm')}.",
                    "Nếu đúng ý đó thì không cần sửa; báo cáo in «điểm phần trăm».",
                    f"{line.key}.previous_change_stated", (measure.change.where,),
                    measure.change.value, None, "điểm %",
                )  # fmt: skip


# ---------------------------------------------------------------- wholes that shares imply


def check_denominators(report: Report) -> Iterator[Finding]:
    """Shares of one and the same whole imply one whole: 134.951 is 28,3%, 125.729 is 24,7%.

    Blank: this is the check for wholes left blank; the share and its label must be there.
    """
    implied: dict[tuple[str, str], list[tuple[Line, Measure, Span]]] = {}
    for line in report.every_line:
        for name in ("whole", "plan"):
            for measure in getattr(line, name):
                span = _implied_whole(report, line, measure)
                if span and measure.label:
                    key = (name, fold(measure.label))
                    implied.setdefault(key, []).append((line, measure, span))
    for (name, _), found in implied.items():
        for one, other in combinations(found, 2) if name == "whole" else ():
            if one[0].unit == other[0].unit and not overlap(one[2], other[2]):
                yield _two_wholes(report, one, other)
                break


def _implied_whole(report: Report, line: Line, measure: Measure) -> Span | None:
    """What the whole must be for the share to be right, or the whole itself."""
    if measure.value:
        return measure.value.span
    value, share = report.figure(line, "value"), measure.share
    if value is None or share is None:
        return None
    low, high = written_span(share)
    ours = span_of(value, report.figures)
    return (ours[0] / high * _HUNDRED, ours[1] / low * _HUNDRED) if low > 0 else None


def _two_wholes(
    report: Report, one: tuple[Line, Measure, Span], other: tuple[Line, Measure, Span]
) -> Finding:
    (first, measure, _), (second, against, _) = one, other
    wholes = [_said_whole(report, line, m) for line, m in ((first, measure), (second, against))]
    return Finding(
        "share.denominators", WARNING, against.where,
        f"Cùng là tỷ lệ so với «{measure.label}» nhưng hai dòng cho hai số khác nhau: "
        f"{first.label} {wholes[0][0]}; {second.label} {wholes[1][0]}.",
        "Một trong hai tỷ lệ, hoặc một trong hai kết quả, có thể sai: hãy kiểm tra lại và ghi "
        "rõ tổng số dùng để tính.",
        f"{second.key}.whole", (measure.where, against.where),
        wholes[1][1], wholes[0][1], first.unit,
    )  # fmt: skip


def _said_whole(report: Report, line: Line, measure: Measure) -> tuple[str, Decimal]:
    if measure.value:
        return f"ghi {digits(measure.value.value)} {line.unit}", measure.value.value
    value, share = report.figure(line, "value"), measure.share
    if value is None or share is None:
        raise ValueError("a whole is implied by a value and a share")
    whole = (value.quantity.value / share.value * _HUNDRED).quantize(Decimal(1))
    return (
        f"({say(value)} là {digits(share.value)}%) ứng với khoảng {digits(whole)} {line.unit}",
        whole,
    )


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
    how = "gấp" if ratio > 1 else "chỉ bằng một phần"
    lost = (" Có thể một trong hai số thừa hoặc thiếu ba chữ số."
            if _THOUSAND / 3 < times < _THOUSAND * 3 else "")  # fmt: skip
    where = said_places(now, figures)
    return Finding(
        "value.outlier", WARNING, places(now, figures)[0],
        f"{now.label}: {say(now)} ở {where}, {how} {digits(times.quantize(Decimal('0.1')))} "
        f"{'lần' if ratio > 1 else ''} so với {said} ({say(then)}).".replace("  ", " ") + lost,
        "Hãy kiểm tra lại hai số; nếu đúng, xác nhận và ghi lý do.",
        now.id, (*places(now, figures), *filter(None, (then.where,))),
        now.quantity.value, then.quantity.value, now.unit,
    )  # fmt: skip
