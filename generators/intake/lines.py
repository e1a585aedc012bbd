"""Raw rows become lines: codes resolved, numbers and statuses read, parts at every depth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from typing import Any

from generators.folding import fold, slug
from generators.intake.fields import FieldReader, records
from generators.intake.identity import (
    DIMENSIONS,
    apart,
    ask_about_totals,
    each_once,
    each_part_once,
    rank,
    spelling,
)
from generators.intake.line_checks import MOVES, check_content, check_money, says_nothing
from generators.intake.measures import MEASURES, read_measures, read_rates, with_whole
from generators.intake.places import said_place
from generators.kinds import LineSpec, ReportKind, TotalSpec
from generators.model import Line, Raw, RawRecord

STATUSES = ("không phát sinh", "chưa có số liệu", "xét cuối năm")
DEPTH = 4
_BY_FOLDED = {fold(status): status for status in STATUSES}


@dataclass(frozen=True)
class _Frame:
    """What a row takes from where it stands: its catalogue entry, or its parent."""

    section: str = ""
    unit: str = ""
    ratio: str = "whole"
    key: str = ""
    depth: int = 0


def read_lines(root: RawRecord, kind: ReportKind, reader: FieldReader) -> tuple[Line, ...]:
    """Return the lines of the payload, each identity once; doubts go to `reader`."""
    lines = [_top_line(record, kind, reader) for record in records(root, "lines")]
    unique = each_once([line for line in lines if line], reader)
    ask_about_totals(unique, kind, reader)
    told = [line for line in unique if not says_nothing(line)]
    return tuple(sorted(told, key=partial(rank, kind)))


# ---------------------------------------------------------------- a row of the catalogue, or a free one


def _top_line(record: RawRecord, kind: ReportKind, reader: FieldReader) -> Line | None:
    code = reader.text(record, "code")
    if not code:
        return _free_line(record, kind, reader)
    spec = kind.line.get(code) or kind.total.get(code)
    if spec is None:
        near = get_close_matches(code, [*kind.line, *kind.total], 1, 0.6)
        hint = f"Có phải ý là «{near[0]}»? " if near else ""
        reader.add("line.unknown_code", record.place,
                   f"{said_place(record.place)}: không có chỉ tiêu mang mã «{code}».",
                   f"{hint}Dòng ngoài danh mục thì bỏ mã, ghi section, label và unit.")  # fmt: skip
        return None
    return _catalogued(record, spec, reader)


def _catalogued(
    record: RawRecord, spec: LineSpec | TotalSpec, reader: FieldReader
) -> Line | None:
    about = _about(record, spec, reader)
    ratio = spec.ratio if isinstance(spec, LineSpec) else "whole"
    key = "@".join([spec.code, *(slug(word, "_") for word in about.values() if word)])
    label = reader.text(record, "label") or _label_of(spec, about)
    frame = _Frame(spec.section, spec.unit or "đồng", ratio, key)
    line = _line(record, frame, reader, code=spec.code, label=label, **about)
    if isinstance(spec, LineSpec):
        check_money(line, reader)
    elif not spec.unit and line.value:
        reader.add("line.value_of_money_total", line.value.where,
                   f"{said_place(line.value.where)}: «{spec.label}» là tổng kinh phí, "
                   "không có số lượng.",
                   "Hãy ghi số tiền ở cột Kinh phí và để trống cột Thực hiện.")  # fmt: skip
    return line


def _about(
    record: RawRecord, spec: LineSpec | TotalSpec, reader: FieldReader
) -> dict[str, str]:
    """What tells the row from others, spelled as the catalogue's own rows spell it."""
    typed = {name: reader.text(record, name) for name in DIMENSIONS}
    rows = spec.rows if isinstance(spec, LineSpec) else ()
    known = {(name, spelling(getattr(row, name))): getattr(row, name)
             for row in rows for name in DIMENSIONS}  # fmt: skip
    return {name: known.get((name, spelling(word)), word) for name, word in typed.items()}


def _label_of(spec: LineSpec | TotalSpec, about: Mapping[str, str]) -> str:
    for row in spec.rows if isinstance(spec, LineSpec) else ():
        if all(getattr(row, name) == word for name, word in about.items()):
            return row.label
    if isinstance(spec, LineSpec) and spec.giver_label and about["giver"]:
        return spec.giver_label.format(giver=about["giver"])
    return spec.label


def _free_line(record: RawRecord, kind: ReportKind, reader: FieldReader) -> Line | None:
    section = _section_of(reader.text(record, "section"), kind)
    label, unit = reader.text(record, "label"), reader.text(record, "unit")
    for name, word, found in (("section", "mục (section)", section),
                              ("label", "tên chỉ tiêu (label)", label),
                              ("unit", "đơn vị tính (unit)", unit)):  # fmt: skip
        if not found:
            _miss(record, name, word, kind, reader)
    if not (section and label and unit):
        return None
    about = {name: reader.text(record, name) for name in DIMENSIONS}
    stems = [slug(label), *(slug(word, "_") for word in about.values() if word)]
    frame = _Frame(section, unit, "whole", f"{section}/{'@'.join(stems)}")
    line = _line(record, frame, reader, code="", label=label, **about)
    check_money(line, reader)
    return line


