"""A payload with every line of the catalogue and every field it may carry, no number twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from generators.kinds import LineSpec, ReportKind

Json = dict[str, Any]
MOVES = ("opening", "increase", "decrease", "closing")


class Numbers:
    """Counts that are all different, so that each can be looked for in the text."""

    def __init__(self) -> None:
        self._next = count(1013, 17)

    def __call__(self, factor: int = 1) -> int:
        return next(self._next) * factor


def every_line(kind: ReportKind) -> list[Json]:
    """One JSON line for each catalogue line, or each of its ready-made rows, then free lines."""
    numbers = Numbers()
    lines = [line for spec in kind.lines for line in _rows(spec, numbers)]
    lines += [_free_line(section.id, numbers) for section in kind.sections]
    return lines


def _rows(spec: LineSpec, numbers: Numbers) -> Iterator[Json]:
    for row in spec.rows or (None,):
        about = {"giver": row.giver, "occasion": row.occasion} if row else {}
        yield {
            "code": spec.code,
            **{k: v for k, v in about.items() if v},
            **_fields(spec, numbers),
        }


def _fields(spec: LineSpec, numbers: Numbers) -> Json:
    fields: Json = {}
    if "of_which" in spec.fields:
        labels = spec.of_which or ("riêng nhóm một",)
        unit = "hộ" if spec.unit == "đồng" else spec.unit
        fields["of_which"] = [
            {"label": name, "unit": unit, "value": numbers()} for name in labels
        ]
    share, money = spec.unit == "%", spec.unit == "đồng"
    value = 0 if "parts" in spec.fields else numbers(1_000_000 if money else 1)
    if "parts" in spec.fields:
        labels = spec.parts or ("nhóm một", "nhóm hai")
        fields["parts"] = [{"label": label, "value": numbers()} for label in labels]
        value = sum(part["value"] for part in fields["parts"])
    fields["value"] = f"{value % 97},{value % 7 + 1}" if share else value
    for name in spec.fields:
        fields |= _field(name, spec, value, numbers)
    return fields


def _field(name: str, spec: LineSpec, value: int, numbers: Numbers) -> Json:
    money = spec.unit == "đồng"
    if name in ("plan", "previous", "bases"):
        return {name: f"{numbers() % 89},{numbers() % 7 + 1}"
                if spec.unit == "%" else numbers(1_000_000 if money else 1)}  # fmt: skip
    if name == "whole":
        return {name: value + numbers()}
    if name == "amount":
        return {name: numbers(100_000)}
    if name == "rate":
        return {name: numbers(1000)}
    if name in ("months", "rate_count"):
        return {name: 5 if name == "months" else numbers()}
    if name == "opening":
        more = numbers()
        return {"opening": value + 3, "increase": more, "decrease": more + 3, "closing": value}
    return {}


def _free_line(section: str, numbers: Numbers) -> Json:
    spec = LineSpec("", section, "", "người", fields=("value", "amount", "plan", "previous",
                                                      "rate", "of_which"))  # fmt: skip
    return {"section": section, "label": f"Việc riêng của mục {section}", "unit": "người",
            "source": "nguồn vận động", **_fields(spec, numbers)}  # fmt: skip


def every_text(kind: ReportKind) -> dict[str, list[str]]:
    return {
        spec.id: [f"Nội dung viết tay của phần {spec.label.lower()}."] for spec in kind.texts
    }


STORIES: list[Json] = [
    {"title": "Mô hình có ảnh", "text": "Chuyện của {1}.\nĐoạn sau.", "picture": "a.png",
     "caption": "Ảnh chụp tại buổi lễ", "people": [{"name": "Nguyễn Văn A", "consent": True}]},
    {"title": "Mô hình không ảnh", "text": "Chuyện thứ hai."},
    {"text": "Chuyện không tên."},
]  # fmt: skip
