"""``Idempotency-Key``: the same key and request again, from the same caller, is answered as before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from hashlib import sha256
from time import monotonic, sleep
from typing import Any

from flask import Request, Response, request

from archive.replays import Answered, Asked, OtherRequest, UnderWay, claim, release, settle
from web.callers import caller_id
from web.described import mark_keyed
from web.problems import Problem, RefusedRequest
from web.shelf import the_archive

HEADER, REPLAYED = "Idempotency-Key", "Idempotency-Replayed"
KEPT_HEADERS = (
    "Content-Type",
    "Location",
    "Content-Disposition",
    "X-Findings",
    "X-Unacknowledged",
    "Preference-Applied",
)
_PATIENCE = 5.0  # seconds that a second request waits for the first
View = Callable[..., Response]


def once(view: View) -> View:
    """Let a view be asked with a key; only what succeeded is remembered, for a week."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Response:
        if HEADER not in request.headers:
            return view(*args, **kwargs)
        asked = Asked(caller_id(), _key(), fingerprint(request))
        known = _claimed(asked)
        if known:
            return replayed(known, {REPLAYED: "true"})
        return _settled(asked, lambda: view(*args, **kwargs))

    return mark_keyed(answer)


def kept(response: Response) -> Answered:
    """Return an answer as it is kept."""
    headers = {
        name: response.headers[name] for name in KEPT_HEADERS if name in response.headers
    }
    return Answered(response.status_code, headers, response.get_data())


def replayed(answer: Answered, more: dict[str, str]) -> Response:
    """Return a kept answer."""
    return Response(answer.body, answer.status, {**answer.headers, **more})


def fingerprint(asked: Request) -> str:
    """Return a hash of all that was asked; the boundary between parts is no part of it."""
    digest = sha256()
    for piece in (asked.method, asked.full_path, asked.mimetype):
        digest.update(_bytes(f"{len(piece)}:{piece}"))
    for part in _parts(asked) if asked.mimetype == "multipart/form-data" else _body(asked):
        digest.update(b"%d:" % len(part) + part)
    return digest.hexdigest()


# ---------------------------------------------------------------- one request


def _settled(asked: Asked, do: Callable[[], Response]) -> Response:
    """Do what was claimed, and keep its answer where it succeeded."""
    database, done = the_archive().database, False
    try:
        response = do()
        if 200 <= response.status_code < 300:
            with database.writing() as connection:
                settle(connection, asked, kept(response))
            done = True
        return response
    finally:
        if not done:
            with database.writing() as connection:
                release(connection, asked)


def _claimed(asked: Asked) -> Answered | None:
    end = monotonic() + _PATIENCE
    while True:
        try:
            with the_archive().database.writing() as connection:
                return claim(connection, asked)
        except OtherRequest:
            raise RefusedRequest(Problem(422, f"Khóa {HEADER} này đã dùng cho một yêu cầu khác. Hãy dùng "
                                         "khóa mới cho nội dung mới.")) from None  # fmt: skip
        except UnderWay:
            if monotonic() > end:
                detail = "Yêu cầu mang khóa này đang được thực hiện. Hãy gửi lại sau."
                raise RefusedRequest(
                    Problem(409, detail, headers={"Retry-After": "2"})
                ) from None
            sleep(0.05)


def _key() -> str:
    key = request.headers.get(HEADER, "").strip()
    if not 0 < len(key) <= 255 or not key.isascii() or not key.isprintable():
        raise RefusedRequest(
            Problem(400, f"{HEADER} là 1 đến 255 chữ, số, dấu (ASCII), ví dụ một UUID.")
        )
    return key


def _body(asked: Request) -> Iterator[bytes]:
    yield asked.get_data()
    if asked.content_length is None:
        # a body that told no length is cut at the limit without a word; reading on raises
        asked.stream.read(1)


def _parts(asked: Request) -> Iterator[bytes]:
    """Every part of a form, in the order of their names; a part may have none."""
    for name, value in sorted(asked.form.items(multi=True), key=str):
        yield _bytes(f"{name}={value}")
    for name, file in sorted(
        asked.files.items(multi=True), key=lambda one: f"{one[0]}/{one[1].filename}"
    ):
        yield _bytes(f"{name}/{file.filename}/{file.mimetype}")
        yield file.read()
        file.seek(0)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
