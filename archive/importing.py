"""Past years come in: an input of this service, or a plain table, kept as what was issued then."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from archive.deposits import data_json, text_of
from archive.issued_figures import rows_of
from archive.keeping import Archive
from archive.matching import LeftOut, match_rows
from archive.plain_tables import read_table
from archive.records import (
    DATA,
    FIGURES,
    IMPORTED,
    INPUT,
    ArchiveFault,
    Deposit,
    FigureRow,
    KeptFile,
    Paper,
    Record,
)
from archive.telling import figures_told
from generators import VERSION
from generators.kinds import ReportKind
from generators.model import ERROR, Document, Finding, OrgUnit, PeriodData, Raw
from generators.periods import PERIOD_ID, calendar_span
from generators.pipeline import JSON_STARTS, Examined, Source, examine, read_input
from generators.wire import check_record, to_json

_JSON, _BYTES = "application/json", "application/octet-stream"
_NUMBER = re.compile(r"[0-9]{1,11}\Z")


class Refused(ArchiveFault):
    """A file that may not be imported; ``findings`` and ``left_out`` say what is wrong in it."""

    def __init__(
        self, message: str, findings: Sequence[Finding] = (), left_out: Sequence[LeftOut] = ()
    ) -> None:
        super().__init__(message)
        self.findings, self.left_out = tuple(findings), tuple(left_out)


@dataclass(frozen=True, slots=True)
class Imported:
    """A report that was imported: its record, whether it is new, and what of it was not taken.

    ``figures`` counts those that were; ``findings`` are the doubts that stop nothing.
    """

    record: Record
    is_new: bool
    figures: int
    left_out: tuple[LeftOut, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class TableOf:
    """What a plain table is of, which it does not say itself."""

    kind: ReportKind
    period: str
    unit: OrgUnit

    @property
    def column(self) -> str:
        """The head its numbers have where `flask table` wrote it."""
        return f"{self.unit.name}, {self.period}"


def is_table(data: bytes) -> bool:
    """Whether `data` is a plain table and not an input of this service, which says its kind."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(JSON_STARTS):
        return False
    return not isinstance(read_input(data).root.fields.get("kind"), Raw)


def import_report(
    archive: Archive,
    source: Source,
    by: str,
    period: str = "",
    replaces: str = "",
    ask: Callable[[OrgUnit], object] = repr,
) -> Imported:
    """Keep an earlier report by its input, a workbook or JSON; no document is made of it.

    `ask` is told its unit before it is kept, and may raise. Errors refuse it; warnings need
    no acknowledgement, for what was issued stays as it was.
    Refused where it has errors, is not of `period` ("" for any), or its period is not over.
    """
    examined = examine(source)
    data = examined.data
    if data is None or examined.stopped:
        errors = [one for one in examined.findings if one.severity == ERROR]
        raise Refused(f"Chưa nhập được: tệp có {len(errors)} điều phải sửa.", errors)
    if period and data.period.id != period:
        raise Refused(f"Tệp là báo cáo kỳ {data.period.id}, không phải kỳ {period}.")
    _ask_if_over(data.period.end)
    ask(data.org_unit)
    deposit = _deposit_of(source, examined, data, by, replaces)
    record, is_new = archive.keep(deposit)
    return Imported(record, is_new, len(deposit.figures), findings=examined.findings)


def import_table(
    archive: Archive, source: Source, of: TableOf, by: str, replaces: str = ""
) -> Imported:
    """Keep an earlier report by a plain table of its figures.

    Rows that match no figure are left out and told. Refused where there is no table, none of
    its rows matches, or the period is unknown or not over.
    """
    if not PERIOD_ID.match(of.period):
        raise Refused(
            f"Không có kỳ «{of.period[:20]}». Hãy ghi như 2019S1, 2019Q3, 2019N9, 2019."
        )
    _ask_if_over(calendar_span(of.period)[1])
    table = read_table(source.data, source.name, of.column)
    if isinstance(table, Finding):
        raise Refused("Chưa nhập được bảng.", (table,))
    figures, left_out = match_rows(table, of.kind)
    if not figures:
        raise Refused("Không hàng nào của bảng khớp với danh mục.", left_out=left_out)
    deposit = _deposit_of_table(source, of, figures, left_out, by, replaces)
    record, is_new = archive.keep(deposit)
    return Imported(record, is_new, len(figures), left_out)


def _ask_if_over(end: date) -> None:
    if end >= datetime.now(UTC).date():
        raise Refused(f"Kỳ báo cáo đến hết ngày {end:%d/%m/%Y}, chưa qua; chỉ nhập báo cáo của các "
                      "kỳ trước.")  # fmt: skip


# ---------------------------------------------------------------- deposits


def _deposit_of(
    source: Source, examined: Examined, data: PeriodData, by: str, replaces: str
) -> Deposit:
    said = data.document
    figures = rows_of(examined.figures)
    files = (
        KeptFile(INPUT, source.name, _BYTES, source.data),
        KeptFile(DATA, "data.json", _JSON, data_json(data)),
        KeptFile(FIGURES, "figures.json", _JSON, to_json(check_record(examined)).encode()),
    )
    return Deposit(
        kind=data.kind, period=data.period.id, start=data.period.start, end=data.period.end,
        unit=data.org_unit.name, within=data.org_unit.within, files=files, figures=figures, by=by,
        program=VERSION, text=text_of(data), paper=_paper(said, examined.kind), state=IMPORTED,
        replaces=replaces,
    )  # fmt: skip


def _paper(said: Document, kind: ReportKind | None) -> Paper:
    """What the paper said of itself; a number only with its day, and written as numbers are."""
    number, _, notation = (word.strip() for word in said.number.partition("/"))
    known = bool(said.date) and _NUMBER.match(number)
    return Paper(
        said.headline or (kind.title if kind else ""), number if known else "",
        notation if known else "", said.date, said.signer_title, said.signer_name,
    )  # fmt: skip


def _deposit_of_table(
    source: Source,
    of: TableOf,
    figures: tuple[FigureRow, ...],
    left_out: tuple[LeftOut, ...],
    by: str,
    replaces: str,
) -> Deposit:
    start, end = calendar_span(of.period)
    told = {"figures": figures_told(figures), "left_out": [asdict(row) for row in left_out]}
    files = (
        KeptFile(INPUT, source.name, _BYTES, source.data),
        KeptFile(FIGURES, "figures.json", _JSON, to_json(told).encode()),
    )
    words = (of.unit.name, *of.unit.within, of.period, *(figure.label for figure in figures))
    return Deposit(
        kind=of.kind.id, period=of.period, start=start, end=end, unit=of.unit.name,
        within=of.unit.within, files=files, figures=figures, by=by, program=VERSION,
        text="\n".join(dict.fromkeys(words)), paper=Paper(of.kind.title), state=IMPORTED,
        replaces=replaces,
    )  # fmt: skip
