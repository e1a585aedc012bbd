"""One part of a Word template, its XML, becomes a source that Jinja can compile.

docxtpl's patching joins tags that Word split and knows {%p … %} and {%tr … %}. On top of it:

    [[ … ]]      optional words: printed only when every name inside has something to say
    a paragraph  whose tags print nothing vanishes; spaces that are left over collapse
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from docxtpl import DocxTemplate
from lxml import etree

from generators.document.bookmarks import NAME
from generators.document.grammar import TAG, check_tags
from generators.document.tidy import text_of
from generators.marks import CLOSE, FROM, OPEN

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>(?:(?!<w:p[ >]).)*?</w:p>", re.DOTALL)
_WORDS = re.compile(r">[^<]+<")
_KEEPERS = re.compile(r"<(/?)w:(?:tc|txbxContent|hdr|ftr|footnote|endnote)(?=[ >])[^>]*>")
_BLOCK = re.compile(r"\{%\s*(end)?(if|for)\b")
_OPTIONAL = re.compile(r"\[\[((?:(?!\[\[|\]\]).)*)\]\]", re.DOTALL)
_SPLIT_BRACKET = re.compile(r"([\[\]])((?:<(?!/?w:p[ >])[^>]*>)+)\1")
_NAME = re.compile(r"\{\{\s*([a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*)")
_GUARDED = re.compile(r"\{%\s*if\b(?:(?!\{%\s*if\b).)*?\{%\s*endif\s*%\}", re.DOTALL)
_NEVER = "{% if false %}"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MARKS = str.maketrans(
    {"–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " "}
)
_REVISIONS = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_OWN_BOOKMARK = re.compile(rf"{NAME}\d+")
Patch = Callable[[str], str]


@dataclass(frozen=True)
class Source:
    """A part as Jinja source, and where each of its tags stands, in the editor's words."""

    text: str
    places: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def numbered(self) -> str:
        """The source with each tag on a line of its own: Jinja's line n is place n."""
        flat = self.text.replace("\n", " ")
        return TAG.sub(lambda found: f"\n{found[0]}", flat)

    def place(self, line: int) -> str:
        """Return where the tag on `line` of ``numbered`` stands."""
        return self.places[line - 2] if 1 < line < len(self.places) + 2 else ""


def open_patch(template: bytes) -> Patch:
    """Return docxtpl's own patching of a part's XML."""
    patch: Patch = DocxTemplate(BytesIO(template)).patch_xml
    return patch


def read_source(data: bytes, patch: Patch) -> Source:
    """Return the part as Jinja source, with what is wrong in how its tags were typed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return Source("", faults=(f"XML hỏng: {error.msg}",))
    faults = tuple(dict.fromkeys(_typing_faults(root)))
    if faults:
        return Source("", faults=faults)
    _drop_own_bookmarks(root)
    xml = _plain_tags(etree.tostring(root, encoding="unicode"))
    xml = _SPLIT_BRACKET.sub(r"\1\1\2", _plain_tags(patch(xml)))
    source = _wrap_paragraphs(_expand_all(xml))
    return Source(_HEAD + source, tuple(_places(xml, source)))


def _drop_own_bookmarks(root: etree._Element) -> None:
    """Take out the bookmarks of numbers: the template was made from a report."""
    starts = [node for node in root.iter(f"{W}bookmarkStart")
              if _OWN_BOOKMARK.fullmatch(node.get(f"{W}name", ""))]  # fmt: skip
    ids = {node.get(f"{W}id") for node in starts}
    ends = [node for node in root.iter(f"{W}bookmarkEnd") if node.get(f"{W}id") in ids]
    for node in (*starts, *ends):
        if (parent := node.getparent()) is not None:
            parent.remove(node)


def _plain_tags(xml: str) -> str:
    """Undo inside tags what Word's autocorrection does, and all decomposed letters."""
    return TAG.sub(lambda found: found[0].translate(_MARKS), unicodedata.normalize("NFC", xml))


def _places(typed: str, source: str) -> Iterator[str]:
    """Where each tag of `source` stands: its paragraph as typed, or the tag itself."""
    paragraphs = [text_of(found[0]) for found in PARAGRAPH.finditer(typed)]
    at = 0
    for text, found in zip(paragraphs, PARAGRAPH.finditer(source), strict=True):
        yield from TAG.findall(source[at : found.start()])
        yield from (text for _ in TAG.findall(found[0]))
        at = found.end()
    yield from TAG.findall(source[at:])


# ---------------------------------------------------------------- how the tags were typed


