"""Words to look out for in what people write: out of date, misspelled, never expanded.

They are data (``doc_templates/terms.toml``). A word matches as whole words in any case; a space
in it is any blank, a dash, comma or "&" any of these; hòa and hoà are one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from generators.model import NOTE, WARNING
from generators.shared import until_changed

FIELDS = (
    "text", "story", "headline", "author", "recipient", "within", "label", "measure", "compared",
    "giver", "group", "occasion", "round", "source",
)  # fmt: skip
CONFIDENCE = ("P", "S", "G", "M")  # law read, stated by a page read, second hand, memory
CASES = ("any", "exact")
HEALTH, IDENTITY = "health", "identity"
Spot = tuple[int, int]


class TermFault(Exception):
    """The file of terms is not as it must be; the message lists every fault found in it."""


@dataclass(frozen=True)
class Abolished:
    """Words that no longer hold from the day ``since``; what to say ``instead``, and why.

    ``fields`` are the only passages it is looked for in, all where it is empty.
    """

    words: tuple[str, ...]
    since: date
    instead: str
    basis: str
    confidence: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spelling:
    """Words written wrongly (``warning``) or less well (``note``), and the right ones.

    After one of ``not_after`` they are other words: "bảo đảm bảo vệ", "bán hàng tháng 4".
    """

    words: tuple[str, ...]
    right: str
    severity: str
    case: str = "any"
    not_after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Abbreviation:
    """An abbreviation that a reader need not know, in its spellings, and the full words."""

    words: tuple[str, ...]
    full: str


@dataclass(frozen=True)
class Private:
    """Words of what is nobody's business beside a name: of ``health``, or an ``identity``.

    In one of ``harmless`` they say nothing of a person: "Hội Người khuyết tật".
    """

    words: tuple[str, ...]
    about: str
    harmless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """All words the service looks out for; ``bare`` are abbreviations everybody knows.

    ``honorifics`` and ``surnames`` tell a person's name, ``areas`` a small part of a unit.
    """

    abolished: tuple[Abolished, ...] = ()
    spelling: tuple[Spelling, ...] = ()
    abbreviation: tuple[Abbreviation, ...] = ()
    bare: frozenset[str] = frozenset()
    private: tuple[Private, ...] = ()
    honorifics: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    areas: tuple[str, ...] = ()


# ---------------------------------------------------------------- finding words in a text

_BLANKS = dict.fromkeys(map(ord, "\t\n\r\u00a0\u2007\u2009\u202f"), " ")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_TONES = tuple(
    (first + marked, toned + last)
    for first, last, marks, tones in (
        ("o", "a", "àáảãạ", "òóỏõọ"), ("o", "e", "èéẻẽẹ", "òóỏõọ"), ("u", "y", "ỳýỷỹỵ", "ùúủũụ"),
    )
    for marked, toned in zip(marks, tones, strict=True)
)  # fmt: skip
_ON_Y = dict(zip("ùúủũụ", "ỳýỷỹỵ", strict=True))  # the u of "quý" belongs to the q
_AFTER_Q = re.compile("([qQ])([ùúủũụ])y")
_GAP = re.compile(r"(\s*[-,&]\s*|\s+)")


def plain(text: str) -> str:
    """Return `text`, as long as it was, with one kind of blank, dash and tone placing."""
    text = text.translate({**_BLANKS, **_DASHES})
    for written, one in _TONES:
        text = text.replace(written, one)
    return _AFTER_Q.sub(lambda found: found[1] + "u" + _ON_Y[found[2].lower()], text)


def plain_lower(text: str) -> str:
    """Return `text` as :func:`plain` does, in lower case."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return plain(low)


def spots(words: Iterable[str], text: str) -> list[Spot]:
    """Return where `words` stand in `text`, both plain; of those that overlap, the first.

    The time is that of as many searches for a fixed string as there are words.
    """
    found = sorted((spot for word in words for spot in _spots(word, text)),
                   key=lambda spot: (spot[0], -spot[1]))  # fmt: skip
    kept: list[Spot] = []
    for spot in found:
        if not kept or spot[0] >= kept[-1][1]:
            kept.append(spot)
    return kept


def _spots(word: str, text: str) -> Iterator[Spot]:
    head, pattern = _compiled(word)
    start = text.find(head)
    while start >= 0:
        found = pattern.match(text, start)
        if found and not (start and (text[start - 1].isalnum() or text[start - 1] == "_")):
            yield found.span()
        start = text.find(head, start + 1)


@lru_cache(maxsize=2048)
def _compiled(word: str) -> tuple[str, re.Pattern[str]]:
    pieces = _GAP.split(word)
    source = "".join(
        re.escape(piece) if index % 2 == 0 else " {1,3}" if piece.isspace() else "[ ,&-]{1,4}"
        for index, piece in enumerate(pieces)
    )
    return pieces[0], re.compile(source + r"(?!\w)")


# ---------------------------------------------------------------- the file

