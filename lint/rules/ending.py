"""Kính gửi, Nơi nhận and who signs (mục II.7, II.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generators.folding import fold
from generators.model import Finding
from lint.components import Group
from lint.paper import Paragraph
from lint.rules.appearance import signing_parts
from lint.sheet import Sheet, told

_ABBREVIATED = re.compile(r"(TUQ|TM|KT|TL|Q|T/M|K/T|T/L)\b\s*([.:,]?)(\s*)", re.I)
_RIGHT = ("TM.", "KT.", "TL.", "TUQ.", "Q.")
_HONOURS = re.compile(r"(?:GS|PGS|TS|ThS|Th\.?S|BS|KS|CN|NGND|NGƯT|TTƯT|Ông|Bà)[.\s]", re.I)
_PEOPLE, _DEPUTIES = "uy ban nhan dan", ("pho ", "thu truong")


def check_address(sheet: Sheet) -> Iterator[Finding]:
    """Kính gửi: its colon, its list."""
    form = sheet.form
    for one in form.address:
        if not re.match(r"kính gửi\s?:", one.words, re.I):
            yield told("address.mark", one, "thiếu dấu hai chấm")
    yield from _list("address.list", form.addressees)
    as_above = any(fold(one.words).startswith("nhu tren") for one in form.recipient_list)
    if as_above and not form.address:
        where = form.title[0] if form.title else "Đầu văn bản"
        yield told("address.missing", where, "có «Như trên» ở nơi nhận mà không có «Kính gửi»")


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


CHECKS = (check_address, check_recipients, check_signing, check_authority)
