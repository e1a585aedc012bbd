"""The service installed from a folder of wheels by a machine that has no network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import ROOT

INSTALL = """
set -eu
test -z "$(cat /proc/net/route | tail -n +2)"
python3 -m venv venv
venv/bin/pip install --quiet --no-index --find-links wheels -r source/requirements.txt
cd source
../venv/bin/flask --app service generate fixtures/accepted/phuc-loi-2020/input.xlsx -o ../bulletin.docx
"""


@pytest.mark.soak
def test_wheels_alone_are_enough_where_no_network_is(tmp_path: Path) -> None:
    wheels = ["wheel", "--quiet", "-r", "requirements.txt", "-w", str(tmp_path / "wheels")]
    subprocess.run([sys.executable, "-m", "pip", *wheels], cwd=ROOT, check=True)
    (tmp_path / "source").mkdir()
    archive = subprocess.run(
        ["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True
    )
    subprocess.run(["tar", "x", "-C", "source"], cwd=tmp_path, input=archive.stdout, check=True)
    alone = ["unshare", "--user", "--map-root-user", "--net", "bash", "-c", INSTALL]
    ran = subprocess.run(alone, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "bulletin.docx").read_bytes().startswith(b"PK")
