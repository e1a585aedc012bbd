"""The trace of a document as XML: a part of its own in the file, written and read back.

One element a fact, each with attributes only; numbers are exact, with a point before the
decimals; ids in ``from`` are parted by spaces, for an id has none.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree

from markupsafe import escape

from generators.model import HEDGES, Acknowledgement, Figure, OrgUnit, Period, Quantity
from generators.origins import Correction, Origin
from generators.trace import OpenFinding, Place, Trace

NAMESPACE = "urn:bao-cao-an-sinh:trace:1"
LARGEST = 32 * 2**20  # bytes of XML, of one part
_PART = re.compile(r"customXml/[^/]+\.xml")
_MOST_PARTS = 100
_NUMBER = re.compile(r"-?[0-9]{1,60}(\.[0-9]{1,60})?")
_SPECIAL = re.compile("[&<>\"'\n\r\t]").search
_BREAKS = str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
_Element = ElementTree.Element
_SOURCE = '<source name="%s" sha256="%s"/>'
_CORRECTION = '<correction place="%s" text="%s"/>'
_TYPED = '<correction place="%s" text="%s" by="%s"/>'
_TEMPLATE = '<template sha256="%s"/>'
_REPORT = '<report kind="%s" period="%s" from="%s" to="%s"/>'
_UNIT, _WITHIN = '<unit name="%s"/>', '<within name="%s"/>'
_FIGURE = '<figure id="%s" label="%s" value="%s" hedge="%s" unit="%s" rule="%s" where="%s" from="%s"/>'
_PLACE = '<place bookmark="%s" figure="%s" text="%s"/>'
_FINDING = '<finding id="%s" code="%s" severity="%s" where="%s" message="%s"/>'
_ACKNOWLEDGEMENT = '<acknowledgement finding="%s" reason="%s" by="%s" where="%s"/>'


# ---------------------------------------------------------------- written


def write_trace(trace: Trace) -> bytes:
    """Return `trace` as the XML of its part, UTF-8."""
    told = "\n".join(_elements(trace))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<trace xmlns="{NAMESPACE}">\n{told}\n</trace>'.encode()


def _elements(trace: Trace) -> Iterator[str]:
    yield _SOURCE % _quoted(trace.origin.name, trace.origin.sha256)
    for typed in trace.origin.corrections:
        yield _correction(typed)
    yield _TEMPLATE % _quoted(trace.template)
    if trace.period:
        start, end = trace.period.start.isoformat(), trace.period.end.isoformat()
        yield _REPORT % _quoted(trace.kind, trace.period.id, start, end)
    yield _UNIT % _quoted(trace.org_unit.name)
    for name in trace.org_unit.within:
        yield _WITHIN % _quoted(name)
    yield from map(_figure, trace.figures)
    for place in trace.places:
        yield _PLACE % _quoted(place.bookmark, place.figure, place.text)
    for found in trace.findings:
        yield _FINDING % _quoted(
            found.id, found.code, found.severity, found.where, found.message
        )
    for row in trace.acknowledgements:
        yield _ACKNOWLEDGEMENT % _quoted(row.finding, row.reason, row.by, row.where)


def _correction(typed: Correction) -> str:
    if not typed.by:
        return _CORRECTION % _quoted(typed.place, typed.text)
    return _TYPED % _quoted(typed.place, typed.text, typed.by)


def _figure(figure: Figure) -> str:
    told, made_from = figure.quantity, " ".join(figure.made_from)
    return _FIGURE % _quoted(figure.id, figure.label, f"{told.value:f}", told.hedge, figure.unit,
                             figure.rule, figure.where, made_from)  # fmt: skip


def _quoted(*facts: str) -> tuple[str, ...]:
    if not _SPECIAL(" ".join(facts)):
        return facts
    return tuple(str(escape(fact)).translate(_BREAKS) for fact in facts)


# ---------------------------------------------------------------- read back


def read_trace(document: bytes) -> Trace | None:
    """Return the trace that a .docx carries; None where it has none that can be read.

    The part is known by its namespace: other programs give it another name.
    """
    try:
        with zipfile.ZipFile(BytesIO(document)) as archive:
            found = map(_read_part, _parts(archive))
            return next((trace for trace in found if trace), None)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        EOFError,
        OSError,
        RuntimeError,
    ):
        return None


def _parts(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """The parts that may be a trace, each no larger than a trace can be."""
    names = [info.filename for info in archive.infolist() if _PART.fullmatch(info.filename)]
    for name in names[:_MOST_PARTS]:
        with archive.open(name) as part:
            data = part.read(LARGEST + 1)
        if len(data) <= LARGEST and NAMESPACE.encode() in data:
            yield data


def _read_part(data: bytes) -> Trace | None:
    try:
        text = data.decode("utf-8-sig")
        if "<!DOCTYPE" in text:
            return None
        root = ElementTree.fromstring(text)
        return _read_root(root) if root.tag == f"{{{NAMESPACE}}}trace" else None
    except (ElementTree.ParseError, ValueError):
        return None


def _read_root(root: _Element) -> Trace:
    """The trace that `root` tells; ValueError where a fact in it is none."""
    report = root.find(f"{{{NAMESPACE}}}report")
    (source,), (template,), (unit,) = (_all(root, n) for n in ("source", "template", "unit"))
    typed = tuple(
        Correction(_fact(e, "place"), _fact(e, "text"), e.get("by", ""))
        for e in _all(root, "correction")
    )
    return Trace(
        origin=Origin(_fact(source, "name"), _fact(source, "sha256"), typed),
        template=_fact(template, "sha256"),
        kind="" if report is None else _fact(report, "kind"),
        period=None if report is None else _read_period(report),
        org_unit=OrgUnit(_fact(unit, "name"), tuple(_fact(e, "name") for e in _all(root, "within"))),
        figures=tuple(map(_read_figure, _all(root, "figure"))),
        places=tuple(Place(*_facts(e, "bookmark", "figure", "text")) for e in _all(root, "place")),
        findings=tuple(OpenFinding(*_facts(e, "id", "code", "severity", "where", "message"))
                       for e in _all(root, "finding")),
        acknowledgements=tuple(Acknowledgement(*_facts(e, "finding", "reason", "by", "where"))
                               for e in _all(root, "acknowledgement")),
    )  # fmt: skip


def _read_period(report: _Element) -> Period:
    first, last = (date.fromisoformat(day) for day in _facts(report, "from", "to"))
    return Period(_fact(report, "period"), first, last)


def _read_figure(told: _Element) -> Figure:
    number, hedge = _facts(told, "value", "hedge")
    if not _NUMBER.fullmatch(number) or (hedge and hedge not in HEDGES):
        raise ValueError(f"not a figure: {hedge} {number}")
    id_, label, unit, rule, where = _facts(told, "id", "label", "unit", "rule", "where")
    made_from = tuple(_fact(told, "from").split())
    quantity = Quantity(Decimal(number), hedge, where)
    return Figure(id_, label, quantity, unit, rule, made_from, where)


def _all(root: _Element, name: str) -> list[_Element]:
    return root.findall(f"{{{NAMESPACE}}}{name}")


def _facts(element: _Element, *names: str) -> list[str]:
    return [_fact(element, name) for name in names]


def _fact(element: _Element, name: str) -> str:
    return element.get(name, "")
