"""Names of lunar years, can and chi: Canh Tý begins in 2020."""

from __future__ import annotations

STEMS = ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")
BRANCHES = (
    "Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi",
)  # fmt: skip


def lunar_year(year: int) -> str:
    """Return the name of the lunar year that begins in `year`: "Canh Tý" for 2020."""
    return f"{STEMS[(year - 4) % 10]} {BRANCHES[(year - 4) % 12]}"
