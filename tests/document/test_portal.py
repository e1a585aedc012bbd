"""The bulletin for a portal: the words of the document, in plain elements, its pictures beside."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from generators.document.portal import portal_text
from generators.pipeline import Source, examine, generate
from tests.building import ROOT

FOLDERS = sorted((ROOT / "fixtures/accepted").glob("*/input.json"))
Golden = Callable[[Path, str], None]


def document_of(path: Path) -> bytes:
    pictures = {one.name: one.read_bytes() for one in path.parent.glob("*.png")}
    return generate(examine(Source(path.read_bytes(), pictures, "ban-tin-6-thang")))


def test_the_sample_with_a_picture_reads_as_it_should(golden: Golden) -> None:
    path = ROOT / "fixtures/accepted/thanh-khe-2023/input.json"
    told = portal_text(document_of(path))
    golden(
        ROOT / "tests/document/golden/thanh-khe-2023.html", told.html.replace("><h", ">\n<h")
    )
    picture = (path.parent / "phien-cho.png").read_bytes()
    assert told.pictures == {"anh-1.png": picture}


@pytest.mark.parametrize("path", FOLDERS, ids=lambda path: path.parent.name)
def test_it_says_what_the_document_says_and_nothing_else(path: Path) -> None:
    document = document_of(path)
    words = " ".join(p.text for p in docx.Document(io.BytesIO(document)).paragraphs)
    html = portal_text(document).html
    told = re.sub(r"<[^>]+>", " ", html).replace("&lt;", "<").replace("&amp;", "&")
    assert told.replace("&quot;", '"').split() == words.split()
    assert set(re.findall(r"<([a-z0-9]+)", html)) <= {
        "h1", "h2", "h3", "p", "strong", "em", "figure", "figcaption", "img", "ul", "ol", "li",
    }  # fmt: skip
