"""A table that its heads sort: order in the URL, and the one callback behind the heads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from dash import ALL, Input, NoUpdate, Output, State, callback, ctx, no_update

from components.page_state import PageState
from components.sorting import next_sorting
from components.table import Sorting, sort_button_id

DOWN, UP = "ab", "auf"


@dataclass(frozen=True, slots=True)
class SortedState(PageState):
    """State of a page with one sorted table; a page says its key, its columns and its default."""

    TABLE: ClassVar[str]
    SORT_KEYS: ClassVar[tuple[str, ...]]
    DEFAULT_SORT: ClassVar[str]

    sortierung: str = ""
    richtung: str = DOWN

    def __post_init__(self) -> None:
        self.keep("sortierung", self.SORT_KEYS, self.DEFAULT_SORT)
        self.keep("richtung", (UP, DOWN), DOWN)

    @property
    def sorting(self) -> Sorting:
        """Return the order of the table."""
        return Sorting(self.TABLE, self.sortierung, descending=self.richtung == DOWN)


def sort_by_heads(store_id: str, page: type[SortedState]) -> None:
    """Let the heads of a page's table change the state in its store."""

    @callback(
        Output(store_id, "data"),
        Input(sort_button_id(page.TABLE, ALL), "n_clicks"),
        State(store_id, "data"),
        prevent_initial_call=True,
    )
    def sort_table(clicks: list[int | None], request: dict[str, str]) -> dict[str, str] | NoUpdate:
        """Sort by the head that was clicked."""
        return resorted(page, ctx.triggered_id, clicks, request)


def resorted(
    page: type[SortedState],
    clicked: Mapping[str, Any] | str | None,
    clicks: Sequence[int | None],
    request: Mapping[str, str],
) -> dict[str, str] | NoUpdate:
    """Return the request sorted by the clicked head; new heads that nobody clicked do nothing."""
    if not any(clicks) or not isinstance(clicked, Mapping):
        return no_update
    chosen = next_sorting(page.from_query(request).sorting, str(clicked["key"]))
    direction = DOWN if chosen.descending else UP
    return {**request, "sortierung": chosen.key, "richtung": direction}
