"""Every number that is said of a line stands between marks; the words are the same without."""

from __future__ import annotations

import re
from typing import Any

import pytest

from generators.figures import calculate
from generators.marks import CLOSE, FROM, OPEN, mark_figures, mark_of, without_marks, wrap
from generators.model import Quantity
from generators.wording.amounts import say_bare, say_rounded, say_share, say_words
from generators.wording.said import Said, Setting, line_words
from tests.building import KIND, Json, free, part, period_data, qty

SAME = "cùng kỳ năm trước"
MEASURES: Json = {
    "plan": [{"value": 300, "amount": 5000000, "label": "quận giao"},
             {"value": 290, "label": "phường giao"}],
    "previous": {"value": 212, "amount": 4000000},
    "bases": [{"change": "12 người", "label": "mốc một"}, {"share": "107%", "label": "mốc hai"},
              {"value": 0, "label": "mốc ba"}],
}  # fmt: skip
LINES: dict[str, Json] = {
    "all of a line": free(value=224, amount=5100000, cumulative=1254, **MEASURES),
    "rates": free(value=30, rate=[{"rate": 500000, "count": 12}, {"rate": 700000, "count": 18}],
                  months=6, rate_count=72),
    "a range of rates": free(value=30, rate="500.000 - 1.500.000"),
    "a whole": free(value=41, whole=62),
    "a hedged whole": free(value="trên 40", whole=62),
    "a movement": free(opening=34, increase=2, decrease=6, closing=30, value=30),
    "parts": free(value=30, parts=[part("vay vốn", 12, amount=3000000, plan=10),
                                   part("tự tạo", 18, rate=500000, months=3)]),
    "of which": free(value=30, of_which=[part("riêng nữ", 12, whole=24)]),
    "money": {"code": "quy", "value": 107000000, "plan": 100000000},
    "a rate": {"code": "ty_le", "value": "1,35", "previous": "2,5", "plan": "1,2"},
    "over a plan": {"code": "viec_lam", "value": 2, "plan": 5},
    "for people": {"code": "khau", "value": 30, "rate": 500000, "rate_count": 72},
    "hedged": free(value="trên 3.100", amount="gần 6 tỷ"),
    "rounded": free(value=4, amount=51234567),
}  # fmt: skip


def said_twice(json_line: Json) -> tuple[Said, Said]:
    """The line as it is said, with marks and without."""
    data = period_data(json_line)
    (only,) = data.lines
    figures = calculate(data, KIND)
    marked, plain = (Said(only, KIND.line.get(only.code), Setting(book, SAME))
                     for book in (mark_figures(figures), figures))  # fmt: skip
    return marked, plain


@pytest.mark.parametrize("line", LINES)
def test_every_number_that_is_said_stands_between_marks(line: str) -> None:
    marked, plain = said_twice(LINES[line])
    for word in set(line_words()) - {"cac_dong"}:
        text = getattr(marked, word)
        assert without_marks(text) == getattr(plain, word)
        outside = re.sub(f"{OPEN}[^{CLOSE}]*{CLOSE}", "", text)
        assert not re.search("[0-9]", outside), (word, outside)
    assert OPEN in marked.day_du


def test_a_mark_tells_the_figure_that_is_said() -> None:
    figures = mark_figures(calculate(period_data(free(value=41, whole=62)), KIND))
    ids = {figure.quantity.mark: id_ for id_, figure in figures.items()}
    marked, _ = said_twice(free(value=41, whole=62))
    found = re.findall(f"({OPEN}[^{FROM}]*{FROM})([^{CLOSE}]*){CLOSE}", marked.day_du)
    assert [(ids[mark].removeprefix("giam_ngheo/dong."), words) for mark, words in found] == [
        ("value", "41"), ("whole", "62"), ("whole_share", "66,1%"),
    ]  # fmt: skip


def test_a_unit_that_ends_in_a_bracket_still_takes_its_details_into_it() -> None:
    inner: Any = {"parts": [part("phần", 30, unit="suất (gói)", amount=3000000)], "unit": "hộ"}
    marked, plain = said_twice(free(**inner))
    assert plain.chi_tiet == "gồm: phần 30 suất (gói; kinh phí 3 triệu đồng)"
    assert without_marks(marked.chi_tiet) == plain.chi_tiet


MARK = mark_of(5)


def with_mark(quantity: Quantity) -> Quantity:
    return Quantity(quantity.value, quantity.hedge, quantity.where, MARK)


def test_each_way_to_say_a_number_marks_it_once() -> None:
    assert say_bare(with_mark(qty(41, "trên"))) == wrap(MARK, "41")
    assert say_rounded(with_mark(qty(51234567))) == wrap(MARK, "trên 51,2 triệu đồng")
    assert say_rounded(with_mark(qty(999999))) == wrap(MARK, "999.999 đồng")
    assert say_words(with_mark(qty(2000))) == wrap(MARK, "Hai nghìn đồng")
    assert say_share(with_mark(qty("99.96", "gần"))) == wrap(MARK, "gần 99,96%")


def test_what_has_no_words_has_no_mark() -> None:
    assert say_words(with_mark(qty(2000, "trên"))) == ""


def test_figures_with_marks_are_the_same_figures() -> None:
    figures = calculate(period_data(LINES["parts"]), KIND)
    assert mark_figures(figures) == figures
    marks = [figure.quantity.mark for figure in mark_figures(figures).values()]
    assert marks == [mark_of(n) for n in range(len(figures))]
