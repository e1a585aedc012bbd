"""What a number may stand for: hedged, rounded to its last digit, or cut off there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from generators.model import Figure, Figures, Quantity

Span = tuple[Decimal, Decimal]
_HUNDRED = Decimal(100)


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two numbers can be the same."""
    return one[0] <= other[1] and other[0] <= one[1]


def meet(one: Span, other: Span) -> bool:
    """Tell whether two numbers can be the same whose upper ends are not among what they may be."""
    if one[0] == one[1] or other[0] == other[1]:
        return overlap(one, other)
    return one[0] < other[1] and other[0] < one[1]


def add_spans(spans: Iterable[Span]) -> Span:
    """Return what the sum of several numbers may be."""
    known = list(spans)
    return sum((s[0] for s in known), Decimal(0)), sum((s[1] for s in known), Decimal(0))


# ---------------------------------------------------------------- one number


def hedged_span(quantity: Quantity) -> Span:
    """Return what the words allow of a number whose digits are taken as they stand."""
    return quantity.span


def rounding_span(quantity: Quantity) -> Span:
    """Return what a number given may stand for: one written to a place was rounded to it.

    A whole number without a word like triệu is exact.
    """
    if quantity.hedge or not _is_rounded(quantity):
        return quantity.span
    half = quantity.place / 2
    return quantity.value - half, quantity.value + half


def down_span(quantity: Quantity) -> Span:
    """Return what a number given may stand for where its further digits were cut off."""
    if not _is_rounded(quantity):
        return quantity.span
    return quantity.value, quantity.value + quantity.place


def cut_span(quantity: Quantity) -> Span:
    """Return the same where digits may also have been cut off instead of rounded."""
    return written_span(quantity) if _is_rounded(quantity) else quantity.span


def _is_rounded(quantity: Quantity) -> bool:
    return quantity.written is not None or quantity.place < 1


def written_span(quantity: Quantity) -> Span:
    """Return what a stated share may stand for: rounded or cut off at its last digit."""
    if quantity.value < 0:
        low, high = written_span(replace(quantity, value=-quantity.value))
        return -high, -low
    if quantity.hedge:
        return quantity.span
    return quantity.value - quantity.place / 2, quantity.value + quantity.place


# ---------------------------------------------------------------- a figure of the report


def span_of(
    figure: Figure, figures: Figures, of: Callable[[Quantity], Span] = rounding_span
) -> Span:
    """Return what the figure may be; a sum may be whatever its parts may."""
    if not figure.rule.startswith("tổng"):
        return of(figure.quantity)
    return add_spans(span_of(figures[part], figures, of) for part in figure.made_from)


def adds_up(whole: Figure, parts: Iterable[Figure], figures: Figures) -> bool:
    """Tell whether `whole` is the sum of `parts` as they are written.

    All may have been rounded, the whole alone or all of them cut off.
    """
    counted = list(parts)
    rounded, cut = (add_spans(span_of(part, figures, of) for part in counted)
                    for of in (rounding_span, down_span))  # fmt: skip
    own = span_of(whole, figures, down_span)
    return overlap(span_of(whole, figures), rounded) or meet(own, rounded) or meet(own, cut)


# ---------------------------------------------------------------- what is said of two numbers


def ratio_span(ours: Span, theirs: Span) -> Span:
    """Return what a share in % of a number above zero may be, as its two numbers may be."""
    most = ours[1] / theirs[0] * _HUNDRED if theirs[0] > 0 else Decimal("Infinity")
    return ours[0] / theirs[1] * _HUNDRED, most


def change_span(ours: Span, theirs: Span) -> Span:
    """Return what a rise (a fall below zero) may be, as its two numbers may be."""
    return ours[0] - theirs[1], ours[1] - theirs[0]


def change_share_span(ours: Span, theirs: Span) -> Span:
    """Return what a rise in % of the earlier number may be."""
    low, high = ratio_span(ours, theirs)
    return low - _HUNDRED, high - _HUNDRED


def says(stated: Quantity, exact: Span, rounded: Span) -> bool:
    """Tell whether a stated share or change is that of its two numbers.

    It may be rounded or cut off from what they come to as they stand (`exact`), or rounded
    from what they may have been before they were rounded themselves (`rounded`).
    """
    if stated.hedge:
        return overlap(stated.span, exact) or overlap(stated.span, rounded)
    if stated.value < 0:
        return says(replace(stated, value=-stated.value), *map(_negative, (exact, rounded)))
    half = stated.place / 2
    if stated.value - half <= exact[1] and exact[0] < stated.value + stated.place:
        return True
    return stated.value - half < rounded[1] and rounded[0] < stated.value + half


def _negative(span: Span) -> Span:
    return -span[1], -span[0]
