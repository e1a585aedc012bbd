"""A .docx without anything that leads out of it: no link, field, macro or object fetches or runs.

What stays: text, looks, pictures inside the file, links that people click, charts with their
workbooks, fields that count and point inside the document.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from generators.intake.package import Package
from generators.intake.refusals import RefusedError
from rendering.faults import Unconvertible

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_BYTES = 64 << 20
_CLICKED = re.compile(r"(?:https?|mailto):", re.I)
_ALLOWED_FIELDS = frozenset({
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "REF", "NOTEREF", "SEQ", "STYLEREF",
    "TOC", "TC", "HYPERLINK", "DATE", "TIME", "TITLE", "AUTHOR", "SUBJECT", "DOCPROPERTY",
})  # fmt: skip
# pictures that may name others, macros, controls, objects, documents inside the document
_DROPPED = re.compile(
    r"\.svg$|\.bin$|/activex/|/afchunk|\.(?:html?|mht|rtf)$|/embeddings/(?!.*\.xlsx$)", re.I
)
_MARKUP = (".xml", ".rels")


def harmless(docx: bytes) -> bytes:
    """Return `docx` with nothing in it that fetches or runs; Unconvertible where it is no package."""
    target = io.BytesIO()
    try:
        package = Package(docx)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, data in _members(package):
                archive.writestr(name, data)
    except (RefusedError, etree.XMLSyntaxError):
        raise Unconvertible(
            "Tệp không phải văn bản Word (.docx) đọc được nên chưa xuất được PDF."
        ) from None
    return target.getvalue()


def _members(package: Package) -> Iterator[tuple[str, bytes]]:
    total = 0
    for member in package.members:
        name = member.filename
        if name.endswith("/") or _DROPPED.search(name):
            continue
        data = b"".join(package.chunks(name))
        total += len(data)
        if total > _MOST_BYTES:
            raise Unconvertible("Văn bản quá lớn nên chưa xuất được PDF. Hãy bớt hình ảnh.")
        yield name, _cleaned(data) if name.lower().endswith(_MARKUP) else data


def _cleaned(data: bytes) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(data, parser)
    if root.tag.endswith("}Relationships"):
        _drop_arrows(root)
    else:
        _silence_fields(root)
        for chunk in list(root.iter(f"{_W}altChunk")):
            _remove(chunk)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _drop_arrows(root: etree._Element) -> None:
    """Drop the relationships that leave the file, and those to what was dropped from it."""
    for arrow in list(root):
        target, kind = arrow.get("Target", ""), arrow.get("Type", "")
        leaves = arrow.get("TargetMode", "").lower() == "external"
        clicked = kind.endswith("/hyperlink") and _CLICKED.match(target)
        if (leaves and not clicked) or (not leaves and _DROPPED.search(f"/{target}")):
            _remove(arrow)


def _silence_fields(root: etree._Element) -> None:
    """Empty the instruction of every field that is not known to stay inside the document."""
    for simple in root.iter(f"{_W}fldSimple"):
        if not _is_allowed(simple.get(f"{_W}instr", "")):
            simple.set(f"{_W}instr", "")
    for pieces in _instructions(root):
        if not _is_allowed("".join(piece.text or "" for piece in pieces)):
            for piece in pieces:
                piece.text = ""


def _instructions(root: etree._Element) -> Iterator[list[etree._Element]]:
    """The pieces of each field's instruction; fields may stand inside fields."""
    opened: list[list[etree._Element]] = [[]]
    for node in root.iter(f"{_W}fldChar", f"{_W}instrText"):
        kind = node.get(f"{_W}fldCharType")
        if kind == "begin":
            opened.append([])
        elif kind == "end" and len(opened) > 1:
            yield opened.pop()
        elif kind is None:
            opened[-1].append(node)
    yield from opened


def _is_allowed(instruction: str) -> bool:
    return (
        instruction.split(maxsplit=1)[0].upper() in _ALLOWED_FIELDS
        if instruction.split()
        else True
    )


def _remove(node: etree._Element) -> None:
    if (parent := node.getparent()) is not None:
        parent.remove(node)
