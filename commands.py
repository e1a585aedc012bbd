"""The command line: the same reports, checks and forms without a browser."""

from __future__ import annotations

import io
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from secrets import token_hex
from typing import Any, NoReturn

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from generators.intake.numbers import read_number
from generators.kinds import ReportKind, list_kinds, load_kind
from generators.model import ERROR, Finding, Raw
from generators.pipeline import KINDS, Examined, Source, examine, generate, read_input
from generators.wire import check_record, to_json
from generators.wording import reading
from web.telling import group_findings, say_counts, say_figure

STOPPED, UNREADABLE = 1, 2
GROUP = AppGroup("bao-cao")


def mount(app: Flask) -> None:
    """Put all commands on `app`."""
    for command in GROUP.commands.values():
        app.cli.add_command(command)


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
            _leave(
                f"{_said_usage(error)} Xem cách dùng: flask --app service {info_name} --help"
            )


_kind_option = click.option(
    "--kind", "kind_id", default="", metavar="KIND", help="Loại báo cáo, nếu tệp không ghi."
)
_source_argument = click.argument(
    "path", metavar="INPUT", type=click.Path(path_type=Path, allow_dash=False)
)
_output_path = click.Path(path_type=Path)


# ---------------------------------------------------------------- commands


@GROUP.command(
    "generate", cls=SpokenCommand, help="Lập báo cáo Word từ biểu Excel hoặc tệp JSON INPUT."
)
@_source_argument
@click.option("-o", "--output", "target", required=True, type=_output_path,
              metavar="OUT.docx", help="Tệp Word sẽ ghi.")  # fmt: skip
@_kind_option
def write_report(path: Path, target: Path, kind_id: str) -> None:
    """Write the report, or tell what stops it and write nothing."""
    examined = _examine(path, kind_id)
    if examined.stopped:
        click.echo(f"Chưa lập được báo cáo: có {say_counts(examined.findings)}.", err=True)
    elif examined.findings:
        click.echo(f"Có {say_counts(examined.findings)}.", err=True)
    _tell_findings(examined.findings, err=True)
    if not examined.stopped:
        _write(target, generate(examined), path)
        click.echo(f"Đã lập báo cáo: {target}")
    sys.exit(_exit_code(examined))


@GROUP.command(
    "check", cls=SpokenCommand, help="Kiểm tra INPUT: các số tính được, điều cần sửa."
)
@_source_argument
@click.option("--json", "as_json", is_flag=True, help="In ra dạng JSON.")
@_kind_option
def tell_check(path: Path, as_json: bool, kind_id: str) -> None:
    """Tell all figures and findings."""
    examined = _examine(path, kind_id)
    if as_json:
        click.echo(to_json(check_record(examined.figures, examined.findings), indent=2))
    else:
        for figure in examined.figures.values():
            click.echo(f"{figure.label}: {say_figure(figure)}")
        click.echo(f"\nKết quả kiểm tra: {say_counts(examined.findings) or 'số liệu khớp'}.")
        _tell_findings(examined.findings, err=False)
    sys.exit(_exit_code(examined))


@GROUP.command("form", cls=SpokenCommand, help="Ghi biểu Excel của loại báo cáo KIND để điền.")
@click.argument("kind_id", metavar="KIND")
@click.option("-o", "--output", "target", required=True, type=_output_path,
              metavar="FORM.xlsx", help="Tệp Excel sẽ ghi.")  # fmt: skip
@click.option("--fill", "source", type=_output_path, metavar="INPUT",
              help="Điền sẵn số liệu từ biểu hoặc tệp JSON này.")  # fmt: skip
def write_blank(kind_id: str, target: Path, source: Path | None) -> None:
    """Write the form, blank or filled from a source."""
    from generators.intake.form import write_form

    kind = _kind_named(kind_id)
    raw = None
    if source:
        raw = read_input(_read(source))
        _stop_on(raw.findings, unreadable=not raw.root.fields)
        named = raw.root.fields.get("kind")
        if isinstance(named, Raw) and named.value != kind.id:
            _leave(f"Tệp {source} là loại báo cáo «{named.value}», không phải «{kind.id}».")
    _write(target, write_form(kind, raw), source)
    click.echo(f"Đã ghi biểu: {target}")


@GROUP.command("kinds", cls=SpokenCommand, help="Kể các loại báo cáo.")
def tell_kinds() -> None:
    """Tell the kinds of report."""
    for kind_id in list_kinds(KINDS):
        click.echo(f"{kind_id}\t{load_kind(KINDS / kind_id).title}")


@GROUP.command(
    "words", cls=SpokenCommand, context_settings={"ignore_unknown_options": True},
    help="Đọc số thành chữ: words 1.254 hoặc words -- -5,5.",
)  # fmt: skip
@click.argument("numbers", nargs=-1, type=click.UNPROCESSED, metavar="NUMBER...")
@click.option("--stdin", "piped", is_flag=True,
              help="Đọc mỗi dòng một số; in ra số, dấu tab, chữ.")  # fmt: skip
