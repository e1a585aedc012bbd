"""Figures of several reports side by side: what adds up does, the rest does not."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from generators.kinds import load_kind
from generators.pipeline import KINDS, Source, examine, make_table
from generators.tables import UnitFigures, figures_table, write_csv

KIND = load_kind(KINDS / "ban-tin-6-thang")
Line = dict[str, Any]


def report(name: str, *lines: Line, period: str = "2026S1") -> UnitFigures:
    payload = {
        "kind": KIND.id,
        "period": {"id": period},
        "org_unit": {"name": name},
        "lines": list(lines),
    }
    examined = examine(Source(json.dumps(payload).encode()))
    assert examined.data is not None
    return UnitFigures(examined.data, examined.figures)


def rows(*reports: UnitFigures) -> dict[str, list[object]]:
    frame = figures_table(reports, KIND)
    return {row[0]: list(row[3:]) for row in frame.itertuples(index=False, name=None)}


def test_counts_and_money_add_over_units_exactly() -> None:
    one = report(
        "phường A", {"code": "qua_tet", "giver": "phường", "value": 478, "amount": 170600001}
    )
    two = report(
        "phường B", {"code": "qua_tet", "giver": "phường", "value": 3, "amount": 10**14 + 1}
    )
    found = rows(one, two)
    assert found["qua_tet@phuong.value"] == [Decimal(478), Decimal(3), Decimal(481), 2]
    assert found["qua_tet@phuong.amount"][2] == Decimal(100000170600002)
    assert found["tong_qua_tet.value"][2] == Decimal(481)


def test_rates_shares_and_plans_have_no_sum() -> None:
    one = report("phường A", {"code": "ho_ngheo_ty_le", "value": 1.35})
    two = report("phường B", {"code": "ho_ngheo_ty_le", "value": 2})
    assert rows(one, two)["ho_ngheo_ty_le.value"] == [Decimal("1.35"), Decimal(2), None, 2]


def test_a_hedged_number_is_told_and_has_no_sum() -> None:
    one = report("phường A", {"code": "viec_lam", "value": "trên 200"})
    two = report("phường B", {"code": "viec_lam", "value": 24})
    assert rows(one, two)["viec_lam.value"] == ["trên 200", Decimal(24), None, 2]


def test_a_unit_without_the_line_is_counted_out_not_as_zero() -> None:
    one = report("phường A", {"code": "viec_lam", "value": 200})
    two = report("phường B", {"code": "hoc_nghe", "value": 24})
    assert rows(one, two)["viec_lam.value"] == [Decimal(200), None, Decimal(200), 1]


def test_periods_that_differ_are_not_added() -> None:
    one = report("phường A", {"code": "viec_lam", "value": 200})
    two = report("phường A", {"code": "viec_lam", "value": 24}, period="2026S2")
    assert rows(one, two)["viec_lam.value"] == [Decimal(200), Decimal(24), None, 2]


def test_one_report_is_its_own_table_without_sums() -> None:
    frame = figures_table([report("phường A", {"code": "viec_lam", "value": 200})], KIND)
    assert list(frame.columns) == ["Mã", "Chỉ tiêu", "Đơn vị tính", "phường A, 2026S1"]


def test_no_cell_of_the_csv_is_a_formula() -> None:
    line = {"section": "lao_dong", "label": "=1+1", "unit": "người", "value": 3}
    text = write_csv(figures_table([report("@phường", line)], KIND)).decode("utf-8-sig")
    assert (
        text
        == "Mã,Chỉ tiêu,Đơn vị tính,\"'@phường, 2026S1\"\nlao_dong/1-1.value,'=1+1,người,3\n"
    )


def test_the_workbook_has_numbers_as_numbers_and_text_as_text() -> None:
    payload = {"kind": KIND.id, "period": {"id": "2026S1"}, "org_unit": {"name": "phường A"},
               "lines": [{"section": "lao_dong", "label": "=1+1", "unit": "người", "value": 3}]}  # fmt: skip
    book = openpyxl.load_workbook(
        io.BytesIO(make_table([examine(Source(json.dumps(payload).encode()))], ".xlsx"))
    )
    cells = [
        [(cell.value, cell.data_type) for cell in row]
        for row in book["Số liệu"].iter_rows(min_row=2)
    ]
    assert cells == [[("lao_dong/1-1.value", "s"), ("=1+1", "s"), ("người", "s"), (3, "n")]]


def test_a_report_that_cannot_be_read_has_no_table() -> None:
    with pytest.raises(ValueError, match="a report that cannot be read has no table"):
        make_table([examine(Source(b""))], ".csv")
