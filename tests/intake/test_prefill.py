"""The form of the next period: names, this year's plans and last year's numbers, no results."""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from generators.intake.prefill import Earlier
from generators.model import OrgUnit, Raw, RawRecord, RawTree
from generators.pipeline import Examined, Source, examine, make_next_form, read_input
from tests.building import as_json, real_kind

UNIT = OrgUnit("phường Phúc Lợi", ("quận Long Biên", "thành phố Hà Nội"))
KIND = real_kind()
HEAD = {
    "kind": KIND.id,
    "org_unit": {"name": UNIT.name, "within": list(UNIT.within)},
}


def report(period: str, *lines: dict[str, Any], **more: Any) -> Examined:
    told = {**HEAD, "period": {"id": period}, "lines": list(lines), **more}
    return examine(Source(as_json(told)))


def form(period: str, latest: Examined | None = None, then: Examined | None = None) -> Any:
    """What the next form says, read back from the workbook."""
    earlier = Earlier(latest.data if latest else None, then.data if then else None,
                      then.figures if then else {})  # fmt: skip
    raw = read_input(make_next_form(KIND, period, UNIT, earlier))
    assert raw.findings == ()
    return plain(raw.root)


def plain(tree: RawTree) -> Any:
    if isinstance(tree, Raw):
        return tree.value
    if isinstance(tree, RawRecord):
        return {name: plain(inner) for name, inner in tree.fields.items()}
    return [plain(inner) for inner in tree]


def lines(period: str, latest: Examined | None = None, then: Examined | None = None) -> Any:
    return form(period, latest, then)["lines"]


def test_a_first_form_names_kind_period_and_unit() -> None:
    assert {name: told for name, told in form("2026S1").items() if told not in ([], {})} == {
        **HEAD, "period": {"id": "2026S1"},
    }  # fmt: skip


def test_results_of_a_year_before_are_the_same_period_and_no_results() -> None:
    then = report("2025S1", {"code": "viec_lam", "value": 224, "amount": "51,2 triệu", "plan": 400},
                  {"code": "qua_tet", "giver": "Chủ tịch nước", "value": "trên 249"})  # fmt: skip
    assert lines("2026S1", then=then) == [
        {"code": "qua_tet", "giver": "Chủ tịch nước", "previous": [{"value": "trên 249"}]},
        {"code": "viec_lam", "previous": [{"value": 224, "amount": 51_200_000}]},
    ]


def test_plans_are_taken_within_the_year_only() -> None:
    plan = {"value": 400, "label": "kế hoạch quận giao"}
    first = report("2026S1", {"code": "viec_lam", "value": 224, "plan": plan})
    assert lines("2026S2", latest=first) == [{"code": "viec_lam", "plan": [plan]}]
    assert lines("2027S1", latest=first, then=first) == [
        {"code": "viec_lam", "previous": [{"value": 224}]}
    ]


def test_own_lines_and_parts_keep_their_names() -> None:
    free = {"section": "giam_ngheo", "label": "Hộ được hỗ trợ tiền điện", "unit": "hộ", "value": 16,
            "parts": [{"label": "Tổ 1", "value": 10}, {"label": "Tổ 2", "value": 6}]}  # fmt: skip
    assert lines("2026S1", then=report("2025S1", free)) == [
        {"section": "giam_ngheo", "label": "Hộ được hỗ trợ tiền điện", "unit": "hộ",
         "previous": [{"value": 16}],
         "parts": [{"label": "Tổ 1", "unit": "hộ", "previous": [{"value": 10}]},
                   {"label": "Tổ 2", "unit": "hộ", "previous": [{"value": 6}]}]},
    ]  # fmt: skip


def test_lines_that_only_the_latest_report_has_are_named_too() -> None:
    own = {"section": "lao_dong", "label": "Người dự phiên giao dịch việc làm", "unit": "người"}
    latest = report("2025S2", {**own, "value": 88})
    made = make_next_form(KIND, "2026S1", UNIT, Earlier(latest.data))
    sheet = openpyxl.load_workbook(io.BytesIO(made))["Số liệu"]
    (row,) = [row for row in sheet.iter_rows(min_row=5) if row[1].value == own["label"]]
    assert [cell.value for cell in row[2:8]] == ["người", None, None, None, None, None]


def test_head_and_foot_are_the_latest_ones_without_number_and_day() -> None:
    document = {"place": "Phúc Lợi", "number": "34", "date": "2025-12-20", "author": "UBND phường",
                "headline": "Tít năm ngoái", "recipients": ["UBND quận Long Biên"],
                "signer": {"title": "CHỦ TỊCH", "name": "Trần Văn Hòa"}}  # fmt: skip
    latest = report("2025S2", {"code": "viec_lam", "value": 1}, document=document)
    assert form("2026S1", latest)["document"] == {
        "place": "Phúc Lợi", "author": "UBND phường", "recipients": ["UBND quận Long Biên"],
        "signer": {"title": "CHỦ TỊCH", "name": "Trần Văn Hòa"},
    }  # fmt: skip


def test_of_a_plain_table_the_catalogue_s_lines_are_known() -> None:
    then = report("2025S1", {"code": "viec_lam", "value": 224})
    earlier = Earlier(figures=then.figures)
    raw = read_input(make_next_form(KIND, "2026S1", UNIT, earlier))
    assert plain(raw.root)["lines"] == [{"code": "viec_lam", "previous": [{"value": 224}]}]
