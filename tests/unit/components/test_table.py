import pytest

from components.sorting import german_order, in_order, next_sorting
from components.table import Column, Row, Sorting, data_table
from tests.support import trees

COLUMNS = [Column("Ort", sort_key="name"), Column("Wert", "number", label="Wert", sort_key="value")]


def test_a_table_has_caption_scopes_and_roles_for_small_screens():
    table = data_table("Zwei Orte.", COLUMNS, [Row(("A", "1"), state="alarm")])
    assert trees.text(trees.of_type(table, "Caption")) == "Zwei Orte."
    assert [head.scope for head in trees.of_type(table, "Th")] == ["col", "col", "row"]
    assert {row.role for row in trees.of_type(table, "Tr")} == {"row"}
    cell = trees.of_type(table, "Td")[0]
    assert getattr(cell, "data-label") == "Wert"
    assert trees.of_type(table, "Tr")[1].className == "row--mark state--alarm"


def test_a_row_of_the_wrong_length_is_a_bug():
    with pytest.raises(ValueError, match="zip"):
        data_table("x", COLUMNS, [Row(("A", "1", "2"))])


def test_the_sorted_column_says_so_to_screen_readers():
    table = data_table("x", COLUMNS, [], Sorting("t", "value", descending=True))
    heads = trees.of_type(table, "Th")
    assert getattr(heads[0], "aria-sort", None) is None
    assert getattr(heads[1], "aria-sort") == "descending"
    assert len(trees.of_type(table, "Button")) == 2


def test_without_sorting_heads_are_plain_text():
    assert trees.of_type(data_table("x", COLUMNS, []), "Button") == []


def test_a_second_click_turns_the_order():
    first = next_sorting(Sorting("t", "name"), "value")
    assert (first.key, first.descending) == ("value", True)
    assert next_sorting(first, "value").descending is False
    assert next_sorting(first, "name") == Sorting("t", "name", descending=False)


def test_missing_values_come_last_in_both_directions():
    items = [3.0, None, 1.0]
    assert in_order(items, lambda item: item, descending=True) == [3.0, 1.0, None]
    assert in_order(items, lambda item: item, descending=False) == [1.0, 3.0, None]


def test_umlauts_sort_beside_their_vowels():
    names = ["Zell", "Ürsfeld", "Urbar", "Ochtendung", "Österreich"]
    assert sorted(names, key=german_order) == [
        "Ochtendung",
        "Österreich",
        "Urbar",
        "Ürsfeld",
        "Zell",
    ]
