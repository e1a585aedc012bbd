"""Documents take their turn at one LibreOffice: waiting and converting have each their own time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import BoundedSemaphore, Lock

from rendering.budget import Budget
from rendering.faults import Busy, TooLong, Unconvertible
from rendering.harmless import harmless
from rendering.installed import find_office
from rendering.sameness import with_time_of
from rendering.warm import Died, WarmOffice

_DOCUMENTS_A_LIFE = 200  # LibreOffice grows; a new one starts small


class Converter:
    """.docx to PDF/A-2b by one LibreOffice, started when it is first needed.

    ``started`` counts the LibreOffices that were started.
    """

    def __init__(self, budget: Budget | None = None) -> None:
        self.budget = budget or Budget()
        self.started = 0
        self._places = BoundedSemaphore(self.budget.waiting + 1)
        self._turn = Lock()
        self._office: WarmOffice | None = None

    def convert(self, docx: bytes) -> bytes:
        """Return the document as PDF/A-2b, the same bytes for the same document.

        NotInstalled, Busy, TooLong, Unconvertible: each a RenderingFault.
        """
        find_office()
        cleaned = harmless(docx)
        with self._our_turn():
            pdf = self._converted(cleaned)
        return with_time_of(pdf, docx)

    def close(self) -> None:
        """End LibreOffice; the next document starts another."""
        with self._turn:
            self._drop()

    @property
    def group(self) -> int | None:
        """The process group of the LibreOffice that runs, None where none does."""
        return self._office.group if self._office else None

    @contextmanager
    def _our_turn(self) -> Iterator[None]:
        """Wait for the one LibreOffice; what is waited does not count as converting."""
        if not self._places.acquire(blocking=False):
            raise Busy("Có quá nhiều văn bản đang chờ xuất PDF. Hãy thử lại sau ít phút.")
        try:
            if not self._turn.acquire(timeout=self.budget.wait_seconds):
                raise Busy(
                    "Văn bản chờ xuất PDF đã lâu mà chưa đến lượt. Hãy thử lại sau ít phút."
                )
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._places.release()

    def _converted(self, docx: bytes) -> bytes:
        """Convert; once more with a fresh LibreOffice where the first one died."""
        with suppress(Died):
            return self._tried(docx)
        try:
            return self._tried(docx)
        except Died:
            raise Unconvertible(
                "LibreOffice đã dừng hai lần khi đọc văn bản này nên chưa xuất được PDF."
            ) from None

    def _tried(self, docx: bytes) -> bytes:
        try:
            return self._ready().convert(docx, self.budget.seconds)
        except (Died, TooLong):
            self._drop()
            raise

    def _ready(self) -> WarmOffice:
        """The LibreOffice that runs, or a new one where it is dead, hangs or is worn."""
        worn = self._office and self._office.converted >= _DOCUMENTS_A_LIFE
        if self._office is None or worn or not self._office.answers():
            self._drop()
            self._office = WarmOffice(find_office())
            self.started += 1
        return self._office

    def _drop(self) -> None:
        if self._office is not None:
            self._office.stop()
            self._office = None
