"""What is no Word document, or not safe to open, is one finding in the words of a secretary."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from fixtures.make_lint import FOLDER
from lint.checking import is_unreadable, lint
from tests.building import ROOT

CLEAN = (FOLDER / "clean.docx").read_bytes()


def with_member(name: str, data: bytes) -> bytes:
    """The clean document with one member put in the place of its own."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(CLEAN)) as old, zipfile.ZipFile(target, "w", 8) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, data)
    return target.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
REFUSED = {
    "nothing": (b"", "file.empty"),
    "a PDF": (b"%PDF-1.4", "file.not_document"),
    "an old Word file": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "file.not_document",
    ),
    "half a file": (CLEAN[: len(CLEAN) // 2], "file.damaged"),
    "entities": (with_member("word/document.xml", ENTITIES), "file.doctype"),
    "broken XML": (with_member("word/document.xml", b"<w:document"), "file.damaged"),
    "a bomb": (with_member("word/media/x.xml", b"<a>" + b" " * (9 << 20)), "file.inflates"),
    "too much": (b"PK\x03\x04" + b"\0" * (17 << 20), "file.too_large"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(name: str) -> None:
    data, code = REFUSED[name]
    found = lint(data)
    assert [one.code for one in found] == [code]
    assert is_unreadable(found)
    assert "bảng tính" not in found[0].message + found[0].remedy
    assert "Excel" not in found[0].message + found[0].remedy


def test_a_workbook_is_no_document() -> None:
    path = ROOT / "fixtures/accepted/phuc-loi-2020/input.xlsx"
    (found,) = lint(Path(path).read_bytes())
    assert (found.code, found.message) == (
        "file.not_document", "Tệp này không phải văn bản Word (.docx).",
    )  # fmt: skip


@pytest.mark.parametrize("value", ["NaN", "inf", "-1", "abc", "", "99999999999999"])
def test_nonsense_in_a_measure_breaks_nothing(value: str) -> None:
    with zipfile.ZipFile(io.BytesIO(CLEAN)) as package:
        text = package.read("word/document.xml").decode()
    for name in ("w:left", "w:w", "w:val", "w:line", "w:firstLine", "w:start"):
        text = re.sub(rf'(?<= ){name}="[^"]*"', f'{name}="{value}"', text)
    assert isinstance(lint(with_member("word/document.xml", text.encode())), tuple)
