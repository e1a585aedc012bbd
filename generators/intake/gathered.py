"""A line being gathered from its row and the part rows below it, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generators.folding import fold
from generators.intake.doubts import Doubts
from generators.intake.heads import BY_KEY
from generators.intake.layout import Column
from generators.intake.recognised import (
    Entry,
    Words,
    agrees,
    dimensions_of,
    entry_of_label,
    is_ready_giver,
    own_label,
)
from generators.intake.sheet import Tree, grown, put
from generators.kinds import LineSpec, ReportKind, TotalSpec
from generators.model import Raw, RawRecord


@dataclass
class GatheredLine:
    """A line being gathered from its row and the part rows below it."""

    place: str
    depth: int
    label: str = ""
    tree: Tree = field(default_factory=dict)
    entry: Entry | None = None
    parts: list[tuple[str, GatheredLine]] = field(default_factory=list)
    has_figures: bool = False
    has_words: bool = False

    @property
    def has_content(self) -> bool:
        """Whether the line or a part of it has a number."""
        return self.has_figures or any(part.has_content for _, part in self.parts)

    def rows(self) -> Iterator[GatheredLine]:
        """Yield the line and all its parts."""
        yield self
        for _, part in self.parts:
            yield from part.rows()


def record_of(line: GatheredLine) -> RawRecord:
    """Return the line as a payload would have it."""
    record = grown(line.tree, line.place)
    fields = dict(record.fields)
    for name in ("parts", "of_which"):
        found = [record_of(part) for at, part in line.parts if at == name and part.has_content]
        if found:
            fields[name] = tuple(found)
    return RawRecord(line.place, fields)


def fill_line(line: GatheredLine, cells: Mapping[str, Raw], doubts: Doubts) -> None:
    """Put the cells of a row into its line; the label last, for it may name the giver."""
    for key in sorted(cells, key=lambda key: key == "label"):
        _fill(line, BY_KEY[key], cells[key], doubts)


def _fill(line: GatheredLine, column: Column, raw: Raw, doubts: Doubts) -> None:
    if column.key == "label" and line.entry is not None:
        _name(line, raw)
    elif column.key == "unit" and line.entry is not None:
        _check_unit(line.entry, raw, doubts)
    elif column.key == "rate" and isinstance(raw.value, str) and set("×;") & set(raw.value):
        line.tree["rate"] = dict(enumerate(_rates(raw)))
    elif column.path:
        put(line.tree, column.path, raw)


def _name(line: GatheredLine, raw: Raw) -> None:
    """Where its column says no giver, the label does: "Quà Tết của Hội Chữ thập đỏ"."""
    label, entry = str(raw.value).strip(), line.entry
    said = dimensions_of(entry, label) if isinstance(entry, LineSpec) else {}
    if not any(name in line.tree for name in said):
        for name, word in said.items():
            put(line.tree, (name,), Raw(word, raw.place))
    giver = line.tree.get("giver")
    if entry and own_label(entry, label, str(giver.value) if giver else ""):
        put(line.tree, ("label",), raw)


def _check_unit(entry: Entry, raw: Raw, doubts: Doubts) -> None:
    unit = entry.unit or ("đồng" if isinstance(entry, TotalSpec) else "")
    if fold(str(raw.value)) != fold(unit) or ("%" in str(raw.value)) != ("%" in unit):
        doubts.unit_changed(raw, entry.label, unit)


def check_label(line: GatheredLine, words: Words, kind: ReportKind, doubts: Doubts) -> None:
    """A row whose code and label disagree may be a label typed over, or cells moved."""
    entry, label = line.entry, words.get("label", "")
    if entry is None or not fold(label) or agrees(entry, label, words):
        return
    other = entry_of_label(kind, label, "")
    stop = bool(other and other is not entry) or is_ready_giver(entry, words.get("giver", ""))
    doubts.label_changed(line.place, entry.label, label, stop=stop)


def _rates(raw: Raw) -> Iterator[Tree]:
    for piece in str(raw.value).split(";"):
        rate, times, count = (text.strip() for text in piece.partition("×"))
        if rate and count:
            yield {"rate": Raw(rate, raw.place), "count": Raw(count, raw.place)}
        elif rate or times:
            yield {"rate": Raw(piece.strip() if times else rate, raw.place)}
