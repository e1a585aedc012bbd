"""The shape of the payload, version 1: its models, its JSON Schema, and what does not fit it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    ValidationError,
)

Path = tuple[int | str, ...]

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
    rate: Number | list[Number | RateShape] | None = None
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
    authority: Annotated[
        StrictStr | None, Field(description="TM., KT., TL., TUQ. or Q.; phụ trách signs as KT.")
    ] = None
    head: StrictStr | None = None


class DocumentShape(Shape):
    """What the paper says of itself."""

    place: StrictStr | None = None
    date: Day | None = None
    number: StrictStr | None = None
    signer: SignerShape | None = None
    recipients: Annotated[
        list[StrictStr] | None,
        Field(description="Kính gửi; an empty list, or the word không: sent to nobody above"),
    ] = None
    headline: StrictStr | None = None
    author: StrictStr | None = None
    superior: StrictStr | None = None
    agency: StrictStr | None = None
    notation: StrictStr | None = None
    subject: StrictStr | None = None
    copies: list[StrictStr] | None = None
    filing: StrictStr | None = None
    without_annexes: Annotated[
        list[StrictStr] | None,
        Field(description="Annexes of the kind that this report goes without: bieu_do"),
    ] = None


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


_SHAPES: Mapping[str, type[Shape]] = {
    "period": PeriodShape, "org_unit": OrgUnitShape, "document": DocumentShape,
    "signer": SignerShape, "lines": LineShape, "parts": LineShape, "of_which": LineShape,
    "plan": MeasureShape, "whole": MeasureShape, "previous": MeasureShape,
    "bases": MeasureShape, "rate": RateShape, "stories": StoryShape, "people": PersonShape,
    "acknowledgements": AcknowledgementShape,
}  # fmt: skip


@lru_cache(maxsize=1)
def payload_schema() -> Mapping[str, Any]:
    """Return the JSON Schema (2020-12) of the payload."""
    schema = PayloadShape.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def misfits(parsed: object) -> Iterator[tuple[str, Path]]:
    """Yield each error against the shape: its kind, and where it lies in the types."""
    try:
        PayloadShape.model_validate(parsed)
    except ValidationError as errors:
        for error in errors.errors(include_url=False, include_context=False):
            yield error["type"], error["loc"]


def known_keys(field: str) -> list[str]:
    """Return the keys that the object in `field` may have; "" is the payload itself."""
    shape = _SHAPES.get(field, PayloadShape)
    return [known.alias or name for name, known in shape.model_fields.items()]
