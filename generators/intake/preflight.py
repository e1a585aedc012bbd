"""Is this file safe and sensible to open as a workbook? Answered before any parser sees it.

The answer comes from the content, never from the file's name.
"""

from __future__ import annotations

import re
import struct
from typing import Literal

from generators.intake.appearance import ODF, appearance, of_compound, of_package
from generators.intake.compound import OLE_MAGIC, CompoundFile
from generators.intake.package import (
    CONTENT_TYPES,
    Package,
    content_type,
    local_name,
    main_part,
    parse_xml,
    relationship,
    relationships,
)
from generators.intake.refusals import (
    MEBIBYTE,
    RefusedError,
    damaged,
    doctype,
    empty,
    encrypted,
    external,
    inflates,
    macros,
    not_workbook,
    too_large,
    unsafe_member,
)
from generators.model import Finding

WorkbookFormat = Literal["xlsx", "xlsm", "xls", "ods"]

MAX_BYTES = 16 * MEBIBYTE
MAX_INFLATED = 64 * MEBIBYTE


def inspect_workbook(data: bytes) -> WorkbookFormat | Finding:
    """Say which kind of workbook `data` is, or why it must not be opened; never raises."""
    try:
        return _inspect(data)
    except RefusedError as refusal:
        return refusal.finding


def _inspect(data: bytes) -> WorkbookFormat:
    if not data:
        raise empty()
    if len(data) > MAX_BYTES:
        raise too_large(len(data), MAX_BYTES)
    if data.startswith(OLE_MAGIC):
        return _inspect_compound(CompoundFile(data))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _inspect_package(Package(data))
    raise not_workbook(*appearance(data))


def inspect_package(data: bytes) -> tuple[Package, str, str]:
    """Return any office package that is safe to open, its media type and its main part.

    RefusedError where it is none, or not safe.
    """
    if not data:
        raise empty()
    if len(data) > MAX_BYTES:
        raise too_large(len(data), MAX_BYTES)
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise not_workbook(*appearance(data))
    package = Package(data)
    _check_names(package)
    _check_contents(package)
    main = main_part(package)
    return package, content_type(package, main), main


# ---------------------------------------------------------------- packages: xlsx, xlsm, ods

_FORMS: dict[str, WorkbookFormat] = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": "xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": "xlsm",
    "application/vnd.ms-excel.template.macroenabled.main+xml": "xlsm",
    f"{ODF}spreadsheet": "ods",
    f"{ODF}spreadsheet-template": "ods",
}


def _inspect_package(package: Package) -> WorkbookFormat:
    form = _package_form(package)
    _check_names(package)
    _check_contents(package)
    if form == "ods":
        _check_opendocument(package)
    else:
        _check_parts(package)
        _check_relationships(package)
    if _has_macros(package):
        raise macros()
    return form


def _package_form(package: Package) -> WorkbookFormat:
    kind = _package_type(package)
    if kind in _FORMS:
        return _FORMS[kind]
    raise not_workbook(*of_package(kind))


def _package_type(package: Package) -> str:
    """Return the media type of what the package holds, "" for a ZIP of no known kind."""
    if "mimetype" in package:
        kind = package.read("mimetype").decode("ascii", "replace").strip()
        if kind.startswith(ODF):
            return kind
    if CONTENT_TYPES in package:
        return content_type(package, main_part(package))
    for part in ("xl/workbook.xml", "word/document.xml", "ppt/presentation.xml"):
        if part in package:
            raise damaged(f"thiếu phần “{CONTENT_TYPES}”", CONTENT_TYPES)
    return ""


def _check_names(package: Package) -> None:
    seen: set[str] = set()
    for member in package.members:
        name = member.orig_filename
        if _is_unsafe(name):
            raise unsafe_member("mang tên không an toàn", name)
        if name.lower() in seen:
            raise unsafe_member("trùng tên nhau", name)
        seen.add(name.lower())


def _is_unsafe(name: str) -> bool:
    steps = name.split("/")
    strange = "\\" in name or not name.isprintable() or re.match(r"[A-Za-z]:", name)
    return bool(strange) or steps[0] == "" or ".." in steps or "." in steps


