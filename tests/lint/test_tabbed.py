"""A head set with tabs or spaces is recognised, judged, and not accused of having no table."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from fixtures import lint_base as base
from fixtures.lint_planting import Fault, everywhere, together
from fixtures.lint_samples import as_tabbed, of_kind
from lint.checking import lint
from lint.components import recognise
from lint.opening import open_document
from lint.reading import read_paper
from lint.tabbed import in_columns
from tests.lint.test_drawn import _SHAPE as SHAPE


def drawn(document: Any) -> None:
    """The lines are drawings that hang on the line of the number."""
    strokes = next(one for one in document.paragraphs if "____" in one.text)
    number = next(one for one in document.paragraphs if "Số: 34" in one.text)
    strokes._p.getparent().remove(strokes._p)
    for points in (160, 68):
        number._p.append(parse_xml(SHAPE.format(spaces=nsdecls("w"), width=points * 12700)))


def spaced(document: Any) -> None:
    """Spaces in place of tabs, as where nobody knows of tabs."""
    everywhere("\t", " " * 12)(document)


def long_line(document: Any) -> None:
    """The line under the agency is as long as its name."""
    line = next(one for one in document.paragraphs if "____" in one.text)
    next(run for run in line.runs if "____" in run.text).text = "_" * 25


def sized(document: Any) -> None:
    line = next(one for one in document.paragraphs if base.MOTTO in one.text)
    line.runs[-1].font.size = Pt(15)


def test_both_columns_are_read_with_their_own_looks() -> None:
    form = recognise(in_columns(read_paper(open_document(of_kind(as_tabbed)))))
    told = {name: [(one.words, one.inked[0].size, one.share("bold")) for one in getattr(form, name)]
            for name in ("national", "motto", "superior", "agency", "number", "date")}  # fmt: skip
    assert told == {
        "national": [(base.NATION, 12, 1.0)], "motto": [(base.MOTTO, 13, 1.0)],
        "superior": [(base.SUPERIOR, 12, 0.0)], "agency": [(base.AGENCY, 12, 1.0)],
        "number": [(base.NUMBER, 13, 0.0)], "date": [(base.DATE, 13, 0.0)],
    }  # fmt: skip


@pytest.mark.parametrize("change", [as_tabbed, together(as_tabbed, drawn), together(as_tabbed, spaced)],
                         ids=["tabs", "drawn lines", "spaces"])  # fmt: skip
def test_a_correct_head_without_a_table_is_not_accused(change: Fault) -> None:
    assert [(one.code, one.message) for one in lint(of_kind(change))] == []


FAULTS: dict[str, Fault] = {
    "motto.size": sized,
    "motto.text": everywhere("Độc lập - Tự do", "Độc lập-Tự do"),
    "motto.line_length": everywhere("_" * 29, "_" * 15),
    "agency.line_length": long_line,
    "date.padding": everywhere("ngày 05 tháng 6", "ngày 05 tháng 06"),
    "number.form": everywhere("Số: 34", "Số 34"),
}


@pytest.mark.parametrize("code", FAULTS)
def test_its_faults_are_found_and_nothing_else(code: str) -> None:
    found = lint(of_kind(together(as_tabbed, FAULTS[code])))
    assert [one.code for one in found] == [code]
    assert found[0].where.startswith("Đoạn ")
