"""Words to look out for in what people write: out of date, misspelled, never expanded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    """All words the service looks out for."""
