"""Clauses and items joined: what is empty leaves nothing dangling."""

from __future__ import annotations

from collections.abc import Iterable


def join_list(items: Iterable[str]) -> str:
    """Return "a, b và c"; ";" parts items that have commas of their own."""
    found = [item for item in items if item]
    if len(found) < 2:
        return "".join(found)
    if any(", " in item or ";" in item or " và " in item for item in found):
        return "; ".join(found)
    return ", ".join(found[:-1]) + " và " + found[-1]


def join_clauses(clauses: Iterable[str]) -> str:
    """Return the clauses that are not empty, parted by commas."""
    return ", ".join(clause for clause in clauses if clause)
