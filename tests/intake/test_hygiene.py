"""Text as received: made even, or refused with the reason."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.folding import fold, slug
from generators.intake.hygiene import clean_text
from generators.model import ERROR, Finding, Raw

PLACE = "Số liệu!B7"


def refused(code: str, message: str, remedy: str) -> Finding:
    return Finding(f"text.{code}", ERROR, PLACE, f"Ô {PLACE} {message}", remedy)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  Hộ   cận\u00a0\tnghèo \u200b", "Hộ cận nghèo"),
        (unicodedata.normalize("NFD", "Hộ cận nghèo"), "Hộ cận nghèo"),
        ("một \r\n hai\rba\n\nbốn\u2028năm", "một\nhai\nba\n\nbốn\nnăm"),
        ("ph\u200bường", "phường"),
        ("xã\u200b \u200bhội", "xã hội"),
        ("chăm\u00ad sóc", "chăm sóc"),
        (" \n\t", ""),
        (12, "12"),
        (Decimal("12.0"), "12"),
        (Decimal("1.1"), "1.1"),
        (Decimal("1E+3"), "1000"),
        (12.0, "12"),
        (0, "0"),
        (Decimal("1E+999999999"), "1E+999999999"),
    ],
)
def test_text_comes_out_even(value: object, expected: str) -> None:
    assert clean_text(Raw(value, PLACE)) == expected


def test_a_number_too_long_to_print_is_text_all_the_same() -> None:
    assert clean_text(Raw(10**5000, PLACE)) == "1" + "0" * 5000


@pytest.mark.parametrize(
    "text",
    [
        "Hoà bình, hòa bình; thuở khuya quý hoá",
        "Krông Pắc, Êđê, Đắk Lắk, Pà Thẻn",
        "tôt môt nhâp viêc",
        "xe ôtô",
        "Müller",
        "Café",
        "Citroën",
        "São Paulo",
        "François Müller, Citroën, José, Peña, Björn, Noël, René",
        "Bà Hän Thị Hoa",
        "«quotes» và «An Ai»",
        "©2020 UBND phường, R&D™, Unikey®",
        "25°C, 12 m², 5½ha, 4m×6m, kW·h, 30 ÷ 40",
        "dài 5m × rộng 4m",
        "😀 𠮷",
    ],
)
def test_vietnamese_names_and_signs_pass_unchanged(text: str) -> None:
    assert clean_text(Raw(text, PLACE)) == text


CONVERT = (
    "Hãy đổi sang Unicode: sao chép nội dung, bấm Ctrl+Shift+F6 để mở bảng chuyển mã của "
    "Unikey, chọn bảng mã nguồn TCVN3 hoặc VNI Windows và bảng mã đích Unicode, bấm Chuyển "
    "mã, rồi dán lại vào đây."
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Céng hßa X· héi", "hßa X· héi"),
        ("ñy ban nh©n d©n ph\u00adêng", "ñy nh©n d©n"),
        ("ph\u00adêng", "ph-êng"),
        ("Tæng sè", "Tæng"),
        ("Hé nghÌo", "nghÌo"),
        ("§iÒu d\u00adìng ng\u00adêi cã c«ng", "§iÒu d-ìng ng-êi"),
        ("Coäng hoøa xaõ hoäi", "Coäng hoøa hoäi"),
        ("COÄNG HOØA XAÕ HOÄI", "COÄNG HOØA HOÄI"),
        ("UÛy ban nhaân daân phöôøng", "UÛy nhaân daân"),
        ("toång soá", "toång"),
        ("phường X· héi", "X· héi"),
    ],
)
def test_text_in_an_old_font_is_refused(text: str, shown: str) -> None:
    assert clean_text(Raw(text, PLACE)) == refused(
        "legacy_font", f"có chữ gõ bằng phông cũ (TCVN3 hoặc VNI): «{shown}».", CONVERT
    )


RETYPE = "Hãy xóa nội dung đó rồi gõ lại; nếu dán từ nơi khác, dán qua Notepad trước."


@pytest.mark.parametrize(
    ("text", "code", "spot"),
    [
        ("Hộ nghèo\x07", "0007", "sau chữ «Hộ nghèo»"),
        ("\x00", "0000", "ở đầu"),
        ("chăm sóc người có công\x0bvới cách mạng", "000B", "sau chữ «ăm sóc người có công»"),
        ("tên\x85", "0085", "sau chữ «tên»"),
        ("tên \ue000", "E000", "sau chữ «tên»"),
        ("tên \U000f0000", "F0000", "sau chữ «tên»"),
        ("h\ufffd nghèo", "FFFD", "sau chữ «h»"),
        ("tên \ud800", "D800", "sau chữ «tên»"),
        ("tên \uffff", "FFFF", "sau chữ «tên»"),
        ("tên \u202eabc", "202E", "sau chữ «tên»"),
    ],
)
def test_characters_that_cannot_be_printed_are_refused(text: str, code: str, spot: str) -> None:
    assert clean_text(Raw(text, PLACE)) == refused(
        "control", f"có ký tự không in được (mã U+{code}) {spot}.", RETYPE
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (dt.date(2026, 5, 2), refused(
            "date", "đang là ngày giờ «02/05/2026», không phải chữ.",
            "Nếu định ghi chữ, hãy gõ lại với dấu nháy đơn ở trước, ví dụ '02/05/2026.")),
        (dt.time(2, 5), refused(
            "date", "đang là ngày giờ «02:05:00», không phải chữ.",
            "Nếu định ghi chữ, hãy gõ lại với dấu nháy đơn ở trước, ví dụ '02:05:00.")),
        ("#REF!", refused(
            "formula_error", "có công thức bị lỗi «#REF!», không ra chữ.",
            "Hãy sửa công thức trong ô, hoặc gõ thẳng nội dung vào ô.")),
        *((value, refused(
            "not_text", "không phải chữ.",
            "Hãy gõ lại bằng chữ; nếu để nguyên giá trị này, gõ dấu nháy đơn ở trước."))
          for value in (True, None, [1])),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused(value: object, expected: Finding) -> None:
    assert clean_text(Raw(value, PLACE)) == expected


@given(st.one_of(st.text(), st.decimals(), st.integers(), st.floats()))
def test_anything_is_text_or_a_finding(value: object) -> None:
    result = clean_text(Raw(value, PLACE))

    if isinstance(result, Finding):
        assert (result.severity, result.where) == (ERROR, PLACE)
    else:
        assert result == result.strip()
        assert unicodedata.is_normalized("NFC", result)
        assert result.encode().decode() == result  # no half characters


WORDS = st.sampled_from(["Hộ", "nghèo", "cận", "quý", "hoà", "người", "Müller", "1.611", "m²"])
GAPS = st.text(" ,.;\n\r\t\u00a0\u200b\u00ad\u2028", min_size=1, max_size=4)
VIETNAMESE = st.lists(st.tuples(GAPS, WORDS)).map(
    lambda pairs: "".join(gap + word for gap, word in pairs)
)


@given(VIETNAMESE)
def test_clean_text_stays_as_it_is(text: str) -> None:
    once = clean_text(Raw(text, PLACE))

    assert isinstance(once, str)
    assert clean_text(Raw(once, PLACE)) == once


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Hộ CẬN nghèo: ", "ho can ngheo"),
        ("Đường", "duong"),
        ("Ðường", "duong"),  # the Icelandic letter that looks like Đ
        (unicodedata.normalize("NFD", "Người có công"), "nguoi co cong"),
        ("Hòa - Hoà", "hoa hoa"),
        ("ph\u200bường_X/Y", "phuong x y"),
        ("12 m²", "12 m2"),
        ("Café", "cafe"),
        ("…", ""),
    ],
)
def test_fold_keeps_letters_and_digits_only(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_a_slug_is_ascii_and_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert slug(text).replace("-", "").isascii()


def test_a_slug_joins_the_words() -> None:
    assert slug("Vay vốn Ngân hàng (CSXH)") == "vay-von-ngan-hang-csxh"
    assert slug("Chủ tịch nước", "_") == "chu_tich_nuoc"
