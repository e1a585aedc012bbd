"""Every folder of fixtures: what is accepted gives its figures, what is rejected its findings."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from generators.pipeline import Examined, Source, examine, generate
from generators.wire import Record, figure_record, finding_record, to_json

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
ACCEPTED = sorted(path for path in (FIXTURES / "accepted").iterdir() if path.is_dir())
REJECTED = sorted(path for path in (FIXTURES / "rejected").iterdir() if path.is_dir())
Golden = Callable[[Path, str], None]


def named(path: Path) -> str:
    return path.name


def examined(folder: Path, name: str) -> Examined:
    pictures = {path.name: path.read_bytes() for path in folder.glob("*.png")}
    return examine(Source((folder / name).read_bytes(), pictures))


@pytest.mark.parametrize("folder", ACCEPTED, ids=named)
def test_an_accepted_report_has_nothing_to_object_to(folder: Path) -> None:
    assert examined(folder, "input.json").findings == ()
    assert examined(folder, "input.xlsx").findings == ()


@pytest.mark.parametrize("folder", ACCEPTED, ids=named)
def test_both_doors_give_the_same_bytes(folder: Path) -> None:
    assert generate(examined(folder, "input.json")) == generate(examined(folder, "input.xlsx"))


@pytest.mark.parametrize("folder", ACCEPTED, ids=named)
def test_an_accepted_report_gives_its_figures(folder: Path, golden: Golden) -> None:
    figures = [
        figure_record(figure) for figure in examined(folder, "input.json").figures.values()
    ]
    golden(folder / "figures.json", pretty(figures))


@pytest.mark.parametrize("folder", REJECTED, ids=named)
def test_a_rejected_report_is_told_why(folder: Path, golden: Golden) -> None:
    (path,) = folder.glob("input.*")
    found = examined(folder, path.name)
    golden(
        folder / "expected.json",
        pretty([finding_record(finding) for finding in found.findings]),
    )
    assert found.stopped
    if "." in folder.name:
        assert folder.name.split("-")[0] in {finding.code for finding in found.findings}


@pytest.mark.parametrize("folder", REJECTED, ids=named)
def test_a_rejected_report_makes_no_document(folder: Path) -> None:
    (path,) = folder.glob("input.*")
    with pytest.raises(ValueError, match="a report with errors has no document"):
        generate(examined(folder, path.name))


def test_phuc_loi_comes_to_the_sums_of_its_rows() -> None:
    figures = examined(FIXTURES / "accepted" / "phuc-loi-2020", "input.xlsx").figures
    assert (
        int(figures["tong_qua_tet.value"].quantity.value) == 249 + 283 + 146 + 478 + 98 == 1254
    )
    assert int(figures["tong_qua_tet.amount"].quantity.value) == 633_200_000
    assert figures["tong_qua_tet.value"].where == ""


def pretty(records: Sequence[Record]) -> str:
    return json.dumps(json.loads(to_json(records)), ensure_ascii=False, indent=1) + "\n"
