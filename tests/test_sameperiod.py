"""Last year's figures join this year's lines: where they may, and nothing is guessed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from generators.checks import Past
from generators.kinds import LineSpec, ReportKind
from generators.model import NOTE, WARNING, Figure, Finding, Line, Measure, OrgUnit, Period
from generators.pipeline import Source, examine
from generators.sameperiod import with_same_period
from tests.building import KIND, ROOT, free, period_data, qty
from tests.finding_codes import codes_in

ID = "a" * 32
PLACE = f"kho lưu trữ/{ID}"
ASKED = replace(KIND, lines=(
    *KIND.lines, LineSpec("muc_tieu", "giam_ngheo", "Chỉ tiêu", "hộ", nature="target"),
    LineSpec("rieng", "giam_ngheo", "Riêng", "hộ", fields=("value",)),
))  # fmt: skip
OLD_NAME = OrgUnit("phường Cũ", ("quận B",))


def past(*figures: tuple[str, str, str], period: str = "2019S1", **more: Any) -> Past:
    """A report of a year before: id, number with its hedge, unit."""
    book = {}
    for id_, number, unit in figures:
        hedge, _, digits = number.rpartition(" ")
        where = f"{PLACE}/{id_}"
        book[id_] = Figure(
            id_, id_, qty(digits, hedge, where), unit, "số liệu đã ban hành", where=where
        )
    year = int(period[:4])
    span = Period(period, date(year, 1, 1), date(year, 6, 30))
    told = {"report_id": ID, "issued_on": date(2019, 7, 15), **more}
    return Past(span, book, **told)


def joined(
    line: dict[str, Any], *earlier: Past, kind: ReportKind = ASKED
) -> tuple[Line, tuple[Finding, ...]]:
    data, found = with_same_period(period_data(line), earlier, kind)
    (only,) = data.lines
    return only, found


def previous(value: str = "", amount: str = "", key: str = "viec_lam") -> Measure:
    places = [
        f"{PLACE}/{key}.{name}" for name, told in (("value", value), ("amount", amount)) if told
    ]
    return Measure(
        value=qty(value, where=f"{PLACE}/{key}.value") if value else None,
        amount=qty(amount, where=f"{PLACE}/{key}.amount") if amount else None,
        where=places[0],
    )  # fmt: skip


def taken(count: int = 1) -> Finding:
    return Finding(
        "previous.from_archive", NOTE, PLACE,
        f"Lấy số cùng kỳ cho {count} dòng từ báo cáo kỳ 2019S1 trong kho lưu trữ, ban hành ngày "
        "15/07/2019.",
        "Nếu muốn dùng số khác cho dòng nào, hãy ghi số cùng kỳ vào dòng đó.", ID,
    )  # fmt: skip


# ---------------------------------------------------------------- what is joined


def test_a_line_gets_the_number_of_a_year_before_and_its_place() -> None:
    line, found = joined(
        {"code": "viec_lam", "value": 224}, past(("viec_lam.value", "200", "người"))
    )
    assert line.previous == (previous("200"),)
    assert found == (taken(),)


def test_value_and_money_are_both_joined() -> None:
    line, _ = joined(
        {"code": "viec_lam", "value": 224, "amount": 5_000_000},
        past(("viec_lam.value", "200", "người"), ("viec_lam.amount", "4000000", "đồng")),
    )
    assert line.previous == (previous("200", "4000000"),)


@pytest.mark.parametrize(
    ("code", "unit"), [("ho_ngheo", "hộ"), ("ty_le", "%"), ("viec_lam", "người")]
)
def test_stocks_shares_and_flows_are_joined_alike(code: str, unit: str) -> None:
    line, found = joined({"code": code, "value": 4}, past((f"{code}.value", "5", unit)))
    assert line.previous == (previous("5", key=code),)
    assert found == (taken(),)


def test_a_free_line_is_joined_by_its_key() -> None:
    line, _ = joined(free(value=4), past(("giam_ngheo/dong.value", "5", "người")))
    assert line.previous == (previous("5", key="giam_ngheo/dong"),)


def test_a_line_made_of_its_parts_is_joined_and_its_parts_are_not() -> None:
    own = {"code": "viec_lam", "parts": [{"label": "vay vốn", "value": 4}]}
    key = period_data(own).lines[0].parts[0].key
    line, _ = joined(
        own, past(("viec_lam.value", "5", "người"), (f"{key}.value", "5", "người"))
    )
    assert line.previous == (previous("5"),)
    assert [part.previous for part in line.parts] == [()]


def test_a_hedge_is_kept() -> None:
    line, _ = joined(
        {"code": "viec_lam", "value": 4}, past(("viec_lam.value", "trên 200", "người"))
    )
    assert line.previous[0].value == qty("200", "trên", f"{PLACE}/viec_lam.value")


@pytest.mark.parametrize(
    ("line", "earlier"),
    [
        ({"code": "viec_lam", "value": 4}, past(("viec_lam.value", "5", "hộ"))),
        ({"code": "viec_lam", "value": 4}, past(("viec_lam.plan", "5", "người"))),
        ({"code": "viec_lam", "value": 4}, past(("viec_lam.amount", "5", "đồng"))),
        ({"code": "viec_lam", "value": 4}, past(("viec_lam.value", "5", "người"), period="2018S1")),
        ({"code": "viec_lam", "value": 4}, past(("viec_lam.value", "5", "người"), period="2019S2")),
        ({"code": "viec_lam", "value": 4}, past(("viec_lam.value", "5", "người"), period="2019")),
        ({"code": "viec_lam", "status": "không phát sinh"}, past(("viec_lam.value", "5", "người"))),
        ({"code": "muc_tieu", "value": 4}, past(("muc_tieu.value", "5", "hộ"))),
        ({"code": "rieng", "value": 4}, past(("rieng.value", "5", "hộ"))),
    ],
    ids=["other unit", "only a plan", "only money", "two years ago", "other half", "whole year",
         "no result now", "a target", "not held against it"],
)  # fmt: skip
def test_nothing_is_joined_from_what_is_not_the_same(
    line: dict[str, Any], earlier: Past
) -> None:
    data = period_data(line) if line["code"] not in ("muc_tieu", "rieng") else _of(line)
    assert with_same_period(data, [earlier], ASKED) == (data, ())


def _of(line: dict[str, Any]) -> Any:
    """The data of a line that only ASKED knows."""
    data = period_data({"code": "ho_ngheo", "value": line["value"]})
    (known,) = data.lines
    return replace(data, lines=(replace(known, code=line["code"], key=line["code"]),))


def test_without_a_past_nothing_changes() -> None:
    data = period_data({"code": "viec_lam", "value": 4})
    assert with_same_period(data, (), ASKED) == (data, ())


def test_how_many_lines_were_joined_is_told_once() -> None:
    data = period_data({"code": "viec_lam", "value": 4}, {"code": "ho_ngheo", "value": 3},
                       {"code": "ty_le", "value": 2})  # fmt: skip
    earlier = past(("viec_lam.value", "5", "người"), ("ho_ngheo.value", "5", "hộ"))
    assert with_same_period(data, [earlier], ASKED)[1] == (taken(2),)


def test_a_report_without_a_day_of_issue_says_so() -> None:
    earlier = past(("viec_lam.value", "5", "người"), issued_on=None)
    (note,) = joined({"code": "viec_lam", "value": 4}, earlier)[1]
    assert note.message == (
        "Lấy số cùng kỳ cho 1 dòng từ báo cáo kỳ 2019S1 trong kho lưu trữ, không rõ ngày ban hành."
    )


# ---------------------------------------------------------------- what is told beside


def test_a_report_that_was_replaced_is_told() -> None:
    earlier = past(("viec_lam.value", "5", "người"), revised=True)
    assert joined({"code": "viec_lam", "value": 4}, earlier)[1] == (
        taken(),
        Finding("previous.revised", NOTE, PLACE,
                "Báo cáo kỳ 2019S1 đã có bản thay thế sau khi ban hành; số cùng kỳ theo bản mới nhất.",
                "Nếu báo cáo khác đã dùng số của bản cũ, nên nói rõ trong lời văn.", ID),
    )  # fmt: skip


def test_a_replaced_report_that_gave_no_number_is_not_told() -> None:
    earlier = past(("khac.value", "5", "người"), revised=True, unit=OLD_NAME)
    assert joined({"code": "viec_lam", "value": 4}, earlier)[1] == ()


def test_a_unit_that_was_renamed_keeps_its_numbers_and_is_told() -> None:
    earlier = past(("viec_lam.value", "5", "người"), unit=OLD_NAME)
    line, found = joined({"code": "viec_lam", "value": 4}, earlier)
    assert line.previous == (previous("5"),)
    assert found == (
        taken(),
        Finding("previous.other_unit", NOTE, PLACE,
                "Báo cáo kỳ 2019S1 là của phường Cũ (quận B), tên cũ của đơn vị; số cùng kỳ theo báo "
                "cáo đó.",
                "Nếu địa bàn không còn như cũ, hãy ghi số cùng kỳ tính theo địa bàn hiện nay.", ID),
    )  # fmt: skip


def test_units_that_were_merged_are_told_and_not_added_up() -> None:
    one = past(("viec_lam.value", "5", "người"), unit=OLD_NAME, merged=True)
    two = replace(one, report_id="b" * 32, unit=OrgUnit("phường Hai"))
    line, found = joined({"code": "viec_lam", "value": 4}, one, two)
    assert line.previous == ()
    assert found == (
        Finding("previous.other_unit", NOTE, PLACE,
                "Báo cáo kỳ 2019S1 là của phường Cũ (quận B); phường Hai, địa bàn khác với đơn vị "
                "hiện nay; số cùng kỳ không tự cộng, các dòng chưa có số cùng kỳ để trống.",
                "Nếu có số cùng kỳ tính theo địa bàn hiện nay, hãy ghi vào từng dòng.",
                f"{ID} {'b' * 32}", (PLACE, f"kho lưu trữ/{'b' * 32}")),
    )  # fmt: skip


def test_a_merger_of_another_year_is_not_told() -> None:
    earlier = past(
        ("viec_lam.value", "5", "người"), period="2018S1", merged=True, unit=OLD_NAME
    )
    assert joined({"code": "viec_lam", "value": 4}, earlier)[1] == ()


# ---------------------------------------------------------------- a number of the line's own


def test_a_line_keeps_its_own_number_and_a_difference_is_asked_about() -> None:
    own = {"code": "viec_lam", "value": 224, "previous": 210}
    line, found = joined(own, past(("viec_lam.value", "200", "người")))
    assert line == period_data(own).lines[0]
    assert found == (
        Finding("previous.differs", WARNING, "/lines/0/previous",
                "Việc làm: số cùng kỳ ghi 210 người ở /lines/0/previous, trong khi báo cáo kỳ 2019S1 "
                "trong kho lưu trữ ghi 200 người.",
                "Hãy kiểm tra lại số cùng kỳ; nếu số đã báo cáo nay được tính lại, xác nhận và ghi lý do.",
                "viec_lam.previous", ("/lines/0/previous", f"{PLACE}/viec_lam.value"),
                Decimal(210), Decimal(200), "người"),
    )  # fmt: skip


def test_money_that_differs_is_asked_about() -> None:
    own = {"code": "viec_lam", "value": 4, "amount": 9, "previous": {"value": 5, "amount": 7}}
    earlier = past(("viec_lam.value", "5", "người"), ("viec_lam.amount", "8", "đồng"))
    (found,) = joined(own, earlier)[1]
    assert (found.code, found.about, found.stated, found.computed) == (
        "previous.differs", "viec_lam.previous_amount", Decimal(7), Decimal(8),
    )  # fmt: skip
    assert found.message == (
        "Việc làm: kinh phí cùng kỳ ghi 7 đồng ở /lines/0/previous/amount, trong khi báo cáo kỳ 2019S1 "
        "trong kho lưu trữ ghi 8 đồng."
    )


@pytest.mark.parametrize(
    "own",
    [
        200, "trên 190", {"change": "tăng 5%"}, {"value": 210, "label": "cùng kỳ năm 2018"},
        {"value": 200, "label": "cùng kỳ năm 2019"},
    ],
)  # fmt: skip
def test_a_number_of_its_own_that_agrees_or_is_of_another_year_is_left(own: Any) -> None:
    line = {"code": "viec_lam", "value": 224, "previous": own}
    data = period_data(line)
    earlier = past(("viec_lam.value", "200", "người"))
    assert with_same_period(data, [earlier], ASKED) == (data, ())


def test_a_label_of_the_year_before_is_compared() -> None:
    line = {
        "code": "viec_lam",
        "value": 4,
        "previous": {"value": 210, "label": "cùng kỳ năm 2019"},
    }
    (found,) = joined(line, past(("viec_lam.value", "200", "người")))[1]
    assert found.code == "previous.differs"


def test_every_note_of_this_module_is_raised_above() -> None:
    assert codes_in([ROOT / "generators" / "sameperiod.py"]) == {
        "previous.from_archive", "previous.revised", "previous.other_unit", "previous.differs",
    }  # fmt: skip


# ---------------------------------------------------------------- the whole path


def sample(**changes: Any) -> Source:
    body = {"kind": "ban-tin-6-thang", "period": {"id": "2020S1"},
            "org_unit": {"name": "phường A"}, "lines": [{"code": "viec_lam", "value": 224}]}  # fmt: skip
    return Source(json.dumps({**body, **changes}, ensure_ascii=False).encode())


def test_figures_are_calculated_with_what_was_joined_and_say_where_it_stood() -> None:
    examined = examine(sample(), past=lambda data: [past(("viec_lam.value", "200", "người"))])
    figures = examined.figures
    assert figures["viec_lam.previous"].where == f"{PLACE}/viec_lam.value"
    change = figures["viec_lam.previous_change"]
    assert (change.quantity.value, change.made_from) == (
        Decimal(24), ("viec_lam.value", "viec_lam.previous"),
    )  # fmt: skip
    assert examined.findings == (taken(),)


def test_checks_look_back_at_what_was_issued() -> None:
    earlier = past(("viec_lam.value", "2000", "người"))
    found = examine(sample(), past=lambda data: [earlier]).findings
    assert [finding.code for finding in found] == ["previous.from_archive", "value.outlier"]


def test_checks_do_not_look_back_at_part_of_the_unit() -> None:
    earlier = past(("viec_lam.value", "2000", "người"), merged=True, unit=OLD_NAME)
    examined = examine(sample(), past=lambda data: [earlier])
    assert [finding.code for finding in examined.findings] == ["previous.other_unit"]
    assert examined.past == (earlier,)


def test_a_source_that_cannot_be_read_asks_for_no_past() -> None:
    def never(data: Any) -> Any:
        raise AssertionError

    assert examine(Source(b"{"), past=never).data is None


def test_without_an_archive_a_report_is_what_it_was() -> None:
    assert examine(sample()) == examine(sample(), past=lambda data: ())
