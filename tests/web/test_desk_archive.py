"""The archive's pages as a clerk reads them: found, explained, compared, issued, added to."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.deposits import deposit_of
from archive.keeping import Archive
from archive.opening import open_archive
from archive.records import Record
from generators.pipeline import Source, examine
from tests.building import ROOT
from tests.signing_in import app_in, signed_in

SAMPLE = ROOT / "fixtures/accepted/phuc-loi-2020"


@dataclass(frozen=True)
class Desk:
    """An application with two versions of the sample kept, and a clerk of its ward."""

    app: Flask
    client: FlaskClient
    first: Record
    second: Record


def keep(archive: Archive, source: Source, replaces: str = "") -> Record:
    return archive.keep(deposit_of(source, examine(source), "Nguyễn Thị Lan", replaces))[0]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    app = app_in(tmp_path)
    archive = open_archive(Path(app.config["DATA_DIR"]))
    first = keep(archive, Source((SAMPLE / "input.xlsx").read_bytes(), name="bieu.xlsx"))
    told = json.loads((SAMPLE / "input.json").read_bytes())
    told["lines"][0]["value"] = 180
    second = keep(archive, Source(json.dumps(told).encode(), name="sua.json"), first.id)
    archive.database.close()
    return Desk(app, signed_in(app, "lan"), first, second)


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())


def test_reports_are_found_without_marks_and_by_a_number(desk: Desk) -> None:
    found = desk.client.get("/archive?words=phuc+loi")
    assert text_of(found.text).count("phường Phúc Lợi, quận Long Biên, thành phố Hà Nội") == 2
    by_value = desk.client.get("/archive?value=633,2+triệu").text
    assert "Tổng cộng quà tết Nguyên đán: kinh phí: có đúng số này" in by_value
    none = desk.client.get("/archive?words=zebra")
    assert "Không có báo cáo nào như vậy." in none.text


def test_a_number_that_cannot_be_read_is_asked_about(desk: Desk) -> None:
    page = desk.client.get("/archive?value=nhieu")
    assert page.status_code == 422
    assert "Không đọc được «nhieu» thành số." in page.text
    assert 'value="nhieu"' in page.text


def test_a_report_tells_its_numbers_in_the_order_of_the_report(desk: Desk) -> None:
    page = text_of(desk.client.get(f"/archive/{desk.first.id}").text)
    assert page.index("Người có công được khám sức khỏe") < page.index("Số hộ nghèo")
    assert "107.000.000 đồng 100.000.000 đồng 107%" in page
    assert (
        "Lao động được giải quyết việc làm 224 người Vay vốn Ngân hàng Chính sách xã hội 118 người "
        "Tự tạo việc làm 106 người"
    ) in page


def test_how_a_number_was_made_goes_down_to_the_cell(desk: Desk) -> None:
    page = text_of(desk.client.get(f"/archive/{desk.first.id}/how/tong_qua_tet.amount").text)
    assert "633.200.000 đồng Bằng chữ: Sáu trăm ba mươi ba triệu hai trăm nghìn đồng." in page
    assert "là số liệu nhập ở ô F32 trang «Số liệu», tệp bieu.xlsx" in page
    assert desk.client.get(f"/archive/{desk.first.id}/how/khong.co").status_code == 404


def test_two_versions_are_compared_what_differs_first(desk: Desk) -> None:
    page = text_of(desk.client.get(f"/archive/{desk.first.id}/compare/{desk.second.id}").text)
    assert "So bản 1 với bản 2" in page
    assert "1 số khác nhau." in page
    assert (
        "Bản 1 Bản 2 Người có công được khám sức khỏe, cấp phát thuốc miễn phí 174 người 180 người"
        in page
    )


def test_number_and_day_are_entered_when_they_are_given(desk: Desk) -> None:
    typed = {"number": "34", "notation": "BC-UBND", "date": "31/2/2020",
             "signer_title": "CHỦ TỊCH", "signer_name": "Trần Văn Hòa"}  # fmt: skip
    address = f"/archive/{desk.second.id}"
    approver = signed_in(desk.app, "hoa")
    assert approver.post(f"{address}/approval", data={"action": "approve"}).status_code == 303
    refused = desk.client.post(f"{address}/paper", data=typed)
    assert refused.status_code == 422
    assert "Không có ngày 31/2/2020." in refused.text
    assert 'value="Trần Văn Hòa"' in refused.text
    done = desk.client.post(f"{address}/paper", data={**typed, "date": "3/8/2020"})
    assert (done.status_code, done.location) == (303, address)
    page = text_of(desk.client.get(address).text)
    assert "đã ban hành Số 34/BC-UBND, ngày 03/08/2020, CHỦ TỊCH Trần Văn Hòa." in page


def test_the_signed_paper_joins_the_dossier(desk: Desk) -> None:
    address = f"/archive/{desk.second.id}"
    assert f'action="{address}/dossier"' in desk.client.get(address).text
    sent = {"role": "signed", "file": (BytesIO(b"%PDF-1.7 ky"), "34-BC-UBND.pdf")}
    assert desk.client.post(f"{address}/dossier", data=sent).status_code == 303
    page = desk.client.get(address).text
    assert "Bản đã ký 34-BC-UBND.pdf 1 kB" in text_of(page)
    assert f'action="{address}/dossier"' in page
    empty = desk.client.post(f"{address}/dossier", data={"role": "signed"})
    assert (empty.status_code, "Hãy chọn tệp" in empty.text) == (422, True)


def test_the_text_for_the_portal_is_shown_as_source_and_as_it_looks(desk: Desk) -> None:
    page = desk.client.get(f"/archive/{desk.first.id}/portal").text
    assert "&lt;h1&gt;Kết quả công tác an sinh xã hội" in page
    assert "<h1>Kết quả công tác an sinh xã hội" in page


def test_another_ward_sees_nothing_of_it(desk: Desk) -> None:
    other = signed_in(desk.app, "binh")
    assert "phường Phúc Lợi" not in text_of(other.get("/archive?words=phuc+loi").text)
    for path in ("", "/how/viec_lam.value", "/portal", "/pages", f"/compare/{desk.second.id}"):
        assert other.get(f"/archive/{desk.first.id}{path}").status_code == 404, path


def test_an_approver_may_not_add_and_nobody_posts_from_elsewhere(desk: Desk) -> None:
    address = f"/archive/{desk.first.id}/dossier"
    sent = {"role": "signed", "file": (BytesIO(b"x"), "a.pdf")}
    assert signed_in(desk.app, "hoa").post(address, data=sent).status_code == 403
    plain = signed_in(desk.app, "lan")
    del plain.environ_base["HTTP_X_CSRF_TOKEN"]
    assert plain.post(address, data={"role": "signed"}).status_code == 403
