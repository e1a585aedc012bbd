"""A Word template compiled once: Word's XML to sandboxed, strict, escaped Jinja.

docxtpl's patching joins tags that Word split and knows {%p … %} and {%tr … %}. On top of it:

    [[ … ]]      optional words: printed only when every name inside has something to say
    a paragraph  whose tags print nothing vanishes; spaces that are left over collapse

A template may only name what the kind's vocabulary has; all faults are raised at once.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from generators.document.names import check_names, dotted_paths
from generators.document.package import Member, pack_member
from generators.document.pictures import place_picture

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>(?:(?!<w:p[ >]).)*?</w:p>", re.DOTALL)
_MARKUP = re.compile(rb"<[^>]*>")
_CELL = re.compile(r"<w:tc(?: [^>]*)?>|</w:tc>")
_TAG = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
_BLOCK = re.compile(r"\{%-?\s*(end)?(if|for)\b")
_OPTIONAL = re.compile(r"\[\[((?:(?!\[\[|\]\]).)*)\]\]", re.DOTALL)
_NAME = re.compile(r"\{\{-?\s*([a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*)")
_GUARDED = re.compile(r"\{% if .*?\{% endif %\}", re.DOTALL)
_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)</w:t>")
_SPACES = re.compile(r" {2,}")
_CONTENT = ("<w:drawing", "<w:sectPr", "<w:br", "<w:fldChar", "<w:pict")
_WORD_MARKS = str.maketrans({"–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'"})
_PICTURE_TYPES = {"png": "image/png", "jpeg": "image/jpeg"}


class TemplateFault(Exception):
    """The template cannot be used; the message lists every fault with its paragraph."""


@dataclass(frozen=True)
class CompiledTemplate:
    """A template ready to be filled many times.

    ``fixed`` are members no report changes; ``parts`` those that are rendered; ``named`` the
    dotted names the template uses.
    """

    fixed: tuple[Member, ...]
    parts: Mapping[str, Template]
    relations: bytes
    named: frozenset[str]


def compile_template(path: Path, vocabulary: Mapping[str, Any]) -> CompiledTemplate:
    """Return the template at `path` compiled; raise TemplateFault with all its faults."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[TYPES] = _with_picture_types(members[TYPES])
    environment, patch = _environment(), DocxTemplate(path).patch_xml
    sources = {
        name: _source(data, patch)
        for name, data in members.items()
        if name.endswith(".xml") and _has_tags(data)
    }
    faults = [f for source in sources.values() for f in _faults(environment, source, vocabulary)]
    if faults:
        raise TemplateFault("\n".join(f"{path.name}: {fault}" for fault in faults))
    named = {n for source in sources.values() for n in dotted_paths(environment.parse(source))}
    return CompiledTemplate(
        tuple(
            pack_member(name, data)
            for name, data in sorted(members.items())
            if name not in sources and name != RELATIONS
        ),
        {name: environment.from_string(source) for name, source in sources.items()},
        members[RELATIONS],
        frozenset(named),
    )


def _has_tags(data: bytes) -> bool:
    """Whether a part's text holds tags, also such as Word split over several runs."""
    text = _MARKUP.sub(b"", data)
    return any(mark in text for mark in (b"{{", b"{%", b"[["))


def _with_picture_types(types: bytes) -> bytes:
    missing = [
        f'<Default Extension="{extension}" ContentType="{kind}"/>'.encode()
        for extension, kind in _PICTURE_TYPES.items()
        if f'Extension="{extension}"'.encode() not in types
    ]
    return types.replace(b"</Types>", b"".join(missing) + b"</Types>")


# ---------------------------------------------------------------- the environment


