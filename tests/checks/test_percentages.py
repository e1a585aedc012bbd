"""Percentages above 100%, of the line they are a part of, beside a count: and near misses."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generators.model import WARNING, Finding
from tests.building import Json, checked, free, part, told

OF_A_PLAN = (
    "Hãy kiểm tra lại; nếu là tỷ lệ so với kế hoạch hay so với kỳ trước, hãy ghi vào ô của kế "
    "hoạch, cùng kỳ, hoặc nêu rõ trong tên dòng."
)


def test_a_rate_above_a_hundred() -> None:
    assert told(checked(free(label="Tỷ lệ bao phủ", unit="%", value="191,8"))) == (
        Finding("share.above_whole", WARNING, "/lines/0/value",
                "Tỷ lệ bao phủ: 191,8% ở /lines/0/value lớn hơn 100%, trong khi tỷ lệ không thể lớn "
                "hơn toàn bộ.", OF_A_PLAN),
    )  # fmt: skip


def test_a_share_of_a_whole_that_is_not_told_above_a_hundred() -> None:
    assert told(checked(free(value=30, whole={"share": "120%"}))) == (
        Finding("share.above_whole", WARNING, "/lines/0/whole/share",
                "Dòng: tổng số, tỷ lệ ghi sẵn: 120% ở /lines/0/whole/share lớn hơn 100%, trong khi tỷ "
                "lệ so với tổng số không thể lớn hơn toàn bộ.", OF_A_PLAN),
    )  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [free(unit="%", value=100), free(unit="%", value="trên 99"), free(value=120),
     free(unit="%", value=107, label="Tỷ lệ đạt kế hoạch"), free(value=30, plan={"share": "120%"}),
     free(unit="%", value="112,5", label="Thu ngân sách so với cùng kỳ"),
     free(unit="%", value="101", label="Tỷ lệ hoàn thành chỉ tiêu"), free(value=3, whole={"share": 100})],
)  # fmt: skip
def test_a_percentage_that_may_be(line: Json) -> None:
    assert checked(line) == ()


# ---------------------------------------------------------------- of the line


def houses(*shares: str | None, total: int = 703) -> Json:
    counts = (304, 399)
    parts = [part(f"kiểu {n}", count, **({"whole": {"share": share}} if share else {}))
             for n, (count, share) in enumerate(zip(counts, shares, strict=True))]  # fmt: skip
    return free(value=total, parts=parts)


def test_a_share_of_the_line_that_is_not() -> None:
    assert told(checked(houses("44,2%", None))) == (
        Finding("share.of_line", WARNING, "/lines/0/parts/0/whole/share",
                "Dòng – kiểu 0: tổng số, tỷ lệ ghi sẵn: ghi 44,2% ở /lines/0/parts/0/whole/share, "
                "trong khi so với dòng bao gồm nó là 43,24% (304 / 703 × 100).",
                "Hãy sửa tỷ lệ hoặc kiểm tra lại hai số; nếu là tỷ lệ so với một tổng số khác, hãy ghi "
                "rõ tổng số đó."),
    )  # fmt: skip


@pytest.mark.parametrize("shares", [("43,2%", "56,8%"), ("43,24%", None), ("43%", "56%")])
def test_a_share_of_the_line_that_is(shares: tuple[str | None, ...]) -> None:
    assert checked(houses(*shares)) == ()


def test_one_of_several_shares_of_the_line() -> None:
    (found,) = checked(houses("43,2%", "65,8%"))
    assert (found.code, found.stated, found.computed) == (
        "share.of_line", Decimal("65.8"), Decimal("56.76"))  # fmt: skip


def test_shares_of_something_else_are_not_of_the_line() -> None:
    assert checked(houses("100%", "21,3%")) == ()
    elsewhere = part("kiểu", 304, whole={"share": "44,2%", "label": "hộ cận nghèo toàn huyện"})
    assert checked(free(value=703, parts=[elsewhere, part("khác", 399)])) == ()
    assert checked(free(value=703, of_which=[part("nữ", 304, whole={"share": "43,2%"})])) == ()
    (found,) = checked(free(value=703, of_which=[part("nữ", 304, whole={"share": "50%"})]))
    assert found.code == "share.of_line"


def test_a_share_alone_may_be_of_another_line_of_the_section() -> None:
    old = part("từ 80 tuổi", 200, whole={"share": "12,5%"})
    line = free(value=800, of_which=[old])
    other = {"label": "Người được trợ giúp", "value": 1600}
    assert [f.code for f in checked(line)] == ["share.of_line"]
    assert checked(line, free(**other)) == ()
    for differs in ({"unit": "hộ"}, {"section": "qua_tang"}, {"value": 1700}):
        (found,) = checked(line, free(**{**other, **differs}))
        assert found.code == "share.of_line", differs


# ---------------------------------------------------------------- a rate and a count


def poor(rate: str, *wholes: int, label: str = "Tỷ lệ hộ nghèo") -> list[Json]:
    told_ = [
        {"value": whole, "label": f"tổng số hộ theo nguồn {n}"}
        for n, whole in enumerate(wholes)
    ]
    return [free(label="Số hộ nghèo", unit="hộ", value=203, whole=told_),
            free(label=label, unit="%", value=rate)]  # fmt: skip


def test_a_rate_that_is_not_its_count_in_its_whole() -> None:
    assert told(checked(*poor("5,06", 3350))) == (
        Finding("share.rate", WARNING, "/lines/1/value",
                "Tỷ lệ hộ nghèo: ghi 5,06% ở /lines/1/value, trong khi tính từ dòng «Số hộ nghèo» là "
                "6,06% (203 / 3.350 × 100).",
                "Hãy sửa tỷ lệ, hoặc kiểm tra lại số lượng và tổng số; nếu là tỷ lệ của nhóm khác, hãy "
                "nêu rõ trong tên dòng."),
    )  # fmt: skip


def test_a_rate_that_is_may_be_or_is_of_something_else() -> None:
    assert checked(*poor("6,06", 3350)) == ()
    assert checked(*poor("5,8", 3500, 3350)) == ()
    assert checked(*poor("5,06", 3350, label="Tỷ lệ hộ cận nghèo")) == ()
    assert checked(*poor("5,06")) == ()
    (found,) = checked(*poor("5,06", 3500, 3350))
    assert found.message.endswith(
        "«Số hộ nghèo» là 5,8% (203 / 3.500 × 100); 6,06% (203 / 3.350 × 100)."
    )


def test_a_rate_with_its_whole_in_its_name() -> None:
    (found,) = checked(*poor("5,06", 3350, label="Tỷ lệ hộ nghèo so với tổng số hộ dân"))
    assert found.code == "share.rate"
