"""Former units are data: read whole, and refused whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from archive.units import (
    ENDED,
    MERGED,
    RENAMED,
    UNITS,
    Former,
    UnitFault,
    load_units,
    predecessors,
    successor,
)
from generators.model import OrgUnit

NEW, OLD = (
    OrgUnit("phường Mới", ("thành phố A",)),
    OrgUnit("phường Cũ", ("quận B", "thành phố A")),
)


def written(folder: Path, *entries: str) -> Path:
    path = folder / "units.toml"
    path.write_text("\n".join(f"[[units]]\n{entry}" for entry in entries), encoding="utf-8")
    return path


def entry(name: str = "phường Cũ", how: str = RENAMED, until: str = "2025-06-30") -> str:
    return (f'name = "{name}"\nwithin = ["quận B", "thành phố A"]\nuntil = {until}\nhow = "{how}"\n'
            'into = { name = "phường Mới", within = ["thành phố A"] }\nbasis = "Nghị quyết"')  # fmt: skip


def test_a_unit_knows_what_it_was_and_what_it_became(tmp_path: Path) -> None:
    path = written(tmp_path, entry())
    former = Former(OLD, date(2025, 6, 30), RENAMED, NEW, "Nghị quyết")
    assert predecessors("Phường  MỚI", ["Thành phố A"], path) == (former,)
    assert successor("phường cũ", ["quận B", "thành phố A"], path) == former


def test_a_unit_of_the_same_name_elsewhere_is_another(tmp_path: Path) -> None:
    path = written(tmp_path, entry())
    assert predecessors("phường Mới", ["thành phố C"], path) == ()
    assert successor("phường Cũ", ["thành phố A"], path) is None


def test_a_unit_may_end_without_a_successor() -> None:
    former = successor("quận Long Biên", ["thành phố Hà Nội"])
    assert former == Former(
        OrgUnit("quận Long Biên", ("thành phố Hà Nội",)), date(2025, 6, 30), ENDED, None,
        "chính quyền địa phương hai cấp từ ngày 01/7/2025, không còn cấp huyện",
    )  # fmt: skip


def test_the_ward_of_the_sample_was_merged_and_says_by_what() -> None:
    (former,) = predecessors("phường Phúc Lợi", ["thành phố Hà Nội"])
    assert (former.unit.within, former.how) == (("quận Long Biên", "thành phố Hà Nội"), MERGED)
    assert former.basis.startswith("Nghị quyết 1656/NQ-UBTVQH15 ngày 16/6/2025")


def test_the_provinces_of_2025_are_those_of_the_resolution() -> None:
    merged = [
        one for one in load_units(UNITS) if one.basis.startswith("Nghị quyết 202/2025/QH15")
    ]
    became = {one.into.name for one in merged if one.into}
    assert (len(merged), len(became)) == (52, 23)
    assert became <= {one.unit.name for one in merged}
    assert 63 - 52 + len(became) == 34
    assert [one.unit.name for one in predecessors("Thành phố Hồ Chí Minh")] == [
        "tỉnh Bà Rịa - Vũng Tàu", "tỉnh Bình Dương", "Thành phố Hồ Chí Minh",
    ]  # fmt: skip


def test_two_units_may_merge_into_one(tmp_path: Path) -> None:
    path = written(tmp_path, entry("phường Một", MERGED), entry("phường Hai", MERGED))
    assert [one.unit.name for one in predecessors("phường Mới", ["thành phố A"], path)] == [
        "phường Một", "phường Hai",
    ]  # fmt: skip


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        'nam = "x"',
        'name = "a"\nuntil = "2025"\nhow = "joined"\nbasis = 3\nwithin = "b"\ninto = 1',
        'name = "a"\nuntil = 2025-06-30\nhow = "ended"\nbasis = "b"\ninto = { name = "c" }',
        'name = "a"\nuntil = 2025-06-30\nhow = "merged"\nbasis = "b"\ninto = { ten = "c" }',
        entry(), entry(), entry("phường Khác"),
    )  # fmt: skip
    with pytest.raises(UnitFault) as fault:
        load_units(path)
    assert str(fault.value).splitlines() == [f"units.toml: {line}" for line in (
        "mục 1: không biết khóa nam", "mục 1: thiếu name", "mục 1: thiếu until", "mục 1: thiếu how",
        "mục 1: thiếu basis", "mục 1: into phải có, trừ khi how là ended",
        "mục 2: within phải là danh sách tên", "mục 2: until phải là một ngày, ví dụ 2025-06-30",
        "mục 2: basis phải là chữ", "mục 2: how phải là một trong: renamed, merged, divided, ended",
        "mục 2: into phải có dạng { name = …, within = […] }",
        "mục 3: how là ended thì không có into",
        "mục 4: into: không biết khóa ten", "mục 4: into: thiếu name",
        "phường Cũ có hai mục cùng ngày 30/06/2025",
        "phường Mới: how là renamed nhưng có hai đơn vị cùng trở thành nó",
        "phường Mới: how là renamed nhưng có hai đơn vị cùng trở thành nó",
    )]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), [("units = 3", "units phải là các mục [[units]]"),
                                            ("[x]", "không biết khóa x")])  # fmt: skip
def test_what_is_no_list_of_units_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "units.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnitFault) as fault:
        load_units(path)
    assert str(fault.value) == f"units.toml: {said}"


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnitFault, match=r"^units.toml: "):
        load_units(written(tmp_path, "name = "))
