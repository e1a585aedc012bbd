"""What Nghị định 30/2020/NĐ-CP, Phụ lục VI, phần II asks to be told of a paper and its dossier.

Mục I is of an outgoing paper (văn bản đi), mục III of the dossier (hồ sơ). None is what the
archive was not told. As JSON in bags, and as the XML that phần I, mục III.4.g asks for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from archive.records import ATTACHED, DOCUMENT, Record
from archive.retention import day_of

Fields = Mapping[str, Any]

LONGEST: Mapping[str, int] = {
    "OrganId": 13, "FileCatalog": 4, "FileNotation": 20, "DocOrdinal": 3, "TypeName": 100,
    "CodeNumber": 11, "CodeNotation": 30, "IssuedDate": 10, "OrganName": 200, "Subject": 500,
    "PageAmount": 3, "Description": 500, "Position": 100, "FullName": 50, "Priority": 1,
    "IssuedAmount": 3, "DueDate": 10, "Title": 500, "Maintenance": 30, "Rights": 30,
    "Creator": 30, "StartDate": 10, "EndDate": 10, "DocTotal": 4, "PageTotal": 4,
}  # fmt: skip
"""Characters; Language has 30 on a paper and 50 on a dossier."""
_TYPE_NAME, _LANGUAGE = "Báo cáo", "Tiếng Việt"


def outgoing(record: Record, recipients: Sequence[str]) -> Fields:
    """Return the sixteen fields of the paper that a report was issued as."""
    paper = record.paper
    return {
        "FileCode": _file_code(record),
        "DocOrdinal": None,
        "TypeName": _TYPE_NAME,
        "CodeNumber": paper.number or None,
        "CodeNotation": paper.notation or None,
        "IssuedDate": paper.issued_on and paper.issued_on.isoformat(),
        "OrganName": _fitting("OrganName", record.unit),
        "Subject": paper.subject or None,
        "Language": _LANGUAGE,
        "PageAmount": None,
        "Description": None,
        "SignerInfo": {
            "Position": paper.signer_title or None,
            "FullName": paper.signer_name or None,
        },
        "To": [{"OrganId": None, "OrganName": _fitting("OrganName", name)} for name in recipients],
        "Priority": None,
        "IssuedAmount": None,
        "DueDate": None,
    }  # fmt: skip


def dossier(record: Record) -> Fields:
    """Return the eleven fields of the dossier that a report is kept in, one for each report."""
    papers = [ref for ref in record.files if ref.role in (DOCUMENT, *ATTACHED)]
    until, closed = record.retention.until, record.paper.issued_on
    return {
        "FileCode": _file_code(record),
        "Title": _fitting("Title", f"{record.paper.subject or _TYPE_NAME} ({record.period}), {record.unit}"),
        "Maintenance": f"đến hết năm {until.year - 1}" if until else "vĩnh viễn",
        "Rights": None,
        "Creator": _fitting("Creator", record.by),
        "Language": _LANGUAGE,
        "StartDate": day_of(record.at).isoformat(),
        "EndDate": closed and closed.isoformat(),
        "DocTotal": 0 if record.removed else len(papers),
        "PageTotal": None,
        "Description": None,
    }  # fmt: skip


def as_xml(record: Record, recipients: Sequence[str]) -> bytes:
    """Return the dossier's fields and within it the paper's; what is not known is empty."""
    root = ET.Element("Dossier", {"basis": "Nghị định 30/2020/NĐ-CP, Phụ lục VI, phần II"})
    _fill(root, dossier(record))
    _fill(ET.SubElement(root, "Document"), outgoing(record, recipients))
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _file_code(record: Record) -> Fields:
    year = (record.paper.issued_on or day_of(record.at)).year
    return {"OrganId": None, "FileCatalog": year, "FileNotation": None}


def _fitting(name: str, text: str) -> str:
    """The text, and a mark where it had to be cut."""
    longest = LONGEST[name]
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _fill(element: ET.Element, fields: Fields) -> None:
    for name, value in fields.items():
        for one in value if isinstance(value, list) else [value]:
            child = ET.SubElement(element, name)
            if isinstance(one, Mapping):
                _fill(child, one)
            elif one is not None:
                child.text = str(one)
