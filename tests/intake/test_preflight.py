"""Preflight: which files are opened as workbooks, and what is said of the others."""

from __future__ import annotations

import io
import os
import random
import shutil
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import docx
import msoffcrypto.format.ooxml
import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generators.intake.cells import read_cell_facts
from generators.intake.preflight import (
    MAX_BYTES,
    WorkbookFormat,
    inspect_workbook,
)
from generators.model import ERROR, Finding

SAVE_AS = (
    "Hãy mở tệp bằng Excel, chọn Tệp > Lưu như (File > Save As), chọn kiểu Excel Workbook "
    "(.xlsx), rồi tải tệp .xlsx vừa lưu lên."
)
RETYPE = (
    "Hãy chép số liệu vào mẫu bảng tính, lưu dạng Excel Workbook (.xlsx) bằng Excel, rồi tải "
    "tệp .xlsx đó lên."
)
NEW_BOOK = (
    "Hãy mở tệp bằng Excel, chép phần bảng có số liệu sang một bảng tính mới, lưu dạng Excel "
    "Workbook (.xlsx), rồi tải tệp mới lên."
)
REPAIR = (
    "Hãy mở tệp bằng Excel, để Excel sửa nếu được hỏi, lưu dạng Excel Workbook (.xlsx) rồi tải "
    "lên lại. Nếu Excel không mở được, hãy chép lại tệp từ bản gốc."
)
NO_PASSWORD = (
    "Hãy mở tệp bằng Excel, vào Tệp > Thông tin > Bảo vệ sổ làm việc > Mã hóa bằng mật khẩu "
    "(File > Info > Protect Workbook > Encrypt with Password), xóa trống ô mật khẩu, lưu dạng "
    "Excel Workbook (.xlsx), rồi tải lên lại."
)
BREAK_LINKS = (
    "Hãy mở tệp bằng Excel, vào Dữ liệu > Sửa liên kết > Ngắt liên kết (Data > Edit Links > "
    "Break Link) và xóa ảnh hay đối tượng nối với tệp khác, lưu rồi tải lên lại."
)
UNPACK = "Hãy giải nén, rồi tải lên tệp Excel (.xlsx) ở bên trong."

SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK_RELS = "xl/_rels/workbook.xml.rels"
CONTENT_TYPES = "[Content_Types].xml"


def finding(code: str, message: str, remedy: str, where: str = "") -> Finding:
    return Finding(code, ERROR, where, message, remedy)


def damaged(why: str, where: str = "") -> Finding:
    return finding("file.damaged", f"Tệp bị hỏng: {why}.", REPAIR, where)


def not_workbook(what: str, remedy: str) -> Finding:
    message = f"Tệp này là {what}, không phải bảng tính Excel đọc được ở đây."
    return finding("file.not_workbook", message, remedy)


def inflates(why: str, where: str = "") -> Finding:
    return finding("file.inflates", f"Tệp bung ra quá lớn khi mở: {why}.", NEW_BOOK, where)


def encrypted(where: str = "") -> Finding:
    message = "Tệp được đặt mật khẩu nên không đọc được số liệu."
    return finding("file.encrypted", message, NO_PASSWORD, where)


def doctype(where: str) -> Finding:
    message = (
        "Bên trong tệp có khai báo kiểu tài liệu (DOCTYPE hoặc ENTITY), thứ mà bảng tính không "
        "cần và có thể gây hại khi mở."
    )
    return finding("file.doctype", message, NEW_BOOK, where)


def external(target: str, where: str) -> Finding:
    message = f"Bảng tính nối với tệp bên ngoài “{target}”, không tự đủ số liệu."
    return finding("file.external", message, BREAK_LINKS, where)


def small_workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Số liệu"
    sheet.append(["Người có công được tặng quà", "người", 249])
    sheet["A2"].hyperlink = "https://example.org/"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


XLSX = small_workbook()


