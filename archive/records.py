"""The values the archive takes and gives: deposits, records, their files and figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

KEPT, ISSUED, IMPORTED = "kept", "issued", "imported"
APPROVED, RETURNED = "approved", "returned"
"""A report is kept (submitted), approved or returned, then issued; imported ones came issued."""
INPUT, PICTURE, DATA, FIGURES, FINDINGS, PAST, TEMPLATE, KIND, RULES, DOCUMENT = (
    "input", "picture", "data", "figures", "findings", "past", "template", "kind", "rules", "document",
)  # fmt: skip
"""The parts of a report; ``rules`` are the norms, terms and agencies it was made by."""
PDF, SIGNED, RETURNED, ORIGINAL, REQUEST, OTHER = (
    "pdf", "signed", "returned", "original", "request", "other",
)  # fmt: skip
ATTACHED = (SIGNED, RETURNED, ORIGINAL, REQUEST, PDF, OTHER)
"""What may be added to a report later: the signed paper, one that came back, a supplier's original,
the letter that asked for it, a PDF, anything else that belongs in the dossier."""


class ArchiveFault(Exception):
    """The archive cannot do what was asked; the message says why, in Vietnamese."""


class Conflict(ArchiveFault):
    """Another report stands where this one would: name it as replaced, or leave it."""


class Missing(ArchiveFault):
    """There is no such report or file, or it was removed after its time."""


class Altered(ArchiveFault):
    """A kept file is not what it was when it was kept."""


class Unavailable(ArchiveFault):
    """The archive cannot be read or written now: busy, full, read-only, out of reach; try again."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file of a report: what part it plays, its name as it came, and its bytes."""

    role: str
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class FileRef:
    """A kept file as the archive knows it; ``size`` in bytes."""

    role: str
    name: str
    media_type: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure as it was told: exact value (đồng, %, the line's unit) and its hedge."""

    id: str
    label: str
    value: Decimal
    hedge: str
    unit: str


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that a new version tells otherwise; None where it was or is not told."""

    id: str
    label: str
    before: Decimal | None
    after: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What the issued paper says of itself (Nghị định 30/2020, Phụ lục VI, phần II).

    Lengths are the decree's: subject 500, number 11, notation 30, position 100, name 50.
    """

    subject: str = ""
    number: str = ""
    notation: str = ""
    issued_on: date | None = None
    signer_title: str = ""
    signer_name: str = ""


@dataclass(frozen=True, slots=True)
class Deposit:
    """A report to be kept: what it is of, its files, its figures, and who keeps it.

    ``digest`` is the canonical digest of the document: SHA-256 over its sorted member names
    and uncompressed bytes. ``text`` is what a search looks through.
    """

    kind: str
    period: str
    start: date
    end: date
    unit: str
    within: tuple[str, ...]
    files: tuple[KeptFile, ...]
    figures: tuple[FigureRow, ...]
    by: str
    program: str
    digest: str = ""
    text: str = ""
    paper: Paper = field(default_factory=Paper)
    state: str = KEPT
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a report is kept: until a day (None: for ever), the legal basis, a hold if any."""

    until: date | None
    basis: str
    hold: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A report as it stands in the archive; ``removed`` is when its files were destroyed."""

    id: str
    version: int
    replaces: str
    kind: str
    period: str
    start: date
    end: date
    unit: str
    within: tuple[str, ...]
    state: str
    paper: Paper
    by: str
    at: datetime
    program: str
    digest: str
    retention: Retention
    files: tuple[FileRef, ...] = ()
    removed: datetime | None = None
    changes: tuple[FigureChange, ...] = ()

    def file(self, role: str) -> FileRef:
        """Return the file that plays `role`, the latest of them; Missing where none does."""
        found = [ref for ref in self.files if ref.role == role]
        if not found:
            raise Missing(f"Báo cáo {self.id} không có tệp «{role}».")
        return found[-1]


Figures = Mapping[str, FigureRow]
