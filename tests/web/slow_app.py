"""The service with one more route that takes its time, for tests of a real process."""

from __future__ import annotations

import sys
import time
from datetime import timedelta

from flask import Flask, Response

import archive.jobs
import service
import web.later
from web.access import SIGNED_IN, needs


def create_app() -> Flask:
    archive.jobs.LEASE, web.later._TICK = timedelta(seconds=1), 0.2
    app = service.create_app()

    @app.route("/slow", methods=["GET", "POST"])
    @needs(SIGNED_IN)
    @web.later.may_be_later
    def wait() -> Response:
        sys.stdout.write("at work\n")
        time.sleep(1.5)
        return Response("done")

    return app
