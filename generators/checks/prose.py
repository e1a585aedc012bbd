"""Words that do not belong: of another period or unit, out of date, misspelled, unexplained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from generators.checks.passages import Passage, passages, sentences
from generators.checks.report import Report
from generators.folding import fold
from generators.lunar import BRANCHES, STEMS, lunar_year
from generators.model import NOTE, WARNING, Finding, PeriodData
from generators.periods import next_period
from generators.terms import Abbreviation, Abolished, Spelling, Spot, plain_lower, spots

_NEAR = 40  # characters
_IF_MEANT = "nếu đúng ý, hãy xác nhận và ghi lý do."

# ---------------------------------------------------------------- another period

_COUNTS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "chín": 9}
_MONTHS = re.compile(
    r"(?<![\w.,/-])(\d{1,2}|hai|ba|bốn|năm|sáu|chín) tháng (đầu|cuối) năm(?: (\d{4})(?!\d))?"
)
_PARTS = {(6, "đầu"): "S1", (6, "cuối"): "S2", (9, "đầu"): "N9", (3, "cuối"): "Q4"}
_NAMES = {part: f"{count} tháng {half} năm" for (count, half), part in _PARTS.items()}
_COMPARES = re.compile(r"cùng kỳ|so với|so cùng|năm trước|năm ngoái|kỳ trước")


def check_other_period(report: Report) -> Iterator[Finding]:
    """Free text tells of the report's own months, or of those that come next.

    Nothing is said of the words after "so với", "cùng kỳ", nor in the labels of what is
    compared. Blank: without a year the months alone are judged; a report of a quarter or of a
    year tells of months as its details and is not judged.
    """
    period = report.data.period.id
    if period[4:] not in ("S1", "S2", "N9"):
        return
    for passage in passages(report):
        for quote in dict.fromkeys(_other_months(passage, (period, next_period(period)))):
            yield passage.finding(
                "text.other_period", WARNING,
                f"«{quote}» không phải kỳ của báo cáo này ({_NAMES[period[4:]]} {period[:4]}).",
                f"Nếu là lời văn còn sót của kỳ khác, hãy sửa; {_IF_MEANT}", quote,
            )  # fmt: skip


def _other_months(passage: Passage, ours: tuple[str, str]) -> Iterator[str]:
    if passage.field == "compared" or " tháng " not in passage.low:
        return
    for start, end in sentences(passage.low):
        compared = _COMPARES.search(passage.low, start, end)
        for found in _MONTHS.finditer(
            passage.low, start, compared.start() if compared else end
        ):
            if not _is_ours(found, ours):
                yield passage.text[slice(*found.span())]


def _is_ours(found: re.Match[str], ours: tuple[str, str]) -> bool:
    count = _COUNTS.get(found[1]) or int(found[1])
    part = _PARTS.get((count, found[2]))
    return any(part == id_[4:] and found[3] in (None, id_[:4]) for id_ in ours)


# ---------------------------------------------------------------- another unit

_LEVELS = (
    ("phường", "xã", "thị trấn", "đặc khu"), ("quận", "huyện", "thị xã"), ("tỉnh",),
)  # fmt: skip
_UNIT = re.compile(
    r"(?<!\w)(phường|(?<!thị )(?<!tác )xã(?! hội(?!\w))|thị trấn|đặc khu|quận|huyện|thị xã|tỉnh) "
)
_WORD = re.compile(r"(?:[^\W\d_]+|\d{1,2})(?!\w)")
_MERGED = re.compile(r"(?<!\w)(?:cũ|nguyên là|trước đây|sáp nhập|sắp xếp|hợp nhất)(?!\w)")
_TITLE = re.compile(r"chủ tịch|bí thư|trưởng|giám đốc|đồng chí")
_MOST_WORDS = 4


def check_other_unit(report: Report) -> Iterator[Finding]:
    """No other unit of the reporting one's level is named: a report copied from next door.

    Units above and below may be named, and those that became part of this one ("xã A cũ").
    Blank: a unit whose name does not tell its level (or "thành phố", which is two) is not judged.
    """
    own = report.data.org_unit.name
    level, name = _level_of(own)
    if not name:
        return
    for passage in passages(report):
        for quote in dict.fromkeys(_other_units(passage, level, name)):
            yield passage.finding(
                "text.other_unit", WARNING,
                f"nhắc đến «{quote}», trong khi đơn vị báo cáo là {own}.",
                f"Nếu là lời văn chép từ đơn vị khác, hãy sửa tên; {_IF_MEANT}", quote,
            )  # fmt: skip


def _level_of(own: str) -> tuple[tuple[str, ...], str]:
    found = _UNIT.search(plain_lower(own))
    if found is None:
        return (), ""
    level = next(words for words in _LEVELS if found[1] in words)
    return level, fold(own[found.end() :])


def _other_units(passage: Passage, level: tuple[str, ...], own: str) -> Iterator[str]:
    for found in _UNIT.finditer(passage.low):
        name = _name_at(passage.text, found.end()) if found[1] in level else ""
        if not name or f"{fold(name)} ".startswith(f"{own} "):
            continue
        around = passage.low[max(0, found.start() - 60) : found.end() + len(name) + 30]
        before = passage.low[max(0, found.start() - 30) : found.start()]
        if not _MERGED.search(around) and not (_TITLE.search(before) and name.count(" ") > 1):
            yield f"{passage.text[found.start() : found.end()]}{name}"


def _name_at(text: str, start: int) -> str:
    """The words with a capital that begin at `start`, or a number; "" where there are none."""
    end, at = start, start
    for _ in range(_MOST_WORDS):
        word = _WORD.match(text, at)
        if word is None or not _is_name(word[0]):
            break
        end, at = word.end(), word.end() + 1
        if word[0].isdigit() or text[end : end + 1] != " ":
            break
    return text[start:end]


def _is_name(word: str) -> bool:
    return word.isdigit() or (word[0].isupper() and (len(word) == 1 or not word.isupper()))


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
    """
    year = int(report.data.period.id[:4])
    ours = {lunar_year(year)}
    if report.data.period.end.month > 6:
        ours.add(lunar_year(year + 1))
    for passage in passages(report):
        for found in _LUNAR.finditer(passage.text):
            if fault := _wrong_year(found, passage.text, ours):
                quote = found[0]
                yield passage.finding("text.lunar_year", WARNING, fault,
                                      f"Hãy sửa tên năm âm lịch hoặc năm dương lịch; {_IF_MEANT}",
                                      quote)  # fmt: skip


def _wrong_year(found: re.Match[str], text: str, ours: set[str]) -> str:
    name = _one_spelling(found)
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
    return "" if name in ours else f"«{found[0]}» không phải năm của kỳ báo cáo ({said})."


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
