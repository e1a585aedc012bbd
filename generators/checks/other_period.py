"""Months and quarters of another period in what is told: words left over from an earlier report."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator

from generators.checks.passages import IF_MEANT, STORY, Passage, passages, sentences
from generators.checks.report import Report
from generators.model import WARNING, Finding
from generators.periods import next_period

_COUNTS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "chín": 9}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_TOLD = re.compile(
    r"(?<![\w.,/-])(?:"
    r"(?P<count>\d{1,2}|hai|ba|bốn|năm|sáu|chín) tháng"
    r"(?: (?P<half>đầu|cuối) năm(?: (?P<year>\d{4})(?!\d))?| (?P<past>vừa qua|qua)(?!\w))"
    r"|quý (?P<quarter>[1-4]|i{1,3}|iv)(?: năm |/| - |-| )(?P<of>(?:19|20)\d\d)(?!\d))"
)
_BARE = re.compile(
    r"(?:(?:\A|[.!?…:]\s+|\n\s*)trong|(?<!\w)(?:báo cáo|sơ kết|tổng kết)(?: kết quả)?) "
    r"(?P<told>(?P<count>\d{1,2}|hai|ba|bốn|năm|sáu|chín) tháng)"
    r"(?=,|\.|:|\Z| (?:thực hiện|đã|các|toàn|công tác|ubnd|ủy ban|phường|xã|thị trấn|huyện|quận)(?!\w))"
)
_PARTS = {(6, "đầu"): "S1", (6, "cuối"): "S2", (9, "đầu"): "N9", (3, "cuối"): "Q4"}
_NAMES = {part: f"{count} tháng {half} năm" for (count, half), part in _PARTS.items()}
_LENGTHS = {"S1": (6,), "S2": (6, 12), "N9": (9,)}
_COMPARES = re.compile(r"cùng kỳ|so với|so cùng|năm trước|năm ngoái|kỳ trước")
_MEASURES = re.compile(r"(?<!\w)(?:bằng|hơn|từ|kể từ)(?: mức| kết quả)?(?: của)? \Z")
_TO_COME = re.compile(r"(?:phương hướng|nhiệm vụ|giải pháp|kế hoạch|mục tiêu)[^,.;:]*\Z")
_STOP = re.compile(r"[.!?…]\s")
_NEAR = 200  # characters


def check_other_period(report: Report) -> Iterator[Finding]:
    """Free text tells of the report's own months, or of those that come next.

    Nothing is said of the words after "so với", "cùng kỳ", of an earlier period beside the own
    one in a sentence, nor in the labels of what is compared; a story tells of what it likes.
    Blank: without a year the months alone are judged; a report of a quarter or of a year
    tells of months as its details and is not judged.
    """
    period = report.data.period.id
    if period[4:] not in _LENGTHS:
        return
    for passage in passages(report):
        for quote in dict.fromkeys(_other_months(passage, period)):
            yield passage.finding(
                "text.other_period", WARNING,
                f"«{quote}» không phải kỳ của báo cáo này ({_NAMES[period[4:]]} {period[:4]}).",
                f"Nếu là lời văn còn sót của kỳ khác, hãy sửa; {IF_MEANT}", quote,
            )  # fmt: skip


def _other_months(passage: Passage, period: str) -> Iterator[str]:
    if passage.field in ("compared", STORY):
        return
    if " tháng" not in passage.low and "quý " not in passage.low:
        return
    stops = [stop.start() for stop in _STOP.finditer(passage.low)]
    own = {bisect(stops, found.start()) for found in _TOLD.finditer(passage.low)
           if _is_part(found, period)}  # fmt: skip
    for start, end in sentences(passage.low):
        compared = _COMPARES.search(passage.low, start, end)
        for found in _TOLD.finditer(passage.low, start, compared.start() if compared else end):
            beside = bisect(stops, found.start()) in own and _is_before(
                passage.low, found, period
            )
            if not (_is_ours(found, period) or beside or _is_measure(passage.low, found)):
                yield passage.text[slice(*found.span())]
    for found in _BARE.finditer(passage.low):
        if _count(found) not in _LENGTHS[period[4:]]:
            yield passage.text[slice(*found.span("told"))]


def _is_ours(told: re.Match[str], period: str) -> bool:
    """Whether the months are of the period or of the next; a quarter, whether its year is."""
    if told["past"]:
        return _count(told) in _LENGTHS[period[4:]]
    if told["of"]:
        return told["of"] in (period[:4], next_period(period)[:4])
    return _is_part(told, period) or _is_part(told, next_period(period))


def _is_part(told: re.Match[str], period: str) -> bool:
    """Whether the months are those of a period of that name, of this year or of none."""
    if not told["half"] or told["year"] not in (None, period[:4]):
        return False
    return _PARTS.get((_count(told), told["half"])) == period[4:]


def _count(told: re.Match[str]) -> int:
    return _COUNTS.get(told["count"]) or int(told["count"])


def _is_before(text: str, told: re.Match[str], period: str) -> bool:
    """Whether what is told is past, and so a measure or a part of the period told beside it."""
    if _TO_COME.search(text, max(0, told.start() - _NEAR), told.start()):
        return False
    year = told["year"] or told["of"] or period[:4]
    return year < period[:4] or (year == period[:4] and told["half"] != "cuối")


def _is_measure(text: str, told: re.Match[str]) -> bool:
    """Whether it follows a word that compares, or stands in brackets with its own number."""
    before = text[max(0, told.start() - _NEAR) : told.start()]
    if _MEASURES.search(before):
        return True
    after = text[told.end() : told.end() + _NEAR].partition(")")
    inside = "(" in before and ")" not in before[before.rfind("(") :] and after[1]
    return bool(inside) and any(sign.isdigit() for sign in after[0])
