"""Annexes of 1 to 500 lines on paper: LibreOffice lays them out, and every page is looked at."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generators.pipeline import generate
from tests.annexing import annexed_kinds, many_lines, report_of
from tests.document.making import opened
from tests.seeing import Page, pages_of, rules_of, to_pdf

COUNTS = (1, 5, 40, 200, 500)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    kinds = annexed_kinds(tmp_path_factory.mktemp("kinds"))
    return {str(count): generate(report_of(kinds, *many_lines(count))) for count in COUNTS}


@pytest.fixture(scope="module")
def pdfs(
    soffice: str, documents: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    return to_pdf(soffice, tmp_path_factory.mktemp("pages"), documents)


@pytest.fixture(params=COUNTS, ids=lambda count: f"{count} lines")
def count(request: pytest.FixtureRequest) -> int:
    found: int = request.param
    return found


@pytest.fixture
def table_pages(pdfs: dict[str, Path], count: int) -> list[Page]:
    """The pages of the annex with the table of figures: those that lie on their side."""
    return [page for page in pages_of(pdfs[str(count)]) if page.width > page.height]


def test_a_table_is_as_wide_as_the_text(
    pdfs: dict[str, Path], table_pages: list[Page], count: int
) -> None:
    place = pages_of(pdfs[str(count)]).index(table_pages[0]) + 1
    drawn = rules_of(pdfs[str(count)], place)
    widest = max(drawn, key=lambda rule: rule.right - rule.left)
    assert (widest.left, widest.right) == pytest.approx((30, 297 - 20), abs=0.5)


def test_nothing_stands_beyond_the_margins(pdfs: dict[str, Path], count: int) -> None:
    assert [page.outside() for page in pages_of(pdfs[str(count)]) if page.outside()] == []


def test_every_page_of_a_table_begins_with_its_head(table_pages: list[Page]) -> None:
    assert table_pages[0].text.startswith("Phụ lục I BIỂU SỐ LIỆU (Kèm theo")
    for page in table_pages:
        assert {"STT", "tiêu", "quả", "(đồng)", "chú"} <= set(page.text.split())


def test_every_annex_numbers_its_pages_from_1_and_shows_none_on_its_first(
    pdfs: dict[str, Path], table_pages: list[Page], count: int
) -> None:
    expected = ["", *(str(n) for n in range(2, len(table_pages) + 1))]
    assert [page.number for page in table_pages] == expected
    rest = pages_of(pdfs[str(count)])
    after = rest[rest.index(table_pages[-1]) + 1 :]
    firsts = [page.number for page in after if page.text.startswith("Phụ lục")]
    assert firsts == [""] * len(firsts)


def test_the_number_stands_centred_in_the_top_margin(table_pages: list[Page]) -> None:
    for page in table_pages[1:]:
        (word,) = [word for word in page.words if word.bottom < 20]
        middle = 30 + (page.width - 30 - 20) / 2
        assert (word.left + word.right) / 2 == pytest.approx(middle, abs=1)


def test_every_row_is_there_once_and_in_its_order(
    documents: dict[str, bytes], table_pages: list[Page], count: int
) -> None:
    (table, *_) = opened(documents[str(count)]).tables
    expected = [row.cells[0].text for row in table.rows[1:] if row.cells[0].text]
    edge = 30 + int(table._tbl.tblGrid[0].get(f"{table._tbl.nsmap['w'].join('{}')}w")) / 56.7
    found = [word.text for page in table_pages for word in sorted(page.words, key=lambda w: w.top)
             if word.right < edge and word.text != "STT" and not word.text.startswith("(Bằng")]  # fmt: skip
    assert [word for word in found if re.fullmatch(r"[IVX]+|\d+|-", word)] == expected


def test_no_page_holds_a_heading_last_or_nothing_but_the_end(table_pages: list[Page]) -> None:
    last_of_pages = [page.rows[-1] for page in table_pages[:-1]]
    assert [row for row in last_of_pages if re.match(r"[IVX]+ ", row)] == []
    assert table_pages[-1].rows[-1] == "./."
    assert len(table_pages[-1].rows) > 4  # the head, and at least two rows of the table


def test_a_line_is_drawn_under_what_an_annex_belongs_to(
    pdfs: dict[str, Path], table_pages: list[Page], count: int
) -> None:
    first = table_pages[0]
    place = pages_of(pdfs[str(count)]).index(first) + 1
    attached = next(word for word in first.words if word.text == "(Kèm")
    head = next(word for word in first.words if word.text == "STT")
    (rule,) = [rule for rule in rules_of(pdfs[str(count)], place)
               if attached.bottom - 1 < rule.top < head.top and rule.right - rule.left < 100]  # fmt: skip
    middle = 30 + (first.width - 50) / 2
    assert (rule.left, rule.right) == pytest.approx((middle - 20, middle + 20), abs=1)
