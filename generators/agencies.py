"""Who issues, signs and receives a paper, by level and day: ``doc_templates/agencies.toml``.

It is data with its legal basis; what a form or payload says always comes first.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from generators.folding import fold
from generators.model import OrgUnit
from generators.shared import until_changed

COUNCIL, DIVISION = "council", "division"
_CITY, _INNER_CITY = "thành phố", "thành phố thuộc tỉnh"
_HOLES = re.compile(r"\s*\{cấp trên\}")


class AgencyFault(Exception):
    """The file of agencies is not as it must be; the message says where."""


@dataclass(frozen=True)
class Council:
    """How a level's Ủy ban nhân dân stands on its paper; ``agency`` a line of it a line."""

    levels: tuple[str, ...]
    agency: str
    said: str
    notation: str
    collective: str
    head: str
    deputy: str
    filing: str
    basis: str
    confidence: str
    start: date = date.min
    until: date = date.max


@dataclass(frozen=True)
class Division:
    """How a division under an Ủy ban nhân dân stands on its paper."""

    names: tuple[str, ...]
    notation: str
    head: str
    deputy: str
    filing: str
    basis: str
    confidence: str
    start: date = date.min
    until: date = date.max


@dataclass(frozen=True)
class Addressees:
    """To whom a paper by a council or a division of some levels goes; () is every level."""

    by: str
    levels: tuple[str, ...]
    to: tuple[str, ...]
    basis: str
    confidence: str
    start: date = date.min
    until: date = date.max


Entry = TypeVar("Entry", Council, Division, Addressees)


@dataclass(frozen=True)
class Agencies:
    """All that is known of who issues and receives."""

    councils: tuple[Council, ...] = ()
    divisions: tuple[Division, ...] = ()
    addressees: tuple[Addressees, ...] = ()
    persons_and_events: tuple[str, ...] = ()

    def council(self, unit: OrgUnit, day: date) -> Council | None:
        """Return how the unit's Ủy ban nhân dân stood on `day`."""
        level = level_of(unit)
        return next((one for one in _holding(self.councils, day) if level in one.levels), None)

    def division(self, name: str, day: date) -> Division | None:
        """Return how the division `name` stood on `day`; its date does not matter if unique."""
        named = [one for one in self.divisions if fold(name) in map(fold, one.names)]
        return next(iter(_holding(tuple(named), day)), None) or next(iter(named), None)

    def recipients(self, by: str, unit: OrgUnit, day: date) -> tuple[str, ...]:
        """Return to whom the paper goes, by name."""
        level = level_of(unit)
        for one in _holding(self.addressees, day):
            if one.by == by and (not one.levels or level in one.levels):
                return tuple(self.filled(name, unit) for name in one.to)
        return ()

    def filled(self, text: str, unit: OrgUnit) -> str:
        """Return `text` with the names of the unit, its level and what it lies in."""
        above = _nearest_above(unit)
        text = (
            text.replace("{cấp trên}", self.unit_name(above)) if above else _HOLES.sub("", text)
        )
        return text.replace("{tên}", self.unit_name(unit.name))

    def unit_name(self, name: str) -> str:
        """Return a unit's name with the capitals of Phụ lục II mục III.1: "Phường 5"."""
        level = common_noun(name)
        own = name[len(level) :].strip()
        if level and own and (own[:1].isdigit() or own in self.persons_and_events):
            return f"{level[0].upper()}{level[1:]} {own}"
        return name

    def place_name(self, name: str) -> str:
        """Return the địa danh of a unit: its own name, the whole of it for "Phường 5"."""
        whole = self.unit_name(name)
        level = common_noun(name)
        return whole if whole[:1].isupper() or not level else name[len(level) :].strip()


LEVELS = ("phường", "xã", "đặc khu", "thị trấn", "quận", "huyện", "thị xã", "thành phố", "tỉnh")


def common_noun(name: str) -> str:
    """Return the kind of unit a name begins with, lower case; "" where it names none."""
    low = f"{name.lower()} "
    return next((level for level in LEVELS if low.startswith(f"{level} ")), "")


def level_of(unit: OrgUnit) -> str:
    """Return the unit's level; a city within a province is told from one that is none."""
    level = common_noun(unit.name)
    return _INNER_CITY if level == _CITY and unit.within else level


def _nearest_above(unit: OrgUnit) -> str:
    return unit.within[0] if unit.within else ""


def _holding(entries: tuple[Entry, ...], day: date) -> Iterator[Entry]:
    return (entry for entry in entries if entry.start <= day <= entry.until)


# ---------------------------------------------------------------- the file


@until_changed
def load_agencies(path: Path) -> Agencies:
    """Return the file read; AgencyFault with the entry that is not as it must be."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise AgencyFault(f"{path.name}: {error}") from error
    return Agencies(
        _entries(path, raw, "councils", Council),
        _entries(path, raw, "divisions", Division),
        _entries(path, raw, "addressees", Addressees),
        tuple(raw.get("persons_and_events", ())),
    )


def _entries(
    path: Path, raw: Mapping[str, Any], name: str, kind: type[Entry]
) -> tuple[Entry, ...]:
    return tuple(_entry(path, f"{name} thứ {number}", given, kind)
                 for number, given in enumerate(raw.get(name, ()), 1))  # fmt: skip


def _entry(path: Path, where: str, given: Mapping[str, Any], kind: type[Entry]) -> Entry:
    known = {field.name for field in fields(kind)}
    named = {"start" if key == "from" else key: value for key, value in given.items()}
    if unknown := sorted(set(named) - known):
        raise AgencyFault(f"{path.name}, {where}: không biết khóa {', '.join(unknown)}")
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in named.items()
    }
    try:
        return kind(**values)
    except TypeError as error:
        raise AgencyFault(f"{path.name}, {where}: thiếu khóa ({error})") from error
