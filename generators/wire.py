"""What figures and findings look like as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

import simplejson

from generators.model import Acknowledgement, Figure, Figures, Finding

Record = Mapping[str, Any]


def figure_record(figure: Figure) -> Record:
    """Return a figure as it is told outside; "hedge" only where there is one."""
    record = {
        "code": figure.id,
        "label": figure.label,
        "value": _number(figure.quantity.value),
        "unit": figure.unit,
        "rule": figure.rule,
        "where": figure.where,
        "made_from": list(figure.made_from),
    }
    return {**record, "hedge": figure.quantity.hedge} if figure.quantity.hedge else record


def finding_record(finding: Finding) -> Record:
    """Return a finding as it is told outside; its numbers only where it holds two together."""
    record = {
        "id": finding.id,
        "code": finding.code,
        "severity": finding.severity,
        "where": finding.where,
        "message": finding.message,
        "remedy": finding.remedy,
    }
    facts: dict[str, Any] = {
        "about": finding.about,
        "places": list(finding.places),
        "stated": _known(finding.stated),
        "computed": _known(finding.computed),
        "difference": _known(finding.difference),
        "unit": finding.unit,
        "quote": finding.quote,
    }
    return record | {name: fact for name, fact in facts.items() if fact not in (None, "", [])}


class Checked(Protocol):
    """What a check came to: figures, findings, and how they stand at the gate."""

    @property
    def figures(self) -> Figures: ...  # noqa: D102
    @property
    def findings(self) -> Sequence[Finding]: ...  # noqa: D102
    @property
    def open(self) -> Sequence[Finding]: ...  # noqa: D102
    @property
    def acknowledged(self) -> Sequence[Acknowledgement]: ...  # noqa: D102
    @property
    def may_be_issued(self) -> bool: ...  # noqa: D102


def check_record(checked: Checked) -> Record:
    """Return what a check says: all figures, all findings, what is open and what settled."""
    return {
        "figures": [figure_record(figure) for figure in checked.figures.values()],
        "findings": [finding_record(finding) for finding in checked.findings],
        "may_be_issued": checked.may_be_issued,
        "open": [finding.id for finding in checked.open],
        "acknowledged": [
            {"finding": row.finding, "reason": row.reason, "by": row.by}
            for row in checked.acknowledged
        ],
    }


def to_json(value: object, indent: int | None = None) -> str:
    """Write `value` as JSON: decimals exact, Vietnamese letters as they are."""
    text = simplejson.dumps(value, use_decimal=True, ensure_ascii=False, indent=indent)
    return sendable(text)


def sendable(text: str) -> str:
    """Return `text` without half characters, which JSON may carry and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _known(value: Decimal | None) -> int | Decimal | None:
    return None if value is None else _number(value)


def _number(value: Decimal) -> int | Decimal:
    if value == value.to_integral_value():
        return int(value)
    # normalize() would round to the context's precision
    return Decimal(f"{value:f}".rstrip("0"))
