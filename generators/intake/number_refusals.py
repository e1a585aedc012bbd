"""How a text or a cell that is no number is refused: what is wrong with it, what to type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from generators.intake.number_limits import EXACT, LONGEST, is_whole
from generators.intake.places import said_place
from generators.intake.units import DONG
from generators.model import ERROR, Finding, Quantity, Raw

STATUSES = "«không phát sinh», «chưa có số liệu» hoặc «xét cuối năm»"
TYPE_A_NUMBER = (
    "Hãy chỉ gõ số, ví dụ 249, 1.500 hoặc 51,2 triệu; nếu là số gần đúng, thêm một chữ ở "
    "trước: trên, hơn, gần, dưới, khoảng, xấp xỉ, ước (ví dụ trên 6 tỷ)."
)
TYPE_A_SHARE = (
    "Hãy chỉ gõ số, ví dụ 66,1 hoặc 107; nếu là số gần đúng, thêm một chữ ở trước: trên, hơn, "
    "gần, dưới, khoảng, xấp xỉ, ước (ví dụ dưới 1%)."
)
MEND_DATE = (
    "Nếu là một số, hãy đặt lại dạng ô là Chung (General) rồi gõ lại; "
    "nếu là phân số như 2/5, gõ dấu nháy đơn ở trước: '2/5."
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One value being read: as received, the unit it stands in, how a message shows it."""

    raw: Raw
    unit: str
    shown: str

    def refuse(self, code: str, why: str, remedy: str) -> Finding:
        """Return the finding that names the place and says why and what to do."""
        message = f"{said_place(self.raw.place)} {why}."
        return Finding(f"number.{code}", ERROR, self.raw.place, message, remedy)

    def unreadable(self) -> Finding:
        """Refuse what is outside the grammar and has no refusal of its own."""
        unit = f" Đơn vị ở đây là «{self.unit}»." if self.unit else ""
        why = f"ghi «{self.shown}», không đọc được thành số"
        remedy = TYPE_A_SHARE if self.unit == "%" else TYPE_A_NUMBER
        return self.refuse("unreadable", why, remedy + unit)

    def too_long(self) -> Finding:
        """Refuse a number that no ward's report holds."""
        return self.refuse(
            "too_long",
            f"ghi «{self.shown}», dài quá mức đọc được",
            "Hãy kiểm tra và gõ lại; số phải nhỏ hơn một tỷ tỷ và có không quá 18 chữ số.",
        )

    def quantity(
        self, value: Decimal, hedge: str = "", written: Decimal | None = None
    ) -> Quantity:
        """Return `value` as read from here, its last digit written at the place `written`."""
        even = Decimal(int(value)) if is_whole(value) else EXACT.normalize(value)
        return Quantity(even, hedge, self.raw.place, written=written)


# ---------------------------------------------------------------- what no number looks like


class _Rule(NamedTuple):
    """A text known not to be a number: what it looks like, what is wrong, how to mend it."""

    code: str
    pattern: str
    why: str
    remedy: str


KNOWN_TEXTS = (
    _Rule(
        "blank", r"", "chỉ có khoảng trống, không có số",
        "Nếu chưa có số, hãy xóa hẳn nội dung ô; nếu là không, gõ 0.",
    ),
    _Rule(
        "formula_error",
        r"#(?:ref!|n/a|div/0!|value!|name\?|null!|num!|spill!|calc!|field!)|err:[0-9]+",
        "có công thức bị lỗi «{shown}», không ra số",
        "Hãy sửa công thức trong ô, hoặc gõ thẳng con số vào ô.",
    ),
    _Rule(
        "boolean", r"true|false", "là giá trị đúng/sai «{shown}», không phải số",
        "Hãy gõ số; nếu là không, gõ 0; nếu chưa có số, để trống.",
    ),
    _Rule(
        "dash", r"[-–—\u2010\u2011_.…·*x×/\\]+|không|không có|ko|n/a",
        "ghi «{shown}», không phải số",
        f"Hãy để trống, hoặc gõ 0 nếu là không, hoặc ghi {STATUSES}.",
    ),
    _Rule(
        "date",
        r"[0-9]{1,2}([/-])[0-9]{1,2}\1[0-9]{2,4}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[ t].*)?",
        "ghi ngày «{shown}», không phải số", MEND_DATE,
    ),
)  # fmt: skip


