"""The desk: a draft changes, is told of other hands, submitted, returned, approved, issued."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from access.units import Unit, add_unit
from archive import audit
from archive.deposits import deposit_of
from archive.inspection import ALL_WELL, inspect
from archive.keeping import Archive
from archive.records import ArchiveFault, Conflict, Missing, Paper, Record
from desk.drafts import (
    Draft,
    Received,
    correct,
    draft_at,
    drafts_below,
    open_draft,
    receive,
    reopen,
    source_of,
)
from desk.steps import approve, draft_now, issue, return_, steps, submit_draft
from generators.pipeline import examine
from tests.building import ROOT

KIND, PERIOD, LAN, HOA, MINH = (
    "ban-tin-6-thang",
    "2020S1",
    "Nguyễn Thị Lan",
    "Lê Thị Hoa",
    "Minh",
)
BODY = (ROOT / "fixtures/accepted/phuc-loi-2020/input.json").read_bytes()
PAPER = Paper(number="34", notation="BC-UBND", issued_on=date(2020, 8, 3))


@pytest.fixture
def archive(either: Archive) -> Archive:
    """An empty archive on SQLite, and one on PostgreSQL."""
    return either


@pytest.fixture
def unit(archive: Archive) -> Unit:
    with archive.database.writing() as connection:
        district = add_unit(connection, "quận Long Biên", "thử", within=["thành phố Hà Nội"])
        return add_unit(connection, "phường Phúc Lợi", "thử", district)


@pytest.fixture
def draft(archive: Archive, unit: Unit) -> Draft:
    with archive.database.writing() as connection:
        begun = open_draft(connection, unit, KIND, PERIOD, LAN)
        return receive(connection, begun, Received("bieu.json", BODY), [], LAN)


def typed(archive: Archive, draft: Draft, by: str, **places: str | None) -> Draft:
    told = {
        f"/lines/{number.removeprefix('line')}/value": text for number, text in places.items()
    }
    with archive.database.writing() as connection:
        return correct(connection, draft, by, told)


def sent(archive: Archive, draft: Draft, by: str = LAN) -> tuple[Draft, Record]:
    with archive.database.reading() as connection:
        source = source_of(connection, draft, by)
    assert source
    return submit_draft(archive, draft, source, examine(source), by)


def log(archive: Archive, *of: str) -> list[tuple[str, str]]:
    with archive.database.reading() as connection:
        return [(entry.action, entry.by) for entry in audit.entries(connection)
                if entry.report_id in of]  # fmt: skip


def test_a_report_goes_from_draft_to_number_and_each_step_is_in_the_log(
    archive: Archive, draft: Draft
) -> None:
    assert (draft.state, draft.is_open, draft.version, draft.report_id) == (
        "draft",
        True,
        2,
        "",
    )
    closed, kept = sent(archive, draft)
    assert (closed.state, closed.is_open, closed.report_id) == ("kept", False, kept.id)
    assert approve(archive, kept.id, HOA).state == "approved"
    issued = issue(archive, kept.id, PAPER, LAN)
    assert (issued.state, issued.paper.number) == ("issued", "34")
    assert issue(archive, kept.id, PAPER, LAN) == issued
    assert log(archive, draft.id, kept.id) == [
        ("draft.open", LAN), ("keep", LAN), ("approve", HOA), ("issue", LAN),
    ]  # fmt: skip
    assert [(one.step, one.by) for one in steps(archive, kept.id)] == [("approve", HOA)]
    assert draft_now(archive, draft.id).state == "issued"
    assert inspect(archive).exit_code == ALL_WELL


def test_what_is_returned_is_mended_and_submitted_in_its_place(
    archive: Archive, draft: Draft
) -> None:
    _, first = sent(archive, draft)
    with pytest.raises(ArchiveFault, match="Hãy ghi lý do trả lại"):
        return_(archive, first.id, " ", HOA)
    assert return_(archive, first.id, "Thiếu quà Tết của phường.", HOA).state == "returned"
    back = draft_now(archive, draft.id)
    assert (back.state, back.is_open, back.returned) == (
        "returned", True, "Thiếu quà Tết của phường.",
    )  # fmt: skip
    number = next(
        n for n, line in enumerate(json.loads(BODY)["lines"]) if line.get("giver") == "phường"
    )
    value = json.loads(BODY)["lines"][number]["value"]
    mended = typed(archive, back, LAN, **{f"line{number}": str(value + 1)})
    _, second = sent(archive, mended)
    assert (second.version, second.replaces, second.state) == (2, first.id, "kept")
    assert [change.id for change in second.changes if change.id.startswith("qua_tet@phuong")]
    assert approve(archive, second.id, HOA).state == "approved"


def test_what_is_returned_and_sent_again_unchanged_waits_again(
    archive: Archive, draft: Draft
) -> None:
    _, first = sent(archive, draft)
    return_(archive, first.id, "Xem lại.", HOA)
    _, again = sent(archive, draft_now(archive, draft.id))
    assert (again.id, again.state) == (first.id, "kept")
    assert [(one.step, one.reason) for one in steps(archive, first.id)] == [
        ("return", "Xem lại."), ("submit", ""),
    ]  # fmt: skip


def test_two_people_do_not_overwrite_each_other_unseen(archive: Archive, draft: Draft) -> None:
    changed = typed(archive, draft, MINH, line0="1")
    with pytest.raises(Conflict, match=r"^Minh đã sửa bản này lúc \d\d:\d\d ngày "):
        typed(archive, draft, LAN, line0="2")
    with pytest.raises(Conflict, match="Minh đã sửa bản này"):
        sent(archive, draft)
    with archive.database.writing() as connection, pytest.raises(Conflict):
        receive(connection, draft, Received("khac.json", b"{}"), [], LAN)
    now = draft_now(archive, draft.id)
    assert (now, now.corrections) == (changed, {"/lines/0/value": "1"})


def test_what_was_typed_stays_until_another_file_comes(archive: Archive, draft: Draft) -> None:
    with archive.database.writing() as connection:
        one = correct(connection, draft, LAN, {"/a": "1", "/b": ""}, {"x-1": "đúng"})
        two = correct(connection, one, LAN, {"/a": None})
        assert (two.corrections, two.accepted) == ({"/b": ""}, {"x-1": "đúng"})
        picture = Received("Ảnh chợ.png", b"\x89PNG")
        three = receive(connection, two, Received("../moi.json", BODY), [picture], LAN)
        source = source_of(connection, three, HOA)
    assert (three.corrections, three.accepted, three.version) == ({}, {"x-1": "đúng"}, 5)
    assert source
    assert (source.data, source.name, source.by, source.pictures) == (
        BODY, "moi.json", HOA, {"Ảnh chợ.png": b"\x89PNG"},
    )  # fmt: skip
    assert [(row.finding, row.reason) for row in source.accepted] == [("x-1", "đúng")]


def test_what_is_submitted_or_approved_is_locked(archive: Archive, draft: Draft) -> None:
    closed, kept = sent(archive, draft)
    with pytest.raises(Conflict, match="Báo cáo đã nộp nên số liệu đã khóa"):
        typed(archive, closed, LAN, line0="1")
    with archive.database.writing() as connection, pytest.raises(Conflict):
        reopen(connection, closed, LAN)
    approve(archive, kept.id, HOA)
    with archive.database.reading() as connection:
        source = source_of(connection, closed, LAN)
    assert source
    other = json.loads(BODY)
    other["lines"][0]["value"] = 250
    changed = replace(source, data=json.dumps(other).encode())
    with pytest.raises(Conflict, match="đã được duyệt nên số liệu đã khóa"):
        archive.keep(deposit_of(changed, examine(changed), LAN, kept.id))


STEPS: dict[str, Callable[[Archive, str], object]] = {
    "approve": lambda archive, id_: approve(archive, id_, HOA),
    "return": lambda archive, id_: return_(archive, id_, "vì sao", HOA),
    "issue": lambda archive, id_: issue(archive, id_, PAPER, LAN),
}
WAY = {
    "kept": [],
    "approved": ["approve"],
    "returned": ["return"],
    "issued": ["approve", "issue"],
}
ALLOWED = {"kept": {"approve", "return"}, "approved": {"return", "issue"}, "returned": set[str](),
           "issued": {"issue"}}  # fmt: skip


@pytest.mark.parametrize("state", WAY)
@pytest.mark.parametrize("step", STEPS)
def test_no_step_is_taken_out_of_turn(
    archive: Archive, draft: Draft, state: str, step: str
) -> None:
    _, kept = sent(archive, draft)
    for name in WAY[state]:
        STEPS[name](archive, kept.id)
    assert archive.record(kept.id).state == state
    if step in ALLOWED[state]:
        STEPS[step](archive, kept.id)
        return
    with pytest.raises(Conflict):
        STEPS[step](archive, kept.id)
    assert archive.record(kept.id).state == state


def test_an_issued_report_is_corrected_by_a_version_in_its_place(
    archive: Archive, draft: Draft
) -> None:
    closed, kept = sent(archive, draft)
    approve(archive, kept.id, HOA)
    issue(archive, kept.id, PAPER, LAN)
    with archive.database.writing() as connection:
        again = reopen(connection, draft_at(connection, closed.id), LAN)
    assert (again.is_open, again.state) == (True, "draft")
    number = next(
        n for n, line in enumerate(json.loads(BODY)["lines"]) if line.get("giver") == "phường"
    )
    value = json.loads(BODY)["lines"][number]["value"]
    _, second = sent(archive, typed(archive, again, LAN, **{f"line{number}": str(value + 1)}))
    assert (second.version, second.replaces, second.state) == (2, kept.id, "kept")
    with pytest.raises(Conflict):
        return_(archive, kept.id, "muộn", HOA)


def test_a_file_of_another_unit_or_period_is_not_submitted(
    archive: Archive, draft: Draft
) -> None:
    other = {**json.loads(BODY), "period": {"id": "2021S1"}, "document": {"date": "2021-08-03"}}
    with archive.database.writing() as connection:
        changed = receive(
            connection, draft, Received("a.json", json.dumps(other).encode()), [], LAN
        )
    with archive.database.reading() as connection:
        source = source_of(connection, changed, LAN)
    assert source
    with pytest.raises(ArchiveFault, match="kỳ 2021S1"):
        submit_draft(archive, changed, source, examine(source), LAN)
    assert draft_now(archive, draft.id).is_open


def test_drafts_are_those_of_a_subtree(archive: Archive, draft: Draft, unit: Unit) -> None:
    with archive.database.writing() as connection:
        other = add_unit(connection, "xã Mỹ Thành", "thử")
        foreign = open_draft(connection, other, KIND, PERIOD, MINH)
        assert drafts_below(connection, [unit.path]) == [draft]
        assert drafts_below(connection, [unit.path, other.path]) == [foreign, draft]
        assert (
            drafts_below(connection, [unit.path], "2021S1")
            == drafts_below(connection, [])
            == []
        )
        assert open_draft(connection, unit, KIND, PERIOD, MINH) == draft
        with pytest.raises(Missing):
            draft_at(connection, "khong-co")
