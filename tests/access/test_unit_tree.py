"""Units: a tree, names that stay a unit's own, and what is found by a name; deadlines down the tree."""

from __future__ import annotations

from datetime import date

import pytest

from access.deadlines import deadline_of, deadlines, set_deadline
from access.faults import AccessFault
from access.units import (
    Unit,
    add_unit,
    all_units,
    key_of,
    keys_below,
    move_unit,
    rename_unit,
    unit_called,
    unit_of,
    units_below,
    units_unplaced,
)
from archive.keeping import Archive
from archive.records import ArchiveFault
from tests.archive.keeping import deposit

KIND = "ban-tin-6-thang"


@pytest.fixture
def tree(either: Archive) -> dict[str, Unit]:
    with either.database.writing() as connection:
        city = add_unit(connection, "thành phố Hà Nội", "thử")
        district = add_unit(connection, "quận Long Biên", "thử", city)
        wards = [
            add_unit(connection, name, "thử", district) for name in ("phường Một", "phường Hai")
        ]
    return {unit.name: unit for unit in (city, district, *wards)}


def test_a_unit_lies_in_what_is_above_it(either: Archive, tree: dict[str, Unit]) -> None:
    ward = tree["phường Một"]
    assert ward.full_name == "phường Một, quận Long Biên, thành phố Hà Nội"
    with either.database.reading() as connection:
        assert (
            unit_of(connection, key_of("Phường Một", ["Quận Long Biên", "Thành phố Hà Nội"]))
            == ward
        )
        assert [one.name for one in all_units(connection)] == [
            "thành phố Hà Nội", "quận Long Biên", "phường Hai", "phường Một",
        ]  # fmt: skip
        below = {one.name for one in units_below(connection, [tree["quận Long Biên"].path])}
    assert below == {"quận Long Biên", "phường Một", "phường Hai"}


def test_a_renamed_or_moved_unit_keeps_all_its_names(
    either: Archive, tree: dict[str, Unit]
) -> None:
    with either.database.writing() as connection:
        new = rename_unit(connection, tree["quận Long Biên"], "khu vực Long Biên", "thử")
        province = add_unit(connection, "tỉnh Bắc Ninh", "thử")
        moved = move_unit(connection, new, province, "thử")
        ward = unit_called(connection, "phường Một")
        assert ward.full_name == "phường Một, khu vực Long Biên, tỉnh Bắc Ninh"
        assert ward.path.startswith(moved.path)
        assert ward.path.startswith(province.path)
        for within in (["quận Long Biên", "thành phố Hà Nội"],
                       ["khu vực Long Biên", "thành phố Hà Nội"],
                       ["khu vực Long Biên", "tỉnh Bắc Ninh"]):  # fmt: skip
            assert unit_of(connection, key_of("phường Một", within)) == ward
        assert len(connection.execute(keys_below([province.path])).all()) == 3 + 2 * 3 + 1
        with pytest.raises(AccessFault, match="nằm trong"):
            move_unit(connection, moved, ward, "thử")
        with pytest.raises(AccessFault, match="hoặc có đơn vị từng mang tên ấy"):
            add_unit(connection, "quận Long Biên", "thử", tree["thành phố Hà Nội"])


def test_a_name_finds_one_unit_or_asks(either: Archive, tree: dict[str, Unit]) -> None:
    with either.database.writing() as connection:
        add_unit(connection, "phường Một", "thử", tree["thành phố Hà Nội"])
        with pytest.raises(AccessFault, match="Có nhiều đơn vị «phường Một»"):
            unit_called(connection, "phường Một")
        whole = "phường Một, quận Long Biên, thành phố Hà Nội"
        assert unit_called(connection, whole) == tree["phường Một"]
        assert unit_called(connection, tree["phường Hai"].id) == tree["phường Hai"]
        with pytest.raises(AccessFault, match="Không có đơn vị «phường Ba»"):
            unit_called(connection, "phường Ba")
        with pytest.raises(ArchiveFault, match="còn trống"):
            add_unit(connection, " ", "thử")


def test_a_tree_is_eight_deep_at_most(either: Archive) -> None:
    with either.database.writing() as connection:
        unit: Unit | None = None
        for depth in range(8):
            unit = add_unit(connection, f"cấp {depth}", "thử", unit)
        with pytest.raises(AccessFault, match="sâu nhất 8 cấp"):
            add_unit(connection, "cấp 8", "thử", unit)


def test_reports_whose_unit_is_not_in_the_tree_are_told(
    either: Archive, tree: dict[str, Unit]
) -> None:
    either.keep(deposit(1))
    either.keep(deposit(2, unit="phường Một"))
    with either.database.reading() as connection:
        assert units_unplaced(connection) == ["phường Thử 1, quận Long Biên, thành phố Hà Nội"]


def test_a_deadline_holds_below_until_a_unit_has_its_own(
    either: Archive, tree: dict[str, Unit]
) -> None:
    city, district, one, two = tree.values()
    with either.database.writing() as connection:
        set_deadline(connection, city, KIND, "2026S1", date(2026, 7, 5), "Quân")
        set_deadline(connection, one, KIND, "2026S1", date(2026, 7, 1), "Quân")
        told = {
            unit.name: deadline_of(connection, unit, KIND, "2026S1") for unit in tree.values()
        }
        assert {name: found and (found.due.day, found.unit) for name, found in told.items()} == {
            city.name: (5, city.name), district.name: (5, city.name), one.name: (1, one.name),
            two.name: (5, city.name),
        }  # fmt: skip
        assert deadline_of(connection, one, KIND, "2026S2") is None
        assert deadline_of(connection, one, "khac", "2026S1") is None
        set_deadline(connection, one, KIND, "2026S1", None, "Quân")
        set_deadline(connection, city, KIND, "2026S1", date(2026, 7, 9), "Quân")
        assert [(each.unit, each.due.day) for each in deadlines(connection)] == [(city.name, 9)]
