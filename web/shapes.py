"""The shapes of what is answered as JSON: the description is made of them, tests hold answers to them."""

from __future__ import annotations

from typing import Literal, NotRequired

from typing_extensions import (  # pydantic reads no other before Python 3.12
    TypedDict,
)

Number = int | float


class FindingTold(TypedDict):
    """What is wrong or to be looked at, where, and what to do."""

    id: str
    code: str
    severity: Literal["error", "warning", "note"]
    where: str
    message: str
    remedy: str
    about: NotRequired[str]
    places: NotRequired[list[str]]
    stated: NotRequired[Number]
    computed: NotRequired[Number]
    difference: NotRequired[Number]
    unit: NotRequired[str]
    quote: NotRequired[str]


class ProblemTold(TypedDict):
    """Why a request was not done (RFC 9457), with all findings at once."""

    type: Literal["about:blank"]
    title: str
    status: int
    detail: str
    instance: NotRequired[str]
    findings: list[FindingTold]


class KindLinks(TypedDict):
    """Where a kind's form and schema are."""

    form: str
    schema: str


class KindTold(TypedDict):
    """A kind of report."""

    id: str
    title: str
    periods: list[str]
    links: KindLinks


class KindsTold(TypedDict):
    """All kinds of report."""

    kinds: list[KindTold]


class FigureTold(TypedDict):
    """A number as it is printed, and what it was made of."""

    code: str
    label: str
    value: Number
    unit: str
    hedge: NotRequired[str]
    rule: str
    where: str
    made_from: list[str]


class AcknowledgementTold(TypedDict):
    """A warning somebody has looked at."""

    finding: str
    reason: str
    by: str


class CheckTold(TypedDict):
    """What a check came to."""

    figures: list[FigureTold]
    findings: list[FindingTold]
    may_be_issued: bool
    open: list[str]
    acknowledged: list[AcknowledgementTold]


class ExplanationTold(TypedDict):
    """How one number was made, down to the cell."""

    figure: str
    label: str
    value: str
    words: NotRequired[str]
    rule: str
    where: str
    made_from: list[ExplanationTold]


class OriginTold(TypedDict):
    """The file the numbers came from."""

    name: str
    sha256: str


class ExplanationsTold(TypedDict):
    """Explanations, and the file they are all of."""

    origin: OriginTold
    explanations: list[ExplanationTold]


PeriodTold = TypedDict("PeriodTold", {"id": str, "from": str, "to": str})
"""A period with its first and last day."""


class OrgUnitTold(TypedDict):
    """A unit and what it lies within."""

    name: str
    within: list[str]


class SignerTold(TypedDict):
    """Who signed."""

    title: str
    name: str


class PaperTold(TypedDict):
    """What the issued paper says of itself."""

    subject: str
    number: str
    notation: str
    date: str | None
    signer: SignerTold


class KeptTold(TypedDict):
    """Who kept a report, when, with which program."""

    by: str
    at: str
    program: str


class RetentionTold(TypedDict):
    """How long a report is kept; ``until`` null for ever."""

    until: str | None
    basis: str
    hold: str


class SelfLink(TypedDict):
    """Where a thing is."""

    self: str


class FileTold(TypedDict):
    """A kept file."""

    role: str
    name: str
    media_type: str
    sha256: str
    size: int


class AttachmentTold(FileTold):
    """A file of a dossier, and where it is."""

    links: SelfLink


class AttachmentsTold(TypedDict):
    """All files of a dossier."""

    attachments: list[AttachmentTold]


class ChangeTold(TypedDict):
    """A figure that a new version tells otherwise."""

    code: str
    label: str
    before: Number | None
    after: Number | None
    unit: str


class ReportTold(TypedDict):
    """All the archive knows of a report but its figures."""

    id: str
    version: int
    replaces: str | None
    state: Literal["kept", "approved", "returned", "issued", "imported"]
    kind: str
    period: PeriodTold
    org_unit: OrgUnitTold
    paper: PaperTold
    kept: KeptTold
    digest: str
    retention: RetentionTold
    removed: str | None
    files: list[FileTold]
    changes: list[ChangeTold]
    links: dict[str, str]


class VersionsTold(TypedDict):
    """All versions of a report, the first one first."""

    versions: list[ReportTold]


class KeptFigure(TypedDict):
    """A figure as it was kept."""

    code: str
    label: str
    value: Number
    unit: str
    hedge: NotRequired[str]


class KeptFigures(TypedDict):
    """All figures of a kept report."""

    figures: list[KeptFigure]


class FoundTold(TypedDict):
    """A report that was found."""

    id: str
    version: int
    state: Literal["kept", "approved", "returned", "issued", "imported"]
    kind: str
    period: str
    org_unit: OrgUnitTold
    number: str
    exact: bool
    figures: list[KeptFigure]
    links: SelfLink


class FoundPage(TypedDict):
    """A page of what was found; ``next`` is the cursor of the next, null at the end."""

    reports: list[FoundTold]
    next: str | None


class SignerAsked(TypedDict, total=False):
    """Who signed the paper."""

    title: str
    name: str


class PaperAsked(TypedDict):
    """What văn thư gave the paper."""

    number: str
    date: str
    notation: NotRequired[str]
    subject: NotRequired[str]
    signer: NotRequired[SignerAsked]


class JobTold(TypedDict):
    """Work that was put off: ``result`` is where its answer is, once it is done."""

    id: str
    state: Literal["queued", "running", "done", "failed"]
    method: str
    path: str
    asked: str
    ended: str | None
    status: int | None
    links: dict[str, str]


class AmissTold(TypedDict):
    """A kept file that is not what it was."""

    sha256: str
    state: str
    reports: list[str]
    message: str


class InspectionTold(TypedDict):
    """What an inspection of the whole archive found."""

    verdict: Literal["intact", "wrong", "unknown"]
    summary: str
    reports: int
    files: dict[str, int]
    bytes: int
    amiss: list[AmissTold]
    orphans: list[str]
    unlisted: str | None
    records: list[str]
    log: list[str]
