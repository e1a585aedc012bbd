"""What a template names: the words of a line, of rows, of a section, of the whole report."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import pytest

from generators.figures import calculate
from generators.wording.context import build_context, vocabulary
from generators.wording.said import line_words
from tests.building import KIND, Json, free, part, period_data, real_kind, said

ALL: frozenset[str] = frozenset()


def context(*lines: Json, named: frozenset[str] = ALL, **more: Json) -> Mapping[str, Any]:
    data = period_data(*lines, **more)
    return build_context(data, calculate(data, KIND), KIND, named)


# ---------------------------------------------------------------- one line

WORDS: list[tuple[Json, str, str]] = [
    ({"code": "ho_ngheo", "value": 4}, "so", "04"),
    ({"code": "ho_ngheo", "value": "trên 30"}, "so", "trên 30"),
    ({"code": "ho_ngheo", "value": 4}, "so_luong", "04 hộ nghèo"),
    ({"code": "ho_ngheo", "value": 4}, "don_vi", "hộ"),
    ({"code": "ho_ngheo", "value": 4}, "co", "có 04 hộ nghèo"),
    ({"code": "ho_ngheo", "value": 0}, "co", "không có hộ nghèo"),
    ({"code": "ho_ngheo", "value": 0, "previous": 4}, "co",
     "không có hộ nghèo, giảm 04 hộ (100%) so với cùng kỳ năm 2019"),
    ({"code": "ho_ngheo", "status": "không phát sinh"}, "co", "không có hộ nghèo"),
    ({"code": "ho_ngheo", "opening": 4, "increase": 0, "decrease": 4, "closing": 0}, "co",
     "không có hộ nghèo, đầu kỳ 04 hộ, giảm 04 hộ"),
    ({"code": "ho_ngheo", "status": "chưa có số liệu"}, "co", ""),
    ({"code": "qua", "giver": "quận", "value": 3}, "ten", "Quà của quận"),
    ({"code": "qua", "giver": "Công ty A", "value": 3}, "ten", "Quà của Công ty A"),
    ({"code": "qua", "giver": "XÃ HỘI HOÁ", "value": 3}, "ten", "Quà từ nguồn xã hội hóa"),
    ({"code": "qua", "giver": "quận", "round": "đợt 2", "value": 3}, "ten", "Quà của quận (đợt 2)"),
    ({"code": "qua", "value": 3, "amount": 51234567}, "tien", "51.234.567 đồng"),
    ({"code": "qua", "value": 3, "amount": 51200000}, "tien_dong", "51.200.000 đồng"),
    ({"code": "qua", "value": 3, "amount": 51234567}, "tien_tron", "trên 51,2 triệu đồng"),
    ({"code": "qua", "value": 3, "amount": 51200000}, "bang_chu",
     "Năm mươi mốt triệu hai trăm nghìn đồng"),
    ({"code": "qua", "value": 3, "amount": "trên 51 triệu"}, "bang_chu", ""),
    ({"code": "qua", "value": 3, "amount": 51200000, "estimate": True}, "bang_chu", ""),
    ({"code": "quy", "value": 107000000}, "bang_chu", "Một trăm linh bảy triệu đồng"),
    ({"code": "viec_lam", "value": 3, "plan": 5}, "ke_hoach", "05 người"),
    ({"code": "viec_lam", "value": 3, "plan": "trên 50"}, "ke_hoach", "trên 50 người"),
    ({"code": "ty_le", "value": 3, "plan": "1,2"}, "ke_hoach", "1,2%"),
    ({"code": "quy", "value": 5, "plan": 100000000}, "ke_hoach", "100 triệu đồng"),
    ({"code": "viec_lam", "value": "2/5"}, "tren_ke_hoach", "2/5 người, đạt 40% kế hoạch"),
    ({"code": "viec_lam", "value": "2/5"}, "day_du", "2/5 người, đạt 40% kế hoạch"),
    ({"code": "khau", "value": 30, "rate": 500000, "rate_count": 72}, "muc",
     "mức 500.000 đồng/khẩu/tháng, tính cho 72 khẩu"),
    (free(value=30, parts=[part("a", 30)]), "chi_tiet", "gồm: a 30 người"),
    (free(parts=[part("a", 3), part("b", 4, unit="hộ")]), "cau", "Dòng: a 03 người và b 04 hộ"),
    (free(parts=[part("a", 3), part("b", 4, unit="hộ")]), "co", "a 03 người và b 04 hộ"),
]  # fmt: skip


@pytest.mark.parametrize(("json_line", "word", "text"), WORDS)
def test_the_words_of_a_line(json_line: Json, word: str, text: str) -> None:
    assert getattr(said(json_line), word) == text


@pytest.mark.parametrize("word", ["tien", "tien_dong", "tien_tron", "bang_chu"])
def test_money_of_nothing_is_not_said(word: str) -> None:
    assert getattr(said({"code": "qua", "value": 3, "amount": 0}), word) == ""


@pytest.mark.parametrize(
    ("json_line", "speaks"),
    [
        (free(value=1), True), (free(value=0), False), (free(value=0, amount=5), True),
        (free(opening=34), True), (free(status="chưa có số liệu"), False),
        (free(unit="%", value=0), True), (free(value=0, previous=10), False),
        (free(closing=0, opening=4), True),
    ],
)  # fmt: skip
def test_a_line_speaks_where_it_has_a_number(json_line: Json, speaks: bool) -> None:
    assert bool(said(json_line)) is speaks


def test_every_word_is_explained_and_known_of_an_absent_line() -> None:
    absent = context(free(value=1))["qua"]
    assert not absent
    assert absent.cac_dong == ()
    for word, meaning in line_words().items():
        assert meaning
        assert word == "cac_dong" or getattr(absent, word) == ""
    with pytest.raises(AttributeError):
        absent.tienn  # noqa: B018


# ---------------------------------------------------------------- rows and totals


def test_rows_are_said_one_by_one() -> None:
    found = context(
        {"code": "qua", "giver": "quận", "value": 3, "amount": 10},
        {"code": "qua", "giver": "xã hội hóa", "value": 4, "amount": 20},
        {"code": "qua", "giver": "phường", "value": 0},
        named=frozenset({"qua", "qua.cac_dong"}),
    )
    assert [row.cau for row in found["qua"].cac_dong] == [
        "Quà của quận: 03 người, kinh phí 10 đồng",
        "Quà từ nguồn xã hội hóa: 04 người, kinh phí 20 đồng",
    ]
    assert found["qua"].so_luong == ""
    assert found["tong_qua"].so_luong == "07 lượt người"
    assert found["tong_qua"].bang_chu == "Ba mươi đồng"
    assert found["muc"]["qua_tang"].khong_phat_sinh == "Quà của phường"


def test_rows_that_no_loop_names_stand_among_the_other_lines() -> None:
    lines = [
        {"code": "qua", "giver": "quận", "value": 3},
        {"code": "qua", "giver": "xã hội hóa", "value": 4},
    ]
    found = context(*lines, named=frozenset({"qua", "qua.day_du"}))
    assert not found["qua"]
    assert [row.cau for row in found["muc"]["qua_tang"].dong_khac] == [
        "Quà của quận: 03 người",
        "Quà từ nguồn xã hội hóa: 04 người",
    ]


def test_money_without_a_number_stands_among_the_other_lines() -> None:
    found = context(
        {"code": "qua", "giver": "quận", "amount": 45000000},
        named=frozenset({"qua", "qua.day_du"}),
    )
    assert not found["qua"]
    (row,) = found["muc"]["qua_tang"].dong_khac
    assert row.cau == "Quà của quận: 45 triệu đồng"


def test_one_row_needs_no_total() -> None:
    assert not context({"code": "qua", "value": 3})["tong_qua"]
    assert context({"code": "qua", "value": 3}, {"code": "tong_qua", "value": 3})["tong_qua"]


# ---------------------------------------------------------------- sections


def test_no_line_goes_unprinted() -> None:
    section = context(
        {"code": "ho_ngheo", "value": 4},
        {
            "code": "viec_lam",
            "status": "xét cuối năm",
            "plan": {"value": 5, "label": "quận giao"},
        },
        {"code": "ty_le", "status": "chưa có số liệu", "previous": "1,5"},
        free(label="Dòng tự do", value=7),
        free(label="Không có gì", value=0, previous=3),
        named=frozenset({"ho_ngheo"}),
    )["muc"]["giam_ngheo"]
    assert section
    assert section.ten == "Giảm nghèo"
    assert [line.cau for line in section.dong_khac] == ["Dòng tự do: 07 người"]
    assert section.khong_phat_sinh == "Không có gì (cùng kỳ năm 2019 là 03 người)"
    assert section.chua_co_so_lieu == "Tỷ lệ hộ nghèo (cùng kỳ năm 2019 là 1,5%)"
    assert section.xet_cuoi_nam == "Việc làm (kế hoạch quận giao là 05 người)"


def test_a_line_whose_zero_the_template_says_is_not_said_again() -> None:
    section = context(
        {"code": "ho_ngheo", "value": 0}, named=frozenset({"ho_ngheo", "ho_ngheo.co"})
    )
    assert section["muc"]["giam_ngheo"].khong_phat_sinh == ""


def test_a_section_without_data_is_silent() -> None:
    assert not context({"code": "qua", "value": 3})["muc"]["giam_ngheo"]


# ---------------------------------------------------------------- the report


@pytest.mark.parametrize(
    ("name", "level"),
    [("phường Phúc Lợi", "phường"), ("Xã Hòa Bình", "xã"), ("đặc khu Phú Quốc", "đặc khu"),
     ("thị trấn Mộc Châu", "thị trấn"), ("quận Long Biên", "quận")],
)  # fmt: skip
def test_the_kind_of_unit(name: str, level: str) -> None:
    assert context(free(value=1), org_unit={"name": name})["don_vi"].cap == level


def test_the_period() -> None:
    period = context(free(value=1))["ky"]
    assert (period.ten, period.nam, period.ky_sau) == (
        "6 tháng đầu năm 2020", "2020", "6 tháng cuối năm 2020",
    )  # fmt: skip
    assert (period.nam_am_lich, period.tu_den_rieng) == ("Canh Tý", "")
    own = {"id": "2020S1", "from": "2019-12-15", "to": "2020-06-14"}
    assert context(free(value=1), period=own)["ky"].tu_den_rieng == (
        "từ ngày 15 tháng 12 năm 2019 đến ngày 14 tháng 6 năm 2020"
    )


def test_the_document() -> None:
    paper = {"place": "Phúc Lợi", "date": "2020-08-03", "headline": "Tít", "author": "UBND"}
    found = context(free(value=1), document=paper)["van_ban"]
    assert (found.noi, found.ngay, found.ngay_iso, found.tit, found.tac_gia) == (
        "Phúc Lợi", "ngày 03 tháng 8 năm 2020", "2020-08-03", "Tít", "UBND",
    )  # fmt: skip
    assert context(free(value=1))["van_ban"].ngay == ""
    assert context(free(value=1))["van_ban"].ngay_iso == "2020-06-30"


PICTURE = (
    "data:image/png;base64,"
    + b64encode(
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x03\x08\x02\x00\x00\x00"
        b"\x00\x00\x00\x00\x00\x00\x00\x00IEND\xaeB`\x82"
    ).decode()
)
PEOPLE = [
    {"name": "Nguyễn Thị Hoa", "role": "tổ 5", "consent": True},
    {"name": "Đặng Văn Ân", "role": "tổ 6", "consent": False},
    {"name": "Lê Ý"},
]


def test_names_only_with_consent_else_initials() -> None:
    story = {"title": "Chuyện của {2}", "text": "Bà {1} và ông {2}.\n\n Cô {3}.",
             "people": PEOPLE, "caption": "Ông {2}", "picture": PICTURE}  # fmt: skip
    (found,) = context(free(value=1), stories=[story])["cau_chuyen"]
    assert found.tieu_de == "Chuyện của Đ.V.Â (tổ 6)"
    assert found.noi_dung == ("Bà Nguyễn Thị Hoa (tổ 5) và ông Đ.V.Â (tổ 6).", "Cô L.Ý.")
    assert found.chu_thich == found.mo_ta_anh == "Ông Đ.V.Â (tổ 6)"


def test_a_picture_always_has_an_alt_text() -> None:
    (found,) = context(free(value=1), stories=[{"text": "a"}])["cau_chuyen"]
    assert found.mo_ta_anh == "Ảnh minh họa"


def test_the_vocabulary_is_what_the_context_has() -> None:
    found, words = context(free(value=1)), vocabulary(KIND)
    assert set(found) == set(words)
    assert set(words["qua"]) == set(line_words())
    assert set(vocabulary(real_kind())["muc"]) == set(real_kind().section)
