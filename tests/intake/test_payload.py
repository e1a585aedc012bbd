"""The JSON door: places, exact numbers, and each way a payload is not version 1."""

from __future__ import annotations

import json
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generators.intake.payload import read_payload
from generators.intake.payload_shape import payload_schema
from generators.model import Finding, Raw, RawInput, RawRecord
from tests.building import ROOT, Json, as_json, error, free, payload

SYNTAX = "Hãy sửa cú pháp JSON tại vị trí nêu trên rồi gửi lại."
DROP_KEY = "Hãy sửa tên khóa hoặc bỏ khóa này."


def found_in(*lines: Json, **more: Json) -> tuple[Finding, ...]:
    return read_payload(as_json(payload(*lines, **more))).findings


def unknown(where: str, name: str, near: str = "") -> Finding:
    hint = f"Có phải ý là «{near}»? " if near else ""
    return error("json.unknown_key", where, f"Không biết khóa «{name}».", hint + DROP_KEY)


# ---------------------------------------------------------------- what is read


def test_each_value_keeps_its_place() -> None:
    raw = read_payload(
        as_json(payload({"code": "qua", "value": 3, "plan": [{"value": "5"}, 6]}))
    )
    assert raw == RawInput(RawRecord("", {
        "kind": Raw("thu", "/kind"),
        "period": RawRecord("/period", {"id": Raw("2020S1", "/period/id")}),
        "org_unit": RawRecord("/org_unit", {"name": Raw("phường Phúc Lợi", "/org_unit/name")}),
        "lines": (RawRecord("/lines/0", {
            "code": Raw("qua", "/lines/0/code"),
            "value": Raw(3, "/lines/0/value"),
            "plan": (RawRecord("/lines/0/plan/0", {"value": Raw("5", "/lines/0/plan/0/value")}),
                     Raw(6, "/lines/0/plan/1")),
        }),),
    }))  # fmt: skip


def test_null_is_a_key_that_is_not_there() -> None:
    raw = read_payload(as_json(payload(free(value=1, plan=None), document=None)))
    assert raw.findings == ()
    assert "document" not in raw.root.fields


def test_decimals_are_exact() -> None:
    data = as_json(payload(free(unit="%", value="@"))).replace(
        b'"@"', b"0.10000000000000000001"
    )
    (line,) = read_payload(data).root.fields["lines"]  # type: ignore[misc]
    assert line.fields["value"].value == Decimal("0.10000000000000000001")  # type: ignore[union-attr]


def test_a_byte_order_mark_and_decomposed_letters_make_no_difference() -> None:
    composed, apart = (
        payload(free(label=unicodedata.normalize(form, "hộ"))) for form in ("NFC", "NFD")
    )
    assert read_payload(b"\xef\xbb\xbf" + as_json(apart)) == read_payload(as_json(composed))


# ---------------------------------------------------------------- what is no JSON

MALFORMED = [
    (b"", error("json.empty", "", "Nội dung JSON gửi lên trống.",
                "Hãy gửi dữ liệu của kỳ báo cáo theo mẫu JSON phiên bản 1.")),
    (b" \n", error("json.empty", "", "Nội dung JSON gửi lên trống.",
                   "Hãy gửi dữ liệu của kỳ báo cáo theo mẫu JSON phiên bản 1.")),
    (b'{"a":\n 1,}', error("json.malformed", "",
                           "Không đọc được JSON: sai cú pháp ở dòng 2, cột 4.", SYNTAX)),
    (b'{"a": NaN}', error("json.malformed", "",
                          "Không đọc được JSON: có giá trị NaN, không phải là số.", SYNTAX)),
    (b'{"a": -Infinity}', error("json.malformed", "",
                                "Không đọc được JSON: có giá trị -Infinity, không phải là số.",
                                SYNTAX)),
    (b'{"a": 1, "a": 2}', error("json.malformed", "",
                                "Không đọc được JSON: khóa «a» có hai lần trong cùng một đối "
                                "tượng.", SYNTAX)),
    (('{"hộ": 1, "' + unicodedata.normalize("NFD", "hộ") + '": 2}').encode(),
     error("json.malformed", "",
           "Không đọc được JSON: khóa «hộ» có hai lần trong cùng một đối tượng.", SYNTAX)),
    (b'{"a": ' + b"9" * 5000 + b"}",
     error("json.malformed", "", "Không đọc được JSON: có số quá dài.", SYNTAX)),
    (b'{"a": 1e99999999999999999999}',
     error("json.malformed", "", "Không đọc được JSON: có số quá dài.", SYNTAX)),
    (b'{"\\ud800": 1}',
     error("json.malformed", "", "Không đọc được JSON: có khóa chứa nửa ký tự (surrogate).",
           SYNTAX)),
    ('{"a": 1}'.encode("utf-16"),
     error("json.encoding", "", "Nội dung JSON không phải bảng mã UTF-8.",
           "Hãy lưu tệp bằng bảng mã UTF-8 rồi gửi lại.")),
    (b"[1]", error("json.wrong_type", "", "Nội dung gửi lên không đúng kiểu.",
                   "Cần một đối tượng JSON {…}.")),
]  # fmt: skip