def rezip(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """Return the package with some members replaced, added, or (None) left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    members |= {name: content for name, content in changes.items() if content is not None}
    left_out = {name for name, content in changes.items() if content is None}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, content in members.items():
            if name not in left_out:
                package.writestr(name, content)
    return stream.getvalue()


def member(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def with_relationship(rels: str, kind: str, target: str, mode: str) -> bytes:
    arrow = (
        f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{target}" {mode}/></Relationships>'
    )
    try:
        xml = member(XLSX, rels).decode()
    except KeyError:
        xml = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            'relationships"></Relationships>'
        )
    return xml.replace("</Relationships>", arrow).encode()


def loose_bytes(size: int) -> bytes:
    """Bytes that shrink about a hundredfold: too little to be refused for that alone."""
    dice, block = random.Random(1), 1 << 16
    return b"".join(dice.randbytes(500) + bytes(block - 500) for _ in range(size // block))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The small workbook as LibreOffice saves it, by extension."""
    if shutil.which("soffice") is None:
        reason = "LibreOffice (soffice) is not installed"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    folder = tmp_path_factory.mktemp("office")
    (folder / "in.xlsx").write_bytes(XLSX)
    return {form: converted(folder, form) for form in ("xls", "ods")}


def converted(folder: Path, form: str) -> bytes:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", form, "in.xlsx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return (folder / f"in.{form}").read_bytes()


# ---------------------------------------------------------------- accepted


def test_workbooks_of_several_programs_are_recognised() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.add_worksheet("Số liệu").write(0, 0, 249)
    book.close()
    assert inspect_workbook(XLSX) == "xlsx"
    assert inspect_workbook(stream.getvalue()) == "xlsx"


def test_xls_and_ods_are_recognised_by_content(office: Mapping[str, bytes]) -> None:
    assert inspect_workbook(office["xls"]) == "xls"
    assert inspect_workbook(office["ods"]) == "ods"


MACROS = Finding(
    "file.macros",
    ERROR,
    "",
    "Tệp có chứa macro (chương trình), thứ mà biểu số liệu không cần.",
    "Hãy mở tệp bằng Excel, chọn Tệp > Lưu như (File > Save As), chọn kiểu Excel Workbook "
    "(.xlsx), rồi tải tệp .xlsx vừa lưu lên.",
)
XLSM_TYPES = member(XLSX, CONTENT_TYPES).replace(
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
)


def test_an_xlsm_without_macros_is_a_workbook() -> None:
    assert inspect_workbook(rezip(XLSX, {CONTENT_TYPES: XLSM_TYPES})) == "xlsm"


def test_a_workbook_with_macros_is_refused() -> None:
    project = {CONTENT_TYPES: XLSM_TYPES, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}
    assert inspect_workbook(rezip(XLSX, project)) == MACROS


def test_macros_under_another_name_are_told_by_their_type() -> None:
    override = (
        b'<Override PartName="/xl/plain.bin" ContentType="application/vnd.ms-office.'
        b'vbaProject"/></Types>'
    )
    types = member(XLSX, CONTENT_TYPES).replace(b"</Types>", override)
    assert inspect_workbook(rezip(XLSX, {CONTENT_TYPES: types, "xl/plain.bin": b""})) == MACROS


def test_the_workbook_part_may_have_any_name() -> None:
    renamed = {
        "book/main.xml": member(XLSX, "xl/workbook.xml"),
        "book/_rels/main.xml.rels": member(XLSX, WORKBOOK_RELS),
        "book/styles.xml": member(XLSX, "xl/styles.xml"),
        "_rels/.rels": member(XLSX, "_rels/.rels").replace(
            b"xl/workbook.xml", b"book/main.xml"
        ),
        CONTENT_TYPES: member(XLSX, CONTENT_TYPES).replace(
            b"xl/workbook.xml", b"book/main.xml"
        ),
        "xl/workbook.xml": None,
        "xl/styles.xml": None,
        WORKBOOK_RELS: None,
    }
    assert inspect_workbook(rezip(XLSX, renamed)) == "xlsx"


# ---------------------------------------------------------------- something else


def test_an_empty_file() -> None:
    assert inspect_workbook(b"") == finding(
        "file.empty",
        "Tệp trống, không có nội dung gì.",
        "Có thể tệp chưa được lưu hoặc chưa chép xong. Hãy mở bằng Excel, lưu lại rồi tải lên.",
    )


def test_a_file_over_the_limit() -> None:
    assert inspect_workbook(XLSX.ljust(MAX_BYTES + 1, b"\0")) == finding(
        "file.too_large",
        "Tệp nặng 17 MB, quá mức cho phép 16 MB.",
        "Hãy mở tệp bằng Excel, bỏ hình ảnh, trang và vùng định dạng thừa, lưu dạng Excel "
        "Workbook (.xlsx), rồi tải lên lại.",
    )


@pytest.mark.parametrize(
    ("data", "what", "remedy"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "tệp PDF", RETYPE),
        (b"\x89PNG\r\n\x1a\n\0\0", "tệp ảnh", RETYPE),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "tệp ảnh", RETYPE),
        (b"{\\rtf1\\ansi B\xe1o c\xe1o}", "văn bản RTF", RETYPE),
        (b"Rar!\x1a\x07\x01\0", "tệp nén", UNPACK),
        ("Chỉ tiêu;Số\nHộ nghèo;12\nHộ cận nghèo;30\n".encode(), "tệp CSV", SAVE_AS),
        ("Chỉ tiêu\tSố\nHộ nghèo\t12\n".encode("utf-16"), "tệp CSV", SAVE_AS),
        ("Báo cáo công tác an sinh\nsáu tháng".encode(), "văn bản thường", SAVE_AS),
        (b"<html><body><table><tr><td>1", "trang web (HTML)", SAVE_AS),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html>", "trang web (HTML)", SAVE_AS),
        (b"<meta charset=utf-8><table>", "trang web (HTML)", SAVE_AS),
        (b'{"kind": "ban-tin-6-thang"}', "tệp JSON", RETYPE),
        (
            b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:'
            b'spreadsheet">',
            "bảng tính XML 2003",
            SAVE_AS,
        ),
        (b"<?xml version='1.0'?><a/>", "tệp XML", SAVE_AS),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "bảng tính Excel đời rất cũ", SAVE_AS),
    ],
)
def test_other_kinds_are_named(data: bytes, what: str, remedy: str) -> None:
    assert inspect_workbook(data) == not_workbook(what, remedy)


