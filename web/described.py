"""What a route says of itself beside its right: what it asks for, what it gives, how it fails.

The OpenAPI document is made of these statements (openapi); a route says nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

JSON, PROBLEM, TEXT = "application/json", "application/problem+json", "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ANY = "*/*"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KEY, _KEYED = "bao_cao_operation", "bao_cao_keyed"
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Given:
    """One answer: what it means, its shape for each media type (None: bytes), its own headers."""

    meaning: str
    media: Mapping[str, Any]
    headers: tuple[str, ...] = ()


SAME = Given("What you have is still so.", {})


@dataclass(frozen=True)
class Operation:
    """What a view states; `asks` are names of query parameters, `takes` the name of a body."""

    gives: Mapping[int, Given]
    fails: tuple[int, ...] = ()
    asks: tuple[str, ...] = ()
    takes: str = ""


def described(
    gives: Mapping[int, Given],
    fails: tuple[int, ...] = (),
    asks: tuple[str, ...] = (),
    takes: str = "",
) -> Callable[[View], View]:
    """State what a view asks for and gives; what every route may answer is added by openapi."""

    def state(view: View) -> View:
        setattr(view, _KEY, Operation(gives, fails, asks, takes))
        return view

    return state


def operation_of(view: Callable[..., Any]) -> Operation | None:
    """Return what a view states, None where it states nothing."""
    found: Operation | None = getattr(view, _KEY, None)
    return found


def told(shape: Any, meaning: str, *headers: str) -> Given:
    """Return an answer of JSON."""
    return Given(meaning, {JSON: shape}, headers)


def files(media: tuple[str, ...], meaning: str, *headers: str) -> Given:
    """Return an answer that is a file of one of these types."""
    return Given(meaning, dict.fromkeys(media), ("Content-Disposition", *headers))


def file(media: str, meaning: str, *headers: str) -> Given:
    """Return an answer that is a file."""
    return files((media,), meaning, *headers)


def mark_keyed(view: View) -> View:
    """State that a view may be asked with an Idempotency-Key."""
    setattr(view, _KEYED, True)
    return view


def is_keyed(view: Callable[..., Any]) -> bool:
    """Return whether a view may be asked with an Idempotency-Key."""
    return getattr(view, _KEYED, False)
