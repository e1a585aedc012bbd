"""The command that holds a Word file against the form of the decree."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from commands.files import read_file
from commands.speaking import STOPPED, UNREADABLE, SpokenCommand
from generators.gate import SEVERITIES
from generators.wire import to_json
from lint.sheet import FORMS, OFFICIAL


@click.command(
    "lint", cls=SpokenCommand,
    help="Soát thể thức một văn bản Word theo Nghị định 30/2020/NĐ-CP; tệp không bị sửa.",
)  # fmt: skip
@click.argument("path", metavar="FILE.docx", type=click.Path(path_type=Path))
@click.option("--form", "form", type=click.Choice(FORMS), default=OFFICIAL, show_default=True,
              help="nd30: văn bản hành chính; ban-tin: không có số, không có người ký.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="In ra dạng JSON.")
def tell_lint(path: Path, form: str, as_json: bool) -> None:
    """Tell what a file does against the form: 0 nothing, 1 something, 2 it cannot be opened."""
    from lint.checking import is_unreadable, lint
    from lint.record import lint_record

    findings = lint(read_file(path), form)
    if is_unreadable(findings):
        click.echo(f"{findings[0].message} {findings[0].remedy}", err=True)
        sys.exit(UNREADABLE)
    if as_json:
        click.echo(to_json(lint_record(form, findings), indent=2))
    else:
        click.echo(f"{path.name}: có {len(findings)} điều về thể thức." if findings
                   else f"{path.name}: đúng thể thức.")  # fmt: skip
        for one in findings:
            click.echo(
                f"\n  {one.where}\n    {SEVERITIES[one.severity].capitalize()} ({one.code})"
            )
            click.echo(f"    {one.message}\n    {one.remedy}")
    sys.exit(STOPPED if findings else 0)


COMMANDS = (tell_lint,)
