"""Each planted fault is found, and nothing else; clean documents are clean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.lint_base import MENTION, clean_document, draw_lines, saved
from fixtures.lint_faults import faults, planted
from fixtures.lint_planting import said
from fixtures.lint_samples import of_kind
from fixtures.make_lint import CLEAN, FOLDER
from lint.catalogue import CATALOGUE
from lint.checking import lint
from lint.components import recognise
from lint.opening import open_document
from lint.reading import read_paper
from lint.record import lint_record
from lint.sheet import BULLETIN, OFFICIAL
from tests.building import ROOT
from tests.looks.papers import paper

PLANTED = sorted(
    path for path in FOLDER.glob("*.docx") if path.stem.partition("-")[0] in CATALOGUE
)
ACCEPTED = sorted(path.parent for path in ROOT.glob("fixtures/accepted/*/input.json"))


@pytest.mark.parametrize("path", PLANTED, ids=lambda path: path.stem)
def test_a_planted_fault_is_found_and_nothing_else(path: Path) -> None:
    found = lint(path.read_bytes())
    assert [one.code for one in found] == [path.stem.partition("-")[0]]
    (fault,) = found
    entry = CATALOGUE[fault.code]
    assert fault.message.startswith(f"{entry.title}: ")
    assert fault.message.endswith(f" ({entry.source}).")
    assert (fault.severity, fault.remedy) == (entry.severity, entry.remedy)
    assert fault.where


def test_every_code_has_its_file_and_every_file_its_code() -> None:
    assert {path.stem for path in PLANTED} == set(faults())
    assert {path.stem.partition("-")[0] for path in PLANTED} == set(CATALOGUE)
    assert len(PLANTED) > 140


@pytest.mark.parametrize("code", sorted(faults())[::15])
def test_the_files_are_what_their_table_makes(code: str) -> None:
    assert (FOLDER / f"{code}.docx").read_bytes() == planted(code)


@pytest.mark.parametrize("name", ["clean", *CLEAN])
def test_a_clean_document_is_clean(name: str) -> None:
    assert lint((FOLDER / f"{name}.docx").read_bytes()) == ()


@pytest.mark.parametrize("name", CLEAN)
def test_the_clean_samples_are_what_they_are_made_of(name: str) -> None:
    assert (FOLDER / f"{name}.docx").read_bytes() == CLEAN[name]()


def test_the_clean_document_is_recognised_whole() -> None:
    form = recognise(read_paper(open_document((FOLDER / "clean.docx").read_bytes())))
    told = {name: [one.words for one in getattr(form, name)] for name in (
        "national", "motto", "superior", "agency", "number", "date", "title", "subject", "address",
        "recipients", "recipient_list", "signing")}  # fmt: skip
    assert told == {
        "national": ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        "motto": ["Độc lập - Tự do - Hạnh phúc"],
        "superior": ["UBND PHƯỜNG PHÚC LỢI"], "agency": ["PHÒNG VĂN HÓA - XÃ HỘI"],
        "number": ["Số: 34/BC-VHXH"], "date": ["Phúc Lợi, ngày 05 tháng 6 năm 2026"],
        "title": ["BÁO CÁO"], "subject": ["Kết quả công tác an sinh xã hội 6 tháng đầu năm 2026"],
        "address": ["Kính gửi:"], "recipients": ["Nơi nhận:"],
        "recipient_list": ["- Như trên;", "- Thường trực Đảng ủy;", "- Lưu: VT, VHXH."],
        "signing": ["KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "Nguyễn Thị Hoa"],
    }  # fmt: skip
    assert (len(form.addressees), len(form.basis), len(form.annexes)) == (2, 2, 2)
    assert form.body[-1].words.endswith("./.")


def test_what_a_secretary_would_list_of_a_badly_typed_report(
    golden: Callable[[Path, str], None],
) -> None:
    found = lint((FOLDER / "sample-badly-typed.docx").read_bytes())
    told = "".join(f"{one.code}\n  {one.where}\n  {one.message}\n" for one in found)
    golden(Path(__file__).parent / "golden/badly-typed.txt", told)


@pytest.mark.parametrize("folder", ACCEPTED, ids=lambda folder: folder.name)
@pytest.mark.parametrize("kind", ["ban-tin-6-thang", "bao-cao-6-thang"])
def test_what_the_service_fills_has_no_finding(folder: Path, kind: str) -> None:
    form = OFFICIAL if kind.startswith("bao-cao") else BULLETIN
    assert lint_record(form, lint(paper(kind, folder.name), form)) == {
        "form": form, "clean": True, "findings": [],
    }  # fmt: skip


@pytest.mark.parametrize(("words", "code", "message"), [
    ("Thực hiện chính sách của Đảng và nhà nước, phường đã chi trả.", "words.people",
     "Viết hoa danh từ đặc biệt: «nhà nước»; quy định: «Nhà nước» (Nghị định "
     "30/2020/NĐ-CP, Phụ lục II, mục V)."),
    ("Chủ trương của Đảng, nhà nước về người có công.", "words.people",
     "Viết hoa danh từ đặc biệt: «nhà nước»; quy định: «Nhà nước» (Nghị định "
     "30/2020/NĐ-CP, Phụ lục II, mục V)."),
    ("Chính sách của nhà nước.", "words.people",
     "Viết hoa danh từ đặc biệt: «nhà nước»; quy định: «Nhà nước» (Nghị định "
     "30/2020/NĐ-CP, Phụ lục II, mục V)."),
    ("Đã tặng quà tại phường 5, quận 3.", "words.unit",
     "Viết hoa tên đơn vị hành chính: «phường 5»; quy định: «Phường 5» (Nghị định "
     "30/2020/NĐ-CP, Phụ lục II, mục III)."),
    ("Nghị quyết số 05/NQ-HĐND ngày 02/02/2026 đã ban hành; Nghị quyết số 05/NQ-HĐND ngày 02 tháng 02 "
     "năm 2026 đã phổ biến.", "body.cited",
     "Viện dẫn văn bản: «Nghị quyết số 05/NQ-HĐND» lần sau vẫn ghi cả ngày; quy định: lần đầu ghi đủ cả "
     "ngày và cơ quan ban hành; lần sau chỉ ghi tên loại, số, ký hiệu (Nghị định 30/2020/NĐ-CP, "
     "Phụ lục I, Phần I, mục II.6.b)."),
])  # fmt: skip
def test_what_stands_beside_a_correct_use_is_still_found(
    words: str, code: str, message: str
) -> None:
    found = lint(of_kind(said(MENTION, f"{words} {MENTION}")))
    assert [(one.code, one.message) for one in found] == [(code, message)]


def test_a_fault_in_many_places_is_told_once() -> None:
    document = clean_document()
    for paragraph in document.paragraphs:
        if paragraph.text.startswith("Trong 6 tháng"):
            paragraph.runs[0].font.name = "Arial"
    draw_lines(document)
    (found,) = lint(saved(document))
    assert found.code == "font.name"
    assert len(found.places) == 8
    assert found.where.startswith("Đoạn 9 «Trong 6 tháng đầu năm")
    assert found.where.endswith("; và 5 chỗ khác")
