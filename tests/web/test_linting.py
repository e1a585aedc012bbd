"""The lint over HTTP and on the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fixtures.make_lint import FOLDER

LINT = "/api/v1/lint"
CLEAN, FAULTY = (FOLDER / f"{name}.docx" for name in ("clean", "date.padding"))
TOLD = {
    "code": "date.padding",
    "severity": "error",
    "where": "Bảng 1, hàng 2, cột 2 «Phúc Lợi, ngày 05 tháng 06 năm 2026»",
    "message": "Ngày, tháng ban hành: «tháng 06»; quy định: «tháng 6» (Nghị định 30/2020/NĐ-CP, "
    "Phụ lục I, Phần I, mục II.4.b).",
    "remedy": "Hãy sửa, ví dụ «ngày 05 tháng 01», «ngày 05 tháng 6».",
    "basis": "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.4.b",
}


@pytest.mark.parametrize("sent", ["as it is", "as a part"])
def test_a_fault_is_told_with_its_place_in_the_decree(client: FlaskClient, sent: str) -> None:
    data = FAULTY.read_bytes()
    if sent == "as it is":
        answer = client.post(LINT, data=data, content_type="application/octet-stream")
    else:
        answer = client.post(LINT, data={"file": (io.BytesIO(data), "a.docx")})
    told = answer.get_json()
    assert (answer.status_code, told["form"], told["clean"]) == (200, "nd30", False)
    (finding,) = told["findings"]
    assert {name: finding[name] for name in TOLD} == TOLD


def test_a_clean_document_is_clean_in_either_form(client: FlaskClient) -> None:
    for form in ("nd30", "ban-tin"):
        answer = client.post(f"{LINT}?form={form}", data=CLEAN.read_bytes())
        assert answer.get_json() == {"form": form, "clean": True, "findings": []}


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [(b"", 400, "file.empty"), (b"%PDF-1.4", 415, "file.not_document"),
     (b"PK\x03\x04", 400, "file.damaged")],
)  # fmt: skip
def test_what_cannot_be_opened_is_a_problem(
    client: FlaskClient, data: bytes, status: int, code: str
) -> None:
    answer = client.post(LINT, data=data, content_type="application/octet-stream")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert [one["code"] for one in answer.get_json()["findings"]] == [code]


def test_another_form_and_no_file_are_refused(client: FlaskClient) -> None:
    answer = client.post(f"{LINT}?form=khac", data=CLEAN.read_bytes())
    assert (answer.status_code, answer.get_json()["detail"]) == (
        400, "Không có thể thức «khac». Hãy dùng một trong: nd30, ban-tin.",
    )  # fmt: skip
    empty = client.post(LINT, data={"other": "x"}, content_type="multipart/form-data")
    assert [one["code"] for one in empty.get_json()["findings"]] == ["file.missing"]


def run(app: Flask, *args: str) -> tuple[int, str]:
    ran = app.test_cli_runner().invoke(args=["lint", *args])
    return ran.exit_code, ran.output


def test_the_command_tells_each_place_and_ends_with_one(app: Flask) -> None:
    assert run(app, str(FAULTY)) == (
        1,
        "date.padding.docx: có 1 điều về thể thức.\n\n"
        f"  {TOLD['where']}\n    Phải sửa (date.padding)\n    {TOLD['message']}\n    {TOLD['remedy']}\n",
    )


def test_the_command_ends_with_nothing_on_a_clean_file(app: Flask) -> None:
    assert run(app, str(CLEAN)) == (0, "clean.docx: đúng thể thức.\n")
    code, told = run(app, str(CLEAN), "--form", "ban-tin", "--json")
    assert (code, json.loads(told)) == (0, {"form": "ban-tin", "clean": True, "findings": []})


def test_the_command_ends_with_two_on_what_it_cannot_open(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"%PDF-1.4")
    code, told = run(app, str(tmp_path / "a.docx"))
    assert code == 2
    assert told.startswith("Tệp này không phải văn bản Word (.docx). Hãy mở tệp bằng Word")
