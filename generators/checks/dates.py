"""Days that cannot be: of the paper, of its lines, of the period itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generators.checks.report import Report, every_line
from generators.model import WARNING, Finding, Line, Period
from generators.periods import calendar_span

_DAY = timedelta(days=1)
_SHIFT, _YEAR = timedelta(days=31), timedelta(days=366)
_TWO_MONTHS = timedelta(days=62)
_MONTHS_DIFFER = timedelta(days=3)  # 15/12 to 14/6 has a day or two more than 1/1 to 30/6


def check_document_date(report: Report) -> Iterator[Finding]:
    """A report is dated near its period's end or after it, and not more than a year after it.

    One dated within its last two months (15/12 to 14/6, an estimate) is usual. Blank: a paper
    whose date comes later is not judged.
    """
    day, period = report.data.document.date, report.data.period
    if day and day < period.start:
        yield _misdated(
            "date.document_early", day,
            f"trước khi kỳ báo cáo bắt đầu ({_say(period.start)})",
        )  # fmt: skip
    elif day and day < period.end - _TWO_MONTHS:
        yield _misdated(
            "date.document_early", day,
            f"hơn hai tháng trước khi kỳ báo cáo kết thúc ({_say(period.end)})",
        )  # fmt: skip
    elif day and day > period.end + _YEAR:
        yield _misdated(
            "date.document_late", day,
            f"quá một năm sau khi kỳ báo cáo kết thúc ({_say(period.end)})",
        )  # fmt: skip


def _misdated(code: str, day: date, fault: str) -> Finding:
    return Finding(
        code, WARNING, "/document/date",
        f"Báo cáo ghi ngày {_say(day)}, {fault}.",
        "Hãy sửa ngày của báo cáo, hoặc sửa kỳ báo cáo.",
        "document/date", ("/document/date",), quote=_say(day),
    )  # fmt: skip


def check_line_dates(report: Report) -> Iterator[Finding]:
    """A line's own days lie in the period, or meet it.

    A stock may be counted on the day before the period begins; a target's days are to come.
    Blank: a span of which one end is blank is open there; a line without days has the
    period's.
    """
    for line in _results(report):
        after = _days_after_document(report, line)
        for name, fault in _outside(line, report.data.period):
            if name not in after:
                period = report.data.period
                yield Finding(
                    "date.line_outside", WARNING, line.where,
                    f"Dòng «{line.label}» {fault}, ngoài kỳ báo cáo "
                    f"({_say(period.start)} đến {_say(period.end)}).",
                    "Hãy sửa ngày của dòng, hoặc chuyển dòng sang báo cáo của kỳ có ngày đó.",
                    line.key, (line.where,), quote=fault,
                )  # fmt: skip


def _outside(line: Line, period: Period) -> Iterator[tuple[str, str]]:
    """The day or span of the line that does not meet the period: its field, and in words."""
    if line.as_of and not period.start - _DAY <= line.as_of <= period.end:
        yield "as_of", f"tính đến ngày {_say(line.as_of)}"
    before = line.end is not None and line.end < period.start
    if before or (line.start is not None and line.start > period.end):
        ends = (("từ", line.start), ("đến", line.end))
        yield "end", "tính " + " ".join(f"{word} ngày {_say(day)}" for word, day in ends if day)


def check_lines_after_document(report: Report) -> Iterator[Finding]:
    """A report tells of nothing later than its own date.

    An estimate up to the period's end is made before it. Blank: a paper without a date, and
    a line without days, are not judged.
    """
    for line in _results(report):
        after = _days_after_document(report, line)
        if after and report.data.document.date:
            latest = max(after.values())
            yield Finding(
                "date.line_after_document", WARNING, line.where,
                f"Dòng «{line.label}» tính đến ngày {_say(latest)}, trong khi báo cáo ghi ngày "
                f"{_say(report.data.document.date)}.",
                "Hãy sửa ngày của dòng hoặc ngày của báo cáo; nếu là số ước thực hiện, hãy "
                "đánh dấu ước thực hiện.",
                line.key, (line.where, "/document/date"), quote=_say(latest),
            )  # fmt: skip


def _days_after_document(report: Report, line: Line) -> dict[str, date]:
    """The line's last days that come after the paper's date, by field."""
    day, end = report.data.document.date, report.data.period.end
    if day is None:
        return {}
    days = {"as_of": line.as_of, "end": line.end}
    return {name: own for name, own in days.items()
            if own and own > day and not (line.estimate and own <= end)}  # fmt: skip


def _results(report: Report) -> Iterator[Line]:
    """All lines but those that set a target for the coming period, and their parts."""
    for line in report.data.lines:
        spec = report.spec(line)
        if spec is None or spec.nature != "target":
            yield from every_line((line,))


def check_period_span(report: Report) -> Iterator[Finding]:
    """The period's days are the calendar's, or as many, moved by a month at most.

    15/12 to 14/6 is a usual half-year. Blank: days not given are the calendar's.
    """
    period = report.data.period
    first, last = calendar_span(period.id)
    moved = max(abs(period.start - first), abs(period.end - last))
    longer = (period.end - period.start) - (last - first)
    if moved > _SHIFT or abs(longer) > _MONTHS_DIFFER:
        given = f"{_say(period.start)} đến {_say(period.end)}"
        yield Finding(
            "date.period_span", WARNING, "/period",
            f"Kỳ {period.id} tính từ {given}, {_length(longer)} kỳ theo lịch "
            f"({_say(first)} đến {_say(last)}).",
            "Hãy sửa ngày đầu, ngày cuối của kỳ, hoặc chọn đúng kỳ báo cáo.",
            "period", ("/period",), quote=given,
        )  # fmt: skip


def _length(longer: timedelta) -> str:
    if abs(longer) <= _MONTHS_DIFFER:
        return "lệch quá một tháng so với"
    return f"{'dài' if longer > timedelta() else 'ngắn'} hơn {abs(longer.days)} ngày so với"


def _say(day: date) -> str:
    return f"{day:%d/%m/%Y}"
