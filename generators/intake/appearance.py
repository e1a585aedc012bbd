"""What a file that is no workbook looks like, so that staff can be told."""

from __future__ import annotations

import re
from collections.abc import Container

from generators.intake.refusals import RETYPE, SAVE_AS

Known = tuple[str, str]

ODF = "application/vnd.oasis.opendocument."

_HEAD = 1 << 16
ARCHIVE: Known = ("tệp nén", "Hãy giải nén, rồi tải lên tệp Excel (.xlsx) ở bên trong.")
_PICTURE = ("tệp ảnh", RETYPE)
_SIGNATURES: tuple[tuple[bytes, Known], ...] = (
    (b"%PDF-", ("tệp PDF", RETYPE)),
    (b"{\\rtf", ("văn bản RTF", RETYPE)),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"Rar!", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"\x09\x00\x04\x00", ("bảng tính Excel đời rất cũ", SAVE_AS)),
    (b"\x09\x02\x06\x00", ("bảng tính Excel đời rất cũ", SAVE_AS)),
    (b"\x09\x04\x06\x00", ("bảng tính Excel đời rất cũ", SAVE_AS)),
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|meta|table)\b",
    re.I | re.S,
)
_BINARY = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")


def appearance(data: bytes) -> Known:
    """Return what the file looks like ("" if unknown) and the remedy that goes with it."""
    for signature, known in _SIGNATURES:
        if data.startswith(signature):
            return known
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _appearance_of_text(head.decode("utf-16", "replace"))
    if _BINARY.search(head):
        return "", SAVE_AS
    return _appearance_of_text(head.decode("utf-8-sig", "replace"))


def _appearance_of_text(text: str) -> Known:
    if _HTML.match(text) or text.startswith("MIME-Version:"):
        return "trang web (HTML)", SAVE_AS
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return "bảng tính XML 2003", SAVE_AS
    if text.lstrip().startswith("<"):
        return "tệp XML", SAVE_AS
    if text.lstrip().startswith(("{", "[")):
        return "tệp JSON", RETYPE
    return ("tệp CSV", SAVE_AS) if _is_table(text) else ("văn bản thường", SAVE_AS)


def _is_table(text: str) -> bool:
    lines = [line for line in text.splitlines()[:6] if line.strip()]
    first = lines[0] if lines else ""
    return len(lines) > 1 and any(
        first.count(mark) and all(mark in line for line in lines[1:5]) for mark in ",;\t|"
    )


_IN_PACKAGE: tuple[tuple[str, Known], ...] = (
    ("wordprocessingml", ("văn bản Word", RETYPE)),
    ("ms-word", ("văn bản Word", RETYPE)),
    ("presentationml", ("bài trình chiếu PowerPoint", RETYPE)),
    ("ms-powerpoint", ("bài trình chiếu PowerPoint", RETYPE)),
    ("ms-excel.sheet.binary", ("bảng tính Excel nhị phân (.xlsb)", SAVE_AS)),
    (f"{ODF}text", ("văn bản OpenDocument (.odt)", RETYPE)),
    (f"{ODF}presentation", ("bài trình chiếu OpenDocument (.odp)", RETYPE)),
)
_IN_COMPOUND: tuple[tuple[str, Known], ...] = (
    ("worddocument", ("văn bản Word đời cũ (.doc)", RETYPE)),
    ("powerpoint document", ("bài trình chiếu PowerPoint đời cũ (.ppt)", RETYPE)),
    ("__properties_version1.0", ("thư Outlook (.msg)", RETYPE)),
)


def of_package(media_type: str) -> Known:
    """Say what a ZIP is whose main part has this media type."""
    return next((known for mark, known in _IN_PACKAGE if mark in media_type), ARCHIVE)


def of_compound(names: Container[str]) -> Known:
    """Say what a compound file is that has streams of these names, in small letters."""
    return next((known for name, known in _IN_COMPOUND if name in names), ("", SAVE_AS))
