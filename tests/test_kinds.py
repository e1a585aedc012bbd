"""A kind's folder: what a good kind.toml gives, and each fault of a bad one by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generators.catalogues import frozen_toml
from generators.kinds import KindFault, LineSpec, Row, TotalSpec, list_kinds, load_kind
from generators.outlines import outline_on
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


# ---------------------------------------------------------------- a borrowed catalogue, outlines

BORROWING = HEAD.replace("{id}", "hai") + 'catalogue = "thu"\nreads = ["thu"]\n'
TEXT = '[[texts]]\nid = "them"\nlabel = "Thêm"\n'
OUTLINE = """[[outlines]]
until = 2025-06-30
subject = "công tác cũ"
headings = [{ title = "Một", sections = ["a"] }]
[[outlines]]
subject = "công tác mới"
headings = [{ title = "Hai", sections = ["a"] }]
"""


def borrowing(tmp_path: Path, more: str = TEXT + OUTLINE) -> Path:
    folder(tmp_path, GOOD)
    path = tmp_path / "hai"
    path.mkdir()
    (path / "kind.toml").write_text(BORROWING + more, encoding="utf-8")
    return path


def test_a_kind_may_borrow_the_catalogue_of_another_and_add_to_it(tmp_path: Path) -> None:
    kind, other = load_kind(borrowing(tmp_path)), load_kind(tmp_path / "thu")
    assert (kind.sections, kind.lines, kind.totals) == (
        other.sections,
        other.lines,
        other.totals,
    )
    assert [text.id for text in kind.texts] == ["them"]
    assert (kind.reads, kind.id) == (("thu",), "hai")


def test_a_frozen_kind_needs_no_other_folder_and_is_the_same_kind(tmp_path: Path) -> None:
    kind = load_kind(borrowing(tmp_path))
    alone = tmp_path / "alone" / "hai"
    alone.mkdir(parents=True)
    (alone / "kind.toml").write_bytes(frozen_toml(kind.folder))
    assert replace(load_kind(alone), folder=kind.folder) == kind
    whole = tmp_path / "thu"
    assert frozen_toml(whole) == (whole / "kind.toml").read_bytes()


def test_a_borrowed_catalogue_is_nobody_elses(tmp_path: Path) -> None:
    borrowing(tmp_path)
    third = tmp_path / "ba"
    third.mkdir()
    (third / "kind.toml").write_text(
        HEAD.replace("{id}", "ba") + 'catalogue = "hai"\n', encoding="utf-8"
    )
    with pytest.raises(KindFault, match="hai cũng mượn danh mục của loại khác"):
        load_kind(third)


def test_the_outline_is_that_of_the_papers_day(tmp_path: Path) -> None:
    outlines = load_kind(borrowing(tmp_path)).outlines
    subjects = [
        found.subject if (found := outline_on(outlines, day)) else ""
        for day in (date(2020, 6, 30), date(2025, 6, 30), date(2025, 7, 1), None)
    ]
    assert subjects == ["công tác cũ", "công tác cũ", "công tác mới", "công tác mới"]
    assert outline_on((), None) is None


@pytest.mark.parametrize(("headings", "fault"), [
    ('[{ title = "X", sections = ["z"] }]', "outlines thứ 1: không có mục z"),
    ('[{ title = "X", sections = ["a"] }, { title = "Y", sections = ["a"] }]',
     "outlines thứ 1: mục a có hai lần"),
    ('[{ title = "X", sections = ["a", "z"], points = ["Một"] }]',
     "outlines thứ 1, «X»: points phải có một tên cho mỗi mục"),
])  # fmt: skip
def test_an_outline_that_does_not_fit_is_refused(
    headings: str, fault: str, tmp_path: Path
) -> None:
    more = f'[[outlines]]\nsubject = "s"\nheadings = {headings}\n'
    with pytest.raises(KindFault, match=fault):
        load_kind(borrowing(tmp_path, more))


def test_money_is_short_or_in_full(tmp_path: Path) -> None:
    with pytest.raises(KindFault, match="money «xu» phải là triệu hoặc đồng"):
        load_kind(borrowing(tmp_path, 'money = "xu"\n'))
