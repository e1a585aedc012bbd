"""The only module that knows the order: read, validate, calculate, check, word, fill."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generators.agencies import load_agencies
from generators.checks import Past, Report, run_checks
from generators.figures import calculate
from generators.gate import still_open, unsettled, weigh
from generators.intake.subjects import located
from generators.intake.validation import validate
from generators.kinds import ReportKind, list_kinds, load_kind
from generators.marks import mark_figures
from generators.model import (
    ERROR,
    Acknowledgement,
    Figures,
    Finding,
    OrgUnit,
    PeriodData,
    Raw,
    RawInput,
)
from generators.norms import load_norms
from generators.origins import Correction, Origin, origin_of, printable
from generators.sameperiod import with_same_period
from generators.shared import AGENCIES, NORMS, TERMS, shared_file
from generators.templates import build_template_of as build_template_of
from generators.templates import draft_template_of
from generators.templates import template_faults as template_faults
from generators.templates import template_of as template_of
from generators.templates import text_of_template as text_of_template
from generators.terms import load_terms
from generators.trace import trace_of
from generators.wording.annexes import build_annexes, say_annexes
from generators.wording.context import build_context
from generators.wording.paper import say_attached

if TYPE_CHECKING:
    from generators.document.portal import PortalText
    from generators.document.template import CompiledTemplate
    from generators.intake.prefill import Earlier
    from generators.intake.screen_parts import Part
    from generators.intake.showing import Rows
    from generators.trace import Trace

KINDS = Path(__file__).resolve().parent.parent / "doc_templates"
PastOf = Callable[[PeriodData], Sequence[Past]]
JSON_STARTS = (b"{", b"[", b'"')
_LONGEST_NAME = 200  # characters


@dataclass(frozen=True)
class Source:
    """A file as it came in, with what was said beside it.

    ``pictures`` are by file name; ``kind`` is the kind asked for; ``by`` names the person who
    acknowledges warnings, and ``accepted`` are such rows beside those in the file;
    ``corrections`` are what was typed on screen over what stands in the file.
    """

    data: bytes
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    kind: str = ""
    name: str = ""
    by: str = ""
    accepted: tuple[Acknowledgement, ...] = ()
    corrections: tuple[Correction, ...] = ()


NOWHERE = Origin("", "")


@dataclass(frozen=True)
class Examined:
    """What a source holds: its data and figures as far as it could be read, and all findings.

    ``acknowledged`` are the acknowledgements that hold, each with who gave it; ``past`` the
    earlier reports it was held against.
    """

    kind: ReportKind | None
    data: PeriodData | None
    figures: Figures
    findings: tuple[Finding, ...]
    acknowledged: tuple[Acknowledgement, ...] = ()
    origin: Origin = NOWHERE
    past: tuple[Past, ...] = ()

    @property
    def stopped(self) -> bool:
        """Whether an error stops the report."""
        return any(finding.severity == ERROR for finding in self.findings)

    @property
    def open(self) -> tuple[Finding, ...]:
        """The warnings that are still to be acknowledged before the report is issued."""
        return still_open(self.findings, self.acknowledged)

    @property
    def may_be_issued(self) -> bool:
        """Whether nothing stops the report and nothing is left to be acknowledged."""
        return self.data is not None and not self.stopped and not self.open

    @property
    def unreadable(self) -> bool:
        """Whether the file as a whole could not be read."""
        return self.data is None and all(f.code.startswith(_WHOLE_FILE) for f in self.findings)


_WHOLE_FILE = ("file.", "json.empty", "json.encoding", "json.too_deep", "json.malformed")


def examine(source: Source, root: Path = KINDS, past: PastOf | None = None) -> Examined:
    """Read and check a source; nothing is written.

    `past` gives the earlier reports of the unit, the latest first: lines without a number of
    the same period get it from there, and checks look back.
    """
    found = _examined(source, root, past or _no_past)
    return replace(found, origin=origin_of(source.data, source.name, source.corrections))


def _no_past(data: PeriodData) -> Sequence[Past]:
    return ()


def _examined(source: Source, root: Path, past: PastOf) -> Examined:
    raw = read_input(source.data, root, source.corrections, source.kind)
    kind = _kind_of(raw, source.kind, root)
    if isinstance(kind, Finding):
        unnamed = "kind" not in raw.root.fields and not source.kind
        told = raw.findings if raw.findings and unnamed else (*raw.findings, kind)
        return Examined(None, None, {}, told)
    data, findings = validate(raw, kind, source.pictures)
    if data is None:
        return Examined(kind, None, {}, findings)
    known = tuple(past(data))
    data, joined = with_same_period(data, known, kind)
    figures = calculate(data, kind)
    norms = load_norms(shared_file(NORMS, root, KINDS))
    terms = load_terms(shared_file(TERMS, root, KINDS))
    own = tuple(one for one in known if not one.merged)
    report = Report(data, figures, kind, norms, terms, own)
    found = (*findings, *joined, *located(run_checks(report), raw))
    rows = (*data.acknowledgements, *source.accepted)
    weighed = weigh(found, rows, printable(source.by).strip()[:_LONGEST_NAME])
    told = (*found, *weighed.findings)
    return Examined(kind, data, figures, told, weighed.holding, past=known)


def generate(examined: Examined) -> bytes:
    """Return the .docx of what was examined; ValueError where an error stops it."""
    if examined.stopped or examined.data is None or examined.kind is None:
        raise ValueError("a report with errors has no document")
    template = template_of(examined.kind, examined.data.paper_day)
    return _filled(examined, examined.data, examined.kind, template, {})


def generate_draft(examined: Examined) -> bytes:
    """Return the .docx marked as a draft, with all that is left to do on its last page.

    Errors do not stop it; ValueError where the period's data could not be read.
    """
    if examined.data is None or examined.kind is None:
        raise ValueError("what could not be read has no draft")
    from generators.document.draft import draft_context

    template = draft_template_of(examined.kind, examined.data.paper_day)
    left = draft_context(unsettled(examined.findings, examined.acknowledged))
    return _filled(examined, examined.data, examined.kind, template, left)


def _filled(
    examined: Examined,
    data: PeriodData,
    kind: ReportKind,
    template: CompiledTemplate,
    more: Mapping[str, Any],
) -> bytes:
    from generators.document.fill import fill
    from generators.document.template import ANNEXES

    figures = mark_figures(examined.figures)
    agencies = load_agencies(shared_file(AGENCIES, kind.folder.parent, KINDS))
    context = build_context(data, figures, kind, template.named, agencies)
    annexes = build_annexes(data, figures, kind, say_attached(data, agencies))
    left = unsettled(examined.findings, examined.acknowledged)
    trace = trace_of(data, figures, examined.origin, left, examined.acknowledged)
    more = {**more, ANNEXES: say_annexes(annexes)}
    return fill(template, {**context, **more}, trace, annexes)


def read_trace(document: bytes) -> Trace | None:
    """Return the trace of a .docx that this service wrote; None where there is none."""
    from generators.document.evidence import read_trace

    return read_trace(document)


def as_portal_text(document: bytes) -> PortalText:
    """Return a .docx of this service as clean HTML for a portal, its pictures beside it."""
    from generators.document.portal import portal_text

    return portal_text(document)


def read_input(
    data: bytes,
    root: Path = KINDS,
    corrections: Sequence[Correction] = (),
    asked: str = "",
) -> RawInput:
    """Return what either door reads from `data`, told apart by content; kinds lie in `root`.

    `asked` is the kind it is to become, where that is not left to the data.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(JSON_STARTS):
        from generators.intake.payload import read_payload

        return read_payload(data, corrections)
    from generators.intake.workbook import read_workbook

    return read_workbook(data, partial(_reading_kind, root=root, asked=asked), corrections)


