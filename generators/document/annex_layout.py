"""How wide the columns of an annex's table are: no number broken, room where the words are.

Widths of letters are those of Times New Roman at 11 points, roughly and never too small.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generators.annex import HEADING, LEFT, Column, Row, Table
from generators.marks import without_marks

MARGINS = 130  # twips, both sides of a cell and a hair
_LETTER, _NARROW, _WIDE = 122, 62, 190  # twips: most letters and digits; marks; capitals, m, w
_OF_NARROW = frozenset(" .,:;()-/ijlt'")
_MOST_LINES = 18  # of a row that is kept on one page
_SHORT = 16  # letters of a number with its hedge
_FEW = 140  # letters, which fill no cell so high


def column_widths(table: Table, width: int) -> list[int]:
    """Return the columns' widths in twips, which come to `width`.

    A column has at least its longest word; an empty one no more than its head needs; what is
    to spare goes to the columns of words.
    """
    texts = _columns(table)
    least = [max(_longest([*column.title.split(), *_tokens(column, own)]) + MARGINS, 1)
             for column, own in zip(table.columns, texts, strict=True)]  # fmt: skip
    whole = sum(column.width for column in table.columns)
    wanted = [max(low, width * column.width // whole) if own else low
              for column, low, own in zip(table.columns, least, texts, strict=True)]  # fmt: skip
    over = sum(wanted) - width
    if over > 0:
        shares = [w - low for w, low in zip(wanted, least, strict=True)]
    else:
        shares = [column.width if column.align == LEFT and own else 0
                  for column, own in zip(table.columns, texts, strict=True)]  # fmt: skip
    return _exact([w - over * share // max(sum(shares), 1)
                   for w, share in zip(wanted, shares, strict=True)], width)  # fmt: skip


def _columns(table: Table) -> list[list[str]]:
    """The texts of each column, without the headings that go over all of them."""
    rows = [row.cells for row in table.rows if row.look != HEADING]
    return [[text for cells in rows for text in cells[place]]
            for place in range(len(table.columns))]  # fmt: skip


def _tokens(column: Column, texts: Iterable[str]) -> list[str]:
    """What may not be broken in a column of numbers; a column of words has room for words."""
    return [] if column.align == LEFT else [_token(without_marks(text)) for text in texts]


def _token(text: str) -> str:
    """A short number with its hedge, "trên 246.100", or the longest word."""
    if len(text) <= _SHORT and text[-1:].isdigit():
        return text
    return max(text.split(), key=len, default="")


def _longest(words: Iterable[str]) -> int:
    """The width of the longest of `words`; only those of nearly most letters are measured."""
    known = set(words)
    longest = max(map(len, known), default=0)
    return max((_width(word) for word in known if len(word) >= longest - 2), default=0)


def _width(word: str) -> int:
    return sum(_NARROW if sign in _OF_NARROW else _WIDE if sign.isupper() or sign in "mw%"
               else _LETTER for sign in word)  # fmt: skip


def _exact(widths: list[int], width: int) -> list[int]:
    """`widths` made to come to `width`: the widest takes up what rounding left."""
    if (whole := sum(widths)) > width:
        widths = [one * width // whole for one in widths]
    widest = widths.index(max(widths))
    widths[widest] += width - sum(widths)
    return widths


def is_long(row: Row, widths: Sequence[int]) -> bool:
    """Return whether a row is so high that it may go over two pages."""
    if sum(len(text) for cell in row.cells for text in cell) < _FEW:
        return False
    return any(
        sum(len(text) * _LETTER // max(width - MARGINS, 1) + 1 for text in cell) > _MOST_LINES
        for cell, width in zip(row.cells, widths, strict=False)
    )
