"""A draft's way: begun, filled, mended on screen, submitted, returned, approved, issued."""

from __future__ import annotations

import io
import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.building import ROOT
from tests.signing_in import PHUC_LOI, app_in, signed_in
from tests.web.test_desk_archive import text_of

SAMPLE = (ROOT / "fixtures/accepted/phuc-loi-2020/input.xlsx").read_bytes()
WORK = "Lao động được giải quyết việc làm"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return app_in(tmp_path)


@pytest.fixture
def lan(app: Flask) -> FlaskClient:
    return signed_in(app, "lan")


def begun(client: FlaskClient) -> str:
    """The address of a draft of the sample's ward and period."""
    page = client.get("/?period=2020S1").text
    unit = re.search(r'name="unit" value="(\w+)"', page)
    assert unit
    form = {"unit": unit[1], "kind": "ban-tin-6-thang", "period": "2020S1"}
    answer = client.post("/desk", data=form)
    assert answer.status_code == 303
    return str(answer.location)


def version_of(client: FlaskClient, address: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', client.get(address).text)
    assert found
    return found[1]


def send(client: FlaskClient, address: str, data: bytes, name: str = "bieu.xlsx") -> int:
    form = {"version": version_of(client, address), "file": (BytesIO(data), name)}
    return client.post(f"{address}/file", data=form).status_code


def wrong() -> bytes:
    """The sample with a total that is not its parts, and a word misspelt."""
    book = openpyxl.load_workbook(io.BytesIO(SAMPLE))
    sheet = book["Số liệu"]
    row = next(r for r in range(5, sheet.max_row) if sheet.cell(r, 2).value == WORK)
    sheet.cell(row, 5).value = 242
    book["Lời văn"].cell(2, 2).value = "Phường nổ lực chăm lo."
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_the_first_page_tells_how_each_report_of_the_period_stands(lan: FlaskClient) -> None:
    page = text_of(lan.get("/?period=2020S1").text)
    assert "Báo cáo 6 tháng đầu năm 2020" in page
    assert "phường Phúc Lợi, quận Long Biên, thành phố Hà Nội chưa bắt đầu" in page
    begun(lan)
    assert "đang soạn Nguyễn Thị Lan sửa ngày" in text_of(lan.get("/?period=2020S1").text)


def test_the_form_of_a_draft_knows_its_unit_and_period(lan: FlaskClient) -> None:
    form = lan.get(f"{begun(lan)}/form.xlsx").data
    answers = [
        row[1].value
        for row in openpyxl.load_workbook(io.BytesIO(form))["Thông tin"].iter_rows()
    ]
    assert {"2020S1", "phường Phúc Lợi", "quận Long Biên", "thành phố Hà Nội"} <= set(answers)


def test_a_right_workbook_is_submitted_approved_and_issued(
    app: Flask, lan: FlaskClient
) -> None:
    address = begun(lan)
    assert send(lan, address, SAMPLE) == 303
    assert "Số liệu khớp, nộp được." in text_of(lan.get(address).text)
    done = lan.post(f"{address}/submit", data={"version": version_of(lan, address)})
    assert done.status_code == 303
    report = str(done.location)
    assert "Báo cáo đã nộp, đang chờ người duyệt." in text_of(lan.get(report).text)
    assert "Báo cáo đã nộp nên số liệu đã khóa." in text_of(lan.get(address).text)
    assert lan.post(f"{report}/approval", data={"action": "approve"}).status_code == 403
    hoa = signed_in(app, "hoa")
    assert hoa.post(f"{report}/approval", data={"action": "approve"}).status_code == 303
    paper = {"number": "34", "notation": "BC-UBND", "date": "3/8/2020"}
    assert lan.post(f"{report}/paper", data=paper).status_code == 303
    page = text_of(lan.get("/?period=2020S1").text)
    assert "đã ban hành Số 34/BC-UBND" in page


def test_what_is_wrong_is_shown_in_its_row_and_mended_there(lan: FlaskClient) -> None:
    address = begun(lan)
    send(lan, address, wrong())
    page = lan.get(address).text
    assert "Có 1 điều phải sửa và 1 điều nên xem lại trước khi nộp." in text_of(page)
    place = re.search(r'name="to:([^"]+)" value="242"', page)
    why = re.search(r'name="(why:text\.spelling-\w+)"', page)
    assert place
    assert why
    summary = page.partition('id="ket-qua"')[2].partition("</div>")[0]
    for target in re.findall(r'href="#([^"]+)"', summary):
        assert page.count(f'id="{target}"') == 1, target
    assert summary.count("<li>") == 2
    assert "<h3>Trang «Lời văn»</h3>" in page
    refused = lan.post(f"{address}/submit", data={"version": version_of(lan, address)})
    assert (refused.status_code, "Chưa nộp được" in refused.text) == (422, True)
    mended = {
        f"to:{place[1]}": "224",
        why[1]: "Giữ theo văn bản gốc",
        "version": version_of(lan, address),
    }
    assert lan.post(f"{address}/mend", data=mended).status_code == 303
    page = text_of(lan.get(address).text)
    assert "Số liệu khớp, nộp được." in page
    assert "có 1 ô đã gõ trên màn hình" in page
    how = text_of(lan.get(f"{address}/how/viec_lam.value").text)
    assert ("Là số Nguyễn Thị Lan gõ trên màn hình ở dòng 91, cột E trang «Số liệu», thay cho ô này "
            "của tệp bieu.xlsx.") in how  # fmt: skip


def test_what_was_not_asked_about_is_not_typed_over(lan: FlaskClient) -> None:
    address = begun(lan)
    send(lan, address, wrong())
    other = {"to:Số liệu!F32": "1", "version": version_of(lan, address)}
    assert lan.post(f"{address}/mend", data=other).status_code == 303
    assert "ô đã gõ trên màn hình" not in lan.get(address).text


def test_a_returned_report_is_open_again_with_the_reason(app: Flask, lan: FlaskClient) -> None:
    address = begun(lan)
    send(lan, address, SAMPLE)
    report = lan.post(f"{address}/submit", data={"version": version_of(lan, address)}).location
    hoa = signed_in(app, "hoa")
    bare = hoa.post(f"{report}/approval", data={"action": "return"})
    assert (bare.status_code, "Hãy ghi lý do trả lại." in bare.text) == (422, True)
    told = {"action": "return", "reason": "Thiếu số trẻ em"}
    assert hoa.post(f"{report}/approval", data=told).status_code == 303
    assert "Lý do trả lại: Thiếu số trẻ em" in text_of(lan.get("/?period=2020S1").text)
    assert "Lý do trả lại: Thiếu số trẻ em" in text_of(lan.get(address).text)
    assert send(lan, address, SAMPLE) == 303


def test_two_people_at_one_draft_are_told_of_each_other(app: Flask, lan: FlaskClient) -> None:
    address = begun(lan)
    seen = version_of(lan, address)
    assert send(signed_in(app, "lan"), address, SAMPLE) == 303
    late = lan.post(
        f"{address}/file", data={"version": seen, "file": (BytesIO(wrong()), "b.xlsx")}
    )
    assert late.status_code == 409
    assert "Nguyễn Thị Lan đã sửa bản này lúc" in late.text
    assert "Đang dùng tệp <b>bieu.xlsx</b>" in late.text


def test_rows_pasted_from_excel_are_read(lan: FlaskClient) -> None:
    address = begun(lan)
    rows = f"STT\tChỉ tiêu\tĐVT\tThực hiện\n1\t{WORK}\tngười\t224\n"
    sent = lan.post(
        f"{address}/paste", data={"version": version_of(lan, address), "rows": rows}
    )
    assert sent.status_code == 303
    page = text_of(lan.get(address).text)
    assert "Đang dùng tệp dan-tu-bang-tinh.xlsx" in page
    assert f"{WORK} 224 người" in page
    empty = lan.post(
        f"{address}/paste", data={"version": version_of(lan, address), "rows": " "}
    )
    assert (empty.status_code, "Hãy dán bảng số liệu" in empty.text) == (422, True)


def test_document_and_draft_document_are_taken_home(lan: FlaskClient) -> None:
    address = begun(lan)
    assert lan.get(f"{address}/document").status_code == 404
    send(lan, address, wrong())
    assert "du-thao" in lan.get(f"{address}/document").headers["Content-Disposition"]
    send(lan, address, SAMPLE)
    assert lan.get(f"{address}/document").data.startswith(b"PK")


def test_another_ward_and_an_approver_may_not_change_it(app: Flask, lan: FlaskClient) -> None:
    address = begun(lan)
    form = {"version": "1", "file": (BytesIO(SAMPLE), "b.xlsx")}
    assert signed_in(app, "binh").get(address).status_code == 404
    assert signed_in(app, "hoa").post(f"{address}/file", data=form).status_code == 403
    assert PHUC_LOI in lan.get(address).text


def test_a_kind_or_unit_that_is_not_offered_is_refused(lan: FlaskClient) -> None:
    for form in ({"unit": "x", "kind": "ban-tin-6-thang", "period": "2020S1"},
                 {"unit": "", "kind": "ban-tin-6-thang", "period": "2020Q1"}):  # fmt: skip
        assert lan.post("/desk", data=form).status_code == 404


def test_more_pictures_than_are_taken_are_refused_with_their_file(lan: FlaskClient) -> None:
    address = begun(lan)
    form = {"version": version_of(lan, address), "file": (BytesIO(SAMPLE), "bieu.xlsx"),
            "pictures": [(BytesIO(b"x"), f"{n}.png") for n in range(21)]}  # fmt: skip
    answer = lan.post(f"{address}/file", data=form)
    assert answer.status_code == 422
    assert (
        "Một báo cáo nhận nhiều nhất 20 ảnh; lần này gửi 21 ảnh nên chưa nhận tệp nào."
        in answer.text
    )
    assert lan.get(f"{address}/document").status_code == 404
