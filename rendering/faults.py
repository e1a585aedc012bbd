"""Why a document did not become a PDF; each fault's words are a sentence for the person who asked."""

from __future__ import annotations


class RenderingFault(Exception):
    """A document that was not converted; ``str()`` says why, in Vietnamese."""


class NotInstalled(RenderingFault):
    """A program that this needs is not on the machine."""


class Busy(RenderingFault):
    """Too many documents wait, or one waited too long for its turn: it may be asked again."""


class TooLong(RenderingFault):
    """The conversion itself took longer than a document is given."""


class Unconvertible(RenderingFault):
    """LibreOffice cannot read the document, or died of it, twice."""
