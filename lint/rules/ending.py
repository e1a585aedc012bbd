"""Kính gửi, Nơi nhận and who signs (mục II.7, II.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generators.document.widths import width_of
from generators.folding import fold
from generators.model import Finding
from lint.marks import Group
from lint.paper import Paragraph
from lint.rules.appearance import signing_parts
from lint.sheet import Sheet, told

_ABBREVIATED = re.compile(r"(TUQ|TM|KT|TL|Q|T/M|K/T|T/L)\b\s*([.:,]?)(\s*)", re.I)
_RIGHT = ("TM.", "KT.", "TL.", "TUQ.", "Q.")
_HONOURS = re.compile(r"(?:GS|PGS|TS|ThS|Th\.?S|BS|KS|CN|NGND|NGƯT|TTƯT|Ông|Bà)[.\s]", re.I)
_GIVEN = re.compile(r"(TM|KT|TL|TUQ|Q)\.\s*(.*)")
_POSTS = ("CHỦ TỊCH", "PHÓ ", "TRƯỞNG ", "GIÁM ĐỐC", "CHÁNH ", "BỘ TRƯỞNG", "THỨ TRƯỞNG")
_BODIES = ("ỦY BAN", "UỶ BAN", "UBND", "HỘI ĐỒNG", "HĐND", "THƯỜNG TRỰC", "PHÒNG ", "SỞ ")
_DEPUTY_POSTS = ("PHÓ CHỦ TỊCH", "PHÓ TRƯỞNG PHÒNG", "PHÓ GIÁM ĐỐC")
_SEVERAL = 2
_STRAIGHT, _BELOW = 4.0, 24.0  # points
_PEOPLE, _DEPUTIES = "uy ban nhan dan", ("pho ", "thu truong")


def check_address(sheet: Sheet) -> Iterator[Finding]:
    """Kính gửi: its colon, its list."""
    form = sheet.form
    for one in form.address:
        if not re.match(r"kính gửi\s?:", one.words, re.I):
            yield told("address.mark", one, "thiếu dấu hai chấm")
    yield from _list("address.list", form.addressees)
    yield from _in_line(form.address, form.addressees)
    yield from _dashes(form.address, form.addressees)
    as_above = any(fold(one.words).startswith("nhu tren") for one in form.recipient_list)
    if as_above and not form.address:
        where = form.title[0] if form.title else "Đầu văn bản"
        yield told("address.missing", where, "có «Như trên» ở nơi nhận mà không có «Kính gửi»")


def _in_line(address: Group, listed: Group) -> Iterator[Finding]:
    """One addressee stands behind the word; several stand below it."""
    if len(listed) == 1 and address[0].words.rstrip(" :").casefold() == "kính gửi":
        yield told("address.one_line", listed[0], "ghi ở dòng dưới")
    for one in address if not listed else ():
        if ";" in one.words.rstrip("; ."):
            yield told("address.list", one, "nhiều nơi trên cùng một dòng")


def _dashes(address: Group, listed: Group) -> Iterator[Finding]:
    """The dashes stand below the colon and below one another, as far as indents tell."""
    starts = [_start(one) for one in listed]
    head = _start(address[0]) if listed else None
    known = [start for start in starts if start is not None]
    if len(listed) < _SEVERAL or len(known) < len(listed) or head is None:
        return
    size = max((run.size for run in address[0].inked), default=14.0)
    colon = head + width_of("Kính gửi", size, bold=False)
    if max(known) - min(known) > _STRAIGHT:
        yield told("address.dashes", listed[0], "không thẳng hàng")
    elif abs(known[0] - colon) > _BELOW:
        aside = f"{abs(known[0] - colon) / 72 * 25.4:.0f} mm"
        yield told("address.dashes", listed[0], f"lệch dấu hai chấm {aside}")


def _start(one: Paragraph) -> float | None:
    """Where the first sign of a paragraph stands, in points; None behind a tab or in a table."""
    lead = one.text[: len(one.text) - len(one.text.lstrip())]
    if one.cell or "\t" in lead or one.align == "right":
        return None
    size = max((run.size for run in one.inked), default=14.0)
    left = (one.left + one.first) / 25.4 * 72
    if one.align != "center":
        return left + width_of(lead, size, bold=False)
    room = one.room - left - one.right / 25.4 * 72
    return left + (room - width_of(one.words, size, bold=False)) / 2


def check_recipients(sheet: Sheet) -> Iterator[Finding]:
    """Nơi nhận: its colon, its first item, its list, its last item."""
    form = sheet.form
    if not form.recipients:
        yield told("recipients.missing", "Cuối văn bản", "không thấy «Nơi nhận»")
        return
    head, listed = form.recipients[0], form.recipient_list
    if not head.words.endswith(":"):
        yield told("recipients.mark", head, f"«{head.words}»")
    if form.address and not (listed and fold(listed[0].words).startswith("nhu tren")):
        yield told(
            "recipients.as_above",
            listed[0] if listed else head,
            "không bắt đầu bằng «- Như trên;»",
        )
    if not any(re.match(r"-?\s*Lưu\s*:\s*VT\b", one.words) for one in listed[-1:]):
        yield told(
            "recipients.filing",
            listed[-1] if listed else head,
            "không kết thúc bằng «- Lưu: VT …»",
        )
    yield from _list("recipients.list", listed)


def _list(code: str, listed: Group) -> Iterator[Finding]:
    """Each line begins with "- " and ends in ";", the last one in "."."""
    for at, one in enumerate(listed, 1):
        wanted = "." if at == len(listed) else ";"
        if not one.words.startswith("- "):
            yield told(code, one, "không có gạch đầu dòng", "đầu dòng gạch «-»")
        elif not one.words.endswith(wanted):
            yield told(code, one, f"kết thúc bằng «{one.words[-1:]}»", f"cuối dòng «{wanted}»")


def check_signing(sheet: Sheet) -> Iterator[Finding]:
    """Who signs stands right of Nơi nhận, beginning in its row."""
    form = sheet.form
    if form.recipients and not form.signing:
        yield told(
            "signer.missing", form.recipients[0], "không thấy quyền hạn, chức vụ bên phải"
        )
    for head, first in zip(form.recipients, form.signing, strict=False):
        here, there = head.cell, first.cell
        if here and there and (there.column < here.column or there.row != here.row):
            yield told("signer.place", first, "không ở bên phải, ngang hàng «Nơi nhận»")
        elif here is None:
            yield told("signer.place", first, "không ngang hàng «Nơi nhận»")


def check_authority(sheet: Sheet) -> Iterator[Finding]:
    """TM., KT., TL., TUQ., Q.: written right, and followed by what they need."""
    authority, signer = signing_parts(sheet.form.signing)
    for one in authority:
        if (found := _ABBREVIATED.match(one.words)) and not _is_right(one.words, found):
            yield told("authority.form", one, f"«{found[0].strip()}»")
    yield from _collective(sheet, authority)
    yield from _deputy(authority)
    yield from _whose(authority)
    yield from _in_place(authority)
    yield from _by_order(authority)
    for one in signer:
        if found := _HONOURS.match(one.words):
            yield told("signer.honours", one, f"«{found[0].strip()}»")


def _is_right(text: str, found: re.Match[str]) -> bool:
    return text.upper().startswith(_RIGHT) and found[3] != ""


def _collective(sheet: Sheet, authority: Sequence[Paragraph]) -> Iterator[Finding]:
    issuer = fold(" ".join(one.words for one in sheet.form.agency))
    if issuer.startswith(_PEOPLE) and authority and not _ABBREVIATED.match(authority[0].words):
        yield told("authority.collective", authority[0], f"«{authority[0].words}»")


def _deputy(authority: Sequence[Paragraph]) -> Iterator[Finding]:
    for at, one in enumerate(authority):
        if one.words.upper().startswith("KT."):
            after = fold(" ".join(line.words for line in authority[at + 1 :]))
            if not after.startswith(_DEPUTIES):
                yield told(
                    "authority.deputy", one, f"dưới «{one.words}» không có chức vụ cấp phó"
                )


def _whose(authority: Sequence[Paragraph]) -> Iterator[Finding]:
    """TM. is of a body, the others are of the head of one."""
    for one in authority:
        if found := _GIVEN.match(one.words.upper()):
            wrong = _POSTS if found[1] == "TM" else _BODIES
            if found[2].startswith(wrong):
                yield told("authority.whose", one, f"«{one.words}»")


def _in_place(authority: Sequence[Paragraph]) -> Iterator[Finding]:
    """A deputy signs for the head: KT. stands above."""
    words = ["", *(one.words.upper() for one in authority)]
    for above, one in zip(words, authority, strict=False):
        if one.words.upper().startswith(_DEPUTY_POSTS) and (
            not above or above.startswith("TM. ỦY BAN")
        ):
            yield told("authority.in_place", one, f"«{one.words}» không có «KT.» ở trên")


def _by_order(authority: Sequence[Paragraph]) -> Iterator[Finding]:
    """Below TL. and TUQ. stands the post of who signs."""
    for one in authority[-1:]:
        if one.words.upper().startswith(("TL.", "TUQ.")) and "\n" not in one.text.strip():
            yield told("authority.by_order", one, "không có chức vụ người ký")


CHECKS = (check_address, check_recipients, check_signing, check_authority)
