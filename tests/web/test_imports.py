"""Past years over HTTP: what comes in is the next year's same period; what is not taken is told."""

from __future__ import annotations

import io
import json
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.signing_in import PHUC_LOI, VIET_HUNG, with_key
from tests.web.test_reports import BODY, REPORTS

IMPORTS = "/api/v1/imports"
UNIT = BODY["org_unit"]
PAST: dict[str, Any] = {
    "kind": "ban-tin-6-thang", "period": {"id": "2019S1"}, "org_unit": UNIT,
    "document": {"date": "2019-07-15", "number": "21/BC-UBND"},
    "lines": [{"code": "viec_lam", "value": 200}],
}  # fmt: skip
TABLE = "Mã,Chỉ tiêu,ĐVT,Thực hiện\nviec_lam,,người,200\n,Chuyện khác,người,3\n"
OF_TABLE = {"kind": "ban-tin-6-thang", "period": "2019S1", "unit": UNIT["name"],
            "within": UNIT["within"]}  # fmt: skip


def send(client: FlaskClient, body: Any = PAST, **asked: Any) -> TestResponse:
    return client.post(IMPORTS, query_string={"by": "Trần Thị Bình", **asked}, json=body)


def send_table(client: FlaskClient, **asked: Any) -> TestResponse:
    data = {"file": (io.BytesIO(TABLE.encode()), "2019.csv")}
    return client.post(IMPORTS, query_string=asked, data=data)


def test_an_earlier_report_comes_in_once_and_is_the_next_ones_same_period(
    client: FlaskClient,
) -> None:
    first, again = send(client), send(client, period="2019S1")
    assert (first.status_code, again.status_code) == (201, 200)
    report = first.get_json()["report"]
    assert first.headers["Location"] == f"{REPORTS}/{report['id']}"
    assert (report["state"], report["period"]["id"]) == ("imported", "2019S1")
    assert (report["paper"]["number"], report["paper"]["date"]) == ("21", "2019-07-15")
    assert (first.get_json()["figures"], first.get_json()["left_out"]) == (1, [])
    body = {**json.loads(json.dumps(BODY)), "lines": [{"code": "viec_lam", "value": 224}]}
    told = client.post("/api/v1/checks", json=body).get_json()
    known = {one["code"]: one["value"] for one in told["figures"]}
    assert known["viec_lam.previous"] == 200


def test_a_table_comes_in_and_what_is_not_taken_is_told(client: FlaskClient) -> None:
    told = send_table(client, **OF_TABLE)
    assert told.status_code == 201, told.get_json()
    assert told.get_json()["figures"] == 1
    (left,) = told.get_json()["left_out"]
    assert left["named"] == "Chuyện khác"


def test_a_table_that_does_not_say_whose_it_is_is_not_guessed(client: FlaskClient) -> None:
    told = send_table(client, kind="ban-tin-6-thang", period="2019S1")
    assert told.status_code == 400
    assert told.get_json()["detail"] == (
        "Bảng số liệu không tự nói là của ai. Hãy thêm kind, period, unit (và within)."
    )


def test_what_may_not_come_in_is_refused_with_its_reason(client: FlaskClient) -> None:
    other = send(client, period="2018S1")
    assert (other.status_code, other.get_json()["detail"]) == (
        422, "Tệp là báo cáo kỳ 2019S1, không phải kỳ 2018S1.",
    )  # fmt: skip
    wrong = send(client, {**PAST, "lines": [{"code": "viec_lam", "value": "nhiều"}]})
    assert wrong.status_code == 422
    assert [one["severity"] for one in wrong.get_json()["findings"]][:1] == ["error"]
    send(client)
    assert (
        send(client, {**PAST, "lines": [{"code": "viec_lam", "value": 201}]}).status_code == 409
    )


def test_a_unit_out_of_reach_is_refused_and_nothing_is_kept(client: FlaskClient) -> None:
    stranger = with_key(client.application, VIET_HUNG, ["read", "submit"])
    assert send(stranger).status_code == 403
    assert send_table(stranger, **OF_TABLE).status_code == 403
    assert client.get(REPORTS).get_json()["reports"] == []


def test_reading_alone_brings_nothing_in(client: FlaskClient) -> None:
    reader = with_key(client.application, PHUC_LOI, ["read"])
    assert send(reader).status_code == 403
