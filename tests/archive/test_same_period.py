"""Earlier reports of a unit: the latest issued version of each, whatever the unit was called."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from archive.importing import import_report
from archive.keeping import Archive
from archive.opening import open_archive
from archive.records import ArchiveFault, Record
from archive.same_period import past_of
from archive.tables import REPORTS
from archive.units import UnitFault
from generators.catalogues import kin
from generators.checks import Past
from generators.model import Document, Figure, OrgUnit, Period, PeriodData, Quantity
from generators.periods import calendar_span
from generators.pipeline import KINDS, Source, examine, generate
from tests.archive.keeping import BY, PAPER, correction, deposit
from tests.building import ROOT

SAMPLE = ROOT / "fixtures/accepted/phuc-loi-2020/input.json"
WITHIN = ("quận Long Biên", "thành phố Hà Nội")


def data(
    period: str = "2021S1", unit: str = "phường Thử 1", within: tuple[str, ...] = WITHIN
) -> PeriodData:
    start, end = calendar_span(period)
    return PeriodData("thu", Period(period, start, end), OrgUnit(unit, within), Document(), ())


def keep(archive: Archive, period: str = "2020S1", value: int = 249, **more: Any) -> Record:
    start, end = calendar_span(period)
    changes = {"period": period, "start": start, "end": end, **more}
    return archive.keep(deposit(1, value, **changes))[0]


def issue(
    archive: Archive, record: Record, number: str = "34", day: date = date(2020, 8, 3)
) -> None:
    archive.approve(record.id, BY)
    archive.issue(record.id, replace(PAPER, number=number, issued_on=day), BY)


def past(
    record: Record, value: int = 249, day: date | None = date(2020, 8, 3), **more: Any
) -> Past:
    where = f"kho lưu trữ/{record.id}/qua_tet.value"
    figure = Figure("qua_tet.value", "Quà Tết", Quantity(Decimal(value), where=where), "người",
                    "số liệu đã ban hành", where=where)  # fmt: skip
    period = Period(record.period, record.start, record.end)
    return Past(period, {figure.id: figure}, record.id, day, **more)


# ---------------------------------------------------------------- which reports


def test_an_issued_report_is_the_past_with_its_figures_and_their_place(either: Archive) -> None:
    record = keep(either)
    issue(either, record)
    assert past_of(either, data()) == (past(record),)


def test_what_only_was_kept_is_no_past(either: Archive) -> None:
    keep(either)
    assert past_of(either, data()) == ()


def test_what_was_imported_is_the_past(either: Archive) -> None:
    record = keep(either, state="imported")
    assert past_of(either, data()) == (past(record, day=None),)


def test_the_latest_issued_version_stands_and_tells_that_it_replaced_one(
    either: Archive,
) -> None:
    first = keep(either)
    issue(either, first)
    second = either.keep(correction(1, first, 250))[0]
    assert past_of(either, data()) == (past(first),)
    issue(either, second, "35", date(2020, 9, 1))
    assert past_of(either, data()) == (past(second, 250, date(2020, 9, 1), revised=True),)


def test_a_version_that_replaced_one_never_issued_is_not_told_as_revised(
    either: Archive,
) -> None:
    second = either.keep(correction(1, keep(either), 250))[0]
    issue(either, second)
    assert past_of(either, data()) == (past(second, 250),)


def test_the_latest_period_comes_first_and_no_later_one_than_this(either: Archive) -> None:
    for period in ("2019S1", "2021S1", "2020S2", "2020S1", "2021S2"):
        keep(either, period, state="imported")
    told = [one.period.id for one in past_of(either, data("2021S1"))]
    assert told == ["2020S2", "2020S1", "2019S1"]


def test_other_units_and_other_kinds_are_no_past(either: Archive) -> None:
    keep(either, state="imported", unit="phường Thử 2")
    keep(either, state="imported", kind="khac")
    keep(either, state="imported", within=("quận Khác",))
    assert past_of(either, data()) == ()


def test_a_kind_with_the_same_catalogue_tells_of_periods_that_its_own_does_not(
    archive: Archive,
) -> None:
    own = keep(archive, "2019S1", state="imported")
    keep(archive, "2019S1", 1, state="imported", kind="khac")
    other = keep(archive, "2020S1", 2, state="imported", kind="khac")
    assert past_of(archive, data(), kinds=("thu", "khac")) == (
        past(other, 2, day=None), past(own, day=None),
    )  # fmt: skip
    assert past_of(archive, data()) == (past(own, day=None),)


def test_the_official_report_and_the_bulletin_are_of_one_catalogue() -> None:
    for kind, other in permutations(("ban-tin-6-thang", "bao-cao-6-thang")):
        assert kin(kind, KINDS) == (kind, other)
    assert kin("khac", KINDS) == ("khac",)


def test_a_unit_in_other_spelling_is_the_same_and_in_other_marks_another(
    either: Archive,
) -> None:
    record = keep(either, state="imported", unit="phường Hòa Thạnh")
    assert past_of(either, data(unit="Phường  hoà thạnh")) == (past(record, day=None),)
    assert past_of(either, data(unit="phường Hòa Thành")) == ()


def test_a_report_that_was_removed_is_no_past(either: Archive) -> None:
    record = keep(either, state="imported")
    with either.database.writing() as connection:
        connection.execute(update(REPORTS).values(keep_until=date(2020, 1, 1)))
    either.remove(record.id, BY)
    assert past_of(either, data()) == ()


# ---------------------------------------------------------------- units that changed


def written(folder: Path, *entries: tuple[str, str, str, str]) -> Path:
    """A file of former units of thành phố Hà Nội: name, how, until, into."""
    path = folder / "units.toml"
    path.write_text("".join(
        f'[[units]]\nname = "{name}"\nwithin = ["quận Long Biên", "thành phố Hà Nội"]\nuntil = {until}\n'
        f'how = "{how}"\nbasis = "Nghị quyết"\n'
        f'into = {{ name = "{into}", within = ["quận Long Biên", "thành phố Hà Nội"] }}\n'
        for name, how, until, into in entries), encoding="utf-8")  # fmt: skip
    return path


def test_a_renamed_unit_has_the_past_of_its_old_names(archive: Archive, tmp_path: Path) -> None:
    units = written(tmp_path, ("phường Thử 1", "renamed", "2020-12-31", "phường Hai"),
                    ("phường Hai", "renamed", "2021-12-31", "phường Ba"))  # fmt: skip
    first = keep(archive, "2020S1", state="imported")
    second = keep(archive, "2021S1", state="imported", unit="phường Hai")
    assert past_of(archive, data("2022S1", "phường Ba"), units) == (
        past(second, day=None, unit=OrgUnit("phường Hai", WITHIN)),
        past(first, day=None, unit=OrgUnit("phường Thử 1", WITHIN)),
    )


def test_units_in_the_folder_of_data_are_known_beside_the_programs(tmp_path: Path) -> None:
    """The program's own file is another after an upgrade, this one is not."""
    program, data_dir = tmp_path / "program", tmp_path / "data"
    program.mkdir()
    units = written(program, ("phường Thử 1", "merged", "2020-12-31", "phường Hai"))
    archive = open_archive(data_dir)
    first = keep(archive, "2020S1", state="imported")
    assert _ids(past_of(archive, data("2022S1", "phường Hai"), units)) == [
        (first.id, "phường Thử 1", True),
    ]  # fmt: skip
    written(data_dir, ("phường Thử 1", "renamed", "2020-12-31", "phường Hai"))
    assert _ids(past_of(archive, data("2022S1", "phường Hai"), units)) == [
        (first.id, "phường Thử 1", False),
    ]  # fmt: skip
    (data_dir / "units.toml").write_text("khac = 1", encoding="utf-8")
    with pytest.raises(ArchiveFault, match=r"^units\.toml: không biết khóa khac$"):
        past_of(archive, data("2022S1", "phường Hai"), units)
    archive.database.close()


