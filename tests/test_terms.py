"""The words to look out for: how they are found, and every fault of their file at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.terms import (
    Abbreviation,
    Abolished,
    Private,
    Spelling,
    TermFault,
    Terms,
    load_terms,
    plain,
    plain_lower,
    spots,
)
from tests.building import ROOT


def written(folder: Path, text: str) -> Path:
    path = folder / "terms.toml"
    path.write_text(text, encoding="utf-8")
    return path


def found(words: list[str], text: str) -> list[str]:
    return [text[start:end] for start, end in spots(words, plain_lower(text))]


def test_a_file_is_read_as_it_says(tmp_path: Path) -> None:
    path = written(tmp_path, '''
bare = ["UBND"]
[[abolished]]
words = ["Quận giao", "Uỷ ban – Huyện"]
from = 2025-07-01
instead = "tỉnh giao"
basis = "luật"
confidence = "S"
fields = ["giver"]
[[spelling]]
words = ["Nguyên Đán"]
right = "Nguyên đán"
severity = "warning"
case = "exact"
not_after = ["Tết"]
[[abbreviation]]
words = ["HCĐB"]
full = "hoàn cảnh đặc biệt"
''')  # fmt: skip
    assert load_terms(path) == Terms(
        (Abolished(("quận giao", "ủy ban - huyện"), date(2025, 7, 1), "tỉnh giao", "luật", "S",
                   ("giver",)),),
        (Spelling(("Nguyên Đán",), "Nguyên đán", "warning", "exact", ("tết",)),),
        (Abbreviation(("HCĐB",), "hoàn cảnh đặc biệt"),),
        frozenset({"UBND"}),
    )  # fmt: skip
    assert load_terms(path) is load_terms(path)


def test_words_about_people_are_read_as_the_file_says(tmp_path: Path) -> None:
    terms = load_terms(written(tmp_path, '''
honorifics = ["bà"]
surnames = ["Nguyễn"]
areas = ["Tổ dân phố"]
[[private]]
words = ["Khuyết tật"]
about = "health"
harmless = ["Hội Người khuyết tật"]
'''))  # fmt: skip
    assert terms == Terms(
        private=(Private(("khuyết tật",), "health", ("hội người khuyết tật",)),),
        honorifics=frozenset({"bà"}), surnames=frozenset({"Nguyễn"}), areas=("tổ dân phố",),
    )  # fmt: skip


def test_words_about_people_that_are_amiss_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, 'areas = "tổ"\n[[private]]\nwords = ["x"]\nabout = "tuổi"\n')
    with pytest.raises(TermFault) as fault:
        load_terms(path)
    assert str(fault.value).splitlines() == [
        "terms.toml: areas phải là danh sách từ chỉ địa bàn",
        "terms.toml: private thứ 1: about «tuổi» phải là health, identity",
    ]


def test_no_terms_are_known_where_none_are_given(tmp_path: Path) -> None:
    assert load_terms(written(tmp_path, "")) == Terms()


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, '''
extra = 1
bare = ["NCC"]
[[abolished]]
words = ["a"]
from = "2025"
instead = "b"
confidence = "S"
[[abolished]]
words = ["a"]
from = 2025-07-01
instead = "b"
basis = "c"
confidence = "X"
fields = ["note"]
[[spelling]]
words = "nổ lực"
right = ""
severity = "error"
[[spelling]]
words = ["lực"]
right = "nỗ lực"
severity = "error"
case = "low"
when = 1
[[spelling]]
words = ["lực"]
right = "nỗ Lực"
severity = "error"
case = "low"
[[abbreviation]]
words = ["NCC", ""]
full = "người có công"
[[abbreviation]]
words = ["NCC"]
full = "người có công"
''')  # fmt: skip
    with pytest.raises(TermFault) as fault:
        load_terms(path)
    assert str(fault.value).splitlines() == [
        "terms.toml: không biết khóa extra",
        "terms.toml: abolished thứ 1: from phải là ngày dạng 2025-07-01, không để trống",
        "terms.toml: abolished thứ 1: thiếu khóa basis",
        "terms.toml: abolished thứ 2: confidence «X» phải là P, S, G, M",
        "terms.toml: abolished thứ 2: fields «note» phải là text, story, headline, author, "
        "recipient, within, label, measure, compared, giver, group, occasion, round, source",
        "terms.toml: spelling thứ 1: words phải là danh sách chữ, không để trống",
        "terms.toml: spelling thứ 1: right phải là chữ, không để trống",
        "terms.toml: spelling thứ 2: không biết khóa when",
        "terms.toml: spelling thứ 3: severity «error» phải là warning, note",
        "terms.toml: spelling thứ 3: case «low» phải là any, exact",
        "terms.toml: spelling thứ 3: right «nỗ Lực» lại chứa chính từ cần sửa",
        "terms.toml: spelling: «lực» có hai lần",
        "terms.toml: abbreviation thứ 1: words phải là danh sách chữ",
        "terms.toml: «NCC» vừa ở abbreviation vừa ở bare",
        "terms.toml: «NCC» vừa ở abbreviation vừa ở bare",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("bare = 'UBND'", "terms.toml: bare phải là danh sách chữ viết tắt"),
        ("spelling = 1", "terms.toml: spelling phải là danh sách bảng"),
        ("abbreviation = [1]", "terms.toml: abbreviation phải là danh sách bảng"),
    ],
)
def test_a_table_that_is_none(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(TermFault) as fault:
        load_terms(written(tmp_path, text))
    assert str(fault.value) == message


@pytest.mark.parametrize("text", ["bare = [", None])
def test_a_file_that_cannot_be_read(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "terms.toml" if text is None else written(tmp_path, text)
    with pytest.raises(TermFault, match=r"^terms\.toml: "):
        load_terms(path)


def test_the_terms_of_the_house_are_sound() -> None:
    terms = load_terms(ROOT / "doc_templates" / "terms.toml")
    assert terms.abolished
    assert terms.spelling
    assert terms.abbreviation
    rights = [(plain_lower(s.right), s.right) for s in terms.spelling]
    wrong = [word for s in terms.spelling if s.case == "any" for word in s.words]
    assert [right for low, right in rights if spots(wrong, low)] == []


# ---------------------------------------------------------------- finding


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("nổ lực", "Nổ lực, NỔ LỰC và nổ\u00a0lực", ["Nổ lực", "NỔ LỰC", "nổ\u00a0lực"]),
        ("nổ lực", "nổ lựcc xnổ lực nổ, lực nổ-lực", []),
        ("lđ-tb&xh", "LĐ-TB&XH, LĐ, TB & XH, LĐ – TB và XH", ["LĐ-TB&XH", "LĐ, TB & XH"]),
        ("ủy ban", "Uỷ ban, Ủy ban", ["Uỷ ban", "Ủy ban"]),
        ("59/2015", "59/2015/QĐ 159/2015 59/20151", ["59/2015"]),
        ("quận giao", "cơ quan giao", []),
    ],
)  # fmt: skip
def test_where_a_word_is_found(word: str, text: str, expected: list[str]) -> None:
    assert found([word], text) == expected


def test_of_words_that_overlap_the_first_and_longest_is_kept() -> None:
    words = ["nghị định số 136/2013", "136/2013/nđ-cp", "nghị định"]
    assert found(words, "Nghị định số 136/2013/NĐ-CP; 136/2013/NĐ-CP; nghị định") == [
        "Nghị định số 136/2013",
        "136/2013/NĐ-CP",
        "nghị định",
    ]


@given(st.text())
def test_the_plain_text_is_as_long_as_the_text(text: str) -> None:
    assert len(plain(text)) == len(plain_lower(text)) == len(text)


def test_the_u_after_a_q_bears_no_tone() -> None:
    assert plain("Quý, quỹ, qúy, QUÝ; thuý, hoà") == "Quý, quỹ, quý, QUÝ; thúy, hòa"
