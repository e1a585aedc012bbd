"""The order of the path: what is examined, what stops, what is compiled once."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from generators.kinds import load_kind
from generators.pipeline import (
    KINDS,
    Examined,
    Source,
    examine,
    generate,
    make_form,
    read_input,
)
from generators.templates import template_of
from tests.building import ROOT, as_json, real_kind
from tests.document.making import all_but_trace

SAMPLE = ROOT / "fixtures/accepted/phuc-loi-2020/input.json"
KIND_ID = "ban-tin-6-thang"


def source(kind: str = "", **changes: Any) -> Source:
    body = {**json.loads(SAMPLE.read_text(encoding="utf-8")), **changes}
    return Source(
        json.dumps({k: v for k, v in body.items() if v is not None}).encode(), kind=kind
    )


def codes(examined: Examined) -> list[str]:
    return [finding.code for finding in examined.findings]


def test_a_sound_source_is_examined_whole_and_makes_a_document() -> None:
    examined = examine(source())
    assert [finding.code for finding in examined.findings] == ["norm.mixed"]
    assert (examined.stopped, examined.unreadable) == (False, False)
    assert examined.figures["tong_qua_tet.value"].quantity.value == 1254
    assert generate(examined)[:4] == b"PK\3\4"


def test_an_error_stops_the_document_but_not_the_figures() -> None:
    examined = examine(source(lines=[{"code": "ho_ngheo", "value": 2},
                                     {"code": "viec_lam", "value": 5, "plan": -1}]))  # fmt: skip
    assert examined.stopped
    assert not examined.unreadable
    with pytest.raises(ValueError, match="a report with errors has no document"):
        generate(examined)


@pytest.mark.parametrize(
    ("data", "unreadable"),
    [
        (b"", True),
        (b"{", True),
        (b"nothing", True),
        (b"PK\3\4", True),
        (b"{}", False),
        (b"[]", False),
    ],
)
def test_what_cannot_be_read_is_a_finding_and_never_an_exception(
    data: bytes, unreadable: bool
) -> None:
    examined = examine(Source(data))
    assert examined.stopped
    assert examined.data is None
    assert examined.unreadable or not unreadable


def test_the_kind_is_the_one_named_or_the_one_asked_for() -> None:
    assert examine(source()).kind == real_kind()
    assert examine(source(kind=KIND_ID)).kind == real_kind()
    assert examine(source(kind="khac")).kind is None
    assert codes(examine(source(kind="khac"))) == ["kind.mismatch"]


def test_an_unknown_kind_is_told_with_those_there_are() -> None:
    body = {**json.loads(SAMPLE.read_bytes()), "kind": "khong-co"}
    (finding,) = examine(Source(json.dumps(body).encode())).findings
    assert finding.code == "kind.unknown"
    assert KIND_ID in finding.remedy


def test_a_byte_order_mark_and_blanks_before_json_do_no_harm() -> None:
    data = b"\xef\xbb\xbf \r\n" + SAMPLE.read_bytes()
    marked, plain = (generate(examine(Source(read))) for read in (data, SAMPLE.read_bytes()))
    assert all_but_trace(marked) == all_but_trace(plain)


def test_a_template_is_compiled_once_until_its_file_changes(tmp_path: Path) -> None:
    folder = tmp_path / KIND_ID
    shutil.copytree(KINDS / KIND_ID, folder)
    kind = load_kind(folder)
    first = template_of(kind)
    assert template_of(kind) is first
    path = folder / "template.docx"
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 1_000_000))
    again = template_of(kind)
    assert again is not first
    assert again.named == first.named


def test_the_same_figures_in_another_order_are_the_same_document() -> None:
    """Lines of different indicators may come in any order; rows of one keep theirs."""
    lines = json.loads(SAMPLE.read_bytes())["lines"]
    sorted_lines = sorted(lines, key=lambda line: str(line["code"]))
    other = generate(examine(source(lines=sorted_lines)))
    assert all_but_trace(other) == all_but_trace(generate(examine(source())))


def test_what_is_wrong_in_prose_is_told_by_its_cell_and_by_its_pointer() -> None:
    texts = {"mo_dau": ["Một.\nChăm lo tết Nguyên Đán.", "Nổ lực."]}
    lines = [{"code": "ho_can_ngheo", "value": 30}]
    data = {"kind": "ban-tin-6-thang", "period": {"id": "2026S1"}, "texts": texts, "lines": lines,
            "org_unit": {"name": "phường Phúc Lợi", "within": ["thành phố Hà Nội", "HĐBCX"]},
            "document": {"headline": "Nổ lực vì người nghèo"}}  # fmt: skip
    sent = as_json(data)
    by_json = examine(Source(sent))
    kind = by_json.kind
    assert kind is not None
    by_book = examine(Source(make_form(kind, read_input(sent))))
    found = [[(f.about, f.where) for f in one.findings if f.code.startswith("text.")]
             for one in (by_json, by_book)]  # fmt: skip
    abouts = ["texts/mo_dau/2", "texts/mo_dau/3", "document/headline", "org_unit/within/2"]
    pointers = [
        "/texts/mo_dau/0",
        "/texts/mo_dau/1",
        "/document/headline",
        "/org_unit/within/1",
    ]
    cells = ["Lời văn!B3", "Lời văn!B3", "Thông tin!B10", "Thông tin!B9"]
    assert found == [
        list(zip(abouts, pointers, strict=True)),
        list(zip(abouts, cells, strict=True)),
    ]
