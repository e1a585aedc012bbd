"""Which paragraph is which component of Phụ lục I, mục IV: told by its words and where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, takewhile

from generators.folding import fold
from lint.marks import Group, Marks, drafter_of, find_marks
from lint.paper import Paper, Paragraph
from lint.types import ABBREVIATED

_TYPES = frozenset(map(fold, ABBREVIATED))
_NATION, _MOTTO = "cong hoa xa hoi chu nghia viet nam", "doc lap tu do hanh phuc"
_NUMBER = re.compile(r"s[ốo]\s*[:.]?\s*[\d…. ]*\s*/", re.I)
_DATE = re.compile(r"\bngày\b.*\btháng\b.*\bnăm\b", re.I)
_ANNEX = re.compile(r"phụ lục(?:\s+(?:số\s+)?[IVXLC\d]+)?\s*[.:]?\Z", re.I)
_ANNEX_TITLED = re.compile(r"phụ lục\s+(?:số\s+)?[IVXLC\d]+\s*[.:–-]?\s*\w", re.I)
_ABOUT = re.compile(r"v/v\b|về việc\b", re.I)
_ATTACHED = re.compile(r"\(\s*(?:ban hành )?kèm theo", re.I)
_PART = re.compile(r"(?:phần|chương|mục)\s+(?:thứ\s+)?\w+\s*[.:]?\Z", re.I)
_ORGANS = ("UBND", "ỦY BAN", "UỶ BAN", "HĐND", "HỘI ĐỒNG", "PHÒNG", "SỞ", "BỘ", "BAN", "CHI CỤC", "CỤC",
           "TRUNG TÂM", "TRƯỜNG", "VĂN PHÒNG", "THANH TRA", "CÔNG AN", "MẶT TRẬN", "TRẠM")  # fmt: skip
_BASES = ("căn cứ ", "theo đề nghị của ")
_HEAD_PARAGRAPHS = 30  # where the head of a document is looked for


@dataclass(frozen=True)
class Form:
    """The components of a document; an empty group is one that was not found."""

    national: Group = ()
    motto: Group = ()
    superior: Group = ()
    agency: Group = ()
    number: Group = ()
    date: Group = ()
    title: Group = ()
    subject: Group = ()
    about: Group = ()
    address: Group = ()
    addressees: Group = ()
    basis: Group = ()
    body: Group = ()
    recipients: Group = ()
    recipient_list: Group = ()
    drafter: Group = ()
    signing: Group = ()
    annexes: tuple[Group, ...] = ()
    marks: Marks = field(default_factory=Marks)


def recognise(paper: Paper) -> Form:
    """Return the components of an administrative document."""
    marks = find_marks(paper)
    aside = (*marks.stamps, *marks.contact)
    said, annexes = _without_annexes(paper)
    main = [one for one in said if one not in aside]
    head = main[:_HEAD_PARAGRAPHS]
    national = _first(head, lambda one: fold(one.words) == _NATION)
    motto = _first(head, lambda one: fold(one.words) == _MOTTO)
    number = _first(head, lambda one: bool(_NUMBER.match(one.words)))
    title = _first(head, lambda one: fold(one.words) in _TYPES)
    before = main[: main.index(title[0])] if title else head
    date = _first(before, lambda one: bool(_DATE.search(one.words)) and len(one.words) < 90)
    about = () if title else _about(head, national, number)
    superior, agency = _agencies(main, national, (*number, *about))
    closing = _first(main[::-1], lambda one: fold(one.words).startswith("noi nhan"))
    listed, signing = _ending(main, closing)
    after = (
        title[0].index if title else max((one.index for one in (*national, *motto)), default=0)
    )
    until = closing[0].index if closing else main[-1].index + 1 if main else 0
    text = [one for one in main if after < one.index < until and one.cell is None]
    if not title and not about:  # what stands in the middle before the text is some title
        text = list(dropwhile(lambda one: one.align == "center", text))
    subject = _subject(text, paper) if title else ()
    address, addressees = _addressees([one for one in text if one not in subject])
    text = [one for one in text if one not in (*subject, *address, *addressees, *number, *date)]
    basis = tuple(one for one in text[:12] if one.words.casefold().startswith(_BASES))
    body = tuple(one for one in text if one not in basis and not _is_stroke(one))
    drafter = drafter_of(listed)
    listed, signing = (
        tuple(one for one in group if one not in drafter) for group in (listed, signing)
    )
    return Form(national, motto, superior, agency, number, date, title, subject, about, address,
                addressees, basis, body, closing, listed, drafter, signing, annexes, marks)  # fmt: skip


def _first(found: Sequence[Paragraph], which: Callable[[Paragraph], bool]) -> Group:
    return tuple(one for one in found if which(one))[:1]


def _is_stroke(one: Paragraph) -> bool:
    return not any(char.isalnum() for char in one.words)


def _without_annexes(paper: Paper) -> tuple[list[Paragraph], tuple[Group, ...]]:
    """The document itself, and each annex from its head on."""
    said = list(paper.said)
    ends = [at for at, one in enumerate(said) if fold(one.words).startswith("noi nhan")]
    first = ends[0] if ends else 3
    heads = [at for at, one in enumerate(said) if at > first and one.cell is None
             and (_ANNEX.match(one.words) or _opens_annex(one, said[at - 1]))]  # fmt: skip
    pieces = [
        said[start:end] for start, end in zip(heads, [*heads[1:], len(said)], strict=False)
    ]
    return said[: heads[0]] if heads else said, tuple(tuple(piece) for piece in pieces)


def _opens_annex(one: Paragraph, before: Paragraph) -> bool:
    """Whether a section begins with the word and the title of an annex in one line."""
    anew = one.section != before.section
    return anew and one.align == "center" and bool(_ANNEX_TITLED.match(one.words))


def _about(head: Sequence[Paragraph], national: Group, number: Group) -> Group:
    """What a letter is about: in the column of its number, the lines below it."""
    place = next((one.cell for one in number if one.cell), None)
    if place is None or not national:
        return ()
    below = [one for one in head if one.cell and one not in number and one.index >= number[0].index
             and (one.cell.table, one.cell.column) == (place.table, place.column)]  # fmt: skip
    return tuple(below) if below and _ABOUT.match(below[0].words) else ()


def _agencies(main: Sequence[Paragraph], national: Group, number: Group) -> tuple[Group, Group]:
    """The names on the left of the head: that of the superior, that of who issues."""
    place = next((one.cell for one in national if one.cell), None)
    if place is None:
        return (), ()
    left = tuple(
        one for one in main
        if one.cell and one.cell.table == place.table and (one.cell.row == place.row or not place.table)
        and one.cell.column != place.column and one not in number and not _is_stroke(one)
    )  # fmt: skip
    cut = _where_the_issuer_begins(left)
    return left[:cut], left[cut:]


def _where_the_issuer_begins(left: Group) -> int:
    bold = [at for at, one in enumerate(left) if one.share("bold") > 0.5]
    if bold and bold[0] > 0:
        return bold[0]
    organs = [at for at, one in enumerate(left) if one.words.upper().startswith(_ORGANS)]
    short = bool(left) and left[0].words.upper().startswith(("UBND", "HĐND"))
    named = len(organs) > 1 and (short or len(left[0].words.split()) > 4)
    if named or (len(left) > 1 and not bold and short):
        return organs[1] if len(organs) > 1 else 1
    return 0


def _subject(text: Sequence[Paragraph], paper: Paper) -> Group:
    """What stands under the name of the type, up to its line or to what is set otherwise."""
    ruled = {after.index for one, after in zip(paper.paragraphs, paper.paragraphs[1:], strict=False)
             if one.rule and not one.words and after.cell is None}  # fmt: skip
    found: list[Paragraph] = []
    for one in text:
        ends = found and (one.index in ruled or one.align != found[0].align
                          or one.share("bold") < 0.5 < found[0].share("bold"))  # fmt: skip
        if ends or _is_stroke(one) or one.cell or _opens(one) or len(found) > 3:
            break
        found.append(one)
        if one.rule:
            break
    return tuple(found)


def _opens(one: Paragraph) -> bool:
    return fold(one.words).startswith(("kinh gui", "can cu")) or bool(_PART.match(one.words))


def _addressees(text: Sequence[Paragraph]) -> tuple[Group, Group]:
    at = next(
        (at for at, one in enumerate(text[:6]) if fold(one.words).startswith("kinh gui")), -1
    )
    if at < 0:
        return (), ()
    listed = takewhile(lambda one: one.words.startswith(("-", "–", "+")), text[at + 1 :])
    return (text[at],), tuple(listed)


def _ending(main: Sequence[Paragraph], closing: Group) -> tuple[Group, Group]:
    """What stands under "Nơi nhận", and beside it: who signs."""
    if not closing:
        return (), ()
    head, cell = closing[0], closing[0].cell
    if cell is None:
        after = [one for one in main if one.index > head.index and one.cell is None]
        listed = tuple(takewhile(lambda one: one.words.startswith(("-", "–")), after))
        listed += drafter_of(after[: len(listed) + 1])
        return listed, tuple(one for one in after if one not in listed)
    own = [one for one in main if one.cell and one.cell.table == cell.table]
    listed = tuple(one for one in own if one is not head and _column(one) == cell.column
                   and one.cell and one.cell.row >= cell.row)  # fmt: skip
    beside = tuple(one for one in own if _column(one) != cell.column)
    return listed, beside


def _column(one: Paragraph) -> int:
    return one.cell.column if one.cell else 0


def annex_parts(annex: Group) -> tuple[Group, Group, Group]:
    """Return an annex's head, its title, and the line that says what it goes with."""
    attached = next(
        (at for at, one in enumerate(annex[:6]) if _ATTACHED.match(one.words)), None
    )
    end = attached if attached is not None else 1 + len(list(
        takewhile(lambda one: one.cell is None and one.align == "center", annex[1:4])))  # fmt: skip
    return annex[:1], annex[1:end], annex[end : end + 1] if attached is not None else ()


def rules_after(paper: Paper, group: Group) -> Iterator[Paragraph]:
    """Yield the paragraphs that may draw the line under a group: its own, and the next one."""
    if not group:
        return
    last = group[-1]
    after = paper.paragraphs[paper.paragraphs.index(last) + 1 :]
    if last.cell and not last.cell.table:  # columns set with tabs: read down the column
        after = tuple(one for one in after if one.cell and _place(one) == _place(last))
    yield from group
    for one in after[:2]:
        if (one.words and not _is_stroke(one)) or _place(one) != _place(last):
            return
        yield one


def _place(one: Paragraph) -> tuple[int, int, int]:
    if one.cell is None:
        return (-1, 0, 0)
    return (one.cell.table, one.cell.row if one.cell.table else 0, one.cell.column)
