"""The service under load, by wrk: `python -m tests.bench.load [seconds] [clients]`.

A process of its own on a new archive; two thousand wards, so that each submission is a new report.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from access.units import add_unit, unit_called
from archive.opening import open_archive
from tests.building import ROOT
from tests.signing_in import DISTRICT, app_in, new_key

HERE = Path(__file__).parent
PAYLOAD = """{"kind": "ban-tin-6-thang", "period": {"id": "2020S1"},
 "org_unit": {"name": "phường Phúc Lợi", "within": ["quận Long Biên", "thành phố Hà Nội"]},
 "lines": [{"code": "qua_tet", "giver": "Chủ tịch nước", "value": 249, "amount": 51200000},
           {"code": "ho_can_ngheo", "value": 30}, {"code": "viec_lam", "value": 224, "plan": 400}]}"""


def prepared(folder: Path) -> str:
    """Make the archive, its wards and a key; return the key."""
    app = app_in(folder)
    archive = open_archive(folder / "kho")
    with archive.database.writing() as connection:
        district = unit_called(connection, DISTRICT)
        for number in range(2000):
            add_unit(connection, f"phường số {number}", "thử", district)
    archive.database.close()
    return new_key(app)


def main(seconds: str = "60", clients: str = "64") -> None:
    """Serve, load, stop."""
    folder = Path(tempfile.mkdtemp(dir=ROOT / "out"))
    key = prepared(folder)
    (folder / "payload.json").write_text(PAYLOAD, encoding="utf-8")
    own = {"BAO_CAO_DATA_DIR": str(folder / "kho"), "BAO_CAO_LISTEN": "127.0.0.1:0",
           "BAO_CAO_RATE_LIMIT": "", "PYTHONUNBUFFERED": "1"}  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "service", "serve"], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, **own},
    )  # fmt: skip
    try:
        assert server.stdout
        address = server.stdout.readline().strip().rpartition(" ")[2]
        subprocess.run(
            ["wrk", "-t2", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s",
             "-s", HERE / "load.lua", address, "--", key, folder / "payload.json"], check=True,
        )  # fmt: skip
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
