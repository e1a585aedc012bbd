"""The rows of a returned form: what each one is, and where it belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from generators.intake.hygiene import fold
from generators.intake.layout import (
    COLUMNS,
    DEPTHS,
    HEADING,
    Column,
    is_figure,
)
from generators.intake.sheet import Sheet, Tree, column_name, grown, put
from generators.kinds import LineSpec, ReportKind, Row, TotalSpec
from generators.model import ERROR, NOTE, WARNING, Finding, Raw, RawRecord

_BY_KEY = {column.key: column for column in COLUMNS}
_HEADS = {
    fold(head): column.key for column in COLUMNS for head in (column.header, *column.also)
}
_LEVELS = {fold(word): level for word, level in DEPTHS.items()}
_GIVER = re.compile(r"(?:quà )?(?:tết |27-7 )?(?:của |từ nguồn |do )?(.+)\Z", re.IGNORECASE)
_NUMBERING = re.compile(r"[A-Z]\Z|\(?\d{1,2}\)?(?:\s*=.*)?\Z")


def read_rows(sheet: Sheet, kind: ReportKind) -> tuple[tuple[RawRecord, ...], list[Finding]]:
    """Return the lines that the sheet's rows make, and what was found amiss."""
    reading = _Rows(sheet, kind)
    reading.read()
    return tuple(_record(line) for line in reading.lines if line.has_content), reading.findings


@dataclass
class _Line:
    """A line being gathered from its row and the part rows below it."""

    place: str
    depth: int
    tree: Tree = field(default_factory=dict)
    spec: LineSpec | None = None
    parts: list[tuple[str, _Line]] = field(default_factory=list)
    has_figures: bool = False

    @property
    def has_content(self) -> bool:
        return self.has_figures or any(part.has_content for _, part in self.parts)


def _record(line: _Line) -> RawRecord:
    record = grown(line.tree, line.place)
    fields = dict(record.fields)
    for name in ("parts", "of_which"):
        found = [_record(part) for at, part in line.parts if at == name and part.has_content]
        if found:
            fields[name] = tuple(found)
    return RawRecord(line.place, fields)


