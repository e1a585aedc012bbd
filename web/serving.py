"""The server itself: what it takes from the wire, whom it does not wait for, how it stops.

waitress reads requests whole before a thread works on them, so that a slow client holds a
connection and no thread. Here it also learns to end such a connection, to refuse in the one
shape that every refusal has, and to finish what runs before it leaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from socket import SHUT_WR
from threading import Event
from time import monotonic, time
from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask

from generators.wire import to_json
from web.journal import LOG
from web.problems import Problem, problem_record, too_large

_OVERHEAD = 1 << 20  # so that what is a little too large is answered by the application
_PROXY_HEADERS = "x-forwarded-for x-forwarded-proto x-forwarded-host"
_TICK = 0.5  # seconds


class _Refusal(ErrorTask):  # type: ignore[misc]  # waitress tells no types
    """What never reaches the application is refused as problem+json too."""

    def execute(self) -> None:
        error, limit = self.request.error, self.channel.adj.max_request_body_size - _OVERHEAD
        problem = too_large(limit) if error.code == 413 else Problem(error.code, _UNCLEAR)
        body = to_json(problem_record(problem)).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers = [("Content-Type", "application/problem+json; charset=utf-8")]
        self.channel.refused = True
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


_UNCLEAR = "Yêu cầu gửi lên không đúng cách. Hãy kiểm tra rồi gửi lại."


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A connection; its time without activity counts from the first byte of an unfinished request.

    Otherwise a client that sends a byte now and then would be waited for without end. One that was
    refused is listened to a while without being heard, or it would lose the answer while it sends.
    """

    error_task_class = _Refusal
    refused = _lingering = False
    _since = 0.0

    def received(self, data: bytes) -> bool:
        """Take bytes in; a request that is not whole yet does not count as activity."""
        before = self.request
        taken = super().received(data)
        if self.request is not before:
            self._since = time()
        if self.request is not None:
            self.last_activity = self._since
        return bool(taken)

    def readable(self) -> bool:
        """Whether to read on."""
        return self._lingering or bool(super().readable())

    def handle_read(self) -> None:
        """Read; nothing is kept of what comes after a refusal."""
        if not self._lingering:
            super().handle_read()
            return
        try:
            self.recv(self.adj.recv_bytes)  # at the end of what comes, this closes
        except OSError:
            self.handle_close()

    def handle_close(self) -> None:
        """Close; after a refusal first only say that nothing more will be sent."""
        if self.refused and not self._lingering:
            self._lingering, self.last_activity = True, time()
            self.will_close = self.close_when_flushed = False
            with suppress(OSError):
                self.socket.shutdown(SHUT_WR)
                return
        super().handle_close()

    @property
    def is_busy(self) -> bool:
        """Whether a request is being worked on, or its answer is on the way."""
        return bool(self.requests or self.total_outbufs_len)


class Server:
    """One application on its address, until it is told to stop."""

    def __init__(self, app: Flask) -> None:
        self._map: dict[int, Any] = {}
        self._server = create_server(app, map=self._map, **_adjusted(app.config))
        for listener in self._of(BaseWSGIServer):
            listener.channel_class = _Channel
        self._stopping, self._patience = Event(), int(app.config["STOP_SECONDS"])

    @property
    def addresses(self) -> list[tuple[str, int]]:
        """Where it listens."""
        return [(one.effective_host, one.effective_port) for one in self._of(BaseWSGIServer)]

    def stop(self) -> None:
        """Take nothing new, finish what runs; may be called from a signal or another thread."""
        self._stopping.set()

    def run(self) -> None:
        """Serve until `stop`, then until everything that runs is answered, or patience ends."""
        while not self._stopping.is_set():
            self._turn()
        listeners = self._of(BaseWSGIServer)
        for listener in listeners:
            listener.del_channel(self._map)
            listener.socket.close()
        end = monotonic() + self._patience
        while self._leave_idle() and monotonic() < end:
            self._turn()
        left = sum(one.is_busy for one in self._of(_Channel))
        self._server.task_dispatcher.shutdown(timeout=1)
        for channel in self._of(_Channel):
            channel.handle_close()
        for listener in listeners:
            listener.trigger.close()
        LOG.info("stopped", extra={"unfinished": left})

    def _leave_idle(self) -> bool:
        """Close the connections on which nothing runs; return whether any is left."""
        for channel in self._of(_Channel):
            channel.will_close = channel.will_close or not channel.is_busy
        return bool(self._of(_Channel))

    def _turn(self) -> None:
        self._server.asyncore.loop(timeout=_TICK, map=self._map, use_poll=True, count=1)

    def _of(self, kind: type) -> list[Any]:
        return [one for one in list(self._map.values()) if isinstance(one, kind)]


def _adjusted(config: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the settings as waitress calls them."""
    slow, proxy = int(config["SLOW_SECONDS"]), config["TRUSTED_PROXY"]
    trusted = {"trusted_proxy": proxy, "trusted_proxy_headers": _PROXY_HEADERS} if proxy else {}
    return {
        "listen": config["LISTEN"], "threads": config["THREADS"], "ident": None,
        "max_request_body_size": config["MAX_UPLOAD_BYTES"] + _OVERHEAD,
        "channel_timeout": slow, "cleanup_interval": max(1, min(slow // 4, 10)),
        "connection_limit": 1000, "clear_untrusted_proxy_headers": True,
        **trusted,
    }  # fmt: skip
