"""Each printed number of a document is found on the pages of its PDF, where the eye finds it."""

from __future__ import annotations

import io

import pdfplumber
import pytest

from generators.pipeline import read_trace
from rendering.converter import Converter
from rendering.faults import Unconvertible
from rendering.spots import Box, Layout, Word, layout_of
from tests.rendering.documents import bulletin


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", ["phuc-loi-2020", "phuc-loi-2026"])
def test_every_number_stands_in_its_boxes(converter: Converter, name: str) -> None:
    document = bulletin(name)
    pdf = converter.convert(document)
    layout, trace = layout_of(pdf), read_trace(document)
    assert trace
    with pdfplumber.open(io.BytesIO(pdf)) as paper:
        assert [(round(page.width), round(page.height)) for page in paper.pages] == [
            (round(width), round(height)) for width, height in layout.sizes
        ]
        for place in trace.places:
            if not place.bookmark:
                continue  # a number in a chart
            seen = "".join(
                char["text"]
                for box in layout.boxes_at(place.bookmark, place.text)
                for char in paper.pages[box.page - 1].chars
                if box.x <= (char["x0"] + char["x1"]) / 2 <= box.x + box.width
                and box.y <= (char["top"] + char["bottom"]) / 2 <= box.y + box.height
            )
            assert squeezed(seen).startswith(squeezed(place.text)), place
    assert len(trace.places) > 50


def test_words_are_found_where_they_are_first_printed() -> None:
    words = tuple(
        Word(text, Box(1, x, y, 30, 12))
        for text, x, y in [("nỗ", 10, 10), ("lực,", 45, 10), ("Nổ", 80, 10), ("lực.", 10, 30)]
    )
    layout = Layout(((100, 100),), words, {})
    assert layout.boxes_of("nổ lực") == (Box(1, 80, 10, 30, 12), Box(1, 10, 30, 30, 12))
    assert layout.boxes_of("khác") == layout.boxes_at("_so_1", "nổ") == ()


def test_a_bookmark_within_a_word_begins_where_it_stands() -> None:
    layout = Layout(
        ((100, 100),), (Word("(7%)", Box(1, 10, 10, 40, 12)),), {"5Fso5F1": (1, 18, 11)}
    )
    assert layout.boxes_at("_so_1", "7%") == (Box(1, 18, 10, 32, 12),)


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(Unconvertible, match=r"\ATệp không phải PDF đọc được"):
        layout_of(b"no pdf")
