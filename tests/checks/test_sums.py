"""Sums: each finding by the smallest input, its whole message, and a near miss that passes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generators.model import NOTE, Finding
from tests.building import Json, checked, error, free, part, told

SUM_REMEDY = (
    "Hãy sửa tổng nếu tổng ghi sai, hoặc bổ sung dòng còn thiếu, sửa dòng ghi sai nếu tổng đúng; "
    "cũng có thể để trống tổng để phần mềm tự cộng."
)


def test_a_line_that_is_not_its_parts() -> None:
    assert told(checked(free(value=9, parts=[part("a", 3), part("b", 4)]))) == (
        error("sum.parts", "/lines/0/value",
              "Dòng: tổng ghi ở /lines/0/value là 9 người, trong khi các phần "
              "(/lines/0/parts/0/value, /lines/0/parts/1/value) cộng lại là 7 người; "
              "số ghi lớn hơn 2 người.", SUM_REMEDY),
    )  # fmt: skip


def test_money_that_is_not_its_parts() -> None:
    (found,) = checked(free(value=2, amount=999, parts=[part("a", 2, amount=1000)]))
    assert found.message == (
        "Dòng: kinh phí: tổng ghi ở /lines/0/amount là 999 đồng, trong khi các phần "
        "(/lines/0/parts/0/amount) cộng lại là 1.000 đồng; số ghi nhỏ hơn 1 đồng."
    )


def test_two_breakdowns_that_disagree_about_a_line_nobody_stated() -> None:
    parts = [part("nam", 6, by="giới tính"), part("nữ", 4, by="giới tính"),
             part("trẻ", 3, by="tuổi"), part("già", 6, by="tuổi")]  # fmt: skip
    assert told(checked(free(parts=parts))) == (
        error("sum.parts", "/lines/0/parts/2/value",
              "Dòng: các phần (/lines/0/parts/0/value, /lines/0/parts/1/value) cộng lại là "
              "10 người, trong khi cách chia khác (/lines/0/parts/2/value, "
              "/lines/0/parts/3/value) cộng lại là 9 người.",
              "Hãy bổ sung dòng còn thiếu hoặc sửa dòng ghi sai, để hai cách chia cho cùng một "
              "tổng."),
    )  # fmt: skip


def test_a_total_that_is_not_its_rows() -> None:
    rows: list[Json] = [
        {"code": "qua", "giver": "quận", "value": 3},
        {"code": "tong_qua", "value": 4},
    ]
    assert told(checked(*rows)) == (
        error("sum.total", "/lines/1/value",
              "Tổng cộng quà: tổng ghi ở /lines/1/value là 4 lượt người, trong khi các phần "
              "(/lines/0/value) cộng lại là 3 lượt người; số ghi lớn hơn 1 lượt người.",
              SUM_REMEDY),
    )  # fmt: skip


PARTS_THAT_AGREE: list[Json] = [
    free(value=7, parts=[part("a", 3), part("b", 4)]),
    free(value=3, parts=[part("a", 3), part("b", status="không phát sinh")]),
    free(value=9, parts=[part("a", 3), part("b", status="chưa có số liệu")]),
    free(value=9, of_which=[part("a", 3), part("b", 4)]),
    free(value=10, parts=[part("nữ", 4), part("nam", 6)], of_which=[part("nữ", 3)]),
    free(value=7, opening=3, increase=4, decrease=0, parts=[part("a", 7)]),
]


@pytest.mark.parametrize("json_line", PARTS_THAT_AGREE)
def test_parts_that_agree_or_cannot_be_known(json_line: Json) -> None:
    assert checked(json_line) == ()


HEDGED = [
    ("trên 7.000", ["trên 3.000", "4.000"], True),
    ("trên 6 tỷ", ["trên 3 tỷ", "gần 4 tỷ"], True),
    ("gần 40", [35], True),
    ("gần 40", [41], False),
    ("trên 40", [50], True),
    ("trên 40", [51], False),
    ("trên 40", [39], False),
    ("khoảng 40", [30], True),
    ("khoảng 40", [29], False),
    ("3.500", ["trên 3.000", 4], True),
    ("4.500", ["trên 3.000", 4], False),
    ("4.004", ["trên 3.000", 4], True),
    ("4.005", ["trên 3.000", 4], False),
]


@pytest.mark.parametrize(("total", "values", "agrees"), HEDGED)
def test_hedged_parts_against_a_total(total: str, values: list[Json], agrees: bool) -> None:
    parts = [part(f"p{index}", value) for index, value in enumerate(values)]
    json_line = free(unit="đồng", value=total, parts=parts)
    assert [f.code for f in checked(json_line)] == ([] if agrees else ["sum.parts"])


def test_a_sum_of_sums_is_as_loose_as_its_hedged_parts() -> None:
    inner = part("a", parts=[part("x", "trên 3.000"), part("y", 4)])
    assert checked(free(value=3900, parts=[inner, part("b", 10)])) == ()
    (found,) = checked(free(value=4015, parts=[inner, part("b", 10)]))
    assert found.message == (
        "Dòng: tổng ghi ở /lines/0/value là 4.015 người, trong khi các phần "
        "(/lines/0/parts/0/parts/0/value, /lines/0/parts/0/parts/1/value, "
        "/lines/0/parts/1/value) cộng lại là trên 3.014 người; số ghi lớn hơn 1.001 người."
    )


PART_REMEDY = "Hãy kiểm tra lại hai số: phần không thể lớn hơn toàn bộ."


def test_some_of_a_line_exceeds_it() -> None:
    assert told(checked(free(value=100, of_which=[part("nữ", 140)]))) == (
        error("sum.part_exceeds_whole", "/lines/0/of_which/0/value",
              "Dòng – nữ: 140 người ở /lines/0/of_which/0/value lớn hơn số bao gồm nó, 100 người "
              "(Dòng, /lines/0/value).", PART_REMEDY),
    )  # fmt: skip


def test_some_of_a_line_exceeds_what_its_parts_come_to() -> None:
    (found,) = checked(free(parts=[part("a", 2), part("b", 3)], of_which=[part("nữ", 6)]))
    assert found.message == (
        "Dòng – nữ: 6 người ở /lines/0/of_which/0/value lớn hơn số bao gồm nó, 5 người "
        "(Dòng, /lines/0/parts/0/value, /lines/0/parts/1/value)."
    )


def test_money_of_some_exceeds_the_money() -> None:
    (found,) = checked(free(value=5, amount=10, of_which=[part("nữ", 2, amount=11)]))
    assert found.message == (
        "Dòng – nữ: kinh phí: 11 đồng ở /lines/0/of_which/0/amount lớn hơn số bao gồm nó, 10 đồng "
        "(Dòng: kinh phí, /lines/0/amount)."
    )


def test_a_value_exceeds_its_whole() -> None:
    assert told(checked(free(value=63, whole=62))) == (
        error("sum.part_exceeds_whole", "/lines/0/value",
              "Dòng: 63 người ở /lines/0/value lớn hơn số bao gồm nó, 62 người "
              "(Dòng: tổng số, /lines/0/whole).", PART_REMEDY),
    )  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        {"value": 62, "whole": 62}, {"value": 63, "plan": 62}, {"value": 63, "whole": "trên 60"},
        {"value": 5, "of_which": [part("a", 3), part("b", 2)]},
        {"value": 5, "of_which": [part("khẩu", 50, unit="khẩu")]},
    ],
)  # fmt: skip
def test_what_fits_in_its_whole(fields: Json) -> None:
    assert checked(free(**fields)) == ()


def test_known_parts_that_already_exceed_their_line() -> None:
    parts = [part("a", 5), part("b", 4), part("c", status="chưa có số liệu")]
    assert told(checked(free(value=8, parts=parts))) == (
        error("sum.parts_exceed", "/lines/0/value",
              "Dòng: tổng ghi là 8 người, trong khi riêng các phần đã có số "
              "(/lines/0/parts/0/value, /lines/0/parts/1/value) cộng lại là 9 người.", SUM_REMEDY),
    )  # fmt: skip
    assert checked(free(value=9, parts=parts)) == ()


def test_parts_of_two_breakdowns_are_not_added_together() -> None:
    parts = [
        part("a", 5, by="x"),
        part("b", by="x", status="chưa có số liệu"),
        part("c", 8, by="y"),
    ]
    assert checked(free(value=8, parts=parts)) == ()


def test_two_digits_that_changed_places_are_pointed_out() -> None:
    (found,) = checked(free(value=1254, parts=[part("a", 1000), part("b", 245)]))
    assert found.message.endswith("số ghi lớn hơn 9 người. Có thể hai chữ số đã bị gõ đảo chỗ.")
    (found,) = checked(free(value=1354, parts=[part("a", 1000), part("b", 245)]))
    assert found.message.endswith("số ghi lớn hơn 109 người.")


def test_a_total_that_counts_parents_and_children() -> None:
    rows = [
        {"code": "qua", "giver": "quận", "value": 30, "amount": 30,
         "parts": [part("a", 10, amount=10), part("b", 20, amount=20)]},
        {"code": "qua", "giver": "phường", "value": 5, "amount": 5},
    ]  # fmt: skip
    (found,) = checked(*rows, {"code": "tong_qua", "value": 65, "amount": 35})
    assert found.message.endswith(
        "số ghi lớn hơn 30 lượt người. Số ghi đúng bằng tổng khi cộng cả dòng cha lẫn các dòng con "
        "của nó."
    )


def test_a_total_that_is_less_than_a_total_inside_it() -> None:
    totals = [
        {"code": "tong_qua", "value": 30, "amount": 300},
        {"code": "tong_tien", "amount": 299},
    ]
    assert told(checked(*totals)) == (
        error("sum.subtotals", "/lines/1/amount",
              "Tổng kinh phí: tổng ghi ở /lines/1/amount là 299 đồng, nhỏ hơn các tổng và "
              "dòng nằm trong nó cộng lại, 300 đồng (Tổng cộng quà: kinh phí: 300 đồng).",
              SUM_REMEDY),
    )  # fmt: skip
    assert checked(totals[0], {"code": "tong_tien", "amount": 300}) == ()


def test_a_total_and_the_rows_beside_the_total_inside_it() -> None:
    inside = {"code": "tong_qua", "value": 30, "amount": 300}
    beside = {"code": "khau", "value": 2, "amount": 50}
    found = checked(inside, beside, {"code": "tong_tien", "amount": 320})
    assert [f.code for f in found] == ["sum.total", "sum.subtotals"]
    assert (found[1].stated, found[1].computed) == (Decimal(320), Decimal(350))


def test_the_money_of_a_line_exceeds_the_money_it_is_part_of() -> None:
    whole = {"value": 62, "amount": 344_000_000}
    (found,) = checked(free(value=41, amount=345_000_000, whole=whole))
    assert (found.code, found.about) == ("sum.part_exceeds_whole", "giam_ngheo/dong.amount")


@pytest.mark.parametrize(
    ("total", "parts", "agrees"),
    [("94,7", ["33,6", "61,0"], True), ("94,8", ["33,6", "61,0"], False),
     ("94,9", ["33,6", "61,0"], False), ("100", ["33,3", "33,3", "33,3"], True),
     ("100", ["33,3", "33,3", "33,0"], False)],
)  # fmt: skip
def test_numbers_written_with_decimals_agree_within_their_rounding(
    total: str, parts: list[str], agrees: bool
) -> None:
    pieces = [part(f"p{index}", value) for index, value in enumerate(parts)]
    found = checked(free(unit="triệu người", value=total, parts=pieces))
    assert [f.code for f in found] == ([] if agrees else ["sum.parts"])


def test_some_and_some_that_come_to_more_than_the_line_overlap() -> None:
    assert told(checked(free(value=149, of_which=[part("a", 94), part("b", 57)]))) == (
        Finding("sum.of_which", NOTE, "/lines/0/value",
                "Dòng: các dòng «trong đó» (/lines/0/of_which/0/value, /lines/0/of_which/1/value) "
                "cộng lại là 151 người, lớn hơn 149 người: một số được tính ở nhiều dòng, hoặc có "
                "số ghi sai.",
                "Nếu các nhóm trùng nhau thì không cần sửa; nếu không, hãy kiểm tra lại và ghi các "
                "dòng đó là «Chia ra» để được cộng và đối chiếu."),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("total", "parts", "codes"),
    [("45,7 tỷ", ["8,5 tỷ", "37,2 tỷ"], []), ("45,8 tỷ", ["8,5 tỷ", "37,2 tỷ"], []),
     ("45,7 tỷ", ["8.530.000.000", "37.150.000.000"], []), ("45,9 tỷ", ["8,5 tỷ", "37,2 tỷ"], ["sum.parts"]),
     ("45,7 tỷ", ["8.530.000.000", "37.250.000.000"], ["sum.rounded"]),
     ("45,7 tỷ", ["8.530.000.000", "37.290.000.000"], ["sum.parts"]),
     ("2 tỷ", ["900 triệu", "1 tỷ 350 triệu"], ["sum.rounded"]),
     # a hundredth of what is told is not worth a word, one đồng more is
     ("50 tỷ", ["8.500.000.000", "41.000.000.000"], []),
     ("50 tỷ", ["8.500.000.000", "40.999.999.999"], ["sum.parts"]),
     ("2 tỷ", ["900 triệu", "1 tỷ 080 triệu"], []),
     ("2 tỷ", ["900.000.000", "1.079.999.999"], ["sum.rounded"]),
     ("45.700.000.000", ["8.530.000.000", "37.150.000.000"], ["sum.parts"])],
)  # fmt: skip
def test_money_keeps_the_place_it_was_written_to(
    total: str, parts: list[str], codes: list[str]
) -> None:
    pieces = [part(f"p{index}", 5, amount=amount) for index, amount in enumerate(parts)]
    line = free(value=5 * len(parts), amount=total, parts=pieces)
    assert [f.code for f in checked(line)] == codes


def test_a_total_that_was_cut_off_is_a_note() -> None:
    pieces = [part("a", 1, amount="8.530.000.000"), part("b", 1, amount="37.250.000.000")]
    assert told(checked(free(value=2, amount="45,7 tỷ", parts=pieces))) == (
        Finding("sum.rounded", NOTE, "/lines/0/amount",
                "Dòng: kinh phí: tổng ghi ở /lines/0/amount là 45.700.000.000 đồng, các phần "
                "(/lines/0/parts/0/amount, /lines/0/parts/1/amount) cộng lại là 45.780.000.000 đồng, "
                "chênh 80.000.000 đồng: khớp khi coi số ghi là số đã làm tròn hoặc bỏ bớt chữ số sau.",
                "Nếu đúng là số làm tròn thì không cần sửa; muốn in số đúng, hãy ghi đủ chữ số hoặc để "
                "trống tổng để phần mềm tự cộng."),
    )  # fmt: skip


def test_a_stated_total_of_rounded_rows() -> None:
    rows = [{"code": "qua", "giver": giver, "value": 5, "amount": amount}
            for giver, amount in (("quận", "8,52 tỷ"), ("phường", "37,2 tỷ"))]  # fmt: skip
    assert checked(*rows, {"code": "tong_qua", "amount": "45,7 tỷ"}) == ()
    (found,) = checked(*rows, {"code": "tong_qua", "amount": "46,7 tỷ"})
    assert found.code == "sum.total"
