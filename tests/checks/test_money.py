"""Money against stated rates and against what is usual: whole messages, and near misses that pass."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generators.checks import Report
from generators.checks.money import check_rates
from generators.checks.paying import mix, say_readings
from generators.checks.plausible import check_plausible
from generators.figures import calculate
from generators.intake.payload import read_payload
from generators.intake.validation import validate
from generators.model import ERROR, NOTE, WARNING, Finding
from generators.norms import Norms, load_norms
from tests.building import ROOT, Json, as_json, free, part, payload, real_kind, told

NORMS = load_norms(ROOT / "doc_templates" / "norms.toml")
MEND_RATE = (
    "Hãy kiểm tra lại số lượng, mức, số tháng và kinh phí; nếu có người hưởng mức khác, ghi rõ từng "
    "mức kèm số hưởng mức đó."
)
MEND_COUNTS = "Hãy kiểm tra lại từng mức, số hưởng mỗi mức và số đã ghi của dòng."
MEND_PLAUSIBLE = (
    "Hãy kiểm tra lại số tiền, số lượng và đơn vị tính; nếu đúng, xác nhận và ghi lý do."
)
AMOUNT, ABOUT = "/lines/0/amount", "giam_ngheo/dong.amount"


def report(*lines: Json, norms: Norms = NORMS, period: Json = None) -> Report:
    kind = real_kind()
    given_ = payload(*lines, kind=kind.id, period=period or {"id": "2020S1"})
    data, found = validate(read_payload(as_json(given_)), kind, {})
    assert found == ()
    assert data is not None
    return Report(data, calculate(data, kind), kind, norms)


def rates(*lines: Json, **more: Json) -> tuple[Finding, ...]:
    return tuple(check_rates(report(*lines, **more)))


def implausible(*lines: Json) -> tuple[Finding, ...]:
    return tuple(check_plausible(report(*lines)))


def messages(found: tuple[Finding, ...]) -> list[str]:
    return [finding.message for finding in found]


# ---------------------------------------------------------------- one rate


def test_money_that_is_not_its_rate_times_its_units() -> None:
    assert rates(free(value=40, amount=59_100_000, rate=1_500_000)) == (
        Finding("rate.amount", WARNING, AMOUNT,
                "Dòng: kinh phí ghi ở /lines/0/amount là 59.100.000 đồng, trong khi "
                "40 người × 1.500.000 đồng = 60.000.000 đồng; số ghi nhỏ hơn 900.000 đồng.",
                MEND_RATE, ABOUT, (AMOUNT, "/lines/0/value", "/lines/0/rate"),
                Decimal(59_100_000), Decimal(60_000_000), "đồng"),
    )  # fmt: skip


def test_money_that_is_fewer_whole_rates() -> None:
    (found,) = rates(free(value=40, amount=57_000_000, rate=1_500_000))
    assert found.message.endswith(
        "40 người × 1.500.000 đồng = 60.000.000 đồng; số ghi nhỏ hơn 3.000.000 đồng. "
        "Số ghi vẫn chẵn mức, ứng với 38 người."
    )


def test_money_that_is_fewer_whole_months() -> None:
    (found,) = rates(free(value=10, amount=28_000_000, rate=500_000, months=6))
    assert found.message.endswith(
        "10 người × 500.000 đồng × 6 tháng = 30.000.000 đồng; số ghi nhỏ hơn 2.000.000 đồng. "
        "Số ghi vẫn chẵn mức: có thể một số trường hợp hưởng ít tháng hơn."
    )


@pytest.mark.parametrize(("amount", "hint"), [
    (6_000_000, "Số ghi chỉ bằng 1/10 số khớp: có thể thiếu một chữ số."),
    (60_000, "Số ghi chỉ bằng 1/1.000 số khớp: có thể thiếu ba chữ số."),
    (60_000_000_000, "Số ghi gấp 1.000 lần số khớp: có thể thừa ba chữ số."),
])  # fmt: skip
def test_money_with_digits_lost_or_doubled(amount: int, hint: str) -> None:
    (found,) = rates(free(value=40, amount=amount, rate=1_500_000))
    assert found.message.endswith(hint)


def test_money_outside_a_range_of_rates() -> None:
    wrong = free(value=16, amount=145_000_000, rate="500.000 - 1.500.000", months=6)
    assert messages(rates(wrong)) == [
        "Dòng: kinh phí ghi ở /lines/0/amount là 145.000.000 đồng, trong khi 16 người × "
        "500.000 đến 1.500.000 đồng × 6 tháng là từ 48.000.000 đến 144.000.000 đồng; "
        "số ghi lớn hơn 1.000.000 đồng."
    ]


def test_hedged_money_is_held_against_what_its_words_allow() -> None:
    assert messages(rates(free(value=10, amount="trên 20 triệu", rate=1_000_000))) == [
        "Dòng: kinh phí ghi ở /lines/0/amount là trên 20.000.000 đồng, trong khi "
        "10 người × 1.000.000 đồng = 10.000.000 đồng."
    ]


def test_heads_are_counted_where_they_are_given() -> None:
    line = {"code": "covid_ngheo", "value": 21, "rate_count": 42, "rate": 250_000, "months": 1}
    assert rates({**line, "amount": 10_500_000}) == ()
    (found,) = rates({**line, "amount": 10_250_000})
    assert "42 khẩu × 250.000 đồng = 10.500.000 đồng" in found.message


def test_heads_that_nobody_counted_must_make_whole_rates() -> None:
    line = {"code": "covid_ngheo", "value": 21, "rate": 250_000}
    assert rates({**line, "amount": 10_500_000}) == ()
    assert messages(rates({**line, "amount": 10_600_000})) == [
        "Hộ nghèo, hộ cận nghèo được hỗ trợ do Covid-19: kinh phí ghi ở /lines/0/amount là "
        "10.600.000 đồng, không chia hết cho mức 250.000 đồng một khẩu; còn dư 100.000 đồng."
    ]


def test_a_monthly_rate_without_months_may_be_any_of_the_period() -> None:
    line = {"code": "huu_tri_xa_hoi", "value": 10, "rate": 500_000}
    for months in (10, 33, 60):
        assert rates({**line, "amount": months * 500_000}) == ()
    (found,) = rates({**line, "amount": 61 * 500_000})
    assert found.message.endswith(
        "10 người × 500.000 đồng × 1 đến 6 tháng là từ 5.000.000 đến 30.000.000 đồng; "
        "số ghi lớn hơn 500.000 đồng."
    )


def test_a_monthly_rate_known_to_law_is_paid_for_the_months_of_the_law() -> None:
    line = {"code": "covid_ncc", "value": 40, "rate": 500_000}
    assert rates({**line, "amount": 60_000_000}) == ()
    assert len(rates({**line, "amount": 20_000_000})) == 1
    assert len(rates({**line, "amount": 60_000_000}, norms=Norms())) == 1


MONEY_THAT_AGREES: list[Json] = [
    {"code": "covid_ncc", "value": 175, "amount": 262_500_000, "rate": 1_500_000},
    {"code": "ho_duoc_do_dau", "value": 16, "amount": "81 triệu đồng",
     "rate": "500.000 - 1.500.000", "from": "2020-01-01", "to": "2020-06-30"},
    {"code": "nha_ho_ngheo", "value": 2, "rate": "60.000.000"},
    {"code": "ncc_tho_cung", "value": 93, "amount": "46.500.000đ", "rate": "500.000đ"},
    free(value="trên 10", amount="trên 10 triệu", rate=1_000_000),
    free(amount=59_100_000, rate=1_500_000, plan=3),
    free(value=40, amount=60_000_000),
    free(value=10, amount=30_000_000, rate=500_000, months=6),
    free(value=3, amount=1_100_000, rate=[{"rate": 300_000, "count": 1}, 400_000]),
]  # fmt: skip


@pytest.mark.parametrize("json_line", MONEY_THAT_AGREES)
def test_money_that_agrees_or_cannot_be_judged(json_line: Json) -> None:
    assert rates(json_line) == ()


# ---------------------------------------------------------------- several rates


def test_rates_without_counts_are_told_how_they_make_up_the_sum() -> None:
    line = {"code": "qua_27_7", "giver": "Chủ tịch nước", "value": 114, "amount": 23_200_000,
            "rate": [200_000, 400_000]}  # fmt: skip
    where = (AMOUNT, "/lines/0/value", "/lines/0/rate/0", "/lines/0/rate/1")
    assert rates(line, period={"id": "2020S2"}) == (
        Finding("rate.mixed", NOTE, AMOUNT,
                "Quà 27-7 của Chủ tịch nước: kinh phí khớp với các mức đã ghi khi "
                "23.200.000 đồng = 112 × 200.000 + 2 × 400.000; hoặc 114 × 200.000 + 1 × 400.000, "
                "nếu 1 người nằm ngoài số 114.",
                "Nếu đúng như vậy thì không cần sửa; muốn chắc chắn, ghi số hưởng bên cạnh mỗi mức.",
                "qua_27_7@chu_tich_nuoc.amount", where, Decimal(23_200_000), Decimal(23_200_000),
                "đồng"),
    )  # fmt: skip


def test_rates_that_cannot_make_up_the_sum() -> None:
    assert messages(rates(free(value=114, amount=23_300_000, rate=[200_000, 400_000]))) == [
        "Dòng: kinh phí ghi ở /lines/0/amount là 23.300.000 đồng, trong khi 114 người × "
        "200.000 hoặc 400.000 đồng là từ 22.800.000 đến 45.600.000 đồng; "
        "số ghi nhỏ hơn 100.000 đồng."
    ]


def test_rates_that_make_up_the_sum_only_with_one_person_more() -> None:
    (found,) = rates(free(value=114, amount=23_300_000, rate=[200_000, 500_000]))
    assert found.severity == NOTE
    assert "23.300.000 đồng = 114 × 200.000 + 1 × 500.000, nếu 1 người" in found.message


def test_rates_with_counts_that_are_not_the_sum() -> None:
    line = free(value=3, amount=900_000, rate=[{"rate": 200_000, "count": 1},
                                               {"rate": 400_000, "count": 2}])  # fmt: skip
    assert told(rates(line)) == (
        Finding("rate.counts", ERROR, AMOUNT,
                "Dòng: kinh phí ghi ở /lines/0/amount là 900.000 đồng, trong khi các mức nhân "
                "với số hưởng (1 × 200.000 + 2 × 400.000) cộng lại là 1.000.000 đồng.", MEND_COUNTS),
    )  # fmt: skip


def test_counts_of_rates_that_are_not_the_units() -> None:
    line = free(value=4, amount=1_000_000, rate=[{"rate": 200_000, "count": 1},
                                                 {"rate": 400_000, "count": 2}])  # fmt: skip
    where = ("/lines/0/value", "/lines/0/rate/0/count", "/lines/0/rate/1/count")
    assert rates(line) == (
        Finding("rate.units", ERROR, "/lines/0/value",
                "Dòng: ghi 4 người ở /lines/0/value, trong khi số hưởng của các mức (1 + 2) cộng lại "
                "là 3.", MEND_COUNTS, "giam_ngheo/dong.value", where, Decimal(4), Decimal(3), "người"),
    )  # fmt: skip


def test_counts_of_rates_that_are_the_units_and_the_sum() -> None:
    assert rates(free(value=3, amount=1_000_000, rate=[
        {"rate": 200_000, "count": 1}, {"rate": 400_000, "count": 2}])) == ()  # fmt: skip


def test_money_of_parts_is_judged_by_the_rates_of_the_parts() -> None:
    line = free(value=2, parts=[part("a", 2, amount=500_000, rate=300_000)])
    (found,) = rates(line)
    assert found.about == "giam_ngheo/dong/a.amount"


HUNDREDS = st.integers(1, 5000)


@given(HUNDREDS, st.integers(1, 40), st.integers(1, 12))
def test_units_times_rate_times_months_raise_nothing(
    units: int, rate: int, months: int
) -> None:
    line = free(value=units, rate=rate * 50_000, months=months)
    right = units * rate * 50_000 * months
    assert rates({**line, "amount": right}) == ()
    for wrong in (right - 1, right + 1):
        (found,) = rates({**line, "amount": wrong})
        assert (found.code, found.stated, found.computed) == (
            "rate.amount",
            Decimal(wrong),
            Decimal(right),
        )


@given(st.lists(st.integers(0, 300), min_size=2, max_size=3),
       st.lists(st.integers(1, 40), min_size=3, max_size=3, unique=True))  # fmt: skip
def test_a_mixture_of_rates_is_found_and_one_dong_more_is_not(
    counts: list[int], fifties: list[int]
) -> None:
    assume(sum(counts))
    values = [Decimal(50_000 * fifty) for fifty in sorted(fifties[: len(counts)])]
    total = sum((Decimal(c) * v for c, v in zip(counts, values, strict=True)), Decimal(0))
    found = mix(total, Decimal(sum(counts)), values)
    assert found is not None
    assert sum(found) == sum(counts)
    assert sum(c * v for c, v in zip(found, values, strict=True)) == total
    assert mix(total + 1, Decimal(sum(counts)), values) is None
    assert say_readings(total + 1, Decimal(sum(counts)), values, "người") == ""


# ---------------------------------------------------------------- what cannot be meant


def test_a_gift_of_a_few_dong() -> None:
    assert implausible({"code": "tre_em_qua", "value": 15, "amount": 200}) == (
        Finding("amount.implausible", WARNING, AMOUNT,
                "Trẻ em có hoàn cảnh đặc biệt, khó khăn được tặng quà: kinh phí: 200 đồng ở "
                "/lines/0/amount cho 15 trẻ em, tức khoảng 13 đồng một trẻ em, ít hơn mức thường gặp "
                "của quà tặng (từ 20.000 đến 20.000.000 đồng một trẻ em). Có thể thiếu chữ «triệu».",
                MEND_PLAUSIBLE, "tre_em_qua.amount", (AMOUNT, "/lines/0/value"),
                Decimal(200), Decimal(300_000), "đồng"),
    )  # fmt: skip


def test_a_house_for_seventy_dong() -> None:
    (found,) = implausible({"code": "nha_tinh_nghia", "value": 1, "amount": 70})
    assert found.message == (
        "Nhà tình nghĩa xây mới, sửa chữa được bàn giao: kinh phí: 70 đồng ở /lines/0/amount cho "
        "1 nhà, tức khoảng 70 đồng một nhà, ít hơn mức thường gặp của xây, sửa nhà (từ 1.000.000 đến "
        "1.000.000.000 đồng một nhà). Có thể thiếu chữ «triệu»."
    )


def test_a_fund_of_a_hundred_dong() -> None:
    (found,) = implausible({"code": "quy_den_on_dap_nghia", "value": 107})
    assert (found.about, found.message) == (
        "quy_den_on_dap_nghia.value",
        "Vận động Quỹ “Đền ơn đáp nghĩa”: 107 đồng ở /lines/0/value, ít hơn mức thường gặp của một "
        "quỹ vận động (từ 1.000.000 đồng trở lên). Có thể thiếu chữ «triệu».",
    )


def test_three_digits_too_many() -> None:
    (found,) = implausible({"code": "covid_ncc", "value": 175, "amount": "262.500.000.000"})
    assert found.message.endswith(
        "cho 175 người, tức khoảng 1.500.000.000 đồng một người, nhiều hơn mức thường gặp của một "
        "người (từ 10.000 đến 200.000.000 đồng một người). Có thể thừa ba chữ số."
    )
    (found,) = implausible({"code": "covid_ncc", "value": 175, "amount": "262.500 tỷ"})
    assert found.message.endswith("Có thể thừa sáu chữ số.")


def test_a_social_insurance_too_small_to_be_one() -> None:
    line = {"section": "bao_hiem", "label": "Chi trả bảo hiểm xã hội", "unit": "lượt người",
            "value": "41.000", "amount": "trên 17 tỷ đồng"}  # fmt: skip
    (found,) = implausible(line)
    assert found.message == (
        "Chi trả bảo hiểm xã hội: kinh phí: trên 17.000.000.000 đồng ở /lines/0/amount cho "
        "41.000 lượt người, tức khoảng 414.634 đồng một lượt người, ít hơn mức thường gặp của chi trả "
        "bảo hiểm xã hội (từ 1.000.000 đến 500.000.000 đồng một lượt người). Số tiền ấy hợp với trợ "
        "cấp bảo trợ xã hội hơn: có thể nhầm nhãn «bảo hiểm xã hội» với «bảo trợ xã hội»."
    )
    assert implausible({**line, "label": "Chi trả bảo trợ xã hội"}) == ()


def test_a_rate_that_cannot_be_meant_where_there_is_no_sum() -> None:
    (found,) = implausible({"code": "nha_ho_ngheo", "value": 2, "rate": 60})
    assert found.about == "nha_ho_ngheo.rate"
    assert implausible({"code": "nha_ho_ngheo", "value": 2, "rate": 60_000_000}) == ()


def test_a_sum_of_money_nobody_counted_units_for() -> None:
    assert [f.about for f in implausible(free(amount=9_999, plan=3))] == [ABOUT]
    assert implausible(free(amount=10_000, plan=3)) == ()


def test_nothing_is_implausible_to_one_who_knows_nothing() -> None:
    assert tuple(check_plausible(report(free(value=15, amount=200), norms=Norms()))) == ()


PLAUSIBLE: list[Json] = [
    {"code": "nha_tinh_nghia", "value": 1, "amount": 70_000_000},
    {"code": "tre_em_qua", "value": 15, "amount": 4_500_000},
    {"code": "sinh_ke", "value": "41/62", "amount": "hơn 344 triệu đồng"},
    {"code": "chuc_tho", "value": 1317, "amount": "269 triệu đồng"},
    {"code": "nha_ho_ngheo", "value": 4, "amount": "90,88 triệu đồng"},
    {"code": "ncc_tro_cap", "value": 19500, "amount": "trên 34 tỷ đồng"},
    free(value="trên 3.100", amount="trên 44 tỷ đồng"),
    free(value=42, unit="trường hợp", amount=247_050_000),
    free(value=42, unit="lớp", amount=200_000),
    free(value=0, amount=1_000_000),
    free(value=107, unit="triệu đồng"),
    {"section": "bao_hiem", "label": "Hỗ trợ tiền đóng bảo hiểm xã hội tự nguyện",
     "unit": "người", "value": 10, "amount": 4_620_000},
]  # fmt: skip


@pytest.mark.parametrize("json_line", PLAUSIBLE)
def test_money_that_may_well_be_meant(json_line: Json) -> None:
    assert implausible(json_line) == ()
