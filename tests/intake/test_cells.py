"""Cell facts: formulas never calculated, percent formats, merged areas, in real files."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.formula import ArrayFormula

from generators.intake.cells import MAX_FACTS, SheetFacts, read_cell_facts, shows_percent
from generators.intake.preflight import inspect_workbook

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"


def saved(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Số liệu"
    fill(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def replaced(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == name else content)
    return stream.getvalue()


def with_rows(rows: str, prefix: str = "") -> bytes:
    """An accepted workbook whose only sheet holds the XML `rows`; style 1 is percent."""

    def fill(book: openpyxl.Workbook) -> None:
        book.active["A1"].number_format = "0.0%"

    mark = f":{prefix}" if prefix else ""
    name = f"{prefix}:worksheet" if prefix else "worksheet"
    data_name = f"{prefix}:sheetData" if prefix else "sheetData"
    xml = f'<{name} xmlns{mark}="{SPREADSHEET}"><{data_name}>{rows}</{data_name}></{name}>'
    trusting = replaced(
        saved(fill), "xl/workbook.xml", lambda part: part.replace(b' fullCalcOnLoad="1"', b"")
    )
    data = replaced(trusting, SHEET, lambda _: xml.encode())
    assert inspect_workbook(data) == "xlsx"
    return data


def facts_of(rows: str) -> SheetFacts:
    return read_cell_facts(with_rows(rows), "xlsx")["Số liệu"]


def ward_form(book: openpyxl.Workbook) -> None:
    sheet = book.active
    sheet["A1"] = "BÁO CÁO"
    sheet.merge_cells("A1:C2")
    sheet["A4"], sheet["A4"].number_format = 0.98, "0%"
    sheet["B4"], sheet["B4"].number_format = 0.985, "#,##0.0 %"
    sheet["C4"], sheet["C4"].number_format = 98, '0"%"'
    sheet["D4"].number_format = "0.00%"
    sheet["A5"] = "=A4+1"
    sheet["B5"] = '=IF(A4=0,"x","")'
    book.create_sheet("Phụ lục & khác")["B2"] = 5


# ---------------------------------------------------------------- xlsx by several programs


def test_a_workbook_written_by_a_program() -> None:
    assert read_cell_facts(saved(ward_form), "xlsx") == {
        "Số liệu": SheetFacts(
            uncalculated=frozenset({(5, 1), (5, 2)}),
            percent=frozenset({(4, 1), (4, 2)}),
            merged=frozenset({(1, 1, 2, 3)}),
        ),
        "Phụ lục & khác": SheetFacts(),
    }


def test_a_zero_stored_by_a_program_that_cannot_calculate() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("Số liệu")
    sheet.write_formula("A1", "=1+1")
    sheet.write_formula("A2", "=1+1", None, 2)
    sheet.write_number("A3", 0)
    sheet.write_dynamic_array_formula("B1:B3", "=A1:A3")
    sheet.write_array_formula("C1:D2", "{=A1:A2}")
    sheet.write_number("E1", 0.5, book.add_format({"num_format": 10}))
    book.close()
    assert read_cell_facts(stream.getvalue(), "xlsx") == {
        "Số liệu": SheetFacts(
            uncalculated=frozenset(
                {(1, 1), (1, 2), (2, 2), (3, 2), (1, 3), (1, 4), (2, 3), (2, 4)}
            ),
            percent=frozenset({(1, 5)}),
        )
    }


def test_an_array_formula_leaves_all_its_cells_without_result() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["B2"] = ArrayFormula("B2:C3", "=E2:F3*2")

    facts = read_cell_facts(saved(fill), "xlsx")["Số liệu"]
    assert facts.uncalculated == {(2, 2), (2, 3), (3, 2), (3, 3)}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The ward's form as LibreOffice saves it, by extension."""
    if shutil.which("soffice") is None:
        reason = "LibreOffice (soffice) is not installed"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    folder = tmp_path_factory.mktemp("office")
    (folder / "in.xlsx").write_bytes(saved(ward_form))
    return {form: converted(folder, form) for form in ("xlsx", "ods", "xls")}


