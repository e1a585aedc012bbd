"""Units form a tree: who has a right at one has it at all below it, and nowhere else.

A report belongs to the unit that has, or once had, the name and place it tells of itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Select, false, insert, or_, select, update

from access.faults import AccessFault
from archive import audit
from archive.admission import required
from archive.series import unit_key
from archive.tables import REPORTS, SERIES
from archive.tables_access import UNITNAMES, UNITS

_DEEPEST = 8  # levels, the country's three and some


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its name, what it lies in (nearest first), its place in the tree."""

    id: str
    name: str
    within: tuple[str, ...]
    parent: str
    path: str

    @property
    def full_name(self) -> str:
        """The name with what it lies in: "phường Phúc Lợi, quận Long Biên, thành phố Hà Nội"."""
        return ", ".join((self.name, *self.within))

    @property
    def key(self) -> str:
        """What the reports of this unit are known by."""
        return key_of(self.name, self.within)

    @property
    def depth(self) -> int:
        """How far below its root it lies; 0 for a root."""
        return self.path.count(".") - 1


def key_of(name: str, within: Iterable[str]) -> str:
    """Return what a report's unit is known by."""
    return unit_key(" ".join((name, *within)))


# ---------------------------------------------------------------- changing the tree


def add_unit(
    connection: Connection,
    name: str,
    by: str,
    parent: Unit | None = None,
    within: Sequence[str] = (),
) -> Unit:
    """Add a unit below `parent`, or a root that lies `within` units nobody here has; return it."""
    id_ = uuid4().hex
    above = (parent.name, *parent.within) if parent else tuple(within)
    told = tuple(required("within", one) for one in above)
    unit = Unit(id_, required("unit", name), told, parent.id if parent else "",
                f"{parent.path if parent else ''}{id_}.")  # fmt: skip
    if unit.depth >= _DEEPEST:
        raise AccessFault(f"Cây đơn vị sâu nhất {_DEEPEST} cấp.")
    connection.execute(insert(UNITS).values(_row(unit)))
    _know_by(connection, unit)
    audit.append(connection, by, "unit.add", "", {"unit": unit.full_name, "id": id_})
    return unit


def rename_unit(connection: Connection, unit: Unit, name: str, by: str) -> Unit:
    """Give a unit another name; reports under the old one stay its own."""
    renamed = replace(unit, name=required("unit", name))
    return _change(connection, unit, renamed, "unit.rename", by)


def move_unit(connection: Connection, unit: Unit, parent: Unit, by: str) -> Unit:
    """Put a unit, with all below it, under another; its earlier reports stay its own."""
    if parent.path.startswith(unit.path):
        raise AccessFault(f"«{parent.name}» nằm trong «{unit.name}», không chuyển vào đó được.")
    moved = replace(unit, within=(parent.name, *parent.within), parent=parent.id,
                    path=f"{parent.path}{unit.id}.")  # fmt: skip
    return _change(connection, unit, moved, "unit.move", by)


def _change(connection: Connection, unit: Unit, changed: Unit, act: str, by: str) -> Unit:
    """Enter a unit as it is now, and what lies below it after it."""
    now = {unit.id: changed}
    for one in units_below(connection, [unit.path]):
        if one.id != unit.id:
            above = now[one.parent]
            now[one.id] = replace(one, within=(above.name, *above.within),
                                  path=f"{above.path}{one.id}.")  # fmt: skip
    if max(one.depth for one in now.values()) >= _DEEPEST:
        raise AccessFault(f"Cây đơn vị sâu nhất {_DEEPEST} cấp.")
    for one in now.values():
        connection.execute(update(UNITS).where(UNITS.c.id == one.id).values(_row(one)))
        _know_by(connection, one)
    told = {"id": unit.id, "before": unit.full_name, "after": changed.full_name}
    audit.append(connection, by, act, "", told)
    return changed


def _know_by(connection: Connection, unit: Unit) -> None:
    """Note a name of the unit; a name is of one unit only, also when it is no longer borne."""
    query = select(UNITNAMES.c.unit_id).where(UNITNAMES.c.key == unit.key)
    owner = connection.execute(query).scalar()
    if owner is None:
        connection.execute(insert(UNITNAMES).values(key=unit.key, unit_id=unit.id))
    elif owner != unit.id:
        raise AccessFault(f"Đã có đơn vị «{unit.full_name}», hoặc có đơn vị từng mang tên ấy.")


