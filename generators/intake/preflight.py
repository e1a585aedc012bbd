"""Is this file safe and sensible to open as a workbook? Answered before any parser sees it.

The answer comes from the content, never from the file's name, and nothing the file declares
of itself is believed: members are inflated in small pieces and their real bytes counted.
"""

from __future__ import annotations

import copy
import io
import posixpath
import re
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from xml.parsers import expat

from generators.model import ERROR, Finding

WorkbookFormat = Literal["xlsx", "xlsm", "xls", "ods"]

MEBIBYTE = 1 << 20
MAX_BYTES = 16 * MEBIBYTE
MAX_MEMBERS = 2_000
MAX_INFLATED = 64 * MEBIBYTE
MAX_MEMBER = 48 * MEBIBYTE
MAX_RATIO = 200
RATIO_FROM = MEBIBYTE
MAX_INDEX = 4 * MEBIBYTE

_CHUNK = 1 << 16
_SHOWN = 120


def inspect_workbook(data: bytes) -> WorkbookFormat | Finding:
    """Say which kind of workbook `data` is, or why it must not be opened; never raises."""
    try:
        return _inspect(data)
    except RefusedError as refusal:
        return refusal.finding


def has_macros(data: bytes) -> bool:
    """Say whether the file carries macros; they are never run, only their presence is told."""
    try:
        if data.startswith(_OLE_MAGIC):
            return "_vba_project_cur" in _CompoundFile(data).entries
        return _package_has_macros(Package(data))
    except RefusedError:
        return False


