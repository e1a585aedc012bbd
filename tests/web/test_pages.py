"""The page at "/quick": by a client, and by a real browser as a clerk uses it."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import (
    Browser,
    BrowserContext,
    FilePayload,
    Page,
    expect,
    sync_playwright,
)
from werkzeug.test import TestResponse

import web.pages
from generators.intake.form import write_form
from generators.kinds import load_kind
from generators.model import WARNING, Acknowledgement, Finding
from generators.pipeline import KINDS, Examined, Source, examine, read_input
from tests.signing_in import COOKIE, PASSWORD, signed_in

CHROMIUM = Path("/usr/bin/chromium")
CALM = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
LOOK = Path(__file__).resolve().parents[2] / "out" / "look"
DOUBT = Finding("so_sanh.lech", WARNING, "Số liệu!D12", "Số tăng gấp mười.", "Hãy xem lại.")
STOPPED, CHECKED = "Chưa lập được báo cáo", "Đã kiểm tra: số liệu khớp, lập báo cáo được"
Serve = Callable[[Flask], tuple[str, int]]


def wrong() -> bytes:
    lines = [
        {"code": "ho_can_ngheo", "value": "262.500.00"},
        {
            "code": "viec_lam",
            "value": 1611,
            "parts": [{"label": "<b>vay vốn</b>", "value": 118}],
        },
    ]
    frame = {"kind": "ban-tin-6-thang", "period": {"id": "2020S1"}, "lines": lines}
    return json.dumps({**frame, "org_unit": {"name": "phường Phúc Lợi"}}).encode()


def send(
    client: FlaskClient, data: bytes, action: str = "make", **headers: str
) -> TestResponse:
    parts: dict[str, Any] = {
        "file": (io.BytesIO(data), "bieu.json"),
        "pictures": (io.BytesIO(), ""),
        "action": action,
    }
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/quick", data=parts, headers=named)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return signed_in(app)


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def words(answer: TestResponse) -> str:
    """All the text of a page, each run of spaces one."""
    assert answer.content_type == "text/html; charset=utf-8"
    reader = Words()
    reader.feed(answer.text)
    return " ".join(" ".join(reader.found).split())


# ---------------------------------------------------------------- by a client


def test_the_page_shows_the_steps(client: FlaskClient) -> None:
    answer = client.get("/quick")
    assert answer.text.startswith("<!doctype html>")
    assert '<html lang="vi">' in answer.text
    assert 'href="/api/v1/kinds/ban-tin-6-thang/form.xlsx"' in answer.text
    assert "không quá 16 MB" in words(answer)


def test_nothing_on_the_page_is_inline_or_from_elsewhere(client: FlaskClient) -> None:
    for page in (client.get("/quick").text, send(client, wrong()).text):
        assert re.findall("<script[^>]*>", page) == ['<script src="/static/desk.js" defer>']
        assert "<style" not in page
        assert " style=" not in page
        assert "http:" not in page
        assert "https:" not in page


def test_a_good_workbook_is_answered_with_the_report(
    client: FlaskClient, phuc_loi: bytes
) -> None:
    answer = send(client, phuc_loi)
    assert "phuong-phuc-loi-2020S1.docx" in answer.headers["Content-Disposition"]
    assert body_of(answer.data) == body_of(client.post("/api/v1/documents", data=phuc_loi).data)


def body_of(document: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as file:
        return file.read("word/document.xml").decode()


def test_beside_the_errors_stands_the_draft(client: FlaskClient) -> None:
    answer = send(client, wrong())
    assert (
        'download="ban-tin-an-sinh-xa-hoi-phuong-phuc-loi-2020S1-du-thao.docx"' in answer.text
    )
    assert "Tải bản dự thảo (.docx)" in words(answer)
    draft = b64decode(answer.text.partition(";base64,")[2].partition('"')[0])
    assert "Những điều còn phải xử lý" in body_of(draft)


def test_what_has_no_period_has_no_draft(client: FlaskClient) -> None:
    answer = send(client, b'{"kind": "ban-tin-6-thang", "lines": []}')
    assert answer.status_code == 422
    assert "base64" not in answer.text


def test_a_draft_too_long_for_a_link_is_not_offered(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web.pages, "LARGEST_LINK", 1000)
    answer = send(client, wrong())
    assert answer.status_code == 422
    assert "base64" not in answer.text


def test_an_acknowledged_warning_is_told_as_such(
    client: FlaskClient, phuc_loi: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def settled(source: Source) -> Examined:
        return replace(
            doubtful(source), acknowledged=(Acknowledgement(DOUBT.id, "đúng", "Hoa"),)
        )

    monkeypatch.setattr(web.pages, "examine_here", settled)
    said = words(send(client, phuc_loi))
    assert "Nên xem lại, đã xác nhận Ô D12" in said
    assert "Chưa đủ điều kiện ban hành" not in said
    assert "Hãy đọc những điều dưới đây trước khi dùng báo cáo." in said


def test_findings_are_told_with_place_and_remedy(client: FlaskClient) -> None:
    answer = send(client, wrong())
    assert answer.status_code == 422
    assert "<title>Lỗi: Chưa lập được báo cáo – Báo cáo an sinh xã hội</title>" in answer.text
    said = words(answer)
    assert "Chưa lập được báo cáo Có 2 điều phải sửa. Hãy sửa trong biểu rồi gửi lại." in said
    assert (
        "Dữ liệu JSON Phải sửa /lines/0/value Mục /lines/0/value ghi «262.500.00», không đủ ba "
        "chữ số sau mỗi dấu chấm hay khoảng trống. Cách xử lý: Có phải 262.500.000 hoặc "
        "26.250.000? Hãy gõ lại đủ ba chữ số sau mỗi dấu chấm." in said
    )
    assert "Gửi lại biểu đã sửa" in said


def test_a_file_that_cannot_be_read_is_told_once(client: FlaskClient) -> None:
    answer = send(client, b'{"kind" 1}')
    assert answer.status_code == 400
    assert words(answer).count("sai cú pháp ở dòng 1, cột 9") == 1
    assert "Không đọc được nội dung gửi lên" in words(answer)


def test_no_file_chosen(client: FlaskClient) -> None:
    answer = client.post("/quick", data={"action": "make", "file": (io.BytesIO(), "")})
    assert answer.status_code == 400
    assert "Chưa có tệp nào được chọn. Cách xử lý: Hãy chọn biểu" in words(answer)


def test_a_check_shows_figures_as_they_are_said(client: FlaskClient, phuc_loi: bytes) -> None:
    answer = send(client, phuc_loi, "check")
    assert answer.status_code == 200
    said = words(answer)
    assert "Đã kiểm tra: số liệu khớp, lập báo cáo được" in said
    assert "Tổng cộng quà tết Nguyên đán 1.254 lượt người tổng của các dòng: 249 + 283" in said
    assert "107.000.000 đồng số liệu nhập, mục /lines/2/value" in said
    assert "33,3% 1 / 3 × 100" in said


def test_a_check_with_errors_says_so(client: FlaskClient) -> None:
    said = words(send(client, wrong(), "check"))
    assert "Đã kiểm tra: chưa lập báo cáo được, có 2 điều phải sửa" in said


def test_what_the_data_says_is_text_and_not_markup(client: FlaskClient) -> None:
    page = send(client, wrong(), "check").text
    assert "&lt;b&gt;vay vốn&lt;/b&gt;" in page
    assert "<b>vay vốn" not in page


def test_half_a_character_does_not_break_the_page(client: FlaskClient) -> None:
    data = b'{"kind": "ban-tin-6-thang", "period": {"id": "\\ud800"}, "lines": []}'
    assert send(client, data).status_code in (400, 422)


def test_with_warnings_the_report_is_offered_beside_them(
    client: FlaskClient, phuc_loi: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web.pages, "examine_here", doubtful)
    answer = send(client, phuc_loi)
    assert answer.status_code == 200
    said = words(answer)
    assert "Báo cáo đã lập xong, có 1 điều nên xem lại" in said
    assert (
        "Trang «Số liệu» Nên xem lại Ô D12 Số tăng gấp mười. Cách xử lý: Hãy xem lại." in said
    )
    link = answer.text.partition(";base64,")[2].partition('"')[0]
    assert "<w:t" in body_of(b64decode(link))
    assert body_of(b64decode(link)) == body_of(
        client.post("/api/v1/documents", data=phuc_loi).data
    )
    assert (
        "Chưa đủ điều kiện ban hành: còn 1 điều nên xem lại chưa được xác nhận. Nếu số liệu đúng, "
        "ghi mã và lý do vào trang «Xác nhận» của biểu rồi gửi lại." in said
    )
    assert f"Cách xử lý: Hãy xem lại. Mã: {DOUBT.id}" in said


def test_a_report_too_long_for_a_link_is_sent_itself(
    client: FlaskClient, phuc_loi: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web.pages, "examine_here", doubtful)
    monkeypatch.setattr(web.pages, "LARGEST_LINK", 1000)
    answer = send(client, phuc_loi)
    assert answer.headers["X-Findings"] == "1"
    assert zipfile.is_zipfile(io.BytesIO(answer.data))


def doubtful(source: Source) -> Examined:
    return replace(examine(source), findings=(DOUBT,))


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"},
        {"Origin": "https://example.org"}, {"Origin": "null"},
    ],
)  # fmt: skip
def test_other_sites_may_not_send(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = send(client, wrong(), **headers)
    assert answer.status_code == 403
    assert (
        "Không được phép Xuống chỗ gửi biểu Cả tệp Phải sửa Biểu được gửi "
        "từ một trang web khác nên không được nhận. Cách xử lý: Hãy mở trang này rồi gửi biểu "
        "tại đây." in words(answer)
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "same-origin", "Origin": "null"}, {"Sec_Fetch_Site": "none"},
        {"Origin": "http://localhost"}, {},
    ],
)  # fmt: skip
def test_our_own_form_may(
    client: FlaskClient, phuc_loi: bytes, headers: dict[str, str]
) -> None:
    assert send(client, phuc_loi, **headers).status_code == 200


def test_a_browser_lost_on_the_way_gets_a_page(client: FlaskClient) -> None:
    answer = client.get("/nothing", headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.status_code == 404
    assert "Không có địa chỉ này." in words(answer)
    assert client.delete("/quick").headers["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_a_fault_in_a_kind_is_still_a_page(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError("hỏng")

    monkeypatch.setattr(web.pages, "offered_kinds", fail)
    answer = client.get("/quick")
    assert answer.status_code == 500
    assert "Máy chủ gặp sự cố Đây không phải lỗi của tệp." in words(answer)


# ---------------------------------------------------------------- by a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists() and not os.environ.get("CI"):
        pytest.skip(f"no browser at {CHROMIUM}")
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=CALM)
        yield found
        found.close()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(
    browser: Browser, app: Flask, serve: Serve, request: pytest.FixtureRequest
) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param, accept_downloads=True)
    opened = come_in(context, app, serve)
    yield opened
    context.close()


def come_in(context: BrowserContext, app: Flask, serve: Serve) -> Page:
    """Sign in as the clerk of Phúc Lợi, by the form."""
    page = context.new_page()
    page.goto("http://{}:{}/quick".format(*serve(app)))
    page.get_by_label("Tên đăng nhập").fill("lan")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    return page


def choose(page: Page, data: bytes) -> None:
    """Choose the workbook that holds `data`."""
    workbook = write_form(load_kind(KINDS / "ban-tin-6-thang"), read_input(data))
    file = FilePayload(name="Biểu đã điền.xlsx", mimeType="", buffer=workbook)
    page.get_by_label("Biểu đã điền", exact=True).set_input_files(file)


def test_a_clerk_sends_the_workbook_and_has_the_report(page: Page, phuc_loi: bytes) -> None:
    choose(page, phuc_loi)
    with page.expect_download() as download:
        page.get_by_role("button", name="Lập báo cáo").click()
    assert download.value.suggested_filename == (
        "ban-tin-an-sinh-xa-hoi-phuong-phuc-loi-2020S1.docx"
    )
    assert zipfile.is_zipfile(download.value.path())
    assert [cookie["name"] for cookie in page.context.cookies()] == [COOKIE]


def test_a_clerk_is_told_what_to_mend_and_sends_again(page: Page, phuc_loi: bytes) -> None:
    choose(page, wrong())
    page.get_by_role("button", name="Lập báo cáo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(STOPPED)
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.locator(".findings h2").inner_text() == "Trang «Số liệu»"
    assert page.locator(".place").all_inner_texts() == ["Phải sửa Ô E80", "Phải sửa Ô E91"]
    page.get_by_role("link", name="Xuống chỗ gửi biểu").click()
    choose(page, phuc_loi)
    page.get_by_role("button", name="Chỉ kiểm tra").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(CHECKED)
    assert page.get_by_role("row").count() > 50


def test_a_clerk_takes_the_report_beside_its_warnings(
    page: Page, phuc_loi: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web.pages, "examine_here", doubtful)
    choose(page, phuc_loi)
    page.get_by_role("button", name="Lập báo cáo").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải báo cáo (.docx)").click()
    assert download.value.suggested_filename.endswith("phuong-phuc-loi-2020S1.docx")
    assert zipfile.is_zipfile(download.value.path())


def test_a_clerk_takes_the_form(page: Page) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name="Bản tin công tác an sinh xã hội 6 tháng").click()
    assert download.value.suggested_filename == "bieu-ban-tin-6-thang.xlsx"


SIZES = {
    "desktop": (1280, 900, "light"),
    "narrow": (320, 640, "light"),
    "dark": (1000, 800, "dark"),
}


@pytest.mark.parametrize("name", SIZES)
def test_the_page_fits_every_width(
    browser: Browser, app: Flask, serve: Serve, name: str, phuc_loi: bytes
) -> None:
    width, height, scheme = SIZES[name]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = come_in(context, app, serve)
    assert_fits(page, f"{name}-home")
    steps = (
        ("findings", wrong(), "Lập báo cáo", STOPPED),
        ("check", phuc_loi, "Chỉ kiểm tra", CHECKED),
    )
    for step, data, button, title in steps:
        choose(page, data)
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        assert_fits(page, f"{name}-{step}")
    context.close()


def assert_fits(page: Page, name: str) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    LOOK.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=LOOK / f"{name}.png", full_page=True)


def test_a_clerk_may_ask_for_the_other_kind_of_the_same_data(client: FlaskClient) -> None:
    page = client.get("/quick").text
    assert '<option value="bao-cao-6-thang">' in page
    data = (KINDS.parent / "fixtures/accepted/dong-loc-2026/input.json").read_bytes()
    answer = client.post("/quick", data={"file": (io.BytesIO(data), "input.json"), "action": "make",
                                    "kind": "bao-cao-6-thang"})  # fmt: skip
    assert "bao-cao-an-sinh-xa-hoi" in answer.headers["Content-Disposition"]
