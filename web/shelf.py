"""The application's one archive, opened when first asked for; what it tells of the same period."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from flask import Flask, current_app

from archive.keeping import Archive
from archive.opening import find_archive, open_archive
from archive.same_period import past_in
from generators.pipeline import KINDS, Examined, Source, examine

_KEY = "bao_cao_archive"


def attach(app: Flask) -> None:
    """Give `app` a place for its archive; nothing is opened, nothing is written."""
    app.extensions[_KEY] = (Lock(), [])


def the_archive() -> Archive:
    """Return the archive; ArchiveFault where its folder or database cannot be used."""
    archive = _opened(open_archive)
    assert archive  # open_archive makes one where there is none
    return archive


def examine_here(source: Source) -> Examined:
    """Read and check a source beside what its unit reported before, where there is an archive."""
    return examine(source, past=past_in(_opened(find_archive), KINDS))


def _opened(reach: Callable[[Path, str], Archive | None]) -> Archive | None:
    """The archive, reached once; None where `reach` finds none yet."""
    lock, opened = current_app.extensions[_KEY]
    with lock:
        if not opened and (found := reach(*_place())):
            opened.append(found)
        return opened[0] if opened else None


def _place() -> tuple[Path, str]:
    return Path(current_app.config["DATA_DIR"]), current_app.config["DATABASE_URL"]
