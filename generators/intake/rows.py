"""The rows of the sheet Số liệu: the catalogue's, what a payload fills them with, spare ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generators.intake.hygiene import fold
from generators.intake.layout import HEADING, TOP, level_name
from generators.kinds import LineSpec, ReportKind, Row, Section, TotalSpec
from generators.model import Raw, RawRecord

DIMENSIONS = ("giver", "group", "occasion", "round")
SPARE_ROWS = 3


@dataclass(frozen=True)
class FormRow:
    """A row of the form; ``code`` is hidden in it, ``record`` is what fills it."""

    level: str
    code: str
    label: str = ""
    unit: str = ""
    stt: str = ""
    giver: str = ""
    help: str = ""
    spec: LineSpec | None = None
    record: RawRecord | None = None
    total: bool = False


def form_rows(kind: ReportKind, records: Sequence[RawRecord]) -> Iterator[FormRow]:
    """Yield all rows of the form of `kind`, with `records` (lines of a payload) in place."""
    for number, section in enumerate(kind.sections, 1):
        yield FormRow(HEADING, f"#{section.id}", section.title, stt=_roman(number))
        yield from _numbered(_section_rows(kind, section, records))
    for total in kind.totals:
        if not total.section:
            yield _total_row(total, records)


def _numbered(rows: Iterator[FormRow]) -> Iterator[FormRow]:
    count = 0
    for row in rows:
        if row.level == TOP and not row.total:
            count += 1
            yield replace(row, stt=str(count))
        else:
            yield replace(row, stt="" if row.total else "-")


def _section_rows(
    kind: ReportKind, section: Section, records: Sequence[RawRecord]
) -> Iterator[FormRow]:
    for spec in kind.lines:
        if spec.section == section.id:
            yield from _line_rows(spec, [r for r in records if text_of(r, "code") == spec.code])
    for total in kind.totals:
        if total.section == section.id:
            yield _total_row(total, records)
    for record in records:
        if not text_of(record, "code") and _belongs(record, section):
            free = FormRow(
                TOP, f"+{section.id}", text_of(record, "label"), text_of(record, "unit")
            )
            yield from _with_parts(replace(free, record=record))
    for _ in range(SPARE_ROWS):
        yield FormRow(TOP, f"+{section.id}")


def _belongs(record: RawRecord, section: Section) -> bool:
    return fold(text_of(record, "section")) in (fold(section.id), fold(section.title))


def _total_row(total: TotalSpec, records: Sequence[RawRecord]) -> FormRow:
    record = next((r for r in records if text_of(r, "code") == total.code), None)
    return FormRow(
        TOP, total.code, total.label, total.unit or "đồng", record=record, total=True,
        help="Để trống: phần mềm tự cộng. Nếu ghi, số ghi được đối chiếu với các dòng.",
    )  # fmt: skip


def _line_rows(spec: LineSpec, records: Sequence[RawRecord]) -> Iterator[FormRow]:
    left = list(records)
    for row in spec.rows or (Row(spec.label),):
        record = next((r for r in left if not spec.rows or _matches(r, row)), None)
        if record:
            left.remove(record)
        ready = FormRow(TOP, spec.code, row.label, spec.unit, giver=row.giver, help=spec.help,
                        spec=spec, record=record)  # fmt: skip
        yield from _with_parts(ready)
    for record in left:
        label = text_of(record, "label") or (spec.label if not spec.rows else "")
        yield from _with_parts(
            FormRow(TOP, spec.code, label, spec.unit, spec=spec, record=record)
        )
    if spec.rows:
        yield FormRow(TOP, spec.code, "", spec.unit, help=spec.help, spec=spec)


def _matches(record: RawRecord, row: Row) -> bool:
    return all(fold(text_of(record, name)) == fold(getattr(row, name)) for name in DIMENSIONS)


def _with_parts(row: FormRow, depth: int = 0) -> Iterator[FormRow]:
    yield row
    for name in ("parts", "of_which"):
        given = row.record.fields.get(name, ()) if row.record else ()
        filled = [part for part in (given if isinstance(given, tuple) else ())
                  if isinstance(part, RawRecord)]  # fmt: skip
        ready = getattr(row.spec, name, ()) if row.spec and depth == 0 else ()
        yield from _part_rows(row, name, filled, ready, depth + 1)


def _part_rows(
    row: FormRow, name: str, filled: Sequence[RawRecord], ready: Sequence[str], depth: int
) -> Iterator[FormRow]:
    level, known = level_name(depth, name), {fold(label) for label in ready}
    left = list(filled)
    for label in ready:
        record = next((r for r in left if fold(text_of(r, "label")) == fold(label)), None)
        if record:
            left.remove(record)
        part = FormRow(level, "/", label, row.unit, record=record)
        yield from _with_parts(_own_unit(part), depth)
    for record in left:
        part = FormRow(level, "/", text_of(record, "label"), row.unit, record=record)
        yield from _with_parts(_own_unit(part), depth)
    if known:
        yield FormRow(level, "/", "", row.unit)


def _own_unit(part: FormRow) -> FormRow:
    unit = text_of(part.record, "unit") if part.record else ""
    label = text_of(part.record, "label") if part.record else ""
    return replace(part, unit=unit or part.unit, label=label or part.label)


def text_of(record: RawRecord, name: str) -> str:
    """Return a text field of a raw record, "" where there is none."""
    raw = record.fields.get(name)
    return str(raw.value).strip() if isinstance(raw, Raw) else ""


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
