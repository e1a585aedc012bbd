"""Last year's figures through every door: they come out of the archive, and none is made to read it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from archive.importing import import_report
from archive.issued_figures import freeze, thaw
from archive.opening import find_archive, open_archive
from archive.rebuilding import Rebuilt, rebuild
from archive.records import PAST
from generators import VERSION
from generators.checks import Past
from generators.model import OrgUnit
from service import create_app
from tests.archive.keeping import BY, PAPER
from tests.archive.test_same_period import SAMPLE, _printed, past, year_before
from tests.archive.test_same_period import keep as keep_one
from tests.signing_in import VIET_HUNG, app_in, with_key

RISE = "tăng 24 người (12%) so với cùng kỳ năm 2019"
JSON = {"content_type": "application/json"}
BODY = SAMPLE.read_bytes()


def app_at(folder: Path) -> Flask:
    return create_app({"DATA_DIR": str(folder), "DATABASE_URL": ""})


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The service, in whose archive is the sample's report of the year before."""
    return app_with_year_before(tmp_path_factory.mktemp("moi"))


def app_with_year_before(folder: Path) -> Flask:
    made = app_in(folder)
    archive = open_archive(folder / "kho")
    import_report(archive, year_before(), BY, "2019S1")
    archive.database.close()
    return made


def typed(app: Flask, *words: object) -> str:
    ran = app.test_cli_runner().invoke(args=[*map(str, words)])
    assert ran.exit_code in (0, 1), ran.output
    return ran.output


def generated(app: Flask, folder: Path) -> str:
    typed(app, "generate", SAMPLE, "-o", folder / "bao-cao.docx")
    return _printed((folder / "bao-cao.docx").read_bytes())


def tabled(app: Flask, folder: Path) -> str:
    typed(app, "table", SAMPLE, "-o", folder / "bang.csv")
    return (folder / "bang.csv").read_text(encoding="utf-8")


def posted(app: Flask, address: str) -> str:
    answer = with_key(app).post(address, data=BODY, **JSON)
    assert answer.status_code == 200
    return _printed(answer.data) if "documents" in address else answer.get_data(as_text=True)


def paged(app: Flask, action: str) -> str:
    form = {"file": (io.BytesIO(BODY), "input.json"), "action": action}
    return with_key(app).post("/quick", data=form).get_data(as_text=True)


READING: Mapping[str, tuple[Callable[[Flask, Path], str], str]] = {
    "generate": (generated, RISE),
    "check": (lambda app, _: typed(app, "check", SAMPLE), "Lấy số cùng kỳ cho 3 dòng"),
    "explain": (lambda app, _: typed(app, "explain", SAMPLE, "viec_lam.previous"), "200 người"),
    "table": (tabled, "viec_lam.previous"),
    "documents": (lambda app, _: posted(app, "/api/v1/documents"), RISE),
    "drafts": (lambda app, _: posted(app, "/api/v1/documents?draft=true"), RISE),
    "checks": (lambda app, _: posted(app, "/api/v1/checks"), "Lấy số cùng kỳ cho 3 dòng"),
    "explanations": (
        lambda app, _: posted(app, "/api/v1/explanations?figure=viec_lam.previous"), "200",
    ),
    "page": (lambda app, _: paged(app, "check"), "Lấy số cùng kỳ cho 3 dòng"),
}  # fmt: skip


@pytest.mark.parametrize("door", READING)
def test_every_door_tells_the_same_period_out_of_the_archive(
    app: Flask, tmp_path: Path, door: str
) -> None:
    tell, said = READING[door]
    assert said in tell(app, tmp_path)


@pytest.mark.parametrize("door", ["documents", "drafts", "checks", "page"])
def test_a_door_of_another_unit_tells_nothing_of_it(app: Flask, door: str) -> None:
    client = with_key(app, VIET_HUNG)
    address = {"drafts": "documents?draft=true"}.get(door, door)
    form = {"file": (io.BytesIO(BODY), "input.json"), "action": "check"}
    answer = (
        client.post("/quick", data=form)
        if door == "page"
        else client.post(f"/api/v1/{address}", data=BODY, **JSON)
    )
    told = _printed(answer.data) if "do" in address else answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert READING[door][1] not in told


