"""The page of the API in a real browser: everything from here, nothing the policy forbids."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import sync_playwright

from tests.signing_in import COOKIE, new_session

CHROMIUM = Path("/usr/bin/chromium")


@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")
def test_the_page_shows_the_document_and_asks_nobody_else(
    app: Flask, serve: Callable[[Flask], tuple[str, int]]
) -> None:
    host, port = serve(app)
    own, told, asked = f"http://{host}:{port}", [], []
    with sync_playwright() as run:
        browser = run.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        context = browser.new_context()
        context.add_cookies([{"name": COOKIE, "value": new_session(app), "url": own}])
        page = context.new_page()
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{own}/api/v1/docs")
        page.wait_for_selector(".opblock", timeout=30_000)
        listed = page.locator(".opblock-summary-path").all_inner_texts()
        browser.close()
    assert "/api/v1/documents" in [path.replace("\u200b", "") for path in listed]
    assert told == []
    assert [url for url in asked if not url.startswith((own, "data:"))] == []


def test_only_the_two_files_of_the_page_are_served(client: FlaskClient) -> None:
    for name in ("swagger-ui.css", "swagger-ui-bundle.js"):
        with client.get(f"/api/v1/docs/{name}") as answer:
            assert (answer.status_code, len(answer.data) > 100_000) == (200, True)
    for name in ("__init__.py", "..%2f..%2fplugins.py", "swagger-ui-standalone-preset.js"):
        assert client.get(f"/api/v1/docs/{name}").status_code == 404
