"""Where the components of the head stand to one another, and how close (mục II.1 to II.5)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generators.model import Finding
from lint.marks import Group
from lint.paper import Paragraph
from lint.sheet import Sheet, told

_SINGLE = (0.85, 1.12)  # of a line: what programs set as "exactly" is near it
_CLOSE = 3.0  # points between two lines that are set as one block
_RIGHT_HALF = 0.4  # of the width: where a head without a table leaves off its left half
_GAP_OF_ABOUT = 6.0


def check_national(sheet: Sheet) -> Iterator[Finding]:
    """Quốc hiệu stands on the right."""
    for one in sheet.form.national:
        if one.cell and one.cell.columns > 1 and one.cell.column == 1:
            yield told("national.place", one, "ở bên trái")
        elif one.cell is None and one.align != "right":
            aside = (one.left + max(one.first, 0.0)) / 25.4 * 72
            if aside < _RIGHT_HALF * one.room and not one.text.startswith(("\t", "   ")):
                yield told("national.place", one, "không ở nửa bên phải")


def check_motto(sheet: Sheet) -> Iterator[Finding]:
    """Tiêu ngữ stands right below Quốc hiệu."""
    for above, one in zip(sheet.form.national, sheet.form.motto, strict=False):
        between = [
            other for other in _column(sheet, above) if above.index < other.index < one.index
        ]
        if _place(above) != _place(one) or one.index < above.index or between:
            yield told("motto.place", one, "không ngay dưới Quốc hiệu")


def check_columns(sheet: Sheet) -> Iterator[Finding]:
    """The number stands below the agency, the date below Quốc hiệu."""
    form = sheet.form
    if any(check_national(sheet)):
        return  # the columns have changed places, which is told
    pairs = (("number.place", form.agency, form.number, "tên cơ quan"),
             ("date.place", form.national, form.date, "Quốc hiệu"))  # fmt: skip
    for code, above, group, name in pairs:
        for head, one in zip(above[-1:], group, strict=False):
            if head.cell and one.cell and (
                _place(head) != _place(one) or one.cell.row < head.cell.row
            ):  # fmt: skip
                yield told(code, one, f"không ở dưới {name}")


def check_spacing(sheet: Sheet) -> Iterator[Finding]:
    """Quốc hiệu and Tiêu ngữ, and the two names of agencies, one line apart."""
    form = sheet.form
    yield from _apart("motto.spacing", (*form.national, *form.motto))
    yield from _apart("agency.spacing", (*form.superior, *form.agency))


def check_about(sheet: Sheet) -> Iterator[Finding]:
    """What a letter is about stands 6 points below its number."""
    for number, one in zip(sheet.form.number, sheet.form.about, strict=False):
        if (
            number.cell
            and number.cell.table
            and number.after + one.before < _GAP_OF_ABOUT - 0.5
        ):
            yield told(
                "about.spacing", one, f"{number.after + one.before:g}pt".replace(".", ",")
            )


def _apart(code: str, lines: Group) -> Iterator[Finding]:
    for above, one in pairwise(lines):
        if above.cell is None or (above.cell, one.cell) != (above.cell, above.cell):
            continue
        gap = above.after + one.before
        if not _SINGLE[0] <= one.line <= _SINGLE[1]:
            yield told(code, one, f"{one.line:.3g} dòng".replace(".", ","))
        elif gap > _CLOSE and one.index == above.index + 1:
            yield told(code, one, f"cách thêm {gap:g}pt".replace(".", ","))


def _place(one: Paragraph) -> tuple[int, int]:
    return (one.cell.table, one.cell.column) if one.cell else (-1, 0)


def _column(sheet: Sheet, one: Paragraph) -> list[Paragraph]:
    return [other for other in sheet.paper.said if _place(other) == _place(one)]


CHECKS = (check_national, check_motto, check_columns, check_spacing, check_about)
