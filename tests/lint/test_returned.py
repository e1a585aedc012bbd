"""A document that LibreOffice opened and saved again has no finding that it had not before."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from fixtures.make_lint import CLEAN, FOLDER
from generators.pipeline import Source, examine, generate
from lint.checking import lint
from tests.building import ROOT


@pytest.fixture(scope="module")
def resaved(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What LibreOffice makes of clean documents, of faults, and of what the service fills."""
    folder = tmp_path_factory.mktemp("returned")
    body = json.loads((ROOT / "fixtures/accepted/phuc-loi-2020/input.json").read_bytes())
    for kind in ("ban-tin-6-thang", "bao-cao-6-thang"):
        made = generate(examine(Source(json.dumps(body | {"kind": kind}).encode())))
        (folder / f"{kind}.docx").write_bytes(made)
    for name in ("clean", *CLEAN, "agency.line_length", "date.padding", "body.align"):
        (folder / f"{name}.docx").write_bytes((FOLDER / f"{name}.docx").read_bytes())
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to",
         "docx:MS Word 2007 XML", "--outdir", str(folder / "out"),
         *map(str, folder.glob("*.docx"))],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return folder / "out"


@pytest.mark.parametrize("name", ["clean", "bao-cao-6-thang", *CLEAN])
def test_a_clean_document_stays_clean(resaved: Path, name: str) -> None:
    assert [one.code for one in lint((resaved / f"{name}.docx").read_bytes())] == []


def test_a_clean_bulletin_stays_clean(resaved: Path) -> None:
    found = lint((resaved / "ban-tin-6-thang.docx").read_bytes(), "ban-tin")
    assert [one.code for one in found] == []


@pytest.mark.parametrize("code", ["agency.line_length", "date.padding", "body.align"])
def test_a_fault_stays_the_same_fault(resaved: Path, code: str) -> None:
    assert [one.code for one in lint((resaved / f"{code}.docx").read_bytes())] == [code]
