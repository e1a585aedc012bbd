"""Norms: rates fixed by law, each with its days, its legal basis and how sure we are of it.

The file that holds them, ``doc_templates/norms.toml``, says at its head how it is written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

from generators.folding import fold
from generators.givers import gave_alone
from generators.model import Line, Period
from generators.shared import until_changed

EXACT, AT_LEAST, BASE = "exact", "at_least", "base"
CONFIDENCE: Mapping[str, str] = {
    "primary": "đã đối chiếu với văn bản",
    "stated": "theo báo chí, trang pháp luật dẫn lại văn bản",
    "secondary": "mới thấy ở nguồn gián tiếp, chưa đối chiếu với văn bản",
    "memory": "chưa có nguồn để đối chiếu",
}
FIRM = ("primary", "stated")

Pattern = tuple[str, ...]


class NormFault(Exception):
    """The file of norms is not as it must be; the message lists every fault found in it."""


@dataclass(frozen=True)
class Norm:
    """One rate of law, as it holds from ``start`` to ``end``, both included.

    ``amounts`` are đồng for one unit of ``per``, a month where ``per`` ends in "/tháng", else
    at once; ``months`` how many months may be paid. ``lines`` are codes of a catalogue,
    ``parts`` narrow them to parts so named, ``words`` name lines that no catalogue knows.
    ``floor`` is the least in đồng that makes sense for one unit of a norm that is a base.
    """

    id: str
    label: str
    per: str
    start: date
    amounts: tuple[Decimal, ...]
    how: str
    basis: str
    confidence: str
    end: date = date.max
    months: tuple[int, ...] = (1,)
    lines: tuple[str, ...] = ()
    parts: tuple[Pattern, ...] = ()
    words: tuple[Pattern, ...] = ()
    giver: str = ""
    occasion: tuple[str, ...] = ()
    local: bool = False
    floor: Decimal | None = None

    @property
    def unit(self) -> str:
        """What one rate is paid for, folded: "nguoi", "khau", "ho"."""
        return fold(self.per.split("/")[0])

    @property
    def monthly(self) -> bool:
        """Whether the amounts are for a month."""
        return self.per.endswith("/tháng")

    @property
    def pays(self) -> tuple[Decimal, ...]:
        """All that one unit may have had, đồng, the least first."""
        return tuple(sorted({rate * count for rate in self.amounts for count in self.months}))


@dataclass(frozen=True)
class Usual:
    """What one of ``units`` usually has, đồng, at the least and the most; None: no bound."""

    label: str
    least: Decimal
    most: Decimal | None = None
    units: tuple[str, ...] = ()
    words: tuple[Pattern, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Norms:
    """All norms the service knows, and what is usual where no law says."""

    norms: tuple[Norm, ...] = ()
    usual: tuple[Usual, ...] = ()

    def holding(self, lineage: Sequence[Line], period: Period) -> tuple[Norm, ...]:
        """Return the norms for the last line of `lineage` on its days, parents first in it.

        A norm for a named part of a line stands before one for the whole line, and one for an
        occasion before one for any.
        """
        first, last = days_of(lineage, period)
        said, root = _said(lineage), lineage[0].code
        inner = fold(" ".join(line.label for line in lineage[1:]))
        held = [norm for norm in self.norms if norm.start <= last and first <= norm.end
                and (_concerns_part(norm, root, inner) if root else names(norm.words, said))
                and gave_alone(norm.giver, lineage) and _on_occasion(norm, said)]  # fmt: skip
        special = [norm for norm in held if norm.parts and root]
        special = special or [norm for norm in held if norm.occasion]
        return tuple(special or held)

    def usual_of(self, lineage: Sequence[Line], unit: str) -> Usual | None:
        """Return the first entry for what the last line of `lineage` counts in `unit`."""
        said = _said(lineage)
        return next((entry for entry in self.usual
                     if (not entry.units or unit in entry.units)
                     and (not entry.words or names(entry.words, said))), None)  # fmt: skip


def days_of(lineage: Sequence[Line], period: Period) -> tuple[date, date]:
    """Return the first and last day of the last line: its own, its parents', the period's."""
    own = next(
        (line for line in reversed(lineage) if line.start or line.end or line.as_of), None
    )
    if own is None:
        return period.start, period.end
    last = own.end or own.as_of or period.end
    return own.start or min(period.start, last), last


def names(patterns: Iterable[Pattern], said: str) -> bool:
    """Whether all phrases of one of `patterns` stand in the folded text `said`."""
    return any(all(f" {phrase} " in f" {said} " for phrase in phrases) for phrases in patterns)


def _concerns_part(norm: Norm, code: str, inner: str) -> bool:
    return code in norm.lines and (not norm.parts or names(norm.parts, inner))


def _on_occasion(norm: Norm, said: str) -> bool:
    """Whether the occasion is one of the norm's, where it names any."""
    return not norm.occasion or names([(day,) for day in norm.occasion], said)