class RefusedError(Exception):
    """The file must not be opened; `finding` says why, in the words for staff."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def _inspect(data: bytes) -> WorkbookFormat:
    if not data:
        raise _empty()
    if len(data) > MAX_BYTES:
        raise _too_large(len(data))
    if data.startswith(_OLE_MAGIC):
        return _inspect_compound(_CompoundFile(data))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _inspect_package(Package(data))
    raise _not_workbook(*_appearance(data))


# ---------------------------------------------------------------- what staff are told

_SAVE_AS = (
    "Hãy mở tệp bằng Excel, chọn Tệp > Lưu như (File > Save As), chọn kiểu "
    "Excel Workbook (.xlsx), rồi tải tệp .xlsx vừa lưu lên."
)
_RETYPE = (
    "Hãy chép số liệu vào mẫu bảng tính, lưu dạng Excel Workbook (.xlsx) bằng Excel, "
    "rồi tải tệp .xlsx đó lên."
)
_NEW_BOOK = (
    "Hãy mở tệp bằng Excel, chép phần bảng có số liệu sang một bảng tính mới, lưu dạng "
    "Excel Workbook (.xlsx), rồi tải tệp mới lên."
)
_REPAIR = (
    "Hãy mở tệp bằng Excel, để Excel sửa nếu được hỏi, lưu dạng Excel Workbook (.xlsx) rồi "
    "tải lên lại. Nếu Excel không mở được, hãy chép lại tệp từ bản gốc."
)
_NO_PASSWORD = (
    "Hãy mở tệp bằng Excel, vào Tệp > Thông tin > Bảo vệ sổ làm việc > Mã hóa bằng mật khẩu "
    "(File > Info > Protect Workbook > Encrypt with Password), xóa trống ô mật khẩu, lưu dạng "
    "Excel Workbook (.xlsx), rồi tải lên lại."
)
_BREAK_LINKS = (
    "Hãy mở tệp bằng Excel, vào Dữ liệu > Sửa liên kết > Ngắt liên kết "
    "(Data > Edit Links > Break Link) và xóa ảnh hay đối tượng nối với tệp khác, lưu rồi tải "
    "lên lại."
)


def _refused(code: str, message: str, remedy: str, where: str = "") -> RefusedError:
    return RefusedError(Finding(code, ERROR, _shown(where), message, remedy))


def _shown(text: str) -> str:
    printable = "".join(sign if sign.isprintable() else "·" for sign in text[: _SHOWN + 1])
    return printable if len(printable) <= _SHOWN else printable[: _SHOWN - 1] + "…"


def _empty() -> RefusedError:
    return _refused(
        "file.empty",
        "Tệp trống, không có nội dung gì.",
        "Có thể tệp chưa được lưu hoặc chưa chép xong. Hãy mở bằng Excel, lưu lại rồi tải lên.",
    )


def _too_large(size: int) -> RefusedError:
    return _refused(
        "file.too_large",
        f"Tệp nặng {-(-size // MEBIBYTE)} MB, quá mức cho phép {MAX_BYTES // MEBIBYTE} MB.",
        "Hãy mở tệp bằng Excel, bỏ hình ảnh, trang và vùng định dạng thừa, lưu dạng "
        "Excel Workbook (.xlsx), rồi tải lên lại.",
    )


def _not_workbook(what: str, remedy: str) -> RefusedError:
    said = f"Tệp này là {what}, không phải" if what else "Tệp này không phải"
    return _refused("file.not_workbook", f"{said} bảng tính Excel đọc được ở đây.", remedy)


def damaged(why: str, where: str = "") -> RefusedError:
    """Refuse a file that was a workbook and is no longer whole."""
    return _refused("file.damaged", f"Tệp bị hỏng: {why}.", _REPAIR, where)


def _encrypted(where: str = "") -> RefusedError:
    message = "Tệp được đặt mật khẩu nên không đọc được số liệu."
    return _refused("file.encrypted", message, _NO_PASSWORD, where)


def _inflates(why: str, where: str = "") -> RefusedError:
    message = f"Tệp bung ra quá lớn khi mở: {why}."
    return _refused("file.inflates", message, _NEW_BOOK, where)


def _doctype(where: str) -> RefusedError:
    message = (
        "Bên trong tệp có khai báo kiểu tài liệu (DOCTYPE hoặc ENTITY), thứ mà bảng tính "
        "không cần và có thể gây hại khi mở."
    )
    return _refused("file.doctype", message, _NEW_BOOK, where)


def _external(target: str, where: str) -> RefusedError:
    message = f"Bảng tính nối với tệp bên ngoài “{_shown(target)}”, không tự đủ số liệu."
    return _refused("file.external", message, _BREAK_LINKS, where)


def _unsafe_member(why: str, where: str) -> RefusedError:
    return _refused("file.unsafe_member", f"Bên trong tệp có phần {why}.", _NEW_BOOK, where)


# ---------------------------------------------------------------- files that are something else

_PICTURE = ("tệp ảnh", _RETYPE)
_ARCHIVE = ("tệp nén", "Hãy giải nén, rồi tải lên tệp Excel (.xlsx) ở bên trong.")
_SIGNATURES: tuple[tuple[bytes, tuple[str, str]], ...] = (
    (b"%PDF-", ("tệp PDF", _RETYPE)),
    (b"{\\rtf", ("văn bản RTF", _RETYPE)),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"\x09\x00\x04\x00", ("bảng tính Excel đời rất cũ", _SAVE_AS)),
    (b"\x09\x02\x06\x00", ("bảng tính Excel đời rất cũ", _SAVE_AS)),
    (b"\x09\x04\x06\x00", ("bảng tính Excel đời rất cũ", _SAVE_AS)),
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|meta|table)\b",
    re.I | re.S,
)
_BINARY = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")


def _appearance(data: bytes) -> tuple[str, str]:
    """Return what the file looks like ("" if unknown) and the remedy that goes with it."""
    for signature, known in _SIGNATURES:
        if data.startswith(signature):
            return known
    head = data[:_CHUNK]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _appearance_of_text(head.decode("utf-16", "replace"))
    if _BINARY.search(head):
        return "", _SAVE_AS
    return _appearance_of_text(head.decode("utf-8-sig", "replace"))


def _appearance_of_text(text: str) -> tuple[str, str]:
    if _HTML.match(text) or text.startswith("MIME-Version:"):
        return "trang web (HTML)", _SAVE_AS
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return "bảng tính XML 2003", _SAVE_AS
    if text.lstrip().startswith("<"):
        return "tệp XML", _SAVE_AS
    if text.lstrip().startswith(("{", "[")):
        return "tệp JSON", _RETYPE
    return ("tệp CSV", _SAVE_AS) if _is_table(text) else ("văn bản thường", _SAVE_AS)


def _is_table(text: str) -> bool:
    lines = [line for line in text.splitlines()[:6] if line.strip()]
    first = lines[0] if lines else ""
    return len(lines) > 1 and any(
        first.count(mark) and all(mark in line for line in lines[1:5]) for mark in ",;\t|"
    )


# ---------------------------------------------------------------- ZIP packages: xlsx, xlsm, ods

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
_DECLARATIONS = tuple(
    word.encode(coding).strip(b"\0")
    for word in ("<!DOCTYPE", "<!ENTITY")
    # Without its outer zeros one pattern serves both byte orders.
    for coding in ("ascii", "utf-16-le", "utf-32-le")
)
_LONGEST = max(map(len, _DECLARATIONS))
_BEFORE_MARKUP = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"

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
                raise _inflates(f"một phần mục lục hơn {MAX_INDEX // MEBIBYTE} MB", name)
            pieces.append(piece)
        return b"".join(pieces)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a member's real bytes piece by piece, refusing harm as soon as it shows."""
        member = self._by_name.get(name.lower())
        if member is None:
            raise damaged(f"thiếu phần “{_shown(name)}”", name)
        if member.flag_bits & 0x1:
            raise _encrypted(name)
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
    return _inflates(f"có hơn {MAX_MEMBERS:,} phần bên trong".replace(",", "."))


