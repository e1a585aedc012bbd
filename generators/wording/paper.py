"""What the paper says of itself: who issues it, to whom, who signs; after Nghị định 30/2020.

What the data leaves open takes the default of its level and day (generators.agencies); a
number or day that is not known yet leaves the room in which the registry will write it.
"""

from __future__ import annotations

from dataclasses import dataclass

from generators.agencies import COUNCIL, DIVISION, Agencies, Council, Division
from generators.folding import fold
from generators.kinds import ReportKind
from generators.marks import ROOM
from generators.model import Document, PeriodData
from generators.outlines import outline_on
from generators.periods import next_period
from generators.wording.dates import say_date, say_month, say_period

AS_ABOVE = "Như trên"
_UNKNOWN = "…"
_TYPE = "BC"
_COUNCIL = ("uy ban nhan dan", "ubnd")
_ROOM = ROOM * 6


@dataclass(frozen=True)
class SaidDocument:
    """Thông tin của văn bản."""

    tit: str
    tac_gia: str
    noi: str
    ngay: str
    ngay_iso: str
    so: str
    chuc_vu: str
    nguoi_ky: str
    chu_quan: str
    ban_hanh: tuple[str, ...]
    co_quan: str
    so_ky_hieu: str
    noi_ngay: str
    trich_yeu: str
    kinh_gui_mot: str
    kinh_gui: tuple[str, ...]
    noi_nhan: tuple[str, ...]
    luu: str
    quyen_han: tuple[str, ...]


def say_document(data: PeriodData, kind: ReportKind, agencies: Agencies) -> SaidDocument:
    """Return what a template may say of the paper."""
    document, day = data.document, data.paper_day
    issuer = _issuer(data, agencies)
    recipients = () if document.unaddressed else document.recipients or agencies.recipients(
        issuer.by, data.org_unit, day)  # fmt: skip
    return SaidDocument(
        tit=document.headline, tac_gia=document.author, noi=document.place,
        ngay=say_date(document.date) if document.date else "",
        ngay_iso=day.isoformat(),
        so=document.number, chuc_vu=document.signer_title, nguoi_ky=document.signer_name,
        chu_quan=issuer.superior, ban_hanh=issuer.lines, co_quan=issuer.said,
        so_ky_hieu=_number(document, issuer.notation),
        noi_ngay=f"{document.place or agencies.place_name(data.org_unit.name)}, {_day(data)}",
        trich_yeu=document.subject or _subject(data, kind),
        kinh_gui_mot=recipients[0] if len(recipients) == 1 else "",
        kinh_gui=recipients if len(recipients) > 1 else (),
        noi_nhan=(*((AS_ABOVE,) if recipients else ()), *document.copies),
        luu=document.filing or issuer.filing,
        quyen_han=say_signature(document, issuer),
    )  # fmt: skip


def say_attached(data: PeriodData, agencies: Agencies) -> str:
    """Return what an annex says of its report: "(Kèm theo Báo cáo số 05/BC-UBND ngày … của …)"."""
    issuer = _issuer(data, agencies)
    number = _number(data.document, issuer.notation).removeprefix("Số:")
    return f"(Kèm theo Báo cáo số{number} {_day(data)} của {issuer.said})"


# ---------------------------------------------------------------- who issues it


@dataclass(frozen=True)
class Issuer:
    """The agency on the paper; ``lines`` are its name as printed, ``said`` as in a sentence."""

    by: str
    superior: str
    lines: tuple[str, ...]
    said: str
    notation: str
    collective: str
    head: str
    deputy: str
    filing: str


def _issuer(data: PeriodData, agencies: Agencies) -> Issuer:
    agency = data.document.agency
    if agency and not fold(agency).startswith(_COUNCIL):
        return _division(data, agencies)
    known = agencies.council(data.org_unit, data.paper_day)
    return _council(data, agencies, known or _ANY_COUNCIL)


