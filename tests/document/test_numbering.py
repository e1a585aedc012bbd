"""Headings numbered in order, whatever stood in the template and whatever vanished."""

from __future__ import annotations

import re

from generators.document.numbering import LETTERS, number_headings

LEVELS = {"A": 0, "B": 1, "C": 2}


def paragraph(style: str, text: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def numbered(*headings: tuple[str, str]) -> list[str]:
    xml = "".join(paragraph(style, text) for style, text in headings)
    return re.findall(r"<w:t>([^<]*)</w:t>", number_headings(xml, LEVELS))


def test_what_vanished_leaves_no_gap() -> None:
    assert numbered(("A", "II. KẾT QUẢ"), ("B", "3. Giảm nghèo"), ("B", "7. Trẻ em"),
                    ("A", "V. KIẾN NGHỊ"), ("B", "2. Một")) == [
        "I. KẾT QUẢ", "1. Giảm nghèo", "2. Trẻ em", "II. KIẾN NGHỊ", "1. Một"]  # fmt: skip


def test_points_go_by_the_vietnamese_alphabet() -> None:
    points = numbered(("B", "1. Một"), *(("C", "a) Điểm") for _ in LETTERS))
    assert [text[:2] for text in points[1:9]] == [
        "a)",
        "b)",
        "c)",
        "d)",
        "đ)",
        "e)",
        "g)",
        "h)",
    ]
    assert points[-1] == "y) Điểm"


def test_a_lone_point_has_no_letter_and_letters_begin_anew_under_each_number() -> None:
    assert numbered(("B", "1. Một"), ("C", "a) Chỉ một"), ("B", "1. Hai"), ("C", "a) X"),
                    ("C", "a) Y")) == ["1. Một", "Chỉ một", "2. Hai", "a) X", "b) Y"]  # fmt: skip


def test_a_heading_without_a_number_and_a_plain_paragraph_keep_their_words() -> None:
    assert numbered(("A", "PHẦN KHÁC"), ("X", "1. Không phải tiêu đề"), ("A", "V. HAI")) == [
        "PHẦN KHÁC", "1. Không phải tiêu đề", "I. HAI"]  # fmt: skip


def test_more_than_ten_headings_have_roman_numbers() -> None:
    many = numbered(*(("A", "I. X") for _ in range(14)))
    assert [text.split(".")[0] for text in many[3:]] == [
        "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV"]  # fmt: skip
