"""The kinds of administrative documents and how they are abbreviated (Phụ lục III, mục I)."""

from __future__ import annotations

from collections.abc import Mapping

from generators.folding import fold

ABBREVIATED: Mapping[str, str] = {
    "NGHỊ QUYẾT": "NQ", "QUYẾT ĐỊNH": "QĐ", "CHỈ THỊ": "CT", "QUY CHẾ": "QC", "QUY ĐỊNH": "QyĐ",
    "THÔNG CÁO": "TC", "THÔNG BÁO": "TB", "HƯỚNG DẪN": "HD", "CHƯƠNG TRÌNH": "CTr", "KẾ HOẠCH": "KH",
    "PHƯƠNG ÁN": "PA", "ĐỀ ÁN": "ĐA", "DỰ ÁN": "DA", "BÁO CÁO": "BC", "BIÊN BẢN": "BB",
    "TỜ TRÌNH": "TTr", "HỢP ĐỒNG": "HĐ", "CÔNG ĐIỆN": "CĐ", "BẢN GHI NHỚ": "BGN",
    "BẢN THỎA THUẬN": "BTT", "GIẤY ỦY QUYỀN": "GUQ", "GIẤY MỜI": "GM", "GIẤY GIỚI THIỆU": "GGT",
    "GIẤY NGHỈ PHÉP": "GNP", "PHIẾU GỬI": "PG", "PHIẾU CHUYỂN": "PC", "PHIẾU BÁO": "PB",
}  # fmt: skip
_BY_FOLD = {fold(name): short for name, short in ABBREVIATED.items()}
# what Phụ lục III prints no trích yếu under, or no place and date in
WITHOUT_SUBJECT = frozenset({"GGT", "GNP", "PG", "PC", "PB", "GUQ", "HĐ"})
WITHOUT_DATE = frozenset({"BB", "HĐ"})


def abbreviated(title: str) -> str:
    """Return how the kind named by a title is abbreviated, "" for none that is known."""
    return _BY_FOLD.get(fold(title), "")
