"""How a number was made: its rule in words, what it was made of, down to the cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches
from typing import Any

from generators.figures import WITHIN
from generators.folding import fold
from generators.model import Figure, Figures
from generators.origins import Correction, Origin
from generators.wording.amounts import (
    say_cell,
    say_count,
    say_dong,
    say_money,
    say_number,
    say_share,
    say_words,
)

_MOST_NEAR = 5
_SHOWN = {"đồng": Decimal(1)}  # nobody pays less than one; of other units two decimals
_FORMULA = ("/", "−", "+")


@dataclass(frozen=True)
class Explanation:
    """One number and how it came about; ``children`` are the numbers it was made of.

    ``value`` is the number with its unit; ``words`` says exact money in words, else "";
    ``rule`` continues "là …" or "tính bằng …"; ``place`` is the cell or JSON pointer.
    """

    figure: str
    label: str
    value: str
    words: str
    rule: str
    place: str
    origin: Origin
    children: tuple[Explanation, ...] = ()


def explain(figure_id: str, figures: Figures, origin: Origin) -> Explanation:
    """Return how the figure with this id was made; KeyError where there is none."""
    figure = figures[figure_id]
    children = tuple(
        explain(part, figures, origin) for part in figure.made_from if part in figures
    )
    return Explanation(
        figure.id,
        _capital(figure.label),
        say_figure(figure),
        _money_in_words(figure),
        _rule(figure, len(children), origin),
        figure.where,
        origin,
        children,
    )


def say_explanation(told: Explanation) -> str:
    """Return the explanation as lines of text, with the file at its end."""
    value = f"{told.value} ({told.words})" if told.words else told.value
    head = [told.label, value, told.rule + (":" if told.children else "")]
    source = f"Nguồn: {_file(told.origin)}, SHA-256 {told.origin.sha256}"
    return "".join(f"{line}\n" for line in (*head, *_branches(told, 1), source))


def explanations_record(told: Iterable[Explanation], origin: Origin) -> Mapping[str, Any]:
    """Return explanations as they are told outside, with the file they are all of."""
    return {
        "origin": {"name": origin.name, "sha256": origin.sha256},
        "explanations": [_record(one) for one in told],
    }


def _record(told: Explanation) -> Mapping[str, Any]:
    words = {"words": told.words} if told.words else {}
    return {
        "figure": told.figure,
        "label": told.label,
        "value": told.value,
        **words,
        "rule": told.rule,
        "where": told.place,
        **_typed_record(told),
        "made_from": [_record(child) for child in told.children],
    }


def _typed_record(told: Explanation) -> Mapping[str, Any]:
    typed = told.origin.correction_at(told.place)
    if typed is None:
        return {}
    return {"corrected": True, **({"corrected_by": typed.by} if typed.by else {})}


def say_figure(figure: Figure) -> str:
    """Return a figure's number with its unit; "≈" where decimals are left out unsaid."""
    quantity = figure.quantity
    if figure.unit == "%":
        return say_share(quantity)
    shown = quantity.value.quantize(_SHOWN.get(figure.unit, Decimal("0.01")), ROUND_HALF_UP)
    about = "" if shown == quantity.value or quantity.hedge else "≈"
    return " ".join(filter(None, (quantity.hedge, about, say_number(shown), figure.unit)))


# ---------------------------------------------------------------- which figure is meant


def find_figures(asked: str, figures: Figures) -> tuple[Figure, ...]:
    """Return the figures that `asked` names: an id, a label, or a number as it is printed."""
    if asked in figures:
        return (figures[asked],)
    wanted = fold(asked)
    for own in (False, True):
        named = tuple(
            f for f in figures.values() if wanted == fold(own_label(f) if own else f.label)
        )
        if wanted and named:
            return named
    printed = _spaced(asked)
    found = tuple(f for f in figures.values() if printed in set(_printed(f)))
    return found or _by_number_and_noun(printed, figures)


_NUMBER_AND_NOUN = re.compile(r"(?P<number>(?:[^\W\d]+ )?\d[\d.,]*%?)(?: (?P<noun>\D.*))?\Z")


def _by_number_and_noun(printed: str, figures: Figures) -> tuple[Figure, ...]:
    """The figures of a number that stands before another noun than its unit: "30 hộ cận nghèo".

    Where several have the number, those are meant whose label or unit tells the noun.
    """
    if bare := tuple(f for f in figures.values() if printed in _bare(f)):
        return bare
    told = _NUMBER_AND_NOUN.match(printed)
    if not told:
        return ()
    have = [f for f in figures.values() if told["number"] in _bare(f)]
    noun = fold(told["noun"] or "")
    named = [f for f in have if noun in f"{fold(f.label)} {fold(f.unit)}"]
    near = [f for f in have if noun.startswith(fold(f.unit))]
    return tuple(named or near)


