"""What a paper may not tell of a person: names, health, numbers, counts so few they are known."""

from __future__ import annotations

from typing import Any

import pytest

from generators.checks.privacy import _typed_names
from generators.model import ERROR, WARNING, Finding
from generators.pipeline import KINDS, Source, examine
from generators.terms import load_terms
from tests.building import as_json, free

TERMS = load_terms(KINDS / "terms.toml")
PERSON = {"name": "Trần Văn Ba", "role": "hộ nghèo", "consent": True}
Found = list[tuple[str, str, str]]


def found(kind: str = "ban-tin-6-thang", **more: Any) -> list[Finding]:
    lines = more.pop("lines", [{"code": "viec_lam", "value": 224}])
    body = {"kind": kind, "period": {"id": "2026S1"}, "org_unit": {"name": "phường Phúc Lợi"},
            "lines": lines, **more}  # fmt: skip
    return [f for f in examine(Source(as_json(body))).findings if f.code.startswith("person.")]


def told(kind: str = "ban-tin-6-thang", **more: Any) -> Found:
    return [(f.code, f.severity, f.quote) for f in found(kind, **more)]


def text(*paragraphs: str) -> dict[str, Any]:
    return {"texts": {"mo_dau": list(paragraphs)}}


def story(words: str, **person: Any) -> dict[str, Any]:
    return {"stories": [{"text": words, "people": [{**PERSON, **person}]}]}


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(("words", "names"), [
    ("Theo bà Bùi Thị Thanh Hà, Chủ tịch Hội", ["bà Bùi Thị Thanh Hà"]),
    ("Ông Nguyễn Văn An và bà Lê Thị B", ["Ông Nguyễn Văn An", "bà Lê Thị B"]),
    ("các cháu Trường Mầm non Hoa Sen", []),
    ("đường Trần Cao Vân, phường Phùng Chí Kiên", []),
    ("bà Hoa, anh Nam", []),
    ("các bà mẹ Việt Nam anh hùng", []),
])  # fmt: skip
def test_a_name_is_an_honorific_a_surname_and_a_given_name(
    words: str, names: list[str]
) -> None:
    assert _typed_names(words, TERMS) == names


def test_a_name_in_a_bulletins_prose_waits_for_somebody_to_say_yes() -> None:
    words = text("Đã tặng quà bà Nguyễn Thị Hoa.")
    assert told(**words) == [("person.name", WARNING, "bà Nguyễn Thị Hoa")]
    assert told("bao-cao-6-thang", **words) == []


def test_a_name_in_a_lines_label_is_found_too() -> None:
    lines = [free(label="Sửa nhà cho ông Trần Văn Tư", unit="nhà", value=1)]
    assert told(lines=lines) == [("person.name", WARNING, "ông Trần Văn Tư")]


def test_one_who_agreed_may_be_named() -> None:
    assert told(**story("Ông Trần Văn Ba kể: mọi việc đều tốt.")) == []


# ---------------------------------------------------------------- health, numbers


@pytest.mark.parametrize("kind", ["ban-tin-6-thang", "bao-cao-6-thang"])
def test_health_near_a_name_is_looked_at_on_any_paper_even_with_consent(kind: str) -> None:
    for words in ("Ông {1} là người khuyết tật.", "Ông {1} nhận quà. Ông bị ung thư.",
                  "Gia đình có người nghiện. Ông {1} nhận quà."):  # fmt: skip
        assert [(code, severity) for code, severity, _ in told(kind, **story(words))] == [
            ("person.health", WARNING)
        ]


def test_a_role_is_the_persons() -> None:
    assert told(**story("Theo {1}, …", role="người khuyết tật")) == [
        ("person.health", WARNING, "khuyết tật")
    ]


def test_health_away_from_names_and_the_names_of_societies_say_nothing() -> None:
    assert told(**text("Đã chi trả cho 40 người khuyết tật nặng, người nhiễm HIV.")) == []
    assert told(**story("Ông {1} nhận quà. Vui. Đông. Phường có 30 người khuyết tật.")) == []
    assert told(**story("Ông {1} vào Hội Người khuyết tật.")) == []


def test_a_number_of_identity_near_a_name_stops_the_paper() -> None:
    words = story("Ông {1}, CCCD 001 090 123 456, được hỗ trợ.")
    assert ("person.number", ERROR, "001") in told(**words)
    assert "001 090" not in " ".join(f.message for f in found(**words))


def test_the_account_of_a_fund_and_money_are_no_numbers_of_a_person() -> None:
    assert told(**text("Ủng hộ: số tài khoản 0123456789 của Quỹ.")) == []
    codes = [code for code, _, _ in told(**story("{1}: số tài khoản nhận 262.500.000 đồng."))]
    assert "person.number" not in codes


# ---------------------------------------------------------------- few people


@pytest.mark.parametrize(("value", "label", "few"), [
    (1, "Trẻ em mồ côi ở thôn Đông", True),
    (2, "Người được giúp, tổ 31", True),
    (3, "Người được giúp, tổ 31", False),
    (0, "Người được giúp, tổ 31", False),
    (2, "Người được giúp ở các tổ dân phố", False),
])  # fmt: skip
def test_one_or_two_of_a_named_neighbourhood_are_known_to_it(
    value: int, label: str, few: bool
) -> None:
    codes = [code for code, _, _ in told(lines=[free(label=label, value=value)])]
    assert codes == (["person.few"] if few else [])
    assert told("bao-cao-6-thang", lines=[free(label=label, value=value)]) == []


def test_houses_and_hedged_numbers_are_not_people() -> None:
    assert told(lines=[free(label="Nhà sửa ở thôn Đông", unit="nhà", value=1)]) == []


def test_few_people_in_a_sentence_are_found() -> None:
    assert told(**text("Có 02 người ở tổ dân phố số 5 được giúp.")) == [
        ("person.few", WARNING, "02 người tổ dân phố số 5")
    ]
    assert told(**text("Có 12 người ở tổ dân phố số 5 được giúp.")) == []
