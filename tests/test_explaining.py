"""How a number was made, told as a chief of staff reads it: whole explanations."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generators.explaining import (
    Explanation,
    explain,
    explanations_record,
    find_figures,
    near_figures,
    say_explanation,
    say_figure,
)
from generators.model import Figure, Figures
from generators.origins import Origin
from generators.pipeline import Examined, Source, examine, generate, read_trace
from tests.building import ROOT, figures_of, free, part, qty

WORKBOOK = ROOT / "fixtures/accepted/phuc-loi-2020/input.xlsx"
FILE = Origin("bieu.json", "ab12")


@pytest.fixture(scope="module")
def phuc_loi() -> Examined:
    return examine(Source(WORKBOOK.read_bytes(), name="input.xlsx"))


def said(figure_id: str, examined: Examined) -> str:
    return say_explanation(explain(figure_id, examined.figures, examined.origin))


def source(examined: Examined) -> str:
    return f"Nguồn: tệp input.xlsx, SHA-256 {examined.origin.sha256}\n"


def told(figures: Figures, figure_id: str) -> str:
    return say_explanation(explain(figure_id, figures, FILE))


# ---------------------------------------------------------------- of the workbook


def test_a_sum_of_money_is_told_with_every_row(phuc_loi: Examined) -> None:
    assert said("tong_qua_tet.amount", phuc_loi) == (
        "Tổng cộng quà tết Nguyên đán: kinh phí\n"
        "633.200.000 đồng (Sáu trăm ba mươi ba triệu hai trăm nghìn đồng)\n"
        "là tổng của 5 số:\n"
        "  • Quà Tết của Chủ tịch nước: kinh phí — 51.200.000 đồng, ô F32 trang «Số liệu»\n"
        "  • Quà Tết của thành phố: kinh phí — 233.500.000 đồng, ô F34 trang «Số liệu»\n"
        "  • Quà Tết của quận: kinh phí — 158.300.000 đồng, ô F36 trang «Số liệu»\n"
        "  • Quà Tết của phường: kinh phí — 170.600.000 đồng, ô F38 trang «Số liệu»\n"
        "  • Quà Tết từ nguồn xã hội hóa: kinh phí — 19.600.000 đồng, ô F39 trang «Số liệu»\n"
        + source(phuc_loi)
    )


def test_a_share_is_told_with_both_its_numbers(phuc_loi: Examined) -> None:
    assert said("cai_nghien_bat_buoc.plan_share", phuc_loi) == (
        "Cai nghiện bắt buộc: tỷ lệ so với kế hoạch\n"
        "33,3%\n"
        "tính bằng 1 / 3 × 100 ≈ 33,3%:\n"
        "  • Cai nghiện bắt buộc — 1 người, ô E159 trang «Số liệu»\n"
        "  • Cai nghiện bắt buộc: kế hoạch — 3 người, ô E159 trang «Số liệu»\n"
        + source(phuc_loi)
    )


def test_a_given_number_is_told_with_its_cell_and_file(phuc_loi: Examined) -> None:
    assert said("viec_lam.value", phuc_loi) == (
        "Lao động được giải quyết việc làm\n"
        "224 người\n"
        "là số liệu nhập ở ô E91 trang «Số liệu», tệp input.xlsx\n" + source(phuc_loi)
    )


def test_every_figure_is_explained_down_to_cells(phuc_loi: Examined) -> None:
    def leaves(told: Explanation) -> list[str]:
        return [place for child in told.children for place in leaves(child)] or [told.place]

    for figure_id in phuc_loi.figures:
        places = leaves(explain(figure_id, phuc_loi.figures, phuc_loi.origin))
        assert places
        assert all(place.startswith("Số liệu!") for place in places)


# ---------------------------------------------------------------- of other rules


def test_a_sum_of_sums_is_indented() -> None:
    figures = figures_of(
        free(parts=[part("nam", 3), part("nữ", parts=[part("già", 4), part("trẻ", 5)])])
    )
    assert told(figures, "giam_ngheo/dong.value") == (
        "Dòng\n12 người\nlà tổng của 2 số:\n"
        "  • Nam — 3 người, mục /lines/0/parts/0/value\n"
        "  • Nữ — 9 người, là tổng của 2 số:\n"
        "      • Già — 4 người, mục /lines/0/parts/1/parts/0/value\n"
        "      • Trẻ — 5 người, mục /lines/0/parts/1/parts/1/value\n"
        "Nguồn: tệp bieu.json, SHA-256 ab12\n"
    )  # fmt: skip


def test_an_exact_share_is_equal_and_not_about() -> None:
    figures = figures_of(free(value=224, plan=400))
    assert told(figures, "giam_ngheo/dong.plan_share").splitlines()[1:3] == [
        "56%", "tính bằng 224 / 400 × 100 = 56%:",
    ]  # fmt: skip


def test_a_stock_that_moved_is_told_by_its_movement() -> None:
    figures = figures_of(free(opening=34, increase=0, decrease=4))
    assert told(figures, "giam_ngheo/dong.value").splitlines()[1:3] == [
        "30 người", "tính bằng đầu kỳ + tăng − giảm = 30 người:",
    ]  # fmt: skip


def test_a_hedged_number_is_not_said_to_be_equal() -> None:
    figures = figures_of(free(value="trên 3.100", amount="trên 44 tỷ"))
    assert told(figures, "giam_ngheo/dong.per_unit").splitlines()[1:3] == [
        "khoảng 14.193.548 đồng",
        "tính bằng trên 44.000.000.000 / trên 3.100, được khoảng 14.193.548 đồng:",
    ]


def test_hedged_money_and_parts_of_a_dong_are_not_said_in_words() -> None:
    figures = figures_of(free(value=3, amount=100))
    assert explain("giam_ngheo/dong.amount", figures, FILE).words == "Một trăm đồng"
    assert explain("giam_ngheo/dong.per_unit", figures, FILE).words == ""
    hedged = figures_of(free(amount="trên 44 tỷ"))
    assert explain("giam_ngheo/dong.amount", hedged, FILE).words == ""


def test_a_file_without_a_name_is_the_one_sent() -> None:
    figures = figures_of(free(value=3))
    lines = say_explanation(
        explain("giam_ngheo/dong.value", figures, Origin("", "ab"))
    ).splitlines()
    assert lines[2:] == ["là số liệu nhập ở mục /lines/0/value, tệp gửi lên",
                         "Nguồn: tệp gửi lên, SHA-256 ab"]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "hedge", "unit", "shown"),
    [("249", "", "người", "249 người"), ("205622.4899", "", "đồng", "≈ 205.622 đồng"),
     ("205622.4899", "khoảng", "đồng", "khoảng 205.622 đồng"), ("33.333", "", "%", "33,3%")],
)  # fmt: skip
def test_a_number_with_its_unit(value: str, hedge: str, unit: str, shown: str) -> None:
    assert say_figure(Figure("x.value", "x", qty(Decimal(value), hedge), unit, "")) == shown


def test_the_record_has_the_file_once_and_the_whole_chain() -> None:
    figures = figures_of(free(value=224, plan=400))
    record = explanations_record([explain("giam_ngheo/dong.plan_share", figures, FILE)], FILE)
    assert record == {
        "origin": {"name": "bieu.json", "sha256": "ab12"},
        "explanations": [{
            "figure": "giam_ngheo/dong.plan_share", "label": "Dòng: tỷ lệ so với kế hoạch",
            "value": "56%", "rule": "tính bằng 224 / 400 × 100 = 56%", "where": "",
            "made_from": [
                {"figure": "giam_ngheo/dong.value", "label": "Dòng", "value": "224 người",
                 "rule": "là số liệu nhập ở mục /lines/0/value, tệp bieu.json",
                 "where": "/lines/0/value", "made_from": []},
                {"figure": "giam_ngheo/dong.plan", "label": "Dòng: kế hoạch", "value": "400 người",
                 "rule": "là số liệu nhập ở mục /lines/0/plan, tệp bieu.json",
                 "where": "/lines/0/plan", "made_from": []},
            ],
        }],
    }  # fmt: skip


def test_an_unknown_id_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        explain("x.value", {}, FILE)


# ---------------------------------------------------------------- which one is meant


@pytest.mark.parametrize(
    "asked",
    ["tong_qua_tet.amount", "Tổng cộng quà tết Nguyên đán: kinh phí",
     "tong cong qua tet nguyen dan, kinh phi", "633,2 triệu đồng", "633.200.000 đồng",
     "633.200.000", " 633,2  TRIỆU đồng ",
     "Sáu trăm ba mươi ba triệu hai trăm nghìn đồng"],
)  # fmt: skip
def test_a_figure_is_found_by_id_label_or_number(phuc_loi: Examined, asked: str) -> None:
    assert [f.id for f in find_figures(asked, phuc_loi.figures)] == ["tong_qua_tet.amount"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [("1.254", ["tong_qua_tet.value"]), ("33,3%", ["cai_nghien_bat_buoc.plan_share"]),
     ("04 hộ", ["thoat_can_ngheo.value"]), ("1254", []), ("633", []), ("", []),
     ("16", ["ho_duoc_do_dau.value"])],
)  # fmt: skip
def test_a_printed_number_is_found_as_it_is_printed(
    phuc_loi: Examined, asked: str, found: list[str]
) -> None:
    assert [f.id for f in find_figures(asked, phuc_loi.figures)] == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [("30 hộ cận nghèo", ["ho_can_ngheo.value"]), ("04 hộ thoát cận nghèo", ["thoat_can_ngheo.value"]),
     ("99 người lao động", ["covid_lao_dong.value"]), ("30 quả", []), ("hộ cận nghèo", [])],
)  # fmt: skip
def test_a_number_is_found_before_another_noun_than_its_unit(
    phuc_loi: Examined, asked: str, found: list[str]
) -> None:
    assert [f.id for f in find_figures(asked, phuc_loi.figures)] == found


def test_every_number_is_found_by_the_words_it_is_printed_in() -> None:
    for case in ("phuc-loi-2020", "thanh-liem-2024"):
        data = (ROOT / "fixtures/accepted" / case / "input.json").read_bytes()
        for kind in ("ban-tin-6-thang", "bao-cao-6-thang"):
            examined = examine(Source(data, kind=kind))
            trace = read_trace(generate(examined))
            assert trace is not None
            assert len(trace.places) > 5
            unfound = [
                place for place in trace.places
                if place.figure not in {f.id for f in find_figures(place.text, examined.figures)}
            ]  # fmt: skip
            assert unfound == []


def test_a_share_is_found_as_it_is_printed() -> None:
    figures = figures_of(free(value=224, plan=400), free(label="Khác", value=99, whole=178))
    assert [f.id for f in find_figures("56%", figures)] == ["giam_ngheo/dong.plan_share"]
    assert [f.id for f in find_figures("55,6%", figures)] == ["giam_ngheo/khac.whole_share"]


def test_a_part_is_found_by_its_own_name_and_by_its_whole_one(phuc_loi: Examined) -> None:
    for asked in ("tự tạo việc làm", "Lao động được giải quyết việc làm – tự tạo việc làm"):
        assert [f.id for f in find_figures(asked, phuc_loi.figures)] == [
            "viec_lam/tu-tao-viec-lam.value"
        ]


def test_several_that_fit_are_all_found(phuc_loi: Examined) -> None:
    assert [f.id for f in find_figures("1 người", phuc_loi.figures)] == [
        "cai_nghien_cong_dong.value", "cai_nghien_bat_buoc.value",
    ]  # fmt: skip


def test_the_nearest_are_offered(phuc_loi: Examined) -> None:
    assert near_figures("tong_qua_te.amount", phuc_loi.figures)[0].id == "tong_qua_tet.amount"
    assert (
        near_figures("tổng quà tết Nguyên đán", phuc_loi.figures)[0].id == "tong_qua_tet.value"
    )
    assert near_figures("zzzz", phuc_loi.figures) == ()
