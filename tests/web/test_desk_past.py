"""The page that brings past years in: kept as imported, what is wrong or not taken is told."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.signing_in import app_in, signed_in
from tests.web.test_desk_archive import text_of
from tests.web.test_desk_drafting import SAMPLE, begun, wrong
from tests.web.test_imports import PAST, TABLE


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return app_in(tmp_path)


@pytest.fixture
def lan(app: Flask) -> FlaskClient:
    return signed_in(app, "lan")


def send(client: FlaskClient, data: bytes, name: str, **about: str) -> TestResponse:
    return client.post("/past", data={"file": (BytesIO(data), name), **about})


def test_an_earlier_report_comes_in_and_is_the_same_period(lan: FlaskClient) -> None:
    assert "Nhập báo cáo năm trước" in lan.get("/archive").text
    done = send(lan, json.dumps(PAST).encode(), "2019.json")
    assert "Đã nhập 1 số liệu của phường Phúc Lợi, 6 tháng đầu năm 2019." in text_of(done.text)
    report = re.search(r'href="(/archive/\w+)">Xem báo cáo', done.text)
    assert report
    assert "nhập từ bản cũ" in text_of(lan.get(report[1]).text)
    again = send(lan, json.dumps(PAST).encode(), "2019.json")
    assert "Báo cáo này đã có trong kho, không nhập lại." in text_of(again.text)
    address = begun(lan)
    version = re.search(r'name="version" value="(\d+)"', lan.get(address).text)
    assert version
    lan.post(f"{address}/table", data={"version": version[1]})
    row = lan.get(f"{address}/table/muc-5").text.partition('id="r-91"')[2].partition("</tr>")[0]
    assert 'id="o-G91" name="G91" value="200"' in row


def test_a_form_comes_in_and_its_mistakes_are_told(lan: FlaskClient) -> None:
    refused = send(lan, wrong(), "2020.xlsx")
    assert refused.status_code == 422
    assert "Chưa nhập được: tệp có 1 điều phải sửa." in text_of(refused.text)
    assert "Ô E91" in refused.text
    assert "Đã nhập" in send(lan, SAMPLE, "2020.xlsx").text


def test_a_plain_table_says_whose_it_is_and_what_was_left_out(lan: FlaskClient) -> None:
    page = lan.get("/past").text
    unit = re.search(r'<option value="(\w+)">phường Phúc Lợi', page)
    assert unit
    bare = send(lan, TABLE.encode(), "2019.csv")
    assert (bare.status_code, "không tự nói là của ai" in bare.text) == (422, True)
    about = {"kind": "ban-tin-6-thang", "unit": unit[1], "period": "2019S1"}
    told = text_of(send(lan, TABLE.encode(), "2019.csv", **about).text)
    assert "Đã nhập 1 số liệu của phường Phúc Lợi" in told
    assert "Còn 1 chỗ không lấy , kể ở dưới." in told
    assert "«Chuyện khác»" in told


def test_another_wards_report_and_one_without_the_right_are_refused(
    app: Flask, lan: FlaskClient
) -> None:
    other = send(signed_in(app, "binh"), json.dumps(PAST).encode(), "2019.json")
    assert (other.status_code, "ngoài phạm vi được giao" in other.text) == (403, True)
    assert signed_in(app, "quan").get("/past").status_code == 403
    assert lan.post("/past").status_code == 422
