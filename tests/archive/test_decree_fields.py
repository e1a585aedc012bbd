"""The decree's fields of a paper and its dossier: their names, their lengths, their XML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from archive.bags import export_bag
from archive.decree_fields import LONGEST, as_xml, dossier, outgoing
from archive.keeping import Archive
from archive.records import SIGNED, KeptFile
from tests.archive.keeping import BY, PAPER, deposit, issue
from tests.building import ROOT

PL6 = ROOT.parent / "shared" / "domain" / "nd30" / "pl6.md"


def leaves(fields: Any) -> Iterator[tuple[str, Any]]:
    for name, value in fields.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping):
                yield from leaves(one)
            else:
                yield name, one


def test_a_paper_and_its_dossier_are_told_as_xml(archive: Archive, tmp_path: Path) -> None:
    record, _ = archive.keep(deposit(1))
    issue(archive, record.id, PAPER, BY)
    signed = KeptFile(SIGNED, "34-BC-UBND.pdf", "application/pdf", b"%PDF-")
    record = archive.attach(record.id, signed, BY)
    export_bag(archive, [record.id], tmp_path / "bag")
    xml = (tmp_path / f"bag/data/{record.id}/metadata.xml").read_text(encoding="utf-8")
    today = f"{datetime.now(UTC).astimezone():%Y-%m-%d}"
    assert record.at.date().isoformat()[:7] == today[:7]
    assert xml.splitlines()[:10] == [
        "<?xml version='1.0' encoding='UTF-8'?>",
        '<Dossier basis="Nghị định 30/2020/NĐ-CP, Phụ lục VI, phần II">',
        "  <FileCode>",
        "    <OrganId />",
        "    <FileCatalog>2020</FileCatalog>",
        "    <FileNotation />",
        "  </FileCode>",
        "  <Title>Kết quả công tác 6 tháng đầu năm 2020 (2020S1), phường Thử 1</Title>",
        f"  <Maintenance>đến hết năm {until(record.retention.until)}</Maintenance>",
        "  <Rights />",
    ]
    root = ET.fromstring(xml)
    assert {name: root.findtext(name) for name in ("Creator", "EndDate", "DocTotal")} == {
        "Creator": BY, "EndDate": "2020-08-03", "DocTotal": "2",
    }  # fmt: skip
    paper = root.find("Document")
    assert paper is not None
    assert {one.tag: one.text for one in paper if one.text and one.text.strip()} == {
        "TypeName": "Báo cáo", "CodeNumber": "34", "CodeNotation": "BC-UBND",
        "IssuedDate": "2020-08-03", "OrganName": "phường Thử 1", "Language": "Tiếng Việt",
        "Subject": PAPER.subject,
    }  # fmt: skip
    assert (paper.findtext("SignerInfo/Position"), paper.findtext("SignerInfo/FullName")) == (
        "CHỦ TỊCH", "Trần Văn Hòa",
    )  # fmt: skip
    told = json.loads((tmp_path / f"bag/data/{record.id}/metadata.json").read_text("utf-8"))
    assert (told["paper"], told["dossier"]) == (outgoing(record, ()), dossier(record))


def until(day: date | None) -> int:
    assert day
    return day.year - 1


def test_nothing_is_longer_than_the_decree_lets_it_be(archive: Archive) -> None:
    long = deposit(1, unit="phường " + "x" * 190, by="Nguyễn " * 25)
    record, _ = archive.keep(long)
    told = [*leaves(outgoing(record, ["Sở " * 100])), *leaves(dossier(record))]
    assert [(name, one) for name, one in told
            if name != "Language" and one is not None and len(str(one)) > LONGEST[name]] == []  # fmt: skip
    cut = dict(leaves(dossier(record)))["Creator"]
    assert (len(cut), cut[-1]) == (30, "…")
    assert b"\xe2\x80\xa6</OrganName>" in as_xml(record, ["Sở " * 100])


def test_the_lengths_are_the_decrees() -> None:
    """Held against the decree's own table where it lies beside the project."""
    names = {name for name, _ in leaves(outgoing_of_nobody())}
    assert names <= {*LONGEST, "Language"}
    if PL6.exists():
        rows = [line.split("|") for line in PL6.read_text(encoding="utf-8").splitlines()
                if line.startswith("| ") and line.count("|") == 6]  # fmt: skip
        decree = {row[3].strip(): row[5].strip() for row in rows}
        assert {
            name: str(most) for name, most in LONGEST.items() if decree.get(name) != str(most)
        } == {}


def outgoing_of_nobody() -> Mapping[str, Any]:
    from tests.archive.keeping import fresh, in_memory

    with in_memory() as folder:
        archive = fresh(folder)
        record, _ = archive.keep(deposit(1))
        archive.database.close()
    return {**outgoing(record, ["x"]), "dossier": dossier(record)}
