"""What was examined becomes a deposit: all that is needed to read, prove and make it again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from archive.issued_figures import freeze, rows_of
from archive.records import (
    DATA,
    DOCUMENT,
    FIGURES,
    FINDINGS,
    INPUT,
    KIND,
    PAST,
    PICTURE,
    RULES,
    TEMPLATE,
    ArchiveFault,
    Deposit,
    KeptFile,
    Paper,
)
from generators import VERSION
from generators.catalogues import frozen_toml
from generators.kinds import ReportKind
from generators.model import PeriodData
from generators.pipeline import KINDS, Examined, Source, generate
from generators.shared import SHARED, shared_file
from generators.wire import check_record, to_json

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_JSON, _TOML = "application/json", "application/toml"


def deposit_of(source: Source, examined: Examined, by: str, replaces: str = "") -> Deposit:
    """Return the deposit of a report that may be issued; ArchiveFault where it may not."""
    data, kind = examined.data, examined.kind
    if data is None or kind is None or not examined.may_be_issued:
        raise ArchiveFault("Báo cáo còn điều phải sửa hoặc chưa được xác nhận, chưa lưu được.")
    document = generate(examined)
    made = (
        KeptFile(DATA, "data.json", _JSON, data_json(data)),
        KeptFile(FIGURES, "figures.json", _JSON, to_json(check_record(examined)).encode()),
        KeptFile(FINDINGS, "acknowledgements.json", _JSON, _acknowledged(examined)),
        *_held_against(examined),
        KeptFile(DOCUMENT, f"{kind.file_name}.docx", DOCX, document),
    )
    signed = data.document
    return Deposit(
        kind=kind.id, period=data.period.id, start=data.period.start, end=data.period.end,
        unit=data.org_unit.name, within=data.org_unit.within,
        files=(*_received(source, examined), *_frozen(kind), *made),
        figures=rows_of(examined.figures), by=by, program=VERSION,
        digest=canonical_digest(document), text=text_of(data),
        paper=Paper(subject=signed.headline or kind.title, signer_title=signed.signer_title,
                    signer_name=signed.signer_name),
        replaces=replaces,
    )  # fmt: skip


def canonical_digest(document: bytes) -> str:
    """Return what makes two documents the same: their members' names and bytes, not their ZIP."""
    digest = sha256()
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        for name in sorted(archive.namelist()):
            content = archive.read(name)
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _received(source: Source, examined: Examined) -> Iterator[KeptFile]:
    """The input as it came, and the pictures that the report shows."""
    is_json = source.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    media = _JSON if is_json else _XLSX
    yield KeptFile(
        INPUT, source.name or ("input.json" if is_json else "input.xlsx"), media, source.data
    )
    stories = examined.data.stories if examined.data else ()
    shown = {story.picture.data for story in stories if story.picture}
    for name, picture in source.pictures.items():
        if picture in shown:
            yield KeptFile(PICTURE, name, "application/octet-stream", picture)


def _frozen(kind: ReportKind) -> Iterator[KeptFile]:
    """The kind and the rules as they stood: what it takes to make the document again."""
    yield KeptFile(
        TEMPLATE, "template.docx", DOCX, (kind.folder / "template.docx").read_bytes()
    )
    yield KeptFile(KIND, "kind.toml", _TOML, frozen_toml(kind.folder))
    for name in SHARED:
        rules = shared_file(name, kind.folder.parent, KINDS)
        yield KeptFile(RULES, name, _TOML, rules.read_bytes())


def _acknowledged(examined: Examined) -> bytes:
    return to_json([{"finding": one.finding, "reason": one.reason, "by": one.by}
                    for one in examined.acknowledged]).encode()  # fmt: skip


def _held_against(examined: Examined) -> Iterator[KeptFile]:
    """The earlier reports that gave the same period, as they were then."""
    if examined.past:
        yield KeptFile(PAST, "past.json", _JSON, freeze(examined.past))


def text_of(data: PeriodData) -> str:
    """Return the words a report is found by: its unit, its lines, its texts and stories."""
    frame = (data.org_unit.name, *data.org_unit.within, data.period.id, data.document.headline,
             data.document.signer_name)  # fmt: skip
    lines = (
        word
        for line in data.lines
        for word in (line.label, line.giver, line.group, line.source)
    )
    texts = (text for paragraphs in data.texts.values() for text in paragraphs)
    stories = (word for story in data.stories for word in (story.title, story.text))
    return "\n".join(filter(None, (*frame, *lines, *texts, *stories)))


def data_json(data: PeriodData) -> bytes:
    """Return the period's data as JSON: exact numbers, days as 2020-06-30, pictures by SHA-256."""
    return to_json(_plain(asdict(data))).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _plain(inner) for key, inner in value.items() if key not in ("mark", "in_full")
        }
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return sha256(value).hexdigest()
    return value
