"""The Excel door: a form as people return it becomes a RawInput, each value with its cell.

Sheets are found by name or by their head, columns by their head, rows by the hidden code or,
where pasting lost it, by their label. What is in doubt is asked about; what was not taken is
reported.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from generators.folding import fold
from generators.intake.answers import Answers
from generators.intake.cells import SheetFacts, oversized, read_cell_facts
from generators.intake.corrections import Corrections
from generators.intake.heads import find_head
from generators.intake.layout import (
    INFO_SHEET,
    LINES_SHEET,
    MOST,
    REASON_COLUMNS,
    REASONS_SHEET,
    STORIES_SHEET,
    TEXT_HEADS,
    TEXTS_SHEET,
    story_columns,
)
from generators.intake.preflight import inspect_workbook
from generators.intake.returned import read_rows
from generators.intake.sheet import Sheet
from generators.kinds import ReportKind
from generators.model import ERROR, NOTE, WARNING, Finding, Raw, RawInput, RawRecord, RawTree
from generators.origins import Correction

FindKind = Callable[[str], ReportKind | None]
IsIt = Callable[[Sheet], bool]


def read_workbook(
    data: bytes, find_kind: FindKind, corrections: Iterable[Correction] = ()
) -> RawInput:
    """Return what the workbook `data` says, its cells as corrected.

    `find_kind` gives the kind its first sheet names.
    """
    typed = Corrections(corrections)
    sheets = sheets_of(data, typed)
    if isinstance(sheets, Finding):
        return RawInput(RawRecord("", {}), (sheets,))
    return _Reading(sheets, find_kind, typed.unused()).input()


def sheets_of(data: bytes, typed: Corrections) -> list[Sheet] | Finding:
    """Return the sheets of the workbook `data` as corrected, or why it may not or cannot be read."""
    form = inspect_workbook(data)
    if isinstance(form, Finding):
        return form
    facts = read_cell_facts(data, form)
    return oversized(facts) or _sheets_or_damage(data, facts, typed)


_DAMAGED = Finding(
    "file.damaged", ERROR, "", "Tệp bị hỏng: không đọc được các trang của bảng tính.",
    "Hãy mở tệp bằng Excel, lưu lại dưới tên mới rồi tải lên.",
)  # fmt: skip


def _sheets_or_damage(
    data: bytes, facts: Mapping[str, SheetFacts], typed: Corrections
) -> list[Sheet] | Finding:
    try:
        return _sheets(data, facts, typed)
    except (CalamineError, ValueError, OSError):
        return _DAMAGED
    except BaseException as fault:
        # The reader is written in Rust: its panics are no Exception, and of no importable type.
        if type(fault).__name__ == "PanicException":
            return _DAMAGED
        raise


def _sheets(data: bytes, facts: Mapping[str, SheetFacts], typed: Corrections) -> list[Sheet]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return [
            Sheet(name, *typed.of_grid(name, grid, facts.get(name, SheetFacts())))
            for name in _worksheets(book)
            for grid in [book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
        ]


def _worksheets(book: CalamineWorkbook) -> list[str]:
    """The names of all sheets with cells, hidden ones too; charts and macros have none."""
    return [each.name for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]


@dataclass
class _Reading:
    """One workbook being read: its sheets, which were used, and what was found amiss so far."""

    sheets: list[Sheet]
    find_kind: FindKind
    findings: list[Finding] = field(default_factory=list)
    used: list[Sheet] = field(default_factory=list)

    def input(self) -> RawInput:
        """Return all that the workbook says."""
        answers = Answers()
        info = self._sheet(INFO_SHEET, lambda sheet: sheet.find_cell("Đơn vị báo cáo"))
        fields = dict(answers.info(info).fields) if info else {}
        kind = self._kind(fields)
        lines = self._sheet(LINES_SHEET, lambda sheet: bool(find_head(sheet)))
        if lines and kind:
            fields["lines"], found = read_rows(lines, kind)
            self.findings += found
        self._beside(answers, fields, kind)
        self.findings += [*answers.findings, *self._unread()]
        return RawInput(RawRecord(INFO_SHEET, fields), tuple(self.findings))

    def _kind(self, fields: Mapping[str, RawTree]) -> ReportKind | None:
        raw = fields.get("kind")
        return self.find_kind(str(raw.value).strip()) if isinstance(raw, Raw) else None

    def _beside(
        self, answers: Answers, fields: dict[str, RawTree], kind: ReportKind | None
    ) -> None:
        texts = self._sheet(TEXTS_SHEET, _headed(TEXT_HEADS[0]), required=False)
        if texts and kind:
            fields["texts"] = answers.texts(texts, kind)
        for name, key, columns in (
            (STORIES_SHEET, "stories", story_columns(MOST)),
            (REASONS_SHEET, "acknowledgements", REASON_COLUMNS),
        ):
            is_it = _headed(columns[0][1], columns[1][1])
            if found := self._sheet(name, is_it, required=False):
                fields[key] = tuple(answers.table(found, columns))

    def _sheet(self, name: str, is_it: IsIt, *, required: bool = True) -> Sheet | None:
        """Return the sheet of this name, or else the one that looks like it."""
        left = [sheet for sheet in self.sheets if sheet not in self.used]
        found = [sheet for sheet in left if fold(sheet.name) == fold(name)]
        found = found or [sheet for sheet in left if is_it(sheet)]
        self.used += found
        if len(found) == 1:
            return found[0]
        if found or required:
            self.findings.append(_no_sheet(name, [sheet.name for sheet in found],
                                           [sheet.name for sheet in self.sheets]))  # fmt: skip
        return None

    def _unread(self) -> Iterator[Finding]:
        for sheet in self.sheets:
            if sheet not in self.used and sheet.has_content:
                yield _not_read(sheet)


def _headed(*heads: str) -> IsIt:
    return lambda sheet: bool(sheet.find_row(*heads))


def _no_sheet(name: str, found: list[str], names: list[str]) -> Finding:
    why = (
        f"có {len(found)} trang giống nhau: {', '.join(found)}"
        if found
        else f"các trang hiện có: {', '.join(names)}"
    )
    return Finding(
        "workbook.sheet_missing", ERROR, name, f"Không tìm thấy trang «{name}» ({why}).",
        f"Hãy dùng biểu tải từ phần mềm và giữ nguyên tên trang «{name}».",
    )  # fmt: skip


def _not_read(sheet: Sheet) -> Finding:
    same = find_head(sheet)
    why = "cũng có một bảng số liệu, nhưng" if same else "không có trong biểu nên"
    return Finding(
        "sheet.not_taken", WARNING if same or sheet.has_numbers else NOTE, sheet.name,
        f"Trang «{sheet.name}» {why} nội dung của trang chưa được dùng.",
        f"Nếu cần số liệu ở đó, hãy chép sang trang «{LINES_SHEET}»; nếu không, hãy xóa trang này.",
    )  # fmt: skip
