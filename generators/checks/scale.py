"""Numbers of another scale than they were before, or were planned: ten times, a thousand times."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generators.checks.changes import STATED, computed_change, is_change
from generators.checks.report import Report
from generators.checks.shares import is_share
from generators.checks.telling import digits, places, said_places, say
from generators.model import WARNING, Figure, Figures, Finding
from generators.spans import span_of

_FAR, _ENOUGH, _ENOUGH_MONEY = Decimal(5), Decimal(50), Decimal(50_000_000)
_THOUSAND, _SOME, _FEW = Decimal(1000), 3, 10
_LOST = " Có thể một trong hai số thừa hoặc thiếu ba chữ số."


def check_outliers(report: Report) -> Iterator[Finding]:
    """A number is not many times what it was, nor a small part of it, without somebody looking.

    Somebody has looked where the change or the share is stated too, and is right. Blank: not
    compared, on either side; a number that was or is zero is not compared.
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
            if now and then and _is_far(now, then, enough, report.figures) \
                    and not _is_looked_at(then, report.figures):  # fmt: skip
                yield _outlier(now, then, said, report.figures)


def _is_looked_at(then: Figure, figures: Figures) -> bool:
    """Whether a change or a share against `then` is stated, and is that of the two numbers."""
    changes = [stated for name in STATED if (stated := figures.get(then.id + name))]
    moved = [(stated, computed) for stated in changes
             if (computed := computed_change(stated, figures))]  # fmt: skip
    share, ratio = figures.get(f"{then.id}_share_stated"), figures.get(f"{then.id}_share")
    right = share and ratio and is_share(share.quantity, ratio, figures)
    return bool(right) or any(is_change(*pair, figures) for pair in moved)


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
    times, how = _times(now, then)
    return Finding(
        "value.outlier", WARNING, places(now, figures)[0],
        f"{now.label}: {say(now)} ở {said_places(now, figures)}, {how} so với {said} ({say(then)})."
        + (_LOST if _is_a_thousandfold(times) else ""),
        "Hãy kiểm tra lại hai số; nếu đúng, xác nhận và ghi lý do.",
        now.id, (*places(now, figures), *filter(None, (then.where,))),
        now.quantity.value, then.quantity.value, now.unit,
    )  # fmt: skip


def _times(now: Figure, then: Figure) -> tuple[Decimal, str]:
    """How many times the one the other is, and that in words."""
    ratio = now.quantity.value / then.quantity.value
    times = ratio if ratio > 1 else 1 / ratio
    if ratio > 1:
        return times, f"gấp {digits(times.quantize(Decimal('0.1')))} lần"
    return times, f"chỉ bằng {digits((ratio * 100).quantize(Decimal('0.01')))}%"


def _is_a_thousandfold(times: Decimal) -> bool:
    return _THOUSAND / _SOME < times < _THOUSAND * _SOME


# ---------------------------------------------------------------- of the plan


def check_plans(report: Report) -> Iterator[Finding]:
    """A result is not some thousand times its plan, nor a thousandth of it.

    Somebody has looked where the share of the plan is stated too, and is right. Blank: not
    compared, on either side.
    """
    for line in report.every_line:
        for index in range(len(line.plan) if line.unit != "%" else 0):
            stem = "plan" + (f"_{index + 1}" if index else "")
            for name, suffix, enough in (
                ("value", "", _enough(line.unit)),
                ("amount", "_amount", _ENOUGH_MONEY),
            ):
                now, plan = report.figure(line, name), report.figure(line, stem + suffix)
                far = now and plan and _is_far(now, plan, enough, report.figures)
                if now and plan and far and not _is_looked_at(plan, report.figures):
                    yield from _far_from_plan(now, plan, report.figures)


def _far_from_plan(now: Figure, plan: Figure, figures: Figures) -> Iterator[Finding]:
    times, how = _times(now, plan)
    few = now.unit != "đồng" and min(now.quantity.value, plan.quantity.value) < _FEW
    if few or not _is_a_thousandfold(times):
        return
    yield Finding(
        "value.plan_scale", WARNING, places(now, figures)[0],
        f"{now.label}: {say(now)} ở {said_places(now, figures)}, {how} so với kế hoạch "
        f"({say(plan)}).{_LOST}",
        "Hãy kiểm tra lại hai số; nếu đúng, xác nhận và ghi lý do.",
        now.id, (*places(now, figures), *filter(None, (plan.where,))),
        now.quantity.value, plan.quantity.value, now.unit,
    )  # fmt: skip
