"""A ZIP package of office XML read safely: its members, its XML, its relationships.

Nothing the package declares of itself is believed: members are inflated in small pieces and
their real bytes counted. Every way of failing is a `RefusedError`.
"""

from __future__ import annotations

import copy
import io
import posixpath
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.parsers import expat

from generators.intake.refusals import (
    MEBIBYTE,
    RefusedError,
    damaged,
    doctype,
    encrypted,
    inflates,
    shown,
)

CONTENT_TYPES = "[Content_Types].xml"

MAX_MEMBERS = 2_000
MAX_MEMBER = 48 * MEBIBYTE
MAX_RATIO = 200
RATIO_FROM = MEBIBYTE
MAX_INDEX = 4 * MEBIBYTE

_CHUNK = 1 << 16

# NotImplementedError is a RuntimeError, UnicodeDecodeError a ValueError.
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
    LookupError,
)

StartHandler = Callable[[str, dict[str, str]], None]


@dataclass(frozen=True, slots=True)
class Relationship:
    """One arrow of an office package: from a part to another part, or out of the file."""

    id: str
    type: str
    target: str
    external: bool


class Package:
    """The members of a ZIP, found without regard to case and read in bounded pieces.

    Every way of failing is a `RefusedError`.
    """

    def __init__(self, data: bytes) -> None:
        # Counted before the directory is parsed: a directory alone can fill the memory.
        if data.count(b"PK\x01\x02") > MAX_MEMBERS:
            raise _too_many_members()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _ZIP_FAULTS:
            raise damaged("phần cuối bị cắt hoặc mục lục bên trong không đọc được") from None
        self.members = self._zip.infolist()
        if len(self.members) > MAX_MEMBERS:
            raise _too_many_members()
        self._by_name = {member.filename.lower(): member for member in self.members}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._by_name

    def read(self, name: str) -> bytes:
        """Return the whole of an index part: content types, relationships, manifest."""
        pieces, size = [], 0
        for piece in self.chunks(name):
            size += len(piece)
            if size > MAX_INDEX:
                raise inflates(f"một phần mục lục hơn {MAX_INDEX // MEBIBYTE} MB", name)
            pieces.append(piece)
        return b"".join(pieces)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a member's real bytes piece by piece, refusing harm as soon as it shows."""
        member = self._by_name.get(name.lower())
        if member is None:
            raise damaged(f"thiếu phần “{shown(name)}”", name)
        if member.flag_bits & 0x1:
            raise encrypted(name)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged("có phần nén theo cách Excel không dùng", name)
        yield from _bounded(self._inflate(member), member)

    def _inflate(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        # zipfile stops at the declared size; without one it inflates to the real end.
        undeclared = copy.copy(member)
        undeclared.file_size = sys.maxsize
        try:
            with self._zip.open(undeclared) as stream:
                while piece := stream.read(_CHUNK):
                    yield piece
        except _ZIP_FAULTS:
            raise damaged("nội dung không khớp mã kiểm tra", member.filename) from None


def _too_many_members() -> RefusedError:
    return inflates(f"có hơn {MAX_MEMBERS:,} phần bên trong".replace(",", "."))


def _bounded(pieces: Iterator[bytes], member: zipfile.ZipInfo) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MAX_MEMBER:
            raise inflates(f"một phần hơn {MAX_MEMBER // MEBIBYTE} MB", member.filename)
        if size > RATIO_FROM and size > MAX_RATIO * max(member.compress_size, 1):
            raise inflates(f"một phần nén hơn {MAX_RATIO} lần", member.filename)
        yield piece
    if size != member.file_size:
        raise damaged("có phần khai sai độ lớn của mình", member.filename)


def parse_xml(
    chunks: Iterable[bytes],
    where: str,
    start: StartHandler | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Walk through XML without building it; names arrive as "namespace local".

    A DOCTYPE or broken XML is a `RefusedError`.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text

    def refuse(*_declaration: object) -> None:
        raise doctype(where)

    parser.StartDoctypeDeclHandler = refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        raise damaged("có phần không đúng cấu trúc XML", where) from None


@lru_cache(maxsize=1024)
def local_name(name: str) -> str:
    """Return an element's or attribute's name without its namespace."""
    return name.rpartition(" ")[2]


def relationships(package: Package, part: str) -> list[Relationship]:
    """Return the arrows that leave `part` ("" for the package itself), targets resolved."""
    found: list[Relationship] = []
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")

    def start(element: str, attributes: dict[str, str]) -> None:
        if local_name(element) == "Relationship":
            found.append(relationship(folder, attributes))

    parse_xml([package.read(rels)], rels, start)
    return found


def relationship(folder: str, attributes: dict[str, str]) -> Relationship:
    """Read one arrow from its XML attributes; targets are resolved from `folder`."""
    external = attributes.get("TargetMode", "").lower() == "external"
    target = attributes.get("Target", "")
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    kind = attributes.get("Type", "")
    return Relationship(attributes.get("Id", ""), kind, target, external)


def main_part(package: Package) -> str:
    """Return the name of the part that holds the workbook itself."""
    for arrow in relationships(package, ""):
        if arrow.type.endswith("/officeDocument") and not arrow.external:
            return arrow.target
    raise damaged("không chỉ ra phần chính của bảng tính", "_rels/.rels")


def content_type(package: Package, part: str) -> str:
    """Return a part's declared type: its own, else that of its extension."""
    wanted = {f"/{part}".lower(): 1, part.rpartition(".")[2].lower(): 0}
    found = {0: "", 1: ""}

    def start(_element: str, attributes: dict[str, str]) -> None:
        key = attributes.get("PartName") or attributes.get("Extension") or ""
        if key.lower() in wanted:
            found[wanted[key.lower()]] = attributes.get("ContentType", "").lower()

    parse_xml([package.read(CONTENT_TYPES)], CONTENT_TYPES, start)
    return found[1] or found[0]