def _environment() -> ImmutableSandboxedEnvironment:
    """A Jinja that can only print what it is given: no functions, no arithmetic on texts."""
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=True, finalize=_refuse_blank
    )
    environment.globals.clear()
    environment.filters.clear()
    environment.tests = {"defined": environment.tests["defined"]}
    environment.filters.update(
        doan=tidy_paragraph, doan_o=tidy_cell_paragraph, anh=place_picture,
        hoa_dau=capital_first, in_hoa=str.upper,
    )  # fmt: skip
    environment.intercepted_binops = frozenset({"*", "**", "%", "+"})
    environment.call_binop = _refuse_arithmetic  # type: ignore[method-assign]
    return environment


def _refuse_blank(value: Any) -> Any:
    """Stop a blank that no [[ … ]] guards: a report never says nothing in silence."""
    if value is None or value == "" or value == ():
        raise TemplateFault("Mẫu in một chỗ không có số liệu: hãy đặt câu đó trong [[ … ]].")
    return value


def _refuse_arithmetic(context: Any, operator: str, left: Any, right: Any) -> Any:
    raise TemplateFault(f"Mẫu không được làm phép tính «{operator}»: mọi số đã được tính sẵn.")


def capital_first(text: str) -> str:
    """Return `text` with its first letter capital."""
    return text[:1].upper() + text[1:]


def tidy_paragraph(xml: Markup) -> Markup:
    """Return the paragraph without spaces to spare; nothing where it has nothing to say."""
    if "".join(found[1] for found in _TEXT.findall(xml)).strip():
        return Markup(_tidy(str(xml)))
    return xml if any(mark in xml for mark in _CONTENT) else Markup("")


def tidy_cell_paragraph(xml: Markup) -> Markup:
    """Return the paragraph of a table cell tidied; a cell keeps it even when empty."""
    return Markup(_tidy(str(xml)))


def _tidy(xml: str) -> str:
    """Collapse double spaces and trim the paragraph, also where runs meet."""
    pieces = _TEXT.split(xml)
    texts = [_SPACES.sub(" ", text) for text in pieces[2::3]]
    after_space = True
    for index, text in enumerate(texts):
        texts[index] = text.lstrip(" ") if after_space else text
        after_space = texts[index].endswith(" ") or (after_space and not texts[index])
    for index in range(len(texts) - 1, -1, -1):
        texts[index] = texts[index].rstrip(" ")
        if texts[index]:
            break
    pieces[2::3] = [f"{text}</w:t>" for text in texts]
    return "".join(pieces)


# ---------------------------------------------------------------- from Word's XML to Jinja


def _source(data: bytes, patch: Any) -> str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(data, parser)
    _join_runs(root)
    xml = etree.tostring(root, encoding="unicode")
    xml = _TAG.sub(_plain_marks, unicodedata.normalize("NFC", patch(xml)))
    xml = _expand_optional(xml)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return head + _wrap_paragraphs(xml)


def _plain_marks(found: re.Match[str]) -> str:
    """Undo what Word's autocorrection does inside a tag."""
    return found.group(0).translate(_WORD_MARKS)


def _join_runs(root: etree._Element) -> None:
    """Join neighbouring runs of one look, which Word splits at every edit."""
    for mark in list(root.iter(f"{W}proofErr", f"{W}lastRenderedPageBreak")):
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    for paragraph in root.iter(f"{W}p"):
        for run in list(paragraph.iterchildren(f"{W}r")):
            _join_to_previous(run)


def _join_to_previous(run: etree._Element) -> None:
    before = run.getprevious()
    if before is None or before.tag != f"{W}r" or _look(before) != _look(run):
        return
    if not (_only_text(before) and _only_text(run)):
        return
    first = before.find(f"{W}t")
    if first is None:
        return
    first.text = (first.text or "") + "".join(t.text or "" for t in run.iter(f"{W}t"))
    first.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.getparent().remove(run)  # type: ignore[union-attr]


def _look(run: etree._Element) -> bytes:
    properties = run.find(f"{W}rPr")
    return b"" if properties is None else etree.tostring(properties)


def _only_text(run: etree._Element) -> bool:
    return [child.tag for child in run if child.tag != f"{W}rPr"] == [f"{W}t"]


