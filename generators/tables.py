"""Figures of one or many reports as one table: units side by side, sums where sums have sense.

A sum stands only where the catalogue says the line adds over units, no number is hedged and
every report is of the same period; how many units it is the sum of stands beside it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from generators.kinds import ReportKind
from generators.model import Figure, Figures, PeriodData

CODE, LABEL, UNIT, SUM, COUNT = "Mã", "Chỉ tiêu", "Đơn vị tính", "Cộng", "Số đơn vị có số liệu"
_ADDING = ("value", "amount")
_RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class UnitFigures:
    """The figures of one report, and whose they are."""

    data: PeriodData
    figures: Figures

    @property
    def name(self) -> str:
        """The column's head: "phường Phúc Lợi, 2020S1"."""
        return f"{self.data.org_unit.name}, {self.data.period.id}"


def figures_table(reports: Sequence[UnitFigures], kind: ReportKind) -> pd.DataFrame:
    """Return a row a figure, a column a report; numbers are exact Decimals."""
    known: dict[str, Figure] = {}
    for report in reports:
        known = {**report.figures, **known}
    frame = pd.DataFrame(
        {
            CODE: list(known),
            LABEL: [figure.label for figure in known.values()],
            UNIT: [figure.unit for figure in known.values()],
        }
    )
    for index, report in enumerate(reports):
        shown = [_shown(report.figures.get(code)) for code in known]
        frame[_column(reports, index)] = pd.Series(shown, dtype=object)
    if len(reports) > 1:
        numbers = frame.iloc[:, 3:]
        frame[SUM] = pd.Series(_sums(numbers, list(known), reports, kind), dtype=object)
        frame[COUNT] = numbers.notna().sum(axis=1)
    return frame


def _column(reports: Sequence[UnitFigures], index: int) -> str:
    name = reports[index].name
    twins = sum(report.name == name for report in reports[:index])
    return f"{name} ({twins + 1})" if twins else name


def _shown(figure: Figure | None) -> Decimal | str | None:
    if figure is None:
        return None
    quantity = figure.quantity
    return f"{quantity.hedge} {quantity.value}" if quantity.hedge else quantity.value


def _sums(
    numbers: pd.DataFrame,
    codes: Sequence[str],
    reports: Sequence[UnitFigures],
    kind: ReportKind,
) -> list[Decimal | None]:
    one_period = len({report.data.period.id for report in reports}) == 1
    return [
        _sum_of(row) if one_period and _adds(code, kind) else None
        for code, row in zip(codes, numbers.itertuples(index=False, name=None), strict=True)
    ]


def _sum_of(row: tuple[object, ...]) -> Decimal | None:
    given = [value for value in row if isinstance(value, Decimal)]
    complete = len(given) == sum(isinstance(value, Decimal | str) for value in row)
    return sum(given, Decimal(0)) if given and complete else None


def _adds(code: str, kind: ReportKind) -> bool:
    """Whether a figure adds over units: a value or money of a line that does, or its part."""
    stem, _, name = code.rpartition(".")
    line = stem.split("@")[0].split("/")[0]
    spec = kind.line.get(line)
    known = spec.over_units == "sum" if spec else line in kind.total or line in kind.section
    return name in _ADDING and known


def write_csv(frame: pd.DataFrame) -> bytes:
    """Return the table as CSV that Excel opens: UTF-8 with its mark, no cell a formula."""
    safe = frame.map(_harmless).rename(columns=lambda name: str(_harmless(name)))
    return safe.to_csv(index=False).encode("utf-8-sig")


def write_xlsx(frame: pd.DataFrame) -> bytes:
    """Return the table as a workbook; numbers beyond 15 digits stay text."""
    buffer = io.BytesIO()
    options: Mapping[str, object] = {
        "options": {"strings_to_formulas": False, "strings_to_urls": False}
    }
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs=dict(options)) as writer:
        frame.map(_number).to_excel(
            writer, sheet_name="Số liệu", index=False, freeze_panes=(1, 2)
        )
    return buffer.getvalue()


def _harmless(value: object) -> object:
    """Return text that a spreadsheet will not run as a formula."""
    if isinstance(value, str) and value.startswith(_RISKY):
        return "'" + value
    return value


def _number(value: object) -> object:
    if not isinstance(value, Decimal):
        return value
    return float(value) if len(value.as_tuple().digits) <= 15 else str(value)
