"""Phụ lục: pointed to, numbered in Roman digits, with the line of what they go with (mục III.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generators.model import Finding
from lint.components import annex_parts
from lint.numbering import roman
from lint.rules.pages import starts_anew
from lint.sheet import Sheet, told

_MENTIONS = re.compile(r"phụ lục|biểu kèm theo|kèm theo báo cáo", re.I)
_NUMBER = re.compile(r"phụ lục\s+(?:số\s+)?([IVXLC]+|\d+)", re.I)


def check_mention(sheet: Sheet) -> Iterator[Finding]:
    """The text points to its annexes."""
    form = sheet.form
    said = (*form.basis, *form.body)
    if form.annexes and not any(_MENTIONS.search(one.words) for one in said):
        yield told(
            "annex.mention", form.annexes[0][0], "nội dung văn bản không nhắc đến phụ lục"
        )


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
        if not starts_anew(section):
            yield told("annex.pages", annex[0], "đánh tiếp số trang của văn bản")


CHECKS = (check_mention, check_numbering, check_attached, check_pages)
