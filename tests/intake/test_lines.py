"""Rows become lines: what each field becomes, and each refusal with its nearest miss."""

from __future__ import annotations

from datetime import date

import pytest

from generators.model import Finding, Measure, Rate
from tests.building import Json, error, findings, free, line, part, period_data, qty, read

WHERE = "/lines/0"


# ---------------------------------------------------------------- what a row becomes


def test_a_free_row_keeps_every_field_and_its_place() -> None:
    found = line(
        value="trên 30", amount="4,5tr", plan={"value": 40, "label": "quận giao"}, previous=[20, 25],
        opening=34, closing=30, rate=[{"rate": "500.000 - 1 triệu", "count": 3}], months=6,
        giver="quận", round="đợt 1", estimate=True, as_of="30/6/2020", source="Quỹ",
        supplied_by="bà Hà", note="ghi chú", **{"from": "2020-01-01", "to": "2020-06-30"},
    )  # fmt: skip
    assert (found.key, found.code, found.section) == (
        "giam_ngheo/dong@quan@dot_1",
        "",
        "giam_ngheo",
    )
    assert (found.label, found.unit, found.where) == ("Dòng", "người", WHERE)
    assert found.value == qty(30, "trên", "/lines/0/value")
    assert found.amount == qty(4500000, "ước", "/lines/0/amount")
    assert found.plan == (
        Measure(qty(40, "", "/lines/0/plan/value"), label="quận giao", where="/lines/0/plan"),
    )
    assert found.previous == (
        Measure(qty(20, "", "/lines/0/previous/0"), where="/lines/0/previous/0"),
        Measure(qty(25, "", "/lines/0/previous/1"), where="/lines/0/previous/1"),
    )
    assert found.rate == (
        Rate(qty(500000, "", "/lines/0/rate/0/rate"), qty(1000000, "", "/lines/0/rate/0/rate"),
             qty(3, "", "/lines/0/rate/0/count")),
    )  # fmt: skip
    assert (found.opening, found.closing) == (
        qty(34, "", "/lines/0/opening"), qty(30, "", "/lines/0/closing"),
    )  # fmt: skip
    assert (found.estimate, found.as_of) == (True, date(2020, 6, 30))
    assert (found.start, found.end) == (date(2020, 1, 1), date(2020, 6, 30))
    assert (found.source, found.supplied_by, found.note) == ("Quỹ", "bà Hà", "ghi chú")


def test_a_catalogued_row_takes_its_section_label_and_unit() -> None:
    (found,) = period_data({"code": "qua", "giver": "quận", "value": 3}).lines
    assert (found.key, found.section, found.unit, found.label) == (
        "qua@quan", "qua_tang", "người", "Quà của quận",
    )  # fmt: skip


def test_two_of_five_is_of_the_plan_or_of_the_whole() -> None:
    of_plan, of_whole = period_data(
        {"code": "viec_lam", "value": "2/5"}, free(value="2/5")
    ).lines
    assert of_plan.plan == (Measure(qty(5, "", "/lines/0/value"), where="/lines/0/value"),)
    assert of_whole.whole == (Measure(qty(5, "", "/lines/1/value"), where="/lines/1/value"),)


def test_two_of_five_fills_a_plan_that_has_only_a_name() -> None:
    (found,) = period_data(
        {"code": "viec_lam", "value": "2/5", "plan": {"label": "quận giao"}}
    ).lines
    assert found.plan == (
        Measure(qty(5, "", "/lines/0/value"), label="quận giao", where="/lines/0/plan"),
    )


def test_a_status_may_stand_in_the_place_of_the_number() -> None:
    assert line(value="Chưa có số liệu").status == "chưa có số liệu"
    assert line(status="KHÔNG PHÁT SINH").status == "không phát sinh"


CHANGES = [
    ("tăng 5,5%", "5.5", "%"), ("giảm 28 người", "-28", "người"), ("Giảm 28", "-28", "người"),
    (-3, "-3", "người"), ("-3", "-3", "người"), (3, "3", "người"), ("giảm 0,5 điểm %", "-0.5", "điểm %"),
    ("tăng 1 điểm phần trăm", "1", "điểm %"), ("giảm 5 phần trăm", "-5", "%"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "value", "unit"), CHANGES)
def test_a_stated_change(typed: Json, value: str, unit: str) -> None:
    (measure,) = line(value=5, previous={"change": typed}).previous
    assert measure.change == qty(value, "", "/lines/0/previous/change")
    assert measure.change_unit == unit


