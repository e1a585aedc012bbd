"""What a rule is asked about, and how it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generators.model import Finding
from lint.catalogue import CATALOGUE
from lint.components import Form
from lint.paper import Paper, Paragraph

OFFICIAL, BULLETIN = FORMS = ("nd30", "ban-tin")


@dataclass(frozen=True)
class Sheet:
    """A document as it is judged: its paper, its components, and the form it should have."""

    paper: Paper
    form: Form
    kind: str = OFFICIAL

    @property
    def is_official(self) -> bool:
        """Whether it must have all components; a bulletin has no number and no signer."""
        return self.kind == OFFICIAL


Check = Callable[[Sheet], Iterator[Finding]]


def told(code: str, where: Paragraph | str, found: str, expected: str = "") -> Finding:
    """Return the finding of `code`: what was found at a place, and what the decree expects."""
    entry = CATALOGUE[code]
    place = where if isinstance(where, str) else where.place
    quote = "" if isinstance(where, str) else where.words[:200]
    wanted = expected or entry.expected
    message = f"{entry.title}: {found}; quy định: {wanted} ({entry.source})."
    return Finding(code, entry.severity, place, message, entry.remedy, about=place, quote=quote)
