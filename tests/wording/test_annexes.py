"""What the annexes say: every number once, only the sums that are declared, words under one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generators.annex import Annex, Table
from generators.kinds import KindFault, load_kind
from generators.pipeline import template_faults
from generators.wording.annexes import build_annexes, say_annexes
from tests.annexing import ID, annexed_kinds, report_of


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return annexed_kinds(tmp_path_factory.mktemp("kinds"))


def annexes(kinds: Path, *lines: Any) -> tuple[Annex, ...]:
    examined = report_of(kinds, *lines)
    assert examined.data
    assert examined.kind
    return build_annexes(
        examined.data, examined.figures, examined.kind, "(Kèm theo Báo cáo số 7)"
    )


def rows(annex: Annex) -> list[str]:
    """The rows of its table, cells parted by "|", paragraphs by "/"."""
    assert isinstance(annex.content, Table)
    return [("  " * row.indent) + "|".join("/".join(cell) for cell in row.cells)
            for row in annex.content.rows]  # fmt: skip


TET = [
    {"code": "qua_tet", "giver": "Chủ tịch nước", "group": "người có công", "value": 249,
     "amount": 74_700_000, "previous": 240},
    {"code": "qua_tet", "giver": "xã", "group": "hộ nghèo", "value": 4, "amount": 2_000_000},
    {"code": "qua_ho_ngheo", "value": 30, "amount": 15_000_000,
     "parts": [{"label": "hộ nghèo", "value": 12}, {"label": "hộ cận nghèo", "value": 18}]},
]  # fmt: skip


def test_every_line_has_a_row_with_all_that_is_known_of_it(kinds: Path) -> None:
    figures, _, _ = annexes(
        kinds, *TET,
        {"code": "viec_lam", "value": 224, "plan": {"value": 342, "label": "tỉnh giao"},
         "previous": 212, "note": "Tính cả lao động thời vụ"},
        {"code": "sinh_ke", "value": 41, "whole": 62, "amount": 820_000_000, "source": "Quỹ Vì người nghèo"},
        {"code": "ho_ngheo_ty_le", "value": 1.35, "previous": 1.5},
        {"section": "tre_em", "label": "Trẻ em được tặng xe đạp", "unit": "trẻ em",
         "status": "không phát sinh"},
    )  # fmt: skip
    assert rows(figures) == [
        "I|Thăm hỏi, tặng quà các đối tượng chính sách",
        "1|Quà Tết của Chủ tịch nước (người có công)|người|249|||240|tăng 9 (3,8%)|74.700.000|",
        "2|Quà Tết của xã (hộ nghèo)|người|4|||||2.000.000|",
        "3|Hộ nghèo, hộ cận nghèo được tặng quà|hộ|30|||||15.000.000|",
        "  -|hộ nghèo|hộ|12||||||",
        "  -|hộ cận nghèo|hộ|18||||||",
        "|Tổng cộng quà tết Nguyên đán|lượt người|253|||||76.700.000|",
        "II|Giảm nghèo bền vững",
        "1|Tỷ lệ hộ nghèo|%|1,35|||1,5|giảm 0,15 điểm %||",
        "2|Trường hợp được trao phương tiện sinh kế|trường hợp|41|||||820.000.000|"
        "Bằng 66,1% tổng số 62 trường hợp, từ Quỹ Vì người nghèo",
        "III|Lao động, việc làm, giáo dục nghề nghiệp",
        "1|Lao động được giải quyết việc làm|người|224|342 (tỉnh giao)|65,5%|212|tăng 12 (5,7%)||"
        "Tính cả lao động thời vụ",
        "IV|Bảo vệ, chăm sóc trẻ em",
        "1|Trẻ em được tặng xe đạp|trẻ em|không phát sinh||||||",
        "|Tổng kinh phí tặng quà, hỗ trợ trực tiếp trong kỳ|||||||911.700.000|",
    ]  # fmt: skip
    assert figures.closing == ("(Bằng chữ: Chín trăm mười một triệu bảy trăm nghìn đồng)",)


def test_gifts_stand_under_their_giver_and_only_what_adds_is_added(kinds: Path) -> None:
    _, gifts = annexes(kinds, *TET)
    assert rows(gifts) == [
        "I|Chủ tịch nước",
        "1|Quà Tết của Chủ tịch nước|người có công|người|249|74.700.000",
        "II|Xã",
        "1|Quà Tết của xã|hộ nghèo|người|4|2.000.000",
        "III|Không ghi nguồn tặng",
        "1|Hộ nghèo, hộ cận nghèo được tặng quà||hộ|30|15.000.000",
        "  -|hộ nghèo||hộ|12|",
        "  -|hộ cận nghèo||hộ|18|",
        "|Tổng cộng quà tết Nguyên đán||lượt người|253|76.700.000",
    ]
    assert gifts.closing == ()


def test_a_total_that_is_not_known_whole_is_not_printed(kinds: Path) -> None:
    figures, gifts = annexes(kinds, TET[0], {"code": "qua_tet", "giver": "xã", "value": 4})
    assert rows(gifts)[-1] == "|Tổng cộng quà tết Nguyên đán||lượt người|253|"
    assert figures.closing == ()


def test_a_hedged_sum_has_no_words(kinds: Path) -> None:
    figures, _ = annexes(
        kinds,
        TET[0],
        {"code": "qua_tet", "giver": "xã", "value": 4, "amount": "trên 2 triệu"},
    )
    assert "|trên 76.700.000|" in rows(figures)[-1]
    assert figures.closing == ()


def test_several_plans_breakdowns_and_parts_within_parts(kinds: Path) -> None:
    (figures, chart) = annexes(
        kinds,
        {"code": "viec_lam", "value": 10,
         "plan": [{"value": 20, "label": "phường giao"}, {"value": 40, "label": "quận giao"}],
         "parts": [{"label": "nam", "value": 4, "by": "giới tính"},
                   {"label": "nữ", "value": 6, "by": "giới tính"},
                   {"label": "vay vốn", "value": 10, "by": "hình thức"}],
         "of_which": [{"label": "hộ nghèo", "value": 3, "of_which": [{"label": "nữ", "value": 1}]}]},
    )  # fmt: skip
    assert rows(figures) == [
        "I|Lao động, việc làm, giáo dục nghề nghiệp",
        "1|Lao động được giải quyết việc làm|người|10|20 (phường giao)/40 (quận giao)|50%/25%||||",
        "  |Chia theo giới tính:||||||||",
        "  -|nam|người|4||||||",
        "  -|nữ|người|6||||||",
        "  |Chia theo hình thức:||||||||",
        "  -|vay vốn|người|10||||||",
        "  |Trong đó:||||||||",
        "  -|hộ nghèo|người|3||||||",
        "    |Trong đó:||||||||",
        "    -|nữ|người|1||||||",
    ]
    assert not isinstance(chart.content, Table)
    assert [(bar.label, bar.said) for bar in chart.content[0].bars] == [
        ("Lao động được giải quyết việc làm (kế hoạch phường giao)", "50%"),
        ("Lao động được giải quyết việc làm (kế hoạch quận giao)", "25%"),
    ]


def test_without_shares_of_plan_there_is_no_chart_and_one_annex_has_no_number(
    kinds: Path,
) -> None:
    (only,) = annexes(kinds, {"code": "ho_ngheo", "value": 30})
    assert (only.id, only.name, only.title) == ("so_lieu", "Phụ lục", "BIỂU SỐ LIỆU")
    assert say_annexes((only,)).chi_dan == "Phụ lục kèm theo"


def test_the_chart_says_what_it_shows(kinds: Path) -> None:
    *_, chart = annexes(kinds, {"code": "viec_lam", "value": 224, "plan": 342},
                        {"code": "hoc_nghe", "value": 30, "plan": 30})  # fmt: skip
    assert not isinstance(chart.content, Table)
    assert [one.description for one in chart.content] == [
        "Biểu đồ cột ngang, tỷ lệ thực hiện so với kế hoạch: "
        "Lao động được giải quyết việc làm 65,5%; Người đăng ký học nghề miễn phí 100%."
    ]


@pytest.mark.parametrize("said", ["bieu_do", "Biểu đồ", "BIEU DO"])
def test_a_report_may_go_without_an_annex(kinds: Path, said: str) -> None:
    examined = report_of(kinds, *TET, {"code": "viec_lam", "value": 224, "plan": 342},
                         document={"without_annexes": [said]})  # fmt: skip
    assert examined.data
    assert examined.kind
    found = build_annexes(examined.data, examined.figures, examined.kind, "")
    assert [(annex.id, annex.name) for annex in found] == [
        ("so_lieu", "Phụ lục I"), ("qua_tang", "Phụ lục II"),
    ]  # fmt: skip


def test_two_or_more_have_roman_numbers_and_the_body_points_to_them(kinds: Path) -> None:
    found = annexes(kinds, *TET, {"code": "viec_lam", "value": 224, "plan": 342})
    assert [annex.name for annex in found] == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]
    assert say_annexes(found).chi_dan == "Phụ lục I, II và III kèm theo"
    assert say_annexes(()).chi_dan == ""


def test_a_kind_with_annexes_whose_body_does_not_point_to_them_is_refused(
    tmp_path: Path,
) -> None:
    folder = annexed_kinds(tmp_path, pointing="") / ID
    assert template_faults(load_kind(folder)) == (
        "template.docx: văn bản có phụ lục phải có chỉ dẫn: phu_luc.chi_dan"
    )


def test_what_is_wrong_in_the_declaration_of_annexes_is_told_all_at_once(
    tmp_path: Path,
) -> None:
    wrong = """
[[annexes]]
id = "a"
shows = "map"
title = "A"
[[annexes]]
id = "a"
shows = "gifts"
title = "B"
[[annexes]]
id = "b"
shows = "plan_chart"
title = "C"
lines = ["khong_co"]
in_words = "khong_co"
"""
    folder = annexed_kinds(tmp_path, annexes=wrong) / ID
    with pytest.raises(KindFault) as caught:
        load_kind(folder)
    name = f"{ID}/kind.toml: "
    assert str(caught.value).splitlines() == [
        name + "phụ lục a có hai lần",
        name + "phụ lục a: shows «map» phải là figures, gifts, plan_chart",
        name + "phụ lục a: lines ghi chỉ tiêu quà tặng, chỉ và phải có khi shows là gifts",
        name + "phụ lục b: lines ghi chỉ tiêu quà tặng, chỉ và phải có khi shows là gifts",
        name + "phụ lục b: biểu đồ không có tổng",
        name + "phụ lục b: không có chỉ tiêu khong_co",
        name + "phụ lục b: không có tổng khong_co",
    ]
