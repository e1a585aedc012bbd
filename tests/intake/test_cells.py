"""Cell facts: formulas never calculated, percent formats, merged areas, in real files."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.formula import ArrayFormula
from python_calamine import CalamineError, CalamineWorkbook

from generators.intake.cells import SheetFacts, oversized, read_cell_facts
from generators.intake.facts import MAX_FACTS, shows_percent
from generators.intake.preflight import WorkbookFormat, inspect_workbook

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
SAVED: tuple[WorkbookFormat, ...] = ("xlsx", "ods", "xls")


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


def grid_of(data: bytes) -> list[list[object]]:
    """The first sheet as the reader gives it."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        return [list(r) for r in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]


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
            rows=5,
            columns=3,
        ),
        "Phụ lục & khác": SheetFacts(rows=2, columns=2),
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
            rows=3,
            columns=5,
        )
    }


def test_an_array_formula_leaves_all_its_cells_without_result() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active["B2"] = ArrayFormula("B2:C3", "=E2:F3*2")

    facts = read_cell_facts(saved(fill), "xlsx")["Số liệu"]
    assert facts.uncalculated == {(2, 2), (2, 3), (3, 2), (3, 3)}


def wrong_form(book: openpyxl.Workbook) -> None:
    book.active.append(["=1/0", "=NA()", "=SQRT(-1)", "=nope()"])
    book.active.append(["=A1+1", "#REF!", "=1+1"])
    book.active["B2"].data_type = "s"
    book.active["A3"] = "chung"
    book.active.merge_cells("A3:B3")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The ward's form as LibreOffice saves it, by extension."""
    return saved_by_office(tmp_path_factory, ward_form)


@pytest.fixture(scope="module")
def office_errors(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """A form with wrong formulas as LibreOffice saves it, by extension."""
    return saved_by_office(tmp_path_factory, wrong_form)


def saved_by_office(
    tmp_path_factory: pytest.TempPathFactory, fill: Callable[[openpyxl.Workbook], None]
) -> Mapping[str, bytes]:
    if shutil.which("soffice") is None:
        reason = "LibreOffice (soffice) is not installed"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    folder = tmp_path_factory.mktemp("office")
    (folder / "in.xlsx").write_bytes(saved(fill))
    return {form: converted(folder, form) for form in SAVED}


def converted(folder: Path, form: str) -> bytes:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", form]
    command += ["--outdir", "out", "in.xlsx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return (folder / "out" / f"in.{form}").read_bytes()


def test_a_workbook_saved_by_libreoffice_is_calculated(office: Mapping[str, bytes]) -> None:
    expected = {
        "Số liệu": SheetFacts(
            percent=frozenset({(4, 1), (4, 2)}),
            merged=frozenset({(1, 1, 2, 3)}),
            rows=5,
            columns=3,
        ),
        "Phụ lục & khác": SheetFacts(rows=2, columns=2),
    }
    for form in SAVED:
        assert read_cell_facts(office[form], form) == expected


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
    assert facts == SheetFacts(uncalculated=frozenset({(2, 2)}), rows=2, columns=2)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2"><f>A1</f><v>5</v></c>',
        '<c r="B2"><f>A1</f><v>0</v></c>',
        '<c r="B2" t="str"><f>A1</f><v></v></c>',
        '<c r="B2"><f t="shared" si="0"/><v>5</v></c>',
        '<c r="B2"><v>5</v></c>',
    ],
)
def test_a_formula_with_result_or_none_at_all(cell: str) -> None:
    assert facts_of(f'<row r="2">{cell}</row>') == SheetFacts(rows=2, columns=2)


def test_positions_left_out_are_those_the_reader_takes() -> None:
    rows = (
        "<row><c/><c><f>1</f><v>1</v></c></row>"
        '<row r="5"><c><f>1</f><v>2</v></c><c r="D5"/><c><f>1</f><v>3</v></c></row>'
        "<row><c/><c/><c><f>1</f><v>4</v></c></row>"
        '<row><c r="A9"/></row><row><c><f>1</f><v>5</v></c></row>'
        '<row r="9"><c r="A3"/><c><f>1</f><v>6</v></c></row>'
    )
    places = {
        (r, c): value
        for r, row in enumerate(grid_of(with_rows(rows)), 1)
        for c, value in enumerate(row, 1)
        if value != ""
    }
    assert places == {(1, 2): 1, (5, 1): 2, (5, 5): 3, (6, 3): 4, (8, 1): 5, (9, 2): 6}
    without = facts_of(re.sub("<v>.</v>", "", rows))
    assert without.uncalculated == set(places)
    assert (without.rows, without.columns) == (9, 5)


@pytest.mark.parametrize("reference", ["$B$2", "B2:C3", "B", "7", "A0", "", "ABCDEFGH1"])
def test_an_address_that_cannot_be_read_leaves_all_unknown(reference: str) -> None:
    data = with_rows(f'<row r="1"><c r="{reference}"><v>1</v></c></row>')
    assert read_cell_facts(data, "xlsx") == {}


