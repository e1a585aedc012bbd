"""Inspection over HTTP: what it tells of a whole archive and of one that was tampered with."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from access.rights import KEY_RIGHTS
from tests.signing_in import CITY, VIET_HUNG, app_in, with_key
from web import inspecting

ADDRESS = "/api/v1/inspection"


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return with_key(app_in(tmp_path), CITY, KEY_RIGHTS)


def kept(client: FlaskClient, body: bytes) -> dict[str, str]:
    """The id of a report that is kept, and its files by their part."""
    answer = client.post("/api/v1/reports?by=Lan", data=body, content_type="application/json")
    told = answer.get_json()
    return {"id": told["id"], **{file["role"]: file["sha256"] for file in told["files"]}}


def test_a_whole_archive_is_intact(client: FlaskClient, phuc_loi: bytes) -> None:
    kept(client, phuc_loi)
    told = client.get(ADDRESS).get_json()
    size = told.pop("bytes")
    assert told == {
        "verdict": "intact", "reports": 1, "amiss": [], "orphans": [], "unlisted": None,
        "files": {"intact": 10, "altered": 0, "missing": 0, "unknown": 0}, "records": [], "log": [],
        "summary": f"Đã kiểm tra 1 báo cáo, 10 tệp ({size} byte): 10 tệp nguyên vẹn, 0 bị sửa đổi, 0 không "
        "còn, 0 không đọc được; 0 tệp thừa; 0 chỗ hồ sơ không khớp nhật ký; 0 chỗ đứt của nhật ký.",
    }  # fmt: skip


def test_what_was_altered_and_what_is_gone_are_told(
    client: FlaskClient, phuc_loi: bytes, tmp_path: Path
) -> None:
    files = kept(client, phuc_loi)
    altered, gone = sorted((files["input"], files["document"]))
    for sha256, data in ((altered, b"{}"), (gone, None)):
        path = tmp_path / "kho" / "files" / sha256[:2] / sha256
        path.unlink()
        if data:
            path.write_bytes(data)
    told = client.get(ADDRESS).get_json()
    assert (told["verdict"], told["files"]["intact"]) == ("wrong", 8)
    assert told["amiss"] == [
        {"sha256": altered, "state": "altered", "reports": [files["id"]],
         "message": f"Tệp {altered} đã bị sửa đổi; thuộc báo cáo {files['id']}."},
        {"sha256": gone, "state": "missing", "reports": [files["id"]],
         "message": f"Tệp {gone} không còn; thuộc báo cáo {files['id']}."},
    ]  # fmt: skip


def test_one_inspection_runs_at_a_time(client: FlaskClient) -> None:
    with inspecting._own_turn:
        answer = client.get(ADDRESS)
    assert (answer.status_code, answer.get_json()["detail"]) == (
        409, "Kho đang được kiểm tra. Hãy hỏi lại khi lần kiểm tra ấy xong.",
    )  # fmt: skip
    assert client.get(ADDRESS).status_code == 200


def test_who_is_not_in_charge_of_everything_is_told_nothing(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    assert with_key(app, VIET_HUNG, ["admin"]).get(ADDRESS).status_code == 403
    assert with_key(app, CITY, ["read", "submit", "approve"]).get(ADDRESS).status_code == 403
