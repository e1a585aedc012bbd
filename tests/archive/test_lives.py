"""Reports kept, corrected, issued, added to, held and removed in any order: what always holds."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
)
from sqlalchemy import select

from archive import audit
from archive.records import (
    APPROVED,
    ISSUED,
    KEPT,
    SIGNED,
    Conflict,
    KeptFile,
    Missing,
    Record,
)
from archive.tables import REPORTS
from tests.archive.keeping import BY, PAPER, correction, deposit, fresh

LONG_AFTER = date(2099, 1, 1)
WARDS = st.integers(1, 3)
VALUES = st.integers(0, 4)


class Lives(RuleBasedStateMachine):
    """An archive, and beside it what it should hold: each record, and the bytes of each file."""

    reports = Bundle("reports")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(
            tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
        )
        self.archive = fresh(self.folder)
        self.known: dict[str, Record] = {}
        self.bytes: dict[str, list[bytes]] = {}
        self.acts = 0

    def teardown(self) -> None:
        self.archive.database.close()
        shutil.rmtree(self.folder)

    def latest(self, ward: int) -> Record | None:
        own = [one for one in self.known.values() if one.unit == f"phường Thử {ward}"]
        return max(own, key=lambda one: one.version, default=None)

    # -------------------------------------------------------- what is done

    @rule(target=reports, ward=WARDS, value=VALUES, names_it=st.booleans())
    def keep(self, ward: int, value: int, names_it: bool) -> object:
        latest = self.latest(ward)
        one = correction(ward, latest, value) if latest and names_it else deposit(ward, value)
        is_same = (
            latest and not latest.removed and self.bytes[latest.id][0] == one.files[0].data
        )
        try:
            record, is_new = self.archive.keep(one)
        except Conflict:
            assert latest
            assert not latest.removed
            assert not names_it or latest.state == APPROVED
            assert not is_same
            return multiple()
        assert is_new == (not is_same)
        if is_new:
            assert record.version == (latest.version + 1 if latest else 1)
            self.bytes[record.id] = [file.data for file in one.files]
            self.acts += 1
        self.known[record.id] = record
        return record.id

    @rule(report=reports)
    def approve(self, report: str) -> None:
        record = self.known[report]
        try:
            approved = self.archive.approve(report, BY)
        except Missing:
            assert record.removed
        except Conflict:
            versions = self.archive.versions(report)
            assert record.state != KEPT or versions[-1].id != report
        else:
            assert approved == replace(record, state=APPROVED)
            self.acts += 1
            self.known[report] = approved

    @rule(report=reports, number=st.integers(1, 3))
    def issue(self, report: str, number: int) -> None:
        record = self.known[report]
        paper = replace(PAPER, number=str(number))
        is_taken = any(one.id != report and one.unit == record.unit and one.paper.number == str(number)
                       for one in self.known.values())  # fmt: skip
        try:
            issued = self.archive.issue(report, paper, BY)
        except Missing:
            assert record.removed
        except Conflict:
            assert (
                is_taken or record.state == KEPT or record.paper.number not in ("", str(number))
            )
        else:
            assert not is_taken
            assert record.state in (APPROVED, ISSUED)
            assert issued == replace(
                record, state=ISSUED, paper=paper, retention=issued.retention
            )
            self.acts += record.state != ISSUED
            self.known[report] = issued

    @rule(report=reports, data=st.sampled_from([b"a", b"b", b"[]"]))
    def attach(self, report: str, data: bytes) -> None:
        file = KeptFile(SIGNED, "ban-ky.pdf", "application/pdf", data)
        try:
            whole = self.archive.attach(report, file, BY)
        except Missing:
            assert self.known[report].removed
            return
        if len(whole.files) > len(self.known[report].files):
            self.bytes[report].append(data)
            self.acts += 1
        self.known[report] = whole

    @rule(report=reports, reason=st.sampled_from(["", "thanh tra"]))
    def hold(self, report: str, reason: str) -> None:
        record = self.known[report]
        try:
            self.archive.hold(report, reason, BY)
        except Missing:
            assert record.removed
            return
        self.acts += record.retention.hold != reason
        self.known[report] = replace(record, retention=replace(record.retention, hold=reason))

    @rule(report=reports, is_due=st.booleans())
    def remove(self, report: str, is_due: bool) -> None:
        record = self.known[report]
        try:
            self.archive.remove(report, BY, LONG_AFTER if is_due else date(2030, 1, 1))
        except Missing:
            assert record.removed
        except Conflict:
            assert record.retention.hold or not is_due
        else:
            self.acts += 1
            self.known[report] = replace(self.archive.record(report), changes=())
            assert self.known[report].removed

    @rule()
    def sweep(self) -> None:
        assert self.archive.sweep(BY) == 0

    @rule(report=consumes(reports))
    def forget(self, report: str) -> None:
        """Leave a report alone from here on."""

    # -------------------------------------------------------- what always holds

    @invariant()
    def every_record_is_what_was_done_to_it(self) -> None:
        with self.archive.database.reading() as connection:
            ids = set(connection.execute(select(REPORTS.c.id)).scalars())
        assert ids == set(self.known)
        assert {one: self.archive.record(one) for one in ids} == self.known

    @invariant()
    def versions_of_a_report_count_from_one_without_a_gap(self) -> None:
        for ward in {one.unit: one.id for one in self.known.values()}.values():
            versions = self.archive.versions(ward)
            assert [one.version for one in versions] == list(range(1, len(versions) + 1))
            assert [one.replaces for one in versions] == [
                "",
                *(one.id for one in versions[:-1]),
            ]

    @invariant()
    def every_standing_report_is_whole_and_no_other_file_is_left(self) -> None:
        standing = [one for one in self.known.values() if not one.removed]
        for one in standing:
            assert [self.archive.read(ref) for ref in one.files] == self.bytes[one.id]
        used = {ref.sha256 for one in standing for ref in one.files}
        assert set(self.archive.files.names()) == used

    @invariant()
    def the_log_tells_of_every_act_and_is_unbroken(self) -> None:
        with self.archive.database.reading() as connection:
            assert list(audit.breaks(connection)) == []
            assert audit.length(connection) == self.acts


TestLives = Lives.TestCase
TestLives.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
