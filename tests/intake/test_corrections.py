"""What is typed on screen over a file: read as text of the cell, and told in the trace."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping

import openpyxl

from fixtures.finding_packages import form
from fixtures.finding_payloads import GOOD, count
from fixtures.finding_workbooks import calculated
from generators.explaining import explain, explanations_record, say_explanation
from generators.model import ERROR
from generators.origins import Correction
from generators.pipeline import Examined, Source, examine, generate, read_trace

RESULT = "Số liệu!E91"


def at_places(data: bytes, typed: Mapping[str, str]) -> Examined:
    given = tuple(Correction(place, text) for place, text in typed.items())
    return examine(Source(data, name="bieu.xlsx", corrections=given))


def with_cell(address: str, value: object) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(form()))
    book["Số liệu"][address] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def codes(examined: Examined) -> list[str]:
    return [finding.code for finding in examined.findings]


def test_a_cell_that_could_not_be_read_is_corrected_in_its_place() -> None:
    wrong = with_cell("E91", "262.500.00")
    assert codes(examine(Source(wrong))) == ["number.grouping"]
    mended = at_places(wrong, {RESULT: "1.262 người"})
    assert codes(mended) == []
    assert mended.figures["viec_lam.value"].quantity.value == 1262
    assert mended.figures["viec_lam.value"].where == RESULT


def test_a_blank_cell_is_filled_and_a_full_one_emptied() -> None:
    filled = at_places(form(), {"Số liệu!F91": "51,2 triệu"})
    assert filled.figures["viec_lam.amount"].quantity.value == 51_200_000
    emptied = at_places(form(), {RESULT: "", "Số liệu!F91": "51,2 triệu"})
    assert "viec_lam.value" not in emptied.figures


def test_a_row_below_the_last_one_is_made() -> None:
    rows = openpyxl.load_workbook(io.BytesIO(form()))["Số liệu"].max_row
    place = f"Số liệu!B{rows + 2}"
    made = at_places(form(), {place: "Người được tặng xe đạp", f"Số liệu!C{rows + 2}": "người",
                              f"Số liệu!E{rows + 2}": "12"})  # fmt: skip
    assert [figure.quantity.value for figure in made.figures.values()] == [224, 12]


def test_an_error_cell_and_a_formula_that_was_never_calculated_are_typed_over() -> None:
    for value in ("=100+124", "#REF!"):
        assert ERROR in {f.severity for f in examine(Source(with_cell("E91", value))).findings}
        assert codes(at_places(with_cell("E91", value), {RESULT: "224"})) == []


def test_what_was_calculated_before_the_correction_is_not_trusted() -> None:
    assert codes(examine(Source(calculated()))) == []
    told, *_ = at_places(calculated(), {"Số liệu!D91": "400"}).findings
    assert (told.code, told.severity, told.where) == ("cell.outdated", ERROR, RESULT)
    assert told.message == (
        "Ô Số liệu!E91 là công thức, có thể tính từ ô vừa sửa trên màn hình nên kết quả cũ không "
        "dùng được."
    )
    assert codes(at_places(calculated(), {"Số liệu!D91": "400", RESULT: "224"})) == []


def test_a_correction_that_fits_nowhere_is_told_and_not_lost() -> None:
    far = {"Số liệu!E9999": "1", "Không có!A1": "1", "E91": "1"}
    told = at_places(form(), far).findings
    assert [(f.code, f.where) for f in told] == [("correction.nowhere", place) for place in far]


def test_json_is_corrected_by_its_pointers() -> None:
    wrong = json.dumps(count("262.500.00")).encode()
    mended = at_places(wrong, {"/lines/0/value": "1.262"})
    assert mended.figures["viec_lam.value"].quantity.value == 1262
    added = at_places(json.dumps(GOOD).encode(), {"/lines/0/amount": "51,2 triệu"})
    assert added.figures["viec_lam.amount"].quantity.value == 51_200_000
    nowhere = {"/lines/1/value": "1", "/lines/x/value": "1", "/lines/0/value/deep": "1"}
    told = at_places(json.dumps(GOOD).encode(), nowhere).findings
    assert [f.where for f in told] == list(nowhere)


def test_the_trace_tells_what_was_typed_on_screen() -> None:
    examined = at_places(form(), {RESULT: "225", "Số liệu!D91": "450"})
    trace = read_trace(generate(examined))
    assert trace
    assert trace.origin == examined.origin
    assert trace.origin.corrections == (
        Correction(RESULT, "225"), Correction("Số liệu!D91", "450"),
    )  # fmt: skip


def test_an_explanation_says_which_numbers_were_typed_on_screen() -> None:
    examined = at_places(form(), {RESULT: "225"})
    told = explain("viec_lam.value", examined.figures, examined.origin)
    assert say_explanation(told) == (
        "Lao động được giải quyết việc làm\n"
        "225 người\n"
        "là số sửa trên màn hình thay cho ô E91 trang «Số liệu», tệp bieu.xlsx\n"
        f"Nguồn: tệp bieu.xlsx, SHA-256 {examined.origin.sha256}\n"
    )
    (record,) = explanations_record([told], examined.origin)["explanations"]
    assert record["corrected"] is True
