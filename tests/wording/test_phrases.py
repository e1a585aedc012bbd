"""One line said aloud: each clause, and that no subset of a line's fields leaves one dangling."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.wording.amounts import say_count, say_money
from generators.wording.comparisons import plan_name
from generators.wording.joining import join_clauses, join_list
from tests.building import Json, free, full, part, period_data, qty, said


@pytest.mark.parametrize(
    ("items", "joined"),
    [
        ([], ""), ([""], ""), (["a"], "a"), (["a", "b"], "a và b"), (["a", "", "b"], "a và b"),
        (["a", "b", "c"], "a, b và c"), (["a, b", "c"], "a, b; c"), (["a và b", "c"], "a và b; c"),
        (["a; b", "c"], "a; b; c"), (["51,2 triệu", "4 triệu"], "51,2 triệu và 4 triệu"),
        (["vàng", "b"], "vàng và b"),
    ],
)  # fmt: skip
def test_lists(items: list[str], joined: str) -> None:
    assert join_list(items) == joined


def test_clauses_leave_no_gap() -> None:
    assert join_clauses(["", "a", "", "b", ""]) == "a, b"


# ---------------------------------------------------------------- a line said in full

FULL: list[tuple[Json, str]] = [
    ({"value": 249, "amount": "51,2 triệu"}, "249 người, kinh phí 51,2 triệu đồng"),
    ({"amount": 5000000}, "5 triệu đồng"),
    ({"value": 3, "amount": 0}, "03 người"),
    ({"value": "khoảng 30", "estimate": True}, "khoảng 30 người"),
    ({"value": 30, "estimate": True, "amount": 5000}, "ước 30 người, kinh phí ước 5.000 đồng"),
    ({"amount": 5000, "estimate": True}, "ước 5.000 đồng"),
    # plans
    ({"value": 107, "plan": {"value": 100, "label": "kế hoạch năm 2020 do quận giao"}},
     "107 người, đạt 107% kế hoạch năm 2020 do quận giao"),
    ({"value": 30, "plan": {"value": 40, "label": "quận giao"}},
     "30 người, đạt 75% kế hoạch quận giao"),
    ({"value": 30, "plan": {"value": 40, "label": "Chỉ tiêu năm"}},
     "30 người, đạt 75% chỉ tiêu năm"),
    ({"value": 4215, "cumulative": 8940, "plan": {"value": 8500, "share": "105,2%"}},
     "4.215 người, lũy kế đạt 105,2% kế hoạch, lũy kế 8.940 người"),
    ({"value": 30, "plan": {"share": "91,0%"}}, "30 người, đạt 91,0% kế hoạch"),
    ({"unit": "%", "value": "91,0%"}, "91,0%"),
    ({"value": 30, "previous": {"change": "tăng 10 người (50,0%)"}},
     "30 người, tăng 10 người (50,0%) so với cùng kỳ năm 2019"),
    ({"value": 30, "previous": {"change": "gấp 2 lần"}},
     "30 người, tăng 100% so với cùng kỳ năm 2019"),
    ({"value": 30, "plan": "trên 40"}, "30 người, đạt khoảng 75% kế hoạch"),
    ({"value": 30, "plan": {"share": 75}}, "30 người, đạt 75% kế hoạch"),
    ({"value": 30, "amount": 107, "plan": [{"value": 28}, {"value": 40, "amount": 100, "label": "quận"}]},
     "30 người, kinh phí 107 đồng, đạt 107,1% kế hoạch, đạt 75% kế hoạch quận "
     "(kinh phí đạt 107%)"),
    ({"value": 30, "amount": 107, "plan": {"amount": 100}},
     "30 người, kinh phí 107 đồng, kinh phí đạt 107% kế hoạch"),
    ({"amount": 7000, "plan": 40}, "7.000 đồng, kế hoạch là 40 người"),
    # wholes
    ({"value": "41/62"}, "41/62 người (66,1%)"),
    ({"value": 1, "whole": 3}, "1/3 người (33,3%)"),
    ({"value": 9996, "whole": 10000}, "9.996/10.000 người (99,96%)"),
    ({"value": "trên 40", "whole": 62}, "trên 40 người trên tổng số 62 người (trên 64,5%)"),
    ({"value": 30, "whole": {"share": 50}}, "30 người (50%)"),
    ({"amount": 5000, "whole": 62}, "tổng số 62 người, kinh phí 5.000 đồng"),
    # last year
    ({"value": 30, "previous": 24}, "30 người, tăng 06 người (25%) so với cùng kỳ năm 2019"),
    ({"value": 24, "previous": 30}, "24 người, giảm 06 người (20%) so với cùng kỳ năm 2019"),
    ({"value": 30, "previous": 30}, "30 người, bằng cùng kỳ năm 2019"),
    ({"value": 30, "previous": 0}, "30 người, tăng 30 người so với cùng kỳ năm 2019"),
    ({"value": "trên 3.100", "previous": 3120}, "trên 3.100 người, cùng kỳ năm 2019 là 3.120 người"),
    ({"value": "trên 3.100", "previous": 3000},
     "trên 3.100 người, cùng kỳ năm 2019 là 3.000 người"),
    ({"value": 30, "previous": {"change": "giảm 5,5%"}},
     "30 người, giảm 5,5% so với cùng kỳ năm 2019"),
    ({"value": 30, "previous": {"change": 0}}, "30 người, bằng cùng kỳ năm 2019"),
    ({"value": 30, "previous": {"share": 120}}, "30 người, bằng 120% so với cùng kỳ năm 2019"),
    ({"value": 30, "bases": {"value": 20, "label": "31/12/2019"}},
     "30 người, tăng 10 người (50%) so với thời điểm 31/12/2019"),
    ({"amount": 200, "previous": {"value": 4, "amount": 100}},
     "200 đồng, cùng kỳ năm 2019 là 04 người, kinh phí tăng 100 đồng (100%) so với cùng kỳ năm 2019"),
    ({"amount": 200, "previous": 0}, "200 đồng, cùng kỳ năm 2019 không có"),
    # stocks and running totals
    ({"opening": 34, "increase": 0, "decrease": 4, "closing": 30},
     "30 người, đầu kỳ 34 người, giảm 04 người"),
    ({"opening": 4, "increase": 0, "decrease": 4, "closing": 0},
     "không có người, đầu kỳ 04 người, giảm 04 người"),
    ({"opening": 0, "increase": 2, "decrease": 0}, "02 người, đầu kỳ không có, tăng 02 người"),
    ({"opening": 34}, "đầu kỳ 34 người"),
    ({"value": 30, "cumulative": 1254}, "30 người, lũy kế 1.254 người"),
    # rates
    ({"value": 30, "rate": 1500000}, "30 người, mức 1.500.000 đồng/người"),
    ({"value": 30, "rate": "trên 500.000"}, "30 người, mức trên 500.000 đồng/người"),
    ({"value": 30, "rate": "500.000 - 1.500.000", "months": 6},
     "30 người, mức từ 500.000 đồng đến 1.500.000 đồng/người, trong 6 tháng"),
    ({"value": 30, "rate": [{"rate": 500000, "count": 10}, {"rate": "1 triệu", "count": 20}]},
     "30 người, 10 người mức 500.000 đồng/người và 20 người mức 1.000.000 đồng/người"),
    ({"value": 30, "months": "khoảng 6"}, "30 người, trong khoảng 6 tháng"),
    # where from, when
    ({"amount": 7000, "source": "Quỹ “Đền ơn đáp nghĩa”"}, "7.000 đồng, từ Quỹ “Đền ơn đáp nghĩa”"),
    ({"amount": 7000, "source": "Nguồn xã hội hóa"}, "7.000 đồng, từ nguồn xã hội hóa"),
    ({"amount": 7000, "source": "Do Mặt trận vận động"}, "7.000 đồng, do Mặt trận vận động"),
    ({"value": 30, "as_of": "2020-05-30"}, "30 người, tính đến ngày 30 tháng 5 năm 2020"),
    ({"value": 30, "from": "2020-01-01", "to": "2020-03-31"}, "30 người, trong quý I năm 2020"),
    # rates of a population, money counted itself
    ({"unit": "%", "value": "1,35", "previous": "1,5"},
     "1,35%, giảm 0,15 điểm phần trăm so với cùng kỳ năm 2019"),
    ({"unit": "%", "value": "1,25", "plan": "1,5"}, "1,25%, kế hoạch là 1,5%"),
    ({"value": 50, "round": "tháng 1", "amount": 7000}, "50 người (tháng 1), kinh phí 7.000 đồng"),
    ({"unit": "%", "value": 0, "previous": "1"},
     "0%, giảm 1 điểm phần trăm so với cùng kỳ năm 2019"),
    ({"unit": "đồng", "value": "107 triệu", "plan": 100000000, "previous": "90 triệu"},
     "107 triệu đồng, đạt 107% kế hoạch, tăng 17 triệu đồng (18,9%) so với cùng kỳ năm 2019"),
    ({"unit": "đồng", "value": "trên 51 triệu", "whole": "60 triệu"},
     "trên 51 triệu đồng trên tổng số 60 triệu đồng (trên 85%)"),
    ({"unit": "triệu đồng", "value": 5}, "5 triệu đồng"),
    ({"value": "999.999.999.999.999"}, "999.999.999.999.999 người"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "text"), FULL, ids=[text for _, text in FULL])
def test_a_line_said_in_full(fields: Json, text: str) -> None:
    assert full(**fields) == text


# ---------------------------------------------------------------- parts

PARTS: list[tuple[Json, str]] = [
    ({"parts": [part("vay vốn", 118), part("tự tạo", 106)]},
     "224 người, gồm: vay vốn 118 người và tự tạo 106 người"),
    ({"parts": [part("a", 3, amount="50,2 triệu"), part("b", 4, amount="1 triệu")]},
     "07 người, kinh phí 51,2 triệu đồng, gồm: a 03 người (kinh phí 50,2 triệu đồng) và "
     "b 04 người (kinh phí 1 triệu đồng)"),
    ({"parts": [part("a", 3), part("b", 4, unit="hộ")]}, "a 03 người và b 04 hộ"),
    ({"value": 7, "parts": [part("a, b và c", 3), part("nhóm 2", 4)]},
     "07 người, gồm: a, b và c 03 người; nhóm 2: 04 người"),
    ({"value": 3, "parts": [part("a", 3), part("b", 0), part("c", status="không phát sinh")]},
     "03 người, gồm: a 03 người; không phát sinh: b và c"),
    ({"value": 5, "parts": [part("a", status="chưa có số liệu"), part("b", status="xét cuối năm")]},
     "05 người, chưa có số liệu: a; xét cuối năm: b"),
    ({"parts": [part("nam", 6, by="giới tính"), part("nữ", 4, by="giới tính"),
                part("trẻ", 3, by="tuổi"), part("già", 7, by="tuổi")]},
     "10 người, chia theo giới tính: nam 06 người và nữ 04 người; chia theo tuổi: trẻ 03 người "
     "và già 07 người"),
    ({"value": 3, "parts": [part("a", 3), part("b", 0, amount="2 triệu")]},
     "03 người, gồm: a 03 người và b: không có (kinh phí 2 triệu đồng)"),
    ({"value": 10, "of_which": [part("nữ", 4)]}, "10 người, trong đó: nữ 04 người"),
    ({"parts": [part("a", parts=[part("x", 2), part("y", 3)]), part("b", 4)]},
     "09 người, gồm: a 05 người (gồm: x 02 người và y 03 người); b 04 người"),
    ({"value": 5, "parts": [part("a", 5, whole=7, previous=4, rate=500), part("b", opening=3)]},
     "05 người, gồm: a 5/7 người (71,4%; mức 500 đồng/người, tăng 01 người (25%) so với "
     "cùng kỳ năm 2019); b: đầu kỳ 03 người"),
    ({"value": 5, "parts": [part("quà", 2, giver="quận"), part("quà", 3, giver="phường")]},
     "05 người, gồm: quà (quận) 02 người và quà (phường) 03 người"),
    ({"value": 5, "parts": [part("a", amount="2 triệu"), part("b 2", amount="3 triệu")]},
     "05 người, kinh phí 5 triệu đồng, gồm: a 2 triệu đồng và b 2: 3 triệu đồng"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "text"), PARTS, ids=[text for _, text in PARTS])
def test_a_line_with_its_parts(fields: Json, text: str) -> None:
    assert full(**fields) == text


def test_what_a_plan_is_called() -> None:
    names = ["", "kế hoạch năm", "Kế hoạch năm", "quận giao", "Dự toán 2020"]
    assert [plan_name(name) for name in names] == [
        "kế hoạch", "kế hoạch năm", "kế hoạch năm", "kế hoạch quận giao", "dự toán 2020",
    ]  # fmt: skip


# ---------------------------------------------------------------- any subset of fields

HEDGED = st.sampled_from(["", "trên ", "gần ", "khoảng "])
SIZE = st.integers(1, 10**6)
TYPED = st.builds(lambda hedge, size: f"{hedge}{size}", HEDGED, SIZE)
SMALL = st.fixed_dictionaries(
    {"value": st.integers(0, 3)}, optional={"amount": st.integers(0, 10**9), "plan": SIZE}
)
MEASURE = st.fixed_dictionaries(
    {},
    optional={"value": TYPED, "amount": SIZE, "share": st.integers(1, 300),
              "label": st.sampled_from(["kế hoạch năm 2020", "quận giao", "31/12/2019"])},
)  # fmt: skip
PART = st.builds(
    lambda label, fields: {"label": label, **fields},
    st.sampled_from(["a", "b, c", "d và e", "nhóm 2", "Tên"]),
    SMALL | st.sampled_from([{"status": "không phát sinh"}, {"status": "chưa có số liệu"}]),
)
PARTS_OF = st.lists(PART, max_size=4, unique_by=lambda p: p["label"])
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "value": TYPED | st.just("0"), "amount": st.integers(0, 10**12),
        "plan": st.lists(MEASURE, max_size=2), "whole": MEASURE,
        "previous": MEASURE, "bases": st.lists(MEASURE, max_size=2), "opening": TYPED,
        "increase": TYPED, "decrease": st.just(0), "closing": st.integers(0, 9), "cumulative": SIZE,
        "rate": SIZE | st.just("500.000 - 1.500.000"), "months": st.integers(0, 9),
        "rate_count": SIZE, "parts": PARTS_OF, "of_which": PARTS_OF, "estimate": st.booleans(),
        "as_of": st.just("2020-06-30"), "from": st.just("2020-01-01"), "to": st.just("2020-06-30"),
        "source": st.sampled_from(["ngân sách", "do Hội vận động"]),
        "unit": st.sampled_from(["người", "hộ", "đồng", "%"]),
    },
)  # fmt: skip


def anchored(fields: Json) -> Json:
    """Fields of a line that is never empty and, counted in đồng, has no money beside it."""
    no_money = fields.get("unit") == "đồng"
    text = json.dumps({"months": 6, "value": 5, **fields})
    return json.loads(
        text,
        object_hook=lambda found: (
            {key: value for key, value in found.items() if not (no_money and key == "amount")}
        ),
    )


ANCHORED = FIELDS.map(anchored)

UGLY = re.compile(
    r"  | [,;.:)]|, ,|,,|,;|;,|;;|\( |\(\)|None|(?<![0-9.,])0 đồng|không có không có|gồm: gồm|"
    r"^[\s,;:.)]|[\s,;:(]$|: ;|: ,|::"
)


@given(ANCHORED)
def test_no_subset_of_fields_dangles(fields: Json) -> None:
    one = said(free(**fields))
    for text in (one.day_du, one.co, one.cau, one.chi_tiet):
        assert not UGLY.search(text), (text, UGLY.search(text))


@given(ANCHORED)
def test_every_number_of_the_result_is_said(fields: Json) -> None:
    (line,) = period_data(free(**fields)).lines
    text = said(free(**fields)).day_du
    if line.amount and line.amount.value:
        assert say_money(line.amount) in text
    if line.value and line.value.value and not line.whole and line.unit not in ("đồng", "%"):
        assert say_count(line.value, line.unit) in text
    if line.cumulative and line.unit not in ("đồng", "%"):
        assert f"lũy kế {say_count(line.cumulative, line.unit)}" in text
    for each in (*line.parts, *line.of_which):
        assert each.label in text


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_up_down_and_equal_agree_with_the_numbers(ours: int, theirs: int) -> None:
    text = said(free(value=ours, previous=theirs)).so_sanh
    assert ("tăng " in text) == (ours > theirs)
    assert ("giảm " in text) == (ours < theirs)
    assert (text == "bằng cùng kỳ năm 2019") == (ours == theirs)
    assert say_count(qty(abs(ours - theirs)), "người") in text or ours == theirs
