"""The command that explains a number: its rule, what it was made of, down to the cell."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from commands.files import read_file, read_source
from commands.shelf import examine_here
from commands.speaking import STOPPED, SpokenCommand, exit_code, tell_findings
from generators.explaining import (
    explain,
    explanations_record,
    find_figures,
    near_figures,
    say_explanation,
    say_figure,
)
from generators.gate import say_counts
from generators.model import Figure, Figures
from generators.origins import Origin
from generators.pipeline import read_trace
from generators.wire import to_json


@click.command(
    "explain", cls=SpokenCommand,
    help="Giải thích số FIGURE trong INPUT: mã, tên chỉ tiêu, hoặc số như in trong báo cáo. "
    "INPUT là biểu Excel, tệp JSON, hoặc báo cáo Word đã lập ở đây.",
)  # fmt: skip
@click.argument("path", metavar="INPUT", type=click.Path(path_type=Path))
@click.argument("asked", metavar="[FIGURE]", default="")
@click.option("--json", "as_json", is_flag=True, help="In ra dạng JSON.")
def tell_explanation(path: Path, asked: str, as_json: bool) -> None:
    """Explain the figure that is asked for; without one, list them all."""
    known, origin = _known(path)
    figures = (_only(asked, known),) if asked else tuple(known.values())
    told = [explain(figure.id, known, origin) for figure in figures]
    if as_json:
        click.echo(to_json(explanations_record(told, origin), indent=2))
    elif asked:
        click.echo(say_explanation(told[0]), nl=False)
    else:
        _list(figures)


def _known(path: Path) -> tuple[Figures, Origin]:
    """The figures of a report that this service wrote, or of what one is made from."""
    if trace := read_trace(read_file(path)):
        return {figure.id: figure for figure in trace.figures}, trace.origin
    examined = examine_here(read_source(path))
    if examined.data is None:
        click.echo(f"Chưa đọc được số liệu: có {say_counts(examined.findings)}.", err=True)
        tell_findings(examined.findings, err=True)
        sys.exit(exit_code(examined))
    return examined.figures, examined.origin


def _only(asked: str, figures: Figures) -> Figure:
    """The one figure that `asked` names, or end with exit code 1."""
    found = find_figures(asked, figures)
    if len(found) == 1:
        return found[0]
    if found:
        message = f"Có {len(found)} số cùng được gọi là «{asked}». Hãy ghi mã của một số:"
    else:
        found = near_figures(asked, figures)
        message = f"Không có số nào là «{asked}»." + (" Các số gần giống:" if found else "")
    click.echo(message, err=True)
    _list(found, err=True)
    raise click.exceptions.Exit(STOPPED)


def _list(figures: Iterable[Figure], *, err: bool = False) -> None:
    for figure in figures:
        click.echo(f"{figure.id}\t{figure.label}: {say_figure(figure)}", err=err)
