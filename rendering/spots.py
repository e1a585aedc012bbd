"""Where a document's bookmarks stand on the pages of its PDF: the boxes of the words they hold.

LibreOffice writes each bookmark as a named destination, a point; poppler tells every word's box.
"""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

import pikepdf

from rendering.faults import TooLong, Unconvertible
from rendering.installed import find_poppler

_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)
_WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
)
_OTHER = re.compile("[^A-Za-z0-9-]")
_SLACK = 2.0  # points between a destination and the word it is of
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of one line of a page (counted from 1), in points from the page's top left."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word as printed, and where."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Layout:
    """The size of each page in points, the words of all, and the bookmarks' points."""

    sizes: tuple[tuple[float, float], ...]
    words: tuple[Word, ...]
    points: Mapping[str, tuple[int, float, float]]

    def boxes_at(self, bookmark: str, text: str) -> tuple[Box, ...]:
        """Return the boxes of `text` where `bookmark` begins, one for each line; () if not there."""
        point = self.points.get(_destination(bookmark))
        if point is None:
            return ()
        page, x, y = point
        for at, word in enumerate(self.words):
            if word.box.page == page and _is_at(word.box, x, y):
                return _lines(list(self._run(at, text)), x)
        return ()

    def boxes_of(self, text: str) -> tuple[Box, ...]:
        """Return the boxes of a text where it is first printed; () where it is not."""
        wanted = _squeezed(text)
        for at, word in enumerate(self.words):
            if wanted.startswith(_squeezed(word.text)[:1]):
                run = list(self._run(at, text))
                if _squeezed("".join(one.text for one in run)).startswith(wanted):
                    return _lines(run, 0)
        return ()

    def _run(self, at: int, text: str) -> Iterator[Word]:
        """The words from `at` on until they hold `text`, no more than it has itself."""
        wanted, said = _squeezed(text), ""
        for word in self.words[at : at + len(text.split())]:
            yield word
            said += _squeezed(word.text)
            if wanted in said:
                return


def layout_of(pdf: bytes) -> Layout:
    """Return where words and bookmarks stand in a PDF; NotInstalled, TooLong, Unconvertible."""
    pages = _PAGE.findall(_told_by_poppler(pdf))
    sizes = tuple((float(width), float(height)) for width, height, _ in pages)
    words = tuple(
        word for number, (*_, body) in enumerate(pages, 1) for word in _words(number, body)
    )
    return Layout(sizes, words, dict(_points(pdf, sizes)))  # fmt: skip


def _told_by_poppler(pdf: bytes) -> str:
    command = [find_poppler("pdftotext"), "-bbox", "-", "-"]
    try:
        ran = subprocess.run(
            command, input=pdf, capture_output=True, timeout=_SECONDS, check=True
        )
    except subprocess.TimeoutExpired:
        raise TooLong(f"Đọc trang lâu hơn {_SECONDS:g} giây nên đã dừng.") from None
    except subprocess.CalledProcessError:
        raise Unconvertible("Tệp không phải PDF đọc được nên không đọc được trang.") from None
    return ran.stdout.decode("utf-8", "replace")


def _words(page: int, body: str) -> Iterator[Word]:
    for *sides, text in _WORD.findall(body):
        left, top, right, bottom = map(float, sides)
        yield Word(unescape(text), Box(page, left, top, right - left, bottom - top))


def _points(
    pdf: bytes, sizes: Sequence[tuple[float, float]]
) -> Iterator[tuple[str, tuple[int, float, float]]]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {page.objgen: number for number, page in enumerate(document.pages, 1)}
        found: Any = document.Root.get("/Dests", {})
        for name, target in found.items():
            number = numbers.get(target[0].objgen, 0)
            if 0 < number <= len(sizes):
                x, y = float(target[2]), float(target[3])
                yield name.removeprefix("/"), (number, x, sizes[number - 1][1] - y)


def _destination(bookmark: str) -> str:
    """A bookmark's name as LibreOffice names its destination: "5Fso5F1" for "_so_1"."""
    return _OTHER.sub(lambda sign: f"{ord(sign[0]):02X}", bookmark)


def _is_at(box: Box, x: float, y: float) -> bool:
    return (
        box.x - _SLACK <= x < box.x + box.width - _SLACK / 4
        and abs(box.y - y) <= box.height / 2
    )


def _lines(words: Sequence[Word], start: float) -> tuple[Box, ...]:
    """The words' boxes, those of one line as one; the first begins at `start` if that is within."""
    lines: list[Box] = []
    for word in words:
        box = word.box
        last = lines[-1] if lines else None
        if last and last.page == box.page and abs(last.y - box.y) <= _SLACK and box.x >= last.x:
            lines[-1] = Box(box.page, last.x, last.y, box.x + box.width - last.x, last.height)
        else:
            lines.append(box)
    if lines and lines[0].x < start < lines[0].x + lines[0].width:
        first = lines[0]
        lines[0] = Box(first.page, start, first.y, first.x + first.width - start, first.height)
    return tuple(lines)


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()
