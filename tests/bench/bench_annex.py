"""What annexes of 40 lines cost beside the same report without them, and beside their bytes alone."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

import generators.document.fill as filling
from generators.annex import Table
from generators.document.package import pack_member
from generators.pipeline import generate
from tests.annexing import annexed_kinds, many_lines, report_of

LINES = 40
Call = tuple[Any, Any, Any, Any]


@pytest.fixture(scope="module")
def call(tmp_path_factory: pytest.TempPathFactory) -> Call:
    """What a report of so many lines is filled with: template, context, trace and annexes."""
    calls: list[Call] = []
    fill = filling.fill

    def kept(*given: Any) -> bytes:
        calls.append(given)
        return fill(*given)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(filling, "fill", kept)
        kinds = annexed_kinds(tmp_path_factory.mktemp("kinds"))
        generate(report_of(kinds, *many_lines(LINES)))
    (only,) = calls
    return only


def body_of(document: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(document)).read("word/document.xml")


def test_filling_without_annexes(benchmark: Any, call: Call) -> None:
    assert benchmark(filling.fill, *call[:3])[:2] == b"PK"


def test_filling_with_tables(benchmark: Any, call: Call) -> None:
    tables = tuple(annex for annex in call[3] if isinstance(annex.content, Table))
    assert benchmark(filling.fill, *call[:3], tables)[:2] == b"PK"


def test_filling_with_tables_and_chart(benchmark: Any, call: Call) -> None:
    assert benchmark(filling.fill, *call)[:2] == b"PK"


def test_the_bytes_of_the_tables_alone(benchmark: Any, call: Call) -> None:
    tables = tuple(annex for annex in call[3] if isinstance(annex.content, Table))
    bare = body_of(filling.fill(*call[:3]))
    more = body_of(filling.fill(*call[:3], tables))[len(bare) :]
    assert benchmark(pack_member, "tables", more).size == len(more)