def _bare(figure: Figure) -> tuple[str, ...]:
    """The number without its unit, as it stands in a table, and before a noun."""
    quantity = figure.quantity
    return _spaced(say_cell(quantity)), _spaced(say_count(quantity, ""))


def own_label(figure: Figure) -> str:
    """Return the label of a part without that of its line."""
    return figure.label.rpartition(WITHIN)[2]


def near_figures(asked: str, figures: Figures) -> tuple[Figure, ...]:
    """Return the figures whose id or label is nearest to `asked`, five at most."""
    names = {fold(own_label(figure)): figure for figure in figures.values()}
    names |= {fold(figure.label): figure for figure in figures.values()}
    names |= {figure.id: figure for figure in figures.values()}
    near = [
        names[name]
        for text in (asked, fold(asked))
        for name in get_close_matches(text, names, _MOST_NEAR, 0.5)
    ]
    return tuple({figure.id: figure for figure in near}.values())[:_MOST_NEAR]


def _printed(figure: Figure) -> Iterator[str]:
    """Every way a report may have printed the number."""
    quantity = figure.quantity
    yield _spaced(say_figure(figure))
    yield _spaced(say_number(quantity.value))
    yield _spaced(say_count(quantity, figure.unit))
    if figure.unit == "đồng":
        said = (say_money(quantity), say_dong(quantity), _money_in_words(figure))
        yield from (_spaced(text) for text in said if text)


def _spaced(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


# ---------------------------------------------------------------- what is said of one


def _branches(told: Explanation, depth: int) -> Iterator[str]:
    for child in told.children:
        tail = f"{child.rule}:" if child.children else _said_source(child) or child.rule
        label = _capital(child.label.removeprefix(f"{told.label}{WITHIN}"))
        yield f"{'  ' * (2 * depth - 1)}• {label} — {child.value}, {tail}"
        yield from _branches(child, depth + 1)


def _rule(figure: Figure, count: int, origin: Origin) -> str:
    if figure.where:
        if typed := origin.correction_at(figure.where):
            return _typed_rule(typed, origin)
        return f"là số liệu nhập ở {_said_place(figure.where)}, {_file(origin)}"
    if figure.rule.startswith("tổng"):
        return f"là tổng của {count} số" if count else "không có số nào để cộng"
    if not any(sign in figure.rule for sign in _FORMULA):
        return f"là {figure.rule}"
    said = say_figure(figure).removeprefix("≈ ")
    if figure.quantity.hedge:
        return f"tính bằng {figure.rule}, được {said}"
    exact = "≈" not in say_figure(figure) and say_number(figure.quantity.value) in said
    return f"tính bằng {figure.rule} {'=' if exact else '≈'} {said}"


def _typed_rule(typed: Correction, origin: Origin) -> str:
    """What is told of a number that stands in no file: who typed it, into which row and column."""
    if not typed.by:
        return f"là số sửa trên màn hình thay cho {_said_place(typed.place)}, {_file(origin)}"
    sheet, _, cell = typed.place.rpartition("!")
    column = cell.rstrip("0123456789")
    where = (
        f"dòng {cell[len(column) :]}, cột {column} trang «{sheet}»" if sheet else typed.place
    )
    return f"là số {typed.by} gõ trên màn hình ở {where}, thay cho ô này của {_file(origin)}"


def _money_in_words(figure: Figure) -> str:
    value = figure.quantity.value
    whole = figure.unit == "đồng" and value == value.to_integral_value()
    return say_words(figure.quantity) if whole else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _said_source(told: Explanation) -> str:
    typed = told.origin.correction_at(told.place)
    if typed is None:
        return _said_place(told.place)
    who = f"{typed.by} gõ trên màn hình" if typed.by else "sửa trên màn hình"
    return f"{_said_place(told.place)}, {who}"


def _said_place(where: str) -> str:
    """The place in words: ô F12 trang «Số liệu», mục /lines/3/amount."""
    sheet, _, cell = where.rpartition("!")
    if where.startswith("/"):
        return f"mục {where}"
    return f"ô {cell} trang «{sheet}»" if sheet else where


def _file(origin: Origin) -> str:
    return f"tệp {origin.name}" if origin.name else "tệp gửi lên"
