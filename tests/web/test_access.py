"""Every route is shut unless it says otherwise: nobody, the wrong right, another unit, another site."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from access.rights import KEY_RIGHTS, READ, RIGHTS
from access.units import unit_called
from desk.drafts import open_draft
from tests.building import ROOT
from tests.signing_in import (
    CITY,
    COOKIE,
    PASSWORD,
    PHUC_LOI,
    VIET_HUNG,
    app_in,
    form_token,
    new_key,
    new_session,
    signed_in,
    with_key,
)
from web.access import OPEN, SIGNED_IN, need_of, needs
from web.shelf import the_archive

OPEN_TO_ALL = {
    "health.say_health", "health.say_readiness", "pages.static",
    "sign_in.show_sign_in", "sign_in.take_sign_in", "sign_in.take_sign_out",
    "sign_in.show_password", "sign_in.take_password", "sign_in.show_begin", "sign_in.take_begin",
}  # fmt: skip
BODY = (ROOT / "fixtures/accepted/phuc-loi-2020/input.json").read_bytes()
JSON = "application/json"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """With one report, of Phúc Lợi."""
    made = app_in(tmp_path_factory.mktemp("quyen"))
    kept = with_key(made).post("/api/v1/reports", data=BODY, content_type=JSON)
    assert kept.status_code == 201
    made.config["REPORT"] = kept.get_json()["id"]
    return made


WITHIN_A_REPORT = {
    "name",
    "other_id",
    "number",
}  # of a picture, a version, a page: made up here


def calls(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Every rule with each of its methods, and an address that leads to it."""
    values = {"kind_id": "ban-tin-6-thang", "report_id": app.config["REPORT"], "number": 0,
              "figure_id": "viec_lam.value", "filename": "page.css"}  # fmt: skip
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
            given = {name: values.get(name, "x" * 32) for name in rule.arguments}
            yield rule, method, adapter.build(rule.endpoint, given, method=method)


def test_every_route_states_who_may(app: Flask) -> None:
    stated = {rule.endpoint: need_of(app, rule.endpoint) for rule in app.url_map.iter_rules()}
    assert [endpoint for endpoint, need in stated.items() if need is None] == []
    assert set(stated.values()) <= {OPEN, SIGNED_IN, *RIGHTS}
    assert {endpoint for endpoint, need in stated.items() if need == OPEN} == OPEN_TO_ALL


