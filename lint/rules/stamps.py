"""Stamps of urgency and circulation, and the address line: their boxes, colour, line (mục III.2, III.4)."""

from __future__ import annotations

from collections.abc import Iterator

from generators.model import Finding
from lint.marks import URGENCY, framed
from lint.paper import Paragraph
from lint.sheet import Sheet, told

_NEAR = 2.0  # mm
_LEAST_RED, _MOST_OTHER = 0xC0, 0x50  # of 255: bright red
_FULL = 0.97  # of the width of the text


def check_frames(sheet: Sheet) -> Iterator[Finding]:
    """Each stamp in a box of one stroke; that of urgency of its own size."""
    marks = sheet.form.marks
    for code, stamps in (
        ("urgency.frame", marks.urgency),
        ("circulation.frame", marks.circulation),
    ):
        for one, fault in framed(stamps):
            yield told(code, one, fault)
    for one in marks.urgency:
        if one.frame is None or not (one.frame.width and one.frame.height):
            continue
        wanted = URGENCY[one.words.casefold()]
        sides = (one.frame.width, one.frame.height)
        if any(abs(side - right) > _NEAR for side, right in zip(sides, wanted, strict=True)):
            yield told("urgency.frame_size", one, f"{sides[0]:.0f} x {sides[1]:.0f} mm",
                       f"{wanted[0]} x {wanted[1]} mm")  # fmt: skip


def check_color(sheet: Sheet) -> Iterator[Finding]:
    """A stamp of urgency is bright red."""
    for one in sheet.form.marks.urgency:
        odd = [run.color for run in one.inked if not _is_red(run.color)]
        if odd:
            yield told("urgency.color", one, f"màu #{odd[0]}")


def check_secrecy(sheet: Sheet) -> Iterator[Finding]:
    """A stamp of secrecy is stamped, not typed."""
    for one in sheet.form.marks.secrecy:
        yield told("secrecy.stamp", one, f"gõ chữ «{one.words}»")


def check_contact(sheet: Sheet) -> Iterator[Finding]:
    """The address stands below a line, on page 1 alone."""
    lines = sheet.form.marks.contact
    if not lines:
        return
    section = sheet.paper.sections[0]
    others = section.footers.get("default", ())
    if any(one in others for one in lines):
        yield told("contact.page", lines[0], "ở chân mọi trang")
    if not _is_ruled(sheet, lines[0]):
        yield told("contact.line", lines[0], "không có")


def _is_ruled(sheet: Sheet, first: Paragraph) -> bool:
    """Whether a line across the whole page stands above the address, or a table's border."""
    if first.cell:
        return "top" in first.cell.edges
    footers = sheet.paper.sections[0].footers.values()
    above = next((kind[: kind.index(first) + 1] for kind in footers if first in kind), ())
    return any(
        one.rule and one.rule.solid and one.rule.length >= _FULL * one.room for one in above
    )


def _is_red(color: str) -> bool:
    try:
        red, green, blue = (int(color[at : at + 2], 16) for at in (0, 2, 4))
    except ValueError:
        return False
    return red >= _LEAST_RED and max(green, blue) <= _MOST_OTHER


CHECKS = (check_frames, check_color, check_secrecy, check_contact)
