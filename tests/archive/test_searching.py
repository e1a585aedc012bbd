"""Reports are found by any combination of what is asked, alike on SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text, update

from archive.keeping import Archive
from archive.records import ArchiveFault, FigureRow, Paper, Record
from archive.searching import Found, Query, search
from archive.tables import REPORTS
from generators.folding import fold
from tests.archive.keeping import BY, PAPER, correction, deposit, issue


def keep(archive: Archive, n: int, **changes: Any) -> Record:
    return archive.keep(deposit(n, **changes))[0]


def units(archive: Archive, **asked: Any) -> list[str]:
    return [found.unit for found in search(archive, Query(**asked))]


def by_words(archive: Archive, words: str) -> list[tuple[str, bool]]:
    return [(found.unit, found.exact) for found in search(archive, Query(words=words))]


def figure(value: str, id_: str = "quy.value", unit: str = "đồng") -> FigureRow:
    return FigureRow(id_, "Quỹ", Decimal(value), "", unit)


def test_a_report_is_found_whole(either: Archive) -> None:
    record = keep(either, 1)
    keep(either, 2)
    (found,) = search(either, Query(unit="phường Thử 1"))
    assert found == Found(
        id=record.id, version=1, kind="thu", period="2020S1", end=date(2020, 6, 30),
        unit="phường Thử 1", within=("quận Long Biên", "thành phố Hà Nội"), state="kept",
        paper=Paper(subject=PAPER.subject, signer_name=PAPER.signer_name), at=record.at,
        exact=False, cursor=found.cursor,
    )  # fmt: skip


# ---------------------------------------------------------------- words


def test_words_without_marks_find_words_with_them(either: Archive) -> None:
    keep(either, 1, text="sửa chữa đường làng")
    keep(either, 2, text="chăm sóc trẻ em")
    assert by_words(either, "duong lang") == [("phường Thử 1", False)]


def test_words_as_typed_come_first_and_the_others_behind(either: Archive) -> None:
    keep(either, 1, text="điều dưỡng, xã Dương Xá")
    keep(either, 2, text="sửa đường")
    assert by_words(either, "dương") == [("phường Thử 1", True), ("phường Thử 2", False)]
    assert by_words(either, "ĐƯỜNG") == [("phường Thử 2", True), ("phường Thử 1", False)]


def test_words_in_other_marks_are_found_where_none_is_as_typed(either: Archive) -> None:
    keep(either, 1, text="sửa đường")
    assert by_words(either, "dương") == [("phường Thử 1", False)]


def test_decomposed_letters_are_the_same_words(either: Archive) -> None:
    keep(either, 1, text="tặng quà Tết")
    assert by_words(either, "t\u0103\u0323ng qua\u0300") == [("phường Thử 1", True)]


def test_all_words_must_stand_in_the_report(either: Archive) -> None:
    keep(either, 1, text="tặng quà Tết")
    keep(either, 2, text="tặng quà Trung thu")
    assert units(either, words="quà trung thu") == ["phường Thử 2"]
    assert units(either, words="quà tết trung thu") == []


def test_words_joined_by_a_sign_are_found_apart(either: Archive) -> None:
    keep(either, 1, text="hỗ trợ do Covid-19, theo 34/BC-VHXH")
    for words in ("covid", "Covid-19", "19", "vhxh", "34/bc-vhxh"):
        assert by_words(either, words) == [("phường Thử 1", True)]


def test_a_word_beside_signs_comes_first_as_one_alone_does(either: Archive) -> None:
    keep(either, 1, text="điều dưỡng: (Đường), «đường»/dương.")
    keep(either, 2, text="dương")
    keep(either, 3, text="Khu-dương_xá 1.254,5")
    assert [exact for _, exact in by_words(either, "dương")] == [True] * 3
    assert by_words(either, "đường") == [
        ("phường Thử 1", True), ("phường Thử 3", False), ("phường Thử 2", False),
    ]  # fmt: skip
    assert by_words(either, "254") == [("phường Thử 3", True)]


@pytest.mark.parametrize(
    "words",
    [
        "quà AND tết", 'quà "tết', "quà* ", "NEAR(quà tết)", "exact : quà", "quà OR", "(quà", "-quà",
        "quà & tết | !x", "quà:*", "quà <-> tết", "'; DROP TABLE reports; --", "%quà%", "{quà}", "^quà",
        "quà\0tết", "\ud800",
    ],
)  # fmt: skip
def test_signs_in_words_are_never_syntax(either: Archive, words: str) -> None:
    keep(either, 1, text="tặng quà tết and or near exact x drop table reports")
    assert units(either, words=words) in (["phường Thử 1"], [])
    assert units(either, words="quà") == ["phường Thử 1"]


@pytest.mark.parametrize("words", ["*", '"', "?!", "-", "( )"])
def test_signs_alone_find_nothing(either: Archive, words: str) -> None:
    keep(either, 1)
    assert units(either, words=words) == []
    assert units(either, unit=words) == []
    assert units(either, signer=words) == []


def test_blank_words_ask_nothing(either: Archive) -> None:
    keep(either, 1)
    assert units(either, words="  ", unit=" ", signer="\t") == ["phường Thử 1"]


def test_a_signer_told_when_it_was_issued_is_among_the_words(either: Archive) -> None:
    record = keep(either, 1, paper=Paper())
    assert units(either, words="tran van hoa") == []
    issue(either, record.id, PAPER, BY)
    assert units(either, words="tran van hoa") == ["phường Thử 1"]


# ---------------------------------------------------------------- the report's own facts


def test_a_unit_is_found_by_whole_words_of_its_name(either: Archive) -> None:
    keep(either, 1)
    keep(either, 12)
    assert units(either, unit="THU 1") == ["phường Thử 1"]
    assert units(either, unit="phường thứ 12") == ["phường Thử 12"]
    assert units(either, unit="thu 2") == []


def test_a_unit_is_found_by_where_it_lies(either: Archive) -> None:
    keep(either, 1)
    keep(either, 2, within=("quận Hoàn Kiếm", "thành phố Hà Nội"))
    assert units(either, unit="long bien") == ["phường Thử 1"]


def test_a_signer_is_found_without_marks_and_only_as_signer(either: Archive) -> None:
    keep(either, 1, paper=Paper(signer_name="Đỗ Thị Đường"))
    keep(either, 2, paper=Paper(signer_name="Lê Văn Tám"), text="đồng chí Đỗ Thị Đường")
    assert units(either, signer="do thi duong") == ["phường Thử 1"]
    assert units(either, signer="Đường") == ["phường Thử 1"]
    assert units(either, signer="thi do") == []


def test_a_signer_entered_later_is_found(either: Archive) -> None:
    record = keep(either, 1, paper=Paper())
    issue(either, record.id, PAPER, BY)
    assert units(either, signer="van hoa") == ["phường Thử 1"]


def test_a_number_is_found_with_its_notation_and_without(either: Archive) -> None:
    first, second = keep(either, 1), keep(either, 2)
    issue(either, first.id, replace(PAPER, number="05"), BY)
    issue(either, second.id, replace(PAPER, number="05", notation="BC-VHXH"), BY)
    assert sorted(units(either, number="5")) == ["phường Thử 1", "phường Thử 2"]
    assert units(either, number="05/bc-vhxh") == ["phường Thử 2"]
    assert units(either, number="50") == []


def test_period_kind_and_state_are_found_as_they_are(either: Archive) -> None:
    keep(either, 1)
    later = {"period": "2020S2", "start": date(2020, 7, 1), "end": date(2020, 12, 31)}
    keep(either, 2, **later)
    keep(either, 3, kind="khac", state="imported")
    assert units(either, period="2020S2") == ["phường Thử 2"]
    assert units(either, kind="khac") == ["phường Thử 3"]
    assert units(either, state="imported") == ["phường Thử 3"]
    assert units(either, period="2020S1", kind="thu", state="kept") == ["phường Thử 1"]


# ---------------------------------------------------------------- figures


def test_a_value_is_found_exactly_however_it_was_written(either: Archive) -> None:
    keep(either, 1, figures=(figure("633200000.00"), figure("5", "khac.value")))
    keep(either, 2, figures=(figure("633200001"),))
    exactly = Decimal("6.332E+8")
    (found,) = search(either, Query(least=exactly, most=exactly))
    assert (found.unit, found.figures) == ("phường Thử 1", (figure("633200000"),))


def test_a_value_beyond_a_computers_own_numbers_is_found_exactly(either: Archive) -> None:
    keep(either, 1, figures=(figure("12345678901234567891"),))
    keep(either, 2, figures=(figure("12345678901234567892"),))
    exactly = Decimal("12345678901234567891")
    assert units(either, least=exactly, most=exactly) == ["phường Thử 1"]


def test_a_range_holds_both_its_ends(either: Archive) -> None:
    for n, value in enumerate(("-5", "9.9", "10", "10.5", "20", "100"), 1):
        keep(either, n, figures=(figure(value, unit="%"),))
    asked = {"figure": "quy.value", "least": Decimal(10), "most": Decimal(20)}
    assert sorted(units(either, **asked)) == ["phường Thử 3", "phường Thử 4", "phường Thử 5"]
    assert sorted(units(either, least=Decimal(20))) == ["phường Thử 5", "phường Thử 6"]
    assert units(either, most=Decimal(0)) == ["phường Thử 1"]


def test_a_figure_is_found_by_its_id(either: Archive) -> None:
    keep(either, 1, figures=(figure("1"),))
    keep(either, 2, figures=(figure("1", "quy.valuex"), figure("1", "quy")))
    assert units(either, figure="quy.value") == ["phường Thử 1"]


# ---------------------------------------------------------------- together, in order, in pages


def test_all_that_is_asked_must_hold(either: Archive) -> None:
    for n in (1, 2, 3):
        issue(either, keep(either, n).id, replace(PAPER, number=str(n)), BY)
    asked = {"words": "tang qua", "unit": "thu 2", "period": "2020S1", "kind": "thu", "number": "2",
             "signer": "hoa", "state": "issued", "figure": "qua_tet.value", "least": Decimal(249),
             "most": Decimal(249)}  # fmt: skip
    assert units(either, **asked) == ["phường Thử 2"]
    for name, other in (("words", "khong co"), ("unit", "thu 3"), ("period", "2020S2"), ("kind", "x"),
                        ("number", "3"), ("signer", "lan"), ("state", "kept"), ("figure", "x"),
                        ("most", Decimal(250))):  # fmt: skip
        near = {**asked, name: other, **({"least": Decimal(250)} if name == "most" else {})}
        assert units(either, **near) == []


def test_the_latest_period_comes_first_then_what_was_kept_last(either: Archive) -> None:
    later = {"period": "2020S2", "start": date(2020, 7, 1), "end": date(2020, 12, 31)}
    keep(either, 1, **later)
    first = keep(either, 2)
    keep(either, 3)
    either.keep(correction(2, first, 250))
    told = [(one.unit, one.period, one.version) for one in search(either, Query())]
    assert told == [
        ("phường Thử 1", "2020S2", 1), ("phường Thử 2", "2020S1", 2),
        ("phường Thử 3", "2020S1", 1), ("phường Thử 2", "2020S1", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("size", [1, 2, 3, 7, 200])
def test_pages_of_any_size_come_to_the_same_whole(either: Archive, size: int) -> None:
    for n in range(9):
        keep(either, n, text="dương" if n % 3 else "đường")
    query = Query(words="dương")
    whole, pages, after = search(either, query, 200), [], ""
    while page := search(either, query, size, after):
        pages += page
        after = page[-1].cursor
    assert pages == whole
    assert [one.exact for one in whole] == [True] * 6 + [False] * 3


def test_a_page_goes_on_where_it_ended_though_reports_came_in(either: Archive) -> None:
    for n in range(4):
        keep(either, n)
    first = search(either, Query(), 2)
    keep(either, 9)
    rest = search(either, Query(), 9, first[-1].cursor)
    assert [one.unit for one in (*first, *rest)] == [f"phường Thử {n}" for n in (3, 2, 1, 0)]


@pytest.mark.parametrize(
    "after", ["x", "2~2020-06-30~2020~a", "0~2020-13-30~2020~a", "0~2020-06-30~2020~'", "0~~~"]
)
def test_a_cursor_of_nobodys_is_refused(archive: Archive, after: str) -> None:
    with pytest.raises(ArchiveFault, match=r"^Chỗ xem tiếp không đúng. Hãy tìm lại từ đầu.$"):
        search(archive, Query(), after=after)


def test_a_report_that_was_removed_is_not_found_by_anything(either: Archive) -> None:
    kept, gone = keep(either, 1), keep(either, 2)
    issue(either, gone.id, PAPER, BY)
    with either.database.writing() as connection:
        connection.execute(
            update(REPORTS).where(REPORTS.c.id == gone.id).values(keep_until=date(2020, 1, 1))
        )
    either.remove(gone.id, BY)
    assert [one.id for one in search(either, Query())] == [kept.id]
    for query in (
        Query(words="2"),
        Query(unit="thu 2"),
        Query(number="34"),
        Query(signer="hoa"),
        Query(figure="qua_tet.value"),
    ):
        assert gone.id not in [one.id for one in search(either, query)]


def test_many_matches_are_found_as_few_are(
    either: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(12):
        keep(either, n, text="quà tết" if n % 2 else "quà")
    asked = (
        Query(words="qua"), Query(words="quà tết"), Query(unit="ha noi"), Query(signer="hoa"),
        Query(figure="qua_tet.value", least=Decimal(1), most=Decimal(999)),
        Query(words="tet", unit="thu", signer="tran", least=Decimal(1)),
    )  # fmt: skip
    as_few = [search(either, query, 5) for query in asked]
    for few, near in ((0, 12), (0, 3), (3, 2)):
        monkeypatch.setattr("archive.searching._FEW", few)
        monkeypatch.setattr("archive.searching._NEAR", near)
        assert [search(either, query, 5) for query in asked] == as_few
    assert [len(found) for found in as_few] == [5] * 6


TEXT = "Phường Thử đã tặng quà Tết, sửa đường; xã Dương Xá 12 hộ"
PIECES = st.sampled_from(
    [*TEXT.split(), "duong", "QUA", "không", "AND", '"', "*", "(", "-", ":", "NOT"]
)


@given(words=st.lists(PIECES, max_size=5).map(" ".join) | st.text(max_size=20))
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_report_is_found_if_and_only_if_it_has_every_word(
    either: Archive, words: str
) -> None:
    if not units(either):
        keep(either, 1, text=TEXT)
    asked, told = fold(words).split(), fold(TEXT).split()
    is_found = not words.strip() or (bool(asked) and set(asked) <= set(told))
    assert (units(either, words=words) != []) == is_found


@given(words=st.text(max_size=20))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_typed_is_answered(either: Archive, words: str) -> None:
    if not units(either):
        keep(either, 1)
    for name in ("words", "unit", "signer", "number", "period", "kind", "state", "figure"):
        assert units(either, **{name: words}) in ([], ["phường Thử 1"])


def test_reports_kept_before_there_was_an_index_are_found(tmp_path: Any) -> None:
    from alembic import command

    from archive.database import Database
    from archive.files import Folder

    database = Database(f"sqlite:///{tmp_path / 'archive.db'}")
    config = database._alembic()
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    old = Archive(database, Folder(tmp_path))
    keep(old, 1)
    database.upgrade()
    keep(old, 2)
    assert units(old, words="tang qua", unit="long bien", signer="hoa") == [
        "phường Thử 2", "phường Thử 1",
    ]  # fmt: skip
    with database.reading() as connection:
        for index in ("words_index", "units_index", "signers_index"):
            connection.execute(
                text(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
            )
    database.close()
