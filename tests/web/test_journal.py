"""The log and the ids: one line a request, nothing of anybody's data."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from web.journal import Lines

SECRET = "phường Bí Mật"


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    told = [json.loads(Lines().format(record)) for record in caplog.records]
    for line in told:
        line.pop("at")
        if line["event"] == "request":
            assert isinstance(line.pop("ms"), int)
            assert isinstance(line.pop("bytes"), int)
    return told


def test_a_request_is_one_line_and_tells_nothing_of_the_data(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    sent = {"kind": "ban-tin-6-thang", "org_unit": {"name": SECRET}}
    client.post("/api/v1/checks?by=Bí+Mật", json=sent, headers={"X-Request-Id": "a-1"})
    client.get("/api/v1/kinds/bi-mat/schema", headers={"X-Request-Id": "a-2"})
    client.get("/bi-mat", headers={"X-Request-Id": "a-3"})
    told = lines(caplog)
    known = str(told[0]["caller"])
    assert re.fullmatch("key:[0-9a-f]{32}", known)
    common = {"event": "request", "caller": known}
    assert told == [
        {**common, "id": "a-1", "method": "POST", "route": "/api/v1/checks", "status": 200},
        {**common, "id": "a-2", "method": "GET", "route": "/api/v1/kinds/<kind_id>/schema",
         "status": 404},
        {**common, "id": "a-3", "method": "GET", "route": "", "status": 404, "caller": ""},
    ]  # fmt: skip
    written = "".join(Lines().format(record) for record in caplog.records)
    assert not [word for word in ("Bí Mật", "bi-mat", "by=") if word in written]


def test_an_id_that_is_none_is_replaced(client: FlaskClient) -> None:
    for given in ("", "a b", "x" * 65, "é", "-a", 'a"b', "a/b", "<script>"):
        made = client.get("/healthz", headers={"X-Request-Id": given}).headers["X-Request-Id"]
        assert made != given
        assert len(made) == 16
    kept = client.get("/healthz", headers={"X-Request-Id": "Xa.9_-z"})
    assert kept.headers["X-Request-Id"] == "Xa.9_-z"


def test_of_a_foreign_exception_only_the_type_is_written() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        found = (type(error), error, error.__traceback__)
    record = logging.LogRecord("waitress", logging.ERROR, __file__, 1, "lỗi", (), found)
    told = json.loads(Lines().format(record))
    told.pop("at")
    assert told == {"event": "lỗi", "exc_info": "ValueError"}
