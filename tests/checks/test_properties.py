"""What must hold of any report: consistent data is never accused, and a wrong number is caught.

The oracle below knows the same rules as the checks and none of their code: it reads the JSON of
a report as a person would, and tells which equations its numbers break.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.model import ERROR, NOTE
from generators.pipeline import Source, examine
from tests.building import ROOT, Json, as_json

CONSISTENT = (
    "09-xa-dong-loc-qua-418", "11-phuong-quan-1-9-thang", "13-huyen-thanh-liem-6-thang",
    "17-tinh-hau-giang-6-thang", "19-tinh-lam-dong-nam-2020", "21-tinh-phu-tho-nha-tam",
)  # fmt: skip
Span = tuple[Fraction, Fraction]
Path_ = tuple[str | int, ...]


# ---------------------------------------------------------------- an oracle of its own


def number(value: Json) -> Span | None:
    """What a typed number may be: exact, rounded to its decimals, or what its hedge allows."""
    if value is None or isinstance(value, dict | list):
        return None
    text = str(value).strip().lower()
    for word in ("người", "đồng", "đ", "%", "tăng", "giảm"):
        text = text.replace(word, "").strip() if word in text.split() or word in "%" else text
    hedge = next((h for h in ("trên", "hơn") if text.startswith(h)), "")
    text = text.removeprefix(hedge).strip()
    scale = 1
    for word, worth in (("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 10**3)):
        if text.endswith(word):
            text, scale = text.removesuffix(word).strip(), worth
    whole, _, decimals = text.replace(".", "").partition(",")
    exact = Fraction(int(whole + decimals), 10 ** len(decimals)) * scale
    if hedge:
        digits = str(int(exact))
        return exact, exact + 10 ** (len(digits) - len(digits.rstrip("0")))
    half = Fraction(scale, 2 * 10 ** len(decimals)) if decimals or scale > 1 else Fraction(0)
    return exact - half, exact + half


def plain(share: str) -> str:
    """A share without its sign; 91,0% is written to one decimal."""
    return share.rstrip("%")


def broken(payload: Json) -> list[str]:
    """The equations that a payload's numbers break."""
    return [fault for line in payload["lines"] for fault in _broken(line)]


def _broken(line: Json) -> Iterator[str]:
    value = number(line.get("value"))
    parts = line.get("parts", [])
    for by in {part.get("by", "") for part in parts}:
        spans = [number(part.get("value")) for part in parts if part.get("by", "") == by]
        known = [span for span in spans if span]
        if value and known and len(known) == len(spans):
            total = sum(s[0] for s in known), sum(s[1] for s in known)
            if total[0] > value[1] or value[0] > total[1]:
                yield f"parts of {line}"
    for part in parts:
        yield from _broken(part)
    for inner in line.get("of_which", []):
        yield from _broken(inner)
        some = number(inner.get("value"))
        if value and some and some[0] > value[1]:
            yield f"of which of {line}"
    for name in ("plan", "whole", "previous"):
        yield from _broken_against(line, name, value)
    yield from _broken_rate(line, value)


def _broken_against(line: Json, name: str, value: Span | None) -> Iterator[str]:
    against = line.get(name)
    if isinstance(against, list) or against is None or value is None:
        return
    measure = against if isinstance(against, dict) else {"value": against}
    other = number(measure.get("value"))
    if other is None:
        return
    if name == "whole" and value[0] > other[1]:
        yield f"whole of {line}"
    if "share" in measure:
        text = plain(str(measure["share"]))
        unit = Fraction(1, 10 ** len(text.partition(",")[2]))
        share = Fraction(text.replace(",", "."))
        low, high = value[0] / other[1] * 100, value[1] / other[0] * 100
        if share + unit <= low or share - unit / 2 > high:
            yield f"{name} share of {line}"
    change = str(measure.get("change", ""))
    if change.endswith("%") and name == "previous":
        text = plain(change.removeprefix("tăng ").removeprefix("giảm "))
        unit = Fraction(1, 10 ** len(text.partition(",")[2]))
        size = Fraction(text.replace(",", "."))
        move = (value[0] / other[0] - 1) * (100 if change.startswith("tăng") else -100)
        if not size - unit / 2 <= move < size + unit:
            yield f"change of {line}"


def _broken_rate(line: Json, value: Span | None) -> Iterator[str]:
    rate, amount = number(line.get("rate")), number(line.get("amount"))
    if value and rate and amount and value[0] * rate[0] != amount[0]:
        yield f"rate of {line}"


# ---------------------------------------------------------------- one number altered


