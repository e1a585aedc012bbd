"""The JSON door: version 1 of the payload, its schema, and its way into a RawInput."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr
from pydantic import ValidationError as ShapeErrors

from generators.model import ERROR, Finding, Raw, RawInput, RawRecord, RawTree

Path = tuple[int | str, ...]
DEPTH = 100  # levels of nesting; a payload of version 1 needs a dozen

Number = Annotated[
    StrictInt | Decimal | StrictStr,
    Field(description="A JSON number, or text as a clerk types it: 51,2 triệu; 02 tỷ; 2/5"),
]
Day = Annotated[StrictStr, Field(description="A day: 2020-06-30 or 30/6/2020")]


class Shape(BaseModel):
    """A JSON object of version 1; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)


class MeasureShape(Shape):
    """A number that a line is held against, or what is known of it."""

    value: Number | None = None
    amount: Number | None = None
    share: Number | None = None
    change: Number | None = None
    label: StrictStr | None = None


Against = Number | MeasureShape | list[Number | MeasureShape] | None


class RateShape(Shape):
    """Money for one unit (đồng), and how many had it."""

    rate: Number
    count: Number | None = None


class LineShape(Shape):
    """One result of the period."""

    code: StrictStr | None = None
    section: StrictStr | None = None
    label: StrictStr | None = None
    unit: StrictStr | None = None
    giver: StrictStr | None = None
    group: StrictStr | None = None
    occasion: StrictStr | None = None
    round: StrictStr | None = None
    value: Number | None = None
    amount: Number | None = None
    status: StrictStr | None = None
    plan: Against = None
    whole: Against = None
    previous: Against = None
    bases: Against = None
    opening: Number | None = None
    increase: Number | None = None
    decrease: Number | None = None
    closing: Number | None = None
    cumulative: Number | None = None
    rate: Number | list[RateShape] | None = None
    months: Number | None = None
    rate_count: Number | None = None
    parts: list[LineShape] | None = None
    of_which: list[LineShape] | None = None
    by: StrictStr | None = None
    estimate: StrictBool | None = None
    as_of: Day | None = None
    start: Day | None = Field(default=None, alias="from")
    end: Day | None = Field(default=None, alias="to")
    source: StrictStr | None = None
    supplied_by: StrictStr | None = None
    note: StrictStr | None = None


class PeriodShape(Shape):
    """The period, with its own first and last day."""

    id: StrictStr
    start: Day | None = Field(default=None, alias="from")
    end: Day | None = Field(default=None, alias="to")


class OrgUnitShape(Shape):
    """The unit that reports."""

    name: StrictStr
    within: list[StrictStr] | None = None


class SignerShape(Shape):
    """Who signs."""

    title: StrictStr | None = None
    name: StrictStr | None = None


class DocumentShape(Shape):
    """What the paper says of itself."""

    place: StrictStr | None = None
    date: Day | None = None
    number: StrictStr | None = None
    signer: SignerShape | None = None
    recipients: list[StrictStr] | None = None
    headline: StrictStr | None = None
    author: StrictStr | None = None


class PersonShape(Shape):
    """A person a story tells of."""

    name: StrictStr
    role: StrictStr | None = None
    consent: StrictBool | None = None


class StoryShape(Shape):
    """A model activity or a quote; {1} in the text is the first of people."""

    title: StrictStr | None = None
    text: StrictStr
    people: list[PersonShape] | None = None
    picture: StrictStr | None = None
    caption: StrictStr | None = None


class AcknowledgementShape(Shape):
    """A warning somebody has looked at."""

    finding: StrictStr
    reason: StrictStr


class PayloadShape(Shape):
    """One unit's data for one period, version 1."""

    kind: StrictStr
    period: PeriodShape
    org_unit: OrgUnitShape
    document: DocumentShape | None = None
    lines: list[LineShape]
    texts: dict[str, list[StrictStr]] | None = None
    stories: list[StoryShape] | None = None
    acknowledgements: list[AcknowledgementShape] | None = None


@lru_cache(maxsize=1)
def payload_schema() -> Mapping[str, Any]:
    """Return the JSON Schema (2020-12) of the payload."""
    schema = PayloadShape.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def read_payload(data: bytes) -> RawInput:
    """Return the payload in `data` as raw values with JSON pointers as their places."""
    parsed = _parse(data)
    if isinstance(parsed, Finding):
        return RawInput(RawRecord("", {}), (parsed,))
    if not isinstance(parsed, dict):
        return RawInput(RawRecord("", {}), (_unlike("", "một đối tượng JSON {…}"),))
    findings: tuple[Finding, ...] = ()
    try:
        PayloadShape.model_validate(parsed)
    except ShapeErrors as errors:
        # RawInput is read on even so: the reader sees every mistake at once.
        findings = tuple(_shape_findings(errors, parsed))
    return RawInput(_record(parsed, "", _spoilt(findings)), findings)


# ---------------------------------------------------------------- text into values


class _Refused(ValueError):
    """What the JSON grammar allows and we do not."""


def _parse(data: bytes) -> object:
    if not data.strip():
        return Finding("json.empty", ERROR, "", "Nội dung JSON gửi lên trống.",
                       "Hãy gửi dữ liệu của kỳ báo cáo theo mẫu JSON phiên bản 1.")  # fmt: skip
    try:
        return _not_too_deep(
            json.loads(
                data.decode("utf-8-sig"),
                parse_float=_exact,
                parse_constant=_refuse_constant,
                object_pairs_hook=_refuse_twice,
            )
        )
    except UnicodeDecodeError:
        return Finding("json.encoding", ERROR, "", "Nội dung JSON không phải bảng mã UTF-8.",
                       "Hãy lưu tệp bằng bảng mã UTF-8 rồi gửi lại.")  # fmt: skip
    except RecursionError:
        return Finding("json.too_deep", ERROR, "", "Nội dung JSON lồng nhau quá sâu.",
                       "Hãy bớt các lớp lồng nhau; mẫu JSON phiên bản 1 chỉ cần vài lớp.")  # fmt: skip
    except ValueError as error:
        return Finding("json.malformed", ERROR, "", f"Không đọc được JSON: {_said(error)}.",
                       "Hãy sửa cú pháp JSON tại vị trí nêu trên rồi gửi lại.")  # fmt: skip