def _expand_optional(xml: str) -> str:
    """Turn every [[ … ]], inner ones first, into an if over the names inside."""
    while True:
        xml, count = _OPTIONAL.subn(_optional, xml)
        if not count:
            return xml


def _optional(found: re.Match[str]) -> str:
    inside = found.group(1)
    names = dict.fromkeys(_NAME.findall(_GUARDED.sub("", inside)))
    guards = dict.fromkeys(guard for name in names for guard in _guards(name))
    return f"{{% if {' and '.join(guards) or 'false'} %}}{inside}{{% endif %}}"


def _guards(name: str) -> list[str]:
    """What must hold for `name` to be worth printing: itself and what it belongs to.

    ``.co`` says "không có …" of a line that counts nothing, so the line need not hold.
    """
    steps = name.split(".")
    if steps[-1] == "co":
        return [name]
    return [".".join(steps[: n + 1]) for n in range(len(steps))]


def _wrap_paragraphs(xml: str) -> str:
    """Wrap each paragraph that holds whole tags in the filter that tidies it."""
    pieces, at, depth = [], 0, 0
    for found in _PARAGRAPH.finditer(xml):
        between = xml[at : found.start()]
        depth += sum(-1 if cell.group(0) == "</w:tc>" else 1 for cell in _CELL.finditer(between))
        pieces += [between, _wrapped(found.group(0), in_cell=depth > 0)]
        at = found.end()
    return "".join((*pieces, xml[at:]))


def _wrapped(paragraph: str, *, in_cell: bool) -> str:
    if not _TAG.search(paragraph) or not _balanced(paragraph):
        return paragraph
    name = "doan_o" if in_cell else "doan"
    return f"{{% filter {name} %}}{paragraph}{{% endfilter %}}"


def _balanced(paragraph: str) -> bool:
    opened = 0
    for end, _ in _BLOCK.findall(paragraph):
        opened += -1 if end else 1
        if opened < 0:
            return False
    return opened == 0


# ---------------------------------------------------------------- faults, all at once


def _faults(
    environment: ImmutableSandboxedEnvironment, source: str, vocabulary: Mapping[str, Any]
) -> Iterator[str]:
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        yield from _syntax_faults(environment, source, error)
        return
    yield from check_names(tree, vocabulary)
    yield from _left_over(source)


def _syntax_faults(
    environment: ImmutableSandboxedEnvironment, source: str, whole: TemplateSyntaxError
) -> Iterator[str]:
    """The paragraphs whose own tags do not parse; else what Jinja says of the whole."""
    found = False
    for paragraph in _PARAGRAPH.findall(source):
        if _balanced(paragraph):
            try:
                environment.parse(paragraph)
            except TemplateSyntaxError as error:
                found = True
                yield f"đoạn «{plain_text(paragraph)}»: thẻ viết sai ({error.message})"
        else:
            found = True
            yield (f"đoạn «{plain_text(paragraph)}»: thẻ if, for phải mở và đóng trong cùng một "
                   "đoạn, hoặc đứng riêng một đoạn dạng {%p if … %}")  # fmt: skip
    if not found:
        yield f"thẻ viết sai ({whole.message})"


def _left_over(source: str) -> Iterator[str]:
    bare = _TAG.sub("", source)
    for paragraph in _PARAGRAPH.findall(bare):
        if "[[" in plain_text(paragraph) or "]]" in plain_text(paragraph):
            yield f"đoạn «{plain_text(paragraph)}»: dấu [[ và ]] không đi thành cặp"


def plain_text(xml: str) -> str:
    """Return the text of a piece of Word XML, shortened for a message."""
    text = "".join(found[1] for found in _TEXT.findall(xml))
    return text if len(text) <= 80 else text[:77] + "…"


def known_filters() -> Iterable[str]:
    """Return the filters a template editor may use."""
    return ("anh", "hoa_dau", "in_hoa")
