"""A kind's folder: what a good kind.toml gives, and each fault of a bad one by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from generators.kinds import KindFault, LineSpec, Row, TotalSpec, list_kinds, load_kind
from tests.building import ROOT, real_kind

HEAD = 'id = "{id}"\ntitle = "Thử"\nfile_name = "thu"\nperiods = ["S1"]\n'
SECTION = '[[sections]]\nid = "a"\ntitle = "Mục A"\n'
LINE = '[[lines]]\ncode = "qua"\nsection = "a"\nlabel = "Quà"\nunit = "người"\n'
GOOD = HEAD + SECTION + LINE


def folder(tmp_path: Path, toml: str, name: str = "thu") -> Path:
    path = tmp_path / name
    path.mkdir()
    (path / "kind.toml").write_text(toml.replace("{id}", "thu"), encoding="utf-8")
    return path


def test_a_kind_is_read_with_its_defaults(tmp_path: Path) -> None:
    kind = load_kind(
        folder(tmp_path, GOOD + 'rows = [{ label = "Quà của quận", giver = "quận" }]\n')
    )
    assert kind.line == {
        "qua": LineSpec(
            "qua", "a", "Quà", "người", fields=("value", "amount", "plan", "previous"),
            rows=(Row("Quà của quận", giver="quận"),),
        )
    }  # fmt: skip
    assert (kind.totals, kind.texts, kind.periods) == ((), (), ("S1",))
    assert kind.section["a"].title == "Mục A"


FAULTS = [
    ('[[lines]]\ncode = "b"\nsection = "x"\nlabel = "B"\nunit = "hộ"\n', "chỉ tiêu b: không có mục x"),
    ('nature = "mood"\n', "chỉ tiêu qua: nature «mood» phải là stock, flow, share, target"),
    ('over_units = "max"\n', "chỉ tiêu qua: over_units phải là sum, last, none"),
    ('ratio = "half"\n', "chỉ tiêu qua: ratio phải là plan hoặc whole"),
    ('fields = ["value", "colour"]\n', "chỉ tiêu qua: không có trường colour"),
    ('[[lines]]\ncode = "qua"\nsection = "a"\nlabel = "Q"\nunit = "hộ"\n', "mã qua có hai lần"),
    ('[[lines]]\ncode = "Qua-2"\nsection = "a"\nlabel = "Q"\nunit = "hộ"\n',
     "mã Qua-2 không dùng được: chữ thường không dấu, không trùng từ dành riêng"),
    ('[[lines]]\ncode = "ky"\nsection = "a"\nlabel = "Q"\nunit = "hộ"\n',
     "mã ky không dùng được: chữ thường không dấu, không trùng từ dành riêng"),
    ('[[totals]]\ncode = "tong"\nsection = "a"\nlabel = "T"\nof = ["nha"]\n',
     "tổng tong: không có chỉ tiêu nha"),
    ('[[totals]]\ncode = "tong"\nsection = "z"\nlabel = "T"\nof = ["qua"]\n', "tổng tong: không có mục z"),
    ('[[totals]]\ncode = "tong"\nsection = "a"\nlabel = "T"\nunit = "hộ"\nof = ["qua"]\n',
     "tổng tong: qua tính bằng người, không cộng thành hộ"),
    ('nature = "share"\n[[totals]]\ncode = "tong"\nsection = "a"\nlabel = "T"\nof = ["qua"]\n',
     "tổng tong: qua là tỷ lệ, không cộng được"),
    ('[[texts]]\nid = "loi"\nlabel = "L"\nsection = "z"\n', "lời văn loi: không có mục z"),
    ('colour = "red"\n', "qua: không biết khóa colour"),
    ('[[relations]]\nleft = ["qua.value"]\nsign = "<"\nright = ["nha.value", "qua.mood"]\nsays = "Q"\n',
     "quan hệ «Q»: sign phải là <= hoặc =\nthu/kind.toml: quan hệ «Q»: không có chỉ tiêu nha\n"
     "thu/kind.toml: quan hệ «Q»: không có trường mood"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_a_fault_is_named(tmp_path: Path, more: str, fault: str) -> None:
    with pytest.raises(KindFault) as raised:
        load_kind(folder(tmp_path, GOOD + more))
    assert str(raised.value) == f"thu/kind.toml: {fault}"


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(KindFault) as raised:
        load_kind(folder(tmp_path, GOOD + 'nature = "mood"\nratio = "half"\n', "khac"))
    assert str(raised.value).splitlines() == [
        "khac/kind.toml: id «thu» khác tên thư mục «khac»",
        "khac/kind.toml: chỉ tiêu qua: nature «mood» phải là stock, flow, share, target",
        "khac/kind.toml: chỉ tiêu qua: ratio phải là plan hoặc whole",
    ]


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(KindFault) as raised:
        load_kind(folder(tmp_path, HEAD + LINE))
    assert str(raised.value) == "thu/kind.toml: thiếu khóa sections"


def test_a_folder_without_a_kind_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(KindFault, match=r"khong_co/kind\.toml"):
        load_kind(tmp_path / "khong_co")


def test_broken_toml_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(KindFault, match=r"thu/kind\.toml"):
        load_kind(folder(tmp_path, "id = "))


def test_gifts_to_people_may_add_as_turns(tmp_path: Path) -> None:
    more = ('adds_as = "lượt người"\n[[totals]]\ncode = "tong"\nsection = "a"\nlabel = "T"\n'
            'unit = "lượt người"\nof = ["qua"]\n')  # fmt: skip
    kind = load_kind(folder(tmp_path, GOOD + more))
    assert kind.total == {"tong": TotalSpec("tong", "a", "T", ("qua",), "lượt người")}


def test_kinds_are_listed_by_folder(tmp_path: Path) -> None:
    folder(tmp_path, GOOD, "b")
    folder(tmp_path, GOOD, "a")
    (tmp_path / "c").mkdir()
    assert list_kinds(tmp_path) == ["a", "b"]


def test_the_real_kind_is_without_fault() -> None:
    assert "ban-tin-6-thang" in list_kinds(ROOT / "doc_templates")
    assert real_kind().id == "ban-tin-6-thang"
