"""The page for the secretary is what the catalogue makes."""

from __future__ import annotations

import re
from typing import Any

from lint.catalogue import CATALOGUE
from lint.obligations import OBLIGATIONS
from lint.page import lint_page
from tests.building import ROOT
from tests.document.making import opened
from tests.looks.papers import paper


def test_the_page_is_up_to_date_and_names_every_code() -> None:
    page = (ROOT / "docs/soat-the-thuc.md").read_text(encoding="utf-8")
    assert page == lint_page()
    assert [code for code in CATALOGUE if f"| `{code}` |" not in page] == []


def test_each_code_judges_one_rule_and_each_rule_has_codes_or_says_why_not() -> None:
    told = [code for one in OBLIGATIONS for code in one.codes]
    assert sorted(told) == sorted(CATALOGUE)
    assert [one.asks for one in OBLIGATIONS if not one.codes and not one.unjudged] == []


def test_the_table_of_components_names_styles_of_the_report_in_their_sizes() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (ROOT / "docs/the-thuc.md").read_text(encoding="utf-8").splitlines()
        if re.match(r"\| (?:\d|III)", line)
    ]
    styles = {one.name: one for one in opened(paper("bao-cao-6-thang", "phuc-loi-2020")).styles}
    named = [(row[3], name) for row in rows for name in re.findall("«([^»]+)»", row[4])]
    assert len(rows) > 28
    assert [name for _, name in named if name not in styles] == []
    sizes = [(said, name) for said, name in named if re.match(r"1[1-4]\b", said)]
    assert len(sizes) > 15
    assert [name for said, name in sizes if _size(styles[name]) != float(said[:2])] == []


def _size(style: Any) -> float:
    """The size of a style, told by itself or by what it is based on."""
    while style.font.size is None:
        style = style.base_style
    return float(style.font.size.pt)