def known_text(entry: Entry, text: str) -> Finding | None:
    """Refuse `text` where it is one of those known to be no number."""
    if len(text) > LONGEST:
        return entry.unreadable()
    for rule in KNOWN_TEXTS:
        if re.fullmatch(rule.pattern, text, re.DOTALL):
            return entry.refuse(rule.code, rule.why.format(shown=entry.shown), rule.remedy)
    return None


def refuse_percent(entry: Entry, text: str) -> Finding:
    """Refuse "40%" where the unit is not a percentage."""
    number = text.removesuffix("%").rstrip(" ")
    why = f"ghi «{entry.shown}», nhưng đơn vị ở đây là «{entry.unit}», không phải %"
    remedy = f"Nếu là {number} {entry.unit}, gõ {number}; nếu là tỷ lệ, ghi vào ô của tỷ lệ %."
    return entry.refuse("percent", why, remedy)


# ---------------------------------------------------------------- fractions, and cells of another type


def refuse_fraction(entry: Entry, value: Decimal) -> Finding:
    """Refuse a typed fraction of what only comes whole, offering its neighbours."""
    below = str(abs(value).to_integral_value(ROUND_FLOOR))
    sign = "-" if value < 0 else ""
    near = [sign + grouped(below), sign + grouped(str(int(below) + 1))]
    why = f"ghi «{entry.shown}», nhưng {_said_unit(entry.unit)} chỉ nhận số nguyên"
    remedy = f"Hãy gõ số nguyên: {' hoặc '.join(near)}"
    if entry.unit == DONG and abs(value) < 1000 and is_whole(value.scaleb(6)):
        remedy += f"; nếu là triệu đồng, gõ {_with_comma(value)} triệu"
    return entry.refuse("fraction", why, f"{remedy}.")


def refuse_cell_fraction(entry: Entry, value: Decimal) -> Finding:
    """Refuse the 1,611 that an English Excel made of 1.611 people."""
    even = EXACT.normalize(value)
    whole, _, tail = f"{even:f}".partition(".")
    unit = _said_unit(entry.unit)
    why = f"là số có phần lẻ {_with_comma(even)}, nhưng {unit} chỉ nhận số nguyên"
    if len(tail) > 3 or not 0 < int(whole) < 1000:
        return entry.refuse("fraction", why, "Hãy gõ lại số nguyên, không có phần lẻ.")
    digits = whole + tail.ljust(3, "0")
    thousands = f"{grouped(digits)} {entry.unit}".rstrip()
    return entry.refuse(
        "fraction", why, f"Nếu là {thousands}, gõ {digits}; nếu không, hãy gõ lại số nguyên."
    )


def refuse_date(entry: Entry, value: date | time | timedelta) -> Finding:
    """Refuse a day or a time of day, offering what Excel may have made it from."""
    if not isinstance(value, date):
        return entry.refuse("date", f"đang là giờ «{value}», không phải số", MEND_DATE)
    typed = dict.fromkeys([f"{value.day}/{value.month}", f"{value.month}/{value.day}"])
    quoted = [f"'{each}" for each in typed]
    said = f"{value.day:02}/{value.month:02}/{value.year}"
    clock = f" {value:%H:%M}" if isinstance(value, datetime) and value.time() != time() else ""
    return entry.refuse(
        "date",
        f"đang là ngày {said}{clock}, không phải số; Excel đổi 2/5 hoặc 2-5 thành ngày",
        f"Nếu đã gõ {' hoặc '.join(typed)}, hãy gõ lại với dấu nháy đơn ở trước: "
        f"{' hoặc '.join(quoted)}; nếu là một số, hãy đặt lại dạng ô là Chung (General) rồi "
        "gõ lại.",
    )


def grouped(digits: str) -> str:
    """Write digits with dots: "1500" is "1.500"."""
    return f"{int(digits):,}".replace(",", ".")


def _said_unit(unit: str) -> str:
    return f"đơn vị «{unit}»" if unit else "ở đây"


def _with_comma(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")
