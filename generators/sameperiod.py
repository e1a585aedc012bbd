"""Last year's figures joined to this year's lines: the same key, the same unit, as they were issued.

Nothing is guessed: a line that brings its own number keeps it, units that were merged are not
added up, and of two numbers that differ neither is changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generators.checks import Past
from generators.checks.telling import overlap, rounding_span, say, say_quantity
from generators.kinds import ReportKind
from generators.model import (
    NOTE,
    WARNING,
    Figure,
    Finding,
    Line,
    Measure,
    OrgUnit,
    PeriodData,
    Quantity,
)
from generators.sums import known_amount, known_value

_SAME_PERIOD = "previous"


@dataclass(frozen=True)
class _YearBefore:
    """The report of the same period a year before, and what of it concerns the lines."""

    past: Past
    kind: ReportKind

    @property
    def place(self) -> str:
        return place_in_archive(self.past.report_id)

    def figure(self, line: Line, name: str) -> Figure | None:
        """Return the line's figure of a year before, where it counts the same."""
        then = self.past.figures.get(f"{line.key}.{name}")
        unit = "đồng" if name == "amount" else line.unit
        return then if then and then.unit == unit else None

    def concerns(self, line: Line) -> bool:
        """Whether the catalogue holds the line against the same period; free lines always are."""
        spec = self.kind.line.get(line.code)
        return spec is None or (spec.nature != "target" and _SAME_PERIOD in spec.fields)


def place_in_archive(report_id: str, figure_id: str = "") -> str:
    """Return how a place in the archive is written: ``kho lưu trữ/<report>/<figure>``."""
    return "/".join(filter(None, ("kho lưu trữ", report_id, figure_id)))


def with_same_period(
    data: PeriodData, past: Sequence[Past], kind: ReportKind
) -> tuple[PeriodData, tuple[Finding, ...]]:
    """Return `data` with the numbers of the same period a year before, and what is to be said.

    Each line of the first level that brings no number of the same period, and has a result
    now, gets value and money as the report of a year before told them. Targets get none, nor
    do parts: their sentence stands within their line's.
    """
    wanted = _a_year_before(data.period.id)
    then = [one for one in past if one.period.id == wanted]
    parts = [one for one in then if one.merged]
    whole = next((one for one in then if not one.merged), None)
    if whole is None:
        return data, tuple(_told_merged(parts))
    before = _YearBefore(whole, kind)
    lines = tuple(_joined(line, before) for line in data.lines)
    count = sum(line is not own for line, own in zip(lines, data.lines, strict=True))
    differing = [found for line in data.lines for found in _differences(line, before)]
    notes = list(_notes(before, count, used=bool(count or differing)))
    return replace(data, lines=lines), (*notes, *differing, *_told_merged(parts))


def _a_year_before(period_id: str) -> str:
    return f"{int(period_id[:4]) - 1}{period_id[4:]}"


# ---------------------------------------------------------------- one line


def _joined(line: Line, before: _YearBefore) -> Line:
    """The line with last year's numbers; itself where there is nothing to join."""
    if line.previous or not before.concerns(line):
        return line
    value = before.figure(line, "value") if known_value(line) else None
    amount = before.figure(line, "amount") if known_amount(line) else None
    if not (value or amount):
        return line
    first = value or amount
    measure = Measure(
        value=value.quantity if value else None,
        amount=amount.quantity if amount else None,
        where=first.where if first else "",
    )
    return replace(line, previous=(measure,))


def _differences(line: Line, before: _YearBefore) -> Iterator[Finding]:
    """What the line says of the same period, where it was issued otherwise."""
    year = before.past.period.id[:4]
    for measure in line.previous[:1]:
        if _is_of_another_year(measure.label, year) or not before.concerns(line):
            continue
        for name, stated in (("value", measure.value), ("amount", measure.amount)):
            then = before.figure(line, name)
            if (
                stated
                and then
                and not overlap(rounding_span(stated), rounding_span(then.quantity))
            ):
                yield _differs(line, name, stated, then, before)


def _is_of_another_year(label: str, year: str) -> bool:
    """Whether a label names years, and the year before is not among them."""
    named = [
        word for word in label.replace("/", " ").split() if len(word) == 4 and word.isdigit()
    ]
    return bool(named) and year not in named


def _differs(
    line: Line, name: str, stated: Quantity, then: Figure, before: _YearBefore
) -> Finding:
    suffix = "" if name == "value" else "_amount"
    what = "số cùng kỳ" if name == "value" else "kinh phí cùng kỳ"
    return Finding(
        "previous.differs", WARNING, stated.where,
        f"{line.label}: {what} ghi {say_quantity(stated, then.unit)} ở {stated.where}, trong khi "
        f"báo cáo kỳ {before.past.period.id} trong kho lưu trữ ghi {say(then)}.",
        "Hãy kiểm tra lại số cùng kỳ; nếu số đã báo cáo nay được tính lại, xác nhận và ghi lý do.",
        f"{line.key}.previous{suffix}", (stated.where, then.where),
        stated.value, then.quantity.value, then.unit,
    )  # fmt: skip


# ---------------------------------------------------------------- what is told of the whole


def _notes(before: _YearBefore, count: int, *, used: bool) -> Iterator[Finding]:
    past = before.past
    if count:
        yield Finding(
            "previous.from_archive", NOTE, before.place,
            f"Lấy số cùng kỳ cho {count} dòng từ báo cáo kỳ {past.period.id} trong kho lưu trữ, "
            f"{_said_day(past.issued_on)}.",
            "Nếu muốn dùng số khác cho dòng nào, hãy ghi số cùng kỳ vào dòng đó.",
            past.report_id,
        )  # fmt: skip
    if used and past.revised:
        yield Finding(
            "previous.revised", NOTE, before.place,
            f"Báo cáo kỳ {past.period.id} đã có bản thay thế sau khi ban hành; số cùng kỳ theo bản "
            "mới nhất.",
            "Nếu báo cáo khác đã dùng số của bản cũ, nên nói rõ trong lời văn.",
            past.report_id,
        )  # fmt: skip
    if used and past.unit:
        yield Finding(
            "previous.other_unit", NOTE, before.place,
            f"Báo cáo kỳ {past.period.id} là của {_said_unit(past.unit)}, tên cũ của đơn vị; số "
            "cùng kỳ theo báo cáo đó.",
            "Nếu địa bàn không còn như cũ, hãy ghi số cùng kỳ tính theo địa bàn hiện nay.",
            past.report_id,
        )  # fmt: skip


def _told_merged(parts: Sequence[Past]) -> Iterator[Finding]:
    """What is said where there are only reports of units that were merged into this one."""
    if not parts:
        return
    units = "; ".join(_said_unit(part.unit) for part in parts if part.unit)
    yield Finding(
        "previous.other_unit", NOTE, place_in_archive(parts[0].report_id),
        f"Báo cáo kỳ {parts[0].period.id} là của {units}, địa bàn khác với đơn vị hiện nay; số cùng "
        "kỳ không tự cộng, các dòng chưa có số cùng kỳ để trống.",
        "Nếu có số cùng kỳ tính theo địa bàn hiện nay, hãy ghi vào từng dòng.",
        " ".join(part.report_id for part in parts),
        tuple(place_in_archive(part.report_id) for part in parts),
    )  # fmt: skip


def _said_day(day: date | None) -> str:
    return f"ban hành ngày {day:%d/%m/%Y}" if day else "không rõ ngày ban hành"


def _said_unit(unit: OrgUnit) -> str:
    return f"{unit.name} ({', '.join(unit.within)})" if unit.within else unit.name