def _miss(
    record: RawRecord, name: str, word: str, kind: ReportKind, reader: FieldReader
) -> None:
    remedy = f"Hãy ghi {word}, hoặc ghi mã chỉ tiêu (code) nếu danh mục đã có."
    if name == "section":
        remedy = f"Hãy ghi một trong các mục: {', '.join(kind.section)}."
    raw = record.fields.get(name)
    place = raw.place if isinstance(raw, Raw) else record.place
    fault = f"không có mục «{raw.value}»" if isinstance(raw, Raw) else f"thiếu {word}"
    reader.add("line.unknown_section" if isinstance(raw, Raw) else "line.incomplete", place,
               f"{said_place(place)}: dòng ngoài danh mục {fault}.", remedy)  # fmt: skip


def _section_of(text: str, kind: ReportKind) -> str:
    wanted = fold(text)
    return next((s.id for s in kind.sections if wanted in (fold(s.id), fold(s.title))), "")


# ---------------------------------------------------------------- one line, at any depth


def _line(record: RawRecord, frame: _Frame, reader: FieldReader, **known: Any) -> Line:
    plain: dict[str, Any] = {
        name: reader.text(record, name) for name in ("by", "source", "supplied_by", "note")
    }
    parts = _parts(record, "parts", frame, reader)
    inner = apart(_parts(record, "of_which", frame, reader), parts)
    moves: dict[str, Any] = {name: reader.quantity(record, name, frame.unit) for name in MOVES}
    measures: dict[str, Any] = {
        name: read_measures(record, name, frame.unit, reader) for name in MEASURES
    }
    line = Line(
        key=frame.key, section=frame.section, unit=frame.unit, where=record.place,
        status=_status(record, reader), amount=reader.quantity(record, "amount", "đồng"),
        estimate=reader.truth(record, "estimate"), as_of=reader.day(record, "as_of"),
        start=reader.day(record, "from"), end=reader.day(record, "to"),
        rate=read_rates(record, frame.unit, reader), months=reader.quantity(record, "months", "tháng"),
        rate_count=reader.quantity(record, "rate_count", "người"),
        parts=parts, of_which=inner,
        **moves, **measures, **plain, **known,
    )  # fmt: skip
    line = _estimated(_with_value(line, record, frame, reader))
    check_content(line, record, reader)
    return line


def _status(record: RawRecord, reader: FieldReader) -> str:
    """The status, from its own field or from a status word in the value's."""
    stated, value = reader.text(record, "status"), record.fields.get("value")
    if not stated and isinstance(value, Raw) and isinstance(value.value, str):
        return _BY_FOLDED.get(fold(value.value), "")
    if stated and fold(stated) not in _BY_FOLDED:
        place = getattr(record.fields["status"], "place", record.place)
        reader.add("line.unknown_status", place,
                   f"{said_place(place)}: không biết trạng thái «{stated}».",
                   f"Hãy dùng một trong: {'; '.join(STATUSES)}.")  # fmt: skip
    if isinstance(value, Raw) and _is_status(value) and fold(str(value.value)) != fold(stated):
        reader.add("line.two_statuses", value.place,
                   f"{said_place(value.place)} ghi «{value.value}», trong khi trạng thái của dòng "
                   f"là «{stated}».", "Hãy giữ một trong hai.")  # fmt: skip
    return _BY_FOLDED.get(fold(stated), "")


def _is_status(raw: Raw) -> bool:
    return isinstance(raw.value, str) and fold(raw.value) in _BY_FOLDED


def _with_value(line: Line, record: RawRecord, frame: _Frame, reader: FieldReader) -> Line:
    raw = record.fields.get("value")
    if not isinstance(raw, Raw) or _is_status(raw):
        return line
    typed = reader.number(raw, frame.unit)
    if typed is None:
        return line
    if typed.whole:
        line = with_whole(line, typed.whole, frame.ratio, reader)
    return replace(line, value=typed.quantity)


def _estimated(line: Line) -> Line:
    """What is an estimate is told as one: "ước" is its hedge, and its totals inherit it."""
    if not line.estimate:
        return line
    value, amount = (
        q and replace(q, hedge=q.hedge or "ước") for q in (line.value, line.amount)
    )
    return replace(line, value=value, amount=amount)


def _parts(
    record: RawRecord, name: str, frame: _Frame, reader: FieldReader
) -> tuple[Line, ...]:
    if frame.depth >= DEPTH and records(record, name):
        reader.add("line.too_deep", record.place,
                   f"{said_place(record.place)}: các phần chia nhỏ quá {DEPTH} cấp.",
                   f"Hãy gộp bớt, nhiều nhất {DEPTH} cấp.")  # fmt: skip
        return ()
    parts = [_part(part, frame, reader) for part in records(record, name)]
    return tuple(each_part_once([part for part in parts if part], reader))


def _part(record: RawRecord, parent: _Frame, reader: FieldReader) -> Line | None:
    label = reader.text(record, "label")
    if not label:
        reader.add("line.incomplete", record.place,
                   f"{said_place(record.place)}: phần chia nhỏ thiếu tên (label).",
                   "Hãy ghi tên của phần này.")  # fmt: skip
        return None
    by, unit = reader.text(record, "by"), reader.text(record, "unit") or parent.unit
    about = {name: reader.text(record, name) for name in DIMENSIONS}
    key = f"{parent.key}/{slug(by) + ':' if by else ''}{slug(label)}"
    frame = _Frame(parent.section, unit, parent.ratio, key, parent.depth + 1)
    return _line(record, frame, reader, code="", label=label, **about)