_ANY_COUNCIL = Council((), "{tên}", "{tên}", f"{_TYPE}-{_UNKNOWN}", "", "", "", "VT", "", "")


def _council(data: PeriodData, agencies: Agencies, known: Council) -> Issuer:
    document = data.document
    name = agencies.filled(known.agency, data.org_unit)
    return Issuer(
        COUNCIL, _printed(document.superior), tuple(_printed(name).split("\n")),
        agencies.filled(known.said, data.org_unit),
        _notation(document.notation or known.notation),
        _printed(known.collective), known.head, known.deputy, known.filing,
    )  # fmt: skip


def _division(data: PeriodData, agencies: Agencies) -> Issuer:
    document, unit = data.document, agencies.unit_name(data.org_unit.name)
    known = agencies.division(document.agency, data.paper_day) or _ANY_DIVISION
    own = fold(unit) in fold(document.agency)
    return Issuer(
        DIVISION, _printed(document.superior or f"UBND {unit}"),
        tuple(line.strip() for line in _printed(document.agency).split("\n")),
        document.agency if own else f"{document.agency} {unit}",
        _notation(document.notation or known.notation),
        "", known.head, known.deputy, known.filing,
    )  # fmt: skip


_ANY_DIVISION = Division(
    (), _UNKNOWN, "Trưởng phòng", "Phó Trưởng phòng", "VT", "thông lệ", "M"
)


def _printed(name: str) -> str:
    return name.upper()


def _notation(notation: str) -> str:
    return notation if notation.startswith(f"{_TYPE}-") else f"{_TYPE}-{notation}"


# ---------------------------------------------------------------- number, day, subject


def _number(document: Document, notation: str) -> str:
    """Return "Số: 05/BC-UBND"; room before the slash where there is no number yet."""
    number, slash, own = document.number.partition("/")
    digits = number.strip()
    padded = digits.zfill(2) if digits.isdigit() else digits
    return f"Số: {padded}/{own.strip() if slash else notation}" if padded else (
        f"Số:{_ROOM}/{notation}")  # fmt: skip


def _day(data: PeriodData) -> str:
    """The day of the paper, or room for it in the month in which its period ends."""
    if data.document.date:
        return say_date(data.document.date)
    return f"ngày{_ROOM}tháng {say_month(data.paper_day.month)} năm {data.paper_day.year}"


def _subject(data: PeriodData, kind: ReportKind) -> str:
    outline = outline_on(kind.outlines, data.paper_day)
    if outline is None:
        return ""
    period = data.period.id
    return (f"Kết quả {outline.subject} {say_period(period)}, phương hướng, nhiệm vụ "
            f"{say_period(next_period(period))}")  # fmt: skip


# ---------------------------------------------------------------- who signs


def say_signature(document: Document, issuer: Issuer) -> tuple[str, ...]:
    """Return the lines above the name (Phụ lục I mục II.7): authority, then office.

    A title typed with its authority, or in lines, is taken as it is. A deputy who signs
    without saying by what signs for the head.
    """
    title = document.signer_title
    if "\n" in title or _has_authority(title):
        return tuple(_printed(line.strip()) for line in title.split("\n"))
    head, authority = document.head or issuer.head, document.authority
    if not authority and fold(title).startswith("pho "):
        authority = "KT."
    collective = f"TM. {issuer.collective}" if issuer.collective else ""
    lines = {
        "KT.": (collective, f"KT. {head}", title or issuer.deputy),
        "Q.": (collective, f"Q. {title or head}"),
        "TL.": (f"TL. {head}", title),
        "TUQ.": (f"TUQ. {head}", title),
        "TM.": (collective or f"TM. {issuer.lines[0]}", title or head),
    }.get(authority, (collective, title or head))
    return tuple(_printed(line) for line in lines if line)


def _has_authority(title: str) -> bool:
    return title.upper().startswith(("TM.", "KT.", "TL.", "TUQ.", "Q."))
