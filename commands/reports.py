"""The commands of the path: generate, check, form, table, kinds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click

from commands.files import read_file, read_source, write_file
from commands.papers import FORMATS, as_asked, ask_format
from commands.shelf import examine_here
from commands.speaking import (
    SpokenCommand,
    exit_code,
    kind_named,
    leave,
    stop_on,
    tell_findings,
    tell_gate,
)
from generators.explaining import say_figure
from generators.gate import say_counts
from generators.kinds import list_kinds, load_kind
from generators.model import Raw
from generators.pipeline import (
    KINDS,
    Examined,
    generate,
    generate_draft,
    make_form,
    make_table,
    read_input,
)
from generators.wire import check_record, to_json

_kind_option = click.option(
    "--kind", "kind_id", default="", metavar="KIND", help="Loại báo cáo, nếu tệp không ghi."
)
_by_option = click.option(
    "--by", default="", metavar="NAME", help="Họ tên người xác nhận những điều nên xem lại."
)
_accept_option = click.option(
    "--accept", "accepted", multiple=True, metavar="ID=REASON",
    help="Xác nhận điều mang mã ID với lý do REASON; dùng được nhiều lần.",
)  # fmt: skip
_source_argument = click.argument(
    "path", metavar="INPUT", type=click.Path(path_type=Path, allow_dash=False)
)
_output_path = click.Path(path_type=Path)


@click.command(
    "generate", cls=SpokenCommand, help="Lập báo cáo Word từ biểu Excel hoặc tệp JSON INPUT."
)
@_source_argument
@click.option("-o", "--output", "target", required=True, type=_output_path,
              metavar="OUT.docx", help="Tệp Word (.docx) hoặc PDF (.pdf) sẽ ghi.")  # fmt: skip
@_kind_option
@click.option("--format", "form", type=click.Choice(FORMATS), expose_value=False,
              callback=ask_format, help="docx hoặc pdf; không ghi thì theo tên tệp.")  # fmt: skip
@click.option("--draft", is_flag=True, help="Lập bản dự thảo, kể cả khi còn điều phải sửa.")
@_by_option
@_accept_option
def write_report(
    path: Path, target: Path, kind_id: str, draft: bool, by: str, accepted: tuple[str, ...]
) -> None:
    """Write the report or its draft, or tell what stops it and write nothing."""
    examined = examine_here(read_source(path, kind_id, by, accepted))
    if draft and examined.data is not None:
        _write_draft(examined, target, path)
    else:
        _write_report(examined, target, path)


def _write_report(examined: Examined, target: Path, source: Path) -> NoReturn:
    if examined.stopped:
        click.echo(f"Chưa lập được báo cáo: có {say_counts(examined.findings)}.", err=True)
    elif examined.findings:
        click.echo(f"Có {say_counts(examined.findings)}.", err=True)
    tell_findings(examined.findings, examined.acknowledged, err=True)
    tell_gate(examined, err=True)
    if not examined.stopped:
        write_file(target, as_asked(generate(examined), target), source)
        click.echo(f"Đã lập báo cáo: {target}")
    sys.exit(exit_code(examined))


def _write_draft(examined: Examined, target: Path, source: Path) -> None:
    if examined.findings:
        click.echo(f"Có {say_counts(examined.findings)}.", err=True)
    tell_findings(examined.findings, examined.acknowledged, err=True)
    write_file(target, as_asked(generate_draft(examined), target), source)
    click.echo(f"Đã lập bản dự thảo: {target}")


@click.command(
    "check", cls=SpokenCommand, help="Kiểm tra INPUT: các số tính được, điều cần sửa."
)
@_source_argument
@click.option("--json", "as_json", is_flag=True, help="In ra dạng JSON.")
@_kind_option
@_by_option
@_accept_option
def tell_check(
    path: Path, as_json: bool, kind_id: str, by: str, accepted: tuple[str, ...]
) -> None:
    """Tell all figures and findings."""
    examined = examine_here(read_source(path, kind_id, by, accepted))
    if as_json:
        click.echo(to_json(check_record(examined), indent=2))
    else:
        for figure in examined.figures.values():
            click.echo(f"{figure.label}: {say_figure(figure)}")
        click.echo(f"\nKết quả kiểm tra: {say_counts(examined.findings) or 'số liệu khớp'}.")
        tell_findings(examined.findings, examined.acknowledged, err=False)
        tell_gate(examined, err=False)
    sys.exit(exit_code(examined))


@click.command("form", cls=SpokenCommand, help="Ghi biểu Excel của loại báo cáo KIND để điền.")
@click.argument("kind_id", metavar="KIND")
@click.option("-o", "--output", "target", required=True, type=_output_path,
              metavar="FORM.xlsx", help="Tệp Excel sẽ ghi.")  # fmt: skip
@click.option("--fill", "source", type=_output_path, metavar="INPUT",
              help="Điền sẵn số liệu từ biểu hoặc tệp JSON này.")  # fmt: skip
def write_blank(kind_id: str, target: Path, source: Path | None) -> None:
    """Write the form, blank or filled from a source."""
    kind = kind_named(kind_id)
    raw = None
    if source:
        raw = read_input(read_file(source))
        stop_on(raw.findings, unreadable=not raw.root.fields)
        named = raw.root.fields.get("kind")
        if isinstance(named, Raw) and named.value != kind.id:
            leave(f"Tệp {source} là loại báo cáo «{named.value}», không phải «{kind.id}».")
    write_file(target, make_form(kind, raw), source)
    click.echo(f"Đã ghi biểu: {target}")


@click.command("kinds", cls=SpokenCommand, help="Kể các loại báo cáo.")
def tell_kinds() -> None:
    """Tell the kinds of report."""
    for kind_id in list_kinds(KINDS):
        click.echo(f"{kind_id}\t{load_kind(KINDS / kind_id).title}")


@click.command(
    "table", cls=SpokenCommand,
    help="Ghi số liệu của một hay nhiều báo cáo thành một bảng; cộng những số được phép cộng.",
)  # fmt: skip
@click.argument("paths", metavar="INPUT...", nargs=-1, required=True, type=_output_path)
@click.option("-o", "--output", "target", required=True, type=_output_path,
              metavar="OUT.xlsx|OUT.csv", help="Bảng sẽ ghi.")  # fmt: skip
def write_table(paths: tuple[Path, ...], target: Path) -> None:
    """Write the figures of all inputs side by side, or tell what stops one of them."""
    if target.suffix.lower() not in (".xlsx", ".csv"):
        leave(f"Bảng ghi ra phải là .xlsx hoặc .csv, không phải {target.name}.")
    found = [examine_here(read_source(path)) for path in paths]
    for path, examined in zip(paths, found, strict=True):
        if examined.stopped:
            click.echo(f"{path}: có {say_counts(examined.findings)}.", err=True)
            tell_findings(examined.findings, err=True)
    if any(examined.stopped for examined in found):
        sys.exit(max(exit_code(examined) for examined in found))
    if len({examined.kind for examined in found}) > 1:
        leave("Các tệp không cùng một loại báo cáo nên không đặt chung một bảng được.")
    write_file(target, make_table(found, target.suffix.lower()))
    click.echo(f"Đã ghi bảng: {target}")


COMMANDS = (write_report, tell_check, write_blank, write_table, tell_kinds)
