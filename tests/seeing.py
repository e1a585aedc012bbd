"""Documents as they look on paper: LibreOffice makes the pages, and these read them back."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pdfplumber
from PIL import Image, ImageChops, ImageStat

_XHTML = "{http://www.w3.org/1999/xhtml}"
_POINT = 72 / 25.4  # a mm
MARGINS = {"left": 30, "right": 20, "top": 20, "bottom": 20}  # mm, of both kinds
_SAME_ROW = 3  # points between the feet of words that stand in one row


@dataclass(frozen=True)
class Word:
    """A word and its box, mm from the page's left and top edge."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """A page: its size in mm, and its words."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def number(self) -> str:
        """What stands in the top margin: the page's number, "" where none is shown."""
        return " ".join(word.text for word in self.words if word.bottom < MARGINS["top"])

    @property
    def text(self) -> str:
        """The rows beneath the top margin, one after the other."""
        return " ".join(self.rows)

    @property
    def rows(self) -> list[str]:
        """The rows of words beneath the top margin, from top to bottom."""
        rows: list[list[Word]] = []
        for word in sorted(self.words, key=lambda word: (word.bottom, word.left)):
            if word.bottom >= MARGINS["top"]:
                if rows and word.bottom - rows[-1][0].bottom < _SAME_ROW / _POINT:
                    rows[-1].append(word)
                else:
                    rows.append([word])
        return [" ".join(w.text for w in sorted(row, key=lambda w: w.left)) for row in rows]

    def outside(self) -> list[str]:
        """The words that stand beyond the margins; the page's number may."""
        return [
            word.text for word in self.words
            if word.bottom >= MARGINS["top"] and (
                word.left < MARGINS["left"] - 1
                or word.right > self.width - MARGINS["right"] + 1
                or word.bottom > self.height - MARGINS["bottom"] + 1
            )
        ]  # fmt: skip


def to_pdf(soffice: str, folder: Path, documents: Mapping[str, bytes]) -> dict[str, Path]:
    """Return the PDF of each of `documents`, all made by one LibreOffice in `folder`."""
    for name, document in documents.items():
        (folder / f"{name}.docx").write_bytes(document)
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation=file://{folder}/profile",
         "--convert-to", "pdf", "--outdir", str(folder),
         *(str(folder / f"{name}.docx") for name in documents)],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    return {name: folder / f"{name}.pdf" for name in documents}


@lru_cache(maxsize=64)
def pages_of(pdf: Path) -> tuple[Page, ...]:
    """Return the pages of `pdf` with their words."""
    ran = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True)
    root = ElementTree.fromstring(ran.stdout)
    return tuple(_page(page) for page in root.iter(f"{_XHTML}page"))


def _page(page: ElementTree.Element) -> Page:
    words = tuple(
        Word(word.text or "", *(float(word.get(side, "0")) / _POINT
                                for side in ("xMin", "yMin", "xMax", "yMax")))
        for word in page.iter(f"{_XHTML}word")
    )  # fmt: skip
    width, height = (float(page.get(side, "0")) / _POINT for side in ("width", "height"))
    return Page(width, height, words)


@dataclass(frozen=True)
class Rule:
    """A horizontal line: its ends and its height on the page, mm."""

    left: float
    right: float
    top: float


def rules_of(pdf: Path, number: int) -> list[Rule]:
    """Return the horizontal lines that are drawn on page `number`, counted from 1."""
    with pdfplumber.open(pdf) as opened:
        page = opened.pages[number - 1]
        drawn: list[Any] = [*page.lines, *page.rects, *page.curves]
        rules = (
            Rule(one["x0"] / _POINT, one["x1"] / _POINT, one["top"] / _POINT)
            for one in drawn
            if one["bottom"] - one["top"] < 2 and one["x1"] - one["x0"] > 8
        )
        return list(dict.fromkeys(rules))


# ---------------------------------------------------------------- pictures


def side_by_side(pdf: Path, dpi: int) -> Image.Image:
    """Return all pages of `pdf` as one grey picture, four in a row."""
    stem = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", "-png", str(pdf), str(stem)],
                   check=True, capture_output=True)  # fmt: skip
    names = sorted(pdf.parent.glob(f"{stem.name}-[0-9]*.png"))
    pages = [Image.open(name).convert("L") for name in names]
    wide, high = max(page.width for page in pages), max(page.height for page in pages)
    sheet = Image.new("L", (wide * min(4, len(pages)), high * (-(-len(pages) // 4))), 128)
    for n, page in enumerate(pages):
        sheet.paste(page, (n % 4 * wide, n // 4 * high))
    for name in names:
        name.unlink()
    return sheet


def difference(one: Image.Image, other: Image.Image, block: int = 8) -> float:
    """Return how far two pictures are apart where they are farthest: 0 to 255, in any block."""
    if one.size != other.size:
        return 255
    apart = ImageChops.difference(one, other)
    boxes = (
        (x, y, min(x + block, apart.width), min(y + block, apart.height))
        for y in range(0, apart.height, block)
        for x in range(0, apart.width, block)
    )
    return max(_mean(apart.crop(box)) for box in boxes)


def _mean(picture: Image.Image) -> float:
    (mean,) = ImageStat.Stat(picture).mean
    return mean
