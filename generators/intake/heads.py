"""The head of the sheet Số liệu: which column is which, and what stands outside the table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches

from generators.folding import fold
from generators.intake.layout import ALL_COLUMNS, COLUMNS, Column, is_figure
from generators.intake.lines import STATUSES
from generators.intake.numbers import read_number
from generators.intake.sheet import HEAD_WITHIN, Sheet, column_name
from generators.model import ERROR, WARNING, Finding, Raw

BY_KEY: Mapping[str, Column] = {column.key: column for column in ALL_COLUMNS}
HEADS: Mapping[str, str] = {
    fold(head): column.key for column in ALL_COLUMNS for head in (column.header, *column.also)
}
_NEAR = {
    fold(head): column.header for column in COLUMNS for head in (column.header, *column.also)
}
_STATUSES = {fold(status) for status in STATUSES}
_NUMBERING = re.compile(r"(?:[A-Z]|\(?(\d{1,2})\)?(?:\s*=.*)?)\Z")


def find_head(sheet: Sheet) -> int:
    """Return the row that heads the table, 0 for none."""
    rows = [
        {HEADS.get(fold(cell), "") for cell in row if isinstance(cell, str)} - {""}
        for row in sheet.grid[:HEAD_WITHIN]
    ]
    whole = (number for number, keys in enumerate(rows, 1) if {"label", "value"} <= keys)
    partly = (
        number for number, keys in enumerate(rows, 1) if "label" in keys and len(keys) > 2
    )
    return next(whole, 0) or next(partly, 0)


def read_columns(sheet: Sheet, head: int) -> tuple[Mapping[str, int], list[Finding]]:
    """Return the columns by key, and what is amiss with the head."""
    found: dict[str, int] = {}
    amiss: list[Finding] = []
    for column in range(1, sheet.columns + 1):
        text = str(sheet.plain(head, column)).strip()
        key = HEADS.get(fold(text), "")
        if key and key not in found:
            found[key] = column
        elif _has_content(sheet, head, column):
            amiss.append(_odd_column(sheet, head, column, twice=bool(key)))
        elif is_number(sheet.plain(head, column)):
            amiss.append(misplaced(sheet.place(head, column), text, "nằm ở dòng đầu bảng"))
    if "value" not in found:
        amiss.append(_no_results(sheet.place(head, 1)))
    return found, [*_above(sheet, head), *amiss, *_merged(sheet, head, found)]


def _has_content(sheet: Sheet, head: int, column: int) -> bool:
    return any(sheet.holds(row, column) for row in range(head + 1, sheet.rows + 1))


def _no_results(place: str) -> Finding:
    return Finding(
        "column.missing", ERROR, place, "Dòng đầu bảng không có cột «Thực hiện».",
        "Hãy đặt lại tên «Thực hiện» cho cột kết quả của kỳ.",
    )  # fmt: skip


def _odd_column(sheet: Sheet, head: int, column: int, *, twice: bool) -> Finding:
    place, text = sheet.place(head, column), " ".join(str(sheet.plain(head, column)).split())
    name = f"Cột «{text}»" if text else f"Cột {column_name(column)} không có tên"
    if twice:
        return Finding("column.twice", ERROR, place, f"{name} có hai lần ({place}).",
                       "Hãy giữ một cột, xóa cột thừa.")  # fmt: skip
    if known := _like(fold(text)):
        return Finding(
            "column.renamed", ERROR, place,
            f"{name} ({place}) gần giống cột «{known}» của biểu nhưng không phải.",
            f"Nếu đúng là cột đó, hãy đổi lại tên thành «{known}» và ghi số theo đơn vị "
            "của nó; nếu không, hãy xóa cột.",
        )  # fmt: skip
    return Finding(
        "column.not_taken", WARNING, place,
        f"{name} ({place}) không có trong biểu nên nội dung của cột chưa được dùng.",
        "Nếu cần, hãy chuyển nội dung sang cột có sẵn của biểu.",
    )  # fmt: skip


def _like(head: str) -> str:
    """The header of the form that `head` may stand for: spelled nearly so, or with more words."""
    near = get_close_matches(head, list(_NEAR), 1, 0.75)
    longer = [known for known in _NEAR if head.startswith(f"{known} ") and len(known) > 5]
    return _NEAR[near[0]] if near else _NEAR[max(longer, key=len)] if longer else ""


def _above(sheet: Sheet, head: int) -> Iterator[Finding]:
    for row in range(1, head):
        for column in range(1, sheet.columns + 1):
            if is_number(sheet.plain(row, column)):
                text = str(sheet.plain(row, column))
                yield misplaced(sheet.place(row, column), text, "nằm phía trên bảng")


def _merged(sheet: Sheet, head: int, columns: Mapping[str, int]) -> Iterator[Finding]:
    figures = {at for key, at in columns.items() if is_figure(BY_KEY[key])}
    for top, left, bottom, right in sorted(sheet.facts.merged):
        inside = figures & set(range(left, right + 1))
        several = bottom > top or len(inside) > 1
        if top > head and inside and several and sheet.holds(top, left):
            area = f"{sheet.place(top, left)}:{column_name(right)}{bottom}"
            yield Finding(
                "cell.merged", ERROR, sheet.place(top, left),
                f"Các ô {area} bị gộp làm một nên không rõ số thuộc dòng, cột nào.",
                "Hãy bỏ gộp ô (Hủy phối ô) rồi ghi số vào đúng từng ô.",
            )  # fmt: skip


# ---------------------------------------------------------------- what a row may be


def is_number(value: object) -> bool:
    """Whether a cell holds a number, or text that is read as one."""
    if isinstance(value, str):
        return bool(re.search(r"\d", value)) and not isinstance(
            read_number(Raw(value, ""), "%"), Finding
        )
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def misplaced(place: str, text: str, why: str) -> Finding:
    """Report a number in a cell that takes none."""
    return Finding(
        "cell.number_misplaced", WARNING, place,
        f"Ô {place} có số «{text}» {why} nên chưa được dùng.",
        "Nếu là số liệu, hãy chuyển sang đúng dòng và cột của nó; nếu không, hãy xóa đi.",
    )  # fmt: skip


def is_numbering(words: Mapping[str, str]) -> bool:
    """A row "A B 1 2 3=2/1", its cells in the order of the columns, is no data."""
    found = [
        _NUMBERING.match(word) for key, word in words.items() if key not in ("code", "level")
    ]
    if len(found) < 3 or "label" not in words or not all(found):
        return False
    numbers = [int(match[1]) for match in found if match and match[1]]
    first = numbers[0] if numbers else 1
    letters = [match for match in found if match and not match[1]]
    run = numbers == list(range(first, first + len(numbers))) and first < 4
    return run and not any(match and match[1] for match in found[: len(letters)])


def is_head(words: Mapping[str, str]) -> bool:
    """Whether a row repeats the head: the same words over the same columns."""
    return "label" in words and all(HEADS.get(fold(word)) == key for key, word in words.items())


def is_prose(text: str) -> bool:
    """Whether the text of a cell is neither a number, nor meant as one, nor a status."""
    return text[:1].isalpha() and fold(text) not in _STATUSES and not is_number(text)
