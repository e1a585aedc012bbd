"""The page for the secretary is what the catalogue makes."""

from __future__ import annotations

from lint.catalogue import CATALOGUE
from lint.page import lint_page
from tests.building import ROOT


def test_the_page_is_up_to_date_and_names_every_code() -> None:
    page = (ROOT / "docs/soat-the-thuc.md").read_text(encoding="utf-8")
    assert page == lint_page()
    assert [code for code in CATALOGUE if f"| `{code}` |" not in page] == []
