"""The command that serves: the log, the metrics, the signals, and the server until it stops."""

from __future__ import annotations

import logging
import signal
import sys
from contextlib import ExitStack
from types import FrameType
from typing import TYPE_CHECKING

import click
from flask import Flask, current_app

from commands.first_account import first_words
from commands.speaking import SpokenCommand
from web import metrics
from web.journal import LOG, Lines
from web.later import worker_of

if TYPE_CHECKING:
    from web.serving import Server


@click.command(
    "serve", cls=SpokenCommand, help="Chạy máy chủ (BAO_CAO_LISTEN). Dừng: Ctrl+C hoặc SIGTERM."
)
def serve() -> None:
    """Serve until a signal says to stop; what runs is finished first."""
    from web.serving import Server

    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    _write_log()
    with ExitStack() as open_:
        if app.config["METRICS_LISTEN"]:
            host, _, port = app.config["METRICS_LISTEN"].rpartition(":")
            open_.callback(
                metrics.serve_metrics(metrics.attach(app), host.strip("[]"), int(port))
            )
        server = Server(app)
        _stop_on_signals(server)
        for host, number in server.addresses:
            LOG.info("started", extra={"host": host, "port": number})
            click.echo(f"Đang chạy tại http://{host}:{number}")
        worker_of(app).wake()  # what a process before this one left undone
        if words := first_words(server.addresses):
            click.echo(words)
        server.run()
        worker_of(app).stop(float(app.config["STOP_SECONDS"]))


def _stop_on_signals(server: Server) -> None:
    def stop(number: int, _frame: FrameType | None) -> None:
        # whoever asks twice does not want to wait
        signal.signal(number, signal.SIG_DFL)
        server.stop()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, stop)


def _write_log() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
