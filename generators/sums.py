"""What lines come to: a line's own number, its movement or the sum of its parts.

A sum exists only when everything it is made of is known: blank is never zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from generators.model import ABOUT, HEDGES, Line, Quantity

NONE_ARISEN = "không phát sinh"
_SWAP = str.maketrans(",.", ".,")


def known_value(line: Line) -> Quantity | None:
    """Return the line's value, stated, or else what its movement or its parts come to."""
    if line.value:
        return line.value
    if moved := closing(line):
        return moved[0]
    sums = (add_up(parts, "value") for parts in breakdowns(line, "value"))
    return next((total for total in sums if total), None)


def known_amount(line: Line) -> Quantity | None:
    """Return the line's money in đồng, stated, or else what its parts come to."""
    if line.amount:
        return line.amount
    sums = (add_up(parts, "amount") for parts in breakdowns(line, "amount"))
    return next((total for total in sums if total), None)


def closing(line: Line) -> tuple[Quantity, str, tuple[str, ...]] | None:
    """The number at the period's end, from what moved in the period."""
    if line.closing:
        return line.closing, "số cuối kỳ", (f"{line.key}.closing",)
    if not (line.opening and line.increase and line.decrease):
        return None
    end = line.opening.value + line.increase.value - line.decrease.value
    names = ("opening", "increase", "decrease")
    hedge = hedge_of([line.opening, line.increase, line.decrease], mixed=True)
    return Quantity(end, hedge), "đầu kỳ + tăng − giảm", tuple(f"{line.key}.{n}" for n in names)


def breakdowns(line: Line, name: str) -> list[list[Line]]:
    """Return the line's parts whose ``name`` adds up to the line's, one list for each ``by``.

    Values add up in one unit alone; money does whatever it was paid for.
    """
    groups: dict[str, list[Line]] = defaultdict(list)
    for part in line.parts:
        groups[part.by].append(part)
    return [parts for parts in groups.values()
            if name == "amount" or all(part.unit == line.unit for part in parts)]  # fmt: skip


def add_up(lines: Sequence[Line], name: str) -> Quantity | None:
    """Return the sum over `lines`, None where one that has something is not known."""
    known = known_value if name == "value" else known_amount
    counted = [line for line in lines if line.status != NONE_ARISEN and not _is_nothing(line)]
    quantities = [known(line) for line in counted]
    found = [quantity for quantity in quantities if quantity is not None]
    if not found or len(found) < len(quantities):
        return _nothing(lines) if name == "value" and not counted else None
    total = sum((q.value for q in found), Decimal(0))
    return Quantity(total, hedge_of(found), written=_coarsest(found))


def _coarsest(quantities: Sequence[Quantity]) -> Decimal | None:
    """The place a sum is known to, where each of its numbers was written to one only."""
    places = [q.written for q in quantities if q.written is not None]
    return max(places) if len(places) == len(quantities) else None


def _is_nothing(line: Line) -> bool:
    """A line that counts nobody needs no money to be complete."""
    value = known_value(line) if line.value else None
    return value is not None and value.value == 0 and not line.amount


def _nothing(lines: Sequence[Line]) -> Quantity | None:
    return Quantity(Decimal(0)) if lines else None


def sum_rule(lines: Sequence[Line], name: str) -> str:
    """Return the sum as its rule shows it: 12 + 30."""
    known = known_value if name == "value" else known_amount
    quantities = [known(line) for line in lines]
    return " + ".join(plain(q) for q in quantities if q is not None)


def ids_of(lines: Sequence[Line], name: str) -> tuple[str, ...]:
    """Return the ids of the figures that the sum is made from."""
    known = known_value if name == "value" else known_amount
    return tuple(f"{line.key}.{name}" for line in lines if known(line))


def hedge_of(quantities: Sequence[Quantity], *, mixed: bool = False) -> str:
    """Return the hedge a sum inherits; "khoảng" where hedges pull different ways."""
    hedges = {quantity.hedge for quantity in quantities if quantity.hedge}
    if not hedges:
        return ""
    senses = {HEDGES[hedge] for hedge in hedges}
    if mixed or len(senses) > 1 or ABOUT in senses:
        return "khoảng"
    return hedges.pop() if len(hedges) == 1 else "trên"


def plain(quantity: Quantity) -> str:
    """Return the number as a rule shows it: 1.611 and 33,3, with its hedge."""
    digits = f"{quantity.value.normalize():,f}" if quantity.value else "0"
    text = digits.translate(_SWAP)
    return f"{quantity.hedge} {text}" if quantity.hedge else text