@pytest.mark.parametrize("typed", ["giảm 0,5", "giảm 0,5%", "giảm 0,5 điểm %"])
def test_a_rate_changes_in_points(typed: str) -> None:
    (measure,) = line(unit="%", value=5, previous={"change": typed}).previous
    assert (measure.change, measure.change_unit) == (
        qty("-0.5", "", "/lines/0/previous/change"), "điểm %",
    )  # fmt: skip


# ---------------------------------------------------------------- identity


def test_the_same_line_twice() -> None:
    assert findings(free(value=3), free(value=4)) == (
        error("line.duplicate", "/lines/1", "Dòng «Dòng» ở /lines/1 trùng với dòng ở /lines/0.",
              "Hãy giữ một dòng; nếu là hai kết quả khác nhau, ghi rõ nguồn tặng, đối tượng, dịp "
              "hoặc đợt của từng dòng."),
    )  # fmt: skip


SAME = [
    ({"giver": "hoà bình"}, {"giver": "Hòa Bình"}),
    ({"giver": "QUẬN"}, {"giver": "quận"}),
    ({"giver": "Thuý"}, {"giver": "Thúy"}),
    ({"label": "Hộ  nghèo"}, {"label": "hộ nghèo"}),
]
APART = [
    ({"giver": "bà Hà"}, {"giver": "bà Hạ"}),
    ({"giver": "quận"}, {"giver": "quân"}),
    ({"round": "đợt 1"}, {"round": "đợt 2"}),
    ({"unit": "hộ"}, {"unit": "người"}),
    ({"giver": "a"}, {"group": "a"}),
    ({"section": "qua_tang"}, {"section": "giam_ngheo"}),
    ({"label": "bò"}, {"label": "bỏ"}),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spelling_makes_no_second_identity(one: Json, other: Json) -> None:
    assert [f.code for f in findings(free(value=1, **one), free(value=1, **other))] == [
        "line.duplicate"
    ]


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_differs_is_another_line_with_another_key(one: Json, other: Json) -> None:
    lines = period_data(free(value=1, **one), free(value=1, **other)).lines
    assert len({each.key for each in lines}) == 2


def test_parts_of_twins_have_keys_of_their_own() -> None:
    parts = [part("a", 1)]
    one, other = period_data(free(parts=parts), free(unit="hộ", parts=parts)).lines
    assert (one.parts[0].key, other.parts[0].key) == (
        "giam_ngheo/dong/a",
        "giam_ngheo/dong~2/a",
    )


def test_the_same_part_twice() -> None:
    assert findings(free(parts=[part("a", 1), part("A", 2)])) == (
        error("line.duplicate", "/lines/0/parts/1",
              "Phần «A» ở /lines/0/parts/1 trùng với phần ở /lines/0/parts/0.",
              "Hãy giữ một dòng, hoặc ghi tên khác nhau cho hai phần."),
    )  # fmt: skip


def test_a_part_may_stand_in_two_breakdowns() -> None:
    parts = [part("khác", 1, by="tuổi"), part("khác", 1, by="giới")]
    assert findings(free(parts=parts)) == ()


# ---------------------------------------------------------------- each refusal

SECTIONS = "Hãy ghi một trong các mục: qua_tang, giam_ngheo."
NO_SECTION = {"label": "Dòng", "unit": "người", "value": 1}
REFUSED: list[tuple[Json, Finding]] = [
    ({"code": "quaa", "value": 1},
     error("line.unknown_code", WHERE, "Mục /lines/0: không có chỉ tiêu mang mã «quaa».",
           "Có phải ý là «qua»? Dòng ngoài danh mục thì bỏ mã, ghi section, label và unit.")),
    ({"code": "zzz", "value": 1},
     error("line.unknown_code", WHERE, "Mục /lines/0: không có chỉ tiêu mang mã «zzz».",
           "Dòng ngoài danh mục thì bỏ mã, ghi section, label và unit.")),
    (NO_SECTION,
     error("line.incomplete", WHERE, "Mục /lines/0: dòng ngoài danh mục thiếu mục (section).",
           SECTIONS)),
    ({**NO_SECTION, "section": "x"},
     error("line.unknown_section", "/lines/0/section",
           "Mục /lines/0/section: dòng ngoài danh mục không có mục «x».", SECTIONS)),
    ({"section": "giam_ngheo", "unit": "hộ", "value": 1},
     error("line.incomplete", WHERE,
           "Mục /lines/0: dòng ngoài danh mục thiếu tên chỉ tiêu (label).",
           "Hãy ghi tên chỉ tiêu (label), hoặc ghi mã chỉ tiêu (code) nếu danh mục đã có.")),
    ({"section": "giam_ngheo", "label": "Dòng", "value": 1},
     error("line.incomplete", WHERE, "Mục /lines/0: dòng ngoài danh mục thiếu đơn vị tính (unit).",
           "Hãy ghi đơn vị tính (unit), hoặc ghi mã chỉ tiêu (code) nếu danh mục đã có.")),
    (free(),
     error("line.empty", WHERE, "Dòng «Dòng» ở /lines/0 không có số liệu nào.",
           "Hãy ghi số liệu, ghi trạng thái (ví dụ «không phát sinh»), hoặc bỏ dòng này.")),
    (free(value=1, status="không phát sinh"),
     error("line.status_and_number", WHERE,
           "Dòng «Dòng» ở /lines/0 vừa có số liệu vừa ghi «không phát sinh».",
           "Hãy giữ số liệu, hoặc giữ trạng thái và để trống số liệu.")),
    (free(status="không phát sinh", parts=[part("a", 3)]),
     error("line.status_and_number", WHERE,
           "Dòng «Dòng» ở /lines/0 vừa có số liệu vừa ghi «không phát sinh».",
           "Hãy giữ số liệu, hoặc giữ trạng thái và để trống số liệu.")),
    (free(value=1, status="bận"),
     error("line.unknown_status", "/lines/0/status",
           "Mục /lines/0/status: không biết trạng thái «bận».",
           "Hãy dùng một trong: không phát sinh; chưa có số liệu; xét cuối năm.")),
    (free(value=1, **{"from": "2020-03-05", "to": "2020-03-01"}),
     error("line.dates_reversed", WHERE,
           "Dòng «Dòng» ở /lines/0 có ngày kết thúc (01/03/2020) trước ngày bắt đầu "
           "(05/03/2020).", "Hãy sửa lại ngày bắt đầu hoặc ngày kết thúc của dòng.")),
    (free(value="2/5", whole=6),
     error("line.two_wholes", "/lines/0/value",
           "Mục /lines/0/value: số sau dấu / là 5, khác số 6 đã ghi ở /lines/0/whole.",
           "Hãy giữ một trong hai số, hoặc sửa cho bằng nhau.")),
    (free(value=1, plan=0),
     error("plan.zero", "/lines/0/plan",
           "Mục /lines/0/plan: kế hoạch hoặc tổng số bằng 0, không tính được tỷ lệ.",
           "Nếu không giao kế hoạch, hãy để trống; nếu có, gõ số được giao.")),
    (free(value="2/0"),
     error("plan.zero", "/lines/0/value",
           "Mục /lines/0/value: kế hoạch hoặc tổng số bằng 0, không tính được tỷ lệ.",
           "Nếu không giao kế hoạch, hãy để trống; nếu có, gõ số được giao.")),
    ({"code": "quy", "value": 5, "amount": 5},
     error("line.amount_beside_money", "/lines/0/amount",
           "Mục /lines/0/amount: «Vận động quỹ» tính bằng đồng, nên số tiền là kết quả thực hiện.",
           "Hãy ghi số tiền ở cột Thực hiện và để trống cột Kinh phí.")),
    (free(unit="đồng", parts=[part("a", 5, amount=6)]),
     error("line.amount_beside_money", "/lines/0/parts/0/amount",
           "Mục /lines/0/parts/0/amount: «a» tính bằng đồng, nên số tiền là kết quả thực hiện.",
           "Hãy ghi số tiền ở cột Thực hiện và để trống cột Kinh phí.")),
    ({"code": "tong_tien", "value": 5},
     error("line.value_of_money_total", "/lines/0/value",
           "Mục /lines/0/value: «Tổng kinh phí» là tổng kinh phí, không có số lượng.",
           "Hãy ghi số tiền ở cột Kinh phí và để trống cột Thực hiện.")),
    (free(value=1, parts=[{"value": 1}]),
     error("line.incomplete", "/lines/0/parts/0",
           "Mục /lines/0/parts/0: phần chia nhỏ thiếu tên (label).",
           "Hãy ghi tên của phần này.")),
    (free(value=1, previous={"change": "giảm -5"}),
     error("measure.unclear_change", "/lines/0/previous/change",
           "Mục /lines/0/previous/change là «giảm -5», không rõ tăng hay giảm bao nhiêu.",
           "Hãy ghi một số sau chữ tăng hoặc giảm, ví dụ giảm 28 hoặc tăng 5,5%.")),
    (free(value=1, rate=-5),
     error("number.negative", "/lines/0/rate", "Mục /lines/0/rate là «-5», nhỏ hơn 0.",
           "Số liệu báo cáo không âm: hãy gõ lại số đúng; mức giảm đã có cột Cùng kỳ để phần "
           "mềm tự tính.")),
    (free(value=-1),
     error("number.negative", "/lines/0/value", "Mục /lines/0/value là «-1», nhỏ hơn 0.",
           "Số liệu báo cáo không âm: hãy gõ lại số đúng; mức giảm đã có cột Cùng kỳ để phần "
           "mềm tự tính.")),
    (free(value=1, previous="2/5"),
     error("number.two_numbers", "/lines/0/previous",
           "Mục /lines/0/previous là «2/5», trong khi ô này chỉ nhận một số.",
           "Hãy gõ một số; dạng 2/5 chỉ dùng ở ô kết quả thực hiện.")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("json_line", "finding"), REFUSED, ids=[str(f.message) for _, f in REFUSED]
)
def test_a_line_is_refused(json_line: Json, finding: Finding) -> None:
    assert findings(json_line) == (finding,)


def test_a_row_that_may_be_the_total_of_others() -> None:
    rows: list[Json] = [
        {"code": "qua", "value": 3},
        {"code": "qua", "giver": "quận", "value": 2},
    ]
    assert findings(*rows) == (
        error("line.total_or_row", WHERE,
              "Dòng «Quà Tết» ở /lines/0 không ghi nguồn tặng, đối tượng, dịp hay đợt, trong khi "
              "các dòng khác cùng chỉ tiêu có ghi.",
              "Nếu đây là tổng, hãy chuyển số sang dòng tổng cộng; nếu là một kết quả riêng, ghi "
              "rõ nguồn tặng hoặc đối tượng."),
    )  # fmt: skip


def test_parts_are_divided_so_deep_and_no_deeper() -> None:
    deep: Json = part("p4", 1)
    for level in (3, 2, 1):
        deep = part(f"p{level}", 1, parts=[deep])
    assert findings(free(value=1, parts=[deep])) == ()
    assert findings(free(value=1, parts=[part("p0", 1, parts=[deep])])) == (
        error("line.too_deep", "/lines/0" + "/parts/0" * 4,
              f"Mục /lines/0{'/parts/0' * 4}: các phần chia nhỏ quá 4 cấp.",
              "Hãy gộp bớt, nhiều nhất 4 cấp."),
    )  # fmt: skip


NOT_REFUSED: list[Json] = [
    free(value=0), free(amount=0), free(opening=0), free(parts=[part("a", 1)]),
    free(status="không phát sinh", plan=3, previous=4),
    free(status="không phát sinh", parts=[part("a", status="không phát sinh")]),
    free(value=1, previous=0), free(value="2/5", whole=5), free(value="0/5"),
    free(value=1, **{"from": "2020-03-05", "to": "2020-03-05"}),
    {"code": "tong_tien", "amount": 5}, {"code": "tong_tien", "parts": [part("a", amount=5)]},
    {"code": "qua", "value": 3}, {"code": "quy", "value": 5},
    free(section="Giảm nghèo", value=1), free(section="GIAM NGHEO", value=1),
    free(value=1, previous={"change": "tăng 5"}), free(value=1, rate=0),
]  # fmt: skip


@pytest.mark.parametrize("json_line", NOT_REFUSED)
def test_a_near_miss_is_taken(json_line: Json) -> None:
    assert findings(json_line) == ()


@pytest.mark.parametrize("fields", [{"status": "bận"}, {"value": True}, {"valeu": 5}])
def test_a_line_whose_number_was_refused_is_not_called_empty(fields: Json) -> None:
    assert len(findings(free(**fields))) == 1


def test_every_mistake_is_found_at_once() -> None:
    found = findings(
        {"code": "zzz"}, free(value=-1, amount="abc"), free(label="B", value="1.5")
    )
    assert [(f.code, f.where) for f in found] == [
        ("line.unknown_code", "/lines/0"), ("number.unreadable", "/lines/1/amount"),
        ("number.negative", "/lines/1/value"), ("number.dot_decimal", "/lines/2/value"),
    ]  # fmt: skip


def test_a_plan_without_a_result_is_told_and_not_reported() -> None:
    lines = [free(plan=40, previous=35), {"code": "ho_ngheo", "value": 3}]
    data, found = read(*lines)
    assert found == (
        Finding(
            "line.no_result",
            "warning",
            WHERE,
            "Dòng «Dòng» ở /lines/0 mới có kế hoạch, tổng số hoặc cùng kỳ, chưa có kết quả, nên "
            "báo cáo không nhắc đến.",
            "Nếu đã có kết quả, hãy ghi vào cột Thực hiện; nếu chưa có, ghi «chưa có số liệu» để "
            "báo cáo nêu rõ.",
        ),
    )
    assert data is not None
    assert [line.key for line in data.lines] == ["ho_ngheo"]
