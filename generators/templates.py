"""The templates of the kinds: built, read, compiled once, arranged by the day of the paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from generators.kinds import ReportKind
from generators.outlines import Outline, outline_on
from generators.wording.context import vocabulary

if TYPE_CHECKING:
    from generators.document.template import CompiledTemplate


def build_template_of(text: str) -> bytes:
    """Return a Word template made of `text`."""
    from generators.document.scaffold import build_template, title_of

    return build_template(text, title_of(text))


def text_of_template(kind: ReportKind) -> str:
    """Return the text of the kind's Word template, a line a paragraph."""
    from generators.document.scaffold import read_text

    return read_text((kind.folder / "template.docx").read_bytes())


def template_faults(kind: ReportKind) -> str:
    """Return every fault of the kind's template, a line each; "" where there is none."""
    from generators.document.template import TemplateFault

    try:
        for outline in kind.outlines or (None,):
            _compiled(kind, _changed(kind), outline)
    except TemplateFault as fault:
        return str(fault)
    return ""


def template_of(kind: ReportKind, day: date | None = None) -> CompiledTemplate:
    """Return the kind's template for a paper of `day`, compiled anew only when its file changed.

    Its sections stand in the order that holds on that day, today's for None.
    """
    return _compiled(kind, _changed(kind), outline_on(kind.outlines, day))


def draft_template_of(kind: ReportKind, day: date) -> CompiledTemplate:
    """Return the kind's template for a draft of a paper of `day`."""
    return _compiled_draft(kind, _changed(kind), outline_on(kind.outlines, day))


def _changed(kind: ReportKind) -> int:
    return (kind.folder / "template.docx").stat().st_mtime_ns


@lru_cache(maxsize=32)
def _compiled(kind: ReportKind, changed: int, outline: Outline | None) -> CompiledTemplate:
    from generators.document.template import TemplateFault, compile_template

    data = (kind.folder / "template.docx").read_bytes()
    template = compile_template("template.docx", _arranged(data, outline), vocabulary(kind))
    if missing := _unsaid_rests(kind, template.named):
        raise TemplateFault("\n".join(missing))
    return replace(template, sha256=sha256(data).hexdigest())


def _arranged(template: bytes, outline: Outline | None) -> bytes:
    if outline is None:
        return template
    from generators.document.outline import outlined_template

    return outlined_template(template, outline)


@lru_cache(maxsize=32)
def _compiled_draft(
    kind: ReportKind, changed: int, outline: Outline | None
) -> CompiledTemplate:
    from generators.document.draft import DRAFT_WORDS, draft_template
    from generators.document.template import compile_template

    arranged = _arranged((kind.folder / "template.docx").read_bytes(), outline)
    data = draft_template(arranged)
    template = compile_template("template.docx", data, {**vocabulary(kind), **DRAFT_WORDS})
    return replace(template, sha256=_compiled(kind, changed, outline).sha256)


def _unsaid_rests(kind: ReportKind, named: frozenset[str]) -> list[str]:
    """The places every section needs so that no line of the data can go unprinted."""
    rests = ("dong_khac", "khong_phat_sinh", "chua_co_so_lieu", "xet_cuoi_nam")
    pointing = {"phu_luc.chi_dan", "phu_luc.cac_phu_luc"}
    unpointed = ["template.docx: văn bản có phụ lục phải có chỉ dẫn: phu_luc.chi_dan"]
    return (unpointed if kind.annexes and not pointing & named else []) + [
        f"template.docx: mục «{section.title}» thiếu chỗ in muc.{section.id}.{rest}"
        for section in kind.sections
        for rest in rests
        if f"muc.{section.id}.{rest}" not in named
    ]