def _bounded(pieces: Iterator[bytes], member: zipfile.ZipInfo) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MAX_MEMBER:
            raise _inflates(f"một phần hơn {MAX_MEMBER // MEBIBYTE} MB", member.filename)
        if size > RATIO_FROM and size > MAX_RATIO * max(member.compress_size, 1):
            raise _inflates(f"một phần nén hơn {MAX_RATIO} lần", member.filename)
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
        raise _doctype(where)

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
            found.append(_relationship(folder, attributes))

    parse_xml([package.read(rels)], rels, start)
    return found


def _relationship(folder: str, attributes: dict[str, str]) -> Relationship:
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


def _inspect_package(package: Package) -> WorkbookFormat:
    form = _package_form(package)
    _check_names(package)
    _check_contents(package)
    if form == "ods":
        _check_opendocument(package)
    else:
        _check_parts(package)
        _check_relationships(package)
    return form


_CONTENT_TYPES = "[Content_Types].xml"
_ODF = "application/vnd.oasis.opendocument."
_FORMS: dict[str, WorkbookFormat] = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": "xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": "xlsm",
    "application/vnd.ms-excel.template.macroenabled.main+xml": "xlsm",
    f"{_ODF}spreadsheet": "ods",
    f"{_ODF}spreadsheet-template": "ods",
}
_OTHER_OFFICE: tuple[tuple[str, tuple[str, str]], ...] = (
    ("wordprocessingml", ("văn bản Word", _RETYPE)),
    ("ms-word", ("văn bản Word", _RETYPE)),
    ("presentationml", ("bài trình chiếu PowerPoint", _RETYPE)),
    ("ms-powerpoint", ("bài trình chiếu PowerPoint", _RETYPE)),
    ("ms-excel.sheet.binary", ("bảng tính Excel nhị phân (.xlsb)", _SAVE_AS)),
    (f"{_ODF}text", ("văn bản OpenDocument (.odt)", _RETYPE)),
    (f"{_ODF}presentation", ("bài trình chiếu OpenDocument (.odp)", _RETYPE)),
)


def _package_form(package: Package) -> WorkbookFormat:
    kind = _package_type(package)
    if kind in _FORMS:
        return _FORMS[kind]
    for mark, known in _OTHER_OFFICE:
        if mark in kind:
            raise _not_workbook(*known)
    raise _not_workbook(*_ARCHIVE)


def _package_type(package: Package) -> str:
    """Return the media type of what the package holds, "" for a ZIP of no known kind."""
    if "mimetype" in package:
        kind = package.read("mimetype").decode("ascii", "replace").strip()
        if kind.startswith(_ODF):
            return kind
    if _CONTENT_TYPES in package:
        return _content_type(package, main_part(package))
    for part in ("xl/workbook.xml", "word/document.xml", "ppt/presentation.xml"):
        if part in package:
            raise damaged(f"thiếu phần “{_CONTENT_TYPES}”", _CONTENT_TYPES)
    return ""


