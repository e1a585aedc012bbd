"""What a line is held against, and its rates: plans, wholes, earlier numbers, changes."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from generators.intake.fields import FieldReader, items
from generators.intake.numbers import read_number
from generators.intake.places import said_place
from generators.intake.rates import read_rate
from generators.model import Finding, Line, Measure, Quantity, Rate, Raw, RawRecord, RawTree

MEASURES = ("plan", "whole", "previous", "bases")
_CHANGE = re.compile(r"(tăng|giảm)?\s*(.+)\Z", re.IGNORECASE | re.DOTALL)
_POINTS = re.compile(r"\s*điểm\s*(?:%|phần trăm)\Z", re.IGNORECASE)


def read_measures(
    record: RawRecord, name: str, unit: str, reader: FieldReader
) -> tuple[Measure, ...]:
    """Return what `record` is held against under `name`."""
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
        percent_for_points=change_unit == "điểm %" and _says_percent(item),
        label=reader.text(item, "label"), where=item.place,
    )  # fmt: skip
    if name in ("plan", "whole") and measure.value and measure.value.value == 0:
        _refuse_zero(measure.value, reader)
        return None
    return measure


def _says_percent(record: RawRecord) -> bool:
    """Whether a change of a rate is written in %, as if of the rate itself."""
    raw = record.fields.get("change")
    text = raw.value if isinstance(raw, Raw) and isinstance(raw.value, str) else ""
    return text.rstrip().endswith(("%", "phần trăm")) and not _POINTS.search(text)


def with_whole(line: Line, whole: Quantity, ratio: str, reader: FieldReader) -> Line:
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


def read_rates(record: RawRecord, unit: str, reader: FieldReader) -> tuple[Rate, ...]:
    """Return the money for one unit, with how many had it."""
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