def converted(folder: Path, form: str) -> bytes:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", form]
    command += ["--outdir", "out", "in.xlsx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return (folder / "out" / f"in.{form}").read_bytes()


def test_a_workbook_saved_by_libreoffice_is_calculated(office: Mapping[str, bytes]) -> None:
    expected = {
        "Số liệu": SheetFacts(
            percent=frozenset({(4, 1), (4, 2)}), merged=frozenset({(1, 1, 2, 3)})
        ),
        "Phụ lục & khác": SheetFacts(),
    }
    assert read_cell_facts(office["xlsx"], "xlsx") == expected
    assert read_cell_facts(office["ods"], "ods") == expected


def test_the_old_format_tells_nothing(office: Mapping[str, bytes]) -> None:
    assert read_cell_facts(office["xls"], "xls") == {}


# ---------------------------------------------------------------- xlsx, the standard's corners


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2"><f>A1</f></c>',
        '<c r="B2"><f>A1</f><v/></c>',
        '<c r="B2"><f>A1</f><v> </v></c>',
        '<c r="B2" t="str"><f>A1</f></c>',
        '<c r="B2"><f t="shared" si="0"/></c>',
        '<c r="B2"><f t="shared" ref="B2:B9" si="0">A1</f></c>',
        '<c r="B2"><f t="array" ref="B2">A1</f><v/></c>',
        '<c r="B2" cm="1"><f t="array" ref="B2">A1</f></c>',
    ],
)
def test_a_formula_without_result(cell: str) -> None:
    facts = facts_of(f'<row r="2">{cell}</row>')
    assert facts == SheetFacts(uncalculated=frozenset({(2, 2)}))


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2"><f>A1</f><v>5</v></c>',
        '<c r="B2"><f>A1</f><v>0</v></c>',
        '<c r="B2" t="str"><f>A1</f><v></v></c>',
        '<c r="B2" t="e"><f>A1</f><v>#REF!</v></c>',
        '<c r="B2"><f t="shared" si="0"/><v>5</v></c>',
        '<c r="B2"><v>5</v></c>',
        '<c r="B2"/>',
    ],
)
def test_a_formula_with_result_or_none_at_all(cell: str) -> None:
    assert facts_of(f'<row r="2">{cell}</row>') == SheetFacts()


def test_positions_left_out_are_the_next_ones() -> None:
    rows = (
        "<row><c/><c><f>1</f></c></row>"
        '<row r="5"><c><f>1</f></c><c r="D5"/><c><f>1</f></c></row>'
        "<row><c/><c/><c><f>1</f></c></row>"
        '<row><c r="A9"/></row><row><c><f>1</f></c></row>'
    )
    assert facts_of(rows).uncalculated == {(1, 2), (5, 1), (5, 5), (6, 3), (10, 1)}


def test_cells_of_two_letters_and_elements_with_a_prefix() -> None:
    rows = '<x:row r="7"><x:c r="AB7" s="1"><x:f>1</x:f></x:c></x:row>'
    facts = read_cell_facts(with_rows(rows, "x"), "xlsx")["Số liệu"]
    assert facts.uncalculated == facts.percent == {(7, 28)}


def test_a_blank_cell_shown_as_percent_is_no_fact() -> None:
    rows = (
        '<row r="1"><c r="A1" s="1"/><c r="B1" s="1"><v>0.5</v></c>'
        '<c r="C1" s="1" t="inlineStr"><is><t>98</t></is></c></row>'
    )
    assert facts_of(rows).percent == {(1, 2), (1, 3)}


@pytest.mark.parametrize(
    ("code", "percent"),
    [
        ("0%", True),
        ("0.00 %", True),
        ("[Red]-0.0%;0.0%", True),
        ('"tỷ lệ" 0%', True),
        ('0"%"', False),
        (r"0\%", False),
        ("0_%", False),
        ("0*%", False),
        ("[$%-42A]0", False),
        ('0"%', False),
        ("General", False),
    ],
)
def test_what_a_number_format_shows(code: str, percent: bool) -> None:
    assert shows_percent(code) is percent


