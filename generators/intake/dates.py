"""Days and periods as people write them: 2020-06-30, 30/6/2020, 6 tháng đầu năm 2020."""

from __future__ import annotations

import re
from datetime import date, datetime

from generators.folding import fold
from generators.intake.places import said_place
from generators.model import ERROR, Finding, Raw
from generators.periods import PERIOD_ID

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z")
_HERE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\Z")
_WORDS = (
    (re.compile(r"6 thang dau nam ((?:19|20)[0-9]{2})\Z"), "S1"),
    (re.compile(r"6 thang cuoi nam ((?:19|20)[0-9]{2})\Z"), "S2"),
    (re.compile(r"quy i nam ((?:19|20)[0-9]{2})\Z"), "Q1"),
    (re.compile(r"quy ii nam ((?:19|20)[0-9]{2})\Z"), "Q2"),
    (re.compile(r"quy iii nam ((?:19|20)[0-9]{2})\Z"), "Q3"),
    (re.compile(r"quy iv nam ((?:19|20)[0-9]{2})\Z"), "Q4"),
    (re.compile(r"9 thang dau nam ((?:19|20)[0-9]{2})\Z"), "N9"),
    (re.compile(r"nam ((?:19|20)[0-9]{2})\Z"), ""),
)


def read_date(raw: Raw) -> date | Finding:
    """Return the day that `raw` holds, or a finding where it is none."""
    if isinstance(raw.value, datetime):
        return raw.value.date()
    if isinstance(raw.value, date):
        return raw.value
    text = str(raw.value).strip()
    for pattern, order in ((_ISO, (1, 2, 3)), (_HERE, (3, 2, 1))):
        if found := pattern.match(text):
            year, month, day = (int(found.group(index)) for index in order)
            try:
                return date(year, month, day)
            except ValueError:
                break
    return Finding("date.unreadable", ERROR, raw.place,
                   f"{said_place(raw.place)} là «{text}», không đọc được thành ngày.",
                   "Hãy gõ ngày/tháng/năm, ví dụ 30/6/2020.")  # fmt: skip


def read_period_id(raw: Raw) -> str | Finding:
    """Return the period's id (``2020S1``) from an id or from words."""
    text = str(raw.value).strip()
    if PERIOD_ID.match(text):
        return text
    folded = fold(text)
    for pattern, suffix in _WORDS:
        if found := pattern.match(folded):
            return found.group(1) + suffix
    return Finding("period.unreadable", ERROR, raw.place,
                   f"{said_place(raw.place)} là «{text}», không phải tên một kỳ báo cáo.",
                   "Hãy ghi, ví dụ, «6 tháng đầu năm 2020» hoặc mã 2020S1.")  # fmt: skip
