"""The API's reference: its OpenAPI document, and a page to read and try it, served from here alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, current_app, render_template, send_file

from web.access import SIGNED_IN, needs
from web.answers import json_answer
from web.headers import POLICY
from web.openapi import document
from web.problems import Problem, RefusedRequest

routes = Blueprint("reference", __name__, url_prefix="/api/v1", template_folder="html")
_PACKAGE = "flask_openapi3_swagger"
_ASSETS = {"swagger-ui.css": "css", "swagger-ui-bundle.js": "js"}


@routes.get("/openapi.json")
@needs(SIGNED_IN)
def send_document() -> Response:
    """Send the OpenAPI document."""
    return json_answer(_made(current_app._get_current_object()))  # type: ignore[attr-defined]


@routes.get("/docs")
@needs(SIGNED_IN)
def show_reference() -> Response:
    """Show the page."""
    page = Response(render_template("reference.html"), content_type="text/html; charset=utf-8")
    page.headers["Content-Security-Policy"] = (
        f"{POLICY}; img-src 'self' data:"  # its style's own signs
    )
    return page


@routes.get("/docs/<name>")
@needs(SIGNED_IN)
def send_asset(name: str) -> Response:
    """Send a script or style of the page, out of the package that brings them."""
    if name not in _ASSETS:
        raise RefusedRequest(Problem(404, "Không có tệp này."))
    return send_file(_folder() / _ASSETS[name] / name, max_age=0)


@lru_cache(maxsize=4)
def _made(app: Flask) -> Mapping[str, Any]:
    return document(app)


def _folder() -> Path:
    """Where the assets lie; the package itself is never imported."""
    found = find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError(_PACKAGE)
    return Path(found.submodule_search_locations[0]) / "templates" / "swagger"
