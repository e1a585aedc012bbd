"""Any subset of a report's lines leaves clean text in which every number is said."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generators.model import Figure, Quantity
from generators.pipeline import Source, examine
from generators.wording.amounts import say_count, say_dong, say_money, say_number, say_share
from tests.building import real_kind
from tests.document.everything import MOVES, STORIES, every_line, every_text
from tests.document.making import document_of, opened, paragraphs

KIND = real_kind()
LINES = every_line(KIND)
TEXTS = every_text(KIND)
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x04\0\0\0\x02\x08\2\0\0\0\xf0\xca\xea\x34"
    b"\0\0\0\x0eIDATx\x9cc\xf8\xcf\xc0\0B\0\x0c\xfe\x01\xff\xc0\x8e\xa7\x2b\0\0\0\0IEND\xaeB`\x82"
)
FAULTS = re.compile(
    r"None|Markup|(?<![\d.])0 đồng|  |^ | $|\s[,.;:!?)]|,,|, ,|;;|;,|,;|:[.;,:]|\.\.|\( | \)|\(\)|"
    r"[\[\]{}]|\bfalse\b|\btrue\b"
)
HEADINGS = ("Title", "Heading 1", "Heading 2")
BARE = (*HEADINGS, "Caption", "Tác giả", "Ảnh")


def payload(lines: Iterable[Any], **more: Any) -> dict[str, Any]:
    return {
        "kind": KIND.id, "period": {"id": "2020S1"},
        "org_unit": {"name": "phường Phúc Lợi", "within": ["quận Long Biên"]},
        "lines": list(lines), **more,
    }  # fmt: skip


def made(lines: Iterable[Any], **more: Any) -> bytes:
    return document_of(payload(lines, **more), {"a.png": PNG})


# ---------------------------------------------------------------- what clean text is


def unclean(document: bytes) -> Iterator[str]:
    found = paragraphs(document)
    for style, text in found:
        if fault := FAULTS.search(text):
            yield f"«{fault[0]}» in: {text}"
        if not text and style != "Ảnh":
            yield f"an empty paragraph ({style})"
        if text and style not in BARE and text[-1] not in ".;:":
            yield f"no punctuation at the end: {text}"
        for sentence in sentences(text):
            if sentence[0].islower():
                yield f"a sentence begins small: {sentence}"
    yield from _empty_headings([style for style, _ in found])
    yield from _empty_pictures(document)


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?]) ", text.removeprefix("- ")) if part]


def _empty_headings(styles: list[str]) -> Iterator[str]:
    for style, following in zip(styles, [*styles[1:], ""], strict=True):
        beneath = following not in ("", "Tác giả", "Heading 1") and (
            following != "Heading 2" or style == "Heading 1"
        )
        if style.startswith("Heading") and not beneath:
            yield f"a heading with nothing beneath it, before {following}"


def _empty_pictures(document: bytes) -> Iterator[str]:
    for paragraph in opened(document).paragraphs:
        if paragraph.style.name == "Ảnh" and "<w:drawing" not in paragraph._p.xml:
            yield "a paragraph for a picture that is not there"


# ---------------------------------------------------------------- every number is said


def unsaid(source: dict[str, Any], document: bytes) -> list[str]:
    """The figures of the data that the text does not tell, nor what was computed of them."""
    examined = examine_payload(source)
    text = " ".join(text for _, text in paragraphs(document))
    given_ = [figure for figure in examined.figures.values() if figure.rule == "số liệu nhập"]
    made_of: dict[str, list[Figure]] = {figure.id: [] for figure in given_}
    for figure in examined.figures.values():
        for part in figure.made_from:
            made_of.setdefault(part, []).append(figure)
    return [f"{figure.id} = {figure.quantity.value}" for figure in given_
            if not any(is_said(one, text) for one in (figure, *telling(figure, made_of)))]  # fmt: skip


def telling(figure: Figure, made_of: dict[str, list[Figure]]) -> list[Figure]:
    """What may be said in place of a figure: its share or change; a closing stock's value."""
    name = figure.id.rsplit(".", 1)[1]
    if name.startswith(("plan", "previous", "bases")):
        return made_of[figure.id]
    return []


def is_said(figure: Figure, text: str) -> bool:
    size = Quantity(abs(figure.quantity.value), figure.quantity.hedge)
    forms = {say_number(size.value), say_count(size, ""), say_money(size), say_dong(size)}
    if figure.unit == "%":
        forms = {say_share(size), say_count(size, "%")}
    if size.value == 0 and figure.unit != "%":  # a rate of nothing is said: 0%
        return "không" in text or "bằng" in text
    return any(
        re.search(rf"(?<![\d.,]){re.escape(form)}(?![\d]|[.,]\d)", text) for form in forms
    )


def examine_payload(source: dict[str, Any]) -> Any:
    return examine(Source(json.dumps(source, ensure_ascii=False).encode(), {"a.png": PNG}))


# ---------------------------------------------------------------- the properties


