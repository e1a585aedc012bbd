"""The annexes that a kind of report has, as its kind.toml declares them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

FIGURES, GIFTS, PLAN_CHART = "figures", "gifts", "plan_chart"
PERIOD = "{ky}"
SHOWS = (FIGURES, GIFTS, PLAN_CHART)


@dataclass(frozen=True)
class AnnexSpec:
    """An annex: ``shows`` the table of all figures, the gifts of ``lines``, or a chart.

    PERIOD in ``title`` is the report's period. ``totals`` are printed at the end; ``in_words``
    is the one of them, or of the report's, whose money is written out in words. ``label`` is
    what people call it who leave it out of a report.
    """

    id: str
    shows: str
    title: str
    landscape: bool = False
    lines: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    in_words: str = ""
    label: str = ""


def annex_faults(
    annexes: Collection[AnnexSpec], lines: Collection[str], totals: Collection[str]
) -> Iterator[str]:
    """Yield what is wrong in `annexes` of a kind with these codes of lines and totals."""
    ids = [spec.id for spec in annexes]
    yield from (f"phụ lục {id_} có hai lần"
                for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1}))  # fmt: skip
    for spec in annexes:
        yield from (f"phụ lục {spec.id}: {fault}" for fault in _faults(spec, lines, totals))


def _faults(spec: AnnexSpec, lines: Collection[str], totals: Collection[str]) -> Iterator[str]:
    if spec.shows not in SHOWS:
        yield f"shows «{spec.shows}» phải là {', '.join(SHOWS)}"
    if (spec.shows == GIFTS) != bool(spec.lines):
        yield f"lines ghi chỉ tiêu quà tặng, chỉ và phải có khi shows là {GIFTS}"
    if spec.shows == PLAN_CHART and (spec.totals or spec.in_words):
        yield "biểu đồ không có tổng"
    yield from (f"không có chỉ tiêu {code}" for code in spec.lines if code not in lines)
    yield from (f"không có tổng {code}" for code in (*spec.totals, spec.in_words)
                if code and code not in totals)  # fmt: skip
