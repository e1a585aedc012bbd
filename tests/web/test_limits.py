"""Too often is refused, with the seconds to wait; by caller, and by address for who guesses."""

from __future__ import annotations

from web.limits import Limits


def test_a_window_moves() -> None:
    limits = Limits("2/minute")
    assert [limits.take("caller", "a"), limits.take("caller", "a")] == [0, 0]
    assert 0 < limits.take("caller", "a") <= 60
    assert limits.take("caller", "b") == 0
    assert limits.left("caller", "a") > 0


def test_no_limit_counts_nothing() -> None:
    assert {Limits("").take("caller", "a") for _ in range(1000)} == {0}
