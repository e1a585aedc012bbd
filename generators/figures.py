"""Line arithmetic: every number of the report, given or computed, with its rule and parts.

Money is whole đồng, shares are exact Decimal (%), nothing is rounded here. A computed figure
exists only when everything it is made of is known: blank is never zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from generators.kinds import ReportKind, TotalSpec
from generators.model import Figure, Figures, Line, Measure, PeriodData, Quantity
from generators.spans import ratio_span, rounding_span, says
from generators.sums import (
    add_up,
    breakdowns,
    closing,
    hedge_of,
    ids_of,
    known_amount,
    known_value,
    plain,
    sum_rule,
)

WITHIN = " – "  # stands between the label of a line and that of its part
_HUNDRED = Decimal(100)
_STOCK = (
    ("opening", "đầu kỳ"), ("increase", "tăng trong kỳ"), ("decrease", "giảm trong kỳ"),
    ("closing", "cuối kỳ"), ("cumulative", "lũy kế"),
)  # fmt: skip
_AGAINST = (
    ("plan", "kế hoạch"), ("whole", "tổng số"), ("previous", "cùng kỳ"), ("bases", "mốc so sánh"),
)  # fmt: skip
_CHANGING = ("previous", "bases")


def calculate(data: PeriodData, kind: ReportKind) -> Figures:
    """Return all figures of `data` by id, in the order of its lines, then the totals."""
    book: dict[str, Figure] = {}
    totals = [line for line in data.lines if line.code in kind.total]
    for line in data.lines:
        if line.code not in kind.total:
            _enter(book, _line_figures(line))
    for spec in kind.totals:
        stated = next((line for line in totals if line.code == spec.code), None)
        rows = [line for line in data.lines if line.code in spec.of]
        _enter(book, _total_figures(spec, rows, stated))
    return book


def _enter(book: dict[str, Figure], figures: Iterable[Figure]) -> None:
    for figure in figures:
        book[figure.id] = figure


# ---------------------------------------------------------------- one line


def _line_figures(line: Line) -> Iterator[Figure]:
    for part in (*line.parts, *line.of_which):
        yield from (_within(line, figure) for figure in _line_figures(part))
    yield from _given(line)
    yield from _sums(line)
    value, amount = known_value(line), known_amount(line)
    for name, _ in _AGAINST:
        measures: tuple[Measure, ...] = getattr(line, name)
        for index, measure in enumerate(measures):
            yield from _against(line, name + _nth(index), measure, value, amount)
    yield from _shares_of_parts(line, value)
    yield from _unit_money(line, value, amount)


def _within(line: Line, figure: Figure) -> Figure:
    """The figure of a part, named after its line."""
    return replace(figure, label=f"{said_label(line)}{WITHIN}{figure.label}")


def _given(line: Line) -> Iterator[Figure]:
    label = said_label(line)
    if line.value:
        yield Figure(f"{line.key}.value", label, line.value, line.unit, "số liệu nhập",
                     where=line.value.where)  # fmt: skip
    if line.amount:
        yield Figure(f"{line.key}.amount", _money_of(label), line.amount, "đồng",
                     "số liệu nhập", where=line.amount.where)  # fmt: skip
    for name, word in _STOCK:
        quantity: Quantity | None = getattr(line, name)
        if quantity:
            yield Figure(f"{line.key}.{name}", f"{label}: {word}", quantity, line.unit,
                         "số liệu nhập", where=quantity.where)  # fmt: skip
    yield from _given_rates(line, label)
    for name, word in _AGAINST:
        measures: tuple[Measure, ...] = getattr(line, name)
        for index, measure in enumerate(measures):
            yield from _given_measure(
                f"{line.key}.{name}{_nth(index)}", f"{label}: {word}", line, measure
            )


def _given_rates(line: Line, label: str) -> Iterator[Figure]:
    for index, rate in enumerate(line.rate):
        stem = f"{line.key}.rate{_nth(index)}"
        yield Figure(stem, f"{label}: mức", rate.value, "đồng", "số liệu nhập",
                     where=rate.value.where)  # fmt: skip
        if rate.upto:
            yield Figure(f"{stem}_upto", f"{label}: mức cao nhất", rate.upto, "đồng",
                         "số liệu nhập", where=rate.upto.where)  # fmt: skip
        if rate.count:
            yield Figure(f"{stem}_units", f"{label}: số hưởng mức này", rate.count, line.unit,
                         "số liệu nhập", where=rate.count.where)  # fmt: skip
    for name, word, unit in (("months", "số tháng", "tháng"), ("rate_count", "số hưởng", "")):
        quantity: Quantity | None = getattr(line, name)
        if quantity:
            yield Figure(f"{line.key}.{name}", f"{label}: {word}", quantity, unit,
                         "số liệu nhập", where=quantity.where)  # fmt: skip


def _given_measure(stem: str, label: str, line: Line, measure: Measure) -> Iterator[Figure]:
    label = _measured(label, measure.label)
    facets = (
        ("", measure.value, "", line.unit),
        ("_amount", measure.amount, ", kinh phí", "đồng"),
        ("_share_stated", measure.share, ", tỷ lệ ghi sẵn", "%"),
        ("_change_stated", measure.change, ", mức tăng giảm ghi sẵn", measure.change_unit),
        ("_change_percent_stated", measure.change_percent, ", % tăng giảm ghi sẵn", "%"),
    )
    for suffix, quantity, word, unit in facets:
        if quantity:
            yield Figure(stem + suffix, label + word, quantity, unit, "số liệu nhập",
                         where=quantity.where)  # fmt: skip


def _measured(label: str, own: str) -> str:
    """The label of what a line is held against, with its own name: no "kế hoạch (kế hoạch …)"."""
    stem, _, word = label.rpartition(": ")
    if own.casefold().startswith(word.casefold()):
        return f"{stem}: {own}"
    return f"{label} ({own})" if own else label


def _sums(line: Line) -> Iterator[Figure]:
    """The sums of each breakdown: the line's own number where it states none."""
    moved = None if line.value else closing(line)
    if moved:
        yield Figure(f"{line.key}.value", said_label(line), moved[0], line.unit, *moved[1:])
    yield from _sums_of(line, "value", line.unit, stated=bool(line.value or moved))
    yield from _sums_of(line, "amount", "đồng", stated=bool(line.amount))