@pytest.mark.parametrize(("data", "finding"), MALFORMED, ids=[f.message for _, f in MALFORMED])
def test_what_is_no_payload_at_all(data: bytes, finding: Finding) -> None:
    assert read_payload(data) == RawInput(RawRecord("", {}), (finding,))


TOO_DEEP = error("json.too_deep", "", "Nội dung JSON lồng nhau quá sâu.",
                 "Hãy bớt các lớp lồng nhau; mẫu JSON phiên bản 1 chỉ cần vài lớp.")  # fmt: skip


@pytest.mark.parametrize("depth", [100, 300, 5000, 100000])
def test_deep_nesting_is_refused(depth: int) -> None:
    assert read_payload(b'{"a":' + b"[" * depth + b"]" * depth + b"}").findings == (TOO_DEEP,)
    parts = b'{"label":"a","parts":[' * depth + b"]}" * depth
    assert read_payload(b'{"lines":[' + parts + b"]}").findings == (TOO_DEEP,)


# ---------------------------------------------------------------- what is not version 1


def test_a_missing_key() -> None:
    assert read_payload(b'{"kind": "thu", "period": {"id": "2020S1"}, "lines": []}').findings == (
        error("json.missing_key", "/org_unit", "Thiếu khóa bắt buộc «org_unit».",
              "Hãy thêm «org_unit» tại /org_unit."),
    )  # fmt: skip


UNKNOWN: list[tuple[Json, Json, Finding]] = [
    ({}, {"perod": 1}, unknown("/perod", "perod", "period")),
    ({}, {"period": {"id": "2020S1", "form": "2020-01-01"}}, unknown("/period/form", "form", "from")),
    ({}, {"org_unit": {"name": "a", "whithin": []}}, unknown("/org_unit/whithin", "whithin", "within")),
    ({}, {"document": {"signer": {"tittle": "a"}}},
     unknown("/document/signer/tittle", "tittle", "title")),
    ({"valeu": 1}, {}, unknown("/lines/0/valeu", "valeu", "value")),
    ({"plan": {"valeu": 1}}, {}, unknown("/lines/0/plan/valeu", "valeu", "value")),
    ({"plan": [1, {"lable": "a"}]}, {}, unknown("/lines/0/plan/1/lable", "lable", "label")),
    ({"rate": [{"rate": 1, "cuont": 2}]}, {}, unknown("/lines/0/rate/0/cuont", "cuont", "count")),
    ({"parts": [{"label": "a", "gver": "b"}]}, {}, unknown("/lines/0/parts/0/gver", "gver", "giver")),
    ({}, {"stories": [{"text": "a", "peple": []}]}, unknown("/stories/0/peple", "peple", "people")),
    ({}, {"stories": [{"text": "a", "people": [{"name": "a", "rol": "b"}]}]},
     unknown("/stories/0/people/0/rol", "rol", "role")),
    ({}, {"acknowledgements": [{"finding": "a", "reason": "b", "reson": "c"}]},
     unknown("/acknowledgements/0/reson", "reson", "reason")),
    # a key of another level is no suggestion; nor does any name break the reader
    ({}, {"valeu": 1}, unknown("/valeu", "valeu")),
    ({"a/b~c": 1}, {}, unknown("/lines/0/a~1b~0c", "a/b~c")),
    ({}, {"²": 1}, unknown("/²", "²")),
    ({}, {"a[b]": 1}, unknown("/a[b]", "a[b]")),
    ({}, {"int": 1}, unknown("/int", "int")),
    ({}, {"LineShape": 1}, unknown("/LineShape", "LineShape")),
    ({}, {"": 1}, unknown("/", "")),
    ({}, {"9" * 5000: 1}, unknown("/" + "9" * 5000, "9" * 5000)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "more", "finding"), UNKNOWN, ids=[f.where[:40] for _, _, f in UNKNOWN]
)
def test_an_unknown_key_is_refused_with_the_nearest_of_its_level(
    fields: Json, more: Json, finding: Finding
) -> None:
    assert found_in(free(value=1, **fields), **more) == (finding,)


