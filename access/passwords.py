"""Passwords: hashed with argon2id, checked, given once, and asked to be worth something."""

from __future__ import annotations

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from access.faults import AccessFault

SHORTEST, LONGEST = 10, 128
_FEWEST_SIGNS = 5
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
_HASHER = PasswordHasher()  # argon2id as RFC 9106 recommends where memory is scarce


def hash_of(password: str) -> str:
    """Return the hash a password is kept as, salt and cost in it."""
    return _HASHER.hash(password)


def is_password(password: str, kept: str | None) -> bool:
    """Whether a password is the one that was kept; for nobody (None) it takes as long, and is not."""
    try:
        matched = _HASHER.verify(kept or _nobodys(), password[: LONGEST + 1])
    except (VerifyMismatchError, InvalidHashError):
        return False
    return matched and kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with a cost other than today's."""
    return _HASHER.check_needs_rehash(kept)


def given_password() -> str:
    """Return a password for somebody else to begin with: sixteen letters in fours, 79 bits."""
    return "-".join(
        "".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4)
    )  # fmt: skip


def ask_for_strength(password: str, login: str) -> None:
    """Raise AccessFault for a password that is soon guessed, or too long to be hashed in peace."""
    if len(password) < SHORTEST:
        raise AccessFault(f"Mật khẩu phải dài ít nhất {SHORTEST} ký tự.")
    if len(password) > LONGEST:
        raise AccessFault(f"Mật khẩu dài nhất {LONGEST} ký tự.")
    if len(set(password)) < _FEWEST_SIGNS or login.casefold() in password.casefold():
        raise AccessFault(
            "Mật khẩu quá dễ đoán. Hãy dùng một câu của riêng mình, không chứa tên đăng nhập."
        )


@lru_cache(maxsize=1)
def _nobodys() -> str:
    """A hash that no password is known for; checking against it costs what any check costs."""
    return _HASHER.hash(secrets.token_urlsafe())