def test_an_unknown_kind_is_not_guessed() -> None:
    assert inspect_workbook(b"\x00\x01\x02\x03") == finding(
        "file.not_workbook", "Tệp này không phải bảng tính Excel đọc được ở đây.", SAVE_AS
    )


def test_a_word_file_given_as_workbook() -> None:
    stream = io.BytesIO()
    docx.Document().save(stream)
    assert inspect_workbook(stream.getvalue()) == not_workbook("văn bản Word", RETYPE)


def test_a_binary_workbook_is_asked_to_be_saved_anew() -> None:
    types = member(XLSX, CONTENT_TYPES).replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.binary.macroEnabled.main",
    )
    expected = not_workbook("bảng tính Excel nhị phân (.xlsb)", SAVE_AS)
    assert inspect_workbook(rezip(XLSX, {CONTENT_TYPES: types})) == expected


def test_an_opendocument_text(office: Mapping[str, bytes]) -> None:
    odt = rezip(office["ods"], {"mimetype": b"application/vnd.oasis.opendocument.text"})
    expected = not_workbook("văn bản OpenDocument (.odt)", RETYPE)
    assert inspect_workbook(odt) == expected


def test_a_zip_of_anything() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("bao-cao.xlsx", XLSX)
    assert inspect_workbook(stream.getvalue()) == not_workbook("tệp nén", UNPACK)


def test_an_old_word_file(office: Mapping[str, bytes]) -> None:
    doc = office["xls"].replace(
        "Workbook".encode("utf-16-le") + bytes(48) + struct.pack("<H", 18),
        "WordDocument".encode("utf-16-le") + bytes(40) + struct.pack("<H", 26),
    )
    assert doc != office["xls"]
    assert inspect_workbook(doc) == not_workbook("văn bản Word đời cũ (.doc)", RETYPE)


# ---------------------------------------------------------------- damaged


@pytest.mark.parametrize("kept", [4, 1000, -30])
def test_a_truncated_package(kept: int) -> None:
    expected = damaged("phần cuối bị cắt hoặc mục lục bên trong không đọc được")
    assert inspect_workbook(XLSX[:kept]) == expected


def test_a_wrong_check_sum() -> None:
    crc = struct.pack("<I", zlib.crc32(member(XLSX, SHEET)))
    wrong = XLSX.replace(crc, bytes(4))
    assert inspect_workbook(wrong) == damaged("nội dung không khớp mã kiểm tra", SHEET)


def test_a_missing_sheet() -> None:
    expected = damaged(f"thiếu phần “{SHEET}”", SHEET)
    assert inspect_workbook(rezip(XLSX, {SHEET: None})) == expected


