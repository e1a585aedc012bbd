"""Capitals that a program can know (Phụ lục II)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generators.model import Finding
from lint.rules.text import prose
from lint.sheet import Sheet, told


@dataclass(frozen=True, slots=True)
class _Word:
    code: str
    wrong: re.Pattern[str]
    right: str


_MID = r"(?<=[\w,] )"
# «12 phường 300 suất», «mỗi phường 20 suất»: a number that counts is no name, a name is told alone
_NOT_COUNTED = r"(?<!\d )" + "".join(
    rf"(?<!(?i:{word}) )"
    for word in ("mỗi", "các", "những", "từng", "mọi", "cho", "số", "văn hóa", "văn hoá", "hai", "ba",
                 "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
)  # fmt: skip
_NAMED = (r"(?=$|[.,;:)](?!\d)| (?:đã|được|có|và|là|đang|sẽ|thuộc|[Qq]uận|[Tt]hành phố|tổ chức|phối hợp|"
          r"thực hiện|triển khai|về|trong|với|không|theo|tại|từ|hỗ trợ|tặng|thăm|cùng|còn|cũng|chưa)"
          r"(?!\w))")  # fmt: skip
# «quản lý nhà nước», «vốn của nhà nước» stay small
_STATE = (r"(?:(?<=[Đđ]ảng và )|(?<=[Đđ]ảng, )|(?<="
          + "".join(rf"(?<!(?i:{word}) )" for word in ("quản lý", "cơ quan", "ngân sách", "vốn",
                                                       "doanh nghiệp", "tổ chức"))
          + r"của ))")  # fmt: skip
_WORDS = (
    _Word("words.agency", re.compile(r"[ỦU][ỷỶy]? ?[Bb]an [Nn]hân [Dd]ân|[ỦU][ỷy] ban [Nn]hân [Dd]ân|"
                                     r"ủy ban [Nn]hân dân|uỷ ban [Nn]hân dân"), "Ủy ban nhân dân"),
    _Word("words.agency", re.compile(r"Hội Đồng [Nn]hân [Dd]ân|Hội đồng Nhân [Dd]ân|Hội đồng nhân Dân|"
                                     r"hội đồng nhân dân"), "Hội đồng nhân dân"),
    _Word("words.holiday", re.compile(r"[Tt]ết nguyên đán|Tết Nguyên Đán"), "tết Nguyên đán"),
    _Word("words.holiday", re.compile(_MID + r"Ngày Quốc khánh|ngày quốc khánh"), "ngày Quốc khánh"),
    _Word("words.holiday", re.compile(r"ngày thương binh,? liệt sĩ|Ngày Thương Binh"),
          "ngày Thương binh, Liệt sĩ"),
    _Word("words.unit", re.compile(
        _MID + _NOT_COUNTED + r"(?:phường|quận) (?:0?[1-9]|[12]\d|30)" + _NAMED), ""),
    _Word("words.unit", re.compile(_MID + r"thủ đô Hà Nội"), "Thủ đô Hà Nội"),
    _Word("words.unit", re.compile(_MID + r"thành phố Hồ Chí Minh"), "Thành phố Hồ Chí Minh"),
    _Word("words.people", re.compile(r"(?<=[Đđ]ời sống )nhân dân|(?<=tầng lớp )nhân dân|(?<=bà con )nhân dân|"
                                     r"(?<=phục vụ )nhân dân"), "Nhân dân"),
    _Word("words.people", re.compile(_STATE + r"nhà nước(?= và | về | ta\b|$|[,.;])"), "Nhà nước"),
    _Word("words.office", re.compile(
        _MID + r"(?:(?:phó )?(?:chủ tịch|bí thư|giám đốc|trưởng phòng)|bộ trưởng|thủ tướng|giáo sư|tiến sĩ)"
        r" (?=(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý) [A-ZĐÀ-Ỹ])"), ""),
    _Word("words.honour", re.compile(_MID + r"(?:huân chương|huy chương) (?=[A-ZĐÀ-Ỹ])"), ""),
    _Word("words.honour", re.compile(r"[Aa]nh hùng lao động|anh hùng Lao động"), "Anh hùng Lao động"),
    _Word("words.cited", re.compile(_MID + r"điều \d+\b(?= (?:của )?(?:Luật|Nghị|Thông|Quyết))"), "Điều …"),
    _Word("words.cited", re.compile(_MID + r"(?:Khoản|Điểm) \w+ (?=(?:[Kk]hoản|Điều|điều) )"),
          "khoản …, điểm …"),
)  # fmt: skip
_YEAR = re.compile(r"(?i:năm|tết|xuân) ((?i:giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý) "
                   r"(?i:tý|sửu|dần|mão|thìn|tỵ|ngọ|mùi|thân|dậu|tuất|hợi))(?!\w)")  # fmt: skip
_POINT = re.compile(r"(?:[a-zđ]|[ivx]{1,5})\W")
_ACCEPTED = frozenset({"Ủy ban nhân dân", "Uỷ ban nhân dân", "Ủy ban Nhân dân"}) - {
    "Ủy ban Nhân dân"
}


def check_words(sheet: Sheet) -> Iterator[Finding]:
    """Every passage of text, headings in capitals left out."""
    for one in (
        *sheet.form.address,
        *sheet.form.addressees,
        *sheet.form.basis,
        *sheet.form.body,
    ):
        for word in _WORDS:
            found = word.wrong.search(one.words)
            if found and found[0] not in _ACCEPTED:
                right = word.right or found[0].strip().capitalize()
                yield told(word.code, one, f"«{found[0].strip()}»", f"«{right}»")


def check_years(sheet: Sheet) -> Iterator[Finding]:
    """The names of lunar years."""
    for one in (*sheet.form.basis, *sheet.form.body):
        for found in _YEAR.finditer(one.words):
            if found[1] != found[1].title():
                yield told("words.year", one, f"«{found[1]}»", f"«{found[1].title()}»")


def check_beginnings(sheet: Sheet) -> Iterator[Finding]:
    """Text begins with a capital wherever a new line is begun."""
    for one in prose(sheet):
        if not one.label and one.words[:1].islower() and not _POINT.match(one.words):
            yield told("words.sentence", one, f"«{one.words[:1]}»")


CHECKS = (check_words, check_years, check_beginnings)
