"""A Word template compiled once: its parts as Jinja templates, or all its faults at once.

A part of the .docx that holds tags is read (source), checked (shape, grammar, names) and
compiled in the sandbox; the other members are deflated once and copied into each report.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

from jinja2 import Template, TemplateSyntaxError, nodes

from generators.document.annex_styles import STYLES, add_styles
from generators.document.form import Form, form_of
from generators.document.grammar import TAG, check_grammar
from generators.document.names import check_names, said_names
from generators.document.package import Member, pack_member
from generators.document.sandbox import Sandbox, TemplateFault
from generators.document.shape import check_shape
from generators.document.source import (
    Patch,
    Source,
    expand_optional,
    open_patch,
    read_source,
    shorten,
)
from generators.document.trace_part import make_room

__all__ = [
    "DOCUMENT", "RELATIONS", "TYPES", "CompiledTemplate", "TemplateFault", "compile_template",
    "expand_optional",
]  # fmt: skip

DOCUMENT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
ANNEXES = "phu_luc"
TYPES, PROPERTIES = "[Content_Types].xml", "docProps/core.xml"
COMMENTS, MACROS = "word/comments.xml", "word/vbaProject.bin"
_WORD = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TAG_MARKS = (b"{{", b"{%", b"{#", b"[[", b"}}", b"%}", b"#}", b"]]")
_MARKUP = re.compile(rb"<[^>]*>")
_DRAWING_ID = re.compile(rb'<wp:docPr [^>]*?\bid="(\d{1,9})"')
_BOOKMARK_ID = re.compile(rb'<w:bookmarkStart [^>]*?\bw:id="(\d{1,9})"')
_DATES = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*")
_LAST_EDITOR = re.compile(rb"(<cp:lastModifiedBy>)[^<]*")
_PICTURE_TYPES = {"png": "image/png", "jpeg": "image/jpeg"}
_PLACES = {
    "word/header": "đầu trang, ", "word/footer": "chân trang, ", "word/footnotes": "chú thích, ",
    "word/endnotes": "chú thích cuối, ", "docProps/": "thuộc tính tệp, ",
}  # fmt: skip
_STAND_INS = (
    (re.compile(r"\{%\s*for\b.*"), "{% for x in x %}"),
    (re.compile(r"\{%\s*(el)?if\b.*"), r"{% \1if x %}"),
    (re.compile(r"\{\{.*"), "{{ x }}"),
)
Vocabulary = Mapping[str, Any]
Fault = tuple[int, str]


@dataclass(frozen=True)
class CompiledTemplate:
    """A template ready to be filled many times.

    ``fixed`` are members no report changes; ``parts`` those that are rendered; ``relations``
    and ``types`` what pictures and charts are added to; ``named`` the dotted names whose words
    the template prints; ``last_id`` the greatest id of a drawing, ``last_bookmark`` that of a
    bookmark; ``trace`` the name of the part for the trace; ``sha256`` is the digest of the
    template's bytes; ``form`` what its styles mean.
    """

    fixed: tuple[Member, ...]
    parts: Mapping[str, Template]
    relations: bytes
    types: bytes
    named: frozenset[str]
    last_id: int
    last_bookmark: int
    trace: str
    sha256: str
    form: Form


def compile_template(name: str, data: bytes, vocabulary: Vocabulary) -> CompiledTemplate:
    """Return the template `data` compiled; raise TemplateFault with all its faults.

    `name` is the file the faults are told of.
    """
    members, environment = _read_members(name, data), Sandbox()
    sources = _read_sources(members, open_patch(data))
    faults = [*_package_faults(members)]
    for part, source in sources.items():
        place = next((said for start, said in _PLACES.items() if part.startswith(start)), "")
        faults += (place + fault for fault in _part_faults(part, source, vocabulary))
    if faults:
        raise TemplateFault("\n".join(f"{name}: {fault}" for fault in dict.fromkeys(faults)))
    trace = make_room(members, RELATIONS, TYPES)
    if ANNEXES in vocabulary:
        members[STYLES] = add_styles(members[STYLES])
    return CompiledTemplate(
        tuple(pack_member(part, content) for part, content in sorted(members.items())
              if part not in sources and part not in (RELATIONS, TYPES)),
        {part: environment.from_string(source.text) for part, source in sources.items()},
        members[RELATIONS],
        members[TYPES],
        frozenset().union(*(said_names(environment.parse(s.text)) for s in sources.values())),
        _greatest(_DRAWING_ID, members.values()),
        _greatest(_BOOKMARK_ID, [members[DOCUMENT]]),
        trace,
        sha256(data).hexdigest(),
        form_of(members.get(STYLES, b"")),
    )  # fmt: skip


def _greatest(number: re.Pattern[bytes], parts: Iterable[bytes]) -> int:
    return max((int(n) for part in parts for n in number.findall(part)), default=0)


# ---------------------------------------------------------------- the package


def _read_members(name: str, data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = {part: archive.read(part) for part in archive.namelist()}
    except (OSError, zipfile.BadZipFile) as error:
        raise TemplateFault(f"{name}: không mở được như tệp Word .docx ({error})") from error
    for part in (DOCUMENT, RELATIONS, TYPES):
        if part not in members:
            raise TemplateFault(f"{name}: không phải tệp Word .docx (thiếu {part})")
    members[TYPES] = _with_picture_types(members[TYPES])
    if PROPERTIES in members:
        members[PROPERTIES] = _own_properties(members[PROPERTIES])
    return members


def _with_picture_types(types: bytes) -> bytes:
    missing = [
        f'<Default Extension="{extension}" ContentType="{kind}"/>'.encode()
        for extension, kind in _PICTURE_TYPES.items()
        if f'Extension="{extension}"'.encode() not in types
    ]
    return types.replace(b"</Types>", b"".join(missing) + b"</Types>")


def _own_properties(core: bytes) -> bytes:
    """Date the report by its own date, and keep the template's last editor out of it."""
    dated = _DATES.sub(rb"\1{{ van_ban.ngay_iso }}T00:00:00Z", core)
    return _LAST_EDITOR.sub(rb"\1", dated)


