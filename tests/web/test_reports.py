"""The archive over HTTP: a report is kept once, found, explained, issued, added to, corrected."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.building import ROOT
from tests.signing_in import app_in, with_key

JSON = "application/json"
REPORTS = "/api/v1/reports"
BODY = json.loads(
    (ROOT / "fixtures/accepted/phuc-loi-2020/input.json").read_text(encoding="utf-8")
)


def keep(client: FlaskClient, body: Any = BODY, **asked: str) -> TestResponse:
    asked = {"by": "Trần Thị Bình", **asked}
    return client.post(REPORTS, query_string=asked, data=json.dumps(body), content_type=JSON)


def corrected() -> Any:
    """The same report with one more person at the ward's gifts."""
    body = json.loads(json.dumps(BODY))
    (line,) = (row for row in body["lines"] if row.get("giver") == "phường")
    line["value"] += 1
    return body


def test_a_report_is_kept_once_and_tells_where_it_is(client: FlaskClient) -> None:
    first, again = keep(client), keep(client)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json == first.json
    told = first.get_json()
    assert first.headers["Location"] == f"{REPORTS}/{told['id']}" == told["links"]["self"]
    assert (told["version"], told["state"], told["replaces"]) == (1, "kept", None)
    assert told["org_unit"] == BODY["org_unit"]
    assert told["period"] == {"id": "2020S1", "from": "2020-01-01", "to": "2020-06-30"}
    assert told["kept"]["by"] == "Trần Thị Bình (qua «Hệ thống thử»)"
    assert [file["role"] for file in told["files"]] == [
        "input", "template", "kind", "rules", "rules", "rules", "data", "figures", "findings", "document",
    ]  # fmt: skip


def test_what_was_kept_is_read_back_as_it_was(client: FlaskClient) -> None:
    location = keep(client).headers["Location"]
    document = client.post("/api/v1/documents", data=json.dumps(BODY), content_type=JSON)
    assert client.get(f"{location}/document").data == document.data
    assert client.get(f"{location}/input").get_json() == BODY
    figures = {
        one["code"]: one for one in client.get(f"{location}/figures").get_json()["figures"]
    }
    assert figures["tong_qua_tet.amount"] == {
        "code": "tong_qua_tet.amount", "label": "Tổng cộng quà tết Nguyên đán: kinh phí",
        "value": 633_200_000, "unit": "đồng",
    }  # fmt: skip
    number = [file["role"] for file in client.get(location).get_json()["files"]].index(
        "template"
    )
    kind = ROOT / "doc_templates/ban-tin-6-thang"
    kept = client.get(f"{location}/attachments/{number}")
    assert kept.data == (kind / "template.docx").read_bytes()


def test_a_kept_figure_is_explained_out_of_the_document_itself(client: FlaskClient) -> None:
    location = keep(client).headers["Location"]
    answer = client.get(f"{location}/figures/viec_lam.value", headers={"Accept": "text/plain"})
    (report, asked) = (answer.text, client.get(f"{location}/figures/viec_lam.value").get_json())
    assert report.startswith("Lao động được giải quyết việc làm\n224 người\n")
    assert asked["explanations"][0]["figure"] == "viec_lam.value"
    missing = client.get(f"{location}/figures/viec_lam.valu")
    assert (missing.status_code, missing.get_json()["findings"][0]["code"]) == (
        404,
        "figure.unknown",
    )


def test_a_key_that_names_nobody_acts_for_itself(client: FlaskClient) -> None:
    assert keep(client, by=" ").get_json()["kept"]["by"] == "«Hệ thống thử»"


def test_warnings_that_nobody_acknowledged_keep_a_report_out(client: FlaskClient) -> None:
    doubtful = {**BODY, "lines": [{"code": "covid_ncc", "value": 40, "amount": 59_100_000}]}
    refused = keep(client, doubtful)
    assert refused.status_code == 422
    assert refused.get_json()["detail"] == (
        "Còn 1 điều nên xem lại chưa được xác nhận. Hãy xác nhận từng điều theo mã, kèm lý do và tên "
        "người xác nhận."
    )
    (warning,) = (one for one in refused.get_json()["findings"] if one["severity"] == "warning")
    rows = [{"finding": warning["id"], "reason": "một người hưởng 01 tháng"}]
    taken = keep(client, {**doubtful, "acknowledgements": rows})
    assert taken.status_code == 201
    number = [file["role"] for file in taken.get_json()["files"]].index("findings")
    kept = client.get(f"{taken.headers['Location']}/attachments/{number}").get_json()
    assert kept == [{**rows[0], "by": "Trần Thị Bình (qua «Hệ thống thử»)"}]