def test_missing_content_types() -> None:
    expected = damaged(f"thiếu phần “{CONTENT_TYPES}”", CONTENT_TYPES)
    assert inspect_workbook(rezip(XLSX, {CONTENT_TYPES: None})) == expected


def test_a_package_that_names_no_workbook() -> None:
    rels = b'<Relationships xmlns="x"/>'
    expected = damaged("không chỉ ra phần chính của bảng tính", "_rels/.rels")
    assert inspect_workbook(rezip(XLSX, {"_rels/.rels": rels})) == expected


def test_a_sheet_that_is_not_xml() -> None:
    broken = member(XLSX, SHEET)[:-20]
    expected = damaged("có phần không đúng cấu trúc XML", SHEET)
    assert inspect_workbook(rezip(XLSX, {SHEET: broken})) == expected


def test_an_unusual_compression() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    expected = damaged("có phần nén theo cách Excel không dùng", "mimetype")
    assert inspect_workbook(stream.getvalue()) == expected


def test_an_ods_without_content(office: Mapping[str, bytes]) -> None:
    expected = damaged("thiếu phần “content.xml”", "content.xml")
    assert inspect_workbook(rezip(office["ods"], {"content.xml": None})) == expected


@pytest.mark.parametrize("kept", [100, 512, 3000])
def test_a_truncated_xls(office: Mapping[str, bytes], kept: int) -> None:
    expected = damaged("bị cắt bớt hoặc mục lục bên trong không đọc được")
    assert inspect_workbook(office["xls"][:kept]) == expected


# ---------------------------------------------------------------- passwords


def test_a_workbook_with_a_password() -> None:
    stream = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(XLSX)).encrypt("mật khẩu", stream)
    assert inspect_workbook(stream.getvalue()) == encrypted()


def test_an_xls_with_a_password(office: Mapping[str, bytes]) -> None:
    start = office["xls"].index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    locked = bytearray(office["xls"])
    locked[start : start + 2] = b"\x2f\x00"
    assert inspect_workbook(bytes(locked)) == encrypted("Workbook")


def test_an_ods_with_a_password(office: Mapping[str, bytes]) -> None:
    name = "META-INF/manifest.xml"
    manifest = member(office["ods"], name).replace(
        b"</manifest:manifest>",
        b'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        b"<manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
    )
    locked = rezip(office["ods"], {name: manifest, "content.xml": b"\x93\x11\x07"})
    assert inspect_workbook(locked) == encrypted(name)


def test_encrypted_members() -> None:
    locked = bytearray(XLSX)
    for signature, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = -1
        while (at := locked.find(signature, at + 1)) >= 0:
            locked[at + flags] |= 1
    assert inspect_workbook(bytes(locked)) == encrypted("_rels/.rels")


# ---------------------------------------------------------------- bombs


def test_a_small_file_that_becomes_enormous() -> None:
    bomb = rezip(XLSX, {SHEET: bytes(120_000_000)})
    assert len(bomb) < 150_000
    assert inspect_workbook(bomb) == inflates("một phần nén hơn 200 lần", SHEET)


def test_a_bomb_that_declares_a_small_size() -> None:
    bomb = bytearray(rezip(XLSX, {SHEET: bytes(120_000_000)}))
    told = struct.pack("<II", zlib.crc32(bytes(1000)), 1000)
    at = -1
    real = struct.pack("<I", 120_000_000)
    while (at := bomb.find(real, at + 1)) >= 0:
        bomb[at - 8 : at - 4], bomb[at : at + 4] = told[:4], told[4:]
    with zipfile.ZipFile(io.BytesIO(bomb)) as package:
        assert package.getinfo(SHEET).file_size == 1000
        assert len(package.read(SHEET)) == 1000
    assert inspect_workbook(bytes(bomb)) == inflates("một phần nén hơn 200 lần", SHEET)


def test_a_member_that_misstates_its_size() -> None:
    size = len(member(XLSX, SHEET))
    lying = XLSX.replace(struct.pack("<I", size), struct.pack("<I", size + 1))
    assert inspect_workbook(lying) == damaged("có phần khai sai độ lớn của mình", SHEET)


