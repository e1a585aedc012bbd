"""Stated rises and falls as they are written: "tăng 5,5%", "gấp 3,2 lần", "không đổi"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from generators.intake.numbers import read_number
from generators.intake.places import said_place
from generators.intake.typed_text import tidy
from generators.model import ERROR, Finding, Quantity, Raw

POINTS_UNIT = "điểm %"
_BASE = re.compile(r" (?:so (?:với )?|với )?cùng kỳ(?: năm (?:trước|ngoái))?\Z")
_SAME = re.compile(
    r"(?:giữ (?:nguyên|vững|ổn định)|không (?:thay )?đổi|không tăng,? không giảm"
    r"|(?:ngang |vẫn )?bằng(?: nhau)?|vẫn (?:giữ )?nguyên)\Z"
)
_TIMES = re.compile(
    r"(?:tăng )?(?:(?:gấp|bằng) (?P<times>[0-9]+(?:,[0-9]+)?) lần"
    r"|gấp (?P<said>đôi|rưỡi|hai|ba|bốn|năm)(?: lần)?)\Z"
)
_HALF = re.compile(r"(?:giảm(?: còn)?|(?:chỉ )?(?:còn|bằng)) (?:(?:một|1) nửa|1/2)\Z")
_SAID = {"rưỡi": "1,5", "đôi": "2", "hai": "2", "ba": "3", "bốn": "4", "năm": "5"}
_SOME_TIMES = re.compile(r"(?:tăng|giảm) (?P<times>[0-9]+(?:,[0-9]+)?) lần\Z")
_LEFT = re.compile(r"(?:.* )?(?:còn|đạt|bằng|là|có)(?!\w)")
_PAIR = re.compile(r"(?P<one>[^()]+?) ?\((?P<other>[^()]+)\)\Z")
_LEAD = re.compile(r"(?:tương ứng|tương đương|tức|hay)(?: là| với)? ")
_MOVE = re.compile(r"(?P<verb>tăng|giảm)?(?:\s*thêm)?\s*(?P<size>.+?)\Z", re.DOTALL)
_POINTS = re.compile(r"\s*điểm\s*(?:%|phần trăm)\Z")
_SIGNS = {"tăng": Decimal(1), "giảm": Decimal(-1), "": Decimal(1)}
_HUNDRED = Decimal(100)
_REMEDY = (
    "Hãy ghi mức tăng, giảm, ví dụ tăng 5,5%, giảm 28, tăng 10 (3,3%), gấp 2 lần hoặc không đổi; số "
    "của kỳ trước thì ghi ở ô của kỳ trước để phần mềm tự tính."
)


@dataclass(frozen=True, slots=True)
class Change:
    """A rise, below zero a fall, in ``unit``; ``percent`` is the same in % where both are told."""

    size: Quantity
    unit: str
    percent: Quantity | None = None


def read_change(raw: Raw, unit: str) -> Change | Finding:
    """Read how much a number in `unit` rose or fell."""
    if not isinstance(raw.value, str):
        return _measured(raw, Decimal(1), POINTS_UNIT if unit == "%" else unit)
    text = _BASE.sub("", " ".join(tidy(raw.value).split()))
    if _SAME.match(text):
        return Change(
            Quantity(Decimal(0), where=raw.place), POINTS_UNIT if unit == "%" else unit
        )
    if times := _times(text):
        return _unclear(raw, _IN_POINTS) if unit == "%" else _rise(raw, *times)
    if faults := _fault(text):
        return _unclear(raw, faults)
    pair = _PAIR.match(text)
    return _pair(raw, pair, unit) if pair else _move(raw, text, unit)


# ---------------------------------------------------------------- so many times


def _times(text: str) -> tuple[Decimal, Decimal] | None:
    """How many times the earlier number it is, and the place of the last digit of that."""
    if _HALF.match(text):
        return Decimal("0.5"), Decimal("0.1")
    found = _TIMES.match(text)
    if found is None:
        return None
    number = Decimal((found["times"] or _SAID[found["said"]]).replace(",", "."))
    return number, Decimal(1).scaleb(int(number.as_tuple().exponent))


def _rise(raw: Raw, times: Decimal, place: Decimal) -> Change:
    rise = (times - 1) * _HUNDRED
    even = Decimal(int(rise)) if rise == rise.to_integral_value() else rise.normalize()
    return Change(Quantity(even, where=raw.place, written=place * _HUNDRED), "%")


# ---------------------------------------------------------------- what cannot be told


_IN_POINTS = "mức tăng, giảm của một tỷ lệ hãy ghi bằng điểm %, ví dụ giảm 0,5 điểm %"


def _fault(text: str) -> str:
    """What to write instead of words that can be read in two ways, or tell something else."""
    if found := _SOME_TIMES.match(text):
        times = found["times"]
        return f"nếu là gấp lên {times} lần thì ghi gấp {times} lần, nếu không thì ghi bằng %"
    if _LEFT.match(text):
        return ("nếu là kết quả của kỳ này thì ghi ở ô kết quả thực hiện, nếu là tỷ lệ so với kỳ "
                "trước thì ghi ở ô tỷ lệ; ở đây ghi tăng, giảm bao nhiêu, ví dụ giảm 28")  # fmt: skip
    return ""


def _unclear(raw: Raw, instead: str) -> Finding:
    return Finding(
        "measure.unclear_change", ERROR, raw.place,
        f"{said_place(raw.place)} là «{raw.value}», không rõ tăng hay giảm bao nhiêu.",
        f"{instead[0].upper()}{instead[1:]}.",
    )  # fmt: skip


_A_NUMBER = "hãy ghi một số sau chữ tăng hoặc giảm, ví dụ giảm 28 hoặc tăng 5,5%"

# ---------------------------------------------------------------- a number after its verb


def _pair(raw: Raw, pair: re.Match[str], unit: str) -> Change | Finding:
    """Read "tăng 10 người (3,3%)": one rise, told in the line's unit and in %."""
    verb = _MOVE.match(pair["one"])
    lead = verb["verb"] if verb and verb["verb"] else ""
    other = _LEAD.sub("", pair["other"])
    if lead and not other.startswith(("tăng", "giảm", "-", "+")):
        other = f"{lead} {other}"
    told = [_move(raw, text, unit) for text in (pair["one"], other)]
    for each in told:
        if isinstance(each, Finding):
            return each
    moves = {each.unit: each.size for each in told if isinstance(each, Change)}
    signs = {size.value > 0 for size in moves.values() if size.value}
    if unit == "%" or set(moves) != {unit, "%"} or len(signs) > 1:
        return _unclear(raw, _A_NUMBER)
    return Change(moves[unit], unit, moves["%"])


