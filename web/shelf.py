"""The application's one archive, opened when first asked for."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from flask import Flask, current_app

from archive.keeping import Archive
from archive.opening import open_archive

_KEY = "bao_cao_archive"


def attach(app: Flask) -> None:
    """Give `app` a place for its archive; nothing is opened, nothing is written."""
    app.extensions[_KEY] = (Lock(), [])


def the_archive() -> Archive:
    """Return the archive; ArchiveFault where its folder or database cannot be used."""
    lock, opened = current_app.extensions[_KEY]
    with lock:
        if not opened:
            folder, url = current_app.config["DATA_DIR"], current_app.config["DATABASE_URL"]
            opened.append(open_archive(Path(folder), url))
        archive: Archive = opened[0]
        return archive