def _sums_of(line: Line, name: str, unit: str, *, stated: bool) -> Iterator[Figure]:
    label = said_label(line) if name == "value" else _money_of(said_label(line))
    for index, parts in enumerate(breakdowns(line, name)):
        total = add_up(parts, name)
        if total:
            own = f"{line.key}.parts_{name}{_nth(index)}" if stated else f"{line.key}.{name}"
            said = f"{label} (cộng các phần)" if stated else label
            yield Figure(own, said, total, unit, "tổng của các phần: " + sum_rule(parts, name),
                         ids_of(parts, name))  # fmt: skip
            stated = True


# ---------------------------------------------------------------- one line against others


def _against(
    line: Line, name: str, measure: Measure, value: Quantity | None, amount: Quantity | None
) -> Iterator[Figure]:
    facets = (
        ("", "value", value, measure.value),
        ("_amount", "amount", amount, measure.amount),
    )
    for suffix, facet, ours, theirs in facets:
        if ours is None or theirs is None:
            continue
        stem, label = f"{line.key}.{name}{suffix}", said_label(line)
        made_from = (f"{line.key}.{facet}", stem)
        unit = line.unit if facet == "value" else "đồng"
        changing = name.startswith(_CHANGING)
        against = f"so với {measure.label or _word_of(name)}"
        if changing:
            labels = (f"{label}: tăng, giảm {against}", f"{label}: % tăng, giảm {against}")
            yield from _change(stem, labels, ours, theirs, unit, made_from)
        if theirs.value > 0 and (measure.share or not changing):
            told, names = f"{label}: tỷ lệ {against}", made_from
            if facet == "value" and _is_of_cumulative(line, name, measure, ours):
                ours, names = line.cumulative or ours, (f"{line.key}.cumulative", stem)
                told = f"{label}: tỷ lệ lũy kế {against}"
            yield Figure(f"{stem}_share", told, _share(ours, theirs), "%",
                         f"{plain(ours)} / {plain(theirs)} × 100", names)  # fmt: skip


