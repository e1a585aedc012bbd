"""Names of other units in what is told: words left over from a report copied from next door."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generators.checks.passages import IF_MEANT, Passage, passages, sentences
from generators.checks.report import Report
from generators.folding import fold
from generators.model import WARNING, Finding
from generators.terms import Spot, plain_lower

_LEVELS = (
    ("phường", "xã", "thị trấn", "đặc khu"), ("quận", "huyện", "thị xã"), ("tỉnh",),
)  # fmt: skip
_UNIT = re.compile(
    r"(?<!\w)(phường|(?<!thị )(?<!tác )xã(?! hội(?!\w))|thị trấn|đặc khu|quận|huyện|thị xã|tỉnh) "
)
_WORD = re.compile(r"(?:[^\W\d_]+|\d{1,2})(?!\w)")
_MERGED = re.compile(r"(?<!\w)(?:cũ|nguyên là|trước đây|sáp nhập|sắp xếp|hợp nhất)(?!\w)")
_TITLE = re.compile(r"chủ tịch|bí thư|trưởng|giám đốc|đồng chí")
_MOST_WORDS = 4

# ---------------------------------------------------------------- whom one has to do with

_WITH = re.compile(
    r"(?<!\w)(?:phối hợp|cùng với|kết nghĩa|giao lưu|giáp ranh|giáp|so với|liên kết|ký kết|hỗ trợ"
    r"|giúp|ủng hộ|chia sẻ|thăm|viếng|chuyển đến|chuyển đi|chuyển về|đến từ|quê ở|học tập|bàn giao)"
    r"(?!\w)[^,.;:]{0,60}\Z"
)
_AT = re.compile(r"(?<!\w)(?:tại|ở|đến|về|sang|từ)(?!\w)[^,.;:]{0,40}\Z")
_EVENT = re.compile(
    r"(?<!\w)(?:tổ chức|diễn ra|khai mạc|dự|tham dự|tham gia|học|thăm|viếng|dâng hương|gặp mặt|đi"
    r"|điều dưỡng|nuôi dưỡng|chăm sóc|điều trị|khám|làm việc|cai nghiện|lao động|hội nghị|hội chợ"
    r"|tập huấn|nghĩa trang|đền|khu di tích|trung tâm|cơ sở|trường|khu công nghiệp|bệnh viện)(?!\w)"
)
_CAME = re.compile(r"(?: sang| về| cũng| mới)? (?:chuyển|kết nghĩa|sang|đến)(?!\w)")
_LISTED = re.compile(r"\s*(?:,|và|hoặc|với|;)\s*\Z")


def check_other_unit(report: Report) -> Iterator[Finding]:
    """No other unit of the reporting one's level is named: a report copied from next door.

    Units above and below may be named, those that became part of this one ("xã A cũ"), and
    those one worked with, visited or helped. Blank: a unit whose name does not tell its level
    (or "thành phố", which is two) is not judged.
    """
    own = report.data.org_unit.name
    level, name = _level_of(own)
    if not name:
        return
    for passage in passages(report):
        for quote in dict.fromkeys(_other_units(passage, level, name)):
            yield passage.finding(
                "text.other_unit", WARNING,
                f"nhắc đến «{quote}», trong khi đơn vị báo cáo là {own}.",
                f"Nếu là lời văn chép từ đơn vị khác, hãy sửa tên; {IF_MEANT}", quote,
            )  # fmt: skip


def _level_of(own: str) -> tuple[tuple[str, ...], str]:
    found = _UNIT.search(plain_lower(own))
    if found is None:
        return (), ""
    level = next(words for words in _LEVELS if found[1] in words)
    return level, fold(own[found.end() :])


def _other_units(passage: Passage, level: tuple[str, ...], own: str) -> Iterator[str]:
    for sentence in sentences(passage.low):
        partner_ends = -1
        for found in _UNIT.finditer(passage.low, *sentence):
            name = _name_at(passage.text, found.end()) if found[1] in level else ""
            if not name or f"{fold(name)} ".startswith(f"{own} "):
                continue
            listed = partner_ends >= 0 and _LISTED.fullmatch(
                passage.low, partner_ends, found.start()
            )
            if listed or _is_partner(passage.low, sentence[0], found.start()):
                partner_ends = found.end() + len(name)
            elif not _CAME.match(passage.low, found.end() + len(name)) and not _is_of_ours(
                passage.low, (found.start(), found.end()), name
            ):
                yield f"{passage.text[found.start() : found.end()]}{name}"


def _is_partner(text: str, start: int, at: int) -> bool:
    """Whether the words from `start` make what is named at `at` one that others deal with."""
    before = text[max(start, at - _BEFORE) : at]
    return bool(_WITH.search(before) or (_AT.search(before) and _EVENT.search(before)))


_BEFORE = 160  # characters


def _is_of_ours(text: str, spot: Spot, name: str) -> bool:
    """Whether the unit became part of another, or the name is that of a person of our own."""
    around = text[max(0, spot[0] - 60) : spot[1] + len(name) + 30]
    before = text[max(0, spot[0] - 30) : spot[0]]
    return bool(_MERGED.search(around) or (_TITLE.search(before) and name.count(" ") > 1))


def _name_at(text: str, start: int) -> str:
    """The words with a capital that begin at `start`, or a number; "" where there are none."""
    end, at = start, start
    for _ in range(_MOST_WORDS):
        word = _WORD.match(text, at)
        if word is None or not _is_name(word[0]):
            break
        end, at = word.end(), word.end() + 1
        if word[0].isdigit() or text[end : end + 1] != " ":
            break
    return text[start:end]


def _is_name(word: str) -> bool:
    return word.isdigit() or (word[0].isupper() and (len(word) == 1 or not word.isupper()))
