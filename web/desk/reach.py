"""Which drafts somebody may see and change: those of the units that the right is held at."""

from __future__ import annotations

from dataclasses import replace

from flask import request

from access.rights import READ, SUBMIT
from archive.records import Missing
from desk.drafts import Draft, draft_at, source_of
from generators.pipeline import Examined, Source
from web.access import actor, who
from web.examining import examine_here
from web.shelf import the_archive


def draft_to_read(draft_id: str) -> Draft:
    """Return a draft of a unit in reach; Missing for another, as if it were not there."""
    with the_archive().database.reading() as connection:
        draft = draft_at(connection, draft_id)
    if not any(actor().may(right, draft.unit.path) for right in (READ, SUBMIT)):
        raise Missing(f"Không có bản đang soạn «{draft_id[:40]}».")
    return draft


def draft_to_change(draft_id: str) -> Draft:
    """Return a draft as the page that is sent saw it; Missing where the actor may not change it.

    The version that the page carries goes with it: who was slower is told so when it is changed.
    """
    draft = draft_to_read(draft_id)
    if not actor().may(SUBMIT, draft.unit.path):
        raise Missing(f"Không có bản đang soạn «{draft_id[:40]}».")
    seen = request.form.get("version", type=int)
    return replace(draft, version=seen) if seen is not None else draft


def examined_of(draft: Draft) -> tuple[Source, Examined] | None:
    """Return what a draft holds and what is found in it; None where nothing was received."""
    with the_archive().database.reading() as connection:
        source = source_of(connection, draft, who())
    return (source, examine_here(source)) if source else None
