"""The service: its settings, the web and the command line wired together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask

import commands
import web
from web.settings import as_config, read_settings

_TYPED_BYTES = 2 << 20  # of a form, its files aside


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Return the application; `settings` go before BAO_CAO_… in the environment.

    SettingsFault where they cannot be used, with all that is wrong.
    """
    app = Flask(__name__, static_folder=None)
    given = settings or {}
    app.config.from_mapping(given)
    app.config.from_mapping(dict(as_config(read_settings(os.environ, given))))
    limit = app.config["MAX_UPLOAD_BYTES"]
    app.config["MAX_CONTENT_LENGTH"] = limit
    app.config["MAX_FORM_MEMORY_SIZE"] = min(limit, _TYPED_BYTES)
    web.mount(app)
    commands.mount(app)
    return app
