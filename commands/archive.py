"""The commands for reports in the archive: keep, approve, return, issue, attach, hold, remove, list, show."""

from __future__ import annotations

import mimetypes
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from archive import audit
from archive.deposits import deposit_of
from archive.records import ATTACHED, KeptFile, Paper, Record
from archive.searching import Query, search_all
from archive.telling import STATES, say_change
from commands.files import read_file, read_source
from commands.papers import converting
from commands.shelf import examine_here, opened_archive
from commands.speaking import (
    STOPPED,
    SpokenCommand,
    exit_code,
    leave,
    tell_findings,
    tell_gate,
)
from desk.steps import return_
from generators.gate import say_counts
from generators.pipeline import Examined
from web.pdf import keep_pdf

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})|(\d{4})-(\d\d)-(\d\d)", re.ASCII)

_id_argument = click.argument("report_id", metavar="ID")
_by_option = click.option(
    "--by", required=True, metavar="NAME", help="Họ tên người thực hiện; ghi vào nhật ký."
)
_path = click.Path(path_type=Path)


@click.group("archive", help="Kho lưu trữ báo cáo: lưu, tra, kiểm tra, sao lưu, phục hồi.")
def tend_archive() -> None:
    """Gather what one does with the archive."""


# ---------------------------------------------------------------- keeping


@tend_archive.command(
    "keep", cls=SpokenCommand, help="Kiểm tra INPUT, lập báo cáo và lưu vào kho."
)
@click.argument("path", metavar="INPUT", type=_path)
@_by_option
@click.option(
    "--kind", "kind_id", default="", metavar="KIND", help="Loại báo cáo, nếu tệp không ghi."
)
@click.option("--accept", "accepted", multiple=True, metavar="ID=REASON",
              help="Xác nhận điều mang mã ID với lý do REASON; dùng được nhiều lần.")  # fmt: skip
@click.option(
    "--replaces", default="", metavar="ID", help="Mã của bản mà báo cáo này thay thế."
)
@click.option("--pdf", "with_pdf", is_flag=True, help="Lưu kèm bản PDF của báo cáo.")
def keep(
    path: Path,
    by: str,
    kind_id: str,
    accepted: tuple[str, ...],
    replaces: str,
    with_pdf: bool,
) -> None:
    """Keep a report that may be issued, or tell what stops it and keep nothing."""
    source = read_source(path, kind_id, by, accepted)
    examined = examine_here(source)
    if not examined.may_be_issued:
        _tell_what_stops(examined)
    with opened_archive() as archive:
        record, is_new = archive.keep(deposit_of(source, examined, by, replaces))
        click.echo(f"Đã lưu báo cáo {record.id}, bản {record.version}." if is_new
                   else f"Báo cáo này đã có trong kho: {record.id}, bản {record.version}.")  # fmt: skip
        for change in record.changes if is_new else ():
            click.echo(f"  {say_change(change)}")
        if with_pdf:
            with converting() as converter:
                keep_pdf(archive, record, by, converter)
            click.echo("Đã lưu kèm bản PDF.")


def _tell_what_stops(examined: Examined) -> None:
    click.echo(f"Chưa lưu được báo cáo: có {say_counts(examined.findings)}.", err=True)
    tell_findings(examined.findings, examined.acknowledged, err=True)
    tell_gate(examined, err=True)
    sys.exit(exit_code(examined) or STOPPED)


@tend_archive.command(
    "approve",
    cls=SpokenCommand,
    help="Duyệt báo cáo ID; duyệt rồi thì khóa số liệu và ghi số được.",
)
@_id_argument
@_by_option
def approve(report_id: str, by: str) -> None:
    """Approve a submitted report."""
    with opened_archive() as archive:
        archive.approve(report_id, by)
    click.echo(f"Đã duyệt báo cáo {report_id}.")


@tend_archive.command(
    "return",
    cls=SpokenCommand,
    help="Trả lại báo cáo ID để sửa, kèm lý do; mở lại bản đang soạn.",
)
@_id_argument
@click.option("--reason", required=True, metavar="REASON", help="Vì sao trả lại.")
@_by_option
def return_back(report_id: str, reason: str, by: str) -> None:
    """Return a submitted or approved report for mending."""
    with opened_archive() as archive:
        return_(archive, report_id, reason, by)
    click.echo(f"Đã trả lại báo cáo {report_id} để sửa.")


@tend_archive.command(
    "issue", cls=SpokenCommand, help="Ghi số, ký hiệu, ngày ban hành, người ký của báo cáo ID."
)
@_id_argument
@click.option("--number", required=True, metavar="SO", help="Số văn bản.")
@click.option("--notation", required=True, metavar="KY-HIEU", help="Ký hiệu, ví dụ BC-UBND.")
@click.option("--date", "day", required=True, metavar="NGAY", help="Ngày ban hành: 03/08/2020.")
@click.option("--signer", "signer_name", default="", metavar="NAME", help="Họ tên người ký.")
@click.option("--title", "signer_title", default="", metavar="TITLE", help="Chức vụ người ký.")
@_by_option
def issue(report_id: str, day: str, by: str, **told: str) -> None:
    """Enter what the issued paper says of itself."""
    paper = Paper(issued_on=_day(day), **told)
    with opened_archive() as archive:
        issued = archive.issue(report_id, paper, by).paper
    click.echo(
        f"Đã ghi số {issued.number}/{issued.notation}, ngày {issued.issued_on:%d/%m/%Y}."
    )