@dataclass
class _Rows:
    """Goes down the rows once, knowing the section and the lines a part may belong to."""

    sheet: Sheet
    kind: ReportKind
    findings: list[Finding] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)
    open: list[_Line] = field(default_factory=list)
    section: str = ""

    def read(self) -> None:
        """Read every row below the head."""
        head = self.sheet.find_row("Chỉ tiêu", "Thực hiện")
        if not head:
            self._add("workbook.head_missing", self.sheet.name,
                      f"Trang «{self.sheet.name}» không có dòng đầu bảng với các cột "
                      "«Chỉ tiêu» và «Thực hiện».",
                      "Hãy dùng biểu tải từ phần mềm và giữ nguyên dòng đầu bảng.")  # fmt: skip
            return
        columns = self._columns(head)
        self._merged(head, columns)
        for number in range(head + 1, self.sheet.rows + 1):
            self._row(number, columns)

    # ------------------------------------------------------------ columns

    def _columns(self, head: int) -> Mapping[str, int]:
        """The columns by key; a head that says nothing known is reported when it has content."""
        found: dict[str, int] = {}
        for column in range(1, self.sheet.columns + 1):
            text = str(self.sheet.plain(head, column)).strip()
            key = _HEADS.get(fold(text), "")
            if key and key not in found:
                found[key] = column
            elif self._has_content(head, column):
                self._odd_column(head, column, text, twice=bool(key))
        return found

    def _has_content(self, head: int, column: int) -> bool:
        rows = range(head + 1, self.sheet.rows + 1)
        return any(str(self.sheet.plain(row, column)).strip() for row in rows)

    def _odd_column(self, head: int, column: int, text: str, *, twice: bool) -> None:
        place = self.sheet.place(head, column)
        name = f"Cột «{text}»" if text else f"Cột {column_name(column)} không có tên"
        near = get_close_matches(fold(text), list(_HEADS), 1, 0.75)
        if twice:
            self._add("column.twice", place, f"{name} có hai lần ({place}).",
                      "Hãy giữ một cột, xóa cột thừa.")  # fmt: skip
        elif near:
            known = _BY_KEY[_HEADS[near[0]]].header
            self._add("column.renamed", place,
                      f"{name} ({place}) gần giống cột «{known}» của biểu nhưng không phải.",
                      f"Nếu đúng là cột đó, hãy đổi lại tên thành «{known}» và ghi số theo đơn vị "
                      "của nó; nếu không, hãy xóa cột.")  # fmt: skip
        else:
            self._add("column.not_taken", place, f"{name} ({place}) không có trong biểu nên "
                      "nội dung của cột chưa được dùng.",
                      "Nếu cần, hãy chuyển nội dung sang cột có sẵn của biểu.", WARNING)  # fmt: skip

    def _merged(self, head: int, columns: Mapping[str, int]) -> None:
        figures = {at for key, at in columns.items() if is_figure(_BY_KEY[key])}
        for top, left, bottom, right in sorted(self.sheet.facts.merged):
            inside = figures & set(range(left, right + 1))
            several = bottom > top or len(inside) > 1
            if top > head and inside and several and str(self.sheet.plain(top, left)).strip():
                area = f"{self.sheet.place(top, left)}:{column_name(right)}{bottom}"
                self._add("cell.merged", self.sheet.place(top, left),
                          f"Các ô {area} bị gộp làm một nên không rõ số thuộc dòng, cột nào.",
                          "Hãy bỏ gộp ô (Hủy phối ô) rồi ghi số vào đúng từng ô.")  # fmt: skip

    # ------------------------------------------------------------ one row

    def _row(self, number: int, columns: Mapping[str, int]) -> None:
        cells = {key: raw for key, at in columns.items()
                 if key not in ("stt", "said") and (raw := self._value(number, at)) is not None}  # fmt: skip
        words = {key: str(raw.value).strip() for key, raw in cells.items()}
        place = self.sheet.place(number, columns["label"])
        figures = [key for key in cells if is_figure(_BY_KEY[key])]
        if not cells or _is_numbering(words):
            return
        if heading := self._heading(words, figures):
            self.section, self.open = heading, []
            return
        line = self._line(words, place, has_figures=bool(figures))
        if line is None:
            return
        for key in sorted(cells, key=lambda key: key == "label"):
            self._fill(line, _BY_KEY[key], cells[key])
        self._check_label(line, words, place)

    def _value(self, row: int, column: int) -> Raw | None:
        found = self.sheet.value(row, column)
        if isinstance(found, Finding):
            self.findings.append(found)
            return None
        return found

    def _heading(self, words: Mapping[str, str], figures: list[str]) -> str:
        """The section a heading row opens; a row with figures is no heading."""
        if figures:
            return ""
        code, label = words.get("code", ""), fold(words.get("label", ""))
        if code.startswith("#") and code[1:] in self.kind.section:
            return code[1:]
        heads = words.get("level") == HEADING or not code
        return next((s.id for s in self.kind.sections if heads and fold(s.title) == label), "")

    def _line(self, words: Mapping[str, str], place: str, *, has_figures: bool) -> _Line | None:
        spec = self._spec(words)
        level = self._level(words, spec)
        if level is None:
            return self._without_level(words, place, has_figures=has_figures)
        depth, name = level
        line = _Line(place, depth, spec=spec if isinstance(spec, LineSpec) else None,
                     has_figures=has_figures)  # fmt: skip
        if depth:
            return self._part(line, name, words)
        if spec is None and not self._free(line, words):
            return None
        if spec is not None:
            put(line.tree, ("code",), Raw(spec.code, place))
            self.section = spec.section or self.section
        self.lines.append(line)
        self.open = [line]
        return line

    def _spec(self, words: Mapping[str, str]) -> LineSpec | TotalSpec | None:
        """The catalogue's entry: by the hidden code, or by the label where the code is lost."""
        code, label = words.get("code", ""), fold(words.get("label", ""))
        if code in self.kind.line or code in self.kind.total:
            return self.kind.line.get(code) or self.kind.total[code]
        if code or not label or words.get("level", "") not in ("", "Chỉ tiêu"):
            return None
        if self._own_part(label) and not words.get("level"):
            return None
        entries: list[LineSpec | TotalSpec] = [*self.kind.lines, *self.kind.totals]
        return next((entry for entry in entries if label in _labels(entry)), None)

    def _own_part(self, label: str) -> str:
        """The list of the open line's ready-made parts that `label` stands in."""
        spec = self.open[0].spec if self.open else None
        for name in ("parts", "of_which") if spec else ():
            if label in {fold(part) for part in getattr(spec, name)}:
                return name
        return ""

    def _level(
        self, words: Mapping[str, str], spec: LineSpec | TotalSpec | None
    ) -> tuple[int, str] | None:
        word = fold(words.get("level", ""))
        if spec is not None:
            return 0, ""
        if word in _LEVELS:
            return _LEVELS[word]
        own = self._own_part(fold(words.get("label", "")))
        if own and not words.get("code"):
            return 1, own
        return None if word or words.get("code") == "/" else (0, "")

    def _without_level(
        self, words: Mapping[str, str], place: str, *, has_figures: bool
    ) -> _Line | None:
        if has_figures:
            self._add("row.level_unknown", place,
                      f"Dòng ở {place} không rõ thuộc cấp nào (cột Cấp là "
                      f"«{words.get('level', '')}»).",
                      "Hãy chọn trong cột Cấp: Chỉ tiêu, Chia ra hoặc Trong đó.")  # fmt: skip
        return None

    def _part(self, line: _Line, name: str, words: Mapping[str, str]) -> _Line | None:
        parent = next(
            (other for other in reversed(self.open) if other.depth == line.depth - 1), None
        )
        if parent is None:
            if line.has_figures:
                self._add("row.part_without_line", line.place,
                          f"Dòng «{words.get('label', '')}» ở {line.place} là phần chia nhỏ nhưng "
                          "phía trên không có dòng mà nó thuộc về.",
                          "Hãy đặt dòng này ngay dưới dòng mà nó chia nhỏ, hoặc đổi cột Cấp.")  # fmt: skip
            return None
        if line.has_figures and not words.get("label"):
            self._no_label(line.place)
            return None
        parent.parts.append((name, line))
        self.open = [other for other in self.open if other.depth < line.depth] + [line]
        return line

    def _free(self, line: _Line, words: Mapping[str, str]) -> bool:
        """Whether a row outside the catalogue can be a line; what it lacks is reported."""
        self.open = []
        label, code = words.get("label", ""), words.get("code", "")
        section = (
            code[1:] if code.startswith("+") and code[1:] in self.kind.section else self.section
        )
        if not line.has_figures:
            if label:
                self._add("row.no_figures", line.place,
                          f"Dòng «{label}» ở {line.place} không có số liệu nên không đưa vào báo cáo.",
                          "Nếu có số liệu, hãy ghi vào cột Thực hiện hoặc Kinh phí.", NOTE)  # fmt: skip
            return False
        if not label:
            self._no_label(line.place)
            return False
        if not section:
            self._add("row.no_section", line.place,
                      f"Dòng «{label}» ở {line.place} nằm ngoài các mục của biểu.",
                      "Hãy chuyển dòng này vào dưới một mục.")  # fmt: skip
            return False
        put(line.tree, ("section",), Raw(section, line.place))
        self._ask_if_known(label, line.place)
        return True

    def _no_label(self, place: str) -> None:
        self._add("row.no_label", place, f"Dòng ở {place} có số liệu nhưng không có tên chỉ tiêu.",
                  "Hãy ghi tên chỉ tiêu, hoặc xóa số liệu của dòng này.")  # fmt: skip

    def _ask_if_known(self, label: str, place: str) -> None:
        known = {text: entry.label for entry in self.kind.lines for text in _labels(entry)}
        near = get_close_matches(fold(label), list(known), 1, 0.85)
        if near:
            self._add("row.like_catalogue", place,
                      f"Dòng «{label}» ở {place} gần giống chỉ tiêu «{known[near[0]]}» của danh mục; "
                      "đang được coi là một dòng riêng.",
                      "Nếu là chỉ tiêu đó, hãy chuyển số liệu sang dòng có sẵn; nếu không, "
                      "cứ để nguyên.", WARNING)  # fmt: skip

    # ------------------------------------------------------------ cells into the line

    def _fill(self, line: _Line, column: Column, raw: Raw) -> None:
        if not column.path:
            return
        if column.key == "label" and line.spec is not None:
            self._giver(line, raw)
        elif column.key == "unit" and "code" in line.tree:
            self._check_unit(line, raw)
        elif (
            column.key == "rate"
            and isinstance(raw.value, str)
            and ("×" in raw.value or ";" in raw.value)
        ):
            line.tree["rate"] = dict(enumerate(_rates(raw)))
        elif column.key != "label" or "code" not in line.tree:
            put(line.tree, column.path, raw)

    def _giver(self, line: _Line, raw: Raw) -> None:
        """Where the column says no giver, the label does: "Quà Tết của Hội Chữ thập đỏ"."""
        label = str(raw.value).strip()
        row = _row_of(line.spec, label)
        found = row.giver if row else (_GIVER.match(label) or [label, label])[1]
        if line.spec and line.spec.rows and "giver" not in line.tree and found:
            put(line.tree, ("giver",), Raw(found, raw.place))

    def _check_unit(self, line: _Line, raw: Raw) -> None:
        spec = self.kind.line.get(str(line.tree["code"].value))
        if spec and fold(str(raw.value)) != fold(spec.unit):
            self._add("row.unit_changed", raw.place,
                      f"Ô {raw.place}: đơn vị tính của «{spec.label}» là «{spec.unit}», "
                      f"đã bị đổi thành «{raw.value}».",
                      f"Hãy ghi số theo «{spec.unit}»; nếu đơn vị khác hẳn, hãy dùng một dòng "
                      "trống cuối mục.")  # fmt: skip

    def _check_label(self, line: _Line, words: Mapping[str, str], place: str) -> None:
        """A row whose code and label disagree may be a label typed over, or cells moved."""
        spec, label = line.spec, words.get("label", "")
        if spec is None or not label or not line.has_figures or _agrees(spec, label, words):
            return
        other = next((e for e in self.kind.lines if fold(label) in _labels(e)), None)
        severity = ERROR if other else WARNING
        self._add("row.label_changed", place,
                  f"Dòng ở {place} là chỉ tiêu «{spec.label}» nhưng tên đã đổi thành «{label}».",
                  "Nếu vẫn là chỉ tiêu đó, hãy ghi lại tên cũ; nếu là chỉ tiêu khác, hãy chuyển "
                  "số liệu sang dòng của nó hoặc dòng trống cuối mục.", severity)  # fmt: skip

    def _add(
        self, code: str, where: str, message: str, remedy: str, severity: str = ERROR
    ) -> None:
        self.findings.append(Finding(code, severity, where, message, remedy))


