"""The HTTP API: what each route answers, and one shape for every way of failing."""

from __future__ import annotations

import http.client
import io
import json
import re
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from msoffcrypto.format.ooxml import OOXMLFile
from werkzeug.test import TestResponse

import generators.pipeline
import web.api
from generators.intake.form import write_form
from generators.kinds import load_kind
from generators.model import ERROR, WARNING, Finding
from generators.pipeline import KINDS, read_input
from generators.wire import finding_record
from tests.signing_in import app_in, with_key
from web.journal import Lines

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON, OCTETS = "application/json", "application/octet-stream"
KIND = "ban-tin-6-thang"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Serve = Callable[[Flask], tuple[str, int]]


def chunk(name: bytes, data: bytes) -> bytes:
    body = name + data
    return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")


PNG = (
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0")
    + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
)  # fmt: skip


def problem(status: int, title: str, detail: str, *findings: dict[str, str]) -> dict[str, Any]:
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return {**body, "findings": list(findings)}


def finding(code: str, where: str, message: str, remedy: str, **facts: Any) -> dict[str, Any]:
    return dict(finding_record(Finding(code, ERROR, where, message, remedy, **facts)))


def whole(status: int, title: str, found: dict[str, str]) -> dict[str, Any]:
    return problem(status, title, f"{found['message']} {found['remedy']}", found)


def told(response: TestResponse) -> dict[str, Any]:
    assert response.content_type == "application/problem+json; charset=utf-8"
    body: dict[str, Any] = json.loads(response.data)
    assert body["status"] == response.status_code
    asked, _, id_ = body.pop("instance").partition("#")
    assert (asked, id_) == (quote(response.request.path), response.headers["X-Request-Id"])
    return body


def payload(**more: Any) -> dict[str, Any]:
    frame = {"kind": KIND, "period": {"id": "2020S1"}, "org_unit": {"name": "phường Phúc Lợi"}}
    return {**frame, "lines": [{"code": "ho_can_ngheo", "value": 30}], **more}


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def spreadsheet(name: str, data: bytes) -> bytes:
    """A workbook with one member replaced, or one more."""
    plain, changed = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(plain)
    with (
        zipfile.ZipFile(plain) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, data)
    return changed.getvalue()


def locked() -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(spreadsheet("a.xml", b"<a/>"))).encrypt("mật khẩu", out)
    return out.getvalue()


@pytest.fixture(scope="module")
def workbook() -> bytes:
    kind = load_kind(KINDS / KIND)
    return write_form(kind, read_input(as_json(payload())))


# ---------------------------------------------------------------- what there is


def test_kinds_are_listed_with_their_links(client: FlaskClient) -> None:
    listed = json.loads(client.get("/api/v1/kinds").data)
    assert listed["kinds"][0] == {
        "id": "ban-tin-6-thang",
        "title": "Bản tin công tác an sinh xã hội 6 tháng",
        "periods": list(load_kind(KINDS / KIND).periods),
        "links": {
            "form": "/api/v1/kinds/ban-tin-6-thang/form.xlsx",
            "schema": "/api/v1/kinds/ban-tin-6-thang/schema",
        },
    }


def test_every_link_of_a_kind_answers(client: FlaskClient) -> None:
    for kind in json.loads(client.get("/api/v1/kinds").data)["kinds"]:
        assert [client.get(link).status_code for link in kind["links"].values()] == [200, 200]


def test_the_form_is_a_workbook_to_keep(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/kinds/{KIND}/form.xlsx")
    assert answer.content_type == XLSX
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="bieu-ban-tin-6-thang.xlsx"; '
        "filename*=UTF-8''bieu-ban-tin-6-thang.xlsx"
    )
    assert zipfile.is_zipfile(io.BytesIO(answer.data))


def test_the_schema_is_the_kinds_own(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/kinds/{KIND}/schema")
    assert answer.content_type == "application/schema+json; charset=utf-8"
    schema = json.loads(answer.data)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["properties"]["kind"] == {"const": KIND, "title": "Kind", "type": "string"}


# ---------------------------------------------------------------- documents


def test_json_becomes_a_document(client: FlaskClient, phuc_loi: bytes) -> None:
    answer = client.post("/api/v1/documents", data=phuc_loi, content_type=JSON)
    name = "ban-tin-an-sinh-xa-hoi-phuong-phuc-loi-2020S1.docx"
    assert answer.status_code == 200
    assert answer.content_type == DOCX
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    )
    assert answer.headers["X-Findings"] == "1"  # a note: which two rates the money is made of
    with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
        assert "1.254 lượt người" in file.read("word/document.xml").decode()