def _row(unit: Unit) -> dict[str, Any]:
    within = json.dumps(unit.within, ensure_ascii=False)
    return {"id": unit.id, "parent": unit.parent, "path": unit.path, "name": unit.name,
            "within": within}  # fmt: skip


# ---------------------------------------------------------------- finding units


def unit_at(connection: Connection, unit_id: str) -> Unit | None:
    """Return the unit with this id."""
    row = connection.execute(select(UNITS).where(UNITS.c.id == unit_id)).first()
    return _unit(row) if row else None


def unit_of(connection: Connection, key: str) -> Unit | None:
    """Return the unit that has or once had the name with this key."""
    query = select(UNITS).join(UNITNAMES, UNITNAMES.c.unit_id == UNITS.c.id)
    row = connection.execute(query.where(UNITNAMES.c.key == key)).first()
    return _unit(row) if row else None


def unit_of_report(connection: Connection, report_id: str) -> Unit | None:
    """Return the unit whose report this is; None for no such report, or a unit not in the tree."""
    query = (
        select(UNITS).join(UNITNAMES, UNITNAMES.c.unit_id == UNITS.c.id)
        .join(SERIES, SERIES.c.unit_key == UNITNAMES.c.key)
        .join(REPORTS, REPORTS.c.series_id == SERIES.c.id).where(REPORTS.c.id == report_id)
    )  # fmt: skip
    row = connection.execute(query).first()
    return _unit(row) if row else None


def unit_called(connection: Connection, typed: str) -> Unit:
    """Return the one unit that is meant by a name, a name with what it lies in, or an id.

    AccessFault where there is none, or several.
    """
    parts = [part.strip() for part in typed.split(",") if part.strip()] or [""]
    known = unit_of(connection, key_of(parts[0], parts[1:])) or unit_at(connection, typed)
    if known:
        return known
    name = required("unit", parts[0])
    rows = connection.execute(select(UNITS).where(UNITS.c.name == name).limit(6))
    found = [_unit(row) for row in rows]
    if len(found) == 1 and len(parts) == 1:
        return found[0]
    if not found or len(parts) > 1:
        raise AccessFault(f"Không có đơn vị «{typed}». Xem: flask --app service unit list")
    several = "; ".join(one.full_name for one in found)
    raise AccessFault(f"Có nhiều đơn vị «{typed}»: {several}. Hãy ghi rõ cả đơn vị cấp trên.")


def units_below(connection: Connection, paths: Iterable[str]) -> list[Unit]:
    """Return the units at these paths and all below them, each after what it lies in."""
    query = select(UNITS).where(_is_below(paths)).order_by(UNITS.c.path)
    return [_unit(row) for row in connection.execute(query)]


def all_units(connection: Connection) -> list[Unit]:
    """Return every unit, by name among those that lie in the same one."""
    units = [_unit(row) for row in connection.execute(select(UNITS))]
    names = {one.id: one.name for one in units}
    return sorted(units, key=lambda one: [names[id_] for id_ in one.path.split(".") if id_])


def units_unplaced(connection: Connection) -> list[str]:
    """Return the units of reports whose name no unit in the tree has: nobody sees those reports."""
    known = select(UNITNAMES.c.key)
    rows = connection.execute(
        select(REPORTS.c.unit, REPORTS.c.within).distinct()
        .join(SERIES, SERIES.c.id == REPORTS.c.series_id).where(SERIES.c.unit_key.not_in(known))
    )  # fmt: skip
    return sorted(", ".join((row.unit, *json.loads(row.within))) for row in rows)


def keys_below(paths: Iterable[str]) -> Select[Any]:
    """Return the query of the keys of all reports' units at these paths and below them."""
    below = select(UNITS.c.id).where(_is_below(paths))
    return select(UNITNAMES.c.key).where(UNITNAMES.c.unit_id.in_(below))


def units_by_key(connection: Connection, paths: Iterable[str]) -> dict[str, str]:
    """Return the ids of the units at these paths and below them, by each name they have or had."""
    query = select(UNITNAMES).join(UNITS, UNITNAMES.c.unit_id == UNITS.c.id)
    return {row.key: row.unit_id for row in connection.execute(query.where(_is_below(paths)))}


def _is_below(paths: Iterable[str]) -> Any:
    return or_(false(), *(UNITS.c.path.startswith(path, autoescape=True) for path in paths))


def _unit(row: Any) -> Unit:
    return Unit(row.id, row.name, tuple(json.loads(row.within)), row.parent, row.path)
