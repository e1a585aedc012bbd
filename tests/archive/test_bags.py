"""Bags: what is handed over, and that a program which is not ours can verify it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.bags import export_bag
from archive.keeping import Archive
from archive.records import DATA, DOCUMENT, ArchiveFault, KeptFile, Missing
from tests.archive.keeping import (
    BY,
    DOCX,
    JSON,
    PAPER,
    as_json,
    correction,
    deposit,
    docx,
    issue,
    kept,
)
from tests.archive.test_backup import LONG_AFTER, log_of, tree


def validates(bag: Path) -> bool:
    """Whether bagit, as a program of its own, finds the bag whole."""
    command = [sys.executable, "-m", "bagit", "--validate", "--quiet", str(bag)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


@pytest.fixture
def bag(archive: Archive, tmp_path: Path) -> Path:
    records = kept(archive, (deposit(1), deposit(2)))
    return export_bag(archive, [one.id for one in records], tmp_path / "bag")


def test_bagit_alone_verifies_a_bag(bag: Path) -> None:
    assert validates(bag)


@pytest.mark.parametrize(
    "name",
    ["metadata.json", "metadata.xml", "01-input-so-lieu.json", "07-document-bao-cao.docx"],
)
def test_bagit_alone_sees_one_byte_changed(bag: Path, name: str) -> None:
    path = sorted(bag.glob(f"data/*/{name}"))[0]
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert not validates(bag)


def test_bagit_alone_misses_a_file_and_sees_one_too_many(bag: Path) -> None:
    path = sorted(bag.glob("data/*/metadata.json"))[0]
    data = path.read_bytes()
    path.unlink()
    assert not validates(bag)
    path.write_bytes(data)
    assert validates(bag)
    (path.parent / "more.txt").write_text("x")
    assert not validates(bag)


def test_a_bag_holds_the_files_as_they_were_kept(either: Archive, tmp_path: Path) -> None:
    record, _ = either.keep(deposit(1))
    export_bag(either, [record.id, record.id], tmp_path / "bag")
    held = tree(tmp_path / "bag" / "data" / record.id)
    told = json.loads(held.pop("metadata.json"))
    held.pop("metadata.xml")
    assert held == {
        f"{number:02}-{ref.role}-{name}": either.read(ref)
        for number, (ref, name) in enumerate(zip(record.files, (
            "so-lieu.json", "template.docx", "kind.toml", "data.json", "figures.json",
            "acknowledgements.json", "bao-cao.docx"), strict=True), 1)
    }  # fmt: skip
    assert {file["path"]: file["sha256"] for file in told["files"]} == {
        name: ref.sha256 for name, ref in zip(sorted(held), record.files, strict=True)
    }


def test_a_bag_says_whose_it_is_and_what_is_in_it(bag: Path, archive: Archive) -> None:
    told = (bag / "bag-info.txt").read_text(encoding="utf-8").splitlines()
    ids = {path.name for path in (bag / "data").iterdir()}
    assert [
        line for line in told if not line.startswith(("Bag-Software-Agent", "External-"))
    ] == [
        f"Bagging-Date: {datetime.now(UTC).date().isoformat()}",
        next(line for line in told if line.startswith("Payload-Oxum: ")),
        "Source-Organization: phường Thử 1, quận Long Biên, thành phố Hà Nội",
        "Source-Organization: phường Thử 2, quận Long Biên, thành phố Hà Nội",
    ]
    assert {line for line in told if line.startswith("External-")} == {
        f"External-Identifier: {one}" for one in ids
    }
    assert len(ids) == 2
    assert {path.name for path in bag.iterdir()} == {
        "bag-info.txt", "bagit.txt", "data", "manifest-sha256.txt", "tagmanifest-sha256.txt",
    }  # fmt: skip


def test_what_is_known_of_a_report_goes_with_it(either: Archive, tmp_path: Path) -> None:
    data = as_json({"document": {"recipients": ["Sở Nội vụ", "Sở Y tế"]}})
    plain = deposit(1)
    files = tuple(KeptFile(f.role, f.name, f.media_type, data) if f.role == DATA else f
                  for f in plain.files)  # fmt: skip
    first, _ = either.keep(deposit(1, files=files))
    issue(either, first.id, PAPER, BY)
    second, _ = either.keep(correction(1, first, 251))
    either.hold(first.id, "thanh tra", BY)
    export_bag(either, [first.id, second.id], tmp_path / "bag")
    told, new = (json.loads((tmp_path / "bag/data" / one.id / "metadata.json").read_text("utf-8"))
                 for one in (first, second))  # fmt: skip
    assert told["paper"] == {
        "FileCode": {"OrganId": None, "FileCatalog": 2020, "FileNotation": None},
        "DocOrdinal": None, "TypeName": "Báo cáo", "CodeNumber": "34", "CodeNotation": "BC-UBND",
        "IssuedDate": "2020-08-03", "OrganName": "phường Thử 1",
        "Subject": "Kết quả công tác 6 tháng đầu năm 2020", "Language": "Tiếng Việt",
        "PageAmount": None, "Description": None,
        "SignerInfo": {"Position": "CHỦ TỊCH", "FullName": "Trần Văn Hòa"},
        "To": [{"OrganId": None, "OrganName": "Sở Nội vụ"}, {"OrganId": None, "OrganName": "Sở Y tế"}],
        "Priority": None, "IssuedAmount": None, "DueDate": None,
    }  # fmt: skip
    kept_ = either.record(first.id).retention
    assert kept_.until
    assert told["retention"] == {
        "until": kept_.until.isoformat(), "basis": kept_.basis, "hold": "thanh tra",
    }  # fmt: skip
    assert told["figures"] == [
        {
            "id": "qua_tet.value",
            "label": "Quà Tết",
            "value": "249",
            "hedge": "",
            "unit": "người",
        }
    ]
    assert [(entry["action"], entry["hash"]) for entry in told["audit"]] == [
        (entry.action, entry.hash) for entry in log_of(either) if entry.report_id == first.id
    ]
    assert (new["record"]["replaces"], new["record"]["version"]) == (first.id, 2)
    assert new["changes"] == [
        {
            "id": "qua_tet.value",
            "label": "Quà Tết",
            "before": "249",
            "after": "251",
            "unit": "người",
        }
    ]


def test_names_that_would_do_harm_are_plain_in_the_bag(
    archive: Archive, tmp_path: Path
) -> None:
    names = (
        "../../etc/passwd",
        "Số liệu\n\x00\x1b[2J.xlsx",
        "a" * 300 + ".docx",
        "",
        "....",
        "CON",
        "Báo cáo.DOCX",
    )
    plain = deposit(1)
    files = tuple(KeptFile(file.role, name, file.media_type, file.data)
                  for file, name in zip(plain.files, names, strict=True))  # fmt: skip
    record, _ = archive.keep(deposit(1, files=files, unit="phường Thử\r\nBag-Size: 1"))
    bag = export_bag(archive, [record.id], tmp_path / "bag")
    held = sorted(path.name for path in (bag / "data" / record.id).iterdir())
    assert held == [
        "01-input-passwd", "02-template-so-lieu-2j.xlsx", f"03-kind-{'a' * 60}.docx", "04-data-tep",
        "05-figures-tep", "06-findings-con", "07-document-bao-cao.docx", "metadata.json",
        "metadata.xml",
    ]  # fmt: skip
    assert all(re.fullmatch(r"[a-z0-9.-]{1,100}", name) for name in held)
    assert validates(bag)
    info = (bag / "bag-info.txt").read_text(encoding="utf-8")
    assert "Source-Organization: phường Thử Bag-Size: 1, quận Long Biên" in info


def test_a_removed_report_goes_as_what_is_known_of_it(archive: Archive, tmp_path: Path) -> None:
    record, _ = archive.keep(deposit(1))
    archive.remove(record.id, BY, LONG_AFTER)
    bag = export_bag(archive, [record.id], tmp_path / "bag")
    held = tree(bag / "data" / record.id)
    told = json.loads(held.pop("metadata.json"))
    held.pop("metadata.xml")
    assert held == {}
    assert {file["path"] for file in told["files"]} == {None}
    assert told["record"]["removed"]
    assert validates(bag)


# ---------------------------------------------------------------- whole or not at all


def test_a_bag_is_never_written_over_another(archive: Archive, bag: Path) -> None:
    before = tree(bag)
    with pytest.raises(ArchiveFault, match=r"^Đã có .*bag\. Hãy chọn thư mục mới\.$"):
        export_bag(archive, [path.name for path in (bag / "data").iterdir()], bag)
    assert tree(bag) == before


def test_a_report_nobody_knows_or_a_lost_file_leaves_no_bag(
    archive: Archive, tmp_path: Path
) -> None:
    document = docx("x")
    record, _ = archive.keep(deposit(1, files=(KeptFile(DOCUMENT, "a.docx", DOCX, document),
                                               KeptFile(DATA, "data.json", JSON, b"[]"))))  # fmt: skip
    (tmp_path / "to").mkdir()
    with pytest.raises(Missing):
        export_bag(archive, [record.id, "x"], tmp_path / "to/bag")
    archive.files.drop(record.file(DOCUMENT).sha256)
    with pytest.raises(Missing):
        export_bag(archive, [record.id], tmp_path / "to/bag")
    assert list((tmp_path / "to").iterdir()) == []


def test_a_bag_is_made_where_one_stands(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record, _ = archive.keep(deposit(1))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    export_bag(archive, [record.id], Path("bag"))
    assert Path.cwd() == tmp_path / "here"
    assert [path.name for path in (tmp_path / "here").iterdir()] == ["bag"]
    assert validates(tmp_path / "here/bag")