def test_a_report_under_an_old_name_after_its_day_is_no_past(
    archive: Archive, tmp_path: Path
) -> None:
    units = written(tmp_path, ("phường Thử 1", "renamed", "2019-12-31", "phường Hai"))
    keep(archive, "2020S1", state="imported")
    assert past_of(archive, data("2021S1", "phường Hai"), units) == ()


def test_units_that_were_merged_are_marked(archive: Archive, tmp_path: Path) -> None:
    units = written(tmp_path, ("phường Thử 1", "merged", "2020-12-31", "phường Lớn"),
                    ("phường Thử 2", "merged", "2020-12-31", "phường Lớn"))  # fmt: skip
    one = keep(archive, state="imported")
    two = keep(archive, state="imported", unit="phường Thử 2")
    assert set(_ids(past_of(archive, data("2021S1", "phường Lớn"), units))) == {
        (one.id, "phường Thử 1", True), (two.id, "phường Thử 2", True),
    }  # fmt: skip


def test_a_unit_that_kept_its_name_when_it_grew_has_no_measure_in_what_it_was(
    archive: Archive, tmp_path: Path
) -> None:
    units = written(tmp_path, ("phường Thử 2", "merged", "2020-12-31", "phường Thử 1"))
    before = keep(archive, "2020S2", state="imported")
    after = keep(archive, "2021S1", state="imported")
    assert _ids(past_of(archive, data("2021S2"), units)) == [
        (after.id, "", False), (before.id, "phường Thử 1", True),
    ]  # fmt: skip


