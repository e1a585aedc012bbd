"""What a report says in words of its own: each passage with its place, and its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generators.checks.report import Report
from generators.model import Finding, Line
from generators.terms import Spot, plain, plain_lower

STORY = "story"
IF_MEANT = "nếu đúng ý, hãy xác nhận và ghi lý do."
_END = re.compile(r"(?<=[.!?;…])\s+")


@dataclass(frozen=True)
class Passage:
    """Words that somebody typed and the report prints.

    ``field`` is one of ``generators.terms.FIELDS``, ``about`` the text or line they belong to,
    ``name`` how a message calls it.
    """

    field: str
    where: str
    about: str
    name: str
    text: str

    @cached_property
    def plain(self) -> str:
        """The text, as long as it is, in which terms are found in their own case."""
        return plain(self.text)

    @cached_property
    def low(self) -> str:
        """The text, as long as it is, in which terms are found in any case."""
        return plain_lower(self.text)

    def finding(self, code: str, severity: str, fault: str, remedy: str, quote: str) -> Finding:
        """Return what is wrong with `quote`: a sentence that begins with the passage's name."""
        return Finding(code, severity, self.where, f"{self.name}: {fault}", remedy,
                       self.about, (self.where,), quote=quote)  # fmt: skip


def sentences(text: str) -> Iterator[Spot]:
    """Yield where each sentence of `text` begins and ends; a semicolon ends one too."""
    start = 0
    for end in _END.finditer(text):
        yield start, end.start()
        start = end.end()
    yield start, len(text)


def passages(report: Report) -> Iterator[Passage]:
    """Yield all that is looked at: what the report prints of what people typed."""
    yield from texts(report)
    yield from _stories(report)
    yield from _frame(report)
    for line in report.every_line:
        yield from _of_line(line)


def texts(report: Report) -> Iterator[Passage]:
    """Yield the paragraphs of the report's texts: ``texts/sapo/1`` is the first of its text."""
    labels = {spec.id: spec.label for spec in report.kind.texts}
    for key, paragraphs in report.data.texts.items():
        for number, text in enumerate(paragraphs, 1):
            yield Passage("text", f"/texts/{key}", f"texts/{key}/{number}",
                          f"Lời văn «{labels.get(key, key)}», đoạn {number}", text)  # fmt: skip


def _stories(report: Report) -> Iterator[Passage]:
    """The stories' words: ``stories/1/text`` is the first; their numbers are their author's."""
    for number, story in enumerate(report.data.stories, 1):
        roles = "\n".join(person.role for person in story.people if person.role)
        for part, name, text in (
            ("title", "tên", story.title), ("text", "nội dung", story.text),
            ("people", "vai trò của nhân vật", roles), ("caption", "chú thích ảnh", story.caption),
        ):  # fmt: skip
            if text:
                yield Passage(STORY, story.where, f"stories/{number}/{part}",
                              f"Câu chuyện thứ {number}, {name}", text)  # fmt: skip


def _frame(report: Report) -> Iterator[Passage]:
    document = report.data.document
    for field, name, text in (
        ("headline", "Tít", document.headline),
        ("author", "Tác giả, đơn vị viết bài", document.author),
    ):
        if text:
            yield Passage(field, f"/document/{field}", f"document/{field}", name, text)
    for number, text in enumerate(document.recipients, 1):
        yield Passage("recipient", "/document/recipients", f"document/recipients/{number}",
                      f"Nơi nhận thứ {number}", text)  # fmt: skip
    for number, text in enumerate(report.data.org_unit.within, 1):
        yield Passage("within", "/org_unit/within", f"org_unit/within/{number}",
                      f"Đơn vị cấp trên thứ {number}", text)  # fmt: skip


def _of_line(line: Line) -> Iterator[Passage]:
    said = f"Dòng «{line.label}»"
    if not line.code:
        yield Passage("label", line.where, line.key, "Tên dòng", line.label)
    for field, name in _OF_LINE.items():
        if text := getattr(line, field):
            yield Passage(field, line.where, line.key, f"{said}, {name}", text)
    for field in ("plan", "whole", "previous", "bases"):
        for measure in getattr(line, field):
            kind = "compared" if field in ("previous", "bases") else "measure"
            if measure.label:
                yield Passage(kind, measure.where or line.where, line.key,
                              f"{said}, tên {_MEASURES[field]}", measure.label)  # fmt: skip


_OF_LINE = {
    "giver": "nguồn tặng", "group": "đối tượng", "occasion": "dịp", "round": "đợt",
    "source": "nguồn kinh phí",
}  # fmt: skip
_MEASURES = {
    "plan": "kế hoạch", "whole": "tổng số", "previous": "kỳ so sánh", "bases": "mốc so sánh",
}  # fmt: skip
