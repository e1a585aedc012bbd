"""What makes a line itself: what tells it from others, its key, each once, and their order."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from generators.intake.fields import FieldReader
from generators.kinds import ReportKind
from generators.model import Line

DIMENSIONS = ("giver", "group", "occasion", "round")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def each_once(lines: list[Line], reader: FieldReader) -> list[Line]:
    """Return `lines` without repeats; what only shares a key gets its own."""
    found: dict[str, Line] = {}
    for line in lines:
        first = found.setdefault(line.key, line)
        if first is not line and _identity(first) == _identity(line):
            reader.add("line.duplicate", line.where,
                       f"Dòng «{line.label}» ở {line.where} trùng với dòng ở {first.where}.",
                       "Hãy giữ một dòng; nếu là hai kết quả khác nhau, ghi rõ nguồn tặng, "
                       "đối tượng, dịp hoặc đợt của từng dòng.")  # fmt: skip
        elif first is not line:
            twin = _rekeyed(line, _free_key(line.key, found))
            found[twin.key] = twin
    return list(found.values())


def each_part_once(parts: list[Line], reader: FieldReader) -> list[Line]:
    """Return `parts` without repeats; what only shares a key gets its own."""
    found: dict[str, Line] = {}
    for part in parts:
        first = found.setdefault(part.key, part)
        if first is not part and (first.by, _identity(first)) == (part.by, _identity(part)):
            reader.add("line.duplicate", part.where,
                       f"Phần «{part.label}» ở {part.where} trùng với phần ở {first.where}.",
                       "Hãy giữ một dòng, hoặc ghi tên khác nhau cho hai phần.")  # fmt: skip
        elif first is not part:
            key = _free_key(part.key, found)
            found[key] = _rekeyed(part, key)
    return list(found.values())


def apart(inner: tuple[Line, ...], parts: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return `inner` with keys that none of `parts` has: one label may stand in both."""
    taken = {part.key: part for part in (*parts, *inner)}
    shared = {part.key for part in parts}
    return tuple(
        _rekeyed(one, _free_key(one.key, taken)) if one.key in shared else one for one in inner
    )


def _rekeyed(line: Line, key: str) -> Line:
    """Return `line` under another key, and its parts under it."""
    parts = tuple(_rekeyed(part, key + part.key.removeprefix(line.key)) for part in line.parts)
    inner = tuple(_rekeyed(one, key + one.key.removeprefix(line.key)) for one in line.of_which)
    return replace(line, key=key, parts=parts, of_which=inner)


def _free_key(key: str, taken: Mapping[str, Line]) -> str:
    return next(f"{key}~{n}" for n in range(2, len(taken) + 3) if f"{key}~{n}" not in taken)


def _identity(line: Line) -> tuple[str, ...]:
    about = (line.giver, line.group, line.occasion, line.round)
    stem = (line.code,) if line.code else (line.section, line.label, line.unit)
    return tuple(spelling(word) for word in (*stem, *about))


def spelling(text: str) -> str:
    """Return `text` without case, spacing and the seat of its tones: hoà and Hòa are one."""
    words = unicodedata.normalize("NFD", text.casefold()).split()
    return " ".join(
        "".join(char for char in word if char not in _TONES)
        + "".join(char for char in word if char in _TONES)
        for word in words
    )


def ask_about_totals(lines: list[Line], kind: ReportKind, reader: FieldReader) -> None:
    """A row that does not say its giver, beside rows that do, may be their total."""
    for spec in kind.lines:
        same = [line for line in lines if line.code == spec.code]
        bare = [line for line in same if not any(getattr(line, d) for d in DIMENSIONS)]
        if len(same) > len(bare):
            for line in bare:
                reader.add("line.total_or_row", line.where,
                           f"Dòng «{line.label}» ở {line.where} không ghi nguồn tặng, đối tượng, "
                           "dịp hay đợt, trong khi các dòng khác cùng chỉ tiêu có ghi.",
                           "Nếu đây là tổng, hãy chuyển số sang dòng tổng cộng; nếu là một "
                           "kết quả riêng, ghi rõ nguồn tặng hoặc đối tượng.")  # fmt: skip


def rank(kind: ReportKind, line: Line) -> tuple[int, int, int]:
    """Where a line stands in the catalogue, so that the order it came in says nothing."""
    sections, codes = list(kind.section), list(kind.line)
    section = sections.index(line.section) if line.section in kind.section else len(sections)
    spec = kind.line.get(line.code)
    if spec is None:
        return section, len(codes), 0
    labels = [row.label for row in spec.rows]
    row = labels.index(line.label) if line.label in labels else len(labels)
    return section, codes.index(line.code), row
