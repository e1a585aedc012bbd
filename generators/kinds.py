"""Kinds of report: a folder with ``kind.toml`` becomes a frozen ReportKind.

A kind may take its sections, lines, totals, relations and texts from another one
(``catalogue``): the same data then makes both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from generators.catalogues import KindFault as KindFault
from generators.catalogues import read_kind_toml, stamp
from generators.kind_annexes import AnnexSpec, annex_faults
from generators.outlines import Outline, outline_faults, read_outlines

NATURES = ("stock", "flow", "share", "target")
SIGNS = ("<=", "=")
OVER_UNITS = ("sum", "last", "none")
MONEY = ("triệu", "đồng")
LINE_FIELDS = (
    "value", "amount", "plan", "whole", "previous", "bases", "opening", "increase", "decrease",
    "closing", "cumulative", "rate", "months", "rate_count", "parts", "of_which",
)  # fmt: skip
RESERVED = frozenset({"muc", "ky", "don_vi", "van_ban", "loi_van", "cau_chuyen", "phu_luc"})
_CODE = re.compile(r"[a-z][a-z0-9_]*\Z")


@dataclass(frozen=True)
class Section:
    """A part of the report, in printing order."""

    id: str
    title: str


@dataclass(frozen=True)
class Row:
    """A ready-made row of a line in the form: who gave, to whom, for what day, which round."""

    label: str
    giver: str = ""
    group: str = ""
    occasion: str = ""
    round: str = ""


@dataclass(frozen=True)
class LineSpec:
    """An indicator of the catalogue.

    ``nature`` is stock, flow, share or target; ``noun`` what is counted, said after the
    number; ``ratio`` what the 5 of a typed "2/5" is (plan or whole); ``rate_per`` what one
    rate is paid for ("hộ/tháng"); ``giver_label`` names a row by who gave ("Quà của {giver}");
    ``adds_as`` is the unit of a sum over the line's rows.
    """

    code: str
    section: str
    label: str
    unit: str
    nature: str = "flow"
    noun: str = ""
    money: str = "out"
    ratio: str = "whole"
    rate_per: str = ""
    giver_label: str = ""
    adds_as: str = ""
    over_units: str = "sum"
    required: bool = False
    fields: tuple[str, ...] = ("value", "amount", "plan", "previous")
    rows: tuple[Row, ...] = ()
    parts: tuple[str, ...] = ()
    of_which: tuple[str, ...] = ()
    by: str = ""
    help: str = ""


@dataclass(frozen=True)
class TotalSpec:
    """A sum the catalogue allows: of the lines ``of``, in value (``unit``) and amount.

    ``unit`` is "" where only money adds up (people and households never do).
    """

    code: str
    section: str
    label: str
    of: tuple[str, ...]
    unit: str = ""


@dataclass(frozen=True)
class Relation:
    """What must hold between lines of one report: the sum of ``left`` against that of ``right``.

    Each side is a list of a line's numbers, ``code.value`` or ``code.decrease``; ``sign`` is
    "<=" or "="; ``says`` is the sentence that a reader is told.
    """

    left: tuple[str, ...]
    sign: str
    right: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class TextSpec:
    """A place for prose that no number makes; ``section`` is "" for the whole report."""

    id: str
    label: str
    section: str = ""
    help: str = ""


@dataclass(frozen=True)
class ReportKind:
    """A kind of report as its folder describes it.

    ``reads`` are the kinds whose input it takes too; ``money`` how sums are said, short
    ("triệu") or in full ("đồng"); ``public`` whether the paper is for the public, which is
    told of nobody by name without consent; ``outlines`` how its results are grouped, by date.
    """

    id: str
    title: str
    file_name: str
    folder: Path
    sections: tuple[Section, ...]
    lines: tuple[LineSpec, ...]
    totals: tuple[TotalSpec, ...]
    texts: tuple[TextSpec, ...]
    periods: tuple[str, ...]
    relations: tuple[Relation, ...] = ()
    annexes: tuple[AnnexSpec, ...] = ()
    reads: tuple[str, ...] = ()
    money: str = "triệu"
    public: bool = True
    outlines: tuple[Outline, ...] = ()

    @cached_property
    def line(self) -> Mapping[str, LineSpec]:
        """The lines by code."""
        return {spec.code: spec for spec in self.lines}

    @cached_property
    def total(self) -> Mapping[str, TotalSpec]:
        """The totals by code."""
        return {spec.code: spec for spec in self.totals}

    @cached_property
    def section(self) -> Mapping[str, Section]:
        """The sections by id."""
        return {section.id: section for section in self.sections}


def list_kinds(root: Path) -> list[str]:
    """Return the ids of all kinds under `root`, sorted."""
    return sorted(path.parent.name for path in root.glob("*/kind.toml"))


def load_kind(folder: Path) -> ReportKind:
    """Return the kind that `folder` describes, read anew when it changed.

    KindFault with every fault in it.
    """
    return _loaded(folder, stamp(folder))


@lru_cache(maxsize=32)
def _loaded(folder: Path, changed: tuple[int, ...]) -> ReportKind:
    raw = read_kind_toml(folder)
    try:
        kind = _build(raw, folder)
    except KeyError as error:
        raise KindFault(f"{folder.name}/kind.toml: thiếu khóa {error.args[0]}") from error
    except (TypeError, AttributeError) as error:
        raise KindFault(f"{folder.name}/kind.toml: {error}") from error
    faults = list(_faults(kind, folder))
    if faults:
        raise KindFault("\n".join(f"{folder.name}/kind.toml: {fault}" for fault in faults))
    return kind


def _build(raw: dict[str, Any], folder: Path) -> ReportKind:
    return ReportKind(
        id=raw["id"],
        title=raw["title"],
        file_name=raw["file_name"],
        folder=folder,
        sections=tuple(Section(**entry) for entry in raw["sections"]),
        lines=tuple(_line(entry) for entry in raw["lines"]),
        totals=tuple(TotalSpec(**_tuples(entry)) for entry in raw.get("totals", ())),
        texts=tuple(TextSpec(**entry) for entry in raw.get("texts", ())),
        periods=tuple(raw["periods"]),
        relations=tuple(Relation(**_tuples(entry)) for entry in raw.get("relations", ())),
        annexes=tuple(AnnexSpec(**_tuples(entry)) for entry in raw.get("annexes", ())),
        reads=tuple(raw.get("reads", ())),
        money=raw.get("money", MONEY[0]),
        public=raw.get("public", True),
        outlines=read_outlines(raw.get("outlines", ())),
    )


def _line(entry: dict[str, Any]) -> LineSpec:
    unknown = set(entry) - {field.name for field in fields(LineSpec)}
    if unknown:
        raise TypeError(f"{entry.get('code')}: không biết khóa {', '.join(sorted(unknown))}")
    rows = tuple(Row(**row) for row in entry.get("rows", ()))
    return LineSpec(**{**_tuples(entry), "rows": rows})


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in entry.items()}


def _faults(kind: ReportKind, folder: Path) -> Iterator[str]:
    if kind.id != folder.name:
        yield f"id «{kind.id}» khác tên thư mục «{folder.name}»"
    if kind.money not in MONEY:
        yield f"money «{kind.money}» phải là {' hoặc '.join(MONEY)}"
    yield from _code_faults(kind)
    yield from outline_faults(kind.outlines, kind.section)
    yield from _twice_faults(kind)
    for spec in kind.lines:
        yield from _line_faults(kind, spec)
    for total in kind.totals:
        yield from _total_faults(kind, total)
    for relation in kind.relations:
        yield from _relation_faults(kind, relation)
    yield from annex_faults(kind.annexes, kind.line, kind.total)
    for text in kind.texts:
        if text.section and text.section not in kind.section:
            yield f"lời văn {text.id}: không có mục {text.section}"


def _twice_faults(kind: ReportKind) -> Iterator[str]:
    for what, ids in (
        ("mục", [s.id for s in kind.sections]),
        ("lời văn", [t.id for t in kind.texts]),
    ):
        yield from (
            f"{what} {id_} có hai lần" for id_ in sorted({i for i in ids if ids.count(i) > 1})
        )


def _total_faults(kind: ReportKind, total: TotalSpec) -> Iterator[str]:
    yield from (f"tổng {total.code}: không có chỉ tiêu {code}"
                for code in total.of if code not in kind.line)  # fmt: skip
    yield from _adding_faults(kind, total)
    if total.section and total.section not in kind.section:
        yield f"tổng {total.code}: không có mục {total.section}"


def _code_faults(kind: ReportKind) -> Iterator[str]:
    codes = [spec.code for spec in kind.lines] + [spec.code for spec in kind.totals]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"mã {code} có hai lần"
    for code in codes:
        if not _CODE.match(code) or code in RESERVED:
            yield f"mã {code} không dùng được: chữ thường không dấu, không trùng từ dành riêng"


def _line_faults(kind: ReportKind, spec: LineSpec) -> Iterator[str]:
    if spec.section not in kind.section:
        yield f"chỉ tiêu {spec.code}: không có mục {spec.section}"
    if spec.nature not in NATURES:
        yield f"chỉ tiêu {spec.code}: nature «{spec.nature}» phải là {', '.join(NATURES)}"
    if spec.over_units not in OVER_UNITS:
        yield f"chỉ tiêu {spec.code}: over_units phải là {', '.join(OVER_UNITS)}"
    if spec.ratio not in ("plan", "whole"):
        yield f"chỉ tiêu {spec.code}: ratio phải là plan hoặc whole"
    for name in spec.fields:
        if name not in LINE_FIELDS:
            yield f"chỉ tiêu {spec.code}: không có trường {name}"


def _relation_faults(kind: ReportKind, relation: Relation) -> Iterator[str]:
    if relation.sign not in SIGNS:
        yield f"quan hệ «{relation.says}»: sign phải là {' hoặc '.join(SIGNS)}"
    for name in (*relation.left, *relation.right):
        code, _, facet = name.rpartition(".")
        if code not in kind.line and code not in kind.total:
            yield f"quan hệ «{relation.says}»: không có chỉ tiêu {code}"
        elif facet not in LINE_FIELDS:
            yield f"quan hệ «{relation.says}»: không có trường {facet}"


def _adding_faults(kind: ReportKind, total: TotalSpec) -> Iterator[str]:
    """Units that do not add up: a sum of people and households, or of rates."""
    for spec in (kind.line[code] for code in total.of if code in kind.line):
        if total.unit and total.unit not in (spec.unit, spec.adds_as):
            yield f"tổng {total.code}: {spec.code} tính bằng {spec.unit}, không cộng thành {total.unit}"
        if spec.nature == "share":
            yield f"tổng {total.code}: {spec.code} là tỷ lệ, không cộng được"
