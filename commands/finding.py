"""The commands that find reports in the archive, and bring in those of past years."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from archive.importing import (
    Imported,
    Refused,
    TableOf,
    import_report,
    import_table,
    is_table,
)
from archive.keeping import Archive
from archive.matching import LeftOut
from archive.records import FigureRow
from archive.searching import MOST, Found, Query, search
from archive.telling import STATES
from commands.files import FolderPictures, read_file
from commands.shelf import opened_archive
from commands.speaking import STOPPED, SpokenCommand, kind_named, leave, tell_findings
from generators.explaining import say_figure
from generators.intake.numbers import read_number
from generators.model import Figure, Finding, OrgUnit, Quantity, Raw
from generators.pipeline import Source

_RANGE = ".."


@click.command(
    "search", cls=SpokenCommand,
    help="Tìm báo cáo theo từ ngữ, đơn vị, kỳ, số, người ký, số liệu; dấu có hay không đều được.",
)  # fmt: skip
@click.argument("words", nargs=-1, metavar="[TỪ KHÓA]...")
@click.option("--unit", default="", help="Tên đơn vị, hoặc nơi đơn vị trực thuộc.")
@click.option("--period", default="", help="Kỳ, ví dụ 2019S1.")
@click.option("--kind", default="", help="Loại báo cáo.")
@click.option("--number", default="", help="Số văn bản: 34 hoặc 34/BC-UBND.")
@click.option("--signer", default="", help="Họ tên người ký.")
@click.option("--state", default="", type=click.Choice(["", *STATES]), help="Trạng thái.")
@click.option("--figure", default="", metavar="ID", help="Mã số liệu.")
@click.option("--value", default="", metavar="NUMBER|FROM..TO",
              help="Giá trị: «633,2 triệu», hoặc khoảng «200..300».")  # fmt: skip
@click.option(
    "--limit",
    type=click.IntRange(1, MOST),
    default=20,
    show_default=True,
    help="Số báo cáo kể ra.",
)
@click.option("--after", default="", help="Xem tiếp từ chỗ lần tìm trước nêu.")
def find_reports(
    words: tuple[str, ...], value: str, limit: int, after: str, **asked: str
) -> None:
    """Tell the reports that are found, a line each, and where to go on."""
    least, most = _bounds(value)
    query = Query(" ".join(words), least=least, most=most, **asked)
    with opened_archive() as archive:
        found = search(archive, query, limit, after)
    for one in found:
        click.echo(_said(one))
    if not found:
        click.echo("Không tìm thấy báo cáo nào.")
    elif len(found) == limit:
        click.echo(f"Xem tiếp: thêm --after {found[-1].cursor}", err=True)


def _bounds(typed: str) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most of "200..300", one bound of "200..", or one number twice."""
    least, dots, most = typed.partition(_RANGE)
    return _number(least), _number(most if dots else least)


def _number(typed: str) -> Decimal | None:
    if not typed.strip():
        return None
    for unit in ("đồng", "%"):
        read = read_number(Raw(typed, ""), unit)
        if not isinstance(read, Finding):
            return read.quantity.value
    return leave(f"«{typed}» không phải một số.")


def _said(found: Found) -> str:
    paper = found.paper
    number = "/".join(filter(None, (paper.number, paper.notation)))
    day = f"{paper.issued_on:%d/%m/%Y}" if paper.issued_on else ""
    figures = "; ".join(f"{one.label}: {_said_number(one)}" for one in found.figures)
    unit = ", ".join((found.unit, *found.within))
    fields = (found.id, found.period, unit, f"bản {found.version}", STATES[found.state],
              f"số {number}" if number else "", day, paper.signer_name, figures)  # fmt: skip
    return "\t".join(fields).rstrip()


def _said_number(row: FigureRow) -> str:
    return say_figure(Figure(row.id, row.label, Quantity(row.value, row.hedge), row.unit, ""))


# ---------------------------------------------------------------- past years


@click.command(
    "import", cls=SpokenCommand,
    help="Nhập báo cáo kỳ đã qua: biểu, tệp JSON, hoặc bảng số liệu (thêm --kind, --unit).",
)  # fmt: skip
@click.argument("path", metavar="INPUT", type=click.Path(path_type=Path))
@click.option("--period", required=True, help="Kỳ của báo cáo, ví dụ 2019S1.")
@click.option("--by", required=True, metavar="NAME", help="Họ tên người nhập.")
@click.option(
    "--kind", "kind_id", default="", metavar="KIND", help="Loại báo cáo của bảng số liệu."
)
@click.option("--unit", default="", help="Đơn vị của bảng số liệu.")
@click.option(
    "--within", multiple=True, help="Cấp trên của đơn vị, gần nhất trước; ghi được nhiều lần."
)
@click.option(
    "--replaces", default="", metavar="ID", help="Mã báo cáo được thay, nếu kỳ ấy đã có."
)
def import_past(path: Path, by: str, replaces: str, **about: Any) -> None:
    """Keep a report of a past year, or tell why not."""
    kind = about["kind_id"] and kind_named(about["kind_id"]).id
    source = Source(read_file(path), FolderPictures(path.parent), kind, path.name, by)
    of = _table_of(source, about) if is_table(source.data) else None
    with opened_archive() as archive:
        imported = _imported(archive, source, of, (by, about["period"], replaces))
    tell_findings(imported.findings, err=True)
    _tell_left_out(imported.left_out)
    click.echo(_said_imported(imported))


def _table_of(source: Source, about: dict[str, Any]) -> TableOf:
    """What a plain table is of, as it was said beside it."""
    unit = about["unit"].strip()
    if not (source.kind and unit):
        leave("Bảng số liệu không tự nói là của ai: hãy thêm --kind và --unit (và --within).")
    return TableOf(kind_named(source.kind), about["period"], OrgUnit(unit, about["within"]))


def _imported(
    archive: Archive, source: Source, of: TableOf | None, beside: tuple[str, str, str]
) -> Imported:
    by, period, replaces = beside
    try:
        if of:
            return import_table(archive, source, of, by, replaces)
        return import_report(archive, source, by, period, replaces)
    except Refused as refused:
        click.echo(str(refused), err=True)
        tell_findings(refused.findings, err=True)
        _tell_left_out(refused.left_out)
        sys.exit(STOPPED)


def _tell_left_out(rows: Sequence[LeftOut]) -> None:
    for row in rows:
        place = f"{row.place}: " if row.place else ""
        click.echo(f"Không lấy {place}«{row.named}», vì {row.reason}.", err=True)


def _said_imported(imported: Imported) -> str:
    record = imported.record
    if not imported.is_new:
        return f"Báo cáo này đã có trong kho: {record.id}"
    left = len(imported.left_out)
    more = f", {left} chỗ không lấy" if left else ""
    told = f"{imported.figures} số liệu{more}. Mã {record.id}"
    return f"Đã nhập báo cáo kỳ {record.period} của {record.unit}: {told}"


COMMANDS = (find_reports, import_past)
