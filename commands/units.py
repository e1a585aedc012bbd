"""The commands for the tree of units and their deadlines."""

from __future__ import annotations

import re
from datetime import date

import click

from access.deadlines import deadlines, set_deadline
from access.units import (
    add_unit,
    all_units,
    move_unit,
    rename_unit,
    unit_called,
    units_unplaced,
)
from commands.access import at_the_machine
from commands.shelf import opened_archive
from commands.speaking import SpokenCommand, kind_named, leave

_unit_argument = click.argument("unit", metavar="UNIT")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


@click.group(
    "unit", help="Cây đơn vị: thêm, chuyển, đổi tên. Báo cáo thuộc đơn vị theo tên và cấp trên."
)
def tend_units() -> None:
    """Gather what one does with units."""


@tend_units.command("add", cls=SpokenCommand, help="Thêm đơn vị NAME.")
@click.argument("name", metavar="NAME")
@click.option("--parent", default="", metavar="UNIT", help="Đơn vị cấp trên đã có trong cây.")
@click.option("--within", multiple=True, metavar="NAME",
              help="Cấp trên không có trong cây, gần trước xa sau; dùng được nhiều lần.")  # fmt: skip
def add(name: str, parent: str, within: tuple[str, ...]) -> None:
    """Add a unit."""
    if parent and within:
        leave("Chỉ dùng một trong --parent và --within.")
    with opened_archive() as archive, archive.database.writing() as connection:
        above = unit_called(connection, parent) if parent else None
        unit = add_unit(connection, name, at_the_machine(), above, within)
    click.echo(f"Đã thêm {unit.full_name}.")


@tend_units.command(
    "move", cls=SpokenCommand, help="Chuyển UNIT và mọi đơn vị bên dưới vào đơn vị khác."
)
@_unit_argument
@click.option("--parent", required=True, metavar="UNIT", help="Đơn vị cấp trên mới.")
def move(unit: str, parent: str) -> None:
    """Move a unit."""
    with opened_archive() as archive, archive.database.writing() as connection:
        moved = move_unit(connection, unit_called(connection, unit), unit_called(connection, parent),
                          at_the_machine())  # fmt: skip
    click.echo(f"Nay là {moved.full_name}.")


@tend_units.command(
    "rename", cls=SpokenCommand, help="Đổi tên UNIT thành NAME; báo cáo cũ vẫn của đơn vị."
)
@_unit_argument
@click.argument("name", metavar="NAME")
def rename(unit: str, name: str) -> None:
    """Rename a unit."""
    with opened_archive() as archive, archive.database.writing() as connection:
        renamed = rename_unit(connection, unit_called(connection, unit), name, at_the_machine())
    click.echo(f"Nay là {renamed.full_name}.")


@tend_units.command(
    "list", cls=SpokenCommand, help="Kể cây đơn vị, và đơn vị có báo cáo mà chưa có trong cây."
)
def list_units() -> None:
    """Tell the tree, and which reports nobody sees because their unit is not in it."""
    with opened_archive() as archive, archive.database.reading() as connection:
        units, unplaced = all_units(connection), units_unplaced(connection)
    for unit in units:
        above = f" ({', '.join(unit.within)})" if unit.within and not unit.depth else ""
        click.echo("  " * unit.depth + unit.name + above)
    for name in unplaced:
        click.echo(f"Có báo cáo nhưng chưa có trong cây: {name}", err=True)


# ---------------------------------------------------------------- deadlines


@click.group("deadline", help="Hạn nộp báo cáo theo kỳ và đơn vị.")
def tend_deadlines() -> None:
    """Gather what one does with deadlines."""


@tend_deadlines.command(
    "set", cls=SpokenCommand, help="Đặt hạn nộp kỳ PERIOD cho UNIT và mọi đơn vị bên dưới."
)
@_unit_argument
@click.argument("period", metavar="PERIOD")
@click.argument("day", metavar="DAY")
@click.option("--kind", "kind_id", default="ban-tin-6-thang", show_default=True, metavar="KIND",
              help="Loại báo cáo.")  # fmt: skip
def set_one(unit: str, period: str, day: str, kind_id: str) -> None:
    """Set a deadline, or take it away where the day is "-"."""
    due, kind = None if day == "-" else _day(day), kind_named(kind_id)
    with opened_archive() as archive, archive.database.writing() as connection:
        where = unit_called(connection, unit)
        set_deadline(connection, where, kind.id, period, due, at_the_machine())
    told = f"hạn nộp kỳ {period} là {due:%d/%m/%Y}" if due else f"kỳ {period} thôi có hạn riêng"
    click.echo(f"{where.full_name}: {told}.")


def _day(typed: str) -> date:
    found = _DAY.fullmatch(typed.strip())
    try:
        day, month, year = map(int, found.groups() if found else ())
        return date(year, month, day)
    except ValueError:
        leave(f"«{typed}» không phải là ngày. Hãy ghi như 15/07/2026, hoặc - để bỏ hạn.")


@tend_deadlines.command("list", cls=SpokenCommand, help="Kể các hạn nộp đã đặt.")
def list_deadlines() -> None:
    """Tell every deadline that was set, a line each."""
    with opened_archive() as archive, archive.database.reading() as connection:
        found = deadlines(connection)
    for one in found:
        click.echo("\t".join((one.period, one.kind, one.unit, f"{one.due:%d/%m/%Y}")))


COMMANDS = (tend_units, tend_deadlines)
