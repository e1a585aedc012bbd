"""The JSON door: a payload of version 1 into a RawInput, each value with its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from generators.intake.corrections import Corrections
from generators.intake.json_text import parse_json
from generators.intake.payload_faults import escaped, shape_findings, unlike
from generators.model import Finding, Raw, RawInput, RawRecord, RawTree
from generators.origins import Correction


def read_payload(data: bytes, corrections: Iterable[Correction] = ()) -> RawInput:
    """Return the payload in `data`, as corrected, as raw values with JSON pointers as places."""
    parsed = parse_json(data)
    if isinstance(parsed, Finding):
        return RawInput(RawRecord("", {}), (parsed,))
    if not isinstance(parsed, dict):
        return RawInput(RawRecord("", {}), (unlike("", "một đối tượng JSON {…}"),))
    typed = Corrections(corrections)
    typed.of_payload(parsed)
    # What does not fit is left out and the rest read on: the reader sees every mistake at once.
    findings = (*shape_findings(parsed), *typed.unused())
    return RawInput(_record(parsed, "", _spoilt(findings)), findings)


def _spoilt(findings: Iterable[Finding]) -> frozenset[str]:
    return frozenset(f.where for f in findings if f.code != "json.missing_key")


def _record(values: Mapping[str, object], place: str, spoilt: frozenset[str]) -> RawRecord:
    fields: dict[str, RawTree] = {}
    for key, value in values.items():
        at = f"{place}/{escaped(key)}"
        if value is not None and at not in spoilt:
            fields[key] = _tree(value, at, spoilt)
    return RawRecord(place, fields)


def _tree(value: object, place: str, spoilt: frozenset[str]) -> RawTree:
    if isinstance(value, dict):
        return _record(value, place, spoilt)
    if isinstance(value, list):
        pairs = [(item, f"{place}/{index}") for index, item in enumerate(value)]
        return tuple(_tree(item, at, spoilt) for item, at in pairs
                     if item is not None and at not in spoilt)  # fmt: skip
    if isinstance(value, str):
        value = unicodedata.normalize("NFC", value)
    return Raw(value, place)
