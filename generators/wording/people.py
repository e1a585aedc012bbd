"""People in a story: by name where they agreed to it, else by initials (Luật 91/2025, Điều 16)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generators.model import Person

_PLACE = re.compile(r"\{(\d+)\}")


def say_people(text: str, people: Sequence[Person]) -> str:
    """Return `text` with its {1}, {2} … said, and no full name that is to be withheld.

    A place that names nobody, which stops a report but not a draft, is "…".
    """
    said = _PLACE.sub(lambda found: _say_person(people, int(found[1])), text)
    for person in people:
        if " " in person.name and not person.consent:
            name = rf"(?<!\w){re.escape(person.name)}(?!\w)"
            said = re.sub(name, _initials(person.name), said)
    return said


def _say_person(people: Sequence[Person], number: int) -> str:
    if not 1 <= number <= len(people):
        return "…"
    person = people[number - 1]
    name = person.name if person.consent else _initials(person.name)
    return f"{name} ({person.role})" if person.role else name


def _initials(name: str) -> str:
    """N.V.A, without a last point: the sentence may have its own."""
    return ".".join(word[0].upper() for word in name.split())
