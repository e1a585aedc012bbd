"""A place in its row: what a clerk sees beside a finding, without opening the file."""

from __future__ import annotations

import json

from fixtures.finding_packages import form
from fixtures.finding_payloads import GOOD
from generators.intake.showing import ShownCell, rows_around
from generators.origins import Correction

RESULT = "Số liệu!E91"
WORK = "Lao động được giải quyết việc làm"


def test_a_cell_is_shown_with_what_stands_beside_it() -> None:
    assert rows_around(form(), [RESULT]) == {RESULT: (
        ShownCell("Số liệu!B91", "Chỉ tiêu", WORK), ShownCell("Số liệu!C91", "ĐVT", "người"),
        ShownCell("Số liệu!D91", "Kế hoạch", ""), ShownCell(RESULT, "Thực hiện", "224", is_it=True),
        ShownCell("Số liệu!F91", "Kinh phí (đồng)", ""), ShownCell("Số liệu!G91", "Cùng kỳ", ""),
    )}  # fmt: skip


def test_a_rare_column_is_shown_where_the_place_is_in_it() -> None:
    (row,) = rows_around(form(), ["Số liệu!H91"]).values()
    assert [(cell.head, cell.is_it) for cell in row][-1] == ("Ghi chú", True)


def test_it_is_shown_as_corrected() -> None:
    (row,) = rows_around(form(), [RESULT], [Correction(RESULT, "1.225 người")]).values()
    assert [cell.text for cell in row if cell.is_it] == ["1.225 người"]


def test_a_cell_beside_the_table_is_shown_with_the_first_columns() -> None:
    (row,) = rows_around(form(), ["Thông tin!B3"]).values()
    assert [(cell.head, cell.text) for cell in row][:2] == [
        ("Cột A", "Loại báo cáo"), ("Cột B", "ban-tin-6-thang"),
    ]  # fmt: skip


def test_a_field_of_a_payload_is_shown_with_its_line() -> None:
    data = json.dumps(GOOD).encode()
    assert rows_around(data, ["/lines/0/value"]) == {"/lines/0/value": (
        ShownCell("/lines/0/code", "Mã", "viec_lam"),
        ShownCell("/lines/0/value", "Thực hiện", "224", is_it=True),
    )}  # fmt: skip


def test_what_is_no_place_has_no_row() -> None:
    assert rows_around(form(), ["Không có!A1", "Số liệu", "E91", "/lines/0/value"]) == {}
    assert rows_around(json.dumps(GOOD).encode(), ["/lines/9/value", "/period/id", "/x"]) == {}
    assert rows_around(b"PK khong phai", [RESULT]) == {}
