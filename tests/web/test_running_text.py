"""Numbers as links in the running text: every one that the document prints."""

from __future__ import annotations

import re

import pytest

from generators.pipeline import Source, as_portal_text, examine, generate, read_trace
from tests.building import ROOT
from web.desk.running_text import linked_text


@pytest.mark.parametrize("kind", ["ban-tin-6-thang", "bao-cao-6-thang"])
@pytest.mark.parametrize("name", ["phuc-loi-2020", "dong-loc-2026"])
def test_every_printed_number_is_a_link_to_how_it_was_made(name: str, kind: str) -> None:
    data = (ROOT / f"fixtures/accepted/{name}/input.json").read_bytes()
    data = re.sub(rb'"kind": *"[^"]*"', f'"kind": "{kind}"'.encode(), data, count=1)
    document = generate(examine(Source(data)))
    trace = read_trace(document)
    assert trace
    html, marked = linked_text(
        as_portal_text(document).marked, trace, (), lambda id_: f"/how/{id_}"
    )
    links = re.findall(r'href="/how/([^"]+)" title="[^"]+">([^<]+)</a>', html)
    places = [one for one in trace.places if one.bookmark]
    assert places
    assert sorted(links) == sorted((one.figure, one.text) for one in places)
    anchors = re.findall(r'<a id="so-([^"]+)" href', html)
    assert sorted(anchors) == sorted({one.figure for one in places})
    assert marked == []
