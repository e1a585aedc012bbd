"""What a lint came to, as it is told outside: findings in JSON, each with its place in the decree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generators.model import Finding
from generators.wire import finding_record
from lint.catalogue import CATALOGUE


def lint_record(kind: str, findings: Sequence[Finding]) -> Mapping[str, Any]:
    """Return the findings of a lint against the form `kind`."""
    return {"form": kind, "clean": not findings, "findings": [_told(one) for one in findings]}


def _told(finding: Finding) -> Mapping[str, Any]:
    entry = CATALOGUE[finding.code]
    return {**finding_record(finding), "basis": entry.source}
