"""Files by their content: written once, whole and durable before anybody is told of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from hashlib import file_digest, sha256
from pathlib import Path
from secrets import token_hex
from time import time
from typing import Protocol

from archive.records import Altered, Missing

FILES, _COMING = "files", "coming"
_NAME = re.compile(r"[0-9a-f]{64}\Z")
_ABANDONED_SECONDS = 24 * 3600


class Files(Protocol):
    """Where the bytes of reports lie: a folder today, object storage some day.

    OSError where the place cannot be read or written now.
    """

    def put(self, data: bytes) -> str:
        """Keep `data` and return its SHA-256; after that it survives a loss of power."""

    def get(self, name: str) -> bytes:
        """Return the bytes; Missing where there are none, Altered where they are others."""

    def check(self, name: str) -> None:
        """Return where the bytes are what they were, hashed piece by piece; or raise as `get`."""

    def has(self, name: str) -> bool:
        """Whether there are bytes of that name; they are not hashed."""

    def names(self) -> Iterator[str]:
        """Yield the names of all that is kept."""

    def drop(self, name: str) -> None:
        """Destroy the bytes."""


class Folder:
    """Files in a folder, ``files/ab/abcdef…`` by their SHA-256; ``coming`` is where they grow.

    All 256 folders are made at once and are durable before the first file: a file's own folder
    is then the only one to sync.
    """

    def __init__(self, root: Path) -> None:
        self._root, self._coming = root / FILES, root / _COMING
        self._coming.mkdir(parents=True, exist_ok=True)
        for number in range(256):
            (self._root / f"{number:02x}").mkdir(parents=True, exist_ok=True)
        for folder in (self._root, root, root.parent):
            _sync_folder(folder)
        self._clear_abandoned()

    def put(self, data: bytes) -> str:
        """Keep `data`: a file of its own, fsync, rename, fsync of the folder.

        A file that is there already is hashed; one that is not what it was is written anew.
        """
        name = sha256(data).hexdigest()
        target = self._path(name)
        if not _is_whole(target, name):
            self._write(target, data)
        _sync_folder(target.parent)
        return name

    def _write(self, target: Path, data: bytes) -> None:
        part = self._coming / f"{token_hex(8)}.part"
        try:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o440)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(handle)
            part.replace(target)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise

    def get(self, name: str) -> bytes:
        """Return the bytes, hashed anew."""
        try:
            data = self._path(name).read_bytes()
        except FileNotFoundError:
            raise _gone(name) from None
        if sha256(data).hexdigest() != name:
            raise _altered(name)
        return data

    def check(self, name: str) -> None:
        """Return where the bytes are what they were, hashed piece by piece."""
        try:
            is_whole = _digest(self._path(name)) == name
        except FileNotFoundError:
            raise _gone(name) from None
        if not is_whole:
            raise _altered(name)

    def has(self, name: str) -> bool:
        """Whether there is a file of that name."""
        return self._path(name).exists()

    def names(self) -> Iterator[str]:
        """Yield every name in the folder, in order."""
        for folder in sorted(path for path in self._root.iterdir() if path.is_dir()):
            yield from sorted(path.name for path in folder.iterdir() if _NAME.match(path.name))

    def drop(self, name: str) -> None:
        """Destroy the bytes; nothing where they are gone already."""
        target = self._path(name)
        target.unlink(missing_ok=True)
        _sync_folder(target.parent)

    def _path(self, name: str) -> Path:
        if not _NAME.match(name):
            raise Missing("Tên tệp trong kho không đúng dạng.")
        return self._root / name[:2] / name

    def _clear_abandoned(self) -> None:
        """Remove what a process that was killed left half-written, a day ago or more."""
        for part in self._coming.glob("*.part"):
            with suppress(OSError):
                if time() - part.stat().st_mtime > _ABANDONED_SECONDS:
                    part.unlink()


def _is_whole(path: Path, name: str) -> bool:
    try:
        return _digest(path) == name
    except FileNotFoundError:
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _gone(name: str) -> Missing:
    return Missing(f"Không còn tệp {name[:12]}… trong kho.")


def _altered(name: str) -> Altered:
    return Altered(f"Tệp {name[:12]}… trong kho đã bị sửa đổi.")


def _sync_folder(folder: Path) -> None:
    """Make the folder's entries durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
