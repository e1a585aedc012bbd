"""What a kept report was made of, as a source: its input and pictures, what was typed over it."""

from __future__ import annotations

from archive.keeping import Archive
from archive.records import DOCUMENT, INPUT, PICTURE, Record
from generators.origins import Correction
from generators.pipeline import Source, read_trace


def source_kept(archive: Archive, record: Record) -> Source:
    """Return what `record` was made of; of an imported one there is only its input."""
    input_, document = record.file(INPUT), _document(archive, record)
    trace = read_trace(document) if document else None
    typed: tuple[Correction, ...] = trace.origin.corrections if trace else ()
    pictures = {ref.name: archive.read(ref) for ref in record.files if ref.role == PICTURE}
    name = trace.origin.name if trace else input_.name
    return Source(archive.read(input_), pictures, record.kind, name, corrections=typed)


def _document(archive: Archive, record: Record) -> bytes | None:
    found = next((ref for ref in record.files if ref.role == DOCUMENT), None)
    return archive.read(found) if found else None
