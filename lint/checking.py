"""A .docx is judged: all rules, in the order of the decree; what is found often is told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generators.model import ERROR, Finding
from lint.components import Form, recognise
from lint.opening import NotOpened, open_document
from lint.reading import read_paper
from lint.rules import (
    annexes,
    appearance,
    ending,
    head,
    names,
    outline,
    pages,
    places,
    stamps,
    text,
    wording,
)
from lint.sheet import OFFICIAL, Check, Sheet
from lint.tabbed import in_columns

_EVERYWHERE: tuple[Check, ...] = (*pages.CHECKS, *appearance.CHECKS, *text.CHECKS)
_OFFICIAL: tuple[Check, ...] = (
    *pages.CHECKS, *head.CHECKS, *names.CHECKS, *places.CHECKS, *appearance.CHECKS, *text.CHECKS,
    *outline.CHECKS, *ending.CHECKS, *annexes.CHECKS, *stamps.CHECKS, *wording.CHECKS,
)  # fmt: skip
_PLACES = 3  # told by their words; the rest is counted


def lint(data: bytes, kind: str = OFFICIAL) -> tuple[Finding, ...]:
    """Return what a .docx does against the form `kind`: "nd30" or "ban-tin".

    A file that cannot be opened is one finding, whose code begins with ``file.``.
    """
    try:
        paper = read_paper(open_document(data))
    except NotOpened as refusal:
        return (refusal.finding,)
    official = kind == OFFICIAL
    if official:
        paper = in_columns(paper)
    sheet = Sheet(paper, recognise(paper) if official else Form(), kind)
    found = (one for check in (_OFFICIAL if official else _EVERYWHERE) for one in check(sheet))
    return tuple(_gathered(found))


def is_unreadable(findings: Iterable[Finding]) -> bool:
    """Whether the file could not be opened at all."""
    return any(one.code.startswith("file.") and one.severity == ERROR for one in findings)


def _gathered(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding for each code and message, with all its places."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        groups.setdefault((one.code, one.message), []).append(one)
    for same in groups.values():
        first, places = same[0], tuple(one.where for one in same)
        if len(same) == 1:
            yield replace(first, places=places)
            continue
        where = "; ".join(places[:_PLACES])
        rest = f"; và {len(places) - _PLACES} chỗ khác" if len(places) > _PLACES else ""
        yield replace(first, where=where + rest, places=places, about="; ".join(places))
