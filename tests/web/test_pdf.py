"""PDF over HTTP and on the command line: given, kept, or refused in a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from rendering import installed
from rendering.converter import Converter
from rendering.faults import Busy, RenderingFault, TooLong, Unconvertible
from tests.signing_in import app_in, with_key
from tests.web.test_reports import BODY, JSON, REPORTS

DOCUMENTS = "/api/v1/documents"
INPUT = Path(__file__).resolve().parents[2] / "fixtures/accepted/phuc-loi-2020/input.json"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return app_in(tmp_path)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return with_key(app)


@pytest.fixture
def warm(app: Flask, converter: Converter) -> FlaskClient:
    """The application with a LibreOffice that is warm already."""
    app.extensions["bao_cao_pdf"][2].append(converter)
    return with_key(app)


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> str:
    """A machine without LibreOffice; what it says."""
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr(installed, "_OFFICES", ())
    return ("Máy này chưa cài LibreOffice nên không xuất được PDF. Hãy lấy tệp Word (.docx), hoặc "
            "nhờ người quản trị cài LibreOffice Writer.")  # fmt: skip


def post(client: FlaskClient, **asked: str):  # type: ignore[no-untyped-def]
    return client.post(DOCUMENTS, query_string=asked, data=json.dumps(BODY), content_type=JSON)


def test_a_document_and_its_draft_are_given_as_pdf(warm: FlaskClient) -> None:
    made = post(warm, format="pdf")
    assert (made.status_code, made.mimetype) == (200, "application/pdf")
    assert made.data.startswith(b"%PDF-1.")
    assert made.headers["Content-Disposition"].startswith(
        'attachment; filename="ban-tin-an-sinh-xa-hoi-phuong-phuc-loi-2020S1.pdf"'
    )
    draft = post(warm, format="pdf", draft="true")
    assert "2020S1-du-thao.pdf" in draft.headers["Content-Disposition"]
    assert draft.data.startswith(b"%PDF-1.")


def test_a_report_is_kept_with_its_pdf_once(warm: FlaskClient) -> None:
    client = warm
    asked = {"by": "Trần Thị Bình", "pdf": "true"}
    kept = client.post(REPORTS, query_string=asked, data=json.dumps(BODY), content_type=JSON)
    again = client.post(REPORTS, query_string=asked, data=json.dumps(BODY), content_type=JSON)
    roles = [file["role"] for file in kept.get_json()["files"]]
    assert (kept.status_code, roles.count("pdf"), again.json) == (201, 1, kept.json)
    sent = client.get(f"{kept.headers['Location']}/document?format=pdf")
    assert (sent.mimetype, sent.data[:5]) == ("application/pdf", b"%PDF-")
    (number,) = (n for n, role in enumerate(roles) if role == "pdf")
    assert client.get(f"{kept.headers['Location']}/attachments/{number}").data == sent.data


def test_a_kept_document_without_a_kept_pdf_is_converted_when_asked(
    warm: FlaskClient,
) -> None:
    client = warm
    asked = {"by": "Trần Thị Bình"}
    kept = client.post(REPORTS, query_string=asked, data=json.dumps(BODY), content_type=JSON)
    sent = client.get(f"{kept.headers['Location']}/document?format=pdf")
    assert sent.data[:5] == b"%PDF-"
    assert "pdf" not in [
        f["role"] for f in client.get(kept.headers["Location"]).get_json()["files"]
    ]


def test_without_libreoffice_the_answer_is_501_and_says_what_to_do(
    client: FlaskClient, absent: str
) -> None:
    answer = post(client, format="pdf")
    assert (answer.status_code, answer.mimetype) == (501, "application/problem+json")
    told = answer.get_json()
    assert told.pop("instance").startswith("/api/v1/documents#")
    assert told == {
        "type": "about:blank", "title": "Máy chủ không làm được việc này", "status": 501,
        "detail": absent, "findings": [],
    }  # fmt: skip
    assert post(client).status_code == post(client, format="docx").status_code == 200


FAULTS = {
    503: (Busy("Có quá nhiều văn bản đang chờ."), "Máy chủ đang bận"),
    504: (TooLong("Lâu quá."), "Máy chủ làm việc này quá lâu"),
    422: (Unconvertible("Không đọc được."), "Chưa lập được báo cáo"),
}


@pytest.mark.parametrize("status", FAULTS)
def test_what_the_converter_cannot_do_is_a_problem(
    status: int, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault, title = FAULTS[status]

    def refuse(_converter: Converter, _docx: bytes) -> bytes:
        raise fault

    monkeypatch.setattr(Converter, "convert", refuse)
    answer = post(client, format="pdf")
    told = answer.get_json()
    assert (answer.status_code, told["title"], told["detail"]) == (status, title, str(fault))
    assert isinstance(fault, RenderingFault)
    assert answer.headers.get("Retry-After") == ("60" if status == 503 else None)


def test_another_format_is_refused_before_anything_is_made(client: FlaskClient) -> None:
    answer = post(client, format="odt")
    assert (answer.status_code, answer.get_json()["detail"]) == (
        400, "Không có định dạng «odt». Hãy dùng một trong: docx, pdf.",
    )  # fmt: skip


def test_the_command_line_writes_pdf(app: Flask, soffice: str, tmp_path: Path) -> None:
    target = tmp_path / "ban-tin.pdf"
    ran = app.test_cli_runner().invoke(args=["generate", str(INPUT), "-o", str(target)])
    assert ran.exit_code == 0
    assert ran.output.endswith(f"Đã lập báo cáo: {target}\n")
    assert target.read_bytes()[:5] == b"%PDF-"


def test_the_command_line_asks_for_a_name_that_fits(app: Flask, tmp_path: Path) -> None:
    target = tmp_path / "ban-tin.docx"
    ran = app.test_cli_runner().invoke(
        args=["generate", str(INPUT), "--format", "pdf", "-o", str(target)]
    )
    assert (ran.exit_code, target.exists()) == (2, False)
    assert ran.output.endswith(
        "Tệp ghi ra phải có tên tận cùng là .pdf, không phải ban-tin.docx.\n"
    )


def test_the_command_line_says_that_libreoffice_is_absent(
    app: Flask, absent: str, tmp_path: Path
) -> None:
    target = tmp_path / "ban-tin.pdf"
    ran = app.test_cli_runner().invoke(
        args=["generate", str(INPUT), "--format", "pdf", "-o", str(target)]
    )
    assert (ran.exit_code, target.exists()) == (2, False)
    assert ran.output.endswith(f"{absent}\n")


def test_the_archive_command_keeps_the_pdf_too(
    app: Flask, converter: Converter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rendering.converter.Converter", lambda _budget: converter)
    runner = app.test_cli_runner()
    ran = runner.invoke(args=["archive", "keep", str(INPUT), "--by", "Trần Thị Bình", "--pdf"])
    assert (ran.exit_code, ran.output.splitlines()[-1]) == (0, "Đã lưu kèm bản PDF.")
