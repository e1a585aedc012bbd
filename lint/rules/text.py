"""The text itself: căn cứ, alignment, indents, spaces, its end (mục II.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generators.model import Finding
from lint.looks import LOOKS
from lint.paper import Paragraph
from lint.rules.outline import ARTICLE, POINT, headings, is_sentence, is_titled
from lint.sheet import Sheet, told

_INDENTS = (10.0, 12.7)  # mm
_NEAR, _NEAR_POINTS = 0.4, 0.3
_LEAST_SPACE = 6.0
_LINES = (0.97, 1.53)
_SENTENCE = (".", ";", ":", "./.", "!", "…")
_BULLETS = ("-", "–", "+", "•", "*")
_PAPERS = (r"(?:Nghị định|Nghị quyết|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị|Kế hoạch|Công văn|"
           r"Thông báo|Hướng dẫn|Chương trình|Kết luận)")  # fmt: skip
_KIND = re.compile(rf"Căn cứ {_PAPERS}(?!\w)")
_CITED = re.compile(rf"({_PAPERS}) (?:số )?(\d+(?:/\d{{4}})?/[\w-]*[^\W\d_][\w-]*)")
_DAY = re.compile(r".{0,3}\bngày \d{1,2}(?:/\d{1,2}/| tháng \d{1,2} năm )\d{4}")
_LAW = re.compile(r"Căn cứ (?:Bộ luật|Luật|Pháp lệnh) [^;,]*?\b(?:số )?\d+/\d{4}/[A-Z]\w+")
_LONG = 90  # characters: more than a line


def prose(sheet: Sheet) -> list[Paragraph]:
    """Return the paragraphs of plain text: no headings, no captions, nothing set apart."""
    if sheet.is_official:
        titles = {id(one) for heading in headings(sheet.form.body) if not is_sentence(heading)
                  for one in (heading.paragraph, *heading.title)}  # fmt: skip
        return [one for one in sheet.form.body if id(one) not in titles and not _is_apart(one)]
    found = []
    for before, one in pairwise([None, *sheet.paper.paragraphs]):
        apart = one is None or one.cell or one.share("bold") > 0.9 or one.picture
        caption = before is not None and before.picture
        basis = one is not None and one.words.startswith("Căn cứ ")
        if one is not None and not (apart or caption or basis) and len(one.words) > _LONG:
            found.append(one)
    return found


def laid(sheet: Sheet) -> list[Paragraph]:
    """Return what is laid out as text: plain text, căn cứ, điểm, điều without a title."""
    if not sheet.is_official:
        return prose(sheet)
    text = {id(one) for one in (*sheet.form.basis, *prose(sheet))}
    text |= {id(one.paragraph) for one in headings(sheet.form.body)
             if one.level == POINT or (one.level == ARTICLE and not is_titled(one.paragraph))}  # fmt: skip
    return [one for one in (*sheet.form.basis, *sheet.form.body) if id(one) in text]


def _is_apart(one: Paragraph) -> bool:
    """Whether a paragraph is a picture, or a line in bold in the middle: no running text."""
    return one.picture or (one.align == "center" and one.share("bold") > 0.9)


def check_looks(sheet: Sheet) -> Iterator[Finding]:
    """Size and style of text."""
    look = LOOKS["body"]
    for one in prose(sheet):
        odd = [run.size for run in one.inked if not look.least <= run.size <= look.most]
        if odd:
            yield told("body.size", one, f"{odd[0]:g}".replace(".", ","))
        if one.share("italic") > 0.9:
            yield told("body.style", one, "chữ nghiêng")
        elif one.share("bold") > 0.9 and one.words.endswith(_SENTENCE):
            yield told("body.style", one, "đậm cả đoạn")
        if one.words.upper() == one.words and len(one.words) > _LONG:
            yield told("body.case", one, "in hoa cả đoạn")


def check_alignment(sheet: Sheet) -> Iterator[Finding]:
    """Both edges straight."""
    said = {"left": "canh trái", "right": "canh phải", "center": "canh giữa"}
    for one in laid(sheet):
        if one.align in said and len(one.words) > _LONG:
            yield told("body.align", one, said[one.align])


def check_indents(sheet: Sheet) -> Iterator[Finding]:
    """The first line moves in by 1 or 1,27 cm."""
    for one in laid(sheet):
        if one.words.startswith(_BULLETS) or one.label or one.text.startswith("\t"):
            continue
        start = one.first + max(one.left, 0.0)
        if not any(abs(start - wanted) <= _NEAR for wanted in _INDENTS):
            yield told("body.indent", one, f"lùi {start / 10:.2f} cm".replace(".", ","))


def check_spaces(sheet: Sheet) -> Iterator[Finding]:
    """At least 6 points between paragraphs; lines from single to one and a half."""
    text = laid(sheet)
    for before, one in pairwise(text):
        space = before.after + one.before
        if one.index == before.index + 1 and space < _LEAST_SPACE - _NEAR_POINTS:
            yield told("body.spacing", one, f"{space:g}pt".replace(".", ","))
    for one in text:
        if not _LINES[0] <= one.line <= _LINES[1]:
            yield told("body.line_spacing", one, f"{one.line:.3g} dòng".replace(".", ","))


def check_end(sheet: Sheet) -> Iterator[Finding]:
    """The last sentence ends in "./."."""
    body = sheet.form.body
    if sheet.is_official and body and not body[-1].words.endswith("./."):
        yield told("body.end", body[-1], f"kết thúc bằng «{body[-1].words[-3:]}»")


def check_basis(sheet: Sheet) -> Iterator[Finding]:
    """Each căn cứ ends in ";", the last one in "."."""
    yield from _endings("basis.punctuation", sheet.form.basis)


def check_cited_bases(sheet: Sheet) -> Iterator[Finding]:
    """Each căn cứ tells its paper in full; laws are told by their names."""
    for one in sheet.form.basis:
        kind = _KIND.match(one.words)
        if kind and not (_CITED.search(one.words) and _DAY.search(one.words)):
            lacks = "ngày ban hành" if _CITED.search(one.words) else "số, ký hiệu"
            yield told("basis.cited", one, f"thiếu {lacks}")
        if _LAW.match(one.words):
            yield told("basis.law", one, "ghi cả số, ký hiệu")


def check_cited(sheet: Sheet) -> Iterator[Finding]:
    """A paper is told in full where the text names it first, and briefly from then on.

    The same number of another day is another paper.
    """
    seen: dict[str, set[tuple[int, ...]]] = {}
    for one in sheet.form.basis:
        for found in _CITED.finditer(one.words):
            day = _DAY.search(one.words, found.end())
            seen.setdefault(found[2], set()).add(_date(day))
    for one in sheet.form.body:
        for found in _CITED.finditer(one.words):
            day = _DAY.match(one.words, found.end())
            if day and _date(day) in seen.get(found[2], ()):
                yield told("body.cited", one, f"«{found[0]}» lần sau vẫn ghi cả ngày")
            if not day and found[2] not in seen:
                yield told("body.cited", one, f"«{found[0]}» lần đầu không ghi ngày ban hành")
            seen.setdefault(found[2], set()).add(_date(day))


def _date(day: re.Match[str] | None) -> tuple[int, ...]:
    """Return day, month and year, however they are written; nothing where no day is told."""
    return tuple(int(number) for number in re.findall(r"\d+", day[0])[-3:]) if day else ()


def _endings(code: str, lines: Sequence[Paragraph]) -> Iterator[Finding]:
    for at, one in enumerate(lines, 1):
        wanted = "." if at == len(lines) else ";"
        if not one.words.endswith(wanted):
            yield told(code, one, f"kết thúc bằng «{one.words[-1:]}»", f"«{wanted}»")


CHECKS = (check_looks, check_alignment, check_indents, check_spaces, check_end, check_basis,
          check_cited_bases, check_cited)  # fmt: skip