_DECLARATIONS = tuple(
    word.encode(coding).strip(b"\0")
    for word in ("<!DOCTYPE", "<!ENTITY")
    # Without its outer zeros one pattern serves both byte orders.
    for coding in ("ascii", "utf-16-le", "utf-32-le")
)
_LONGEST = max(map(len, _DECLARATIONS))
_BEFORE_MARKUP = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"


def _check_contents(package: Package) -> None:
    """Inflate every member once: sizes, ratios, check sums, declarations of entities."""
    total = 0
    for member in package.members:
        tail, markup = b"", None
        for piece in package.chunks(member.filename):
            total += len(piece)
            if total > MAX_INFLATED:
                raise inflates(f"hơn {MAX_INFLATED // MEBIBYTE} MB tất cả")
            markup = _may_be_markup(piece) if markup is None else markup
            seen = tail + piece
            if markup and any(word in seen for word in _DECLARATIONS):
                raise doctype(member.filename)
            tail = piece[1 - _LONGEST :]


def _may_be_markup(head: bytes) -> bool:
    first = head.lstrip(_BEFORE_MARKUP)[:1]
    return first in (b"", b"<")


def _check_opendocument(package: Package) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in package:

        def start(element: str, _attributes: dict[str, str]) -> None:
            if local_name(element) == "encryption-data":
                raise encrypted(manifest)

        parse_xml(package.chunks(manifest), manifest, start)
    parse_xml(package.chunks("content.xml"), "content.xml")


def _check_parts(package: Package) -> None:
    """See that the parts a reader needs are there and are XML."""
    main = main_part(package)
    needed = [main]
    for arrow in relationships(package, main):
        kind = arrow.type.rpartition("/")[2]
        if kind in ("worksheet", "sharedStrings", "styles") and not arrow.external:
            needed.append(arrow.target)
    for part in dict.fromkeys(needed):
        parse_xml(package.chunks(part), part)


def _check_relationships(package: Package) -> None:
    """Refuse what leads out of the file; links in cells that people click lead nobody else."""
    found: dict[bool, tuple[str, str]] = {}
    for member in package.members:
        if member.filename.lower().endswith(".rels"):
            _note_external(package, member.filename, found)
    # The arrow that leaves the file names the other file; the one to its stand-in does not.
    if found:
        raise external(*found[max(found)])


def _note_external(package: Package, rels: str, found: dict[bool, tuple[str, str]]) -> None:
    def start(_element: str, attributes: dict[str, str]) -> None:
        arrow = relationship("", attributes)
        kind = arrow.type.rpartition("/")[2]
        if kind == "externalLink" or (arrow.external and kind != "hyperlink"):
            found.setdefault(arrow.external, (attributes.get("Target", ""), rels))

    parse_xml(package.chunks(rels), rels, start)


_MACRO_NAMES = re.compile(r"(?:^|/)vbaproject\.bin$|^xl/macrosheets/|^basic/|^scripts/", re.I)


def _has_macros(package: Package) -> bool:
    if any(_MACRO_NAMES.search(member.filename) for member in package.members):
        return True
    # A project may bear any name; its type gives it away.
    types = package.read(CONTENT_TYPES) if CONTENT_TYPES in package else b""
    return b"ms-office.vbaproject" in types.lower()


# ---------------------------------------------------------------- compound files: xls

_BOF, _FILEPASS, _EARLY_RECORDS = 0x0809, 0x002F, 8


def _inspect_compound(file: CompoundFile) -> WorkbookFormat:
    if "encryptedpackage" in file.entries:
        raise encrypted()
    book = file.entries.get("workbook") or file.entries.get("book")
    if book is None:
        raise not_workbook(*of_compound(file.entries))
    _check_records(file.stream(book))
    if "_vba_project_cur" in file.entries:
        raise macros()
    return "xls"


def _check_records(stream: bytes) -> None:
    """Look for the record that announces a password; it comes soon after the first."""
    offset = 0
    for number in range(_EARLY_RECORDS):
        if offset + 4 > len(stream):
            return
        kind, length = struct.unpack_from("<HH", stream, offset)
        if number == 0 and kind != _BOF:
            raise damaged("phần chính của bảng tính không đọc được", "Workbook")
        if kind == _FILEPASS:
            raise encrypted("Workbook")
        offset += 4 + length
