"""One parser for typed numbers, for both doors: a cell's value or a clerk's text to Decimal.

The grammar is the regular expressions below; a text outside it is refused with the place,
the text as received and what to type instead. Where two readings are possible both are
offered and none is chosen. Negative numbers parse: whether a line may be negative is a
matter for validation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_FLOOR, Context, Decimal, Inexact
from itertools import takewhile
from typing import NamedTuple

from generators.model import ERROR, HEDGES, Finding, Quantity, Raw

DONG = "đồng"
MONEY_WORDS = (DONG, "vnđ", "vnd", "đ")
MAGNITUDES = {
    "nghìn": Decimal(10**3), "ngàn": Decimal(10**3), "triệu": Decimal(10**6),
    "tr": Decimal(10**6), "tr.": Decimal(10**6), "tỷ": Decimal(10**9), "tỉ": Decimal(10**9),
}  # fmt: skip
MEASURES = frozenset({
    "tấn", "tạ", "yến", "kg", "g", "gam", "ha", "héc-ta", "sào", "mẫu", "mm", "cm", "m", "km",
    "m2", "km2", "m3", "lít", "l", "ml", "giờ", "phút",
})  # fmt: skip
LIMIT = Decimal(10**18)
CELL_DIGITS = 15  # what Excel and most JSON readers keep of a number
TEXT_DIGITS = 18
FRACTION_DIGITS = 30
LONGEST = 200  # characters; beyond it the patterns below would cost too much time
# Wide enough for any text that passes the limits; a rounding would raise, never pass unseen.
EXACT = Context(prec=90, traps=[Inexact])

# ---------------------------------------------------------------- the grammar

PLAIN = r"[0-9]+"
DOTTED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+"
SPACED = r"[1-9][0-9]{0,2}(?: [0-9]{3})+"
WHOLE = rf"(?:{DOTTED}|{SPACED}|{PLAIN})"
MAGNITUDE = "|".join(map(re.escape, sorted(MAGNITUDES, key=len, reverse=True)))
LOOSE = r"[0-9](?:[0-9., ]*[0-9])?"  # what was meant as one number, well formed or not

NUMBER = re.compile(rf"{WHOLE}(?:,[0-9]+)?")
TWO_READINGS = re.compile(r"0*[1-9][0-9]{0,2},[0-9]{3}")
ENGLISH = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?|(0*[1-9][0-9]{0,2},[0-9]{3})")
DOT_DECIMAL = re.compile(rf"({SPACED}|{PLAIN})\.([0-9]{{1,2}})|(0+)\.([0-9]+)")
GROUPS = re.compile(r"([0-9]+(?:[. ]+[0-9]+)+)(?:,([0-9]+))?")
PART = re.compile(rf"({LOOSE}) *({MAGNITUDE})?")
SPOKEN = re.compile(rf"-?(?:{LOOSE}|(?:{LOOSE} *(?:{MAGNITUDE}) *)+)")
TAILED = re.compile(rf"-?(?:{LOOSE} *(?:{MAGNITUDE}) *)+{LOOSE}")
RATIO = re.compile(rf"({WHOLE}) */ *({WHOLE})")
RATIO_LIKE = re.compile(r"-?[0-9][^/]*/ *[0-9].*")
PERCENT_LIKE = re.compile(rf"-?{LOOSE} *%")
FROM = re.compile(r"^từ +")
RANGE = re.compile(r"(?<=[^ ]) *[-–—~] *| +(?:đến|tới)(?: +|$)")
PER_UNIT = re.compile(r"(?: */ *[^\W\d_][^/0-9]*)+$")

_HEDGES = sorted(HEDGES, key=len, reverse=True)
_INVISIBLE = dict.fromkeys(map(ord, "\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_SAME_SIGN = _INVISIBLE | _FULL_WIDTH | _SPACES | {0x2212: "-"}

STATUSES = "«không phát sinh», «chưa có số liệu» hoặc «xét cuối năm»"
TYPE_A_NUMBER = (
    "Hãy chỉ gõ số, ví dụ 249, 1.500 hoặc 51,2 triệu; nếu là số gần đúng, thêm một chữ ở "
    "trước: trên, hơn, gần, khoảng, xấp xỉ, ước (ví dụ trên 6 tỷ)."
)
MEND_DATE = (
    "Nếu là một số, hãy đặt lại dạng ô là Chung (General) rồi gõ lại; "
    "nếu là phân số như 2/5, gõ dấu nháy đơn ở trước: '2/5."
)


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


# ---------------------------------------------------------------- what callers use


@dataclass(frozen=True, slots=True)
class Typed:
    """A number as typed; ``whole`` is the 5 of "2/5", else None."""

    quantity: Quantity
    whole: Quantity | None


def read_number(raw: Raw, unit: str) -> Typed | Finding:
    """Read one number that stands in `unit`; a negative one too, for validation to judge."""
    if isinstance(raw.value, str):
        entry = _Entry(raw, _unit_key(unit), _shown(raw.value))
        return _read_text(entry, _tidy(raw.value))
    return _read_cell(raw, _unit_key(unit))


def read_rate(raw: Raw) -> tuple[Quantity, Quantity | None] | Finding:
    """Read money for one unit: one sum, or the lower and the upper end of a range."""
    if not isinstance(raw.value, str):
        return _one_sum(read_number(raw, DONG))
    entry = _Entry(raw, DONG, _shown(raw.value))
    text = _tidy(raw.value)
    known = _known_text(entry, text)
    if known is not None:
        return known
    body = FROM.sub("", text)
    ends = [PER_UNIT.sub("", end) for end in RANGE.split(body)]
    if len(ends) == 1 and body == text:
        return _one_sum(_read_text(entry, ends[0]))
    return _read_range(entry, ends)


def is_divisible(unit: str) -> bool:
    """Tell whether `unit` measures (tấn, %, triệu đồng) rather than counts (người, đồng)."""
    key = _unit_key(unit)
    head = key.split("/")[0].strip()
    return (
        "%" in key or "phần trăm" in key or head in MEASURES or _unit_scale(key) > 1
    )  # "kg/người" is kg, "người/năm" is người


def said_place(place: str) -> str:
    """Name a place at the start of a sentence: a cell, or an entry of the JSON."""
    if "!" in place and not place.startswith("/"):
        return f"Ô {place}"
    return f"Mục {place}".rstrip()


# ---------------------------------------------------------------- text and unit made even


def _tidy(text: str) -> str:
    """Make equal what looks equal; only true spaces become " ", a line break stays itself."""
    return unicodedata.normalize("NFC", text.translate(_SAME_SIGN)).strip().lower()


def _shown(text: str) -> str:
    """Return `text` as a message can quote it: one line, nothing unprintable, not too long."""
    line = " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())
    safe = "".join(char if char.isprintable() else "�" for char in line)
    return safe if len(safe) <= 60 else f"{safe[:59]}…"


def _unit_key(unit: str) -> str:
    even = " ".join(_tidy(unit).split())
    return even.replace("m²", "m2").replace("m³", "m3")


def _unit_words(unit: str) -> list[str]:
    """Split "nghìn tỷ đồng" into its leading magnitudes' words; "tỷ lệ" has none."""
    words = unit.replace("tr.", "tr ").split()
    leading = list(takewhile(MAGNITUDES.__contains__, words))
    return [] if words[len(leading) :][:1] == ["lệ"] else leading