def _said(lineage: Sequence[Line]) -> str:
    """All that a line and its parents say of themselves, folded."""
    return fold(" ".join(word for line in lineage
                         for word in (line.label, line.giver, line.group, line.occasion)))  # fmt: skip


# ---------------------------------------------------------------- reading the file

Entry = Mapping[str, Any]

_TEXT = ("id", "label", "per", "basis", "confidence", "how", "giver", "of", "reason")
_TEXTS = ("lines", "parts", "words", "occasion", "units")
_DAYS = ("from", "to")
_MONEY = ("floor", "least", "most")
_NORM_NEEDS = ("id", "label", "per", "from", "how", "basis", "confidence")
_NORM_KEYS = (*_NORM_NEEDS, "lines", "parts", "words", "giver", "occasion", "to", "amounts", "of",
              "times", "months", "local", "floor")  # fmt: skip
_USUAL_NEEDS = ("label", "least")
_USUAL_KEYS = (*_USUAL_NEEDS, "words", "units", "most", "reason")


@until_changed
def load_norms(path: Path) -> Norms:
    """Return the norms of the file at `path`; raise NormFault with every fault in it."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise NormFault(f"{path.name}: {error}") from error
    faults = [f"không biết khóa {key}" for key in sorted(set(raw) - {"norms", "usual"})]
    norms = [_norm(entry) for entry in _sound(raw, "norms", faults) if "of" not in entry]
    for entry in _sound(raw, "norms", []):
        norms += _derived(entry, norms, faults) if "of" in entry else []
    usual = [_usual(entry) for entry in _sound(raw, "usual", faults)]
    faults += _overlaps(norms)
    if faults:
        raise NormFault("\n".join(f"{path.name}: {fault}" for fault in faults))
    return Norms(tuple(norms), tuple(usual))


def _sound(raw: Entry, name: str, faults: list[str]) -> list[Entry]:
    """The entries without a fault; the faults of the others are added to `faults`."""
    entries = raw.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        faults.append(f"{name} phải viết thành các mục [[{name}]]")
        return []
    sound = []
    for number, entry in enumerate(entries, 1):
        found = list(_norm_faults(entry) if name == "norms" else _usual_faults(entry))
        called = entry.get("id") or entry.get("label") or "chưa có tên"
        faults += [f"[[{name}]] thứ {number} ({called}): {fault}" for fault in found]
        sound += [] if found else [entry]
    return sound


def _norm_faults(entry: Entry) -> Iterator[str]:
    yield from _key_faults(entry, _NORM_NEEDS, _NORM_KEYS)
    yield from _value_faults(entry)
    first, last = (_day(entry.get(key)) for key in _DAYS)
    if first and last and last < first:
        yield "to đứng trước from"
    for key, known in (("how", (EXACT, AT_LEAST, BASE)), ("confidence", tuple(CONFIDENCE))):
        if key in entry and entry[key] not in known:
            yield f"{key} phải là một trong {', '.join(known)}"
    if entry.get("how") != BASE and not (entry.get("lines") or entry.get("words")):
        yield "cần lines hoặc words"
    if ("amounts" in entry) == ("of" in entry) or ("of" in entry) != ("times" in entry):
        yield "cần amounts, hoặc of và times"


def _usual_faults(entry: Entry) -> Iterator[str]:
    yield from _key_faults(entry, _USUAL_NEEDS, _USUAL_KEYS)
    yield from _value_faults(entry)
    if not (entry.get("words") or entry.get("units")):
        yield "cần words hoặc units"
    least, most = entry.get("least"), entry.get("most")
    if isinstance(least, int) and isinstance(most, int) and most < least:
        yield "most nhỏ hơn least"


def _key_faults(entry: Entry, needs: Sequence[str], keys: Sequence[str]) -> Iterator[str]:
    yield from (f"không biết khóa {key}" for key in entry if key not in keys)
    yield from (f"thiếu khóa {key}" for key in needs if key not in entry)


def _value_faults(entry: Entry) -> Iterator[str]:
    """What each key must hold, as far as it is there."""
    wants: tuple[tuple[tuple[str, ...], Any, str], ...] = (
        (_TEXT, _is_text, "phải là chữ trong ngoặc kép, không để trống"),
        (_TEXTS, _each(_is_text), "phải là danh sách chữ"),
        (_DAYS, _day, 'phải là một ngày, ví dụ "2020-04-09"'),
        (("amounts", "months"), _each(_is_count), "phải là danh sách số nguyên lớn hơn 0"),
        (("times",), _each(_is_number), "phải là danh sách số lớn hơn 0"),
        (_MONEY, _is_count, "phải là số nguyên lớn hơn 0"),
        (("local",), lambda value: isinstance(value, bool), "phải là true hoặc false"),
    )
    for keys, fits, says in wants:
        yield from (f"{key} {says}" for key in keys if key in entry and not fits(entry[key]))


def _each(fits: Any) -> Any:
    return lambda value: isinstance(value, list) and bool(value) and all(map(fits, value))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and all(map(fold, value.split("+")))


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_number(value: Any) -> bool:
    return _is_count(value) or (isinstance(value, float) and 0 < value < _MOST_TIMES)


_MOST_TIMES = 1000


def _day(value: Any) -> date | None:
    """A day written as "2020-04-09", with quotes or without; None for anything else."""
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _norm(entry: Entry) -> Norm:
    return Norm(
        **{key: entry[key] for key in ("id", "label", "per", "how", "basis", "confidence")},
        start=_day(entry["from"]) or date.min, end=_day(entry.get("to")) or date.max,
        amounts=tuple(map(Decimal, entry.get("amounts", ()))),
        months=tuple(entry.get("months", (1,))), lines=tuple(entry.get("lines", ())),
        parts=_patterns(entry, "parts"), words=_patterns(entry, "words"),
        giver=fold(entry.get("giver", "")), occasion=tuple(map(fold, entry.get("occasion", ()))),
        local=entry.get("local", False), floor=_money(entry, "floor"),
    )  # fmt: skip


def _derived(entry: Entry, norms: Sequence[Norm], faults: list[str]) -> list[Norm]:
    """A norm that is another one so many times: one version for each of the other's."""
    bases = [norm for norm in norms if norm.id == entry["of"]]
    if not bases:
        faults.append(f"{entry['id']}: không có định mức {entry['of']}")
    own, made = _norm(entry), []
    for base in bases:
        start, end = max(own.start, base.start), min(own.end, base.end)
        rates = {
            amount * Decimal(str(times)) for amount in base.amounts for times in entry["times"]
        }
        weaker = max(own.confidence, base.confidence, key=list(CONFIDENCE).index)
        if start <= end:
            made.append(replace(own, start=start, end=end, amounts=tuple(sorted(rates)),
                                basis=f"{own.basis}; {base.basis}", confidence=weaker))  # fmt: skip
    return made


def _usual(entry: Entry) -> Usual:
    units = tuple(map(fold, entry.get("units", ())))
    return Usual(entry["label"], Decimal(entry["least"]), _money(entry, "most"), units,
                 _patterns(entry, "words"), entry.get("reason", ""))  # fmt: skip


def _money(entry: Entry, key: str) -> Decimal | None:
    return Decimal(entry[key]) if key in entry else None


def _patterns(entry: Entry, key: str) -> tuple[Pattern, ...]:
    """Each of the texts as its phrases, which "+" joins."""
    return tuple(tuple(map(fold, text.split("+"))) for text in entry.get(key, ()))


def _overlaps(norms: Sequence[Norm]) -> list[str]:
    return [
        f"{one.id}: có hai mức cùng lúc, từ {one.start:%d/%m/%Y} và từ {other.start:%d/%m/%Y}"
        for one, other in combinations(norms, 2)
        if (one.id, one.giver, one.occasion) == (other.id, other.giver, other.occasion)
        and one.start <= other.end and other.start <= one.end
    ]  # fmt: skip
