"""Small deposits, and an archive to keep them in, in one line of a test."""

from __future__ import annotations

import io
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from archive.database import Database
from archive.deposits import canonical_digest
from archive.files import Folder
from archive.keeping import Archive
from archive.records import (
    DATA,
    DOCUMENT,
    FIGURES,
    FINDINGS,
    INPUT,
    KEPT,
    KIND,
    TEMPLATE,
    Deposit,
    FigureRow,
    KeptFile,
    Paper,
    Record,
)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON, TOML = "application/json", "application/toml"
BY = "Nguyễn Thị Lan"
PAPER = Paper("Kết quả công tác 6 tháng đầu năm 2020", "34", "BC-UBND", date(2020, 8, 3),
              "CHỦ TỊCH", "Trần Văn Hòa")  # fmt: skip


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder in memory where there is one, gone at the end."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(
        dir=shared if os.access(shared, os.W_OK) else None
    ) as folder:
        yield Path(folder)


def fresh(folder: Path) -> Archive:
    """An empty archive on SQLite, in `folder`."""
    return opened(f"sqlite:///{folder / 'archive.db'}", folder)


def opened(url: str, folder: Path) -> Archive:
    """The archive whose rows are at `url` and whose files lie in `folder`."""
    database = Database(url)
    database.upgrade()
    return Archive(database, Folder(folder))


def deposit(n: int, value: int = 249, **changes: Any) -> Deposit:
    """The report of the n-th ward for the first half of 2020, which tells one number, `value`.

    Equal arguments give an equal deposit, another n another ward, and so another report.
    """
    document = docx(f"Phường Thử {n} đã tặng quà {value} người.")
    figure = FigureRow("qua_tet.value", "Quà Tết", Decimal(value), "", "người")
    told = Deposit(
        kind="thu", period="2020S1", start=date(2020, 1, 1), end=date(2020, 6, 30),
        unit=f"phường Thử {n}", within=("quận Long Biên", "thành phố Hà Nội"),
        files=files(n, value, document), figures=(figure,), by=BY, program="0.2.0",
        digest=canonical_digest(document), text=f"phường Thử {n} tặng quà Tết {value} người",
        paper=Paper(subject=PAPER.subject, signer_name=PAPER.signer_name),
    )  # fmt: skip
    return replace(told, **changes)


def correction(n: int, of: Record, value: int, **changes: Any) -> Deposit:
    """The n-th ward's report anew, with another number, in place of the version `of`."""
    return deposit(n, value, replaces=of.id, **changes)


def files(n: int, value: int, document: bytes) -> tuple[KeptFile, ...]:
    """The seven files of a small report; template and kind are the same in all."""
    data = {"org_unit": f"phường Thử {n}", "value": value}
    return (
        KeptFile(INPUT, "so-lieu.json", JSON, as_json({**data, "kind": "thu"})),
        KeptFile(TEMPLATE, "template.docx", DOCX, docx("{{ qua_tet }}")),
        KeptFile(KIND, "kind.toml", TOML, b'title = "thu"\n'),
        KeptFile(DATA, "data.json", JSON, as_json(data)),
        KeptFile(FIGURES, "figures.json", JSON, as_json({"qua_tet.value": value, "n": n})),
        KeptFile(FINDINGS, "acknowledgements.json", JSON, b"[]"),
        KeptFile(DOCUMENT, "bao-cao.docx", DOCX, document),
    )


def docx(text: str) -> bytes:
    """The least that is a ZIP with a document in it; equal text gives equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        member = zipfile.ZipInfo("word/document.xml", (1980, 1, 1, 0, 0, 0))
        archive.writestr(member, f"<w:document>{text}</w:document>")
    return buffer.getvalue()


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def issue(archive: Archive, report_id: str, paper: Paper, by: str) -> Record:
    """Issue a report, approved first where nobody has."""
    if archive.record(report_id).state == KEPT:
        archive.approve(report_id, by)
    return archive.issue(report_id, paper, by)


def kept(archive: Archive, deposits: Iterable[Deposit]) -> list[Record]:
    """The records of new reports."""
    return [record for record, is_new in map(archive.keep, deposits) if is_new]
