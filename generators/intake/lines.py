"""Raw rows become lines: codes resolved, numbers read, identities checked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from functools import partial
from typing import Any

from generators.intake.fields import FieldReader, items, records
from generators.intake.hygiene import fold, slug
from generators.intake.numbers import read_number, read_rate, said_place
from generators.kinds import LineSpec, ReportKind, TotalSpec
from generators.model import Finding, Line, Measure, Quantity, Rate, Raw, RawRecord, RawTree

STATUSES = ("không phát sinh", "chưa có số liệu", "xét cuối năm")
MEASURES = ("plan", "whole", "previous", "bases")
MOVES = ("opening", "increase", "decrease", "closing", "cumulative")
DIMENSIONS = ("giver", "group", "occasion", "round")
DEPTH = 4
_BY_FOLDED = {fold(status): status for status in STATUSES}
_CHANGE = re.compile(r"(tăng|giảm)?\s*(.+)\Z", re.IGNORECASE | re.DOTALL)
_POINTS = re.compile(r"\s*điểm\s*(?:%|phần trăm)\Z", re.IGNORECASE)
_TONES = "\u0300\u0301\u0303\u0309\u0323"


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
    unique = _each_once([line for line in lines if line], reader)
    _ask_about_totals(unique, kind, reader)
    return tuple(sorted(unique, key=partial(_rank, kind)))


def _rank(kind: ReportKind, line: Line) -> tuple[int, int, int]:
    """Where a line stands in the catalogue, so that the order it came in says nothing."""
    sections, codes = list(kind.section), list(kind.line)
    section = sections.index(line.section) if line.section in kind.section else len(sections)
    spec = kind.line.get(line.code)
    if spec is None:
        return section, len(codes), 0
    labels = [row.label for row in spec.rows]
    row = labels.index(line.label) if line.label in labels else len(labels)
    return section, codes.index(line.code), row


def _each_once(lines: list[Line], reader: FieldReader) -> list[Line]:
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


def _rekeyed(line: Line, key: str) -> Line:
    """Return `line` under another key, and its parts under it."""
    parts = tuple(_rekeyed(part, key + part.key.removeprefix(line.key)) for part in line.parts)
    inner = tuple(_rekeyed(one, key + one.key.removeprefix(line.key)) for one in line.of_which)
    return replace(line, key=key, parts=parts, of_which=inner)


def _identity(line: Line) -> tuple[str, ...]:
    about = (line.giver, line.group, line.occasion, line.round)
    stem = (line.code,) if line.code else (line.section, line.label, line.unit)
    return tuple(_spelling(word) for word in (*stem, *about))


def _spelling(text: str) -> str:
    """Return `text` without case, spacing and the seat of its tones: hoà and Hòa are one."""
    words = unicodedata.normalize("NFD", text.casefold()).split()
    return " ".join(
        "".join(char for char in word if char not in _TONES)
        + "".join(char for char in word if char in _TONES)
        for word in words
    )


def _free_key(key: str, taken: Mapping[str, Line]) -> str:
    return next(f"{key}~{n}" for n in range(2, len(taken) + 3) if f"{key}~{n}" not in taken)


def _ask_about_totals(lines: list[Line], kind: ReportKind, reader: FieldReader) -> None:
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


# ---------------------------------------------------------------- one row


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
        _check_money(line, reader)
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
    known = {(name, _spelling(getattr(row, name))): getattr(row, name)
             for row in rows for name in DIMENSIONS}  # fmt: skip
    return {name: known.get((name, _spelling(word)), word) for name, word in typed.items()}


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
    _check_money(line, reader)
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


def _line(record: RawRecord, frame: _Frame, reader: FieldReader, **known: Any) -> Line:
    plain: dict[str, Any] = {
        name: reader.text(record, name) for name in ("by", "source", "supplied_by", "note")
    }
    parts = _parts(record, "parts", frame, reader)
    inner = _apart(_parts(record, "of_which", frame, reader), parts)
    moves: dict[str, Any] = {name: reader.quantity(record, name, frame.unit) for name in MOVES}
    measures: dict[str, Any] = {
        name: _measures(record, name, frame.unit, reader) for name in MEASURES
    }
    line = Line(
        key=frame.key, section=frame.section, unit=frame.unit, where=record.place,
        status=_status(record, reader), amount=reader.quantity(record, "amount", "đồng"),
        estimate=reader.truth(record, "estimate"), as_of=reader.day(record, "as_of"),
        start=reader.day(record, "from"), end=reader.day(record, "to"),
        rate=_rates(record, frame.unit, reader), months=reader.quantity(record, "months", "tháng"),
        rate_count=reader.quantity(record, "rate_count", "người"),
        parts=parts, of_which=inner,
        **moves, **measures, **plain, **known,
    )  # fmt: skip
    line = _estimated(_with_value(line, record, frame, reader))
    _check_content(line, record, reader)
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


def _with_value(line: Line, record: RawRecord, frame: _Frame, reader: FieldReader) -> Line:
    raw = record.fields.get("value")
    if not isinstance(raw, Raw) or _is_status(raw):
        return line
    typed = reader.number(raw, frame.unit)
    if typed is None:
        return line
    if typed.whole:
        line = _with_whole(line, typed.whole, frame.ratio, reader)
    return replace(line, value=typed.quantity)


def _estimated(line: Line) -> Line:
    """What is an estimate is told as one: "ước" is its hedge, and its totals inherit it."""
    if not line.estimate:
        return line
    value, amount = (q and replace(q, hedge=q.hedge or "ước") for q in (line.value, line.amount))
    return replace(line, value=value, amount=amount)


def _is_status(raw: Raw) -> bool:
    return isinstance(raw.value, str) and fold(raw.value) in _BY_FOLDED


def _with_whole(line: Line, whole: Quantity, ratio: str, reader: FieldReader) -> Line:
    """Give `line` the 5 of a typed "2/5", as its plan or its whole."""
    given: tuple[Measure, ...] = getattr(line, ratio)
    if given and given[0].value and given[0].value.value != whole.value:
        reader.add("line.two_wholes", whole.where,
                   f"{said_place(whole.where)}: số sau dấu / là {whole.value}, "
                   f"khác số {given[0].value.value} đã ghi ở {given[0].value.where}.",
                   "Hãy giữ một trong hai số, hoặc sửa cho bằng nhau.")  # fmt: skip
    if given and given[0].value:
        return line
    if whole.value == 0:
        _refuse_zero(whole, reader)
        return line
    first = replace(given[0], value=whole) if given else Measure(value=whole, where=whole.where)
    changes: dict[str, Any] = {ratio: (first, *given[1:])}
    return replace(line, **changes)


def _check_content(line: Line, record: RawRecord, reader: FieldReader) -> None:
    numbers = ("value", "amount", *MOVES)
    has_number = any(name in record.fields for name in numbers)
    if line.status and _has_number(line):
        reader.add("line.status_and_number", line.where,
                   f"Dòng «{line.label}» ở {line.where} vừa có số liệu vừa ghi «{line.status}».",
                   "Hãy giữ số liệu, hoặc giữ trạng thái và để trống số liệu.")  # fmt: skip
    refused = any(f.where.startswith(f"{line.where}/") for f in reader.findings)
    if not (has_number or refused or line.status or line.parts or line.of_which):
        reader.add("line.empty", line.where,
                   f"Dòng «{line.label}» ở {line.where} không có số liệu nào.",
                   "Hãy ghi số liệu, ghi trạng thái (ví dụ «không phát sinh»), "
                   "hoặc bỏ dòng này.")  # fmt: skip
    if line.start and line.end and line.end < line.start:
        reader.add("line.dates_reversed", line.where,
                   f"Dòng «{line.label}» ở {line.where} có ngày kết thúc "
                   f"({line.end:%d/%m/%Y}) trước ngày bắt đầu ({line.start:%d/%m/%Y}).",
                   "Hãy sửa lại ngày bắt đầu hoặc ngày kết thúc của dòng.")  # fmt: skip


def _check_money(line: Line, reader: FieldReader) -> None:
    """What is counted in đồng has no money beside its result."""
    if line.unit == "đồng" and line.amount:
        reader.add("line.amount_beside_money", line.amount.where,
                   f"{said_place(line.amount.where)}: «{line.label}» tính bằng đồng, "
                   "nên số tiền là kết quả thực hiện.",
                   "Hãy ghi số tiền ở cột Thực hiện và để trống cột Kinh phí.")  # fmt: skip
    for part in (*line.parts, *line.of_which):
        _check_money(part, reader)


def _has_number(line: Line) -> bool:
    own = (line.value, line.amount, *(getattr(line, name) for name in MOVES))
    return any(own) or any(_has_number(part) for part in (*line.parts, *line.of_which))


# ---------------------------------------------------------------- parts


def _parts(
    record: RawRecord, name: str, frame: _Frame, reader: FieldReader
) -> tuple[Line, ...]:
    if frame.depth >= DEPTH and records(record, name):
        reader.add("line.too_deep", record.place,
                   f"{said_place(record.place)}: các phần chia nhỏ quá {DEPTH} cấp.",
                   f"Hãy gộp bớt, nhiều nhất {DEPTH} cấp.")  # fmt: skip
        return ()
    parts = [_part(part, frame, reader) for part in records(record, name)]
    return tuple(_each_part_once([part for part in parts if part], reader))


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


def _each_part_once(parts: list[Line], reader: FieldReader) -> list[Line]:
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


def _apart(inner: tuple[Line, ...], parts: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return `inner` with keys that none of `parts` has: one label may stand in both."""
    taken = {part.key: part for part in (*parts, *inner)}
    shared = {part.key for part in parts}
    return tuple(
        _rekeyed(one, _free_key(one.key, taken)) if one.key in shared else one for one in inner
    )


