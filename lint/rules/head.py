"""The head of the document: Quốc hiệu, cơ quan, số, ngày, tên loại, trích yếu and the lines under them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generators.document.widths import line_widths
from generators.model import Finding
from lint.components import rules_after
from lint.marks import Group
from lint.paper import Paragraph
from lint.sheet import Sheet, told
from lint.types import ABBREVIATED, WITHOUT_DATE, WITHOUT_SUBJECT, abbreviated

_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_GAP = r"[\s.…]*"
NUMBER = re.compile(rf"Số:{_GAP}(\d*){_GAP}/([^\W\d_]+(?:-[^\W_]+)*)\Z")
_TIGHT = re.compile(r"Số: ?\d+/")
_DIGITS = re.compile(r"\d+")
_DATE = re.compile(
    rf"(\S.*?), ngày{_GAP}(\d{{0,2}}){_GAP}tháng{_GAP}(\d{{0,2}}){_GAP}năm{_GAP}(\d{{4}}|)\Z"
)
_UNPADDED = re.compile(r"ngày\s+(\d)\s+tháng")
_MONTH = re.compile(r"tháng\s+(\d{1,2})\s+năm")
_KIND_OF_PLACE = re.compile(r"(?:Thành phố|Thị xã|Thị trấn|Đặc khu|Thủ đô)\s+")
_SLACK = 0.05
_BALANCED = 14.0  # points that the middle of a line may stand beside that of its words


def check_missing(sheet: Sheet) -> Iterator[Finding]:
    """Each component of the head is there."""
    form = sheet.form
    needed = {"national.missing": form.national, "motto.missing": form.motto,
              "agency.missing": form.agency, "number.missing": form.number,
              "date.missing": form.date, "title.missing": form.title}  # fmt: skip
    kind = abbreviated(form.title[0].words) if form.title else ""
    spared = {"title.missing": bool(form.about), "date.missing": kind in WITHOUT_DATE}
    for code, group in needed.items():
        if spared.get(code):
            continue
        # without Quốc hiệu nobody knows which words beside it are the agency's
        if not group and (code != "agency.missing" or form.national):
            yield told(code, "Đầu trang 1", "không thấy")
    if form.title and not form.subject and kind not in WITHOUT_SUBJECT:
        yield told("subject.missing", form.title[0], "không thấy dưới tên loại")


def check_motto(sheet: Sheet) -> Iterator[Finding]:
    """Tiêu ngữ letter by letter."""
    for one in sheet.form.motto:
        if one.words != _MOTTO and one.words.upper() != one.words:
            yield told("motto.text", one, f"«{one.words}»")


def check_subject(sheet: Sheet) -> Iterator[Finding]:
    """The word «V/v» is for letters."""
    for one in sheet.form.subject[:1]:
        if one.words.lower().startswith("v/v"):
            yield told("subject.form", one, f"«{one.words[:40]}»")


def check_lines(sheet: Sheet) -> Iterator[Finding]:
    """The lines under Tiêu ngữ, the agency's name and the subject, and their lengths."""
    form = sheet.form
    yield from _line(sheet, form.motto, ("motto.line", "motto.line_length"), (0.9, 1.1))
    yield from _line(sheet, form.agency, ("agency.line", "agency.line_length"), (1 / 3, 1 / 2))
    yield from _line(
        sheet, form.subject, ("subject.line", "subject.line_length"), (1 / 3, 1 / 2)
    )
    yield from _balance(sheet, "agency.line_place", form.agency)
    yield from _balance(sheet, "subject.line_place", form.subject)


def _line(
    sheet: Sheet, group: Group, codes: tuple[str, str], bounds: tuple[float, float]
) -> Iterator[Finding]:
    if not group:
        return
    missing, length = codes
    drawn = [one.rule for one in rules_after(sheet.paper, group) if one.rule]
    if not drawn or not drawn[-1].solid:
        yield told(missing, group[-1], "nét đứt" if drawn else "không có")
        return
    shares = [drawn[-1].length / width for one in group for width in _widths(one) if width]
    least, most = bounds[0] - _SLACK, bounds[1] + _SLACK
    if shares and not any(least <= share <= most for share in shares):
        yield told(length, group[-1], f"dài {round(min(shares) * 100)}% dòng chữ")