def _typing_faults(root: etree._Element) -> Iterator[str]:
    if next(root.iter(*_REVISIONS), None) is not None:
        yield ("mẫu còn thay đổi đang theo dõi (Track Changes): "
               "hãy chấp nhận hoặc từ chối hết rồi lưu lại")  # fmt: skip
    if any("{{" in str(value) or "{%" in str(value) for node in root.iter()
           for value in node.attrib.values()):  # fmt: skip
        yield "thẻ không đặt được trong mô tả ảnh, liên kết hay thuộc tính khác"
    if any(sign in text for text in root.itertext() for sign in (OPEN, FROM, CLOSE)):
        yield "mẫu có ký tự riêng của một phông chữ (U+E000 đến U+E002): hãy thay bằng ký tự khác"
    for row in root.iter(f"{W}tr"):
        text = "".join(t.text or "" for t in row.iter(f"{W}t")).strip()
        if "{%tr " in text and (text.count("{%") > 1 or TAG.sub("", text)):
            yield f"hàng «{shorten(text)}»: hàng có thẻ {{%tr … %}} bị xóa khi in, phải để trống"
    for node in root.iter(f"{W}p") if root.tag.startswith(W) else root.iter():
        text = _plain_tags(_own_text(node))
        yield from (f"đoạn «{shorten(text)}»: {fault}" for fault in _text_faults(node, text))


def _text_faults(node: etree._Element, text: str) -> Iterator[str]:
    yield from check_tags(text)
    expanded = expand_optional(text)
    if _NEVER in expanded:
        yield "có [[ … ]] mà bên trong không có tên nào của riêng nó, nên không bao giờ in"
    if "[[" in expanded or "]]" in expanded:
        yield "dấu [[ và ]] không đi thành cặp trong một đoạn"
    if TAG.search(text) and next(node.iter(f"{W}txbxContent"), None) is not None:
        yield "thẻ không đặt được cạnh hộp văn bản: hãy neo hộp vào đoạn khác"
    if not _balanced(text):
        yield ("thẻ if, for phải mở và đóng trong cùng một đoạn, "
               "hoặc đứng riêng một đoạn dạng {%p if … %}")  # fmt: skip


def _own_text(node: etree._Element) -> str:
    """The text of a paragraph without that of text boxes in it; of any other node, its own."""
    if node.tag != f"{W}p":
        return node.text or ""
    own = (t for t in node.iter(f"{W}t") if next(t.iterancestors(f"{W}p")) is node)
    return "".join(t.text or "" for t in own)


def shorten(text: str) -> str:
    """Return `text` as a message quotes it."""
    return text if len(text) <= 80 else text[:77] + "…"


# ---------------------------------------------------------------- optional words


def _expand_all(xml: str) -> str:
    """Expand the optional words of every paragraph, or of every text outside Word's parts."""
    piece = PARAGRAPH if "<w:p" in xml else _WORDS
    return piece.sub(lambda found: expand_optional(found[0]), xml)


def expand_optional(xml: str) -> str:
    """Turn every [[ … ]], inner ones first, into an if over the names inside."""
    while True:
        xml, count = _OPTIONAL.subn(_optional, xml)
        if not count:
            return xml


def _optional(found: re.Match[str]) -> str:
    inside = found[1]
    names = dict.fromkeys(_NAME.findall(_unguarded(inside)))
    guards = dict.fromkeys(guard for name in names for guard in _guards(name))
    opening = f"{{% if {' and '.join(guards)} %}}" if guards else _NEVER
    return f"{opening}{inside}{{% endif %}}"


def _unguarded(inside: str) -> str:
    """What stands in no if of its own."""
    while True:
        inside, count = _GUARDED.subn("", inside)
        if not count:
            return inside


def _guards(name: str) -> list[str]:
    """What must hold for `name` to be worth printing: itself and what it belongs to.

    ``.co`` says "không có …" of a line that counts nothing, so the line need not hold.
    """
    steps = name.split(".")
    if steps[-1] == "co":
        return [name]
    return [".".join(steps[: n + 1]) for n in range(len(steps))]


# ---------------------------------------------------------------- paragraphs that vanish


def _wrap_paragraphs(xml: str) -> str:
    """Wrap each paragraph that holds tags in the filter that tidies it."""
    pieces, at, depth = [], 0, 0
    for found in PARAGRAPH.finditer(xml):
        between = xml[at : found.start()]
        depth += sum(-1 if keeper[1] else 1 for keeper in _KEEPERS.finditer(between))
        pieces += [between, _wrapped(found[0], kept=depth > 0)]
        at = found.end()
    return "".join((*pieces, xml[at:]))


def _wrapped(paragraph: str, *, kept: bool) -> str:
    if not TAG.search(paragraph):
        return paragraph
    name = "doan_giu" if kept else "doan"
    return f"{{% filter {name} %}}{paragraph}{{% endfilter %}}"


def _balanced(text: str) -> bool:
    opened = 0
    for end, _ in _BLOCK.findall(text):
        opened += -1 if end else 1
        if opened < 0:
            return False
    return opened == 0
