"""The application as a client with a key calls it, and as a server serves it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.signing_in import app_in, new_key, with_key
from web.serving import Server

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return app_in(tmp_path)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return with_key(app)


@pytest.fixture
def bearer(app: Flask) -> dict[str, str]:
    """The header of a key, for what is sent by hand."""
    return {"Authorization": f"Bearer {new_key(app)}"}


@pytest.fixture(scope="session")
def phuc_loi() -> bytes:
    return (ROOT / "fixtures/accepted/phuc-loi-2020/input.json").read_bytes()


@pytest.fixture
def serve() -> Iterator[Callable[[Flask], tuple[str, int]]]:
    with ExitStack() as servers:
        yield lambda app: servers.enter_context(_served(app))


@contextmanager
def _served(app: Flask) -> Iterator[tuple[str, int]]:
    app.config["LISTEN"] = "127.0.0.1:0"
    server = Server(app)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield server.addresses[0]
    server.stop()
    thread.join(10)
    assert not thread.is_alive()
