"""The frozen values that travel from stage to stage; nothing here computes a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256

from generators.papers import Document as Document

ERROR, WARNING, NOTE = "error", "warning", "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake or doubt in the data, for the person who can mend it.

    ``where`` is ``Số liệu!D12`` or ``/lines/3/amount``; ``message`` says what is wrong and
    ``remedy`` what to do, both in plain Vietnamese sentences. ``about`` is the figure, line
    or text in question, named as both doors name it; ``places`` are all the places that take
    part; ``stated`` and ``computed`` the two numbers that disagree, in ``unit``; ``quote``
    the words in question.
    """

    code: str
    severity: str
    where: str
    message: str
    remedy: str
    about: str = ""
    places: tuple[str, ...] = ()
    stated: Decimal | None = None
    computed: Decimal | None = None
    unit: str = ""
    quote: str = ""

    @property
    def id(self) -> str:
        """The finding's own name, the same as long as what it found is the same.

        It does not change with the wording of a message, nor between the doors; it does when
        a number does, so that what was acknowledged was this.
        """
        facts = (
            self.about or self.where,
            *map(_digits, (self.stated, self.computed)),
            self.quote,
        )
        told = "\0".join((self.code, *facts)).encode("utf-8", "replace")
        return f"{self.code}-{sha256(told).hexdigest()[:8]}"

    @property
    def difference(self) -> Decimal | None:
        """What was stated less what was computed."""
        if self.stated is None or self.computed is None:
            return None
        return self.stated - self.computed


