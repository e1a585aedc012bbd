"""Agreement: one thing told twice, sums of overlapping people, relations between lines."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from generators.checks import Report, run_checks
from generators.figures import calculate
from generators.kinds import Relation
from generators.model import WARNING, Finding
from tests.building import KIND, Json, checked, error, free, part, period_data, told

CONFIRM = "Hãy kiểm tra lại các số; nếu đúng, xác nhận và ghi lý do."


def elsewhere(**fields: Json) -> Json:
    return free(section="qua_tang", **fields)


def test_one_result_told_in_two_sections_with_two_numbers() -> None:
    label = "Hộ nghèo được tặng quà"
    assert told(checked(elsewhere(label=label, value=3), free(label=label.upper(), value=4))) == (
        error("figure.told_twice", "/lines/1/value",
              "HỘ NGHÈO ĐƯỢC TẶNG QUÀ: ghi 4 người ở /lines/1/value, trong khi ở /lines/0/value "
              "ghi 3 người.",
              "Hãy giữ một trong hai số; nếu là hai kết quả khác nhau, đặt tên khác nhau cho hai "
              "dòng."),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"value": 3}, {"value": 3}), ({"value": 3}, {"value": 4, "unit": "hộ"}),
        ({"value": 3}, {"value": 4, "giver": "quận"}), ({"value": 3}, {"amount": 4}),
        ({"value": "trên 3"}, {"value": "khoảng 4"}),
    ],
)  # fmt: skip
def test_what_is_told_twice_and_agrees_or_is_something_else(one: Json, other: Json) -> None:
    label = "Hộ nghèo được tặng quà"
    assert checked(elsewhere(label=label, **one), free(label=label, **other)) == ()


def test_a_label_that_names_nothing_may_stand_in_every_section() -> None:
    assert checked(elsewhere(label="Tổng số", value=3), free(label="Tổng số", value=4)) == ()


@pytest.mark.parametrize(
    "label", ["Kinh phí thực hiện", "Tổng số người được hỗ trợ", "Số hộ được nhận hỗ trợ"]
)
def test_a_label_that_names_no_subject_may_stand_in_every_section(label: str) -> None:
    assert checked(elsewhere(label=label, value=3), free(label=label, value=4)) == ()


def test_one_result_told_in_other_words_is_a_doubt() -> None:
    one, other = "Hộ nghèo được tặng quà", "Số hộ nghèo đã nhận quà"
    assert told(checked(elsewhere(label=one, value=3), free(label=other, value=4))) == (
        Finding("figure.told_twice", WARNING, "/lines/1/value",
                "Số hộ nghèo đã nhận quà: ghi 4 người ở /lines/1/value, trong khi ở "
                "/lines/0/value («Hộ nghèo được tặng quà», có thể cùng một kết quả) ghi 3 người.",
                "Nếu là một kết quả, hãy giữ một số; nếu là hai kết quả khác nhau, xác nhận và "
                "ghi lý do."),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hộ nghèo", "Số hộ nghèo"), ("Hộ nghèo được tặng quà", "Hộ cận nghèo được tặng quà"),
     ("Hộ nghèo đầu kỳ theo rà soát", "Hộ nghèo cuối kỳ theo rà soát"),
     ("Tổng số hộ được hỗ trợ", "Số hộ nhận hỗ trợ")],
)  # fmt: skip
def test_labels_that_only_look_alike(one: str, other: str) -> None:
    assert checked(elsewhere(label=one, value=3), free(label=other, value=4)) == ()


def gift(giver: str, **fields: Json) -> Json:
    return {"code": "qua", "giver": giver, "value": 283, "amount": 233_500_000, **fields}


def test_one_sum_told_under_two_givers() -> None:
    assert told(checked(gift("quận"), gift("phường"))) == (
        Finding("figure.two_sources", WARNING, "/lines/1",
                "«Quà của quận» (/lines/0) và «Quà của phường» (/lines/1) cùng là 283 người, "
                "233.500.000 đồng: có thể một khoản được kể hai lần dưới hai nguồn.",
                "Nếu là một khoản, hãy giữ một dòng; nếu là hai khoản, xác nhận và ghi lý do."),
    )  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        gift("phường", value=284),
        gift("phường", amount=233_600_000),
        gift("quận", round="đợt 2"),
    ],
)
def test_two_sums_that_differ_are_two(other: Json) -> None:
    assert checked(gift("quận"), other) == ()


def test_two_givers_may_give_the_same_round_sum() -> None:
    assert checked(gift("quận", amount=50_000_000), gift("phường", amount=50_000_000)) == ()


def test_people_of_several_givers_are_not_simply_people() -> None:
    parts = [part("a", 10, giver="quận"), part("b", 20, giver="phường")]
    assert told(checked(free(value=30, parts=parts))) == (
        Finding("unit.overlapping", WARNING, "/lines/0",
                "Dòng: cộng người nhận của 2 nguồn thành «người», trong khi một người có thể nhận "
                "của nhiều nguồn.",
                "Hãy ghi đơn vị tính là «lượt người», hoặc xác nhận rằng không ai nhận hai lần."),
    )  # fmt: skip
    assert checked(free(value=30, unit="lượt người", parts=parts)) == ()
    assert checked(free(value=30, parts=[part("a", 10, giver="quận"), part("b", 20)])) == ()


RELATION = Relation(
    ("viec_lam.value",), "<=", ("ho_ngheo.value", "khau.value"), "A không nhiều hơn B"
)


def related(relation: Relation, *lines: Json) -> tuple[Finding, ...]:
    kind = replace(KIND, relations=(relation,))
    data = period_data(*lines)
    return run_checks(Report(data, calculate(data, kind), kind))


def numbers(jobs: Json, poor: Json, helped: Json) -> list[Json]:
    return [{"code": "viec_lam", "value": jobs}, {"code": "ho_ngheo", "value": poor},
            {"code": "khau", "value": helped}]  # fmt: skip


def test_a_relation_of_the_kind_that_does_not_hold() -> None:
    (found,) = related(RELATION, *numbers(10, 4, 5))
    assert told([found]) == (
        Finding("figure.relation", WARNING, "/lines/0/value",
                "Lẽ ra a không nhiều hơn B, nhưng đang ghi Việc làm: 10 người (/lines/0/value) và Hộ nghèo: "
                "4 hộ (/lines/1/value) và Hộ được hỗ trợ: 5 hộ (/lines/2/value).", CONFIRM),
    )  # fmt: skip
    assert (found.stated, found.computed) == (Decimal(10), Decimal(9))


def test_a_relation_that_holds_or_has_a_blank() -> None:
    assert related(RELATION, *numbers(9, 4, 5)) == ()
    assert related(RELATION, *numbers("trên 8", 4, 5)) == ()
    assert related(RELATION, *numbers(10, 4, 5)[:2]) == ()


def test_an_equality_fails_both_ways() -> None:
    equal = replace(RELATION, sign="=")
    assert [len(related(equal, *numbers(n, 4, 5))) for n in (8, 9, 10)] == [1, 0, 1]


# ---------------------------------------------------------------- givers in labels, other groups


def test_givers_that_stand_only_in_labels_are_givers_too() -> None:
    parts = [part("Quà của thành phố", 283), part("Quà từ nguồn xã hội hóa", 146)]
    (found,) = checked(free(label="Người được tặng quà", parts=parts))
    assert (found.code, found.about) == ("unit.overlapping", "giam_ngheo/nguoi-duoc-tang-qua")
    assert found.message == (
        "Người được tặng quà: cộng người nhận của 2 nguồn thành «người», trong khi một người có "
        "thể nhận của nhiều nguồn."
    )


def test_rows_of_several_givers_under_a_total_of_people() -> None:
    rows = [free(label="Người được tặng quà", giver=giver, value=value)
            for giver, value in (("quận", 283), ("phường", 146))]  # fmt: skip
    found = checked(*rows, free(label="Tổng số người", value=429))
    assert [(f.code, f.about) for f in found] == [
        ("unit.overlapping", "giam_ngheo/tong-so-nguoi")
    ]


@pytest.mark.parametrize(
    "parts",
    [
        [part("con của liệt sĩ", 3), part("vợ của thương binh", 4)],
        [part("đợt 1", 3, giver="quận"), part("quà của Quận", 4)],
        [part("của quận", 3, group="trẻ em"), part("của phường", 4, group="người cao tuổi")],
        [part("tại chỗ", 3), part("lưu động", 4)],
    ],
)
def test_parts_that_are_not_of_several_givers(parts: list[Json]) -> None:
    assert checked(free(label="Người được tặng quà", parts=parts)) == ()


def test_one_sum_told_under_two_groups() -> None:
    one, other = (free(label=label, group=group, value=283, amount=233_500_000)
                  for label, group in (("Quà tết", "hộ nghèo"), ("Quà tặng", "người có công")))  # fmt: skip
    (found,) = checked(one, other)
    assert (found.code, found.severity) == ("figure.two_sources", WARNING)
    assert found.message.endswith("có thể một khoản được kể hai lần dưới hai nhóm đối tượng.")


def test_few_people_at_a_usual_rate_may_be_so_twice() -> None:
    assert (
        checked(*(gift(giver, value=25, amount=12_500_000) for giver in ("quận", "phường")))
        == ()
    )
    assert checked(*(gift(giver, value=125, amount=62_500_000) for giver in ("quận", "phường")))
