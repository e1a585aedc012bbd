"""Typed fields out of raw records; whatever cannot be read becomes a finding in one list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from generators.intake.dates import read_date
from generators.intake.hygiene import clean_text
from generators.intake.numbers import Typed, read_number
from generators.intake.places import said_place
from generators.model import ERROR, Finding, Quantity, Raw, RawRecord, RawTree

T = TypeVar("T")

_YES = {"có": True, "true": True, "không": False, "false": False}


@dataclass
class FieldReader:
    """Reads fields of raw records and gathers what is wrong with them."""

    findings: list[Finding] = field(default_factory=list)

    def add(self, code: str, where: str, message: str, remedy: str, about: str = "") -> None:
        """Note an error of the data, `about` what is not said there."""
        self.findings.append(Finding(code, ERROR, where, message, remedy, about))

    def warn(self, code: str, where: str, message: str, remedy: str) -> None:
        """Note a doubt that does not stop the report."""
        self.findings.append(Finding(code, "warning", where, message, remedy))

    def text(self, record: RawRecord, name: str) -> str:
        """Return the field as clean text, "" where there is none."""
        raw = record.fields.get(name)
        return self.clean(raw) if isinstance(raw, Raw) else ""

    def clean(self, raw: Raw) -> str:
        """Return `raw` as clean text, "" with a finding where it cannot be."""
        return self._taken(clean_text(raw)) or ""

    def texts(self, record: RawRecord, name: str) -> tuple[str, ...]:
        """Return a list of texts without its blanks."""
        cleaned = [self.clean(raw) for raw in items(record, name) if isinstance(raw, Raw)]
        return tuple(text for text in cleaned if text)

    def day(self, record: RawRecord, name: str) -> date | None:
        """Return the field as a day."""
        raw = record.fields.get(name)
        return self._taken(read_date(raw)) if isinstance(raw, Raw) else None

    def truth(self, record: RawRecord, name: str) -> bool:
        """Return a yes or no (Có, Không, true, false); blank is no."""
        raw = record.fields.get(name)
        if not isinstance(raw, Raw):
            return False
        answer = (
            raw.value
            if isinstance(raw.value, bool)
            else _YES.get(str(raw.value).strip().lower())
        )
        if answer is None:
            self.add("text.not_yes_no", raw.place,
                     f"{said_place(raw.place)} là «{raw.value}», không phải Có hoặc Không.",
                     "Hãy chọn Có hoặc Không.")  # fmt: skip
        return bool(answer)

    def typed(self, record: RawRecord, name: str, unit: str) -> Typed | None:
        """Return the field as a typed number of `unit`, never below zero."""
        raw = record.fields.get(name)
        return self.number(raw, unit) if isinstance(raw, Raw) else None

    def quantity(self, record: RawRecord, name: str, unit: str) -> Quantity | None:
        """Return the field as one number of `unit`; a typed "2/5" is refused here."""
        raw, typed = record.fields.get(name), self.typed(record, name, unit)
        if typed and typed.whole and isinstance(raw, Raw):
            self.add("number.two_numbers", raw.place,
                     f"{said_place(raw.place)} là «{raw.value}», trong khi ô này chỉ nhận một số.",
                     "Hãy gõ một số; dạng 2/5 chỉ dùng ở ô kết quả thực hiện.")  # fmt: skip
            return None
        return typed.quantity if typed else None

    def number(self, raw: Raw, unit: str) -> Typed | None:
        """Return `raw` as a typed number of `unit`, never below zero."""
        typed = self._taken(read_number(raw, unit))
        if typed and typed.quantity.value < Decimal(0):
            self.refuse_negative(raw)
            return None
        return typed

    def refuse_negative(self, raw: Raw) -> None:
        """Note that `raw` is below zero, which no number of a report is."""
        self.add("number.negative", raw.place,
                 f"{said_place(raw.place)} là «{raw.value}», nhỏ hơn 0.",
                 "Số liệu báo cáo không âm: hãy gõ lại số đúng; "
                 "mức giảm đã có cột Cùng kỳ để phần mềm tự tính.")  # fmt: skip

    def _taken(self, result: T | Finding) -> T | None:
        if isinstance(result, Finding):
            self.findings.append(result)
            return None
        return result


def items(record: RawRecord, name: str) -> Iterable[RawTree]:
    """Return the field as a list, whether one was given or a single value."""
    raw = record.fields.get(name)
    if raw is None:
        return ()
    return raw if isinstance(raw, tuple) else (raw,)


def records(record: RawRecord, name: str) -> list[RawRecord]:
    """Return the records in a list field."""
    return [item for item in items(record, name) if isinstance(item, RawRecord)]


def record_of(record: RawRecord, name: str) -> RawRecord:
    """Return a field that is a record, an empty one where it is absent."""
    found = record.fields.get(name)
    return found if isinstance(found, RawRecord) else RawRecord(_place_of(record, name), {})


def _place_of(record: RawRecord, name: str) -> str:
    """Where a record that is missing would stand: a pointer, or the sheet it belongs to."""
    if record.place and not record.place.startswith("/"):
        return record.place
    return f"{record.place}/{name}"