_KEYS: Mapping[str, Mapping[str, type]] = {
    "abolished": {"words": list, "from": date, "instead": str, "basis": str,
                  "confidence": str, "fields": list},
    "spelling": {"words": list, "right": str, "severity": str, "case": str,
                 "not_after": list},
    "abbreviation": {"words": list, "full": str},
    "private": {"words": list, "about": str, "harmless": list},
}  # fmt: skip
_LISTS = {
    "bare": "chữ viết tắt", "honorifics": "từ xưng hô", "surnames": "họ", "areas": "từ chỉ địa bàn",
}  # fmt: skip
_OPTIONAL = ("fields", "case", "not_after", "harmless")
_ONE_OF = {
    "about": (HEALTH, IDENTITY),
    "confidence": CONFIDENCE,
    "severity": (WARNING, NOTE),
    "case": CASES,
}


@until_changed
def load_terms(path: Path) -> Terms:
    """Return the terms of a TOML file; raise TermFault with every fault in it."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TermFault(f"{path.name}: {error}") from error
    if faults := list(_faults(raw)):
        raise TermFault("\n".join(f"{path.name}: {fault}" for fault in faults))
    return Terms(
        tuple(_abolished(entry) for entry in raw.get("abolished", ())),
        tuple(_spelling(entry) for entry in raw.get("spelling", ())),
        tuple(Abbreviation(_words(entry, plain), entry["full"])
              for entry in raw.get("abbreviation", ())),
        frozenset(raw.get("bare", ())),
        tuple(
            Private(_words(entry, plain_lower), entry["about"],
                    tuple(plain_lower(word) for word in entry.get("harmless", ())))
            for entry in raw.get("private", ())
        ),
        frozenset(raw.get("honorifics", ())),
        frozenset(raw.get("surnames", ())),
        tuple(plain_lower(word) for word in raw.get("areas", ())),
    )  # fmt: skip


def _abolished(entry: dict[str, Any]) -> Abolished:
    return Abolished(
        _words(entry, plain_lower), entry["from"], entry["instead"], entry["basis"],
        entry["confidence"], tuple(entry.get("fields", ())),
    )  # fmt: skip


def _spelling(entry: dict[str, Any]) -> Spelling:
    case = entry.get("case", "any")
    words = _words(entry, plain if case == "exact" else plain_lower)
    apart = tuple(plain_lower(word) for word in entry.get("not_after", ()))
    return Spelling(words, entry["right"], entry["severity"], case, apart)


def _words(entry: dict[str, Any], alike: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(alike(word) for word in entry["words"])


def _faults(raw: dict[str, Any]) -> Iterator[str]:
    yield from (f"không biết khóa {name}" for name in raw if name not in (*_KEYS, *_LISTS))
    for name, what in _LISTS.items():
        if not _are_texts(raw.get(name, [])):
            yield f"{name} phải là danh sách {what}"
    for table in _KEYS:
        entries = raw.get(table, [])
        if not (isinstance(entries, list) and all(isinstance(e, dict) for e in entries)):
            yield f"{table} phải là danh sách bảng"
            continue
        for number, entry in enumerate(entries, 1):
            shape = list(_shape_faults(table, entry))
            told = shape or _value_faults(table, entry)
            yield from (f"{table} thứ {number}: {fault}" for fault in told)
        yield from _twice(table, entries)
    yield from _both(raw.get("abbreviation", []), raw.get("bare", []))


def _shape_faults(table: str, entry: dict[str, Any]) -> Iterator[str]:
    keys = _KEYS[table]
    yield from (f"không biết khóa {key}" for key in entry if key not in keys)
    for key, kind in keys.items():
        if key not in entry:
            if key not in _OPTIONAL:
                yield f"thiếu khóa {key}"
        elif type(entry[key]) is not kind or not entry[key]:
            yield f"{key} phải là {_NAMES[kind]}, không để trống"
        elif kind is list and not _are_texts(entry[key]):
            yield f"{key} phải là danh sách chữ"


_NAMES = {list: "danh sách chữ", str: "chữ", date: "ngày dạng 2025-07-01"}


def _value_faults(table: str, entry: dict[str, Any]) -> Iterator[str]:
    for key, allowed in _ONE_OF.items():
        if key in entry and entry[key] not in allowed:
            yield f"{key} «{entry[key]}» phải là {', '.join(allowed)}"
    for name in entry.get("fields", ()):
        if name not in FIELDS:
            yield f"fields «{name}» phải là {', '.join(FIELDS)}"
    if table == "spelling":
        alike = plain if entry.get("case") == "exact" else plain_lower
        if spots(_words(entry, alike), alike(entry["right"])):
            yield f"right «{entry['right']}» lại chứa chính từ cần sửa"


def _twice(table: str, entries: list[dict[str, Any]]) -> Iterator[str]:
    given = [(word, tuple(entry.get("fields", ()))) for entry in entries
             if _are_texts(entry.get("words")) for word in entry["words"]]  # fmt: skip
    for word, _ in sorted({pair for pair in given if given.count(pair) > 1}):
        yield f"{table}: «{word}» có hai lần"


def _both(entries: Any, bare: Any) -> Iterator[str]:
    if not (isinstance(entries, list) and _are_texts(bare)):
        return
    for entry in entries:
        for word in entry.get("words", ()) if isinstance(entry, dict) else ():
            if word in bare:
                yield f"«{word}» vừa ở abbreviation vừa ở bare"


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)