def _said(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"sai cú pháp ở dòng {error.lineno}, cột {error.colno}"
    return str(error) if isinstance(error, _Refused) else "có số quá dài"


def _not_too_deep(value: object) -> object:
    """Return `value`; RecursionError where it nests deeper than a payload ever does."""
    level = [value]
    for _ in range(DEPTH):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return value
    raise RecursionError


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _exact(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise _Refused("có số quá dài") from None


def _refuse_constant(name: str) -> object:
    raise _Refused(f"có giá trị {name}, không phải là số")


def _refuse_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = {unicodedata.normalize("NFC", key): value for key, value in pairs}
    if any("\ud800" <= char <= "\udfff" for key in found for char in key):
        raise _Refused("có khóa chứa nửa ký tự (surrogate)")
    if len(found) < len(pairs):
        keys = [unicodedata.normalize("NFC", key) for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _Refused(f"khóa «{twice}» có hai lần trong cùng một đối tượng")
    return found


# ---------------------------------------------------------------- shape


def _shape_findings(errors: ShapeErrors, parsed: object) -> Iterator[Finding]:
    """One finding a place: of a union's errors, the one that lies deepest."""
    found = {
        _path(error["type"], error["loc"], parsed): error["type"]
        for error in reversed(errors.errors(include_url=False, include_context=False))
    }
    above = {path[:length] for path in found for length in range(len(path))}
    for path in sorted(found.keys() - above, key=_in_order):
        yield _shape_finding(found[path], path)


def _in_order(path: Path) -> list[tuple[int, str]]:
    return [(step, "") if isinstance(step, int) else (-1, step) for step in path]


def _shape_finding(kind: str, path: Path) -> Finding:
    pointer, name = _pointer(path), str(path[-1]) if path else ""
    if kind == "missing":
        return Finding("json.missing_key", ERROR, pointer, f"Thiếu khóa bắt buộc «{name}».",
                       f"Hãy thêm «{name}» tại {pointer}.")  # fmt: skip
    if kind == "extra_forbidden":
        near = get_close_matches(name, _keys_at(path[:-1]), 1, 0.6)
        hint = f"Có phải ý là «{near[0]}»? " if near else ""
        return Finding("json.unknown_key", ERROR, pointer, f"Không biết khóa «{name}».",
                       f"{hint}Hãy sửa tên khóa hoặc bỏ khóa này.")  # fmt: skip
    return _unlike(pointer, _EXPECTED.get(kind, "một giá trị đúng kiểu theo JSON Schema"))


_EXPECTED = {
    "string_type": "một chuỗi ký tự", "bool_type": "true hoặc false", "list_type": "một danh sách […]",
    "model_type": "một đối tượng {…}", "dict_type": "một đối tượng {…}",
    "int_type": "một số, hoặc chuỗi như người ta gõ (\"51,2 triệu\")",
}  # fmt: skip


def _unlike(pointer: str, expected: str) -> Finding:
    place = f"Giá trị tại {pointer}" if pointer else "Nội dung gửi lên"
    return Finding("json.wrong_type", ERROR, pointer, f"{place} không đúng kiểu.",
                   f"Cần {expected}.")  # fmt: skip


_SHAPES: Mapping[str, type[Shape]] = {
    "period": PeriodShape, "org_unit": OrgUnitShape, "document": DocumentShape,
    "signer": SignerShape, "lines": LineShape, "parts": LineShape, "of_which": LineShape,
    "plan": MeasureShape, "whole": MeasureShape, "previous": MeasureShape,
    "bases": MeasureShape, "rate": RateShape, "stories": StoryShape, "people": PersonShape,
    "acknowledgements": AcknowledgementShape,
}  # fmt: skip


def _keys_at(path: Path) -> list[str]:
    """The keys that an object at `path` may have."""
    named = [step for step in path if isinstance(step, str)]
    shape = _SHAPES.get(named[-1], PayloadShape) if named else PayloadShape
    return [field.alias or name for name, field in shape.model_fields.items()]


def _path(kind: str, loc: Path, parsed: object) -> Path:
    """The steps of a location that stand in the data, not in the type of a union.

    A missing key does not stand there either, but is what the location is about.
    """
    path: list[int | str] = []
    for step in loc:
        if _holds(parsed, step):
            parsed = parsed[step]  # type: ignore[index]
            path.append(step)
    return (*path, loc[-1]) if kind == "missing" else tuple(path)


def _holds(value: object, step: int | str) -> bool:
    if isinstance(value, list):
        return isinstance(step, int)
    return isinstance(value, dict) and step in value


def _pointer(path: Path) -> str:
    return "".join("/" + _escaped(step) for step in path)


def _escaped(step: int | str) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")


def _spoilt(findings: Iterable[Finding]) -> frozenset[str]:
    return frozenset(f.where for f in findings if f.code != "json.missing_key")


# ---------------------------------------------------------------- values with their places


def _record(values: Mapping[str, object], place: str, spoilt: frozenset[str]) -> RawRecord:
    fields: dict[str, RawTree] = {}
    for key, value in values.items():
        at = f"{place}/{_escaped(key)}"
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
