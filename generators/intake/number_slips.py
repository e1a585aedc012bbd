"""A malformed number: what it may have meant, each reading offered and none chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generators.intake.number_grammar import DOT_DECIMAL, ENGLISH, GROUPS
from generators.intake.number_refusals import Entry, grouped
from generators.intake.typed_text import bare
from generators.model import Finding

_LARGE = 6  # digits of a number that needs no nghìn, triệu or tỷ after it


def refuse_token(entry: Entry, text: str, token: str, *, fractions: bool) -> Finding:
    """Refuse a malformed number, offering what may have been meant."""

    def typed(number: str) -> str:
        # "262.500.00 triệu" hardly meant 262.500.000 triệu: so large a number stands alone.
        large = len(bare(number.split(",")[0])) > _LARGE and text != token
        return number if large else text.replace(token, number, 1)

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


def _refuse_grouping(entry: Entry, readings: list[str]) -> Finding:
    return entry.refuse(
        "grouping",
        f"ghi «{entry.shown}», không đủ ba chữ số sau mỗi dấu chấm hay khoảng trống",
        f"Có phải {' hoặc '.join(readings)}? Hãy gõ lại đủ ba chữ số sau mỗi dấu chấm.",
    )


def _english_readings(match: re.Match[str]) -> tuple[list[str], str]:
    """Return the whole numbers and the fraction that "1,500" or "1,250.5" may mean."""
    whole, tail = match[1] or match[3], match[2]
    digits = str(int(bare(whole)))
    if tail:
        return [], _with_fraction(digits, tail)
    head, _, rest = whole.partition(",")
    return [digits, grouped(digits)], "" if "," in rest else _with_fraction(head, rest)


def _dot_readings(match: re.Match[str]) -> tuple[list[str], str]:
    """Return the whole numbers and the fraction that "1.5" or "0.125" may mean."""
    whole, tail = bare(match[1] or match[3]), match[2] or match[4]
    fraction = _with_fraction(whole, tail)
    if not int(whole):
        return [], fraction
    return [grouped(whole + tail), grouped(whole + tail.ljust(3, "0"))], fraction


def _regroupings(match: re.Match[str], *, fractions: bool) -> list[str]:
    """Return the numbers a wrongly grouped one may mean, likeliest slip first."""
    first, *others = re.split("[. ]+", match[1])
    tail = (match[2] or "") if fractions else ""
    readings = [first + "".join(_to_three(group) for group in others), bare(match[1])]
    if len(others) == 1 and not others[0].strip("0"):
        readings.append(first)
    return list(dict.fromkeys(_with_fraction(each, tail) for each in readings))


def _to_three(group: str) -> str:
    return group.ljust(3, "0") if len(group) < 3 or group[3:].strip("0") else group[:3]


def _offer(wholes: Iterable[str], fraction: str) -> str:
    """Say what to type for each thing that may have been meant."""
    options = []
    if wholes := list(dict.fromkeys(wholes)):
        options.append(f"nếu là số nguyên, gõ {' hoặc '.join(wholes)}")
    if fraction:
        options.append(f"nếu là số có phần lẻ, gõ {fraction}")
    said = "; ".join(options) or "hãy gõ số nguyên bằng chữ số, ví dụ 1500 hoặc 1.500"
    return f"{said[0].upper()}{said[1:]}."


def _with_fraction(whole: str, tail: str) -> str:
    """Write a fraction so that it reads back: never three digits after a short whole."""
    kept = tail.rstrip("0")
    if len(kept) == 3 and 0 < int(whole) < 1000:
        kept += "0"
    return f"{grouped(whole)},{kept}" if kept else grouped(whole)
