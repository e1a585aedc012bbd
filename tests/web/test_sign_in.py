"""The pages for signing in: the first account by a link, a given password that must be changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from commands.first_account import first_words
from service import create_app
from tests.signing_in import COOKIE, PASSWORD, app_in, form_token, new_session, signed_in
from tests.test_service import run

OWN = {"unit": "phường Phúc Lợi", "within": "quận Long Biên, thành phố Hà Nội",
       "name": "Nguyễn Thị Lan", "login": "lan", "password": "mot cau that rieng"}  # fmt: skip
HERE = [("127.0.0.1", 8080)]


@pytest.fixture
def empty(tmp_path: Path) -> Flask:
    """A service that nobody has an account of."""
    return create_app({"DATA_DIR": str(tmp_path / "kho"), "DATABASE_URL": ""})


def link(app: Flask) -> str:
    with app.app_context():
        found = re.search(r"http://127\.0\.0\.1:8080(/begin\?token=\S+)", first_words(HERE))
    assert found
    return found[1]


def begin(client: FlaskClient, address: str, **changes: str) -> TestResponse:
    found = re.search(r'name="csrf_token" value="(\w+)"', client.get(address).text)
    token = address.partition("=")[2]
    return client.post("/begin", data={
        **OWN, "token": token, "csrf_token": found[1] if found else "", **changes})  # fmt: skip


# ---------------------------------------------------------------- the first account


def test_the_link_makes_the_first_account_and_works_once(empty: Flask) -> None:
    address, client = link(empty), empty.test_client()
    answer = begin(client, address)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert "Nguyễn Thị Lan" in client.get("/").text
    listed = run(empty, "user", "list").output
    assert listed == (
        "lan\tNguyễn Thị Lan\tadmin tại phường Phúc Lợi; approver tại phường Phúc Lợi; "
        "clerk tại phường Phúc Lợi\t-\n"
    )
    other = empty.test_client()
    assert other.get(address).status_code == 404
    assert begin(other, address, login="minh").status_code in (403, 422)
    assert run(empty, "user", "list").output == listed
    with empty.app_context():
        assert first_words(HERE) == ""


def test_looking_at_the_link_does_not_use_it_up_and_a_fault_neither(empty: Flask) -> None:
    address, client = link(empty), empty.test_client()
    for _ in range(3):
        assert client.get(address).status_code == 200
    for changes, said in (({"password": "ngan"}, "ít nhất 10"), ({"login": "Lân"}, "Tên đăng nhập gồm"),
                          ({"unit": " "}, "còn trống")):  # fmt: skip
        answer = begin(client, address, **changes)
        assert answer.status_code == 422
        assert said in answer.text
        assert 'value="Nguyễn Thị Lan"' in answer.text
    assert run(empty, "user", "list").output == ""
    assert run(empty, "unit", "list").output == ""
    assert begin(client, address).status_code == 303


def test_a_new_start_makes_the_old_link_worthless(empty: Flask) -> None:
    old, new = link(empty), link(empty)
    assert empty.test_client().get(old).status_code == 404
    assert empty.test_client().get(new).status_code == 200


def test_a_link_ends_after_an_hour(empty: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    import access.sign_in_links

    monkeypatch.setattr(access.sign_in_links, "LASTS", timedelta(0))
    assert empty.test_client().get(link(empty)).status_code == 404


@pytest.mark.parametrize(
    "hosts", [["0.0.0.0"], ["192.168.1.5"], ["127.0.0.1", "10.0.0.1"], ["::"]]
)
def test_who_listens_to_others_is_told_no_link(empty: Flask, hosts: list[str]) -> None:
    with empty.app_context():
        assert first_words([(host, 80) for host in hosts]) == ""


def test_no_guess_is_a_link(empty: Flask) -> None:
    link(empty)
    client = empty.test_client()
    for token in ("", "x", "0" * 43):
        assert client.get("/begin", query_string={"token": token}).status_code == 404


# ---------------------------------------------------------------- a given password


def given(app: Flask) -> str:
    told = run(
        app, "user", "add", "moi", "Người Mới", "--unit", "phường Phúc Lợi", "--role", "clerk"
    )
    found = re.search(r"Mật khẩu: (\S+)", told.output)
    assert found
    return found[1]


def test_a_given_password_opens_nothing_but_its_change(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    client, password = app.test_client(), given(app)
    typed = {"login": "moi", "password": password, "csrf_token": form_token(client, "/sign-in")}
    assert client.post("/sign-in", data=typed).headers["Location"] == "/password"
    first = client.get_cookie(COOKIE)
    assert first
    headers = {"X-CSRF-Token": form_token(client, "/password")}
    for rule in app.url_map.iter_rules():
        adapter = app.url_map.bind("localhost")
        values = {name: 0 if name == "number" else "x" for name in rule.arguments}
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            if rule.endpoint.startswith(("sign_in.", "health.", "pages.static")):
                continue
            address = adapter.build(rule.endpoint, values, method=method)
            answer = client.open(address, method=method, headers=headers)
            is_page = method == "GET" and not address.startswith("/api/")
            assert answer.status_code == (303 if is_page else 403), (method, address)
            assert "/password" in answer.headers.get("Location", "/password")
    new = {"new": "mot cau cua toi", "again": "mot cau cua toi",
           "csrf_token": headers["X-CSRF-Token"]}  # fmt: skip
    for wrong, said in (({"again": "khac"}, "không giống nhau"),
                        ({"new": password, "again": password}, "khác mật khẩu hiện tại"),
                        ({"new": "ngan", "again": "ngan"}, "ít nhất 10")):  # fmt: skip
        assert said in client.post("/password", data={**new, **wrong}).text
        assert client.get("/").status_code == 303
    changed = client.post("/password", data=new)
    assert (changed.status_code, client.get("/").status_code) == (303, 200)
    stale = app.test_client()
    stale.set_cookie(COOKIE, first.value)
    assert stale.get("/").headers["Location"].startswith("/sign-in")


def test_a_reset_or_a_lock_ends_every_session(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    for command, login in (("reset", "lan"), ("lock", "hoa")):
        clients = [signed_in(app, login), signed_in(app, login)]
        assert [client.get("/").status_code for client in clients] == [200, 200]
        assert run(app, "user", command, login).exit_code == 0
        assert [client.get("/").status_code for client in clients] == [303, 303]


def test_changing_a_password_asks_for_the_old_one(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    client, other = app.test_client(), signed_in(app, "lan")
    client.set_cookie(COOKIE, new_session(app, "lan"))
    new = {"new": "mot cau khac nua", "again": "mot cau khac nua",
           "csrf_token": form_token(client, "/password")}  # fmt: skip
    assert (
        "Mật khẩu hiện tại không đúng."
        in client.post("/password", data={**new, "old": "sai"}).text
    )
    assert client.post("/password", data={**new, "old": PASSWORD}).status_code == 303
    assert (client.get("/").status_code, other.get("/").status_code) == (200, 303)


# ---------------------------------------------------------------- the command line


def test_units_keys_and_deadlines_on_the_command_line(empty: Flask) -> None:
    assert run(empty, "unit", "add", "thành phố Hà Nội").exit_code == 0
    told = run(empty, "unit", "add", "phường Một", "--parent", "thành phố Hà Nội")
    assert told.output == "Đã thêm phường Một, thành phố Hà Nội.\n"
    assert run(empty, "unit", "rename", "phường Một", "phường Hai").output == (
        "Nay là phường Hai, thành phố Hà Nội.\n"
    )
    assert run(empty, "unit", "list").output == "thành phố Hà Nội\n  phường Hai\n"
    unknown = run(empty, "unit", "move", "phường Ba", "--parent", "thành phố Hà Nội")
    assert (unknown.exit_code, "Không có đơn vị «phường Ba»" in unknown.output) == (1, True)
    made = run(empty, "key", "add", "Phần mềm A", "--unit", "phường Hai")
    key = made.stdout.strip()
    assert re.fullmatch(r"bcas_[0-9a-f]{8}_[\w-]{43}", key)
    listed = run(empty, "key", "list").output
    assert key not in listed
    assert listed.startswith(f"{key[5:13]}\tPhần mềm A\tphường Hai\tsubmit, read\tđến ")
    rotated = run(empty, "key", "rotate", key[5:13], "--overlap", "0").stdout.strip()
    bearer = [{"Authorization": f"Bearer {one}"} for one in (key, rotated)]
    client = empty.test_client()
    assert [client.get("/api/v1/kinds", headers=one).status_code for one in bearer] == [
        401,
        200,
    ]
    assert run(empty, "key", "revoke", rotated).output == (
        f"Đã thu hồi khóa {rotated[5:13]} («Phần mềm A»).\n"
    )
    assert client.get("/api/v1/kinds", headers=bearer[1]).status_code == 401
    assert run(empty, "deadline", "set", "thành phố Hà Nội", "2026S1", "05/07/2026").output == (
        "thành phố Hà Nội: hạn nộp kỳ 2026S1 là 05/07/2026.\n"
    )
    assert run(empty, "deadline", "list").output == (
        "2026S1\tban-tin-6-thang\tthành phố Hà Nội\t05/07/2026\n"
    )
    assert run(empty, "deadline", "set", "phường Hai", "2026S1", "31/02/2026").exit_code == 2
    assert run(empty, "deadline", "set", "thành phố Hà Nội", "2026S1", "-").exit_code == 0
    assert run(empty, "deadline", "list").output == ""


def test_roles_on_the_command_line(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    asked = ("lan", "--unit", "phường Việt Hưng", "--role", "approver")
    assert run(app, "user", "give", *asked).exit_code == 0
    assert "approver tại phường Việt Hưng" in run(app, "user", "list").output
    assert run(app, "user", "take", *asked).exit_code == 0
    assert run(app, "user", "take", *asked).exit_code == 1
    assert run(app, "user", "lock", "ai.do").output == (
        "Không có tài khoản «ai.do». Xem: flask --app service user list\n"
    )
