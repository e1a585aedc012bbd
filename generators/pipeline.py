"""The only module that knows the order: read, validate, calculate, check, word, fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from generators.checks import run_checks
from generators.figures import calculate
from generators.intake.validation import validate
from generators.kinds import ReportKind, list_kinds, load_kind
from generators.model import ERROR, Figures, Finding, PeriodData, Raw, RawInput
from generators.wording.context import build_context, vocabulary

if TYPE_CHECKING:
    from generators.document.template import CompiledTemplate

KINDS = Path(__file__).resolve().parent.parent / "doc_templates"
_JSON_STARTS = (b"{", b"[", b'"')


@dataclass(frozen=True)
class Source:
    """A file as it came in, the pictures that came with it, and the kind asked for, if any."""

    data: bytes
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    kind: str = ""


@dataclass(frozen=True)
class Examined:
    """What a source holds: its data and figures as far as it could be read, and all findings."""

    kind: ReportKind | None
    data: PeriodData | None
    figures: Figures
    findings: tuple[Finding, ...]

    @property
    def stopped(self) -> bool:
        """Whether an error stops the report."""
        return any(finding.severity == ERROR for finding in self.findings)

    @property
    def unreadable(self) -> bool:
        """Whether the file as a whole could not be read."""
        return self.data is None and all(f.code.startswith(_WHOLE_FILE) for f in self.findings)


_WHOLE_FILE = ("file.", "json.empty", "json.encoding", "json.too_deep", "json.malformed")


def examine(source: Source, root: Path = KINDS) -> Examined:
    """Read and check a source; nothing is written."""
    raw = read_input(source.data)
    kind = _kind_of(raw, source.kind, root)
    if isinstance(kind, Finding):
        findings = raw.findings if raw.findings and not raw.root.fields else (*raw.findings, kind)
        return Examined(None, None, {}, findings)
    data, findings = validate(raw, kind, source.pictures)
    if data is None:
        return Examined(kind, None, {}, findings)
    figures = calculate(data, kind)
    return Examined(kind, data, figures, (*findings, *run_checks(data, figures, kind)))


def generate(examined: Examined) -> bytes:
    """Return the .docx of what was examined; ValueError where an error stops it."""
    if examined.stopped or examined.data is None or examined.kind is None:
        raise ValueError("a report with errors has no document")
    from generators.document.fill import fill

    template = template_of(examined.kind)
    context = build_context(examined.data, examined.figures, examined.kind, template.named)
    return fill(template, context)


def read_input(data: bytes) -> RawInput:
    """Return what either door reads from `data`, told apart by content."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_JSON_STARTS):
        from generators.intake.payload import read_payload

        return read_payload(data)
    from generators.intake.workbook import read_workbook

    return read_workbook(data, lambda kind: _find_kind(kind, KINDS))


def template_of(kind: ReportKind) -> CompiledTemplate:
    """Return the kind's template, compiled anew only when its file changed."""
    path = kind.folder / "template.docx"
    return _compiled(kind, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _compiled(kind: ReportKind, changed: int) -> CompiledTemplate:
    from generators.document.template import compile_template

    return compile_template(kind.folder / "template.docx", vocabulary(kind))


def _kind_of(raw: RawInput, asked: str, root: Path) -> ReportKind | Finding:
    named = raw.root.fields.get("kind")
    stated = str(named.value).strip() if isinstance(named, Raw) else ""
    place = named.place if isinstance(named, Raw) else "/kind"
    if asked and stated and asked != stated:
        return Finding("kind.mismatch", ERROR, place,
                       f"Tệp là loại báo cáo «{stated}», khác loại được yêu cầu «{asked}».",
                       "Hãy chọn đúng loại báo cáo, hoặc dùng biểu của loại đó.")  # fmt: skip
    return _find_kind(asked or stated, root) or Finding(
        "kind.unknown", ERROR, place, f"Không có loại báo cáo «{asked or stated}».",
        f"Hãy dùng một trong: {', '.join(list_kinds(root))}.")  # fmt: skip


def _find_kind(kind_id: str, root: Path) -> ReportKind | None:
    return load_kind(root / kind_id) if kind_id in list_kinds(root) else None
