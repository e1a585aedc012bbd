"""The sheets beside the table: Thông tin, Lời văn, Câu chuyện, Xác nhận; nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generators.folding import fold
from generators.intake.heads import is_number
from generators.intake.layout import (
    INFO,
    INFO_FORMER,
    INFO_FORMER_SAID,
    INFO_SAID,
    TEXT_HEADS,
    TableColumn,
)
from generators.intake.sheet import Sheet, Tree, column_name, grown, put
from generators.kinds import ReportKind
from generators.model import ERROR, WARNING, Finding, Raw, RawRecord, RawTree

_LIST_KEY = re.compile(
    r"(?:org_unit\.within|document\.(?:recipients|copies|without_annexes))\.[0-9]{1,3}\Z"
)
_KEYS = {key for key, _, _ in INFO}
_FORMER = {fold(label): key for label, key in INFO_FORMER.items()}
_BY_LABEL = _FORMER | {fold(label): key for key, label, _ in INFO}
_SAID = {
    fold(text) for text in (*INFO_SAID, *INFO_FORMER_SAID, *(said for _, _, said in INFO))
} - {""}


@dataclass
class Answers:
    """Reads the sheets beside the table and gathers what it could not take."""

    findings: list[Finding] = field(default_factory=list)

    # ------------------------------------------------------------ Thông tin

    def info(self, sheet: Sheet) -> RawRecord:
        """Return what the sheet Thông tin says: who, when, who signs."""
        tree: Tree = {}
        seen: dict[str, Raw] = {}
        margin = _label_column(sheet)
        for row in range(1, sheet.rows + 1):
            key, label_at, key_at = self._key(sheet, row)
            answer = label_at + 1 if key else 0
            raw = self._value(sheet, row, answer) if key else None
            if raw is not None and key in seen:
                self._twice(raw, seen[key])
            elif raw is not None:
                seen[key] = raw
                put(
                    tree,
                    [int(step) if step.isdigit() else step for step in key.split(".")],
                    raw,
                )
            self._leftovers(sheet, row, margin, {answer, label_at if key else 0, key_at})
        return grown(tree, sheet.name)

    def _key(self, sheet: Sheet, row: int) -> tuple[str, int, int]:
        """The key of a row, and the columns of its label and of the hidden key."""
        cells = [(at, str(sheet.plain(row, at)).strip()) for at in range(1, sheet.columns + 1)]
        hidden, key_at = next(
            ((text, at) for at, text in cells if text in _KEYS or _LIST_KEY.match(text)),
            ("", 0),
        )
        known, label_at = next(
            ((_BY_LABEL[fold(text)], at) for at, text in cells if fold(text) in _BY_LABEL),
            ("", 0),
        )
        if hidden and known and hidden != known:
            self._unclear(sheet.place(row, label_at), str(sheet.plain(row, label_at)))
        first = next((at for at, text in cells if text), 1)
        return hidden or known, label_at or first, key_at

    def _leftovers(self, sheet: Sheet, row: int, margin: int, taken: set[int]) -> None:
        """Report what stands in a row beside its label, its answer and the form's own words."""
        for column in range(1, sheet.columns + 1):
            value = sheet.plain(row, column)
            ours = column <= margin and not is_number(value)  # titles, and labels typed over
            if column not in taken and sheet.holds(row, column) and not ours \
                    and fold(str(value)) not in _SAID:  # fmt: skip
                self._not_taken(sheet.place(row, column), str(value))

    def _twice(self, raw: Raw, first: Raw) -> None:
        self.findings.append(Finding(
            "info.twice", ERROR, raw.place,
            f"Ô {raw.place} trả lời cùng một mục với ô {first.place}.",
            "Hãy giữ một dòng, xóa dòng thừa.",
        ))  # fmt: skip

    def _unclear(self, place: str, label: str) -> None:
        self.findings.append(Finding(
            "info.unclear", ERROR, place,
            f"Dòng «{label}» ở {place} không khớp mã ẩn của dòng nên không rõ là mục nào.",
            "Hãy chép nội dung vào đúng dòng của biểu mới tải từ phần mềm.",
        ))  # fmt: skip

    def _not_taken(self, place: str, text: str) -> None:
        shown = " ".join(text.split())
        shown = shown if len(shown) <= 60 else f"{shown[:59]}…"
        self.findings.append(Finding(
            "cell.not_taken", WARNING, place,
            f"Chưa dùng nội dung ở ô {place}: «{shown}».",
            "Nếu cần, hãy chép vào đúng ô có sẵn của biểu; nếu không, hãy xóa đi.",
        ))  # fmt: skip

    # ------------------------------------------------------------ Lời văn

    def texts(self, sheet: Sheet, kind: ReportKind) -> RawRecord:
        """Return the prose by its place in the report."""
        labels = {fold(spec.label): spec.id for spec in kind.texts}
        known = {spec.id for spec in kind.texts}
        head = sheet.find_row(TEXT_HEADS[0])
        where = next((at for at in range(1, sheet.columns + 1)
                      if head and fold(str(sheet.plain(head, at))) == fold(TEXT_HEADS[0])), 1)  # fmt: skip
        fields: dict[str, tuple[RawTree, ...]] = {}
        for row in range(head + 1, sheet.rows + 1):
            raw, label = self._value(sheet, row, where + 1), str(sheet.plain(row, where))
            hidden = str(sheet.plain(row, where + 2)).strip()
            key = hidden if hidden in known else labels.get(fold(label), "")
            if raw and key:
                fields[key] = (*fields.get(key, ()), raw)
            elif raw:
                self._no_place(raw.place, label)
            self._beside(sheet, row, {where, where + 1, where + 2 if hidden in known else 0})
        return RawRecord(sheet.name, fields)

    def _beside(self, sheet: Sheet, row: int, taken: set[int]) -> None:
        for column in range(1, sheet.columns + 1):
            if column not in taken and sheet.holds(row, column):
                self._not_taken(sheet.place(row, column), str(sheet.plain(row, column)))

    def _no_place(self, place: str, label: str) -> None:
        self.findings.append(Finding(
            "row.not_taken", ERROR, place,
            f"Chưa dùng được nội dung ở {place}: không rõ «{label}» là chỗ nào trong bài.",
            "Hãy chép nội dung vào đúng dòng có sẵn của biểu.",
        ))  # fmt: skip

    # ------------------------------------------------------------ Câu chuyện, Xác nhận

    def table(self, sheet: Sheet, columns: Sequence[TableColumn]) -> Iterator[RawRecord]:
        """Yield a record for each row below the head that has content."""
        head = sheet.find_row(columns[0][1], columns[1][1]) or 1
        paths = {fold(header): path for path, header, _ in columns}
        at: dict[int, tuple[str | int, ...]] = {}
        for column in range(1, sheet.columns + 1):
            path = paths.pop(fold(str(sheet.plain(head, column))), None)
            if path:
                at[column] = path
            elif any(sheet.holds(row, column) for row in range(head + 1, sheet.rows + 1)):
                self._odd_column(sheet, head, column)
        for row in range(head + 1, sheet.rows + 1):
            if tree := self._tree(sheet, row, at):
                yield grown(tree, sheet.place(row, min(at)))

    def _tree(self, sheet: Sheet, row: int, at: Mapping[int, tuple[str | int, ...]]) -> Tree:
        tree: Tree = {}
        for column, path in at.items():
            raw = self._value(sheet, row, column)
            if raw is not None:
                put(tree, path, raw)
        return tree

    def _odd_column(self, sheet: Sheet, head: int, column: int) -> None:
        place, text = sheet.place(head, column), str(sheet.plain(head, column)).strip()
        name = f"Cột «{text}»" if text else f"Cột {column_name(column)} không có tên"
        self.findings.append(Finding(
            "column.not_taken", WARNING, place,
            f"{name} ({place}) không có trong biểu nên nội dung của cột chưa được dùng.",
            "Nếu cần, hãy chuyển nội dung sang cột có sẵn của biểu.",
        ))  # fmt: skip

    def _value(self, sheet: Sheet, row: int, column: int) -> Raw | None:
        found = sheet.value(row, column)
        if isinstance(found, Finding):
            self.findings.append(found)
            return None
        return found


def _label_column(sheet: Sheet) -> int:
    """The column of the labels on Thông tin; titles and guide stand in it too."""
    columns = [
        at
        for row in range(1, sheet.rows + 1)
        for at in range(1, sheet.columns + 1)
        if fold(str(sheet.plain(row, at))) in _BY_LABEL
    ]
    return min(columns, default=1)
