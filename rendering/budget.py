"""What a conversion is given: its time, the time a document may wait before, how many may wait."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Budget:
    """Seconds of converting, seconds of waiting, documents that wait.

    Waiting does not eat the time of converting, nor does starting LibreOffice.
    """

    seconds: float = 60
    wait_seconds: float = 30
    waiting: int = 8
