"""Stated shares and the wholes that shares imply: whole messages, and near misses that pass."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generators.model import NOTE, WARNING, Finding
from tests.building import Json, checked, error, free, told


def test_a_stated_share_that_is_not_the_computed() -> None:
    assert told(checked(free(value=30, plan={"value": 40, "share": "33,91"}))) == (
        error("share.stated", "/lines/0/plan/share",
              "Dòng: kế hoạch, tỷ lệ ghi sẵn: ghi 33,91%, trong khi tính ra 75% (30 / 40 × 100).",
              "Hãy sửa tỷ lệ, hoặc kiểm tra lại kết quả và kế hoạch, tổng số; cũng có thể để trống "
              "tỷ lệ để phần mềm tự tính."),
    )  # fmt: skip


@pytest.mark.parametrize("share", ["66,1", "66,13", "66"])
def test_a_share_rounded_is_right(share: str) -> None:
    assert checked(free(value=41, whole={"value": 62, "share": share})) == ()


@pytest.mark.parametrize("share", ["66,2", "66,11", "67", "65"])
def test_a_share_past_its_last_digit_is_not(share: str) -> None:
    (found,) = checked(free(value=41, whole={"value": 62, "share": share}))
    assert found.code == "share.stated"
    assert found.message.endswith("trong khi tính ra 66,13% (41 / 62 × 100).")


def test_a_stated_share_of_last_year() -> None:
    (found,) = checked(free(value=30, previous={"value": 25, "share": 102}))
    assert found.message == (
        "Dòng: cùng kỳ, tỷ lệ ghi sẵn: ghi 102%, trong khi tính ra 120% (30 / 25 × 100)."
    )


def test_a_share_cut_off_instead_of_rounded_is_only_a_note() -> None:
    assert told(checked(free(value=41, whole={"value": 62, "share": "66,12"}))) == (
        Finding("share.cut_off", NOTE, "/lines/0/whole/share",
                "Dòng: tổng số, tỷ lệ ghi sẵn: ghi 66,12%, là 66,13% (41 / 62 × 100) bỏ bớt chữ số "
                "sau chứ không làm tròn.",
                "Không bắt buộc sửa; báo cáo in tỷ lệ do phần mềm tính và làm tròn."),
    )  # fmt: skip


def test_a_share_of_hedged_numbers_may_be_what_they_may() -> None:
    stated = {"value": 15000, "share": "90,5"}
    assert checked(free(value="trên 13.500", plan=stated)) == ()
    (found,) = checked(free(value="trên 13.500", plan={**stated, "share": "92"}))
    assert (found.code, found.stated, found.computed) == (
        "share.stated",
        Decimal(92),
        Decimal(90),
    )


def test_a_share_that_is_wrong_tells_both_numbers_and_all_places() -> None:
    (found,) = checked(free(value=30, plan={"value": 40, "share": "33,91"}))
    assert (found.about, found.places) == (
        "giam_ngheo/dong.plan_share_stated",
        ("/lines/0/plan/share", "/lines/0/value", "/lines/0/plan/value"),
    )
    assert (found.stated, found.computed, found.difference, found.unit) == (
        Decimal("33.91"), Decimal(75), Decimal("-41.09"), "%")  # fmt: skip


def insured(label: str, value: int, share: Json, whole: str = "lực lượng lao động") -> Json:
    return free(label=label, value=value, whole={"share": share, "label": whole})


def test_two_shares_of_one_whole_that_imply_two() -> None:
    assert told(checked(insured("BHXH bắt buộc", 134951, "28,3"),
                        insured("BHXH tự nguyện", 5612, "1,2"),
                        insured("BHTN", 125729, "24,7"))) == (
        Finding("share.denominators", WARNING, "/lines/2/whole",
                "Cùng là tỷ lệ so với «lực lượng lao động» nhưng hai dòng ứng với hai tổng số khác "
                "nhau: BHXH bắt buộc (134.951 người là 28,3%) ứng với khoảng 476.859 người; BHTN "
                "(125.729 người là 24,7%) ứng với khoảng 509.024 người.",
                "Một trong hai tỷ lệ, hoặc một trong hai kết quả, có thể sai: hãy kiểm tra lại và "
                "ghi rõ tổng số dùng để tính."),
    )  # fmt: skip


def test_a_share_against_a_whole_that_another_line_states() -> None:
    stated = free(label="BHYT", value=700000, whole={"value": 808149, "label": "Dân số"})
    (found,) = checked(stated, insured("BHTN", 125729, "24,7", "dân số"))
    assert found.message == (
        "Cùng là tỷ lệ so với «Dân số» nhưng hai dòng ứng với hai tổng số khác nhau: BHYT ghi "
        "tổng số 808.149 người; BHTN (125.729 người là 24,7%) ứng với khoảng 509.024 người."
    )
    assert (found.stated, found.computed) == (Decimal(509024), Decimal(808149))


@pytest.mark.parametrize(
    ("share", "whole"), [("26,4", "lực lượng lao động"), ("24,7", "dân số"), ("24,7", "")]
)
def test_shares_that_may_be_of_one_whole_or_are_of_two(share: str, whole: str) -> None:
    assert checked(insured("BHXH", 134951, "28,3"), insured("BHTN", 125729, share, whole)) == ()


def test_rates_in_lines_of_their_own_imply_wholes_too() -> None:
    lines = [
        free(label="Người tham gia bảo hiểm xã hội", value=134951),
        free(label="Người tham gia bảo hiểm thất nghiệp", value=125729),
        free(
            label="Tỷ lệ tham gia bảo hiểm xã hội so với lực lượng lao động",
            unit="%",
            value="28,3",
        ),
    ]
    rate = free(label="Tỷ lệ tham gia bảo hiểm thất nghiệp so lực lượng lao động", unit="%")
    (found,) = checked(*lines, {**rate, "value": "24,7"})
    assert (found.code, found.where) == ("share.denominators", "/lines/3/value")
    assert checked(*lines, {**rate, "value": "26,4"}) == ()
    assert checked(*lines, {**rate, "value": "24,7", "label": "Tỷ lệ thất nghiệp"}) == ()


# ---------------------------------------------------------------- of the plan, and lũy kế


def jobs(share: str, **more: Json) -> Json:
    return free(value=4215, cumulative=8940, plan={"value": 8500, "share": share}, **more)


@pytest.mark.parametrize("share", ["105,2%", "105,18%", "105%", "49,6%", "49,59%"])
def test_a_share_of_an_annual_plan_may_be_that_of_luy_ke(share: str) -> None:
    assert checked(jobs(share)) == ()


def test_a_share_of_neither_tells_both() -> None:
    (found,) = checked(jobs("95,2%"))
    assert (found.code, found.message) == (
        "share.stated",
        "Dòng: kế hoạch, tỷ lệ ghi sẵn: ghi 95,2%, trong khi tính ra 49,59% (4.215 / 8.500 × 100); so "
        "lũy kế với kế hoạch là 105,18%.",
    )


def test_a_share_of_a_whole_is_not_that_of_luy_ke() -> None:
    (found,) = checked(free(value=40, cumulative=60, whole={"value": 100, "share": "60%"}))
    assert found.message.endswith("trong khi tính ra 40% (40 / 100 × 100).")


# ---------------------------------------------------------------- as it was written


@pytest.mark.parametrize(("share", "right"), [("91,0%", True), ("91,2%", True), ("91%", True),
                                              ("91,00%", False), ("90,0%", False)])  # fmt: skip
def test_a_zero_after_the_comma_was_written_and_counts(share: str, right: bool) -> None:
    value = 912 if share == "91,2%" else 9104
    plan = 1000 if share == "91,2%" else 10_000
    found = checked(free(value=value, plan={"value": plan, "share": share}))
    assert [f.code for f in found] == ([] if right else ["share.stated"])


def test_a_share_is_told_as_it_was_written() -> None:
    (found,) = checked(free(value=912, plan={"value": 1000, "share": "91,0%"}))
    assert found.message == (
        "Dòng: kế hoạch, tỷ lệ ghi sẵn: ghi 91,0%, trong khi tính ra 91,2% (912 / 1.000 × 100)."
    )


def fund(value: str, plan: str, share: str) -> Json:
    return {"code": "quy", "value": value, "plan": {"value": plan, "share": share}}


@pytest.mark.parametrize(
    ("value", "plan", "share", "right"),
    [("45,7 tỷ", "50 tỷ", "91,4%", True), ("45,7 tỷ", "50 tỷ", "91,5%", True),
     ("45,7 tỷ", "50 tỷ", "91,6%", False), ("45,7 tỷ", "50 tỷ", "91,2%", False),
     ("107 triệu", "100 triệu", "107%", True), ("107 triệu", "100 triệu", "106,8%", True),
     ("107 triệu", "100 triệu", "106%", False), ("107 triệu", "100 triệu", "108%", False)],
)  # fmt: skip
def test_a_share_of_money_rounded_where_it_is_told(
    value: str, plan: str, share: str, right: bool
) -> None:
    assert [f.code for f in checked(fund(value, plan, share))] == (
        [] if right else ["share.stated"]
    )


@pytest.mark.parametrize(
    "whole", ["hồ sơ", "hồ sơ tiếp nhận", "tổng số", "Tổng số hồ sơ", "trường hợp"]
)
def test_wholes_that_name_nothing_definite_are_not_one(whole: str) -> None:
    lines = [
        free(label=f"Việc {n}", value=n, whole={"value": n + 10, "label": whole})
        for n in (20, 30)
    ]
    assert checked(*lines) == ()


@pytest.mark.parametrize("whole", ["tổng số hộ", "Tổng số lao động", "dân số"])
def test_wholes_that_are_one_population_are(whole: str) -> None:
    lines = [
        free(label=f"Việc {n}", value=n, whole={"value": n + 10, "label": whole})
        for n in (20, 30)
    ]
    assert [f.code for f in checked(*lines)] == ["share.denominators"]
