"""A bulletin has no number and no signer; its page, fonts, numbers and text are judged."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from fixtures.make_lint import FOLDER
from generators.pipeline import Source, examine, generate
from lint.checking import lint
from tests.building import ROOT

FILLED = generate(examine(Source(
    (ROOT / "fixtures/accepted/phuc-loi-2020/input.json").read_bytes()
)))  # fmt: skip


def long_one(document: Any) -> Any:
    return next(one for one in document.paragraphs if len(one.text) > 200 and not one.runs[0].bold
                and one.style.name == "Normal")  # fmt: skip


def numbered_first(document: Any) -> None:
    document.sections[0].different_first_page_header_footer = False


def set_all(name: str, value: Any) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        for run in long_one(document).runs:
            setattr(run.font, name, value)

    return change


FAULTS: dict[str, Callable[[Any], None]] = {
    "page.margin_left": lambda document: setattr(document.sections[0], "left_margin", Mm(20)),
    "page_number.first": numbered_first,
    "font.name": set_all("name", "Calibri"),
    "body.size": set_all("size", Pt(11)),
    "body.style": set_all("italic", True),
    "body.align": lambda document: setattr(
        long_one(document), "alignment", WD_ALIGN_PARAGRAPH.LEFT
    ),
    "body.indent": lambda document: setattr(
        long_one(document).paragraph_format, "first_line_indent", Mm(0)
    ),
    "body.line_spacing": lambda document: setattr(
        long_one(document).paragraph_format, "line_spacing", 2.0
    ),
    "font.color": lambda document: setattr(
        long_one(document).runs[0].font.color, "rgb", RGBColor(255, 0, 0)
    ),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_of_a_bulletin_is_found_and_nothing_else(code: str) -> None:
    document = Document(io.BytesIO(FILLED))
    FAULTS[code](document)
    buffer = io.BytesIO()
    document.save(buffer)
    assert [one.code for one in lint(buffer.getvalue(), "ban-tin")] == [code]


def test_a_bulletin_is_no_administrative_document() -> None:
    codes = {one.code for one in lint(FILLED)}
    assert {"national.missing", "number.missing", "date.missing", "recipients.missing"} <= codes


def test_an_administrative_document_is_fine_as_a_bulletin() -> None:
    assert lint((FOLDER / "clean.docx").read_bytes(), "ban-tin") == ()