def test_a_route_that_states_nothing_is_shut_to_everybody(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    app.add_url_rule("/quen", "quen", lambda: "mở toang")
    for client in (app.test_client(), with_key(app, CITY, KEY_RIGHTS), signed_in(app, "quan")):
        answer = client.get("/quen")
        assert (answer.status_code, "mở toang" in answer.text) == (403, False)


def test_nobody_gets_in_anywhere(app: Flask) -> None:
    client = app.test_client()
    for rule, method, address in calls(app):
        if need_of(app, rule.endpoint) == OPEN:
            continue
        answer = client.open(address, method=method)
        if address.startswith("/api/"):
            assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (
                401, 'Bearer realm="bao-cao-an-sinh"'), address  # fmt: skip
        elif method == "GET":
            assert answer.status_code == 303, address
            assert answer.headers["Location"].startswith("/sign-in?next="), address
        else:
            assert answer.status_code == 401, address


@pytest.mark.parametrize(
    "header",
    ["Bearer ", "Bearer bcas_00000000_x", "Basic cXVhbjp4", "Bearer", "Bearer bcas__", "Bearer \xff_\xff_x"],
)  # fmt: skip
def test_what_is_no_key_opens_nothing_even_beside_a_session(app: Flask, header: str) -> None:
    answer = signed_in(app).get("/api/v1/kinds", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.get_json()["detail"] == "Cần khóa API còn hiệu lực (Authorization: Bearer …)."


def test_the_wrong_right_is_refused_on_every_route(app: Flask) -> None:
    clients = {right: with_key(app, CITY, [right]) for right in KEY_RIGHTS}
    seen = set()
    for rule, method, address in calls(app):
        need = need_of(app, rule.endpoint)
        if need in (OPEN, SIGNED_IN):
            continue
        seen.add(need)
        for right, client in clients.items():
            if need not in KEY_RIGHTS[right]:
                answer = client.open(address, method=method)
                assert answer.status_code == 403, (right, method, address)
    assert {"read", "submit", "issue"} <= seen


def test_another_units_report_is_not_there_on_any_route(app: Flask) -> None:
    stranger = with_key(app, VIET_HUNG, KEY_RIGHTS)
    owner = with_key(app, PHUC_LOI, ["read"])
    count = 0
    for rule, method, address in calls(app):
        if "report_id" in rule.arguments:
            count += 1
            answer = stranger.open(address, method=method)
            unknown = stranger.open(
                address.replace(app.config["REPORT"], "0" * 32), method=method
            )
            assert answer.status_code == unknown.status_code == 404, (method, address)
            assert (
                answer.get_json()["detail"].replace(app.config["REPORT"], "0" * 32)
                == (unknown.get_json()["detail"])
            )
            if method == "GET" and not rule.arguments & WITHIN_A_REPORT:
                assert owner.get(address).status_code == 200, address
    assert count >= 9


def test_another_units_draft_is_not_there(tmp_path: Path) -> None:
    app = app_in(tmp_path)

    @app.get("/thu/<draft_id>")
    @needs(READ)
    def show(draft_id: str) -> str:
        return draft_id

    with app.app_context(), the_archive().database.writing() as connection:
        ward = unit_called(connection, PHUC_LOI)
        draft = open_draft(connection, ward, "ban-tin-6-thang", "2020S1", "Lan")
    assert signed_in(app, "lan").get(f"/thu/{draft.id}").text == draft.id
    foreign, unknown = (
        signed_in(app, "binh").get(f"/thu/{one}") for one in (draft.id, "0" * 32)
    )
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.get_json()["detail"] == f"Không có bản đang soạn «{draft.id}»."


def test_search_finds_what_lies_in_reach_and_nothing_else(app: Flask) -> None:
    questions: list[dict[str, Any]] = [
        {}, {"unit": "phuc loi"}, {"words": "quà Tết"}, {"period": "2020S1"},
        {"figure": "tong_qua_tet.value", "least": 1, "most": 10_000},
    ]  # fmt: skip
    for question in questions:
        found = {
            unit: with_key(app, unit).get("/api/v1/reports", query_string=question).get_json()
            for unit in (CITY, PHUC_LOI, VIET_HUNG)
        }
        assert [one["id"] for one in found[CITY]["reports"]] == [app.config["REPORT"]], question
        assert found[PHUC_LOI]["reports"] == found[CITY]["reports"]
        assert found[VIET_HUNG] == {"reports": [], "next": None}


def test_a_report_of_another_unit_is_not_taken(app: Flask) -> None:
    answer = with_key(app, VIET_HUNG).post("/api/v1/reports", data=BODY, content_type=JSON)
    assert answer.status_code == 403
    assert answer.get_json()["detail"] == (
        "Số liệu ghi của đơn vị «phường Phúc Lợi, quận Long Biên, thành phố Hà Nội», ngoài phạm vi "
        "được giao. Hãy ghi đúng tên đơn vị và cấp trên như trong phạm vi: «phường Việt Hưng, quận "
        "Long Biên, thành phố Hà Nội»."
    )


def test_who_acted_is_the_person_signed_in_whatever_the_request_says(tmp_path: Path) -> None:
    answer = signed_in(app_in(tmp_path), "lan").post(
        "/api/v1/reports?by=Kẻ+khác", data=BODY, content_type=JSON
    )
    assert answer.get_json()["kept"]["by"] == "Nguyễn Thị Lan"


# ---------------------------------------------------------------- sessions and forms


def sign_in(client: FlaskClient, login: str, password: str, **more: str) -> TestResponse:
    token = form_token(client, "/sign-in")
    typed = {"login": login, "password": password, "csrf_token": token, **more}
    return client.post("/sign-in", data=typed)


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie(COOKIE)
    return found.value if found else ""


def test_signing_in_leads_on_and_signing_out_ends_it(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/").headers["Location"] == "/sign-in?next=/"
    answer = sign_in(client, " LAN ", PASSWORD, next="/api/v1/reports?unit=phuc")
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        "/api/v1/reports?unit=phuc",
    )
    kept = cookie(client)
    assert client.get("/").status_code == 200
    client.post("/sign-out", data={"csrf_token": form_token(client)})
    assert (client.get("/").status_code, cookie(client)) == (303, "")
    client.set_cookie(COOKIE, kept)
    assert client.get("/").status_code == 303


@pytest.mark.parametrize(
    "next_",
    ["https://xau.example", "//xau.example", "/\\xau.example", "xau", "/\nSet-Cookie: a=b", "/sign-in"],
)  # fmt: skip
def test_signing_in_never_leads_to_another_site(app: Flask, next_: str) -> None:
    client = signed_in(app)
    answer = client.get("/sign-in", query_string={"next": next_})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_a_session_that_was_planted_is_not_the_one_that_is_used(app: Flask) -> None:
    """Session fixation: the cookie a browser brings to the sign-in is worth nothing after it."""
    attacker, victim = app.test_client(), app.test_client()
    attacker.get("/sign-in")
    planted = cookie(attacker)
    victim.set_cookie(COOKIE, planted)
    assert sign_in(victim, "lan", PASSWORD).status_code == 303
    assert cookie(victim) not in ("", planted)
    assert victim.get("/").status_code == 200
    assert attacker.get("/").status_code == 303
    own = new_session(app, "binh")
    victim.set_cookie(COOKIE, own)
    typed = {"login": "lan", "password": PASSWORD, "csrf_token": form_token(victim)}
    assert victim.post("/sign-in", data=typed).status_code == 303
    assert cookie(victim) not in ("", own)


def test_the_cookie_is_kept_from_scripts_and_other_sites(app: Flask) -> None:
    plain = app.test_client().get("/sign-in").headers["Set-Cookie"]
    assert re.fullmatch(r"bao_cao_phien=[\w-]{43}; HttpOnly; Path=/; SameSite=Lax", plain)
    safe = app.test_client().get("/sign-in", base_url="https://localhost").headers["Set-Cookie"]
    assert re.fullmatch(
        r"__Host-bao_cao_phien=[\w-]{43}; Secure; HttpOnly; Path=/; SameSite=Lax", safe
    )


def test_every_change_by_a_session_needs_the_token_of_its_own_form(app: Flask) -> None:
    other = new_session(app, "binh")
    for rule, method, address in calls(app):
        if method == "GET" or rule.endpoint == "sign_in.take_begin":
            continue
        client = app.test_client()
        client.set_cookie(COOKIE, new_session(app, "lan"))
        foreign = app.test_client()
        foreign.set_cookie(COOKIE, other)
        for token in ("", "0" * 64, form_token(foreign)):
            answer = client.open(address, method=method, headers={"X-CSRF-Token": token})
            assert answer.status_code == 403, (method, address, token)
            assert "Trang này đã cũ nên biểu chưa được nhận." in answer.text


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://xau"}]
)
def test_no_other_site_signs_anybody_in(app: Flask, headers: dict[str, str]) -> None:
    client = app.test_client()
    token = form_token(client, "/sign-in")
    answer = client.post("/sign-in", data={"csrf_token": token}, headers=headers)
    assert answer.status_code == 403


def test_a_browser_that_brings_no_cookie_signs_nobody_in(app: Flask) -> None:
    for token in ("", "0" * 64):
        typed = {"login": "lan", "password": PASSWORD, "csrf_token": token}
        answer = app.test_client().post("/sign-in", data=typed)
        assert (answer.status_code, "Location" in answer.headers) == (403, False)


def test_a_form_of_ours_is_taken_by_its_hidden_field(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie(COOKIE, new_session(app, "lan"))
    form = {"csrf_token": form_token(client), "action": "check",
            "file": (io.BytesIO(BODY), "bieu.json")}  # fmt: skip
    assert client.post("/quick", data=form).status_code == 200


def test_a_key_needs_no_form(app: Flask) -> None:
    client = app.test_client()
    headers = {"Authorization": f"Bearer {new_key(app)}", "Content-Type": JSON}
    told = json.loads(client.post("/api/v1/checks", data=BODY, headers=headers).data)
    assert told["may_be_issued"] is True
