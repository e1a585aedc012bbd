"""Too often is refused, with the seconds to wait; by caller, and by address for who guesses."""

from __future__ import annotations

from pathlib import Path

from tests.signing_in import app_in, with_key
from web.limits import Limits


def test_a_window_moves() -> None:
    limits = Limits("2/minute")
    assert [limits.take("caller", "a"), limits.take("caller", "a")] == [0, 0]
    assert 0 < limits.take("caller", "a") <= 60
    assert limits.take("caller", "b") == 0
    assert limits.left("caller", "a") > 0


def test_no_limit_counts_nothing() -> None:
    assert {Limits("").take("caller", "a") for _ in range(1000)} == {0}


def test_too_often_is_answered_429_for_this_caller_alone(tmp_path: Path) -> None:
    app = app_in(tmp_path, RATE_LIMIT="3/minute")
    busy, other = with_key(app), with_key(app, name="Khác")
    assert [busy.get("/api/v1/reports").status_code for _ in range(3)] == [200] * 3
    answer = busy.get("/api/v1/reports")
    seconds = int(answer.headers["Retry-After"])
    assert (answer.status_code, answer.mimetype) == (429, "application/problem+json")
    assert answer.get_json()["detail"] == (
        f"Gửi quá nhiều yêu cầu. Hãy chờ {seconds} giây rồi gửi tiếp."
    )
    assert 0 < seconds <= 60
    assert other.get("/api/v1/reports").status_code == 200


def test_an_address_that_guesses_keys_is_stopped(tmp_path: Path) -> None:
    client = app_in(tmp_path).test_client()
    wrong = {"Authorization": "Bearer khong-phai-khoa"}
    told = [client.get("/api/v1/reports", headers=wrong).status_code for _ in range(31)]
    assert told == [401] * 30 + [429]