def test_errors_keep_a_report_out(client: FlaskClient) -> None:
    answer = keep(client, {**BODY, "lines": [{"code": "viec_lam", "value": -1}]})
    assert answer.status_code == 422
    assert answer.get_json()["detail"] == "Có 1 điều phải sửa. Hãy sửa trong biểu rồi gửi lại."


def test_a_correction_names_what_it_replaces_and_tells_what_changed(
    client: FlaskClient,
) -> None:
    first = keep(client).get_json()
    unnamed = keep(client, corrected())
    assert unnamed.status_code == 409
    second = keep(client, corrected(), replaces=first["id"])
    assert second.status_code == 201
    told = second.get_json()
    assert (told["version"], told["replaces"]) == (2, first["id"])
    changed = {one["code"]: (one["before"], one["after"]) for one in told["changes"]}
    assert changed.pop("qua_tet@phuong.per_unit")
    assert changed == {"qua_tet@phuong.value": (478, 479), "tong_qua_tet.value": (1254, 1255)}
    versions = client.get(f"{first['links']['self']}/versions").get_json()["versions"]
    assert [one["id"] for one in versions] == [first["id"], told["id"]]
    late = keep(client, corrected() | {"texts": {}}, replaces=first["id"])
    assert late.status_code == 409


def test_number_and_day_are_entered_when_they_are_given(client: FlaskClient) -> None:
    location = keep(client).headers["Location"]
    paper = {"number": "15", "notation": "BC-UBND", "date": "2020-08-03",
             "subject": "Kết quả công tác 6 tháng",
             "signer": {"title": "CHỦ TỊCH", "name": "Lê Văn A"}}  # fmt: skip
    assert client.post(f"{location}/approve").status_code == 200
    issued = client.post(f"{location}/issue", query_string={"by": "Văn thư"}, json=paper)
    assert issued.status_code == 200
    assert issued.get_json()["state"] == "issued"
    assert issued.get_json()["paper"] == paper
    other = {**paper, "number": "16"}
    twice = client.post(f"{location}/issue", query_string={"by": "Văn thư"}, json=other)
    assert twice.status_code == 409


@pytest.mark.parametrize(
    ("body", "status"),
    [([], 400), ({"number": 15, "date": "2020-08-03"}, 400), ({"number": "15", "date": "3/8"}, 400),
     ({"number": "15"}, 422), ({"number": "1" * 12, "date": "2020-08-03"}, 422)],
)  # fmt: skip
def test_a_paper_that_is_unclear_is_asked_about(
    client: FlaskClient, body: Any, status: int
) -> None:
    location = keep(client).headers["Location"]
    client.post(f"{location}/approve")
    answer = client.post(f"{location}/issue", query_string={"by": "A"}, json=body)
    assert (answer.status_code, answer.content_type) == (
        status, "application/problem+json; charset=utf-8")  # fmt: skip
    assert client.get(location).get_json()["state"] == "approved"


def attach(client: FlaskClient, location: str, role: str, name: str) -> TestResponse:
    parts = {"role": role, "by": "Văn thư", "file": (io.BytesIO(b"%PDF-1.7"), name)}
    return client.post(f"{location}/attachments", data=parts)


