"""Documents to look at: of the fixtures, of payloads, and of small templates."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from lxml import etree

from generators.document.scaffold import build_template
from generators.document.template import CompiledTemplate, compile_template
from generators.pipeline import Examined, Source, examine, generate

ROOT = Path(__file__).resolve().parents[2]
ACCEPTED = sorted(path for path in (ROOT / "fixtures" / "accepted").iterdir() if path.is_dir())
TOOLS = ROOT.parent / "shared" / "tools"
CAN_CHECK = (TOOLS / "check_docx.py").exists()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def examined_fixture(folder: Path) -> Examined:
    """A fixture as the bulletin, whichever kind it was made for."""
    pictures = {path.name: path.read_bytes() for path in folder.glob("*.png")}
    return examine(Source((folder / "input.json").read_bytes(), pictures, "ban-tin-6-thang"))


def fixture_document(folder: Path) -> bytes:
    return generate(examined_fixture(folder))


def document_of(
    payload: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The document of a payload in which nothing stops the report."""
    examined = examine(Source(json.dumps(payload, ensure_ascii=False).encode(), pictures or {}))
    assert not examined.stopped, [
        found for found in examined.findings if found.severity == "error"
    ]
    return generate(examined)


def opened(document: bytes) -> Any:
    return docx.Document(io.BytesIO(document))


def paragraphs(document: bytes) -> list[tuple[str, str]]:
    """Style and text of every paragraph."""
    return [(p.style.name, p.text) for p in opened(document).paragraphs]


def text_of(document: bytes) -> str:
    return "".join(f"{text}\n" for _, text in paragraphs(document))


def annexes_text(document: bytes) -> str:
    """What stands in the annexes: a line a paragraph, a line a row with its cells parted."""
    blocks = list(opened(document).iter_inner_content())
    first = next((n for n, block in enumerate(blocks) if isinstance(block, Paragraph)
                  and block.style and block.style.name == "Phụ lục: số"), len(blocks))  # fmt: skip
    return "".join(f"{line}\n" for block in blocks[first:] for line in _annex_lines(block))


def _annex_lines(block: Any) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
        return
    for row in block.rows:
        cells = [
            " / ".join(p.text for p in _Cell(tc, block).paragraphs) for tc in row._tr.tc_lst
        ]
        yield " | ".join(cells).rstrip(" |")


def member(document: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.read(name)


def schema_faults(path: Path) -> list[str]:
    """What check_docx.py, which lies outside this tree, says of a document; [] without it."""
    if not CAN_CHECK:
        return []
    sys.path.insert(0, str(TOOLS))
    try:
        import check_docx
    finally:
        sys.path.remove(str(TOOLS))
    check: Callable[[Path], list[str]] = check_docx.check
    return check(path)


# ---------------------------------------------------------------- small templates

ROW = {"ten": True, "cau": True, "day_du": True, "tien": False}
LINE = {"ten": False, "so_luong": False, "tien": False, "co": False, "day_du": False,
        "cac_dong": {"*": ROW}}  # fmt: skip
VOCABULARY: Mapping[str, Any] = {
    "viec_lam": LINE,
    "qua_tet": LINE,
    "muc": {"lao_dong": {"ten": True, "khong_phat_sinh": False, "dong_khac": {"*": ROW}}},
    "ky": {"ten": True, "tu_den_rieng": False},
    "don_vi": {"ten": True},
    "van_ban": {"ngay_iso": True, "tit": False},
    "loi_van": {"mo_dau": {"*": True}},
    "cau_chuyen": {
        "*": {"tieu_de": False, "anh": False, "mo_ta_anh": True, "noi_dung": {"*": True}}
    },
}


def context(**more: Any) -> dict[str, Any]:
    """What VOCABULARY names; `more` replaces."""
    rows = (said("Quà A", "249 người", "51,2 triệu đồng"), said("Quà B", "04 người", ""))
    return {
        "viec_lam": said("Việc làm", "224 người", "", ()),
        "qua_tet": said("Quà", "253 người", "51,2 triệu đồng", rows),
        "muc": {"lao_dong": SimpleNamespace(ten="Lao động", khong_phat_sinh="", dong_khac=())},
        "ky": SimpleNamespace(ten="6 tháng đầu năm 2020", tu_den_rieng=""),
        "don_vi": SimpleNamespace(ten="phường Phúc Lợi"),
        "van_ban": SimpleNamespace(ngay_iso="2020-08-03", tit=""),
        "loi_van": {"mo_dau": ("Đoạn một.", "Đoạn hai.")},
        "cau_chuyen": (),
        **more,
    }


def said(name: str, count: str, money: str, rows: tuple[Any, ...] = ()) -> Any:
    full = ", kinh phí ".join(filter(None, (count, money)))
    return SimpleNamespace(ten=name, so_luong=count, tien=money, day_du=full, co=f"có {full}",
                           cau=f"{name}: {full}", cac_dong=rows)  # fmt: skip


def write_template(folder: Path, text: str, edit: Callable[[Any], None] | None = None) -> Path:
    """A template of `text`, changed by `edit` as somebody would in Word."""
    path = folder / "template.docx"
    document = docx.Document(io.BytesIO(build_template(text, "Báo cáo")))
    if edit:
        edit(document)
    document.save(str(path))
    return path


def compiled(path: Path, vocabulary: Mapping[str, Any]) -> CompiledTemplate:
    return compile_template(path.name, path.read_bytes(), vocabulary)


# ---------------------------------------------------------------- bookmarks


def bookmarks(document: bytes) -> dict[str, str]:
    """The text in each bookmark, in the document's order; balanced, no name or id twice."""
    root = etree.fromstring(member(document, "word/document.xml"))
    nodes = list(root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}t"))
    inside: dict[str, str] = {}
    found: dict[str, str] = {}
    ids: list[str] = []
    for node in nodes:
        id_ = node.get(f"{W}id", "")
        if node.tag == f"{W}bookmarkStart":
            assert node.get(f"{W}name") not in found
            inside[id_] = node.get(f"{W}name", "")
            found[inside[id_]] = ""
            ids.append(id_)
        elif node.tag == f"{W}bookmarkEnd":
            del inside[id_]
        for name in inside.values() if node.tag == f"{W}t" else ():
            found[name] += node.text or ""
    assert inside == {}
    assert len(ids) == len(set(ids))
    return found


def marked_signs(document: bytes) -> list[str]:
    """The members in which a sign of a mark is left."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return [name for name in archive.namelist() if not name.endswith((".png", ".jpeg", ".xlsx"))
                if any("\ue000" <= sign <= "\ue8ff" for sign in archive.read(name).decode())]  # fmt: skip


def all_but_trace(document: bytes) -> dict[str, bytes]:
    """Every member of a document but its trace, which tells the file it was made from."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    (trace,) = [name for name, data in members.items()
                if name.startswith("customXml/item") and b"<trace " in data]  # fmt: skip
    return {name: data for name, data in members.items() if name != trace}
