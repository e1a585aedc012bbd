"""One figure told twice must agree: what texts say again of a line, in number and in direction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generators.checks.passages import Passage, sentences, texts
from generators.checks.report import Report
from generators.checks.telling import (
    overlap,
    places,
    rounding_span,
    say,
    say_move,
    say_quantity,
    span_of,
)
from generators.folding import fold
from generators.model import HEDGES, WARNING, Figure, Finding, Line, Quantity
from generators.terms import plain_lower

Labels = Mapping[str, Sequence[Line]]
_NUMBER = re.compile(
    rf"(?<![\w.,/-])(?:({'|'.join(HEDGES)}) )?(\d{{1,3}}(?:\.\d{{3}}){{1,5}}(?:,\d{{1,9}})?"
    r"|\d{1,18}(?:,\d{1,9})?)(?![\d/-]|[.,]\d) ?"
)
_TO_COME = re.compile(
    r"(?<!\w)(?:phấn đấu|mục tiêu|dự kiến|thời gian tới|tiếp tục|sẽ|trong đó)(?!\w)"
)
_PLAN = re.compile(r"(?<!\w)(?:kế hoạch|chỉ tiêu)(?!\w)")
_OTHER_TIME = re.compile(
    r"(?<!\w)(?:cùng kỳ|so với|năm trước|năm ngoái|đầu năm|cuối năm|lũy kế"
    r"|tháng \d{1,2}|\d{1,2} tháng|quý (?:[1-4]|i{1,3}|iv))(?!\w)"
)
_OWN_TIME = {
    "S1": re.compile(r"(?<!\w)(?:0?6|sáu) tháng đầu năm"),
    "S2": re.compile(r"(?<!\w)(?:0?6|sáu) tháng cuối năm"),
    "N9": re.compile(r"(?<!\w)(?:0?9|chín) tháng đầu năm"),
}
_YEAR = re.compile(r"(?<!\w)năm ((?:19|20)\d\d)(?!\w)")
_VERB = re.compile(
    r"(?<!\w)(?<!gia )(?<!miễn )(?<!không )(?<!chưa )(?:"
    r"(tăng)(?! cường| gia| trưởng)|(giảm)(?! nghèo| thiểu| nhẹ| đói| trừ))(?!\w)"
)
_MOVED = ("opening", "increase", "decrease", "bases")


def check_retold_numbers(report: Report) -> Iterator[Finding]:
    """A text that names a line and one number in its unit gives a number of that line.

    The line is named by its whole label, or all words of it; any of its figures will do (its
    parts', its plan), within what both words allow; sentences on plans, on other times are
    not looked at.
    Blank: a line whose result is not known is not compared.
    """
    for passage, start, end, lines in (*_told(report), *_told_in_other_words(report)):
        sentence = passage.low[start:end]
        if not (_of_results(sentence) and _of_now(sentence, report.data.period.id)):
            continue
        value = report.figure(lines[0], "value")
        told = _only_number(sentence, lines[0])
        if value and told and not any(_tells(report, line, told) for line in lines):
            yield _old_figure(report, passage, lines[0], told, value)


def _of_results(sentence: str) -> bool:
    """Whether it tells of what was done, not of what is to be."""
    if _TO_COME.search(sentence):
        return False
    return "đạt" in sentence or not _PLAN.search(sentence)


def _of_now(sentence: str, period_id: str) -> bool:
    """Whether it names no other time than the report's own."""
    own = _OWN_TIME.get(period_id[4:])
    rest = own.sub("", sentence) if own else sentence
    other_year = any(year != period_id[:4] for year in _YEAR.findall(rest))
    return not (other_year or _OTHER_TIME.search(rest))


def _told(report: Report) -> Iterator[tuple[Passage, int, int, Sequence[Line]]]:
    """Each sentence of a text with the lines whose label it holds; the longest label wins.

    What runs on beyond any sentence is left alone.
    """
    labels = _by_label(report)
    for passage in texts(report) if labels else ():
        for start, end in sentences(passage.text):
            found = _lines_in(passage.text[start:end], labels)
            if found:
                yield passage, start, end, found


def _by_label(report: Report) -> Labels:
    """The lines of the first level by their folded label, the longest label first."""
    labels: dict[str, list[Line]] = {}
    for line in report.data.lines:
        if " " in fold(line.label):
            labels.setdefault(f" {fold(line.label)} ", []).append(line)
    return dict(sorted(labels.items(), key=lambda item: -len(item[0])))


def _lines_in(sentence: str, labels: Labels) -> Sequence[Line]:
    if len(sentence) > _LONGEST:
        return ()
    folded = f" {fold(sentence)} "
    named = [label for label in labels if label in folded]
    inner = [label for label in named[1:] if label not in named[0]]
    return labels[named[0]] if named and not inner else ()


_LONGEST = 2000


def _told_in_other_words(report: Report) -> Iterator[tuple[Passage, int, int, Sequence[Line]]]:
    """Each sentence that holds all words of one long label, though not in its order.

    Sentences about a part of the unit or of the people are left alone.
    """
    labels = {label: frozenset(label.split()) - _LITTLE for label in _by_label(report)}
    long = {label: words for label, words in labels.items() if len(words) > _LONG_LABEL}
    for passage in texts(report) if long else ():
        for start, end in sentences(passage.text):
            folded = fold(passage.text[start:end]) if end - start <= _LONGEST else ""
            words = frozenset(folded.split())
            named = [label for label in long if long[label] <= words]
            whole = any(label in f" {folded} " for label in labels)
            if len(named) == 1 and not whole and not _OF_SOME.search(passage.low, start, end):
                yield passage, start, end, _by_label(report)[named[0]]


_LONG_LABEL = 4  # words
_LITTLE = frozenset({"duoc", "so", "tong", "da", "cac", "cho", "co"})
_OF_SOME = re.compile(
    r"(?<!\w)(?:riêng|tổ|khu|thôn|xóm|bản|ấp|chi hội|hội|đoàn|trong số|nữ|nam|mới|trên địa bàn)(?!\w)"
)


def _only_number(sentence: str, line: Line) -> Quantity | None:
    """The one number of the line's unit, or of what its label begins with; else None."""
    nouns = (line.unit.lower(), " ".join(plain_lower(line.label).split()[:2]))
    joined = re.compile(rf"(?:{'|'.join(map(re.escape, nouns))})(?![\w/])")
    found = [n for n in _NUMBER.finditer(sentence) if joined.match(sentence, n.end())]
    if len(found) != 1:
        return None
    return Quantity(Decimal(found[0][2].replace(".", "").replace(",", ".")), found[0][1] or "")


def _tells(report: Report, line: Line, told: Quantity) -> bool:
    """Whether the number is one of the line's own, of its parts or of what it is held against."""
    span = rounding_span(told)
    return report.figure(line, "value") is None or any(
        overlap(span, span_of(figure, report.figures))
        or overlap(span, (abs(figure.quantity.value),) * 2)
        for figure in _figures_of(report, line)
        if figure.unit == line.unit
    )


def _figures_of(report: Report, line: Line) -> Iterator[Figure]:
    stems = (f"{line.key}.", f"{line.key}/")
    return (figure for id_, figure in report.figures.items() if id_.startswith(stems))


def _old_figure(
    report: Report, passage: Passage, line: Line, told: Quantity, value: Figure
) -> Finding:
    said = say_quantity(told, line.unit)
    return Finding(
        "text.old_figure", WARNING, passage.where,
        f"{passage.name}: ghi «{line.label}» là {said}, trong khi số liệu của dòng này là "
        f"{say(value)}.",
        "Một số nêu hai lần phải như nhau: hãy sửa lời văn hoặc số liệu; nếu là số khác, hãy "
        "xác nhận và ghi lý do.",
        passage.about, (passage.where, *places(value, report.figures)),
        told.value, value.quantity.value, line.unit, f"{line.label}: {said}",
    )  # fmt: skip


# ---------------------------------------------------------------- rise or fall


def check_verbs(report: Report) -> Iterator[Finding]:
    """A text that says of a line "tăng" or "giảm" goes the way of its computed change.

    Blank: a line without its earlier number has no change and is not judged; a line that moved
    within the period, or any of whose changes goes the way told, is not either.
    """
    for passage, start, end, lines in _told(report):
        sentence = passage.low[start:end]
        verbs = {found[1] or found[2] for found in _VERB.finditer(sentence)}
        named = any(_VERB.search(line.label.lower()) for line in lines)
        if len(verbs) != 1 or named or not _of_results(sentence):
            continue
        (verb,) = verbs
        changes = [_change_against(report, line, verb) for line in lines]
        if changes[0] and all(changes):
            yield _wrong_verb(report, passage, lines[0], verb, changes[0])


def _change_against(report: Report, line: Line, verb: str) -> Figure | None:
    """The line's change, where it goes the other way for sure and nothing goes the verb's."""
    change = report.figure(line, "previous_change")
    if change is None or any(getattr(line, name) for name in _MOVED):
        return None
    sign = 1 if verb == "tăng" else -1
    moves = [figure for figure in _figures_of(report, line)
             if figure.id.endswith(("_change", "_change_stated"))]  # fmt: skip
    if any(figure.quantity.value * sign > 0 for figure in moves):
        return None
    return change if all(end * sign < 0 for end in change.quantity.span) else None


def _wrong_verb(
    report: Report, passage: Passage, line: Line, verb: str, change: Figure
) -> Finding:
    moved = say_move(change.quantity.value, change.unit)
    return Finding(
        "text.verb", WARNING, passage.where,
        f"{passage.name}: viết «{verb}» về «{line.label}», trong khi so với cùng kỳ {moved}.",
        "Hãy sửa lời văn, hoặc kiểm tra lại kết quả và số cùng kỳ; nếu so với mốc khác, hãy "
        "xác nhận và ghi lý do.",
        passage.about, (passage.where, *places(change, report.figures)),
        None, change.quantity.value, change.unit, f"{line.label}: {verb}",
    )  # fmt: skip