def _unit_scale(unit: str) -> Decimal:
    scale = Decimal(1)
    for word in _unit_words(unit):
        scale *= MAGNITUDES[word]
    return scale


def _unit_suffixes(unit: str) -> Iterable[str]:
    """Yield what may follow a number and only repeats the unit, longest first."""
    leading = _unit_words(unit)
    rest = " ".join(unit.replace("tr.", "tr ").split()[len(leading) :]) if leading else unit
    if rest.split("/")[0] in MONEY_WORDS:
        yield from (rest, *MONEY_WORDS)
    elif "%" in rest and "điểm" not in rest:
        yield from ("phần trăm", "%")
    elif "điểm" in rest:
        yield from (rest, rest.replace("%", "phần trăm"), rest.replace("phần trăm", "%"))
    elif rest and rest[0].isalpha():  # "1.000 đồng" as a unit must not eat digits
        yield from (rest, rest.replace("m2", "m²").replace("m3", "m³"))


def _without_unit(text: str, unit: str) -> str:
    for suffix in _unit_suffixes(unit):
        if text.endswith(suffix):
            return text.removesuffix(suffix).rstrip(" ")
    return text


# ---------------------------------------------------------------- refusals


@dataclass(frozen=True, slots=True)
class _Entry:
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
        return self.refuse("unreadable", why, TYPE_A_NUMBER + unit)

    def too_long(self) -> Finding:
        """Refuse a number that no ward's report holds."""
        return self.refuse(
            "too_long",
            f"ghi «{self.shown}», dài quá mức đọc được",
            "Hãy kiểm tra và gõ lại; số phải nhỏ hơn một tỷ tỷ và có không quá 18 chữ số.",
        )

    def quantity(self, value: Decimal, hedge: str = "") -> Quantity:
        """Return `value` as read from here."""
        even = Decimal(int(value)) if _is_whole(value) else EXACT.normalize(value)
        return Quantity(even, hedge, self.raw.place)


