"""Typed numbers: what is read, what is refused and with which words."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.intake.numbers import Typed, read_number
from generators.intake.places import said_place
from generators.intake.rates import read_rate
from generators.intake.units import is_divisible
from generators.model import ERROR, Finding, Quantity, Raw

PLACE = "Số liệu!D12"
HERE = f"Ô {PLACE}"


def typed(value: int | str, hedge: str = "", whole: int | None = None) -> Typed:
    of = None if whole is None else Quantity(Decimal(whole), "", PLACE)
    return Typed(Quantity(Decimal(value), hedge, PLACE), of)


def refused(code: str, message: str, remedy: str) -> Finding:
    return Finding(f"number.{code}", ERROR, PLACE, f"{HERE} {message}", remedy)


# ---------------------------------------------------------------- what is read

READ = [
    ("1.611", "người", typed(1611)),
    ("262.500.000", "đồng", typed(262500000)),
    ("262500000", "đồng", typed(262500000)),
    ("262 500 000", "đồng", typed(262500000)),
    ("262\u00a0500\u202f000", "đồng", typed(262500000)),
    ("\ufeff\u3000249\u200b ", "người", typed(249)),
    ("1.250,5", "tấn", typed("1250.5")),
    ("1,5", "%", typed("1.5")),
    ("1,5%", "%", typed("1.5")),
    ("1,5 %", "%", typed("1.5")),
    ("5 phần trăm", "%", typed(5)),
    ("1,5 điểm %", "điểm %", typed("1.5")),
    ("98,5", "Tỷ lệ %", typed("98.5")),
    ("0,125", "ha", typed("0.125")),
    ("1.250,500", "ha", typed("1250.5")),
    ("1234,500", "ha", typed("1234.5")),
    ("12,5 m²", "m2", typed("12.5")),
    ("12,5 m2", "m²", typed("12.5")),
    ("4,5 triệu", "đồng", typed(4500000)),
    ("4,5tr", "đồng", typed(4500000)),
    ("4,5 Tr. đồng", "đồng", typed(4500000)),
    ("02 tỷ", "đồng", typed(2000000000)),
    ("10,117 tỷ", "đồng", typed(10117000000)),
    ("10,117 tỉ", "đồng", typed(10117000000)),
    ("1.500 triệu", "đồng", typed(1500000000)),
    ("51 triệu đồng", "đồng", typed(51000000)),
    ("500 ngàn đ", "đồng", typed(500000)),
    ("500.000vnđ", "đồng", typed(500000)),
    ("500.000 VND", "đồng", typed(500000)),
    ("1 tỷ 262 triệu 500 nghìn", "đồng", typed(1262500000)),
    ("1 tỷ 262,5 triệu", "đồng", typed(1262500000)),
    ("-1 tỷ 200 triệu", "đồng", typed(-1200000000)),
    ("còn 6,06%", "%", typed("6.06")),
    ("giảm xuống còn 30 hộ", "hộ", typed(30)),
    ("đạt trên 107%", "%", typed(107, "trên")),
    ("dưới 1%", "%", typed(1, "dưới")),
    ("3 căn", "nhà", typed(3)),
    ("3 căn nhà", "nhà", typed(3)),
    ("03 nhà", "căn", typed(3)),
    ("120 phần quà", "suất", typed(120)),
    ("12 cụ", "người", typed(12)),
    ("12 cháu", "trẻ em", typed(12)),
    ("30 hộ gia đình", "hộ", typed(30)),
    ("63 nhân khẩu", "khẩu", typed(63)),
    ("1.072 thẻ BHYT", "thẻ", typed(1072)),
    ("trên 6 tỷ", "đồng", typed(6000000000, "trên")),
    ("HƠN 6 TỶ ĐỒNG", "đồng", typed(6000000000, "hơn")),
    ("Xấp xỉ 250 người", "người", typed(250, "xấp xỉ")),
    (unicodedata.normalize("NFD", "khoảng 5 triệu đồng"), "đồng", typed(5000000, "khoảng")),
    ("2/5", "trường hợp", typed(2, whole=5)),
    ("41 / 62 trường hợp", "trường hợp", typed(41, whole=62)),
    ("1.611/2.000", "người", typed(1611, whole=2000)),
    ("249 NGƯỜI", "người", typed(249)),
    (unicodedata.normalize("NFD", "249 người"), "người", typed(249)),
    ("1,5 nghìn", "người", typed(1500)),
    ("04", "hộ", typed(4)),
    ("-5", "người", typed(-5)),
    ("\u22125", "người", typed(-5)),
    ("\uff11\uff0e\uff16\uff11\uff11", "người", typed(1611)),
    ("\uff11\uff0c\uff15\uff05", "%", typed("1.5")),
    ("999.999.999.999.999.999", "đồng", typed(10**18 - 1)),
    ("51", "triệu đồng", typed(51)),
    ("51 triệu đồng", "triệu đồng", typed(51)),
    ("1 tỷ 200 triệu đồng", "Tr. đồng", typed(1200)),
    ("5", "1.000 đồng", typed(5)),
    ("500.000 đồng", "đồng/tháng", typed(500000)),
    (249, "người", typed(249)),
    (Decimal("12.0"), "người", typed(12)),
    (Decimal("1E+3"), "người", typed(1000)),
    (Decimal("-0"), "người", typed(0)),
    (Decimal("0E+99999"), "người", typed(0)),
    (Decimal("1.5"), "%", typed("1.5")),
    (Decimal("106.66666666666667"), "%", typed("106.66666666666667")),
    (1.5, "%", typed("1.5")),
    (10**15 - 1, "đồng", typed(10**15 - 1)),
]


@pytest.mark.parametrize(("value", "unit", "expected"), READ)
def test_a_number_is_read_exactly(value: object, unit: str, expected: Typed) -> None:
    result = read_number(Raw(value, PLACE), unit)

    assert result == expected
    assert str(result) == str(expected)  # 1000 and 1E+3 are equal but print differently


# ---------------------------------------------------------------- what is refused

COMMA = "không rõ dấu phẩy ngăn hàng nghìn hay đứng trước phần lẻ."
DOT = "không rõ dấu chấm ngăn hàng nghìn hay đứng trước phần lẻ."
GROUPS = "không đủ ba chữ số sau mỗi dấu chấm hay khoảng trống."
REGROUP = "Hãy gõ lại đủ ba chữ số sau mỗi dấu chấm."
NO_WHOLE = "Hãy gõ số nguyên bằng chữ số, ví dụ 1500 hoặc 1.500."
UNREADABLE = (
    "Hãy chỉ gõ số, ví dụ 249, 1.500 hoặc 51,2 triệu; nếu là số gần đúng, thêm một chữ ở "
    "trước: trên, hơn, gần, dưới, khoảng, xấp xỉ, ước (ví dụ trên 6 tỷ). Đơn vị ở đây là «người»."
)
ORDER = (
    "Hãy gõ theo thứ tự, ví dụ 1 tỷ 262 triệu 500 nghìn, hoặc gõ cả số, ví dụ 1.262.500.000."
)
TAIL = "Hãy ghi rõ sau mỗi số, ví dụ 1 tỷ 500 triệu, hoặc gõ cả số, ví dụ 1.500.000.000."
FORMULA = "Hãy sửa công thức trong ô, hoặc gõ thẳng con số vào ô."
DASH = (
    "Hãy để trống, hoặc gõ 0 nếu là không, hoặc ghi «không phát sinh», «chưa có số liệu» "
    "hoặc «xét cuối năm»."
)
BOOLEAN = "Hãy gõ số; nếu là không, gõ 0; nếu chưa có số, để trống."
BLANK = "Nếu chưa có số, hãy xóa hẳn nội dung ô; nếu là không, gõ 0."
MEND_DATE = (
    "Nếu là một số, hãy đặt lại dạng ô là Chung (General) rồi gõ lại; nếu là phân số như "
    "2/5, gõ dấu nháy đơn ở trước: '2/5."
)
TOO_LONG_TEXT = "Hãy kiểm tra và gõ lại; số phải nhỏ hơn một tỷ tỷ và có không quá 18 chữ số."
TOO_LONG_CELL = (
    "Hãy kiểm tra lại; nếu đúng là số có hơn 15 chữ số, hãy gõ dưới dạng chữ (trong Excel: "
    "gõ dấu nháy đơn ở trước)."
)
RATIO = "Hãy gõ hai số nguyên, không kèm chữ khác, ví dụ 2/5; hoặc chỉ gõ một số."
NOT_A_RATIO = "Hãy gõ một số, ví dụ 40 hoặc 2,5."
UNREADABLE_TEXTS = [
    *(",5", "5,", ".5", "5.", "- 5", "+5", "(5)", "1,25,3", "abc", "249 hộ", "hơn", "%"),
    *(
        "ước khoảng 5",
        "1e5",
        "½",
        "5²",
        "\u2164",
        "IV",
        "٣",
        "nan",
        "Infinity",
        "2 nghìn tỷ",
        "=1+2",
    ),
]


def both(whole: str, fraction: str) -> str:
    return f"Nếu là số nguyên, gõ {whole}; nếu là số có phần lẻ, gõ {fraction}."


REFUSED = [
    # grouping
    ("262.500.00", "đồng", refused(
        "grouping", f"ghi «262.500.00», {GROUPS}",
        f"Có phải 262.500.000 hoặc 26.250.000? {REGROUP}")),
    ("247.050.0000", "đồng", refused(
        "grouping", f"ghi «247.050.0000», {GROUPS}",
        f"Có phải 247.050.000 hoặc 2.470.500.000? {REGROUP}")),
    ("1000.000", "người", refused(
        "grouping", f"ghi «1000.000», {GROUPS}", f"Có phải 1.000.000 hoặc 1.000? {REGROUP}")),
    ("1.00.000", "người", refused(
        "grouping", f"ghi «1.00.000», {GROUPS}", f"Có phải 1.000.000 hoặc 100.000? {REGROUP}")),
    ("01.500", "người", refused(
        "grouping", f"ghi «01.500», {GROUPS}", f"Có phải 1.500? {REGROUP}")),
    ("262 500 00", "đồng", refused(
        "grouping", f"ghi «262 500 00», {GROUPS}",
        f"Có phải 262.500.000 hoặc 26.250.000? {REGROUP}")),
    ("1.250 000", "đồng", refused(
        "grouping", f"ghi «1.250 000», {GROUPS}", f"Có phải 1.250.000? {REGROUP}")),
    ("262.50,5", "tấn", refused(
        "grouping", f"ghi «262.50,5», {GROUPS}",
        f"Có phải 262.500,5 hoặc 26.250,5? {REGROUP}")),
    ("262.50,5", "người", refused(
        "grouping", f"ghi «262.50,5», {GROUPS}",
        f"Có phải 262.500 hoặc 26.250? {REGROUP}")),
    ("262.500.00 triệu đồng", "đồng", refused(
        "grouping", f"ghi «262.500.00 triệu đồng», {GROUPS}",
        f"Có phải 262.500.000 hoặc 26.250.000? {REGROUP}")),
    # a comma with two readings
    ("1,500", "người", refused(
        "ambiguous_comma", f"ghi «1,500», {COMMA}", "Nếu là số nguyên, gõ 1500 hoặc 1.500.")),
    ("1,500", "tấn", refused(
        "ambiguous_comma", f"ghi «1,500», {COMMA}", both("1500 hoặc 1.500", "1,5"))),
    ("12,345", "%", refused(
        "ambiguous_comma", f"ghi «12,345», {COMMA}", both("12345 hoặc 12.345", "12,3450"))),
    ("1,250,500", "đồng", refused(
        "ambiguous_comma", f"ghi «1,250,500», {COMMA}",
        "Nếu là số nguyên, gõ 1250500 hoặc 1.250.500.")),
    ("1,250.5", "tấn", refused(
        "ambiguous_comma", f"ghi «1,250.5», {COMMA}",
        "Nếu là số có phần lẻ, gõ 1.250,5.")),
    ("1,250.5", "người", refused("ambiguous_comma", f"ghi «1,250.5», {COMMA}", NO_WHOLE)),
    ("1,250,500 triệu", "đồng", refused(
        "ambiguous_comma", f"ghi «1,250,500 triệu», {COMMA}",
        "Nếu là số nguyên, gõ 1250500 hoặc 1.250.500.")),
    # a dot before a fraction
    ("1.5", "%", refused("dot_decimal", f"ghi «1.5», {DOT}", both("15 hoặc 1.500", "1,5"))),
    ("1.25", "người", refused(
        "dot_decimal", f"ghi «1.25», {DOT}", "Nếu là số nguyên, gõ 125 hoặc 1.250.")),
    ("1.5 triệu", "đồng", refused(
        "dot_decimal", f"ghi «1.5 triệu», {DOT}",
        both("15 triệu hoặc 1.500 triệu", "1,5 triệu"))),
    ("0.125", "ha", refused(
        "dot_decimal", f"ghi «0.125», {DOT}", "Nếu là số có phần lẻ, gõ 0,125.")),
    # fractions of what is counted
    ("1,5", "người", refused(
        "fraction", "ghi «1,5», nhưng đơn vị «người» chỉ nhận số nguyên.",
        "Hãy gõ số nguyên: 1 hoặc 2.")),
    ("1,5", "", refused(
        "fraction", "ghi «1,5», nhưng ở đây chỉ nhận số nguyên.",
        "Hãy gõ số nguyên: 1 hoặc 2.")),
    ("1,5", "đồng", refused(
        "fraction", "ghi «1,5», nhưng đơn vị «đồng» chỉ nhận số nguyên.",
        "Hãy gõ số nguyên: 1 hoặc 2; nếu là triệu đồng, gõ 1,5 triệu.")),
    ("-1,2345678 triệu", "đồng", refused(
        "fraction", "ghi «-1,2345678 triệu», nhưng đơn vị «đồng» chỉ nhận số nguyên.",
        "Hãy gõ số nguyên: -1.234.567 hoặc -1.234.568.")),
    (Decimal("1.611"), "người", refused(
        "fraction", "là số có phần lẻ 1,611, nhưng đơn vị «người» chỉ nhận số nguyên.",
        "Nếu là 1.611 người, gõ 1611; nếu không, hãy gõ lại số nguyên.")),
    (Decimal("4.5"), "đồng", refused(
        "fraction", "là số có phần lẻ 4,5, nhưng đơn vị «đồng» chỉ nhận số nguyên.",
        "Nếu là 4.500 đồng, gõ 4500; nếu không, hãy gõ lại số nguyên.")),
    (Decimal("1234.5"), "người", refused(
        "fraction", "là số có phần lẻ 1234,5, nhưng đơn vị «người» chỉ nhận số nguyên.",
        "Hãy gõ lại số nguyên, không có phần lẻ.")),
    # money said in words
    ("1 tỷ 500", "đồng", refused(
        "tail", "ghi «1 tỷ 500», số cuối không rõ là triệu, nghìn hay đơn vị.", TAIL)),
    ("4tr5", "đồng", refused(
        "tail", "ghi «4tr5», số cuối không rõ là triệu, nghìn hay đơn vị.", TAIL)),
    *((text, "đồng", refused(
        "magnitude",
        f"ghi «{text}», các phần tỷ, triệu, nghìn không nối nhau từ lớn đến nhỏ.", ORDER))
      for text in ("1 triệu 1 tỷ", "1 tỷ 1500 triệu", "1,5 tỷ 200 triệu",
                   "1 triệu 0,5 triệu")),
    # two numbers
    *((text, "người", refused(
        "ratio", f"ghi «{text}», không rõ là bao nhiêu trên bao nhiêu.", RATIO))
      for text in ("trên 2/5", "1,5/5", "-2/5", "1 triệu/2 triệu", "1/2/3")),
    *(("2/5", unit, refused(
        "ratio", f"ghi «2/5», nhưng đơn vị «{unit}» không ghi theo dạng này.", NOT_A_RATIO))
      for unit in ("%", "tấn")),
    # percent
    ("5%", "người", refused(
        "percent", "ghi «5%», nhưng đơn vị ở đây là «người», không phải %.",
        "Nếu là 5 người, gõ 5; nếu là tỷ lệ, ghi vào ô của tỷ lệ %.")),
    ("1,5%", "điểm %", refused(
        "percent", "ghi «1,5%», nhưng đơn vị ở đây là «điểm %», không phải %.",
        "Nếu là 1,5 điểm %, gõ 1,5; nếu là tỷ lệ, ghi vào ô của tỷ lệ %.")),
    # no number at all
    *((text, "người", refused(
        "formula_error", f"có công thức bị lỗi «{text}», không ra số.", FORMULA))
      for text in ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!",
                   "Err:502")),
    *((text, "người", refused("dash", f"ghi «{text}», không phải số.", DASH))
      for text in ("-", "–", "\u2014", "…", "...", "x", "X", "không", "Không có", "/", "n/a")),
    *((value, "người", refused(
        "boolean", f"là giá trị đúng/sai «{shown}», không phải số.", BOOLEAN))
      for value, shown in ((True, "TRUE"), (False, "FALSE"), ("TRUE", "TRUE"))),
    *((text, "người", refused("blank", "chỉ có khoảng trống, không có số.", BLANK))
      for text in ("", " \u00a0\u200b\n")),
    *((text, "người", refused("date", f"ghi ngày «{text}», không phải số.", MEND_DATE))
      for text in ("2/5/2020", "30-06-2020", "2020-06-30", "2020-06-30T00:00:00")),
    (dt.date(2026, 5, 2), "người", refused(
        "date",
        "đang là ngày 02/05/2026, không phải số; Excel đổi 2/5 hoặc 2-5 thành ngày.",
        "Nếu đã gõ 2/5 hoặc 5/2, hãy gõ lại với dấu nháy đơn ở trước: '2/5 hoặc '5/2; nếu là "
        "một số, hãy đặt lại dạng ô là Chung (General) rồi gõ lại.")),
    (dt.datetime(2026, 5, 5, 3, 4), "người", refused(  # noqa: DTZ001 - a cell has no zone
        "date",
        "đang là ngày 05/05/2026 03:04, không phải số; Excel đổi 2/5 hoặc 2-5 thành ngày.",
        "Nếu đã gõ 5/5, hãy gõ lại với dấu nháy đơn ở trước: '5/5; nếu là một số, hãy đặt lại "
        "dạng ô là Chung (General) rồi gõ lại.")),
    (dt.time(2, 5), "người", refused(
        "date", "đang là giờ «02:05:00», không phải số.", MEND_DATE)),
    (dt.timedelta(hours=3), "người", refused(
        "date", "đang là giờ «3:00:00», không phải số.", MEND_DATE)),
    # too long
    (10**18, "đồng", refused(
        "too_long", "có số 1000000000000000000, quá dài để giữ đúng từng chữ số.", TOO_LONG_CELL)),
    (Decimal("1E+999999999"), "đồng", refused(
        "too_long", "có số 1E+999999999, quá dài để giữ đúng từng chữ số.", TOO_LONG_CELL)),
    (Decimal("1E-999999999"), "%", refused(
        "too_long", "có số 1E-999999999, quá dài để giữ đúng từng chữ số.", TOO_LONG_CELL)),
    *((text, "đồng", refused(
        "too_long", f"ghi «{text}», dài quá mức đọc được.", TOO_LONG_TEXT))
      for text in ("1" + "0" * 18, "1.000.000.000 tỷ", f"1/{'9' * 19}", "1," + "5" * 18)),
    # anything else
    ("rất cao", "%", refused(
        "unreadable", "ghi «rất cao», không đọc được thành số.",
        "Hãy chỉ gõ số, ví dụ 66,1 hoặc 107; nếu là số gần đúng, thêm một chữ ở trước: trên, hơn, "
        "gần, dưới, khoảng, xấp xỉ, ước (ví dụ dưới 1%). Đơn vị ở đây là «%».")),
    *((text, "người", refused(
        "unreadable", f"ghi «{text}», không đọc được thành số.", UNREADABLE))
      for text in UNREADABLE_TEXTS),
    ("118\n106", "người", refused(
        "unreadable", "ghi «118 106», không đọc được thành số.", UNREADABLE)),
    ("\u202e12\ud800", "người", refused(
        "unreadable", "ghi «�12�», không đọc được thành số.", UNREADABLE)),
    ("a" * 100, "người", refused(
        "unreadable", f"ghi «{'a' * 59}…», không đọc được thành số.", UNREADABLE)),
    *((value, "người", refused(
        "unreadable", f"ghi «{value}», không đọc được thành số.", UNREADABLE))
      for value in (Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"))),
    *((value, "người", refused(
        "unreadable", "ghi «giá trị không phải số hay chữ», không đọc được thành số.",
        UNREADABLE))
      for value in (None, [1], b"1")),
]  # fmt: skip


@pytest.mark.parametrize(("value", "unit", "expected"), REFUSED)
def test_a_refusal_names_the_place_the_text_and_the_remedy(
    value: object, unit: str, expected: Finding
) -> None:
    assert read_number(Raw(value, PLACE), unit) == expected


def test_a_text_too_long_for_a_number_costs_no_time() -> None:
    result = read_rate(Raw("500.000" + " " * 10**6 + "/tháng", PLACE))

    assert isinstance(result, Finding)
    assert result.code == "number.unreadable"


def test_a_number_too_long_to_print_is_refused_all_the_same() -> None:
    assert read_number(Raw(10**5000, PLACE), "đồng") == refused(
        "too_long", f"có số 1{'0' * 58}…, quá dài để giữ đúng từng chữ số.", TOO_LONG_CELL
    )


SPACES = st.text(" \t\n\u00a0\u2009\u202f\u3000\u200b\ufeff", max_size=4)
REFUSED_TEXTS = [row for row in REFUSED if isinstance(row[0], str)]


@given(st.sampled_from(REFUSED_TEXTS), SPACES, SPACES)
def test_a_refused_text_stays_refused_whatever_spaces_surround_it(
    row: tuple[str, str, Finding], before: str, after: str
) -> None:
    text, unit, expected = row

    assert read_number(Raw(before + text + after, PLACE), unit) == expected


# ---------------------------------------------------------------- whole grammar, at random

wholes = st.integers(0, 10**15 - 1)
FULL_WIDTH = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789.,"}


@given(
    wholes, st.sampled_from(["plain", ".", " ", "\u00a0", "\u202f", "\u2009"]), st.booleans()
)
def test_every_whole_number_reads_back(number: int, way: str, wide: bool) -> None:
    text = str(number) if way == "plain" else f"{number:,}".replace(",", way)
    text = text.translate(FULL_WIDTH) if wide else text

    assert read_number(Raw(text, PLACE), "đồng") == typed(number)


@given(st.integers(0, 10**6), st.text("0123456789", min_size=1, max_size=6))
def test_millions_with_a_fraction_are_exact(whole: int, fraction: str) -> None:
    expected = Decimal(f"{whole}.{fraction}") * 10**6

    assert read_number(Raw(f"{whole},{fraction} triệu", PLACE), "đồng") == typed(str(expected))


UNITS = st.sampled_from(["người", "đồng", "%", "điểm %", "tấn", "triệu đồng", "m2", ""])
NEAR_NUMBERS = st.text(
    "0123456789.,/-–% \n\u00a0trệiuỷyđồngphầtăến#x₫\uff15\uff0c", max_size=24
)
NUMERIC = st.one_of(st.integers(), st.decimals(), st.floats())


@given(st.one_of(st.text(), NEAR_NUMBERS, NUMERIC), UNITS)
def test_anything_is_a_number_or_a_finding_at_its_place(value: object, unit: str) -> None:
    result = read_number(Raw(value, PLACE), unit)

    if isinstance(result, Finding):
        assert (result.severity, result.where) == (ERROR, PLACE)
        assert result.message.startswith(HERE)
    else:
        assert result.quantity.where == PLACE
        assert is_divisible(unit) or result.quantity.value % 1 == 0


@given(st.one_of(st.text(), NEAR_NUMBERS, NUMERIC))
def test_any_rate_is_sums_or_a_finding(value: object) -> None:
    result = read_rate(Raw(value, PLACE))

    if isinstance(result, Finding):
        assert (result.severity, result.where) == (ERROR, PLACE)
    elif result[1] is not None:
        assert result[0].value < result[1].value


@given(st.text("0123456789.,", min_size=1, max_size=12), st.sampled_from(["tấn", "đồng"]))
def test_what_a_remedy_tells_to_type_is_read(text: str, unit: str) -> None:
    result = read_number(Raw(text, PLACE), unit)
    said = result.remedy if isinstance(result, Finding) else ""

    for told in re.findall(r"(?<![\d.,])\d[\d.,]*\d(?: triệu)?|\b\d\b", said):
        assert isinstance(read_number(Raw(told, PLACE), unit), Typed)


# ---------------------------------------------------------------- rates


def money(value: int, hedge: str = "") -> Quantity:
    return Quantity(Decimal(value), hedge, PLACE)


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        (500000, money(500000), None),
        ("500.000", money(500000), None),
        ("500.000 đồng/tháng/hộ", money(500000), None),
        ("1,5 triệu đồng / người", money(1500000), None),
        ("khoảng 500.000/tháng", money(500000, "khoảng"), None),
        ("500.000 - 1.500.000", money(500000), money(1500000)),
        ("500.000–1.500.000đ", money(500000), money(1500000)),
        ("500.000 ~ 1,5 triệu", money(500000), money(1500000)),
        ("500.000 đồng/tháng/hộ đến 1.500.000 đồng/tháng/hộ", money(500000), money(1500000)),
        ("Từ 500.000  đến 1.500.000", money(500000), money(1500000)),
        ("1 triệu tới 1,5 triệu", money(1000000), money(1500000)),
    ],
)
def test_a_rate_is_one_sum_or_a_range(
    value: object, low: Quantity, high: Quantity | None
) -> None:
    assert read_rate(Raw(value, PLACE)) == (low, high)


RANGE = (
    "Hãy gõ đủ hai số, mức thấp trước, mỗi số ghi rõ nghìn hay triệu, không kèm chữ «trên», "
    "«khoảng»: ví dụ 500.000 - 1.500.000 hoặc 1 triệu - 1,5 triệu."
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *(
            (text, refused("range", f"ghi «{text}», không rõ mức thấp và mức cao.", RANGE))
            for text in (
                *("từ 500.000", "500.000 -", "5 - 6 - 7", "1 - 1,5 triệu", "500.000 - 500.000"),
                *("1.500.000 - 500.000", "trên 500.000 - 1.500.000"),
            )
        ),
        (
            "2/5",
            refused(
                "ratio",
                "ghi «2/5», không phải một mức tiền.",
                "Hãy gõ một số tiền, ví dụ 500.000, hoặc một khoảng, ví dụ "
                "500.000 - 1.500.000.",
            ),
        ),
        ("-", refused("dash", "ghi «-», không phải số.", DASH)),
        (
            "500.00 - 1.500.000",
            refused(
                "dot_decimal",
                f"ghi «500.00 - 1.500.000», {DOT}",
                "Nếu là số nguyên, gõ 50.000 hoặc 500.000.",
            ),
        ),
        (True, refused("boolean", "là giá trị đúng/sai «TRUE», không phải số.", BOOLEAN)),
    ],
)
def test_an_unclear_rate_is_refused(value: object, expected: Finding) -> None:
    assert read_rate(Raw(value, PLACE)) == expected


# ---------------------------------------------------------------- units and places


@pytest.mark.parametrize(
    "unit",
    ["%", "điểm %", "phần trăm", "Tỷ lệ (%)", "tấn", "kg", "kg/người", "tạ", "ha", "km", "m2",
     "m²", "M3", "lít", "giờ", "triệu đồng", "Tr. đồng", unicodedata.normalize("NFD", "tấn")],
)  # fmt: skip
def test_measures_may_have_fractions(unit: str) -> None:
    assert is_divisible(unit)


@pytest.mark.parametrize(
    "unit",
    ["người", "lượt người", "hộ", "suất", "hồ sơ", "nhà", "đồng", "đồng/tháng", "người/năm",
     "tháng", "tỷ lệ", ""],
)  # fmt: skip
def test_what_is_counted_may_not(unit: str) -> None:
    assert not is_divisible(unit)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("Số liệu!D12", "Ô Số liệu!D12"),
        ("/lines/3/amount", "Mục /lines/3/amount"),
        ("/texts/a!b", "Mục /texts/a!b"),
    ],
)
def test_a_place_is_named_as_people_look_for_it(place: str, said: str) -> None:
    assert said_place(place) == said
