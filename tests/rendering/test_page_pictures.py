"""Pages are drawn within bounds."""

from __future__ import annotations

import pytest

from rendering.converter import Converter
from rendering.faults import NotInstalled, Unconvertible
from rendering.pages import pages_as_png
from tests.rendering.documents import bulletin

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def size(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def test_each_page_is_a_picture_of_a4(converter: Converter) -> None:
    drawn = pages_as_png(converter.convert(bulletin()), dpi=50)
    assert [one[:8] for one in drawn] == [SIGNATURE] * 2
    assert [size(one) for one in drawn] == [(414, 585)] * 2


def test_no_more_pages_than_asked_for_and_no_finer_than_allowed(converter: Converter) -> None:
    (only,) = pages_as_png(converter.convert(bulletin()), dpi=10_000, pages=1)
    assert size(only) == (1654, 2339)  # A4 at 200 dots an inch


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(Unconvertible, match=r"\ATệp không phải PDF đọc được"):
        pages_as_png(b"no pdf")


def test_without_poppler_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(NotInstalled) as raised:
        pages_as_png(b"")
    assert str(raised.value) == "Máy này chưa cài poppler (pdftoppm) nên không vẽ được trang."