def _known_text(entry: _Entry, text: str) -> Finding | None:
    if len(text) > LONGEST:
        return entry.unreadable()
    for rule in KNOWN_TEXTS:
        if re.fullmatch(rule.pattern, text, re.DOTALL):
            return entry.refuse(rule.code, rule.why.format(shown=entry.shown), rule.remedy)
    return None


def _grouped(digits: str) -> str:
    """Write digits with dots: "1500" is "1.500"."""
    return f"{int(digits):,}".replace(",", ".")


def _with_fraction(whole: str, tail: str) -> str:
    """Write a fraction so that it reads back: never three digits after a short whole."""
    kept = tail.rstrip("0")
    if len(kept) == 3 and 0 < int(whole) < 1000:
        kept += "0"
    return f"{_grouped(whole)},{kept}" if kept else _grouped(whole)


def _bare(text: str) -> str:
    return re.sub("[., ]", "", text)


def _offer(wholes: Iterable[str], fraction: str) -> str:
    """Say what to type for each thing that may have been meant."""
    options = []
    if wholes := list(dict.fromkeys(wholes)):
        options.append(f"nếu là số nguyên, gõ {' hoặc '.join(wholes)}")
    if fraction:
        options.append(f"nếu là số có phần lẻ, gõ {fraction}")
    said = "; ".join(options) or "hãy gõ số nguyên bằng chữ số, ví dụ 1500 hoặc 1.500"
    return f"{said[0].upper()}{said[1:]}."


# ---------------------------------------------------------------- text


def _read_text(entry: _Entry, text: str) -> Typed | Finding:
    known = _known_text(entry, text)
    if known is not None:
        return known
    hedge, rest = _split_hedge(text)
    rest = _without_unit(rest, entry.unit)
    if PERCENT_LIKE.fullmatch(rest):
        return _refuse_percent(entry, rest)
    if RATIO_LIKE.fullmatch(rest):
        return _read_ratio(entry, hedge, rest)
    value = _read_words(entry, rest)
    return value if isinstance(value, Finding) else _accept(entry, value, hedge)


def _split_hedge(text: str) -> tuple[str, str]:
    for hedge in _HEDGES:
        if text.startswith(hedge):
            return hedge, text.removeprefix(hedge).lstrip(" ")
    return "", text


def _refuse_percent(entry: _Entry, text: str) -> Finding:
    number = text.removesuffix("%").rstrip(" ")
    why = f"ghi «{entry.shown}», nhưng đơn vị ở đây là «{entry.unit}», không phải %"
    remedy = f"Nếu là {number} {entry.unit}, gõ {number}; nếu là tỷ lệ, ghi vào ô của tỷ lệ %."
    return entry.refuse("percent", why, remedy)


