"""The page of findings: every code in its family, with an example, and it is the page we keep."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generators.findings_page import (
    BLANKS,
    FAMILIES,
    Example,
    findings_page,
    read_examples,
)
from tests.finding_codes import codes_in, sources

ROOT = Path(__file__).resolve().parent.parent
PARTS = Example("sum.parts", "Tổng là 3 | các phần là 2.", "Hãy sửa tổng.", ("error",))
FOLDER = ROOT / "fixtures" / "findings"


def keep(folder: Path, name: str, *records: dict[str, str]) -> None:
    (folder / name).mkdir()
    text = json.dumps(records, ensure_ascii=False)
    (folder / name / "expected.json").write_text(text, encoding="utf-8")


def record(code: str, severity: str, message: str) -> dict[str, str]:
    return {"code": code, "severity": severity, "message": message, "remedy": "Hãy sửa."}


def test_the_page_kept_in_docs_is_what_the_fixtures_make() -> None:
    page = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert page == findings_page(read_examples(FOLDER)), "run make docs"


def test_the_page_holds_every_code_that_the_sources_raise_once() -> None:
    page = findings_page(read_examples(FOLDER))
    assert {
        code for code in codes_in(sources()) if page.count(f'<a id="{code}"></a>') != 1
    } == set()


def test_what_happens_where_a_number_is_blank_is_told_of_every_check() -> None:
    assert codes_in(sorted(ROOT.glob("generators/checks/*.py"))) == set(BLANKS)


def test_a_code_is_a_row_of_its_familys_table() -> None:
    assert findings_page({"sum.parts": PARTS}).split("\n## ")[1] == (
        "Tổng và phần\n\n"
        "| Loại | Mức | Ví dụ | Cách sửa | Khi thiếu số |\n"
        "| --- | --- | --- | --- | --- |\n"
        '| <a id="sum.parts"></a>[`sum.parts`](../fixtures/findings/sum.parts/) | phải sửa '
        "| Tổng là 3 \\| các phần là 2. | Hãy sửa tổng. "
        "| dòng để trống được cộng từ các phần; có phần để trống thì không so |\n"
    )


def test_a_family_that_no_check_tells_of_has_no_column_for_blanks() -> None:
    page = findings_page(
        {"file.empty": Example("file.empty", "Tệp trống.", "Lưu lại.", ("error",))}
    )
    assert "Khi thiếu số |" not in page


def test_families_come_in_their_own_order_and_codes_by_name_within_a_prefix() -> None:
    codes = ("total.incomplete", "sum.total", "sum.parts", "file.empty")
    page = findings_page({code: Example(code, "Một.", "Hai.", ("note",)) for code in codes})
    assert sorted(codes, key=lambda code: page.index(f'"{code}"')) == [
        "file.empty", "sum.parts", "sum.total", "total.incomplete",
    ]  # fmt: skip


def test_a_code_of_no_family_is_a_fault() -> None:
    strange = Example("moon.full", "Trăng tròn.", "Hãy chờ.", ("note",))
    with pytest.raises(ValueError, match=r"\Ano family for moon\.full\Z"):
        findings_page({"moon.full": strange})


def test_words_stay_in_their_cell_and_show_as_they_are() -> None:
    told = Example("sum.parts", "Ghi <b> | *1*\nvà [2](x) ~3~ `4`.", "Hãy\\sửa.", ("error",))
    page = findings_page({"sum.parts": told})
    assert r"| Ghi \<b> \| \*1\* và \[2](x) \~3\~ \`4\`. | Hãy\\sửa. |" in page


def test_a_prefix_belongs_to_one_family() -> None:
    prefixes = [prefix for family in FAMILIES.values() for prefix in family]
    assert len(prefixes) == len(set(prefixes))


def test_an_example_is_of_the_codes_own_folder_and_variants_add_their_severity(
    tmp_path: Path,
) -> None:
    other = record("sum.total", "error", "Khác.")
    keep(tmp_path, "row.heading-khac", record("row.heading", "error", "Đổi sang mục khác."))
    keep(tmp_path, "row.heading", other, record("row.heading", "warning", "Đổi tên mục."))
    keep(tmp_path, "phuc-loi-2020", other)
    assert read_examples(tmp_path) == {
        "row.heading": Example("row.heading", "Đổi tên mục.", "Hãy sửa.", ("error", "warning"))
    }
