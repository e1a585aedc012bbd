"""Percentages that stand alone: above 100%, of the line they are a part of, beside a count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from generators.checks.parts import groups_of
from generators.checks.report import Report
from generators.checks.shares import is_share
from generators.checks.telling import digits, places, rounded, say
from generators.folding import fold
from generators.model import WARNING, Figure, Finding, Line
from generators.spans import hedged_span, span_of

_HUNDRED = Decimal(100)
# What may well be more than all: results of a plan, numbers of another time, rises.
_MAY_EXCEED = re.compile(
    r"(?<!\w)(?:ke hoach|chi tieu|du toan|muc tieu|so voi|so cung ky|tang|toc do|vuot|hoan thanh|dat"
    r"|chi so|thu ngan sach)(?!\w)"
)
_COUNTING = re.compile(
    r"(?:ty le|tong so|so|bao phu|tham gia|nguoi|ho gia dinh|duoc|dan so|tren dia ban) "
)


def check_above_hundred(report: Report) -> Iterator[Finding]:
    """A rate, and a share of a whole that is not told, is not above 100%.

    Rates of a plan or of another time may be. Blank: nothing to tell.
    """
    for line in report.every_line:
        value = report.figure(line, "value")
        if line.unit == "%" and value and not _MAY_EXCEED.search(fold(line.label)):
            yield from _above(report, value, "tỷ lệ")
        for index in range(len(line.whole)):
            stem = f"whole{_nth(index)}"
            share = report.figure(line, f"{stem}_share_stated")
            if share and not report.figure(line, f"{stem}_share"):
                yield from _above(report, share, "tỷ lệ so với tổng số")


def _nth(index: int) -> str:
    return f"_{index + 1}" if index else ""


def _above(report: Report, rate: Figure, what: str) -> Iterator[Finding]:
    if span_of(rate, report.figures, hedged_span)[0] <= _HUNDRED:
        return
    where = tuple(places(rate, report.figures))
    yield Finding(
        "share.above_whole", WARNING, where[0],
        f"{rate.label}: {say(rate)} ở {where[0]} lớn hơn 100%, trong khi {what} không thể lớn hơn "
        "toàn bộ.",
        "Hãy kiểm tra lại; nếu là tỷ lệ so với kế hoạch hay so với kỳ trước, hãy ghi vào ô của kế "
        "hoạch, cùng kỳ, hoặc nêu rõ trong tên dòng.",
        rate.id, where, rate.quantity.value, _HUNDRED, "%",
    )  # fmt: skip


# ---------------------------------------------------------------- a part, and the line it is of


def check_shares_of_parts(report: Report) -> Iterator[Finding]:
    """A part's stated share is that of its line, where no other whole is told.

    Not judged where the shares beside it are of something else too (957 of all near-poor
    households), or where it is that of another line of its section. Blank:
    not compared without the part's and the line's number.
    """
    for line in report.every_line:
        for parts in (*groups_of(line), *([inner] for inner in line.of_which)):
            pairs = [pair for part in parts if (pair := _of_line(report, line, part))]
            wrong = [pair for pair in pairs if not _is_of(report, *pair)]
            alone = len(pairs) == 1 and not any(_of_another(report, line, *p) for p in wrong)
            if len(wrong) < len(pairs) or alone:
                yield from (_wrong_part(report, *pair) for pair in wrong)


def _of_line(report: Report, line: Line, part: Line) -> tuple[Figure, Figure] | None:
    """The share stated for a part without its whole, and that of its line."""
    if not part.whole or part.whole[0].value or part.unit != line.unit:
        return None
    label = fold(part.whole[0].label)
    named = label in ("", "tong so") or label in fold(line.label)
    stated, computed = (report.figure(part, n) for n in ("whole_share_stated", "share"))
    return (stated, computed) if named and stated and computed else None


def _is_of(report: Report, stated: Figure, computed: Figure) -> bool:
    return is_share(stated.quantity, computed, report.figures)


def _of_another(report: Report, line: Line, stated: Figure, computed: Figure) -> bool:
    """Whether the share is that of another line of the same section and unit."""
    own = computed.made_from[0]
    return any(
        _is_of(report, stated, replace(computed, made_from=(own, whole.id)))
        for other in report.data.lines
        if (other.section, other.unit) == (line.section, line.unit) and other.key != line.key
        if (whole := report.figure(other, "value")) and whole.quantity.value > 0
    )


def _wrong_part(report: Report, stated: Figure, computed: Figure) -> Finding:
    right = rounded(computed.quantity.value)
    return Finding(
        "share.of_line", WARNING, stated.where,
        f"{stated.label}: ghi {say(stated)} ở {stated.where}, trong khi so với dòng bao gồm nó là "
        f"{digits(right)}% ({computed.rule}).",
        "Hãy sửa tỷ lệ hoặc kiểm tra lại hai số; nếu là tỷ lệ so với một tổng số khác, hãy ghi rõ "
        "tổng số đó.",
        stated.id, (stated.where, *places(computed, report.figures)),
        stated.quantity.value, right, "%",
    )  # fmt: skip


# ---------------------------------------------------------------- a rate, and the count beside it


def check_rates_of_counts(report: Report) -> Iterator[Finding]:
    """A line that is a rate is the share of the count of the same name in its whole.

    Blank: not compared unless one count of that name gives its whole; of several wholes it
    may be the share of any.
    """
    for rate in report.data.lines:
        value = report.figure(rate, "value")
        if rate.unit != "%" or value is None:
            continue
        counts = [line for line in report.data.lines
                  if line.unit != "%" and line.whole and _subject(line) == _subject(rate)]  # fmt: skip
        if len(counts) == 1:
            yield from _against_count(report, value, counts[0])


def _subject(line: Line) -> str:
    """What a rate or a count is of: "ho ngheo" of "Tỷ lệ hộ nghèo" and "Số hộ nghèo"."""
    label = re.split(r" (?:so voi|tren tong|so) ", f"{fold(line.label)} ")[0].strip()
    while found := _COUNTING.match(label):
        label = label[found.end() :]
    return label


def _against_count(report: Report, rate: Figure, count: Line) -> Iterator[Finding]:
    names = [f"whole{_nth(index)}_share" for index in range(len(count.whole))]
    shares = [share for name in names if (share := report.figure(count, name))]
    if not shares or any(_is_of(report, rate, share) for share in shares):
        return
    told = "; ".join(
        f"{digits(rounded(each.quantity.value))}% ({each.rule})" for each in shares
    )
    where = tuple(dict.fromkeys(p for each in shares for p in places(each, report.figures)))
    yield Finding(
        "share.rate", WARNING, places(rate, report.figures)[0],
        f"{rate.label}: ghi {say(rate)} ở {rate.where}, trong khi tính từ dòng «{count.label}» là {told}.",
        "Hãy sửa tỷ lệ, hoặc kiểm tra lại số lượng và tổng số; nếu là tỷ lệ của nhóm khác, hãy nêu rõ "
        "trong tên dòng.",
        rate.id, (*places(rate, report.figures), *where),
        rate.quantity.value, rounded(shares[0].quantity.value), "%",
    )  # fmt: skip
