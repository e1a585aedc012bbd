"""The command that takes an archive from an older program's tables to this one's."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from archive.upgrading import upgrade
from commands.shelf import place, said_faults
from commands.speaking import SpokenCommand


@click.command(
    "upgrade", cls=SpokenCommand,
    help="Sau khi đổi phiên bản phần mềm: sao lưu, nâng cấp bảng của kho, kiểm tra.",
)  # fmt: skip
@click.option("--backup", "target", type=click.Path(path_type=Path), metavar="DIR",
              help="Thư mục mới cho bản sao lưu.")  # fmt: skip
def upgrade_all(target: Path | None) -> None:
    """Tell each step, and how to go back."""
    folder, url = place()
    moment = datetime.now(UTC)
    target = target or folder / "backups" / f"{moment:%Y%m%dT%H%M%SZ}"
    with said_faults():
        done = upgrade(folder, url, target, click.echo)
    if done is None:
        click.echo("Kho lưu trữ đã ở dạng mới nhất.")
        return
    click.echo(done.inspection.summary)
    click.echo(
        f"Đã nâng cấp kho lưu trữ. Muốn quay lại: cài phiên bản {done.facts.program} của phần mềm, rồi "
        f"phục hồi bản sao lưu vào một kho trống: flask --app service archive restore {target}"
    )
    sys.exit(done.inspection.exit_code)
