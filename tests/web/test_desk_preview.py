"""The pages of a document on the desk: numbers and findings lead to each other, on paper and in lists."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from rendering import installed
from rendering.converter import Converter
from tests.signing_in import app_in, signed_in
from tests.web.test_desk_archive import text_of
from tests.web.test_desk_drafting import SAMPLE, begun, send, version_of, wrong

SPOT = re.compile(
    r'<a(?: id="([^"]*)")? class="spot ([a-z]*)" href="([^"]*)" aria-label="([^"]*)">'
)


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return app_in(tmp_path)


@pytest.fixture
def lan(app: Flask) -> FlaskClient:
    return signed_in(app, "lan")


def spots(page: str) -> list[tuple[str, str, str, str]]:
    return [
        (unescape(one[1] or ""), one[2], unescape(one[3]), unescape(one[4]))
        for one in SPOT.finditer(page)
    ]


def test_numbers_and_findings_of_a_draft_lead_to_each_other(
    app: Flask, lan: FlaskClient, converter: Converter
) -> None:
    app.extensions["bao_cao_pdf"][2].append(converter)
    address = begun(lan)
    send(lan, address, wrong())
    page = lan.get(f"{address}/pages").text
    found = spots(page)
    assert len(found) == 52
    assert (
        "so-ncc_dieu_duong.value", "", f"{address}/how/ncc_dieu_duong.value",
        "26 người có công – Người có công được điều dưỡng",
    ) in found  # fmt: skip
    marked = {one[0]: one for one in found if one[1]}
    draft = lan.get(address).text
    spelling = re.search(r'id="(text\.spelling-\w+)"', draft)
    assert spelling
    assert set(marked) == {"so-viec_lam.value", f"loi-{spelling[1]}"}
    _, severity, to, said = marked["so-viec_lam.value"]
    assert (severity, to) == ("error", f"{address}/how/viec_lam.value")
    assert said.startswith(
        "242 người – Lao động được giải quyết việc làm. phải sửa: Lao động được giải quyết việc làm: "
        "tổng ghi ở Số liệu!E91 là 242 người"
    )
    assert marked[f"loi-{spelling[1]}"][1:3] == ("warning", f"{address}#{spelling[1]}")
    assert f'href="{address}/pages#so-viec_lam.value"' in draft
    assert f'href="{address}/pages#loi-{spelling[1]}"' in draft
    how = lan.get(to).text
    assert "Cần xem lại ở số này Phải sửa Ô E91 Lao động" in text_of(how)
    assert f'href="{address}/pages#so-viec_lam.value"' in how
    assert "Trang 3" in text_of(page)  # the draft's own last page: what is left to do
    assert 'id="so-ho_ngheo.value"' in page  # not printed, so told below the pages
    assert lan.get(f"{address}/pages/1.png").data.startswith(b"\x89PNG")
    assert lan.get(f"{address}/pages/9.png").status_code == 404


def test_numbers_of_a_kept_report_lead_to_the_paper_and_back(
    app: Flask, lan: FlaskClient, converter: Converter
) -> None:
    app.extensions["bao_cao_pdf"][2].append(converter)
    address = begun(lan)
    send(lan, address, SAMPLE)
    done = lan.post(f"{address}/submit", data={"version": version_of(lan, address)})
    report = str(done.location)
    page = lan.get(f"{report}/pages").text
    how, back = f"{report}/how/viec_lam.value", f'href="{report}/pages#so-viec_lam.value"'
    found = {one[0]: one for one in spots(page)}
    assert found["so-viec_lam.value"] == (
        "so-viec_lam.value", "", how, "224 người – Lao động được giải quyết việc làm",
    )  # fmt: skip
    assert back in lan.get(report).text
    assert back in lan.get(how).text


def test_without_libreoffice_the_findings_stand_beside_the_text(
    lan: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr(installed, "_OFFICES", ())
    address = begun(lan)
    send(lan, address, wrong())
    page = lan.get(f"{address}/pages").text
    told = text_of(page)
    assert "Máy này chưa cài LibreOffice" in told
    assert (
        "Dưới đây là lời văn của báo cáo, không phải trang giấy. Số có gạch chân: bấm vào để xem từ "
        "đâu ra. Chỗ có dấu (!) là chỗ cần xem lại. Cần xem lại Phải sửa Lao"
    ) in told
    assert told.index("Cần xem lại") < told.index("Đã giải quyết việc làm cho 242 người")
    assert (
        f'Đã giải quyết việc làm cho <a id="so-viec_lam.value" href="{address}/how/viec_lam.value" '
        'title="Lao động được giải quyết việc làm">242 người (!)</a>'
    ) in page
    assert '<a href="#so-viec_lam.value">Chỗ in trong lời văn</a>' in page
    assert re.search(
        r'Phường <mark id="loi-text\.spelling-\w+">nổ lực \(!\)</mark> chăm lo', page
    )
    assert re.search(rf'href="{address}#sum\.parts-\w+">Đến chỗ sửa', page)
    assert spots(page) == []
