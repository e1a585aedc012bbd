"""Pictures in a report: placed, scaled to the page, told in words, each with its own id."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from generators.document.fill import fill
from generators.document.template import CompiledTemplate
from generators.intake.pictures import read_picture
from generators.model import Picture
from tests.document.making import (
    VOCABULARY,
    compiled,
    context,
    member,
    opened,
    paragraphs,
    schema_faults,
    write_template,
)

MM = 36_000
TEXT = (
    "{%p for c in cau_chuyen %}\n^ {% if c.anh %}{{ c.anh | anh(c.mo_ta_anh) }}{% endif %}\n"
    "> [[{{ c.tieu_de }}]]\n{%p endfor %}\nHết."
)


def png(width: int, height: int) -> bytes:
    """A whole PNG of one grey."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data))
            + kind
            + data
            + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = zlib.compress(b"".join(b"\0" + b"\x99" * width for _ in range(height)))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def jpeg(width: int, height: int) -> bytes:
    """The head and end of a JPEG: enough to be known by."""
    frame = struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0)
    return b"\xff\xd8\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xd9"


def picture(data: bytes) -> Picture:
    found = read_picture(data)
    assert found
    return found


def story(anh: Picture | None, title: str = "", alt: str = "Ảnh minh họa") -> dict[str, Any]:
    return {"tieu_de": title, "anh": anh, "mo_ta_anh": alt, "noi_dung": ()}


@pytest.fixture
def template(tmp_path: Path) -> CompiledTemplate:
    return compiled(write_template(tmp_path, TEXT), VOCABULARY)


def filled(template: CompiledTemplate, folder: Path, *stories: dict[str, Any]) -> bytes:
    document = fill(template, context(cau_chuyen=stories))
    path = folder / "filled.docx"
    path.write_bytes(document)
    assert schema_faults(path) == []
    return document


@pytest.mark.parametrize(
    ("size", "printed"),
    [((1600, 900), (160, 90)), ((400, 100), (160, 40)), ((900, 1100), (90, 110)), ((2, 2), (110, 110)),
     ((12_000, 1), (160, 0.0133))],
)  # fmt: skip
def test_a_picture_is_as_large_as_the_page_lets_it_be(
    template: CompiledTemplate,
    tmp_path: Path,
    size: tuple[int, int],
    printed: tuple[float, float],
) -> None:
    document = filled(template, tmp_path, story(picture(png(*size))))
    (shape,) = opened(document).inline_shapes
    assert (shape.width / MM, shape.height / MM) == pytest.approx(printed, abs=0.01)
    assert shape.height > 0


def test_png_and_jpeg_keep_their_bytes_and_their_kind(
    template: CompiledTemplate, tmp_path: Path
) -> None:
    first, second = png(4, 2), jpeg(300, 200)
    document = filled(template, tmp_path, story(picture(first)), story(picture(second)))
    assert member(document, "word/media/anh1.png") == first
    assert member(document, "word/media/anh2.jpeg") == second
    parts = [opened(document).part.related_parts[f"rIdAnh{n}"] for n in (1, 2)]
    assert [part.content_type for part in parts] == ["image/png", "image/jpeg"]


def test_two_pictures_have_ids_and_words_of_their_own(
    template: CompiledTemplate, tmp_path: Path
) -> None:
    same = picture(png(4, 2))
    stories = (story(same, "Một", "Chợ & <phiên>"), story(same, "Hai", 'Ảnh "hai"'))
    root = etree.fromstring(member(filled(template, tmp_path, *stories), "word/document.xml"))
    marks = [
        (node.get("id"), node.get("name"), node.get("descr")) for node in root.iter("{*}docPr")
    ]
    assert marks == [("1", "Ảnh 1", "Chợ & <phiên>"), ("2", "Ảnh 2", 'Ảnh "hai"')]


def test_a_story_without_a_picture_leaves_no_place_for_one(
    template: CompiledTemplate, tmp_path: Path
) -> None:
    document = filled(template, tmp_path, story(None, "Chú thích"), story(None))
    assert paragraphs(document) == [("Caption", "Chú thích"), ("Normal", "Hết.")]
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert not [name for name in archive.namelist() if "media" in name]


def test_a_drawing_of_the_template_keeps_its_id_to_itself(tmp_path: Path) -> None:
    def edit(document: Any) -> None:
        document.paragraphs[0].insert_paragraph_before().add_run().add_picture(
            io.BytesIO(png(4, 2))
        )

    template = compiled(write_template(tmp_path, TEXT, edit), VOCABULARY)
    root = etree.fromstring(
        member(filled(template, tmp_path, story(picture(png(4, 2)))), "word/document.xml")
    )
    ids = [node.get("id") for node in root.iter("{*}docPr")]
    assert len(ids) == len(set(ids)) == 2
