"""Norms: rates fixed by law, each with its days, its legal basis and how sure we are of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Norms:
    """All norms the service knows."""
