"""Rights, the roles and keys that give them, and the actor who has them at units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

READ, SUBMIT, APPROVE, ISSUE, ADMIN = "read", "submit", "approve", "issue", "admin"
RIGHTS = (READ, SUBMIT, APPROVE, ISSUE, ADMIN)
CLERK, APPROVER, ADMINISTRATOR = "clerk", "approver", "admin"

ROLES: Mapping[str, frozenset[str]] = {
    CLERK: frozenset({READ, SUBMIT, ISSUE}),
    APPROVER: frozenset({READ, APPROVE, ISSUE}),
    ADMINISTRATOR: frozenset({READ, ADMIN}),
}
"""What each role of an account may do at its unit and below it."""

KEY_RIGHTS: Mapping[str, frozenset[str]] = {
    "read": frozenset({READ}),
    "submit": frozenset({SUBMIT, ISSUE}),
    "approve": frozenset({APPROVE}),
    "admin": frozenset({ADMIN}),
}
"""What each right of a key lets another system do."""

ROLE_NAMES: Mapping[str, str] = {
    CLERK: "người lập báo cáo", APPROVER: "người duyệt", ADMINISTRATOR: "quản trị",
}  # fmt: skip
_LONGEST = 200  # characters of who acted, as the log keeps it


@dataclass(frozen=True, slots=True)
class Reach:
    """A right at the unit with this path, and at all units below it."""

    right: str
    path: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account or a key, and what it may do where.

    ``name`` is a person's full name or a key's name; ``must_change`` tells an account whose
    password was given by somebody else and which may do nothing but choose one of its own.
    """

    id: str
    name: str
    is_key: bool
    reaches: frozenset[Reach]
    must_change: bool = False

    def may(self, right: str, path: str = "") -> bool:
        """Whether it has `right` at the unit with this path; without a path, anywhere at all."""
        return any(
            one.right == right and (not path or path.startswith(one.path))
            for one in self.reaches
        )

    def paths(self, right: str) -> tuple[str, ...]:
        """Return the paths of the units where it has `right`, none that lies below another."""
        all_ = sorted({one.path for one in self.reaches if one.right == right})
        return tuple(
            path for path in all_ if not any(path != o and path.startswith(o) for o in all_)
        )

    def signs_as(self, on_behalf: str = "") -> str:
        """Return who is said to have acted; a key may name the person it acts for."""
        person = " ".join(on_behalf.split())
        if not self.is_key:
            return self.name
        return f"{person} (qua «{self.name}»)"[:_LONGEST] if person else f"«{self.name}»"


def reaches(rights: frozenset[str], path: str) -> frozenset[Reach]:
    """Return these rights at one unit."""
    return frozenset(Reach(right, path) for right in rights)
