"""The form a document is written in: .docx as it was filled, or the PDF that LibreOffice makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import current_app

from commands.speaking import leave
from rendering.faults import RenderingFault
from web.pdf import DOCX_FORMAT, FORMATS, PDF_FORMAT, budget_of

if TYPE_CHECKING:
    from rendering.converter import Converter

__all__ = ["FORMATS", "as_asked", "ask_format", "converting"]
_ASKED = "commands.papers.format"


def ask_format(context: click.Context, _option: click.Parameter, asked: str | None) -> None:
    """Remember which form the command was asked for."""
    context.meta[_ASKED] = asked


def as_asked(docx: bytes, target: Path) -> bytes:
    """Return the document in the form asked for, or the one `target` is named for.

    Exit code 2 where the two do not agree, or there can be no PDF.
    """
    named = PDF_FORMAT if target.suffix.lower() == f".{PDF_FORMAT}" else DOCX_FORMAT
    asked = click.get_current_context().meta.get(_ASKED) or named
    if asked != named:
        leave(f"Tệp ghi ra phải có tên tận cùng là .{asked}, không phải {target.name}.")
    if asked == DOCX_FORMAT:
        return docx
    with converting() as converter:
        return converter.convert(docx)


@contextmanager
def converting() -> Iterator[Converter]:
    """Yield a converter for this command; what it cannot do ends with exit code 2, said."""
    from rendering.converter import Converter

    converter = Converter(budget_of(current_app.config))
    try:
        yield converter
    except RenderingFault as fault:
        leave(str(fault))
    finally:
        converter.close()
