"""What is sent when a session has ended waits for the same person, and for nobody else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.formparser import FormDataParser
from werkzeug.test import TestResponse

from access.faults import moment
from access.sessions import IDLE
from archive.opening import open_archive
from archive.tables_access import SESSIONS
from tests.signing_in import PASSWORD, app_in, form_token, signed_in
from tests.web.test_desk_archive import text_of
from tests.web.test_desk_drafting import SAMPLE, begun, send, version_of, wrong
from tests.web.test_hostile import parts
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
    account = account_on(lan.get(address).text)
    old = {"csrf_token": "0" * 64, "of_account": account, "version": "0", "rows": "sai"}
    own = {**HTML, "Sec-Fetch-Site": "same-origin"}
    asked = lan.post(f"{address}/paste", data=old, headers=own)
    assert (asked.status_code, "/resume/" in str(asked.location)) == (303, True)
    assert "Bảng đã dán sai" in text_of(lan.get(str(asked.location)).text)
    refused = send_on(lan, str(asked.location))
    assert refused.status_code == 409  # as it would have been at once
    assert lan.get(str(asked.location)).status_code == 200  # not taken, so not forgotten
    assert lan.post(f"{address}/paste", data=old, headers=HTML).status_code == 403


def account_on(page: str) -> str:
    """The account that a page's forms name; what the page itself names is the same."""
    found = re.search(r'name="of_account" value="([^"]+)"', page)
    assert found
    assert f'data-account="{found[1]}"' in page
    return found[1]


def test_what_somebody_else_typed_on_a_shared_browser_is_not_given(
    app: Flask, lan: FlaskClient
) -> None:
    address = begun(lan)
    hoa = signed_in(app, "hoa")
    hoa.environ_base.pop("HTTP_X_CSRF_TOKEN")
    own = {**HTML, "Sec-Fetch-Site": "same-origin"}
    page = hoa.get("/quick").text
    theirs = {"csrf_token": "0" * 64, "rows": "của Lan"}
    for of in ({"of_account": account_on(lan.get(address).text)}, {}):
        answer = hoa.post("/quick", data={**theirs, **of}, headers=own)
        assert answer.status_code == 403
    named = re.search(r'name="of_account" value="([^"]+)"', page)
    assert named
    kept = hoa.post("/quick", data={**theirs, "of_account": named[1]}, headers=own)
    assert kept.status_code == 403  # that page tells its refusals itself
    kept = hoa.post(f"{address}/paste", data={**theirs, "of_account": named[1]}, headers=own)
    assert "/resume/" in str(kept.location)


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def titles(page: str) -> list[str]:
    return [plain(one) for one in re.findall(r"<h1>.*?</h1>|<p><b>.*?</b></p>", page, re.S)]


def test_the_page_names_the_act_and_the_report(app: Flask, lan: FlaskClient) -> None:
    address = begun(lan)
    send(lan, address, SAMPLE)
    report = (
        "Bản tin công tác an sinh xã hội 6 tháng, 6 tháng đầu năm 2020, phường Phúc Lợi, quận Long Biên, "
        "thành phố Hà Nội"
    )
    assert lan.post(f"{address}/table").status_code == 303
    part = str(lan.get(f"{address}/table").location)
    title = titles(lan.get(part).text)[0]
    end_sessions(app)
    typed = {"E12": "5", "was:E12": "5", "E13": "6", "was:E13": "7", "E14": "", "was:E14": "8"}
    on = sign_in(lan, lan.post(part, data=typed, headers=HTML))
    page = lan.get(on).text
    assert titles(page) == [f"Gửi tiếp: Ghi phần «{title}»", report]
    told = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)
    assert told == [("Ô E13", "6"), ("Ô E14", "(để trống)")]


@pytest.mark.parametrize(("action", "title"), [
    ("approve", "Duyệt báo cáo"), ("return", "Trả lại để sửa"),
])  # fmt: skip
def test_nobody_approves_blindly(app: Flask, lan: FlaskClient, action: str, title: str) -> None:
    address = begun(lan)
    send(lan, address, SAMPLE)
    kept = lan.post(f"{address}/submit", data={"version": version_of(lan, address)})
    hoa = signed_in(app, "hoa")
    end_sessions(app)
    sent = hoa.post(f"{kept.location}/approval", data={"action": action}, headers=HTML)
    told = titles(hoa.get(sign_in(hoa, sent, "hoa")).text)
    assert told[0] == f"Gửi tiếp: {title}"
    assert told[1].startswith(
        "Bản tin công tác an sinh xã hội 6 tháng, 6 tháng đầu năm 2020, phường Phúc Lợi"
    )


def test_a_report_out_of_reach_is_not_named(app: Flask, lan: FlaskClient) -> None:
    address = begun(lan)
    binh = signed_in(app, "binh")
    end_sessions(app)
    sent = binh.post(f"{address}/paste", data={"rows": "1"}, headers=HTML)
    told = titles(binh.get(sign_in(binh, sent, "binh")).text)
    assert told == ["Gửi tiếp: Gửi bảng đã dán"]


