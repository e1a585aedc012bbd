"""The command that begins a unit's next report: its form, filled from what was issued."""

from __future__ import annotations

from pathlib import Path

import click

from archive.beginning import next_form
from commands.files import write_file
from commands.shelf import opened_archive
from commands.speaking import SpokenCommand, kind_named, leave
from generators.model import OrgUnit
from generators.periods import PERIOD_ID


@click.command(
    "form", cls=SpokenCommand,
    help="Ghi biểu của kỳ PERIOD, điền sẵn tên dòng, kế hoạch và số cùng kỳ từ các báo cáo đã ban hành.",
)  # fmt: skip
@click.argument("kind_id", metavar="KIND")
@click.argument("period_id", metavar="PERIOD")
@click.option("--unit", required=True, help="Đơn vị báo cáo, ví dụ «phường Phúc Lợi».")
@click.option("--within", multiple=True, help="Thuộc; cấp gần nhất trước, dùng được nhiều lần.")
@click.option("-o", "--output", "target", required=True, type=click.Path(path_type=Path),
              metavar="FORM.xlsx", help="Tệp Excel sẽ ghi.")  # fmt: skip
def write_next_form(
    kind_id: str, period_id: str, unit: str, within: tuple[str, ...], target: Path
) -> None:
    """Write the form of a unit's next report."""
    kind = kind_named(kind_id)
    if not PERIOD_ID.match(period_id) or period_id[4:] not in kind.periods:
        known = ", ".join(f"2026{part}" for part in kind.periods)
        leave(f"«{kind.title}» không lập cho kỳ «{period_id}»; kỳ ghi như: {known}.")
    with opened_archive() as archive:
        write_file(target, next_form(archive, kind, period_id, OrgUnit(unit, within)))
    click.echo(f"Đã ghi biểu: {target}")


COMMANDS = (write_next_form,)