def _reading_kind(kind_id: str, root: Path, asked: str) -> ReportKind | None:
    """The kind to read a workbook as: the one asked for, where it reads what is stated."""
    wanted = find_kind(asked, root)
    return wanted if wanted and kind_id in wanted.reads else find_kind(kind_id, root)


def find_kind(kind_id: str, root: Path = KINDS) -> ReportKind | None:
    """Return the kind with this id, None where there is none."""
    return load_kind(root / kind_id) if kind_id in list_kinds(root) else None


def make_form(kind: ReportKind, raw: RawInput | None = None) -> bytes:
    """Return the .xlsx form of `kind`, blank or filled with what `raw` says."""
    from generators.intake.form import write_form

    return write_form(kind, raw)


def make_next_form(kind: ReportKind, period_id: str, unit: OrgUnit, earlier: Earlier) -> bytes:
    """Return the .xlsx form of a new period, filled with what earlier reports already know."""
    from generators.intake.prefill import next_input

    return make_form(kind, next_input(kind, period_id, unit, earlier))


def make_workbook_of(kind_id: str, period_id: str, unit: OrgUnit, pasted: str) -> bytes:
    """Return the .xlsx of rows pasted from a spreadsheet; ValueError, said, where they are too many."""
    from generators.intake.pasted import pasted_workbook

    return pasted_workbook(kind_id, period_id, unit, pasted)


