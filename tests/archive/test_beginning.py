"""A unit's next form out of the archive: filled from what was issued, and from nothing else."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

import service
from archive.beginning import next_form
from archive.deposits import deposit_of
from archive.importing import import_report
from archive.keeping import Archive
from archive.opening import open_archive
from archive.records import Paper
from desk.steps import approve
from generators.kinds import load_kind
from generators.model import OrgUnit
from generators.origins import Correction
from generators.pipeline import KINDS, Source, examine
from tests.archive.keeping import BY
from tests.archive.test_same_period import SAMPLE, year_before

KIND = load_kind(KINDS / "ban-tin-6-thang")
UNIT = OrgUnit("phường Phúc Lợi", ("quận Long Biên", "thành phố Hà Nội"))


def filled(form: bytes) -> dict[str, Any]:
    """What stands in the columns of results and of the same period, by the row's label."""
    sheet = openpyxl.load_workbook(io.BytesIO(form))["Số liệu"]
    heads = [cell.value for cell in sheet[4]]
    columns = [heads.index(head) for head in ("Chỉ tiêu", "Thực hiện", "Cùng kỳ")]
    rows = ([row[at].value for at in columns] for row in sheet.iter_rows(min_row=5))
    return {label: (value, then) for label, value, then in rows if value or then}


def test_the_form_brings_the_same_period_of_a_year_before(archive: Archive) -> None:
    import_report(archive, year_before(), BY, "2019S1")
    assert filled(next_form(archive, KIND, "2020S1", UNIT)) == {
        "Số hộ cận nghèo": (None, 34),
        "Lao động được giải quyết việc làm": (None, 200),
        "Người đang được quản lý sau cai nghiện": (None, 28),
    }


def test_what_was_typed_on_screen_is_known_a_year_later(archive: Archive) -> None:
    blank = next_form(archive, KIND, "2019S1", UNIT)
    told = {"E91": "224", "B106": "Phiên giao dịch lưu động", "C106": "phiên", "E106": "2"}
    typed = [Correction(f"Số liệu!{cell}", text, BY) for cell, text in told.items()]
    issued(archive, Source(blank, name="bieu.xlsx", corrections=tuple(typed)))
    assert filled(next_form(archive, KIND, "2020S1", UNIT)) == {
        "Lao động được giải quyết việc làm": (None, 224),
        "Phiên giao dịch lưu động": (None, 2),
    }


def issued(archive: Archive, source: Source) -> None:
    record, _ = archive.keep(deposit_of(source, examine(source), BY))
    approve(archive, record.id, "Lê Thị Hoa")
    archive.issue(
        record.id, Paper(number="1", notation="BC-UBND", issued_on=date(2019, 8, 3)), BY
    )


def test_another_unit_gets_nothing(archive: Archive) -> None:
    import_report(archive, year_before(), BY, "2019S1")
    other = OrgUnit("phường Phúc Đồng", UNIT.within)
    assert filled(next_form(archive, KIND, "2020S1", other)) == {}


def test_an_empty_archive_gives_a_form_with_kind_period_and_unit(archive: Archive) -> None:
    book = openpyxl.load_workbook(io.BytesIO(next_form(archive, KIND, "2020S1", UNIT)))
    answers = [row[1].value for row in book["Thông tin"].iter_rows(min_row=3, max_row=9)]
    assert answers == [KIND.id, "2020S1", None, None, UNIT.name, *UNIT.within]


def test_the_command_writes_it(tmp_path: Path) -> None:
    store = open_archive(tmp_path / "kho")
    body = json.loads(SAMPLE.read_bytes())
    import_report(store, Source(json.dumps(body).encode(), name="2020.json"), BY, "2020S1")
    store.database.close()
    app = service.create_app({"DATA_DIR": str(tmp_path / "kho")})
    target = tmp_path / "bieu.xlsx"
    ran = app.test_cli_runner().invoke(args=[
        "archive", "form", KIND.id, "2021S1", "--unit", UNIT.name, "--within", UNIT.within[0],
        "--within", UNIT.within[1], "-o", str(target)])  # fmt: skip
    assert (ran.exit_code, ran.output) == (0, f"Đã ghi biểu: {target}\n")
    assert filled(target.read_bytes())["Lao động được giải quyết việc làm"] == (None, 224)


def test_a_period_that_the_kind_does_not_know_is_told(tmp_path: Path) -> None:
    app = service.create_app({"DATA_DIR": str(tmp_path / "kho")})
    ran = app.test_cli_runner().invoke(args=[
        "archive", "form", KIND.id, "2021Q1", "--unit", "A", "-o", str(tmp_path / "b.xlsx")])  # fmt: skip
    assert ran.exit_code == 2
    assert "không lập cho kỳ «2021Q1»; kỳ ghi như: 2026S1, 2026S2" in ran.output