def _move(raw: Raw, text: str, unit: str) -> Change | Finding:
    found = _MOVE.match(text)
    verb = (found["verb"] or "") if found else ""
    size = found["size"] if found else text
    signed = size.startswith("-")
    if verb and signed and not (verb == "giảm" and raw.value != text):
        return _unclear(raw, _A_NUMBER)
    size = size.removeprefix("-") if verb and signed else size.removeprefix("+")
    of = _unit_of(size, unit)
    return _measured(Raw(_POINTS.sub("", size), raw.place), _SIGNS[verb], of, raw)


def _unit_of(size: str, unit: str) -> str:
    """The unit of a stated change; that of a rate is in points, as our own is."""
    if unit == "%" or _POINTS.search(size):
        return POINTS_UNIT
    return "%" if size.endswith(("%", "phần trăm")) else unit


def _measured(size: Raw, sign: Decimal, unit: str, told: Raw | None = None) -> Change | Finding:
    """Read the size of a change; what is refused speaks of a change, as it was `told`."""
    typed = read_number(size, "%" if unit == POINTS_UNIT else unit)
    if isinstance(typed, Finding):
        shown = told if told is not None else size
        if typed.code != "number.unreadable":
            return typed
        return replace(typed, remedy=_REMEDY, message=f"{said_place(shown.place)} ghi "
                       f"«{shown.value}», không đọc được thành mức tăng, giảm.")  # fmt: skip
    if typed.whole:
        return _unclear(told or size, _A_NUMBER)
    return Change(replace(typed.quantity, value=typed.quantity.value * sign), unit)
