"""Approval over HTTP: by whom, in which order, and what is told of it."""

from __future__ import annotations

import io
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.building import ROOT
from tests.signing_in import signed_in

BODY = (ROOT / "fixtures/accepted/phuc-loi-2020/input.json").read_bytes()
PAPER = {"number": "34", "notation": "BC-UBND", "date": "2020-08-03"}


def keep(client: FlaskClient) -> str:
    answer = client.post("/api/v1/reports", data=BODY, content_type="application/json")
    assert answer.status_code == 201
    return str(answer.headers["Location"])


def do(client: FlaskClient, address: str, step: str, **more: Any) -> TestResponse:
    return client.post(f"{address}/{step}", **more)


def test_a_clerk_submits_an_approver_approves_the_clerk_enters_the_number(app: Flask) -> None:
    clerk, approver = signed_in(app, "lan"), signed_in(app, "hoa")
    address = keep(clerk)
    assert do(clerk, address, "approve").status_code == 403
    assert do(clerk, address, "issue", json=PAPER).get_json()["detail"] == (
        "Báo cáo chưa được duyệt nên chưa ghi số được."
    )
    returned = do(approver, address, "return", json={"reason": "Xem lại dòng 3."})
    assert (returned.status_code, returned.get_json()["state"]) == (200, "returned")
    assert do(approver, address, "approve").status_code == 409
    again = clerk.post("/api/v1/reports", data=BODY, content_type="application/json")
    assert (again.status_code, again.get_json()["state"]) == (200, "kept")
    approved = do(approver, address, "approve")
    assert (approved.status_code, approved.get_json()["state"]) == (200, "approved")
    issued = do(clerk, address, "issue", json=PAPER)
    assert (issued.status_code, issued.get_json()["state"]) == (200, "issued")
    told = clerk.get(f"{address}/steps").get_json()["steps"]
    assert [(one["step"], one["by"], one["reason"]) for one in told] == [
        ("return", "Lê Thị Hoa", "Xem lại dòng 3."), ("submit", "Nguyễn Thị Lan", None),
        ("approve", "Lê Thị Hoa", None),
    ]  # fmt: skip


def test_a_return_says_why(client: FlaskClient) -> None:
    address = keep(client)
    assert do(client, address, "return").status_code == 400
    assert do(client, address, "return", json={"reason": 5}).status_code == 400
    assert do(client, address, "return", json={"reason": " "}).status_code == 422


def test_what_changed_since_it_was_read_is_not_approved(client: FlaskClient) -> None:
    address = keep(client)
    tag = client.get(address).headers["ETag"]
    do(client, address, "return", json={"reason": "x"})
    client.post("/api/v1/reports", data=BODY, content_type="application/json")
    late = do(client, address, "approve", headers={"If-Match": '"khac"'})
    assert late.status_code == 412
    assert do(client, address, "approve", headers={"If-Match": tag}).status_code == 200


def test_a_step_under_a_key_is_taken_once(app: Flask) -> None:
    clerk, approver = signed_in(app, "lan"), signed_in(app, "hoa")
    address = keep(clerk)
    for step, more in (("return", {"json": {"reason": "Xem lại dòng 3."}}), ("approve", {})):
        clerk.post("/api/v1/reports", data=BODY, content_type="application/json")
        first, again = (
            do(approver, address, step, headers={"Idempotency-Key": step}, **more)
            for _ in range(2)
        )
        assert (first.status_code, again.status_code) == (200, 200)
        assert (again.data, again.headers["Idempotency-Replayed"]) == (first.data, "true")
        assert do(approver, address, step, **more).status_code == 409 or step == "approve"
    told = clerk.get(f"{address}/steps").get_json()["steps"]
    assert [one["step"] for one in told] == ["return", "submit", "approve"]


def test_what_changed_since_it_was_read_is_not_issued_and_gets_no_file(
    client: FlaskClient,
) -> None:
    address = keep(client)
    do(client, address, "approve")
    tag = client.get(address).headers["ETag"]
    old = {"If-Match": '"khac"'}

    def attach(headers: dict[str, str]) -> TestResponse:
        sent = {"file": (io.BytesIO(b"%PDF-1.7"), "a.pdf"), "role": "signed"}
        return do(client, address, "attachments", data=sent, headers=headers)

    for late in (do(client, address, "issue", json=PAPER, headers=old), attach(old)):
        assert (late.status_code, late.headers["ETag"]) == (412, tag)
        assert late.mimetype == "application/problem+json"
    assert client.get(address).headers["ETag"] == tag
    issued = do(client, address, "issue", json=PAPER, headers={"If-Match": tag})
    assert (issued.status_code, issued.get_json()["state"]) == (200, "issued")
    assert attach({"If-Match": tag}).status_code == 412
    assert attach({"If-Match": client.get(address).headers["ETag"]}).status_code == 201
