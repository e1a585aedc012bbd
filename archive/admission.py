"""What may enter the archive: text on one line, lengths held to, nothing only one database takes.

Nothing is cut: what is too long is refused, so that what is kept is what was meant.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from archive.records import IMPORTED, KEPT, ArchiveFault, Deposit, FigureRow, KeptFile, Paper
from archive.rows import exact
from generators.origins import bare_name, printable

_OF_DECREE: Mapping[str, tuple[str, int]] = {
    "subject": ("Trích yếu", 500), "number": ("Số văn bản", 11), "notation": ("Ký hiệu", 30),
    "signer_title": ("Chức vụ người ký", 100), "signer_name": ("Họ tên người ký", 50),
    "unit": ("Tên đơn vị", 200), "within": ("Tên đơn vị cấp trên", 200),
}  # fmt: skip
"""Nghị định 30/2020/NĐ-CP, Phụ lục VI, phần II."""
_OF_OURS: Mapping[str, tuple[str, int]] = {
    "kind": ("Mã loại báo cáo", 100), "period": ("Mã kỳ", 8), "by": ("Tên người thực hiện", 200),
    "program": ("Tên phiên bản", 50), "digest": ("Mã của văn bản", 64), "role": ("Vai trò của tệp", 20),
    "media_type": ("Loại tệp", 150), "reason": ("Lý do", 500),
}  # fmt: skip
_FIGURE: Mapping[str, int] = {"id": 600, "hedge": 20, "unit": 100}
_LONGEST_NUMBER = 60  # characters of it written out
_LONGEST_NAME = 200  # characters of a file's name, as bare_name gives it
_NAMELESS = "tep"


def admitted(deposit: Deposit) -> Deposit:
    """Return the deposit as it is kept; ArchiveFault where something in it may not be."""
    if deposit.state not in (KEPT, IMPORTED):
        raise ArchiveFault(f"Báo cáo không thể vào kho ở trạng thái «{deposit.state[:20]}».")
    if not deposit.files:
        raise ArchiveFault("Báo cáo không có tệp nào để lưu.")
    for figure in deposit.figures:
        _ask_of_figure(figure)
    return replace(
        deposit, kind=required("kind", deposit.kind), period=required("period", deposit.period),
        unit=required("unit", deposit.unit), by=required("by", deposit.by),
        within=tuple(said("within", one) for one in deposit.within),
        program=said("program", deposit.program), digest=said("digest", deposit.digest),
        paper=admitted_paper(deposit.paper), text=printable(deposit.text),
        files=tuple(map(admitted_file, deposit.files)),
    )  # fmt: skip


def admitted_paper(paper: Paper) -> Paper:
    """Return what the paper says of itself, each field on one line."""
    names = ("subject", "number", "notation", "signer_title", "signer_name")
    told: dict[str, Any] = {name: said(name, getattr(paper, name)) for name in names}
    return replace(paper, **told)


def admitted_file(file: KeptFile) -> KeptFile:
    """Return the file under a name that is only a name: no folder, no sign that does not print."""
    return replace(file, role=said("role", file.role), name=file_name(file.name),
                   media_type=said("media_type", file.media_type))  # fmt: skip


def file_name(name: str) -> str:
    """Return a file's bare name; one that is cut keeps its ending, "..", "" and the like get one."""
    bare = bare_name(name)
    ending = PurePosixPath(printable(name).strip()).suffix
    if len(bare) == _LONGEST_NAME and not bare.endswith(ending) and len(ending) <= 10:
        bare = bare[: _LONGEST_NAME - len(ending)] + ending
    return bare if bare.strip(". ") else _NAMELESS


def required(name: str, text: str) -> str:
    """Return what `said` does; ArchiveFault where nothing is said."""
    told = said(name, text)
    if not told:
        raise ArchiveFault(f"{_limit(name)[0]} còn trống.")
    return told


def said(name: str, text: str) -> str:
    """Return `text` on one line, NFC; ArchiveFault where it is longer than the field `name`."""
    told = " ".join(printable(unicodedata.normalize("NFC", text)).split())
    what, longest = _limit(name)
    if len(told) > longest:
        basis = " (Nghị định 30/2020/NĐ-CP, Phụ lục VI)" if name in _OF_DECREE else ""
        raise ArchiveFault(
            f"{what} dài {len(told)} ký tự, nhiều nhất là {longest}{basis}. Hãy viết gọn lại."
        )
    return told


def _limit(name: str) -> tuple[str, int]:
    return _OF_DECREE.get(name) or _OF_OURS[name]


def _ask_of_figure(figure: FigureRow) -> None:
    """A figure is kept as it is, or refused: its file tells the same."""
    texts = (figure.id, figure.label, figure.hedge, figure.unit)
    too_long = any(len(getattr(figure, name)) > most for name, most in _FIGURE.items())
    if too_long or not all(map(_can_be_kept, texts)) or not _is_plain(figure.value):
        raise ArchiveFault(
            f"Số liệu «{printable(figure.id)[:60]}» không lưu được: quá dài hoặc có ký tự lạ."
        )


def _can_be_kept(text: str) -> bool:
    return not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text)


def _is_plain(value: Decimal) -> bool:
    """Whether a number is one, and not so long that writing it out would be."""
    return (
        value.is_finite()
        and abs(value.adjusted()) < _LONGEST_NUMBER
        and len(exact(value)) <= _LONGEST_NUMBER
    )
