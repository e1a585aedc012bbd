"""Figures: every number of a line, given or computed, with its rule and what it was made of."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.figures import calculate
from generators.intake.payload import read_payload
from generators.intake.validation import validate
from generators.model import Figure
from generators.sums import known_amount, known_value
from tests.building import (
    ROOT,
    Json,
    figures_of,
    free,
    line,
    made,
    numbers,
    part,
    qty,
    real_kind,
)

COUNT = st.integers(0, 10**15 - 1)


# ---------------------------------------------------------------- what is given


def test_each_given_number_is_a_figure_with_its_place() -> None:
    fields = {
        "value": 30, "amount": 5000000, "plan": 40, "whole": 62, "previous": 20,
        "bases": {"value": 25, "label": "31/12/2019"}, "opening": 34, "increase": 0, "decrease": 4,
        "closing": 30, "cumulative": 50, "months": 6, "rate_count": 12,
    }  # fmt: skip
    labels = {
        "value": ("Dòng", "người"), "amount": ("Dòng: kinh phí", "đồng"),
        "plan": ("Dòng: kế hoạch", "người"), "whole": ("Dòng: tổng số", "người"),
        "previous": ("Dòng: cùng kỳ", "người"),
        "bases": ("Dòng: mốc so sánh (31/12/2019)", "người"),
        "opening": ("Dòng: đầu kỳ", "người"), "increase": ("Dòng: tăng trong kỳ", "người"),
        "decrease": ("Dòng: giảm trong kỳ", "người"), "closing": ("Dòng: cuối kỳ", "người"),
        "cumulative": ("Dòng: lũy kế", "người"), "months": ("Dòng: số tháng", "tháng"),
        "rate_count": ("Dòng: số hưởng", ""),
    }  # fmt: skip
    book = figures_of(free(**fields))
    for name, (label, unit) in labels.items():
        value = fields[name]["value"] if isinstance(fields[name], dict) else fields[name]  # type: ignore[index]
        where = f"/lines/0/{name}" + ("/value" if name == "bases" else "")
        key = f"giam_ngheo/dong.{name}"
        assert book[key] == Figure(
            key, label, qty(str(value), "", where), unit, "số liệu nhập", (), where
        )


def test_several_rates_keep_each_its_count() -> None:
    rates = [{"rate": "500.000 - 1.500.000", "count": 10}, {"rate": "1 triệu", "count": 20}]
    assert numbers(free(value=30, rate=rates, rate_count=72)) == {
        ".value": "30",
        ".rate": "500000", ".rate_upto": "1500000", ".rate_units": "10",
        ".rate_2": "1000000", ".rate_2_units": "20",
        ".rate_count": "72",
    }  # fmt: skip


def test_a_stated_share_and_change_stand_beside_the_computed() -> None:
    of = {"value": 40, "share": "75"}
    before = {"value": 20, "change": "tăng 50%", "share": 150}
    assert numbers(free(value=30, plan=of, previous=before)) == {
        ".value": "30", ".plan": "40", ".plan_share_stated": "75", ".previous": "20",
        ".previous_share_stated": "150", ".previous_change_stated": "50", ".plan_share": "75",
        ".previous_change": "10", ".previous_change_share": "50", ".previous_share": "150",
    }  # fmt: skip


# ---------------------------------------------------------------- what is computed of one line


def test_a_value_from_parts() -> None:
    parts = [part("vay vốn", 118), part("tự tạo", 106)]
    assert made(free(parts=parts)) == {
        ".value": Figure(".value", "Dòng", qty(224), "người", "tổng của các phần: 118 + 106",
                         ("/vay-von.value", "/tu-tao.value")),
        "/vay-von.share": Figure("/vay-von.share", "Dòng – vay vốn: tỷ trọng",
                                 qty(Decimal(118) / 224 * 100), "%", "118 / 224 × 100",
                                 ("/vay-von.value", ".value")),
        "/tu-tao.share": Figure("/tu-tao.share", "Dòng – tự tạo: tỷ trọng",
                                qty(Decimal(106) / 224 * 100), "%", "106 / 224 × 100",
                                ("/tu-tao.value", ".value")),
    }  # fmt: skip


def test_a_stated_value_stands_beside_the_sum_of_its_parts() -> None:
    found = made(free(value=225, parts=[part("a", 118), part("b", 106)]))
    assert found[".parts_value"] == Figure(
        ".parts_value", "Dòng (cộng các phần)", qty(224), "người", "tổng của các phần: 118 + 106",
        ("/a.value", "/b.value"),
    )  # fmt: skip
    assert ".value" not in found


def test_money_from_parts() -> None:
    parts = [part("a", 1, amount=1000), part("b", 2, amount=2500)]
    found = made(free(parts=parts))
    assert found[".amount"] == Figure(
        ".amount", "Dòng: kinh phí", qty(3500), "đồng", "tổng của các phần: 1.000 + 2.500",
        ("/a.amount", "/b.amount"),
    )  # fmt: skip


def test_a_value_from_its_movement() -> None:
    assert made(free(opening=34, increase=2, decrease=6)) == {
        ".value": Figure(".value", "Dòng", qty(30), "người", "đầu kỳ + tăng − giảm",
                         (".opening", ".increase", ".decrease")),
    }  # fmt: skip


def test_a_value_from_the_closing_number() -> None:
    found = made(free(opening=34, closing=30))
    assert found == {
        ".value": Figure(".value", "Dòng", qty(30, "", "/lines/0/closing"), "người",
                         "số cuối kỳ", (".closing",)),
    }  # fmt: skip


def test_half_a_movement_makes_no_value() -> None:
    assert made(free(opening=34, decrease=4)) == {}


def test_parts_are_checked_against_a_value_from_movement() -> None:
    found = numbers(free(opening=3, increase=4, decrease=0, parts=[part("a", 5)]))
    assert (found[".value"], found[".parts_value"]) == ("7", "5")


def test_several_breakdowns_by_what_they_divide() -> None:
    parts = [part("nam", 60, by="giới tính"), part("nữ", 40, by="giới tính"),
             part("trẻ", 30, by="tuổi"), part("già", 60, by="tuổi")]  # fmt: skip
    found = numbers(free(parts=parts))
    assert (found[".value"], found[".parts_value_2"]) == ("100", "90")
    stated = numbers(free(value=100, parts=parts))
    assert (stated[".parts_value"], stated[".parts_value_2"]) == ("100", "90")


def test_an_incomplete_breakdown_leaves_the_value_to_a_complete_one() -> None:
    parts = [part("nam", 60, by="giới tính"), part("nữ", None, by="giới tính", amount=5),
             part("trẻ", 30, by="tuổi"), part("già", 60, by="tuổi")]  # fmt: skip
    found = numbers(free(parts=parts))
    assert found[".value"] == "90"
    assert ".parts_value" not in found
    assert ".parts_value_2" not in found


def test_parts_of_parts_add_up() -> None:
    inner = [part("x", 2), part("y", 3)]
    assert numbers(free(parts=[part("a", parts=inner), part("b", 4)]))[".value"] == "9"


def test_some_of_a_line_has_a_share_and_no_sum() -> None:
    assert numbers(free(value=100, of_which=[part("nữ", 40)])) == {
        ".value": "100", "/nu.value": "40", "/nu.share": "40",
    }  # fmt: skip


def test_one_label_in_parts_and_in_some_of_them_are_two_figures() -> None:
    found = numbers(
        free(value=10, parts=[part("nữ", 4), part("nam", 6)], of_which=[part("nữ", 3)])
    )
    assert (found["/nu.value"], found["/nu~2.value"]) == ("4", "3")


def test_shares_of_each_plan_in_value_and_money() -> None:
    plans = [
        {"value": 28, "label": "kế hoạch phường"},
        {"value": 40, "amount": 100, "label": "kế hoạch quận"},
    ]
    found = made(free(value=30, amount=107, plan=plans))
    assert found[".plan_share"] == Figure(
        ".plan_share", "Dòng: tỷ lệ so với kế hoạch phường", qty(Decimal(30) / 28 * 100), "%",
        "30 / 28 × 100", (".value", ".plan"),
    )  # fmt: skip
    assert found[".plan_2_share"] == Figure(
        ".plan_2_share", "Dòng: tỷ lệ so với kế hoạch quận", qty("75"), "%", "30 / 40 × 100",
        (".value", ".plan_2"),
    )  # fmt: skip
    assert found[".plan_2_amount_share"] == Figure(
        ".plan_2_amount_share", "Dòng: tỷ lệ so với kế hoạch quận", qty("107"), "%",
        "107 / 100 × 100", (".amount", ".plan_2_amount"),
    )  # fmt: skip


def test_the_share_of_a_whole() -> None:
    (share,) = made(free(value="41/62")).values()
    assert share == Figure(
        ".whole_share", "Dòng: tỷ lệ so với tổng số", qty(Decimal(41) / 62 * 100), "%",
        "41 / 62 × 100", (".value", ".whole"),
    )  # fmt: skip


def test_a_change_is_one_delta_said_twice() -> None:
    assert made(free(value=30, previous=24)) == {
        ".previous_change": Figure(
            ".previous_change", "Dòng: tăng, giảm so với cùng kỳ", qty(6), "người", "30 − 24",
            (".value", ".previous"),
        ),
        ".previous_change_share": Figure(
            ".previous_change_share", "Dòng: % tăng, giảm so với cùng kỳ", qty(25), "%",
            "(30 − 24) / 24 × 100", (".value", ".previous"),
        ),
    }  # fmt: skip


def test_a_change_against_a_base_bears_its_name() -> None:
    found = made(free(value=30, bases=[{"value": 20, "label": "31/12/2019"}]))
    assert found[".bases_change"].label == "Dòng: tăng, giảm so với 31/12/2019"


def test_a_rate_changes_in_points_only() -> None:
    found = made(free(unit="%", value="1,35", previous="1,5"))
    assert found == {
        ".previous_change": Figure(
            ".previous_change", "Dòng: tăng, giảm so với cùng kỳ", qty("-0.15"), "điểm %",
            "1,35 − 1,5", (".value", ".previous"),
        ),
    }  # fmt: skip


def test_money_changes_too() -> None:
    found = numbers(free(value=5, amount=300, previous={"amount": 200}))
    assert found[".previous_amount_change"] == "100"
    assert found[".previous_amount_change_share"] == "50"


def test_nothing_is_divided_by_a_zero_of_last_year() -> None:
    assert numbers(free(value=30, previous=0)) == {
        ".value": "30", ".previous": "0", ".previous_change": "30",
    }  # fmt: skip


def test_money_for_one_unit() -> None:
    found = made(free(value=175, amount=262500000))
    assert found == {
        ".per_unit": Figure(".per_unit", "Dòng: bình quân một người", qty(1500000), "đồng",
                            "262.500.000 / 175", (".amount", ".value")),
    }  # fmt: skip


@pytest.mark.parametrize(
    "fields", [{"value": 0, "amount": 5}, {"unit": "%", "value": 3, "amount": 5}]
)
def test_no_money_for_one_of_nothing_or_of_a_rate(fields: Json) -> None:
    assert made(free(**fields)) == {}


def test_a_label_with_a_percent_sign_and_braces_is_only_a_label() -> None:
    found = made(
        free(label="Đạt 100% {x} %s", value=2, previous=1), prefix="giam_ngheo/dat-100-x-s"
    )
    assert found[".previous_change"].label == "Đạt 100% {x} %s: tăng, giảm so với cùng kỳ"


# ---------------------------------------------------------------- blank is never zero


def test_a_sum_with_one_unknown_does_not_exist() -> None:
    found = numbers(free(parts=[part("a", 3, amount=1000), part("b", 4)]))
    assert found[".value"] == "7"
    assert ".amount" not in found


def test_a_part_without_a_number_leaves_no_sum() -> None:
    assert ".value" not in numbers(
        free(parts=[part("a", 3), part("b", status="chưa có số liệu")])
    )


def test_what_did_not_happen_needs_no_number() -> None:
    parts = [part("a", 3, amount=5), part("b", status="không phát sinh"), part("c", 0)]
    found = made(free(parts=parts))
    assert found[".value"].quantity == qty(3)
    assert found[".amount"] == Figure(
        ".amount", "Dòng: kinh phí", qty(5), "đồng", "tổng của các phần: 5", ("/a.amount",)
    )


def test_parts_that_all_are_none_make_zero_people_and_no_money() -> None:
    found = numbers(free(parts=[part("a", 0), part("b", status="không phát sinh")]))
    assert found[".value"] == "0"
    assert ".amount" not in found


def test_parts_of_other_units_do_not_add_up() -> None:
    parts = [part("a", 3), part("b", 4, unit="hộ")]
    assert made(free(parts=parts)) == {}


# ---------------------------------------------------------------- hedges

SUMS = [
    (["trên 3.000", 4], "trên 3004"),
    (["trên 3.000", "hơn 40"], "trên 3040"),
    (["hơn 30", "hơn 40"], "hơn 70"),
    (["gần 30", 4], "gần 34"),
    (["trên 30", "gần 40"], "khoảng 70"),
    (["khoảng 30", "trên 40"], "khoảng 70"),
    (["ước 30", 4], "khoảng 34"),
]


@pytest.mark.parametrize(("values", "total"), SUMS)
def test_a_sum_inherits_its_hedges(values: list[Json], total: str) -> None:
    parts = [part(f"p{index}", value) for index, value in enumerate(values)]
    assert numbers(free(parts=parts))[".value"] == total


def test_what_a_hedged_number_makes_is_hedged() -> None:
    found = numbers(free(value="trên 30", amount=600, plan=40, previous=20, whole="gần 60"))
    assert found[".plan_share"] == "trên 75"
    assert found[".whole_share"] == "khoảng 50"
    assert found[".previous_change"] == "khoảng 10"
    assert found[".previous_change_share"] == "khoảng 50"
    assert found[".per_unit"] == "khoảng 20"


SPANS = [
    ("trên", "3100", 3100, 3200), ("hơn", "6", 6, 7), ("gần", "3100", 3000, 3100),
    ("khoảng", "3100", 3000, 3200), ("ước", "2.5", "2.4", "2.6"), ("xấp xỉ", "20", 10, 30),
    ("trên", "6000000000", 6000000000, 7000000000), ("trên", "0", 0, 1), ("", "7", 7, 7),
]  # fmt: skip


@pytest.mark.parametrize(("hedge", "value", "low", "high"), SPANS)
def test_what_a_hedge_allows(hedge: str, value: str, low: int | str, high: int | str) -> None:
    assert qty(value, hedge).span == (Decimal(low), Decimal(high))


# ---------------------------------------------------------------- totals


def test_a_total_over_givers_and_rounds() -> None:
    found = made(
        {"code": "qua", "giver": "quận", "round": "đợt 1", "value": 3, "amount": 10},
        {"code": "qua", "giver": "quận", "round": "đợt 2", "value": 4, "amount": 20},
        prefix="-",
    )
    assert found["tong_qua.value"] == Figure(
        "tong_qua.value", "Tổng cộng quà", qty(7), "lượt người", "tổng của các dòng: 3 + 4",
        ("qua@quan@dot_1.value", "qua@quan@dot_2.value"),
    )  # fmt: skip
    assert found["tong_qua.amount"] == Figure(
        "tong_qua.amount", "Tổng cộng quà: kinh phí", qty(30), "đồng",
        "tổng của các dòng: 10 + 20", ("qua@quan@dot_1.amount", "qua@quan@dot_2.amount"),
    )  # fmt: skip


def test_a_stated_total_stands_beside_the_computed() -> None:
    found = numbers(
        {"code": "qua", "value": 3}, {"code": "tong_qua", "value": 4, "previous": 2}
    )
    assert (found["tong_qua.value"], found["tong_qua.sum_value"]) == ("4", "3")
    assert found["tong_qua.previous_change"] == "2"


def test_people_and_households_total_in_money_only() -> None:
    found = numbers(
        {"code": "qua", "value": 3, "amount": 10}, {"code": "khau", "value": 2, "amount": 5}
    )
    assert found["tong_tien.amount"] == "15"
    assert "tong_tien.value" not in found


def test_a_total_with_one_unknown_amount_does_not_exist() -> None:
    found = numbers({"code": "qua", "giver": "quận", "value": 3, "amount": 10},
                    {"code": "qua", "giver": "tỉnh", "value": 4})  # fmt: skip
    assert found["tong_qua.value"] == "7"
    assert "tong_qua.amount" not in found


def test_a_zero_row_needs_no_money() -> None:
    found = numbers({"code": "qua", "giver": "quận", "value": 3, "amount": 10},
                    {"code": "qua", "giver": "tỉnh", "value": 0})  # fmt: skip
    assert found["tong_qua.amount"] == "10"


def test_the_totals_of_phuc_loi() -> None:
    source = (ROOT / "fixtures/accepted/phuc-loi-2020/input.json").read_bytes()
    data, found = validate(read_payload(source), real_kind(), {})
    assert found == ()
    assert data is not None
    book = calculate(data, real_kind())
    assert book["tong_qua_tet.value"].quantity == qty(1254)
    assert book["tong_qua_tet.value"].unit == "lượt người"
    assert book["tong_qua_tet.value"].rule == "tổng của các dòng: 249 + 283 + 146 + 478 + 98"
    assert book["tong_qua_tet.amount"].quantity == qty(633200000)


# ---------------------------------------------------------------- properties


@given(st.lists(COUNT, min_size=1, max_size=6))
def test_a_sum_is_exact(values: list[int]) -> None:
    parts = [part(f"p{index}", str(value)) for index, value in enumerate(values)]
    only = line(parts=parts)
    assert known_value(only) == qty(sum(values))
    assert known_amount(only) is None


@given(COUNT, COUNT)
def test_the_change_and_its_percent_have_one_sign(ours: int, theirs: int) -> None:
    book = figures_of(free(value=ours, previous=theirs))
    delta = book["giam_ngheo/dong.previous_change"].quantity.value
    assert delta == ours - theirs
    percent = book.get("giam_ngheo/dong.previous_change_share")
    assert (percent is None) == (theirs == 0)
    if percent:
        assert (percent.quantity.value > 0) == (delta > 0)
        assert (percent.quantity.value < 0) == (delta < 0)


@given(COUNT, st.integers(1, 10**12), COUNT)
def test_no_number_is_a_float(value: int, plan: int, amount: int) -> None:
    book = figures_of(free(value=value, plan=plan, previous=plan, whole=plan, amount=amount))
    assert all(type(figure.quantity.value) is Decimal for figure in book.values())
    assert json.dumps([str(figure.quantity.value) for figure in book.values()])


def test_what_is_compared_says_its_word_once() -> None:
    found = figures_of(free(value=1, plan=[{"value": 2, "label": "kế hoạch quận giao"},
                                           {"value": 3, "label": "nghị quyết"}]))  # fmt: skip
    stem = "giam_ngheo/dong"
    assert found[f"{stem}.plan"].label == "Dòng: kế hoạch quận giao"
    assert found[f"{stem}.plan_2"].label == "Dòng: kế hoạch (nghị quyết)"


def test_money_says_so_once() -> None:
    found = figures_of({"code": "qua", "giver": "quận", "value": 3, "amount": 900_000},
                       free(label="Kinh phí", value=3, amount=5))  # fmt: skip
    assert found["qua@quan.amount"].label == "Quà của quận: kinh phí"
    assert found["tong_tien.amount"].label == "Tổng kinh phí"
    assert found["giam_ngheo/kinh-phi.amount"].label == "Kinh phí"


def test_the_share_of_a_plan_says_what_it_is_of() -> None:
    def share(stated: str) -> Figure:
        plan = {"value": 8500, "share": stated, "label": "kế hoạch năm"}
        return made(free(value=4215, cumulative=8940, plan=plan))[".plan_share"]

    assert share("49,6%") == Figure(
        ".plan_share", "Dòng: tỷ lệ so với kế hoạch năm", qty(Decimal(4215) / 8500 * 100), "%",
        "4.215 / 8.500 × 100", (".value", ".plan"))  # fmt: skip
    assert share("105,2%") == Figure(
        ".plan_share", "Dòng: tỷ lệ lũy kế so với kế hoạch năm", qty(Decimal(8940) / 8500 * 100), "%",
        "8.940 / 8.500 × 100", (".cumulative", ".plan"))  # fmt: skip
    assert share("60%").made_from == (".value", ".plan")


def test_money_of_parts_in_several_units_adds_up_and_their_number_does_not() -> None:
    parts = [part("a", 1, unit="hộ", amount=1000), part("b", 2, amount=2500)]
    found = numbers(free(parts=parts))
    assert found[".amount"] == "3500"
    assert ".value" not in found


def test_a_change_told_twice_is_two_figures() -> None:
    book = figures_of(free(value=5, previous={"change": "tăng 10 người (3,3%)"}))
    stem = "giam_ngheo/dong.previous"
    where = "/lines/0/previous/change"
    assert book[f"{stem}_change_percent_stated"] == Figure(
        f"{stem}_change_percent_stated", "Dòng: cùng kỳ, % tăng giảm ghi sẵn", qty("3.3", "", where),
        "%", "số liệu nhập", where=where)  # fmt: skip
    assert book[f"{stem}_change_stated"].quantity == qty(10, "", where)


def test_a_stated_total_stands_beside_the_sum_of_its_rows_under_another_name() -> None:
    rows = [{"code": "qua", "giver": "quận", "value": 3, "amount": 900},
            {"code": "qua", "giver": "phường", "value": 4, "amount": 100}]  # fmt: skip
    labels = {id_: figure.label for id_, figure in figures_of(
        *rows, {"code": "tong_qua", "value": 7, "amount": 1000}).items()
        if id_.startswith("tong_qua")}  # fmt: skip
    assert labels == {
        "tong_qua.value": "Tổng cộng quà", "tong_qua.amount": "Tổng cộng quà: kinh phí",
        "tong_qua.per_unit": "Tổng cộng quà: bình quân một lượt người",
        "tong_qua.sum_value": "Tổng cộng quà (cộng các dòng)",
        "tong_qua.sum_amount": "Tổng cộng quà: kinh phí (cộng các dòng)",
    }  # fmt: skip


def test_a_sum_of_what_was_given_short_is_known_no_better() -> None:
    def amounts(*given: str) -> Decimal | None:
        parts = [part(f"p{n}", 5, amount=text) for n, text in enumerate(given)]
        return figures_of(free(parts=parts))["giam_ngheo/dong.amount"].quantity.written

    assert amounts("37,2 tỷ", "8,55 tỷ") == Decimal(10**8)
    assert amounts("37,2 tỷ", "8.550.000.000") is None