def _read_ratio(entry: _Entry, hedge: str, text: str) -> Typed | Finding:
    """Read "2/5", two of five; of a measure it might be two fifths, so there it is refused."""
    if is_divisible(entry.unit):
        why = f"ghi «{entry.shown}», nhưng đơn vị «{entry.unit}» không ghi theo dạng này"
        return entry.refuse("ratio", why, "Hãy gõ một số, ví dụ 40 hoặc 2,5.")
    match = RATIO.fullmatch(text)
    if match is None or hedge:
        return entry.refuse(
            "ratio",
            f"ghi «{entry.shown}», không rõ là bao nhiêu trên bao nhiêu",
            "Hãy gõ hai số nguyên, không kèm chữ khác, ví dụ 2/5; hoặc chỉ gõ một số.",
        )
    value, whole = (Decimal(_bare(group)) for group in match.groups())
    if max(value, whole) >= LIMIT:
        return entry.too_long()
    return Typed(entry.quantity(value), entry.quantity(whole))


def _read_words(entry: _Entry, text: str) -> Decimal | Finding:
    """Read "262.500.000", "4,5 triệu" or "1 tỷ 262 triệu 500 nghìn"."""
    if TAILED.fullmatch(text):
        return entry.refuse(
            "tail",
            f"ghi «{entry.shown}», số cuối không rõ là triệu, nghìn hay đơn vị",
            "Hãy ghi rõ sau mỗi số, ví dụ 1 tỷ 500 triệu, hoặc gõ cả số, ví dụ 1.500.000.000.",
        )
    if not SPOKEN.fullmatch(text):
        return entry.unreadable()
    parts: list[tuple[Decimal, str]] = []
    for token, word in PART.findall(text):
        number = _read_token(entry, text, token, word)
        if isinstance(number, Finding):
            return number
        parts.append((number, word))
    total = _add_up(entry, parts)
    return -total if isinstance(total, Decimal) and text.startswith("-") else total


def _read_token(entry: _Entry, text: str, token: str, word: str) -> Decimal | Finding:
    """Read one run of digits; before nghìn, triệu, tỷ a comma is always decimal."""
    if (
        len(_bare(token).lstrip("0")) > TEXT_DIGITS
        or len(token.rpartition(",")[2]) > FRACTION_DIGITS
    ):
        return entry.too_long()
    if NUMBER.fullmatch(token) and (word or not TWO_READINGS.fullmatch(token)):
        return Decimal(re.sub("[. ]", "", token).replace(",", "."))
    return _refuse_token(entry, text, token, fractions=bool(word) or is_divisible(entry.unit))


def _refuse_token(entry: _Entry, text: str, token: str, *, fractions: bool) -> Finding:
    """Refuse a malformed number, offering what may have been meant."""

    def typed(number: str) -> str:
        return text.replace(token, number, 1)

    if match := ENGLISH.fullmatch(token):
        wholes, fraction = _english_readings(match)
        why, code = "dấu phẩy", "ambiguous_comma"
    elif match := DOT_DECIMAL.fullmatch(token):
        wholes, fraction = _dot_readings(match)
        why, code = "dấu chấm", "dot_decimal"
    elif match := GROUPS.fullmatch(token):
        return _refuse_grouping(
            entry, [typed(each) for each in _regroupings(match, fractions=fractions)]
        )
    else:
        return entry.unreadable()
    offer = _offer(map(typed, wholes), typed(fraction) if fraction and fractions else "")
    why = f"ghi «{entry.shown}», không rõ {why} ngăn hàng nghìn hay đứng trước phần lẻ"
    return entry.refuse(code, why, offer)


def _refuse_grouping(entry: _Entry, readings: list[str]) -> Finding:
    return entry.refuse(
        "grouping",
        f"ghi «{entry.shown}», không đủ ba chữ số sau mỗi dấu chấm hay khoảng trống",
        f"Có phải {' hoặc '.join(readings)}? Hãy gõ lại đủ ba chữ số sau mỗi dấu chấm.",
    )