def _read_sources(members: Mapping[str, bytes], patch: Patch) -> dict[str, Source]:
    """The parts that hold tags; the document first, for its faults are told first."""
    names = sorted(members, key=lambda name: (name != DOCUMENT, name))
    return {name: read_source(members[name], patch) for name in names
            if name.endswith(".xml") and _has_tags(members[name])}  # fmt: skip


def _has_tags(data: bytes) -> bool:
    """Whether a part's text holds tags, also such as Word split over several runs."""
    text = _MARKUP.sub(b"", data)
    return any(mark in text for mark in _TAG_MARKS)


# ---------------------------------------------------------------- faults, all at once


def _package_faults(members: Mapping[str, bytes]) -> Iterator[str]:
    if _WORD not in members[DOCUMENT]:
        yield "hãy lưu mẫu ở dạng «Word Document (.docx)», không phải Strict Open XML"
    if MACROS in members:
        yield "mẫu có macro: hãy lưu lại ở dạng .docx thường"
    if b"<w:comment " in members.get(COMMENTS, b""):
        yield "mẫu còn ghi chú bên lề (Comment): hãy xóa hết, nếu không báo cáo nào cũng mang theo"


def _part_faults(part: str, source: Source, vocabulary: Vocabulary) -> Iterator[str]:
    if source.faults:
        yield from source.faults
        return
    tree, faults = _parse(source)
    if tree is not None:
        shape = [*check_shape(source.text), *check_grammar(tree), *_stray_pictures(part, tree)]
        faults = _on_other_lines(shape, faults)
        faults = _on_other_lines(check_names(tree, vocabulary), faults)
    for line, message in sorted(faults):
        place = source.place(line)
        yield f"đoạn «{shorten(place)}»: {message}" if place else message


def _on_other_lines(found: Iterable[Fault], known: list[Fault]) -> list[Fault]:
    """What is known with what was found besides: one tag is told off once."""
    lines = {line for line, _ in known}
    return [*known, *(fault for fault in found if fault[0] not in lines)]


def _parse(source: Source) -> tuple[nodes.Template | None, list[Fault]]:
    """The tree, and every tag that is no Jinja; each gets a stand-in and we read on."""
    environment, lines = Sandbox(), source.numbered.split("\n")
    faults: dict[int, str] = {}
    while True:
        try:
            return environment.parse("\n".join(lines)), list(faults.items())
        except TemplateSyntaxError as error:
            line = error.lineno
            if line in faults or not 0 < line <= len(lines):
                return None, list(faults.items())
            faults[line] = f"thẻ viết sai ({error.message})"
            lines[line - 1] = TAG.sub(_stand_in, lines[line - 1], count=1)


def _stand_in(found: re.Match[str]) -> str:
    return next((pattern.sub(other, found[0]) for pattern, other in _STAND_INS
                 if pattern.match(found[0])), found[0])  # fmt: skip


def _stray_pictures(part: str, tree: nodes.Template) -> Iterator[Fault]:
    for node in tree.find_all(nodes.Filter) if part != DOCUMENT else ():
        if node.name == "anh":
            yield node.lineno, "ảnh chỉ đặt được trong thân văn bản"
