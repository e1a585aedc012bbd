"""Units of measure: which are divisible, their magnitudes, and repeating them after a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import takewhile

from generators.intake.typed_text import tidy

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


# What reports write for a unit; none of it changes what is counted.
_HOUSES = ("nhà", "căn", "căn nhà", "ngôi nhà")
_GIFTS = ("suất", "suất quà", "phần", "phần quà")
_CHILDREN = ("trẻ em", "trẻ", "em", "cháu")
_HOUSEHOLDS = ("hộ", "hộ gia đình", "gia đình")
_HEADS = ("khẩu", "nhân khẩu")
_LABOUR = ("lao động", "người lao động")
_ALIKE: Mapping[str, tuple[str, ...]] = {
    "người": ("đối tượng", "trường hợp", "cụ", *_LABOUR, *_CHILDREN, *_HEADS),
    "lượt người": ("lượt đối tượng", "lượt trường hợp", "lượt", "người"),
    "trường hợp": ("đối tượng", "người"),
    "thẻ": ("thẻ bhyt", "thẻ bảo hiểm y tế"),
    "hồ sơ": ("bộ hồ sơ",),
    **dict.fromkeys(_HOUSES, _HOUSES),
    **dict.fromkeys(_GIFTS, _GIFTS),
    **dict.fromkeys(_CHILDREN, (*_CHILDREN, "người")),
    **dict.fromkeys(_HOUSEHOLDS, _HOUSEHOLDS),
    **dict.fromkeys(_HEADS, (*_HEADS, "người")),
    **dict.fromkeys(_LABOUR, (*_LABOUR, "người")),
}


def is_divisible(unit: str) -> bool:
    """Tell whether `unit` measures (tấn, %, triệu đồng) rather than counts (người, đồng)."""
    key = unit_key(unit)
    head = key.split("/")[0].strip()
    return (
        "%" in key or "phần trăm" in key or head in MEASURES or unit_scale(key) > 1
    )  # "kg/người" is kg, "người/năm" is người


def unit_key(unit: str) -> str:
    """Return `unit` as units are compared: one case, one spacing, m² as m2."""
    even = " ".join(tidy(unit).split())
    return even.replace("m²", "m2").replace("m³", "m3")


def unit_scale(unit: str) -> Decimal:
    """Return what one of `unit` is worth: a million for triệu đồng, else 1."""
    scale = Decimal(1)
    for word in _unit_words(unit):
        scale *= MAGNITUDES[word]
    return scale


def without_unit(text: str, unit: str) -> str:
    """Return `text` without the unit repeated at its end."""
    for suffix in sorted(_unit_suffixes(unit), key=len, reverse=True):
        if text.endswith(suffix):
            return text.removesuffix(suffix).rstrip(" ")
    return text


def _unit_words(unit: str) -> list[str]:
    """Split "nghìn tỷ đồng" into its leading magnitudes' words; "tỷ lệ" has none."""
    words = unit.replace("tr.", "tr ").split()
    leading = list(takewhile(MAGNITUDES.__contains__, words))
    return [] if words[len(leading) :][:1] == ["lệ"] else leading


def _unit_suffixes(unit: str) -> Iterable[str]:
    """Yield what may follow a number and only repeats the unit."""
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
        yield from _ALIKE.get(rest, ())
