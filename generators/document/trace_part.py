"""Where the trace stands in a document's package: a custom XML part of the main document.

ECMA-376 part 1, 15.2.5 and 15.2.6: the part, its properties with an id for its store, and the
relations that lead there. The program that edits the document keeps the part as it is.
"""

from __future__ import annotations

import re
from itertools import count

from generators.document.evidence import NAMESPACE

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_STORE = "{5C0B6E5A-3F0D-4D0E-9C55-0E1B7A2F6D11}"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ITEM = re.compile(r"customXml/item(\d+)\.xml")


def make_room(members: dict[str, bytes], relations: str, types: str) -> str:
    """Add to `members` all that a trace needs beside it; return the name of its part.

    `relations` and `types` name the main document's relations and the content types. The
    trace of a report that was made into this template is taken out first.
    """
    for name in [name for name in members if _ITEM.fullmatch(name)]:
        if NAMESPACE.encode() in members[name]:
            _take_out(members, name, relations, types)
    number = next(n for n in count(1) if not _is_taken(members, n))
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    members[properties] = _properties()
    members[_relations_of(item)] = _own_relations(f"itemProps{number}.xml")
    members[relations] = _before_end(
        members[relations], "</Relationships>",
        f'<Relationship Id="{_free_id(members[relations])}" '
        f'Type="{_OFFICE}/relationships/customXml" Target="../{item}"/>')  # fmt: skip
    members[types] = _before_end(
        members[types], "</Types>",
        f'<Override PartName="/{item}" ContentType="application/xml"/>'
        f'<Override PartName="/{properties}" ContentType="{_PROPERTIES}"/>')  # fmt: skip
    return item


def _is_taken(members: dict[str, bytes], number: int) -> bool:
    item = f"customXml/item{number}.xml"
    names = (item, f"customXml/itemProps{number}.xml", _relations_of(item))
    return any(name in members for name in names)


def _relations_of(item: str) -> str:
    return item.replace("/", "/_rels/") + ".rels"


def _free_id(relations: bytes) -> str:
    return next(
        id_ for n in count(1) if f'"{(id_ := f"rIdTrace{n}")}"'.encode() not in relations
    )


def _before_end(xml: bytes, end: str, added: str) -> bytes:
    return xml.replace(end.encode(), (added + end).encode())


def _properties() -> bytes:
    return (
        f'{_HEAD}<ds:datastoreItem ds:itemID="{_STORE}" xmlns:ds="{_OFFICE}/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs>'
        "</ds:datastoreItem>"
    ).encode()


def _own_relations(target: str) -> bytes:
    return (
        f'{_HEAD}<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/relationships/customXmlProps" Target="{target}"/></Relationships>'
    ).encode()


def _take_out(members: dict[str, bytes], item: str, relations: str, types: str) -> None:
    """Take an older trace out, with its properties and all that leads to them."""
    own = members.pop(_relations_of(item), b"").decode()
    beside = re.findall(r'Target="(?:/customXml/)?([^"/]+)"', own)
    for name in (item, *(f"customXml/{name}" for name in beside)):
        members.pop(name, None)
        members[types] = _without(members[types], "Override", f"/{name}")
        for target in (f"../{name}", f"/{name}"):
            members[relations] = _without(members[relations], "Relationship", target)


def _without(xml: bytes, element: str, value: str) -> bytes:
    """`xml` without the empty elements of this name that have an attribute of this value."""
    return re.sub(rf'<{element} [^>]*"{re.escape(value)}"[^>]*/>'.encode(), b"", xml)