def _row_of(spec: LineSpec | None, label: str) -> Row | None:
    """The ready-made row that `label` names."""
    return (
        next((row for row in spec.rows if fold(row.label) == fold(label)), None)
        if spec
        else None
    )


def _agrees(spec: LineSpec, label: str, words: Mapping[str, str]) -> bool:
    """Whether a row's label is one its code, and its giver, can have."""
    row = _row_of(spec, label)
    if row:
        return fold(words.get("giver", row.giver)) == fold(row.giver)
    return bool(spec.rows) or fold(label) == fold(spec.label)


def _labels(entry: LineSpec | TotalSpec) -> set[str]:
    rows: tuple[Row, ...] = entry.rows if isinstance(entry, LineSpec) else ()
    return {fold(entry.label), *(fold(row.label) for row in rows)}


def _is_numbering(words: Mapping[str, str]) -> bool:
    """A row "A B 1 2 3=2/1" numbers the columns and is no data."""
    own = {key: word for key, word in words.items() if key not in ("code", "level")}
    return len(own) >= 3 and "code" not in words and all(map(_NUMBERING.match, own.values()))


def _rates(raw: Raw) -> Iterator[Tree]:
    for piece in str(raw.value).split(";"):
        rate, _, count = piece.partition("×")
        if rate.strip():
            found: Tree = {"rate": Raw(rate.strip(), raw.place)}
            yield found | ({"count": Raw(count.strip(), raw.place)} if count.strip() else {})
