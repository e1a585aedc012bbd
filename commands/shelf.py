"""The application's archive, opened for one command; what it cannot do is said, exit code 1."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app

from archive.keeping import Archive
from archive.opening import find_archive, open_archive
from archive.records import ArchiveFault
from archive.same_period import past_in
from commands.speaking import STOPPED
from generators.pipeline import KINDS, Examined, Source, examine


@contextmanager
def said_faults() -> Iterator[None]:
    """Say what the archive cannot do, and end with exit code 1."""
    try:
        yield
    except ArchiveFault as fault:
        click.echo(fault, err=True)
        raise click.exceptions.Exit(STOPPED) from None


@contextmanager
def opened_archive() -> Iterator[Archive]:
    """Yield the archive of the application; a fault of it ends with exit code 1, said."""
    with said_faults():
        archive = open_archive(*place())
        try:
            yield archive
        finally:
            archive.database.close()


def examine_here(source: Source) -> Examined:
    """Read and check a source beside what its unit reported before, where there is an archive."""
    with said_faults():
        archive = find_archive(*place())
        try:
            return examine(source, past=past_in(archive, KINDS))
        finally:
            if archive:
                archive.database.close()


def place() -> tuple[Path, str]:
    """Return where the application's archive lies: its folder, its database or ""."""
    return Path(str(current_app.config["DATA_DIR"])), str(current_app.config["DATABASE_URL"])
