"""The commands for those who keep templates: build, text, check, and the generated pages."""

from __future__ import annotations

from pathlib import Path

import click

from commands.files import read_file, write_file
from commands.speaking import STOPPED, SpokenCommand, kind_named
from generators.findings_page import findings_page, read_examples
from generators.handbook import kind_readme
from generators.kinds import ReportKind, list_kinds
from generators.pipeline import KINDS, build_template_of, template_faults, text_of_template
from lint.page import lint_page

_kind_argument = click.argument("kind_id", metavar="KIND")


@click.group("template", help="Mẫu Word của một loại báo cáo: build, text, check.")
def tend_template() -> None:
    """Gather what one does with a template."""


@tend_template.command("build", cls=SpokenCommand, help="Dựng template.docx từ template.txt.")
@_kind_argument
@click.option("--force", is_flag=True, help="Ghi đè template.docx đã có.")
def build(kind_id: str, force: bool) -> None:
    """Build the Word file from its text; never over one that somebody may have edited."""
    kind = kind_named(kind_id)
    target = kind.folder / "template.docx"
    if target.exists() and not force:
        click.echo(
            f"Đã có {target}, có thể đã được sửa bằng Word. Muốn dựng lại, thêm --force.",
            err=True,
        )
        raise click.exceptions.Exit(STOPPED)
    text = read_file(kind.folder / "template.txt").decode("utf-8")
    write_file(target, build_template_of(text))
    click.echo(f"Đã dựng mẫu: {target}")


@tend_template.command(
    "text", cls=SpokenCommand, help="Chép lời văn của template.docx ra template.txt."
)
@_kind_argument
def copy_text(kind_id: str) -> None:
    """Write the text of the Word file beside it, for review."""
    kind = kind_named(kind_id)
    write_file(kind.folder / "template.txt", text_of_template(kind).encode())
    click.echo(f"Đã chép lời văn: {kind.folder / 'template.txt'}")


@tend_template.command("check", cls=SpokenCommand, help="Kể mọi lỗi của mẫu, một lần.")
@_kind_argument
def check(kind_id: str) -> None:
    """Tell every fault of the template."""
    kind = kind_named(kind_id)
    if faults := template_faults(kind):
        click.echo(faults, err=True)
        raise click.exceptions.Exit(STOPPED)
    click.echo(f"Mẫu của {kind.id} dùng được.")


@click.command("docs", cls=SpokenCommand, help="Ghi lại các trang tài liệu được sinh ra.")
def write_docs() -> None:
    """Write the README of every kind, and the page of findings."""
    for kind_id in list_kinds(KINDS):
        target = _readme(kind_named(kind_id))
        click.echo(f"Đã ghi: {target}")
    click.echo(f"Đã ghi: {_findings(KINDS.parent)}")
    click.echo(f"Đã ghi: {_lint_rules(KINDS.parent)}")


def _readme(kind: ReportKind) -> Path:
    target = kind.folder / "README.md"
    write_file(target, kind_readme(kind).encode())
    return target


def _findings(root: Path) -> Path:
    target = root / "docs" / "findings.md"
    page = findings_page(read_examples(root / "fixtures" / "findings"))
    write_file(target, page.encode())
    return target


def _lint_rules(root: Path) -> Path:
    target = root / "docs" / "soat-the-thuc.md"
    write_file(target, lint_page().encode())
    return target


COMMANDS = (tend_template, write_docs)
