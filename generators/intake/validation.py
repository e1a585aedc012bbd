"""From RawInput to PeriodData: every mistake found at once, nothing guessed or dropped."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from difflib import get_close_matches

from generators.intake.dates import read_period_id
from generators.intake.fields import FieldReader, record_of, records
from generators.intake.lines import read_lines
from generators.intake.paper import read_document
from generators.intake.pictures import read_picture
from generators.intake.places import said_place
from generators.intake.subjects import named
from generators.kinds import ReportKind
from generators.model import (
    Acknowledgement,
    Finding,
    OrgUnit,
    Period,
    PeriodData,
    Person,
    Picture,
    Raw,
    RawInput,
    RawRecord,
    RawTree,
    Story,
)
from generators.periods import calendar_span

_PERSON = re.compile(r"\{(\d+)\}")
_DATA_URI = re.compile(r"data:image/(?:png|jpe?g);base64,", re.IGNORECASE)


def validate(
    raw: RawInput, kind: ReportKind, pictures: Mapping[str, bytes]
) -> tuple[PeriodData | None, tuple[Finding, ...]]:
    """Return the period's data, None where its frame cannot be read, and all findings.

    `pictures` are the picture files that came with the data, by file name.
    """
    reader = FieldReader(list(raw.findings))
    period = _period(record_of(raw.root, "period"), kind, reader)
    unit = _org_unit(record_of(raw.root, "org_unit"), reader)
    document = read_document(record_of(raw.root, "document"), kind.annexes, reader)
    lines = read_lines(raw.root, kind, reader)
    texts = _texts(record_of(raw.root, "texts"), kind, reader)
    stories = tuple(
        _story(record, pictures, reader, named=not kind.public)
        for record in records(raw.root, "stories")
    )
    acknowledged = tuple(
        Acknowledgement(
            reader.text(record, "finding"), reader.text(record, "reason"), where=record.place
        )
        for record in records(raw.root, "acknowledgements")
    )
    _check_something(raw, lines, reader)
    told = len(raw.findings)
    findings = (*reader.findings[:told], *named(reader.findings[told:], raw, kind))
    if period is None or unit is None:
        return None, findings
    data = PeriodData(kind.id, period, unit, document, lines, texts, stories, acknowledged)
    return data, findings


def _check_something(raw: RawInput, lines: tuple[object, ...], reader: FieldReader) -> None:
    if not lines and not records(raw.root, "lines") and not reader.findings:
        reader.add("data.no_lines", "", "Chưa có dòng số liệu nào.",
                   "Hãy điền số liệu vào biểu rồi gửi lại.", "lines")  # fmt: skip


# ---------------------------------------------------------------- the frame


def _period(record: RawRecord, kind: ReportKind, reader: FieldReader) -> Period | None:
    raw = record.fields.get("id")
    if not isinstance(raw, Raw):
        _miss_frame("period.missing", "kỳ báo cáo", "2020S1 hoặc «6 tháng đầu năm 2020»",
                    record, reader)  # fmt: skip
        return None
    period_id = read_period_id(raw)
    if isinstance(period_id, Finding):
        reader.findings.append(period_id)
        return None
    if period_id[4:] not in kind.periods:
        reader.add("period.not_of_kind", raw.place,
                   f"{said_place(raw.place)}: «{kind.title}» không lập cho kỳ {period_id}.",
                   "Hãy chọn kỳ " + " hoặc ".join(period_id[:4] + p for p in kind.periods)
                   + ", hoặc chọn loại báo cáo khác.")  # fmt: skip
        return None
    first, last = calendar_span(period_id)
    period = Period(
        period_id, reader.day(record, "from") or first, reader.day(record, "to") or last
    )
    if period.end < period.start:
        place = getattr(record.fields.get("to"), "place", record.place)
        reader.add("period.reversed", place,
                   f"{said_place(place)}: ngày kết thúc kỳ ({period.end:%d/%m/%Y}) "
                   f"trước ngày bắt đầu ({period.start:%d/%m/%Y}).",
                   "Hãy sửa lại ngày bắt đầu hoặc ngày kết thúc của kỳ.")  # fmt: skip
        return None
    if period.end < first or last < period.start:
        reader.add("period.dates_elsewhere", raw.place,
                   f"{said_place(raw.place)}: kỳ {period_id} nhưng số liệu tính từ "
                   f"{period.start:%d/%m/%Y} đến {period.end:%d/%m/%Y}, ngoài kỳ đó.",
                   "Hãy sửa tên kỳ, hoặc sửa ngày đầu và ngày cuối.")  # fmt: skip
        return None
    return period


def _miss_frame(
    code: str, what: str, example: str, record: RawRecord, reader: FieldReader
) -> None:
    pointer = record.place.startswith("/")  # of a sheet, many things may be said
    if not any(pointer and f.where.startswith(record.place) for f in reader.findings):
        about = {"period.missing": "period/id"}.get(code, "org_unit/name")
        reader.add(code, record.place, f"Chưa ghi {what}.", f"Hãy ghi {what}, ví dụ {example}.",
                   about)  # fmt: skip


def _org_unit(record: RawRecord, reader: FieldReader) -> OrgUnit | None:
    name = reader.text(record, "name")
    if not name:
        _miss_frame("org_unit.missing", "tên đơn vị báo cáo", "phường Phúc Lợi", record, reader)
        return None
    return OrgUnit(name, reader.texts(record, "within"))


# ---------------------------------------------------------------- texts and stories


def _texts(
    record: RawRecord, kind: ReportKind, reader: FieldReader
) -> Mapping[str, tuple[str, ...]]:
    known = [spec.id for spec in kind.texts]
    for key in record.fields:
        if key not in known:
            near = get_close_matches(key, known, 1, 0.6)
            hint = f"Có phải ý là «{near[0]}»? " if near else ""
            reader.add("text.unknown_place", f"{record.place}/{key}",
                       f"Mẫu báo cáo không có chỗ cho lời văn «{key}».",
                       f"{hint}Các chỗ có sẵn: {', '.join(known)}.")  # fmt: skip
    texts = {key: reader.texts(record, key) for key in known if key in record.fields}
    return {key: _paragraphs(found) for key, found in texts.items() if found}


def _paragraphs(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line.strip() for text in texts for line in text.split("\n") if line.strip())


def _story(
    record: RawRecord, pictures: Mapping[str, bytes], reader: FieldReader, *, named: bool
) -> Story:
    """A story; ``named`` where the paper may name people who did not consent to be."""
    people = tuple(
        Person(reader.text(p, "name"), reader.text(p, "role"), reader.truth(p, "consent"))
        for p in records(record, "people")
    )
    title, text, caption = (reader.text(record, name) for name in ("title", "text", "caption"))
    _check_people(people, record, reader, named=named)
    for number in _PERSON.findall(f"{title} {text} {caption}"):
        if not 1 <= int(number) <= len(people):
            reader.add("story.no_such_person", record.place,
                       f"{said_place(record.place)}: nội dung nhắc người thứ {number} "
                       f"({{{number}}}) nhưng danh sách chỉ có {len(people)} người.",
                       "Hãy thêm người vào danh sách nhân vật hoặc sửa số trong ngoặc.")  # fmt: skip
    picture = _picture(record, pictures, reader)
    _check_story(record, text, caption, reader)
    return Story(title, text, people, picture, caption, record.place)


def _check_story(record: RawRecord, text: str, caption: str, reader: FieldReader) -> None:
    """A story says something, and a caption is one of a picture."""
    if not (text or ("text" in record.fields and not _is_blank(record.fields["text"]))):
        reader.add("story.empty", record.place,
                   f"{said_place(record.place)}: câu chuyện chưa có nội dung.",
                   "Hãy ghi nội dung, hoặc bỏ câu chuyện này.")  # fmt: skip
    if caption and "picture" not in record.fields:
        reader.add("story.caption_alone", record.place,
                   f"{said_place(record.place)}: có chú thích ảnh «{caption[:60]}» nhưng không có ảnh.",
                   "Hãy ghi tên tệp ảnh, hoặc bỏ chú thích.")  # fmt: skip


def _is_blank(raw: RawTree) -> bool:
    return isinstance(raw, Raw) and not str(raw.value).strip()


def _check_people(
    people: tuple[Person, ...], record: RawRecord, reader: FieldReader, *, named: bool
) -> None:
    """Everybody has a name, and one that may not be printed stands nowhere in the story."""
    names = ("title", "text", "caption")
    for number, person in enumerate(people, 1):
        if not person.name:
            reader.add("story.no_name", record.place,
                       f"{said_place(record.place)}: người thứ {number} trong danh sách nhân vật "
                       "chưa có tên.",
                       "Hãy ghi tên người này, hoặc bỏ khỏi danh sách.")  # fmt: skip
        elif (
            not named
            and not person.consent
            and any(_names(reader.text(record, n), person.name) for n in names)
        ):
            reader.add("story.name_without_consent", record.place,
                       f"{said_place(record.place)}: tên người thứ {number} được ghi thẳng, "
                       "trong khi người này chưa đồng ý cho nêu tên.",
                       f"Hãy thay tên bằng {{{number}}}, hoặc ghi nhận sự đồng ý của người "
                       "này.")  # fmt: skip


def _names(text: str, name: str) -> bool:
    """Whether `text` has the full name; one word alone may be any word."""
    return " " in name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _picture(
    record: RawRecord, pictures: Mapping[str, bytes], reader: FieldReader
) -> Picture | None:
    raw = record.fields.get("picture")
    if not isinstance(raw, Raw):
        return None
    name = str(raw.value).strip()
    inline = name.lower().startswith("data:")
    data = _inline(name) if inline else pictures.get(name)
    name = "ảnh nhúng" if inline else name
    if data is None:
        reader.add("picture.missing", raw.place,
                   f"{said_place(raw.place)}: không có tệp ảnh «{name[:80]}» gửi kèm.",
                   "Hãy để tệp ảnh cùng thư mục với biểu, hoặc chọn ảnh khi tải lên, "
                   "đúng tên đã ghi.")  # fmt: skip
        return None
    picture = read_picture(data)
    if picture is None:
        reader.add("picture.unreadable", raw.place,
                   f"{said_place(raw.place)}: không đọc được ảnh «{name[:80]}».",
                   "Hãy dùng ảnh PNG hoặc JPEG không quá 8 MB.")  # fmt: skip
    return picture


def _inline(uri: str) -> bytes:
    """The bytes of a data URI, none where it is not a picture in base64."""
    try:
        return b64decode(uri.split(",", 1)[1], validate=True) if _DATA_URI.match(uri) else b""
    except NotBase64:
        return b""
