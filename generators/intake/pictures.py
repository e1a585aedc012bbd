"""Pictures that come with a report: PNG or JPEG by content, their size in pixels."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from generators.model import Picture

MAX_BYTES = 8 * 1024 * 1024
MAX_SIDE = 12_000
MAX_AREA = 64_000_000  # pixels: four bytes each in whatever opens the document
_PNG = b"\x89PNG\r\n\x1a\n"
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the start-of-frame markers


def read_picture(data: bytes) -> Picture | None:
    """Return the picture in `data`, None where it is no PNG or JPEG that can be printed."""
    if len(data) > MAX_BYTES:
        return None
    size, extension = (
        (_png_size(data), "png") if data.startswith(_PNG) else (_jpeg_size(data), "jpeg")
    )
    if size is None or not _is_printable(*size):
        return None
    return Picture(data, extension, *size)


def _is_printable(width: int, height: int) -> bool:
    return 0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE and width * height <= MAX_AREA


def _png_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 33 or data[12:16] != b"IHDR" or b"IEND" not in data[-16:]:
        return None
    width, height = struct.unpack(">II", data[16:24])
    return int(width), int(height)


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    if not data.startswith(b"\xff\xd8\xff") or b"\xff\xd9" not in data:
        return None
    for marker, at in _jpeg_segments(data):
        if marker in _SIZES and at + 9 <= len(data):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(width), int(height)
    return None


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int]]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        if data[at + 1] == 0xFF:
            at += 1
            continue
        yield data[at + 1], at
        at += 2 + max(2, struct.unpack(">H", data[at + 2 : at + 4])[0])
