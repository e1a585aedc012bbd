"""The service with one more route that takes its time, for tests of a real process."""

from __future__ import annotations

import sys
import time

from flask import Flask

import service


def create_app() -> Flask:
    app = service.create_app()

    @app.get("/slow")
    def wait() -> str:
        sys.stdout.write("at work\n")
        time.sleep(1.5)
        return "done"

    return app