def numbers_in(value: Json, path: Path_ = ()) -> Iterator[Path_]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("value", "amount", "plan", "whole", "previous", "share", "rate", "parts",
                       "of_which", "lines", "change"):  # fmt: skip
                yield from numbers_in(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from numbers_in(inner, (*path, index))
    else:
        yield path


def altered(payload: Json, path: Path_, change: int) -> Json:
    """The payload with one number another: its last digits moved by `change`, or one more digit."""
    other = copy.deepcopy(payload)
    holder = other
    for step in path[:-1]:
        holder = holder[step]
    old = holder[path[-1]]
    holder[path[-1]] = old + change if isinstance(old, int) else _retyped(str(old), change)
    return other


def _retyped(text: str, change: int) -> str:
    """Another number written as the old one: same words, same decimals, thousands in dots."""
    start = next(i for i, char in enumerate(text) if char.isdigit())
    stop = max(i for i, char in enumerate(text) if char.isdigit()) + 1
    whole, comma, decimals = text[start:stop].replace(".", "").partition(",")
    moved = str(abs(int(whole + decimals) + change)).zfill(len(decimals) + 1)
    cut = len(moved) - len(decimals)
    dotted = f"{int(moved[:cut]):,}".replace(",", ".")
    return text[:start] + dotted + comma + moved[cut:] + text[stop:]


def case(name: str) -> Json:
    path: Path = ROOT / "fixtures" / "cases" / name / "input.json"
    return json.loads(path.read_text(encoding="utf-8"))


def accused(payload: Json) -> set[str]:
    """The ids of what is more than a note."""
    found = examine(Source(as_json(payload))).findings
    return {finding.id for finding in found if finding.severity != NOTE}


PLACES = [(name, path) for name in CONSISTENT for path in numbers_in(case(name))]


@pytest.mark.parametrize("name", CONSISTENT)
def test_the_oracle_finds_nothing_in_a_consistent_case(name: str) -> None:
    assert broken(case(name)) == []
    assert accused(case(name)) == set()


@settings(max_examples=400, deadline=None)
@given(where=st.sampled_from(PLACES), change=st.integers(1, 40))
def test_a_number_altered_is_caught_or_breaks_no_equation(
    where: tuple[str, Path_], change: int
) -> None:
    name, path = where
    other = altered(case(name), path, change)
    if broken(other):
        assert accused(other), (path, change)
    else:
        errors = [
            f.code for f in examine(Source(as_json(other))).findings if f.severity == ERROR
        ]
        assert errors == [], (path, change)


def test_most_numbers_of_a_case_with_redundancy_are_guarded() -> None:
    """Of Phú Thọ's two breakdowns every number is: no digit of it can change unseen."""
    payload = case("21-tinh-phu-tho-nha-tam")
    guarded = [path for path in numbers_in(payload) if path[1] == 0]
    unseen = [path for path in guarded if not accused(altered(payload, path, 1))]
    # the whole of 10.760 may be 10.761, of which 10.760 are still 100% when rounded
    assert unseen == [("lines", 0, "whole", "value")]


# ---------------------------------------------------------------- data made consistent


@st.composite
def consistent_lines(draw: Any) -> list[Json]:
    """Lines whose numbers agree: parts, shares, changes, movements, rates, stated totals."""
    split = draw(st.lists(st.integers(1, 400), min_size=2, max_size=5))
    value, plan = sum(split), sum(split) + draw(st.integers(0, 300))
    before = max(1, value - draw(st.integers(-value // 2, value // 2)))
    share = one_decimal(value * 100, plan)
    move = value - before
    change = f"{'tăng' if move >= 0 else 'giảm'} {abs(move)}"
    opening, up = draw(st.integers(0, 90)), draw(st.integers(0, 9))
    down = draw(st.integers(0, opening + up))
    gifts = draw(st.lists(st.integers(1, 300), min_size=2, max_size=5, unique=True))
    givers = ["quận", "phường", "xã hội hóa", "tỉnh", "thành phố"][: len(gifts)]
    rows = [
        {
            "code": "qua_le",
            "occasion": "Quốc khánh",
            "giver": giver,
            "value": count,
            "amount": count * 300_000,
            "rate": 300_000,
        }
        for giver, count in zip(givers, gifts, strict=True)
    ]
    return [
        {"code": "viec_lam", "value": value, "plan": {"value": plan, "share": share},
         "previous": {"value": before, "change": change},
         "parts": [{"label": f"hình thức {n}", "value": count} for n, count in enumerate(split, 1)]},
        {"code": "ho_can_ngheo", "opening": opening, "increase": up, "decrease": down,
         "closing": opening + up - down, "value": opening + up - down},
        *rows,
        {"code": "tong_kinh_phi", "amount": sum(gifts) * 300_000},
    ]  # fmt: skip


def one_decimal(above: int, below: int) -> str:
    """A share to one decimal, half up, as a clerk writes it."""
    tenths = (above * 20 + below) // (below * 2)
    return f"{tenths // 10},{tenths % 10}"


@settings(max_examples=150, deadline=None)
@given(lines=consistent_lines())
def test_no_check_fires_on_data_made_consistent(lines: list[Json]) -> None:
    payload = {
        "kind": "ban-tin-6-thang",
        "period": {"id": "2024S1"},
        "org_unit": {"name": "phường Phúc Lợi"},
        "lines": lines,
    }
    assert examine(Source(as_json(payload))).findings == ()
