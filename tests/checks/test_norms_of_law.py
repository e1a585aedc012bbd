"""Money against the norms of law: whole messages, near misses that pass, and the published cases."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.checks import Report
from generators.checks.money import check_rates
from generators.checks.norm_rates import check_norm_rates
from generators.checks.norms import check_norms
from generators.checks.plausible import check_plausible
from generators.figures import calculate
from generators.intake.payload import read_payload
from generators.intake.validation import validate
from generators.model import NOTE, WARNING, Finding
from generators.norms import Norms, load_norms
from tests.building import ROOT, Json, as_json, part, payload, real_kind

NORMS = load_norms(ROOT / "doc_templates" / "norms.toml")
MEND = (
    "Hãy kiểm tra lại số lượng, số tháng và kinh phí; nếu địa phương chi mức khác hoặc cộng thêm, "
    "xác nhận và ghi lý do."
)
COVID = (
    "(Nghị quyết 42/NQ-CP và Quyết định 15/2020/QĐ-TTg; theo báo chí, trang pháp luật dẫn lại văn "
    "bản). Địa phương có thể chi mức khác hoặc cộng thêm."
)
TET = (
    "Quy định: quà Tết của Chủ tịch nước, 200.000 hoặc 400.000 đồng/người (Quyết định của Chủ tịch "
    "nước các năm 2011 đến 2020; theo báo chí, trang pháp luật dẫn lại văn bản). Địa phương có thể "
    "chi mức khác hoặc cộng thêm."
)
AMOUNT, VALUE = "/lines/0/amount", "/lines/0/value"


def report(*lines: Json, period: str = "2020S1", norms: Norms = NORMS) -> Report:
    kind = real_kind()
    data, found = validate(
        read_payload(as_json(payload(*lines, kind=kind.id, period={"id": period}))), kind, {}
    )
    assert found == ()
    assert data is not None
    return Report(data, calculate(data, kind), kind, norms)


def law(*lines: Json, period: str = "2020S1") -> tuple[Finding, ...]:
    judged = report(*lines, period=period)
    return (*check_norms(judged), *check_norm_rates(judged))


def all_of_money(*lines: Json, period: str = "2020S1") -> list[tuple[str, str, str]]:
    judged = report(*lines, period=period)
    checks = (check_rates, check_norms, check_norm_rates, check_plausible)
    return [(f.severity, f.code, f.about) for check in checks for f in check(judged)]


def covid(code: str, value: int, amount: int, **more: Json) -> Json:
    return {"code": f"covid_{code}", "value": value, "amount": amount, **more}


def tet(value: Json, amount: Json, **more: Json) -> Json:
    line = {"code": "qua_tet", "giver": "Chủ tịch nước", "value": value, "amount": amount}
    return {**line, **more}


# ---------------------------------------------------------------- what is paid to each


def test_money_that_no_number_of_months_explains() -> None:
    assert law(covid("ncc", 40, 59_100_000)) == (
        Finding("norm.amount", WARNING, AMOUNT,
                "Người có công và thân nhân người có công được hỗ trợ do Covid-19: kinh phí "
                "59.100.000 đồng ở /lines/0/amount không khớp mức theo quy định: 40 người × "
                "500.000 đồng × 3 tháng = 60.000.000 đồng; số ghi nhỏ hơn 900.000 đồng. Quy định: "
                "hỗ trợ người có công do Covid-19, 500.000 đồng/người/tháng trong 3 tháng " + COVID,
                MEND, "covid_ncc.amount", (AMOUNT, VALUE),
                Decimal(59_100_000), Decimal(60_000_000), "đồng"),
    )  # fmt: skip


def test_money_of_which_some_may_have_had_fewer_months() -> None:
    assert law(covid("btxh", 117, 171_000_000)) == (
        Finding("norm.fewer_months", WARNING, AMOUNT,
                "Đối tượng bảo trợ xã hội được hỗ trợ do Covid-19: kinh phí 171.000.000 đồng ở "
                "/lines/0/amount ít hơn 117 người × 500.000 đồng × 3 tháng = 175.500.000 đồng, ứng với "
                "342 tháng hưởng thay vì 351. Có thể một số trường hợp hưởng ít tháng hơn. Quy định: "
                "hỗ trợ đối tượng bảo trợ xã hội do Covid-19, 500.000 đồng/người/tháng trong 3 tháng "
                + COVID,
                MEND, "covid_btxh.amount", (AMOUNT, VALUE),
                Decimal(171_000_000), Decimal(175_500_000), "đồng"),
    )  # fmt: skip


@pytest.mark.parametrize(("amount", "code"), [
    (20_000_000, "norm.fewer_months"), (59_500_000, "norm.fewer_months"),
    (19_500_000, "norm.amount"), (60_500_000, "norm.amount"), (59_400_000, "norm.amount"),
])  # fmt: skip
def test_fewer_months_are_whole_ones_and_at_least_one_each(amount: int, code: str) -> None:
    assert [finding.code for finding in law(covid("ncc", 40, amount))] == [code]


@pytest.mark.parametrize(("amount", "hint"), [
    (6_000_000, "Số ghi chỉ bằng 1/10 số khớp: có thể thiếu một chữ số."),
    (600_000_000, "Số ghi gấp 10 lần số khớp: có thể thừa một chữ số."),
    (60_000, "Số ghi chỉ bằng 1/1.000 số khớp: có thể thiếu ba chữ số."),
])  # fmt: skip
def test_money_with_digits_lost_or_doubled(amount: int, hint: str) -> None:
    (found,) = law(covid("ncc", 40, amount))
    assert f"đồng. {hint} Quy định:" in found.message


def test_two_rates_that_had_to_be_mixed_are_told() -> None:
    assert law(tet(249, 51_200_000)) == (
        Finding("norm.mixed", NOTE, AMOUNT,
                "Quà Tết của Chủ tịch nước: kinh phí khớp với các mức theo quy định khi "
                "51.200.000 đồng = 242 × 200.000 + 7 × 400.000. " + TET,
                "Nếu đúng như vậy thì không cần sửa; muốn chắc chắn, ghi số hưởng của từng mức.",
                "qua_tet@chu_tich_nuoc.amount", (AMOUNT, VALUE),
                Decimal(51_200_000), Decimal(51_200_000), "đồng"),
    )  # fmt: skip


def test_the_other_reading_of_two_rates_is_told_too() -> None:
    (found,) = law(tet(114, 23_200_000, code="qua_27_7"), period="2020S2")
    assert ("23.200.000 đồng = 112 × 200.000 + 2 × 400.000; hoặc 114 × 200.000 + 1 × 400.000, nếu "
            "1 người nằm ngoài số 114. ") in found.message  # fmt: skip


def test_a_sum_that_two_rates_cannot_make_up() -> None:
    (found,) = law(tet(249, 51_100_000))
    assert found.message == (
        "Quà Tết của Chủ tịch nước: kinh phí 51.100.000 đồng ở /lines/0/amount không khớp mức theo "
        "quy định: số gần nhất cho 249 người là 51.200.000 đồng; số ghi nhỏ hơn 100.000 đồng. "
        + TET
    )


def test_rates_of_two_years_are_not_mixed_but_each_is_allowed() -> None:
    period = "2020S2"
    line = tet(10, 3_000_000, **{"from": "2020-12-15", "to": "2021-02-15"})
    assert law(line, period=period) == ()
    assert law({**line, "amount": 2_000_000}, period=period) == ()
    assert [f.code for f in law({**line, "amount": 2_400_000}, period=period)] == ["norm.mixed"]
    assert [f.code for f in law({**line, "amount": 2_500_000}, period=period)] == [
        "norm.amount"
    ]


@pytest.mark.parametrize("line", [
    tet(249, 49_800_000),
    tet(249, 99_600_000),
    tet(283, 233_500_000, giver="thành phố"),
    tet("trên 240", "trên 51 triệu"),
    tet(249, "trên 51 triệu"),
    tet(0, 0),
    covid("ncc", 175, 262_500_000),
    covid("lao_dong", 99, 99_000_000),
    covid("lao_dong", 99, 297_000_000),
    covid("lao_dong", 99, 200_000_000),
    covid("lao_dong", 52, 46_800_000),
    covid("ngheo", 21, 31_500_000, rate_count=42),
    {"code": "covid_ncc", "amount": 59_100_000, "plan": 3},
    {"code": "covid_ncc", "value": 40},
    {"code": "covid_ncc", "value": 40, "amount": 59_100_000, "as_of": "2020-03-31"},
    {"section": "covid", "label": "Đối tượng được hỗ trợ do Covid-19", "unit": "người",
     "value": 126_622, "amount": 126_516_000_000},
    {"section": "covid", "label": "Người có công, đối tượng bảo trợ xã hội được hỗ trợ do Covid-19",
     "unit": "người", "value": 40, "amount": 59_100_000},
])  # fmt: skip
def test_money_that_the_law_allows_or_that_nobody_can_judge(line: Json) -> None:
    assert law(line) == ()


def test_a_local_rate_is_a_whole_number_of_fifty_thousands() -> None:
    (found,) = law(covid("lao_dong", 52, 46_810_000))
    assert (found.code, found.computed) == ("norm.amount", Decimal(52_000_000))


def test_hedged_money_far_from_what_the_law_allows() -> None:
    (found,) = law(tet(249, "trên 151 triệu"))
    assert found.message == (
        "Quà Tết của Chủ tịch nước: kinh phí trên 151.000.000 đồng ở /lines/0/amount không khớp mức "
        "theo quy định: số gần nhất cho 249 người là 99.600.000 đồng. " + TET
    )
    (fewer,) = law(covid("ncc", 40, 0) | {"amount": "gần 50 triệu"})
    assert fewer.code == "norm.fewer_months"


@pytest.mark.parametrize(
    "line",
    [
        {"code": "qua_tet", "giver": "Chủ tịch nước, thành phố"},
        {"code": "qua_tet", "giver": "Chủ tịch nước và phường"},
        {
            "section": "nguoi_co_cong",
            "label": "Quà Tết của Chủ tịch nước, thành phố",
            "unit": "người",
        },
        {
            "section": "nguoi_co_cong",
            "label": "Quà Tết của quận cùng Chủ tịch nước",
            "unit": "người",
        },
    ],
)
def test_what_several_givers_gave_together_is_no_law_s(line: Json) -> None:
    assert law({**line, "value": 10, "amount": 5_500_000}) == ()


@pytest.mark.parametrize(
    "label",
    ["Quà Tết của Chủ tịch nước", "Quà Tết của Chủ tịch nước tặng thương binh, bệnh binh"],
)
def test_who_else_is_named_gave_nothing(label: str) -> None:
    line = {"section": "nguoi_co_cong", "label": label, "unit": "người"}
    (found,) = law({**line, "value": 10, "amount": 5_500_000})
    assert found.code == "norm.amount"


def test_a_part_of_another_giver_is_not_judged_by_the_giver_of_its_line() -> None:
    parts = [part("trung ương", 10, amount=4_000_000),
             part("thành phố", 10, amount=5_500_000, giver="thành phố")]  # fmt: skip
    assert law(tet(None, None, parts=parts)) == ()


def test_a_note_that_says_why_some_had_fewer_months_leaves_a_note() -> None:
    (found,) = law(covid("btxh", 117, 171_000_000, note="9 người từ trần trong quý"))
    assert (found.code, found.severity) == ("norm.fewer_months", NOTE)
    (found,) = law(covid("btxh", 117, 171_000_000, note="chi tại nhà văn hóa"))
    assert (found.code, found.severity) == ("norm.fewer_months", WARNING)


def test_of_a_line_and_its_part_only_the_part_is_told() -> None:
    parts = [part("người già", 117, amount=171_000_000), part("trẻ em", 10, amount=15_000_000)]
    found = law(covid("btxh", 127, 186_000_000, parts=parts))
    assert [f.about for f in found] == ["covid_btxh/nguoi-gia.amount"]


def test_money_far_above_what_anybody_pays() -> None:
    (found,) = law(pension(340 * 500_000 * 6 * 10, value=340), period="2025S2")
    assert (found.code, found.severity) == ("norm.above", WARNING)
    assert (
        "gấp hơn 3 lần mức theo quy định: 340 người × 500.000 đồng × 6 tháng = 1.020.000.000 đồng."
        in found.message
    )
    assert law(pension(340 * 500_000 * 6 * 3, value=340), period="2025S2") == ()


def test_a_household_has_no_more_heads_than_it_may() -> None:
    (found,) = law(covid("ngheo", 50, 900_000_000))
    assert (found.code, found.severity) == ("norm.amount", WARNING)


def test_a_gift_of_an_occasion_is_judged_by_the_norm_of_that_occasion() -> None:
    gift = {"code": "qua_trung_uong", "giver": "Nhà nước", "occasion": "Quốc khánh 2-9"}
    assert law({**gift, "value": 215, "amount": 21_500_000}, period="2025S2") == ()
    (found,) = law({**gift, "value": 215, "amount": 21_630_000}, period="2025S2")
    assert found.code == "norm.amount"


def test_what_is_known_from_weaker_sources_is_only_a_note() -> None:
    (found,) = law(tet(10, 3_050_000, code="qua_27_7"), period="2022S2")
    assert found.severity == NOTE
    assert "(mức của năm 2021 và năm 2023; chưa có nguồn để đối chiếu)" in found.message


def test_a_part_is_judged_by_the_norm_of_its_line_and_the_sum_is_not_judged_again() -> None:
    line = {"code": "covid_ncc", "parts": [
        {"label": "thương binh", "value": 2, "amount": 3_000_000},
        {"label": "thân nhân liệt sĩ", "value": 3, "amount": 4_600_000}]}  # fmt: skip
    assert [finding.about for finding in law(line)] == ["covid_ncc/than-nhan-liet-si.amount"]


def test_a_free_line_is_judged_by_the_norm_its_words_name() -> None:
    line = {"section": "qua_tang", "label": "Quà Tết của Chủ tịch nước tặng thương binh",
            "unit": "suất", "value": 3, "amount": 610_000}  # fmt: skip
    assert [finding.code for finding in law(line)] == ["norm.amount"]
    assert law({**line, "amount": 600_000}) == ()
    assert law({**line, "label": "Quà Tết của quận tặng thương binh"}) == ()


# ---------------------------------------------------------------- heads in households


def test_a_norm_for_heads_tells_how_many_heads_the_money_stands_for() -> None:
    assert law(covid("ngheo", 17, 27_750_000)) == (
        Finding("norm.per_head", NOTE, AMOUNT,
                "Hộ nghèo, hộ cận nghèo được hỗ trợ do Covid-19: mức hỗ trợ hộ nghèo, hộ cận "
                "nghèo do Covid-19 tính theo khẩu (250.000 đồng/khẩu/tháng trong 3 tháng), còn dòng này "
                "đếm theo hộ: 27.750.000 đồng của 17 hộ ứng với 37 khẩu, mỗi khẩu 750.000 đồng.",
                "Nếu biết số khẩu hưởng, hãy ghi vào cột Số khẩu hưởng để được kiểm tra; nếu không, cứ "
                "để nguyên.",
                "covid_ngheo.amount", (AMOUNT, VALUE),
                Decimal(27_750_000), Decimal(27_750_000), "đồng"),
    )  # fmt: skip


def test_heads_fewer_than_households_are_months_of_heads() -> None:
    (found,) = law(covid("ngheo", 21, 10_500_000))
    assert "ứng với 42 khẩu-tháng, mỗi khẩu-tháng 250.000 đồng." in found.message


@pytest.mark.parametrize("amount", [10_600_000, 5_000_000])
def test_money_that_stands_for_no_number_of_heads(amount: int) -> None:
    (found,) = law(covid("ngheo", 21, amount))
    assert found.code == "norm.amount"
    assert "không ứng với một số khẩu hợp lý nào của 21 hộ. Quy định:" in found.message


def test_heads_that_were_counted_are_judged() -> None:
    (found,) = law(covid("ngheo", 21, 31_600_000, rate_count=42))
    assert "42 khẩu × 250.000 đồng × 3 tháng = 31.500.000 đồng" in found.message


# ---------------------------------------------------------------- a least that is paid


def pension(amount: int, **more: Json) -> Json:
    return {"code": "huu_tri_xa_hoi", "value": 10, "amount": amount, **more}


def test_money_below_what_is_paid_at_least() -> None:
    (found,) = law(pension(29_000_000, months=6), period="2025S2")
    assert (found.code, found.severity) == ("norm.below", WARNING)
    assert found.message == (
        "Người hưởng trợ cấp hưu trí xã hội: kinh phí 29.000.000 đồng ở /lines/0/amount thấp hơn mức "
        "tối thiểu: 10 người × 500.000 đồng × 6 tháng = 30.000.000 đồng. Quy định: trợ cấp hưu trí xã "
        "hội, ít nhất 500.000 đồng/người/tháng (Nghị định 176/2025/NĐ-CP; theo báo chí, trang pháp "
        "luật dẫn lại văn bản). Địa phương có thể chi mức khác hoặc cộng thêm."
    )


@pytest.mark.parametrize("line", [
    pension(30_000_000, months=6), pension(39_000_000, months=6), pension(5_000_000),
    pension(5_000_000, rate=500_000), pension(6_500_000, rate=650_000),
    {"code": "btxh_luot", "value": 100, "amount": 50_000_000},
    {"code": "ncc_tro_cap", "value": 100, "amount": 200_000_000},
    {"code": "chuc_tho", "value": 2, "parts": [{"label": "tròn 100 tuổi", "value": 2, "amount": 1_400_000}]},
])  # fmt: skip
def test_money_at_or_above_what_is_paid_at_least(line: Json) -> None:
    assert law(line, period="2025S2") == ()


@pytest.mark.parametrize(("line", "about"), [
    (pension(4_999_999), "huu_tri_xa_hoi.amount"),
    ({"code": "btxh_luot", "value": 100, "amount": 49_999_999}, "btxh_luot.amount"),
    ({"code": "chuc_tho", "value": 2, "parts": [{"label": "tròn 100 tuổi", "value": 2, "amount": 1_399_999}]},
     "chuc_tho/tron-100-tuoi.amount"),
    (pension(4_990_000, rate=499_000), "huu_tri_xa_hoi.rate"),
])  # fmt: skip
def test_one_dong_below_what_is_paid_at_least(line: Json, about: str) -> None:
    (found,) = law(line, period="2025S2")
    assert (found.code, found.about) == ("norm.below", about)


# ---------------------------------------------------------------- stated rates


def test_a_stated_rate_that_is_not_the_law_s() -> None:
    (found,) = law(covid("ncc", 40, 64_000_000, rate=1_600_000))
    assert found == Finding(
        "norm.rate", WARNING, "/lines/0/rate",
        "Người có công và thân nhân người có công được hỗ trợ do Covid-19: mức: 1.600.000 đồng ở "
        "/lines/0/rate không phải mức theo quy định. Quy định: hỗ trợ người có công do Covid-19, "
        "500.000 đồng/người/tháng trong 3 tháng " + COVID,
        "Hãy kiểm tra lại mức đã ghi; nếu địa phương chi mức khác hoặc cộng thêm, xác nhận và ghi lý do.",
        "covid_ncc.rate", ("/lines/0/rate",), Decimal(1_600_000), Decimal(1_500_000), "đồng",
    )  # fmt: skip


@pytest.mark.parametrize("line", [
    covid("ncc", 40, 60_000_000, rate=1_500_000),
    covid("ncc", 40, 60_000_000, rate=500_000),
    covid("lao_dong", 52, 46_800_000, rate=900_000),
    tet(114, 23_200_000, rate=[200_000, 400_000]),
    tet(114, 23_200_000, rate="200.000 - 400.000"),
    tet(114, 34_200_000, rate=300_000, giver="quận"),
])  # fmt: skip
def test_a_stated_rate_that_the_law_allows_or_does_not_fix(line: Json) -> None:
    assert law(line) == ()


# ---------------------------------------------------------------- the published reports

CASES: list[tuple[str, list[Json], list[tuple[str, str, str]]]] = [
    ("2020S1", [
        covid("lao_dong", 52, 46_800_000, round="đợt 1"),
        covid("ngheo", 21, 10_500_000, round="đợt 1"),
        covid("ngheo", 17, 27_750_000, round="đợt 2"),
        covid("ncc", 40, 59_100_000),
        covid("btxh", 117, 171_000_000),
    ], [
        (WARNING, "norm.amount", "covid_ncc.amount"),
        (WARNING, "norm.fewer_months", "covid_btxh.amount"),
        (NOTE, "norm.per_head", "covid_ngheo@dot_1.amount"),
        (NOTE, "norm.per_head", "covid_ngheo@dot_2.amount"),
    ]),
    ("2020S2", [
        {"code": "ncc_tho_cung", "value": 93, "amount": "46.500.000đ", "rate": "500.000đ"},
        tet(114, "23.200.000đ", code="qua_27_7", rate=["200.000đ", "400.000đ"]),
        tet(114, "79.800.000đ", code="qua_27_7", giver="tỉnh", rate="700.000đ"),
    ], [(NOTE, "rate.mixed", "qua_27_7@chu_tich_nuoc.amount")]),
    ("2026S1", [{"code": "qua_trung_uong", "value": 1929, "amount": 771_600_000, "rate": 400_000,
                 "occasion": "Tết Bính Ngọ 2026"}], []),
    ("2017N9", [
        {"section": "qua_tang", "label": "Gia đình chính sách khó khăn được tặng quà",
         "unit": "gia đình", "value": 100, "amount": "18 triệu đồng"},
        {"code": "nha_ho_ngheo", "value": 4, "amount": "90,88 triệu đồng"},
    ], []),
    ("2018", [
        {"code": "ncc_tro_cap", "value": 19_500, "amount": "trên 34 tỷ đồng"},
        {"section": "bao_hiem", "label": "Chi trả bảo hiểm xã hội", "unit": "lượt người",
         "value": 41_000, "amount": "trên 17 tỷ đồng"},
        {"code": "chuc_tho", "value": 1317, "amount": "269 triệu đồng"},
    ], [(WARNING, "amount.implausible", "bao_hiem/chi-tra-bao-hiem-xa-hoi.amount")]),
    ("2022S1", [
        {"section": "qua_tang", "label": "Hộ có hoàn cảnh khó khăn được chăm lo dịp Tết",
         "unit": "hộ", "value": 369, "amount": 360_800_000},
        {"section": "tre_em", "label": "Trẻ em mồ côi do Covid-19 được chăm lo",
         "unit": "trường hợp", "value": 42, "amount": 247_050_000},
    ], []),
    ("2024S1", [{"section": "bao_tro", "label": "Đối tượng được chi trả trợ cấp thường xuyên",
                 "unit": "người", "value": "trên 3.100", "amount": "trên 44 tỷ đồng"}], []),
    ("2020", [{"section": "covid", "label": "Đối tượng được hỗ trợ do Covid-19", "unit": "người",
               "value": 126_622, "whole": 126_989, "amount": "126.516 triệu đồng",
               "as_of": "2020-09-25"}], []),
    ("2023S1", [
        {"code": "sinh_ke", "value": "41/62", "amount": "hơn 344 triệu đồng"},
        {"code": "phuong_tien_chinh_sach", "value": "hơn 235 triệu đồng"},
        {"code": "nha_ho_ngheo", "value": 2, "rate": "60.000.000"},
    ], []),
    ("2020S1", [
        {"code": "quy_den_on_dap_nghia", "value": "107 triệu đồng"},
        {"code": "nha_tinh_nghia", "value": 1, "amount": "70 triệu đồng"},
        tet(249, "trên 51 triệu đồng"),
        tet(283, "trên 233 triệu đồng", giver="thành phố"),
        tet(98, "trên 19 triệu đồng", giver="xã hội hóa"),
        covid("ncc", 175, 262_500_000),
        covid("lao_dong", 99, 99_000_000),
        {"code": "ho_duoc_do_dau", "value": 16, "amount": "81 triệu đồng",
         "rate": "500.000 - 1.500.000"},
        {"code": "tre_em_qua", "value": 15, "amount": "4,5tr"},
    ], []),
]  # fmt: skip


@pytest.mark.parametrize(("period", "lines", "accused"), CASES)
def test_published_reports_are_accused_of_what_is_wrong_and_nothing_else(
    period: str, lines: list[Json], accused: list[tuple[str, str, str]]
) -> None:
    assert all_of_money(*lines, period=period) == accused


# ---------------------------------------------------------------- in general

EXACT = {"covid_ncc": 1_500_000, "covid_btxh": 1_500_000}


@given(st.sampled_from(sorted(EXACT)), st.integers(1, 3000), st.sampled_from([-1, 1]))
def test_what_the_law_makes_raises_nothing_and_one_dong_beside_it_does(
    code: str, units: int, dong: int
) -> None:
    right = units * EXACT[code]
    assert law({"code": code, "value": units, "amount": right}) == ()
    (found,) = law({"code": code, "value": units, "amount": right + dong})
    assert (found.code, found.stated, found.computed) == (
        "norm.amount",
        Decimal(right + dong),
        Decimal(right),
    )


@given(st.integers(0, 2000), st.integers(0, 2000), st.sampled_from([-1, 1]))
def test_any_mixture_of_two_rates_is_allowed_and_one_dong_beside_it_is_not(
    low: int, high: int, dong: int
) -> None:
    units = low + high or 1
    right = (units - high) * 200_000 + high * 400_000
    assert [f.code for f in law(tet(units, right)) if f.severity == WARNING] == []
    (found,) = law(tet(units, right + dong))
    assert (found.code, found.severity) == ("norm.amount", WARNING)


def test_nothing_is_against_a_law_that_is_not_known() -> None:
    judged = report(covid("ncc", 40, 59_100_000, rate=7), norms=Norms())
    assert (*check_norms(judged), *check_norm_rates(judged)) == ()
