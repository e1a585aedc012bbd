"""The file of norms: every fault of it at once, and which norm holds for which line on which days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest

from generators.model import Line, Period
from generators.norms import Norm, NormFault, Norms, Usual, days_of, load_norms
from tests.building import ROOT, real_kind

FILE = ROOT / "doc_templates" / "norms.toml"
PERIOD = Period("2020S1", date(2020, 1, 1), date(2020, 6, 30))
WHOLE = """
[[norms]]
id = "a"
label = "quà A"
lines = ["qua_tet"]
giver = "Chủ tịch nước"
per = "người"
from = "2020-01-01"
to = "2020-12-31"
amounts = [200_000, 400_000]
how = "exact"
basis = "Quyết định 1"
confidence = "stated"
"""
numbers = count()


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    return tmp_path


def load(folder: Path, text: str) -> Norms:
    path = folder / f"{next(numbers)}.toml"
    path.write_text(text, encoding="utf-8")
    return load_norms(path)


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(NormFault) as caught:
        load(folder, text)
    return [line.partition(".toml: ")[2] for line in str(caught.value).splitlines()]


def line(**fields: object) -> Line:
    known = {"key": "k", "code": "", "section": "s", "label": "", "unit": "người", "where": ""}
    return Line(**{**known, **fields})  # type: ignore[arg-type]


def test_no_norms_are_known_without_a_file() -> None:
    assert Norms().holding((line(code="qua_tet"),), PERIOD) == ()
    assert Norms().usual_of((line(),), "nguoi") is None


def test_a_norm_as_it_is_written(folder: Path) -> None:
    assert load(folder, WHOLE) == Norms((
        Norm("a", "quà A", "người", date(2020, 1, 1), (Decimal(200_000), Decimal(400_000)), "exact",
             "Quyết định 1", "stated", date(2020, 12, 31), lines=("qua_tet",),
             giver="chu tich nuoc"),
    ))  # fmt: skip


def test_what_is_usual_as_it_is_written(folder: Path) -> None:
    text = (
        '[[usual]]\nlabel = "quà"\nunits = ["Trẻ em"]\nwords = ["tặng + quà"]\nleast = 1000\n'
    )
    assert load(folder, text).usual == (
        Usual("quà", Decimal(1000), None, ("tre em",), (("tang", "qua"),)),
    )


def test_every_fault_of_the_file_is_told_at_once(folder: Path) -> None:
    text = (
        'more = 1\n'
        + WHOLE.replace('from = "2020-01-01"', 'from = "01/01/2020"').replace("giver", "given")
        + WHOLE.replace("[200_000, 400_000]", "[0, true]").replace('"exact"', '"often"')
        + WHOLE.replace('to = "2020', 'to = "2019').replace('id = "a"', "")
        + WHOLE.replace('lines = ["qua_tet"]', "local = 1").replace("amounts", "times")
        + '[[usual]]\nlabel = "u"\nleast = 10\nmost = 5\n'
    )  # fmt: skip
    assert faults(folder, text) == [
        "không biết khóa more",
        "[[norms]] thứ 1 (a): không biết khóa given",
        '[[norms]] thứ 1 (a): from phải là một ngày, ví dụ "2020-04-09"',
        "[[norms]] thứ 2 (a): amounts phải là danh sách số nguyên lớn hơn 0",
        "[[norms]] thứ 2 (a): how phải là một trong exact, at_least, base",
        "[[norms]] thứ 3 (quà A): thiếu khóa id",
        "[[norms]] thứ 3 (quà A): to đứng trước from",
        "[[norms]] thứ 4 (a): local phải là true hoặc false",
        "[[norms]] thứ 4 (a): cần lines hoặc words",
        "[[norms]] thứ 4 (a): cần amounts, hoặc of và times",
        "[[usual]] thứ 1 (u): cần words hoặc units",
        "[[usual]] thứ 1 (u): most nhỏ hơn least",
    ]


def test_two_rates_at_once_are_refused(folder: Path) -> None:
    later = WHOLE.replace('from = "2020-01-01"', 'from = "2020-12-31"').replace(
        'to = "2020-12-31"', ""
    )
    assert faults(folder, WHOLE + later) == [
        "a: có hai mức cùng lúc, từ 01/01/2020 và từ 31/12/2020"
    ]


@pytest.mark.parametrize("other", [
    WHOLE.replace("2020-", "2021-"),
    WHOLE.replace("Chủ tịch nước", "tỉnh"),
    WHOLE.replace('per =', 'occasion = ["2-9"]\nper ='),
])  # fmt: skip
def test_rates_one_after_the_other_or_of_different_givers_are_not(
    other: str, folder: Path
) -> None:
    assert len(load(folder, WHOLE + other).norms) == 2


@pytest.mark.parametrize(("text", "says"), [
    ("[[norms]", "Expected"),
    ('norms = "a"', "norms phải viết thành các mục [[norms]]"),
])  # fmt: skip
def test_a_file_that_is_no_list_of_norms(text: str, says: str, folder: Path) -> None:
    assert says in faults(folder, text)[0]


def test_a_file_that_is_not_there(folder: Path) -> None:
    with pytest.raises(NormFault, match=r"none\.toml"):
        load_norms(folder / "none.toml")


BASE = WHOLE.replace("[200_000, 400_000]", "[100]").replace('"exact"', '"base"')


def test_a_norm_that_is_another_so_many_times_changes_with_it(folder: Path) -> None:
    text = (
        BASE
        + BASE.replace("2020-", "2021-").replace("[100]", "[150]").replace("stated", "memory")
        + WHOLE.replace('id = "a"', 'id = "b"').replace('to = "2020', 'to = "2021')
        .replace("amounts = [200_000, 400_000]", 'of = "a"\ntimes = [1.5, 20]')
    )  # fmt: skip
    made = [norm for norm in load(folder, text).norms if norm.id == "b"]
    assert [(norm.start, norm.end, norm.amounts, norm.confidence) for norm in made] == [
        (date(2020, 1, 1), date(2020, 12, 31), (Decimal(150), Decimal(2000)), "stated"),
        (date(2021, 1, 1), date(2021, 12, 31), (Decimal(225), Decimal(3000)), "memory"),
    ]
    assert made[0].basis == "Quyết định 1; Quyết định 1"


def test_a_norm_made_of_one_that_is_not_there(folder: Path) -> None:
    text = WHOLE.replace("amounts = [200_000, 400_000]", 'of = "c"\ntimes = [2]')
    assert faults(folder, text) == ["a: không có định mức c"]


# ---------------------------------------------------------------- which norm holds


def held(norms: Norms, *lineage: Line, period: Period = PERIOD) -> list[str]:
    return [norm.id for norm in norms.holding(lineage, period)]


def test_a_norm_holds_for_its_giver_only(folder: Path) -> None:
    norms = load(folder, WHOLE)
    assert held(norms, line(code="qua_tet", giver="Chủ tịch nước")) == ["a"]
    assert held(norms, line(code="qua_tet", giver="thành phố")) == []


def test_a_norm_holds_for_what_is_inside_its_line(folder: Path) -> None:
    outer = line(code="qua_tet", giver="Chủ tịch nước")
    assert held(load(folder, WHOLE), outer, line(label="thương binh")) == ["a"]


def test_a_norm_holds_on_its_days_to_the_last(folder: Path) -> None:
    norms, gift = load(folder, WHOLE), line(code="qua_tet", giver="Chủ tịch nước")
    last = Period("2020", date(2020, 12, 31), date(2021, 6, 14))
    after = Period("2021S1", date(2021, 1, 1), date(2021, 6, 30))
    assert held(norms, gift, period=last) == ["a"]
    assert held(norms, gift, period=after) == []


def test_a_line_with_its_own_days_is_judged_on_those() -> None:
    own = line(start=date(2020, 2, 1), end=date(2020, 3, 1))
    assert days_of((own,), PERIOD) == (date(2020, 2, 1), date(2020, 3, 1))
    counted = line(as_of=date(2020, 4, 30))
    assert days_of((counted, line()), PERIOD) == (date(2020, 1, 1), date(2020, 4, 30))
    assert days_of((line(as_of=date(2019, 12, 31)),), PERIOD)[0] == date(2019, 12, 31)
    assert days_of((line(),), PERIOD) == (PERIOD.start, PERIOD.end)


def test_a_free_line_is_known_by_its_words(folder: Path) -> None:
    norms = load(folder, WHOLE.replace('lines = ["qua_tet"]', 'words = ["quà + Tết"]'))
    assert held(norms, line(label="Quà dịp Tết của Chủ tịch nước")) == ["a"]
    assert held(norms, line(label="Quà 27-7 của Chủ tịch nước")) == []
    assert held(norms, line(label="Quà dịp Tết của tỉnh")) == []
    assert held(norms, line(label="Quà Tết của Chủ tịch nước", code="khac")) == []


def test_a_norm_for_a_part_stands_before_that_of_the_line(folder: Path) -> None:
    whole, inner = (
        WHOLE.replace("giver", "#"),
        WHOLE.replace('id = "a"', 'id = "b"').replace("giver", 'parts = ["tròn 100 tuổi"]\n#'),
    )
    norms, outer = load(folder, whole + inner), line(code="qua_tet")
    assert held(norms, outer) == ["a"]
    assert held(norms, outer, line(label="tròn 100 tuổi")) == ["b"]
    assert held(norms, outer, line(label="tròn 90 tuổi")) == ["a"]


# ---------------------------------------------------------------- the file itself


def test_the_norms_that_are_shipped_name_lines_of_the_catalogue() -> None:
    known = set(real_kind().line)
    assert {code for norm in load_norms(FILE).norms for code in norm.lines} <= known


@pytest.mark.parametrize(("id_", "day", "amounts"), [
    ("covid_ncc", date(2020, 5, 1), [500_000]),
    ("covid_ngheo", date(2020, 5, 1), [250_000]),
    ("chuan_tro_giup_xa_hoi", date(2021, 6, 30), [270_000]),
    ("chuan_tro_giup_xa_hoi", date(2021, 7, 1), [360_000]),
    ("chuan_tro_giup_xa_hoi", date(2024, 7, 1), [500_000]),
    ("chuan_tro_giup_xa_hoi", date(2026, 7, 1), [540_000]),
    ("nkt_dac_biet_nang", date(2024, 7, 1), [1_000_000, 1_250_000]),
    ("huu_tri_xa_hoi", date(2025, 7, 1), [500_000]),
    ("chuan_nguoi_co_cong", date(2019, 7, 1), [1_624_000]),
    ("chuan_nguoi_co_cong", date(2024, 7, 1), [2_789_000]),
    ("qua_tet_chu_tich_nuoc", date(2020, 1, 20), [200_000, 400_000]),
    ("qua_tet_chu_tich_nuoc", date(2021, 2, 1), [300_000, 600_000]),
    ("qua_27_7_chu_tich_nuoc", date(2020, 7, 27), [200_000, 400_000]),
    ("qua_dai_hoi_tet_2026", date(2026, 2, 1), [400_000]),
    ("mai_tang_phi", date(2026, 8, 1), [10_800_000]),
    ("mung_tho_100", date(2024, 2, 1), [700_000]),
])  # fmt: skip
def test_a_rate_of_law_on_a_day(id_: str, day: date, amounts: list[int]) -> None:
    held = [
        norm
        for norm in load_norms(FILE).norms
        if norm.id == id_ and norm.start <= day <= norm.end
    ]
    assert [list(map(int, norm.amounts)) for norm in held] == [amounts]


def test_what_is_only_remembered_is_marked_so() -> None:
    weak = {
        norm.id for norm in load_norms(FILE).norms if norm.confidence in ("secondary", "memory")
    }
    assert weak == {
        "chuan_tro_giup_xa_hoi", "chuan_nguoi_co_cong", "huu_tri_xa_hoi", "covid_lao_dong",
        "covid_ho_kinh_doanh", "tho_cung_liet_si", "qua_27_7_chu_tich_nuoc", "mai_tang_phi",
        "don_than_ngheo", "tre_khong_nguon_nuoi_duong", "tre_khong_nguon_nuoi_duong_duoi_4",
        "tre_hiv_ho_ngheo", "nct_khong_nguoi_phung_duong", "nkt_dac_biet_nang", "nkt_nang",
    }  # fmt: skip