def rows_around(source: Source, places: Sequence[str]) -> Rows:
    """Return for each of `places` its row in what was sent, as corrected."""
    from generators.intake import showing

    return showing.rows_around(source.data, places, source.corrections)


def table_parts(source: Source, kind: ReportKind) -> tuple[Part, ...]:
    """Return the parts of a workbook's table on screen, as corrected; none where it is no form."""
    from generators.intake import onscreen

    return onscreen.parts_of(source.data, kind, _typed(source))


def table_line(source: Source, kind: ReportKind, number: int) -> Part | None:
    """Return all cells of one row of the table as a part of their own; None where it is no line."""
    from generators.intake import onscreen

    return onscreen.line_of(source.data, kind, _typed(source), number)


def _typed(source: Source) -> Mapping[str, str]:
    return {one.place: one.text for one in source.corrections}


def form_of(source: Source, kind: ReportKind) -> bytes | None:
    """Return a payload (JSON) as the filled form; None for other files, or where not all is taken."""
    if not source.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(JSON_STARTS):
        return None
    raw = read_input(source.data, corrections=source.corrections, asked=kind.id)
    return None if raw.findings else make_form(kind, raw)


def schema_of(kind: ReportKind) -> Mapping[str, Any]:
    """Return the JSON Schema of a payload of `kind`."""
    from generators.intake.payload_shape import payload_schema

    schema = payload_schema()
    stated = {**schema["properties"]["kind"], "const": kind.id}
    return {**schema, "properties": {**schema["properties"], "kind": stated}}


def make_table(reports: Sequence[Examined], suffix: str) -> bytes:
    """Return the figures of `reports`, all of one kind and readable, as .xlsx or .csv."""
    from generators.tables import UnitFigures, figures_table, write_csv, write_xlsx

    units = [UnitFigures(report.data, report.figures) for report in reports if report.data]
    kind = reports[0].kind
    if kind is None or len(units) < len(reports):
        raise ValueError("a report that cannot be read has no table")
    frame = figures_table(units, kind)
    return write_csv(frame) if suffix == ".csv" else write_xlsx(frame)


def _kind_of(raw: RawInput, asked: str, root: Path) -> ReportKind | Finding:
    named = raw.root.fields.get("kind")
    stated = str(named.value).strip() if isinstance(named, Raw) else ""
    place = named.place if isinstance(named, Raw) else raw.root.place or "/kind"
    wanted = find_kind(asked, root)
    if asked and stated and asked != stated and stated not in (wanted.reads if wanted else ()):
        return Finding("kind.mismatch", ERROR, place,
                       f"Tệp là loại báo cáo «{stated}», khác loại được yêu cầu «{asked}».",
                       "Hãy chọn đúng loại báo cáo, hoặc dùng biểu của loại đó.", "kind")  # fmt: skip
    return wanted or find_kind(asked or stated, root) or Finding(
        "kind.unknown", ERROR, place, f"Không có loại báo cáo «{asked or stated}».",
        f"Hãy dùng một trong: {', '.join(list_kinds(root))}.", "kind")  # fmt: skip
