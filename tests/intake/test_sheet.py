"""A sheet's cells as raw values: exact, in NFC, each with its address."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from generators.intake.facts import SheetFacts
from generators.intake.sheet import Sheet, column_name, grown, plain_number, put
from generators.model import Finding, Raw, RawRecord

PLACE = "Số liệu!A1"
MAY = datetime(2026, 5, 2)  # noqa: DTZ001 - cells know no zones


def value(cell: Any, **facts: Any) -> object:
    return Sheet("Số liệu", [[cell]], SheetFacts(**facts)).value(1, 1)


@pytest.mark.parametrize(("cell", "said"), [
    (249.0, 249), (0.1 + 0.2, Decimal("0.3")), (1.611, Decimal("1.611")), (0.0, 0), (True, True),
    ("Hộ nghe\u0300o", "Hộ nghèo"), (MAY, MAY.date()), (1e20, Decimal(10**20)),
    (float("inf"), "inf"),
])  # fmt: skip
def test_a_cell_is_what_it_shows(cell: Any, said: object) -> None:
    found = value(cell)
    assert isinstance(found, Raw)
    assert (found, type(found.value)) == (Raw(said, PLACE), type(said))


@pytest.mark.parametrize("cell", ["", "  ", "\u00a0"])
def test_blank_cells_are_nothing(cell: str) -> None:
    assert value(cell) is None


@pytest.mark.parametrize(("cell", "said"), [
    (0.4, "40%"), (1.07, "107%"), (0.333333333333333, "33,3333333333333%"), (0.125, "12,5%"),
    (0.12345, "12,3450%"), (0.0, "0%"), (1000.0, "100000%"),
])  # fmt: skip
def test_a_percent_cell_is_its_percent(cell: float, said: str) -> None:
    assert value(cell, percent=frozenset({(1, 1)})) == Raw(said, PLACE)


def test_an_error_is_its_text_and_an_uncalculated_formula_a_finding() -> None:
    assert value("", errors={(1, 1): "#REF!"}) == Raw("#REF!", PLACE)
    found = value("", uncalculated=frozenset({(1, 1)}))
    assert isinstance(found, Finding)
    assert (found.code, found.where) == ("cell.uncalculated", PLACE)


def test_columns_are_named_as_spreadsheets_name_them() -> None:
    assert [column_name(n) for n in (1, 26, 27, 52, 53, 702, 703)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]  # fmt: skip


def test_outside_the_grid_there_is_nothing() -> None:
    sheet = Sheet("S", [["a"], []], SheetFacts())
    assert [sheet.plain(row, column) for row, column in ((2, 1), (9, 1), (1, 9), (1, 0))] == [
        ""
    ] * 4
    assert not sheet.holds(2, 1)


def test_numbers_are_written_so_that_they_have_one_reading() -> None:
    written = [
        plain_number(Decimal(text)) for text in ("1.5", "1.500", "1.234", "12", "1E+3", "0.25")
    ]
    assert written == ["1,5", "1,5", "1,2340", "12", "1000", "0,25"]


def test_values_grow_into_records_and_lists() -> None:
    tree: dict[Any, Any] = {}
    raw = Raw(5, PLACE)
    put(tree, ("plan", 1, "value"), raw)
    put(tree, ("unit",), raw)
    assert grown(tree, "P") == RawRecord(
        "P", {"plan": (RawRecord("P", {"value": raw}),), "unit": raw}
    )
