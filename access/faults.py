"""What access refuses, in Vietnamese; and when it is, in UTC as the tables keep it."""

from __future__ import annotations

from datetime import UTC, datetime

from archive.records import ArchiveFault


class AccessFault(ArchiveFault):
    """What was asked of units, accounts, keys or deadlines cannot be done; the message says why."""


class SignInRefused(AccessFault):
    """Nobody is signed in: wrong name or password, locked, or asked to wait."""


def moment(now: datetime | None = None) -> str:
    """Return a time as the tables keep it, so that later times compare greater."""
    return (now or datetime.now(UTC)).isoformat(timespec="microseconds")
