"""What the paper says of itself, out of raw records: who issues it, signs it and receives it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generators.folding import fold
from generators.intake.fields import FieldReader, items, record_of
from generators.intake.places import said_place
from generators.kind_annexes import AnnexSpec
from generators.model import Document, Raw, RawRecord

AUTHORITIES = ("TM.", "KT.", "TL.", "TUQ.", "Q.")
NOBODY = "không"
_BY_WORD = {fold(authority): authority for authority in AUTHORITIES} | {
    "phu trach": "KT.", "dieu hanh": "KT.",
}  # fmt: skip


def read_document(
    record: RawRecord, annexes: Sequence[AnnexSpec], reader: FieldReader
) -> Document:
    """Return the record ``document`` read; what is absent is left to the defaults.

    `annexes` are those that the kind has.
    """
    signer = record_of(record, "signer")
    recipients = reader.texts(record, "recipients")
    nobody = [name for name in recipients if fold(name) == fold(NOBODY)]
    return Document(
        place=reader.text(record, "place"),
        date=reader.day(record, "date"),
        number=reader.text(record, "number"),
        signer_title=reader.text(signer, "title"),
        signer_name=reader.text(signer, "name"),
        recipients=tuple(name for name in recipients if name not in nobody),
        headline=reader.text(record, "headline"),
        author=reader.text(record, "author"),
        superior=reader.text(record, "superior"),
        agency=reader.text(record, "agency"),
        notation=reader.text(record, "notation"),
        subject=reader.text(record, "subject"),
        authority=_authority(signer, reader),
        head=reader.text(signer, "head"),
        unaddressed=bool(nobody) or record.fields.get("recipients") == (),
        copies=reader.texts(record, "copies"),
        filing=reader.text(record, "filing"),
        without_annexes=tuple(_left_out(record, annexes, reader)),
    )


def _left_out(
    record: RawRecord, annexes: Sequence[AnnexSpec], reader: FieldReader
) -> Iterator[str]:
    """The annexes that the report goes without; a kind that has none goes without any."""
    known = {fold(name): spec.id for spec in annexes for name in (spec.id, spec.label)}
    for raw in items(record, "without_annexes") if annexes else ():
        said = reader.clean(raw) if isinstance(raw, Raw) else ""
        if found := known.get(fold(said)):
            yield found
        elif said and isinstance(raw, Raw):
            names = ", ".join(spec.label or spec.id for spec in annexes)
            reader.add("document.annex", raw.place,
                       f"{said_place(raw.place)}: «{said}» không phải phụ lục của loại báo cáo này.",
                       f"Hãy ghi một trong: {names}; hoặc để trống để kèm đủ.")  # fmt: skip


def _authority(signer: RawRecord, reader: FieldReader) -> str:
    """The authority as the decree abbreviates it; a deputy in charge signs as KT."""
    said, raw = reader.text(signer, "authority"), signer.fields.get("authority")
    known = _BY_WORD.get(fold(said), "")
    if said and not known and isinstance(raw, Raw):
        reader.add("document.authority", raw.place,
                   f"{said_place(raw.place)}: «{said}» không phải quyền hạn ký.",
                   f"Hãy ghi {', '.join(AUTHORITIES)} hoặc để trống khi người đứng đầu ký.")  # fmt: skip
    return known
