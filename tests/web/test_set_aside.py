"""What is sent when a session has ended waits for the same person, and for nobody else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from access.faults import moment
from access.sessions import IDLE
from archive.opening import open_archive
from archive.tables_access import SESSIONS
from tests.signing_in import PASSWORD, app_in, form_token, signed_in
from tests.web.test_desk_archive import text_of
from tests.web.test_desk_drafting import SAMPLE, begun, send, version_of, wrong
from web import set_aside
from web.set_aside import File, Form, Shelf

HTML = {"Accept": "text/html"}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return app_in(tmp_path)


@pytest.fixture
def lan(app: Flask) -> FlaskClient:
    return signed_in(app, "lan")


def end_sessions(app: Flask) -> None:
    """Let two hours go by for everybody."""
    archive = open_archive(Path(app.config["DATA_DIR"]))
    with archive.database.writing() as connection:
        connection.execute(SESSIONS.update().values(seen=moment(datetime.now(UTC) - IDLE)))
    archive.database.close()


def sign_in(client: FlaskClient, page: TestResponse, login: str = "lan") -> str:
    """Sign in on the page that was answered, as its form says; return where that leads."""
    client.environ_base.pop("HTTP_X_CSRF_TOKEN", None)
    told = dict(re.findall(r'name="(csrf_token|next)" value="([^"]*)"', page.text))
    answer = client.post("/sign-in", data={**told, "login": login, "password": PASSWORD})
    assert answer.status_code == 303
    return str(answer.location)


def send_on(client: FlaskClient, address: str) -> TestResponse:
    return client.post(address, data={"csrf_token": form_token(client, address)}, headers=HTML)


def test_what_was_typed_over_cells_is_sent_on_after_signing_in(
    app: Flask, lan: FlaskClient
) -> None:
    address = begun(lan)
    send(lan, address, wrong())
    typed = {"version": version_of(lan, address), "to:Số liệu!E91": "224"}
    end_sessions(app)
    refused = lan.post(f"{address}/mend", data=typed, headers=HTML)
    assert refused.status_code == 401
    assert (
        "Phiên làm việc đã hết. Hãy đăng nhập lại. Điều vừa gửi được giữ 30 phút: đăng nhập rồi gửi "
        "tiếp." in text_of(refused.text)
    )
    on = sign_in(lan, refused)
    assert "Ô Số liệu!E91 224" in text_of(lan.get(on).text)
    assert 'value="242"' in lan.get(address).text  # nothing was done before it was asked for
    assert send_on(lan, on).location == f"{address}#ket-qua"
    assert "Số liệu dùng được. Còn 1 điều nên xem lại" in text_of(lan.get(address).text)
    assert lan.get(on, headers=HTML).status_code == 404  # and it is forgotten


def test_a_file_is_sent_on_too(app: Flask, lan: FlaskClient) -> None:
    address = begun(lan)
    form = {"version": version_of(lan, address), "file": (BytesIO(SAMPLE), "biểu tháng 6.xlsx")}
    end_sessions(app)
    on = sign_in(lan, lan.post(f"{address}/file", data=form, headers=HTML))
    assert "Tệp biểu tháng 6.xlsx" in text_of(lan.get(on).text)
    assert send_on(lan, on).location == f"{address}#ket-qua"
    page = text_of(lan.get(address).text)
    assert "Đang dùng tệp biểu tháng 6.xlsx" in page
    assert "Số liệu khớp, nộp được." in page


def test_nobody_else_is_shown_it(app: Flask, lan: FlaskClient) -> None:
    address = begun(lan)
    end_sessions(app)
    refused = lan.post(f"{address}/paste", data={"rows": "bí mật"}, headers=HTML)
    on = sign_in(lan, refused, "hoa")
    assert "/resume/" in on
    for answer in (lan.get(on, headers=HTML), signed_in(app, "hoa").post(on, headers=HTML)):
        assert answer.status_code == 404
        assert "bí mật" not in answer.text
    assert "Bảng đã dán bí mật" in text_of(signed_in(app, "lan").get(on).text)


def test_what_proves_nothing_is_not_kept(app: Flask, lan: FlaskClient) -> None:
    address = begun(lan)
    end_sessions(app)
    lan.environ_base["HTTP_X_CSRF_TOKEN"] = "0" * 64
    stranger = app.test_client()
    for client in (lan, stranger):
        answer = client.post(f"{address}/paste", data={"rows": "1"}, headers=HTML)
        assert answer.status_code == 401
        assert "được giữ" not in answer.text


def test_an_old_page_of_somebody_signed_in_again_asks_before_it_sends(lan: FlaskClient) -> None:
    address = begun(lan)
    lan.environ_base.pop("HTTP_X_CSRF_TOKEN")
    old = {"csrf_token": "0" * 64, "version": "0", "rows": "sai"}
    own = {**HTML, "Sec-Fetch-Site": "same-origin"}
    asked = lan.post(f"{address}/paste", data=old, headers=own)
    assert (asked.status_code, "/resume/" in str(asked.location)) == (303, True)
    assert "Bảng đã dán sai" in text_of(lan.get(str(asked.location)).text)
    refused = send_on(lan, str(asked.location))
    assert refused.status_code == 409  # as it would have been at once
    assert lan.get(str(asked.location)).status_code == 200  # not taken, so not forgotten
    assert lan.post(f"{address}/paste", data=old, headers=HTML).status_code == 403


def form(account: str = "a", size: int = 1, minutes: int = 0) -> Form:
    at = datetime.now(UTC) - timedelta(minutes=minutes)
    return Form(account, "/desk/x/file", at, (), (File("file", "f", "", b"x" * size),))


def test_the_shelf_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(set_aside, "_MOST_BYTES", 100)
    shelf = Shelf()
    assert shelf.put(form(size=101)) == ""
    ids = [shelf.put(form()) for _ in range(4)]
    assert [bool(shelf.find(id_, "a")) for id_ in ids] == [False, True, True, True]
    other = shelf.put(form("b", 99))
    assert [bool(shelf.find(id_, "a")) for id_ in ids] == [False, False, False, True]
    assert (shelf.find(other, "a"), bool(shelf.find(other, "b"))) == (None, True)
    assert shelf.find(shelf.put(form("c", minutes=31)), "c") is None
