"""Words that do not belong: out of date, of another lunar year, misspelled, unexplained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from generators.checks.passages import IF_MEANT, STORY, Passage, passages
from generators.checks.report import Report
from generators.lunar import BRANCHES, STEMS, lunar_year
from generators.model import NOTE, WARNING, Finding, PeriodData
from generators.terms import Abbreviation, Abolished, Spelling, Spot, plain_lower, spots

_NEAR = 40  # characters

# ---------------------------------------------------------------- out of date


def check_abolished(report: Report) -> Iterator[Finding]:
    """No office and no legal basis is named that had ended when the report was made.

    A report of a period that ended before is never accused. Blank: a paper without a date is
    taken to be of the period's last day.
    """
    day = _day_of(report.data)
    ended = [term for term in report.terms.abolished if term.since <= day]
    for passage in passages(report) if ended else ():
        for term in ended:
            if passage.field in (term.fields or (passage.field,)):
                yield from _abolished(passage, term)


def _day_of(data: PeriodData) -> date:
    return min(data.document.date or data.period.end, data.period.end)


def _abolished(passage: Passage, term: Abolished) -> Iterator[Finding]:
    for quote in _quotes(passage, term.words, passage.low):
        unsure = "" if term.confidence in "PS" else " Căn cứ này chưa được kiểm chứng."
        yield passage.finding(
            "text.abolished", WARNING,
            f"«{quote}» không còn đúng từ ngày {term.since:%d/%m/%Y} ({term.basis}).",
            f"Nên ghi: {term.instead}. Nếu nói về việc trước ngày đó, hãy xác nhận và ghi lý do."
            + unsure, quote,
        )  # fmt: skip


def _quotes(
    passage: Passage, words: tuple[str, ...], text: str, not_after: tuple[str, ...] = ()
) -> list[str]:
    """The words as they are written in the passage, each once."""
    found = [
        passage.text[start:end]
        for start, end in spots(words, text)
        if not {*passage.low[max(0, start - _NEAR) : start].split()[-1:]} & {*not_after}
    ]
    return list({quote.lower(): quote for quote in reversed(found)}.values())[::-1]


# ---------------------------------------------------------------- lunar years

_LUNAR = re.compile(
    rf"(?<!\w)({'|'.join((*STEMS, 'Kỉ'))}) ({'|'.join((*BRANCHES, 'Tí', 'Tị'))})(?!\w)", re.I
)
_YEAR_AFTER = re.compile(r"(?: năm| [-–]|,)? ?\(?((?:19|20)\d\d)(?!\d)")
_YEAR_BEFORE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?: [-–]|,)? \(?\Z")


def check_lunar_year(report: Report) -> Iterator[Finding]:
    """A lunar year has its right name: Canh Tý is 2020, Bính Ngọ 2026.

    Blank: without a year beside it, it must be the period's; from July on, or the next one's.
    A story may tell of any year.
    """
    year = int(report.data.period.id[:4])
    ours = {lunar_year(year)}
    if report.data.period.end.month > 6:
        ours.add(lunar_year(year + 1))
    for passage in passages(report):
        for found in _LUNAR.finditer(passage.text):
            if fault := _wrong_year(found, passage, ours):
                quote = found[0]
                yield passage.finding("text.lunar_year", WARNING, fault,
                                      f"Hãy sửa tên năm âm lịch hoặc năm dương lịch; {IF_MEANT}",
                                      quote)  # fmt: skip


def _wrong_year(found: re.Match[str], passage: Passage, ours: set[str]) -> str:
    name, text = _one_spelling(found), passage.text
    if name is None:
        return ""
    after = _YEAR_AFTER.match(text, found.end())
    before = _YEAR_BEFORE.search(text, max(0, found.start() - 9), found.start())
    if any(year and lunar_year(int(year[1])) == name for year in (after, before)):
        return ""
    if after:
        return (f"«{found[0]}{after[0]}»: năm {after[1]} là {lunar_year(int(after[1]))}, "
                f"không phải {name}.")  # fmt: skip
    said = " hoặc ".join(sorted(ours))
    if name in ours or passage.field == STORY:
        return ""
    return f"«{found[0]}» không phải năm của kỳ báo cáo ({said})."


def _one_spelling(found: re.Match[str]) -> str | None:
    """The name as the calendar has it; None where no year has it."""
    stem, branch = (word.capitalize() for word in found.groups())
    stem, branch = stem.replace("Kỉ", "Kỷ"), branch.replace("Tí", "Tý").replace("Tị", "Tỵ")
    paired = STEMS.index(stem) % 2 == BRANCHES.index(branch) % 2
    return f"{stem} {branch}" if paired else None


# ---------------------------------------------------------------- spelling


def check_spelling(report: Report) -> Iterator[Finding]:
    """No word known to be misspelled stands in what is printed.

    What merely is better written otherwise is a note, "text.style". Blank: nothing to read.
    """
    for passage in passages(report):
        for term in report.terms.spelling:
            yield from _misspelled(passage, term)


def _misspelled(passage: Passage, term: Spelling) -> Iterator[Finding]:
    text = passage.plain if term.case == "exact" else passage.low
    for quote in _quotes(passage, term.words, text, term.not_after):
        if term.severity == WARNING:
            yield passage.finding("text.spelling", WARNING, f"«{quote}» viết chưa đúng.",
                                  f"Hãy viết «{term.right}».", quote)  # fmt: skip
        else:
            yield passage.finding("text.style", NOTE, f"«{quote}» nên viết «{term.right}».",
                                  "Không bắt buộc sửa.", quote)  # fmt: skip


# ---------------------------------------------------------------- abbreviations

_NOT_EXPANDED_IN = ("recipient", "author")
_CAPITALS = re.compile(r"(?<![\w/&.-])[A-ZĐƯƠÂĂÊÔ]{3,10}(?![\w/&-])")
_ROMAN = re.compile(r"[IVXLC]+")


def check_abbreviations(report: Report) -> Iterator[Finding]:
    """An abbreviation is written out once, "hoàn cảnh đặc biệt (HCĐB)", somewhere in the report.

    Those that everybody knows need not be; names of offices in the list of recipients neither.
    Blank: with no terms known nothing is looked for; one that no list knows is a note.
    """
    terms = report.terms
    if not terms.abbreviation:
        return
    read = [p for p in passages(report) if p.field not in _NOT_EXPANDED_IN]
    known = {word for term in terms.abbreviation for word in term.words} | terms.bare
    for term in terms.abbreviation:
        yield from _unexpanded(read, term)
    for passage in read:
        for word in dict.fromkeys(_unknown(passage, known)):
            yield passage.finding(
                "text.abbreviation", NOTE, f"«{word}» có thể là chữ viết tắt chưa giải thích.",
                "Nếu là chữ viết tắt, nên viết đầy đủ ở lần đầu.", word,
            )  # fmt: skip


def _unexpanded(read: list[Passage], term: Abbreviation) -> Iterator[Finding]:
    found = [(passage, spot) for passage in read for spot in _short(passage, term)]
    if not found or any(_explains(passage, spot, term) for passage, spot in found):
        return
    passage, (start, end) = found[0]
    quote = passage.text[start:end]
    finding = passage.finding(
        "text.abbreviation", WARNING,
        f"chữ viết tắt «{quote}» chưa được viết đầy đủ ở chỗ nào trong báo cáo.",
        f"Hãy viết «{term.full}», hoặc ở lần đầu viết «{term.full} ({quote})».", quote,
    )  # fmt: skip
    yield replace(finding, places=tuple(dict.fromkeys(p.where for p, _ in found)))


def _short(passage: Passage, term: Abbreviation) -> list[Spot]:
    return [(start, end) for start, end in spots(term.words, passage.plain)
            if not start or passage.plain[start - 1] not in "/-"]  # fmt: skip


def _explains(passage: Passage, spot: Spot, term: Abbreviation) -> bool:
    """Whether the full words stand before the bracket it is in, or in one after it."""
    (start, end), full, low = spot, (plain_lower(term.full),), passage.low
    room = len(term.full) + _NEAR
    opened = low.rfind("(", max(0, start - _NEAR), start)
    before = low[max(0, opened - room) : opened] if opened >= 0 else ""
    if before and ")" not in low[opened:start] and spots(full, before):
        return True
    after = low[end : end + room]
    return after.lstrip().startswith("(") and bool(spots(full, after))


def _unknown(passage: Passage, known: frozenset[str] | set[str]) -> Iterator[str]:
    for found in _CAPITALS.finditer(passage.text):
        before = passage.text[max(0, found.start() - _NEAR) : found.start()].split()[-1:]
        after = passage.text[found.end() : found.end() + _NEAR].split()[:1]
        shouted = any(len(word) > 1 and word.isupper() for word in (*before, *after))
        bracketed = passage.text[found.start() - 1 : found.start()] == "("
        if not (found[0] in known or _ROMAN.fullmatch(found[0]) or shouted or bracketed):
            yield found[0]
