"""The page for the secretary is what the catalogue makes."""

from __future__ import annotations

from lint.catalogue import CATALOGUE
from lint.obligations import OBLIGATIONS
from lint.page import lint_page
from tests.building import ROOT


def test_the_page_is_up_to_date_and_names_every_code() -> None:
    page = (ROOT / "docs/soat-the-thuc.md").read_text(encoding="utf-8")
    assert page == lint_page()
    assert [code for code in CATALOGUE if f"| `{code}` |" not in page] == []


def test_each_code_judges_one_rule_and_each_rule_has_codes_or_says_why_not() -> None:
    told = [code for one in OBLIGATIONS for code in one.codes]
    assert sorted(told) == sorted(CATALOGUE)
    assert [one.asks for one in OBLIGATIONS if not one.codes and not one.unjudged] == []
