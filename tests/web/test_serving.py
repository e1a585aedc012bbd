"""The server on a real socket and as a real process: hostile bodies, slow clients, stopping."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from flask import Flask, request

import service
from service import create_app
from tests.signing_in import app_in, new_key
from web.access import open_to_all

ROOT = Path(__file__).resolve().parents[2]
Address = tuple[str, int]
Serve = Callable[[Flask], Address]


@pytest.fixture
def seen() -> list[bytes]:
    """The bodies that reached the application."""
    return []


@pytest.fixture
def small(seen: list[bytes]) -> Flask:
    """A service that takes 1000 bytes, waits two seconds, and notes what reaches it."""
    app = service.create_app({"MAX_UPLOAD_BYTES": 1000, "SLOW_SECONDS": 2, "THREADS": 1})

    @app.post("/echo")
    @open_to_all
    def echo() -> bytes:
        seen.append(request.get_data())
        return b"taken"

    return app


def send(address: Address, data: bytes) -> bytes:
    """Send bytes as they are, and return all that comes back until the server ends it."""
    with socket.create_connection(address, timeout=20) as wire:
        wire.sendall(data)
        return read(wire)


def read(wire: socket.socket) -> bytes:
    answer = b""
    while piece := wire.recv(65536):
        answer += piece
    return answer


def problem(answer: bytes) -> dict[str, Any]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"Content-Type: application/problem+json; charset=utf-8" in head
    assert b"Server:" not in head
    told: dict[str, Any] = json.loads(body)
    assert re.match(rb"HTTP/1\.[01] %d " % told["status"], head)
    return told


def test_what_is_no_request_is_a_problem_too(small: Flask, serve: Serve) -> None:
    assert problem(send(serve(small), b"GET /echo HTTP/1.1\r\nHost: a\r\nno header\r\n\r\n")) == {
        "type": "about:blank", "title": "Không đọc được nội dung gửi lên", "status": 400,
        "detail": "Yêu cầu gửi lên không đúng cách. Hãy kiểm tra rồi gửi lại.", "findings": [],
    }  # fmt: skip


def test_headers_without_end_are_refused(small: Flask, serve: Serve) -> None:
    head = b"GET /echo HTTP/1.1\r\nHost: a\r\nX-Long: " + b"x" * 300_000
    assert problem(send(serve(small), head))["status"] == 431


LIMIT = "Nội dung gửi lên vượt quá mức cho phép là 1000 byte."


def test_a_large_body_is_refused_by_its_length_before_it_is_sent(
    small: Flask, serve: Serve, seen: list[bytes]
) -> None:
    head = b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n"
    told = problem(send(serve(small), head))
    assert (told["status"], told["findings"][0]["message"], seen) == (413, LIMIT, [])


def test_a_chunked_body_is_measured_as_it_comes(
    small: Flask, serve: Serve, seen: list[bytes]
) -> None:
    head = b"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    told = problem(send(serve(small), head + chunk + b"1000\r\n" + b"x" * 0x1000 + b"\r\n"))
    assert (told["status"], told["findings"][0]["message"], seen) == (413, LIMIT, [])


def test_a_chunked_body_a_little_too_large_is_refused_by_the_application(
    small: Flask, serve: Serve, seen: list[bytes]
) -> None:
    head = b"POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = b"600\r\n" + b"x" * 0x600 + b"\r\n0\r\n\r\n"
    assert b" 413 " in send(serve(small), head + body).partition(b"\r\n")[0]
    assert seen == []


def test_a_body_longer_than_announced_is_another_request_and_none(
    small: Flask, serve: Serve, seen: list[bytes]
) -> None:
    head = b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"
    answer = send(serve(small), head + b"12345 and more\r\n\r\n")
    first, second = re.split(rb"(?=HTTP/1\.\d)", answer)[1:]
    assert (first.partition(b"\r\n")[0], first[-5:]) == (b"HTTP/1.1 200 OK", b"taken")
    assert problem(second)["status"] == 400
    assert seen == [b"12345"]


@pytest.mark.parametrize(
    "head",
    [
        b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n",
        b"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n100\r\n",
        b"POST /echo HTTP/1.1\r\nX-",
    ],
    ids=["announced", "chunked", "in the headers"],
)
def test_a_client_that_sends_a_byte_now_and_then_is_not_waited_for(
    small: Flask, serve: Serve, seen: list[bytes], head: bytes
) -> None:
    address = serve(small)
    with socket.create_connection(address, timeout=0.2) as wire:
        wire.sendall(head)
        begun = time.monotonic()
        while time.monotonic() - begun < 15:
            try:
                wire.sendall(b"x")
                if not wire.recv(100):
                    break
            except TimeoutError:
                pass
            except ConnectionError:
                break
            if len(seen) < 3:  # others are served meanwhile, by the only thread
                quick = (
                    b"POST /echo HTTP/1.1\r\nContent-Length: 1\r\nConnection: close\r\n\r\ny"
                )
                assert send(address, quick).endswith(b"taken")
    assert time.monotonic() - begun < 10
    assert seen == [b"y"] * 3


# ---------------------------------------------------------------- a real process


class Running:
    """A served process, what it wrote, and where it listens."""

    def __init__(self, folder: Path, **settings: str) -> None:
        own = {f"BAO_CAO_{name}": value for name, value in settings.items()}
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flask", "--app", "tests.web.slow_app", "serve"],
                cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True,
                env={**os.environ, "BAO_CAO_LISTEN": "127.0.0.1:0", "PYTHONUNBUFFERED": "1",
                     "BAO_CAO_DATA_DIR": str(folder / "kho"), **own},
            )  # fmt: skip
        said = self.line()
        self.port = int(said.rpartition(":")[2])
        self.address = ("127.0.0.1", self.port)

    def line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def lines_of_log(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]


def key_in(folder: Path) -> str:
    """A new key of the archive that the process serves."""
    return new_key(create_app({"DATA_DIR": str(folder / "kho"), "DATABASE_URL": ""}))


def ask_slowly(folder: Path) -> bytes:
    return f"GET /slow HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {key_in(folder)}\r\n\r\n".encode()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    started: list[Running] = []
    app_in(tmp_path)

    def start(**settings: str) -> Running:
        started.append(Running(tmp_path, **settings))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.wait()
        if one.process.stdout:
            one.process.stdout.close()


def test_a_signal_lets_what_runs_finish_and_takes_nothing_new(
    running: Callable[..., Running], tmp_path: Path
) -> None:
    server = running()
    ask = ask_slowly(tmp_path)
    with (
        socket.create_connection(server.address, timeout=20) as busy,
        socket.create_connection(server.address, timeout=20) as idle,
    ):
        busy.sendall(ask)
        assert server.line() == "at work"
        server.process.send_signal(signal.SIGTERM)
        assert idle.recv(10) == b""  # a connection that only waits is closed
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(server.address, timeout=5)
        assert read(busy).endswith(b"\r\n\r\ndone")
    assert server.process.wait(10) == 0
    told = [
        (line["event"], line.get("status"), line.get("unfinished"))
        for line in server.lines_of_log()
    ]
    assert told == [("started", None, None), ("request", 200, None), ("stopped", None, 0)]


def test_patience_ends(running: Callable[..., Running], tmp_path: Path) -> None:
    server = running(STOP_SECONDS="1")
    with socket.create_connection(server.address, timeout=20) as busy:
        busy.sendall(ask_slowly(tmp_path) * 4)
        assert server.line() == "at work"
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(15) == 0
    assert server.lines_of_log()[-1]["unfinished"] == 1


def test_a_setting_that_is_wrong_keeps_it_from_starting(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "service", "serve"], cwd=ROOT, check=False,
        capture_output=True, env={**os.environ, "BAO_CAO_LISTEN": "x", "BAO_CAO_PORT": "1"},
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-2:] == [
        "- BAO_CAO_LISTEN là «x», phải là địa-chỉ:cổng, ví dụ 127.0.0.1:8080.",
        "- BAO_CAO_PORT: không có thiết đặt nào tên này.",
    ]


def test_metrics_are_on_a_port_of_their_own(running: Callable[..., Running]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = running(METRICS_LISTEN=f"127.0.0.1:{port}")
    for path in ("/healthz", "/api/v1/kinds/bi-mat/schema", "/khong-co"):
        send(server.address, f"GET {path} HTTP/1.0\r\n\r\n".encode())
    send(server.address, b"ABC /healthz HTTP/1.0\r\n\r\n")
    with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        told = answer.read().decode()
    counted = {line for line in told.splitlines() if line.startswith("bao_cao_requests_total{")}
    assert counted == {
        'bao_cao_requests_total{method="GET",route="/healthz",status="200"} 1.0',
        'bao_cao_requests_total{method="GET",route="/api/v1/kinds/<kind_id>/schema",status="401"} 1.0',
        'bao_cao_requests_total{method="GET",route="",status="404"} 1.0',
        'bao_cao_requests_total{method="other",route="",status="405"} 1.0',
    }
    assert 'bao_cao_request_seconds_count{route="/healthz"} 1.0' in told
    assert "bao_cao_requests_running 0.0" in told
    assert (
        b" 404 " in send(server.address, b"GET /metrics HTTP/1.0\r\n\r\n").partition(b"\n")[0]
    )


def test_a_job_survives_that_its_process_is_killed(
    running: Callable[..., Running], tmp_path: Path
) -> None:
    first = running()
    key = f"Authorization: Bearer {key_in(tmp_path)}\r\n\r\n"
    asked = f"POST /slow HTTP/1.0\r\nPrefer: respond-async\r\n{key}".encode()
    put = json.loads(send(first.address, asked).partition(b"\r\n\r\n")[2])
    assert first.line() == "at work"
    first.process.kill()
    first.process.wait()
    second = running()
    assert second.line() == "at work"
    own = f"GET {put['links']['self']} HTTP/1.0\r\n{key}".encode()
    states: list[str] = []
    while not states or states[-1] not in ("done", "failed"):
        told = json.loads(send(second.address, own).partition(b"\r\n\r\n")[2])
        states.append(told["state"])
        time.sleep(0.1)
    assert (states[0], states[-1], told["status"]) == ("running", "done", 200)
    result = f"GET {told['links']['result']} HTTP/1.0\r\n{key}".encode()
    assert send(second.address, result).endswith(b"\r\n\r\ndone")


def test_a_report_under_a_key_is_the_same_after_the_process_was_killed(
    running: Callable[..., Running], tmp_path: Path
) -> None:
    body = (ROOT / "fixtures/accepted/phuc-loi-2020/input.json").read_bytes()
    head = (f"POST /api/v1/reports?by=Hoa HTTP/1.0\r\nContent-Type: application/json\r\n"
            f"Idempotency-Key: a\r\nAuthorization: Bearer {key_in(tmp_path)}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n").encode()  # fmt: skip
    answers = []
    for _ in range(2):
        server = running()
        answers.append(send(server.address, head + body))
        server.process.kill()
        server.process.wait()
    assert [answer.partition(b"\r\n")[0][-11:] for answer in answers] == [b"201 CREATED"] * 2
    assert len({answer.partition(b"\r\n\r\n")[2] for answer in answers}) == 1
    assert b"Idempotency-Replayed: true" in answers[1]
