"""What a code of the lint is told with: its name, its place in the decree, how it is mended."""

from __future__ import annotations

from dataclasses import dataclass

from generators.model import ERROR

SELECT = "Hãy chọn đoạn này trong Word"
DECREE, _PART = "Nghị định 30/2020/NĐ-CP", "Phụ lục I, Phần I"


@dataclass(frozen=True, slots=True)
class Entry:
    """``basis`` is the place: "mục …" of Phụ lục I, Phần I; ``expected`` what it asks, in a few words."""

    title: str
    basis: str
    expected: str
    remedy: str
    severity: str = ERROR

    @property
    def source(self) -> str:
        """The place in the decree, in full."""
        own = f"{_PART}, {self.basis}" if self.basis.startswith("mục") else self.basis
        return f"{DECREE}, {own}"
