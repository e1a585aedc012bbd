"""A document as running text, where no pages can be drawn: its numbers are links, findings have places."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape

from generators.model import Finding
from generators.trace import Place, Trace
from web.desk.sheets import Marked, anchor_of, unplaced

_BOOKMARK = r'<a id="{}"></a>((?:<[^>]+>)*){}'


def linked_text(
    html: str, trace: Trace, findings: Sequence[Finding], how: Callable[[str], str]
) -> tuple[str, list[Marked]]:
    """Return the text with its numbers as links, and the findings with their places in it.

    `html` has an empty ``<a id="…">`` at each bookmark; `how` gives where a figure is explained.
    """
    about = {one.about for one in findings}
    found: dict[str, str] = {}
    for finding in findings:
        html = _with_words(html, finding, found)
    labels = {figure.id: figure.label for figure in trace.figures}
    for place in trace.places:
        html = _with_number(html, place, labels, place.figure in about, found, how)
    return html, [_marked(one, found) for one in findings]


def _with_words(html: str, finding: Finding, found: dict[str, str]) -> str:
    """Mark the words that a finding quotes, the first time they stand there."""
    if not finding.quote:
        return html
    (plain,) = unplaced([finding])
    words = re.escape(escape(finding.quote, quote=False))
    told, times = re.subn(rf"(>[^<]*?)({words})", rf'\1<mark id="{escape(plain.anchor)}">\2 (!)</mark>',
                          html, count=1)  # fmt: skip
    if times:
        found[finding.id] = plain.anchor
    return told


def _with_number(
    html: str, place: Place, labels: Mapping[str, str], is_doubted: bool, found: dict[str, str],
    how: Callable[[str], str],
) -> str:  # fmt: skip
    """Make a link of a number; the first place of its figure has the figure's id."""
    anchor = "" if place.figure in found else f' id="{escape(anchor_of(place.figure))}"'
    text = escape(place.text, quote=False)
    link = (
        f'<a{anchor} href="{escape(how(place.figure))}" title="{escape(labels[place.figure])}">'
        f"{text}{' (!)' if is_doubted else ''}</a>"
    )
    told, times = re.subn(_BOOKMARK.format(re.escape(place.bookmark), re.escape(text)),
                          lambda at: at[1] + link, html, count=1)  # fmt: skip
    if place.bookmark and times:
        found[place.figure] = anchor_of(place.figure)
        return told
    return html


def _marked(finding: Finding, found: Mapping[str, str]) -> Marked:
    anchor = found.get(finding.about) or found.get(finding.id)
    return Marked(finding, anchor, 1) if anchor else unplaced([finding])[0]