def test_a_merger_to_come_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    units = written(tmp_path, ("phường Thử 2", "merged", "2025-06-30", "phường Thử 1"))
    record = keep(archive, state="imported")
    assert past_of(archive, data("2021S1"), units) == (past(record, day=None),)


def test_units_named_in_a_ring_are_followed_once(archive: Archive, tmp_path: Path) -> None:
    units = written(tmp_path, ("phường Thử 1", "renamed", "2019-12-31", "phường Hai"),
                    ("phường Hai", "renamed", "2020-12-31", "phường Thử 1"))  # fmt: skip
    record = keep(archive, "2020S1", state="imported", unit="phường Hai")
    found = past_of(archive, data("2021S1"), units)
    assert _ids(found) == [(record.id, "phường Hai", False)]


def test_a_file_of_units_that_is_wrong_is_told(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "units.toml"
    path.write_text("x = 1", encoding="utf-8")
    with pytest.raises(UnitFault, match=r"^units.toml: không biết khóa x$"):
        past_of(archive, data(), path)


def _ids(found: tuple[Past, ...]) -> list[tuple[str, str, bool]]:
    return [(one.report_id, one.unit.name if one.unit else "", one.merged) for one in found]


# ---------------------------------------------------------------- the sample, against its year before


def year_before() -> Source:
    """The sample's report of 2019: three results."""
    body = json.loads(SAMPLE.read_bytes())
    lines = [{"code": "viec_lam", "value": 200}, {"code": "ho_can_ngheo", "value": 34},
             {"code": "quan_ly_sau_cai", "value": 28}]  # fmt: skip
    told = {
        "period": {"id": "2019S1"},
        "document": {"date": "2019-07-15"},
        "texts": {},
        "lines": lines,
    }
    return Source(json.dumps({**body, **told}, ensure_ascii=False).encode(), name="2019.json")


def test_the_sample_says_how_it_compares_with_the_year_before_that_was_imported(
    archive: Archive,
) -> None:
    record = import_report(archive, year_before(), BY, "2019S1").record
    examined = examine(Source(SAMPLE.read_bytes()), past=partial(past_of, archive))
    told = {one.code: (one.severity, one.message) for one in examined.findings}
    assert told.keys() == {"previous.from_archive", "norm.mixed"}
    assert told["previous.from_archive"] == (
        "note",
        "Lấy số cùng kỳ cho 3 dòng từ báo cáo kỳ 2019S1 trong kho lưu trữ, ban hành ngày 15/07/2019.",
    )
    text = _printed(generate(examined))
    assert "tăng 24 người (12%) so với cùng kỳ năm 2019" in text
    assert "giảm 04 hộ (11,8%) so với cùng kỳ năm 2019" in text
    assert "bằng cùng kỳ năm 2019" in text
    assert (
        examined.figures["viec_lam.previous"].where == f"kho lưu trữ/{record.id}/viec_lam.value"
    )


def test_the_sample_without_an_archive_says_nothing_of_the_year_before() -> None:
    assert "2019" not in _printed(generate(examine(Source(SAMPLE.read_bytes()))))


def _printed(document: bytes) -> str:
    """All text of a document's body."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        xml = package.read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "", xml.replace("</w:p>", "\n"))
