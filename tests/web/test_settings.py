"""Settings: read once, all faults at once, nothing that nobody reads."""

from __future__ import annotations

import pytest
from flask import Flask

import service
from web.settings import Settings, SettingsFault, read_settings


def test_nothing_said_gives_the_defaults() -> None:
    assert read_settings({}, {}) == Settings()


def test_the_environment_goes_before_defaults_and_the_caller_before_both() -> None:
    environment = {"BAO_CAO_THREADS": "8", "BAO_CAO_DATA_DIR": "2026", "HOME": "/root"}
    read = read_settings(environment, {"THREADS": 2, "TESTING": True})
    assert read == Settings(threads=2, data_dir="2026")


def test_the_common_name_of_the_database_is_heard_after_our_own() -> None:
    common, own = "postgresql://x/common", "postgresql://x/own"
    environment = {"DATABASE_URL": common}
    assert read_settings(environment, {}).database_url == common
    environment["BAO_CAO_DATABASE_URL"] = own
    assert read_settings(environment, {}).database_url == own


def test_all_that_is_wrong_is_told_at_once_and_no_password() -> None:
    with pytest.raises(SettingsFault) as told:
        read_settings(
            {
                "BAO_CAO_MAX_UPLOAD_BYTES": "17 MB",
                "BAO_CAO_THREADS": "0",
                "BAO_CAO_LISTEN": "8080",
                "BAO_CAO_DATABASE_URL": "mysql://a:mat-khau@b/c",
                "BAO_CAO_DATADIR": "/var/lib/bao-cao",
                "BAO_CAO_X": "1",
            },
            {},
        )
    assert str(told.value) == (
        "Thiết đặt chưa đúng:\n"
        "- BAO_CAO_DATABASE_URL là một địa chỉ không dùng được, phải là "
        "postgresql://người-dùng:mật-khẩu@máy/tên.\n"
        "- BAO_CAO_DATADIR: không có thiết đặt nào tên này. Có phải BAO_CAO_DATA_DIR?\n"
        "- BAO_CAO_LISTEN là «8080», phải là địa-chỉ:cổng, ví dụ 127.0.0.1:8080.\n"
        "- BAO_CAO_MAX_UPLOAD_BYTES là «17 MB», phải là số byte, từ 1 đến 1073741824.\n"
        "- BAO_CAO_THREADS là «0», phải là số luồng, từ 1 đến 64.\n"
        "- BAO_CAO_X: không có thiết đặt nào tên này."
    )


@pytest.mark.parametrize("limit", ["17 MB", "0", "-1", "1.5", "true", "", "\uff11\uff10"])
def test_a_limit_that_is_none_stops_the_start(
    limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAO_CAO_MAX_UPLOAD_BYTES", limit)
    with pytest.raises(SettingsFault):
        service.create_app()


def test_the_command_line_says_it_plainly(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from flask.cli import FlaskGroup, ScriptInfo

    monkeypatch.setenv("BAO_CAO_THREADS", "viele")
    from click.testing import CliRunner

    group = FlaskGroup(create_app=service.create_app)
    info = ScriptInfo(create_app=service.create_app)
    result = CliRunner().invoke(group, ["kinds"], obj=info)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "BAO_CAO_THREADS là «viele»" in result.stderr
    assert "Traceback" not in result.stderr