def _english_readings(match: re.Match[str]) -> tuple[list[str], str]:
    """Return the whole numbers and the fraction that "1,500" or "1,250.5" may mean."""
    whole, tail = match[1] or match[3], match[2]
    digits = str(int(_bare(whole)))
    if tail:
        return [], _with_fraction(digits, tail)
    head, _, rest = whole.partition(",")
    return [digits, _grouped(digits)], "" if "," in rest else _with_fraction(head, rest)


def _dot_readings(match: re.Match[str]) -> tuple[list[str], str]:
    """Return the whole numbers and the fraction that "1.5" or "0.125" may mean."""
    whole, tail = _bare(match[1] or match[3]), match[2] or match[4]
    fraction = _with_fraction(whole, tail)
    if not int(whole):
        return [], fraction
    return [_grouped(whole + tail), _grouped(whole + tail.ljust(3, "0"))], fraction


def _regroupings(match: re.Match[str], *, fractions: bool) -> list[str]:
    """Return the numbers a wrongly grouped one may mean, likeliest slip first."""
    first, *others = re.split("[. ]+", match[1])
    tail = (match[2] or "") if fractions else ""
    readings = [first + "".join(_to_three(group) for group in others), _bare(match[1])]
    if len(others) == 1 and not others[0].strip("0"):
        readings.append(first)
    return list(dict.fromkeys(_with_fraction(each, tail) for each in readings))


def _to_three(group: str) -> str:
    return group.ljust(3, "0") if len(group) < 3 or group[3:].strip("0") else group[:3]


def _add_up(entry: _Entry, parts: list[tuple[Decimal, str]]) -> Decimal | Finding:
    """Add parts that fall: each smaller than one of the magnitude before it."""
    total, room = Decimal(0), LIMIT * LIMIT
    for number, word in parts:
        scale = MAGNITUDES.get(word, Decimal(1))
        amount = EXACT.multiply(number, scale)
        if max(amount, scale) >= room:
            return entry.refuse(
                "magnitude",
                f"ghi «{entry.shown}», các phần tỷ, triệu, nghìn không nối nhau từ lớn đến nhỏ",
                "Hãy gõ theo thứ tự, ví dụ 1 tỷ 262 triệu 500 nghìn, hoặc gõ cả số, ví dụ "
                "1.262.500.000.",
            )
        total = EXACT.add(total, amount)
        room = scale if _is_whole(number) else Decimal(0)
    return EXACT.divide(total, _unit_scale(entry.unit)) if parts[0][1] else total


def _accept(entry: _Entry, value: Decimal, hedge: str) -> Typed | Finding:
    if abs(value) >= LIMIT:
        return entry.too_long()
    if _is_whole(value) or is_divisible(entry.unit):
        return Typed(entry.quantity(value, hedge), None)
    below = str(abs(value).to_integral_value(ROUND_FLOOR))
    sign = "-" if value < 0 else ""
    near = [sign + _grouped(below), sign + _grouped(str(int(below) + 1))]
    why = f"ghi «{entry.shown}», nhưng {_said_unit(entry.unit)} chỉ nhận số nguyên"
    remedy = f"Hãy gõ số nguyên: {' hoặc '.join(near)}"
    if entry.unit == DONG and abs(value) < 1000 and _is_whole(value.scaleb(6)):
        remedy += f"; nếu là triệu đồng, gõ {_with_comma(value)} triệu"
    return entry.refuse("fraction", why, f"{remedy}.")


