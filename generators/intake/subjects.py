"""What each place is of, named as both doors name it: a line by its key, an answer by its field.

A workbook's cell and a JSON pointer to the same value have the same subject, so that a finding
keeps its id whichever door its data came through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from generators.folding import fold, slug
from generators.intake.identity import DIMENSIONS
from generators.kinds import ReportKind
from generators.model import Finding, Raw, RawInput, RawRecord, RawTree

Named = tuple[str, str]  # a place and its subject
_NAMING = (
    "code",
    "section",
    "label",
    "unit",
    "by",
    *DIMENSIONS,
)  # of these a line's name is made
_MEASURED = ("value", "rate")  # a measure's own number is the measure


def named(findings: Iterable[Finding], raw: RawInput, kind: ReportKind) -> tuple[Finding, ...]:
    """Return `findings` of `raw`, each that names no subject with that of its place."""
    subjects: dict[str, str] = {}
    for place, subject in _subjects(raw.root, kind):
        subjects.setdefault(place, subject)
    return tuple(
        finding if finding.about else replace(finding, about=subjects.get(finding.where, ""))
        for finding in findings
    )


def located(findings: Iterable[Finding], raw: RawInput) -> tuple[Finding, ...]:
    """Return `findings` on texts and lists of names, each with the place it was typed in."""
    places = dict(_typed(raw.root))
    return tuple(_moved(finding, places.get(finding.about, "")) for finding in findings)


def _moved(finding: Finding, place: str) -> Finding:
    if not place or not finding.where.startswith(_PROSE):
        return finding
    where = tuple(place if one == finding.where else one for one in finding.places)
    return replace(finding, where=place, places=where)


_PROSE = ("/texts/", "/document/", "/org_unit/")


def _typed(root: RawRecord) -> Iterator[Named]:
    """What may be said of a text, a paragraph of it, or a name in a list, and where it stands."""
    for key, tree in _fields(root.fields.get("texts")):
        paragraphs = (raw.place for raw in _raws(tree) for line in str(raw.value).split("\n")
                      if line.strip())  # fmt: skip
        yield from ((f"texts/{key}/{n}", place) for n, place in enumerate(paragraphs, 1))
    for name in ("document", "org_unit"):
        for field, tree in _fields(root.fields.get(name)):
            if isinstance(tree, Raw):
                yield f"{name}/{field}", tree.place
            for n, raw in enumerate((r for r in _raws(tree) if str(r.value).strip()), 1):
                yield f"{name}/{field}/{n}", raw.place


def _raws(tree: RawTree) -> list[Raw]:
    listed = tree if isinstance(tree, tuple) else ()
    return [one for one in listed if isinstance(one, Raw)]


def _subjects(root: RawRecord, kind: ReportKind) -> Iterator[Named]:
    for record in _records(root.fields.get("lines")):
        yield from _of_line(record, _key_of(record, kind))
    for key, texts in _fields(root.fields.get("texts")):
        yield f"/texts/{key}", f"texts/{key}"
        yield from _listed(texts, f"texts/{key}", _of_answer)
    for number, story in enumerate(_records(root.fields.get("stories")), 1):
        yield from _of_answer(story, f"stories/{number}")
    for name in ("period", "org_unit", "document"):
        for field, tree in _fields(root.fields.get(name)):
            yield from _of_answer(tree, f"{name}/{field}")


def _of_answer(tree: RawTree, subject: str) -> Iterator[Named]:
    """A value by the names of the fields that lead to it; of a list by its number, from 1."""
    if isinstance(tree, Raw):
        yield tree.place, subject
    elif isinstance(tree, tuple):
        yield from _listed(tree, subject, _of_answer)
    else:
        yield tree.place, subject
        for field, inner in tree.fields.items():
            own = subject if field in ("title", "name") else f"{subject}/{field}"
            yield from _of_answer(inner, own)


def _listed(
    tree: RawTree, subject: str, of_one: Callable[[RawTree, str], Iterator[Named]]
) -> Iterator[Named]:
    for number, one in enumerate(tree if isinstance(tree, tuple) else (tree,), 1):
        yield from of_one(one, f"{subject}/{number}")


# ---------------------------------------------------------------- lines


def _of_line(record: RawRecord, key: str) -> Iterator[Named]:
    yield record.place, key
    for field, tree in record.fields.items():
        if field in ("parts", "of_which"):
            for part in _records(tree):
                yield from _of_line(part, _key_of_part(part, key))
        else:
            yield from _of_field(tree, key if field in _NAMING else f"{key}.{field}")


def _of_field(tree: RawTree, subject: str) -> Iterator[Named]:
    """A number, or what a line is held against; the second of several is "plan_2"."""
    if isinstance(tree, Raw):
        yield tree.place, subject
    elif isinstance(tree, RawRecord):
        yield tree.place, subject
        for field, inner in tree.fields.items():
            yield from _of_field(inner, subject if field in _MEASURED else f"{subject}.{field}")
    else:
        for number, one in enumerate(tree, 1):
            yield from _of_field(one, subject if number == 1 else f"{subject}_{number}")


def _key_of(record: RawRecord, kind: ReportKind) -> str:
    """The key the line would have; of what its row says, where that is not enough for one."""
    code = _text(record, "code")
    about = [slug(word, "_") for name in DIMENSIONS if (word := _text(record, name))]
    if code:
        return "@".join([code, *about])
    said = _text(record, "section")
    section = next(
        (s.id for s in kind.sections if fold(said) in (fold(s.id), fold(s.title))), slug(said)
    )
    return f"{section}/{'@'.join([slug(_text(record, 'label')), *about])}"


def _key_of_part(record: RawRecord, key: str) -> str:
    by, label = _text(record, "by"), _text(record, "label")
    return f"{key}/{slug(by) + ':' if by else ''}{slug(label)}"


# ---------------------------------------------------------------- raw values


def _text(record: RawRecord, name: str) -> str:
    raw = record.fields.get(name)
    return str(raw.value).strip() if isinstance(raw, Raw) else ""


def _records(tree: RawTree | None) -> list[RawRecord]:
    listed: tuple[RawTree, ...] = tree if isinstance(tree, tuple) else ()
    return [one for one in listed if isinstance(one, RawRecord)]


def _fields(tree: RawTree | None) -> Iterable[tuple[str, RawTree]]:
    fields: Mapping[str, RawTree] = tree.fields if isinstance(tree, RawRecord) else {}
    return fields.items()
