"""One figure told twice: in the table and again in a text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generators.checks.report import Report
from generators.checks.retold import check_retold_numbers, check_verbs
from generators.figures import calculate
from generators.model import WARNING, Finding
from tests.building import KIND, Json, free, part, period_data

LABEL = "Lao động được giải quyết việc làm"
NAME = "Lời văn «Mở đầu», đoạn 1"


def told(text: str, *lines: Json) -> Report:
    data = period_data(*lines, texts={"mo_dau": [text]})
    return Report(data, calculate(data, KIND), KIND)


def jobs(**fields: Json) -> Json:
    return free(label=LABEL, **{"value": 224, **fields})


def test_a_number_that_is_not_the_lines() -> None:
    text = "Lao động được giải quyết việc làm: 220 người."
    assert list(check_retold_numbers(told(text, jobs()))) == [
        Finding("text.old_figure", WARNING, "/texts/mo_dau",
                f"{NAME}: ghi «{LABEL}» là 220 người, trong khi số liệu của dòng này là 224 người.",
                "Một số nêu hai lần phải như nhau: hãy sửa lời văn hoặc số liệu; nếu là số khác, "
                "hãy xác nhận và ghi lý do.",
                "texts/mo_dau/1", ("/texts/mo_dau", "/lines/0/value"), Decimal(220), Decimal(224),
                "người", f"{LABEL}: 220 người"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        f"Trong 6 tháng đầu năm 2020, {LABEL.upper()} là trên 230 người.",
        f"{LABEL} là 220 người, đạt 90% kế hoạch.",
        f"Có 1.224 người là {LABEL}",
        f"Đã họp 3 lần; {LABEL} 220 người",
    ],
)
def test_other_ways_to_tell_an_old_number(text: str) -> None:
    assert len(list(check_retold_numbers(told(text, jobs())))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Giải quyết việc làm cho 249 lao động.",
        "Đã giải quyết việc làm cho 249 lao động, đạt khá.",
    ],
)
def test_an_old_number_told_in_other_words(text: str) -> None:
    (found,) = check_retold_numbers(told(text, jobs()))
    assert (found.stated, found.computed) == (Decimal(249), Decimal(224))


@pytest.mark.parametrize(
    "text",
    [
        "Giải quyết việc làm cho 224 lao động.",
        "Riêng tổ dân phố 5 giải quyết việc làm cho 12 lao động.",
        "Giải quyết việc làm cho 120 lao động nữ.",
        "Giải quyết việc làm cho lao động qua 12 phiên giao dịch.",
    ],
)
def test_other_words_that_tell_the_same_or_of_some(text: str) -> None:
    assert list(check_retold_numbers(told(text, jobs()))) == []


AGREE = [
    f"{LABEL} là 224 người.",
    f"{LABEL} là trên 220 người.",
    f"{LABEL} là gần 230 người.",
    f"{LABEL}, kế hoạch 300 người, đạt 75%.",
    f"{LABEL} đạt 224 trên 300 người.",
    f"{LABEL} tăng 24 người.",
    f"{LABEL}: vay vốn 118 người.",
    f"{LABEL} là 220 người, nữ 100 người.",
    f"{LABEL} là 220 hộ.",
    f"{LABEL} tại 12 người/tổ. Có 220 người dự.",
    f"Phấn đấu {LABEL} là 250 người.",
    f"Chỉ tiêu {LABEL}: 250 người.",
    f"Tháng 4, {LABEL} là 50 người.",
    f"Năm 2019, {LABEL} là 190 người.",
    f"{LABEL} cùng kỳ là 190 người.",
    "Lao động được giới thiệu việc làm là 220 người.",
    "Việc làm 220 người",
    f"{LABEL} " + "rất " * 600 + "220 người",
]


@pytest.mark.parametrize("text", AGREE)
def test_numbers_that_agree_or_are_not_this_one(text: str) -> None:
    line = jobs(plan=300, previous=200, parts=[part("vay vốn", 118), part("tự tạo", 106)])
    assert list(check_retold_numbers(told(text, line))) == []


def test_a_longer_label_is_not_taken_for_the_shorter() -> None:
    lines = (
        free(label="Hộ nghèo", value=12, unit="hộ"),
        free(label="Hộ nghèo được tặng quà", value=5, unit="hộ"),
    )
    assert list(check_retold_numbers(told("Hộ nghèo được tặng quà: 5 hộ.", *lines))) == []
    (found,) = check_retold_numbers(told("Hộ nghèo được tặng quà: 12 hộ.", *lines))
    assert found.computed == Decimal(5)


def test_lines_of_one_label_are_told_apart_by_their_numbers() -> None:
    lines = [free(label="Quà ngày lễ", value=n, giver=g) for n, g in ((5, "tỉnh"), (7, "xã"))]
    assert list(check_retold_numbers(told("Quà ngày lễ: 7 người.", *lines))) == []
    assert len(list(check_retold_numbers(told("Quà ngày lễ: 8 người.", *lines)))) == 1


def test_a_line_without_a_number_is_not_compared() -> None:
    line = free(label=LABEL, status="chưa có số liệu")
    assert list(check_retold_numbers(told(f"{LABEL} là 220 người.", line))) == []


# ---------------------------------------------------------------- rise or fall


def test_a_verb_against_the_sign() -> None:
    text = "Lao động được giải quyết việc làm tăng so với cùng kỳ."
    assert list(check_verbs(told(text, jobs(previous=236)))) == [
        Finding("text.verb", WARNING, "/texts/mo_dau",
                f"{NAME}: viết «tăng» về «{LABEL}», trong khi so với cùng kỳ giảm 12 người.",
                "Hãy sửa lời văn, hoặc kiểm tra lại kết quả và số cùng kỳ; nếu so với mốc khác, "
                "hãy xác nhận và ghi lý do.",
                "texts/mo_dau/1", ("/texts/mo_dau", "/lines/0/value", "/lines/0/previous"), None,
                Decimal(-12), "người", f"{LABEL}: tăng"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{LABEL} giảm.", jobs(previous=236)),
        (f"{LABEL} tăng.", jobs(previous=224)),
        (f"{LABEL} tăng.", jobs()),
        (f"{LABEL} tăng.", jobs(previous="khoảng 225")),
        (f"{LABEL} tăng.", jobs(previous=236, bases=[{"value": 200, "label": "31/12/2019"}])),
        (f"{LABEL} lúc tăng lúc giảm.", jobs(previous=236)),
        (f"Tăng cường, gia tăng, không tăng {LABEL}.", jobs(previous=236)),
        (f"Phấn đấu {LABEL} tăng.", jobs(previous=236)),
        (f"{LABEL} khá. Số khác tăng.", jobs(previous=236)),
        ("Mức tăng thu nhập là tốt", free(label="Mức tăng thu nhập", value=1, previous=2)),
        (f"{LABEL} tăng.", jobs(previous=236, opening=200, increase=24, decrease=0)),
    ],
)
def test_verbs_that_agree_or_cannot_be_judged(text: str, line: Json) -> None:
    assert list(check_verbs(told(text, line))) == []


def test_a_fall_told_of_a_rise() -> None:
    (found,) = check_verbs(told(f"{LABEL} giảm nhẹ. {LABEL} giảm mạnh.", jobs(previous=200)))
    assert found.message.endswith("so với cùng kỳ tăng 24 người.")