def _digits(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


# ---------------------------------------------------------------- what a door hands over


@dataclass(frozen=True, slots=True)
class Raw:
    """One value as received, and the place it stood in."""

    value: object
    place: str


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A set of named raw values, and the place of the whole."""

    place: str
    fields: Mapping[str, RawTree]


RawTree = Raw | RawRecord | tuple["RawTree", ...]


@dataclass(frozen=True, slots=True)
class RawInput:
    """What either door delivers: the payload of version 1 as a tree of raw values.

    Text in it is NFC. ``findings`` are what the door itself could not take.
    """

    root: RawRecord
    findings: tuple[Finding, ...] = ()


# ---------------------------------------------------------------- the period's data


ABOVE, BELOW, ABOUT, UNDER = "above", "below", "about", "under"
HEDGES: Mapping[str, str] = {
    "trên": ABOVE, "hơn": ABOVE, "gần": BELOW, "dưới": UNDER,
    "khoảng": ABOUT, "xấp xỉ": ABOUT, "ước": ABOUT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it was told: exact, or hedged by one of the words in ``HEDGES``.

    ``written`` is the place of the last digit where words round or keep a zero ("45,7 tỷ",
    "91,0%"). ``mark`` is the sign round the number in words made of it, to find it again in the
    document. ``in_full`` tells that money is said in đồng, not short in triệu or tỷ.
    """

    value: Decimal
    hedge: str = ""
    where: str = ""
    mark: str = field(default="", compare=False)
    in_full: bool = field(default=False, compare=False)
    written: Decimal | None = field(default=None, compare=False, repr=False)

    @property
    def place(self) -> Decimal:
        """The place of the last digit written, at most 1 where no word like triệu says more."""
        own = Decimal(1).scaleb(min(0, int(self.value.as_tuple().exponent)))
        return own if self.written is None else self.written

    @property
    def span(self) -> tuple[Decimal, Decimal]:
        """The least and greatest value the words allow, both ends included.

        With p the place of the last non-zero digit written, "trên N" is up to N+p, "gần N"
        from N-p, "khoảng N" N±p; "dưới N" is anything from 0 to N.
        """
        if not self.hedge:
            return self.value, self.value
        if self.value < 0:  # a fall
            least, most = replace(self, value=-self.value).span
            return -most, -least
        if HEDGES[self.hedge] == UNDER:
            return Decimal(0), self.value
        sense, place = HEDGES[self.hedge], last_place(self.value)
        low = self.value if sense == ABOVE else self.value - place
        high = self.value if sense == BELOW else self.value + place
        return low, high


def last_place(value: Decimal) -> Decimal:
    """Return the place of the last non-zero digit of `value`: 100 for 3100, 0.1 for 2.5."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent)) if value else Decimal(1)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that a line is held against: its plan, its whole, the same period, a base.

    ``share`` is a stated %; ``change`` a stated rise (negative: fall) in ``change_unit``,
    which is "%", "điểm %" or the line's unit, ``change_percent`` the same in % where it is told
    in both; of a rate, ``percent_for_points`` tells that
    "%" was written where points are meant.
    """

    value: Quantity | None = None
    amount: Quantity | None = None
    share: Quantity | None = None
    change: Quantity | None = None
    change_unit: str = ""
    change_percent: Quantity | None = None
    percent_for_points: bool = False
    label: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """Money for one unit, đồng: one sum, or a range up to ``upto``; ``count`` units had it."""

    value: Quantity
    upto: Quantity | None = None
    count: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One result of the period. ``key`` is the stem of its figures' ids.

    ``value`` is in ``unit``; every ``amount`` is whole đồng. ``code`` is "" for a line that
    the catalogue does not know; ``parts`` add up to the line for each ``by``, ``of_which``
    need not.
    """

    key: str
    code: str
    section: str
    label: str
    unit: str
    where: str
    giver: str = ""
    group: str = ""
    occasion: str = ""
    round: str = ""
    value: Quantity | None = None
    amount: Quantity | None = None
    status: str = ""
    plan: tuple[Measure, ...] = ()
    whole: tuple[Measure, ...] = ()
    previous: tuple[Measure, ...] = ()
    bases: tuple[Measure, ...] = ()
    opening: Quantity | None = None
    increase: Quantity | None = None
    decrease: Quantity | None = None
    closing: Quantity | None = None
    cumulative: Quantity | None = None
    rate: tuple[Rate, ...] = ()
    months: Quantity | None = None
    rate_count: Quantity | None = None
    parts: tuple[Line, ...] = ()
    of_which: tuple[Line, ...] = ()
    by: str = ""
    estimate: bool = False
    as_of: date | None = None
    start: date | None = None
    end: date | None = None
    source: str = ""
    supplied_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period: an id as DHIS2 writes it (``2026S1``) and its own first and last day."""

    id: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class OrgUnit:
    """The unit that reports, and the units it lies in, nearest first."""

    name: str
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A person a story tells of; the name is printed only with ``consent``."""

    name: str
    role: str = ""
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes (PNG or JPEG) and its size in pixels."""

    data: bytes
    extension: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Story:
    """A model activity or a quote; ``{1}`` in ``text`` is the first of ``people``."""

    title: str
    text: str
    people: tuple[Person, ...] = ()
    picture: Picture | None = None
    caption: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A warning that somebody has looked at: its id, why it may stand, and who says so."""

    finding: str
    reason: str
    by: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class PeriodData:
    """Everything one unit reports for one period, read and validated."""

    kind: str
    period: Period
    org_unit: OrgUnit
    document: Document
    lines: tuple[Line, ...]
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stories: tuple[Story, ...] = ()
    acknowledgements: tuple[Acknowledgement, ...] = ()

    @property
    def paper_day(self) -> date:
        """The day by which the paper's form goes: its own, else the last of its period."""
        return self.document.date or self.period.end


# ---------------------------------------------------------------- what is computed


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the report, given or computed; the contract of all later stages.

    ``id`` is stable (``qua_tet@chu_tich_nuoc.amount``); ``rule`` says in words how it was
    made, ``made_from`` the ids it was made of, ``where`` the place it was read from.
    """

    id: str
    label: str
    quantity: Quantity
    unit: str
    rule: str
    made_from: tuple[str, ...] = ()
    where: str = ""


Figures = Mapping[str, Figure]
