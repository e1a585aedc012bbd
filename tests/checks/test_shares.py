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