def _balance(sheet: Sheet, code: str, group: Group) -> Iterator[Finding]:
    """The middle of a line stands below that of its words."""
    drawn = [one.rule for one in rules_after(sheet.paper, group) if one.rule]
    if not drawn or drawn[-1].aside is None or group[-1].align != "center":
        return
    middle = (group[-1].left - group[-1].right) / 2 / 25.4 * 72
    aside = drawn[-1].aside - middle
    if abs(aside) > _BALANCED:
        yield told(code, group[-1], f"lệch {abs(aside) / 72 * 25.4:.0f} mm")


def _widths(one: Paragraph) -> Iterator[float]:
    """The widths of the lines of a paragraph as it is set."""
    size = max((run.size for run in one.inked), default=14.0)
    yield from line_widths(one.words, size, one.room, bold=one.share("bold") > 0.5)


def check_number(sheet: Sheet) -> Iterator[Finding]:
    """Like «Số: 05/BC-UBND»: its signs, its capitals, its zero."""
    for one in sheet.form.number:
        own = one.words.split(", ngày")[0]
        found = NUMBER.match(own)
        digits = _DIGITS.search(own.split("/")[0])
        spaced = digits and not _TIGHT.match(own)
        if not found or not _is_upper(found[2]) or spaced:
            yield told("number.form", one, f"«{own}»")
        if digits and len(digits[0]) == 1:
            yield told("number.padding", one, f"«{digits[0]}»")


def _is_upper(notation: str) -> bool:
    """Whether ký hiệu is in capitals, but for kinds that Phụ lục III abbreviates otherwise: TTr."""
    kind, _, rest = notation.partition("-")
    return rest == rest.upper() and (kind == kind.upper() or kind in ABBREVIATED.values())


def check_date(sheet: Sheet) -> Iterator[Finding]:
    """Like «Phúc Lợi, ngày 03 tháng 8 năm 2020»: its comma, its capital, its zeros, its row."""
    for one in sheet.form.date:
        found = _DATE.match(one.words)
        if not found or not _is_name(found[1]):
            yield told("date.form", one, f"«{one.words}»")
        day, month = _UNPADDED.search(one.words), _MONTH.search(one.words)
        if day:
            yield told("date.padding", one, f"«ngày {day[1]}»")
        if month and month[1] != _as_written(int(month[1])):
            yield told(
                "date.padding",
                one,
                f"«tháng {month[1]}»",
                f"«tháng {_as_written(int(month[1]))}»",
            )
    yield from _rows(sheet)


def place_of(one: Paragraph) -> str:
    """Return the địa danh of a line of date, "" where it has none."""
    found = _DATE.match(one.words)
    return found[1] if found else ""


def _is_name(place: str) -> bool:
    """Whether every word of a place name begins with a capital; its kind only in its first letter."""
    own = _KIND_OF_PLACE.sub("", place)
    words = [word for word in re.split(r"[\s-]+", own) if word and word[0].isalpha()]
    return (place[0].isupper() or place[0].isdigit()) and all(
        word[0].isupper() for word in words
    )


def _as_written(month: int) -> str:
    return f"{month:02d}" if month < 3 else str(month)


def _rows(sheet: Sheet) -> Iterator[Finding]:
    for number, date in zip(sheet.form.number, sheet.form.date, strict=False):
        here, there = number.cell, date.cell
        apart = number is not date and (
            here is None or there is None or (here.table, here.row) != (there.table, there.row)
        )
        if apart:
            yield told("date.row", date, "không ngang hàng với số, ký hiệu")


CHECKS = (check_missing, check_motto, check_subject, check_lines, check_number, check_date)
