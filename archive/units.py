"""Units that were renamed, merged, divided or ended, and what they became: data with its legal basis."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from archive.records import ArchiveFault
from archive.series import unit_key
from generators.model import OrgUnit
from generators.shared import until_changed

UNITS = Path(__file__).resolve().parent / "units.toml"
RENAMED, MERGED, DIVIDED, ENDED = "renamed", "merged", "divided", "ended"
_HOW = (RENAMED, MERGED, DIVIDED, ENDED)
_NEEDS = ("name", "until", "how", "basis")
_KEYS = (*_NEEDS, "within", "into")

Entry = Mapping[str, Any]


class UnitFault(ArchiveFault):
    """The file of former units is not as it must be; the message lists every fault found in it."""


@dataclass(frozen=True, slots=True)
class Former:
    """A unit as it was up to and with the day ``until``, what became of it, and by what law.

    ``how`` is renamed (the same area under another name or superior), merged, divided or
    ended; ``into`` is None where it ended.
    """

    unit: OrgUnit
    until: date
    how: str
    into: OrgUnit | None
    basis: str


def predecessors(
    name: str, within: Sequence[str] = (), path: Path = UNITS, own: Path | None = None
) -> tuple[Former, ...]:
    """Return the units that became this one, or part of it; UnitFault where a file is wrong.

    `own` is a file beside the one of the program, which no upgrade touches (known_units).
    """
    key = key_of(OrgUnit(name, tuple(within)))
    return tuple(one for one in known_units(path, own) if one.into and key_of(one.into) == key)


def known_units(path: Path, own: Path | None = None) -> tuple[Former, ...]:
    """Return the former units of `path`, and those of `own` where it is there.

    An entry of `own` stands in the place of one for the same unit and day.
    """
    local = load_units(own) if own and own.exists() else ()
    replaced = {(key_of(one.unit), one.until) for one in local}
    others = (one for one in load_units(path) if (key_of(one.unit), one.until) not in replaced)
    return (*local, *others)


def successor(name: str, within: Sequence[str] = (), path: Path = UNITS) -> Former | None:
    """Return what the unit became, the last that is known of it; None where nothing is.

    Of a unit that was divided this is the first of the units that it was divided among.
    """
    key = key_of(OrgUnit(name, tuple(within)))
    found = [one for one in load_units(path) if key_of(one.unit) == key]
    return max(found, key=lambda one: one.until, default=None)


def key_of(unit: OrgUnit) -> str:
    """Return what units are compared by, with what they lie in."""
    return unit_key(" ".join((unit.name, *unit.within)))


# ---------------------------------------------------------------- reading the file


@until_changed
def load_units(path: Path) -> tuple[Former, ...]:
    """Return the former units of the file at `path`; raise UnitFault with every fault in it."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnitFault(f"{path.name}: {error}") from error
    faults = [f"không biết khóa {key}" for key in sorted(set(raw) - {"units"})]
    units: list[Former] = []
    for number, entry in enumerate(_entries(raw, faults), 1):
        own = [f"mục {number}: {fault}" for fault in _faults(entry)]
        faults += own
        units += [] if own else [_former(entry)]
    faults += _contradictions(units)
    if faults:
        raise UnitFault("\n".join(f"{path.name}: {fault}" for fault in faults))
    return tuple(units)


def _entries(raw: Entry, faults: list[str]) -> list[Entry]:
    entries = raw.get("units", [])
    if isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries):
        return entries
    faults.append("units phải là các mục [[units]]")
    return []


def _former(entry: Entry) -> Former:
    into = entry.get("into")
    return Former(_unit(entry), entry["until"], entry["how"], _unit(into) if into else None,
                  entry["basis"])  # fmt: skip


def _unit(entry: Entry) -> OrgUnit:
    return OrgUnit(entry["name"], tuple(entry.get("within", ())))


def _faults(entry: Entry) -> Iterator[str]:
    yield from (f"không biết khóa {key}" for key in sorted(set(entry) - set(_KEYS)))
    yield from (f"thiếu {key}" for key in _NEEDS if not entry.get(key))
    yield from _unit_faults(entry, "")
    if "until" in entry and type(entry["until"]) is not date:
        yield "until phải là một ngày, ví dụ 2025-06-30"
    for key in ("how", "basis"):
        if not isinstance(entry.get(key, ""), str):
            yield f"{key} phải là chữ"
    if entry.get("how") and entry["how"] not in _HOW:
        yield f"how phải là một trong: {', '.join(_HOW)}"
    yield from _into_faults(entry)


def _into_faults(entry: Entry) -> Iterator[str]:
    into = entry.get("into")
    if (entry.get("how") == ENDED) == (into is not None):
        yield (
            "into phải có, trừ khi how là ended"
            if into is None
            else "how là ended thì không có into"
        )
    elif isinstance(into, dict):
        yield from (
            f"into: không biết khóa {key}" for key in sorted(set(into) - {"name", "within"})
        )
        yield from _unit_faults(into, "into: ") if into.get("name") else ("into: thiếu name",)
    elif into is not None:
        yield "into phải có dạng { name = …, within = […] }"


def _unit_faults(entry: Entry, lead: str) -> Iterator[str]:
    within = entry.get("within", [])
    if not isinstance(entry.get("name", ""), str):
        yield f"{lead}name phải là chữ"
    if not isinstance(within, list) or not all(isinstance(one, str) and one for one in within):
        yield f"{lead}within phải là danh sách tên"


def _contradictions(units: Sequence[Former]) -> Iterator[str]:
    """What two entries cannot say together."""
    for number, one in enumerate(units):
        others = [other for other in units[:number] if one.until == other.until]
        for other in others:
            same_unit = key_of(one.unit) == key_of(other.unit)
            if same_unit and not one.how == other.how == DIVIDED:
                yield f"{one.unit.name} có hai mục cùng ngày {one.until:%d/%m/%Y}"
            elif _same(one.into, other.into) and RENAMED in (one.how, other.how):
                yield (f"{one.into.name if one.into else ''}: how là renamed nhưng có hai đơn vị "
                       "cùng trở thành nó")  # fmt: skip


def _same(one: OrgUnit | None, other: OrgUnit | None) -> bool:
    return bool(one and other) and key_of(one or OrgUnit("")) == key_of(other or OrgUnit(""))
