"""The columns and levels of the form: each has one name, and none can be mistaken for another."""

from __future__ import annotations

from generators.folding import fold
from generators.intake.heads import HEADS, is_head, is_number, is_numbering
from generators.intake.layout import (
    ALL_COLUMNS,
    COLUMNS,
    DEPTHS,
    LEVELS,
    MAX_DEPTH,
    columns_for,
    is_figure,
    level_name,
    story_columns,
)


def test_no_two_columns_share_a_head() -> None:
    heads = [fold(head) for each in ALL_COLUMNS for head in (each.header, *each.also)]
    assert len(set(heads)) == len(heads) == len(HEADS)


def test_every_column_that_takes_a_value_has_a_place_of_its_own_for_it() -> None:
    paths = [column.path for column in ALL_COLUMNS if column.path]
    assert len(set(paths)) == len(paths)


def test_a_form_has_more_columns_only_where_a_payload_needs_them() -> None:
    assert columns_for({}) == COLUMNS
    assert [each.header for each in columns_for({"plan": 3}) if each not in COLUMNS] == [
        "Kế hoạch 3", "Tên: Kế hoạch 3", "Kinh phí: Kế hoạch 3", "Tỷ lệ ghi sẵn: Kế hoạch 3",
        "Tăng giảm ghi sẵn: Kế hoạch 3"]  # fmt: skip
    assert columns_for({"plan": 3})[-1].key == "code"


def test_rates_and_changes_are_figures_though_kept_as_text() -> None:
    figures = {column.key for column in COLUMNS if is_figure(column)}
    assert {"value", "amount", "rate", "plan1_change", "months", "closing"} <= figures
    assert not {"label", "unit", "note", "level", "code", "stt", "as_of", "round"} & figures


def test_levels_are_named_to_the_last_depth() -> None:
    assert level_name(0, "") == "Chỉ tiêu"
    assert level_name(1, "parts") == "Chia ra"
    assert level_name(2, "of_which") == "Trong đó cấp 2"
    assert [DEPTHS[level] for level in LEVELS] == [
        (0, ""), *((d, f) for d in range(1, MAX_DEPTH + 1) for f in ("parts", "of_which"))]  # fmt: skip


def test_stories_have_room_for_as_many_people_as_needed() -> None:
    assert [header for _, header, _ in story_columns(6)][-1] == "Đồng ý nêu tên 6"
    assert len(story_columns(1)) == len(story_columns(4))


def test_a_row_that_numbers_the_columns_is_told_from_data() -> None:
    def words(*cells: str) -> dict[str, str]:
        keys = ("stt", "label", "unit", "plan1", "value", "amount")
        return dict(zip(keys, cells, strict=False))

    for row in (words("A", "B", "C", "1", "2", "3=2/1"), words("1", "2", "3", "4", "5"),
                words("(1)", "(2)", "(3)", "(4)")):  # fmt: skip
        assert is_numbering(row)
    for row in (words("1", "Hộ nghèo", "hộ", "5", "3"), words("A", "B", "C", "5", "3"), words("1", "2"),
                {"plan1": "1", "value": "2", "amount": "3"}, words("4", "B", "5", "C")):  # fmt: skip
        assert not is_numbering(row)


def test_a_head_repeated_is_told_from_data() -> None:
    assert is_head({"stt": "STT", "label": "CHỈ TIÊU", "value": "Thực hiện"})
    assert not is_head({"label": "Chỉ tiêu", "value": "Kế hoạch"})
    assert not is_head({"value": "Thực hiện"})


NO_NUMBERS: tuple[object, ...] = (True, "", "người", "6 tháng đầu năm", None, "A1")


def test_what_is_a_number() -> None:
    for value in (5, 0.4, "1.611", "02 tỷ", "trên 6 tỷ", "40%"):
        assert is_number(value)
    for other in NO_NUMBERS:
        assert not is_number(other)
