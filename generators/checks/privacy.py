"""What a paper may not tell of a person: Luật 91/2025/QH15, Điều 16, and its list of sensitive data.

A public paper names people only with their recorded consent, in its stories. What is said of
health near a name is looked at by somebody, on any paper; numbers of identity never stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generators.checks.passages import STORY, Passage, passages, sentences
from generators.checks.report import Report
from generators.model import ERROR, WARNING, Figure, Finding, Line
from generators.terms import HEALTH, IDENTITY, Private, Spot, Terms, plain_lower, spots

_PLACE = re.compile(r"\{\d+\}")
_NAME = re.compile(r"(?<!\w)(?=(\w+) (\w+(?: \w+){1,4}))")
_LONG_NUMBER = re.compile(r"(?<![\d.,])\d(?:[ .]?\d){8,18}(?![\d]|[.,]\d)")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+\Z")
_FEW = Decimal(2)
_COUNTED = re.compile(
    r"(?<![\d.,/])0?([12]) (người|trẻ em|em|cháu|hộ|gia đình|trường hợp|cụ|đối tượng|học sinh)(?!\w)"
)
_PEOPLE = frozenset(
    (
        "người",
        "lượt người",
        "trẻ em",
        "hộ",
        "gia đình",
        "trường hợp",
        "đối tượng",
        "khẩu",
        "học sinh",
    )
)
_AREA_NAME = r" (?:số )?(?:\d+\w*|[A-ZĐÀ-Ỹ]\w*)"


# ---------------------------------------------------------------- names


def check_names(report: Report) -> Iterator[Finding]:
    """A public paper names nobody outside its stories' people, whose consent is recorded.

    Those of them who did not agree are withheld or refused as the story is read. Blank: needs
    no number.
    """
    if not report.kind.public:
        return
    people = [one for story in report.data.stories for one in story.people]
    for passage in passages(report):
        known = [one.name for one in people if one.consent or passage.field == STORY]
        for name in _typed_names(passage.text, report.terms):
            if passage.field == "author" or any(name.endswith(f" {one}") for one in known):
                continue
            yield passage.finding(
                "person.name", WARNING,
                f"nêu tên «{name}», mà chưa ghi nhận người này đồng ý cho nêu tên.",
                "Hãy viết thành câu chuyện, ghi người này ở danh sách nhân vật kèm sự đồng ý và gọi "
                "bằng {1}; hoặc bỏ tên. Nếu đã có sự đồng ý, hãy xác nhận và ghi lý do.", name,
            )  # fmt: skip


def _typed_names(text: str, terms: Terms) -> list[str]:
    """Names as "bà Nguyễn Thị Hoa": an honorific, a surname, and more words in capitals."""
    found = []
    for match in _NAME.finditer(text):
        honorific, rest = match[1], match[2].split(" ")
        capital = [word for word in _leading_capitals(rest) if word]
        if honorific.lower() in terms.honorifics and len(capital) > 1 \
                and capital[0] in terms.surnames:  # fmt: skip
            found.append(" ".join((honorific, *capital)))
    return list(dict.fromkeys(found))


def _leading_capitals(words: list[str]) -> Iterator[str]:
    for word in words:
        if not word[0].isupper():
            return
        yield word


# ---------------------------------------------------------------- health beside a name


def check_private_words(report: Report) -> Iterator[Finding]:
    """No word of health or identity stands near a name until somebody has looked at it.

    Near is in the same sentence, the one before or the one after. Blank: needs no number.
    """
    for passage in passages(report):
        names = _name_spots(passage, report.terms)
        for term in report.terms.private if names else ():
            for quote in _private_quotes(passage, term, names):
                yield _private(passage, term, quote)


def _private(passage: Passage, term: Private, quote: str) -> Finding:
    what = "sức khỏe" if term.about == HEALTH else "giấy tờ, tài khoản"
    return passage.finding(
        "person.health" if term.about == HEALTH else "person.identity", WARNING,
        f"«{quote}» đứng gần tên người, có thể làm lộ điều riêng tư về {what}.",
        "Hãy bỏ chi tiết này, hoặc kể mà không nêu tên. Nếu không nói về người ấy, hãy xác nhận "
        "và ghi lý do.", quote,
    )  # fmt: skip


def _private_quotes(passage: Passage, term: Private, names: list[Spot]) -> list[str]:
    harmless = spots(term.harmless, passage.low)
    found = [
        passage.text[start:end]
        for start, end in spots(term.words, passage.low)
        if not any(a <= start and end <= b for a, b in harmless)
        and _is_near(passage, (start, end), names)
    ]
    return list({quote.lower(): quote for quote in reversed(found)}.values())[::-1]


def _is_near(passage: Passage, spot: Spot, names: list[Spot]) -> bool:
    """Whether a name stands in the sentence of `spot`, or in one beside it."""
    told = list(sentences(passage.text))
    at = next((n for n, (start, end) in enumerate(told) if start <= spot[0] < end), 0)
    near = told[max(0, at - 1) : at + 2]
    return any(start <= name[0] < end for start, end in near for name in names)


def _name_spots(passage: Passage, terms: Terms) -> list[Spot]:
    """Where the passage names a person; a role in a story is a person's all along."""
    if passage.field == STORY and passage.about.endswith("/people"):
        return [(start, end) for start, end in sentences(passage.text)]
    found = [match.span() for match in _PLACE.finditer(passage.text)]
    for name in _typed_names(passage.text, terms):
        at = passage.text.find(name)
        found.append((at, at + len(name)))
    return found


