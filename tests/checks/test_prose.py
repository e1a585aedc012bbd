"""Words that do not belong: each finding whole, and beside it what people may well write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators.checks.dates import (
    check_document_date,
    check_line_dates,
    check_lines_after_document,
    check_period_span,
)
from generators.checks.other_period import check_other_period
from generators.checks.other_unit import check_other_unit
from generators.checks.prose import (
    check_abbreviations,
    check_abolished,
    check_lunar_year,
    check_spelling,
)
from generators.checks.report import Check, Report
from generators.checks.retold import check_retold_numbers, check_verbs
from generators.figures import calculate
from generators.lunar import lunar_year
from generators.model import NOTE, WARNING, Finding, Period
from generators.periods import calendar_span
from generators.pipeline import Source, examine
from generators.terms import load_terms
from tests.building import KIND, ROOT, Json, free, period_data

TERMS = load_terms(ROOT / "doc_templates" / "terms.toml")
CHECKS: tuple[Check, ...] = (
    check_other_period, check_other_unit, check_abolished, check_lunar_year, check_spelling,
    check_abbreviations, check_retold_numbers, check_verbs,
    check_document_date, check_line_dates, check_lines_after_document, check_period_span,
)  # fmt: skip
IF_MEANT = "nếu đúng ý, hãy xác nhận và ghi lý do."
NAME = "Lời văn «Mở đầu», đoạn 1"


def report(*texts: str, period: str = "2020S1", line: Json = None, **more: Json) -> Report:
    """A report of phường Phúc Lợi whose opening says `texts`."""
    data = period_data(line or free(value=1), texts={"mo_dau": list(texts)}, **more)
    data = replace(data, period=Period(period, *calendar_span(period)))
    return Report(data, calculate(data, KIND), KIND, terms=TERMS)


def quotes(check: Check, *texts: str, **more: Json) -> list[str]:
    return [finding.quote for finding in check(report(*texts, **more))]


def of_text(code: str, severity: str, fault: str, remedy: str, quote: str) -> Finding:
    return Finding(code, severity, "/texts/mo_dau", f"{NAME}: {fault}", remedy,
                   "texts/mo_dau/1", ("/texts/mo_dau",), quote=quote)  # fmt: skip


# ---------------------------------------------------------------- another period


def test_months_of_another_period_are_left_over() -> None:
    text = "Công tác lao động, việc làm 2 tháng đầu năm 2020 đã có nhiều chuyển biến."
    assert list(check_other_period(report(text))) == [
        of_text("text.other_period", WARNING,
                "«2 tháng đầu năm 2020» không phải kỳ của báo cáo này (6 tháng đầu năm 2020).",
                f"Nếu là lời văn còn sót của kỳ khác, hãy sửa; {IF_MEANT}",
                "2 tháng đầu năm 2020"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("period", "text", "quote"),
    [
        ("2020S1", "Trong 6 tháng cuối năm 2019, phường đã làm tốt.", "6 tháng cuối năm 2019"),
        ("2020S1", "Sáu tháng đầu năm 2019 đạt kết quả. So với năm trước tăng.",
         "Sáu tháng đầu năm 2019"),
        ("2020S1", "Kết quả 9 tháng đầu năm.", "9 tháng đầu năm"),
        ("2020S1", "Trong 2 tháng, phường đã thăm hỏi 12 hộ.", "2 tháng"),
        ("2020S1", "Kết quả tốt. Trong hai tháng UBND phường đã thăm hỏi 12 hộ.", "hai tháng"),
        ("2020S1", "Theo báo cáo 9 tháng, toàn phường có 3 hộ.", "9 tháng"),
        ("2020S2", "Kết quả 6 tháng đầu năm 2020.", "6 tháng đầu năm 2020"),
        ("2020S2", "Nhiệm vụ 6 tháng cuối năm 2021.", "6 tháng cuối năm 2021"),
        ("2020N9", "Kết quả 6 tháng đầu năm 2020.", "6 tháng đầu năm 2020"),
        ("2020S1", "Trong 2 tháng qua, phường đã làm tốt.", "2 tháng qua"),
        ("2020S1", "Hơn 100 hộ được thăm trong ba tháng vừa qua.", "ba tháng vừa qua"),
        ("2020S1", "Kết quả quý I năm 2019: chi trả kịp thời.", "quý I năm 2019"),
        ("2020S2", "Chi trả quý 3/2019 đầy đủ.", "quý 3/2019"),
        ("2020S1", "Kết quả 6 tháng đầu năm 2020, phương hướng 6 tháng cuối năm 2019.",
         "6 tháng cuối năm 2019"),
        ("2020S1", "6 tháng đầu năm 2020 khá. Kết quả 6 tháng đầu năm 2019 (Khu A) tốt.",
         "6 tháng đầu năm 2019"),
    ],
)  # fmt: skip
def test_a_period_that_is_neither_this_nor_the_next(period: str, text: str, quote: str) -> None:
    assert quotes(check_other_period, text, period=period) == [quote]


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2020S1", "Sáu tháng đầu năm 2020, phường làm tốt; 06 tháng đầu năm vượt kế hoạch."),
        ("2020S1", "Nhiệm vụ 6 tháng cuối năm 2020; phương hướng 6 tháng cuối năm."),
        ("2020S1", "Tăng 5% so với 6 tháng đầu năm 2019."),
        ("2020S1", "So với cùng kỳ năm trước và 9 tháng đầu năm 2019, số hộ giảm."),
        ("2020S1", "Hỗ trợ 2 tháng, trong 3 tháng, tháng 4, quý I, 12 tháng trong năm."),
        ("2020S2", "Nhiệm vụ 6 tháng đầu năm 2021; 6 tháng đầu năm tới."),
        ("2020N9", "Nhiệm vụ 3 tháng cuối năm 2020."),
        ("2020", "Trong đó 6 tháng đầu năm 2020 có 12 hộ."),
        ("2020S1", "6 tháng đầu năm 2019 có 12 hộ, 6 tháng đầu năm 2020 có 15 hộ."),
        (
            "2020S1",
            "6 tháng đầu năm 2019 có 12 hộ; 6 tháng đầu năm nay, 6 tháng đầu năm là 15 hộ.",
        ),
        ("2020S1", "Trong 6 tháng đầu năm, riêng 2 tháng đầu năm 2020 có 9 hộ."),
        ("2020S1", "Có 15 hộ (6 tháng đầu năm 2019: 12 hộ), cao hơn 6 tháng cuối năm 2019."),
        (
            "2020S1",
            "Quý I năm 2020 có 5 người, quý II/2020 có 7 người; 6 tháng qua không có đơn.",
        ),
        ("2020S1", "Các hộ được duyệt từ quý IV năm 2019 đã nhận đủ."),
        ("2020S2", "6 tháng qua, 12 tháng qua, quý I năm 2021."),
        (
            "2020S1",
            "Trong 6 tháng, phường làm tốt. Trong sáu tháng đã hỗ trợ 3 hộ trong 2 tháng.",
        ),
        (
            "2020S1",
            "Trong 3 tháng học nghề, mỗi học viên được hỗ trợ; trong 2 tháng, hộ A thoát nghèo.",
        ),
        ("2020S1", "Báo cáo 6 tháng. Phát 2 tháng, thôi 3 tháng. Trong 2 tháng tới sẽ xét."),
    ],
)
def test_the_own_period_the_next_and_comparisons_may_be_told(period: str, text: str) -> None:
    assert quotes(check_other_period, text, period=period) == []


def test_the_label_of_what_is_compared_names_another_period() -> None:
    compared = free(value=1, previous={"value": 1, "label": "6 tháng đầu năm 2019"})
    planned = free(value=1, plan={"value": 1, "label": "kế hoạch 9 tháng đầu năm"})
    assert quotes(check_other_period, "", line=compared) == []
    (found,) = check_other_period(report("", line=planned))
    assert (found.about, found.where) == ("giam_ngheo/dong", "/lines/0/plan")


def test_a_story_tells_of_any_time() -> None:
    told = report(
        stories=[{"title": "Tết Kỷ Hợi", "text": "Trong 2 tháng qua, quý I năm 2019."}]
    )
    assert [*check_other_period(told), *check_lunar_year(told)] == []


# ---------------------------------------------------------------- another unit


def test_another_ward_is_named() -> None:
    text = "Đảng ủy phường Việt Hưng quan tâm, UBND phường Việt Hưng chỉ đạo."
    assert list(check_other_unit(report(text))) == [
        of_text("text.other_unit", WARNING,
                "nhắc đến «phường Việt Hưng», trong khi đơn vị báo cáo là phường Phúc Lợi.",
                f"Nếu là lời văn chép từ đơn vị khác, hãy sửa tên; {IF_MEANT}",
                "phường Việt Hưng"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "text", "quote"),
    [
        ("Phường 5", "Nhân dân Phường 15 phấn khởi.", "Phường 15"),
        ("UBND xã Tân Bình", "Trạm y tế xã Thạnh Bình.", "xã Thạnh Bình"),
        ("xã Tân Bình", "Chủ tịch UBND thị trấn Tân Biên.", "thị trấn Tân Biên"),
        ("quận Long Biên", "Nguồn của huyện Gia Lâm.", "huyện Gia Lâm"),
        ("tỉnh Hậu Giang", "Sở Nội vụ tỉnh Sóc Trăng.", "tỉnh Sóc Trăng"),
        ("phường Phúc Lợi", "Tại phường Việt Hưng, số hộ nghèo giảm.", "phường Việt Hưng"),
        ("phường Phúc Lợi", "Số hộ nghèo tại phường Việt Hưng giảm.", "phường Việt Hưng"),
        (
            "phường Phúc Lợi",
            "Phối hợp với Mặt trận Tổ quốc, phường Việt Hưng đã tặng quà.",
            "phường Việt Hưng",
        ),
    ],
)
def test_another_unit_of_the_same_level(unit: str, text: str, quote: str) -> None:
    assert quotes(check_other_unit, text, org_unit={"name": unit}) == [quote]


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        (
            "phường Phúc Lợi",
            "phường Phúc Lợi, Phường PHÚC LỢI, phường Phuc Loi; phường đã làm.",
        ),
        ("phường Phúc Lợi", "Trung tâm Y tế quận Long Biên, UBND tỉnh Thanh Hóa."),
        ("phường Phúc Lợi", "Chủ tịch UBND phường Trần Văn An phát biểu."),
        ("phường Phúc Lợi", "PHƯỜNG ĐẠT NHIỀU KẾT QUẢ"),
        (
            "phường Phúc Lợi",
            "Phối hợp với UBND phường Việt Hưng, phường Phúc Đồng và xã Đa Tốn đón người.",
        ),
        ("phường Phúc Lợi", "Thăm, tặng quà các Mẹ Việt Nam anh hùng ở phường Việt Hưng."),
        (
            "phường Phúc Lợi",
            "Dự hội nghị tổng kết tại phường Việt Hưng; khám tại Trạm y tế phường Sài Đồng.",
        ),
        ("phường Phúc Lợi", "Nuôi dưỡng 2 cụ tại Trung tâm Bảo trợ xã hội xã Thụy An."),
        ("phường Phúc Lợi", "Tiếp nhận 2 hộ nghèo từ phường Bồ Đề chuyển đến."),
        ("phường Phúc Lợi", "Ủng hộ nhân dân xã Hướng Việt 20 triệu đồng."),
        ("quận Thanh Khê", "tại phường An Khê và phường Thanh Khê Đông"),
        ("xã Tân Bình", "An sinh Xã Hội; hợp tác xã Phúc Lợi; thị xã Sơn Tây."),
        ("xã Tân Bình", "địa bàn xã Thạnh Bình cũ; sáp nhập xã Tân Phong."),
        ("thành phố Hà Nội", "phường Việt Hưng, tỉnh Hà Nam"),
        ("Phúc Lợi", "phường Việt Hưng"),
    ],
)
def test_units_that_may_be_named(unit: str, text: str) -> None:
    assert quotes(check_other_unit, text, org_unit={"name": unit}) == []


STORY = {"title": "Chuyện phường Việt Hưng", "text": "Bà {1} nổ lực.",
         "people": [{"name": "Lê A", "role": "cán bộ phường Đức Giang", "consent": True}]}  # fmt: skip


def test_stories_are_read_for_other_units_and_for_spelling() -> None:
    told = report(stories=[{"text": "Không có gì."}, STORY])
    assert [(found.where, found.about, found.quote)
            for check in (check_other_unit, check_spelling) for found in check(told)] == [
        ("/stories/1", "stories/2/title", "phường Việt Hưng"),
        ("/stories/1", "stories/2/people", "phường Đức Giang"),
        ("/stories/1", "stories/2/text", "nổ lực"),
    ]  # fmt: skip


def test_a_story_is_told_by_its_number() -> None:
    (found,) = check_spelling(report(stories=[{"text": "Chị nổ lực."}]))
    assert found.message == "Câu chuyện thứ 1, nội dung: «nổ lực» viết chưa đúng."


# ---------------------------------------------------------------- out of date


def test_what_had_ended_when_the_report_was_made() -> None:
    assert list(check_abolished(report("Đạt chỉ tiêu Quận giao.", period="2026S1"))) == [
        of_text("text.abolished", WARNING,
                "«Quận giao» không còn đúng từ ngày 01/07/2025 (không còn cấp huyện; Nghị định số "
                "150/2025/NĐ-CP).",
                "Nên ghi: tỉnh giao hoặc thành phố giao. Nếu nói về việc trước ngày đó, hãy xác "
                "nhận và ghi lý do.", "Quận giao"),
    ]  # fmt: skip


OFFICES = [
    ("2026S1", "2025S1", "Uỷ ban nhân dân quận Long Biên", "Uỷ ban nhân dân quận"),
    ("2025S2", "2025S1", "Phòng Lao động, Thương binh và Xã hội", ""),
    ("2025S2", "2025S1", "phòng LĐ-TB&XH", ""),
    ("2025S2", "2025S1", "Phòng LĐ, TB & XH", ""),
    ("2025S2", "2025S1", "Sở Lao động – Thương binh và Xã hội", ""),
    ("2025S1", "2024S2", "Bộ LĐTBXH", ""),
    ("2025S2", "2025S1", "thị trấn", ""),
    ("2021S2", "2021S1", "Nghị định số 136/2013/NĐ-CP", "Nghị định số 136/2013"),
    ("2026S1", "2025S2", "Nghị định 13/2023/NĐ-CP", "Nghị định 13/2023"),
    ("2022S1", "2021S2", "59/2015/QĐ-TTg", ""),
    ("2021S2", "2021S1", "NĐ 58/2019/NĐ-CP", "NĐ 58/2019"),
    ("2024S2", "2024S1", "Nghị định số 55/2023/NĐ-CP", "Nghị định số 55/2023"),
    ("2023S1", "2022S2", "Thông tư 09/2011/TT-BNV", "Thông tư 09/2011"),
]


@pytest.mark.parametrize(("late", "early", "words", "quote"), OFFICES)
def test_offices_and_bases_hold_until_their_day(
    late: str, early: str, words: str, quote: str
) -> None:
    assert quotes(check_abolished, f"Theo {words}.", period=late) == [quote or words]
    assert quotes(check_abolished, f"Theo {words}.", period=early) == []


def test_an_earlier_period_is_never_accused_by_a_late_paper() -> None:
    told = report("Đạt chỉ tiêu quận giao.", period="2025S1", document={"date": "2025-08-01"})
    assert list(check_abolished(told)) == []


def test_a_paper_made_before_the_day_is_not_accused() -> None:
    told = report("Theo Nghị định 136/2013.", period="2021S2", document={"date": "2021-06-30"})
    assert list(check_abolished(told)) == []


def test_a_district_may_be_told_of_but_not_give_or_stand_above() -> None:
    told = report("Các hộ ở quận Long Biên.", period="2026S1",
                  line=free(value=1, giver="quận"),
                  org_unit={"name": "phường Phúc Lợi", "within": ["quận Long Biên"]})  # fmt: skip
    assert [(found.about, found.quote) for found in check_abolished(told)] == [
        ("org_unit/within/1", "quận"),
        ("giam_ngheo/dong@quan", "quận"),
    ]


@pytest.mark.parametrize("text", ["cơ quan giao", "113/2023/NĐ-CP", "20/2021/NĐ-CP", "Quận"])
def test_words_that_only_look_ended(text: str) -> None:
    assert quotes(check_abolished, text, period="2026S1") == []


# ---------------------------------------------------------------- lunar years


def test_a_lunar_year_beside_the_wrong_year() -> None:
    text = "Nhân dịp tết Nguyên đán Canh Tý năm 2021."
    assert list(check_lunar_year(report(text, period="2021S1"))) == [
        of_text("text.lunar_year", WARNING,
                "«Canh Tý năm 2021»: năm 2021 là Tân Sửu, không phải Canh Tý.",
                f"Hãy sửa tên năm âm lịch hoặc năm dương lịch; {IF_MEANT}", "Canh Tý"),
    ]  # fmt: skip


def test_a_lunar_year_left_over_from_another_report() -> None:
    (found,) = check_lunar_year(report("Tết Kỷ Hợi ấm áp."))
    assert found.message == f"{NAME}: «Kỷ Hợi» không phải năm của kỳ báo cáo (Canh Tý)."


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2020S1", "Tết Canh Tý, Canh Tý 2020, năm 2020 (Canh Tý), Xuân CANH TÝ, Canh Tí"),
        ("2020S2", "đón Tết Tân Sửu"),
        ("2020S1", "đón Tết Tân Sửu 2021"),
        ("2020S1", "Xuân Mậu Thân 1968, Xuân Mậu Thân năm 1968"),
        ("2020S1", "Canh Tý 1254 người"),
        ("2020S1", "Quý thân nhân liệt sĩ, phường Tân Tý"),
    ],
)
def test_lunar_years_that_are_right(period: str, text: str) -> None:
    assert quotes(check_lunar_year, text, period=period) == []


def test_the_next_lunar_year_is_not_that_of_a_first_half() -> None:
    assert quotes(check_lunar_year, "đón Tết Tân Sửu") == ["Tân Sửu"]


@given(st.integers(1900, 2099), st.integers(1900, 2099))
def test_a_lunar_year_is_told_with_its_own_year_only(named: int, beside: int) -> None:
    text = f"Tết {lunar_year(named)} năm {beside}"
    right = lunar_year(named) == lunar_year(beside)
    assert quotes(check_lunar_year, text) == ([] if right else [lunar_year(named)])


def test_an_occasion_has_its_lunar_year_too() -> None:
    told = report("", period="2026S1", line=free(value=1, occasion="Tết Ất Tỵ"))
    assert [found.about for found in check_lunar_year(told)] == ["giam_ngheo/dong@tet_at_ty"]


# ---------------------------------------------------------------- spelling


def test_a_misspelled_word() -> None:
    assert list(check_spelling(report("Xuất quà và Nổ lực; nổ lực."))) == [
        of_text("text.spelling", WARNING, "«Xuất quà» viết chưa đúng.",
                "Hãy viết «suất quà».", "Xuất quà"),
        of_text("text.spelling", WARNING, "«Nổ lực» viết chưa đúng.",
                "Hãy viết «nỗ lực».", "Nổ lực"),
    ]  # fmt: skip


def test_what_is_better_written_otherwise_is_a_note() -> None:
    assert list(check_spelling(report("Chi trả hàng tháng."))) == [
        of_text("text.style", NOTE, "«hàng tháng» nên viết «hằng tháng».",
                "Không bắt buộc sửa.", "hàng tháng"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "severity"),
    [("Tết Nguyên Đán", WARNING), ("đối tượng người có công", WARNING),
     ("tết nguyên đán", NOTE), ("đảm bảo", NOTE)],
)  # fmt: skip
def test_how_grave_a_word_is(text: str, severity: str) -> None:
    assert [found.severity for found in check_spelling(report(text))] == [severity]


@pytest.mark.parametrize(
    "text",
    ["tết Nguyên đán", "TẾT NGUYÊN ĐÁN", "suất quà", "nỗ lực", "bảo đảm", "hằng tháng",
     "sáp nhập", "phòng cháy nổ, lực lượng",
     "người có công", "xuất khẩu", "bảo đảm bảo vệ trẻ em", "bán hàng tháng 4"],
)  # fmt: skip
def test_words_that_are_right(text: str) -> None:
    assert quotes(check_spelling, text) == []


def test_labels_headline_givers_and_recipients_are_read_too() -> None:
    told = report(
        line=free(label="Số xuất quà", value=1, giver="Hội hổ trợ", source="quỹ bão trợ",
                  plan={"value": 1, "label": "mức bổ xung"}, note="sát nhập",
                  supplied_by="chuẩn đoán"),
        document={"headline": "Nổ lực", "recipients": ["Ban sát nhập"]},
    )  # fmt: skip
    stem = "giam_ngheo/so-xuat-qua@hoi_ho_tro"
    assert [(found.where, found.about, found.quote) for found in check_spelling(told)] == [
        ("/document/headline", "document/headline", "Nổ lực"),
        ("/document/recipients", "document/recipients/1", "sát nhập"),
        ("/lines/0", stem, "xuất quà"),
        ("/lines/0", stem, "hổ trợ"),
        ("/lines/0", stem, "bão trợ"),
        ("/lines/0/plan", stem, "bổ xung"),
    ]


# ---------------------------------------------------------------- abbreviations


def test_an_abbreviation_that_nothing_explains() -> None:
    assert list(check_abbreviations(report("Có 15 trẻ em có HCĐB được nhận quà."))) == [
        of_text("text.abbreviation", WARNING,
                "chữ viết tắt «HCĐB» chưa được viết đầy đủ ở chỗ nào trong báo cáo.",
                "Hãy viết «hoàn cảnh đặc biệt», hoặc ở lần đầu viết «hoàn cảnh đặc biệt (HCĐB)».",
                "HCĐB"),
    ]  # fmt: skip


def test_one_finding_tells_all_the_places_of_an_abbreviation() -> None:
    told = report("Người có HCĐB", line=free(label="Trẻ em HCĐB", value=1))
    assert [found.places for found in check_abbreviations(told)] == [
        ("/texts/mo_dau", "/lines/0")
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("trẻ em có hoàn cảnh đặc biệt (HCĐB)", "15 trẻ HCĐB"),
        ("trẻ em có hoàn cảnh đặc biệt (viết tắt là HCĐB), HCĐB",),
        ("HCĐB (hoàn cảnh đặc biệt)",),
        ("hỗ trợ giải quyết việc làm (GQVL), vốn GQVL",),
        ("MTTQ, UBMTTQ, DTTS, THCS, Phòng LĐTBXH, Phòng LĐ-TB&XH, Hội LHPN, Hội CCB, Mẹ VNAH",),
        ("UBND, HĐND, TP, BHYT, BHXH, COVID-19, Covid-19, Đại hội XIV",),
        ("Báo cáo số 12/BC-LĐTBXH, 5/KH-MTTQ",),
        ("TRẺ EM CÓ HOÀN CẢNH KHÓ KHĂN CAO HAI BAN",),
    ],
)
def test_abbreviations_that_are_explained_or_known(texts: tuple[str, ...]) -> None:
    assert quotes(check_abbreviations, *texts) == []


@pytest.mark.parametrize(
    "text", ["hoàn cảnh đặc biệt và HCĐB", "trẻ em (HCĐB)", "HCĐB (khó khăn)"]
)
def test_full_words_elsewhere_do_not_explain(text: str) -> None:
    assert quotes(check_abbreviations, text) == ["HCĐB"]


def test_an_abbreviation_that_no_list_knows_is_a_note() -> None:
    assert list(check_abbreviations(report("Tổ QLDA đã họp."))) == [
        of_text("text.abbreviation", NOTE, "«QLDA» có thể là chữ viết tắt chưa giải thích.",
                "Nếu là chữ viết tắt, nên viết đầy đủ ở lần đầu.", "QLDA"),
    ]  # fmt: skip


def test_recipients_are_named_in_short() -> None:
    assert quotes(check_abbreviations, "", document={"recipients": ["Phòng LĐTBXH"]}) == []


# ---------------------------------------------------------------- what all checks leave alone

CASES = [
    ("2026S1", "xã Đồng Lộc", "Mỗi đối tượng 400.000 đồng với tổng kinh phí chi trả là 771600000 đồng; "
     "1929 đối tượng, NQ 418/NQ-CP, Tết 2026."),
    ("2017N9", "Phường 5", "100 gia đình chính sách khó khăn; 3/5 vụ, đạt 60%; giao 31 thanh niên, "
     "đạt 172,22%; hơn 8 tỷ đồng, đạt 91,29%; 9 tháng đầu năm 2017."),
    ("2024S1", "tỉnh Hậu Giang", "Trên 13.500 lao động, đạt 90,5% chỉ tiêu năm 2024, tăng 5,5% so với "
     "cùng kỳ năm 2023; đã giải quyết 1.240 hồ sơ, còn 26 hồ sơ đang xem xét."),
    ("2020", "tỉnh Lâm Đồng", "21.000 người, giảm 28% so cùng kỳ, chỉ đạt 72,4% kế hoạch."),
    ("2025S2", "tỉnh Phú Thọ", "10.760/10.760 căn, đạt 100%; xây mới 7.475 căn; đến 20/7/2025."),
    ("2018S1", "tỉnh Hà Nam", "quý I 1,52%; quý II 1,50%; 6 tháng 1,51%; giảm 39,6% so với cùng kỳ; "
     "ước tính 6 tháng đầu năm 2018, thành thị 33,63 (35,5%)."),
]  # fmt: skip


@pytest.mark.parametrize(("period", "unit", "text"), CASES)
def test_published_reports_without_a_fault_raise_nothing(
    period: str, unit: str, text: str
) -> None:
    told = report(text, period=period, org_unit={"name": unit})
    assert [found for check in CHECKS for found in check(told)] == []


@pytest.mark.parametrize(
    "folder", sorted((ROOT / "fixtures" / "accepted").iterdir()), ids=lambda path: path.name
)
def test_an_accepted_report_raises_no_warning(folder: Path) -> None:
    pictures = {path.name: path.read_bytes() for path in folder.glob("*.png")}
    examined = examine(Source((folder / "input.json").read_bytes(), pictures))
    assert examined.data is not None
    assert examined.kind is not None
    told = Report(examined.data, examined.figures, examined.kind, terms=TERMS)
    assert [f for check in CHECKS for f in check(told) if f.severity != NOTE] == []


WORDS = (
    "phường Phúc Lợi|quận Long Biên|đã|trao|quà|cho|hộ nghèo|,|người có công|;|trẻ em|12|1.254|"
    "33,3%|2020|tháng 4|kinh phí|triệu đồng|UBND|bảo đảm|hằng|tăng|.|Covid-19|(|)|–|quý I|2/5"
)
NEUTRAL = st.lists(st.sampled_from(WORDS.split("|")), max_size=60).map(" ".join)


@given(NEUTRAL)
def test_a_text_of_neutral_words_raises_nothing(text: str) -> None:
    told = report(text, line=free(label="Dòng thử khác hẳn", value=7))
    assert [found for check in CHECKS for found in check(told)] == []


def bits() -> Iterator[str]:
    yield from ("phường Việt Hưng ", "6 tháng đầu năm ", "HCĐB (", "a", "9", " ", "( ", "ABC ")
    yield from (
        "Lao động được việc làm 12 người",
        "tăng ",
        "Canh Tý - ",
        "nổ lực. ",
        "9.999",
        "-",
    )


@settings(deadline=2000, max_examples=20)
@given(st.lists(st.sampled_from(list(bits())), min_size=1, max_size=4))
def test_a_long_text_is_read_in_linear_time(pieces: list[str]) -> None:
    piece = "".join(pieces)
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    told = report("", line=free(label="Lao động được việc làm", value=9, previous=12))
    told = replace(told, data=replace(told.data, texts={"mo_dau": (text,)}))
    found = {finding.id for check in CHECKS for finding in check(told)}
    assert len(found) < 100


def test_a_report_without_words_has_nothing_to_say() -> None:
    blank = replace(report(""), data=replace(report("").data, lines=()), figures={})
    assert [found for check in CHECKS for found in check(blank)] == []
    assert blank.data.document.date is None
    assert blank.data.period.end == date(2020, 6, 30)