@pytest.mark.parametrize("mimetype", [JSON, OCTETS, "", "application/vnd.ward+json"])
def test_content_decides_and_not_its_type(
    client: FlaskClient, phuc_loi: bytes, mimetype: str
) -> None:
    plain = client.post("/api/v1/documents", data=phuc_loi, content_type=JSON)
    answer = client.post("/api/v1/documents", data=phuc_loi, content_type=mimetype)
    assert answer.data == plain.data


def test_a_workbook_by_every_route_is_one_document(
    client: FlaskClient, workbook: bytes
) -> None:
    answers = [
        client.post("/api/v1/documents", data=workbook, content_type=mimetype)
        for mimetype in (XLSX, OCTETS, "application/vnd.ms-excel")
    ]
    parts = {"file": (io.BytesIO(workbook), "bieu.xlsx")}
    answers.append(client.post("/api/v1/documents", data=parts))
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({body_of(answer.data) for answer in answers}) == 1


def body_of(document: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(document)) as file:
        return file.read("word/document.xml")


def test_a_long_or_strange_name_makes_a_short_plain_file_name(client: FlaskClient) -> None:
    for name, said in (
        ("phường " + "Rất Dài " * 90, "phuong-rat-dai-"),
        ("中村", "hoi-2020S1"),
    ):
        answer = client.post("/api/v1/documents", json=payload(org_unit={"name": name}))
        disposition = answer.headers["Content-Disposition"]
        assert said in disposition
        assert disposition.isascii()
        assert len(disposition) < 300


@pytest.mark.parametrize(
    "sent",
    ["ảnh.png", unicodedata.normalize("NFD", "ảnh.png"), "../ảnh.png"],
)
def test_a_picture_is_known_by_its_bare_name(client: FlaskClient, sent: str) -> None:
    story = {
        "title": "Mô hình",
        "text": "Một việc tốt.",
        "picture": "ảnh.png",
        "caption": "Ảnh",
    }
    parts = {
        "file": (io.BytesIO(as_json(payload(stories=[story]))), "bieu.json"),
        "pictures": [(io.BytesIO(PNG), sent), (io.BytesIO(PNG), "khác.png")],
    }
    answer = client.post("/api/v1/documents", data=parts)
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as file:
        assert PNG in [file.read(name) for name in file.namelist() if "media" in name]


def test_two_pictures_of_one_name_are_refused(client: FlaskClient) -> None:
    parts = {
        "file": (io.BytesIO(as_json(payload())), "bieu.json"),
        "pictures": [(io.BytesIO(PNG), "a.png"), (io.BytesIO(PNG), "b/a.png")],
    }
    answer = client.post("/api/v1/documents", data=parts)
    assert told(answer) == whole(
        400, "Không đọc được nội dung gửi lên",
        finding("picture.twice", "pictures", "Có hai tệp ảnh cùng tên «a.png».",
                "Hãy đổi tên một ảnh, ghi đúng tên mới trong biểu rồi gửi lại."),
    )  # fmt: skip


def test_errors_stop_the_document_and_all_are_told(client: FlaskClient) -> None:
    lines = [
        {"code": "ho_can_ngheo", "value": "262.500.00"},
        {"code": "viec_lam", "value": 1.5},
    ]
    answer = client.post("/api/v1/documents", json=payload(lines=lines))
    assert answer.status_code == 422
    body = told(answer)
    assert (body["title"], body["detail"]) == (
        "Chưa lập được báo cáo", "Có 2 điều phải sửa. Hãy sửa trong biểu rồi gửi lại.",
    )  # fmt: skip
    assert [found["where"] for found in body["findings"]] == [
        "/lines/0/value",
        "/lines/1/value",
    ]
    assert body["findings"][0] == finding(
        "number.grouping", "/lines/0/value",
        "Mục /lines/0/value ghi «262.500.00», không đủ ba chữ số sau mỗi dấu chấm hay khoảng "
        "trống.",
        "Có phải 262.500.000 hoặc 26.250.000? Hãy gõ lại đủ ba chữ số sau mỗi dấu chấm.",
        about="ho_can_ngheo.value",
    )  # fmt: skip