def _said_unit(unit: str) -> str:
    return f"đơn vị «{unit}»" if unit else "ở đây"


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def _with_comma(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


# ---------------------------------------------------------------- cells that are not text


def _read_cell(raw: Raw, unit: str) -> Typed | Finding:
    """Read a value that already has a type: only numbers are numbers."""
    value = raw.value
    if isinstance(value, bool):
        return _read_text(_Entry(raw, unit, str(value).upper()), str(value).lower())
    if isinstance(value, date | time | timedelta):
        return _refuse_date(_Entry(raw, unit, ""), value)
    if isinstance(value, float):
        value = Decimal(repr(value))
    if not isinstance(value, int | Decimal):
        return _Entry(raw, unit, "giá trị không phải số hay chữ").unreadable()
    number = Decimal(value)
    entry = _Entry(raw, unit, _shown(str(number).replace(".", ",")))
    return _read_numeric(entry, number) if number.is_finite() else entry.unreadable()


def _refuse_date(entry: _Entry, value: date | time | timedelta) -> Finding:
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


def _read_numeric(entry: _Entry, value: Decimal) -> Typed | Finding:
    """Take a numeric cell; a whole part past 15 digits has already lost some of them."""
    if not value:
        return Typed(entry.quantity(Decimal(0)), None)
    if value.adjusted() >= CELL_DIGITS or int(value.as_tuple().exponent) < -FRACTION_DIGITS:
        return entry.refuse(
            "too_long",
            f"có số {entry.shown}, quá dài để giữ đúng từng chữ số",
            "Hãy kiểm tra lại; nếu đúng là số có hơn 15 chữ số, hãy gõ dưới dạng chữ (trong "
            "Excel: gõ dấu nháy đơn ở trước).",
        )
    if _is_whole(value) or is_divisible(entry.unit):
        return Typed(entry.quantity(value), None)
    return _refuse_cell_fraction(entry, value)


def _refuse_cell_fraction(entry: _Entry, value: Decimal) -> Finding:
    """Refuse the 1,611 that an English Excel made of 1.611 people."""
    even = EXACT.normalize(value)
    whole, _, tail = f"{even:f}".partition(".")
    unit = _said_unit(entry.unit)
    why = f"là số có phần lẻ {_with_comma(even)}, nhưng {unit} chỉ nhận số nguyên"
    if len(tail) > 3 or not 0 < int(whole) < 1000:
        return entry.refuse("fraction", why, "Hãy gõ lại số nguyên, không có phần lẻ.")
    digits = whole + tail.ljust(3, "0")
    thousands = f"{_grouped(digits)} {entry.unit}".rstrip()
    return entry.refuse(
        "fraction", why, f"Nếu là {thousands}, gõ {digits}; nếu không, hãy gõ lại số nguyên."
    )


# ---------------------------------------------------------------- rates


def _one_sum(typed: Typed | Finding) -> tuple[Quantity, None] | Finding:
    if isinstance(typed, Finding):
        return typed
    if typed.whole is None:
        return typed.quantity, None
    where, number = typed.quantity.where, f"{typed.quantity.value}/{typed.whole.value}"
    return Finding(
        "number.ratio",
        ERROR,
        where,
        f"{said_place(where)} ghi «{number}», không phải một mức tiền.",
        "Hãy gõ một số tiền, ví dụ 500.000, hoặc một khoảng, ví dụ 500.000 - 1.500.000.",
    )


def _read_range(entry: _Entry, ends: list[str]) -> tuple[Quantity, Quantity | None] | Finding:
    read = [_one_sum(_read_text(entry, end)) for end in ends if end]
    for each in read:
        if isinstance(each, Finding):
            return each
    sums = [each[0] for each in read if not isinstance(each, Finding)]
    if len(sums) != 2 or len(ends) != 2 or not _is_range(sums, ends):
        return entry.refuse(
            "range",
            f"ghi «{entry.shown}», không rõ mức thấp và mức cao",
            "Hãy gõ đủ hai số, mức thấp trước, mỗi số ghi rõ nghìn hay triệu, không kèm chữ "
            "«trên», «khoảng»: ví dụ 500.000 - 1.500.000 hoặc 1 triệu - 1,5 triệu.",
        )
    return sums[0], sums[1]


def _is_range(sums: list[Quantity], ends: list[str]) -> bool:
    """Tell whether two ends make a range; in "1 - 1,5 triệu" the first has lost its word."""
    low, high = sums
    spoken = [any(word for _, word in PART.findall(end)) for end in ends]
    half_said = spoken == [False, True] and low.value < 1000
    return not (low.hedge or high.hedge or half_said) and low.value < high.value
