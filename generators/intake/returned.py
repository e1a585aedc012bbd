"""The rows of a returned form: what each one is, and where it belongs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from generators.folding import fold
from generators.intake.doubts import Doubts
from generators.intake.gathered import GatheredLine, check_label, fill_line, record_of
from generators.intake.heads import (
    BY_KEY,
    find_head,
    is_head,
    is_number,
    is_numbering,
    is_prose,
    read_columns,
)
from generators.intake.layout import DEPTHS, HEADING, TOP, is_figure
from generators.intake.recognised import (
    Entry,
    Words,
    entry_of_code,
    entry_of_label,
    is_blank_label,
    is_own_total,
    is_typed,
    labels_of,
    like_label,
    section_of_title,
)
from generators.intake.sheet import Sheet, put
from generators.kinds import LineSpec, ReportKind
from generators.model import Finding, Raw, RawRecord

_LEVELS = {fold(word): level for word, level in DEPTHS.items()}
_PREFILLED = frozenset(
    {"label", "unit", "giver", "group", "occasion", "round", "level", "code"}
)
_GREATEST_STT = 999
Cells = Mapping[str, Raw]


def read_rows(sheet: Sheet, kind: ReportKind) -> tuple[tuple[RawRecord, ...], list[Finding]]:
    """Return the lines that the sheet's rows make, and what was found amiss."""
    reading = _Rows(sheet, kind, Doubts(sheet.name))
    reading.read()
    return tuple(
        record_of(line) for line in reading.lines if line.has_content
    ), reading.doubts.found


