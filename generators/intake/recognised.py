"""What a row of a returned form says it is: a line of the catalogue, by code or by label."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache

from generators.folding import fold
from generators.intake.rows import DIMENSIONS, said_label, spare_label
from generators.kinds import LineSpec, ReportKind, Row, TotalSpec

Entry = LineSpec | TotalSpec
Words = Mapping[str, str]
_GIVER = re.compile(r"(?:quà )?(?:tết |27-7 )?(?:của |từ nguồn |do )?(.+)\Z", re.IGNORECASE)
_OWN_TOTALS = frozenset({"tong", "tong cong", "tong so", "cong", "tong kinh phi"})


def entry_of_code(kind: ReportKind, code: str) -> Entry | None:
    """Return the catalogue's entry that has `code`."""
    return kind.line.get(code) or kind.total.get(code)


def entry_of_label(kind: ReportKind, label: str, section: str) -> Entry | None:
    """Return the one entry that `label` names; of several that of `section`."""
    wanted = fold(label)
    entries: list[Entry] = [*kind.lines, *kind.totals]
    found = [entry for entry in entries if wanted in labels_of(entry)]
    found = found or [spec for spec in kind.lines if _names_giver(spec, label)]
    here = [entry for entry in found if entry.section == section]
    return found[0] if len(found) == 1 else here[0] if len(here) == 1 else None


def _names_giver(spec: LineSpec, label: str) -> bool:
    """Whether `label` is the line's label for one more giver: "Quà Tết của Hội Chữ thập đỏ"."""
    before, _, after = spec.giver_label.partition("{giver}")
    fits = fold(label).startswith(fold(before)) and fold(label).endswith(fold(after))
    return bool(fold(before)) and fits


def like_label(kind: ReportKind, label: str) -> str:
    """Return the catalogue's label that `label` is or is nearly; "" where none is."""
    known = {text: entry.label for entry in kind.lines for text in labels_of(entry)}
    near = get_close_matches(fold(label), list(known), 1, 0.85)
    return known[near[0]] if near else ""


@lru_cache(maxsize=4096)
def labels_of(entry: Entry) -> frozenset[str]:
    """Return the folded labels a row of `entry` may have."""
    rows: tuple[Row, ...] = entry.rows if isinstance(entry, LineSpec) else ()
    return frozenset({fold(entry.label), *(fold(row.label) for row in rows)})


def row_of_label(spec: LineSpec, label: str) -> Row | None:
    """Return the ready-made row that `label` names."""
    return next((row for row in spec.rows if fold(row.label) == fold(label)), None)


def section_of_title(kind: ReportKind, title: str) -> str:
    """Return the section that a heading names, its number before it or not."""
    bare = fold(re.sub(r"^\s*[IVXLC]+\s*[.)-]\s*", "", title))
    return next((each.id for each in kind.sections if fold(each.title) == bare), "")


def is_own_total(label: str) -> bool:
    """Whether a row that somebody added sums up others, nobody knows which."""
    return fold(label) in _OWN_TOTALS


def is_blank_label(label: str, entry: Entry | None = None) -> bool:
    """Whether a label names nothing yet: blank, or "Quà Tết của …" with the giver to come."""
    spare = spare_label(entry) if isinstance(entry, LineSpec) else ""
    return not fold(label) or bool(spare and fold(label) == fold(spare))


def dimensions_of(spec: LineSpec, label: str) -> dict[str, str]:
    """Return what the label says of giver, group, occasion and round."""
    if not spec.rows or is_blank_label(label, spec) or fold(label) == fold(spec.label):
        return {}
    if row := row_of_label(spec, label):
        return {name: word for name in DIMENSIONS if (word := getattr(row, name))}
    return {"giver": _giver_of(spec, label)}


def _giver_of(spec: LineSpec, label: str) -> str:
    before, _, after = spec.giver_label.partition("{giver}")
    if before and label.lower().startswith(before.lower()) and label.endswith(after):
        return label[len(before) : len(label) - len(after)].strip()
    return (_GIVER.match(label) or [label, label])[1].strip()


def own_label(entry: Entry, label: str, giver: str) -> str:
    """Return `label` where it says what the catalogue does not; else "" (or no name at all)."""
    if is_blank_label(label, entry) or fold(label) in labels_of(entry):
        return ""
    said = said_label(entry, giver) if isinstance(entry, LineSpec) else entry.label
    return "" if fold(label) in (fold(said), fold(giver)) else label


def agrees(entry: Entry, label: str, words: Words) -> bool:
    """Whether a row's label is one that its code, and its giver, can have."""
    giver = fold(words.get("giver", ""))
    if isinstance(entry, LineSpec) and (row := row_of_label(entry, label)):
        return giver in ("", fold(row.giver))
    if isinstance(entry, LineSpec) and entry.rows:
        return not giver or giver in fold(label) or fold(label) == fold(entry.label)
    return fold(label) == fold(entry.label)


def is_ready_giver(entry: Entry, giver: str) -> bool:
    """Whether `giver` is one that the form itself wrote beside a ready-made row."""
    rows = entry.rows if isinstance(entry, LineSpec) else ()
    return bool(giver) and fold(giver) in {fold(row.giver) for row in rows}


def is_typed(entry: Entry | None, key: str, words: Words) -> bool:
    """Whether somebody typed who gave, to whom, for what day: not so in a ready-made row."""
    if key not in DIMENSIONS:
        return False
    row = row_of_label(entry, words.get("label", "")) if isinstance(entry, LineSpec) else None
    return fold(getattr(row, key, "")) != fold(words[key])
