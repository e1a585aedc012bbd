"""What Prometheus may count: requests by route and status, how long they took, how many run."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

from flask import Flask, Response, g, request

from generators import VERSION

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


def attach(app: Flask) -> Any:
    """Count the requests of `app` from now on; return the registry that holds the counts."""
    from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info

    registry = CollectorRegistry()
    told = ("method", "route", "status")
    requests = Counter("bao_cao_requests", "Requests answered.", told, registry=registry)
    seconds = Histogram("bao_cao_request_seconds", "Seconds from a request to its answer.",
                        ("route",), buckets=_SECONDS, registry=registry)  # fmt: skip
    running = Gauge("bao_cao_requests_running", "Requests being worked on.", registry=registry)
    Info("bao_cao", "The program.", registry=registry).info({"version": VERSION})

    def start() -> None:
        g.metered = perf_counter()
        running.inc()

    def finish(response: Response) -> Response:
        method = request.method if request.method in _METHODS else "other"
        route = request.url_rule.rule if request.url_rule else ""
        requests.labels(method, route, str(response.status_code)).inc()
        seconds.labels(route).observe(perf_counter() - g.metered)
        return response

    def leave(_error: BaseException | None) -> None:
        if g.pop("metered", None) is not None:
            running.dec()

    # before all others, which may refuse the request
    app.before_request_funcs.setdefault(None, []).insert(0, start)
    app.after_request(finish)
    app.teardown_request(leave)
    return registry


def serve_metrics(registry: Any, host: str, port: int) -> Callable[[], None]:
    """Serve the counts on a port of their own; return what ends it."""
    from prometheus_client import start_http_server

    server, thread = start_http_server(port, host, registry)

    def end() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    return end
