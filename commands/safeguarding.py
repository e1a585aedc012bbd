"""The commands for the archive as a whole: inspect, rebuild, export, back up, restore."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archive.backup import backup, restore
from archive.bags import export_bag
from archive.inspection import inspect
from archive.rebuilding import rebuild
from commands.shelf import opened_archive, place, said_faults
from commands.speaking import SpokenCommand

_path = click.Path(path_type=Path)
_id_argument = click.argument("report_id", metavar="ID")


@click.command(
    "inspect", cls=SpokenCommand,
    help="Băm lại mọi tệp, đối chiếu hồ sơ với nhật ký. Mã thoát: 0 nguyên vẹn, 1 có sai, 2 không rõ.",
)  # fmt: skip
def tell_inspection() -> None:
    """Tell what is wrong with the archive."""
    with opened_archive() as archive:
        found = inspect(archive)
    for told in (*(answer.said for answer in found.amiss), *found.records, *found.breaks):
        click.echo(told)
    for name in found.orphans:
        click.echo(f"Tệp {name} không thuộc báo cáo nào; vô hại.")
    if found.unlisted:
        click.echo(f"Không kể được các tệp trong kho ({found.unlisted}).")
    click.echo(found.summary)
    sys.exit(found.exit_code)


@click.command(
    "rebuild",
    cls=SpokenCommand,
    help="Lập lại báo cáo ID từ bản đã lưu và so với văn bản đã lưu. Mã thoát: 0 giống, 1 khác, 2 không rõ.",
)
@_id_argument
def tell_rebuilding(report_id: str) -> None:
    """Tell whether the document made anew is the one kept."""
    with opened_archive() as archive:
        found = rebuild(archive, report_id)
    click.echo(found.said)
    sys.exit(found.exit_code)


@click.command(
    "export", cls=SpokenCommand, help="Đóng gói các báo cáo ID theo chuẩn BagIt để bàn giao."
)
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--bagit", "target", required=True, type=_path, metavar="DIR", help="Thư mục mới."
)
def write_bag(ids: tuple[str, ...], target: Path) -> None:
    """Write a bag of reports."""
    with opened_archive() as archive:
        export_bag(archive, ids, target)
    click.echo(f"Đã đóng gói: {target}")


# ---------------------------------------------------------------- backup


@click.command("backup", cls=SpokenCommand, help="Sao lưu toàn kho vào thư mục mới DIR.")
@click.argument("target", metavar="DIR", type=_path)
def write_backup(target: Path) -> None:
    """Back the archive up while it is in use."""
    with opened_archive() as archive:
        facts = backup(archive, target)
    click.echo(f"Đã sao lưu vào {target}: {facts.rows['reports']} báo cáo, {facts.files} tệp, "
               f"{facts.entries} bút toán nhật ký.")  # fmt: skip


@click.command("restore", cls=SpokenCommand, help="Phục hồi kho từ bản sao lưu DIR.")
@click.argument("source", metavar="DIR", type=_path)
def restore_backup(source: Path) -> None:
    """Bring a backup back."""
    with said_faults():
        facts = restore(source, *place())
    click.echo(f"Đã phục hồi từ {source}: {facts.rows['reports']} báo cáo, {facts.files} tệp.")


COMMANDS = (tell_inspection, tell_rebuilding, write_bag, write_backup, restore_backup)
