"""The gate: which acknowledgements hold, what is said of the others, what may be issued."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.gate import Weighed, still_open, unsettled, weigh
from generators.model import ERROR, NOTE, WARNING, Acknowledgement, Finding
from generators.origins import bare_name
from generators.pipeline import Examined, Source, examine
from tests.building import ROOT

BY = "Nguyễn Thị Hoa"
HIGH = Finding("norm.amount", WARNING, "Số liệu!F12", "Mức cao.", "Hãy xem lại.",
               about="qua_tet.per_unit", stated=Decimal(500), computed=Decimal(300))  # fmt: skip
ROSE = Finding("change.large", WARNING, "Số liệu!E12", "Tăng gấp mười.", "Hãy xem lại.")
WRONG = Finding("sum.parts", ERROR, "Số liệu!E14", "Tổng sai.", "Hãy sửa.")
ASIDE = Finding("text.style", NOTE, "", "Nên viết hoa.", "Có thể sửa.")
FOUND = (HIGH, ROSE, WRONG, ASIDE)


def row(
    finding: Finding | str, reason: str = "đúng theo quyết định", n: int = 0
) -> Acknowledgement:
    named = finding if isinstance(finding, str) else finding.id
    return Acknowledgement(named, reason, where=f"/acknowledgements/{n}")


def signed(*rows: Acknowledgement) -> tuple[Acknowledgement, ...]:
    return tuple(replace(one, by=BY) for one in rows)


def about(
    code: str, severity: str, finding: str, message: str, remedy: str, n: int = 0
) -> Finding:
    return Finding(f"acknowledgement.{code}", severity, f"/acknowledgements/{n}", message, remedy,
                   about=finding)  # fmt: skip


def test_a_warning_is_acknowledged_by_its_id_a_reason_and_a_name() -> None:
    assert weigh(FOUND, [row(HIGH)], BY) == Weighed(signed(row(HIGH)), ())


def test_an_id_may_have_blanks_around_it() -> None:
    assert weigh(FOUND, [row(f" {HIGH.id} ")], BY).holding == signed(row(HIGH))


def test_no_acknowledgement_lifts_an_error() -> None:
    assert weigh(FOUND, [row(WRONG)], BY) == Weighed((), (about(
        "of_error", WARNING, WRONG.id,
        f"Điều mang mã «{WRONG.id}» là điều phải sửa, xác nhận không thay được việc sửa.",
        "Hãy sửa số liệu rồi bỏ dòng xác nhận này."),))  # fmt: skip


@pytest.mark.parametrize("reason", ["", " "])
def test_an_acknowledgement_without_a_reason_does_not_hold(reason: str) -> None:
    assert weigh(FOUND, [row(HIGH, reason)], BY) == Weighed((), (about(
        "no_reason", WARNING, HIGH.id,
        f"Điều mang mã «{HIGH.id}» được xác nhận nhưng chưa ghi lý do.",
        "Hãy ghi vì sao số liệu này đúng, hoặc bỏ dòng xác nhận này."),))  # fmt: skip


def test_acknowledgements_by_nobody_are_told_once_and_do_not_hold() -> None:
    assert weigh(FOUND, [row(HIGH), row(ROSE, n=1)], "") == Weighed((), (Finding(
        "acknowledgement.nobody", WARNING, "/acknowledgements/0",
        "Có 2 điều được xác nhận nhưng chưa rõ ai là người xác nhận.",
        "Hãy ghi họ tên người xác nhận khi gửi tệp; tên ghi trong tệp không được tính.",
        about=f"{HIGH.id} {ROSE.id}",
        places=("/acknowledgements/0", "/acknowledgements/1")),))  # fmt: skip


def test_nobody_is_missed_where_nothing_is_acknowledged() -> None:
    assert weigh(FOUND, [], "") == weigh(FOUND, [row(ASIDE)], "") == Weighed((), ())


def test_an_acknowledgement_no_longer_holds_when_a_number_changed() -> None:
    now = replace(HIGH, stated=Decimal(501))
    assert weigh([now], [row(HIGH)], BY) == Weighed((), (about(
        "unmatched", WARNING, HIGH.id,
        f"Không có điều nào của báo cáo này mang mã «{HIGH.id}».",
        "Có thể số liệu đã đổi sau khi xác nhận. Hãy xem lại những điều được nêu, ghi đúng mã "
        "hiện nay, hoặc bỏ dòng xác nhận này."),))  # fmt: skip


def test_it_still_holds_when_only_the_wording_or_the_place_changed() -> None:
    moved = replace(HIGH, where="/lines/3", message="Cao hơn mức.", remedy="…")
    assert weigh([moved], [row(HIGH)], BY) == Weighed(signed(row(HIGH)), ())


def test_acknowledging_a_note_is_harmless() -> None:
    assert weigh(FOUND, [row(ASIDE), row(ASIDE, "")], BY) == Weighed((), ())


def test_the_first_of_two_acknowledgements_counts() -> None:
    assert weigh(FOUND, [row(HIGH, "một"), row(HIGH, "hai", n=1)], BY) == Weighed(
        signed(row(HIGH, "một")), (about(
            "twice", NOTE, HIGH.id,
            f"Điều mang mã «{HIGH.id}» được xác nhận hai lần; lý do ghi trước được giữ.",
            "Nên bỏ dòng xác nhận thừa.", n=1),))  # fmt: skip


def test_a_first_row_without_a_reason_leaves_the_place_to_the_second() -> None:
    weighed = weigh(FOUND, [row(HIGH, ""), row(HIGH, "hai", n=1)], BY)
    assert weighed.holding == signed(row(HIGH, "hai", n=1))
    assert [f.code for f in weighed.findings] == ["acknowledgement.no_reason"]


def test_what_is_open_is_the_warnings_nobody_acknowledged() -> None:
    assert still_open(FOUND, ()) == (HIGH, ROSE)
    assert still_open(FOUND, signed(row(HIGH))) == (ROSE,)
    assert unsettled(FOUND, signed(row(HIGH))) == (ROSE, WRONG, ASIDE)


def test_what_is_said_of_acknowledgements_needs_none() -> None:
    told = weigh(FOUND, [row("x"), row(WRONG), row(HIGH, "")], BY).findings
    assert [finding.severity for finding in told] == [WARNING] * 3
    assert still_open(told, ()) == ()


@given(st.lists(st.sampled_from([HIGH, ROSE, WRONG, ASIDE]), unique=True),
       st.lists(st.tuples(st.sampled_from([HIGH, ROSE, WRONG, ASIDE]), st.sampled_from(["", "đúng"]))),
       st.sampled_from(["", BY]))  # fmt: skip
def test_only_a_reason_and_a_name_take_a_warning_from_the_open_ones(
    found: list[Finding], rows: list[tuple[Finding, str]], by: str
) -> None:
    weighed = weigh(found, [row(*one) for one in rows], by)
    reasoned = [finding for finding, reason in rows if reason and by]
    warnings = [finding for finding in found if finding.severity == WARNING]
    assert still_open(found, weighed.holding) == tuple(f for f in warnings if f not in reasoned)
    assert [f for f in unsettled(found, weighed.holding) if f.severity != WARNING] == [
        f for f in found if f.severity != WARNING
    ]


# ---------------------------------------------------------------- of a whole file


def examined(*rows: Acknowledgement, by: str = "", **changes: object) -> Examined:
    path = ROOT / "fixtures/accepted/phuc-loi-2020/input.json"
    body = {**json.loads(path.read_text(encoding="utf-8")), **changes}
    return examine(Source(json.dumps(body).encode(), by=by, accepted=rows))


def test_a_report_without_warnings_may_be_issued() -> None:
    found = examined()
    assert (found.open, found.acknowledged, found.may_be_issued) == ((), (), True)


def test_a_warning_is_open_until_it_is_acknowledged() -> None:
    found = replace(examined(), findings=(HIGH,))
    assert (found.stopped, found.open, found.may_be_issued) == (False, (HIGH,), False)
    settled = replace(found, acknowledged=signed(row(HIGH)))
    assert (settled.open, settled.may_be_issued) == ((), True)


def test_a_report_with_errors_may_not_be_issued_though_nothing_is_open() -> None:
    found = replace(examined(), findings=(WRONG,))
    assert (found.open, found.may_be_issued) == ((), False)


def test_what_could_not_be_read_may_not_be_issued() -> None:
    assert not examined(period={}).may_be_issued


def test_rows_of_the_file_and_rows_beside_it_are_weighed_together() -> None:
    beside = Acknowledgement("y", "đúng", where="--accept")
    found = examined(beside, acknowledgements=[{"finding": "x", "reason": "đúng"}], by=BY)
    assert [(f.code, f.where) for f in found.findings if f.severity == WARNING] == [
        ("acknowledgement.unmatched", "/acknowledgements/0"),
        ("acknowledgement.unmatched", "--accept"),
    ]
    assert found.may_be_issued


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("bieu.xlsx", "bieu.xlsx"), ("/home/a/Biểu 1.xlsx", "Biểu 1.xlsx"),
        ("C:\\Tai lieu\\bieu.xlsx", "bieu.xlsx"), ("bie\u0302\u0309u.xlsx", "biểu.xlsx"),
        ("a\x00b\u202e\nc.xlsx", "ab c.xlsx"), ("x" * 300, "x" * 200), ("", ""),
    ],
)  # fmt: skip
def test_the_origin_has_the_bare_name_of_the_file(given_name: str, kept: str) -> None:
    assert bare_name(given_name) == kept


def test_the_origin_has_the_digest_of_the_bytes_as_they_came() -> None:
    origin = examine(Source(b"abc", name="a.xlsx")).origin
    assert (origin.name, origin.sha256) == (
        "a.xlsx", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    )  # fmt: skip