def test_a_report_of_everything_is_clean_and_complete() -> None:
    source = payload(LINES, texts=TEXTS, stories=STORIES, document={"author": "UBND phường"})
    document = document_of(source, {"a.png": PNG})
    assert list(unclean(document)) == []
    assert unsaid(source, document) == []


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.get("code", line.get("section")))
def test_a_report_of_one_line_is_clean_and_complete(line: dict[str, Any]) -> None:
    source = payload([line])
    document = document_of(source)
    assert list(unclean(document)) == []
    assert unsaid(source, document) == []
    assert [style for style, _ in paragraphs(document)].count("Heading 1") == 1


TOTALS = [
    {
        "code": "tong_qua_tet",
        "value": 500,
        "amount": 7_000_000,
        "previous": {"value": 411, "amount": 5_000_000},
    },
    {"code": "tong_qua_tet", "amount": 7_000_000, "previous": {"amount": 5_000_000}},
    {"code": "tong_covid", "amount": 7_000_000, "plan": {"amount": 9_000_000}},
    {"code": "tong_kinh_phi", "amount": "trên 7 triệu", "source": "ngân sách quận"},
]


@pytest.mark.parametrize("line", TOTALS, ids=lambda line: line["code"])
def test_a_stated_total_is_clean_and_complete(line: dict[str, Any]) -> None:
    document = document_of(payload([line]))
    assert list(unclean(document)) == []
    assert unsaid(payload([line]), document) == []
    assert line.get("source", "") in " ".join(text for _, text in paragraphs(document))


@st.composite
def parts_of_reports(draw: st.DrawFn) -> dict[str, Any]:
    """Some of the lines, each with its result and some of the rest, some texts and stories."""
    chosen = draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=14, unique_by=id))
    lines = [_thinned(line, draw) for line in chosen]
    keys = draw(st.sets(st.sampled_from(sorted(TEXTS))))
    stories = draw(st.lists(st.sampled_from(STORIES), max_size=3))
    author = draw(st.sampled_from([{}, {"author": "UBND phường"}, {"headline": "Tin A & B"}]))
    return payload(lines, texts={key: TEXTS[key] for key in sorted(keys)}, stories=stories,
                   document=author)  # fmt: skip


def _thinned(line: dict[str, Any], draw: st.DrawFn) -> dict[str, Any]:
    keep = {"code", "section", "label", "unit", "giver", "occasion", "value", "parts"}
    optional = sorted(set(line) - keep - {*MOVES})
    dropped = draw(st.sets(st.sampled_from(optional))) if optional else set()
    if MOVES[0] in line and draw(st.booleans()):
        dropped = {*dropped, *MOVES}
    thin = {key: value for key, value in line.items() if key not in dropped}
    if draw(st.booleans()) and "parts" not in line and not dropped & {*MOVES}:
        thin = _without_result(thin, draw)
    return thin


def _without_result(line: dict[str, Any], draw: st.DrawFn) -> dict[str, Any]:
    """The line with a status, a zero, or only its money in place of its result."""
    identity = {
        key: line[key] for key in ("code", "section", "label", "unit", "giver") if key in line
    }
    ways: list[dict[str, Any]] = [{"status": "không phát sinh"}, {"status": "chưa có số liệu"},
                                  {"status": "xét cuối năm"}, {"value": 0}]  # fmt: skip
    if "amount" in line:
        ways.append({"amount": line["amount"]})
    return {**identity, **draw(st.sampled_from(ways))}


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts_of_reports())
def test_any_part_of_a_report_is_clean_and_complete(source: dict[str, Any]) -> None:
    document = document_of(source, {"a.png": PNG})
    assert list(unclean(document)) == []
    assert unsaid(source, document) == []


@pytest.mark.soak
@settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
@given(parts_of_reports())
def test_any_part_of_a_report_is_clean_and_complete_at_length(source: dict[str, Any]) -> None:
    document = document_of(source, {"a.png": PNG})
    assert list(unclean(document)) == []
    assert unsaid(source, document) == []


@pytest.mark.parametrize("section", [section.id for section in KIND.sections])
def test_a_section_without_data_vanishes(section: str) -> None:
    codes = {spec.code for spec in KIND.lines if spec.section == section}
    kept = [
        line
        for line in LINES
        if line.get("code") not in codes and line.get("section") != section
    ]
    headings = [text for style, text in paragraphs(made(kept)) if style == "Heading 1"]
    assert KIND.section[section].title not in headings
    assert len(headings) == len(KIND.sections) - 1


@pytest.mark.parametrize("status", ["không phát sinh", "chưa có số liệu", "xét cuối năm"])
@pytest.mark.parametrize("code", sorted(KIND.line))
def test_a_line_without_a_number_stands_under_its_heading(code: str, status: str) -> None:
    found = paragraphs(made([{"code": code, "status": status}]))
    assert [style for style, _ in found] == ["Title", "Heading 1", "Normal"]
    assert found[1][1] == KIND.section[KIND.line[code].section].title


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**15 - 1))
def test_no_money_of_any_size_is_lost_or_zero(amount: int) -> None:
    source = payload([{"code": "covid_ncc", "value": 1013, "amount": amount}])
    document = document_of(source)
    assert list(unclean(document)) == []
    assert amount == 0 or unsaid(source, document) == []
    assert Decimal(amount) or "kinh phí" not in " ".join(
        text for _, text in paragraphs(document)
    )
