"""The annexes of a report: which there are, how they are numbered, what belongs to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generators.annex import Annex, Chart, Table
from generators.kind_annexes import FIGURES, GIFTS, PERIOD, AnnexSpec
from generators.kinds import ReportKind
from generators.model import Figures, PeriodData
from generators.roman import roman
from generators.wording.amounts import say_words
from generators.wording.annex_chart import plan_charts
from generators.wording.annex_figures import figures_table
from generators.wording.annex_gifts import gifts_table
from generators.wording.annex_totals import total_line
from generators.wording.dates import say_period
from generators.wording.joining import join_list

_WORD = "Phụ lục"
ANNEX_WORDS = {
    "phu_luc.chi_dan": "Chỉ dẫn về các phụ lục: “Phụ lục I và II kèm theo”",
    "phu_luc.cac_phu_luc": "Từng phụ lục: so (“Phụ lục I”), ten",
}
"""The names that a kind with annexes has, with their meaning for template editors."""
Content = Table | tuple[Chart, ...]


def build_annexes(
    data: PeriodData, figures: Figures, kind: ReportKind, attached: str
) -> tuple[Annex, ...]:
    """Return the annexes that have something to show; two or more are numbered I, II ….

    `attached` is the line that says what they belong to: "(Kèm theo Báo cáo số …)".
    """
    without = data.document.without_annexes
    shown = [(spec, content) for spec in kind.annexes if spec.id not in without
             and (content := _content(spec, data, figures, kind))]  # fmt: skip
    return tuple(
        Annex(
            id=spec.id, title=_title(spec, data), attached=attached, content=content,
            name=f"{_WORD} {roman(number)}" if len(shown) > 1 else _WORD,
            closing=_closing(spec, data, figures, kind), landscape=spec.landscape,
        )
        for number, (spec, content) in enumerate(shown, 1)
    )  # fmt: skip


def _title(spec: AnnexSpec, data: PeriodData) -> str:
    return spec.title.replace(PERIOD, say_period(data.period.id)).upper()


def _content(
    spec: AnnexSpec, data: PeriodData, figures: Figures, kind: ReportKind
) -> Content | None:
    if spec.shows == FIGURES:
        return figures_table(data, figures, kind, spec.totals)
    if spec.shows == GIFTS:
        return gifts_table(data, figures, kind, spec)
    return plan_charts(data, figures)


def _closing(
    spec: AnnexSpec, data: PeriodData, figures: Figures, kind: ReportKind
) -> tuple[str, ...]:
    """The money of the one total that is written out in words."""
    amount = figures.get(f"{spec.in_words}.amount")
    if not amount or not total_line(kind.total[spec.in_words], data, figures):
        return ()
    words = say_words(amount.quantity)
    return (f"(Bằng chữ: {words})",) if words else ()


# ---------------------------------------------------------------- what the body says of them


@dataclass(frozen=True)
class SaidAnnex:
    """Một phụ lục."""

    so: str
    ten: str


@dataclass(frozen=True)
class SaidAnnexes:
    """Các phụ lục kèm theo."""

    chi_dan: str
    cac_phu_luc: tuple[SaidAnnex, ...]

    def __bool__(self) -> bool:
        return bool(self.cac_phu_luc)


def say_annexes(annexes: Sequence[Annex]) -> SaidAnnexes:
    """Return what the body says of its annexes: "Phụ lục I và II kèm theo"."""
    numbers = join_list(annex.name.removeprefix(_WORD).strip() for annex in annexes)
    pointing = " ".join(filter(None, (_WORD, numbers))) if annexes else ""
    return SaidAnnexes(
        chi_dan=f"{pointing} kèm theo" if annexes else "",
        cac_phu_luc=tuple(SaidAnnex(annex.name, annex.title) for annex in annexes),
    )
