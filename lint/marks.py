"""What may stand beside the text: stamps of urgency, circulation and secrecy, drafter's mark, address line.

Phụ lục I, Phần I, mục III.2 to III.4; told by their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generators.folding import fold
from lint.paper import Paper, Paragraph

Group = tuple[Paragraph, ...]
URGENCY = {
    "hỏa tốc": (30, 8),
    "hoả tốc": (30, 8),
    "thượng khẩn": (40, 8),
    "khẩn": (20, 8),
}  # mm
_CIRCULATION = frozenset({"xem xong trả lại", "lưu hành nội bộ"})
_SECRECY = frozenset({"tuyệt mật", "tối mật", "mật"})
_DRAFTER = re.compile(r"[A-ZĐa-zđ]{1,6}(?:\.[A-ZĐa-zđ]{1,6})*\.?\s?(?:\(\d{1,4}\)|\d{1,4})\.?\Z|"
                      r"[A-ZĐ]{1,6}(?:\.[A-ZĐ]{1,6})*\.?\Z")  # fmt: skip
_CONTACTS = tuple(
    re.compile(pattern, re.I)
    for pattern in (r"\bđịa chỉ\s*:|\A\s*số\s*:?\s*\d+.*(?:phố|đường|tổ|thôn)", r"\b(?:ĐT|điện thoại|tel)\b",
                    r"\bfax\b", r"\be-?mail\b|thư điện tử|\w@\w", r"\bwebsite\b|\bwww\.|trang thông tin")
)  # fmt: skip
_HEAD, _COLUMNS = 40, 2  # paragraphs; of the table that a head is set in
_TOLD_BY = 2  # kinds of contact in one line, or one in each of two lines


@dataclass(frozen=True)
class Marks:
    """What was found of them; an empty group is one that is not there."""

    urgency: Group = ()
    circulation: Group = ()
    secrecy: Group = ()
    contact: Group = ()

    @property
    def stamps(self) -> Group:
        """What is stamped on a paper: no part of its text."""
        return (*self.urgency, *self.circulation, *self.secrecy)


def find_marks(paper: Paper) -> Marks:
    """Return the marks of a document."""
    said = (*_first_page(paper), *(one for one in paper.floating if one.words))
    words = [(one.words.casefold(), one) for one in said]
    return Marks(
        urgency=tuple(one for text, one in words if text in URGENCY),
        circulation=tuple(one for text, one in words if text in _CIRCULATION),
        secrecy=tuple(one for text, one in words if text in _SECRECY),
        contact=_contact(paper),
    )


def _first_page(paper: Paper) -> list[Paragraph]:
    """Where stamps may stand: at the head, and in no table of figures."""
    found = []
    for one in paper.said[:_HEAD]:
        if fold(one.words).startswith("noi nhan"):
            break
        if one.cell is None or one.cell.columns <= _COLUMNS:
            found.append(one)
    return found


def _contact(paper: Paper) -> Group:
    """The lines of an address: of the footers of the first section, or of cells behind the text."""
    footers = paper.sections[0].footers if paper.sections else {}
    low = [one for kind in footers.values() for one in kind if one.words]
    ends = [one for one in paper.said if fold(one.words).startswith("noi nhan")]
    behind = [one for one in paper.said if ends and one.cell and one.cell.columns == 1
              and one.index > ends[0].index and one.section == ends[0].section]  # fmt: skip
    for lines in (low, behind):
        told = [one for one in lines if any(kind.search(one.words) for kind in _CONTACTS)]
        kinds = sum(any(kind.search(one.words) for one in told) for kind in _CONTACTS)
        if kinds >= _TOLD_BY and _together(told):
            return tuple(told)
    return ()


def _together(lines: Sequence[Paragraph]) -> bool:
    """Whether lines are one block: the cells of a table of figures are not."""
    return len({(one.cell.table, one.cell.row) if one.cell else None for one in lines}) == 1


def drafter_of(listed: Sequence[Paragraph]) -> Group:
    """Return the mark of who drafted a document: a short line below that of what is filed."""
    filed = [at for at, one in enumerate(listed) if "lưu" in one.words.casefold()[:6]]
    after = listed[filed[-1] + 1 :] if filed else ()
    return tuple(one for one in after if _DRAFTER.match(one.words))[:1]


def framed(stamps: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    """Yield each stamp without its box, or with another one than of a single stroke."""
    for one in stamps:
        if one.frame is None:
            yield one, "không có khung"
        elif not one.frame.single:
            yield one, "khung nhiều nét"
