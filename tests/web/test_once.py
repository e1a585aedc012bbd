"""The same key, the same answer: again, at once, after a kill; another request is refused."""

from __future__ import annotations

import io
import json
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import archive.replays
import web.once
from archive.deposits import deposit_of

BODY = (
    Path(__file__).resolve().parents[2] / "fixtures/accepted/phuc-loi-2020/input.json"
).read_bytes()
JSON = "application/json"


def keep(client: FlaskClient, key: str, body: bytes = BODY, **asked: str) -> TestResponse:
    return client.post("/api/v1/reports", data=body, content_type=JSON, headers={"Idempotency-Key": key},
                       query_string={"by": "Nguyễn Thị Hoa", **asked})  # fmt: skip


def reports(client: FlaskClient) -> list[str]:
    told = json.loads(client.get("/api/v1/reports").data)
    return [one["id"] for one in told["reports"]]


def test_the_same_again_is_answered_as_the_first_time(client: FlaskClient) -> None:
    first, again = keep(client, "a"), keep(client, "a")
    assert [first.status_code, again.status_code] == [201, 201]
    assert again.data == first.data
    assert again.headers["Location"] == first.headers["Location"]
    told = [one.headers.get("Idempotency-Replayed") for one in (first, again)]
    assert told == [None, "true"]
    assert keep(client, "b").status_code == 200  # another key: the archive itself knows it


def test_another_request_under_the_key_is_refused(client: FlaskClient) -> None:
    keep(client, "a")
    other = json.loads(BODY) | {"texts": {}}
    for answer in (
        keep(client, "a", json.dumps(other).encode()),
        keep(client, "a", replaces="x"),
    ):
        assert answer.status_code == 422
        assert answer.json
        assert answer.json["detail"] == (
            "Khóa Idempotency-Key này đã dùng cho một yêu cầu khác. Hãy dùng khóa mới cho nội dung "
            "mới."
        )


def test_what_failed_is_not_remembered(client: FlaskClient) -> None:
    wrong = json.dumps({"kind": "ban-tin-6-thang"}).encode()
    assert keep(client, "a", wrong).status_code == 422
    assert keep(client, "a").status_code == 201


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "khóa"])
def test_a_key_that_is_none(client: FlaskClient, key: str) -> None:
    answer = client.post("/api/v1/reports", data=BODY, content_type=JSON,
                         headers={"Idempotency-Key": key.encode().decode("latin-1")})  # fmt: skip
    assert answer.status_code == 400


def test_the_boundary_of_a_form_is_no_part_of_the_request(client: FlaskClient) -> None:
    def send(data: bytes) -> TestResponse:
        return client.post("/api/v1/reports?by=Hoa", headers={"Idempotency-Key": "a"},
                           data={"file": (io.BytesIO(data), "a.json")})  # fmt: skip

    first, again, other = send(BODY), send(BODY), send(BODY + b" ")
    assert (first.status_code, again.data, other.status_code) == (201, first.data, 422)


def test_an_attachment_is_added_once(client: FlaskClient) -> None:
    place = keep(client, "a").headers["Location"] + "/attachments"
    for _ in range(3):
        sent = {"file": (io.BytesIO(b"%PDF-1.7"), "a.pdf"), "role": "signed", "by": "Hoa"}
        assert (
            client.post(place, data=sent, headers={"Idempotency-Key": "b"}).status_code == 201
        )
    kept = json.loads(client.get(place).data)["attachments"]
    assert [one["name"] for one in kept if one["role"] == "signed"] == ["a.pdf"]


def test_many_at_once_are_one(app: Flask, client: FlaskClient, monkeypatch: Any) -> None:
    entered: list[int] = []
    real = deposit_of

    def count(*args: Any) -> Any:
        entered.append(1)
        return real(*args)

    monkeypatch.setattr("desk.steps.deposit_of", count)
    client.get("/api/v1/reports")  # the archive is open
    answers: list[TestResponse] = []
    header = client.environ_base

    def send() -> None:
        own = app.test_client()
        own.environ_base = header
        answers.append(keep(own, "a"))

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.data for answer in answers}) == 1
    assert (len(entered), len(reports(client))) == (1, 1)


def test_a_claim_whose_process_died_is_taken_over(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """As if the process had ended: nothing is tidied up."""

    def die(*_args: Any) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(web.once, "settle", die)
        dying.setattr(web.once, "release", lambda *_args: None)
        with pytest.raises(Killed):
            keep(client, "a")
    assert len(reports(client)) == 1
    with monkeypatch.context() as waiting:
        waiting.setattr(web.once, "_PATIENCE", 0.1)
        answer = keep(client, "a")
        assert (answer.status_code, answer.headers["Retry-After"]) == (409, "2")
    monkeypatch.setattr(archive.replays, "LEASE", timedelta(0))
    monkeypatch.setattr(archive.replays, "datetime", Later)
    assert keep(client, "a").status_code == 200
    assert len(reports(client)) == 1


class Later(datetime):
    """A clock that is five minutes ahead."""

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return super().now(tz) + timedelta(minutes=5)