# ---------------------------------------------------------------- how much is read

URLENCODED = "application/x-www-form-urlencoded"


def taken_apart(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Sizes of the bodies that are taken apart from now on."""
    sizes: list[int] = []
    parse = FormDataParser.parse

    def noted(self: FormDataParser, stream: Any, mimetype: str, length: int, *more: Any) -> Any:
        sizes.append(length)
        return parse(self, stream, mimetype, length, *more)

    monkeypatch.setattr(FormDataParser, "parse", noted)
    return sizes


def test_nothing_of_a_stranger_is_taken_apart(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = taken_apart(monkeypatch)
    stranger = app.test_client()
    stranger.set_cookie("bao_cao_phien", "x" * 43)
    for path in ("/desk/x/paste", "/quick"):
        answer = stranger.post(path, data=b"a=&" * 100, content_type=URLENCODED, headers=HTML)
        assert answer.status_code == 401
    assert sizes == []


@pytest.mark.parametrize("path", ["/sign-in", "/begin", "/password", "/sign-out"])
def test_a_form_for_everybody_is_small(app: Flask, lan: FlaskClient, path: str) -> None:
    lan.environ_base.pop("HTTP_X_CSRF_TOKEN")
    large = b"a=" + b"x" * (64 << 10)
    for kind in (URLENCODED, "multipart/form-data; boundary=x"):
        answer = lan.post(path, data=large, content_type=kind, headers=HTML)
        assert answer.status_code == 413
        assert "vượt quá mức cho phép là 65536 byte" in text_of(answer.text)


def test_a_form_is_taken_apart_within_limits(app: Flask, lan: FlaskClient) -> None:
    address = begun(lan)
    lan.environ_base.pop("HTTP_X_CSRF_TOKEN")
    large, many = b"rows=" + b"x" * (2 << 20), b"a=&" * 20_000
    told = ("vượt quá mức cho phép là 2 MB", "Biểu gửi lên có quá nhiều ô. Hãy gửi bằng tệp.")
    for body, why in zip((large, many), told, strict=True):
        answer = lan.post(f"{address}/paste", data=body, content_type=URLENCODED, headers=HTML)
        assert (answer.status_code, why in text_of(answer.text)) == (413, True)
    end_sessions(app)
    for body in (large, many):
        answer = lan.post(f"{address}/paste", data=body, content_type=URLENCODED, headers=HTML)
        assert answer.status_code == 401
        assert "được giữ" not in answer.text


def test_a_file_of_16_mb_still_comes_in(lan: FlaskClient) -> None:
    address = begun(lan)
    form = parts(b"x" * (16 << 20), version=version_of(lan, address))
    assert lan.post(f"{address}/file", **form).status_code == 303
    json = lan.post(
        "/api/v1/checks", data=b"[" + b" " * (16 << 20), content_type="application/json"
    )
    assert json.status_code == 400


# ---------------------------------------------------------------- the shelf


def form(account: str = "a", size: int = 1, minutes: int = 0) -> Form:
    at = datetime.now(UTC) - timedelta(minutes=minutes)
    return Form(account, "/desk/x/file", at, (), (File("file", "f", "", b"x" * (size - 200)),))


def there(shelf: Shelf, account: str, ids: list[str]) -> list[bool]:
    return [bool(shelf.find(id_, account)) for id_ in ids]


def test_the_shelf_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(set_aside, "_MOST_BYTES_OF_ONE", 1000)
    monkeypatch.setattr(set_aside, "_MOST_BYTES", 2000)
    shelf = Shelf()
    assert shelf.put(form(size=1001)) == ""
    ids = [shelf.put(form(size=300)) for _ in range(4)]
    assert there(shelf, "a", ids) == [False, True, True, True]
    ids.append(shelf.put(form(size=500)))
    assert there(shelf, "a", ids) == [False, False, False, True, True]
    other = shelf.put(form("b", 1000))
    assert (shelf.find(other, "a"), bool(shelf.find(other, "b"))) == (None, True)
    assert shelf.put(form("c", 300)) == ""  # nobody else's gives way
    assert there(shelf, "a", ids) == [False, False, False, True, True]
    assert shelf.find(shelf.put(form("c", 200, minutes=31)), "c") is None


def test_fields_are_counted() -> None:
    fields = tuple((str(number), "") for number in range(5_001))
    at = datetime.now(UTC)
    assert Form("a", "/desk/x", at, (("ab", "cde"),), ()).size == 205
    assert Shelf().put(Form("a", "/desk/x", at, fields, ())) == ""
    assert Shelf().put(Form("a", "/desk/x", at, fields[:5_000], ()))


def test_where_there_is_no_room_nothing_is_promised(
    lan: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_aside, "_MOST_BYTES", 100)
    address = begun(lan)
    end_sessions(app)
    refused = lan.post(f"{address}/paste", data={"rows": "1"}, headers=HTML)
    assert refused.status_code == 401
    assert "Phiên làm việc đã hết. Hãy đăng nhập lại." in text_of(refused.text)
    assert "được giữ" not in refused.text
    assert 'name="next" value="/"' in refused.text
