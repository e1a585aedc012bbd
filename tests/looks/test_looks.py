"""What a secretary would see: every page whole, no heading last, lines drawn, as it looked before."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from docx.table import Table
from PIL import Image

from tests.document.making import opened
from tests.looks.papers import NAMES, papers
from tests.seeing import Page, difference, pages_of, rules_of, side_by_side, to_pdf

GOLDEN = Path(__file__).parent / "golden"
DPI, LEVELS, TOLERANCE = 20, 16, 24  # 24 of 255 in any block: a heading that lost its bold
REPORTS = [f"{kind}-{fixture}" for kind, fixture in NAMES if kind.startswith("bao-cao")]
SAMPLE = "ban-tin-6-thang-phuc-loi-2020"
ROMAN = re.compile(r"[IVX]+ \D")


OTHERWISE = "otherwise"


@pytest.fixture(scope="module")
def documents() -> dict[str, bytes]:
    return dict(papers())


@pytest.fixture(scope="module")
def all_pdfs(
    soffice: str, documents: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    made = {**documents, OTHERWISE: _without_bold_headings(documents[SAMPLE])}
    return to_pdf(soffice, tmp_path_factory.mktemp("looks"), made)


@pytest.fixture(scope="module")
def pdfs(all_pdfs: dict[str, Path]) -> dict[str, Path]:
    return {name: pdf for name, pdf in all_pdfs.items() if name != OTHERWISE}


def _without_bold_headings(document: bytes) -> bytes:
    changed = opened(document)
    for style in changed.styles:
        if style.name.startswith("Heading"):
            style.font.bold = False
    buffer = io.BytesIO()
    changed.save(buffer)
    return buffer.getvalue()


@pytest.fixture(params=[f"{kind}-{fixture}" for kind, fixture in NAMES])
def name(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def pages(pdfs: dict[str, Path], name: str) -> tuple[Page, ...]:
    return pages_of(pdfs[name])


def test_how_many_pages_each_has(
    pdfs: dict[str, Path], golden: Callable[[Path, str], None]
) -> None:
    counts = "".join(f"{name}: {len(pages_of(pdf))}\n" for name, pdf in pdfs.items())
    golden(GOLDEN / "pages.txt", counts)


def test_nothing_stands_beyond_the_margins(pages: tuple[Page, ...]) -> None:
    assert [page.outside() for page in pages if page.outside()] == []


def test_no_page_is_empty(pages: tuple[Page, ...]) -> None:
    assert [page.rows for page in pages if not page.rows] == []


def test_no_heading_is_the_last_line_of_a_page(
    documents: dict[str, bytes], pages: tuple[Page, ...], name: str
) -> None:
    headings = [
        _plain(block.text) for block in opened(documents[name]).iter_inner_content()
        if not isinstance(block, Table) and block.style.paragraph_format.keep_with_next
    ]  # fmt: skip
    last = [_plain(page.rows[-1]) for page in pages[:-1]]
    assert [row for row in last if ROMAN.match(row)] == []
    assert [row for row in last if row in headings] == []
    tails = [row for row in last if len(row.split()) > 2]  # of a heading in several rows
    assert [row for row in tails if any(one.endswith(row) for one in headings)] == []


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


# ---------------------------------------------------------------- lines under texts


def under(pdf: Path, words: str, whole: str = "") -> tuple[float, float]:
    """Return what is drawn under `words`: its length in shares of `whole`, and how far aside (mm).

    `whole` is the longest row of a text in several rows.
    """
    page = pages_of(pdf)[0]
    left, right, foot = _box(page, words)
    widest_left, widest_right, _ = _box(page, whole or words)
    (rule,) = [rule for rule in rules_of(pdf, 1) if foot - 1.5 < rule.top < foot + 4
               and left - 2 < rule.left and rule.right < right + 2]  # fmt: skip
    aside = (rule.left + rule.right) / 2 - (left + right) / 2
    return (rule.right - rule.left) / (widest_right - widest_left), abs(aside)


def _box(page: Page, words: str) -> tuple[float, float, float]:
    """Where `words` begin and end, and their foot."""
    wanted, texts = words.split(), [word.text for word in page.words]
    at = next(n for n in range(len(texts)) if texts[n : n + len(wanted)] == wanted)
    told = page.words[at : at + len(wanted)]
    return min(w.left for w in told), max(w.right for w in told), max(w.bottom for w in told)


@pytest.mark.parametrize("report", REPORTS)
def test_a_line_as_long_as_the_tieu_ngu_is_drawn_under_it(
    pdfs: dict[str, Path], report: str
) -> None:
    length, aside = under(pdfs[report], "Độc lập - Tự do - Hạnh phúc")
    assert length == pytest.approx(1, abs=0.05)
    assert aside < 1


@pytest.mark.parametrize("report", REPORTS)
def test_a_third_to_a_half_of_the_agencys_name_and_of_the_subject_is_underlined(
    pdfs: dict[str, Path], documents: dict[str, bytes], report: str
) -> None:
    document = opened(documents[report])
    agency = [p.text for p in document.tables[0].cell(0, 0).paragraphs if p.text.strip()][-1]
    subject = next(p.text for p in document.paragraphs if p.style.name == "Trích yếu")
    page = pages_of(pdfs[report])[0]
    rows = [row for row in page.rows if len(row) > 3 and row in subject]
    for words, whole in ((agency, agency), (rows[-1], max(rows, key=len))):
        length, aside = under(pdfs[report], words, whole)
        assert 1 / 3 - 0.01 < length < 0.51, words
        assert aside < 1.5, words


# ---------------------------------------------------------------- as it looked before


def test_it_looks_as_it_did(
    pdfs: dict[str, Path], name: str, request: pytest.FixtureRequest
) -> None:
    seen = _look(pdfs[name])
    path = GOLDEN / f"{name}.png"
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        seen.quantize(LEVELS).save(path, optimize=True)
    assert path.exists(), f"{path} is missing: run pytest --update-golden, look at it, keep it"
    apart = difference(Image.open(path).convert("L"), seen)
    assert apart <= TOLERANCE, f"{name} looks otherwise than {path}: make look shows it"


def test_that_it_looks_otherwise_would_be_seen(all_pdfs: dict[str, Path]) -> None:
    assert difference(_look(all_pdfs[SAMPLE]), _look(all_pdfs[OTHERWISE])) > TOLERANCE


def _look(pdf: Path) -> Image.Image:
    return side_by_side(pdf, DPI).quantize(LEVELS, dither=Image.Dither.NONE).convert("L")
