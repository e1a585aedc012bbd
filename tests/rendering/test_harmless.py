"""Nothing in a document reaches out of it once it is converted; what it says stays."""

from __future__ import annotations

import io
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest

from rendering.converter import Converter
from rendering.harmless import harmless
from tests.rendering.documents import bulletin, reaching_out
from tests.web.test_api import PNG

SECRET = "một điều chỉ máy này biết"


class Bait(NamedTuple):
    """A document that wants a file of this machine and a page of a server, which counts."""

    document: bytes
    asked: list[str]


@pytest.fixture
def bait(tmp_path: Path) -> Iterator[Bait]:
    asked: list[str] = []

    class Counting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_OPTIONS = do_GET  # noqa: N815 - the name is the server's

        def log_message(self, *_told: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Counting)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    (tmp_path / "red.png").write_bytes(PNG)
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    url = f"http://127.0.0.1:{server.server_port}/picture.png"
    yield Bait(reaching_out(tmp_path / "red.png", tmp_path / "secret.txt", url), asked)
    server.shutdown()
    server.server_close()
    thread.join()


def pictures(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return sum(len(page.get_images()) for page in document.pages)


def test_libreoffice_alone_would_fetch(bait: Bait, soffice: str, tmp_path: Path) -> None:
    (tmp_path / "in.docx").write_bytes(bait.document)
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "pdf", "in.docx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    assert pictures((tmp_path / "in.pdf").read_bytes()) > 0
    assert bait.asked != []


def test_our_conversion_fetches_nothing(bait: Bait, converter: Converter) -> None:
    pdf = converter.convert(bait.document)
    told = subprocess.run(
        ["pdftotext", "-", "-"], input=pdf, capture_output=True
    ).stdout.decode()
    assert "chữ cũ" in told
    assert SECRET not in told
    assert pictures(pdf) == 0
    assert bait.asked == []


def test_links_and_fields_that_reach_out_are_gone(bait: Bait) -> None:
    with zipfile.ZipFile(io.BytesIO(harmless(bait.document))) as package:
        whole = b"".join(package.read(name) for name in package.namelist())
    for trace in (b"red.png", b"secret.txt", b"picture.png", b"INCLUDEPICTURE", b"External"):
        assert trace not in whole


PARTS = {
    "word/media/image9.svg": b"<svg/>", "word/vbaProject.bin": b"macros",
    "word/activeX/activeX1.xml": b"<x/>", "word/afchunk1.html": b"<p>", "word/embeddings/o.docx": b"PK",
}  # fmt: skip
KEPT = {
    "word/embeddings/Microsoft_Excel_Sheet1.xlsx": b"a chart's workbook",
    "word/media/image8.png": PNG,
}  # fmt: skip


def test_parts_that_could_run_or_lead_elsewhere_are_dropped() -> None:
    target = io.BytesIO(bulletin())
    with zipfile.ZipFile(target, "a") as package:
        for name, data in (PARTS | KEPT).items():
            package.writestr(name, data)
    with zipfile.ZipFile(io.BytesIO(harmless(target.getvalue()))) as cleaned:
        names = set(cleaned.namelist())
        assert {name: cleaned.read(name) for name in KEPT} == KEPT
    assert names & set(PARTS) == set()


def test_a_harmless_document_keeps_its_page_numbers_and_text(converter: Converter) -> None:
    with zipfile.ZipFile(io.BytesIO(harmless(bulletin()))) as cleaned:
        headers = b"".join(cleaned.read(n) for n in cleaned.namelist() if "header" in n)
        text = cleaned.read("word/document.xml").decode()
    assert b" PAGE " in headers
    with zipfile.ZipFile(io.BytesIO(bulletin())) as before:
        assert text.count("<w:t>") + text.count("<w:t ") == (
            before.read("word/document.xml").decode().count("<w:t>")
            + before.read("word/document.xml").decode().count("<w:t ")
        )
