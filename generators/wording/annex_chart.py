"""The chart of shares of plan: a bar for each line that has one, and its words for who cannot see."""

from __future__ import annotations

from collections.abc import Iterator

from generators.annex import Bar, Chart
from generators.marks import without_marks
from generators.model import Figures, PeriodData
from generators.wording.amounts import round_share, say_share
from generators.wording.annex_cells import plan_share
from generators.wording.comparisons import plan_name
from generators.wording.parts import say_name

_SERIES = "Tỷ lệ thực hiện so với kế hoạch (%)"
_MOST = 18  # bars that a page has room for


def plan_charts(data: PeriodData, figures: Figures) -> tuple[Chart, ...]:
    """Return the charts, each as many bars as a page holds; none without shares of plan."""
    bars = tuple(_bars(data, figures))
    pages = -(-len(bars) // _MOST)
    each = -(-len(bars) // pages) if pages else 0
    return tuple(_chart(bars[at : at + each]) for at in range(0, len(bars), each or 1))


def _bars(data: PeriodData, figures: Figures) -> Iterator[Bar]:
    for line in data.lines:
        for index, plan in enumerate(line.plan):
            share = plan_share(line, index, figures)
            if share is not None:
                against = f" ({plan_name(plan.label)})" if len(line.plan) > 1 else ""
                quantity = share.quantity
                yield Bar(
                    say_name(line) + against,
                    round_share(quantity).normalize(),
                    say_share(quantity),
                )


def _chart(bars: tuple[Bar, ...]) -> Chart:
    told = "; ".join(f"{bar.label} {without_marks(bar.said)}" for bar in bars)
    return Chart(_SERIES, bars, f"Biểu đồ cột ngang, tỷ lệ thực hiện so với kế hoạch: {told}.")
