"""The service: its settings, the web and the command line wired together."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from flask import Flask

import commands
import web
from archive.opening import archive_settings

PREFIX = "BAO_CAO"
DEFAULTS = {"MAX_UPLOAD_BYTES": 17 * 1024 * 1024}


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Return the application; `settings` go before BAO_CAO_… in the environment."""
    app = Flask(__name__, static_folder=None)
    _configure(app, settings or {})
    # no handler of ours: where lines go is for whoever runs the server to say
    logging.getLogger("bao_cao").setLevel(logging.INFO)
    web.mount(app)
    commands.mount(app)
    return app


def _configure(app: Flask, settings: Mapping[str, Any]) -> None:
    app.config.from_mapping({**DEFAULTS, **archive_settings()})
    app.config.from_prefixed_env(PREFIX)
    app.config.from_mapping(settings)
    limit = app.config["MAX_UPLOAD_BYTES"]
    if type(limit) is not int or limit < 1:
        raise ValueError(f"{PREFIX}_MAX_UPLOAD_BYTES must be a number of bytes, not {limit!r}")
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = limit