def _day(typed: str) -> date:
    found = _DAY.fullmatch(typed.strip())
    day, month, year, *other = (int(part or 0) for part in found.groups()) if found else [0] * 6
    try:
        return date(year, month, day) if year else date(*other)
    except ValueError:
        leave(f"«{typed}» không phải là ngày. Hãy ghi như 03/08/2020.")


@tend_archive.command(
    "attach", cls=SpokenCommand,
    help=f"Thêm FILE vào hồ sơ của báo cáo ID. Vai trò: {', '.join(ATTACHED)}.",
)  # fmt: skip
@_id_argument
@click.argument("path", metavar="FILE", type=_path)
@click.option("--role", required=True, metavar="ROLE", help="Tệp này là gì.")
@_by_option
def attach(report_id: str, path: Path, role: str, by: str) -> None:
    """Add a file to a report's dossier."""
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    file = KeptFile(role, path.name, media_type, read_file(path))
    with opened_archive() as archive:
        archive.attach(report_id, file, by)
    click.echo(f"Đã thêm {path.name} vào hồ sơ của báo cáo {report_id}.")


@tend_archive.command(
    "hold", cls=SpokenCommand, help='Giữ báo cáo ID, không cho hủy; --reason "" để thôi giữ.'
)
@_id_argument
@click.option("--reason", required=True, metavar="REASON", help="Vì sao phải giữ.")
@_by_option
def hold(report_id: str, reason: str, by: str) -> None:
    """Forbid a report's removal, or lift that."""
    with opened_archive() as archive:
        archive.hold(report_id, reason, by)
    click.echo(f"Báo cáo {report_id} được giữ lại." if reason.strip()
               else f"Báo cáo {report_id} không còn bị giữ lại.")  # fmt: skip


@tend_archive.command(
    "remove", cls=SpokenCommand, help="Hủy các tệp của báo cáo ID đã hết thời hạn lưu trữ."
)
@_id_argument
@_by_option
def remove(report_id: str, by: str) -> None:
    """Destroy a report's files after its time."""
    with opened_archive() as archive:
        archive.remove(report_id, by)
    click.echo(f"Đã hủy các tệp của báo cáo {report_id}; hồ sơ còn ghi việc hủy.")


# ---------------------------------------------------------------- reading


@tend_archive.command("list", cls=SpokenCommand, help="Kể các báo cáo trong kho, kỳ mới trước.")
def list_reports() -> None:
    """Tell every report that stands, a line each."""
    with opened_archive() as archive:
        for found in search_all(archive, Query()):
            number = (
                f"{found.paper.number}/{found.paper.notation}" if found.paper.number else "-"
            )
            told = (found.id, found.period, found.unit, found.kind, f"bản {found.version}",
                    STATES.get(found.state, found.state), number)  # fmt: skip
            click.echo("\t".join(told))


@tend_archive.command("show", cls=SpokenCommand, help="Kể mọi điều kho biết về báo cáo ID.")
@_id_argument
def show(report_id: str) -> None:
    """Tell a report's record, files, versions and log."""
    with opened_archive() as archive:
        record = archive.record(report_id)
        versions = archive.versions(report_id)
        with archive.database.reading() as connection:
            log = list(audit.entries(connection, report_id))
    for label, told in _facts(record):
        click.echo(f"{label}: {told}")
    click.echo("Các bản: " + ", ".join(f"{one.version} ({one.id})" for one in versions))
    for ref in record.files:
        click.echo(f"Tệp: {ref.role}\t{ref.name}\t{ref.size} byte\t{ref.sha256}")
    for change in record.changes:
        click.echo(f"Khác bản trước: {say_change(change)}")
    for entry in log:
        click.echo(f"Nhật ký: {entry.seq}\t{entry.at}\t{entry.action}\t{entry.by}")


def _facts(record: Record) -> Iterator[tuple[str, str]]:
    paper, kept = record.paper, record.retention
    yield "Báo cáo", record.id
    yield "Đơn vị", ", ".join((record.unit, *record.within))
    yield "Kỳ", f"{record.period} ({record.start:%d/%m/%Y} – {record.end:%d/%m/%Y})"
    yield "Loại", record.kind
    yield "Trạng thái", STATES.get(record.state, record.state)
    yield "Trích yếu", paper.subject
    if paper.number:
        yield "Số", f"{paper.number}/{paper.notation}, ngày {paper.issued_on:%d/%m/%Y}"
    if paper.signer_name:
        yield "Người ký", " ".join(filter(None, (paper.signer_title, paper.signer_name)))
    yield "Lưu bởi", f"{record.by}, {record.at:%d/%m/%Y %H:%M} (UTC), phần mềm {record.program}"
    until = f"đến {kept.until:%d/%m/%Y}" if kept.until else "vĩnh viễn"
    yield "Thời hạn lưu trữ", f"{until} ({kept.basis})"
    if kept.hold:
        yield "Giữ lại", kept.hold
    if record.removed:
        yield "Đã hủy", f"{record.removed:%d/%m/%Y %H:%M} (UTC)"


COMMANDS = (tend_archive,)
