"""Phụ lục: pointed to, numbered in Roman digits, with the line of what they go with (mục III.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generators.model import Finding
from lint.components import annex_parts
from lint.marks import Group
from lint.numbering import roman
from lint.rules.head import NUMBER
from lint.rules.pages import starts_anew
from lint.sheet import Sheet, told

_ROMAN = {roman(value): value for value in range(1, 100)}
_LISTED = re.compile(
    r"phụ lục\s+((?:số\s+)?(?:[IVXLC]+|\d+)\b(?:\s*(?:,|;|và|đến|-|–)\s*"
    r"(?:phụ lục\s+)?(?:số\s+)?(?:[IVXLC]+|\d+)\b)*)", re.I)  # fmt: skip
_ONE = re.compile(r"(đến|-|–)?\s*(?:phụ lục\s+)?(?:số\s+)?\b([IVXLC]+|\d+)\b", re.I)
_WITH = re.compile(
    r"\(\s*(?:ban hành )?kèm theo\s+\S.*\ssố\b(?P<number>[\d\s.…]*)/\s*(?P<sign>[\w…-]*)\W.*?\bngày\b"
    r"(?P<day>[\d\s.…]*)tháng(?P<month>[\d\s.…]*)năm(?P<year>[\d\s.…]*)\s*của\s*\S",
    re.I,
)
_OWN = re.compile(r"s[ốo]\s*:?(?P<number>[\d\s.…]*)/\s*(?P<sign>[\w-]*)", re.I)
_DATE = re.compile(
    r"ngày(?P<day>[\d\s.…]*)tháng(?P<month>[\d\s.…]*)năm(?P<year>[\d\s.…]*)", re.I
)
_MENTIONS = re.compile(r"phụ lục|biểu kèm theo|kèm theo báo cáo", re.I)
_ALONE = re.compile(r"phụ lục(?:\s+(?:số\s+)?[IVXLC\d]+)?\s*[.:]?\Z", re.I)
_NUMBER = re.compile(r"phụ lục\s+(?:số\s+)?([IVXLC]+|\d+)", re.I)


def check_mention(sheet: Sheet) -> Iterator[Finding]:
    """The text points to its annexes: to each of them, where it tells them by number."""
    form = sheet.form
    said = [one.words for one in (*form.basis, *form.body)]
    pointing = [words for words in said if _MENTIONS.search(words)]
    if form.annexes and not pointing:
        yield told(
            "annex.mention", form.annexes[0][0], "nội dung văn bản không nhắc đến phụ lục"
        )
        return
    told_of = {number for words in pointing for number in _numbers(words)}
    if any(_MENTIONS.search(_LISTED.sub("", words)) for words in pointing):
        return  # "các phụ lục kèm theo" is all of them
    for at, annex in enumerate(form.annexes, 1):
        if told_of and len(form.annexes) > 1 and at not in told_of:
            yield told(
                "annex.mention", annex[0], f"nội dung không nhắc đến Phụ lục {roman(at)}"
            )


def _numbers(words: str) -> Iterator[int]:
    """The numbers of the annexes that are named: "I, II", "I đến III"."""
    for listed in _LISTED.finditer(words):
        before = 0
        for until, digits in _ONE.findall(listed[1]):
            value = int(digits) if digits.isdecimal() else _ROMAN.get(digits.upper(), 0)
            yield from range(before + 1, value) if until and before else ()
            yield value
            before = value


def check_numbering(sheet: Sheet) -> Iterator[Finding]:
    """Two annexes and more are numbered I, II, III."""
    annexes = sheet.form.annexes
    for at, annex in enumerate(annexes if len(annexes) > 1 else (), 1):
        found = _NUMBER.match(annex[0].words)
        if not found or found[1] != roman(at):
            told_ = f"«{annex[0].words}»"
            yield told("annex.numbering", annex[0], told_, f"«Phụ lục {roman(at)}»")


def check_attached(sheet: Sheet) -> Iterator[Finding]:
    """Each says what it goes with."""
    for annex in sheet.form.annexes:
        if not annex_parts(annex)[2]:
            yield told("annex.attached", annex[0], "không thấy")


def check_pages(sheet: Sheet) -> Iterator[Finding]:
    """Each numbers its own pages."""
    for annex in sheet.form.annexes:
        section = sheet.paper.sections[min(annex[0].section, len(sheet.paper.sections) - 1)]
        first = next(one for one in sheet.paper.said if one.section == annex[0].section)
        if first is not annex[0] or not starts_anew(section):
            before = "phụ lục trước" if first in _annexed(sheet) else "văn bản"
            yield told("annex.pages", annex[0], f"đánh tiếp số trang của {before}")


def _annexed(sheet: Sheet) -> Group:
    return tuple(one for annex in sheet.form.annexes for one in annex)


def check_head(sheet: Sheet) -> Iterator[Finding]:
    """The word and the number of an annex stand alone."""
    for annex in sheet.form.annexes:
        if not _ALONE.match(annex[0].words):
            yield told("annex.own_line", annex[0], "tên phụ lục ghi liền sau số thứ tự")


def check_end(sheet: Sheet) -> Iterator[Finding]:
    """Each ends in "./."; who made its table may stand below."""
    for annex in sheet.form.annexes:
        if not any(one.words.endswith("./.") for one in annex):
            yield told("annex.end", annex[-1], f"kết thúc bằng «{annex[-1].words[-3:]}»")


def check_with(sheet: Sheet) -> Iterator[Finding]:
    """What an annex goes with is told in full, and is this document; blanks are no fault."""
    number = tuple(one for one in sheet.form.number if NUMBER.match(one.words))
    head = {**_told(_OWN, number), **_told(_DATE, sheet.form.date)}
    for annex in sheet.form.annexes:
        for one in annex_parts(annex)[2]:
            found = _WITH.match(one.words)
            if found is None:
                yield told("attached.form", one, f"«{one.words}»")
                continue
            named = {name: _plain(value) for name, value in found.groupdict().items()}
            if any(_differ(head.get(name, ""), value) for name, value in named.items()):
                yield told("attached.same", one, f"«{one.words}»")


def _told(pattern: re.Pattern[str], group: Group) -> dict[str, str]:
    found = next((match for one in group if (match := pattern.search(one.words))), None)
    return (
        {}
        if found is None
        else {name: _plain(value) for name, value in found.groupdict().items()}
    )


def _differ(of_document: str, named: str) -> bool:
    """Whether two are told and are not one; "BC-…" leaves off what stands at the head."""
    if not of_document or not named:
        return False
    return of_document != named and not (named.endswith("-") and of_document.startswith(named))


def _plain(value: str) -> str:
    """A number without what holds its place; ký hiệu in capitals."""
    return value.strip(" .…").lstrip("0").upper()


CHECKS = (
    check_mention,
    check_numbering,
    check_attached,
    check_pages,
    check_head,
    check_end,
    check_with,
)