def test_a_single_member_too_large() -> None:
    bomb = rezip(XLSX, {"xl/media/image1.bin": loose_bytes(49 << 20)})
    expected = inflates("một phần hơn 48 MB", "xl/media/image1.bin")
    assert inspect_workbook(bomb) == expected


def test_members_too_large_together() -> None:
    part = loose_bytes(22 << 20)
    bomb = rezip(XLSX, {f"xl/media/image{n}.bin": part for n in range(3)})
    assert inspect_workbook(bomb) == inflates("hơn 64 MB tất cả")


def test_too_many_members() -> None:
    crowd = rezip(XLSX, {f"xl/media/{n}.bin": b"" for n in range(2000)})
    assert inspect_workbook(crowd) == inflates("có hơn 2.000 phần bên trong")


def test_an_index_part_too_large() -> None:
    padded = member(XLSX, CONTENT_TYPES) + b" " * (5 << 20)
    dice = random.Random(2).randbytes(30_000).hex().encode()
    padded += b"<!--" + dice + b"-->"
    bomb = rezip(XLSX, {CONTENT_TYPES: padded})
    assert inspect_workbook(bomb) == inflates("một phần mục lục hơn 4 MB", CONTENT_TYPES)


# ---------------------------------------------------------------- declarations

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a "hahaha">'
    + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><worksheet>&i;</worksheet>"
)


def test_entities_that_multiply() -> None:
    assert inspect_workbook(rezip(XLSX, {SHEET: LAUGHS.encode()})) == doctype(SHEET)


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_declaration_in_wide_letters(coding: str) -> None:
    xml = LAUGHS.removeprefix('<?xml version="1.0"?>').encode(coding)
    assert inspect_workbook(rezip(XLSX, {SHEET: xml})) == doctype(SHEET)


@pytest.mark.parametrize("blanks", range(65_500, 65_560))
def test_a_declaration_behind_blanks_across_pieces(blanks: int) -> None:
    xml = b" " * blanks + b"<!DOCTYPE worksheet><worksheet/>"
    assert inspect_workbook(rezip(XLSX, {SHEET: xml})) == doctype(SHEET)


def test_a_declaration_in_content_types() -> None:
    xml = b"<!DOCTYPE Types><Types/>"
    assert inspect_workbook(rezip(XLSX, {CONTENT_TYPES: xml})) == doctype(CONTENT_TYPES)


def test_a_declaration_in_a_part_of_any_name() -> None:
    changed = rezip(XLSX, {"customXml/item1.dat": LAUGHS.encode()})
    assert inspect_workbook(changed) == doctype("customXml/item1.dat")


def test_a_declaration_as_text_of_a_cell_is_text() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "<!DOCTYPE html><!ENTITY a>"
    stream = io.BytesIO()
    book.save(stream)
    assert inspect_workbook(stream.getvalue()) == "xlsx"


# ---------------------------------------------------------------- ways out of the file


@pytest.mark.parametrize(
    ("rels", "kind", "target"),
    [
        ("xl/externalLinks/_rels/externalLink1.xml.rels", "externalLinkPath", "nam-truoc.xlsx"),
        ("xl/worksheets/_rels/sheet2.xml.rels", "oleObject", "file:///C:/a.docx"),
        ("xl/_rels/workbook.xml.rels", "attachedTemplate", "https://example.org/a.dotm"),
        ("xl/drawings/_rels/drawing1.xml.rels", "image", "https://example.org/a.png"),
    ],
)
def test_a_relationship_out_of_the_file(rels: str, kind: str, target: str) -> None:
    xml = with_relationship(rels, kind, target, 'TargetMode="External"')
    assert inspect_workbook(rezip(XLSX, {rels: xml})) == external(target, rels)


def test_the_linked_workbook_is_named_rather_than_its_stand_in() -> None:
    stand_in = with_relationship(WORKBOOK_RELS, "externalLink", "externalLinks/link1.xml", "")
    rels = "xl/externalLinks/_rels/link1.xml.rels"
    out = with_relationship(rels, "externalLinkPath", "nam-truoc.xlsx", 'TargetMode="External"')
    linked = {WORKBOOK_RELS: stand_in, "xl/externalLinks/link1.xml": b"<externalLink/>"}
    assert inspect_workbook(rezip(XLSX, linked)) == external(
        "externalLinks/link1.xml", WORKBOOK_RELS
    )
    assert inspect_workbook(rezip(XLSX, linked | {rels: out})) == external(
        "nam-truoc.xlsx", rels
    )