def _content_type(package: Package, part: str) -> str:
    """Return a part's declared type: its own, else that of its extension."""
    wanted = {f"/{part}".lower(): 1, part.rpartition(".")[2].lower(): 0}
    found = {0: "", 1: ""}

    def start(_element: str, attributes: dict[str, str]) -> None:
        key = attributes.get("PartName") or attributes.get("Extension") or ""
        if key.lower() in wanted:
            found[wanted[key.lower()]] = attributes.get("ContentType", "").lower()

    parse_xml([package.read(_CONTENT_TYPES)], _CONTENT_TYPES, start)
    return found[1] or found[0]


def _check_names(package: Package) -> None:
    seen: set[str] = set()
    for member in package.members:
        name = member.orig_filename
        if _is_unsafe(name):
            raise _unsafe_member("mang tên không an toàn", name)
        if name.lower() in seen:
            raise _unsafe_member("trùng tên nhau", name)
        seen.add(name.lower())


def _is_unsafe(name: str) -> bool:
    steps = name.split("/")
    strange = "\\" in name or not name.isprintable() or re.match(r"[A-Za-z]:", name)
    return bool(strange) or steps[0] == "" or ".." in steps or "." in steps


def _check_contents(package: Package) -> None:
    """Inflate every member once: sizes, ratios, check sums, declarations of entities."""
    total = 0
    for member in package.members:
        tail, markup = b"", None
        for piece in package.chunks(member.filename):
            total += len(piece)
            if total > MAX_INFLATED:
                raise _inflates(f"hơn {MAX_INFLATED // MEBIBYTE} MB tất cả")
            markup = _may_be_markup(piece) if markup is None else markup
            seen = tail + piece
            if markup and any(word in seen for word in _DECLARATIONS):
                raise _doctype(member.filename)
            tail = piece[1 - _LONGEST :]


def _may_be_markup(head: bytes) -> bool:
    first = head.lstrip(_BEFORE_MARKUP)[:1]
    return first in (b"", b"<")


def _check_opendocument(package: Package) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in package:

        def start(element: str, _attributes: dict[str, str]) -> None:
            if local_name(element) == "encryption-data":
                raise _encrypted(manifest)

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
        raise _external(*found[max(found)])


def _note_external(package: Package, rels: str, found: dict[bool, tuple[str, str]]) -> None:
    def start(_element: str, attributes: dict[str, str]) -> None:
        arrow = _relationship("", attributes)
        kind = arrow.type.rpartition("/")[2]
        if kind == "externalLink" or (arrow.external and kind != "hyperlink"):
            found.setdefault(arrow.external, (attributes.get("Target", ""), rels))

    parse_xml(package.chunks(rels), rels, start)


_MACRO_NAMES = re.compile(r"(?:^|/)vbaproject\.bin$|^xl/macrosheets/|^basic/|^scripts/", re.I)


def _package_has_macros(package: Package) -> bool:
    if any(_MACRO_NAMES.search(member.filename) for member in package.members):
        return True
    # A project may bear any name; its type gives it away.
    types = package.read(_CONTENT_TYPES) if _CONTENT_TYPES in package else b""
    return b"ms-office.vbaproject" in types.lower()


# ---------------------------------------------------------------- compound files: xls, password

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_HEADER = 512
_LAST_SECTOR = 0xFFFFFFFA
_END_OF_CHAIN = 0xFFFFFFFE
_ENTRY = struct.Struct("<64sHBB3I36xIQ")
_MINI_SECTOR, _MINI_BELOW = 64, 4096
_OTHER_COMPOUND = (
    ("worddocument", ("văn bản Word đời cũ (.doc)", _RETYPE)),
    ("powerpoint document", ("bài trình chiếu PowerPoint đời cũ (.ppt)", _RETYPE)),
    ("__properties_version1.0", ("thư Outlook (.msg)", _RETYPE)),
)
_BOF, _FILEPASS, _EARLY_RECORDS = 0x0809, 0x002F, 8


@dataclass(frozen=True, slots=True)
class _Entry:
    """One name in a compound file's directory, and where its stream begins."""

    name: str
    left: int
    right: int
    child: int
    start: int
    size: int