def test_the_signed_paper_joins_the_dossier(client: FlaskClient) -> None:
    location = keep(client).headers["Location"]
    added = attach(client, location, "signed", "Bản ký số.pdf")
    assert added.status_code == 201
    sent = client.get(added.headers["Location"])
    assert (sent.data, sent.content_type) == (b"%PDF-1.7", "application/pdf")
    assert sent.headers["Content-Disposition"] == (
        'attachment; filename="ban-ky-so.pdf"; '
        "filename*=UTF-8''B%E1%BA%A3n%20k%C3%BD%20s%E1%BB%91.pdf"
    )
    listed = client.get(f"{location}/attachments").get_json()["attachments"]
    assert listed[-1] == added.get_json()
    assert attach(client, location, "gift", "a.pdf").status_code == 422
    assert client.get(f"{location}/attachments/99").status_code == 404


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\x07\u202efdp.exe", 'a"; b=".pdf', "…" * 300]
)
def test_a_hostile_name_reaches_no_path_and_no_header(client: FlaskClient, name: str) -> None:
    location = keep(client).headers["Location"]
    added = attach(client, location, "other", name)
    sent = client.get(added.headers["Location"])
    assert sent.data == b"%PDF-1.7"
    plain = sent.headers["Content-Disposition"].split(";")[1]
    assert set(plain.removeprefix(' filename="').removesuffix('"')) <= set(
        "abcdefghijklmnopqrstuvwxyz0123456789-."
    )


def test_reports_are_found_page_by_page(client: FlaskClient) -> None:
    first = keep(client).get_json()
    second = keep(client, corrected(), replaces=first["id"]).get_json()
    page = client.get(REPORTS, query_string={"unit": "phuc loi", "limit": 1}).get_json()
    assert [one["id"] for one in page["reports"]] == [second["id"]]
    rest = client.get(
        REPORTS, query_string={"unit": "phuc loi", "after": page["next"]}
    ).get_json()
    assert ([one["id"] for one in rest["reports"]], rest["next"]) == ([first["id"]], None)
    worth = {"figure": "tong_qua_tet.value", "least": "1255", "most": "1255"}
    assert [
        one["id"] for one in client.get(REPORTS, query_string=worth).get_json()["reports"]
    ] == [second["id"]]
    assert client.get(REPORTS, query_string={"least": "nhiều"}).status_code == 400


@pytest.mark.parametrize("limit", ["0", "201", "-1", "1.5", "nhiều", "²"])
def test_a_page_is_of_one_to_two_hundred(client: FlaskClient, limit: str) -> None:
    keep(client)
    answer = client.get(REPORTS, query_string={"limit": limit})
    assert (answer.status_code, answer.get_json()["detail"]) == (
        400, "Yêu cầu chưa rõ. limit là một số từ 1 đến 200.",
    )  # fmt: skip


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    location = keep(client).headers["Location"]
    for path in (location, f"{location}/document"):
        tag = client.get(path).headers["ETag"]
        again = client.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
    attach(client, location, "signed", "a.pdf")
    assert client.get(location, headers={"If-None-Match": tag}).status_code == 200


def test_a_report_that_is_not_there(client: FlaskClient) -> None:
    for path in ("", "/versions", "/document", "/figures", "/attachments", "/figures/x.value"):
        answer = client.get(f"{REPORTS}/khong-co{path}")
        assert (answer.status_code, answer.get_json()["detail"]) == (
            404, "Không có báo cáo «khong-co» trong kho.")  # fmt: skip


def test_a_kept_file_that_was_altered_is_never_sent(
    client: FlaskClient, tmp_path: Path
) -> None:
    told = keep(client).get_json()
    sha256 = next(file["sha256"] for file in told["files"] if file["role"] == "document")
    (path,) = tmp_path.glob(f"kho/files/*/{sha256}")
    path.chmod(0o640)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    answer = client.get(f"{told['links']['self']}/document")
    assert answer.status_code == 500
    assert answer.data[:2] != b"PK"


def test_an_archive_that_cannot_be_reached_says_so(tmp_path: Path) -> None:
    client = with_key(app_in(tmp_path))
    shutil.rmtree(tmp_path / "kho")
    (tmp_path / "kho").write_text("a file, not a folder")
    refused = keep(client)
    assert (refused.status_code, refused.get_json()["detail"]) == (
        503,
        f"Không dùng được thư mục {tmp_path / 'kho'} làm kho lưu trữ: đây không phải thư mục.",
    )
    assert client.get("/healthz").status_code == 200