@dataclass
class _Rows:
    """Goes down the rows once, knowing the section and the lines a part may belong to.

    ``heading`` is the section that the last heading opened, ``near`` that of the catalogue's
    line last met below it.
    """

    sheet: Sheet
    kind: ReportKind
    doubts: Doubts
    columns: Mapping[str, int] = field(default_factory=dict)
    lines: list[GatheredLine] = field(default_factory=list)
    open: list[GatheredLine] = field(default_factory=list)
    heading: str = ""
    near: str = ""
    below_head: bool = True

    def read(self) -> None:
        """Read every row below the head."""
        head = find_head(self.sheet)
        if not head:
            self.doubts.no_head()
            return
        self.columns, amiss = read_columns(self.sheet, head)
        self.doubts.found += amiss
        for number in range(head + 1, self.sheet.rows + 1):
            if cells := self._cells(number):
                self._row(number, cells)
        for line in (row for top in self.lines for row in top.rows()):
            if line.has_words and not line.has_content:
                self.doubts.no_figures(line.place, line.label)

    # ------------------------------------------------------------ one row

    def _cells(self, number: int) -> dict[str, Raw]:
        cells = {}
        for key, at in self.columns.items():
            found = self.sheet.value(number, at)
            if isinstance(found, Finding):
                if key not in ("said", "stt"):
                    self.doubts.found.append(found)
            elif found is not None:
                cells[key] = found
        return cells

    def _row(self, number: int, cells: dict[str, Raw]) -> None:
        words = {key: str(raw.value).strip() for key, raw in cells.items() if key != "said"}
        if is_head(words) or (self.below_head and is_numbering(words)):
            self.below_head = True
            return
        self.below_head = False
        self._misplaced(cells)
        cells = {key: raw for key, raw in cells.items() if key not in ("stt", "said")}
        if not cells or self._is_remark(cells):
            return
        place = self.sheet.place(number, self.columns["label"])
        section = self._heading(words, place)
        if section is None:
            self._line_row(cells, words, place)
            return
        self.heading, self.near, self.open = section, "", []
        for key, raw in cells.items():
            unit = key == "unit" and is_number(raw.value)  # told already
            if key not in ("label", "level", "code") and not unit:
                self.doubts.in_heading(raw, words.get("label", ""), is_figure(BY_KEY[key]))

    def _misplaced(self, cells: Cells) -> None:
        """Report numbers in columns that take none."""
        for key in ("level", "code", "unit", "said", "stt"):
            raw = cells.get(key)
            typed = raw.value if raw else ""
            odd = not isinstance(typed, str) if key == "said" else is_number(typed)
            if raw and key == "stt":
                odd = isinstance(typed, int | Decimal) and typed > _GREATEST_STT
            if raw and odd:
                self.doubts.misplaced(raw, BY_KEY[key].header)

    def _is_remark(self, cells: Cells) -> bool:
        """Whether a row outside the table's own only has words ("CHỦ TỊCH"); it is told."""
        figures = [cells[key] for key in cells if is_figure(BY_KEY[key])]
        label = str(cells["label"].value) if "label" in cells else ""
        if {"code", "level", "unit"} & set(cells) or not figures:
            return False
        if entry_of_label(self.kind, label, self.heading) or self._own_part(label):
            return False
        if not all(isinstance(raw.value, str) and is_prose(raw.value) for raw in figures):
            return False
        for raw in cells.values():
            self.doubts.remark(raw)
        self.open = []
        return True

    def _heading(self, words: Words, place: str) -> str | None:
        """The section a heading row opens, "" for one that is not known; None for other rows."""
        code, label = words.get("code", ""), words.get("label", "")
        titled = section_of_title(self.kind, label)
        if code.startswith("#") and code[1:] in self.kind.section:
            if label and titled != code[1:]:
                known = self.kind.section[code[1:]].title
                self.doubts.heading_changed(place, label, known, stop=bool(titled))
            return code[1:]
        level = fold(words.get("level", ""))
        if level == fold(HEADING) or (titled and not level and not code):
            if not titled:
                self.doubts.unknown_heading(place, label)
            return titled
        return None

    def _line_row(self, cells: Cells, words: Words, place: str) -> None:
        told, entry = len(self.doubts.found), self._entry(words)
        typed = any(key not in _PREFILLED or is_typed(entry, key, words) for key in cells)
        line = self._line(cells, words, place)
        if line is None:
            label = words.get("label", "")
            named = is_number(label) or (fold(label) and words.get("code", "")[:1] != "/")
            if (typed or named) and len(self.doubts.found) == told:
                self.doubts.no_figures(place, label)
            return
        line.has_words = typed or self._is_new_label(line, words)
        fill_line(line, cells, self.doubts)
        if line.has_figures:
            check_label(line, words, self.kind, self.doubts)

    def _is_new_label(self, line: GatheredLine, words: Words) -> bool:
        """Whether somebody typed the row's label, which says nothing without a number."""
        if line.depth:
            return bool(line.label) and not self._own_part(line.label)
        known = labels_of(line.entry) if line.entry else frozenset()
        return not is_blank_label(line.label, line.entry) and fold(line.label) not in known

    # ------------------------------------------------------------ which line, which level

    def _line(self, cells: Cells, words: Words, place: str) -> GatheredLine | None:
        entry, has_figures = self._entry(words), any(is_figure(BY_KEY[key]) for key in cells)
        depth, name = self._level(words, entry)
        line = GatheredLine(
            place, max(depth, 0), words.get("label", ""), {}, entry, [], has_figures
        )
        if depth < 0:
            self._without_level(line, words)
            return None
        if depth:
            return self._part(line, name, words)
        self._ask_about(line, words)
        if not (self._free(line, words) if entry is None else self._known(line, entry)):
            self.open = []
            return None
        self.lines.append(line)
        self.open = [line]
        return line

    def _entry(self, words: Words) -> Entry | None:
        """The catalogue's entry: by the hidden code, or by the label where the code is lost."""
        code, label, level = (words.get(key, "") for key in ("code", "label", "level"))
        if entry := entry_of_code(self.kind, code):
            return entry
        if code[:1] in ("+", "/") or fold(level) not in ("", fold(TOP)):
            return None
        if not level and self._own_part(label):
            return None
        return entry_of_label(self.kind, label, self.heading or self.near)

    def _own_part(self, label: str) -> str:
        """The list of the open line's ready-made parts that `label` stands in."""
        entry = self.open[0].entry if self.open else None
        for name in ("parts", "of_which") if isinstance(entry, LineSpec) else ():
            if fold(label) in {fold(part) for part in getattr(entry, name)}:
                return name
        return ""

    def _level(self, words: Words, entry: Entry | None) -> tuple[int, str]:
        """Depth and list of a row; the depth is -1 where it is not known."""
        word, code = fold(words.get("level", "")), words.get("code", "")
        if entry is not None:
            return 0, ""
        if word in _LEVELS:
            return _LEVELS[word]
        own = self._own_part(words.get("label", ""))
        if own and not code:
            return 1, own
        return (-1, "") if word or code.startswith("/") else (0, "")

    def _ask_about(self, line: GatheredLine, words: Words) -> None:
        """Ask where code, level and label of a top row say different things."""
        depth = _LEVELS.get(fold(words.get("level", "")), (0, ""))[0]
        if line.entry and depth:
            self.doubts.level_changed(line.place, line.entry.label, words["level"])
        code = words.get("code", "")
        if line.entry is None and code and code[0] not in "+/" and line.has_figures:
            self.doubts.unknown_code(line.place, code)

    def _without_level(self, line: GatheredLine, words: Words) -> None:
        if line.has_figures:
            self.doubts.level_unknown(line.place, words.get("level", ""))
        elif line.label:
            self.doubts.no_figures(line.place, line.label)
        if line.has_figures or line.label:
            self.open = []

    def _part(self, line: GatheredLine, name: str, words: Words) -> GatheredLine | None:
        self.open = [other for other in self.open if other.depth < line.depth]
        parent = next((o for o in reversed(self.open) if o.depth == line.depth - 1), None)
        if parent is None or (line.has_figures and not fold(line.label)):
            if line.has_figures and parent:
                self.doubts.no_label(line.place)
            elif line.has_figures:
                self.doubts.part_without_line(line.place, line.label)
            elif line.label and not words.get("code"):
                self.doubts.no_figures(line.place, line.label)
            return None
        home = self.kind.line.get(words.get("code", "/")[1:])
        if home and line.has_figures and home is not self.open[0].entry:
            self.doubts.part_moved(line.place, line.label, home.label, self.open[0].label)
        parent.parts.append((name, line))
        self.open.append(line)
        return line

    def _known(self, line: GatheredLine, entry: Entry) -> bool:
        """Whether a row of the catalogue can be a line; a spare one must name its giver."""
        self.near = entry.section or self.near
        if line.has_figures and line.label and is_blank_label(line.label, entry):
            self.doubts.no_label(line.place)
            return False
        put(line.tree, ("code",), Raw(entry.code, line.place))
        return True

    def _free(self, line: GatheredLine, words: Words) -> bool:
        """Whether a row outside the catalogue can be a line; what it lacks is reported."""
        if not fold(line.label):
            if line.has_figures:
                self.doubts.no_label(line.place)
            return False
        section = self._section(line, words)
        if not section and line.has_figures:
            self.doubts.no_section(line.place, line.label)
        if not section:
            return False
        put(line.tree, ("section",), Raw(section, line.place))
        if line.has_figures and is_own_total(line.label):
            self.doubts.own_total(line.place, line.label)
        elif line.has_figures and (known := like_label(self.kind, line.label)):
            self.doubts.like_catalogue(line.place, line.label, known)
        return True

    def _section(self, line: GatheredLine, words: Words) -> str:
        """The section most signs name: the heading, the lines around, the hidden code."""
        code = words.get("code", "")
        hidden = code[1:] if code.startswith("+") and code[1:] in self.kind.section else ""
        signs = [sign for sign in (self.heading, self.near, hidden) if sign]
        if not signs:
            return ""
        chosen = Counter(signs).most_common(1)[0][0]
        if len(set(signs)) > 1 and line.has_figures:
            self.doubts.section(line.place, line.label, self.kind.section[chosen].title)
        return chosen
