"""One part of a table on screen with what is found in its cells, and what a form typed into it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from desk.drafts import Draft
from generators.model import ERROR, Finding
from generators.pipeline import Examined

if TYPE_CHECKING:
    from generators.intake.screen_parts import Field, Part

_WAS = "was:"
_AREA, _MOST, _MOST_IN_AREA = "area", 2_000, 30_000


@dataclass(frozen=True, slots=True)
class Step:
    """A part as the way through the table names it: how many things are to be mended in it."""

    id: str
    title: str
    open: int


@dataclass(frozen=True, slots=True)
class Placing:
    """A part of a draft's table, and what is found where in it.

    ``found`` are its findings by the address of the cell they are told at (E12), or by ``#12``
    for a row without such a cell; ``loose`` are those of its sheet as a whole.
    """

    draft: Draft
    steps: tuple[Step, ...]
    part: Part
    found: Mapping[str, tuple[Finding, ...]]
    loose: tuple[Finding, ...]
    home: str = ""

    @property
    def known_ids(self) -> frozenset[str]:
        """The parts that one may go to from here: all of them, and every line of this one."""
        return frozenset({*(step.id for step in self.steps),
                          *(f"dong-{row.number}" for row in self.part.rows)})  # fmt: skip

    @property
    def next_id(self) -> str:
        """The part after this one; after a line of it the part itself; "" after the last."""
        ids = [step.id for step in self.steps]
        if self.part.id not in ids:
            return self.home
        return next(iter(ids[ids.index(self.part.id) + 1 :]), "")

    @property
    def at(self) -> int:
        """Which of the parts it is, counted from 1; 0 for a line of one."""
        return next((n for n, step in enumerate(self.steps, 1) if step.id == self.part.id), 0)

    def of_row(self, number: int, cells: Sequence[Field]) -> tuple[Finding, ...]:
        """What is found in a row, at any of its cells."""
        places = [f"#{number}", *(cell.cell for cell in cells)]
        return tuple(one for place in places for one in self.found.get(place, ()))

    def has_mistakes_at(self, places: Collection[str]) -> bool:
        """Whether an error is told at one of these places."""
        return any(one.severity == ERROR and one.where in places
                   for told in self.found.values() for one in told)  # fmt: skip


def placing_of(draft: Draft, parts: Sequence[Part], part: Part, examined: Examined) -> Placing:
    """Return `part` with what is found in it: errors, and warnings that nobody has settled."""
    told = [one for one in examined.findings if one.severity == ERROR or one in examined.open]
    steps = tuple(Step(one.id, one.title, len(_in_part(one, told))) for one in parts)
    found: dict[str, tuple[Finding, ...]] = {}
    for one, key in _in_part(part, told):
        found[key] = (*found.get(key, ()), one)
    loose = found.pop("", ())
    return Placing(draft, steps, part, found, loose, _home(parts, part))


def _home(parts: Sequence[Part], line: Part) -> str:
    """The part that a line's own page is of."""
    number = line.id.removeprefix("dong-")
    return next((one.id for one in parts
                 if any(str(row.number) == number for row in one.rows)), "")  # fmt: skip


def _in_part(part: Part, told: Sequence[Finding]) -> list[tuple[Finding, str]]:
    """The findings of a part, each with the cell or row it is told at, "" for its whole sheet."""
    cells = {one.place: one.cell for one in part.fields}
    rows = {str(row.number) for row in part.rows}
    return [(one, key) for one in told if (key := _key(one, part, cells, rows)) is not None]


def _key(
    finding: Finding, part: Part, cells: Mapping[str, str], rows: Collection[str]
) -> str | None:
    place = next((p for p in (finding.where, *finding.places) if p in cells), "")
    if place:
        return cells[place]
    sheet, _, cell = finding.where.rpartition("!")
    number = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if sheet == part.sheet and number in rows:
        return f"#{number}"
    return "" if part.groups and finding.where == part.sheet else None


# ---------------------------------------------------------------- what a form typed


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form sent: ``changed`` are texts by place that its page had not shown.

    ``homeless`` are texts whose cell the table has no longer; ``long`` tells of those too long
    for a cell.
    """

    changed: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, str] = field(default_factory=dict)
    homeless: tuple[str, ...] = ()
    long: tuple[str, ...] = ()

    def text(self, cell: Field) -> str:
        """What to show in a cell: what was typed, else what stands there now."""
        return self.changed.get(cell.place, cell.text)

    def is_area(self, cell: Field) -> bool:
        """Whether it is shown as an area: a box of one line would lose the breaks of its text."""
        return cell.shape == _AREA or "\n" in self.text(cell) or "\r" in self.text(cell)

    def most(self, cell: Field) -> int:
        """How long the text of a cell may be."""
        return _MOST_IN_AREA if self.is_area(cell) else _MOST

    def theirs(self, cell: Field) -> str | None:
        """What somebody else wrote meanwhile where this was typed; None where nobody did."""
        if cell.place not in self.changed or cell.text in (
            self.changed[cell.place], self.seen.get(cell.place, "")):  # fmt: skip
            return None
        return cell.text


def sent_in(form: Mapping[str, str], part: Part) -> Sent:
    """Return what a form typed into a part, beside what its page had shown (``was:E12``)."""
    places = {one.cell: one.place for one in part.fields}
    typed = {name: _as_typed(text) for name, text in form.items() if name.isalnum()}
    seen = {name.removeprefix(_WAS): _as_typed(text) for name, text in form.items()
            if name.startswith(_WAS)}  # fmt: skip
    new = {cell: text for cell, text in typed.items() if text != seen.get(cell, "")}
    sent = Sent(
        {places[cell]: text for cell, text in new.items() if cell in places},
        {places[cell]: text for cell, text in seen.items() if cell in places},
        tuple(f"{cell}: {text}" for cell, text in new.items()
              if cell not in places and cell[:1].isupper()),
    )  # fmt: skip
    return replace(sent, long=tuple(_too_long(sent, part)))


def _too_long(sent: Sent, part: Part) -> Iterator[str]:
    for one in part.fields:
        count = len(sent.changed.get(one.place, ""))
        if count > sent.most(one):
            yield f"ô {one.cell} có {_dotted(count)} ký tự, nhiều nhất {_dotted(sent.most(one))}"


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _as_typed(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
