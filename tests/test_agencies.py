"""Who issues and receives, by level and day: data with its legal basis, without gap or overlap."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from generators.agencies import COUNCIL, DIVISION, Agencies, AgencyFault, load_agencies
from generators.model import OrgUnit
from generators.pipeline import KINDS

REAL = load_agencies(KINDS / "agencies.toml")
BEFORE, AFTER = date(2020, 6, 30), date(2026, 6, 30)
WARD = OrgUnit("phường Phúc Lợi", ("quận Long Biên", "thành phố Hà Nội"))
LEVELS = {
    "phường A": ("quận B",), "xã A": ("huyện B",), "thị trấn A": ("huyện B",), "quận A": ("thành phố B",),
    "huyện A": ("tỉnh B",), "thị xã A": ("tỉnh B",), "thành phố A": ("tỉnh B",), "tỉnh A": (),
    "thành phố B": (),
}  # fmt: skip
CHANGES = [date(2025, 2, 28), date(2025, 6, 30)]


@pytest.mark.parametrize("name", LEVELS)
def test_every_level_issues_and_is_heard_on_each_day_before_the_reform(name: str) -> None:
    unit = OrgUnit(name, LEVELS[name])
    for day in (BEFORE, CHANGES[0], CHANGES[0] + timedelta(1), CHANGES[1]):
        assert REAL.council(unit, day) is not None
        assert REAL.recipients(COUNCIL, unit, day)


@pytest.mark.parametrize("name", ["phường A", "xã A", "đặc khu A", "tỉnh A", "thành phố B"])
def test_every_level_of_today_issues_and_is_heard(name: str) -> None:
    for day in (CHANGES[1] + timedelta(1), AFTER):
        assert REAL.council(OrgUnit(name), day) is not None
        assert REAL.recipients(COUNCIL, OrgUnit(name), day)


def test_no_two_entries_hold_for_one_level_on_one_day() -> None:
    for entries in (REAL.councils, REAL.addressees):
        for day in (BEFORE, *CHANGES, *(d + timedelta(1) for d in CHANGES), AFTER):
            held = [
                (getattr(one, "by", ""), level)
                for one in entries
                if one.start <= day <= one.until
                for level in one.levels
            ]
            assert len(held) == len(set(held))


def test_each_entry_says_on_what_it_rests_and_how_sure_it_is() -> None:
    entries: list[Any] = [*REAL.councils, *REAL.divisions, *REAL.addressees]
    for one in entries:
        assert one.basis
        assert one.confidence in ("P", "S", "G", "M")


def test_a_wards_report_went_to_the_district_and_goes_to_the_departments_today() -> None:
    assert REAL.recipients(COUNCIL, WARD, BEFORE) == (
        "Phòng Lao động - Thương binh và Xã hội quận Long Biên",
    )
    today = OrgUnit("xã Đồng Lộc", ("tỉnh Hà Tĩnh",))
    assert REAL.recipients(COUNCIL, today, AFTER) == (
        "Sở Nội vụ tỉnh Hà Tĩnh", "Sở Y tế tỉnh Hà Tĩnh",
        "Sở Nông nghiệp và Môi trường tỉnh Hà Tĩnh",
    )  # fmt: skip
    assert REAL.recipients(COUNCIL, OrgUnit("xã Đồng Lộc"), AFTER)[0] == "Sở Nội vụ"
    assert REAL.recipients(DIVISION, today, AFTER) == ("Ủy ban nhân dân xã Đồng Lộc",)


def test_units_with_a_digit_or_a_persons_name_are_written_whole() -> None:
    assert REAL.unit_name("phường Phúc Lợi") == "phường Phúc Lợi"
    assert REAL.unit_name("phường 5") == "Phường 5"
    assert REAL.unit_name("phường Điện Biên Phủ") == "Phường Điện Biên Phủ"
    assert REAL.unit_name("thành phố Hồ Chí Minh") == "Thành phố Hồ Chí Minh"
    assert REAL.place_name("phường Phúc Lợi") == "Phúc Lợi"
    assert REAL.place_name("phường 5") == "Phường 5"
    assert REAL.place_name("Phường Phùng Chí Kiên") == "Phường Phùng Chí Kiên"
    assert Agencies().place_name("Hội Chữ thập đỏ") == "Hội Chữ thập đỏ"


@pytest.mark.parametrize(("text", "fault"), [
    ("[[councils]]\nlevel = []\n", "councils thứ 1: không biết khóa level"),
    ("[[divisions]]\nnames = []\n", "divisions thứ 1: thiếu khóa"),
    ("[[", "agencies.toml: "),
])  # fmt: skip
def test_a_file_that_is_amiss_is_refused_with_the_place(
    text: str, fault: str, tmp_path: Path
) -> None:
    path = tmp_path / "agencies.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AgencyFault, match=fault):
        load_agencies(path)