# ---------------------------------------------------------------- errors


def test_errors_that_the_reader_gives_as_blank_are_told() -> None:
    rows = (
        '<row r="1"><c r="A1" t="e"><v>#REF!</v></c>'
        '<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="C1" t="str"><f>"#N/A"</f><v>#N/A</v></c>'
        '<c r="D1" t="e"/><c r="E1"><v>5</v></c></row>'
    )
    assert grid_of(with_rows(rows)) == [["", "", "#N/A", "", 5]]
    errors = {(1, 1): "#REF!", (1, 2): "#DIV/0!"}
    assert facts_of(rows) == SheetFacts(errors=errors, rows=1, columns=5)


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#GETTING_DATA"])
def test_an_error_of_newer_programs_keeps_the_reader_from_the_sheet(error: str) -> None:
    rows = f'<row r="1"><c r="A1" t="e"><v>{error}</v></c></row>'
    with pytest.raises(CalamineError, match=error):
        grid_of(with_rows(rows))
    assert facts_of(rows) == SheetFacts(errors={(1, 1): error}, rows=1, columns=1)


@pytest.mark.parametrize(
    ("form", "domain"), [("xlsx", "#VALUE!"), ("ods", "Err:502"), ("xls", "#VALUE!")]
)
def test_errors_saved_by_libreoffice(
    office_errors: Mapping[str, bytes], form: WorkbookFormat, domain: str
) -> None:
    facts = read_cell_facts(office_errors[form], form)["Số liệu"]
    assert facts == SheetFacts(
        errors={(1, 1): "#DIV/0!", (1, 2): "#N/A", (1, 3): domain, (1, 4): "#NAME?",
                (2, 1): "#DIV/0!"},
        merged=frozenset({(3, 1, 3, 2)}),
        rows=3,
        columns=4,
    )  # fmt: skip
    assert grid_of(office_errors[form]) == [
        ["", "", "", ""],
        ["", "#REF!", 2, ""],
        ["chung", "", "", ""],
    ]


def test_an_error_kept_as_text_by_other_programs_is_told() -> None:
    cells = (
        '<t:table-cell t:formula="of:=1/0" o:value-type="string"><x:p>#DIV/0!</x:p>'
        "</t:table-cell>"
        '<t:table-cell o:value-type="string"><x:p>#DIV/0!</x:p></t:table-cell>'
        '<t:table-cell t:formula="of:=1" o:value-type="float" o:value="0">'
        "<o:annotation><x:p>#REF!</x:p></o:annotation><x:p>0</x:p></t:table-cell>"
    )
    table = f'<t:table t:name="Một"><t:table-row>{cells}</t:table-row></t:table>'
    facts = read_cell_facts(ods_with(table), "ods")
    assert facts == {"Một": SheetFacts(errors={(1, 1): "#DIV/0!"}, rows=1, columns=3)}


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
        for short, name in (("o", "office"), ("t", "table"), ("x", "text"))
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
            rows=5,
            columns=5,
        ),
        "Hai": SheetFacts(),
    }


def test_an_ods_that_no_program_calculated() -> None:
    cell = '<t:table-row><t:table-cell t:formula="of:=1+1"/></t:table-row>'
    facts = read_cell_facts(ods_with(f'<t:table t:name="Một">{cell}</t:table>'), "ods")
    assert facts == {"Một": SheetFacts(uncalculated=frozenset({(1, 1)}), rows=1, columns=1)}


# ---------------------------------------------------------------- bounds


def test_of_a_sheet_with_millions_of_facts_only_the_extent_is_known() -> None:
    percent = (
        '<t:table-row t:number-rows-repeated="1048576"><t:table-cell '
        'o:value-type="percentage" t:number-columns-repeated="16384"/></t:table-row>'
    )
    tables = f'<t:table t:name="Một"/><t:table t:name="Hai">{percent}</t:table>'
    assert read_cell_facts(ods_with(tables), "ods") == {
        "Một": SheetFacts(),
        "Hai": SheetFacts(rows=1048576, columns=16384, stray=(1048576, 16384), crowded=True),
    }


def test_an_array_formula_over_the_whole_sheet_is_more_than_is_kept() -> None:
    rows = '<row r="1"><c r="A1"><f t="array" ref="A1:XFD1048576">1</f></c></row>'
    assert MAX_FACTS < 16_384 * 1_048_576
    facts = read_cell_facts(with_rows(rows), "xlsx")
    assert facts == {"Số liệu": SheetFacts(rows=1, columns=1, crowded=True)}
    assert oversized(facts)


def test_one_sheet_that_cannot_be_read_leaves_all_unknown() -> None:
    data = replaced(saved(ward_form), SHEET, lambda xml: xml[:-30])
    assert read_cell_facts(data, "xlsx") == {}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7"])
def test_other_files_tell_nothing(data: bytes) -> None:
    assert read_cell_facts(data, "xlsx") == {}
    assert read_cell_facts(data, "ods") == {}
    assert read_cell_facts(data, "xls") == {}
