"""The ZIP of a .docx, written straight as bytes: the same content is the same file.

Members that a report does not change are deflated once, when their template is compiled,
and copied from then on. Dates in the ZIP are all 1980-01-01, its first day.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

LEVEL, QUICK = 6, 1
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _DEFLATED, _TIME, _DATE = 20, 8, 0, 0x0021


@dataclass(frozen=True, slots=True)
class Member:
    """A member ready to be written: its name (ASCII), deflated bytes, CRC and plain size."""

    name: bytes
    deflated: bytes
    crc: int
    size: int


def pack_member(name: str, data: bytes, level: int = LEVEL) -> Member:
    """Return `data` deflated as the member `name`, at zlib's `level`."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    deflated = packer.compress(data) + packer.flush()
    return Member(name.encode("ascii"), deflated, zlib.crc32(data), len(data))


def write_zip(members: Iterable[Member]) -> bytes:
    """Return the ZIP file of `members` in the order given."""
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for member in members:
        common = (
            _VERSION,
            0,
            _DEFLATED,
            _TIME,
            _DATE,
            member.crc,
            len(member.deflated),
            member.size,
        )
        header = _LOCAL.pack(b"PK\3\4", *common, len(member.name), 0)
        body += (header, member.name, member.deflated)
        directory += (
            _CENTRAL.pack(
                b"PK\1\2", _VERSION, *common, len(member.name), 0, 0, 0, 0, 0, offset
            ),
            member.name,
        )
        offset += len(header) + len(member.name) + len(member.deflated)
    size, count = sum(map(len, directory)), len(directory) // 2
    end = _END.pack(b"PK\5\6", 0, 0, count, count, size, offset, 0)
    return b"".join((*body, *directory, end))
