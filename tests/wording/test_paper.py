"""Who issues, signs and receives the paper, in the decree's words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from generators.agencies import load_agencies
from generators.kinds import load_kind
from generators.model import Document, OrgUnit, Period, PeriodData
from generators.pipeline import KINDS
from generators.wording.paper import SaidDocument, say_document

KIND = load_kind(KINDS / "bao-cao-6-thang")
AGENCIES = load_agencies(KINDS / "agencies.toml")
WARD = OrgUnit("phường Phúc Lợi", ("thành phố Hà Nội",))
DIVISION = "Phòng Văn hóa - Xã hội"


def said(unit: OrgUnit = WARD, year: int = 2026, **document: Any) -> SaidDocument:
    period = Period(f"{year}S1", date(year, 1, 1), date(year, 6, 30))
    return say_document(
        PeriodData(KIND.id, period, unit, Document(**document), ()), KIND, AGENCIES
    )


COUNCIL = "TM. ỦY BAN NHÂN DÂN"
SIGNATURES: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "the chairman": ({}, (COUNCIL, "CHỦ TỊCH")),
    "the chairman, named": ({"signer_title": "Chủ tịch"}, (COUNCIL, "CHỦ TỊCH")),
    "on behalf": ({"authority": "TM.", "signer_title": "Chủ tịch"}, (COUNCIL, "CHỦ TỊCH")),
    "a deputy": ({"authority": "KT."}, (COUNCIL, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    "a deputy who says no authority": (
        {"signer_title": "Phó Chủ tịch"}, (COUNCIL, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    "acting": ({"authority": "Q."}, (COUNCIL, "Q. CHỦ TỊCH")),
    "by order": (
        {"authority": "TL.", "signer_title": "Chánh Văn phòng"},
        ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
    "by authorisation": (
        {"authority": "TUQ.", "signer_title": "Trưởng Phòng Văn hóa - Xã hội"},
        ("TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI")),
    "as typed": (
        {"signer_title": "TM. Ủy ban nhân dân\nKT. Chủ tịch\nPhó Chủ tịch"},
        (COUNCIL, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    "the head of a division": ({"agency": DIVISION}, ("TRƯỞNG PHÒNG",)),
    "a division's deputy": (
        {"agency": DIVISION, "authority": "KT."}, ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG")),
    "a division's acting head": (
        {"agency": DIVISION, "authority": "Q.", "signer_title": "Trưởng phòng"},
        ("Q. TRƯỞNG PHÒNG",)),
    "another head": (
        {"agency": "Trung tâm Phục vụ hành chính công", "authority": "KT.", "head": "Giám đốc",
         "signer_title": "Phó Giám đốc"}, ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
}  # fmt: skip


@pytest.mark.parametrize("case", SIGNATURES)
def test_each_form_of_authority_has_its_lines(case: str) -> None:
    document, lines = SIGNATURES[case]
    assert said(**document).quyen_han == lines


def test_a_ward_has_no_superior_and_two_lines() -> None:
    paper = said()
    assert paper.chu_quan == ""
    assert paper.ban_hanh == ("ỦY BAN NHÂN DÂN", "PHƯỜNG PHÚC LỢI")
    assert paper.co_quan == "Ủy ban nhân dân phường Phúc Lợi"
    assert paper.so_ky_hieu.endswith("/BC-UBND")
    assert paper.luu == "VT, VHXH"


def test_a_division_stands_under_its_ward() -> None:
    paper = said(agency=DIVISION, number="34")
    assert paper.chu_quan == "UBND PHƯỜNG PHÚC LỢI"
    assert paper.ban_hanh == ("PHÒNG VĂN HÓA - XÃ HỘI",)
    assert paper.co_quan == "Phòng Văn hóa - Xã hội phường Phúc Lợi"
    assert paper.so_ky_hieu == "Số: 34/BC-VHXH"
    assert paper.kinh_gui_mot == "Ủy ban nhân dân phường Phúc Lợi"


def test_what_the_form_says_comes_before_every_default() -> None:
    paper = said(agency="Phòng Kinh tế", superior="UBND xã A", notation="KT", filing="VT, KT",
                 subject="Kết quả khác", recipients=("Sở Tài chính",), place="A")  # fmt: skip
    assert paper.chu_quan == "UBND XÃ A"
    assert paper.so_ky_hieu.endswith("/BC-KT")
    assert (paper.luu, paper.trich_yeu, paper.kinh_gui_mot) == (
        "VT, KT",
        "Kết quả khác",
        "Sở Tài chính",
    )
    assert paper.noi_ngay.startswith("A, ngày")


def test_an_abbreviation_that_nobody_gave_is_seen_to_be_missing() -> None:
    assert said(agency="Phòng Kinh tế").so_ky_hieu.endswith("/BC-…")


def test_a_number_typed_whole_is_kept_whole() -> None:
    assert said(number="07/BC-VHXH").so_ky_hieu == "Số: 07/BC-VHXH"
    assert said(number="7").so_ky_hieu == "Số: 07/BC-UBND"
    assert said(number="7a").so_ky_hieu == "Số: 7a/BC-UBND"


def test_the_subject_says_the_period_and_the_next() -> None:
    assert said().trich_yeu == (
        "Kết quả công tác an sinh xã hội 6 tháng đầu năm 2026, phương hướng, nhiệm vụ "
        "6 tháng cuối năm 2026"
    )
    former = replace(WARD, within=("quận Long Biên",))
    assert said(former, 2020).trich_yeu.startswith("Kết quả công tác lao động, người có công")


def test_a_unit_of_no_known_level_says_what_it_can() -> None:
    paper = said(OrgUnit("Hội Chữ thập đỏ"))
    assert paper.ban_hanh == ("HỘI CHỮ THẬP ĐỎ",)
    assert paper.so_ky_hieu.endswith("/BC-…")
    assert (paper.kinh_gui, paper.kinh_gui_mot, paper.noi_nhan) == ((), "", ())