def test_the_parts_may_have_any_names() -> None:
    data = saved(ward_form)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    moved = {
        "xl/workbook.xml": "b/wb",
        "xl/_rels/workbook.xml.rels": "b/_rels/wb.rels",
        SHEET: "b/deep/one.bin",
        "xl/styles.xml": "looks.xml",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in parts.items():
            changed = content
            if name.endswith((".rels", "Types].xml")):
                for old, new in moved.items():
                    changed = changed.replace(f"/{old}".encode(), f"/{new}".encode())
                changed = changed.replace(b'"xl/workbook.xml"', b'"b/wb"')
                changed = changed.replace(b'"styles.xml"', b'"../looks.xml"')
            package.writestr(moved.get(name, name), changed)
    assert read_cell_facts(stream.getvalue(), "xlsx") == read_cell_facts(data, "xlsx")


# ---------------------------------------------------------------- ods


def ods_with(tables: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("o", "office"), ("t", "table"))
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "content.xml", f"<o:document-content {spaces}>{tables}</o:document-content>"
        )
    assert inspect_workbook(stream.getvalue()) == "ods"
    return stream.getvalue()


def test_repeats_and_spans_of_an_ods() -> None:
    tables = (
        '<t:table t:name="Một"><t:table-header-rows>'
        '<t:table-row t:number-rows-repeated="2"><t:table-cell/></t:table-row>'
        "</t:table-header-rows>"
        '<t:table-row t:number-rows-repeated="2"><t:table-cell t:number-columns-repeated="3"/>'
        '<t:table-cell o:value-type="percentage" t:number-columns-repeated="2"/></t:table-row>'
        '<t:table-row><t:table-cell t:number-columns-spanned="2" t:number-rows-spanned="3"/>'
        '<t:covered-table-cell/><t:table-cell o:value-type="percentage"/></t:table-row>'
        '</t:table><t:table t:name="Hai"/>'
    )
    assert read_cell_facts(ods_with(tables), "ods") == {
        "Một": SheetFacts(
            percent=frozenset({(3, 4), (3, 5), (4, 4), (4, 5), (5, 3)}),
            merged=frozenset({(5, 1, 7, 2)}),
        ),
        "Hai": SheetFacts(),
    }


def test_an_ods_that_no_program_calculated() -> None:
    cell = '<t:table-row><t:table-cell t:formula="of:=1+1"/></t:table-row>'
    facts = read_cell_facts(ods_with(f'<t:table t:name="Một">{cell}</t:table>'), "ods")
    assert facts == {"Một": SheetFacts(uncalculated=frozenset({(1, 1)}))}


# ---------------------------------------------------------------- bounds


def test_a_repeat_of_millions_leaves_the_sheet_unknown() -> None:
    percent = (
        '<t:table-row t:number-rows-repeated="1048576"><t:table-cell '
        'o:value-type="percentage" t:number-columns-repeated="16384"/></t:table-row>'
    )
    tables = f'<t:table t:name="Một"/><t:table t:name="Hai">{percent}</t:table>'
    assert read_cell_facts(ods_with(tables), "ods") == {"Một": SheetFacts()}


def test_an_array_formula_over_the_whole_sheet_leaves_it_unknown() -> None:
    rows = '<row r="1"><c r="A1"><f t="array" ref="A1:XFD1048576">1</f></c></row>'
    assert MAX_FACTS < 16_384 * 1_048_576
    assert read_cell_facts(with_rows(rows), "xlsx") == {}


def test_a_sheet_that_cannot_be_read_is_absent() -> None:
    data = replaced(saved(ward_form), SHEET, lambda xml: xml[:-30])
    assert read_cell_facts(data, "xlsx") == {"Phụ lục & khác": SheetFacts()}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7"])
def test_other_files_tell_nothing(data: bytes) -> None:
    assert read_cell_facts(data, "xlsx") == {}
    assert read_cell_facts(data, "ods") == {}