A_NUMBER = 'Cần một số, hoặc chuỗi như người ta gõ ("51,2 triệu").'
WRONG: list[tuple[Json, Json, str, str]] = [
    ({"value": True}, {}, "/lines/0/value", A_NUMBER),
    ({"value": [1]}, {}, "/lines/0/value", A_NUMBER),
    ({"value": {"value": 1}}, {}, "/lines/0/value", A_NUMBER),
    ({"plan": {"value": [1]}}, {}, "/lines/0/plan/value", A_NUMBER),
    ({"plan": [{"value": [1]}]}, {}, "/lines/0/plan/0/value", A_NUMBER),
    ({"unit": 5}, {}, "/lines/0/unit", "Cần một chuỗi ký tự."),
    ({"estimate": "có"}, {}, "/lines/0/estimate", "Cần true hoặc false."),
    ({"parts": {}}, {}, "/lines/0/parts", "Cần một danh sách […]."),
    ({"parts": [1]}, {}, "/lines/0/parts/0", "Cần một đối tượng {…}."),
    ({}, {"texts": []}, "/texts", "Cần một đối tượng {…}."),
    ({}, {"texts": {"mo_dau": "a"}}, "/texts/mo_dau", "Cần một danh sách […]."),
    ({}, {"kind": None}, "/kind", "Cần một chuỗi ký tự."),
]


@pytest.mark.parametrize(("fields", "more", "where", "remedy"), WRONG)
def test_a_value_of_the_wrong_type(fields: Json, more: Json, where: str, remedy: str) -> None:
    message = f"Giá trị tại {where} không đúng kiểu."
    assert found_in(free(**{"value": 1, **fields}), **more) == (
        error("json.wrong_type", where, message, remedy),
    )


def test_every_mistake_is_named_in_the_order_of_the_data() -> None:
    lines = [free(value=1, x=1) for _ in range(11)]
    assert [f.where for f in found_in(*lines, z=1)] == [
        *(f"/lines/{index}/x" for index in range(11)), "/z",
    ]  # fmt: skip


def test_what_is_wrong_is_left_out_of_what_is_read() -> None:
    raw = read_payload(as_json(payload(free(value=True, amount=5, colour=1))))
    (line,) = raw.root.fields["lines"]  # type: ignore[misc]
    assert sorted(line.fields) == ["amount", "label", "section", "unit"]  # type: ignore[union-attr]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=5) | st.sampled_from(["lines", "value", "plan", "rate"]),
                      inner, max_size=3),
    max_leaves=12,
)  # fmt: skip


@given(
    st.dictionaries(st.sampled_from(["lines", "period", "texts", "stories", "x", "["]), JSON)
)
def test_no_payload_breaks_the_reader(value: Json) -> None:
    raw = read_payload(json.dumps(value).encode())
    assert raw.findings
    assert all(f.code.startswith("json.") and f.remedy.endswith(".") for f in raw.findings)


@given(st.binary(max_size=60))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    assert read_payload(data).findings


# ---------------------------------------------------------------- the schema


def test_the_schema_takes_what_the_door_takes() -> None:
    schema = dict(payload_schema())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    fixtures = sorted((ROOT / "fixtures/accepted").glob("*/input.json"))
    assert fixtures
    for path in fixtures:
        assert list(validator.iter_errors(json.loads(path.read_bytes()))) == [], path


@pytest.mark.parametrize(("fields", "more", "_"), UNKNOWN)
def test_the_schema_refuses_unknown_keys_too(fields: Json, more: Json, _: Finding) -> None:
    validator = Draft202012Validator(dict(payload_schema()))
    assert not validator.is_valid(payload(free(value=1, **fields), **more))
