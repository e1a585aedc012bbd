"""The JSON of figures and findings: exact numbers, Vietnamese letters, nothing UTF-8 lacks."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.model import ERROR, Acknowledgement, Figure, Figures, Finding, Quantity
from generators.wire import check_record, figure_record, finding_record, to_json

SHARE = Figure(
    "viec_lam.plan_share", "Việc làm: tỷ lệ so với kế hoạch", Quantity(Decimal("107.50")), "%",
    "215 / 200 × 100", ("viec_lam.value", "viec_lam.plan"),
)  # fmt: skip
FUND = Figure(
    "quy.value", "Vận động quỹ", Quantity(Decimal("6E+9"), "trên"), "đồng", "số liệu nhập",
    where="Số liệu!D12",
)  # fmt: skip
TWICE = Finding("line.twice", ERROR, "/lines/3", "Dòng có hai lần.", "Hãy giữ một dòng.")


@dataclass(frozen=True)
class Checked:
    figures: Figures
    findings: tuple[Finding, ...]
    open: tuple[Finding, ...]
    acknowledged: tuple[Acknowledgement, ...]
    may_be_issued: bool


def test_a_check_is_all_figures_and_findings() -> None:
    settled = Acknowledgement("norm.amount-1", "theo quyết định", "Hoa", "Xác nhận!A5")
    checked = Checked({SHARE.id: SHARE, FUND.id: FUND}, (TWICE,), (TWICE,), (settled,), False)
    record = check_record(checked)
    assert to_json(record) == (
        '{"figures": [{"code": "viec_lam.plan_share", "label": "Việc làm: tỷ lệ so với kế hoạch", '
        '"value": 107.5, "unit": "%", "rule": "215 / 200 × 100", "where": "", '
        '"made_from": ["viec_lam.value", "viec_lam.plan"]}, {"code": "quy.value", '
        '"label": "Vận động quỹ", "value": 6000000000, "unit": "đồng", "rule": "số liệu nhập", '
        '"where": "Số liệu!D12", "made_from": [], "hedge": "trên"}], "findings": [{"id": "'
        f'{TWICE.id}", "code": "line.twice", "severity": "error", "where": "/lines/3", '
        '"message": "Dòng có hai lần.", '
        '"remedy": "Hãy giữ một dòng."}], "may_be_issued": false, "open": ["'
        f'{TWICE.id}"], "acknowledged": [{{"finding": "norm.amount-1", '
        '"reason": "theo quyết định", "by": "Hoa"}]}'
    )


def test_an_exact_number_has_no_hedge() -> None:
    assert "hedge" not in figure_record(SHARE)


def test_a_finding_keeps_the_order_of_its_fields() -> None:
    assert list(finding_record(TWICE)) == [
        "id",
        "code",
        "severity",
        "where",
        "message",
        "remedy",
    ]


def test_a_finding_that_holds_two_numbers_tells_both_and_their_difference() -> None:
    apart = replace(TWICE, about="viec_lam.value", places=("/lines/3/value", "/lines/4/value"),
                    stated=Decimal(9), computed=Decimal("7.50"), unit="người")  # fmt: skip
    record = dict(finding_record(apart))
    assert {name: record[name] for name in list(record)[6:]} == {
        "about": "viec_lam.value", "places": ["/lines/3/value", "/lines/4/value"],
        "stated": 9, "computed": Decimal("7.5"), "difference": Decimal("1.5"), "unit": "người",
    }  # fmt: skip


def test_the_id_of_a_finding_is_of_what_it_found_not_of_its_words_or_place() -> None:
    found = replace(TWICE, about="viec_lam.value", stated=Decimal(9), computed=Decimal(7))
    assert found.id == replace(found, where="Số liệu!D12", message="…", remedy="…").id
    others = [replace(found, stated=Decimal(8)), replace(found, about="x"),
              replace(found, quote="y"), replace(found, code="z")]  # fmt: skip
    assert len({found.id, *(other.id for other in others)}) == 5
    assert replace(found, stated=Decimal("9.00")).id == found.id


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("249", "249"), ("107.00", "107"), ("1E+3", "1000"), ("0.10", "0.1"), ("-2.50", "-2.5"),
        ("0.00", "0"), ("52.67857142857142857142857143", "52.67857142857142857142857143"),
        ("123456789012345678901234567890.125", "123456789012345678901234567890.125"),
    ],
)  # fmt: skip
def test_numbers_are_written_exactly(value: str, written: str) -> None:
    figure = Figure("x.value", "x", Quantity(Decimal(value)), "tấn", "")
    assert to_json(figure_record(figure)["value"]) == written


@given(st.decimals(allow_nan=False, allow_infinity=False, places=9))
def test_every_number_reads_back_as_itself(value: Decimal) -> None:
    figure = Figure("x.value", "x", Quantity(value), "tấn", "")
    assert json.loads(to_json(figure_record(figure)), parse_float=Decimal)["value"] == value


def test_half_a_character_cannot_break_the_answer() -> None:
    assert to_json({"message": "khóa «\ud800»"}) == '{"message": "khóa «?»"}'
