"""A finding has one id, through whichever door the data came: each fixture, as JSON and as a form."""

from __future__ import annotations

from pathlib import Path

import pytest

from generators.model import Finding
from generators.pipeline import KINDS, Examined, Source, examine, make_form, read_input
from tests.building import ROOT

OF_CHECKS = (
    "sum.",
    "rate.",
    "norm.",
    "change.",
    "share.",
    "unit.",
    "amount.",
    "value.",
    "figure.",
)
RAISING = sorted(  # what checks find in lines, the published reports show: test_cases
    path for path in (ROOT / "fixtures" / "findings").glob("*/raises.json")
    if not path.parent.name.startswith(OF_CHECKS)
)  # fmt: skip
OF_ONE_DOOR = ("json.", "file.", "cell.", "row.", "column.", "sheet.", "workbook.", "info.")
SAID_BY_JSON_ALONE = {  # what a form cannot say, or says as something else
    "line.empty", "line.status_and_number", "line.too_deep", "line.two_statuses",
    "line.unknown_code", "line.unknown_section", "line.unknown_status", "number.blank",
    "story.no_name", "text.unknown_place",
}  # fmt: skip


def both(path: Path) -> tuple[Examined, Examined] | None:
    """The payload as it is and as a form that says the same; None where it has no kind."""
    data = path.read_bytes()
    pictures = {each.name: each.read_bytes() for each in path.parent.glob("*.png")}
    own = path.parent / "kinds"
    root = own if own.exists() else KINDS
    by_json = examine(Source(data, pictures, by="Trần Thị Bình"), root)
    if by_json.kind is None:
        return None
    book = make_form(by_json.kind, read_input(data, root))
    return by_json, examine(Source(book, pictures, by="Trần Thị Bình"), root)


def by_code(examined: Examined) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for finding in examined.findings:
        if not is_of_one_door(finding):
            found.setdefault(finding.code, set()).add(finding.id)
    return found


def is_of_one_door(finding: Finding) -> bool:
    return finding.code.startswith(OF_ONE_DOOR)


@pytest.mark.parametrize("path", RAISING, ids=lambda path: path.parent.name)
def test_a_finding_has_the_same_id_through_both_doors(path: Path) -> None:
    examined = both(path)
    if examined is None:
        assert path.parent.name.startswith(("kind.", "json.", "file.", "data."))
        return
    ids, of_form = by_code(examined[0]), by_code(examined[1])
    own = path.parent.name
    assert set(ids) - set(of_form) == ({own} if own in SAID_BY_JSON_ALONE else set())
    shared = set(ids) & set(of_form)
    assert {code: ids[code] for code in shared} == {code: of_form[code] for code in shared}
    assert [
        f for one in examined for f in one.findings if not (f.about or is_of_one_door(f))
    ] == []
