"""Bombs and forged headers through every door that takes a file or a name."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.signing_in import signed_in
from tests.web.test_api import spreadsheet
from tests.web.test_desk_archive import text_of
from tests.web.test_desk_drafting import begun, version_of
from web.downloads import attachment

JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOORS = ("checks", "documents", "explanations", "reports?by=Hoa", "documents?draft=true",
         "documents?format=pdf", "lint?form=nd30")  # fmt: skip
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><worksheet>&j;</worksheet>"
)


@pytest.fixture(scope="module")
def bombs() -> dict[str, bytes]:
    return {
        "inflates": spreadsheet("xl/worksheets/sheet1.xml", b"<a>" + b" " * (300 << 20) + b"</a>"),
        "laughs": spreadsheet("xl/worksheets/sheet1.xml", LAUGHS),
        "laughs in names": spreadsheet("[Content_Types].xml", LAUGHS),
        "deep json": b'{"lines":' * 100_000 + b"1" + b"}" * 100_000,
        "long number": b'{"kind": "ban-tin-6-thang", "lines": [{"value": ' + b"9" * 1_000_000 + b"}]}",
        "exponent": b'{"kind": "ban-tin-6-thang", "period": {"id": "2020S1"}, "org_unit": {"name": "a"}, '
                    b'"lines": [{"code": "ho_ngheo", "value": 1e999999999}]}',
    }  # fmt: skip


STOPPED_BY = {
    "inflates": {"file.inflates"}, "laughs": {"file.doctype"}, "laughs in names": {"file.doctype"},
}  # fmt: skip


def parts(data: bytes, **more: str) -> dict[str, Any]:
    """A form with a file, as a client sends it; the test client's own would go by the disk."""
    told = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in more.items()]  # fmt: skip
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
    body = b"".join([*told, head, data, b"\r\n--x--\r\n"])
    return {"data": body, "content_type": "multipart/form-data; boundary=x"}


def send(client: FlaskClient, door: str, data: bytes, way: str) -> TestResponse:
    if way == "form":
        return client.post(f"/api/v1/{door}", **parts(data))
    mimetype = JSON if data.startswith(b"{") else XLSX
    if door.startswith("lint"):
        mimetype = "application/octet-stream"
    return client.post(f"/api/v1/{door}", data=data, content_type=mimetype)


@pytest.fixture
def frugal(bombs: dict[str, bytes]) -> Iterator[None]:
    """Less than 250 MB are taken while the test runs."""
    tracemalloc.start(1)
    yield
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 250 << 20


@pytest.mark.usefixtures("frugal")
@pytest.mark.parametrize("way", ["raw", "form"])
@pytest.mark.parametrize("door", DOORS)
def test_no_bomb_goes_off(
    client: FlaskClient, bombs: dict[str, bytes], door: str, way: str
) -> None:
    for name, bomb in bombs.items():
        answer = send(client, door, bomb, way)
        assert answer.status_code in (200, 400, 403, 415, 422), (name, answer.status_code)
        if name in STOPPED_BY and not door.startswith("lint"):
            codes = {one["code"] for one in json.loads(answer.data)["findings"]}
            assert (answer.status_code, codes) == (400, STOPPED_BY[name])


@pytest.mark.usefixtures("frugal")
@pytest.mark.parametrize("page", ["/quick", "/desk"])
def test_no_bomb_goes_off_on_a_page(app: Flask, bombs: dict[str, bytes], page: str) -> None:
    lan = signed_in(app, "lan")
    draft = begun(lan) if page == "/desk" else ""
    for name, bomb in bombs.items():
        version = version_of(lan, draft) if draft else ""
        sent = parts(bomb, action="check", version=version)
        answer = lan.post(f"{draft}/file" if draft else page, **sent)
        assert answer.status_code in (200, 303, 400, 422), (name, answer.status_code)
        if name in STOPPED_BY:
            told = text_of(lan.get(draft).text if draft else answer.text)
            assert "chép phần bảng có số liệu sang một bảng tính mới" in told, name


def payload(**more: Any) -> dict[str, Any]:
    within = ["quận Long Biên", "thành phố Hà Nội"]
    frame = {"kind": "ban-tin-6-thang", "period": {"id": "2020S1"},
             "org_unit": {"name": "phường Phúc Lợi", "within": within}}  # fmt: skip
    return {**frame, "lines": [{"code": "ho_can_ngheo", "value": 30}], **more}


@pytest.mark.usefixtures("frugal")
def test_a_bomb_in_a_dossier_is_kept_and_never_opened(
    client: FlaskClient, bombs: dict[str, bytes]
) -> None:
    kept = client.post("/api/v1/reports?by=Hoa", json=payload())
    assert kept.status_code == 201
    place = kept.headers["Location"] + "/attachments"
    for role in ("original", "returned", "other"):
        added = client.post(place, **parts(bombs["inflates"], role=role, by="Hoa"))
        assert added.status_code == 201
        assert client.get(added.headers["Location"]).data == bombs["inflates"]


# ---------------------------------------------------------------- headers

EVIL = "a\r\nX-Evil: yes\r\n\r\nb"


def test_no_name_becomes_a_header(client: FlaskClient) -> None:
    sent = payload(org_unit={"name": f"phường {EVIL}"})
    kept = client.post("/api/v1/reports", json=payload(), query_string={"by": EVIL})
    place = kept.headers["Location"]
    file = {
        "file": (io.BytesIO(b"%PDF-1.7"), 'a"; X-Evil=yes;.pdf'),
        "role": "other",
        "by": "Hoa",
    }
    added = client.post(f"{place}/attachments", data=file, headers={"Idempotency-Key": "a"})
    answers = [
        client.post("/api/v1/documents", json=sent),
        client.post("/api/v1/documents?draft=true", json=sent),
        kept,
        added,
        client.get(added.headers["Location"]),
        client.get(f"{place}/figures/%0d%0aX-Evil:%20yes"),
        client.get("/api/v1/reports/%0d%0aX-Evil:%20yes"),
        client.get("/api/v1/kinds/%0d%0aX-Evil:%20yes/form.xlsx"),
        client.get("/%0d%0aX-Evil:%20yes"),
        client.get("/healthz", headers={"X-Request-Id": "a\tX-Evil: yes"}),
    ]
    assert [answer.status_code for answer in answers] == [
        200, 200, 201, 201, 200, 404, 404, 404, 404, 200,
    ]  # fmt: skip
    for answer in answers:
        assert "X-Evil" not in answer.headers
        for name, value in answer.headers:
            assert value.isprintable(), name
            assert value.isascii(), name


def test_a_files_name_cannot_leave_its_place_in_the_header() -> None:
    told = attachment(b"", "text/html\r\nX-Evil: yes", 'a"; X-Evil=yes\r\nX: y;ệ.pdf').headers
    assert told["Content-Type"] == "application/octet-stream"
    assert told["Content-Disposition"] == (
        'attachment; filename="a-x-evil-yes-x-y-e.pdf"; '
        "filename*=UTF-8''a%22%3B%20X-Evil%3Dyes%0D%0AX%3A%20y%3B%E1%BB%87.pdf"
    )
