"""How wide a text is in Times New Roman, and so in Liberation Serif, which has its metrics.

In units of 1/2048 em, read once from the fonts (tests hold them to it); kerning is left out,
as Word leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

_EM = 2048
_REGULAR: Mapping[int, str] = {
    369: "'", 410: "|", 512: " ,.\u00a0", 569: "/:;\\ijltìíĩỉị", 682: "!()-I[]`frÌÍĨỈỊ‘’",
    797: "Js", 836: '"', 909: "?acezàáâãèéêăạảấầẩẫậắằẳẵặẹẻẽếềểễệ“”", 961: "^", 983: "{}",
    1024: "#$*0123456789_bdghknopquvxy«»òóôõùúýđũọỏốồổỗộụủỳỵỷỹ–", 1083: "ơớờởỡợ", 1108: "~",
    1110: "ưứừửữự", 1139: "FPS", 1155: "+<=>×", 1251: "ELTZÈÉÊẸẺẼẾỀỂỄỆ", 1366: "BCR",
    1479: "ADGHKNOQUVXYwÀÁÂÃÒÓÔÕÙÚÝĂĐŨƠẠẢẤẦẨẪẬẮẰẲẴẶỌỎỐỒỔỖỘỚỜỞỠỢỤỦỲỴỶỸ", 1589: "ƯỨỪỬỮỰ",
    1593: "&m", 1706: "%", 1821: "M", 1886: "@", 1933: "W", 2048: "—…",
}  # fmt: skip
_BOLD: Mapping[int, str] = {
    451: "|", 512: " ,.\u00a0", 569: "'/\\ilìíĩỉị", 682: "!()-:;[]`fjt‘’", 797: "IsÌÍĨỈỊ",
    807: "{}", 909: "cerzèéêẹẻẽếềểễệ",
    1024: "#$*0123456789?J_agovxy«»àáâãòóôõýăạảấầẩẫậắằẳẵặọỏốồổỗộỳỵỷỹ–“”", 1065: "~",
    1134: "ơớờởỡợ", 1137: '"', 1139: "Sbdhknpquùúđũụủ", 1167: "+<=>×", 1190: "^",
    1229: "ưứừửữự", 1251: "FP", 1366: "BELTZÈÉÊẸẺẼẾỀỂỄỆ",
    1479: "ACDNRUVXYwÀÁÂÃÙÚÝĂĐŨẠẢẤẦẨẪẬẮẰẲẴẶỤỦỲỴỶỸ", 1593: "GHKOQÒÓÔÕƠỌỎỐỒỔỖỘỚỜỞỠỢ",
    1630: "ƯỨỪỬỮỰ", 1706: "&m", 1905: "@", 1933: "M", 2048: "%W—…",
}  # fmt: skip
_WIDTHS = {
    bold: {char: width for width, chars in table.items() for char in chars}
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}
_OTHER = 1366  # a letter the table lacks is taken to be a wide one


def width_of(text: str, size: float, *, bold: bool) -> float:
    """Return the width of `text`, one line, in points; `size` is that of the font."""
    widths = _WIDTHS[bold]
    return sum(widths.get(char, _OTHER) for char in text) * size / _EM


def widest_line(text: str, size: float, room: float, *, bold: bool) -> float:
    """Return the width of the widest line of `text` as it is set in `room` points."""
    return max(line_widths(text, size, room, bold=bold), default=0.0)


def line_widths(text: str, size: float, room: float, *, bold: bool) -> Iterator[float]:
    """Yield the width of each line of `text` as it is set in `room` points."""
    for line in _lines(text, size, room, bold):
        yield width_of(line, size, bold=bold)


def _lines(text: str, size: float, room: float, bold: bool) -> Iterator[str]:
    """`text` broken at its spaces wherever the next word does not fit."""
    words = text.split(" ")
    start = 0
    for here, after in pairwise(range(1, len(words) + 1)):
        if width_of(" ".join(words[start:after]), size, bold=bold) > room:
            yield " ".join(words[start:here])
            start = here
    yield " ".join(words[start:])
