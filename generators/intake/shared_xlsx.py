"""What all sheets of an .xlsx share: the styles of their cells, and their texts."""

from __future__ import annotations

from collections.abc import Iterable

from generators.intake.facts import MAX_CELLS, shows_percent
from generators.intake.package import Package, local_name, parse_xml
from generators.intake.refusals import damaged

_BUILT_IN_PERCENT = ("9", "10")


def percent_styles(package: Package, parts: Iterable[str]) -> frozenset[str]:
    """Return the style numbers, as cells write them, that show a number as percent."""
    styles = _Styles()
    for part in parts:
        parse_xml(package.chunks(part), part, styles.start)
    return frozenset(str(n) for n, id_ in enumerate(styles.formats) if styles.is_percent(id_))


class _Styles:
    """Listens to the styles part: each cell style's number format."""

    _sections = frozenset(("numFmts", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"))

    def __init__(self) -> None:
        self.formats: list[str] = []
        self._custom: dict[str, bool] = {}
        self._section = ""

    def start(self, element: str, attributes: dict[str, str]) -> None:
        """Hear an element begin."""
        kind = local_name(element)
        if kind in self._sections:
            self._section = kind
        elif kind == "xf" and self._section == "cellXfs":
            self.formats.append(attributes.get("numFmtId", "0"))
        elif kind == "numFmt" and self._section == "numFmts":
            code = attributes.get("formatCode", "")
            self._custom[attributes.get("numFmtId", "")] = shows_percent(code)

    def is_percent(self, id_: str) -> bool:
        """Say whether the number format `id_` shows percent."""
        return self._custom.get(id_, id_ in _BUILT_IN_PERCENT)


def string_lengths(package: Package, parts: Iterable[str]) -> dict[str, int]:
    """Return how long each shared string is, by its number as cells write it."""
    strings = _Strings()
    usual = "xl/sharedStrings.xml"
    for part in dict.fromkeys([*parts, *([usual] if usual in package else [])]):
        strings.number = -1
        parse_xml(package.chunks(part), part, strings.start, text=strings.text)
    return {str(number): length for number, length in strings.lengths.items()}


def _is_beyond_reason(told: str) -> bool:
    digits = told.strip().removeprefix("+").lstrip("0")
    return digits.isdecimal() and (len(digits) > 12 or int(digits) > MAX_CELLS)


class _Strings:
    """Listens to a shared strings part; of two parts the longer string counts."""

    def __init__(self) -> None:
        self.lengths: dict[int, int] = {}
        self.number = -1
        self._length = 0

    def start(self, element: str, attributes: dict[str, str]) -> None:
        """Hear an element begin."""
        kind = local_name(element)
        if kind == "si":
            self.number += 1
            self._length = 0
        elif kind == "sst" and any(map(_is_beyond_reason, attributes.values())):
            # The reader reserves what the part says it holds before it has seen a string.
            raise damaged("bảng chữ dùng chung khai sai số lượng")

    def text(self, text: str) -> None:
        """Hear text."""
        self._length += len(text)
        longest = max(self._length, self.lengths.get(self.number, 0))
        self.lengths[self.number] = longest
