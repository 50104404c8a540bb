"""The order of a table in the URL, and what a click on a head makes of it."""

from dataclasses import dataclass
from typing import ClassVar

import pytest
from dash import no_update

from components.sorted_state import DOWN, UP, SortedState, resorted
from components.table import Sorting

HEAD = {"component": "SortHead", "table": "t", "key": "value"}


@dataclass(frozen=True, slots=True)
class State(SortedState):
    TABLE: ClassVar = "t"
    SORT_KEYS: ClassVar = ("name", "value")
    DEFAULT_SORT: ClassVar = "name"

    wo: str = ""

    def __post_init__(self):
        SortedState.__post_init__(self)
        self.keep("wo", ("hier",), "")


def test_without_a_query_the_default_order_holds_and_the_url_is_empty():
    state = State.from_query({})
    assert state.sorting == Sorting("t", "name", descending=True)
    assert state.as_query() == ""


@pytest.mark.parametrize("rubbish", ["", "ids; drop", None, 7, ["name"]])
def test_rubbish_becomes_the_default(rubbish):
    state = State.from_query({"sortierung": rubbish, "richtung": rubbish, "TABLE": "other"})
    assert state == State()
    assert state.sorting.table == "t"


def test_a_click_sorts_by_its_head_and_keeps_the_rest_of_the_request():
    request = State.from_query({"wo": "hier"}).as_request()
    first = resorted(State, HEAD, [None, 1], request)
    assert first == {"sortierung": "value", "richtung": DOWN, "wo": "hier"}
    assert resorted(State, HEAD, [None, 2], first)["richtung"] == UP


def test_names_are_sorted_upwards_at_first():
    request = State.from_query({"sortierung": "value"}).as_request()
    assert resorted(State, {**HEAD, "key": "name"}, [1, 1], request)["richtung"] == UP


@pytest.mark.parametrize(("clicked", "clicks"), [(HEAD, [None, None]), (None, [1]), (HEAD, [])])
def test_heads_that_are_new_and_not_clicked_change_nothing(clicked, clicks):
    assert resorted(State, clicked, clicks, State().as_request()) is no_update
