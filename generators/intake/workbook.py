"""The Excel door: a form as people return it becomes a RawInput, each value with its cell.

Sheets are found by name or by their head, columns by their head, rows by the hidden code or,
where pasting lost it, by their label. What is in doubt is asked about; what was not taken is
reported.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineWorkbook

from generators.intake.cells import SheetFacts, oversized, read_cell_facts
from generators.intake.hygiene import fold
from generators.intake.layout import (
    INFO,
    INFO_SHEET,
    LINES_SHEET,
    REASON_COLUMNS,
    REASONS_SHEET,
    STORIES_SHEET,
    STORY_COLUMNS,
    TEXTS_SHEET,
)
from generators.intake.preflight import inspect_workbook
from generators.intake.returned import read_rows
from generators.intake.sheet import Sheet, Tree, grown, put
from generators.kinds import ReportKind
from generators.model import ERROR, Finding, Raw, RawInput, RawRecord, RawTree

FindKind = Callable[[str], ReportKind | None]
_INFO_LISTS = ("org_unit.within.", "document.recipients.")


def read_workbook(data: bytes, find_kind: FindKind) -> RawInput:
    """Return what the workbook `data` says; `find_kind` gives the kind its first sheet names."""
    form = inspect_workbook(data)
    if isinstance(form, Finding):
        return RawInput(RawRecord("", {}), (form,))
    facts = read_cell_facts(data, form)
    if too_large := oversized(facts):
        return RawInput(RawRecord("", {}), (too_large,))
    try:
        sheets = _sheets(data, facts)
    except (CalamineError, ValueError, OSError):
        return RawInput(RawRecord("", {}), (_DAMAGED,))
    return _Reading(sheets, find_kind).input()


_DAMAGED = Finding(
    "file.damaged", ERROR, "", "Tệp bị hỏng: không đọc được các trang của bảng tính.",
    "Hãy mở tệp bằng Excel, lưu lại dưới tên mới rồi tải lên.",
)  # fmt: skip


def _sheets(data: bytes, facts: Mapping[str, SheetFacts]) -> list[Sheet]:
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return [
            Sheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False),
                  facts.get(name, SheetFacts()))
            for name in book.sheet_names
        ]  # fmt: skip


@dataclass
class _Reading:
    """One workbook being read: its sheets, and what was found amiss so far."""

    sheets: list[Sheet]
    find_kind: FindKind
    findings: list[Finding] = field(default_factory=list)

    def input(self) -> RawInput:
        """Return all that the workbook says."""
        fields = dict(self._info())
        kind = self._kind(fields)
        lines = self._sheet(
            LINES_SHEET, lambda sheet: bool(sheet.find_row("Chỉ tiêu", "Thực hiện"))
        )
        if lines and kind:
            fields["lines"] = self._lines(lines, kind)
        if kind and (texts := self._sheet(TEXTS_SHEET)):
            fields["texts"] = self._texts(texts, kind)
        for name, key, columns in ((STORIES_SHEET, "stories", STORY_COLUMNS),
                                   (REASONS_SHEET, "acknowledgements", REASON_COLUMNS)):  # fmt: skip
            if found := self._sheet(name):
                fields[key] = tuple(self._table(found, columns))
        return RawInput(RawRecord("", fields), tuple(self.findings))

    def _lines(self, sheet: Sheet, kind: ReportKind) -> RawTree:
        records, findings = read_rows(sheet, kind)
        self.findings += findings
        return records

    def _sheet(self, name: str, is_it: Callable[[Sheet], bool] | None = None) -> Sheet | None:
        named = [sheet for sheet in self.sheets if fold(sheet.name) == fold(name)]
        found = named or [sheet for sheet in self.sheets if is_it and is_it(sheet)]
        if len(found) == 1 or (not found and is_it is None):
            return found[0] if found else None
        names = ", ".join(sheet.name for sheet in found or self.sheets)
        why = (
            f"có {len(found)} trang giống nhau: {names}"
            if found
            else f"các trang hiện có: {names}"
        )
        self.findings.append(Finding(
            "workbook.sheet_missing", ERROR, name, f"Không tìm thấy trang «{name}» ({why}).",
            f"Hãy dùng biểu tải từ phần mềm và giữ nguyên tên trang «{name}».",
        ))  # fmt: skip
        return None

    # ------------------------------------------------------------ Thông tin

    def _info(self) -> Mapping[str, RawTree]:
        sheet = self._sheet(INFO_SHEET, lambda sheet: sheet.find_cell("Đơn vị báo cáo"))
        tree: Tree = {}
        for row in range(1, sheet.rows + 1) if sheet else ():
            key = _info_key(sheet, row) if sheet else ""
            raw = self._value(sheet, row, 2) if sheet and key else None
            if raw is not None:
                put(tree, _steps(key), raw)
        return grown(tree, sheet.name if sheet else "").fields

    def _kind(self, fields: Mapping[str, RawTree]) -> ReportKind | None:
        raw = fields.get("kind")
        return self.find_kind(str(raw.value).strip()) if isinstance(raw, Raw) else None

    # ------------------------------------------------------------ Lời văn, Câu chuyện

    def _texts(self, sheet: Sheet, kind: ReportKind) -> RawRecord:
        labels = {fold(spec.label): spec.id for spec in kind.texts}
        known = {spec.id for spec in kind.texts}
        fields: dict[str, tuple[RawTree, ...]] = {}
        for row in range(2, sheet.rows + 1):
            raw, label = self._value(sheet, row, 2), str(sheet.plain(row, 1))
            hidden = str(sheet.plain(row, 3))
            key = hidden if hidden in known else labels.get(fold(label), "")
            if raw and key:
                fields[key] = (*fields.get(key, ()), raw)
            elif raw:
                self._not_taken(raw.place, f"không rõ «{label}» là chỗ nào trong bài")
        return RawRecord(sheet.name, fields)

    def _not_taken(self, place: str, why: str) -> None:
        self.findings.append(Finding(
            "row.not_taken", ERROR, place, f"Chưa dùng được nội dung ở {place}: {why}.",
            "Hãy chép nội dung vào đúng dòng có sẵn của biểu.",
        ))  # fmt: skip

    def _table(
        self, sheet: Sheet, columns: Sequence[tuple[tuple[str | int, ...], str, int]]
    ) -> Iterator[RawRecord]:
        heads = {fold(str(sheet.plain(1, c))): c for c in range(1, sheet.columns + 1)}
        for row in range(2, sheet.rows + 1):
            tree: Tree = {}
            for path, header, _ in columns:
                column = heads.get(fold(header), 0)
                raw = self._value(sheet, row, column) if column else None
                if raw is not None:
                    put(tree, path, raw)
            if tree:
                yield grown(tree, sheet.place(row, 1))

    def _value(self, sheet: Sheet, row: int, column: int) -> Raw | None:
        found = sheet.value(row, column)
        if isinstance(found, Finding):
            self.findings.append(found)
            return None
        return found


def _info_key(sheet: Sheet, row: int) -> str:
    """The key of a row of Thông tin: the hidden one, else that of its label."""
    keys = {key for key, _, _ in INFO}
    for column in range(3, sheet.columns + 1):
        text = str(sheet.plain(row, column))
        if text in keys or text.startswith(_INFO_LISTS):
            return text
    wanted = fold(str(sheet.plain(row, 1)))
    return next((key for key, label, _ in INFO if fold(label) == wanted), "")


def _steps(key: str) -> list[str | int]:
    return [int(step) if step.isdigit() else step for step in key.split(".")]