def test_a_long_strange_target_is_shown_cut_and_printable() -> None:
    xml = with_relationship(
        WORKBOOK_RELS, "image", "a&#10;" + "b" * 500, 'TargetMode="External"'
    )
    shown = "a·" + "b" * 117 + "…"
    assert inspect_workbook(rezip(XLSX, {WORKBOOK_RELS: xml})) == external(shown, WORKBOOK_RELS)


@pytest.mark.parametrize(
    "name", ["/etc/a.xml", "../a.xml", "xl/../../a.xml", "xl\\a.xml", "C:/a.xml", "xl/\x01a"]
)
def test_an_unsafe_member_name(name: str) -> None:
    expected = finding(
        "file.unsafe_member",
        "Bên trong tệp có phần mang tên không an toàn.",
        NEW_BOOK,
        name.replace("\x01", "·"),
    )
    assert inspect_workbook(rezip(XLSX, {name: b""})) == expected


def test_a_duplicate_member_name() -> None:
    expected = finding(
        "file.unsafe_member",
        "Bên trong tệp có phần trùng tên nhau.",
        NEW_BOOK,
        "XL/worksheets/SHEET1.xml",
    )
    assert inspect_workbook(rezip(XLSX, {"XL/worksheets/SHEET1.xml": b"<a/>"})) == expected


# ---------------------------------------------------------------- hostile bytes

FORMS = get_args(WorkbookFormat)
MAGICS = st.sampled_from(
    [b"", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
FLIPS = st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), max_size=12)


def holds_for(data: bytes) -> None:
    answer = inspect_workbook(data)
    if isinstance(answer, Finding):
        assert answer.code.startswith("file.")
        assert answer.severity == ERROR
        assert answer.message.endswith(".")
        assert answer.remedy.endswith(".")
    else:
        assert answer in FORMS
    for form in FORMS:
        read_cell_facts(data, form)


def mutated(data: bytes, flips: list[tuple[int, int]], kept: int) -> bytes:
    changed = bytearray(data)
    for position, value in flips:
        changed[position % len(changed)] = value
    return bytes(changed[: len(changed) - kept])


@given(magic=MAGICS, rest=st.binary(max_size=3000))
@settings(deadline=None, max_examples=300)
def test_random_bytes_never_raise(magic: bytes, rest: bytes) -> None:
    holds_for(magic + rest)


@given(flips=FLIPS, cut=st.one_of(st.just(0), st.integers(0, 4000)))
@settings(deadline=None, max_examples=400)
def test_mutations_of_a_workbook_never_raise(flips: list[tuple[int, int]], cut: int) -> None:
    holds_for(mutated(XLSX, flips, cut))


@given(at=st.integers(0, 600), flips=FLIPS)
@settings(deadline=None, max_examples=400)
def test_mutations_of_the_zip_directory_never_raise(
    at: int, flips: list[tuple[int, int]]
) -> None:
    tail = XLSX[-600:]
    holds_for(XLSX[:-600] + mutated(tail, [(at, 255), *flips], 0))


@given(name=st.sampled_from(["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml",
                             WORKBOOK_RELS, "xl/styles.xml", SHEET]), flips=FLIPS)  # fmt: skip
@settings(deadline=None, max_examples=200)
def test_mutations_of_the_xml_never_raise(name: str, flips: list[tuple[int, int]]) -> None:
    holds_for(rezip(XLSX, {name: mutated(member(XLSX, name), flips, 0)}))


@given(flips=FLIPS, header=FLIPS)
@settings(
    deadline=None, max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_mutations_of_an_xls_never_raise(
    office: Mapping[str, bytes], flips: list[tuple[int, int]], header: list[tuple[int, int]]
) -> None:
    xls = office["xls"]
    holds_for(mutated(xls[:512], header, 0) + mutated(xls[512:], flips, 0))


@given(flips=FLIPS)
@settings(deadline=None, max_examples=100)
def test_mutations_of_an_ods_never_raise(
    office: Mapping[str, bytes], flips: list[tuple[int, int]]
) -> None:
    content = mutated(member(office["ods"], "content.xml"), flips, 0)
    holds_for(rezip(office["ods"], {"content.xml": content}))
    holds_for(mutated(office["ods"], flips, 0))
