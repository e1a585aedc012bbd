"""What the paper says of itself, through both doors, and out of forms of the last version."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generators.intake.form import write_form
from generators.intake.layout import INFO, INFO_FORMER, INFO_FORMER_SAID
from generators.intake.payload import read_payload
from generators.intake.validation import validate
from generators.intake.workbook import read_workbook
from generators.kinds import load_kind
from generators.model import Document, Finding, RawInput
from generators.pipeline import KINDS, find_kind
from tests.building import ROOT, as_json

KIND = load_kind(KINDS / "bao-cao-6-thang")
WHOLE: dict[str, Any] = {
    "place": "Phúc Lợi", "date": "2026-06-18", "number": "7", "notation": "BC-UBND",
    "superior": "UBND thành phố", "agency": "Ủy ban nhân dân", "subject": "Kết quả",
    "signer": {"authority": "KT.", "title": "Phó Chủ tịch", "name": "Nguyễn Thị Minh"},
    "recipients": ["Sở Nội vụ", "Sở Y tế", "Sở Tài chính", "Sở Xây dựng"],
    "copies": ["Thường trực Đảng ủy", "Thường trực HĐND", "Mặt trận Tổ quốc", "Lãnh đạo"],
    "filing": "VT, VHXH",
}  # fmt: skip
READ = Document(
    place="Phúc Lợi", date=date(2026, 6, 18), number="7", signer_title="Phó Chủ tịch",
    signer_name="Nguyễn Thị Minh", recipients=tuple(WHOLE["recipients"]), superior="UBND thành phố",
    agency="Ủy ban nhân dân", notation="BC-UBND", subject="Kết quả", authority="KT.",
    copies=tuple(WHOLE["copies"]), filing="VT, VHXH",
)  # fmt: skip


def source(document: dict[str, Any]) -> bytes:
    return as_json({
        "kind": KIND.id, "period": {"id": "2026S1"}, "org_unit": {"name": "phường Phúc Lợi"},
        "document": document, "lines": [{"code": "viec_lam", "value": 224}],
    })  # fmt: skip


def read(raw: RawInput) -> tuple[Document, tuple[Finding, ...]]:
    data, found = validate(raw, KIND, {})
    assert data is not None
    return data.document, found


def from_form(document: dict[str, Any]) -> tuple[Document, tuple[Finding, ...]]:
    return read(read_workbook(write_form(KIND, read_payload(source(document))), find_kind))


def test_both_doors_read_every_field() -> None:
    assert read(read_payload(source(WHOLE))) == (READ, ())
    assert from_form(WHOLE) == (READ, ())


def test_a_paper_for_nobody_above_says_so_through_both_doors() -> None:
    for given in ([], ["không"], ["Không"]):
        assert read(read_payload(source({"recipients": given})))[0] == Document(
            unaddressed=True
        )
        assert from_form({"recipients": given})[0] == Document(unaddressed=True)
    assert read(read_payload(source({})))[0] == Document()
    assert from_form({})[0] == Document()


@pytest.mark.parametrize(("typed", "authority"), [
    ("TM.", "TM."), ("kt", "KT."), ("TL", "TL."), ("tuq.", "TUQ."), ("Q.", "Q."),
    ("phụ trách", "KT."), ("", ""),
])  # fmt: skip
def test_an_authority_is_read_as_the_decree_writes_it(typed: str, authority: str) -> None:
    document, found = read(read_payload(source({"signer": {"authority": typed}})))
    assert (document.authority, found) == (authority, ())


def test_every_question_of_the_form_has_its_own_key_and_words() -> None:
    assert len({key for key, _, _ in INFO}) == len({label for _, label, _ in INFO}) == len(INFO)


# ---------------------------------------------------------------- forms of the last version


def edited(labels: dict[str, str], help_: str) -> bytes:
    """A form with labels and help as they were, and without its hidden keys."""
    book = openpyxl.load_workbook(
        io.BytesIO(write_form(KIND, read_payload(source({"recipients": ["Sở Nội vụ"]}))))
    )
    sheet = book["Thông tin"]
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, 4).value = None
        label = sheet.cell(row, 1).value
        if label in labels:
            sheet.cell(row, 1).value = labels[label]
            sheet.cell(row, 3).value = help_
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("help_", INFO_FORMER_SAID)
def test_a_form_that_still_says_noi_nhan_is_read_without_a_word(help_: str) -> None:
    former = {f"Kính gửi {label[-1]}": label for label in INFO_FORMER}
    document, found = read(read_workbook(edited(former, help_), find_kind))
    assert document.recipients == ("Sở Nội vụ",)
    assert [f for f in found if f.where.startswith("Thông tin")] == []


def test_the_workbooks_kept_from_the_last_version_are_still_read() -> None:
    kept = Path(ROOT / "fixtures/accepted/thanh-khe-2023/input.xlsx").read_bytes()
    assert read_workbook(kept, find_kind).findings == ()
