"""The dated data that all kinds share, in files beside their folders: norms, terms, agencies."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import TypeVar

NORMS, TERMS, AGENCIES = "norms.toml", "terms.toml", "agencies.toml"
SHARED = (NORMS, TERMS, AGENCIES)
Loaded = TypeVar("Loaded")


def shared_file(name: str, root: Path, own: Path) -> Path:
    """Return the file of that name in `root`, or where `root` has none, the one in `own`."""
    path = root / name
    return path if path.exists() else own / name


def until_changed(load: Callable[[Path], Loaded]) -> Callable[[Path], Loaded]:
    """Read a file once, and again when it has changed: what is frozen is then what was used."""

    @lru_cache(maxsize=8)
    def kept(path: Path, changed: int) -> Loaded:
        return load(path)

    @wraps(load)
    def loaded(path: Path) -> Loaded:
        return kept(path, path.stat().st_mtime_ns if path.exists() else 0)

    return loaded