# ---------------------------------------------------------------- measures and rates


def _measures(
    record: RawRecord, name: str, unit: str, reader: FieldReader
) -> tuple[Measure, ...]:
    found = [_measure(item, name, unit, reader) for item in items(record, name)]
    return tuple(measure for measure in found if measure)


def _measure(item: RawTree, name: str, unit: str, reader: FieldReader) -> Measure | None:
    if isinstance(item, tuple):
        return None
    if isinstance(item, Raw):
        item = RawRecord(item.place, {"value": item})
    change, change_unit = _change(item, unit, reader)
    measure = Measure(
        value=reader.quantity(item, "value", unit),
        amount=reader.quantity(item, "amount", "đồng"),
        share=reader.quantity(item, "share", "%"),
        change=change, change_unit=change_unit,
        label=reader.text(item, "label"), where=item.place,
    )  # fmt: skip
    if name in ("plan", "whole") and measure.value and measure.value.value == 0:
        _refuse_zero(measure.value, reader)
        return None
    return measure


def _refuse_zero(quantity: Quantity, reader: FieldReader) -> None:
    reader.add("plan.zero", quantity.where,
               f"{said_place(quantity.where)}: kế hoạch hoặc tổng số bằng 0, "
               "không tính được tỷ lệ.",
               "Nếu không giao kế hoạch, hãy để trống; nếu có, gõ số được giao.")  # fmt: skip


