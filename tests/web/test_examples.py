"""The examples for other systems are run as they stand, against a served instance.

Excel is not here: of the Power Query example the requests are made that it makes, and every field it
reads is looked for in the answers; its language M itself is not run.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from flask import Flask

from tests.signing_in import PHUC_LOI, new_key

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
DATA = ROOT / "fixtures/accepted/phuc-loi-2020/input.json"
Ran = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def place(app: Flask, serve: Callable[[Flask], tuple[str, int]]) -> dict[str, str]:
    """Where the service is, and a key for one ward."""
    host, port = serve(app)
    return {"ADDRESS": f"http://{host}:{port}", "KEY": new_key(app, PHUC_LOI)}


@pytest.fixture
def run(place: dict[str, str], tmp_path: Path) -> Ran:
    def start(*command: str, data: Path = DATA) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True,
                              env={**os.environ, **place, "DATA": str(data)})  # fmt: skip

    return start


@pytest.mark.parametrize(
    "command",
    [
        ("sh", str(EXAMPLES / "gui-bao-cao.sh")),
        (sys.executable, str(EXAMPLES / "gui_bao_cao.py")),
    ],
    ids=["curl", "python"],
)
def test_an_example_keeps_one_report_and_has_its_document(
    run: Ran, tmp_path: Path, command: tuple[str, ...]
) -> None:
    first, again = run(*command), run(*command)
    assert (first.returncode, first.stderr) == (0, "")
    assert re.fullmatch(r"/api/v1/reports/[0-9a-f]{32}\n", first.stdout)
    assert again.stdout == first.stdout
    with zipfile.ZipFile(tmp_path / "report.docx") as file:
        assert "1.254 lượt người" in file.read("word/document.xml").decode()


def test_the_python_example_says_what_to_mend(run: Ran, tmp_path: Path) -> None:
    wrong = json.loads(DATA.read_bytes())
    wrong["lines"][0]["value"] = "262.500.00"
    (tmp_path / "wrong.json").write_text(json.dumps(wrong), encoding="utf-8")
    ran = run(sys.executable, str(EXAMPLES / "gui_bao_cao.py"), data=tmp_path / "wrong.json")
    assert ran.returncode == 1
    assert "/lines/0/value: Mục /lines/0/value ghi «262.500.00»" in ran.stderr


def test_the_requests_of_the_power_query_are_answered_with_what_it_reads(
    run: Ran, place: dict[str, str]
) -> None:
    run(sys.executable, str(EXAMPLES / "gui_bao_cao.py"))
    text = (EXAMPLES / "tra-so-lieu.pq").read_text(encoding="utf-8")
    path = re.findall(r'RelativePath = "([^"]+)"', text)[0]
    query = dict(re.findall(r'(\w+) = "?(\w+)"?', re.findall(r"Query = \[(.*?)\]", text)[0]))
    assert set(query) == {"period", "limit", "after"}
    asked = urlencode({**query, "period": "2020S1", "after": ""})
    header = {"Authorization": f"Bearer {place['KEY']}", "Accept": "application/json"}
    assert set(re.findall(r'#"([\w-]+)"', text)) == set(header)
    with urlopen(Request(f"{place['ADDRESS']}/{path}?{asked}", headers=header)) as answer:
        page = json.load(answer)
    assert page["next"] is None
    (report,) = page["reports"]
    fields = re.findall(r"= ((?:\[\w+\])+)", text[text.index("Rows =") :])
    values = []
    for field in fields:
        value = report
        for name in re.findall(r"\w+", field):
            value = value[name]
        values.append(value)
    assert values == [
        "phường Phúc Lợi", "ban-tin-6-thang", "2020S1", "kept", 1, report["id"],
    ]  # fmt: skip
