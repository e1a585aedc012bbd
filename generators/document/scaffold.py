"""A new template from plain text, and the text of a template: what a reviewer reads.

Each line of the text is a paragraph; its first mark is its style:

    #  tít      ~  sa-pô     ##  mục     ###  tiểu mục
    ^  ảnh      >  chú thích ảnh         @    tác giả
    :Quốc hiệu: a style by its name; a line may stand without words
    +++ 65 95   a table without rules opens, its columns so many mm; +++ | is the next cell,
                +++ / the next row, +++ end its end
    a line that begins with {%p is a tag; any other line is body text

The looks of the styles, and the page, are in looks.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.table import Table

from generators.document.looks import BLANK, NAMES, set_looks

_STYLES = {
    "### ": "Heading 2", "## ": "Heading 1", "# ": "Title", "~ ": "Sa-pô", "^ ": "Ảnh",
    "> ": "Caption", "@ ": "Tác giả",
}  # fmt: skip
_MARKS = {style: mark for mark, style in _STYLES.items()} | {"Normal": ""}
_NAMED = re.compile(r":([^:]+):(?: (.*))?\Z")
_TABLE = "+++ "
_CELL, _ROW, _END = "|", "/", "end"
_SUBJECT = "Trích yếu"


def build_template(text: str, title: str) -> bytes:
    """Return a template .docx made of `text`; `title` is the tag for its title property."""
    document = Document()
    lines = [line for line in text.splitlines() if line.strip()]
    set_looks(document, (_styled(line)[0] for line in lines))
    place: _Place = _Body(document)
    for line in lines:
        if line.startswith(_TABLE):
            place = place.turned(line.removeprefix(_TABLE))
        else:
            style, words = _styled(line)
            place.add(words, style)
    _set_properties(document, title)
    _mend_defaults(document)
    return _saved(document)


def title_of(text: str) -> str:
    """Return the tag for the title property: the headline of the text, or its subject."""
    styled = dict(map(_styled, reversed(text.splitlines())))
    return styled.get("Title") or styled.get(_SUBJECT) or ""


def _styled(line: str) -> tuple[str, str]:
    """The style of a line, and its words."""
    named = _NAMED.match(line)
    if named and named[1] in NAMES:
        return named[1], named[2] or ""
    for mark, style in _STYLES.items():
        if line.startswith(mark):
            return style, line[len(mark) :]
    return "Normal", line


# ---------------------------------------------------------------- where a paragraph goes


@dataclass
class _Body:
    """The text between tables."""

    document: Any

    def add(self, words: str, style: str) -> None:
        """Add a paragraph."""
        self.document.add_paragraph(words, style=style)

    def turned(self, word: str) -> _Place:
        """Open a table."""
        widths = [int(width) for width in word.split()]
        table = self.document.add_table(rows=1, cols=len(widths))
        _set_table(table, widths)
        return _Cell(self, table, 0, 0)


@dataclass
class _Cell:
    """A cell of a table being written."""

    body: _Body
    table: Any
    row: int
    column: int
    begun: bool = False

    def add(self, words: str, style: str) -> None:
        """Add a paragraph; a new cell has its first one."""
        cell = self.table.cell(self.row, self.column)
        paragraph = cell.add_paragraph() if self.begun else cell.paragraphs[0]
        paragraph.style, self.begun = style, True
        if words:
            paragraph.add_run(words)

    def turned(self, word: str) -> _Place:
        """Go on with the next cell, the next row, or after the table."""
        if word == _CELL:
            return _Cell(self.body, self.table, self.row, self.column + 1)
        if word == _ROW:
            self.table.add_row()
            _keep_rows(self.table)
            return _Cell(self.body, self.table, self.row + 1, 0)
        return self.body


_Place = _Body | _Cell


def _set_table(table: Any, widths: list[int]) -> None:
    """Lay the table out as it is told: columns so wide, text up to their edges, whole rows."""
    table.autofit = False
    margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    layout.addnext(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>"))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    _keep_rows(table)


def _keep_rows(table: Any) -> None:
    for row in table.rows:
        properties = row._tr.get_or_add_trPr()
        if properties.find(qn("w:cantSplit")) is None:
            properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        for cell, column in zip(row.cells, table.columns, strict=True):
            cell.width = column.width


# ---------------------------------------------------------------- the text of a template


def read_text(template: bytes) -> str:
    """Return the text of a template, a line a paragraph, each with the mark of its style."""
    content = Document(io.BytesIO(template)).iter_inner_content()
    lines = (line for block in content
             for line in (_table_lines(block) if isinstance(block, Table) else _marked(block)))  # fmt: skip
    return "".join(f"{line}\n" for line in lines)


def _marked(paragraph: Any) -> Iterator[str]:
    style = paragraph.style.name if paragraph.style is not None else ""
    if style in _MARKS and paragraph.text.strip():
        yield _MARKS[style] + paragraph.text
    elif style in NAMES and (style in BLANK or paragraph.text.strip()):
        yield f":{style}: {paragraph.text}".rstrip()
    elif paragraph.text.strip():
        yield paragraph.text


def _table_lines(table: Any) -> Iterator[str]:
    widths = " ".join(str(round(column.width.mm)) for column in table.columns)
    yield f"{_TABLE}{widths}"
    for row_number, row in enumerate(table.rows):
        if row_number:
            yield f"{_TABLE}{_ROW}"
        for column_number, cell in enumerate(row.cells):
            if column_number:
                yield f"{_TABLE}{_CELL}"
            for paragraph in cell.paragraphs:
                yield from _marked(paragraph)
    yield f"{_TABLE}{_END}"


# ---------------------------------------------------------------- properties


def _set_properties(document: Any, title: str) -> None:
    """Fill the properties with tags: each report then carries its own."""
    core = document.core_properties
    core.title, core.author = title, "{{ don_vi.ten }}"
    core.subject, core.language = "{{ ky.ten }}", "vi-VN"
    core.keywords, core.comments, core.last_modified_by = "", "", ""
    core.created = core.modified = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    core.revision = 1


def _mend_defaults(document: Any) -> None:
    """Mend python-docx's base: a w:zoom the schema refuses, a thumbnail, a bibliography."""
    for zoom in document.settings.element.findall(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")
    for holder in (document.part, document.part.package):
        for key, relation in list(holder.rels.items()):
            if relation.reltype.endswith(("/customXml", "/thumbnail")):
                holder.rels.pop(key)


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