def say_words(numbers: tuple[str, ...], piped: bool) -> None:
    """Say numbers in words; what is refused is told and the rest is said."""
    if bool(numbers) == piped:
        _leave("Hãy ghi các số cần đọc, hoặc dùng --stdin để đọc từ đầu vào.")
    refused = False
    for number, place in _piped_numbers() if piped else ((number, "") for number in numbers):
        said = _words_of(number)
        if isinstance(said, Finding):
            refused = True
            click.echo(f"{place}{said.message} {_remedy(said)}", err=True)
        else:
            sys.stdout.write(f"{number}\t{said}\n" if piped else f"{said}\n")
    sys.exit(UNREADABLE if refused else 0)


# ---------------------------------------------------------------- numbers


def _piped_numbers() -> Iterator[tuple[str, str]]:
    for index, line in enumerate(sys.stdin.buffer, 1):
        number = line.decode("utf-8-sig" if index == 1 else "utf-8", "replace").rstrip("\r\n")
        if number.strip():
            yield number, f"Dòng {index}. "


def _words_of(number: str) -> str | Finding:
    # "%" is the one unit that takes decimals and no other words
    typed = read_number(Raw(number, ""), "%")
    if isinstance(typed, Finding):
        return typed
    words = reading.read_number(typed.quantity.value)
    percent = "phần trăm" if "%" in number or "phần trăm" in number else ""
    return " ".join(filter(None, (typed.quantity.hedge, words, percent)))


def _remedy(finding: Finding) -> str:
    return finding.remedy.partition(" Đơn vị ở đây")[0]


# ---------------------------------------------------------------- files


class FolderPictures(Mapping[str, bytes]):
    """The pictures that lie in one folder, by file name, each read when asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> bytes:
        return self._paths[name].read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    @cached_property
    def _paths(self) -> Mapping[str, Path]:
        inside = self._folder.resolve()
        return {
            unicodedata.normalize("NFC", path.name): path
            for path in sorted(inside.iterdir())
            if path.suffix.lower() in (".png", ".jpg", ".jpeg")
            and path.is_file()
            and path.resolve().parent == inside
        }


def _read(path: Path) -> bytes:
    limit = int(current_app.config["MAX_UPLOAD_BYTES"])
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        _leave(f"Không mở được tệp {path}: {_said_reason(error)}.")
    if len(data) > limit:
        _leave(f"Tệp {path} quá lớn. Hãy bỏ bớt hình ảnh, trang và vùng định dạng thừa.")
    return data


def _write(target: Path, data: bytes, source: Path | None) -> None:
    """Write `target` whole or not at all, and never over what it was made from."""
    part = target.with_name(f".{token_hex(4)}.part")
    try:
        if source and target.exists() and target.samefile(source):
            _leave(f"Tệp ghi ra trùng với tệp đầu vào {source}. Hãy đặt tên khác.")
        part.write_bytes(data)
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        _leave(f"Không ghi được tệp {target}: {_said_reason(error)}.")


def _said_reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "không có tệp hoặc thư mục này"
    if isinstance(error, IsADirectoryError):
        return "đây là thư mục, không phải tệp"
    if isinstance(error, PermissionError):
        return "không có quyền, hoặc tệp đang mở trong chương trình khác"
    return "máy báo lỗi đọc, ghi"


# ---------------------------------------------------------------- what is told


def _examine(path: Path, kind_id: str) -> Examined:
    kind = _kind_named(kind_id).id if kind_id else ""
    return examine(Source(_read(path), FolderPictures(path.parent), kind))


def _kind_named(kind_id: str) -> ReportKind:
    known = list_kinds(KINDS)
    if kind_id not in known:
        _leave(f"Không có loại báo cáo «{kind_id}». Hãy dùng một trong: {', '.join(known)}.")
    return load_kind(KINDS / kind_id)


def _exit_code(examined: Examined) -> int:
    unknown = any(finding.code == "kind.unknown" for finding in examined.findings)
    if examined.unreadable or unknown:
        return UNREADABLE
    return STOPPED if examined.stopped else 0


def _stop_on(findings: tuple[Finding, ...], *, unreadable: bool) -> None:
    _tell_findings(findings, err=True)
    if any(finding.severity == ERROR for finding in findings):
        sys.exit(UNREADABLE if unreadable else STOPPED)


def _tell_findings(findings: Iterable[Finding], *, err: bool) -> None:
    for group in group_findings(findings):
        click.echo(f"\n{group.title}", err=err)
        for placed in group.findings:
            head = ": ".join(filter(None, (placed.place, placed.weight)))
            click.echo(f"  {head}", err=err)
            click.echo(f"    {placed.finding.message}\n    {placed.finding.remedy}", err=err)


def _said_usage(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return (
            f"Thiếu {error.param.make_metavar(error.ctx) if error.ctx else error.param.name}."
        )
    if isinstance(error, click.NoSuchOption):
        return f"Không có tùy chọn {error.option_name}."
    return "Cách gõ lệnh chưa đúng."


def _leave(message: str) -> NoReturn:
    click.echo(message, err=True)
    raise click.exceptions.Exit(UNREADABLE)
