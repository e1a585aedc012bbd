"""Alive, and ready: what each component says when it can work and when it cannot."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import archive.condition
import web.health
from service import create_app

READY = {name: {"status": "ok"} for name in ("database", "files", "disk", "templates")}


@pytest.fixture
def own(tmp_path: Path) -> Flask:
    return create_app({"DATA_DIR": str(tmp_path / "kho"), "DATABASE_URL": ""})


@pytest.fixture(autouse=True)
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)


def test_health_asks_nothing(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}


def test_all_is_ready_and_no_office_is_no_fault(own: Flask, tmp_path: Path) -> None:
    answer = own.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (
        200,
        {"status": "ready", "components": {**READY, "libreoffice": {"status": "absent"}}},
    )
    assert list((tmp_path / "kho" / "coming").iterdir()) == []


def failed(app: Flask) -> list[str]:
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (503, "not_ready")  # type: ignore[index]
    assert "kho" not in answer.text  # a path is nobody's business
    states: dict[str, dict[str, str]] = answer.json["components"]  # type: ignore[index]
    return [name for name, told in states.items() if told["status"] == "failed"]


def test_a_folder_that_is_gone(own: Flask, tmp_path: Path) -> None:
    own.test_client().get("/readyz")
    (tmp_path / "kho" / "coming").rmdir()
    assert failed(own) == ["files"]


def test_a_full_disk(own: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive.condition, "LEAST_FREE", 1 << 60)
    assert failed(own) == ["disk"]


def test_a_database_that_is_none(own: Flask, tmp_path: Path) -> None:
    (tmp_path / "kho").mkdir()
    (tmp_path / "kho" / "archive.db").write_bytes(b"no database" * 1000)
    assert failed(own) == ["database", "files", "disk"]


def test_a_template_that_does_not_compile(own: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(kind: object) -> None:
        raise RuntimeError("wrong template")

    monkeypatch.setattr(web.health, "template_of", fail)
    assert failed(own) == ["templates"]
