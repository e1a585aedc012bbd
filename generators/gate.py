"""The gate before a report is issued: errors stop it, warnings are acknowledged one by one.

A warning is acknowledged by a row that names its id and gives a reason, by somebody named.
Who that is comes with the file and never from within it: a form must not sign for a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from generators.model import ERROR, NOTE, WARNING, Acknowledgement, Finding

SEVERITIES: Mapping[str, str] = {ERROR: "phải sửa", WARNING: "nên xem lại", NOTE: "lưu ý"}
_ABOUT_ROWS = "acknowledgement."


@dataclass(frozen=True)
class Weighed:
    """The acknowledgements that hold, with who gave them, and what is said of the others."""

    holding: tuple[Acknowledgement, ...]
    findings: tuple[Finding, ...]


def weigh(
    findings: Sequence[Finding], acknowledgements: Iterable[Acknowledgement], by: str
) -> Weighed:
    """Return which of `acknowledgements` hold against `findings`; `by` is who gave them."""
    known = {finding.id: finding for finding in findings}
    holding: dict[str, Acknowledgement] = {}
    told: list[Finding] = []
    for row in acknowledgements:
        finding = known.get(row.finding.strip())
        doubt = _doubt(row, finding, seen=row.finding.strip() in holding)
        if doubt:
            told.append(doubt)
        elif finding and finding.severity == WARNING:
            holding[finding.id] = replace(row, finding=finding.id, by=by)
    if holding and not by:
        return Weighed((), (*told, _nobody(holding.values())))
    return Weighed(tuple(holding.values()), tuple(told))


def unsettled(
    findings: Iterable[Finding], holding: Iterable[Acknowledgement]
) -> tuple[Finding, ...]:
    """Return the findings that no acknowledgement has settled: errors, warnings and notes."""
    settled = {row.finding for row in holding}
    return tuple(
        finding
        for finding in findings
        if finding.severity != WARNING or finding.id not in settled
    )


def still_open(
    findings: Iterable[Finding], holding: Iterable[Acknowledgement]
) -> tuple[Finding, ...]:
    """Return the warnings that are still to be acknowledged."""
    return tuple(f for f in unsettled(findings, holding) if needs_acknowledgement(f))


def needs_acknowledgement(finding: Finding) -> bool:
    """Whether somebody must say why the finding may stand: a warning about the data does."""
    return finding.severity == WARNING and not finding.code.startswith(_ABOUT_ROWS)


def say_counts(findings: Iterable[Finding]) -> str:
    """Return how many there are of each weight: "2 điều phải sửa, 1 điều nên xem lại"."""
    severities = [finding.severity for finding in findings]
    counts = [(severities.count(severity), said) for severity, said in SEVERITIES.items()]
    return ", ".join(f"{count} điều {said}" for count, said in counts if count)


# ---------------------------------------------------------------- rows that do not hold


def _doubt(row: Acknowledgement, finding: Finding | None, *, seen: bool) -> Finding | None:
    """What is to be said of one row; None where it holds, or does no harm."""
    named = row.finding.strip()[:80]
    if finding is None:
        return _told(
            "unmatched", WARNING, row, f"Không có điều nào của báo cáo này mang mã «{named}».",
            "Có thể số liệu đã đổi sau khi xác nhận. Hãy xem lại những điều được nêu, ghi đúng mã "
            "hiện nay, hoặc bỏ dòng xác nhận này.")  # fmt: skip
    if finding.severity == ERROR:
        return _told(
            "of_error", WARNING, row,
            f"Điều mang mã «{named}» là điều phải sửa, xác nhận không thay được việc sửa.",
            "Hãy sửa số liệu rồi bỏ dòng xác nhận này.")  # fmt: skip
    if seen:
        return _told(
            "twice", NOTE, row,
            f"Điều mang mã «{named}» được xác nhận hai lần; lý do ghi trước được giữ.",
            "Nên bỏ dòng xác nhận thừa.")  # fmt: skip
    if finding.severity == WARNING and not row.reason.strip():
        return _told(
            "no_reason", WARNING, row,
            f"Điều mang mã «{named}» được xác nhận nhưng chưa ghi lý do.",
            "Hãy ghi vì sao số liệu này đúng, hoặc bỏ dòng xác nhận này.")  # fmt: skip
    return None


def _nobody(rows: Iterable[Acknowledgement]) -> Finding:
    waiting = list(rows)
    places = tuple(row.where for row in waiting if row.where)
    return Finding(
        f"{_ABOUT_ROWS}nobody", WARNING, places[0] if places else "",
        f"Có {len(waiting)} điều được xác nhận nhưng chưa rõ ai là người xác nhận.",
        "Hãy ghi họ tên người xác nhận khi gửi tệp; tên ghi trong tệp không được tính.",
        about=" ".join(row.finding for row in waiting), places=places)  # fmt: skip


def _told(code: str, severity: str, row: Acknowledgement, message: str, remedy: str) -> Finding:
    named = row.finding.strip()
    return Finding(f"{_ABOUT_ROWS}{code}", severity, row.where, message, remedy, about=named)