# ---------------------------------------------------------------- checks


def test_a_check_tells_figures_and_findings(client: FlaskClient) -> None:
    answer = client.post("/api/v1/checks", json=payload())
    assert answer.content_type == "application/json; charset=utf-8"
    assert json.loads(answer.data) == {
        "figures": [{
            "code": "ho_can_ngheo.value", "label": "Số hộ cận nghèo", "value": 30, "unit": "hộ",
            "rule": "số liệu nhập", "where": "/lines/0/value", "made_from": [],
        }],
        "findings": [], "may_be_issued": True, "open": [], "acknowledged": [],
    }  # fmt: skip


def test_a_check_with_errors_is_still_an_answer(client: FlaskClient) -> None:
    lines = [{"code": "ho_can_ngheo", "value": "trên 6x"}, {"code": "ho_ngheo", "value": 2}]
    answer = client.post("/api/v1/checks", json=payload(lines=lines))
    assert answer.status_code == 200
    body = json.loads(answer.data)
    assert [figure["code"] for figure in body["figures"]] == ["ho_ngheo.value"]
    assert [found["code"] for found in body["findings"]] == ["number.unreadable"]


def test_a_check_of_a_wrong_shape_tells_the_findings(client: FlaskClient) -> None:
    answer = client.post("/api/v1/checks", data=b"{}", content_type=JSON)
    assert answer.status_code == 200
    assert json.loads(answer.data)["figures"] == []


# ---------------------------------------------------------------- the gate, drafts


DOUBT = Finding("norm.amount", WARNING, "/lines/0", "Mức cao.", "Hãy xem lại.")
ROW = {"finding": DOUBT.id, "reason": "theo quyết định"}