# ---------------------------------------------------------------- numbers of identity


def check_identity_numbers(report: Report) -> Iterator[Finding]:
    """No number of a card or an account stands near a person's name.

    A number is one of nine digits or more without grouping dots, where a word of identity stands
    in its sentence; that of an office or a fund is none. Blank: needs no number.
    """
    words = tuple(
        w for term in report.terms.private if term.about == IDENTITY for w in term.words
    )
    for passage in passages(report):
        names = _name_spots(passage, report.terms) if words else []
        for start, end in sentences(passage.text) if names else ():
            told = spots(words, passage.low[start:end])
            if told and _is_near(passage, (start, end), names):
                yield from _identity_numbers(passage, passage.text[start:end])


def _identity_numbers(passage: Passage, sentence: str) -> Iterator[Finding]:
    for found in _LONG_NUMBER.finditer(sentence):
        if _GROUPED.match(found[0]):
            continue
        yield passage.finding(
            "person.number", ERROR,
            f"có số giấy tờ, tài khoản hay điện thoại «{found[0][:3]}…» của cá nhân.",
            "Hãy bỏ số này: văn bản không được mang số giấy tờ, tài khoản của cá nhân.",
            found[0][:3],
        )  # fmt: skip


# ---------------------------------------------------------------- so few that they are known


def check_few_people(report: Report) -> Iterator[Finding]:
    """A public paper counts no one or two people of a named tổ dân phố: neighbours know them.

    Blank: a line without a number tells of nobody.
    """
    if not report.kind.public:
        return
    for line in report.every_line:
        yield from _few_in_line(report, line)
    for passage in passages(report):
        if passage.field in ("text", STORY):
            yield from _few_in_text(passage, report.terms)


def _few_in_line(report: Report, line: Line) -> Iterator[Finding]:
    figure, area = report.figure(line, "value"), _area_of(line, report.terms)
    if figure is None or not area or line.unit not in _PEOPLE or not _is_few(figure):
        return
    count = int(figure.quantity.value)
    yield Finding(
        "person.few", WARNING, line.where,
        f"Dòng «{line.label}»: chỉ có {count} {line.unit} ở «{area}», người quen có thể nhận ra.",
        "Hãy gộp với địa bàn khác, hoặc bỏ tên địa bàn. Nếu không có gì riêng tư, hãy xác nhận và ghi "
        "lý do.", line.key, (line.where,), stated=figure.quantity.value, unit=line.unit,
    )  # fmt: skip


def _is_few(figure: Figure) -> bool:
    return 0 < figure.quantity.value <= _FEW and not figure.quantity.hedge


def _area_of(line: Line, terms: Terms) -> str:
    """The small part of the unit that a line names, "" for none."""
    told = " ".join((line.label, line.group, line.giver, line.note))
    return next(iter(_areas(told, terms)), "")


def _areas(text: str, terms: Terms) -> list[str]:
    """The named small areas in a text: "tổ dân phố số 5", "thôn Đông"."""
    found = []
    for start, end in spots(terms.areas, plain_lower(text)):
        named = re.match(_AREA_NAME, text[end:])
        if named:
            found.append(text[start:end] + named[0])
    return found


def _few_in_text(passage: Passage, terms: Terms) -> Iterator[Finding]:
    for start, end in sentences(passage.text):
        sentence = passage.text[start:end]
        counted, areas = _COUNTED.search(sentence), _areas(sentence, terms)
        if counted and areas:
            yield passage.finding(
                "person.few", WARNING,
                f"chỉ có {counted[0]} ở «{areas[0]}», người quen có thể nhận ra.",
                "Hãy gộp với địa bàn khác, hoặc bỏ tên địa bàn. Nếu không có gì riêng tư, hãy xác nhận "
                "và ghi lý do.", f"{counted[0]} {areas[0]}",
            )  # fmt: skip
