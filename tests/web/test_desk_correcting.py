"""An issued report is corrected from its page: its data again, a version in its place, what changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.building import ROOT
from tests.signing_in import app_in, signed_in, with_key
from tests.web.test_desk_archive import text_of
from tests.web.test_desk_drafting import SAMPLE, begun, send, version_of
from tests.web.test_desk_typing import WORK, box, opened, typed

JSON = (ROOT / "fixtures/accepted/phuc-loi-2020/input.json").read_bytes()


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return app_in(tmp_path)


@pytest.fixture
def lan(app: Flask) -> FlaskClient:
    return signed_in(app, "lan")


def issued(app: Flask, lan: FlaskClient, report: str, number: str) -> str:
    """The address of a submitted report, once it was approved and has its number."""
    told = {"action": "approve"}
    assert signed_in(app, "hoa").post(f"{report}/approval", data=told).status_code == 303
    paper = {"number": number, "notation": "BC-UBND", "date": "3/8/2020"}
    assert lan.post(f"{report}/paper", data=paper).status_code == 303
    return report


def submitted(lan: FlaskClient, draft: str) -> str:
    done = lan.post(f"{draft}/submit", data={"version": version_of(lan, draft)})
    assert done.status_code == 303, text_of(done.text)
    return str(done.location)


def test_an_issued_report_is_corrected_from_its_page(app: Flask, lan: FlaskClient) -> None:
    draft = begun(lan)
    send(lan, draft, SAMPLE)
    first = issued(app, lan, submitted(lan, draft), "34")
    assert "Lập bản sửa" in lan.get(first).text
    assert "Lập bản sửa" not in signed_in(app, "hoa").get(first).text
    assert lan.post(f"{first}/correction").location == draft
    assert "Bản này sẽ thay báo cáo đã ban hành" in text_of(lan.get(draft).text)
    typed(lan, f"{opened(lan, draft)}/{WORK}", **{"E91": "225", "was:E91": "224",
                                                  "E93": "107", "was:E93": "106"})  # fmt: skip
    second = submitted(lan, draft)
    page = text_of(lan.get(second).text)
    assert "Số khác bản trước" in page
    assert "Lao động được giải quyết việc làm: 224 người → 225 người" in page
    issued(app, lan, second, "35")
    compared = f"{second}/compare/{first.rpartition('/')[2]}"
    assert "224 người 225 người" in text_of(lan.get(compared).text)
    late = lan.post(f"{first}/correction")
    assert (late.status_code, "đã có bản sau" in late.text) == (409, True)


def test_a_report_that_another_system_sent_is_corrected_too(
    app: Flask, lan: FlaskClient
) -> None:
    key = with_key(app)
    kept = key.post("/api/v1/reports", data=JSON, content_type="application/json")
    report = f"/archive/{kept.get_json()['id']}"
    early = lan.post(f"{report}/correction")
    assert (early.status_code, "Chỉ lập bản sửa cho báo cáo đã ban hành" in early.text) == (
        409,
        True,
    )
    issued(app, lan, report, "34")
    draft = str(lan.post(f"{report}/correction").location)
    table = opened(lan, draft)
    assert 'value="224"' in box(lan.get(f"{table}/{WORK}").text, "E91")
    assert lan.post(f"{report}/correction").location == draft
    typed(
        lan,
        f"{table}/{WORK}",
        **{"E91": "225", "was:E91": "224", "E93": "107", "was:E93": "106"},
    )
    assert "224 người → 225 người" in text_of(lan.get(submitted(lan, draft)).text)


def test_a_version_that_came_by_another_way_is_what_is_corrected(
    app: Flask, lan: FlaskClient
) -> None:
    draft = begun(lan)
    send(lan, draft, SAMPLE)
    first = issued(app, lan, submitted(lan, draft), "34")
    body = JSON.replace(b'"value": 106', b'"value": 107').replace(
        b'"value": 224', b'"value": 225'
    )
    asked = {"replaces": first.rpartition("/")[2], "by": "Hoa"}
    kept = with_key(app).post("/api/v1/reports", query_string=asked, data=body,
                              content_type="application/json")  # fmt: skip
    assert kept.status_code == 201
    second = issued(app, lan, f"/archive/{kept.get_json()['id']}", "35")
    assert lan.post(f"{second}/correction").location == draft
    assert 'value="225"' in box(lan.get(f"{opened(lan, draft)}/{WORK}").text, "E91")


def test_what_is_half_made_is_not_taken_for_the_report_and_not_thrown_away_unasked(
    app: Flask, lan: FlaskClient
) -> None:
    draft = begun(lan)
    send(lan, draft, SAMPLE)
    typed(lan, f"{opened(lan, draft)}/{WORK}", **{"E91": "1", "was:E91": "224"})
    kept = with_key(app).post(
        "/api/v1/reports?by=Hoa", data=JSON, content_type="application/json"
    )
    report = issued(app, lan, f"/archive/{kept.get_json()['id']}", "34")
    asked = lan.post(f"{report}/correction")
    assert asked.status_code == 409
    assert "Lập bản sửa thì những gì đang soạn dở bị bỏ." in text_of(asked.text)
    assert 'value="1"' in box(lan.get(f"{draft}/table/{WORK}").text, "E91")
    seen = re.search(r'name="over" value="(\d+)"', asked.text)
    assert seen
    assert lan.post(f"{report}/correction", data={"over": "99"}).status_code == 409
    assert lan.post(f"{report}/correction", data={"over": seen[1]}).location == draft
    assert 'value="224"' in box(lan.get(f"{opened(lan, draft)}/{WORK}").text, "E91")
