"""What may enter the archive: names that are only names, lengths of the decree, text on one line."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.admission import admitted_file, file_name
from archive.keeping import Archive
from archive.records import ArchiveFault, FigureRow, KeptFile, Paper
from tests.archive.keeping import BY, PAPER, deposit

DECREE = " (Nghị định 30/2020/NĐ-CP, Phụ lục VI)"


def refusal(archive: Archive, **changes: Any) -> str:
    with pytest.raises(ArchiveFault) as fault:
        archive.keep(deposit(1, **changes))
    assert list(archive.files.names()) == []
    return str(fault.value)


# ---------------------------------------------------------------- names of files


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("so-lieu.xlsx", "so-lieu.xlsx"),
        ("Báo cáo 6 tháng (bản 2).docx", "Báo cáo 6 tháng (bản 2).docx"),
        ("../../etc/passwd", "passwd"),
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\lan\\so-lieu.xlsx", "so-lieu.xlsx"),
        ("a\0b\x07.docx", "ab.docx"),
        ("\u202etxt.exe", "txt.exe"),
        ("a\ud800.docx", "a.docx"),
        ("..", "tep"),
        (".", "tep"),
        ("", "tep"),
        ("files/", "tep"),
        ("\u200b", "tep"),
        ("x" * 300 + ".docx", "x" * 195 + ".docx"),
        ("x" * 200, "x" * 200),
        ("y" * 195 + ".docx", "y" * 195 + ".docx"),
    ],
)
def test_a_files_name_is_only_a_name(archive: Archive, name: str, kept: str) -> None:
    one = deposit(1)
    first = replace(one.files[0], name=name)
    record, _ = archive.keep(replace(one, files=(first, *one.files[1:])))
    assert record.files[0].name == kept
    assert archive.read(record.files[0]) == first.data


@given(st.text(max_size=400))
def test_no_name_reaches_a_path_or_breaks_a_line(name: str) -> None:
    kept = file_name(name)
    assert 0 < len(kept) <= 200
    assert not set("/\\\0\n\r") & set(kept)
    assert kept not in (".", "..")
    assert file_name(kept) == kept


def test_what_is_said_of_a_file_is_on_one_line() -> None:
    file = KeptFile(" signed\n", "a.pdf", "application/pdf\r\nX-Evil: 1", b"")
    assert admitted_file(file) == KeptFile("signed", "a.pdf", "application/pdf X-Evil: 1", b"")


# ---------------------------------------------------------------- lengths


@pytest.mark.parametrize(
    ("field", "what", "longest"),
    [
        ("subject", "Trích yếu", 500),
        ("number", "Số văn bản", 11),
        ("notation", "Ký hiệu", 30),
        ("signer_title", "Chức vụ người ký", 100),
        ("signer_name", "Họ tên người ký", 50),
    ],
)
def test_what_the_paper_says_is_as_long_as_the_decree_allows(
    either: Archive, field: str, what: str, longest: int
) -> None:
    def with_(length: int) -> Paper:
        told: dict[str, Any] = {field: "ữ" * length}
        return replace(PAPER, **told)

    record = either.approve(either.keep(deposit(1))[0].id, BY)
    with pytest.raises(ArchiveFault) as fault:
        either.issue(record.id, with_(longest + 1), BY)
    assert str(fault.value) == (
        f"{what} dài {longest + 1} ký tự, nhiều nhất là {longest}{DECREE}. Hãy viết gọn lại."
    )
    assert either.record(record.id) == record
    issued = either.issue(record.id, with_(longest), BY)
    assert getattr(issued.paper, field) == "ữ" * longest


@pytest.mark.parametrize(
    ("field", "what", "longest", "basis"),
    [
        ("unit", "Tên đơn vị", 200, DECREE),
        ("kind", "Mã loại báo cáo", 100, ""),
        ("period", "Mã kỳ", 8, ""),
        ("by", "Tên người thực hiện", 200, ""),
        ("program", "Tên phiên bản", 50, ""),
        ("digest", "Mã của văn bản", 64, ""),
    ],
)
def test_what_a_report_says_of_itself_has_its_length(
    either: Archive, field: str, what: str, longest: int, basis: str
) -> None:
    assert refusal(either, **{field: "ữ" * (longest + 1)}) == (
        f"{what} dài {longest + 1} ký tự, nhiều nhất là {longest}{basis}. Hãy viết gọn lại."
    )
    told: dict[str, Any] = {field: "ữ" * longest}
    record, _ = either.keep(deposit(1, **told))
    assert getattr(record, field) == "ữ" * longest


def test_a_long_reason_for_a_hold_is_refused(archive: Archive) -> None:
    record, _ = archive.keep(deposit(1))
    with pytest.raises(ArchiveFault) as fault:
        archive.hold(record.id, "x" * 501, BY)
    assert str(fault.value) == "Lý do dài 501 ký tự, nhiều nhất là 500. Hãy viết gọn lại."


def test_a_title_of_three_hundred_signs_is_kept_whole(either: Archive) -> None:
    title = "Kết quả công tác " * 17 + "2020 ở phường"
    paper = replace(PAPER, subject=title, number="", issued_on=None)
    assert either.keep(deposit(1, paper=paper))[0].paper.subject == title
    assert len(title) > 300


# ---------------------------------------------------------------- what is no text


def test_signs_that_do_not_print_are_left_out_of_what_is_said(either: Archive) -> None:
    paper = replace(
        PAPER, subject="Kết\0 quả\u200b\ncông  tác\ud800", number="", issued_on=None
    )
    record, _ = either.keep(
        deposit(1, unit=" phường\tThử\0 1 ", by="Lan\r\n\x07", paper=paper, text="a\0b\ud800")
    )
    assert (record.unit, record.by, record.paper.subject) == (
        "phường Thử 1",
        "Lan",
        "Kết quả công tác",
    )
    assert either.record(record.id) == record


@pytest.mark.parametrize("field", ["unit", "kind", "period", "by"])
def test_what_a_report_is_of_must_be_told(archive: Archive, field: str) -> None:
    what = {"unit": "Tên đơn vị", "kind": "Mã loại báo cáo", "period": "Mã kỳ",
            "by": "Tên người thực hiện"}[field]  # fmt: skip
    assert refusal(archive, **{field: " \u200b"}) == f"{what} còn trống."


def test_a_report_without_files_or_in_an_unknown_state_is_refused(archive: Archive) -> None:
    assert refusal(archive, files=()) == "Báo cáo không có tệp nào để lưu."
    assert (
        refusal(archive, state="issued") == "Báo cáo không thể vào kho ở trạng thái «issued»."
    )


@pytest.mark.parametrize(
    "figure",
    [
        FigureRow("x" * 601, "X", Decimal(1), "", "người"),
        FigureRow("a", "A\0", Decimal(1), "", "người"),
        FigureRow("a", "A\ud800", Decimal(1), "", "người"),
        FigureRow("a", "A", Decimal("NaN"), "", "người"),
        FigureRow("a", "A", Decimal("Infinity"), "", "người"),
        FigureRow("a", "A", Decimal("1E+999999"), "", "người"),
        FigureRow("a", "A", Decimal("1." + "1" * 60), "", "người"),
        FigureRow("a", "A", Decimal(1), "x" * 21, "người"),
        FigureRow("a", "A", Decimal(1), "", "x" * 101),
    ],
)
def test_a_figure_that_a_row_cannot_hold_is_refused(either: Archive, figure: FigureRow) -> None:
    assert refusal(either, figures=(figure,)) == (
        f"Số liệu «{figure.id[:60]}» không lưu được: quá dài hoặc có ký tự lạ."
    )


def test_a_report_with_a_great_deal_of_text_is_kept(either: Archive) -> None:
    words = " ".join(f"từ{n}" for n in range(300_000))
    assert either.keep(deposit(1, text=words))[1]
