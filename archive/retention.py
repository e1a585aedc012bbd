"""How long a report is kept, by what law: rules as data, the latest that was in force."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path

from archive.records import Retention

RULES = Path(__file__).resolve().parent / "retention.toml"

_VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class _Rule:
    kinds_of_period: tuple[str, ...]
    since: date
    years: int | None
    basis: str


def retention_of(period: str, made_on: date, rules: Path = RULES) -> Retention:
    """Return until when a report of `period` that is made on `made_on` is kept.

    Years count from the first of January after the year it was made in, as files are closed
    at the end of a year (Luật Lưu trữ 33/2024/QH15); no rule at all keeps for ever.
    """
    for rule in _read(rules):
        if period[4:] in rule.kinds_of_period and rule.since <= made_on:
            until = rule.years and date(made_on.year + rule.years + 1, 1, 1)
            return Retention(until or None, rule.basis)
    return Retention(None, "chưa có quy định được ghi nhận; giữ vĩnh viễn")


def longer_of(one: Retention, other: Retention) -> Retention:
    """Return what keeps a report longer; the hold is that of `one`."""
    if one.until is None or (other.until is not None and other.until <= one.until):
        return one
    return Retention(other.until, other.basis, one.hold)


def day_of(at: datetime) -> date:
    """Return the day it is in Vietnam at a moment."""
    return at.astimezone(_VIETNAM).date()


@lru_cache(maxsize=4)
def _read(path: Path) -> tuple[_Rule, ...]:
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["rules"]
    rules = (
        _Rule(tuple(e["periods"]), e["since"], e.get("years"), e["basis"]) for e in entries
    )
    return tuple(sorted(rules, key=lambda rule: rule.since, reverse=True))
