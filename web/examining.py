"""Reading and checking what was sent, beside what its unit reported before."""

from __future__ import annotations

from access.rights import READ, SUBMIT
from archive.same_period import past_in
from generators.pipeline import KINDS, Examined, Source, examine
from web.access import has_in_reach
from web.shelf import the_archive


def examine_here(source: Source) -> Examined:
    """Read and check a source; earlier reports are told of none but units in the actor's reach."""
    told = past_in(the_archive(), KINDS)
    return examine(
        source,
        past=lambda data: told(data) if has_in_reach((READ, SUBMIT), data.org_unit) else (),
    )
