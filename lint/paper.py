"""A document as it looks on paper: sections, paragraphs and runs with all their formatting resolved."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look: ``fonts`` its letters are set in, ``size`` in points, ``color`` RRGGBB."""

    text: str
    fonts: tuple[str, ...] = ()
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    color: str = "000000"


@dataclass(frozen=True, slots=True)
class Rule:
    """A line drawn across: its length in points, and whether it is one solid stroke.

    ``aside`` is how far its middle stands right of the middle of its paragraph's room, in points;
    None where nobody can tell.
    """

    length: float
    solid: bool = True
    aside: float | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A box drawn around words: its sides in mm, 0 where not told; whether one single stroke."""

    width: float = 0.0
    height: float = 0.0
    single: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in a table something stands, each counted from 1; ``edges`` are its drawn sides.

    Table 0 is no table: columns set with tabs at the head of a document.
    """

    table: int
    row: int
    column: int
    columns: int
    edges: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Paragraph:
    """A paragraph, equal to itself alone: indents in mm, spaces in points.

    ``room`` is the width it may fill in points; ``index`` its place among all, ``number`` among
    those outside of tables; ``line`` the spacing of its lines as a multiple of single; ``label``
    what Word numbers it with; ``rule`` a line it draws, ``shapes`` all those that are drawings;
    ``frame`` the box around it; ``beside`` names what it stands in, "" for the text itself.
    """

    index: int
    number: int = 0
    runs: tuple[Run, ...] = ()
    align: str = "left"
    first: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    label: str = ""
    style: str = ""
    room: float = 0.0
    rule: Rule | None = None
    shapes: tuple[Rule, ...] = ()
    frame: Frame | None = None
    beside: str = ""
    cell: Cell | None = None
    section: int = 0
    picture: bool = False
    page_field: bool = False

    @cached_property
    def text(self) -> str:
        """What it says, with what Word numbers it with, spaces as they are."""
        own = "".join(run.text for run in self.runs)
        return f"{self.label} {own}" if self.label and own.strip() else own

    @cached_property
    def words(self) -> str:
        """What it says, spaces collapsed."""
        return " ".join(self.text.split())

    @property
    def inked(self) -> tuple[Run, ...]:
        """The runs in which something is printed."""
        return tuple(run for run in self.runs if run.text.strip())

    @property
    def place(self) -> str:
        """Where a secretary would look for it."""
        shown = self.words if len(self.words) <= _SHOWN else f"{self.words[:_SHOWN]}…"
        quote = f" «{shown}»" if shown else ""
        if self.beside:
            return f"{self.beside}{quote}"
        if self.cell and self.cell.table:
            return (
                f"Bảng {self.cell.table}, hàng {self.cell.row}, cột {self.cell.column}{quote}"
            )
        return f"Đoạn {self.number}{quote}"

    def share(self, look: str) -> float:
        """How much of what is printed is ``bold``, ``italic`` or ``underlined``, 0 to 1."""
        whole = sum(len(run.text.strip()) for run in self.inked)
        marked = sum(len(run.text.strip()) for run in self.inked if getattr(run, look))
        return marked / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one kind: sizes and margins in mm; headers and footers by ``default``, ``first``.

    ``own_first`` says that the first page has headers of its own; ``starts`` the number that
    its pages begin with, None where they go on; ``digits`` what they are numbered with.
    """

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    own_first: bool = False
    starts: int | None = None
    digits: str = "decimal"
    headers: dict[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    footers: dict[str, tuple[Paragraph, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Paper:
    """The whole document, its paragraphs in the order they are read, those of tables among them.

    ``floating`` are those of text boxes, which stand beside the text.
    """

    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    floating: tuple[Paragraph, ...] = ()

    @cached_property
    def said(self) -> tuple[Paragraph, ...]:
        """The paragraphs that print text."""
        return tuple(one for one in self.paragraphs if one.words)
