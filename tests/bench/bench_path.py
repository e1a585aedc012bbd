"""Medians of the path, beside docxtpl as documented on the same template in the same run.

`make bench`. Quote ratios of one run, not milliseconds: machines differ.
"""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docxtpl import DocxTemplate
from jinja2 import Environment

from generators.document.fill import fill
from generators.document.template import DOCUMENT, expand_optional
from generators.figures import calculate
from generators.gate import unsettled
from generators.intake.validation import validate
from generators.kinds import load_kind
from generators.marks import mark_figures
from generators.model import PeriodData
from generators.pipeline import KINDS, Source, examine, generate, read_input
from generators.templates import template_of
from generators.trace import trace_of
from generators.wording.context import build_context
from generators.wording.reading import read_number

SAMPLE = Path(__file__).resolve().parents[2] / "fixtures" / "accepted" / "phuc-loi-2020"
KIND = load_kind(KINDS / "ban-tin-6-thang")


def read(data: bytes) -> PeriodData:
    found, _ = validate(read_input(data), KIND, {})
    assert found is not None
    return found


@pytest.fixture(scope="module")
def context() -> Any:
    data = read((SAMPLE / "input.json").read_bytes())
    figures = mark_figures(calculate(data, KIND))
    return build_context(data, figures, KIND, template_of(KIND).named)


def test_workbook_to_period_data(benchmark: Any) -> None:
    data = (SAMPLE / "input.xlsx").read_bytes()
    assert benchmark(read, data).lines


def test_json_to_period_data(benchmark: Any) -> None:
    data = (SAMPLE / "input.json").read_bytes()
    assert benchmark(read, data).lines


def test_period_data_to_document(benchmark: Any) -> None:
    examined = examine(Source((SAMPLE / "input.json").read_bytes()))
    data = examined.data
    assert data

    def make() -> bytes:
        figures = calculate(data, KIND)
        named = template_of(KIND).named
        context = build_context(data, mark_figures(figures), KIND, named)
        still = unsettled(examined.findings, examined.acknowledged)
        trace = trace_of(data, figures, examined.origin, still, examined.acknowledged)
        return fill(template_of(KIND), context, trace)

    assert benchmark(make) == generate(examined)


def test_filling_alone(benchmark: Any, context: Any) -> None:
    template = template_of(KIND)
    assert benchmark(fill, template, context)[:2] == b"PK"


def test_docxtpl_as_documented(benchmark: Any, context: Any, tmp_path: Path) -> None:
    """The same template, its [[ … ]] written out as the ifs they stand for."""
    path = tmp_path / "template.docx"
    with (
        zipfile.ZipFile(KIND.folder / "template.docx") as old,
        zipfile.ZipFile(path, "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name, expand_optional(data.decode()).encode() if name == DOCUMENT else data
            )
    environment = Environment(autoescape=True)
    environment.filters["anh"] = lambda picture, alt: ""

    def render() -> bytes:
        template = DocxTemplate(path)
        template.render(dict(context), environment)
        buffer = io.BytesIO()
        template.save(buffer)
        return buffer.getvalue()

    assert benchmark(render)[:2] == b"PK"


def test_a_hundred_thousand_numbers_in_words(benchmark: Any) -> None:
    numbers = [random.Random(7).randrange(10**12) for _ in range(100_000)]
    assert benchmark.pedantic(lambda: [read_number(n) for n in numbers], rounds=3)