def _change(item: RawRecord, unit: str, reader: FieldReader) -> tuple[Quantity | None, str]:
    """A stated rise or fall: "tăng 5,5%", "giảm 28 người", -3; a fall is negative."""
    raw = item.fields.get("change")
    if not isinstance(raw, Raw):
        return None, ""
    text = str(raw.value) if isinstance(raw.value, str) else ""
    found = _CHANGE.match(text.strip())
    verb, rest = (found.group(1) or "", found.group(2)) if found and text else ("", raw.value)
    of = _unit_of_change(text, unit)
    typed = read_number(Raw(_POINTS.sub("", rest) if isinstance(rest, str) else rest, raw.place),
                        "%" if of == "điểm %" else of)  # fmt: skip
    if isinstance(typed, Finding):
        reader.findings.append(typed)
        return None, ""
    if typed.whole or (verb and typed.quantity.value < 0):
        reader.add("measure.unclear_change", raw.place,
                   f"{said_place(raw.place)} là «{raw.value}», không rõ tăng hay giảm bao nhiêu.",
                   "Hãy ghi một số sau chữ tăng hoặc giảm, ví dụ giảm 28 hoặc tăng 5,5%.")  # fmt: skip
        return None, ""
    sign = Decimal(-1 if verb.lower() == "giảm" else 1)
    return replace(typed.quantity, value=typed.quantity.value * sign), of


def _unit_of_change(text: str, unit: str) -> str:
    """The unit of a stated change; that of a rate is in points, as our own is."""
    if unit == "%" or _POINTS.search(text):
        return "điểm %"
    return "%" if text.rstrip().endswith(("%", "phần trăm")) else unit


def _rates(record: RawRecord, unit: str, reader: FieldReader) -> tuple[Rate, ...]:
    rates = []
    for item in items(record, "rate"):
        source = item.fields.get("rate") if isinstance(item, RawRecord) else item
        if not isinstance(source, Raw):
            continue
        read = read_rate(source)
        if isinstance(read, Finding):
            reader.findings.append(read)
            continue
        if read[0].value < 0:
            reader.refuse_negative(source)
            continue
        count = reader.quantity(item, "count", unit) if isinstance(item, RawRecord) else None
        rates.append(Rate(read[0], read[1], count))
    return tuple(rates)
