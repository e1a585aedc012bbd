"""Rebuilding: the document made anew from what was kept, and held against the one kept."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.deposits import canonical_digest
from archive.issued_figures import thaw
from archive.keeping import Archive
from archive.received import source_kept
from archive.records import (
    DOCUMENT,
    FINDINGS,
    KIND,
    PAST,
    RULES,
    TEMPLATE,
    ArchiveFault,
    FileRef,
    Missing,
    Record,
)
from generators import VERSION
from generators.agencies import AgencyFault
from generators.document.evidence import NAMESPACE
from generators.kinds import KindFault
from generators.model import ERROR, Acknowledgement
from generators.norms import NormFault
from generators.pipeline import Examined, PastOf, examine, generate, read_trace
from generators.shared import SHARED
from generators.terms import TermFault

EQUAL, OTHER, NOT_KNOWN = 0, 1, 2
_KIND = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How the document made anew compares with the one kept.

    ``differing`` are the names of the members (word/document.xml …) that differ, ``traces``
    those of them that hold only the trace; ``program`` made the kept one, ``now`` this one.
    ``stopped`` says why no document could be made, a sentence for each reason; ``unfrozen`` are
    the files of rules that were not kept with the report, so that this program's were taken.
    """

    report_id: str
    program: str
    now: str
    differing: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()
    stopped: tuple[str, ...] = ()
    unfrozen: tuple[str, ...] = ()

    @property
    def is_equal(self) -> bool:
        """Whether the documents are equal, member by member."""
        return not self.stopped and not self.differing

    @property
    def reads_equal(self) -> bool:
        """Whether what a reader sees is equal; the traces need not be."""
        return not self.stopped and set(self.differing) <= set(self.traces)

    @property
    def exit_code(self) -> int:
        """0 where the documents are equal, 1 where not, 2 where only another program made it."""
        if self.is_equal:
            return EQUAL
        return OTHER if self.program == self.now else NOT_KNOWN

    @property
    def said(self) -> str:
        """What came of it, in Vietnamese."""
        return " ".join(filter(None, (self._said_of_document(), *self._said_beside())))

    def _said_of_document(self) -> str:
        if self.stopped:
            return f"Không lập lại được văn bản: {' '.join(self.stopped)}"
        if self.is_equal:
            return "Văn bản lập lại giống hệt bản đã lưu."
        parts = ", ".join(self.differing)
        if self.reads_equal:
            return f"Văn bản lập lại giống bản đã lưu, chỉ khác phần vết số liệu ({parts})."
        return f"Văn bản lập lại khác bản đã lưu ở: {parts}."

    def _said_beside(self) -> Iterator[str]:
        if self.program != self.now:
            yield f"Báo cáo do phiên bản {self.program} lập, nay là phiên bản {self.now}."
        if self.exit_code == NOT_KNOWN:
            yield (
                f"Chưa thể nói văn bản đã lưu là sai: hãy lập lại bằng phiên bản {self.program}."
            )
        if self.unfrozen:
            yield f"Hồ sơ không lưu {', '.join(self.unfrozen)} nên dùng bản của phần mềm đang chạy."


def rebuild(archive: Archive, report_id: str) -> Rebuilt:
    """Make a report's document anew from its frozen input, template, kind and rules, and compare.

    Missing where the report or one of these files is not there, Altered where a file is no longer
    what was kept.
    """
    record = archive.record(report_id)
    if record.removed:
        raise Missing(f"Báo cáo «{report_id}» đã được hủy ngày {record.removed:%d/%m/%Y}.")
    kept = archive.read(record.file(DOCUMENT))
    from generators.document.template import TemplateFault

    try:
        made = _made_anew(archive, record, kept)
    except (KindFault, TemplateFault) as fault:
        made = (f"Phần mềm này không dùng được mẫu đã lưu: {fault}",)
    except (NormFault, TermFault, AgencyFault) as fault:
        made = (f"Phần mềm này không dùng được quy định đã lưu: {fault}",)
    known = _rules(record)
    told = Rebuilt(report_id, record.program, VERSION,
                   unfrozen=tuple(name for name in SHARED if name not in known))  # fmt: skip
    return (
        _compared(told, kept, made) if isinstance(made, bytes) else replace(told, stopped=made)
    )


def _made_anew(archive: Archive, record: Record, kept: bytes) -> bytes | tuple[str, ...]:
    """The document made anew, or what stops it."""
    with TemporaryDirectory() as folder:
        _lay_out(archive, record, Path(folder))
        examined = _examined(archive, record, kept, Path(folder))
        return _what_stops(examined) or generate(examined)


def _lay_out(archive: Archive, record: Record, root: Path) -> None:
    """Put the frozen kind where kinds are looked for, ``root/<kind>/``, its rules beside it."""
    folder = root / record.kind
    if not _KIND.fullmatch(record.kind):
        raise ArchiveFault("Mã loại báo cáo trong hồ sơ không đúng dạng.")
    folder.mkdir()
    for role, name in ((TEMPLATE, "template.docx"), (KIND, "kind.toml")):
        (folder / name).write_bytes(archive.read(record.file(role)))
    for name, ref in _rules(record).items():
        (root / name).write_bytes(archive.read(ref))


def _rules(record: Record) -> Mapping[str, FileRef]:
    """The frozen rules by the names they are looked for by."""
    return {ref.name: ref for ref in record.files if ref.role == RULES and ref.name in SHARED}


def _examined(archive: Archive, record: Record, kept: bytes, root: Path) -> Examined:
    """Examine the input as it was: its name, pictures, corrections, what was acknowledged by whom."""
    rows = _acknowledged(archive, record, kept)
    source = replace(source_kept(archive, record), by=rows[0].by if rows else record.by)
    past = _held_against(archive, record)
    alone = examine(source, root, past)
    in_file = (
        {row.finding.strip() for row in alone.data.acknowledgements} if alone.data else set()
    )
    beside = tuple(row for row in rows if row.finding not in in_file)
    return examine(replace(source, accepted=beside), root, past) if beside else alone


def _held_against(archive: Archive, record: Record) -> PastOf:
    """The earlier reports that it was held against, as they were then."""
    found = [archive.read(ref) for ref in record.files if ref.role == PAST]
    past = thaw(found[0]) if found else ()
    return lambda _: past


def _acknowledged(archive: Archive, record: Record, kept: bytes) -> tuple[Acknowledgement, ...]:
    """The acknowledgements that held; where each stood is told by the document's trace."""
    trace = read_trace(kept)
    places = {row.finding: row.where for row in trace.acknowledgements} if trace else {}
    rows = json.loads(archive.read(record.file(FINDINGS)))
    return tuple(
        Acknowledgement(row["finding"], row["reason"], row["by"], places.get(row["finding"], ""))
        for row in rows
    )  # fmt: skip


def _what_stops(examined: Examined) -> tuple[str, ...]:
    return tuple(found.message for found in examined.findings if found.severity == ERROR)


def _compared(told: Rebuilt, kept: bytes, made: bytes) -> Rebuilt:
    if canonical_digest(made) == canonical_digest(kept):
        return told
    old, new = _members(kept), _members(made)
    names = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
    mark = NAMESPACE.encode()
    traces = [n for n in names if n.startswith("customXml/item")
              and all(mark in one.get(n, b"") for one in (old, new))]  # fmt: skip
    return replace(told, differing=tuple(names), traces=tuple(traces))


def _members(document: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
