"""Published reports entered as lines: every fault they hold is found, and nothing else accused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generators.model import NOTE
from generators.pipeline import Examined, Source, examine, make_form, read_input
from generators.wire import finding_record, to_json
from tests.building import ROOT

CASES = sorted(path for path in (ROOT / "fixtures" / "cases").iterdir() if path.is_dir())

# What each report is known to have wrong (fixtures/cases/README.md), as (code, about).
FAULTS: dict[str, set[tuple[str, str]]] = {
    "01-phuong-7-go-vap-tet": {
        (
            "sum.parts",
            "qua_tang/ho-co-hoan-canh-kho-khan-duoc-cham-lo-dip-tet/ho-kho-khan.value",
        ),
        ("number.grouping", "tre_em/tre-em-mo-coi-do-covid-19-duoc-cham-lo.amount"),
    },
    "03-phuong-phung-chi-kien-btxh": {("sum.parts", "btxh_hang_thang.value")},
    "05-xa-tan-binh-covid": {
        ("number.grouping", "covid_ngheo@ho_ngheo@dot_2.amount"),
        ("date.line_after_document", "covid_lao_dong@dot_1"),
        ("norm.amount", "covid_ncc.amount"),
        ("norm.fewer_months", "covid_btxh.amount"),
    },
    "07-xa-long-tan-27-7": {("number.grouping", "qua_27_7@xa.rate")},
    "09-xa-dong-loc-qua-418": set(),
    "11-phuong-quan-1-9-thang": set(),
    "13-huyen-thanh-liem-6-thang": set(),
    "15-huyen-yen-the-nam-2018": {
        ("sum.parts", "chuc_tho.value"),
        ("amount.implausible", "bao_hiem/chi-tra-bao-hiem-xa-hoi.amount"),
    },
    "17-tinh-hau-giang-6-thang": set(),
    "19-tinh-lam-dong-nam-2020": set(),
    "21-tinh-phu-tho-nha-tam": set(),
    "23-tinh-ha-nam-bao-hiem": {
        ("share.denominators", "bhtn_tham_gia.value/luc luong lao dong"),
    },
    "25-ca-nuoc-6-thang-2018": set(),
}


def named(path: Path) -> str:
    return path.name


def examined(folder: Path) -> Examined:
    return examine(Source((folder / "input.json").read_bytes()))


@pytest.mark.parametrize("folder", CASES, ids=named)
def test_a_published_report_is_accused_of_its_faults_and_of_nothing_else(folder: Path) -> None:
    found = examined(folder).findings
    accused = [(f.code, f.about or f.where) for f in found if f.severity != NOTE]
    assert sorted(accused) == sorted(FAULTS[folder.name])


@pytest.mark.parametrize("folder", CASES, ids=named)
def test_a_published_report_gives_its_findings_whole(
    folder: Path, golden: Callable[[Path, str], None]
) -> None:
    records = [finding_record(finding) for finding in examined(folder).findings]
    text = json.dumps(json.loads(to_json(records)), ensure_ascii=False, indent=1) + "\n"
    golden(folder / "expected.json", text)


@pytest.mark.parametrize("folder", CASES, ids=named)
def test_a_case_from_either_door_has_the_same_findings(folder: Path) -> None:
    by_json = examined(folder)
    assert by_json.kind is not None
    book = make_form(by_json.kind, read_input((folder / "input.json").read_bytes()))
    by_book = examine(Source(book))
    assert {f.id for f in by_book.findings if not f.code.startswith("row.")} == {
        f.id for f in by_json.findings
    }
