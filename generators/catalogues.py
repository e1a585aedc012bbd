"""The file ``kind.toml`` of a kind, with the catalogue that it may borrow from another kind."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

SHARED = ("sections", "lines", "totals", "relations", "texts")
_CATALOGUE_KEY = re.compile(r"^catalogue\s*=.*\n", re.MULTILINE)


class KindFault(Exception):
    """A kind's folder is not as it must be; the message lists every fault found in it."""


def stamp(folder: Path) -> tuple[int, ...]:
    """Return what changes when the kind's file does, or one that it may borrow from."""
    return tuple(path.stat().st_mtime_ns for path in sorted(folder.parent.glob("*/kind.toml")))


def read_kind_toml(folder: Path) -> dict[str, Any]:
    """Return what ``kind.toml`` says; its own lists after those of the catalogue it names."""
    raw = _read_toml(folder / "kind.toml")
    borrowed = raw.get("catalogue")
    if not borrowed:
        return raw
    other = _read_toml(folder.parent / str(borrowed) / "kind.toml")
    if "catalogue" in other:
        raise KindFault(f"{folder.name}/kind.toml: {borrowed} cũng mượn danh mục của loại khác")
    return {**raw, **{name: [*other.get(name, ()), *raw.get(name, ())] for name in SHARED}}


@lru_cache(maxsize=32)
def kin(kind_id: str, root: Path) -> tuple[str, ...]:
    """Return the ids of the kinds under `root` that have one catalogue with this one, itself first."""
    catalogues = {
        path.parent.name: str(_read_toml(path).get("catalogue", path.parent.name))
        for path in sorted(root.glob("*/kind.toml"))
    }
    own = catalogues.get(kind_id, kind_id)
    return kind_id, *(one for one, its in catalogues.items() if its == own and one != kind_id)


def frozen_toml(folder: Path) -> bytes:
    """Return the kind's ``kind.toml`` as one file that needs no other: its catalogue in it."""
    own = (folder / "kind.toml").read_bytes()
    borrowed = _read_toml(folder / "kind.toml").get("catalogue")
    if not borrowed:
        return own
    text = _CATALOGUE_KEY.sub("", own.decode("utf-8"), count=1)
    other = (folder.parent / str(borrowed) / "kind.toml").read_text(encoding="utf-8")
    return f"{text}\n{other[_first_table(other) :]}".encode()


def _first_table(text: str) -> int:
    """Where the tables of a ``kind.toml`` begin; its own keys stand before them."""
    found = re.search(r"^\[\[", text, re.MULTILINE)
    return found.start() if found else len(text)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise KindFault(f"{path.parent.name}/kind.toml: {error}") from error
