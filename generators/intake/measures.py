"""What a line is held against, and its rates: plans, wholes, earlier numbers, changes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from generators.intake.changes import POINTS_UNIT, Change, read_change
from generators.intake.fields import FieldReader, items
from generators.intake.places import said_place
from generators.intake.rates import read_rate
from generators.model import Finding, Line, Measure, Quantity, Rate, Raw, RawRecord, RawTree

MEASURES = ("plan", "whole", "previous", "bases")
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
    change = _change(item, unit, reader)
    measure = Measure(
        value=reader.quantity(item, "value", unit),
        amount=reader.quantity(item, "amount", "đồng"),
        share=reader.quantity(item, "share", "%"),
        change=change.size if change else None, change_unit=change.unit if change else "",
        change_percent=change.percent if change else None,
        percent_for_points=change is not None and change.unit == POINTS_UNIT and _says_percent(item),
        label=reader.text(item, "label"), where=item.place,
    )  # fmt: skip
    if name in ("plan", "whole") and measure.value and measure.value.value == 0:
        _refuse_zero(measure.value, reader)
        return None
    return measure


def _change(item: RawRecord, unit: str, reader: FieldReader) -> Change | None:
    raw = item.fields.get("change")
    if not isinstance(raw, Raw):
        return None
    read = read_change(raw, unit)
    if isinstance(read, Finding):
        reader.findings.append(read)
        return None
    return read


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
