"""From an older program's archive to this one's, and the way back."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, create_engine, insert, select, text

from archive.backup import verify
from archive.database import MIGRATIONS, Database
from archive.opening import find_archive, newest_revision
from archive.records import ArchiveFault, Unavailable
from archive.tables import METADATA
from service import create_app
from tests.building import ROOT

OLDER = "0002"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The folder of an archive as the program of tables 0002 left it, with one file and its report."""
    folder = tmp_path / "kho"
    app = create_app({"DATA_DIR": str(folder), "DATABASE_URL": ""})
    told = app.test_cli_runner().invoke(
        args=[
            "archive",
            "keep",
            str(ROOT / "fixtures/accepted/phuc-loi-2020/input.json"),
            "--by",
            "Hoa",
        ]
    )
    assert told.exit_code == 0, told.output
    fresh = tmp_path / "fresh.db"
    make_tables(fresh, OLDER)
    carry_over(folder / "archive.db", fresh)
    for name in ("archive.db", "archive.db-wal", "archive.db-shm"):
        (folder / name).unlink(missing_ok=True)
    fresh.rename(folder / "archive.db")
    return folder


def make_tables(path: Path, revision: str) -> None:
    engine = create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


def carry_over(source: Path, target: Path) -> None:
    """Copy the rows that both have, in the columns that both have."""
    engine = create_engine(f"sqlite:///{target}")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"ATTACH '{source}' AS new")
        for table in ("series", "reports", "files", "figures", "changes", "audit", "words"):
            columns = ", ".join(f'"{row[1]}"' for row in
                                connection.exec_driver_sql(f"PRAGMA main.table_info({table})"))  # fmt: skip
            connection.exec_driver_sql(
                f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")  # fmt: skip
    engine.dispose()


def on_postgresql(source: Path, url: str) -> None:
    """Make the older tables at `url`, and copy the older rows of a file into them."""
    database = Database(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    known, made = create_engine(f"sqlite:///{source}"), MetaData()
    with known.connect() as old, database.writing() as new:
        config.attributes["connection"] = new
        command.upgrade(config, OLDER)
        made.reflect(new)
        for table in (one for one in METADATA.sorted_tables if one.name in made.tables):
            own = [
                column for column in table.columns if column.name in made.tables[table.name].c
            ]
            for row in old.execute(select(*own)).mappings():
                new.execute(insert(made.tables[table.name]).values(**row))
    known.dispose()
    database.close()


def run(folder: Path, *args: str, url: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "service", *args], cwd=ROOT, check=False, text=True,
        capture_output=True, env={**os.environ, "BAO_CAO_DATA_DIR": str(folder), "DATABASE_URL": url},
    )  # fmt: skip


def rows(backup: Path, name: str) -> list[dict[str, Any]]:
    return [
        json.loads(line) for line in (backup / f"rows/{name}.jsonl").read_text().splitlines()
    ]


def test_one_command_backs_up_brings_up_to_date_and_inspects(
    older: Path, tmp_path: Path
) -> None:
    with pytest.raises(Unavailable, match="flask --app service upgrade"):
        find_archive(older)
    target = tmp_path / "sao-luu"
    done = run(older, "upgrade", "--backup", str(target))
    assert (done.returncode, done.stderr) == (0, "")
    said = done.stdout.splitlines()
    assert said[:3] == [
        f"Sao lưu vào {target} …", f"Nâng cấp bảng {OLDER} lên {newest_revision()} …", "Kiểm tra …",
    ]  # fmt: skip
    assert said[-1] == (
        "Đã nâng cấp kho lưu trữ. Muốn quay lại: cài phiên bản 0.2.0 của phần mềm, rồi phục hồi bản "
        f"sao lưu vào một kho trống: flask --app service archive restore {target}"
    )
    archive = find_archive(older)
    assert archive
    with archive.database.reading() as connection:
        kept = connection.execute(text("SELECT id, unit FROM reports")).all()
    archive.database.close()
    facts = json.loads((target / "backup.json").read_text())
    assert (facts["revision"], facts["rows"]["reports"]) == (OLDER, 1)
    assert [(row["id"], row["unit"]) for row in rows(target, "reports")] == [
        tuple(one) for one in kept
    ]
    assert not (target / "rows/accounts.jsonl").exists()
    assert run(older, "upgrade").stdout == "Kho lưu trữ đã ở dạng mới nhất.\n"


def test_the_backup_is_whole_and_only_for_the_program_that_made_it(
    older: Path, tmp_path: Path
) -> None:
    target = tmp_path / "sao-luu"
    run(older, "upgrade", "--backup", str(target))
    sums = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=target, check=False)
    assert sums.returncode == 0
    with pytest.raises(ArchiveFault) as fault:
        verify(target)
    assert str(fault.value) == (
        f"Bản sao lưu do phiên bản 0.2.0 của phần mềm lập (bảng {OLDER}), phần mềm này dùng bảng "
        f"{newest_revision()}. Hãy phục hồi bằng phiên bản đó, rồi nâng cấp."
    )


def test_every_number_of_tables_is_of_a_release() -> None:
    releases = re.findall(
        r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M
    )
    numbers = [path.name[:4] for path in (ROOT / "archive/migrations/versions").glob("0*.py")]
    assert {Database.program_of(number) for number in numbers} <= set(releases)


def test_where_the_backup_cannot_be_taken_nothing_is_changed(
    older: Path, tmp_path: Path
) -> None:
    (tmp_path / "sao-luu").mkdir()
    done = run(older, "upgrade", "--backup", str(tmp_path / "sao-luu"))
    assert done.returncode == 1
    assert "Hãy sao lưu vào thư mục mới." in done.stderr
    with pytest.raises(Unavailable, match=f"bảng {OLDER}"):
        find_archive(older)


def test_on_postgresql_it_is_the_same_and_the_report_is_there(
    older: Path, tmp_path: Path, postgres_url: str
) -> None:
    on_postgresql(older / "archive.db", postgres_url)
    (older / "archive.db").unlink()
    with pytest.raises(Unavailable, match=f"bảng {OLDER}"):
        find_archive(older, postgres_url)
    target = tmp_path / "sao-luu"
    done = run(older, "upgrade", "--backup", str(target), url=postgres_url)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].endswith(f"archive restore {target}")
    archive = find_archive(older, postgres_url)
    assert archive
    (kept,) = rows(target, "reports")
    assert archive.record(kept["id"]).unit == "phường Phúc Lợi"
    archive.database.close()
