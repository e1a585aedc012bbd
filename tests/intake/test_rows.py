"""The rows of the form: the catalogue's, filled by a payload, with spare ones between."""

from __future__ import annotations

from typing import Any

from generators.intake.payload import read_payload
from generators.intake.rows import SPARE_ROWS, FormRow, form_rows
from generators.model import RawRecord
from tests.building import as_json, payload
from tests.intake.returning import REAL


def rows_of(*lines: Any) -> list[FormRow]:
    given = read_payload(as_json(payload(*lines))).root.fields["lines"]
    return list(form_rows(REAL, [item for item in given if isinstance(item, RawRecord)]))  # type: ignore[union-attr]


def below(rows: list[FormRow], label: str) -> list[tuple[str, str, str]]:
    """The part rows right below the row labelled so: STT, Cấp, label."""
    start = next(at for at, row in enumerate(rows) if row.label == label) + 1
    parts = []
    for row in rows[start:]:
        if not row.code.startswith("/"):
            break
        parts.append((row.stt, row.level, row.label))
    return parts


def test_sections_are_numbered_as_wards_number_them() -> None:
    heads = [row for row in rows_of() if row.level == "Mục"]
    assert [row.stt for row in heads][:4] == ["I", "II", "III", "IV"]
    assert [row.code for row in heads] == [f"#{section.id}" for section in REAL.sections]


def test_lines_are_numbered_anew_in_each_section_and_totals_are_not() -> None:
    rows = rows_of()
    start = next(at for at, row in enumerate(rows) if row.code == "#giam_ngheo")
    assert [row.stt for row in rows[start + 1 : start + 4]] == ["1", "2", "3"]
    assert {row.stt for row in rows if row.total} == {""}


def test_every_section_ends_with_spare_rows() -> None:
    for section in REAL.sections:
        assert sum(row.code == f"+{section.id}" for row in rows_of()) == SPARE_ROWS


def test_ready_parts_stand_below_their_line_with_one_spare() -> None:
    assert below(rows_of(), "Nhà tạm, nhà dột nát được xóa") == [
        ("-", "Chia ra", "xây mới"), ("-", "Chia ra", "sửa chữa"), ("-", "Chia ra", "")]  # fmt: skip
    money = "Kinh phí hỗ trợ sinh kế, phương tiện trợ giúp, dụng cụ chỉnh hình"
    inner = ("hộ chính sách", "người khuyết tật", "")
    assert below(rows_of(), money) == [("+", "Trong đó", label) for label in inner]


def test_parts_name_their_line_in_the_hidden_code() -> None:
    rows = rows_of({"section": "bao_tro", "label": "Bếp ăn", "unit": "suất", "value": 2,
                    "parts": [{"label": "trưa", "value": 2}]})  # fmt: skip
    assert {row.code for row in rows if row.label in ("tự tạo việc làm", "trưa")} == {
        "/viec_lam",
        "/",
    }


def test_a_payload_fills_the_row_of_its_giver_and_adds_rows_for_others() -> None:
    rows = rows_of({"code": "qua_tet", "giver": "Quận", "value": 1},
                   {"code": "qua_tet", "giver": "Hội Chữ thập đỏ", "value": 2})  # fmt: skip
    filled = [row.label for row in rows if row.record]
    assert filled == ["Quà Tết của quận", "Quà Tết của Hội Chữ thập đỏ"]
    assert [row.label for row in rows if row.code == "qua_tet"][-1] == "Quà Tết của …"


def test_a_total_given_twice_is_written_twice() -> None:
    rows = rows_of({"code": "tong_qua_tet", "value": 1}, {"code": "tong_qua_tet", "value": 2})
    assert len([row for row in rows if row.code == "tong_qua_tet" and row.record]) == 2


def test_no_line_of_a_payload_is_left_out() -> None:
    lines = [{"code": "la", "value": 1}, {"section": "la", "label": "Lạ", "unit": "hộ", "value": 2},
             {"section": "bao_tro", "label": "Bếp ăn", "unit": "suất", "value": 2}]  # fmt: skip
    assert [row.code for row in rows_of(*lines) if row.record] == ["+bao_tro", "la", "+"]