def _is_of_cumulative(line: Line, name: str, measure: Measure, ours: Quantity) -> bool:
    """Whether a stated share of the plan is that of lũy kế, and not of the period's result."""
    share, plan, gathered = measure.share, measure.value, line.cumulative
    if not (name.startswith("plan") and share and plan and gathered):
        return False
    fits = [says(share, ratio_span(number.span, plan.span),
                 ratio_span(rounding_span(number), plan.span)) for number in (ours, gathered)]  # fmt: skip
    return fits == [False, True]


def _word_of(name: str) -> str:
    return next(word for known, word in _AGAINST if name.startswith(known))


def _change(
    stem: str,
    labels: tuple[str, str],
    ours: Quantity,
    theirs: Quantity,
    unit: str,
    made_from: tuple[str, ...],
) -> Iterator[Figure]:
    """The change, from one delta: absolute (points for a rate), then in %."""
    hedge = hedge_of([ours, theirs], mixed=True)
    delta = Quantity(ours.value - theirs.value, hedge)
    points = unit == "%"
    yield Figure(f"{stem}_change", labels[0], delta,
                 "điểm %" if points else unit, f"{plain(ours)} − {plain(theirs)}", made_from)  # fmt: skip
    if theirs.value > 0 and not points:
        share = Quantity(delta.value / theirs.value * _HUNDRED, hedge)
        rule = f"({plain(ours)} − {plain(theirs)}) / {plain(theirs)} × 100"
        yield Figure(f"{stem}_change_share", labels[1], share, "%",
                     rule, made_from)  # fmt: skip


def _share(ours: Quantity, theirs: Quantity) -> Quantity:
    hedge = hedge_of([ours, theirs], mixed=True) if theirs.hedge else ours.hedge
    return Quantity(ours.value / theirs.value * _HUNDRED, hedge)


def _shares_of_parts(line: Line, value: Quantity | None) -> Iterator[Figure]:
    if value is None or value.value <= 0:
        return
    for part in (*line.parts, *line.of_which):
        own = known_value(part)
        if own and part.unit == line.unit:
            share = Figure(f"{part.key}.share", f"{said_label(part)}: tỷ trọng",
                           _share(own, value), "%", f"{plain(own)} / {plain(value)} × 100",
                           (f"{part.key}.value", f"{line.key}.value"))  # fmt: skip
            yield _within(line, share)


def _unit_money(
    line: Line, value: Quantity | None, amount: Quantity | None
) -> Iterator[Figure]:
    if value and amount and value.value > 0 and line.unit not in ("đồng", "%"):
        yield Figure(f"{line.key}.per_unit", f"{said_label(line)}: bình quân một {line.unit}",
                     Quantity(amount.value / value.value, _share(amount, value).hedge), "đồng",
                     f"{plain(amount)} / {plain(value)}",
                     (f"{line.key}.amount", f"{line.key}.value"))  # fmt: skip


# ---------------------------------------------------------------- totals over lines


def _total_figures(
    spec: TotalSpec, rows: Sequence[Line], stated: Line | None
) -> Iterator[Figure]:
    own = list(_line_figures(stated)) if stated else []
    yield from own
    given = {figure.id for figure in own}
    for name, unit in (("value", spec.unit), ("amount", "đồng")):
        total = add_up(rows, name) if unit else None
        if total:
            plain_id = f"{spec.code}.{name}"
            beside = plain_id in given
            yield Figure(
                f"{spec.code}.sum_{name}" if beside else plain_id,
                (spec.label if name == "value" else _money_of(spec.label))
                + (" (cộng các dòng)" if beside else ""),
                total,
                unit,
                "tổng của các dòng: " + sum_rule(rows, name),
                ids_of(rows, name),
            )


def _money_of(label: str) -> str:
    """The label of the money of what `label` names."""
    says_so = label.casefold().startswith(("kinh phí", "tổng kinh phí"))
    return label if says_so else f"{label}: kinh phí"


def _nth(index: int) -> str:
    return "" if index == 0 else f"_{index + 1}"


def said_label(line: Line) -> str:
    """Return the label that tells `line` from others of its indicator."""
    label = line.label.casefold()
    about = [word for word in (line.giver, line.group, line.occasion, line.round)
             if word and word.casefold() not in label]  # fmt: skip
    return f"{line.label} ({', '.join(about)})" if about else line.label
