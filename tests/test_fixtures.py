"""Every folder of fixtures: what is accepted gives its figures, what raises a finding tells it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from archive.issued_figures import thaw
from archive.plain_tables import read_table
from generators.model import ERROR, NOTE, Finding
from generators.origins import Correction
from generators.pipeline import KINDS, Examined, Source, examine, generate
from generators.wire import Record, figure_record, finding_record, to_json
from tests.document.making import all_but_trace
from tests.finding_codes import codes_in, sources
from tests.sending import findings_of_request

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
ACCEPTED = sorted(path for path in (FIXTURES / "accepted").iterdir() if path.is_dir())
RAISING = sorted((FIXTURES / "findings").glob("*/raises.*"))
NEARLY = sorted((FIXTURES / "findings").glob("*/nearly.*"))
BY = "Trần Thị Bình"  # who acknowledges, where a fixture does not say otherwise
Golden = Callable[[Path, str], None]


def named(path: Path) -> str:
    return path.name


def is_request(path: Path) -> bool:
    return path.name.endswith(".http.json")


def is_table(path: Path) -> bool:
    return path.suffix == ".csv"


def str_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def examined(folder: Path, name: str) -> Examined:
    pictures = {path.name: path.read_bytes() for path in folder.glob("*.png")}
    return examine(Source((folder / name).read_bytes(), pictures))


@pytest.mark.parametrize("folder", ACCEPTED, ids=named)
def test_an_accepted_report_has_nothing_to_object_to(folder: Path) -> None:
    for name in ("input.json", "input.xlsx"):
        found = examined(folder, name)
        assert [finding for finding in found.findings if finding.severity != NOTE] == []
        assert found.may_be_issued


@pytest.mark.parametrize("folder", ACCEPTED, ids=named)
def test_both_doors_give_the_same_document_but_for_where_its_numbers_stood(
    folder: Path,
) -> None:
    by_json, by_excel = (generate(examined(folder, f"input.{end}")) for end in ("json", "xlsx"))
    assert all_but_trace(by_json) == all_but_trace(by_excel)
    assert by_json != by_excel


@pytest.mark.parametrize("folder", ACCEPTED, ids=named)
def test_an_accepted_report_gives_its_figures(folder: Path, golden: Golden) -> None:
    figures = [
        figure_record(figure) for figure in examined(folder, "input.json").figures.values()
    ]
    golden(folder / "figures.json", pretty(figures))


# ---------------------------------------------------------------- findings


def of_folder(path: Path) -> str:
    return path.parent.name


def code_of(path: Path) -> str:
    """The code a folder is named by; "" where the folder is of a published report."""
    return path.parent.name.partition("-")[0] if "." in path.parent.name else ""


def test_every_finding_code_has_a_fixture_that_raises_it_and_one_that_nearly_does() -> None:
    codes = codes_in(sources())
    assert codes == {code for path in RAISING if (code := code_of(path))}
    assert codes == {of_folder(path) for path in NEARLY}


@pytest.mark.parametrize("path", RAISING, ids=of_folder)
def test_what_raises_a_finding_gives_all_that_is_expected(path: Path, golden: Golden) -> None:
    found = findings_of(path)
    golden(path.parent / "expected.json", pretty([finding_record(each) for each in found]))
    assert not code_of(path) or code_of(path) in {finding.code for finding in found}


@pytest.mark.parametrize("path", NEARLY, ids=of_folder)
def test_what_nearly_raises_a_finding_does_not_and_has_no_error(path: Path) -> None:
    found = findings_of(path)
    assert code_of(path) not in {finding.code for finding in found}
    assert [finding for finding in found if finding.severity == ERROR] == []


@pytest.mark.parametrize(
    "path",
    [path for path in (*RAISING, *NEARLY) if not (is_request(path) or is_table(path))],
    ids=str_of,
)
def test_errors_alone_stop_a_document(path: Path) -> None:
    found = examined_beside(path)
    if any(finding.severity == ERROR for finding in found.findings):
        with pytest.raises(ValueError, match="a report with errors has no document"):
            generate(found)
    else:
        assert generate(found).startswith(b"PK")


def findings_of(path: Path) -> Sequence[Finding]:
    if is_table(path):
        table = read_table(path.read_bytes(), path.name, "phường Phúc Lợi, 2025S1")
        return [table] if isinstance(table, Finding) else []
    return findings_of_request(path) if is_request(path) else examined_beside(path).findings


def examined_beside(path: Path) -> Examined:
    """What a fixture holds, with the pictures, kinds, name and year before that stand beside it."""
    folder = path.parent
    beside = folder / "beside.json"
    more = json.loads(beside.read_bytes()) if beside.exists() else {}
    own = more.get(path.name.partition(".")[0], {})
    by, typed = own.get("by", BY), own.get("corrections", {})
    pictures = {each.name: each.read_bytes() for each in folder.glob("*.png")}
    root = folder / "kinds" if (folder / "kinds").exists() else KINDS
    corrections = tuple(Correction(place, text) for place, text in typed.items())
    earlier = folder / f"past.{path.name}"
    past = thaw(earlier.read_bytes()) if earlier.exists() else ()
    source = Source(path.read_bytes(), pictures, by=by, corrections=corrections)
    return examine(source, root, lambda _: past)


def test_phuc_loi_comes_to_the_sums_of_its_rows() -> None:
    figures = examined(FIXTURES / "accepted" / "phuc-loi-2020", "input.xlsx").figures
    assert (
        int(figures["tong_qua_tet.value"].quantity.value) == 249 + 283 + 146 + 478 + 98 == 1254
    )
    assert int(figures["tong_qua_tet.amount"].quantity.value) == 633_200_000
    assert figures["tong_qua_tet.value"].where == ""


def pretty(records: Sequence[Record]) -> str:
    return json.dumps(json.loads(to_json(records)), ensure_ascii=False, indent=1) + "\n"
