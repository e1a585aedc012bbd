"""The rows of the sheet Số liệu: the catalogue's, what a payload fills them with, spare ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from generators.folding import fold
from generators.intake.layout import HEADING, INNER, TOP, level_name
from generators.kinds import LineSpec, ReportKind, Row, Section, TotalSpec
from generators.model import Raw, RawRecord

T = TypeVar("T")
DIMENSIONS = ("giver", "group", "occasion", "round")
SPARE_ROWS = 3
BLANK = "…"


@dataclass(frozen=True)
class FormRow:
    """A row of the form; ``code`` is hidden in it, ``record`` is what fills it.

    ``fields`` are the numbers that the row may carry, None where nothing is said of them.
    """

    level: str
    code: str
    label: str = ""
    unit: str = ""
    stt: str = ""
    help: str = ""
    spec: LineSpec | None = None
    row: Row | None = None
    record: RawRecord | None = None
    total: bool = False
    fields: tuple[str, ...] | None = None


def form_rows(kind: ReportKind, records: Sequence[RawRecord]) -> Iterator[FormRow]:
    """Yield all rows of the form of `kind`, with `records` (lines of a payload) in place."""
    for number, section in enumerate(kind.sections, 1):
        yield FormRow(HEADING, f"#{section.id}", section.title, stt=_roman(number))
        yield from _numbered(_section_rows(kind, section, records))
    for total in kind.totals:
        if not total.section:
            yield from _total_rows(total, records)
    yield from _homeless(kind, records)


def _homeless(kind: ReportKind, records: Sequence[RawRecord]) -> Iterator[FormRow]:
    """Lines that the kind has no place for; on reading back they are asked about."""
    for record in records:
        code = text_of(record, "code")
        known = code in kind.line or code in kind.total
        if not known and (code or not any(_belongs(record, each) for each in kind.sections)):
            label = text_of(record, "label") or code
            row = FormRow(TOP, code or "+", label, text_of(record, "unit"), record=record)
            yield from _with_parts(row)


def _numbered(rows: Iterator[FormRow]) -> Iterator[FormRow]:
    count = 0
    for row in rows:
        if row.level == TOP and not row.total:
            count += 1
            yield replace(row, stt=str(count))
        else:
            inner = row.level.startswith(INNER)
            yield replace(row, stt="" if row.total else "+" if inner else "-")


def _section_rows(
    kind: ReportKind, section: Section, records: Sequence[RawRecord]
) -> Iterator[FormRow]:
    for spec in kind.lines:
        if spec.section == section.id:
            yield from _line_rows(spec, [r for r in records if text_of(r, "code") == spec.code])
    for total in kind.totals:
        if total.section == section.id:
            yield from _total_rows(total, records)
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


def _total_rows(total: TotalSpec, records: Sequence[RawRecord]) -> Iterator[FormRow]:
    found = [record for record in records if text_of(record, "code") == total.code]
    filled: list[RawRecord | None] = [*found] if found else [None]
    for record in filled:
        yield from _with_parts(FormRow(
            TOP, total.code, total.label, total.unit or "đồng", record=record, total=True,
            fields=("value", "amount") if total.unit else ("amount",),
            help="Để trống: phần mềm tự cộng. Nếu ghi, số ghi được đối chiếu với các dòng.",
        ))  # fmt: skip


def _line_rows(spec: LineSpec, records: Sequence[RawRecord]) -> Iterator[FormRow]:
    ready = FormRow(
        TOP, spec.code, unit=spec.unit, help=spec.help, spec=spec, fields=spec.fields
    )
    fits = _matches if spec.rows else lambda _record, _row: True
    for row, record in _paired(spec.rows or (Row(spec.label),), records, fits):
        given = text_of(record, "label") if record else ""
        label = (
            row.label if row else said_label(spec, text_of(record, "giver") if record else "")
        )
        yield from _with_parts(replace(ready, label=given or label, row=row, record=record))
    if spec.rows:
        yield replace(ready, label=spare_label(spec))


def _paired(
    ready: Sequence[T], records: Sequence[RawRecord], fits: Callable[[RawRecord, T], bool]
) -> list[tuple[T | None, RawRecord | None]]:
    """Pair ready-made rows with the records that fill them; records keep their order."""
    free = list(ready)
    filled: list[tuple[T | None, RawRecord | None]] = []
    for record in records:
        row = next((row for row in free if fits(record, row)), None)
        if row is not None:
            free.remove(row)
        filled.append((row, record))
    at = [ready.index(row) if row is not None else len(ready) for row, _ in filled]
    blank: list[tuple[T | None, RawRecord | None]] = [(row, None) for row in free]
    if at != sorted(at):
        return filled + blank
    return sorted(
        filled + blank, key=lambda pair: len(ready) if pair[0] is None else ready.index(pair[0])
    )


def said_label(spec: LineSpec, giver: str) -> str:
    """Return what a row of `spec` is called, by its giver where it names one."""
    if giver and spec.giver_label:
        return spec.giver_label.format(giver=giver)
    return spec.label


def spare_label(spec: LineSpec) -> str:
    """Return the label of the spare row, whose giver is yet to be named: "Quà Tết của …"."""
    return spec.giver_label.format(giver=BLANK) if spec.giver_label else ""


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
    blank = FormRow(level_name(depth, name), _part_code(row), unit=row.unit, fields=row.fields)
    for label, record in _paired(ready, filled, _is_labelled):
        yield from _with_parts(
            _own_unit(replace(blank, label=label or "", record=record)), depth
        )
    if ready:
        yield blank


def _is_labelled(record: RawRecord, label: str) -> bool:
    return fold(text_of(record, "label")) == fold(label)


def _part_code(row: FormRow) -> str:
    """The hidden code of a row's parts: it names their line, if the catalogue has it."""
    return (
        row.code if row.code.startswith("/") else f"/{'' if row.code[:1] == '+' else row.code}"
    )


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