class _CompoundFile:
    """The top folder of an OLE compound file; every walk is bounded by the file's size."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _OLE_HEADER:
            raise _broken_compound()
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in (9, 12):
            raise _broken_compound()
        self._data, self._size = data, 1 << shift
        self._fat = self._read_fat()
        (first,) = struct.unpack_from("<I", data, 48)
        directory = b"".join(map(self._sector, self._chain(first)))
        self._listed = [_entry(fields) for fields in _whole_entries(directory)]
        self.entries = {entry.name.lower(): entry for entry in self._top_level()}

    def head(self, entry: _Entry) -> bytes:
        """Return the first bytes of a stream, having seen that the whole of it is there."""
        if entry.size >= _MINI_BELOW:
            chain = self._chain(entry.start)
            if len(chain) * self._size < entry.size:
                raise _broken_compound()
            return self._sector(chain[0])
        minis = self._chain(self._listed[0].start)
        index, offset = divmod(entry.start * _MINI_SECTOR, self._size)
        if index >= len(minis):
            raise _broken_compound()
        return self._sector(minis[index])[offset:]

    def _sector(self, number: int) -> bytes:
        offset = (number + 1) * self._size
        found = self._data[offset : offset + self._size]
        if number >= _LAST_SECTOR or not found:
            raise _broken_compound()
        return found.ljust(self._size, b"\xff")

    def _numbers(self, sector: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self._size // 4}I", self._sector(sector))

    def _read_fat(self) -> list[int]:
        enough = len(self._data) // self._size
        fat: list[int] = []
        for sector in self._fat_sectors():
            if sector < _LAST_SECTOR:
                fat.extend(self._numbers(sector))
            if len(fat) >= enough:
                break
        return fat

    def _fat_sectors(self) -> Iterator[int]:
        yield from struct.unpack_from("<109I", self._data, 76)
        (following,) = struct.unpack_from("<I", self._data, 68)
        for _ in range(len(self._data) // self._size):
            if following >= _LAST_SECTOR:
                return
            *listed, following = self._numbers(following)
            yield from listed

    def _chain(self, first: int) -> list[int]:
        chain: list[int] = []
        sector = first
        while sector != _END_OF_CHAIN:
            if sector >= len(self._fat) or len(chain) > len(self._fat):
                raise _broken_compound()
            chain.append(sector)
            sector = self._fat[sector]
        return chain

    def _top_level(self) -> Iterator[_Entry]:
        waiting = [self._listed[0].child] if self._listed else []
        seen: set[int] = set()
        while waiting:
            number = waiting.pop()
            if number < len(self._listed) and number not in seen:
                seen.add(number)
                entry = self._listed[number]
                waiting += [entry.left, entry.right]
                yield entry


def _broken_compound() -> RefusedError:
    return damaged("bị cắt bớt hoặc mục lục bên trong không đọc được")


def _whole_entries(
    directory: bytes,
) -> Iterator[tuple[bytes, int, int, int, int, int, int, int, int]]:
    whole = len(directory) - len(directory) % _ENTRY.size
    return _ENTRY.iter_unpack(directory[:whole])


def _entry(fields: tuple[bytes, int, int, int, int, int, int, int, int]) -> _Entry:
    name, length, _kind, _colour, left, right, child, start, size = fields
    spelled = name[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    # Version 3 leaves the upper half of the size undefined.
    return _Entry(spelled, left, right, child, start, size & 0xFFFFFFFF)


def _inspect_compound(file: _CompoundFile) -> WorkbookFormat:
    if "encryptedpackage" in file.entries:
        raise _encrypted()
    book = file.entries.get("workbook") or file.entries.get("book")
    if book is None:
        for name, known in _OTHER_COMPOUND:
            if name in file.entries:
                raise _not_workbook(*known)
        raise _not_workbook("", _SAVE_AS)
    _check_records(file.head(book))
    return "xls"


def _check_records(head: bytes) -> None:
    """Look for the record that announces a password; it comes soon after the first."""
    offset = 0
    for number in range(_EARLY_RECORDS):
        if offset + 4 > len(head):
            return
        kind, length = struct.unpack_from("<HH", head, offset)
        if number == 0 and kind != _BOF:
            raise damaged("phần chính của bảng tính không đọc được", "Workbook")
        if kind == _FILEPASS:
            raise _encrypted("Workbook")
        offset += 4 + length
