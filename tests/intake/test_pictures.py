"""Pictures by content: PNG and JPEG with their size; nothing else, nothing broken or huge."""

from __future__ import annotations

import struct
import zlib

import pytest

from generators.intake.pictures import MAX_BYTES, read_picture
from generators.model import Picture


def png(width: int = 3, height: int = 2) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body))
            + name
            + body
            + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


def jpeg(width: int = 3, height: int = 2, frame: int = 0xC0, before: bytes = b"") -> bytes:
    sof = struct.pack(">BBHBHHB", 0xFF, frame, 11, 8, height, width, 1) + b"\1\x11\0"
    app = b"\xff\xe0\x00\x10JFIF\0\1\1\0\0\1\0\1\0\0"
    scan = b"\xff\xda\x00\x08\1\1\0\0\x3f\0" + b"\x12\x34"
    return b"\xff\xd8" + app + before + sof + scan + b"\xff\xd9"


def test_a_png() -> None:
    assert read_picture(png(640, 480)) == Picture(png(640, 480), "png", 640, 480)


@pytest.mark.parametrize("frame", [0xC0, 0xC1, 0xC2])
def test_a_jpeg_plain_or_progressive(frame: int) -> None:
    data = jpeg(640, 480, frame)
    assert read_picture(data) == Picture(data, "jpeg", 640, 480)


def test_a_jpegs_tables_and_fill_bytes_are_passed_over() -> None:
    tables = b"\xff\xc4\x00\x04ab" + b"\xff\xff\xff\xdb\x00\x04cd"
    data = jpeg(7, 5, before=tables)
    assert read_picture(data) == Picture(data, "jpeg", 7, 5)


BROKEN = {
    "nothing": b"",
    "text": b"day khong phai la anh",
    "a GIF": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    "a BMP": b"BM" + b"\0" * 60,
    "a WebP": b"RIFF\x24\0\0\0WEBPVP8 ",
    "a PNG cut off": png()[:-20],
    "a PNG of only its head": png()[:33],
    "a PNG signature": png()[:8],
    "a JPEG cut off": jpeg()[:-2],
    "a JPEG without a frame": b"\xff\xd8\xff\xe0\x00\x04ab\xff\xd9",
    "a JPEG whose segments lie about their length": b"\xff\xd8\xff\xe0\x00\x00" * 9
    + b"\xff\xd9",
    "an SVG": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_what_is_no_picture(data: bytes) -> None:
    assert read_picture(data) is None


@pytest.mark.parametrize(
    ("width", "height", "taken"),
    [(12000, 5000, True), (12001, 10, False), (10, 12001, False), (12000, 12000, False), (0, 5, False),
     (5, 0, False), (2**32 - 1, 2**32 - 1, False)],
)  # fmt: skip
def test_a_bomb_is_refused_by_its_pixels(width: int, height: int, taken: bool) -> None:
    assert (read_picture(png(width, height)) is not None) is taken


def test_a_file_may_be_so_long_and_no_longer() -> None:
    room = MAX_BYTES - len(png())
    longest = png()[:-12] + b"\0" * room + png()[-12:]
    assert read_picture(longest) is not None
    assert read_picture(longest[:-12] + b"\0" + png()[-12:]) is None