@pytest.mark.parametrize("door", ["generate", "check", "table"])
def test_where_there_is_no_archive_yet_none_is_made_to_read_it(
    tmp_path: Path, door: str
) -> None:
    tell, said = READING[door]
    told = tell(app_at(tmp_path / "kho"), tmp_path)
    assert told
    assert said not in told
    assert not (tmp_path / "kho").exists()


def test_a_report_that_is_kept_keeps_what_it_was_held_against(app: Flask) -> None:
    """Rebuilt, it is the same document, though the year before was issued anew meanwhile."""
    kept = re.findall(r"[0-9a-f]{32}", typed(app, "archive", "keep", SAMPLE, "--by", BY))
    (report_id,) = kept
    archive = open_archive(Path(app.config["DATA_DIR"]))
    record = archive.record(report_id)
    (before,) = thaw(archive.read(record.file(PAST)))
    assert (before.period.id, before.issued_on) == ("2019S1", date(2019, 7, 15))
    assert RISE in _printed(archive.read(record.file("document")))
    body = json.loads(year_before().data)
    body["lines"][0]["value"] = 150
    other = replace(year_before(), data=json.dumps(body).encode())
    import_report(archive, other, BY, "2019S1", replaces=before.report_id)
    assert rebuild(archive, report_id) == Rebuilt(report_id, VERSION, VERSION)
    archive.database.close()
    answer = with_key(app).post("/api/v1/checks", data=BODY, **JSON).get_json()
    told = {one["code"] for one in answer["findings"]}
    assert {"previous.from_archive", "previous.revised"} <= told


def test_a_report_sent_over_http_is_held_against_the_year_before(tmp_path: Path) -> None:
    other = app_with_year_before(tmp_path)
    answer = with_key(other).post("/api/v1/reports?by=Lan", data=BODY, **JSON)
    assert answer.status_code == 201
    assert "past" in [file["role"] for file in answer.get_json()["files"]]


def test_a_report_sent_again_is_the_same_though_more_earlier_ones_came_in(
    tmp_path: Path,
) -> None:
    app = app_at(tmp_path)
    archive = open_archive(tmp_path)
    import_report(archive, year_before(), BY, "2019S1")
    first = typed(app, "archive", "keep", SAMPLE, "--by", BY)
    older = json.loads(year_before().data)
    older.update(period={"id": "2018S1"}, document={"date": "2018-07-15"})
    source = replace(year_before(), data=json.dumps(older).encode())
    import_report(archive, source, BY, "2018S1")
    files = set(archive.files.names())
    (report_id,) = re.findall(r"[0-9a-f]{32}", first)
    assert typed(app, "archive", "keep", SAMPLE, "--by", BY) == (
        f"Báo cáo này đã có trong kho: {report_id}, bản 1.\n"
    )
    assert set(archive.files.names()) == files
    archive.database.close()


def test_what_was_held_against_a_report_is_frozen_and_comes_back_as_it_was(
    tmp_path: Path,
) -> None:
    archive = open_archive(tmp_path)
    record = keep_one(archive)
    archive.database.close()
    plain = past(record, day=None)
    other = past(record, day=PAPER.issued_on, revised=True, merged=True,
                 unit=OrgUnit("phường Hai", ("quận Một",)))  # fmt: skip
    told: tuple[Past, ...] = (plain, other)
    assert thaw(freeze(told)) == told


@pytest.mark.parametrize("left", ["", "files", "archive.db"])
def test_an_archive_half_made_or_not_at_all_is_none(tmp_path: Path, left: str) -> None:
    before: list[Any] = []
    if left:
        open_archive(tmp_path).database.close()
        gone = tmp_path / ("archive.db" if left == "files" else "files")
        gone.rename(tmp_path.parent / f"{tmp_path.name}-gone")
    before = sorted(tmp_path.iterdir())
    assert find_archive(tmp_path) is None
    assert sorted(tmp_path.iterdir()) == before


def test_an_empty_database_of_postgresql_is_none_yet(tmp_path: Path, postgres_url: str) -> None:
    open_archive(tmp_path).database.close()
    assert find_archive(tmp_path, postgres_url) is None
    made = open_archive(tmp_path, postgres_url)
    made.database.close()
    found = find_archive(tmp_path, postgres_url)
    assert found
    found.database.close()