@pytest.fixture
def doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every report has one warning."""
    monkeypatch.setattr(generators.pipeline, "run_checks", lambda report: (DOUBT,))


@pytest.mark.usefixtures("doubted")
def test_an_open_warning_is_counted_and_named(client: FlaskClient) -> None:
    answer = client.post("/api/v1/documents", json=payload())
    assert (answer.status_code, answer.headers["X-Unacknowledged"]) == (200, "1")
    told = json.loads(client.post("/api/v1/checks", json=payload()).data)
    assert (told["may_be_issued"], told["open"], told["acknowledged"]) == (
        False, [DOUBT.id], [],
    )  # fmt: skip


@pytest.mark.usefixtures("doubted")
@pytest.mark.parametrize("way", ["query", "form"])
def test_a_warning_is_acknowledged_by_somebody_named(client: FlaskClient, way: str) -> None:
    body = payload(acknowledgements=[ROW])
    if way == "query":
        sent: dict[str, Any] = {"query_string": {"by": "Nguyễn Thị Hoa"}, "json": body}
        answers = [client.post(f"/api/v1/{to}", **sent) for to in ("checks", "documents")]
    else:
        answers = [
            client.post(f"/api/v1/{to}", data={
                "file": (io.BytesIO(as_json(body)), "bieu.json"), "by": "Nguyễn Thị Hoa",
            })
            for to in ("checks", "documents")
        ]  # fmt: skip
    told = json.loads(answers[0].data)
    assert (told["may_be_issued"], told["open"]) == (True, [])
    assert told["acknowledged"] == [{**ROW, "by": "Nguyễn Thị Hoa (qua «Hệ thống thử»)"}]
    assert "X-Unacknowledged" not in answers[1].headers
    assert answers[1].headers["X-Findings"] == "1"


def test_a_draft_is_given_in_spite_of_errors(client: FlaskClient) -> None:
    lines = [{"code": "ho_can_ngheo", "value": "262.500.00"}]
    body = payload(lines=lines)
    assert client.post("/api/v1/documents", json=body).status_code == 422
    answer = client.post("/api/v1/documents?draft=true", json=body)
    name = "ban-tin-an-sinh-xa-hoi-phuong-phuc-loi-2020S1-du-thao.docx"
    assert (answer.status_code, answer.content_type) == (200, DOCX)
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    )
    assert answer.headers["X-Findings"] == "1"
    assert "Những điều còn phải xử lý".encode() in body_of(answer.data)


def test_what_has_no_period_has_no_draft(client: FlaskClient) -> None:
    answer = client.post("/api/v1/documents?draft=true", json=payload(period={}))
    assert answer.status_code == 422
    assert [found["code"] for found in told(answer)["findings"]] == ["json.missing_key"]


# ---------------------------------------------------------------- explanations


def test_a_figure_is_explained(client: FlaskClient) -> None:
    parts = {"file": (io.BytesIO(as_json(payload())), "../Biểu 1.json")}
    answer = client.post("/api/v1/explanations?figure=ho_can_ngheo.value", data=parts)
    digest = sha256(as_json(payload())).hexdigest()
    assert json.loads(answer.data) == {
        "origin": {"name": "Biểu 1.json", "sha256": digest},
        "explanations": [{
            "figure": "ho_can_ngheo.value", "label": "Số hộ cận nghèo", "value": "30 hộ",
            "rule": "là số liệu nhập ở mục /lines/0/value, tệp Biểu 1.json",
            "where": "/lines/0/value", "made_from": [],
        }],
    }  # fmt: skip


def test_an_explanation_is_text_for_those_who_prefer_it(client: FlaskClient) -> None:
    data = as_json(payload())
    answer = client.post("/api/v1/explanations?figure=ho_can_ngheo.value", data=data,
                         headers={"Accept": "text/plain"})  # fmt: skip
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.text == (
        "Số hộ cận nghèo\n30 hộ\nlà số liệu nhập ở mục /lines/0/value, tệp gửi lên\n"
        f"Nguồn: tệp gửi lên, SHA-256 {sha256(data).hexdigest()}\n"
    )


def test_without_a_figure_all_are_explained(client: FlaskClient, phuc_loi: bytes) -> None:
    explained = json.loads(client.post("/api/v1/explanations", data=phuc_loi).data)
    checked = json.loads(client.post("/api/v1/checks", data=phuc_loi).data)
    assert [one["figure"] for one in explained["explanations"]] == [
        figure["code"] for figure in checked["figures"]
    ]


def test_a_figure_may_be_asked_for_as_it_is_printed(client: FlaskClient) -> None:
    by_id = client.post("/api/v1/explanations?figure=ho_can_ngheo.value", json=payload())
    for asked in ("30 hộ cận nghèo", "Số hộ cận nghèo"):
        answer = client.post(
            "/api/v1/explanations", json=payload(), query_string={"figure": asked}
        )
        assert answer.data == by_id.data, asked


def test_an_unknown_figure_is_not_found(client: FlaskClient) -> None:
    answer = client.post("/api/v1/explanations?figure=ho_can_ngeo.value", json=payload())
    assert told(answer) == whole(404, "Không tìm thấy", finding(
        "figure.unknown", "figure", "Không có số nào mang mã «ho_can_ngeo.value».",
        "Có phải: ho_can_ngheo.value?"))  # fmt: skip
    answer = client.post("/api/v1/explanations?figure=zzzz", json=payload())
    assert told(answer)["findings"][0]["remedy"] == (
        "Hãy gửi tới /api/v1/checks để xem mọi mã."
    )


def test_what_could_not_be_read_is_not_explained(client: FlaskClient) -> None:
    assert client.post("/api/v1/explanations", data=b"{").status_code == 400
    assert client.post("/api/v1/explanations", json=payload(period={})).status_code == 422


# ---------------------------------------------------------------- which kind


@pytest.mark.parametrize("path", ["/api/v1/kinds/x/form.xlsx", "/api/v1/kinds/x/schema"])
def test_an_unknown_kind_is_not_found(client: FlaskClient, path: str) -> None:
    assert_unknown_kind(client.get(path))


def test_an_unknown_kind_asked_for_is_not_found(client: FlaskClient) -> None:
    parts = {"file": (io.BytesIO(as_json(payload())), "bieu.json"), "kind": "x"}
    assert_unknown_kind(client.post("/api/v1/checks?kind=x", json=payload()))
    assert_unknown_kind(client.post("/api/v1/documents", data=parts))


def assert_unknown_kind(answer: TestResponse) -> None:
    body = told(answer)
    assert (answer.status_code, body["title"]) == (404, "Không tìm thấy")
    assert body["findings"][0]["code"] == "kind.unknown"
    assert body["findings"][0]["message"] == "Không có loại báo cáo «x»."


def test_the_kind_may_be_asked_for_in_the_query(client: FlaskClient) -> None:
    assert client.post(f"/api/v1/checks?kind={KIND}", json=payload()).status_code == 200


def test_a_kind_nobody_knows_in_the_data_is_a_finding(client: FlaskClient) -> None:
    answer = client.post("/api/v1/documents", json=payload(kind="khac"))
    assert answer.status_code == 422
    assert [found["code"] for found in told(answer)["findings"]] == ["kind.unknown"]


# ---------------------------------------------------------------- what cannot be read

BAD_TITLE, TYPE_TITLE = "Không đọc được nội dung gửi lên", "Loại tệp này không dùng được ở đây"
UNREADABLE = {
    "empty": (b"", OCTETS, 400, "file.empty"),
    "text": (b"hello", OCTETS, 415, "file.not_workbook"),
    "pdf": (b"%PDF-1.7 ...", OCTETS, 415, "file.not_workbook"),
    "picture": (PNG, XLSX, 415, "file.not_workbook"),
    "damaged": (b"PK\x03\x04" + b"junk" * 99, XLSX, 400, "file.damaged"),
    "damaged compound": (OLE + b"\0" * 600, OCTETS, 400, "file.damaged"),
    "bomb": (
        spreadsheet("xl/media/a.bin", b"\0" * 80_000_000),
        XLSX, 400, "file.inflates",
    ),
    "doctype": (
        spreadsheet("xl/workbook.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><workbook/>"),
        XLSX, 400, "file.doctype",
    ),
    "encrypted": (locked(), XLSX, 400, "file.encrypted"),
    "json cut short": (b'{"kind": ', JSON, 400, "json.malformed"),
    "json cut short, undeclared": (b'{"kind": ', OCTETS, 400, "json.malformed"),
    "not json": (b"kind=x", JSON, 400, "json.malformed"),
    "workbook called json": (b"PK\x03\x04", JSON, 400, "json.malformed"),
    "empty json": (b" ", JSON, 400, "json.empty"),
    "utf-16 json": ('{"kind": "x"}'.encode("utf-16"), JSON, 400, "json.encoding"),
    "deep json": (b"[" * 200_000, JSON, 400, "json.too_deep"),
    "nan": (b'{"kind": NaN}', JSON, 400, "json.malformed"),
    "key twice": (b'{"kind": 1, "kind": 2}', JSON, 400, "json.malformed"),
}  # fmt: skip


@pytest.mark.parametrize("route", ["checks", "documents"])
@pytest.mark.parametrize(
    ("body", "mimetype", "status", "code"), UNREADABLE.values(), ids=UNREADABLE
)
def test_what_cannot_be_read_is_one_problem(
    client: FlaskClient, route: str, body: bytes, mimetype: str, status: int, code: str
) -> None:
    answer = client.post(f"/api/v1/{route}", data=body, content_type=mimetype)
    assert (answer.status_code, told(answer)["findings"][0]["code"]) == (status, code)
    found = told(answer)["findings"][0]
    assert told(answer) == whole(status, TYPE_TITLE if status == 415 else BAD_TITLE, found)
    assert found["message"].endswith(".")
    assert found["remedy"].startswith(("Hãy", "Có thể"))


@pytest.mark.parametrize(
    ("body", "mimetype", "status", "code"), UNREADABLE.values(), ids=UNREADABLE
)
def test_a_part_is_read_like_a_body(
    client: FlaskClient, body: bytes, mimetype: str, status: int, code: str
) -> None:
    parts = {"file": (io.BytesIO(body), "bieu", mimetype)}
    answer = client.post("/api/v1/documents", data=parts)
    assert (answer.status_code, told(answer)["findings"][0]["code"]) == (status, code)


FAULTY = {
    "a line twice": (
        {"lines": [{"code": "ho_ngheo", "value": 1}, {"code": "ho_ngheo", "value": 2}]},
        ("line.duplicate", "/lines/1"),
    ),
    "a negative count": (
        {"lines": [{"code": "ho_ngheo", "value": -1}]}, ("number.negative", "/lines/0/value"),
    ),
    "a plan of zero": (
        {"lines": [{"code": "viec_lam", "value": 1, "plan": 0}]}, ("plan.zero", "/lines/0/plan"),
    ),
    "a period that ends first": (
        {"period": {"id": "2020S1", "from": "2020-06-30", "to": "2020-01-01"}},
        ("period.reversed", "/period/to"),
    ),
    "an old font": (
        {"org_unit": {"name": "ph­êng Céng hßa X· héi"}}, ("text.legacy_font", "/org_unit/name"),
    ),
    "half a character": ({"org_unit": {"name": "a\ud800"}}, ("text.control", "/org_unit/name")),
    "no lines": ({"lines": []}, ("data.no_lines", "")),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), FAULTY.values(), ids=FAULTY)
def test_faulty_data_is_told_with_its_place(
    client: FlaskClient, changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    answer = client.post("/api/v1/documents", data=json.dumps(payload(**changes)))
    body = told(answer)
    assert answer.status_code == 422
    assert body["detail"] == "Có 1 điều phải sửa. Hãy sửa trong biểu rồi gửi lại."
    assert [(found["code"], found["where"]) for found in body["findings"]] == [expected]


def test_a_workbook_that_is_not_the_form_is_told_so(client: FlaskClient) -> None:
    answer = client.post("/api/v1/documents", data=spreadsheet("a.xml", b"<a/>"))
    assert answer.status_code == 422
    assert [(found["code"], found["where"]) for found in told(answer)["findings"]] == [
        ("workbook.sheet_missing", "Thông tin"), ("workbook.sheet_missing", "Số liệu"),
    ]  # fmt: skip


def test_malformed_json_is_told_in_full(client: FlaskClient) -> None:
    answer = client.post("/api/v1/checks", data=b'{"kind" 1}', content_type=JSON)
    assert told(answer) == {
        "type": "about:blank",
        "title": "Không đọc được nội dung gửi lên",
        "status": 400,
        "detail": "Không đọc được JSON: sai cú pháp ở dòng 1, cột 9. Hãy sửa cú pháp JSON tại vị "
        "trí nêu trên rồi gửi lại.",
        "findings": [{
            "id": "json.malformed-fc9622d0", "code": "json.malformed", "severity": "error",
            "where": "", "message": "Không đọc được JSON: sai cú pháp ở dòng 1, cột 9.",
            "remedy": "Hãy sửa cú pháp JSON tại vị trí nêu trên rồi gửi lại.",
        }],
    }  # fmt: skip
    assert "Không đọc được JSON" in answer.data.decode()


def test_parts_without_a_file_are_refused(client: FlaskClient) -> None:
    expected = whole(400, BAD_TITLE, finding(
        "file.missing", "file", "Chưa có tệp nào được chọn.",
        "Hãy chọn biểu Excel đã điền rồi gửi lại."))  # fmt: skip
    for parts in ({"kind": KIND, "x": (io.BytesIO(), "x")}, {"file": (io.BytesIO(b""), "")}):
        answer = client.post("/api/v1/checks", data=parts, content_type="multipart/form-data")
        assert told(answer) == expected
    broken = client.post("/api/v1/checks", data=b"x", content_type="multipart/form-data")
    assert told(broken) == expected


def test_another_content_type_is_not_taken(client: FlaskClient) -> None:
    answer = client.post("/api/v1/documents", data=b"{}", content_type="text/plain")
    assert told(answer) == whole(415, TYPE_TITLE, finding(
        "file.content_type", "Content-Type", "Không nhận nội dung kiểu «text/plain».",
        "Hãy gửi application/json, bảng tính Excel (application/octet-stream cũng được) hoặc "
        "multipart/form-data có phần «file»."))  # fmt: skip


# ---------------------------------------------------------------- routes and methods


def test_an_unknown_route(client: FlaskClient) -> None:
    assert told(client.get("/api/v1/nothing", headers={"Accept": "text/html"})) == problem(
        404, "Không tìm thấy", "Không có địa chỉ này. Hãy kiểm tra lại, hoặc về trang đầu."
    )


def test_a_wrong_method(client: FlaskClient) -> None:
    answer = client.get("/api/v1/documents")
    assert answer.headers["Allow"] == "OPTIONS, POST"
    assert told(answer) == problem(
        405, "Địa chỉ này không nhận cách gửi đó", "Địa chỉ này chỉ nhận: OPTIONS, POST."
    )


# ---------------------------------------------------------------- too large

TOO_LARGE = whole(413, "Nội dung gửi lên quá lớn", finding(
    "file.too_large", "", "Nội dung gửi lên vượt quá mức cho phép là 17 MB.",
    "Hãy bỏ bớt hình ảnh, trang và vùng định dạng thừa trong tệp rồi gửi lại."))  # fmt: skip


def test_the_limit_is_a_setting(tmp_path: Path) -> None:
    client = with_key(app_in(tmp_path, MAX_UPLOAD_BYTES=100))
    answer = client.post("/api/v1/checks", data=b"{" + b" " * 100, content_type=JSON)
    assert answer.status_code == 413
    assert told(answer)["findings"][0]["message"] == (
        "Nội dung gửi lên vượt quá mức cho phép là 100 byte."
    )


def test_a_body_without_a_length_is_measured_too(client: FlaskClient) -> None:
    answer = client.post(
        "/api/v1/checks", input_stream=io.BytesIO(b" " * (18 << 20)), content_type=JSON,
        environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )  # fmt: skip
    assert told(answer) == TOO_LARGE


def hundred_megabytes() -> Iterator[bytes]:
    for _ in range(100):
        yield b"\0" * (1 << 20)


@pytest.mark.parametrize("length", [str(100 << 20), None], ids=["declared", "chunked"])
def test_a_hundred_megabytes_are_refused_by_a_real_server(
    app: Flask,
    serve: Serve,
    bearer: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    length: str | None,
) -> None:
    passing = tmp_path / "tam"
    passing.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    connection = http.client.HTTPConnection(*serve(app), timeout=60)
    headers = {
        "Content-Type": OCTETS,
        **bearer,
        **({"Content-Length": length} if length else {}),
    }
    connection.request("POST", "/api/v1/documents", hundred_megabytes(), headers,
                       encode_chunked=length is None)  # fmt: skip
    answer = connection.getresponse()
    body = json.loads(answer.read())
    connection.close()
    assert answer.headers["Content-Type"] == "application/problem+json; charset=utf-8"
    assert (answer.status, body) == (413, TOO_LARGE)
    assert list(passing.iterdir()) == []


# ---------------------------------------------------------------- our own faults


def test_a_fault_of_ours_is_an_id_here_and_in_the_log(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(source: object) -> None:
        raise RuntimeError("Nguyễn Thị Bí Mật")

    monkeypatch.setattr(web.api, "examine_here", fail)
    answer = client.post("/api/v1/checks", json=payload())
    (fault,) = (one for one in caplog.records if one.message == "fault")
    id_ = answer.headers["X-Request-Id"]
    assert (vars(fault)["id"], vars(fault)["error"]) == (id_, "RuntimeError")
    assert re.search(r"test_api\.py:\d+", vars(fault)["path"])
    expected = problem(
        500, "Máy chủ gặp sự cố",
        f"Đây không phải lỗi của tệp. Hãy thử lại sau, hoặc báo người quản trị mã {id_}.",
    )  # fmt: skip
    assert told(answer) == expected
    written = "".join(Lines().format(record) for record in caplog.records)
    assert "Bí Mật" not in written
    assert "Traceback" not in written


# ---------------------------------------------------------------- what every answer carries


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/api/v1/kinds", "/static/page.css", "/nothing", "/api/v1/checks"]
)
def test_every_answer_has_its_headers_and_no_cookie(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; "
        "object-src 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == ("no-cache" if "static" in path else "no-store")
    assert "Set-Cookie" not in headers


def test_documents_are_not_cached(client: FlaskClient) -> None:
    answer = client.post("/api/v1/documents", json=payload())
    assert answer.headers["Cache-Control"] == "no-store"


def test_uploads_stay_in_memory(app: Flask) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
    data = body + b"x" * (2 << 20) + b"\r\n--x--\r\n"
    with app.test_request_context(
        method="POST", data=data, content_type="multipart/form-data; boundary=x"
    ):
        assert isinstance(request.files["file"].stream, io.BytesIO)
