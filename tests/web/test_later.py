"""Work that is put off: done as if it had been waited for, seen by its owner, taken up after a death."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

import archive.jobs
import web.later
from web.later import Worker, worker_of
from web.shelf import the_archive

BODY = (
    Path(__file__).resolve().parents[2] / "fixtures/accepted/phuc-loi-2020/input.json"
).read_bytes()
LATER = {"Prefer": "respond-async, wait=10"}


def put_off(client: FlaskClient, path: str, body: bytes = BODY, key: str = "") -> Any:
    headers = {**LATER, **({"Idempotency-Key": key} if key else {})}
    answer = client.post(path, data=body, content_type="application/json", headers=headers)
    assert answer.status_code == 202
    assert answer.headers["Preference-Applied"] == "respond-async"
    return answer


def ended(client: FlaskClient, location: str, within: float = 30) -> dict[str, Any]:
    begun = time.monotonic()
    while time.monotonic() - begun < within:
        answer = client.get(location)
        told: dict[str, Any] = json.loads(answer.data)
        if told["ended"]:
            assert "Retry-After" not in answer.headers
            return told
        assert answer.headers["Retry-After"] == "1"
        time.sleep(0.05)
    raise AssertionError(told)


def test_a_document_comes_later_as_it_would_have_come_at_once(client: FlaskClient) -> None:
    at_once = client.post("/api/v1/documents", data=BODY, content_type="application/json")
    put = put_off(client, "/api/v1/documents")
    told = ended(client, put.headers["Location"])
    assert told == {
        "id": put.json["id"], "state": "done", "method": "POST", "path": "/api/v1/documents",
        "asked": put.json["asked"], "ended": told["ended"], "status": 200,
        "links": {"self": put.headers["Location"], "result": f"{put.headers['Location']}/result"},
    }  # fmt: skip
    result = client.get(told["links"]["result"])
    assert (result.status_code, result.data) == (200, at_once.data)
    names = ("Content-Type", "Content-Disposition", "X-Findings")
    assert [result.headers[name] for name in names] == [at_once.headers[name] for name in names]


def test_a_refusal_comes_later_too(client: FlaskClient) -> None:
    told = ended(client, put_off(client, "/api/v1/documents", b"{").headers["Location"])
    assert (told["state"], told["status"]) == ("done", 400)
    result = client.get(told["links"]["result"])
    assert (result.status_code, result.mimetype) == (400, "application/problem+json")


def test_a_report_is_kept_in_the_name_of_who_asked(client: FlaskClient) -> None:
    put = put_off(client, "/api/v1/reports?by=Hoa", key="a")
    again = put_off(client, "/api/v1/reports?by=Hoa", key="a")
    assert again.data == put.data
    told = ended(client, put.headers["Location"])
    record = json.loads(client.get(told["links"]["result"]).data)
    assert (told["status"], "Hoa" in record["kept"]["by"]) == (201, True)
    assert client.get(record["links"]["self"]).status_code == 200


def test_a_job_nobody_has(client: FlaskClient) -> None:
    for path in ("/api/v1/jobs/x", "/api/v1/jobs/x/result"):
        assert client.get(path).status_code == 404


@pytest.fixture
def idle(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Worker:
    """A worker that has not been started."""
    monkeypatch.setattr(Worker, "wake", lambda self: None)
    return worker_of(app)


def test_what_is_not_done_has_no_result(client: FlaskClient, idle: Worker) -> None:
    location = put_off(client, "/api/v1/checks").headers["Location"]
    told = json.loads(client.get(location).data)
    assert (told["state"], told["status"], told["links"]) == (
        "queued",
        None,
        {"self": location},
    )
    answer = client.get(f"{location}/result")
    assert (answer.status_code, answer.json["detail"]) == (409, "Việc này chưa xong.")  # type: ignore[index]


def test_nobody_has_more_waiting_than_twenty(client: FlaskClient, idle: Worker) -> None:
    for _ in range(20):
        put_off(client, "/api/v1/checks")
    answer = client.post(
        "/api/v1/checks", data=BODY, content_type="application/json", headers=LATER
    )
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "10")


def test_work_whose_worker_died_is_done_again_and_once_more_fails(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(Worker, "wake", lambda self: None)
        first, second = (put_off(client, "/api/v1/checks").headers["Location"] for _ in "ab")
        before.setattr(archive.jobs, "LEASE", timedelta(seconds=-1))
        taken = [take(app) for _ in range(3)]  # three workers that die
    assert taken[0] == taken[1] != taken[2]
    before_start = json.loads(client.get(second).data)["state"]
    assert before_start == "running"
    Worker(app).wake()
    assert ended(client, second)["state"] == "done"
    told = ended(client, first)
    assert (told["state"], told["status"]) == ("failed", None)
    answer = client.get(f"{first}/result")
    assert (answer.status_code, answer.json["detail"]) == (  # type: ignore[index]
        409, "Việc này bị dừng giữa chừng hai lần nên không làm lại.",
    )  # fmt: skip


def take(app: Flask) -> str | None:
    with app.app_context(), the_archive().database.writing() as connection:
        job = archive.jobs.take(connection)
    return job.id if job else None


def test_what_takes_long_keeps_its_lease(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web.later, "_TICK", 0.1)
    monkeypatch.setattr(archive.jobs, "LEASE", timedelta(seconds=0.5))
    real = Worker._answer

    def slowly(self: Worker, work: Any) -> Any:
        time.sleep(1.5)
        return real(self, work)

    monkeypatch.setattr(Worker, "_answer", slowly)
    location = put_off(client, "/api/v1/checks").headers["Location"]
    time.sleep(1)
    assert take(app) is None  # nobody else takes it meanwhile
    assert ended(client, location)["state"] == "done"
