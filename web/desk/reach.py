"""A draft as a page sees it, and what is found in it; who may see it the guard has asked (web.access)."""

from __future__ import annotations

from dataclasses import replace

from flask import request

from desk.drafts import Draft, Received, draft_at, source_of
from generators.pipeline import Examined, Source
from web.access import who
from web.examining import examine_here
from web.shelf import the_archive

MOST_FILES = 20


def draft_to_read(draft_id: str) -> Draft:
    """Return a draft; Missing where there is none."""
    with the_archive().database.reading() as connection:
        return draft_at(connection, draft_id)


def draft_to_change(draft_id: str) -> Draft:
    """Return a draft as the page that is sent saw it.

    The version that the page carries goes with it: who was slower is told so when it is changed.
    """
    draft, seen = draft_to_read(draft_id), request.form.get("version", type=int)
    return replace(draft, version=seen) if seen is not None else draft


def uploaded(part: str) -> list[Received]:
    """Return the files that a form's part carries, those without a name left out."""
    chosen = [one for one in request.files.getlist(part) if one.filename]
    return [Received(one.filename or "", one.read()) for one in chosen[:MOST_FILES]]


def too_many(part: str) -> str:
    """Why so many files at once are not taken, "" where they are."""
    sent = sum(bool(one.filename) for one in request.files.getlist(part))
    if sent <= MOST_FILES:
        return ""
    return f"Một báo cáo nhận nhiều nhất {MOST_FILES} ảnh; lần này gửi {sent} ảnh nên chưa nhận tệp nào."


def examined_of(draft: Draft) -> tuple[Source, Examined] | None:
    """Return what a draft holds and what is found in it; None where nothing was received."""
    with the_archive().database.reading() as connection:
        source = source_of(connection, draft, who())
    return (source, examine_here(source)) if source else None
