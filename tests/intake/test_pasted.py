"""Rows pasted from a spreadsheet: read as the same rows of a workbook would be."""

from __future__ import annotations

import pytest

from generators.intake.pasted import MOST_ROWS, TooMuchPasted, pasted_rows, pasted_workbook
from generators.model import OrgUnit
from generators.pipeline import Examined, Source, examine
from tests.building import real_kind

UNIT = OrgUnit("phường Phúc Lợi", ("quận Long Biên", "thành phố Hà Nội"))
HEAD = "STT\tChỉ tiêu\tĐVT\tKế hoạch\tThực hiện\tKinh phí (đồng)\n"
WORK = "1\tLao động được giải quyết việc làm\tngười\t400\t224\t\n"


def read(text: str) -> Examined:
    return examine(Source(pasted_workbook(real_kind().id, "2026S1", UNIT, text)))


def test_rows_with_their_head_are_read_by_their_labels() -> None:
    found = read(HEAD + WORK + "2\tQuà Tết\tngười\t\t249\t51.200.000\n")
    assert found.data
    assert found.data.org_unit == UNIT
    assert found.data.period.id == "2026S1"
    value, plan = (found.figures[f"viec_lam.{name}"] for name in ("value", "plan"))
    assert (int(value.quantity.value), value.where) == (224, "Số liệu!E2")
    assert (int(plan.quantity.value), plan.where) == (400, "Số liệu!D2")


def test_a_number_that_cannot_be_read_is_told_with_its_cell() -> None:
    found, *_ = read(HEAD + WORK.replace("224", "262.500.00")).findings
    assert (found.code, found.where) == ("number.grouping", "Số liệu!E2")


def test_rows_without_a_head_are_asked_about() -> None:
    assert [found.code for found in read(WORK).findings if found.severity == "error"] == [
        "workbook.head_missing"
    ]


def test_cells_with_breaks_quotes_and_formulas_stay_what_they_are() -> None:
    rows = pasted_rows('a\t"hai\ndòng ""này"""\t=1+1\r\nb\t\tHo\u0300a\n')
    assert rows == [["a", 'hai\ndòng "này"', "=1+1"], ["b", "", "Hòa"]]


def test_a_formula_that_was_pasted_as_text_is_no_formula() -> None:
    found, *_ = read(HEAD + WORK.replace("224", "=HYPERLINK(0)")).findings
    assert (found.code, found.where) == ("number.unreadable", "Số liệu!E2")


def test_more_than_a_report_has_is_refused() -> None:
    for text in ("x\n" * (MOST_ROWS + 1), "\t" * 201, "x" * 1_000_001, "x" * 200_000):
        with pytest.raises(TooMuchPasted):
            pasted_rows(text)


def test_the_same_rows_give_the_same_bytes() -> None:
    first, second = (pasted_workbook("a", "2026S1", UNIT, HEAD + WORK) for _ in range(2))
    assert first == second
