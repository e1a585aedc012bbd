"""OLE compound files, the shell of .xls and of files under a password: their streams."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generators.intake.refusals import RefusedError, damaged

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_HEADER = 512
_LAST_SECTOR = 0xFFFFFFFA
_END_OF_CHAIN = 0xFFFFFFFE
_ENTRY = struct.Struct("<64sHBB3I36xIQ")
_MINI_SECTOR, _MINI_BELOW = 64, 4096


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in a compound file's directory, and where its stream begins."""

    name: str
    left: int
    right: int
    child: int
    start: int
    size: int


class CompoundFile:
    """The top folder of an OLE compound file; every walk is bounded by the file's size."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _OLE_HEADER:
            raise _broken_compound()
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in (9, 12):
            raise _broken_compound()
        self._data, self._size = data, 1 << shift
        self._fat = self._read_fat()
        (first,) = struct.unpack_from("<I", data, 48)
        directory = b"".join(map(self._sector, self._chain(first)))
        self.listed = [_entry(fields) for fields in _whole_entries(directory)]
        top = list(self._top_level())
        self.entries = {entry.name.lower(): entry for entry in top}
        if len(self.entries) < len(top):
            raise _broken_compound()

    def stream(self, entry: Entry) -> bytes:
        """Return the whole of a stream."""
        if entry.size >= _MINI_BELOW:
            held = b"".join(map(self._sector, self._chain(entry.start)))
        else:
            held = self._small_stream(entry)
        if len(held) < entry.size:
            raise _broken_compound()
        return held[: entry.size]

    def _small_stream(self, entry: Entry) -> bytes:
        # Short streams share one long stream, in small sectors with a table of their own.
        (first,) = struct.unpack_from("<I", self._data, 60)
        table = [number for sector in self._chain(first) for number in self._numbers(sector)]
        shared = b"".join(map(self._sector, self._chain(self.listed[0].start)))
        starts = [number * _MINI_SECTOR for number in _chain(table, entry.start)]
        return b"".join(shared[start : start + _MINI_SECTOR] for start in starts)

    def _sector(self, number: int) -> bytes:
        offset = (number + 1) * self._size
        found = self._data[offset : offset + self._size]
        if number >= _LAST_SECTOR or not found:
            raise _broken_compound()
        return found.ljust(self._size, b"\xff")

    def _numbers(self, sector: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self._size // 4}I", self._sector(sector))

    def _read_fat(self) -> list[int]:
        enough = len(self._data) // self._size
        fat: list[int] = []
        for sector in self._fat_sectors():
            if sector < _LAST_SECTOR:
                fat.extend(self._numbers(sector))
            if len(fat) >= enough:
                break
        return fat

    def _fat_sectors(self) -> Iterator[int]:
        yield from struct.unpack_from("<109I", self._data, 76)
        (following,) = struct.unpack_from("<I", self._data, 68)
        for _ in range(len(self._data) // self._size):
            if following >= _LAST_SECTOR:
                return
            *listed, following = self._numbers(following)
            yield from listed

    def _chain(self, first: int) -> list[int]:
        return _chain(self._fat, first)

    def _top_level(self) -> Iterator[Entry]:
        waiting = [self.listed[0].child] if self.listed else []
        seen: set[int] = set()
        while waiting:
            number = waiting.pop()
            if number < len(self.listed) and number not in seen:
                seen.add(number)
                entry = self.listed[number]
                waiting += [entry.left, entry.right]
                yield entry


def _chain(table: Sequence[int], first: int) -> list[int]:
    chain: list[int] = []
    sector = first
    while sector != _END_OF_CHAIN:
        if sector >= len(table) or len(chain) > len(table):
            raise _broken_compound()
        chain.append(sector)
        sector = table[sector]
    return chain


def _broken_compound() -> RefusedError:
    return damaged("bị cắt bớt hoặc mục lục bên trong không đọc được")


def _whole_entries(
    directory: bytes,
) -> Iterator[tuple[bytes, int, int, int, int, int, int, int, int]]:
    whole = len(directory) - len(directory) % _ENTRY.size
    return _ENTRY.iter_unpack(directory[:whole])


def _entry(fields: tuple[bytes, int, int, int, int, int, int, int, int]) -> Entry:
    name, length, _kind, _colour, left, right, child, start, size = fields
    spelled = name[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    # Version 3 leaves the upper half of the size undefined.
    return Entry(spelled, left, right, child, start, size & 0xFFFFFFFF)
