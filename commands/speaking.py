"""How every command speaks: Vietnamese, UTF-8, three exit codes."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

import click
from flask.cli import ScriptInfo

from generators.kinds import ReportKind, list_kinds, load_kind
from generators.model import ERROR, Acknowledgement, Finding
from generators.pipeline import KINDS, Examined
from web.telling import group_findings, say_gate

STOPPED, UNREADABLE = 1, 2
_HOW_TO_ACKNOWLEDGE = (
    'Nếu số liệu đúng, thêm --by "Họ tên" và --accept "MÃ=LÝ DO" cho từng điều, hoặc ghi mã và lý '
    'do vào trang «Xác nhận» của biểu rồi thêm --by "Họ tên".'
)


class SpokenCommand(click.Command):
    """A command whose complaints about usage are Vietnamese, and whose output is UTF-8."""

    def make_context(
        self, info_name: Any, args: list[str], parent: Any = None, **extra: Any
    ) -> click.Context:
        """Read the arguments."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="replace")
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            leave(f"{_said_usage(error)} Xem cách dùng: flask --app service {info_name} --help")

    def invoke(self, ctx: click.Context) -> Any:
        """Run inside the application, whose settings bound what is read."""
        with ctx.ensure_object(ScriptInfo).load_app().app_context():
            return super().invoke(ctx)


def leave(message: str) -> NoReturn:
    """End with exit code 2, saying why."""
    click.echo(message, err=True)
    raise click.exceptions.Exit(UNREADABLE)


def kind_named(kind_id: str) -> ReportKind:
    """Return the kind with this id, or end with exit code 2."""
    known = list_kinds(KINDS)
    if kind_id not in known:
        leave(f"Không có loại báo cáo «{kind_id}». Hãy dùng một trong: {', '.join(known)}.")
    return load_kind(KINDS / kind_id)


def exit_code(examined: Examined) -> int:
    """Return 0 for fine, 1 for findings that stop the report, 2 for what cannot be read."""
    unknown = any(finding.code == "kind.unknown" for finding in examined.findings)
    if examined.unreadable or unknown:
        return UNREADABLE
    return STOPPED if examined.stopped else 0


def stop_on(findings: tuple[Finding, ...], *, unreadable: bool) -> None:
    """Tell `findings` and end where one of them is an error."""
    tell_findings(findings, err=True)
    if any(finding.severity == ERROR for finding in findings):
        sys.exit(UNREADABLE if unreadable else STOPPED)


def tell_findings(
    findings: Iterable[Finding], acknowledged: Iterable[Acknowledgement] = (), *, err: bool
) -> None:
    """Tell findings by sheet, each with what to do and the id it is acknowledged by."""
    for group in group_findings(findings, acknowledged):
        click.echo(f"\n{group.title}", err=err)
        for placed in group.findings:
            head = ": ".join(filter(None, (placed.place, placed.weight)))
            click.echo(f"  {head} (mã {placed.finding.id})", err=err)
            click.echo(f"    {placed.finding.message}\n    {placed.finding.remedy}", err=err)


def tell_gate(examined: Examined, *, err: bool) -> None:
    """Tell what keeps a report from being issued, and how it is acknowledged."""
    if said := say_gate(examined):
        click.echo(f"\n{said}\n{_HOW_TO_ACKNOWLEDGE}", err=err)


def _said_usage(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return (
            f"Thiếu {error.param.make_metavar(error.ctx) if error.ctx else error.param.name}."
        )
    if isinstance(error, click.NoSuchOption):
        return f"Không có tùy chọn {error.option_name}."
    return "Cách gõ lệnh chưa đúng."
